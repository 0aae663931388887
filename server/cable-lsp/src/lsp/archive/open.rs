//! The documents of an archive that are open, as the client saw them when it asked.

use std::path::Path;
use std::sync::PoisonError;

use cable_archive::{Entry, OpenCable, OpenFile};
use tower_lsp::lsp_types::Url;

use super::handle::Archive;
use crate::files::config::slashed;
use crate::lsp::analysis::{PerCable, Placed};
use crate::lsp::documents::Snapshot;

/// Each open document of an archive, with its path there.
pub(super) struct OpenDocuments(Vec<(Url, String, Snapshot)>);

impl OpenDocuments {
    /// Those of these documents that lie below the folder of an archive.
    pub(super) fn of(archive: &Archive, all: Vec<(Url, Option<Snapshot>)>) -> Self {
        let own = |(uri, snapshot): (Url, Option<Snapshot>)| {
            let path = path_below(archive.root(), &uri)?;
            Some((uri, path, snapshot?))
        };
        Self(all.into_iter().filter_map(own).collect())
    }

    /// The document that holds a cable.
    pub(super) fn holding(&self, entry: &Entry) -> Option<(&Url, &Snapshot)> {
        let (uri, _, snapshot) = self.0.iter().find(|(_, path, _)| *path == entry.path)?;
        Some((uri, snapshot))
    }

    /// Whether the file of a path is open.
    pub(super) fn is_open(&self, path: &str) -> bool {
        self.0.iter().any(|(_, open, _)| open == path)
    }

    /// Their rows. Those of a cable are kept by the archive while it does not change.
    pub(super) fn rows(&self, archive: &Archive) -> Vec<OpenFile> {
        let mut kept = archive.open.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|path, _| self.is_open(path));
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
        self.0.iter().map(file).collect()
    }
}

/// The path of a file below a folder, also where one of them is reached by a link.
pub(super) fn path_below(root: &Path, uri: &Url) -> Option<String> {
    let path = uri.to_file_path().ok()?;
    if let Ok(below) = path.strip_prefix(root) {
        return Some(slashed(below));
    }
    let (root, path) = (std::fs::canonicalize(root).ok()?, std::fs::canonicalize(path).ok()?);
    path.strip_prefix(root).ok().map(slashed)
}
