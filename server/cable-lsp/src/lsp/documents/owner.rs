//! The one owner of the open documents.
//!
//! A handler hands a change over, or takes a snapshot, as its first statement and before any await; so changes happen
//! in the order in which the client sent them, and a snapshot is what the client saw when it asked. The lock is a plain
//! mutex, held for the change alone and never across an await.
//!
//! What is short is done at once. What is long, a large text or a large cable, is read on a thread: its text is away
//! meanwhile, what the client says of it is kept in order as steps, and who asks waits. A document whose text the server
//! no longer knows is out of step: it is as if it were not open, until a whole text comes.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Semaphore, oneshot, watch};
use tower_lsp::lsp_types::{TextDocumentContentChangeEvent, Url};

use super::colours::Colours;
use super::content::Content;
use super::held_back::HeldBack;
use super::positions::Encoding;
use super::reading::{Done, Saved, Step, Told, work_off};
use super::snapshot::{Snapshot, Wanted};
use super::trace::Trace;
use super::views::Views;
use super::work::{SMALL, workers};
use crate::lsp::analysis::{Analysis, Findings, Typing, Wait};

/// The open documents.
pub(in crate::lsp) struct Documents {
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
    views: Views,
    lane: Arc<Semaphore>,
    version: i32,
    revision: u64,
    /// The revision after which nothing was typed for a while, if there was one.
    paused: Option<u64>,
    /// What of the findings was not handed out.
    held_back: HeldBack,
    /// The revision at which it was opened.
    opening: u64,
    replaced: Arc<AtomicBool>,
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lsp) enum Change {
    /// It is made, or will be before anything else.
    Made,
    /// The document is out of step: the change is of a text that is not known here.
    OutOfStep,
    /// The document is not open.
    NotOpen,
}

impl Documents {
    /// No documents. `arrivals` is told when one that took long is read.
    pub(in crate::lsp) fn new(trace: Arc<Trace>, arrivals: watch::Sender<()>) -> Arc<Self> {
        Arc::new(Self { trace, arrivals, table: Mutex::default() })
    }

    /// The document as it is now, if it is open and in step. What was edited since the last snapshot is read first.
    pub(in crate::lsp) fn snapshot(self: &Arc<Self>, uri: &Url) -> Option<Wanted> {
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
    pub(in crate::lsp) fn snapshots(self: &Arc<Self>) -> Vec<(Url, Option<Snapshot>)> {
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

    /// The addresses of the documents that are open and in step.
    pub(in crate::lsp) fn addresses(&self) -> Vec<Url> {
        self.table().addresses()
    }

    /// Whether the document is open and in step.
    pub(in crate::lsp) fn is_open(&self, uri: &Url) -> bool {
        self.table().open.contains_key(uri)
    }

    /// Whether the document is read, and its edits are at this moment.
    pub(in crate::lsp) fn is_at(&self, uri: &Url, typing: &Typing) -> bool {
        self.table().open.get(uri).is_some_and(|open| open.typing().as_ref() == Some(typing))
    }

    /// Nothing was typed in the document for a while. Returns whether that brings out what was held back.
    pub(in crate::lsp) fn pause(&self, uri: &Url) -> bool {
        let mut table = self.table();
        let Some(open) = table.open.get_mut(uri) else { return false };
        open.paused = Some(open.revision);
        open.held_back.waits_for(Wait::Pause)
    }

    /// Takes a document over from the client, to be read by `analysis`. One that was open already is replaced.
    pub(in crate::lsp) fn open(self: &Arc<Self>, uri: &Url, version: i32, text: String, analysis: Arc<Analysis>) {
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
            views: Views::default(),
            lane: Arc::new(Semaphore::new(workers())),
            version,
            revision,
            paused: None,
            held_back: HeldBack::default(),
            opening: revision,
            replaced: Arc::default(),
        };
        table.open.insert(uri.clone(), open);
        self.advance(&mut table, uri);
    }

    /// Applies the client's changes to the text in their order.
    pub(in crate::lsp) fn change(
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
    pub(in crate::lsp) fn reassess(self: &Arc<Self>, analysis: impl Fn(&Url) -> Arc<Analysis>) -> Vec<Url> {
        let mut table = self.table();
        let known = table.addresses();
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
            // Severities and what is shown may be others.
            open.views = Views::default();
            open.moved(revision);
            self.advance(&mut table, &uri);
            changed.push(uri);
        }
        changed
    }

    /// From here on nothing is held back. Compares the saved text with ours, and takes it if they differ. What came of it is told when it is known; a
    /// document that is out of step is not looked at.
    pub(in crate::lsp) fn save(self: &Arc<Self>, uri: &Url, text: Option<String>) -> Option<oneshot::Receiver<Told>> {
        let mut table = self.table();
        let open = table.open.get_mut(uri)?;
        let (sender, told) = oneshot::channel();
        open.steps.push(Step::Save(text, sender));
        self.advance(&mut table, uri);
        Some(told)
    }

    /// Gives a document back to the client.
    pub(in crate::lsp) fn close(&self, uri: &Url) {
        self.table().close(uri);
    }

    /// The client's text of a document is not known any more. Returns whether that is new.
    pub(in crate::lsp) fn lose(&self, uri: &Url) -> bool {
        let mut table = self.table();
        let is_new = !table.lost.contains_key(uri);
        table.lose(uri);
        is_new
    }

    /// The same of every document. Returns those that were known until now.
    pub(in crate::lsp) fn lose_all(&self) -> Vec<Url> {
        let mut table = self.table();
        let known = table.addresses();
        for uri in &known {
            table.lose(uri);
        }
        known
    }

    /// The client's version of a document that is out of step.
    pub(in crate::lsp) fn lost_version(&self, uri: &Url) -> Option<i32> {
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
    fn addresses(&self) -> Vec<Url> {
        self.open.keys().cloned().collect()
    }

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
        for Saved { differs, was_edited, sender } in saved {
            let is_held_back = || self.open.get(uri).is_some_and(|open| open.held_back.is_any());
            // Who no longer waits does not need to know.
            let _ = sender.send(Told { differs, brings_out: was_edited && is_held_back() });
        }
    }
}

impl Open {
    /// The client's text or the settings are others now: whoever asked before need not be answered.
    fn moved(&mut self, revision: u64) {
        self.revision = revision;
        self.held_back = HeldBack::default();
        self.waiting.clear();
        std::mem::take(&mut self.replaced).store(true, Ordering::Relaxed);
    }

    /// Whether the steps would hold up other documents if they were taken at once.
    fn is_long(&self) -> bool {
        let text = self.content.as_ref().map_or(0, Content::len);
        self.steps.iter().map(|step| step.cost(text)).sum::<usize>() > SMALL
    }

    /// What was edited since it was opened or saved, and whether that is a while ago; none while it is away.
    fn typing(&self) -> Option<Typing> {
        let typing = self.content.as_ref()?.typing().clone();
        Some(if self.paused == Some(self.revision) { typing.paused() } else { typing })
    }

    /// Gives everybody who waits the document, which is read.
    fn answer(&mut self) {
        let (Some(content), Some(typing)) = (&self.content, self.typing()) else { return };
        for waiting in self.waiting.drain(..) {
            // Who no longer waits does not need it.
            let _ = waiting.send(Snapshot {
                document: content.document().clone(),
                version: self.version,
                revision: self.revision,
                typing: typing.clone(),
                held_back: self.held_back.clone(),
                analysis: Arc::clone(&self.analysis),
                findings: Arc::clone(&self.findings),
                colours: Arc::clone(&self.colours),
                views: Arc::clone(&self.views),
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
