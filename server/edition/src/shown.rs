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
    // Most texts have none of them.
    let plain = plain_length(text.as_bytes(), is_odd);
    if plain == text.len() {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    shown.push_str(&text[..plain]);
    text[plain..].chars().for_each(|character| push_shown(&mut shown, character));
    Cow::Owned(shown)
}

/// A character of such a text, at the end of a page.
pub(crate) fn push_shown(page: &mut String, character: char) {
    if is_hidden(character) {
        // Writing to a string does not fail.
        let _ = write!(page, "[U+{:04X}]", u32::from(character));
    } else {
        page.push(if parts_lines(character) { ' ' } else { character });
    }
}

/// Whether a byte is, or begins, a character that may be shown as something else.
#[inline]
pub(crate) const fn is_odd(byte: u8) -> bool {
    matches!(byte, 0..=8 | 11..=31 | 127..)
}

/// How many bytes come before the first that is such. They are looked at many at a time, so the test has no branch.
#[inline]
pub(crate) fn plain_length(bytes: &[u8], is_such: impl Fn(u8) -> bool + Copy) -> usize {
    const MANY: usize = 32;
    let is_plain = |chunk: &[u8; MANY]| !chunk.iter().fold(false, |found, &byte| found | is_such(byte));
    let (chunks, rest) = bytes.as_chunks::<MANY>();
    let passed = chunks.iter().take_while(|chunk| is_plain(chunk)).count() * MANY;
    // The last look goes over some bytes again.
    if passed + rest.len() == bytes.len() && bytes.last_chunk::<MANY>().is_some_and(is_plain) {
        return bytes.len();
    }
    bytes[passed..].iter().position(|&byte| is_such(byte)).map_or(bytes.len(), |at| passed + at)
}
