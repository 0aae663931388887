//! White space around and inside a line, and what a copy leaves there that is no text either.

use crate::span::Span;

/// White space of a line, including what old printers and browsers leave behind.
pub(crate) fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{feff}' | '\0' | '\u{1a}' | '\u{200b}')
}

/// Whether a character at the end of a line is no text: white space, or the backslash of an export.
pub(crate) fn is_residue(character: char) -> bool {
    is_blank(character) || character == '\\'
}

/// The line without the white space around it.
pub(crate) fn trim(text: &str) -> &str {
    // Most texts have nothing to trim, and two bytes tell.
    if let [first, .., last] = text.as_bytes()
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
    {
        return text;
    }
    text.trim_matches(is_blank)
}

/// The span of `trim(text)` within `text`.
pub(crate) fn trimmed_span(text: &str) -> Span {
    let trimmed = trim(text);
    let start = if trimmed.len() == text.len() { 0 } else { text.len() - text.trim_start_matches(is_blank).len() };
    Span::new(start as u32, (start + trimmed.len()) as u32)
}
