//! `workspace/diagnostic`: what is wrong in every cable of the open folders, as far as the client does not know it.
//!
//! An open document shadows its file. The files are those that `check` would read, and their result ids name a state on
//! disk, so that a file the client knows is not read again, and nothing is said of it. Files are worked on by all threads;
//! reports are sent in the order of the paths as they are made, if the client takes parts. A client that knows everything is
//! kept waiting until something changes: it would only ask again at once.
//!
//! The work stops before the next cable when the request is cancelled.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use serde::Serialize;
use tokio::sync::{Semaphore, watch};
use tower_lsp::Client;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::notification::LogMessage;
use tower_lsp::lsp_types::request::WorkDoneProgressCreate;
use tower_lsp::lsp_types::{
    LogMessageParams, MessageType, NumberOrString, ProgressToken, Url, WorkDoneProgressCreateParams,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult,
};

use super::super::client_facts::ClientFacts;
use super::super::convert;
use super::pull;
use crate::files::config::Configs;
use crate::files::source::{self, Source, Wanted};
use crate::lsp::analysis::Analysis;
use crate::lsp::archive::Archives;
use crate::lsp::documents::{Documents, Snapshot, Trace, Workspace, address, configured, work};
use crate::lsp::wire::{Bar, CancelFlag, Outgoing, answer_with, object_with, send_part};

/// The most files looked at. A larger archive is for `check`.
const MOST_FILES: usize = 20_000;
/// How many reports go out together.
const PART: usize = 64;
/// Work that takes longer gets a progress bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// What pulls of the workspace share.
pub(in crate::lsp) struct WorkspaceDiagnostics {
    client: Client,
    outgoing: Outgoing,
    documents: Arc<Documents>,
    archives: Arc<Archives>,
    workspace: Arc<Workspace>,
    trace: Arc<Trace>,
    is_configured: watch::Receiver<bool>,
    /// Wakes a request that waits for something to change.
    changes: watch::Sender<()>,
    /// One look at the files at a time: each reads them all.
    turn: Arc<Semaphore>,
    /// Counts the changes of settings: part of a file's result id.
    epoch: AtomicU64,
    /// Files in which nothing was wrong, which the client is not told of: hashes of path and state.
    clean: Mutex<HashSet<u64>>,
}

/// One pull, ready to be worked on.
struct Pull {
    shared: Arc<WorkspaceDiagnostics>,
    facts: Arc<ClientFacts>,
    cancelled: CancelFlag,
    part_token: Option<ProgressToken>,
    /// What the client knows, by the key of the address.
    known: HashMap<Vec<u8>, Known>,
    /// What the client has open; without a snapshot what is still being read, or is out of step.
    open: Vec<(Url, Option<Snapshot>)>,
    epoch: u64,
    bar: Bar,
}

/// A file of the workspace.
struct Found {
    uri: Url,
    /// The key of the address.
    key: Vec<u8>,
    source: Source,
    configs: Arc<Configs>,
}

/// A report that the client has.
#[derive(Clone)]
struct Known {
    /// The address in the client's spelling.
    uri: Url,
    result_id: String,
}

/// The reports of a pull that were not sent yet, each as JSON.
#[derive(Default)]
struct Reports {
    items: Vec<Vec<u8>>,
    /// Whether there was one.
    has_news: bool,
}

/// What is said with the diagnostics of a document.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Head<'a> {
    kind: &'static str,
    uri: &'a Url,
    version: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result_id: Option<String>,
}

impl WorkspaceDiagnostics {
    /// Nothing is known of any file. What is sent to `changes` wakes a request that waits.
    #[expect(clippy::too_many_arguments, reason = "each is a part of the session that a pull needs")]
    pub(in crate::lsp) fn new(
        client: Client,
        outgoing: Outgoing,
        documents: Arc<Documents>,
        archives: Arc<Archives>,
        workspace: Arc<Workspace>,
        trace: Arc<Trace>,
        is_configured: watch::Receiver<bool>,
        changes: watch::Sender<()>,
    ) -> Arc<Self> {
        Arc::new(Self {
            client,
            outgoing,
            documents,
            archives,
            workspace,
            trace,
            is_configured,
            changes,
            turn: Arc::new(Semaphore::new(1)),
            epoch: AtomicU64::new(0),
            clean: Mutex::default(),
        })
    }

    /// Something in the workspace changed that a client which was told everything does not know.
    pub(in crate::lsp) fn changed(&self) {
        self.changes.send_replace(());
    }

    /// The settings changed: every result may be another.
    pub(in crate::lsp) fn settings_changed(&self) {
        self.epoch.fetch_add(1, Ordering::Relaxed);
        self.clean.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.changed();
    }

    /// Answers a pull.
    pub(in crate::lsp) async fn report(
        self: &Arc<Self>,
        facts: Arc<ClientFacts>,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        let cancelled = CancelFlag::current();
        let known = params.previous_result_ids.into_iter();
        let known: HashMap<_, _> =
            known.map(|known| (address::key(&known.uri), Known { uri: known.uri, result_id: known.value })).collect();
        let part_token = params.partial_result_params.partial_result_token;
        let mut work_done_token = params.work_done_progress_params.work_done_token;
        loop {
            configured(&mut self.is_configured.clone()).await;
            let turn = Arc::clone(&self.turn).acquire_owned().await.map_err(|_| Error::internal_error())?;
            let mut changes = self.changes.subscribe();
            let token = Arc::new(OnceLock::new());
            // A token of the client's is good for one bar: a look that comes after a wait has its own.
            if let Some(given) = work_done_token.take() {
                let _ = token.set(given);
            }
            let pull = Pull {
                shared: Arc::clone(self),
                facts: Arc::clone(&facts),
                cancelled: cancelled.clone(),
                part_token: part_token.clone(),
                known: known.clone(),
                open: self.documents.snapshots(),
                epoch: self.epoch.load(Ordering::Relaxed),
                bar: Bar::new(self.outgoing.clone(), "Checking cables", Arc::clone(&token)),
            };
            let work = tokio::task::spawn_blocking(move || {
                let reports = pull.run();
                drop(turn);
                reports
            });
            let reports = self.with_bar(work, &token, &facts).await?;
            // Where nobody watches the files, nobody would wake a request that waits.
            if reports.has_news || known.is_empty() || !facts.watches_files {
                answer_with(reports.json());
                return Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport::default()));
            }
            changes.changed().await.map_err(|_| Error::internal_error())?;
        }
    }

    /// Waits for the work, and asks the client for a progress bar if it takes long.
    async fn with_bar(
        &self,
        mut work: tokio::task::JoinHandle<Result<Reports>>,
        token: &OnceLock<ProgressToken>,
        facts: &ClientFacts,
    ) -> Result<Reports> {
        if facts.shows_progress && token.get().is_none() {
            if let Ok(done) = tokio::time::timeout(PATIENCE, &mut work).await {
                return done.map_err(|_| Error::internal_error())?;
            }
            let own = NumberOrString::String("cable/workspace-diagnostic".to_owned());
            let params = WorkDoneProgressCreateParams { token: own.clone() };
            if self.client.send_request::<WorkDoneProgressCreate>(params).await.is_ok() {
                // It was empty above, and nobody else fills it.
                let _ = token.set(own);
            }
        }
        work.await.map_err(|_| Error::internal_error())?
    }
}

impl Pull {
    /// Works through the open documents and then the files.
    fn run(mut self) -> Result<Reports> {
        let mut reports = Reports::default();
        let mut seen = HashSet::new();
        for (uri, snapshot) in std::mem::take(&mut self.open) {
            let key = address::key(&uri);
            match &snapshot {
                Some(snapshot) => self.add(self.open_document(&uri, snapshot)?, &mut reports),
                // Of what is being read a report follows, and what is shown of it until then is not of the file.
                None if self.shared.documents.is_open(&uri) => {}
                None if self.known.contains_key(&key) => self.add(Some(nothing(&uri)), &mut reports),
                None => {}
            }
            seen.insert(key);
        }
        let mut files = self.files();
        files.retain(|file| seen.insert(file.key.clone()));
        let threads = ThreadPoolBuilder::new().num_threads(work::workers()).build();
        let threads = threads.map_err(|_| Error::internal_error())?;
        let mut done = 0;
        for part in files.chunks(PART) {
            self.bar.advance(done, files.len());
            done += part.len();
            let found: Vec<_> = threads.install(|| part.par_iter().map(|file| self.file(file)).collect());
            for report in found {
                self.add(report?, &mut reports);
            }
        }
        // What the client still shows of a file that is gone.
        let gone = self.known.iter().filter(|(key, _)| !seen.contains(*key));
        let gone: Vec<Url> = gone.map(|(_, known)| known.uri.clone()).collect();
        for uri in gone {
            self.add(Some(nothing(&uri)), &mut reports);
        }
        self.send(&mut reports);
        Ok(reports)
    }

    /// The files of all folders, in the order of their paths within each.
    fn files(&self) -> Vec<Found> {
        let mut files = Vec::new();
        for (root, configs) in self.shared.workspace.roots() {
            let (mut sources, _) = source::walk(&root, &Wanted::Cables, &configs, work::workers());
            source::sort(&mut sources);
            files.extend(sources.into_iter().filter_map(|source| {
                let path = std::path::absolute(&source.path).unwrap_or_else(|_| source.path.clone());
                let uri = Url::from_file_path(&path).ok()?;
                let key = address::key(&uri);
                // A file that the client knows is named as it names it.
                let uri = self.known.get(&key).map_or(uri, |known| known.uri.clone());
                Some(Found { uri, key, source, configs: Arc::clone(&configs) })
            }));
        }
        if files.len() > MOST_FILES {
            let message = format!(
                "the open folders hold {} files; the first {MOST_FILES} are looked at. `cable-lsp check` reads them all",
                files.len()
            );
            self.shared.outgoing.notify::<LogMessage>(&LogMessageParams { typ: MessageType::INFO, message });
            files.truncate(MOST_FILES);
        }
        files
    }

    /// Whether the client has this report under this spelling of the address.
    fn knows(&self, uri: &Url, result_id: &str) -> bool {
        self.known.get(&address::key(uri)).is_some_and(|known| known.uri == *uri && known.result_id == result_id)
    }

    /// What is to be said of an open document; none where the client knows it.
    fn open_document(&self, uri: &Url, snapshot: &Snapshot) -> Result<Option<Vec<u8>>> {
        let view = self.shared.archives.known_view(uri);
        let result_id = pull::result_id(snapshot, view.as_ref());
        if self.knows(uri, &result_id) {
            return Ok(None);
        }
        let beside = view.map(|view| view.beside(uri, snapshot)).unwrap_or_default();
        let items = self.check(uri, |go_on| convert::diagnostics_while(snapshot, &beside, uri, &self.facts, go_on))?;
        Ok(Some(report(uri, Some(snapshot.version.into()), Some(result_id), &items)))
    }

    /// What is to be said of a file; none where the client knows it, or knows nothing of it and nothing is wrong.
    fn file(&self, file: &Found) -> Result<Option<Vec<u8>>> {
        let Found { uri, key, source, configs } = file;
        let Some(result_id) = self.state(&source.path) else { return Ok(None) };
        if self.knows(uri, &result_id) {
            return Ok(None);
        }
        let mut hasher = DefaultHasher::new();
        (uri.as_str(), &result_id).hash(&mut hasher);
        let state = hasher.finish();
        let clean = &self.shared.clean;
        let was_clean = || clean.lock().unwrap_or_else(PoisonError::into_inner).contains(&state);
        let is_known = self.known.contains_key(key);
        if !is_known && was_clean() {
            return Ok(None);
        }
        let Some(place) = configs.place(&source.path) else { return Ok(None) };
        // What cannot be read has nothing to show, and `check` says why.
        let loaded = source.load(&place.archive.catalog).ok().flatten();
        let items = match &loaded {
            Some(loaded) => {
                let settings = place.settings(&source.path).into_owned();
                let analysis = Analysis::new(Arc::clone(&place.archive), settings, None);
                self.check(uri, |go_on| {
                    convert::file_diagnostics(&loaded.document, &analysis, uri, &self.facts, go_on)
                })?
            }
            None => b"[]".to_vec(),
        };
        let is_clean = items == b"[]";
        if is_clean {
            clean.lock().unwrap_or_else(PoisonError::into_inner).insert(state);
        }
        Ok((is_known || !is_clean).then(|| report(uri, None, Some(result_id), &items)))
    }

    /// Runs a check that asks before each cable whether to go on.
    fn check<T>(&self, uri: &Url, check: impl FnOnce(&mut dyn FnMut() -> bool) -> Option<T>) -> Result<T> {
        let mut cable = 0;
        let mut go_on = || {
            let go_on = !self.cancelled.is_raised();
            if go_on {
                cable += 1;
                self.shared.trace.cable(uri, cable);
            }
            go_on
        };
        check(&mut go_on).ok_or_else(Error::request_cancelled)
    }

    /// The name of a file's state on disk under the settings of now.
    fn state(&self, path: &Path) -> Option<String> {
        let metadata = fs::metadata(path).ok()?;
        let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        Some(format!("{modified:x}-{:x}-{:x}", metadata.len(), self.epoch))
    }

    /// Adds what is to be said of a document, if anything is.
    fn add(&self, report: Option<Vec<u8>>, reports: &mut Reports) {
        let Some(report) = report else { return };
        reports.has_news = true;
        reports.items.push(report);
        if reports.items.len() >= PART {
            self.send(reports);
        }
    }

    /// Sends what there is as a part of the answer, if the client takes parts.
    fn send(&self, reports: &mut Reports) {
        if let Some(token) = &self.part_token
            && !reports.items.is_empty()
        {
            self.shared.outgoing.wait_for_room(|| self.cancelled.is_raised());
            send_part(&self.shared.outgoing, token, &reports.json());
            reports.items.clear();
        }
    }
}

impl Reports {
    /// As the protocol's report, or part of one.
    fn json(&self) -> Vec<u8> {
        let mut json = br#"{"items":["#.to_vec();
        json.extend_from_slice(&self.items.join(&b','));
        json.extend_from_slice(b"]}");
        json
    }
}

/// A report with diagnostics that are JSON.
fn report(uri: &Url, version: Option<i64>, result_id: Option<String>, items: &[u8]) -> Vec<u8> {
    object_with(&Head { kind: "full", uri, version, result_id }, "items", items)
}

/// The report on what is no longer there.
fn nothing(uri: &Url) -> Vec<u8> {
    report(uri, None, None, b"[]")
}
