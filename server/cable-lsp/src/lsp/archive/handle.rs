//! An archive as those who answer have it: its index to read, and a keeper that they need not know.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use cable_archive::{Error, Index};
use tokio::sync::watch;

use super::keeper::{Hub, Keeper, Order, Place, Shared};
use super::leads::Leads;
use super::open_rows::OpenRows;
use crate::files::config::Configs;
use crate::files::indexed::catalog_of;
use crate::lsp::analysis::Catalog;

/// Where nobody tells of changes, the files are looked at again after so long.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// The cables of one folder, or of one index file.
pub(in crate::lsp) struct Archive {
    shared: Arc<Shared>,
    /// None for a file that somebody else made.
    keeper: Option<Keeper>,
    catalog: Mutex<Catalog>,
    /// Open indexes that nobody asks at the moment, with the number of their file.
    readers: Mutex<Vec<(u64, Index)>>,
    /// The cables of open documents, by path.
    pub(super) open: Mutex<HashMap<String, OpenRows>>,
    leads: Mutex<Leads>,
    looked: Mutex<Option<Instant>>,
}

impl Archive {
    /// The archive of a folder, which begins to be read.
    pub(super) fn of_folder(root: &Path, configs: Arc<Configs>, hub: Hub) -> Option<Self> {
        let shared = Shared::new(root.to_owned());
        let catalog = catalog_of(root, &configs);
        let keeper = Keeper::spawn(Arc::clone(&shared), configs, hub)?;
        Some(Self::new(shared, Some(keeper), catalog))
    }

    /// The archive in a file.
    ///
    /// # Errors
    ///
    /// When the file is no index.
    pub(super) fn of_file(file: &Path, configs: &Configs) -> cable_archive::Result<Self> {
        let index = read(file)?;
        let root = index.root()?;
        let catalog = catalog_of(&root, configs);
        let shared = Shared::new(root);
        shared.set_place(Place::File(file.to_owned(), 0));
        shared.changes.send_replace(1);
        Ok(Self::new(shared, None, catalog))
    }

    fn new(shared: Arc<Shared>, keeper: Option<Keeper>, catalog: Catalog) -> Self {
        let (readers, open, leads, looked) = Default::default();
        Self { shared, keeper, catalog: Mutex::new(catalog), readers, open, leads, looked }
    }

    /// The folder that its paths are below.
    pub(in crate::lsp) fn root(&self) -> &Path {
        &self.shared.root
    }

    /// Counts the changes of what it says; 0 until all files have been looked at.
    pub(in crate::lsp) fn changes(&self) -> watch::Receiver<u64> {
        self.shared.changes.subscribe()
    }

    /// Whether an earlier session left a whole index.
    pub(super) fn is_whole(&self) -> watch::Receiver<bool> {
        self.shared.is_whole.subscribe()
    }

    /// Has the index made anew. Returns whether it is ours to make.
    pub(in crate::lsp) fn rebuild(&self) -> bool {
        self.keeper.as_ref().map(|keeper| keeper.order(Order::Rebuild)).is_some()
    }

    /// The codes of the folder.
    pub(super) fn catalog(&self) -> Catalog {
        self.catalog.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Has the files read by these settings.
    pub(super) fn read_by(&self, configs: Arc<Configs>) {
        *self.catalog.lock().unwrap_or_else(PoisonError::into_inner) = catalog_of(self.root(), &configs);
        if let Some(keeper) = &self.keeper {
            keeper.order(Order::Settings(configs));
        }
    }

    /// Has files looked at that the client says have changed, where nobody else tells of them.
    pub(super) fn look_at(&self, files: Vec<PathBuf>) {
        if let Some(keeper) = &self.keeper
            && !self.shared.is_watched.load(Ordering::Relaxed)
        {
            keeper.order(Order::Look(files));
        }
    }

    /// Asks an index that is open to be read. None where there is none yet, or it cannot be read.
    pub(super) fn ask<T>(&self, ask: impl FnOnce(&Index) -> cable_archive::Result<T>) -> Option<T> {
        self.look_again();
        let answer = match self.shared.place()? {
            Place::File(file, number) => {
                let known = self.readers().pop().filter(|(of, _)| *of == number);
                let index = known.map_or_else(|| read(&file), |(_, index)| Ok(index));
                index.and_then(|index| {
                    let answer = ask(&index);
                    if answer.is_ok() {
                        self.readers().push((number, index));
                    }
                    answer
                })
            }
            // While it is written nobody waits for it.
            Place::Memory(index) => {
                let index = index.try_lock().ok()?;
                ask(&index)
            }
        };
        answer.map_err(|error| self.report_unreadable(error)).ok()
    }

    /// What cannot be read is looked at by the keeper, which can make it anew.
    fn report_unreadable(&self, error: Error) {
        eprintln!("cable-lsp: the index of {} could not be read: {error}", self.root().display());
        if let Some(keeper) = &self.keeper {
            keeper.order(error.into());
        }
    }

    fn look_again(&self) {
        if self.shared.is_watched.load(Ordering::Relaxed) {
            return;
        }
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        if looked.is_none_or(|looked| looked.elapsed() > LOOK_AGAIN) {
            *looked = Some(Instant::now());
            if let Some(keeper) = &self.keeper {
                keeper.order(Order::Refresh);
            }
        }
    }

    /// Where references lead that were asked about before.
    pub(super) fn leads(&self) -> MutexGuard<'_, Leads> {
        self.leads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn readers(&self) -> MutexGuard<'_, Vec<(u64, Index)>> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Opens an index to ask it about one thing at a time.
fn read(file: &Path) -> cable_archive::Result<Index> {
    let index = Index::read(file)?;
    index.spare()?;
    Ok(index)
}
