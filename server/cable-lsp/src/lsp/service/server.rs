//! The language server: each handler takes what it needs as its first statement, then answers.

use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem, CallHierarchyOutgoingCall,
    CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams, CodeAction, CodeActionParams, CodeActionResponse,
    CodeLens, CodeLensParams, CompletionItem, CompletionParams, CompletionResponse, CreateFilesParams,
    DeleteFilesParams, DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    DocumentDiagnosticParams, DocumentDiagnosticReportResult, DocumentFormattingParams, DocumentHighlight,
    DocumentHighlightParams, DocumentLink, DocumentLinkParams, DocumentOnTypeFormattingParams,
    DocumentRangeFormattingParams, DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams, FoldingRange,
    FoldingRangeParams, GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverParams, InitializeParams,
    InitializeResult, InitializedParams, InlayHint, InlayHintParams, LinkedEditingRangeParams, LinkedEditingRanges,
    Location, MessageType, PrepareRenameResponse, ReferenceParams, RenameFilesParams, RenameParams, SelectionRange,
    SelectionRangeParams, SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaParams,
    SemanticTokensFullDeltaResult, SemanticTokensParams, SemanticTokensRangeParams, SemanticTokensRangeResult,
    SemanticTokensResult, ServerInfo, SetTraceParams, SymbolInformation, TextDocumentItem, TextDocumentPositionParams,
    TextEdit, Url, VersionedTextDocumentIdentifier, WorkspaceDiagnosticParams, WorkspaceDiagnosticReportResult,
    WorkspaceEdit, WorkspaceFolder, WorkspaceFoldersChangeEvent, WorkspaceSymbolParams,
};

use super::look_up::{Interest, PATIENCE};
use super::session::Session;
use crate::lsp::analysis::{self, navigation};
use crate::lsp::answers::ClientFacts;
use crate::lsp::answers::actions::{self, Unresolved};
use crate::lsp::answers::archive::{self, ArchiveCommand, Asked};
use crate::lsp::answers::commands::{self, Command, Outcome};
use crate::lsp::answers::convert;
use crate::lsp::answers::convert::{TooltipLater, Undocumented};
use crate::lsp::answers::diagnostics;
use crate::lsp::answers::edition::WantedEdition;
use crate::lsp::documents::{Difference, Snapshot, colours_in};
use crate::lsp::wire::{answer_with, json};

/// The handlers.
pub(in crate::lsp) struct Server {
    session: Arc<Session>,
}

impl Server {
    /// Handlers over a session.
    pub(in crate::lsp) fn new(session: Arc<Session>) -> Self {
        Self { session }
    }

    /// `$/setTrace`, which tower-lsp 0.20 does not know.
    #[expect(clippy::unused_async, reason = "the library takes nothing else for a handler")]
    pub(in crate::lsp) async fn set_trace(&self, params: SetTraceParams) {
        self.session.trace.set(params.value);
    }
}

#[tower_lsp::async_trait]
impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let session = &self.session;
        let facts = session.begin(ClientFacts::new(&params.capabilities));
        session.trace.set(params.trace.unwrap_or_default());
        // An older client has one folder and no list.
        let root = params.root_uri.into_iter().map(|uri| WorkspaceFolder { uri, name: String::new() }).collect();
        let folders = params.workspace_folders.unwrap_or(root);
        session.workspace.change_folders(folders.into_iter().map(|folder| folder.uri), &[]);
        if let Some(settings) = params.initialization_options {
            session.take_initial_settings(&settings);
        }
        if let Some(id) = params.process_id {
            session.watch.process(id);
        }
        Ok(InitializeResult {
            capabilities: facts.server_capabilities(),
            server_info: Some(ServerInfo {
                name: env!("CARGO_PKG_NAME").into(),
                version: Some(env!("CARGO_PKG_VERSION").into()),
            }),
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        let Ok(facts) = self.session.facts() else { return };
        let session = Arc::clone(&self.session);
        session.log(MessageType::LOG, facts.in_words());
        session.follow_archives();
        tokio::spawn(async move {
            if facts.answers_configuration {
                session.fetch_settings().await;
            }
            session.register().await;
        });
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        let Ok(facts) = self.session.facts() else { return };
        if facts.answers_configuration {
            let session = Arc::clone(&self.session);
            tokio::spawn(async move { session.fetch_settings().await });
        } else {
            self.session.take_settings(&params.settings);
        }
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let WorkspaceFoldersChangeEvent { added, removed } = params.event;
        let removed: Vec<_> = removed.into_iter().map(|folder| folder.uri).collect();
        self.session.workspace.change_folders(added.into_iter().map(|folder| folder.uri), &removed);
        if self.session.facts().is_ok_and(|facts| facts.answers_configuration) {
            let session = Arc::clone(&self.session);
            tokio::spawn(async move { session.fetch_settings().await });
        } else {
            self.session.settings_changed();
        }
        self.session.workspace_diagnostics.changed();
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.session.files_changed(params.changes.iter().map(|change| &change.uri));
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_create_files(&self, params: CreateFilesParams) {
        self.session.files_changed(&addresses(params.files.iter().map(|file| &file.uri)));
    }

    async fn did_rename_files(&self, params: RenameFilesParams) {
        let both = params.files.iter().flat_map(|file| [&file.old_uri, &file.new_uri]);
        self.session.files_changed(&addresses(both));
    }

    async fn did_delete_files(&self, params: DeleteFilesParams) {
        self.session.files_changed(&addresses(params.files.iter().map(|file| &file.uri)));
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let TextDocumentItem { uri, version, text, .. } = params.text_document;
        self.session.open(uri, version, text);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let VersionedTextDocumentIdentifier { uri, version } = params.text_document;
        self.session.change(uri, version, params.content_changes);
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        let (session, uri) = (&self.session, params.text_document.uri);
        session.saved(&uri, params.text).await;
        // Where nobody watches the settings files, a save is a good moment to look at them.
        if session.facts().is_ok_and(|facts| !facts.watches_files) {
            session.workspace.forget_files();
            session.settings_changed();
        }
        session.workspace_diagnostics.changed();
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        self.session.documents.close(&uri);
        self.session.workspace_diagnostics.changed();
        self.session.document_changed(uri);
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let facts = self.session.facts()?;
        // The document as it is when the settings are known: a later state than was asked about, and never an older one.
        self.session.configured().await;
        let uri = &params.text_document.uri;
        let (snapshot, view) = (self.session.snapshot(uri), self.session.archives.known_view(uri));
        diagnostics::report(snapshot, view, params, facts).await
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        let facts = self.session.facts()?;
        self.session.workspace_diagnostics.report(facts, params).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        if let Some(command) = ArchiveCommand::read(&params)? {
            return self.session.execute_in_archive(command).await;
        }
        if let Some(wanted) = WantedEdition::read(&params)? {
            answer_with(self.session.edition(wanted).await?);
            return Ok(None);
        }
        let command = Command::read(params)?;
        let snapshot = command.document().and_then(|uri| self.session.snapshot(uri));
        let session = &self.session;
        match commands::execute(command, snapshot, session.facts()?, &session.trace).await? {
            Outcome::Answer(answer) => Ok(answer),
            Outcome::Apply(edit) => Ok(Some(json!({ "applied": session.apply(edit).await? }))),
            Outcome::Explain(rule) => session.show_explanation(rule).await.map(|()| None),
        }
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let uri = params.text_document.uri;
        let snapshot = self.session.snapshot(&uri);
        let symbols = self.session.read(snapshot, move |snapshot, facts| convert::symbols(snapshot, &uri, facts));
        Ok(symbols.await?.map(|symbols| {
            answer_with(symbols);
            DocumentSymbolResponse::Nested(Vec::new())
        }))
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let place = params.text_document_position_params;
        let snapshot = self.session.snapshot(&place.text_document.uri);
        self.session.look_up_at(place, Interest::LOOK, snapshot, archive::hover).await.map(Option::flatten)
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let place = params.text_document_position_params;
        let snapshot = self.session.snapshot(&place.text_document.uri);
        self.session.look_up_at(place, Interest::POINT, snapshot, archive::definition).await.map(Option::flatten)
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let place = params.text_document_position;
        let with_definition = params.context.include_declaration;
        let snapshot = self.session.snapshot(&place.text_document.uri);
        // They may be hundreds.
        let answer = move |asked: &Asked<'_>| Ok(json(&archive::references(asked, with_definition)?));
        let places = self.session.look_up_at(place, Interest::POINT, snapshot, answer).await?;
        Ok(places.map(|places| {
            answer_with(places);
            Vec::new()
        }))
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let snapshot = self.session.snapshot(&text_document.uri);
        self.session
            .read(snapshot, move |snapshot, facts| {
                let rope = snapshot.document.rope();
                let found = navigation::highlights(&snapshot.document, facts.encoding.offset(rope, position));
                convert::highlights(found, rope, facts)
            })
            .await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        let uri = params.text_document.uri;
        let (snapshot, own) = (self.session.snapshot(&uri), uri.clone());
        self.session
            .look_up(&uri, snapshot, Duration::ZERO, move |snapshot, facts, archive| {
                archive::links(snapshot, &own, facts, archive)
            })
            .await
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        let snapshot = self.session.snapshot(&params.text_document.uri);
        let found = self.session.read(snapshot, move |snapshot, facts| {
            let rope = snapshot.document.rope();
            let offset = facts.encoding.offset(rope, params.position);
            let found =
                navigation::prepare_rename(&snapshot.document, offset).map_err(|reason| convert::refusal(&reason))?;
            Ok(convert::renameable(found, rope, facts))
        });
        found.await?.transpose()
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let uri = text_document.uri;
        let snapshot = self.session.snapshot(&uri);
        let edit = self.session.read(snapshot, move |snapshot, facts| {
            let offset = facts.encoding.offset(snapshot.document.rope(), position);
            let edits = navigation::rename(&snapshot.document, offset, &params.new_name)
                .map_err(|reason| convert::refusal(&reason))?;
            Ok(actions::workspace_edit(&edits, snapshot, &uri, facts))
        });
        edit.await?.transpose()
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let snapshot = self.session.snapshot(&params.text_document.uri);
        self.session
            .read(snapshot, move |snapshot, facts| {
                let rope = snapshot.document.rope();
                let steps = |position| {
                    let offset = facts.encoding.offset(rope, position);
                    convert::selection(&analysis::selection_ranges(&snapshot.document, offset), rope, facts)
                };
                params.positions.into_iter().filter_map(steps).collect()
            })
            .await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        let snapshot = self.session.snapshot(&params.text_document.uri);
        let folds = self.session.read(snapshot, convert::folds);
        Ok(folds.await?.map(|folds| {
            answer_with(folds);
            Vec::new()
        }))
    }

    async fn linked_editing_range(&self, params: LinkedEditingRangeParams) -> Result<Option<LinkedEditingRanges>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let snapshot = self.session.snapshot(&text_document.uri);
        let found = self.session.read(snapshot, move |snapshot, facts| {
            let rope = snapshot.document.rope();
            let found = navigation::linked_ranges(&snapshot.document, facts.encoding.offset(rope, position));
            convert::linked_ranges(&found, rope, facts)
        });
        found.await.map(Option::flatten)
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let snapshot = self.session.snapshot(&params.text_document.uri);
        self.session
            .read(snapshot, |snapshot, facts| {
                let data = snapshot.colours().whole(&snapshot.document, snapshot.revision, facts.encoding);
                SemanticTokens { result_id: Some(snapshot.revision.to_string()), data }.into()
            })
            .await
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let snapshot = self.session.snapshot(&params.text_document.uri);
        self.session
            .read(snapshot, move |snapshot, facts| {
                let Snapshot { document, revision, .. } = snapshot;
                let result_id = Some(revision.to_string());
                match snapshot.colours().since(&params.previous_result_id, document, *revision, facts.encoding) {
                    Difference::Edits(edits) => SemanticTokensDelta { result_id, edits }.into(),
                    Difference::Whole(data) => SemanticTokens { result_id, data }.into(),
                }
            })
            .await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let snapshot = self.session.snapshot(&params.text_document.uri);
        self.session
            .read(snapshot, move |snapshot, facts| {
                let range = facts.encoding.span(snapshot.document.rope(), params.range);
                let data = colours_in(&snapshot.document, &range, facts.encoding);
                SemanticTokens { result_id: None, data }.into()
            })
            .await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let uri = params.text_document.uri;
        let snapshot = self.session.snapshot(&uri);
        self.session.read(snapshot, move |snapshot, facts| convert::hints(snapshot, params.range, &uri, facts)).await
    }

    async fn inlay_hint_resolve(&self, mut hint: InlayHint) -> Result<InlayHint> {
        let Some(later) = hint.data.as_ref().and_then(|data| TooltipLater::deserialize(data).ok()) else {
            return Err(Error::invalid_params("the data of the hint is not ours"));
        };
        let snapshot = self.session.snapshot(&later.uri);
        let tooltip =
            self.session.read(snapshot, move |snapshot, facts| convert::tooltip_later(&later, snapshot, facts));
        hint.tooltip = tooltip.await?.flatten();
        Ok(hint)
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let snapshot = self.session.snapshot(&params.text_document.uri);
        self.session
            .read(snapshot, move |snapshot, facts| {
                let options = convert::format_options(&params.options, snapshot.analysis.config());
                let edits = analysis::format(&snapshot.document, options);
                convert::text_edits(edits, snapshot.document.rope(), facts)
            })
            .await
    }

    async fn range_formatting(&self, params: DocumentRangeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let snapshot = self.session.snapshot(&params.text_document.uri);
        self.session
            .read(snapshot, move |snapshot, facts| {
                let rope = snapshot.document.rope();
                let options = convert::format_options(&params.options, snapshot.analysis.config());
                let range = facts.encoding.span(rope, params.range);
                convert::text_edits(analysis::format_range(&snapshot.document, range, options), rope, facts)
            })
            .await
    }

    async fn on_type_formatting(&self, params: DocumentOnTypeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let snapshot = self.session.snapshot(&text_document.uri);
        self.session
            .read(snapshot, move |snapshot, facts| {
                let rope = snapshot.document.rope();
                let options = convert::format_options(&params.options, snapshot.analysis.config());
                let typed = params.ch.chars().next().unwrap_or_default();
                let offset = facts.encoding.offset(rope, position);
                convert::text_edits(analysis::format_on_type(&snapshot.document, offset, typed, options), rope, facts)
            })
            .await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let place = params.text_document_position;
        let snapshot = self.session.snapshot(&place.text_document.uri);
        let list = self.session.look_up_at(place, Interest::TYPE, snapshot, archive::completions);
        list.await.map(|list| list.map(CompletionResponse::List))
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<Vec<SymbolInformation>>> {
        let (views, facts) = (self.session.archives.views(), self.session.facts()?);
        for view in &views {
            view.ready(PATIENCE).await;
        }
        let found = tokio::task::spawn_blocking(move || archive::symbols(&views, &params.query, &facts)).await;
        found.map(Some).map_err(|_| Error::internal_error())
    }

    async fn prepare_call_hierarchy(
        &self,
        params: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        let place = params.text_document_position_params;
        let snapshot = self.session.snapshot(&place.text_document.uri);
        self.session.look_up_at(place, Interest::ANYWHERE, snapshot, archive::prepare).await
    }

    async fn incoming_calls(
        &self,
        params: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        self.session.follow(&params.item, archive::incoming).await
    }

    async fn outgoing_calls(
        &self,
        params: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        self.session.follow(&params.item, archive::outgoing).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let uri = params.text_document.uri;
        let (snapshot, own) = (self.session.snapshot(&uri), uri.clone());
        if self.session.workspace.analysis(&uri).config().lens.citations != Some(true) {
            return Ok(None);
        }
        let lenses = self.session.look_up(&uri, snapshot, Duration::ZERO, move |snapshot, facts, archive| {
            archive.map(|archive| archive::lenses(snapshot, &own, facts, archive)).transpose()
        });
        lenses.await.map(Option::flatten)
    }

    async fn completion_resolve(&self, mut item: CompletionItem) -> Result<CompletionItem> {
        // An item that carries nothing is complete as it is.
        let Some(data) = item.data.take() else { return Ok(item) };
        let Undocumented { uri, key } =
            serde_json::from_value(data).map_err(|error| Error::invalid_params(error.to_string()))?;
        let snapshot = self.session.snapshot(&uri);
        let said = self.session.read(snapshot, move |snapshot, facts| convert::documentation(&key, snapshot, facts));
        item.documentation = said.await?.flatten();
        Ok(item)
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let snapshot = self.session.snapshot(&params.text_document.uri);
        self.session.read(snapshot, move |snapshot, facts| actions::code_actions(snapshot, params, facts)).await
    }

    async fn code_action_resolve(&self, mut action: CodeAction) -> Result<CodeAction> {
        let Unresolved { uri } = actions::unresolved(&action)?;
        let snapshot = self.session.snapshot(&uri);
        let trace = Arc::clone(&self.session.trace);
        let edit = self.session.read(snapshot, move |snapshot, facts| actions::resolve(snapshot, &uri, facts, &trace));
        action.edit = edit.await?;
        Ok(action)
    }
}

/// Addresses that the protocol's types leave as texts; what is none is left out.
fn addresses<'a>(texts: impl Iterator<Item = &'a String>) -> Vec<Url> {
    texts.filter_map(|text| Url::parse(text).ok()).collect()
}
