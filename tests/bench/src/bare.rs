//! A language server that only answers: what the library and the pipe cost, before anything is read or found.

use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    DidChangeTextDocumentParams, DidOpenTextDocumentParams, InitializeParams, InitializeResult, ServerCapabilities,
    TextDocumentSyncCapability, TextDocumentSyncKind,
};
use tower_lsp::{Client, LanguageServer, LspService, Server};

struct Bare {
    client: Client,
}

#[tower_lsp::async_trait]
impl LanguageServer for Bare {
    async fn initialize(&self, _: InitializeParams) -> Result<InitializeResult> {
        let sync = TextDocumentSyncCapability::Kind(TextDocumentSyncKind::INCREMENTAL);
        let capabilities = ServerCapabilities { text_document_sync: Some(sync), ..ServerCapabilities::default() };
        Ok(InitializeResult { capabilities, server_info: None })
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        self.client.publish_diagnostics(document.uri, Vec::new(), Some(document.version)).await;
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        self.client.publish_diagnostics(document.uri, Vec::new(), Some(document.version)).await;
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }
}

#[tokio::main]
async fn main() {
    let (service, socket) = LspService::new(|client| Bare { client });
    Server::new(tokio::io::stdin(), tokio::io::stdout(), socket).serve(service).await;
}
