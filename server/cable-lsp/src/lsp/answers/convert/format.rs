//! Formatting: what the editor asks for, and the edits.

use ropey::Rope;
use tower_lsp::lsp_types::{FormattingOptions, TextEdit};

use super::super::client_facts::ClientFacts;
use crate::lsp::analysis::{self, Config, FormatOptions};

/// What the settings say of the lines, and the editor of their ends. What the editor leaves open is tidied.
pub(in crate::lsp) fn format_options(asked: &FormattingOptions, config: &Config) -> FormatOptions {
    FormatOptions {
        wrap: config.format.wrap.unwrap_or_default(),
        trim_trailing_spaces: asked.trim_trailing_whitespace.unwrap_or(true),
        final_line_break: asked.insert_final_newline.unwrap_or(true),
        trim_final_blank_lines: asked.trim_final_newlines.unwrap_or(true),
    }
}

/// Edits of one document.
pub(in crate::lsp) fn text_edits(edits: Vec<analysis::TextEdit>, rope: &Rope, facts: &ClientFacts) -> Vec<TextEdit> {
    edits.into_iter().map(|edit| TextEdit::new(facts.encoding.range(rope, &edit.range), edit.text)).collect()
}
