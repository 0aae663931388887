//! The language server: each handler takes what it needs as its first statement, then answers.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{
    CodeAction, CodeActionParams, CodeActionResponse, CompletionItem, CompletionParams, CompletionResponse,
    CreateFilesParams, DeleteFilesParams, DidChangeConfigurationParams, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams, DocumentDiagnosticReportResult,
    DocumentFormattingParams, DocumentHighlight, DocumentHighlightParams, DocumentLink, DocumentLinkParams,
    DocumentOnTypeFormattingParams, DocumentRangeFormattingParams, DocumentSymbolParams, DocumentSymbolResponse,
    ExecuteCommandParams, FoldingRange, FoldingRangeParams, GotoDefinitionParams, GotoDefinitionResponse, Hover,
    HoverParams, InitializeParams, InitializeResult, InitializedParams, InlayHint, InlayHintParams,
    LinkedEditingRangeParams, LinkedEditingRanges, Location, MessageType, PrepareRenameResponse, ReferenceParams,
    RenameFilesParams, RenameParams, SelectionRange, SelectionRangeParams, SemanticTokens, SemanticTokensDelta,
    SemanticTokensDeltaParams, SemanticTokensFullDeltaResult, SemanticTokensParams, SemanticTokensRangeParams,
    SemanticTokensRangeResult, SemanticTokensResult, ServerInfo, SetTraceParams, TextDocumentItem,
    TextDocumentPositionParams, TextEdit, Url, VersionedTextDocumentIdentifier, WorkspaceDiagnosticParams,
    WorkspaceDiagnosticReportResult, WorkspaceEdit, WorkspaceFolder, WorkspaceFoldersChangeEvent,
};

use super::session::Session;
use crate::lsp::analysis::{self, navigation};
use crate::lsp::answers::ClientFacts;
use crate::lsp::answers::actions::{self, Unresolved};
use crate::lsp::answers::commands::{self, Command, Outcome};
use crate::lsp::answers::convert;
use crate::lsp::answers::convert::{Undocumented, Untold};
use crate::lsp::answers::diagnostics;
use crate::lsp::documents::{Difference, Snapshot, Wanted, colours_in, work};
use crate::lsp::wire::answer_with;

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

    /// Answers a request about a document from a snapshot; `None` if it is not open.
    async fn read<T, F>(&self, snapshot: Option<Wanted>, read: F) -> Result<Option<T>>
    where
        T: Send + 'static,
        F: FnOnce(&Snapshot, &ClientFacts) -> T + Send + 'static,
    {
        let Some(snapshot) = snapshot else { return Ok(None) };
        let facts = self.session.facts()?;
        work::read(snapshot, move |snapshot| read(snapshot, &facts)).await.map(Some)
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
        let snapshot = self.session.snapshot(&params.text_document.uri);
        diagnostics::report(snapshot, params, facts).await
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        let facts = self.session.facts()?;
        self.session.workspace_diagnostics.report(facts, params).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
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
        let symbols = self.read(snapshot, move |snapshot, facts| convert::symbols(snapshot, &uri, facts));
        Ok(symbols.await?.map(|symbols| {
            answer_with(symbols);
            DocumentSymbolResponse::Nested(Vec::new())
        }))
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let snapshot = self.session.snapshot(&text_document.uri);
        let hover = self.read(snapshot, move |snapshot, facts| {
            let rope = snapshot.document.rope();
            let found = analysis::hover(&snapshot.document, facts.encoding.offset(rope, position))?;
            Some(convert::hover(found, rope, facts))
        });
        hover.await.map(Option::flatten)
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let uri = text_document.uri;
        let snapshot = self.session.snapshot(&uri);
        let found = self.read(snapshot, move |snapshot, facts| {
            let rope = snapshot.document.rope();
            let found = navigation::definition(&snapshot.document, facts.encoding.offset(rope, position))?;
            Some(convert::definition(found, rope, &uri, facts))
        });
        found.await.map(Option::flatten)
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let uri = text_document.uri;
        let with_definition = params.context.include_declaration;
        let snapshot = self.session.snapshot(&uri);
        self.read(snapshot, move |snapshot, facts| {
            let rope = snapshot.document.rope();
            let offset = facts.encoding.offset(rope, position);
            let found = navigation::references(&snapshot.document, offset, with_definition);
            convert::locations(found, rope, &uri, facts)
        })
        .await
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let snapshot = self.session.snapshot(&text_document.uri);
        self.read(snapshot, move |snapshot, facts| {
            let rope = snapshot.document.rope();
            let found = navigation::highlights(&snapshot.document, facts.encoding.offset(rope, position));
            convert::highlights(found, rope, facts)
        })
        .await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        let uri = params.text_document.uri;
        let snapshot = self.session.snapshot(&uri);
        self.read(snapshot, move |snapshot, facts| {
            convert::links(navigation::links(&snapshot.document), snapshot.document.rope(), &uri, facts)
        })
        .await
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        let snapshot = self.session.snapshot(&params.text_document.uri);
        let found = self.read(snapshot, move |snapshot, facts| {
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
        let edit = self.read(snapshot, move |snapshot, facts| {
            let offset = facts.encoding.offset(snapshot.document.rope(), position);
            let edits = navigation::rename(&snapshot.document, offset, &params.new_name)
                .map_err(|reason| convert::refusal(&reason))?;
            Ok(actions::workspace_edit(&edits, snapshot, &uri, facts))
        });
        edit.await?.transpose()
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let snapshot = self.session.snapshot(&params.text_document.uri);
        self.read(snapshot, move |snapshot, facts| {
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
        let folds = self.read(snapshot, convert::folds);
        Ok(folds.await?.map(|folds| {
            answer_with(folds);
            Vec::new()
        }))
    }

    async fn linked_editing_range(&self, params: LinkedEditingRangeParams) -> Result<Option<LinkedEditingRanges>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let snapshot = self.session.snapshot(&text_document.uri);
        let found = self.read(snapshot, move |snapshot, facts| {
            let rope = snapshot.document.rope();
            let found = navigation::linked_ranges(&snapshot.document, facts.encoding.offset(rope, position));
            convert::linked_ranges(&found, rope, facts)
        });
        found.await.map(Option::flatten)
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let snapshot = self.session.snapshot(&params.text_document.uri);
        self.read(snapshot, |snapshot, facts| {
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
        self.read(snapshot, move |snapshot, facts| {
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
        self.read(snapshot, move |snapshot, facts| {
            let range = facts.encoding.span(snapshot.document.rope(), params.range);
            let data = colours_in(&snapshot.document, &range, facts.encoding);
            SemanticTokens { result_id: None, data }.into()
        })
        .await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let uri = params.text_document.uri;
        let snapshot = self.session.snapshot(&uri);
        self.read(snapshot, move |snapshot, facts| convert::hints(snapshot, params.range, &uri, facts)).await
    }

    async fn inlay_hint_resolve(&self, mut hint: InlayHint) -> Result<InlayHint> {
        let Some(untold) = hint.data.as_ref().and_then(|data| Untold::deserialize(data).ok()) else {
            return Err(Error::invalid_params("the data of the hint is not ours"));
        };
        let snapshot = self.session.snapshot(&untold.uri);
        let told = self.read(snapshot, move |snapshot, facts| convert::told(&untold, snapshot, facts));
        hint.tooltip = told.await?.flatten();
        Ok(hint)
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let snapshot = self.session.snapshot(&params.text_document.uri);
        self.read(snapshot, move |snapshot, facts| {
            let options = convert::format_options(&params.options, snapshot.analysis.config());
            let edits = analysis::format(&snapshot.document, options);
            convert::text_edits(edits, snapshot.document.rope(), facts)
        })
        .await
    }

    async fn range_formatting(&self, params: DocumentRangeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let snapshot = self.session.snapshot(&params.text_document.uri);
        self.read(snapshot, move |snapshot, facts| {
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
        self.read(snapshot, move |snapshot, facts| {
            let rope = snapshot.document.rope();
            let options = convert::format_options(&params.options, snapshot.analysis.config());
            let typed = params.ch.chars().next().unwrap_or_default();
            let offset = facts.encoding.offset(rope, position);
            convert::text_edits(analysis::format_on_type(&snapshot.document, offset, typed, options), rope, facts)
        })
        .await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let uri = text_document.uri;
        let snapshot = self.session.snapshot(&uri);
        let list = self.read(snapshot, move |snapshot, facts| {
            let offset = facts.encoding.offset(snapshot.document.rope(), position);
            convert::completions(analysis::complete(&snapshot.document, offset), snapshot, &uri, facts)
        });
        list.await.map(|list| list.map(CompletionResponse::List))
    }

    async fn completion_resolve(&self, mut item: CompletionItem) -> Result<CompletionItem> {
        // An item that carries nothing is complete as it is.
        let Some(data) = item.data.take() else { return Ok(item) };
        let Undocumented { uri, key } =
            serde_json::from_value(data).map_err(|error| Error::invalid_params(error.to_string()))?;
        let snapshot = self.session.snapshot(&uri);
        let said = self.read(snapshot, move |snapshot, facts| convert::documentation(&key, snapshot, facts));
        item.documentation = said.await?.flatten();
        Ok(item)
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let snapshot = self.session.snapshot(&params.text_document.uri);
        self.read(snapshot, move |snapshot, facts| actions::code_actions(snapshot, params, facts)).await
    }

    async fn code_action_resolve(&self, mut action: CodeAction) -> Result<CodeAction> {
        let Unresolved { uri } = actions::unresolved(&action)?;
        let snapshot = self.session.snapshot(&uri);
        let trace = Arc::clone(&self.session.trace);
        let edit = self.read(snapshot, move |snapshot, facts| actions::resolve(snapshot, &uri, facts, &trace));
        action.edit = edit.await?;
        Ok(action)
    }
}

/// Addresses that the protocol's types leave as texts; what is none is left out.
fn addresses<'a>(texts: impl Iterator<Item = &'a String>) -> Vec<Url> {
    texts.filter_map(|text| Url::parse(text).ok()).collect()
}
