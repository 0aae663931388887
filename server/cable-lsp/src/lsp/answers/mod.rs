//! The answers: what a client asks about a document, and what it is told unasked, as the protocol says it.
//!
//! Each is worked out from a snapshot and fitted to what the client can do ([`ClientFacts`]); it may take the snapshot
//! for the document's state and need not look whether that has moved on. This room uses the archive, the documents, the wire and
//! the analysis. It asks the client nothing: where an answer needs that, it says what is to be asked.

mod action_kinds;
pub(super) mod actions;
pub(super) mod archive;
mod client_facts;
pub(super) mod commands;
pub(super) mod convert;
pub(super) mod diagnostics;
pub(super) mod edition;
pub(super) mod explanations;
mod ignore;
mod new_cable;
mod shown_texts;

pub(super) use action_kinds::ACTION_KINDS;
pub(super) use client_facts::ClientFacts;
pub(super) use shown_texts::ShownTexts;
