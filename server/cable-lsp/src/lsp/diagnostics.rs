//! Diagnostics for clients that are pushed to, and reports for those that pull.
//!
//! Pushing coalesces and does not wait: the first change of a quiet document is read at once; while that goes on
//! further changes only mark it, and a result that was overtaken is dropped. So a burst of edits costs one result more
//! than a single edit, and the last one comes as soon as it can.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::notification::PublishDiagnostics;
use tower_lsp::lsp_types::{
    DiagnosticServerCancellationData, DocumentDiagnosticParams, DocumentDiagnosticReport,
    DocumentDiagnosticReportResult, FullDocumentDiagnosticReport, PublishDiagnosticsParams,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
    Url,
};

use super::capabilities::ClientFacts;
use super::convert;
use super::documents::{Documents, Snapshot};
use super::frames::Outgoing;
use super::quiet::Quiet;
use super::{session, work};

/// LSP's `ServerCancelled`: the client may ask again. tower-lsp 0.20 has no name for it.
const SERVER_CANCELLED: ErrorCode = ErrorCode::ServerError(-32802);

/// Pushes the diagnostics of documents that changed.
pub(super) struct Publisher {
    documents: Arc<Documents>,
    outgoing: Outgoing,
    quiet: Quiet,
    is_configured: watch::Receiver<bool>,
    /// The documents whose diagnostics are being worked out.
    busy: Mutex<HashSet<Url>>,
}

impl Publisher {
    /// Publishes what is wrong in `documents`, once the settings are known.
    pub(super) fn new(
        documents: Arc<Documents>,
        outgoing: Outgoing,
        quiet: Quiet,
        is_configured: watch::Receiver<bool>,
    ) -> Arc<Self> {
        Arc::new(Self { documents, outgoing, quiet, is_configured, busy: Mutex::default() })
    }

    /// Says that a document was opened, changed or closed. Call it after the change is made.
    pub(super) fn changed(self: &Arc<Self>, uri: Url, facts: &Arc<ClientFacts>) {
        if self.busy().insert(uri.clone()) {
            tokio::spawn(Arc::clone(self).catch_up(uri, Arc::clone(facts)));
        }
    }

    /// Publishes until what was published is what there is.
    async fn catch_up(self: Arc<Self>, uri: Url, facts: Arc<ClientFacts>) {
        session::configured(&mut self.is_configured.clone()).await;
        loop {
            // Whatever the client has said by now comes first.
            tokio::task::yield_now().await;
            let snapshot = self.documents.snapshot(&uri);
            let found = match snapshot.clone() {
                Some(snapshot) => {
                    let (uri, facts) = (uri.clone(), Arc::clone(&facts));
                    work::read(snapshot, move |snapshot| convert::diagnostics(snapshot, &uri, &facts)).await
                }
                None => Ok(Vec::new()),
            };
            self.quiet.wait().await;

            // From here to the end of the turn nothing else can run on the loop's thread but an insertion into `busy`
            // by a handler, and that waits for the lock: a change is either seen here or starts a turn of its own.
            let mut busy = self.busy();
            let is_current = match &snapshot {
                Some(snapshot) => snapshot.is_current(),
                None => self.documents.snapshot(&uri).is_none(),
            };
            if is_current {
                if let Ok(diagnostics) = found {
                    let version = snapshot.map(|snapshot| snapshot.version);
                    let params = PublishDiagnosticsParams::new(uri.clone(), diagnostics, version);
                    self.outgoing.notify::<PublishDiagnostics>(&params);
                }
                busy.remove(&uri);
                return;
            }
        }
    }

    fn busy(&self) -> MutexGuard<'_, HashSet<Url>> {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers a pull. The result id names the document's state, not what was found in it: a client that moved its
/// underlines along with an edit must get them anew even if the same ones come out.
pub(super) async fn report(
    snapshot: Option<Snapshot>,
    params: DocumentDiagnosticParams,
    facts: Arc<ClientFacts>,
) -> Result<DocumentDiagnosticReportResult> {
    let Some(snapshot) = snapshot else {
        let nothing = RelatedFullDocumentDiagnosticReport::default();
        return Ok(DocumentDiagnosticReport::Full(nothing).into());
    };
    let result_id = format!("{:x}", snapshot.revision);
    if params.previous_result_id.as_ref() == Some(&result_id) {
        let unchanged = UnchangedDocumentDiagnosticReport { result_id };
        return Ok(DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: unchanged,
        })
        .into());
    }
    let uri = params.text_document.uri;
    let items = work::read(snapshot, move |snapshot| convert::diagnostics(snapshot, &uri, &facts)).await;
    let full = FullDocumentDiagnosticReport { result_id: Some(result_id), items: items.map_err(ask_again)? };
    Ok(DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: full,
    })
    .into())
}

/// A pull overtaken by an edit is to be sent again; the protocol has an error of its own for that.
fn ask_again(error: Error) -> Error {
    if error.code != ErrorCode::ContentModified {
        return error;
    }
    let data = serde_json::json!(DiagnosticServerCancellationData { retrigger_request: true });
    Error { code: SERVER_CANCELLED, message: "the document has changed".into(), data: Some(data) }
}
