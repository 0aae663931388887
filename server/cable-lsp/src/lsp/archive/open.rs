//! The documents of an archive that are open, as the client saw them when it asked.

use std::path::Path;
use std::sync::{Arc, PoisonError};

use cable_archive::{Entry, OpenFile};
use tower_lsp::lsp_types::Url;

use super::handle::Archive;
use super::open_rows::OpenRows;
use crate::files::config::slashed;
use crate::lsp::documents::Snapshot;

/// Each open document of an archive, with its path there, in the order of the paths.
pub(super) struct OpenDocuments(Vec<(Url, String, Snapshot)>);

impl OpenDocuments {
    /// Those of these documents that lie below the folder of an archive.
    pub(super) fn of(archive: &Archive, all: Vec<(Url, Option<Snapshot>)>) -> Self {
        let own = |(uri, snapshot): (Url, Option<Snapshot>)| {
            let path = path_below(archive.root(), &uri)?;
            Some((uri, path, snapshot?))
        };
        let mut own: Vec<_> = all.into_iter().filter_map(own).collect();
        own.sort_by(|(_, one, _), (_, other, _)| one.cmp(other));
        Self(own)
    }

    /// The document that holds a cable.
    pub(super) fn holding(&self, entry: &Entry) -> Option<(&Url, &Snapshot)> {
        let (uri, _, snapshot) = &self.0[self.find(&entry.path)?];
        Some((uri, snapshot))
    }

    /// Whether the file of a path is open.
    pub(super) fn is_open(&self, path: &str) -> bool {
        self.find(path).is_some()
    }

    /// Their rows, in the order of the paths. The archive keeps those of a document while it does not change, and those of a
    /// cable that did not.
    pub(super) fn rows(&self, archive: &Archive) -> Vec<Arc<OpenFile>> {
        let mut kept = archive.open.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|path, _| self.is_open(path));
        let rows = |(_, path, snapshot): &(Url, String, Snapshot)| {
            let known = kept.remove(path);
            let now = OpenRows::of(path, snapshot, known);
            let file = now.file();
            kept.insert(path.clone(), now);
            file
        };
        self.0.iter().map(rows).collect()
    }

    fn find(&self, path: &str) -> Option<usize> {
        self.0.binary_search_by(|(_, open, _)| open.as_str().cmp(path)).ok()
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
