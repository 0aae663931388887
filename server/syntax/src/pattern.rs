//! How every pattern over the text of a cable is made.
//!
//! There are two kinds. One searches a whole text, and is made to be fast at that. One is tried at the start of a line or
//! a few words; there are many more of those, and a check of one file is over before it would be worth making them fast:
//! they are of a crate by the same authors that makes a pattern ten times sooner.

use regex::Regex;

/// Compiles a pattern that is in the source; the tests of its module use it, so a wrong one cannot ship.
///
/// Digits, white space and word boundaries mean ASCII's: the numbers and keywords of a cable are ASCII, and Unicode's
/// classes make a pattern many times larger, slower to build, and slow to search with wherever a `¶` is.
///
/// # Panics
///
/// When `text` is no pattern.
pub fn pattern(text: &str) -> Regex {
    let ascii = text
        .replace(r"\d", "[0-9]")
        .replace(r"\s", r"[\t\n\x0C\r\x20]")
        .replace(r"\S", r"[^\t\n\x0C\r\x20]")
        .replace(r"\W", "[^0-9A-Za-z_]")
        .replace(r"\b", r"(?-u:\b)");
    Regex::new(&ascii).expect("a pattern of the crate compiles")
}

/// A pattern for a short text.
pub type ShortPattern = regex_lite::Regex;

/// Compiles a pattern that is tried at the start of a short text. Its classes are ASCII's by themselves.
///
/// # Panics
///
/// When `text` is no pattern.
pub fn short_pattern(text: &str) -> ShortPattern {
    ShortPattern::new(text).expect("a pattern of the crate compiles")
}

#[cfg(test)]
mod tests {
    use super::{pattern, short_pattern};

    #[test]
    fn classes_are_ascii_and_text_is_not() {
        let digits = pattern(r"^\d+\s\S+\W\b");
        assert!(digits.is_match("12 ¶é-x") && !digits.is_match("١٢ ¶é-x"));
        let digits = short_pattern(r"^\d+\s\S+\W\b");
        assert!(digits.is_match("12 ¶é-x") && !digits.is_match("١٢ ¶é-x"));
    }
}
