//! Plain values with byte ranges → what the protocol says, fitted to the client. One file a feature.

mod completion;
mod diagnostics;
mod format;
mod hints;
mod hover;
#[cfg(test)]
mod kept_tests;
mod navigation;
mod ranges;
mod symbols;

pub(in crate::lsp) use completion::{Undocumented, completions, documentation};
pub(in crate::lsp) use diagnostics::{diagnostic, diagnostics, diagnostics_while, file_diagnostics};
pub(in crate::lsp) use format::{format_options, text_edits};
pub(in crate::lsp) use hints::{TooltipLater, hints, tooltip_later};
pub(in crate::lsp) use hover::hover;
pub(in crate::lsp) use navigation::{definition, highlights, linked_ranges, links, locations, refusal, renameable};
pub(in crate::lsp) use ranges::{folds, selection};
pub(in crate::lsp) use symbols::symbols;
