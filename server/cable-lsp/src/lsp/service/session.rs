//! What the handlers and their spawned tasks share, and how a session learns of settings.
//!
//! A handler that its client waits for must not wait for its client. So whatever asks the client something runs in a
//! task of its own, and ends in [`Session::settings_changed`].

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde_json::{Value, json};
use tokio::sync::watch;
use tower_lsp::Client;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::notification::{LogMessage, ShowMessage};
use tower_lsp::lsp_types::{
    ConfigurationItem, DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, Location,
    LogMessageParams, MessageActionItem, MessageType, Registration, ShowDocumentParams, ShowMessageParams,
    TextDocumentContentChangeEvent, Url, WorkspaceEdit,
};

use super::one_at_a_time::OneAtATime;
use crate::files::config::FILE_NAME;
use crate::lsp::analysis::{Analysis, Rule};
use crate::lsp::answers::ClientFacts;
use crate::lsp::answers::diagnostics::{Publisher, WorkspaceDiagnostics};
use crate::lsp::answers::{ShownTexts, explanations};
use crate::lsp::archive::{Archives, Hub};
use crate::lsp::documents::{Change, Documents, Pauses, Trace, Wanted, Workspace, configured};
use crate::lsp::wire::{ClientWatch, Lost, Outgoing, Quiet};
use crate::visible::visible;

/// The section of an editor's settings that is ours.
const SECTION: &str = "cable";

/// The state behind the handlers.
pub(in crate::lsp) struct Session {
    client: Client,
    pub(in crate::lsp) outgoing: Outgoing,
    pub(in crate::lsp) documents: Arc<Documents>,
    pub(in crate::lsp) workspace: Arc<Workspace>,
    pub(in crate::lsp) trace: Arc<Trace>,
    publisher: Arc<Publisher>,
    pub(in crate::lsp) workspace_diagnostics: Arc<WorkspaceDiagnostics>,
    pub(in crate::lsp) watch: ClientWatch,
    pub(in crate::lsp) archives: Arc<Archives>,
    /// Whether the client shows a progress bar, for those who know no more of it.
    shows_progress: Arc<AtomicBool>,
    /// Told when an archive says something else than before.
    archive_changes: watch::Sender<()>,
    pub(in crate::lsp) texts: ShownTexts,
    /// Set once, by `initialize`; the library lets no other handler run before.
    facts: OnceLock<Arc<ClientFacts>>,
    /// The settings files that the log names.
    settings_files: Mutex<HashSet<PathBuf>>,
    /// Whether the editor has said what its settings are, or has none to say.
    is_configured: watch::Sender<bool>,
    settings_question: OneAtATime,
    refreshing: Arc<OneAtATime>,
    refreshing_diagnostics: Arc<OneAtATime>,
    pauses: Pauses,
}

impl Session {
    /// A session without documents that writes its notifications to `outgoing` when its input is `quiet`.
    pub(in crate::lsp) fn new(client: Client, outgoing: Outgoing, quiet: Quiet, watch: ClientWatch) -> Arc<Self> {
        let trace = Arc::new(Trace::new(outgoing.clone()));
        let changes = watch::Sender::default();
        let documents = Documents::new(Arc::clone(&trace), changes.clone());
        let is_configured = watch::Sender::new(false);
        let workspace = Arc::new(Workspace::new());
        let archive_changes = watch::Sender::default();
        let hub = Hub {
            client: client.clone(),
            outgoing: outgoing.clone(),
            changed: archive_changes.clone(),
            shows_progress: Arc::default(),
        };
        let shows_progress = Arc::clone(&hub.shows_progress);
        let archives = Arc::new(Archives::new(hub, Arc::clone(&documents), Arc::clone(&workspace)));
        let publisher = Publisher::new(
            Arc::clone(&documents),
            Arc::clone(&archives),
            outgoing.clone(),
            quiet,
            is_configured.subscribe(),
        );
        let workspace_diagnostics = WorkspaceDiagnostics::new(
            client.clone(),
            outgoing.clone(),
            Arc::clone(&documents),
            Arc::clone(&archives),
            Arc::clone(&workspace),
            Arc::clone(&trace),
            is_configured.subscribe(),
            changes,
        );
        Arc::new(Self {
            client,
            outgoing,
            documents,
            workspace,
            trace,
            publisher,
            workspace_diagnostics,
            watch,
            archives,
            shows_progress,
            archive_changes,
            texts: ShownTexts::default(),
            facts: OnceLock::new(),
            settings_files: Mutex::default(),
            is_configured,
            settings_question: OneAtATime::default(),
            refreshing: Arc::default(),
            refreshing_diagnostics: Arc::default(),
            pauses: Pauses::default(),
        })
    }

    /// Takes what `initialize` says of the client.
    pub(in crate::lsp) fn begin(&self, facts: ClientFacts) -> Arc<ClientFacts> {
        if !facts.answers_configuration {
            self.is_configured.send_replace(true);
        }
        self.shows_progress.store(facts.shows_progress, Ordering::Relaxed);
        Arc::clone(self.facts.get_or_init(|| Arc::new(facts)))
    }

    /// What the client can do.
    ///
    /// # Errors
    ///
    /// Before `initialize`.
    pub(in crate::lsp) fn facts(&self) -> Result<Arc<ClientFacts>> {
        self.facts.get().map(Arc::clone).ok_or_else(Error::invalid_request)
    }

    /// Returns when the settings are known, or when the editor has been asked long enough.
    pub(in crate::lsp) async fn configured(&self) {
        configured(&mut self.is_configured.subscribe()).await;
    }

    /// Takes a document over from the client.
    pub(in crate::lsp) fn open(&self, uri: Url, version: i32, text: String) {
        let analysis = self.workspace.analysis(&uri);
        self.tell_settings_file(&analysis);
        self.documents.open(&uri, version, text, analysis);
        self.workspace_diagnostics.changed();
        self.report_problems(self.workspace.problems());
        self.document_changed(uri);
    }

    /// Changes a document as the client did. A whole text brings one that was out of step back.
    pub(in crate::lsp) fn change(
        self: &Arc<Self>,
        uri: Url,
        version: i32,
        mut changes: Vec<TextDocumentContentChangeEvent>,
    ) {
        let Ok(facts) = self.facts() else { return };
        let whole = changes.iter().rposition(|change| change.range.is_none());
        if let Some(whole) = whole.filter(|_| self.documents.lost_version(&uri).is_some()) {
            let text = changes.drain(..=whole).next_back().map(|change| change.text).unwrap_or_default();
            self.open(uri.clone(), version, text);
        }
        match self.documents.change(&uri, version, changes, facts.encoding) {
            Change::Made => {}
            // The person was told.
            Change::OutOfStep => return,
            Change::NotOpen => {
                self.log(MessageType::WARNING, format!("a change to a document that is not open here: {uri}"));
            }
        }
        self.await_pause(&uri);
        self.document_changed(uri);
    }

    /// When nothing was typed in the document for a while, what that brings out is shown.
    fn await_pause(self: &Arc<Self>, uri: &Url) {
        let (session, typed) = (Arc::clone(self), uri.clone());
        self.pauses.begin(uri, move || {
            if session.documents.pause(&typed) {
                session.bring_out(typed);
            }
        });
    }

    /// Shows what was held back.
    fn bring_out(&self, uri: Url) {
        self.document_changed(uri);
        self.workspace_diagnostics.changed();
        self.refresh_diagnostics();
    }

    /// The client has saved a document. What it says of the text is taken: a document that was out of step is back; one
    /// that had another text here is taken anew, and the log says so.
    pub(in crate::lsp) async fn saved(&self, uri: &Url, text: Option<String>) {
        if let Some(version) = self.documents.lost_version(uri) {
            let Some(text) = text else { return };
            self.open(uri.clone(), version, text);
            self.refresh();
            return;
        }
        let Some(told) = self.documents.save(uri, text) else { return };
        let Ok(told) = told.await else { return };
        if told.differs {
            let message = format!("the saved text was not the one we had; taken anew: {uri}");
            self.log(MessageType::WARNING, message);
            self.document_changed(uri.clone());
            self.refresh();
        } else if told.brings_out {
            self.bring_out(uri.clone());
        }
    }

    /// The client said something of a text that could not be read. What is no longer known here is shown no more, and
    /// the person is told once what to do.
    pub(in crate::lsp) fn lose(&self, lost: Lost) {
        let (lost, what) = match lost {
            Lost::One(uri) => {
                let name = uri.path_segments().and_then(|mut names| names.next_back()).unwrap_or(uri.as_str());
                let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy().into_owned();
                let is_new = self.documents.lose(&uri);
                (if is_new { vec![uri] } else { Vec::new() }, name)
            }
            Lost::Nameless(text) => {
                self.log(MessageType::WARNING, format!("this is not the address of a document: {text}"));
                return;
            }
            Lost::All => (self.documents.lose_all(), "the open documents".to_owned()),
        };
        if lost.is_empty() {
            return;
        }
        let message = format!(
            "cable-lsp: a message from the editor could not be read, and the text of {what} is no longer known. Nothing is shown or changed there until you save, or close and reopen it."
        );
        self.outgoing.notify::<ShowMessage>(&ShowMessageParams { typ: MessageType::WARNING, message });
        for uri in lost {
            self.document_changed(uri);
        }
        self.workspace_diagnostics.changed();
        self.refresh();
    }

    /// After a change to a document: its diagnostics are due, unless the client asks for them itself.
    pub(in crate::lsp) fn document_changed(&self, uri: Url) {
        if let Some(facts) = self.facts.get()
            && !facts.pulls_diagnostics
        {
            self.publisher.changed(uri, facts);
        }
    }

    /// After a change of files on disk.
    pub(in crate::lsp) fn files_changed<'a>(&self, files: impl IntoIterator<Item = &'a Url>) {
        let name = |uri: &'a Url| uri.path_segments().and_then(|mut segments| segments.next_back());
        let files: Vec<&Url> = files.into_iter().collect();
        self.archives.files_changed(files.iter().copied());
        if files.into_iter().any(|uri| name(uri) == Some(FILE_NAME)) {
            self.workspace.forget_files();
            self.settings_changed();
        }
        self.workspace_diagnostics.changed();
    }

    /// Asks the client to apply an edit. Returns whether it did.
    pub(in crate::lsp) async fn apply(&self, edit: WorkspaceEdit) -> Result<bool> {
        Ok(self.client.apply_edit(edit).await?.applied)
    }

    /// Has the client show what a rule says: in a document beside the cable, else in a message.
    pub(in crate::lsp) async fn show_explanation(&self, rule: &Rule) -> Result<()> {
        if !self.show_text(rule.code, &explanations::in_full(rule)).await? {
            self.say(MessageType::INFO, explanations::in_short(rule));
        }
        Ok(())
    }

    /// Has the client show a text in a document beside the cable. Returns whether it did.
    pub(in crate::lsp) async fn show_text(&self, name: &str, text: &str) -> Result<bool> {
        if !self.facts()?.shows_documents {
            return Ok(false);
        }
        match self.texts.write(name, text) {
            Ok(uri) => {
                let params = ShowDocumentParams { uri, external: None, take_focus: Some(false), selection: None };
                Ok(self.client.show_document(params).await == Ok(true))
            }
            Err(error) => {
                self.log(MessageType::WARNING, format!("no file could be made to show: {error}"));
                Ok(false)
            }
        }
    }

    /// Has the client go to a place, if it can.
    pub(in crate::lsp) async fn show_place(&self, place: &Location) -> Result<()> {
        if self.facts()?.shows_documents {
            let params = ShowDocumentParams {
                uri: place.uri.clone(),
                external: None,
                take_focus: Some(true),
                selection: Some(place.range),
            };
            if let Err(error) = self.client.show_document(params).await {
                self.log(MessageType::WARNING, format!("the editor does not show {}: {error}", place.uri));
            }
        }
        Ok(())
    }

    /// Asks the person whether the folder of a document is to have an index, once: it holds neither settings nor a file that
    /// is a cable by its name.
    pub(in crate::lsp) fn ask_about_archive(self: &Arc<Self>, uri: &Url) {
        const YES: &str = "Index";
        let Some(folder) = self.archives.question(uri) else { return };
        let session = Arc::clone(self);
        tokio::spawn(async move {
            let message = format!(
                "Index the cables of {}, so that references lead from one to another? `archive = true` or `false` in {FILE_NAME} answers for good.",
                visible(&folder.to_string_lossy())
            );
            let answers =
                [YES, "Not Now"].map(|title| MessageActionItem { title: title.to_owned(), properties: HashMap::new() });
            let answer = session.client.show_message_request(MessageType::INFO, message, Some(answers.into())).await;
            if answer.is_ok_and(|answer| answer.is_some_and(|answer| answer.title == YES)) {
                session.archives.agree(&folder);
            }
        });
    }

    /// Has the client ask again for what an archive says, whenever it says something else.
    pub(in crate::lsp) fn follow_archives(self: &Arc<Self>) {
        let session = Arc::clone(self);
        let mut changes = self.archive_changes.subscribe();
        tokio::spawn(async move {
            while changes.changed().await.is_ok() {
                session.workspace_diagnostics.changed();
                session.refresh_diagnostics();
                for uri in session.documents.addresses() {
                    session.document_changed(uri);
                }
                let shows_lenses = session.facts.get().is_some_and(|facts| facts.refreshes_lenses);
                if shows_lenses && let Err(error) = session.client.code_lens_refresh().await {
                    eprintln!("cable-lsp: the client did not refresh: {error}");
                }
            }
        });
    }

    /// Asks the client to watch what it can watch for us.
    pub(in crate::lsp) async fn register(&self) {
        let Some(facts) = self.facts.get() else { return };
        let mut wanted = Vec::new();
        let registration = |method: &str, options: Option<Value>| Registration {
            id: method.to_owned(),
            method: method.to_owned(),
            register_options: options,
        };
        if facts.registers_configuration {
            let options = json!({ "section": SECTION });
            wanted.push(registration("workspace/didChangeConfiguration", Some(options)));
        }
        if facts.watches_files {
            let watcher = |glob: String| FileSystemWatcher { glob_pattern: GlobPattern::String(glob), kind: None };
            let watchers = [FILE_NAME, "*.cable", "*.txt"].map(|name| watcher(format!("**/{name}"))).into();
            let options = serde_json::to_value(DidChangeWatchedFilesRegistrationOptions { watchers });
            wanted.push(registration("workspace/didChangeWatchedFiles", options.ok()));
        }
        if !wanted.is_empty()
            && let Err(error) = self.client.register_capability(wanted).await
        {
            self.log(MessageType::INFO, format!("the editor watches nothing for us: {error}"));
        }
    }

    /// Asks the editor for its settings, unless it is being asked: then it is asked once more afterwards.
    pub(in crate::lsp) async fn fetch_settings(&self) {
        if self.settings_question.begin() {
            self.ask_settings().await;
            while self.settings_question.again() {
                self.ask_settings().await;
            }
        }
    }

    /// Asks the editor for its settings, of every folder and of what is outside.
    async fn ask_settings(&self) {
        let folders = self.workspace.folders();
        let item = |scope: Option<Url>| ConfigurationItem { scope_uri: scope, section: Some(SECTION.to_owned()) };
        let items = folders.iter().cloned().map(Some).chain([None]).map(item).collect();
        match self.client.configuration(items).await {
            Ok(settings) => {
                let mut problems = Vec::new();
                for (folder, settings) in folders.iter().map(Some).chain([None]).zip(settings) {
                    problems.extend(self.workspace.set(folder, &settings));
                }
                problems.sort_unstable();
                problems.dedup();
                self.report_problems(problems);
            }
            Err(error) => self.log(MessageType::WARNING, format!("the editor does not say its settings: {error}")),
        }
        self.settings_changed();
        self.is_configured.send_replace(true);
    }

    /// Takes settings that came with `initialize`.
    pub(in crate::lsp) fn take_initial_settings(&self, settings: &Value) {
        self.report_problems(self.workspace.begin(settings));
    }

    /// Takes settings that the editor sent by itself.
    pub(in crate::lsp) fn take_settings(&self, settings: &Value) {
        self.report_problems(self.workspace.set_everywhere(settings));
        self.settings_changed();
    }

    /// After a change of settings: documents are read by those that hold now, and what the client shows is renewed.
    pub(in crate::lsp) fn settings_changed(&self) {
        self.workspace_diagnostics.settings_changed();
        self.archives.settings_changed();
        let changed = self.documents.reassess(|uri| self.workspace.analysis(uri));
        self.report_problems(self.workspace.problems());
        if changed.is_empty() {
            return;
        }
        for uri in changed {
            self.document_changed(uri);
        }
        self.refresh();
    }

    /// After a change that the client does not know of: what it asked for before is out of date.
    pub(in crate::lsp) fn refresh(&self) {
        self.refresh_what(true);
    }

    /// After a change of what is shown of the findings, and of nothing else.
    fn refresh_diagnostics(&self) {
        if self.facts.get().is_some_and(|facts| facts.pulls_diagnostics && facts.refreshes_diagnostics) {
            self.refresh_what(false);
        }
    }

    fn refresh_what(&self, everything: bool) {
        let Some(facts) = self.facts.get().map(Arc::clone) else { return };
        let refreshing = Arc::clone(if everything { &self.refreshing } else { &self.refreshing_diagnostics });
        if !refreshing.begin() {
            return;
        }
        let client = self.client.clone();
        // Spawned, for a handler that waits for its client can be what the client waits for.
        tokio::spawn(async move {
            loop {
                let mut refused = Vec::new();
                if facts.pulls_diagnostics && facts.refreshes_diagnostics {
                    refused.push(client.workspace_diagnostic_refresh().await);
                }
                if everything && facts.refreshes_tokens {
                    refused.push(client.semantic_tokens_refresh().await);
                }
                if everything && facts.refreshes_hints {
                    refused.push(client.inlay_hint_refresh().await);
                }
                for error in refused.into_iter().filter_map(Result::err) {
                    eprintln!("cable-lsp: the client did not refresh: {error}");
                }
                if !refreshing.again() {
                    return;
                }
            }
        });
    }

    /// Says something to the person.
    pub(in crate::lsp) fn say(&self, typ: MessageType, message: String) {
        self.outgoing.notify::<ShowMessage>(&ShowMessageParams { typ, message });
    }

    /// Says something in the editor's log.
    pub(in crate::lsp) fn log(&self, typ: MessageType, message: String) {
        self.outgoing.notify::<LogMessage>(&LogMessageParams { typ, message });
    }

    /// Whose settings hold is what people ask first when an editor and a check differ.
    fn tell_settings_file(&self, analysis: &Analysis) {
        let Some(file) = analysis.settings_file() else { return };
        let message = format!("settings from {}", file.display());
        let is_new = self.settings_files.lock().unwrap_or_else(PoisonError::into_inner).insert(file);
        if is_new {
            self.log(MessageType::LOG, message);
        }
    }

    /// What is wrong with the settings is shown: until it is corrected, others hold than a person believes.
    fn report_problems(&self, problems: Vec<String>) {
        for message in problems {
            let message = format!("cable-lsp: {}", visible(&message));
            self.outgoing.notify::<ShowMessage>(&ShowMessageParams { typ: MessageType::WARNING, message });
        }
    }

    /// The document as it is now, if it is open and in step.
    pub(in crate::lsp) fn snapshot(&self, uri: &Url) -> Option<Wanted> {
        self.documents.snapshot(uri)
    }
}
