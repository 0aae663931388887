//! A document as it was at one moment, and the promise of one that is still being read.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, MutexGuard, PoisonError};

use tokio::sync::{Semaphore, oneshot};
use tower_lsp::jsonrpc::{Error, Result};

use super::colours::{Colours, Painted};
use super::held_back::HeldBack;
use crate::lsp::analysis::{Analysis, Diagnostic, Document, Findings, Repaired, Typing};

/// A document as it was at one moment. Cheap to clone.
#[derive(Clone)]
pub(in crate::lsp) struct Snapshot {
    /// The text and what is known about it.
    pub(in crate::lsp) document: Document,
    /// The client's version.
    pub(in crate::lsp) version: i32,
    /// Ours: no two states of any document share one.
    pub(in crate::lsp) revision: u64,
    /// How it is read and checked.
    pub(in crate::lsp) analysis: Arc<Analysis>,
    /// What was edited since it was opened or saved.
    pub(in crate::lsp) typing: Typing,
    /// What of its findings was not handed out.
    pub(in crate::lsp) held_back: HeldBack,
    /// What was found in its cables before.
    pub(in crate::lsp) findings: Findings,
    /// The colours they had.
    pub(in crate::lsp) colours: Colours,
    /// The turns of the document's own threads: one that is slow to work on holds up no other.
    pub(in crate::lsp) lane: Arc<Semaphore>,
    /// Raised when the document has moved on.
    pub(in crate::lsp) replaced: Arc<AtomicBool>,
}

impl Snapshot {
    /// Whether the document is still in this state.
    pub(in crate::lsp) fn is_current(&self) -> bool {
        // The text itself is handed over by the table's lock; this only says whether work is still wanted.
        !self.replaced.load(Ordering::Relaxed)
    }

    /// What is wrong in it; nothing once it is no longer current, for nobody will see the answer.
    pub(in crate::lsp) fn check(&self) -> Vec<Diagnostic> {
        self.check_while(|| self.is_current()).unwrap_or_default()
    }

    /// The same, asking before each cable that is looked at whether to go on. None if not.
    pub(in crate::lsp) fn check_while(&self, go_on: impl FnMut() -> bool) -> Option<Vec<Diagnostic>> {
        self.analysis.check_while(&self.document, &self.findings, go_on)
    }

    /// Those of its findings that a person is to see by now. The others are there, and found by who asks for them.
    pub(in crate::lsp) fn shown(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        self.held_back.sift(found, &self.typing, &self.document)
    }

    /// The colours its cables had, to be painted over.
    pub(in crate::lsp) fn colours(&self) -> MutexGuard<'_, Painted> {
        // A painter that panicked has lost what it knew and nothing else.
        self.colours.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What `check --fix` does to its file.
    pub(in crate::lsp) fn repair(&self) -> Repaired {
        self.analysis.repair(&self.document)
    }
}

/// The document as it was when it was asked for.
pub(in crate::lsp) enum Wanted {
    /// It is there.
    Now(Snapshot),
    /// It is still being read.
    Later(oneshot::Receiver<Snapshot>),
}

impl Wanted {
    /// Waits until the document is read.
    ///
    /// # Errors
    ///
    /// When it moves on before.
    pub(in crate::lsp) async fn arrive(self) -> Result<Snapshot> {
        match self {
            Self::Now(snapshot) => Ok(snapshot),
            Self::Later(snapshot) => snapshot.await.map_err(|_| Error::content_modified()),
        }
    }
}

impl From<Snapshot> for Wanted {
    fn from(snapshot: Snapshot) -> Self {
        Self::Now(snapshot)
    }
}
