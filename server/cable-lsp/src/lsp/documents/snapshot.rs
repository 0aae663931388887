//! A document as it was at one moment, and the promise of one that is still being read.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, MutexGuard, PoisonError};

use tokio::sync::{Semaphore, oneshot};
use tower_lsp::jsonrpc::{Error, Result};

use super::colours::{ColourCache, Colours};
use super::held_back::{HeldBack, Sieve};
use super::views::{CableViews, Views};
use crate::lsp::analysis::{Analysis, CableFindings, Diagnostic, Document, Edition, Findings, Repaired, Typing};

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
    /// What the client was told of them.
    pub(in crate::lsp) views: Views,
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
        let findings = self.findings_while(|| self.is_current()).unwrap_or_default();
        let placed = self.document.cables().iter().zip(&findings);
        placed.flat_map(|(placed, found)| found.placed(placed, &self.analysis.settings)).collect()
    }

    /// The same of the cables that a range of bytes touches.
    pub(in crate::lsp) fn check_at(&self, range: &Range<usize>) -> Vec<Diagnostic> {
        let first = self.document.cable_at(range.start.saturating_sub(1));
        let last = self.document.cable_at(range.end);
        let found = |index: usize| self.analysis.findings_of(&self.document, index, &self.findings);
        let cables = self.document.cables();
        (first..=last)
            .flat_map(|index| found(index).placed(&cables[index], &self.analysis.settings).collect::<Vec<_>>())
            .collect()
    }

    /// What is wrong in each cable, asking before each that is looked at whether to go on. None if not.
    pub(in crate::lsp) fn findings_while(&self, go_on: impl FnMut() -> bool) -> Option<Vec<CableFindings>> {
        self.analysis.findings_while(&self.document, &self.findings, go_on)
    }

    /// Says of its findings which a person is to see by now. The others are there, and found by who asks for them.
    pub(in crate::lsp) fn sieve(&self) -> Sieve<'_> {
        Sieve::new(&self.held_back, &self.typing, &self.document)
    }

    /// What the client was told of its cables, to be told again.
    pub(in crate::lsp) fn views(&self) -> MutexGuard<'_, CableViews> {
        // Who panicked while making a view has lost what was kept and nothing else.
        self.views.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The editions of its cables. They are made once, whoever asks how often.
    pub(in crate::lsp) fn editions(&self) -> Arc<[Edition]> {
        let editions = self.views().editions(self.revision);
        Arc::clone(editions.get_or_init(|| self.analysis.editions(&self.document, &self.check()).into()))
    }

    /// The colours its cables had, to be kept where nothing changed.
    pub(in crate::lsp) fn colours(&self) -> MutexGuard<'_, ColourCache> {
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
