//! Header keywords as they were mistyped: `TGAS:`, `SUBJCET:`, `RFE:`. The word before a colon is one edit from the
//! keyword, and what follows may not contradict it.

use crate::span::Span;

/// The longest keyword, with a letter too many.
const LONGEST: usize = 9;

/// Words of the language that are one edit from a keyword.
const ORDINARY_WORDS: [&str; 3] = ["SUBS", "SUB", "RES"];

/// A word and its colon.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Misspelt {
    pub(crate) word: Span,
    /// Whether a colon follows, and nothing that is read for it.
    pub(crate) colon: bool,
    /// Where the field's own text may begin.
    pub(crate) end: usize,
}

/// The length of the capital word at the start of a text. A figure in it may be read for a letter.
fn word_length(text: &str) -> usize {
    let is_letter = |byte: &u8| byte.is_ascii_uppercase() || matches!(byte, b'0' | b'1' | b'5' | b'8');
    let length = text.bytes().take(LONGEST + 1).take_while(is_letter).count();
    if text.starts_with(|first: char| first.is_ascii_uppercase()) { length } else { 0 }
}

/// Whether a text begins with a short capital word and a colon: a look at a few letters.
pub(crate) fn may_be(text: &str) -> bool {
    let length = word_length(text);
    length >= 2 && text[length..].trim_start_matches(' ').starts_with([':', ';'])
}

/// The capital word before the colon at the start of `text`, when it is one edit from one of `keywords` and none of them.
pub(crate) fn keyword(text: &str, keywords: &[&str]) -> Option<Misspelt> {
    let word = text.get(..word_length(text)).filter(|word| (2..=LONGEST).contains(&word.len()))?;
    let length = word.len();
    let after = text[length..].trim_start_matches(' ');
    let colon = after.chars().next().filter(|sign| matches!(sign, ':' | ';'))?;
    let is_meant = |keyword: &&str| strsim::osa_distance(word, keyword) == 1;
    if text.len() - after.len() > length + 1 || ORDINARY_WORDS.contains(&word) || !keywords.iter().any(is_meant) {
        return None;
    }
    let rest = &after[1..];
    let end = text.len() - rest.trim_start().len();
    Some(Misspelt { word: Span::of(0..length), colon: colon == ':', end })
}

#[cfg(test)]
mod tests {
    use super::keyword;

    #[test]
    fn a_misspelling_is_one_edit_and_has_its_colon() {
        let end = |text, known: &[&str]| keyword(text, known).map(|found| found.end);
        assert_eq!(end("TGAS: PREL", &["TAGS"]), Some(6));
        assert_eq!(end("SUBJCET: X", &["SUBJECT", "SUBJ"]), Some(9));
        assert_eq!(end("SUBJT : X", &["SUBJECT", "SUBJ"]), Some(8));
        for text in ["TAGS: X", "TGAS PREL", "TSGSA: X", "SUBS: X", "OBJECT: X", "Tgas: X"] {
            assert_eq!(end(text, &["TAGS", "SUBJECT", "SUBJ"]), None, "{text}");
        }
    }
}
