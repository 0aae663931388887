//! One entry of a REF list: the cables that are named in it, or its free text.

use std::ops::Range;
use std::sync::LazyLock;

use cable_catalog::Catalog;
use regex::Regex;

use crate::fields::date_time_group::{four_digit_year, month_number};
use crate::pattern::{ShortPattern, pattern, short_pattern};
use crate::scan::{Scan, is_space};
use crate::span::Span;
use crate::white_space::{trim, trimmed_span};

use super::Reference;
use super::cable::Named;
use super::keyword_alone::KEYWORD_ALONE;

/// `00821 ASTANA`: the serial is before the post. Its zeros tell it from a year.
static SERIAL_FIRST: LazyLock<ShortPattern> = LazyLock::new(|| {
    short_pattern(
        r"^\W*(?<serial>0\d{4,5}) (?<post>[A-Z][A-Z'.-]*[A-Z](?: [A-Z][A-Z'.-]*[A-Z]){0,2})[\s.,;]*(?:\(?NOTAL\)?)?[\s.,;]*$",
    )
});

/// `09BOGOTA1506`, `BEIJING5237`: a cable written without spaces.
static GLUED: LazyLock<ShortPattern> =
    LazyLock::new(|| short_pattern(r"^\W*(?<year>\d{2})?(?<post>[A-Z]{3,})(?<serial>\d{1,6})\b"));

static MORE_SERIALS: LazyLock<ShortPattern> =
    LazyLock::new(|| short_pattern(r"^(?:\s?(?:/|,|AND|&|and)\s?)+(?<serial>\d{2,6})\b"));

/// Whether a text ends in what may have been a year before a post: `O7`, `20O6`, `6`.
fn ends_in_garbled_year(text: &str) -> bool {
    let text = text.trim_ascii_end();
    let before =
        text.trim_end_matches(|sign: char| sign.is_ascii_digit() || matches!(sign, 'O' | 'o' | 'Q' | 'I' | 'l'));
    let is_apart = before.is_empty() || before.ends_with(|sign| is_space(sign) || "(,;.:".contains(sign));
    is_apart && text[before.len()..].bytes().any(|sign| sign.is_ascii_digit())
}

/// Whether a text begins with what may have been the rest of a serial, or a year: ` 34`, ` (2OO6)`, a figure of another
/// script.
fn begins_with_garbled_end(text: &str) -> bool {
    static OTHER_SCRIPT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[^\x00-\x7F]*\p{Nd}"));
    let is_digit = |sign: u8| sign.is_ascii_digit();
    let mut rest = Scan::new(text);
    if rest.take(" ") && rest.take_signs(is_digit) >= 2 {
        rest.take_spaces();
        if rest.next().is_none_or(|next| matches!(next, b',' | b';' | b'.' | b')')) {
            return true;
        }
    }
    let mut year = Scan::new(text);
    year.take(" ");
    if year.take("(") {
        let written = year
            .span_of(|scan| scan.take_signs(|sign| is_digit(sign) || matches!(sign, b'O' | b'o' | b'Q' | b'I' | b'l')));
        let has_letter = written.text(text).bytes().any(|sign| !is_digit(sign));
        if has_letter && year.take(")") {
            return true;
        }
    }
    match text.as_bytes().first() {
        Some(first) if first.is_ascii() => is_digit(*first),
        Some(_) => OTHER_SCRIPT.is_match(text),
        None => false,
    }
}

/// A day in figures.
static DAY: LazyLock<ShortPattern> = LazyLock::new(|| short_pattern(r"^\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\b"));

/// `1,234`: the rest of a number with its comma.
static THOUSANDS: LazyLock<ShortPattern> = LazyLock::new(|| short_pattern(r"^,\d{3}\b"));

/// `OF OCTOBER 22, 1974`, `DATED 06 MAR 2005`, `/282138Z JUN 73`, `(DTG 281200Z MAR 74)` after a cable.
static DATED: LazyLock<ShortPattern> = LazyLock::new(|| {
    short_pattern(
        r"(?x)^(?: ,?\s+(?i:of|dated|from)\s[^;]{0,24}?\b(?<year>(?:19|20)\d{2})\b
        | (?: /\s? | ,?\s+\(? ) (?:DTG:?\s+)? \d{6}\ ?Z\s+[A-Z]{3,9}\s+(?<short>\d{2}|\d{4})\b )",
    )
});

/// Whether a day may follow a cable: a look at a letter or two.
fn may_be_dated(text: &str) -> bool {
    let word = text.trim_start_matches([' ', '\t', '\r', '\n', ',', '(', '/']);
    word.len() < text.len()
        && word.starts_with(|next: char| matches!(next, 'o' | 'O' | 'd' | 'D' | 'f' | 'F') || next.is_ascii_digit())
}

/// Whether further serials may follow a cable: a sign or a word joins them.
fn has_more(text: &str) -> bool {
    let next = text.trim_start_matches([' ', '\t', '\r', '\n']);
    next.starts_with(['/', ',', '&', 'A', 'a'])
}

/// Whether a text begins with a cable of some post.
pub(crate) fn starts_with_cable(text: &str) -> bool {
    Named::first(text).is_some_and(|found| !has_stop_word(&text[found.whole]))
}

/// The same, with words as well that are no post.
pub(super) fn starts_with_any_cable(text: &str) -> bool {
    Named::first(text).is_some()
}

/// Whether a text begins with a cable that is written without spaces.
pub(super) fn is_glued_cable(text: &str) -> bool {
    GLUED.is_match(text)
}

/// Words before a number that make no post of it: days, e-mails, intelligence reports.
fn has_stop_word(post: &str) -> bool {
    const STOP: [&str; 19] = [
        "AND", "OF", "EMAIL", "E-MAIL", "EMAILS", "TELCON", "PHONE", "SEPT", "IIR", "TD", "FAM", "FAH", "PARA",
        "PARAS", "DTG", "ON", "DATED", "THE", "UNSCR",
    ];
    post.split_ascii_whitespace().any(|word| {
        let word = word.trim_matches(['.', ',']).to_ascii_uppercase();
        STOP.contains(&word.as_str()) || (word.len() >= 3 && month_number(&word).is_some())
    })
}

pub(super) fn read_entry(text: &str, span: Span, letter: Option<(char, Span)>, catalog: &Catalog) -> Vec<Reference> {
    let entry = span.text(text);
    let free =
        |letter, span: Span| Reference { letter, span, post: None, serial: None, year: None, compact_post: None };
    let mut references: Vec<Reference> = Vec::new();
    for Named { whole, year, post, serial, year_after } in Named::all(entry) {
        // Serials that the entry before counted in already.
        if references.last().is_some_and(|last| last.span.end > span.start + serial.start as u32) {
            continue;
        }
        let end_of_last = references.last().map_or(0, |last| (last.span.end - span.start) as usize);
        let Some((post_start, name, compact)) = known_post(&entry[post.clone()], catalog) else { continue };
        // `DOE-ROE 11/10/09 EMAIL`, `ATTACHMENT 1`: days and counts after words that are no post.
        let is_day = serial.len() <= 2 || DAY.is_match(&entry[serial.start..]);
        if compact.is_none() && is_day {
            continue;
        }
        // Figures of a longer number are no year, and then the year of the cable is none either.
        let is_torn = |year: &Range<usize>| entry[..year.start].ends_with(char::is_alphanumeric);
        // So are letters among figures, a single figure before the post, and figures that go on after the serial.
        let after = &entry[whole.end..];
        let torn = year.as_ref().is_some_and(is_torn)
            || (post_start == 0
                && year.is_none()
                && ends_in_garbled_year(&entry[end_of_last.min(whole.start)..whole.start]))
            || begins_with_garbled_end(after)
            || (serial.len() <= 2 && THOUSANDS.is_match(after));
        let year = year.filter(|_| post_start == 0 && !torn).or(year_after).map(|year| &entry[year]);
        let dated = (year.is_none() && may_be_dated(after)).then(|| DATED.captures(after)).flatten();
        let day = dated.as_ref().and_then(|dated| dated.name("year").or_else(|| dated.name("short")));
        let year = year.or_else(|| day.map(|year| year.as_str()));
        let start = if post_start == 0 { whole.start } else { post.start + post_start };
        references.push(Reference {
            letter,
            span: Span::of(start..whole.end).shifted(span.start),
            post: Some(name),
            serial: entry[serial].parse().ok(),
            year: year.and_then(|year| year.trim_matches(['(', ')', '\'']).parse().ok()).map(four_digit_year),
            compact_post: compact.filter(|_| !torn),
        });
        // `2799 AND 2764`, `936/935`: more cables of the same post.
        let mut rest = whole.end;
        while let Some(more) = has_more(&entry[rest..]).then(|| MORE_SERIALS.captures(&entry[rest..])).flatten() {
            let (Some(whole), Some(serial)) = (more.get(0), more.name("serial")) else { break };
            if starts_with_cable(entry[rest + serial.start()..].trim_start()) {
                break;
            }
            let own = Span::of(rest + serial.start()..rest + serial.end()).shifted(span.start);
            let serial = serial.as_str().parse().ok();
            references.extend(references.last().cloned().map(|last| Reference { span: own, serial, ..last }));
            rest += whole.end();
        }
    }
    let is_glued = references.is_empty();
    if is_glued {
        references.extend(read_glued(text, span, letter, catalog));
    }
    match references.as_mut_slice() {
        [] => {
            let entry = clean(text, span);
            let read = || serial_first(text, entry, letter, catalog).unwrap_or_else(|| free(letter, entry));
            if entry.is_empty() { Vec::new() } else { vec![read()] }
        }
        // The one cable of an entry stands for all of its text: notes and years with it.
        [only] if letter.is_some() || !entry.contains([';', '\n']) || is_glued => {
            only.span = clean(text, span);
            references
        }
        _ => references,
    }
}

/// An entry with its serial before the post.
fn serial_first(text: &str, span: Span, letter: Option<(char, Span)>, catalog: &Catalog) -> Option<Reference> {
    let found = SERIAL_FIRST.captures(span.text(text))?;
    let post = catalog.post(&found["post"])?;
    let serial = found["serial"].parse().ok();
    let (name, compact) = (post.name.to_owned(), post.compact.to_owned());
    Some(Reference { letter, span, post: Some(name), serial, year: None, compact_post: Some(compact) })
}

/// Cables written without spaces, each after a separator.
fn read_glued(text: &str, span: Span, letter: Option<(char, Span)>, catalog: &Catalog) -> Vec<Reference> {
    let mut references = Vec::new();
    let mut rest = span;
    while let Some(found) = GLUED.captures(rest.text(text)) {
        let (Some(whole), Some(written)) = (found.get(0), found.name("post")) else { break };
        let Some(post) = catalog.post(written.as_str()) else { break };
        references.push(Reference {
            letter,
            span: clean(
                text,
                Span::of(written.start() - found.name("year").map_or(0, |year| year.len())..whole.end())
                    .shifted(rest.start),
            ),
            post: Some(post.name.to_owned()),
            serial: found["serial"].parse().ok(),
            year: found.name("year").and_then(|year| year.as_str().parse().ok()).map(four_digit_year),
            compact_post: Some(post.compact.to_owned()),
        });
        rest = Span::new(rest.start + whole.end() as u32, span.end);
    }
    references
}

/// The entry without spaces and separators around it.
fn clean(text: &str, span: Span) -> Span {
    let inner = trimmed_span(span.text(text)).shifted(span.start);
    let mut words = inner.text(text);
    loop {
        let shorter = trim(words.trim_end_matches([',', ';', '.', '\\']));
        let shorter = shorter.strip_suffix(" AND").or_else(|| shorter.strip_suffix(" and")).unwrap_or(shorter);
        // `REF A: ...` and below it `REF B: ...`: the keyword before each letter.
        let keyword = shorter.rsplit(['\n', ' ']).next().filter(|word| KEYWORD_ALONE.is_match(word));
        let shorter = keyword.map_or(shorter, |word| trim(&shorter[..shorter.len() - word.len()]));
        if shorter == words {
            break;
        }
        words = shorter;
    }
    Span::new(inner.start, inner.start + words.len() as u32)
}

/// The post at the end of the words before a serial: where it starts, its name, and its compact form when known.
fn known_post(words: &str, catalog: &Catalog) -> Option<(usize, String, Option<String>)> {
    let starts = std::iter::once(0).chain(words.match_indices(' ').map(|(at, _)| at + 1));
    for start in starts {
        if let Some(post) = catalog.post(&words[start..]) {
            return Some((start, post.name.to_owned(), Some(post.compact.to_owned())));
        }
    }
    let plain =
        !has_stop_word(words) && words.split(' ').count() <= 2 && !words.bytes().any(|byte| byte.is_ascii_lowercase());
    plain.then(|| (0, words.to_owned(), None))
}
