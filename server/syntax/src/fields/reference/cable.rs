//! A cable as references name it: `09 BOGOTA 1506`, `STATE 14201 (2007) NOTAL`.

use std::ops::Range;

use crate::scan::{Scan, is_space};

/// The parts of a cable's name, as columns of the text.
pub(super) struct Named {
    pub(super) whole: Range<usize>,
    /// The year before the post, brackets with it.
    pub(super) year: Option<Range<usize>>,
    pub(super) post: Range<usize>,
    pub(super) serial: Range<usize>,
    /// The year after the serial, without brackets or stroke.
    pub(super) year_after: Option<Range<usize>>,
}

impl Named {
    /// The cable at the start of a text.
    pub(super) fn first(text: &str) -> Option<Self> {
        Self::at(text, 0)
    }

    /// The cables of a text, in order.
    pub(super) fn all(text: &str) -> impl Iterator<Item = Self> + '_ {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = (from..text.len()).find_map(|at| Self::at(text, at))?;
            from = found.whole.end;
            Some(found)
        })
    }

    fn at(text: &str, at: usize) -> Option<Self> {
        // Most bytes begin no name.
        let first = text.as_bytes()[at..].first()?;
        if !(first.is_ascii_alphanumeric() || matches!(first, b'\'' | b'(')) {
            return None;
        }
        let mut scan = Scan::at_byte(text, at)?;
        let year = take_year(&mut scan);
        if !scan.is_word_edge() {
            return None;
        }
        let post = scan.span_of(take_post).range();
        if post.is_empty() {
            return None;
        }
        scan.take_sign(|sign| matches!(sign, b',' | b':' | b'.'));
        if !take_gap(&mut scan) {
            return None;
        }
        scan.take("#");
        let serial = take_serial(&mut scan)?;
        let year_after = take_year_after(&mut scan);
        take_note(&mut scan);
        Some(Self { whole: at..scan.at(), year, post, serial, year_after })
    }
}

/// Takes what parts two words of a name: a space or a dash, and spaces after it.
fn take_gap(scan: &mut Scan<'_>) -> bool {
    scan.take_sign(|sign| matches!(sign, b' ' | b'\n' | b'-')) && {
        scan.take_spaces();
        true
    }
}

/// Takes a year and what parts it from the post: `2007`, `'07`, `(07)`.
fn take_year(scan: &mut Scan<'_>) -> Option<Range<usize>> {
    let is_digit = |sign: u8| sign.is_ascii_digit();
    let full = |scan: &mut Scan<'_>| scan.take_one_of(&["19", "20"]).is_some() && scan.take_most(2, is_digit) == 2;
    let short = |scan: &mut Scan<'_>| {
        scan.take("'");
        scan.take_most(2, is_digit) == 2
    };
    let bracketed = |scan: &mut Scan<'_>| scan.take("(") && scan.take_most(2, is_digit) == 2 && scan.take(")");
    let readers: [&dyn Fn(&mut Scan<'_>) -> bool; 3] = [&full, &short, &bracketed];
    readers.into_iter().find_map(|take| {
        let mut ahead = *scan;
        let year = take(&mut ahead).then(|| scan.at()..ahead.at())?;
        take_gap(&mut ahead).then(|| {
            *scan = ahead;
            year
        })
    })
}

/// Takes the name of a post: up to four words.
fn take_post(scan: &mut Scan<'_>) {
    const MOST_FURTHER: usize = 3;
    let Some(mut is_whole) = take_word(scan) else { return };
    for _ in 0..MOST_FURTHER {
        let mut ahead = *scan;
        if !is_whole || !ahead.take_sign(|sign| is_space(char::from(sign))) {
            return;
        }
        let Some(further) = take_word(&mut ahead) else { return };
        *scan = ahead;
        is_whole = further;
    }
}

/// Takes a word that begins and ends with a letter; whether no dot or dash is directly after it.
fn take_word(scan: &mut Scan<'_>) -> Option<bool> {
    /// No word of a post is longer: of a long one with dashes no part is read to its end again.
    const LONGEST: usize = 60;
    let is_sign = |sign: u8| sign.is_ascii_alphabetic() || matches!(sign, b'\'' | b'.' | b'-');
    let mut ahead = *scan;
    ahead.take_most(LONGEST, is_sign);
    let written = &scan.rest()[..ahead.at() - scan.at()];
    let word = written.trim_end_matches(['\'', '.', '-']);
    let is_word = word.len() >= 2 && word.starts_with(|first: char| first.is_ascii_alphabetic());
    (is_word && scan.take(word)).then_some(word.len() == written.len())
}

/// Takes a serial: six figures at most, or eight with zeros before them.
fn take_serial(scan: &mut Scan<'_>) -> Option<Range<usize>> {
    let serial = scan.span_of(|scan| scan.take_signs(|sign| sign.is_ascii_digit())).range();
    let is_filled = || scan.before(serial.len()).starts_with("00");
    let is_serial = matches!(serial.len(), 1..=6) || (matches!(serial.len(), 7 | 8) && is_filled());
    (is_serial && scan.is_word_edge()).then_some(serial)
}

/// Takes the year after a serial: `(2007)`, `/07`.
fn take_year_after(scan: &mut Scan<'_>) -> Option<Range<usize>> {
    let is_digit = |sign: u8| sign.is_ascii_digit();
    let mut ahead = *scan;
    ahead.take_most(1, |sign| is_space(char::from(sign)));
    let year = if ahead.take("(") {
        let year = ahead.span_of(|scan| scan.take_most(4, is_digit)).range();
        let is_full = year.len() == 4 && ["19", "20"].iter().any(|start| ahead.before(4).starts_with(start));
        ((is_full || year.len() == 2) && ahead.take(")")).then_some(year)
    } else if ahead.take_sign(|sign| matches!(sign, b'/' | b'-')) {
        let year = ahead.span_of(|scan| scan.take_most(2, is_digit)).range();
        (year.len() == 2 && ahead.is_word_edge()).then_some(year)
    } else {
        None
    };
    if year.is_some() {
        *scan = ahead;
    }
    year
}

/// Takes `(NOTAL)`.
fn take_note(scan: &mut Scan<'_>) {
    let mut ahead = *scan;
    ahead.take_most(1, |sign| is_space(char::from(sign)));
    ahead.take("(");
    if ahead.take("NOTAL") {
        ahead.take(")");
        *scan = ahead;
    }
}
