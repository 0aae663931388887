//! The keeper of an index: the one thread that writes it. It reads the folder at first and whatever changes after that.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use cable_archive::{Error, Index, Refresh, Texts};
use cable_syntax::Document;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tower_lsp::Client;
use tower_lsp::lsp_types::notification::LogMessage;
use tower_lsp::lsp_types::request::WorkDoneProgressCreate;
use tower_lsp::lsp_types::{
    LogMessageParams, MessageType, NumberOrString, ProgressToken, WorkDoneProgressCreateParams,
};

use super::watched::Watched;
use crate::files::config::{Configs, slashed};
use crate::files::indexed::{Indexed, look_at, searched};
use crate::files::walk::Walk;
use crate::lsp::documents::work;
use crate::lsp::wire::{Bar, Outgoing};
use crate::visible::visible;

/// Editors save in several steps; after so long without another a file is as it should be.
const PAUSE: Duration = Duration::from_millis(10);
/// And after so long it is looked at in any case.
const LONGEST_PAUSE: Duration = Duration::from_millis(200);
/// When more files changed at once, all are looked at.
const MANY: usize = 500;
/// Work that takes longer gets a progress bar.
const PATIENCE: Duration = Duration::from_millis(500);
/// How long the end of the session waits for what is being written.
const LAST_PATIENCE: Duration = Duration::from_millis(500);

/// What a keeper needs of the session.
#[derive(Clone)]
pub(in crate::lsp) struct Hub {
    pub(in crate::lsp) client: Client,
    pub(in crate::lsp) outgoing: Outgoing,
    /// Whether the client shows a progress bar that we begin.
    pub(in crate::lsp) shows_progress: Arc<AtomicBool>,
    /// Told when what an index says is another.
    pub(in crate::lsp) changed: watch::Sender<()>,
}

/// What a keeper is to do.
pub(super) enum Order {
    /// Look at all files.
    Refresh,
    /// Make the index anew.
    Rebuild,
    /// Read the files by these settings.
    Settings(Arc<Configs>),
    /// Look at these files and folders.
    Look(Vec<PathBuf>),
    /// Close the index.
    End,
}

/// Where an index can be read.
#[derive(Clone)]
pub(super) enum Place {
    /// In this file. Another number is another file, though it has the name.
    File(PathBuf, u64),
    /// In memory, where one thread asks at a time.
    Memory(Arc<Mutex<Index>>),
}

/// What a keeper and those who read share.
pub(super) struct Shared {
    /// The folder, as the editor names it.
    pub(super) root: PathBuf,
    place: Mutex<Option<Place>>,
    /// How often the rows changed; 0 until all files have been looked at.
    pub(super) changes: watch::Sender<u64>,
    /// Whether an earlier session left a whole index: what it says is hardly old while the files are looked at.
    pub(super) is_whole: watch::Sender<bool>,
    /// Whether changes of files are seen by themselves.
    pub(super) is_watched: AtomicBool,
}

impl Shared {
    pub(super) fn new(root: PathBuf) -> Arc<Self> {
        let (place, changes) = (Mutex::default(), watch::Sender::new(0));
        let (is_whole, is_watched) = (watch::Sender::new(false), AtomicBool::new(true));
        Arc::new(Self { root, place, changes, is_whole, is_watched })
    }

    /// Where the index can be read; nowhere before it is opened.
    pub(super) fn place(&self) -> Option<Place> {
        self.guarded().clone()
    }

    pub(super) fn set_place(&self, place: Place) {
        *self.guarded() = Some(place);
    }

    fn guarded(&self) -> MutexGuard<'_, Option<Place>> {
        self.place.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A keeper at work.
pub(super) struct Keeper {
    orders: Sender<Order>,
    thread: Option<JoinHandle<()>>,
}

/// The keeper's own side.
struct Work {
    shared: Arc<Shared>,
    hub: Hub,
    runtime: Handle,
    configs: Arc<Configs>,
    index: Arc<Mutex<Index>>,
    watched: Watched,
    opened: u64,
}

impl Keeper {
    /// Has a folder read and kept up to date. Runs inside the async runtime.
    pub(super) fn spawn(shared: Arc<Shared>, configs: Arc<Configs>, hub: Hub) -> Option<Self> {
        let (orders, received) = channel();
        let (to_itself, runtime) = (orders.clone(), Handle::current());
        let run = move || {
            if let Some(work) = Work::begin(shared, configs, hub, runtime, to_itself) {
                work.run(&received);
            }
        };
        let thread = thread::Builder::new().name("archive".to_owned()).spawn(run).ok()?;
        Some(Self { orders, thread: Some(thread) })
    }

    /// Gives an order. A keeper that has ended takes none.
    pub(super) fn order(&self, order: Order) {
        let _ = self.orders.send(order);
    }
}

impl Drop for Keeper {
    /// Waits a little for the index to be closed: one that is not is looked at page by page the next time.
    fn drop(&mut self) {
        self.order(Order::End);
        let Some(thread) = self.thread.take() else { return };
        let until = Instant::now() + LAST_PATIENCE;
        while !thread.is_finished() && Instant::now() < until {
            thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Work {
    /// Opens the index. None where not even memory can be had.
    fn begin(
        shared: Arc<Shared>,
        configs: Arc<Configs>,
        hub: Hub,
        runtime: Handle,
        to_itself: Sender<Order>,
    ) -> Option<Self> {
        let opened = Index::cache(&shared.root, false);
        let opened = opened.and_then(|opened| opened.index.spare().map(|()| opened));
        let opened = opened.map_err(|error| eprintln!("cable-lsp: no index can be had: {error}")).ok()?;
        let watched = Watched::new(move |paths| {
            // Nobody is left to hear it at the end.
            let _ = to_itself.send(paths.map_or(Order::Refresh, Order::Look));
        });
        let index = Arc::new(Mutex::new(opened.index));
        let mut work = Self { shared, hub, runtime, configs, index, watched, opened: 0 };
        work.tell(opened.note);
        work.show_place();
        Some(work)
    }

    fn run(mut self, orders: &Receiver<Order>) {
        self.refresh();
        let mut next = orders.recv().ok();
        while let Some(order) = next.take() {
            match order {
                Order::End => break,
                Order::Refresh => self.refresh(),
                Order::Rebuild => {
                    self.reopen(true);
                    self.refresh();
                }
                Order::Settings(configs) => {
                    self.configs = configs;
                    self.refresh();
                }
                Order::Look(paths) => {
                    let mut changed: BTreeSet<PathBuf> = paths.into_iter().collect();
                    next = more(orders, &mut changed);
                    self.look(&changed);
                }
            }
            next = next.or_else(|| orders.recv().ok());
        }
        if let Ok(index) = Arc::try_unwrap(self.index).map(Mutex::into_inner)
            && let Err(error) = index.unwrap_or_else(PoisonError::into_inner).close()
        {
            eprintln!("cable-lsp: the index was not closed in order: {error}");
        }
    }

    /// Makes the index what the files are now; what cannot be used is made anew, at last in memory.
    fn refresh(&mut self) {
        let began = Instant::now();
        let Some(indexed) = self.find() else { return };
        let mut done = self.read_all(&indexed);
        if let Err(error) = &done {
            self.tell(Some(format!("{error}; the index of {} is made again", self.shared.root.display())));
            if error.is_spoilt() {
                self.reopen(true);
            } else {
                self.keep_in_memory();
            }
            done = self.read_all(&indexed);
        }
        match done {
            Ok(changed) => {
                let is_first = *self.shared.changes.borrow() == 0;
                self.watch(&indexed);
                if is_first || changed {
                    self.changed();
                }
                if is_first {
                    let (files, root) = (indexed.len(), self.shared.root.display());
                    let took = began.elapsed().as_millis();
                    self.say(MessageType::LOG, &format!("the archive {root} was read: {files} files in {took} ms"));
                }
            }
            Err(error) => {
                self.tell(Some(format!("the index of {} cannot be made: {error}", self.shared.root.display())));
            }
        }
    }

    fn find(&self) -> Option<Indexed> {
        let root = &self.shared.root;
        match Indexed::of(Walk::new(root.clone(), &self.configs), Some(root), &self.configs) {
            Ok((indexed, _)) => Some(indexed),
            Err(error) => {
                self.tell(Some(format!("{}: {error}", root.display())));
                None
            }
        }
    }

    /// Whether a row changed.
    fn read_all(&mut self, indexed: &Indexed) -> cable_archive::Result<bool> {
        let (token, is_over) = (Arc::new(OnceLock::new()), Arc::new(AtomicBool::new(false)));
        self.show_progress_later(&token, &is_over);
        let mut bar = Bar::new(self.hub.outgoing.clone(), "Reading the archive", token);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        let configs = Arc::clone(&self.configs);
        let mut index = self.index();
        let has_text = index.has_text()?;
        let refreshed = index.refresh(&mut Refresh {
            root: &indexed.root,
            found: &indexed.found(),
            load: &|at| indexed.load(at, &configs),
            // What holds the texts keeps holding them.
            text: has_text.then_some(&|path, document| indexed.searched(path, document, &configs)),
            reading: &indexed.reading,
            now_ns: i64::try_from(now).unwrap_or(i64::MAX),
            threads: work::workers(),
            is_shared: true,
            progress: &mut |done, all| bar.advance(done, all),
        });
        let refreshed = refreshed.and_then(|refreshed| index.spare().map(|()| refreshed));
        drop(index);
        is_over.store(true, Ordering::Relaxed);
        refreshed.map(|refreshed| refreshed.read + refreshed.gone > 0)
    }

    /// Has the client make room for a bar, if the work takes long.
    fn show_progress_later(&self, token: &Arc<OnceLock<ProgressToken>>, is_over: &Arc<AtomicBool>) {
        let Hub { client, shows_progress, .. } = self.hub.clone();
        let (token, is_over) = (Arc::clone(token), Arc::clone(is_over));
        let own = NumberOrString::String(format!("cable/archive/{}", self.shared.root.display()));
        self.runtime.spawn(async move {
            tokio::time::sleep(PATIENCE).await;
            if is_over.load(Ordering::Relaxed) || !shows_progress.load(Ordering::Relaxed) {
                return;
            }
            let params = WorkDoneProgressCreateParams { token: own.clone() };
            if client.send_request::<WorkDoneProgressCreate>(params).await.is_ok() {
                // Nobody else fills it.
                let _ = token.set(own);
            }
        });
    }

    /// Reads what changed. A folder may hold anything, and so may one that is gone.
    fn look(&mut self, changed: &BTreeSet<PathBuf>) {
        let root = self.shared.root.clone();
        let is_folder = |path: &PathBuf| path.is_dir() || (path.extension().is_none() && !path.exists());
        if changed.len() > MANY || changed.iter().any(is_folder) {
            return self.refresh();
        }
        let mut is_changed = false;
        for path in changed {
            match self.look_at(path, &root) {
                Ok(any) => is_changed |= any,
                Err(error) => {
                    self.tell(Some(format!("{}: {error}", path.display())));
                    return self.refresh();
                }
            }
        }
        if is_changed {
            self.changed();
        }
    }

    /// Whether it is a file of the archive, now or before.
    fn look_at(&self, path: &Path, root: &Path) -> cable_archive::Result<bool> {
        let Ok(below) = path.strip_prefix(root) else { return Ok(false) };
        if !self.configs.includes(path) {
            return Ok(false);
        }
        let below = slashed(below);
        let found = look_at(path, root, &self.configs);
        let mut index = self.index();
        let has_text = index.has_text()?;
        let texts = |path: &str, document: &Document| searched(document, &root.join(path), &self.configs);
        let text = has_text.then_some(&texts as Texts<'_>);
        match found {
            Some((stamp, Ok(document))) => index.update(&below, Some((stamp, document.as_ref())), text)?,
            // What cannot be read has no rows.
            Some((_, Err(_))) | None => index.update(&below, None, text)?,
        }
        Ok(true)
    }

    /// Opens the index again, made anew if it is to be.
    fn reopen(&mut self, fresh: bool) {
        match Index::cache(&self.shared.root, fresh) {
            Ok(opened) => {
                self.index = Arc::new(Mutex::new(opened.index));
                self.tell(opened.note);
                self.show_place();
            }
            Err(error) => self.tell(Some(format!("no index can be had: {error}"))),
        }
    }

    fn keep_in_memory(&mut self) {
        match Index::in_memory() {
            Ok(index) => {
                self.index = Arc::new(Mutex::new(index));
                self.show_place();
            }
            Err(error) => self.tell(Some(format!("no index can be had: {error}"))),
        }
    }

    /// Lets readers find the index.
    fn show_place(&mut self) {
        self.opened += 1;
        let (file, is_whole) = {
            let index = self.index();
            (index.file().map(Path::to_owned), index.is_whole().unwrap_or(false))
        };
        self.shared.set_place(match file {
            Some(file) => Place::File(file, self.opened),
            None => Place::Memory(Arc::clone(&self.index)),
        });
        self.shared.is_whole.send_replace(is_whole);
    }

    fn watch(&mut self, indexed: &Indexed) {
        let root = &self.shared.root;
        // Also those above, in which another folder may appear.
        let mut folders: BTreeSet<PathBuf> = BTreeSet::from([root.clone()]);
        for folder in indexed.folders() {
            folders.extend(folder.ancestors().take_while(|up| up.starts_with(root)).map(Path::to_owned));
        }
        let is_watched = self.watched.set(folders);
        if !is_watched && self.shared.is_watched.swap(false, Ordering::Relaxed) {
            self.tell(Some(format!(
                "the system does not watch all folders of {}: the archive is looked at again when it is asked",
                root.display()
            )));
        }
    }

    fn changed(&self) {
        self.shared.changes.send_modify(|changes| *changes += 1);
        self.hub.changed.send_replace(());
    }

    fn index(&self) -> MutexGuard<'_, Index> {
        // What was being written when something panicked was not committed.
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says in the editor's log what a person should know, if there is something.
    fn tell(&self, words: Option<String>) {
        if let Some(words) = words {
            self.say(MessageType::INFO, &words);
        }
    }

    fn say(&self, typ: MessageType, words: &str) {
        let message = visible(words).into_owned();
        self.hub.outgoing.notify::<LogMessage>(&LogMessageParams { typ, message });
    }
}

/// Takes what else changes in the same moment. Returns an order of another kind that came meanwhile.
fn more(orders: &Receiver<Order>, changed: &mut BTreeSet<PathBuf>) -> Option<Order> {
    let began = Instant::now();
    loop {
        match orders.recv_timeout(PAUSE) {
            Ok(Order::Look(paths)) => changed.extend(paths),
            Ok(other) => return Some(other),
            Err(RecvTimeoutError::Timeout) => return None,
            Err(RecvTimeoutError::Disconnected) => return Some(Order::End),
        }
        if began.elapsed() > LONGEST_PAUSE {
            return None;
        }
    }
}

impl From<Error> for Order {
    /// What is to be done about a fault that a reader met.
    fn from(error: Error) -> Self {
        if error.is_spoilt() { Self::Rebuild } else { Self::Refresh }
    }
}
