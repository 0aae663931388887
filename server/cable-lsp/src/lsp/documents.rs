//! The one owner of the open documents.
//!
//! A handler hands a change over, or takes a snapshot, as its first statement and before any await; so changes happen
//! in the order in which the client sent them, and a snapshot is what the client saw when it asked. The lock is a plain
//! mutex, held for the change alone and never across an await.
//!
//! What is short is done at once. What is long, a large text or a large cable, is read on a thread: its text is away
//! meanwhile, what the client says of it is kept in order as steps, and who asks waits. A document whose text the server
//! no longer knows is out of step: it is as if it were not open, until a whole text comes.

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Semaphore, oneshot, watch};
use tower_lsp::lsp_types::{TextDocumentContentChangeEvent, Url};

use super::analysis::{Analysis, Findings};
use super::colours::Colours;
use super::content::Content;
use super::positions::Encoding;
use super::reading::{Done, Saved, Step, work_off};
pub(super) use super::snapshot::{Snapshot, Wanted};
use super::trace::Trace;
use super::work::{SMALL, workers};

/// The open documents.
pub(super) struct Documents {
    trace: Arc<Trace>,
    /// Told when a document that was being read is there.
    arrivals: watch::Sender<()>,
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    open: HashMap<Url, Open>,
    /// Documents that are out of step, with the client's last version.
    lost: HashMap<Url, i32>,
    /// Documents that a thread is at work on: never two on one, however often it is opened.
    busy: HashSet<Url>,
    /// Counts every change to any document. A client's versions start again when it reopens a file; these do not.
    revision: u64,
}

/// An open document.
struct Open {
    /// None while it is away, being read.
    content: Option<Content>,
    is_away: bool,
    /// What the client did to the text and was not done here yet.
    steps: Vec<Step>,
    /// Who asked for the document as it is now, and waits.
    waiting: Vec<oneshot::Sender<Snapshot>>,
    analysis: Arc<Analysis>,
    findings: Findings,
    colours: Colours,
    lane: Arc<Semaphore>,
    version: i32,
    revision: u64,
    /// The revision at which it was opened.
    opening: u64,
    replaced: Arc<AtomicBool>,
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// It is made, or will be before anything else.
    Made,
    /// The document is out of step: the change is of a text that is not known here.
    OutOfStep,
    /// The document is not open.
    NotOpen,
}

impl Documents {
    /// No documents. `arrivals` is told when one that took long is read.
    pub(super) fn new(trace: Arc<Trace>, arrivals: watch::Sender<()>) -> Arc<Self> {
        Arc::new(Self { trace, arrivals, table: Mutex::default() })
    }

    /// The document as it is now, if it is open and in step. What was edited since the last snapshot is read first.
    pub(super) fn snapshot(self: &Arc<Self>, uri: &Url) -> Option<Wanted> {
        let mut table = self.table();
        let open = table.open.get_mut(uri)?;
        let (sender, mut receiver) = oneshot::channel();
        open.waiting.push(sender);
        self.advance(&mut table, uri);
        table.open.get(uri)?;
        Some(match receiver.try_recv() {
            Ok(snapshot) => Wanted::Now(snapshot),
            Err(_) => Wanted::Later(receiver),
        })
    }

    /// All documents that the client has open, as they are now, in the order of their addresses; none of those that are
    /// still being read or are out of step.
    pub(super) fn snapshots(self: &Arc<Self>) -> Vec<(Url, Option<Snapshot>)> {
        let table = self.table();
        let mut known: Vec<Url> = table.open.keys().chain(table.lost.keys()).cloned().collect();
        drop(table);
        known.sort_unstable();
        let now = |uri: &Url| match self.snapshot(uri) {
            Some(Wanted::Now(snapshot)) => Some(snapshot),
            Some(Wanted::Later(_)) | None => None,
        };
        known.into_iter().map(|uri| (uri.clone(), now(&uri))).collect()
    }

    /// Whether the document is open and in step.
    pub(super) fn is_open(&self, uri: &Url) -> bool {
        self.table().open.contains_key(uri)
    }

    /// Takes a document over from the client, to be read by `analysis`. One that was open already is replaced.
    pub(super) fn open(self: &Arc<Self>, uri: &Url, version: i32, text: String, analysis: Arc<Analysis>) {
        let mut table = self.table();
        table.close(uri);
        let revision = table.next_revision();
        let open = Open {
            content: None,
            is_away: false,
            steps: vec![Step::Text(text)],
            waiting: Vec::new(),
            analysis,
            findings: Findings::default(),
            colours: Colours::default(),
            lane: Arc::new(Semaphore::new(workers())),
            version,
            revision,
            opening: revision,
            replaced: Arc::default(),
        };
        table.open.insert(uri.clone(), open);
        self.advance(&mut table, uri);
    }

    /// Applies the client's changes to the text in their order.
    pub(super) fn change(
        self: &Arc<Self>,
        uri: &Url,
        version: i32,
        mut changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) -> Change {
        let mut table = self.table();
        let revision = table.next_revision();
        if let Some(known) = table.lost.get_mut(uri) {
            *known = version;
            return Change::OutOfStep;
        }
        let Some(open) = table.open.get_mut(uri) else { return Change::NotOpen };
        if let Some(whole) = changes.iter().rposition(|change| change.range.is_none()) {
            // What comes before a whole text no longer matters.
            open.steps.retain(|step| matches!(step, Step::ReadAnew));
            changes.drain(..whole);
            if open.is_away && changes.iter().map(|change| change.text.len()).sum::<usize>() <= SMALL {
                // Nor does what a thread makes of it: a short text does not wait for a long one.
                open.is_away = false;
                open.opening = revision;
            }
        }
        open.steps.push(Step::Change(changes, encoding));
        open.version = version;
        open.moved(revision);
        self.advance(&mut table, uri);
        Change::Made
    }

    /// Gives each document what holds for it now, and returns those that may look different for it.
    pub(super) fn reassess(self: &Arc<Self>, analysis: impl Fn(&Url) -> Arc<Analysis>) -> Vec<Url> {
        let mut table = self.table();
        let known: Vec<Url> = table.open.keys().cloned().collect();
        let mut changed = Vec::new();
        for uri in known {
            let revision = table.next_revision();
            let Some(open) = table.open.get_mut(&uri) else { continue };
            let analysis = analysis(&uri);
            if analysis.shows_as(&open.analysis) {
                continue;
            }
            if !analysis.reads_as(&open.analysis) {
                open.steps.push(Step::ReadAnew);
            }
            open.analysis = analysis;
            open.moved(revision);
            self.advance(&mut table, &uri);
            changed.push(uri);
        }
        changed
    }

    /// Compares the saved text with ours, and takes it if they differ. Whether they did is told when it is known; a
    /// document that is out of step is not looked at.
    pub(super) fn save(self: &Arc<Self>, uri: &Url, text: String) -> Option<oneshot::Receiver<bool>> {
        let mut table = self.table();
        let open = table.open.get_mut(uri)?;
        let (differs, told) = oneshot::channel();
        open.steps.push(Step::Save(text, differs));
        self.advance(&mut table, uri);
        Some(told)
    }

    /// Gives a document back to the client.
    pub(super) fn close(&self, uri: &Url) {
        self.table().close(uri);
    }

    /// The client's text of a document is not known any more. Returns whether that is new.
    pub(super) fn lose(&self, uri: &Url) -> bool {
        let mut table = self.table();
        let is_new = !table.lost.contains_key(uri);
        table.lose(uri);
        is_new
    }

    /// The same of every document. Returns those that were known until now.
    pub(super) fn lose_all(&self) -> Vec<Url> {
        let mut table = self.table();
        let known: Vec<Url> = table.open.keys().cloned().collect();
        for uri in &known {
            table.lose(uri);
        }
        known
    }

    /// The client's version of a document that is out of step.
    pub(super) fn lost_version(&self, uri: &Url) -> Option<i32> {
        self.table().lost.get(uri).copied()
    }

    /// Does what is to be done to a document, at once or on a thread: the steps, and if anybody waits the reading.
    fn advance(self: &Arc<Self>, table: &mut Table, uri: &Url) {
        let Some(open) = table.open.get_mut(uri) else { return };
        if open.is_away {
            return;
        }
        if !open.steps.is_empty() {
            if open.is_long() {
                self.send_away(table, uri);
                return;
            }
            let (steps, content, analysis) = (std::mem::take(&mut open.steps), open.content.take(), &open.analysis);
            let Ok((content, saved)) = catch_unwind(AssertUnwindSafe(|| work_off(steps, content, analysis))) else {
                self.fail(table, uri);
                return;
            };
            open.content = Some(content);
            table.tell_saved(uri, saved);
        }
        let Some(open) = table.open.get_mut(uri) else { return };
        if open.waiting.is_empty() {
            return;
        }
        let Some(content) = &mut open.content else { return };
        if content.len() > SMALL && content.unread_bytes() > SMALL {
            self.send_away(table, uri);
            return;
        }
        let Ok(changed) = catch_unwind(AssertUnwindSafe(|| content.read())) else {
            self.fail(table, uri);
            return;
        };
        if let Some(changed) = changed {
            self.trace.edit(uri, open.version, changed);
        }
        open.answer();
    }

    /// Has a document worked on by a thread, unless one is at work for an earlier opening of it.
    fn send_away(self: &Arc<Self>, table: &mut Table, uri: &Url) {
        let Some(open) = table.open.get_mut(uri) else { return };
        if !table.busy.insert(uri.clone()) {
            return;
        }
        open.is_away = true;
        let (steps, content, opening) = (std::mem::take(&mut open.steps), open.content.take(), open.opening);
        let analysis = Arc::clone(&open.analysis);
        let (documents, uri) = (Arc::clone(self), uri.clone());
        tokio::spawn(async move {
            let done = tokio::task::spawn_blocking(move || Done::of(steps, content, &analysis)).await;
            documents.take_back(&uri, opening, done.ok());
        });
    }

    /// A thread is done with a document, or has failed.
    fn take_back(self: &Arc<Self>, uri: &Url, opening: u64, done: Option<Done>) {
        let mut table = self.table();
        table.busy.remove(uri);
        if let Some(open) = table.open.get_mut(uri).filter(|open| open.opening == opening) {
            open.is_away = false;
            let Some(done) = done else {
                self.fail(&mut table, uri);
                return;
            };
            if let Some(changed) = done.changed {
                self.trace.edit(uri, open.version, changed);
            }
            open.content = Some(done.content);
            table.tell_saved(uri, done.saved);
        } else {
            discard(done);
        }
        self.advance(&mut table, uri);
        drop(table);
        self.arrivals.send_replace(());
    }

    /// Reading a document failed: no answer is better than answers about another text.
    fn fail(&self, table: &mut Table, uri: &Url) {
        // The panic hook has printed where.
        eprintln!("cable-lsp: reading failed, nothing is said of the document until it is saved or reopened: {uri}");
        table.lose(uri);
        self.arrivals.send_replace(());
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
        self.lost.remove(uri);
        if let Some(open) = self.open.remove(uri) {
            open.replaced.store(true, Ordering::Relaxed);
            discard(open);
        }
    }

    fn lose(&mut self, uri: &Url) {
        let open = self.open.get(uri).map(|open| open.version);
        let version = open.or_else(|| self.lost.get(uri).copied()).unwrap_or_default();
        self.close(uri);
        self.lost.insert(uri.clone(), version);
    }

    /// Tells who saved whether the text was another, and if it was the document has moved on.
    fn tell_saved(&mut self, uri: &Url, saved: Vec<Saved>) {
        if saved.iter().any(|saved| saved.differs) {
            let revision = self.next_revision();
            if let Some(open) = self.open.get_mut(uri) {
                open.revision = revision;
                std::mem::take(&mut open.replaced).store(true, Ordering::Relaxed);
            }
        }
        for Saved { differs, sender } in saved {
            // Who no longer waits does not need to know.
            let _ = sender.send(differs);
        }
    }
}

impl Open {
    /// The client's text or the settings are others now: whoever asked before need not be answered.
    fn moved(&mut self, revision: u64) {
        self.revision = revision;
        self.waiting.clear();
        std::mem::take(&mut self.replaced).store(true, Ordering::Relaxed);
    }

    /// Whether the steps would hold up other documents if they were taken at once.
    fn is_long(&self) -> bool {
        let text = self.content.as_ref().map_or(0, Content::len);
        self.steps.iter().map(|step| step.cost(text)).sum::<usize>() > SMALL
    }

    /// Gives everybody who waits the document, which is read.
    fn answer(&mut self) {
        let Some(content) = &self.content else { return };
        for waiting in self.waiting.drain(..) {
            // Who no longer waits does not need it.
            let _ = waiting.send(Snapshot {
                document: content.document().clone(),
                version: self.version,
                revision: self.revision,
                analysis: Arc::clone(&self.analysis),
                findings: Arc::clone(&self.findings),
                colours: Arc::clone(&self.colours),
                lane: Arc::clone(&self.lane),
                replaced: Arc::clone(&self.replaced),
            });
        }
    }
}

/// Frees what may be large where nobody waits for it.
fn discard<T: Send + 'static>(value: T) {
    if let Ok(runtime) = tokio::runtime::Handle::try_current() {
        runtime.spawn_blocking(move || drop(value));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ropey::Rope;
    use tower_lsp::lsp_types::{Position, Range as LspRange};

    use super::super::outgoing::Outgoing;
    use super::super::record::Record;
    use super::*;

    fn uri() -> Url {
        Url::parse("file:///a.cable").expect("an address")
    }

    fn opened(text: &str) -> Arc<Documents> {
        let outgoing = Outgoing::spawn(std::io::sink(), Record::default()).expect("a thread");
        let documents = Documents::new(Arc::new(Trace::new(outgoing)), watch::Sender::default());
        documents.open(&uri(), 1, text.to_owned(), Arc::default());
        documents
    }

    fn now(documents: &Arc<Documents>) -> Snapshot {
        match documents.snapshot(&uri()) {
            Some(Wanted::Now(snapshot)) => snapshot,
            Some(Wanted::Later(_)) => panic!("it is short"),
            None => panic!("it is open"),
        }
    }

    fn saved(documents: &Arc<Documents>, text: &str) -> bool {
        documents.save(&uri(), text.to_owned()).expect("it is open").try_recv().expect("it is short")
    }

    fn change(range: Option<LspRange>, text: &str) -> TextDocumentContentChangeEvent {
        TextDocumentContentChangeEvent { range, range_length: None, text: text.to_owned() }
    }

    fn text(documents: &Arc<Documents>) -> String {
        now(documents).document.rope().to_string()
    }

    #[test]
    fn a_snapshot_keeps_its_text_and_knows_when_it_is_old() {
        let documents = opened("old");
        let snapshot = now(&documents);
        assert!(snapshot.is_current());
        assert_eq!(documents.change(&uri(), 2, vec![change(None, "new")], Encoding::Utf8), Change::Made);
        assert_eq!((snapshot.document.rope().to_string().as_str(), snapshot.is_current()), ("old", false));
        let newer = now(&documents);
        assert_eq!((newer.version, newer.is_current(), text(&documents).as_str()), (2, true, "new"));
        documents.close(&uri());
        assert!(!newer.is_current() && documents.snapshot(&uri()).is_none());
    }

    #[test]
    fn a_document_opened_again_is_another_state() {
        let documents = opened("same");
        let first = now(&documents);
        documents.close(&uri());
        documents.open(&uri(), 1, "same".to_owned(), Arc::default());
        let second = now(&documents);
        assert!(!first.is_current() && second.is_current() && first.revision != second.revision);
    }

    #[test]
    fn a_change_to_what_is_not_open_is_not_made() {
        let documents = opened("x");
        documents.close(&uri());
        assert_eq!(documents.change(&uri(), 2, vec![change(None, "y")], Encoding::Utf8), Change::NotOpen);
        assert!(documents.save(&uri(), "y".to_owned()).is_none());
    }

    #[test]
    fn a_saved_text_is_taken_only_if_it_differs() {
        let documents = opened("a\r\n");
        assert!(!saved(&documents, "a\r\n"));
        assert!(saved(&documents, "a\n"));
        assert_eq!(text(&documents), "a\n");
    }

    #[test]
    fn a_whole_text_costs_what_it_changes() {
        let old = "1. (U) One.\n".repeat(100);
        let documents = opened(&old);
        let new = old.replacen("One", "Two", 1);
        assert_eq!(documents.change(&uri(), 2, vec![change(None, &new)], Encoding::Utf16), Change::Made);
        let document = now(&documents).document;
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
                prop_assert_eq!(documents.change(&uri(), 2, vec![change(Some(range), &new)], Encoding::Utf16), Change::Made);
                if is_read {
                    prop_assert_eq!(text(&documents), model.clone());
                }
            }
            let document = now(&documents).document;
            prop_assert!(document == Analysis::default().parse(&model));
        }
    }
    /// Long enough to be read on a thread.
    fn long() -> String {
        "1. (U) One.\n".repeat(SMALL)
    }

    async fn later(documents: &Arc<Documents>) -> Snapshot {
        documents.snapshot(&uri()).expect("it is open").arrive().await.expect("nothing changes it")
    }

    fn whole(text: &str) -> Vec<TextDocumentContentChangeEvent> {
        vec![change(None, text)]
    }

    fn typed(text: &str) -> Vec<TextDocumentContentChangeEvent> {
        vec![change(Some(LspRange::default()), text)]
    }

    #[tokio::test]
    async fn edits_of_a_text_that_is_being_read_follow_in_order() {
        let documents = opened(&long());
        for letter in ["c", "b", "a"] {
            assert_eq!(documents.change(&uri(), 2, typed(letter), Encoding::Utf8), Change::Made);
        }
        let told = documents.save(&uri(), "abc".to_owned() + &long()).expect("it is open");
        let snapshot = later(&documents).await;
        assert_eq!(snapshot.document.rope().to_string(), "abc".to_owned() + &long());
        assert!(snapshot.document == Analysis::default().parse(&("abc".to_owned() + &long())));
        assert_eq!((told.await, snapshot.version, snapshot.is_current()), (Ok(false), 2, true));
        let told = documents.save(&uri(), "x".to_owned() + &long()).expect("it is open");
        assert_eq!((told.await, snapshot.is_current()), (Ok(true), false));
    }

    #[tokio::test]
    async fn who_asked_before_an_edit_is_not_answered_about_what_came_after() {
        let documents = opened(&long());
        let asked = documents.snapshot(&uri()).expect("it is open");
        let asked_as_well = documents.snapshot(&uri()).expect("it is open");
        documents.change(&uri(), 2, typed("x"), Encoding::Utf8);
        assert!(asked.arrive().await.is_err() && asked_as_well.arrive().await.is_err());
        let (one, two) = (documents.snapshot(&uri()), documents.snapshot(&uri()));
        let [one, two] = [one, two].map(|wanted| wanted.expect("it is open").arrive());
        assert_eq!(one.await.expect("now it stays").revision, two.await.expect("the same").revision);
    }

    #[tokio::test]
    async fn a_document_opened_again_while_it_is_read_has_its_new_text() {
        let documents = opened(&long());
        documents.close(&uri());
        assert!(documents.snapshot(&uri()).is_none());
        documents.open(&uri(), 1, long() + "second", Arc::default());
        documents.open(&uri(), 1, "third".to_owned(), Arc::default());
        assert_eq!(later(&documents).await.document.rope().to_string(), "third");
        documents.open(&uri(), 7, long() + "fourth", Arc::default());
        let snapshot = later(&documents).await;
        assert!(snapshot.document.rope().to_string().ends_with("fourth") && snapshot.version == 7);
    }

    #[tokio::test]
    async fn a_whole_text_replaces_what_was_not_read_yet() {
        let documents = opened(&long());
        documents.change(&uri(), 2, typed("x"), Encoding::Utf8);
        documents.change(&uri(), 3, whole("new"), Encoding::Utf8);
        documents.change(&uri(), 4, typed("a "), Encoding::Utf8);
        assert_eq!(later(&documents).await.document.rope().to_string(), "a new");
        documents.change(&uri(), 5, whole(&long()), Encoding::Utf8);
        documents.change(&uri(), 6, whole("b"), Encoding::Utf8);
        let snapshot = later(&documents).await;
        assert_eq!((snapshot.document.rope().to_string().as_str(), snapshot.version), ("b", 6));
    }

    #[test]
    fn what_is_out_of_step_is_not_spoken_of_until_a_whole_text_comes() {
        let documents = opened("x");
        assert!(documents.lose(&uri()) && !documents.lose(&uri()));
        assert!(documents.snapshot(&uri()).is_none() && !documents.is_open(&uri()));
        assert!(matches!(&documents.snapshots()[..], [(_, None)]));
        assert_eq!(documents.change(&uri(), 5, typed("y"), Encoding::Utf8), Change::OutOfStep);
        assert_eq!(documents.lost_version(&uri()), Some(5));
        documents.open(&uri(), 6, "z".to_owned(), Arc::default());
        assert_eq!((text(&documents).as_str(), documents.lost_version(&uri())), ("z", None));
        assert_eq!(documents.lose_all(), [uri()]);
        documents.close(&uri());
        assert_eq!(documents.change(&uri(), 7, typed("y"), Encoding::Utf8), Change::NotOpen);
    }
}
