//! Makes visible what a text or a file name hides: a person who reads a diagnostic must not be told what to see by the
//! cable it is about.
//!
//! Control characters steer terminals, marks of direction turn lines around, and the line ends of other systems break
//! what is one line. Each is written as `\u{1b}`. Everything a person reads goes through here, in a terminal and in an
//! editor; JSON has its own way to write the same characters.

use std::borrow::Cow;
use std::fmt::Write;

/// A text that is one line: its line ends and tabs are made visible as well.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, |_, _| false)
}

/// A text of several lines: tabs and ordinary line ends stay, a CR alone is made visible.
pub(crate) fn visible_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |character, rest| match character {
        '\t' | '\n' => true,
        '\r' => rest.starts_with('\n'),
        _ => false,
    })
}

/// Whether a character acts in place of being seen.
pub(crate) fn acts(character: char) -> bool {
    character.is_control() || is_line_end_or_direction(character)
}

/// The two line ends of Unicode, and the marks, overrides and isolates of direction.
pub(crate) fn is_line_end_or_direction(character: char) -> bool {
    matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

fn escaped(text: &str, stays: impl Fn(char, &str) -> bool) -> Cow<'_, str> {
    // Nearly every text is plain, which is seen faster than character by character.
    if text.bytes().all(|byte| (b' '..0x7f).contains(&byte)) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::new();
    let mut copied = 0;
    for (at, character) in text.char_indices().filter(|&(_, character)| acts(character)) {
        let after = at + character.len_utf8();
        if stays(character, &text[after..]) {
            continue;
        }
        escaped.push_str(&text[copied..at]);
        // A string takes all.
        let _ = write!(escaped, "\\u{{{:x}}}", u32::from(character));
        copied = after;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    escaped.push_str(&text[copied..]);
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_seen() {
        let hostile = "a\u{1b}]0;x\u{7}\r\n\tb\rc\u{85}\u{9b}\u{7f}\u{2028}\u{2029}\u{202e}d\u{2066}\u{200f}\u{61c}";
        let rest = r"\u{85}\u{9b}\u{7f}\u{2028}\u{2029}\u{202e}d\u{2066}\u{200f}\u{61c}";
        assert_eq!(visible(hostile), format!(r"a\u{{1b}}]0;x\u{{7}}\u{{d}}\u{{a}}\u{{9}}b\u{{d}}c{rest}"));
        assert_eq!(visible_lines(hostile), format!("a\\u{{1b}}]0;x\\u{{7}}\r\n\tb\\u{{d}}c{rest}"));
        assert!(!visible(hostile).chars().any(acts));
    }

    #[test]
    fn ordinary_words_stay() {
        for text in ["", "¶1. (U) “Café” – Ж 漢字 🙂\u{a0}", "a\u{200d}b"] {
            assert!(matches!(visible(text), Cow::Borrowed(same) if same == text));
        }
        assert!(matches!(visible_lines("a\r\n\tb\n"), Cow::Borrowed(_)));
    }
}
