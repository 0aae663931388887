//! An archive as it is at one moment: the documents that are open are as the client saw them when it asked.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use cable_archive::Together;
use futures::future::select;
use tower_lsp::lsp_types::Url;

use super::handle::Archive;
use super::lookup::Lookup;
use super::open::OpenDocuments;
use crate::lsp::analysis::Diagnostic;
use crate::lsp::documents::Snapshot;

/// How long the files are waited for where an earlier session left a whole index, which is hardly old.
const SHORT_PATIENCE: Duration = Duration::from_millis(100);

/// An archive and the open documents over it.
pub(in crate::lsp) struct View {
    archive: Arc<Archive>,
    open: OpenDocuments,
}

impl View {
    /// The archive under these documents, as far as they are its own.
    pub(super) fn new(archive: Arc<Archive>, open: Vec<(Url, Option<Snapshot>)>) -> Self {
        Self { open: OpenDocuments::of(&archive, open), archive }
    }

    /// Returns when all files have been looked at, or after so long; what is there by then is answered from.
    pub(in crate::lsp) async fn ready(&self, patience: Duration) {
        let (mut changes, mut is_whole) = (self.archive.changes(), self.archive.is_whole());
        let looked_at = pin!(changes.wait_for(|&changes| changes > 0));
        let left = pin!(async {
            // The keeper that would say so has ended: there is nothing to wait for.
            let _ = is_whole.wait_for(|&is_whole| is_whole).await;
            tokio::time::sleep(SHORT_PATIENCE).await;
        });
        let _ = tokio::time::timeout(patience, select(looked_at, left)).await;
    }

    /// Counts the changes of what the archive says.
    pub(in crate::lsp) fn changes(&self) -> u64 {
        *self.archive.changes().borrow()
    }

    /// Looks something up. None where the index cannot be read yet. Reads from the disk.
    pub(in crate::lsp) fn look<T>(&self, ask: impl FnOnce(&Lookup<'_>) -> cable_archive::Result<T>) -> Option<T> {
        let files = self.open.rows(&self.archive);
        self.archive.leads().renew(self.changes(), |path| self.open.is_open(path));
        self.archive.ask(|index| ask(&Lookup::new(Together::new(index, &files), &self.archive, &self.open)))
    }

    /// What is wrong in a document beside the rest of the archive.
    pub(in crate::lsp) fn beside(&self, uri: &Url, snapshot: &Snapshot) -> Vec<Diagnostic> {
        let (document, settings) = (&snapshot.document, &snapshot.analysis.settings);
        self.look(|archive| Ok(archive.beside(uri, document, settings))).unwrap_or_default()
    }
}
