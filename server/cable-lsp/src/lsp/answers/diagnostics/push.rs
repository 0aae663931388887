//! Diagnostics for clients that are pushed to.
//!
//! Pushing coalesces and does not wait: the first change of a quiet document is read at once; while that goes on
//! further changes only mark it, and a result that was overtaken is dropped. So a burst of edits costs one result more
//! than a single edit, and the last one comes as soon as it can.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use tokio::sync::watch;
use tower_lsp::lsp_types::Url;
use tower_lsp::lsp_types::notification::PublishDiagnostics;

use super::super::client_facts::ClientFacts;
use super::pull;
use crate::lsp::archive::Archives;
use crate::lsp::documents::{Documents, configured};
use crate::lsp::wire::{Outgoing, Quiet, object_with};

/// Pushes the diagnostics of documents that changed.
pub(in crate::lsp) struct Publisher {
    documents: Arc<Documents>,
    archives: Arc<Archives>,
    outgoing: Outgoing,
    quiet: Quiet,
    is_configured: watch::Receiver<bool>,
    /// The documents whose diagnostics are being worked out.
    busy: Mutex<HashSet<Url>>,
}

/// What is said with the diagnostics.
#[derive(Serialize)]
struct Published<'a> {
    uri: &'a Url,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i32>,
}

impl Publisher {
    /// Publishes what is wrong in `documents`, once the settings are known.
    pub(in crate::lsp) fn new(
        documents: Arc<Documents>,
        archives: Arc<Archives>,
        outgoing: Outgoing,
        quiet: Quiet,
        is_configured: watch::Receiver<bool>,
    ) -> Arc<Self> {
        Arc::new(Self { documents, archives, outgoing, quiet, is_configured, busy: Mutex::default() })
    }

    /// Says that a document was opened, changed or closed. Call it after the change is made.
    pub(in crate::lsp) fn changed(self: &Arc<Self>, uri: Url, facts: &Arc<ClientFacts>) {
        if self.busy().insert(uri.clone()) {
            tokio::spawn(Arc::clone(self).catch_up(uri, Arc::clone(facts)));
        }
    }

    /// Publishes until what was published is what there is.
    async fn catch_up(self: Arc<Self>, uri: Url, facts: Arc<ClientFacts>) {
        configured(&mut self.is_configured.clone()).await;
        loop {
            // Whatever the client has said by now comes first.
            tokio::task::yield_now().await;
            let snapshot = match self.documents.snapshot(&uri) {
                Some(wanted) => match wanted.arrive().await {
                    Ok(snapshot) => Some(snapshot),
                    // It has moved on while it was read.
                    Err(_) => continue,
                },
                None => None,
            };
            let found = match snapshot.clone() {
                Some(snapshot) => {
                    let view = self.archives.known_view(&uri);
                    pull::found(snapshot, view, uri.clone(), Arc::clone(&facts)).await
                }
                None => Ok(b"[]".to_vec()),
            };
            self.quiet.wait().await;
            // A client that does not read gets what there is when it does, and nothing that was overtaken.
            self.outgoing.room().await;

            // From here to the end of the turn nothing else can run on the loop's thread but an insertion into `busy`
            // by a handler, and that waits for the lock: a change is either seen here or starts a turn of its own.
            let mut busy = self.busy();
            let is_current = match &snapshot {
                Some(snapshot) => snapshot.is_current() && self.documents.is_at(&uri, &snapshot.typing),
                None => !self.documents.is_open(&uri),
            };
            if is_current {
                if let Ok(diagnostics) = found {
                    let version = snapshot.map(|snapshot| snapshot.version);
                    let head = Published { uri: &uri, version };
                    let params = object_with(&head, "diagnostics", &diagnostics);
                    self.outgoing.notify_written::<PublishDiagnostics>(&params);
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
