//! `SECTION 01 OF 02` after the level of a classification line, however it is written.

use crate::scan::Scan;
use crate::span::Span;

use super::Section;

/// Numbers that are written in words, from one.
const WORDS: [&str; 10] = ["ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN"];

/// Reads the section at the start of a text, spaces before it apart.
pub(super) fn read(text: &str) -> Option<Section> {
    let mut scan = Scan::new(text);
    scan.take_spaces();
    let start = scan.at();
    let (end, number, of) = in_figures(scan).or_else(|| last(scan)).or_else(|| in_words(scan))?;
    (of > 0).then(|| Section { span: Span::of(start..end), number, of })
}

/// `SECTION 01 OF 02`, with a letter lost, doubled or misread in each of the words.
fn in_figures(scan: Scan<'_>) -> Option<(usize, u32, u32)> {
    let text = scan.rest();
    // The letter `O` may be the word's last or the number's first: the longest word goes before.
    (SHORTEST..=LONGEST.min(text.len())).rev().find_map(|length| {
        let word = text.get(..length).filter(|word| is_section(word))?;
        let mut after = scan;
        after.take(word);
        after.take_spaces();
        numbers(after)
    })
}

/// So long is the word, whatever is lost or added.
const SHORTEST: usize = 4;
const LONGEST: usize = 10;

/// Whether a word is `SECTION`, or may have been.
fn is_section(word: &str) -> bool {
    const MISREAD: [&str; 8] = ["SECTOIN", "SECOIN", "SECITON", "SETCOIN", "SECT1ON", "SECTLON", "SECTI0N", "5ECTION"];
    let bytes = word.as_bytes();
    let capital = |at: usize| bytes.get(at).map_or(0, u8::to_ascii_uppercase);
    let ends = |from: usize| {
        matches!(bytes.len().saturating_sub(from), 1 | 2)
            && (from..bytes.len()).all(|at| matches!(capital(at), b'O' | b'N'))
    };
    let is_cut = || {
        let after = if capital(3) == b'T' { 4 } else { 3 };
        let begins = bytes.len() > after && bytes[..3].eq_ignore_ascii_case(b"SEC");
        begins && (ends(after) || (matches!(capital(after), b'I' | b'O') && ends(after + 1)))
    };
    let is_other = || {
        let last = bytes.len().checked_sub(3).map_or(&b""[..], |at| &bytes[at..]);
        bytes.len() >= 6
            && bytes.iter().all(u8::is_ascii_alphabetic)
            && (last.eq_ignore_ascii_case(b"ION") || last.eq_ignore_ascii_case(b"OON"))
    };
    is_other() || is_cut() || MISREAD.iter().any(|misread| misread.eq_ignore_ascii_case(word))
}

/// `01 OF 02`, `1 0F 2`, `01OF02`.
fn numbers(scan: Scan<'_>) -> Option<(usize, u32, u32)> {
    [2, 1].into_iter().find_map(|length| {
        let mut scan = scan;
        let number = take_number(&mut scan, length)?;
        scan.take(" ");
        let is_letter = |sign: u8| sign.is_ascii_alphabetic();
        let mut of = scan;
        let is_of = of.take_sign(is_letter) && of.take_sign(|sign| is_letter(sign) || sign == b'0');
        if is_of {
            scan = of;
        } else if !(scan.take("0") && scan.take_sign(is_letter)) {
            return None;
        }
        scan.take(" ");
        let of = take_number(&mut scan, 2).or_else(|| take_number(&mut scan, 1))?;
        Some((scan.at(), number, of))
    })
}

/// A number of one figure or two. `O1`: the letter is the figure.
fn take_number(scan: &mut Scan<'_>, length: usize) -> Option<u32> {
    let mut ahead = *scan;
    let is_figure = |sign: u8| sign.is_ascii_digit();
    let start = ahead.at();
    let has_letter = length == 2 && ahead.take("O");
    let figures = if has_letter { 1 } else { length };
    if ahead.take_most(figures, is_figure) < figures {
        return None;
    }
    let written = &scan.rest()[..ahead.at() - start];
    *scan = ahead;
    written.trim_start_matches('O').parse().ok()
}

/// `FINAL SECTION OF 3`.
fn last(mut scan: Scan<'_>) -> Option<(usize, u32, u32)> {
    if !scan.take("FINAL SECTION OF ") {
        return None;
    }
    let total = take_number(&mut scan, 2).or_else(|| take_number(&mut scan, 1))?;
    scan.is_word_edge().then_some((scan.at(), total, total))
}

/// `SECTION ONE OF TWO`.
fn in_words(mut scan: Scan<'_>) -> Option<(usize, u32, u32)> {
    let mut word = |before: &str| {
        let is_next = scan.take(before);
        let word = is_next.then(|| scan.take_one_of(&WORDS)).flatten()?;
        Some((scan, WORDS.iter().position(|one| *one == word)? as u32 + 1))
    };
    let (_, number) = word("SECTION ")?;
    let (end, of) = word(" OF ")?;
    (of > 1 && end.is_word_edge()).then_some((end.at(), number, of))
}
