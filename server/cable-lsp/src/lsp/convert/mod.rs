//! Plain values with byte ranges → what the protocol says, fitted to the client. One file a feature.

mod diagnostics;
mod hover;
mod symbols;

pub(super) use diagnostics::{diagnostic, diagnostics};
pub(super) use hover::hover;
pub(super) use symbols::symbols;
