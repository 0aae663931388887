//! The short forms of a text, each with what it stands for.

use std::collections::BTreeMap;
use std::ops::Range;

use cable_catalog::{Catalog, Entry};

use crate::edition::EditedBlock;

/// Finds the short forms of one block after another of a cable, each where it stands first.
pub(crate) struct Glossary<'a> {
    catalog: &'a Catalog,
    /// Whether the text has hardly a small letter.
    is_capitals: bool,
    /// Those that were met, and what they stand for.
    explained: BTreeMap<&'static str, &'static str>,
    /// Words that need no look at the catalog any more, each at a place that it shares with others.
    settled: [Word; SETTLED],
}

/// The bytes of a word that may be a short form, the last ones zero.
type Word = [u8; LONGEST];

/// A cable has a few dozen such words.
const SETTLED: usize = 128;

impl<'a> Glossary<'a> {
    pub(crate) fn of(catalog: &'a Catalog, blocks: &[EditedBlock]) -> Self {
        let is_capitals = is_capitals(blocks);
        Self { catalog, is_capitals, explained: BTreeMap::new(), settled: [[0; LONGEST]; SETTLED] }
    }

    /// The short forms that were met, and what they stand for.
    pub(crate) const fn explained(&self) -> &BTreeMap<&'static str, &'static str> {
        &self.explained
    }

    /// The short forms of a text that were not met before: where each stands, and its entry.
    pub(crate) fn first_met(&mut self, text: &str) -> impl Iterator<Item = (Range<usize>, Entry<'static>)> {
        candidates(text, self.is_capitals).filter_map(move |range| {
            let written = &text[range.clone()];
            let mut word = Word::default();
            word[..written.len()].copy_from_slice(written.as_bytes());
            let number = u128::from_le_bytes(word);
            let place = ((number ^ (number >> 64)) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 57;
            let settled = &mut self.settled[place as usize];
            if *settled == word {
                return None;
            }
            let Some(entry) = self.catalog.acronym(written).filter(|entry| !entry.doubtful) else {
                *settled = word;
                return None;
            };
            if is_letter(text[..range.start].chars().next_back()) || is_letter(text[range.end..].chars().next()) {
                return None;
            }
            *settled = word;
            self.explained.insert(entry.code, entry.title).is_none().then_some((range, entry))
        })
    }
}

/// Whether hardly a small letter is in the text.
fn is_capitals(blocks: &[EditedBlock]) -> bool {
    let texts = || blocks.iter().map(|block| block.text.as_bytes());
    let small: usize = texts().map(|text| count(text, u8::is_ascii_lowercase)).sum();
    // Nearly every text is seen to be none by its small letters.
    small * 10 < texts().map(<[u8]>::len).sum() && {
        let capital: usize = texts().map(|text| count(text, u8::is_ascii_uppercase)).sum();
        small * 10 < capital
    }
}

/// How many bytes are such, many of them looked at at a time.
fn count(text: &[u8], is_own: impl Fn(&u8) -> bool) -> usize {
    let chunks = text.chunks(usize::from(u8::MAX));
    chunks.map(|chunk| usize::from(chunk.iter().map(|byte| u8::from(is_own(byte))).sum::<u8>())).sum()
}

/// What a byte is in a word that may be a short form, as bits.
static SIGNS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let own = byte as u8;
        table[byte] = if own.is_ascii_uppercase() {
            OF_WORD | CAPITAL
        } else if own.is_ascii_alphanumeric() || matches!(own, b'/' | b'&') {
            OF_WORD
        } else {
            0
        };
        byte += 1;
    }
    table
};
const OF_WORD: u8 = 1;
const CAPITAL: u8 = 2;

/// No short form is longer.
const LONGEST: usize = 16;

/// Where words stand in a text that may be short forms. `is_capitals` says that the text has hardly a small letter.
fn candidates(text: &str, is_capitals: bool) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let (mut at, mut looked_through) = (0, 0);
    std::iter::from_fn(move || {
        loop {
            if at >= looked_through {
                let plain = (at..).step_by(MANY).take_while(|&from| is_plain(bytes, from, is_capitals)).count() * MANY;
                at += plain;
                looked_through = at + MANY;
                if plain > 0 {
                    // What is found there may have begun before.
                    at -= bytes[..at].iter().rev().take_while(|&&byte| SIGNS[usize::from(byte)] != 0).count();
                }
            }
            while SIGNS[usize::from(*bytes.get(at)?)] == 0 {
                at += 1;
            }
            let start = at;
            let mut after_first = 0;
            at += 1;
            while let Some(sign) = bytes.get(at).map(|&byte| SIGNS[usize::from(byte)]).filter(|&sign| sign != 0) {
                after_first |= sign;
                at += 1;
            }
            // Any other small word, and any word of a text in capitals, may be what it is everywhere.
            let is_written = !is_capitals && after_first & CAPITAL != 0;
            if at - start <= LONGEST && (is_written || is_telegraphic(&bytes[start..at])) {
                return Some(start..at);
            }
        }
    })
}

/// So many bytes are looked at at a time.
const MANY: usize = 32;

/// Whether no short form has its second capital, or its end where telegrams alone have it, in so many bytes.
fn is_plain(bytes: &[u8], from: usize, is_capitals: bool) -> bool {
    let stretch = |before: usize| bytes.get(from.checked_sub(before)?..)?.first_chunk::<MANY>();
    let (Some(own), Some(before), Some(first)) = (stretch(0), stretch(1), stretch(2)) else { return false };
    let small = |byte: u8| byte | 0x20;
    let mut found = 0;
    // Without a branch, so that many are looked at at once.
    for at in 0..MANY {
        let (own, before, first) = (own[at], before[at], first[at]);
        // A letter, a figure, or what else stands near `&` and `/`.
        let is_inside = u8::from(small(before).wrapping_sub(b'a') < 26) | u8::from(before.wrapping_sub(b'&') < 20);
        let is_capital = u8::from(own.wrapping_sub(b'A') < 26) & u8::from(!is_capitals);
        let ends = |[one, two, three]: [u8; 3]| {
            u8::from(small(first) == one) & u8::from(small(before) == two) & u8::from(small(own) == three)
        };
        found |= (is_capital & is_inside) | ends(*b"off") | ends(*b"tel");
    }
    found == 0
}

/// Whether a word is one that telegrams alone have: `poloff`, `reftel`.
fn is_telegraphic(word: &[u8]) -> bool {
    let stem = if let [stem @ .., b's' | b'S'] = word { stem } else { word };
    matches!(stem, [_, _, _, .., one, two, three]
        if [b"off", b"tel"].iter().any(|end| [*one, *two, *three].eq_ignore_ascii_case(*end)))
}

/// Whether a letter of another alphabet stands there: beside a word it makes another of it.
fn is_letter(next: Option<char>) -> bool {
    next.is_some_and(|next| !next.is_ascii() && next.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_form_is_found_wherever_it_stands() {
        let catalog = Catalog::built_in();
        let found = |text: &str, is_capitals| -> Vec<String> {
            let mut glossary = Glossary { is_capitals, ..Glossary::of(&catalog, &[]) };
            glossary.first_met(text).map(|(place, _)| text[place].to_owned()).collect()
        };
        for shift in 0..80 {
            for filling in ["a ", "abc", "-", "é"] {
                let before = filling.repeat(shift);
                let text =
                    format!("{before} USG \u{2013}reftel, (PolOff) Gusg USGé éUSG {before} EmbOffs/ {before} us EU");
                assert_eq!(found(&text, false), ["USG", "reftel", "PolOff", "EU"], "{text}");
                assert_eq!(found(&text, true), ["reftel", "PolOff"], "{text}");
            }
        }
        assert!(found("", false).is_empty());
    }
}
