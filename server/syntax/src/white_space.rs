//! White space around and inside a line, and what a copy leaves there that is no text either.

use crate::span::Span;

/// White space of a line, including what old printers and browsers leave.
pub(crate) fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{feff}' | '\0' | '\u{1a}' | '\u{200b}')
}

/// Whether a character at the end of a line is no text: white space, or the backslash of an export.
pub(crate) fn is_residue(character: char) -> bool {
    is_blank(character) || character == '\\'
}

/// Whether a text begins and ends with visible signs of ASCII.
pub(crate) fn is_bare(text: &str) -> bool {
    matches!(text.as_bytes(), [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic())
}

/// The line without the white space around it.
pub(crate) fn trim(text: &str) -> &str {
    // Most texts have nothing around them, or nothing but spaces.
    if is_bare(text) {
        return text;
    }
    let inner = text.trim_matches(' ');
    if is_bare(inner) { inner } else { inner.trim_matches(is_blank) }
}

/// The span of `trim(text)` within `text`.
pub(crate) fn trimmed_span(text: &str) -> Span {
    let trimmed = trim(text);
    // It is a stretch of the text: where it begins is how far it is from the text's own beginning.
    let start = trimmed.as_ptr().addr() - text.as_ptr().addr();
    Span::new(start as u32, (start + trimmed.len()) as u32)
}
