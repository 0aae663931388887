//! An archive's index as the rules see it that look beyond one file.
//!
//! Terminal and editor share this room, so that they agree. An index is asked by one thread at a time: who has several uses
//! [`Shared`], or opens one for each.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use cable_archive::{Entry, Error, How, Index, Together, cites, name_disagrees, named};
use cable_catalog::Catalog;
use cable_lint::{Diagnostic, Meaning, Other, References, Settings, archive_diagnostics};
use cable_syntax::{Cable, Document};

use crate::files::config::slashed;

/// An index and what is open over it, joined to the rules. What it could not answer is kept in [`Around::fault`].
pub(crate) struct Around<'a> {
    index: Together<'a>,
    root: &'a Path,
    fault: RefCell<Option<Error>>,
}

impl<'a> Around<'a> {
    /// An index, and the folder that its paths are below.
    pub(crate) const fn new(index: Together<'a>, root: &'a Path) -> Self {
        Self { index, root, fault: RefCell::new(None) }
    }

    /// What went wrong first, if anything did. Then something may be wrong in a document that was not found.
    pub(crate) fn fault(self) -> Option<Error> {
        self.fault.into_inner()
    }

    fn answer<T>(&self, answer: cable_archive::Result<T>) -> Option<T> {
        answer
            .map_err(|error| {
                self.fault.borrow_mut().get_or_insert(error);
            })
            .ok()
    }

    fn meaning(&self, cited: &cable_archive::Cited) -> Option<Meaning> {
        let (Some(post), Some(serial)) = (&cited.post, cited.serial) else { return Some(Meaning::NoCable) };
        let Some(resolved) = self.answer(self.index.resolve(cited))? else {
            return Some(Meaning::Absent { id: cited.id.clone().unwrap_or_else(|| format!("{post} {serial}")) });
        };
        let (how, cables) = resolved;
        if how != How::OtherYear {
            return Some(Meaning::Present);
        }
        let mut present: Vec<(String, i16)> = Vec::new();
        for (id, year) in cables.into_iter().filter_map(|cable| cable.id.zip(cable.year)) {
            if !present.iter().any(|(known, _)| *known == id) {
                present.push((id, year));
            }
        }
        Some(Meaning::OtherYear { id: cited.id.clone(), present })
    }

    /// Those that are no other names of a file itself: it may be reached in several ways.
    fn others(&self, path: &str, entries: Option<Vec<Entry>>) -> Vec<Other> {
        let entries = entries.unwrap_or_default();
        if entries.is_empty() {
            return Vec::new();
        }
        let real = |path: &str| std::fs::canonicalize(self.root.join(path)).ok();
        let own = real(path);
        let is_other = |entry: &Entry| own.is_none() || real(&entry.path) != own;
        let section = |entry: &Entry| entry.section.filter(|_| !entry.joined);
        let other = |entry: Entry| Other { section: section(&entry), path: entry.path, line: entry.line, id: entry.id };
        entries.into_iter().filter(is_other).map(other).collect()
    }
}

impl References for Around<'_> {
    fn meanings(&self, path: &str, cable: &Cable) -> Vec<Meaning> {
        cites(path, cable).iter().map_while(|cited| self.meaning(cited)).collect()
    }

    fn named_otherwise(&self, path: &str, ids: &[&str], catalog: &Catalog) -> Option<String> {
        name_disagrees(path, ids.iter().copied(), catalog).then(|| named(path, catalog)?.id())?
    }

    fn with_id(&self, path: &str, id: &str) -> Vec<Other> {
        self.others(path, self.answer(self.index.others_with_id(path, id)))
    }

    fn with_text(&self, path: &str, cable: &Cable) -> Vec<Other> {
        self.others(path, self.answer(self.index.others_with_text(path, cable)))
    }
}

/// An index that several threads ask, one at a time.
#[derive(Debug)]
pub(crate) struct Shared {
    index: Mutex<Index>,
    root: PathBuf,
    fault: Mutex<Option<Error>>,
}

impl Shared {
    /// Shares an index.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub(crate) fn new(index: Index) -> cable_archive::Result<Self> {
        let root = index.root()?;
        Ok(Self { index: Mutex::new(index), root, fault: Mutex::default() })
    }

    /// What is wrong in a document beside the rest of the archive. `file` is where it is, without links.
    pub(crate) fn diagnostics(&self, document: &Document, file: &Path, settings: &Settings) -> Vec<Diagnostic> {
        let index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        let around = Around::new(Together::new(&index, &[]), &self.root);
        let found = archive_diagnostics(document, &path_in(&self.root, file), &around, settings);
        if let Some(error) = around.fault() {
            self.fault.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        }
        found
    }

    /// Ends the use of the index. Returns what went wrong first while it was asked.
    ///
    /// # Errors
    ///
    /// When its end cannot be kept.
    pub(crate) fn end(self) -> cable_archive::Result<Option<Error>> {
        self.index.into_inner().unwrap_or_else(PoisonError::into_inner).close()?;
        Ok(self.fault.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The path under which an index below `root` has a file, or would have it; both without links.
pub(crate) fn path_in(root: &Path, file: &Path) -> String {
    slashed(file.strip_prefix(root).unwrap_or(file))
}
