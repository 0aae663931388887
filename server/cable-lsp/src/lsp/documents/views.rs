//! What a client was told of a document's cables, as JSON that is kept while they do not change.

use std::sync::{Arc, Mutex, OnceLock};

use super::kept::Kept;
use super::rendered::Rendered;
use crate::lsp::analysis::{CableFindings, Edition};

/// The views of an open document. Clones share them.
pub(in crate::lsp) type Views = Arc<Mutex<CableViews>>;

/// What was rendered of each cable.
#[derive(Debug, Default)]
pub(in crate::lsp) struct CableViews {
    /// The diagnostics.
    pub(in crate::lsp) diagnostics: Kept<DiagnosticsView>,
    /// The outline.
    pub(in crate::lsp) symbols: Kept<Rendered>,
    /// The folds.
    pub(in crate::lsp) folds: Kept<FoldsView>,
    /// The editions of all, in the state that was last asked about.
    editions: (u64, Editions),
}

/// The editions of a document's cables, once somebody has asked for them.
pub(in crate::lsp) type Editions = Arc<OnceLock<Arc<[Edition]>>>;

impl CableViews {
    /// The editions of the cables in the state `revision`.
    pub(in crate::lsp) fn editions(&mut self, revision: u64) -> Editions {
        if self.editions.0 != revision {
            self.editions = (revision, Editions::default());
        }
        Arc::clone(&self.editions.1)
    }
}

/// The diagnostics of one cable.
#[derive(Debug)]
pub(in crate::lsp) struct DiagnosticsView {
    /// What they were made of.
    pub(in crate::lsp) findings: CableFindings,
    /// Where the cable began, if a message says so.
    pub(in crate::lsp) first_line: Option<usize>,
    /// Each as JSON.
    pub(in crate::lsp) rendered: Rendered,
}

/// The folds of one cable.
#[derive(Debug)]
pub(in crate::lsp) struct FoldsView {
    /// Whether the cable was one of several.
    pub(in crate::lsp) is_one_of_several: bool,
    /// How many lines each hides.
    pub(in crate::lsp) lengths: Vec<usize>,
    /// Each as JSON.
    pub(in crate::lsp) rendered: Rendered,
}
