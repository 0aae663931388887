//! The diagnostics of one open document, for a client that pulls.

use std::sync::Arc;

use serde_json::json;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::{
    DiagnosticServerCancellationData, DocumentDiagnosticParams, DocumentDiagnosticReport,
    DocumentDiagnosticReportResult, RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport, Url,
};

use super::super::client_facts::ClientFacts;
use super::super::convert;
use crate::lsp::archive::View;
use crate::lsp::documents::{Snapshot, Wanted, work};
use crate::lsp::wire::{answer_with, object_with};

/// LSP's `ServerCancelled`: the client may ask again. tower-lsp 0.20 has no name for it.
const SERVER_CANCELLED: ErrorCode = ErrorCode::ServerError(-32802);

/// Answers a pull. The result id names the document's state, not what was found in it: a client that moved its
/// underlines along with an edit must get them anew even if the same ones come out.
pub(in crate::lsp) async fn report(
    snapshot: Option<Wanted>,
    view: Option<View>,
    params: DocumentDiagnosticParams,
    facts: Arc<ClientFacts>,
) -> Result<DocumentDiagnosticReportResult> {
    let Some(snapshot) = snapshot else {
        let nothing = RelatedFullDocumentDiagnosticReport::default();
        return Ok(DocumentDiagnosticReport::Full(nothing).into());
    };
    let snapshot = snapshot.arrive().await.map_err(ask_again)?;
    let result_id = result_id(&snapshot, view.as_ref());
    if params.previous_result_id.as_ref() == Some(&result_id) {
        let unchanged = UnchangedDocumentDiagnosticReport { result_id };
        return Ok(DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: unchanged,
        })
        .into());
    }
    let uri = params.text_document.uri;
    let items = found(snapshot, view, uri, facts).await;
    let head = json!({ "kind": "full", "resultId": result_id });
    answer_with(object_with(&head, "items", &items.map_err(ask_again)?));
    Ok(DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport::default()).into())
}

/// What is wrong in a document, by itself and beside the rest of its archive: a JSON array.
///
/// # Errors
///
/// When the document has moved on.
pub(super) async fn found(
    snapshot: Snapshot,
    view: Option<View>,
    uri: Url,
    facts: Arc<ClientFacts>,
) -> Result<Vec<u8>> {
    let Some(view) = view else {
        return work::read(snapshot, move |snapshot| convert::diagnostics(snapshot, &[], &uri, &facts)).await;
    };
    let read = move |snapshot: &Snapshot| convert::diagnostics(snapshot, &view.beside(&uri, snapshot), &uri, &facts);
    work::read_apart(snapshot, read).await
}

/// A pull overtaken by an edit is to be sent again; the protocol has an error of its own for that.
fn ask_again(error: Error) -> Error {
    if error.code != ErrorCode::ContentModified {
        return error;
    }
    let data = json!(DiagnosticServerCancellationData { retrigger_request: true });
    Error { code: SERVER_CANCELLED, message: "the document has changed".into(), data: Some(data) }
}

/// The name of a document's state: its text, how long ago it was typed, and what its archive says.
pub(super) fn result_id(snapshot: &Snapshot, view: Option<&View>) -> String {
    let moment = match &snapshot.typing {
        typing if typing.is_none() => "",
        typing if typing.is_paused() => "-paused",
        _ => "-typed",
    };
    let archive = view.map(|view| format!("-{}", view.changes())).unwrap_or_default();
    format!("{:x}{moment}{archive}", snapshot.revision)
}
