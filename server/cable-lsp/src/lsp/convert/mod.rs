//! Plain values with byte ranges → what the protocol says, fitted to the client. One file a feature.

mod diagnostics;
mod hover;
mod navigation;
mod ranges;
mod symbols;

pub(super) use diagnostics::{diagnostic, diagnostics};
pub(super) use hover::hover;
pub(super) use navigation::{definition, highlights, linked_ranges, links, locations, refusal, renameable};
pub(super) use ranges::{folds, selection};
pub(super) use symbols::symbols;
