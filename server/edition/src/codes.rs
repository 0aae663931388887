//! The short forms of a text, each with what it stands for.

use std::ops::Range;

use cable_catalog::{Catalog, Entry};

use crate::edition::EditedBlock;

/// Whether hardly a small letter is in the text.
pub(crate) fn is_capitals(blocks: &[EditedBlock]) -> bool {
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

/// The short forms of a text: where each stands, and its entry. `is_capitals` says that the text has hardly a small letter.
pub(crate) fn codes(
    catalog: &Catalog,
    text: &str,
    is_capitals: bool,
) -> impl Iterator<Item = (Range<usize>, Entry<'static>)> {
    let bytes = text.as_bytes();
    let (mut at, mut looked_through) = (0, 0);
    let candidates = std::iter::from_fn(move || {
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
    });
    candidates.filter_map(move |range| {
        let is_whole =
            !is_letter(text[..range.start].chars().next_back()) && !is_letter(text[range.end..].chars().next());
        let entry = catalog.acronym(&text[range.clone()]).filter(|entry| is_whole && !entry.doubtful)?;
        Some((range, entry))
    })
}

/// So many bytes are looked at at a time.
const MANY: usize = 32;

/// Whether no short form has its second capital, or its end where telegrams alone have it, in so many bytes.
fn is_plain(bytes: &[u8], from: usize, is_capitals: bool) -> bool {
    let stretch = |before: usize| bytes.get(from.checked_sub(before)?..from + MANY - before);
    let (Some(own), Some(before), Some(first)) = (stretch(0), stretch(1), stretch(2)) else { return false };
    let small = |byte: u8| byte | 0x20;
    // Without a branch, so that many are looked at at once.
    let signs = own.iter().zip(before).zip(first).map(|((&own, &before), &first)| {
        // A letter, a figure, or what else stands near `&` and `/`.
        let is_inside = u8::from(small(before).wrapping_sub(b'a') < 26) | u8::from(before.wrapping_sub(b'&') < 20);
        let is_capital = u8::from(own.wrapping_sub(b'A') < 26) & u8::from(!is_capitals);
        let ends = |[one, two, three]: [u8; 3]| {
            u8::from(small(first) == one) & u8::from(small(before) == two) & u8::from(small(own) == three)
        };
        (is_capital & is_inside) | ends(*b"off") | ends(*b"tel")
    });
    signs.fold(0, |found, own| found | own) == 0
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
            codes(&catalog, text, is_capitals).map(|(place, _)| text[place].to_owned()).collect()
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
