//! Where the reasons of a `Classified By` line are: the section that they are of, and the letters after it.

use std::ops::Range;

use crate::scan::{Scan, is_space};

/// Where reasons are named.
pub(super) struct Named {
    /// Where the words begin that lead to them.
    pub(super) lead: usize,
    /// `1.4`, where it is written.
    pub(super) section: Option<Range<usize>>,
    /// Where the letters begin.
    pub(super) letters: usize,
}

/// No words that lead to a section are longer, spaces apart.
const LONGEST_LEAD: usize = 100;

/// The first section in a text, with the words that lead to it: `for reasons E.O. 12958 1.4`.
pub(super) fn named(text: &str) -> Option<Named> {
    memchr::memchr_iter(b'1', text.as_bytes()).find_map(|at| {
        let mut scan = Scan::at_byte(text, at)?;
        let is_section = scan.is_word_edge() && take_section(&mut scan);
        is_section.then(|| Named {
            lead: first_lead(text, at, leads_to_section),
            letters: scan.at(),
            section: Some(at..scan.at()),
        })
    })
}

/// Reasons without their section: `reasons (b) and (d)`. The list begins at its bracket.
pub(super) fn named_without_section(text: &str) -> Option<Named> {
    let is_list = |at: &usize| {
        let Some(mut scan) = Scan::at_byte(text, at + 1) else { return false };
        scan.take_spaces();
        let has_letter = scan.take_sign(|sign| matches!(sign, b'a'..=b'h' | b'A'..=b'H'));
        scan.take_spaces();
        has_letter && scan.take(")")
    };
    memchr::memchr_iter(b'(', text.as_bytes()).filter(is_list).find_map(|at| {
        let lead = first_lead(text, at, leads_to_list);
        (lead < at).then_some(Named { lead, section: None, letters: at })
    })
}

/// The first place before another from which words lead there; the other itself where none do.
fn first_lead(text: &str, at: usize, leads: fn(Scan<'_>, usize) -> bool) -> usize {
    let bytes = text.as_bytes();
    let mut written = bytes[..at].iter().enumerate().rev().filter(|(_, byte)| !is_space(char::from(**byte)));
    let floor = written.nth(LONGEST_LEAD).map_or(0, |(before, _)| before + 1);
    let is_inside = |&start: &usize| start > floor && is_sign(bytes[start - 1]);
    // Of a run of signs only the first begins a lead.
    let mut starts = (floor..at).filter(|start| !is_inside(start));
    starts.find(|&start| Scan::at_byte(text, start).is_some_and(|scan| leads(scan, at))).unwrap_or(at)
}

/// What may be before the words that lead to the reasons.
const fn is_sign(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | 0x0C | b'\r' | b' ' | b'.' | b',' | b';' | b':' | b'(' | b'-')
}

/// Whether words lead from here to the section at a place.
fn leads_to_section(mut scan: Scan<'_>, at: usize) -> bool {
    scan.take_signs(is_sign);
    if !may_lead(scan.rest()) {
        return false;
    }
    let mut by = scan;
    if by.is_word_edge() && take_for(&mut by, &["BY"]) && take_reasons(&mut by, "REASON") && goes_to(by, at) {
        return true;
    }
    take_for(&mut scan, &["FOR", "DUE TO", "BASED ON"]);
    let is_word = |word: &str| {
        let mut after = scan;
        after.take_any_case(word) && goes_to(after, at)
    };
    let are_reasons = |word: &str| {
        let mut after = scan;
        take_reasons(&mut after, word) && goes_to(after, at)
    };
    ["REASON", "RASON", "EASON", "ASON"].into_iter().any(are_reasons)
        || are_torn(scan, at)
        || ["UNDER", "PER"].into_iter().any(is_word)
        || goes_to(scan, at)
}

/// Whether one of the words may begin here: a look at two letters.
fn may_lead(text: &str) -> bool {
    let letter = |at: usize| text.as_bytes().get(at).map_or(0, u8::to_ascii_uppercase);
    matches!(
        &[letter(0), letter(1)],
        b"FO"
            | b"DU"
            | b"BA"
            | b"BY"
            | b"RE"
            | b"R "
            | b"EA"
            | b"RA"
            | b"AS"
            | b"UN"
            | b"PE"
            | b"OF"
            | b"AR"
            | b"IS"
            | b"E."
            | b"EO"
            | b"SE"
    ) || letter(0) == b'1'
}

/// Takes words that end in spaces, perhaps with `the`.
fn take_for(scan: &mut Scan<'_>, words: &[&str]) -> bool {
    let mut ahead = *scan;
    let is_next = words.iter().any(|word| ahead.take_any_case(word)) && ahead.take_spaces() > 0;
    if is_next {
        ahead.take_any_case("THE ");
        *scan = ahead;
    }
    is_next
}

/// Takes a word with its plural or without, where it ends.
fn take_reasons(scan: &mut Scan<'_>, word: &str) -> bool {
    scan.take_any_case(word) && {
        scan.take_any_case("S");
        scan.is_word_edge()
    }
}

/// Whether a word that a copy tore leads to a place: a copy that wraps at a column makes `for reaso ns` of it.
fn are_torn(mut scan: Scan<'_>, at: usize) -> bool {
    if !scan.is_word_edge() || !take_torn(&mut scan) {
        return false;
    }
    let mut plural = scan;
    plural.take(" ");
    let is_plural = plural.take_any_case("S") && plural.is_word_edge() && goes_to(plural, at);
    is_plural || (scan.is_word_edge() && goes_to(scan, at))
}

/// Takes `reason` with a space between any of its letters.
fn take_torn(scan: &mut Scan<'_>) -> bool {
    "REASON".bytes().enumerate().all(|(index, letter)| {
        let _ = index > 0 && scan.take(" ");
        scan.take_sign(|sign| sign.eq_ignore_ascii_case(&letter))
    })
}

/// Whether what is between the word for reasons and a place only leads there: `are:`, `E.O. 12958, Section`.
fn goes_to(mut scan: Scan<'_>, at: usize) -> bool {
    scan.take_spaces();
    let takes = |take: &dyn Fn(&mut Scan<'_>) -> bool| {
        let mut ahead = scan;
        (take(&mut ahead) && ahead.is_word_edge()).then_some(ahead)
    };
    let word = ["OF", "ARE", "IS"].iter().find_map(|word| takes(&|ahead| ahead.take_any_case(word)));
    scan = word.or_else(|| takes(&take_order)).unwrap_or(scan);
    scan.take_spaces();
    scan.take_sign(|sign| matches!(sign, b':' | b';' | b',' | b'-'));
    scan.take_spaces();
    if take_order(&mut scan) {
        scan.take(",");
        scan.take_spaces();
    }
    if scan.take_any_case("SECTION") {
        scan.take_spaces();
    } else if scan.take_any_case("SEC") {
        scan.take(".");
        scan.take_spaces();
    }
    scan.at() == at
}

/// Whether words lead from here to the bracket of a list without a section.
fn leads_to_list(mut scan: Scan<'_>, at: usize) -> bool {
    scan.take_signs(is_sign);
    take_for(&mut scan, &["FOR", "BY", "DUE TO", "BASED ON"]);
    if take_order(&mut scan) {
        scan.take(",");
        scan.take_spaces();
    }
    if !scan.is_word_edge() || !take_torn(&mut scan) {
        return false;
    }
    let mut plural = scan;
    plural.take(" ");
    if plural.take_any_case("S") {
        scan = plural;
    }
    scan.take_spaces();
    scan.take_sign(|sign| matches!(sign, b':' | b','));
    scan.take_spaces();
    scan.at() == at
}

/// Takes `E.O. 12958`.
fn take_order(scan: &mut Scan<'_>) -> bool {
    let mut ahead = *scan;
    let is_order = ahead.take_any_case("E") && {
        ahead.take(".");
        ahead.take_any_case("O") && {
            ahead.take(".");
            ahead.take_spaces();
            ahead.take_most(5, |sign| sign.is_ascii_digit()) == 5
        }
    };
    if is_order {
        *scan = ahead;
    }
    is_order
}

/// Takes `1.4`, a comma for the point, spaces in it.
fn take_section(scan: &mut Scan<'_>) -> bool {
    scan.take("1") && {
        scan.take_most(1, |sign| is_space(char::from(sign)));
        scan.take_sign(|sign| matches!(sign, b'.' | b',')) && {
            scan.take_spaces();
            scan.take_sign(|sign| matches!(sign, b'2'..=b'6'))
        }
    }
}

/// One step of the list of letters: what joins it to the one before, and the letter with its brackets.
pub(super) struct Step {
    pub(super) join: Range<usize>,
    pub(super) open: Range<usize>,
    pub(super) letter: Range<usize>,
    pub(super) close: Range<usize>,
}

impl Step {
    /// The step at the start of a text. What joins goes as far as it may.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut scan = Scan::new(text);
        let mut ends = vec![scan];
        while take_join(&mut scan) {
            ends.push(scan);
        }
        ends.into_iter().rev().find_map(Self::after)
    }

    /// The letter after what joins it.
    fn after(mut scan: Scan<'_>) -> Option<Self> {
        let join = 0..scan.at();
        scan.take("(");
        scan.take_spaces();
        let open = join.end..scan.at();
        if !scan.take_sign(|sign| sign.is_ascii_alphabetic()) || !scan.is_word_edge() {
            return None;
        }
        let letter = open.end..scan.at();
        scan.take_spaces();
        scan.take_signs(|sign| sign == b')');
        let close = letter.end..scan.at();
        Some(Self { join, open, letter, close })
    }
}

/// Takes a space, a sign, `and` or another section: what joins two letters.
fn take_join(scan: &mut Scan<'_>) -> bool {
    if scan.take_sign(|sign| is_space(char::from(sign)) || matches!(sign, b',' | b'&' | b'/' | b'+' | b';' | b'.')) {
        return true;
    }
    let word = |take: fn(&mut Scan<'_>) -> bool| {
        let mut ahead = *scan;
        (take(&mut ahead) && ahead.is_word_edge()).then_some(ahead)
    };
    // `a nd`: torn as other words are.
    let and = |scan: &mut Scan<'_>| {
        scan.take_any_case("A") && {
            scan.take_spaces();
            scan.take_any_case("N") && {
                scan.take_any_case("D");
                true
            }
        }
    };
    let through = |scan: &mut Scan<'_>| scan.take_any_case("THROUGH") || scan.take_any_case("THRU");
    let joined = word(and).or_else(|| word(through)).or_else(|| word(take_other_section));
    joined.map(|ahead| *scan = ahead).is_some()
}

/// Takes `1.4` or `1.5` inside a list.
fn take_other_section(scan: &mut Scan<'_>) -> bool {
    scan.take("1") && {
        scan.take_most(1, |sign| is_space(char::from(sign)));
        scan.take_sign(|sign| matches!(sign, b'.' | b',')) && {
            scan.take_most(1, |sign| is_space(char::from(sign)));
            scan.take_sign(|sign| matches!(sign, b'4' | b'5'))
        }
    }
}
