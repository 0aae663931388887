//! The one owner of the open documents.
//!
//! A handler hands a change over, or takes a snapshot, as its first statement and before any await; so changes happen
//! in the order in which the client sent them, and a snapshot is what the client saw when it asked. The lock is a plain
//! mutex, held for the change alone and never across an await.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ropey::Rope;
use tower_lsp::lsp_types::{TextDocumentContentChangeEvent, Url};

use super::analysis::{Analysis, Changed, Diagnostic, Document, Edit, Findings, Repaired};
use super::colours::{Colours, Painted};
use super::edits::{UnreadEdit, trim};
use super::positions::Encoding;
use super::trace::Trace;

/// The open documents.
pub(super) struct Documents {
    trace: Arc<Trace>,
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    open: HashMap<Url, Open>,
    /// Counts every change to any document. A client's versions start again when it reopens a file; these do not.
    revision: u64,
}

/// A document and what has happened to it since it was last read.
struct Open {
    /// Its text is the client's but for `unread`.
    document: Document,
    /// The client's text.
    rope: Rope,
    unread: Option<UnreadEdit>,
    analysis: Arc<Analysis>,
    findings: Findings,
    colours: Colours,
    version: i32,
    revision: u64,
    replaced: Arc<AtomicBool>,
}

/// A document as it was at one moment. Cheap to clone.
#[derive(Clone)]
pub(super) struct Snapshot {
    /// The text and what is known about it.
    pub(super) document: Document,
    /// The client's version.
    pub(super) version: i32,
    /// Ours: no two states of any document share one.
    pub(super) revision: u64,
    /// How it is read and checked.
    pub(super) analysis: Arc<Analysis>,
    /// What was found in its cables before.
    findings: Findings,
    /// The colours they had.
    colours: Colours,
    replaced: Arc<AtomicBool>,
}

impl Snapshot {
    /// Whether the document is still in this state.
    pub(super) fn is_current(&self) -> bool {
        // The text itself is handed over by the table's lock; this only says whether work is still wanted.
        !self.replaced.load(Ordering::Relaxed)
    }

    /// What is wrong in it; nothing once it is no longer current, for nobody will see the answer.
    pub(super) fn check(&self) -> Vec<Diagnostic> {
        self.check_while(|| self.is_current()).unwrap_or_default()
    }

    /// The same, asking before each cable that is looked at whether to go on. None if not.
    pub(super) fn check_while(&self, go_on: impl FnMut() -> bool) -> Option<Vec<Diagnostic>> {
        self.analysis.check_while(&self.document, &self.findings, go_on)
    }

    /// The colours its cables had, to be painted over.
    pub(super) fn colours(&self) -> MutexGuard<'_, Painted> {
        // A painter that panicked has lost what it knew and nothing else.
        self.colours.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What `check --fix` does to its file.
    pub(super) fn repair(&self) -> Repaired {
        self.analysis.repair(&self.document)
    }
}

impl Documents {
    /// No documents.
    pub(super) fn new(trace: Arc<Trace>) -> Self {
        Self { trace, table: Mutex::default() }
    }

    /// The document as it is now, if it is open. What was edited since the last snapshot is read first.
    pub(super) fn snapshot(&self, uri: &Url) -> Option<Snapshot> {
        let mut table = self.table();
        let open = table.open.get_mut(uri)?;
        if open.unread.is_some() {
            let Ok(changed) = catch_unwind(AssertUnwindSafe(|| open.read())) else {
                table.close(uri);
                return None;
            };
            self.trace.edit(uri, open.version, changed);
        }
        Some(Snapshot {
            document: open.document.clone(),
            version: open.version,
            revision: open.revision,
            analysis: Arc::clone(&open.analysis),
            findings: Arc::clone(&open.findings),
            colours: Arc::clone(&open.colours),
            replaced: Arc::clone(&open.replaced),
        })
    }

    /// All open documents as they are now, in the order of their addresses.
    pub(super) fn snapshots(&self) -> Vec<(Url, Snapshot)> {
        let mut open: Vec<Url> = self.table().open.keys().cloned().collect();
        open.sort_unstable();
        open.into_iter().filter_map(|uri| self.snapshot(&uri).map(|snapshot| (uri, snapshot))).collect()
    }

    /// Takes a document over from the client, to be read by `analysis`. One that was open already is replaced.
    pub(super) fn open(&self, uri: Url, version: i32, text: &str, analysis: Arc<Analysis>) {
        let mut table = self.table();
        let document = analysis.parse(text);
        table.close(&uri);
        let revision = table.next_revision();
        let rope = document.rope().clone();
        let (findings, colours, replaced) = Default::default();
        table.open.insert(
            uri,
            Open { document, rope, unread: None, analysis, findings, colours, version, revision, replaced },
        );
    }

    /// Applies the client's changes to the text in their order, each to what the one before it left. Returns false if
    /// the document is not open, or no longer: one that an edit broke is closed, for no answer is better than answers
    /// about another text.
    pub(super) fn change(
        &self,
        uri: &Url,
        version: i32,
        changes: &[TextDocumentContentChangeEvent],
        encoding: Encoding,
    ) -> bool {
        let mut table = self.table();
        let revision = table.next_revision();
        let Some(open) = table.open.get_mut(uri) else { return false };
        let edited = catch_unwind(AssertUnwindSafe(|| {
            for change in changes {
                let range = match change.range {
                    Some(range) => encoding.span(&open.rope, range),
                    None => 0..open.rope.len_bytes(),
                };
                open.edit(&trim(&open.rope, range, &change.text));
            }
        }));
        if edited.is_err() {
            table.close(uri);
            return false;
        }
        open.version = version;
        open.revision = revision;
        std::mem::take(&mut open.replaced).store(true, Ordering::Relaxed);
        true
    }

    /// Gives each document what holds for it now, and returns those that may look different for it.
    pub(super) fn reassess(&self, analysis: impl Fn(&Url) -> Arc<Analysis>) -> Vec<Url> {
        let mut table = self.table();
        let Table { open, revision } = &mut *table;
        let mut changed = Vec::new();
        for (uri, open) in open {
            let analysis = analysis(uri);
            if analysis.shows_as(&open.analysis) {
                continue;
            }
            if !analysis.reads_as(&open.analysis) {
                open.document = analysis.parse(&open.rope.to_string());
                open.unread = None;
            }
            open.analysis = analysis;
            *revision += 1;
            open.revision = *revision;
            std::mem::take(&mut open.replaced).store(true, Ordering::Relaxed);
            changed.push(uri.clone());
        }
        changed
    }

    /// Compares the saved text with ours, and takes it if they differ. Returns whether they did.
    pub(super) fn resync(&self, uri: &Url, text: &str) -> bool {
        let (version, analysis) = match self.table().open.get(uri) {
            Some(open) if open.rope != text => (open.version, Arc::clone(&open.analysis)),
            _ => return false,
        };
        self.open(uri.clone(), version, text, analysis);
        true
    }

    /// Gives a document back to the client.
    pub(super) fn close(&self, uri: &Url) {
        self.table().close(uri);
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        // What can panic under the lock, reading, is caught there.
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn next_revision(&mut self) -> u64 {
        self.revision += 1;
        self.revision
    }

    fn close(&mut self, uri: &Url) {
        if let Some(open) = self.open.remove(uri) {
            open.replaced.store(true, Ordering::Relaxed);
        }
    }
}

impl Open {
    /// Changes the text, and leaves the reading for when somebody asks.
    fn edit(&mut self, edit: &Edit<'_>) {
        let together = self.unread.and_then(|unread| unread.then(edit));
        self.unread = Some(together.unwrap_or_else(|| {
            self.read();
            UnreadEdit::new(edit)
        }));
        let characters = self.rope.byte_to_char(edit.range.start)..self.rope.byte_to_char(edit.range.end);
        self.rope.remove(characters.clone());
        self.rope.insert(characters.start, edit.text);
    }

    fn read(&mut self) -> Changed {
        let Some(unread) = self.unread.take() else { return Changed::default() };
        let text = self.rope.byte_slice(unread.new_range()).to_string();
        self.document.apply(&Edit { range: unread.old_range(), text: &text })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tower_lsp::lsp_types::{Position, Range as LspRange};

    use super::super::frames::Outgoing;
    use super::super::record::Record;
    use super::*;

    fn uri() -> Url {
        Url::parse("file:///a.cable").expect("an address")
    }

    fn opened(text: &str) -> Documents {
        let outgoing = Outgoing::spawn(std::io::sink(), Record::default()).expect("a thread");
        let documents = Documents::new(Arc::new(Trace::new(outgoing)));
        documents.open(uri(), 1, text, Arc::default());
        documents
    }

    fn change(range: Option<LspRange>, text: &str) -> TextDocumentContentChangeEvent {
        TextDocumentContentChangeEvent { range, range_length: None, text: text.to_owned() }
    }

    fn text(documents: &Documents) -> String {
        documents.snapshot(&uri()).expect("it is open").document.rope().to_string()
    }

    #[test]
    fn a_snapshot_keeps_its_text_and_knows_when_it_is_old() {
        let documents = opened("old");
        let snapshot = documents.snapshot(&uri()).expect("it is open");
        assert!(snapshot.is_current());
        assert!(documents.change(&uri(), 2, &[change(None, "new")], Encoding::Utf8));
        assert_eq!((snapshot.document.rope().to_string().as_str(), snapshot.is_current()), ("old", false));
        let newer = documents.snapshot(&uri()).expect("it is open");
        assert_eq!((newer.version, newer.is_current(), text(&documents).as_str()), (2, true, "new"));
        documents.close(&uri());
        assert!(!newer.is_current() && documents.snapshot(&uri()).is_none());
    }

    #[test]
    fn a_document_opened_again_is_another_state() {
        let documents = opened("same");
        let first = documents.snapshot(&uri()).expect("it is open");
        documents.close(&uri());
        documents.open(uri(), 1, "same", Arc::default());
        let second = documents.snapshot(&uri()).expect("it is open");
        assert!(!first.is_current() && second.is_current() && first.revision != second.revision);
    }

    #[test]
    fn a_change_to_what_is_not_open_is_not_made() {
        let documents = opened("x");
        documents.close(&uri());
        assert!(!documents.change(&uri(), 2, &[change(None, "y")], Encoding::Utf8));
        assert!(!documents.resync(&uri(), "y"));
    }

    #[test]
    fn a_saved_text_is_taken_only_if_it_differs() {
        let documents = opened("a\r\n");
        assert!(!documents.resync(&uri(), "a\r\n"));
        assert!(documents.resync(&uri(), "a\n"));
        assert_eq!(text(&documents), "a\n");
    }

    #[test]
    fn a_whole_text_costs_what_it_changes() {
        let old = "1. (U) One.\n".repeat(100);
        let documents = opened(&old);
        let new = old.replacen("One", "Two", 1);
        assert!(documents.change(&uri(), 2, &[change(None, &new)], Encoding::Utf16));
        let document = documents.snapshot(&uri()).expect("it is open").document;
        assert!(document.changed().lines_classified <= 2, "{:?}", document.changed());
        assert_eq!(document.rope().to_string(), new);
    }

    proptest! {
        /// With snapshots taken or not: the text is the model's, and its reading is a fresh one's.
        #[test]
        fn edits_by_position_are_edits_of_the_text(
            start in "(1. \\(U\\) a\n|b\r\n|FM c\n|\n){0,9}",
            edits in prop::collection::vec((0u32..9, 0u32..9, 0u32..9, 0u32..9, "[x\n]{0,5}", any::<bool>()), 0..8),
        ) {
            let documents = opened(&start);
            let mut model = start;
            for (line, column, end_line, end_column, new, is_read) in edits {
                let range = LspRange::new(Position::new(line, column), Position::new(end_line, end_column));
                let span = Encoding::Utf16.span(&Rope::from_str(&model), range);
                model.replace_range(span, &new);
                prop_assert!(documents.change(&uri(), 2, &[change(Some(range), &new)], Encoding::Utf16));
                if is_read {
                    prop_assert_eq!(text(&documents), model.clone());
                }
            }
            let document = documents.snapshot(&uri()).expect("it is open").document;
            prop_assert!(document == Analysis::default().parse(&model));
        }
    }
}
