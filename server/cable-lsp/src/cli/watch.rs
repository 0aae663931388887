//! Waits for files to change.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

/// Editors save in several steps; after so long without another the file is as it should be.
const PAUSE: Duration = Duration::from_millis(50);

/// Files and folders under watch.
#[derive(Debug)]
pub(super) struct Watch {
    /// Watches as long as it lives.
    _watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    roots: Vec<Root>,
}

/// A path that was named.
#[derive(Debug)]
struct Root {
    /// As it was named.
    named: PathBuf,
    /// As it is, without links: the paths of events begin with it.
    real: PathBuf,
}

impl Watch {
    /// Begins to watch.
    ///
    /// # Errors
    ///
    /// When the system cannot watch one of the paths.
    pub(super) fn new(paths: Vec<PathBuf>) -> io::Result<Self> {
        let (sender, events) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(sender).map_err(io::Error::other)?;
        let mut roots = Vec::new();
        for named in paths {
            let real = fs::canonicalize(&named)?;
            // A file that is saved is often a new file in its old place, so its folder is watched.
            let (place, mode) = match real.parent() {
                Some(folder) if !real.is_dir() => (folder, RecursiveMode::NonRecursive),
                _ => (real.as_path(), RecursiveMode::Recursive),
            };
            watcher.watch(place, mode).map_err(io::Error::other)?;
            roots.push(Root { named, real });
        }
        Ok(Self { _watcher: watcher, events, roots })
    }

    /// Waits for files to change and says which did, as reached from the paths that were named.
    ///
    /// # Errors
    ///
    /// When the system can watch no longer.
    pub(super) fn changed(&self) -> io::Result<HashSet<PathBuf>> {
        let mut changed = HashSet::new();
        while changed.is_empty() {
            let mut next = self.events.recv().map_err(|_| RecvTimeoutError::Disconnected);
            loop {
                match next {
                    Ok(event) => self.note(&event.map_err(io::Error::other)?, &mut changed),
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return Err(io::Error::other("the watch has ended")),
                }
                next = self.events.recv_timeout(PAUSE);
            }
        }
        Ok(changed)
    }

    fn note(&self, event: &Event, changed: &mut HashSet<PathBuf>) {
        // To read a file is an event too, and so is the new time of its last reading.
        if matches!(event.kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_))) {
            return;
        }
        for path in &event.paths {
            let reached = self.roots.iter().filter_map(|root| {
                let rest = path.strip_prefix(&root.real).ok()?;
                let reached = if rest == Path::new("") { root.named.clone() } else { root.named.join(rest) };
                Some(reached.strip_prefix("./").map(Path::to_owned).unwrap_or(reached))
            });
            changed.extend(reached);
        }
    }
}
