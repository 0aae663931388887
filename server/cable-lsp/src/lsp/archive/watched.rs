//! The folders of an archive under watch.

use std::collections::BTreeSet;
use std::path::PathBuf;

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

/// Folders that the system watches for us, each by itself: what lies in a new one is seen by looking at all of them.
#[derive(Debug)]
pub(super) struct Watched {
    watcher: Option<RecommendedWatcher>,
    folders: BTreeSet<PathBuf>,
}

impl Watched {
    /// Watches nothing yet. What changes is told to `then`; none stands for anything.
    pub(super) fn new(then: impl Fn(Option<Vec<PathBuf>>) + Send + 'static) -> Self {
        let heard = move |event: notify::Result<Event>| match event {
            Ok(event) if event.need_rescan() => then(None),
            Ok(event) if is_change(event.kind) => then(Some(event.paths)),
            _ => {}
        };
        Self { watcher: notify::recommended_watcher(heard).ok(), folders: BTreeSet::new() }
    }

    /// Watches these folders and no others. Returns whether the system could.
    pub(super) fn set(&mut self, folders: BTreeSet<PathBuf>) -> bool {
        let Some(watcher) = &mut self.watcher else { return false };
        for gone in self.folders.difference(&folders) {
            // A folder that is gone is watched no more in any case.
            let _ = watcher.unwatch(gone);
        }
        let mut new = folders.difference(&self.folders);
        let could = new.all(|folder| watcher.watch(folder, RecursiveMode::NonRecursive).is_ok());
        if could {
            self.folders = folders;
        } else {
            // Some would be seen and others not, and nobody could tell which.
            self.watcher = None;
        }
        could
    }
}

/// To read a file is an event too, and so is the new time of its last reading.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        EventKind::Modify(ModifyKind::Metadata(_)) => false,
        _ => true,
    }
}
