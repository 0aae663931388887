//! The language server: each handler takes what it needs as its first statement, then answers.

use std::sync::{Arc, OnceLock};

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::notification::LogMessage;
use tower_lsp::lsp_types::{
    CodeAction, CodeActionParams, CodeActionResponse, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams, DocumentDiagnosticReportResult,
    DocumentSymbolParams, DocumentSymbolResponse, Hover, HoverParams, InitializeParams, InitializeResult,
    LogMessageParams, MessageType, ServerInfo, SetTraceParams, TextDocumentPositionParams, Url,
    VersionedTextDocumentIdentifier,
};
use tower_lsp::{Client, LanguageServer};

use super::actions::{self, Unresolved};
use super::analysis::{self, Analysis};
use super::capabilities::ClientFacts;
use super::diagnostics::{self, Publisher};
use super::documents::{Documents, Snapshot};
use super::frames::Outgoing;
use super::quiet::Quiet;
use super::trace::Trace;
use super::{client_process, convert, work};

/// The state behind the handlers.
pub(super) struct Server {
    client: Client,
    outgoing: Outgoing,
    analysis: Arc<Analysis>,
    documents: Arc<Documents>,
    trace: Arc<Trace>,
    publisher: Arc<Publisher>,
    /// Set once, by `initialize`; the library lets no other handler run before.
    facts: OnceLock<Arc<ClientFacts>>,
}

impl Server {
    /// A server without documents that writes its notifications to `outgoing` when its input is `quiet`.
    pub(super) fn new(client: Client, outgoing: Outgoing, quiet: Quiet) -> Self {
        let analysis = Arc::new(Analysis::new());
        let trace = Arc::new(Trace::new(outgoing.clone()));
        let documents = Arc::new(Documents::new(Arc::clone(&trace)));
        let publisher = Publisher::new(Arc::clone(&documents), outgoing.clone(), quiet);
        Self { client, outgoing, analysis, documents, trace, publisher, facts: OnceLock::new() }
    }

    /// `$/setTrace`, which tower-lsp 0.20 does not know.
    #[expect(clippy::unused_async, reason = "the library takes nothing else for a handler")]
    pub(super) async fn set_trace(&self, params: SetTraceParams) {
        self.trace.set(params.value);
    }

    fn facts(&self) -> Result<&Arc<ClientFacts>> {
        self.facts.get().ok_or_else(Error::invalid_request)
    }

    /// After a change to a document: its diagnostics are due, unless the client asks for them itself.
    fn changed(&self, uri: Url, facts: &Arc<ClientFacts>) {
        if !facts.pulls_diagnostics {
            self.publisher.changed(uri, facts);
        }
    }

    /// After a change that the client does not know of: what it pulled before is out of date.
    fn refresh(&self, facts: &ClientFacts) {
        if facts.pulls_diagnostics && facts.refreshes_diagnostics {
            let client = self.client.clone();
            // Spawned, for a handler that waits for its client can be what the client waits for.
            tokio::spawn(async move {
                if let Err(error) = client.workspace_diagnostic_refresh().await {
                    eprintln!("cable-lsp: the client did not refresh its diagnostics: {error}");
                }
            });
        }
    }

    fn log(&self, typ: MessageType, message: String) {
        self.outgoing.notify::<LogMessage>(&LogMessageParams { typ, message });
    }

    /// Answers a request about a document from a snapshot; `None` if it is not open.
    async fn read<T, F>(&self, snapshot: Option<Snapshot>, read: F) -> Result<Option<T>>
    where
        T: Send + 'static,
        F: FnOnce(&Snapshot, &ClientFacts) -> T + Send + 'static,
    {
        let Some(snapshot) = snapshot else { return Ok(None) };
        let facts = Arc::clone(self.facts()?);
        work::read(snapshot, move |snapshot| read(snapshot, &facts)).await.map(Some)
    }
}

#[tower_lsp::async_trait]
impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let facts = self.facts.get_or_init(|| Arc::new(ClientFacts::new(&params.capabilities)));
        self.trace.set(params.trace.unwrap_or_default());
        if let Some(id) = params.process_id {
            tokio::spawn(async move {
                client_process::gone(id).await;
                // Nobody is left to answer.
                std::process::exit(1);
            });
        }
        Ok(InitializeResult {
            capabilities: facts.server_capabilities(),
            server_info: Some(ServerInfo {
                name: env!("CARGO_PKG_NAME").into(),
                version: Some(env!("CARGO_PKG_VERSION").into()),
            }),
        })
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        self.documents.open(document.uri.clone(), document.version, &document.text, Arc::clone(&self.analysis));
        if let Ok(facts) = self.facts() {
            self.changed(document.uri, facts);
        }
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let Ok(facts) = self.facts() else { return };
        let VersionedTextDocumentIdentifier { uri, version } = params.text_document;
        if !self.documents.change(&uri, version, &params.content_changes, facts.encoding) {
            self.log(MessageType::WARNING, format!("a change to a document that is not open here: {uri}"));
        }
        self.changed(uri, facts);
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        let uri = params.text_document.uri;
        if let (Some(text), Ok(facts)) = (params.text, self.facts())
            && self.documents.resync(&uri, &text)
        {
            self.log(MessageType::WARNING, format!("the saved text was not the one we had; taken anew: {uri}"));
            self.changed(uri, facts);
            self.refresh(facts);
        }
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        self.documents.close(&uri);
        if let Ok(facts) = self.facts() {
            self.changed(uri, facts);
        }
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let snapshot = self.documents.snapshot(&params.text_document.uri);
        let facts = Arc::clone(self.facts()?);
        diagnostics::report(snapshot, params, facts).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let uri = params.text_document.uri;
        let snapshot = self.documents.snapshot(&uri);
        self.read(snapshot, move |snapshot, facts| {
            convert::symbols(analysis::outline(&snapshot.document), snapshot.document.rope(), &uri, facts)
        })
        .await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let snapshot = self.documents.snapshot(&text_document.uri);
        let hover = self.read(snapshot, move |snapshot, facts| {
            let rope = snapshot.document.rope();
            let found = analysis::hover(&snapshot.document, facts.encoding.offset(rope, position))?;
            Some(convert::hover(found, rope, facts))
        });
        hover.await.map(Option::flatten)
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let snapshot = self.documents.snapshot(&params.text_document.uri);
        self.read(snapshot, move |snapshot, facts| actions::code_actions(snapshot, params, facts)).await
    }

    async fn code_action_resolve(&self, mut action: CodeAction) -> Result<CodeAction> {
        let Unresolved { uri } = actions::unresolved(&action)?;
        let snapshot = self.documents.snapshot(&uri);
        let edit = self.read(snapshot, move |snapshot, facts| actions::resolve(snapshot, &uri, facts));
        action.edit = edit.await?;
        Ok(action)
    }
}
