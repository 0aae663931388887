//! An open document, for tests.

use std::sync::Arc;

use tokio::sync::watch;
use tower_lsp::lsp_types::Url;

use super::owner::Documents;
use super::trace::Trace;
use crate::lsp::wire::{Outgoing, Record};

/// The address of the document.
pub(in crate::lsp) fn uri() -> Url {
    Url::parse("file:///a.cable").expect("an address")
}

/// The documents of a client that has opened one.
pub(in crate::lsp) fn opened(text: &str) -> Arc<Documents> {
    let outgoing = Outgoing::spawn(std::io::sink(), Record::default()).expect("a thread");
    let documents = Documents::new(Arc::new(Trace::new(outgoing)), watch::Sender::default());
    documents.open(&uri(), 1, text.to_owned(), Arc::default());
    documents
}
