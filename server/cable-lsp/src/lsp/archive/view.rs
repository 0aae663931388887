//! An archive as it is at one moment: the documents that are open are as the client saw them when it asked.

use std::path::Path;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use cable_archive::{OpenCable, OpenFile, Together};
use tower_lsp::lsp_types::Url;

use super::handle::Archive;
use super::lookup::Lookup;
use crate::files::config::slashed;
use crate::lsp::analysis::{PerCable, Placed};
use crate::lsp::documents::Snapshot;

/// An archive and the open documents over it.
pub(in crate::lsp) struct View {
    pub(super) archive: Arc<Archive>,
    /// Each open document of the archive, with its path there.
    pub(super) open: Vec<(Url, String, Snapshot)>,
}

impl View {
    /// The archive under these documents, as far as they are its own.
    pub(super) fn new(archive: Arc<Archive>, open: Vec<(Url, Option<Snapshot>)>) -> Self {
        let root = archive.root();
        let own = |(uri, snapshot): (Url, Option<Snapshot>)| {
            let path = path_below(root, &uri)?;
            Some((uri, path, snapshot?))
        };
        Self { open: open.into_iter().filter_map(own).collect(), archive }
    }

    /// Returns when all files have been looked at, or after so long.
    pub(in crate::lsp) async fn ready(&self, patience: Duration) {
        let mut changes = self.archive.changes();
        // What is there by then is answered from.
        let _ = tokio::time::timeout(patience, changes.wait_for(|&changes| changes > 0)).await;
    }

    /// Counts the changes of what the archive says.
    fn changes(&self) -> u64 {
        *self.archive.changes().borrow()
    }

    /// Looks something up. None where the index cannot be read yet. Reads from the disk.
    pub(in crate::lsp) fn look<T>(&self, ask: impl FnOnce(&Lookup<'_>) -> cable_archive::Result<T>) -> Option<T> {
        let files = self.open_files();
        let is_open = |path: &str| self.open.iter().any(|(_, open, _)| open == path);
        self.archive.leads().renew(self.changes(), is_open);
        self.archive.ask(|index| ask(&Lookup::new(Together::new(index, &files), self)))
    }

    /// The path of a document in the archive; of one that is not below its folder, its address.
    pub(super) fn path(&self, uri: &Url) -> String {
        path_below(self.archive.root(), uri).unwrap_or_else(|| uri.to_string())
    }

    /// The rows of the open documents. Those of a cable are kept while it does not change.
    fn open_files(&self) -> Vec<OpenFile> {
        let mut kept = self.archive.open.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|path, _| self.open.iter().any(|(_, open, _)| open == path));
        let file = |(_, path, snapshot): &(Url, String, Snapshot)| {
            let known = kept.remove(path).unwrap_or_default();
            let mut now = PerCable::default();
            let cables = snapshot.document.cables();
            let row = |placed: &Placed| match known.get(&placed.cable) {
                Some(row) => row.clone().at(placed),
                None => OpenCable::of(path, placed),
            };
            let worth_a_row = cables.iter().filter(|placed| placed.cable.is_recognised());
            let rows = worth_a_row.map(|placed| now.insert(&placed.cable, row(placed)).clone()).collect();
            kept.insert(path.clone(), now);
            OpenFile { path: path.clone(), cables: rows }
        };
        self.open.iter().map(file).collect()
    }
}

/// The path of a file below a folder, also where one of them is reached by a link.
fn path_below(root: &Path, uri: &Url) -> Option<String> {
    let path = uri.to_file_path().ok()?;
    if let Ok(below) = path.strip_prefix(root) {
        return Some(slashed(below));
    }
    let (root, path) = (std::fs::canonicalize(root).ok()?, std::fs::canonicalize(path).ok()?);
    path.strip_prefix(root).ok().map(slashed)
}
