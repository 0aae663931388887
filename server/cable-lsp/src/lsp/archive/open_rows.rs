//! The rows of a document that is open, as the index would have them of its file.

use std::sync::Arc;

use cable_archive::{OpenCable, OpenFile};

use crate::lsp::analysis::{PerCable, Placed};
use crate::lsp::documents::Snapshot;

/// What an archive keeps of a document that is open.
pub(super) struct OpenRows {
    /// The state of the document that they are of.
    revision: u64,
    file: Arc<OpenFile>,
    of_cables: PerCable<Arc<OpenCable>>,
}

impl OpenRows {
    /// The rows of a document, with what was known of it before: all of that, while it is the same.
    pub(super) fn of(path: &str, snapshot: &Snapshot, known: Option<Self>) -> Self {
        let known = match known {
            Some(known) if known.revision == snapshot.revision => return known,
            known => known.map(|known| known.of_cables).unwrap_or_default(),
        };
        let mut of_cables = PerCable::default();
        let row = |placed: &Placed| match known.get(&placed.cable) {
            Some(row) if row.stands_at(placed) => Arc::clone(row),
            Some(row) => Arc::new(row.at(placed)),
            None => Arc::new(OpenCable::of(path, placed)),
        };
        let worth_a_row = snapshot.document.cables().iter().filter(|placed| placed.cable.is_recognised());
        let cables = worth_a_row.map(|placed| Arc::clone(of_cables.insert(&placed.cable, row(placed)))).collect();
        let file = Arc::new(OpenFile { path: path.to_owned(), cables });
        Self { revision: snapshot.revision, file, of_cables }
    }

    /// The document in the place of its file.
    pub(super) fn file(&self) -> Arc<OpenFile> {
        Arc::clone(&self.file)
    }
}
