//! Characters as a page may hold them: what steers a reader's eye or no file of XML can hold is named by its code.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character acts in place of being seen, or has no place in a page: controls, marks of direction, no characters.
fn is_hidden(character: char) -> bool {
    (character.is_control() && !matches!(character, '\n' | '\t'))
        || matches!(
            character,
            '\u{61c}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
                | '\u{fdd0}'..='\u{fdef}'
        )
        || u32::from(character) & 0xfffe == 0xfffe
}

/// What parts lines and paragraphs in Unicode. Some copies wrap the lines of a cable with it.
const fn parts_lines(character: char) -> bool {
    matches!(character, '\u{2028}' | '\u{2029}')
}

/// A text with such characters as `[U+202E]`, and a blank where others part its lines.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    // Most texts have none of them, and are looked through many bytes at a time.
    let is_odd = |byte: &u8| (*byte < b' ' && *byte != b'\n' && *byte != b'\t') || *byte >= 0x7f;
    if !text.as_bytes().chunks(64).any(|bytes| bytes.iter().fold(false, |odd, byte| odd | is_odd(byte))) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            // Writing to a string does not fail.
            let _ = write!(shown, "[U+{:04X}]", u32::from(character));
        } else {
            shown.push(if parts_lines(character) { ' ' } else { character });
        }
    }
    Cow::Owned(shown)
}
