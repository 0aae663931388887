//! Plain values with byte ranges → what the protocol says, fitted to the client. One file a feature.

mod completion;
mod diagnostics;
mod format;
mod hints;
mod hover;
mod navigation;
mod ranges;
mod symbols;
mod tokens;

pub(super) use completion::{Undocumented, completions, documentation};
pub(super) use diagnostics::{diagnostic, diagnostics};
pub(super) use format::{format_options, text_edits};
pub(super) use hints::{Untold, hints, told};
pub(super) use hover::hover;
pub(super) use navigation::{definition, highlights, linked_ranges, links, locations, refusal, renameable};
pub(super) use ranges::{folds, selection};
pub(super) use symbols::symbols;
pub(super) use tokens::{CableColours, cable_colours, colours_in, legend};
