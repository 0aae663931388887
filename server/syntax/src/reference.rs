//! References: the REF list and its entries (FORMAT.md, "REF").

use std::sync::LazyLock;

use cable_catalog::Catalog;
use regex::Regex;

use crate::date_time_group::four_digit_year;
use crate::line::trim;
use crate::misspelt;
use crate::pattern::pattern;
use crate::span::Span;

/// The keyword at the start of a REF line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReferenceKeyword {
    /// The word, without its colon.
    pub word: Span,
    /// Whether a colon follows.
    pub well_formed: bool,
    /// Where the list begins.
    pub end: u32,
}

/// One entry of the list: a cable of a post, or free text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The letter it is cited by, and its column.
    pub letter: Option<(char, Span)>,
    /// The whole entry without letter and separators.
    pub span: Span,
    /// The post, by its own name where the catalogue knows it.
    pub post: Option<String>,
    /// Serial of the cable.
    pub serial: Option<u32>,
    /// Year, four digits, where one is written.
    pub year: Option<i16>,
    /// Post without blanks as canonical ids write it, for a post that the catalogue knows.
    pub compact_post: Option<String>,
}

static KEYWORD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?<word>(?i:REF(?:ERENCE|TEL)?S?(?:\(S\))?))(?:(?<colon>\.? ?[:;]|\.)|\s)\s*"));

static LETTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x) (?: ^ | \n\s* | [\s,;:.)] ) (?:\[[^\]\n]{1,4}\]\([^)\n]*\)|¶)?
        (?: (?<a>[A-Z]) [.):] | \( (?<b>[A-Z]) \ ? \) | \[ (?<c>[A-Z]) \] | (?<d>[A-Z]) \  | (?<e>[a-z]) [.)] | \( (?<f>[a-z]) \) )",
    )
});

static CABLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x) (?: (?<year>(?:19|20)\d{2}|'?\d{2}|\(\d{2}\)) [\ \n-] \s* )?
        \b (?<post>[A-Za-z][A-Za-z'.-]*[A-Za-z] (?: \s [A-Za-z][A-Za-z'.-]*[A-Za-z] ){0,3}) (?:,|:|\.)? [\ \n-] \s* \#? (?<serial>(?:00)?\d{1,6}) \b
        (?: \s? (?: \( (?<after>(?:19|20)?\d{2}) \) | [/-] (?<slash>\d{2}) \b ) )? (?<notal> \s? \(? NOTAL \)? )?",
    )
});

/// `00821 ASTANA`: the serial stands before the post. Its zeros tell it from a year.
static SERIAL_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\W*(?<serial>0\d{4,5}) (?<post>[A-Z][A-Z'.-]*[A-Z](?: [A-Z][A-Z'.-]*[A-Z]){0,2})[\s.,;]*(?:\(?NOTAL\)?)?[\s.,;]*$",
    )
});

/// `09BOGOTA1506`, `BEIJING5237`: a cable written without blanks.
static GLUED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\W*(?<year>\d{2})?(?<post>[A-Z]{3,})(?<serial>\d{1,6})\b"));

static MORE_SERIALS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:\s?(?:/|,|AND|&|and)\s?)+(?<serial>\d{2,6})\b"));

/// Reads the keyword at the start of `text`. Without a colon a letter or a cable must follow.
pub(crate) fn keyword(text: &str) -> Option<ReferenceKeyword> {
    let Some(found) = KEYWORD.captures(text) else {
        let slip = misspelt::keyword(text, &["REF", "REFS", "REFTEL", "REFTELS"])?;
        let rest = &text[slip.end..];
        return (starts_with_letter(rest) || starts_with_cable(rest) || GLUED.is_match(rest))
            .then_some(ReferenceKeyword { word: slip.word, well_formed: false, end: slip.end as u32 });
    };
    let end = found.get(0)?.end();
    let word = found.name("word")?;
    let colon = found.name("colon");
    let rest = &text[end..];
    let all_capitals = !word.as_str().bytes().any(|byte| byte.is_ascii_lowercase());
    let lettered = LETTER.find(rest).is_some_and(|m| m.start() == 0) && !rest.starts_with("A ");
    let listed = CABLE.find(rest).is_some_and(|m| m.start() == 0) || lettered;
    // `Ref A: ASTANA 515` has its colon behind the letter.
    let behind_letter = matches!(rest.as_bytes(), [b'A'..=b'Z', b':', ..]);
    let sure = behind_letter || colon.is_some_and(|colon| colon.as_str() != ".");
    (sure || (all_capitals && listed)).then(|| ReferenceKeyword {
        word: Span::of(word.range()),
        well_formed: colon.is_some_and(|colon| colon.as_str().ends_with(':')),
        end: end as u32,
    })
}

/// Whether a word is one of the keywords of the list, in any case.
pub fn is_keyword(word: &str) -> bool {
    KEYWORD.captures(&format!("{word}:")).is_some()
}

/// The letter directly behind a keyword: `REF B: ASTANA 515`.
pub(crate) fn keyword_letter(text: &str) -> Option<char> {
    let rest = &text[keyword(text)?.end as usize..];
    let found = LETTER.captures(rest).filter(|found| found.get(0).is_some_and(|m| m.start() == 0))?;
    let letter = ["a", "b", "c", "e", "f"].iter().find_map(|name| found.name(name))?;
    letter.as_str().chars().next().map(|letter| letter.to_ascii_uppercase())
}

/// Whether a line may continue a REF list: it begins with a letter of the list, not with a portion mark.
pub(crate) fn starts_with_letter(text: &str) -> bool {
    let Some(found) = LETTER.captures(text).filter(|found| found.get(0).is_some_and(|m| m.start() == 0)) else {
        return false;
    };
    // `c.` and `(c)` may be points of the text.
    if found.name("e").or_else(|| found.name("f")).is_some() {
        return starts_with_cable(found.get(0).map_or("", |m| text[m.end()..].trim_start()));
    }
    let is_mark = found.name("b").is_some_and(|letter| matches!(letter.as_str(), "U" | "C" | "S"));
    let rest = found.get(0).map_or("", |m| text[m.end()..].trim_start());
    found.name("d").is_none() && (!is_mark || starts_with_cable(rest))
}

/// Whether a text begins with a cable of some post.
pub(crate) fn starts_with_cable(text: &str) -> bool {
    CABLE.find(text).is_some_and(|found| found.start() == 0 && !has_stop_word(found.as_str()))
}

/// Words before a number that make no post of it: days, e-mails, intelligence reports.
fn has_stop_word(post: &str) -> bool {
    const STOP: [&str; 19] = [
        "AND", "OF", "EMAIL", "E-MAIL", "EMAILS", "TELCON", "PHONE", "SEPT", "IIR", "TD", "FAM", "FAH", "PARA",
        "PARAS", "DTG", "ON", "DATED", "THE", "UNSCR",
    ];
    post.split_ascii_whitespace().any(|word| {
        let word = word.trim_matches(['.', ',']).to_ascii_uppercase();
        STOP.contains(&word.as_str()) || (word.len() >= 3 && crate::date_time_group::month_number(&word).is_some())
    })
}

/// What may have been a year before a post: `O7`, `20O6`, `6`.
static GARBLED_YEAR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[\s(,;.:])(?:\d|[0-9OoQIl]*\d[0-9OoQIl]*|[OoQIl]\d)\s*$"));

/// What may have been the rest of a serial, or a year: ` 34`, ` (2OO6)`, a figure of another script.
static GARBLED_END: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?: \d{2,}\s*(?:$|[,;.)])| ?\([0-9]*[OoQIl][0-9OoQIl]*\)|[^\x00-\x7F]*\p{Nd})"));

/// A day in figures.
static DAY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\b"));

/// `1,234`: the rest of a number with its comma.
static THOUSANDS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^,\d{3}\b"));

/// `OF OCTOBER 22, 1974`, `DATED 06 MAR 2005`, `/282138Z JUN 73`, `(DTG 281200Z MAR 74)` after a cable.
static DATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^(?: ,?\s+(?i:of|dated|from)\s[^;]{0,24}?\b(?<year>(?:19|20)\d{2})\b
        | (?: /\s? | ,?\s+\(? ) (?:DTG:?\s+)? \d{6}\ ?Z\s+[A-Z]{3,9}\s+(?<short>\d{2}|\d{4})\b )",
    )
});

static KEYWORD_ALONE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?i:ref(?:tel|erence)?s?) ?:?$"));

/// Reads the entries of a list. `text` holds the list with everything that is not its own blanked out; line breaks kept.
pub(crate) fn read(text: &str, catalog: &Catalog) -> Vec<Reference> {
    let mut letters = letters(text);
    // `REF: A. REFTELS: (A) ...`: the first letter stands before another keyword, and the list begins behind that.
    if let [(_, first, body), (_, second, _), ..] = letters.as_slice()
        && KEYWORD_ALONE.is_match(Span::new(*body, second.start).text(text).trim())
        && first.start < second.start
    {
        letters.remove(0);
    }
    if letters.is_empty() {
        return read_entry(text, Span::of(0..text.len()), None, catalog);
    }
    let mut references = Vec::new();
    let first = letters[0].1.start as usize;
    let lead = crate::line::trimmed_span(&text[..first]);
    if lead.text(text).bytes().any(|byte| byte.is_ascii_digit()) {
        references.extend(read_entry(text, lead, None, catalog));
    }
    for (index, &(letter, span, body)) in letters.iter().enumerate() {
        let end = letters.get(index + 1).map_or(text.len(), |next| next.1.start as usize);
        let mut entries = read_entry(text, Span::of(body as usize..end), Some((letter, span)), catalog);
        // `(A) ASTANA 4711, (B) 4747`: a serial alone is of the same post.
        if let ([only], Some(before)) = (entries.as_mut_slice(), references.last())
            && only.post.is_none()
            && let Some(serial) = serial_alone(only.span.text(text))
            && before.serial.is_some()
        {
            *only = Reference { letter: only.letter, span: only.span, serial: Some(serial), ..before.clone() };
        }
        references.extend(entries);
    }
    references
}

/// A serial that stands for a whole reference.
fn serial_alone(text: &str) -> Option<u32> {
    static SERIAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^#?(?<serial>\d{2,6})(?:\s?\(?NOTAL\)?)?$"));
    SERIAL.captures(text)?.name("serial")?.as_str().parse().ok()
}

/// The letters of the list, the columns they stand in, and where each entry's own text begins.
fn letters(text: &str) -> Vec<(char, Span, u32)> {
    let mut letters: Vec<(char, Span, u32)> = Vec::new();
    let mut at = 0;
    // Whether the letter before was a small one: then the next may be, whatever it stands for.
    let mut small = false;
    while let Some(found) = LETTER.captures_at(text, at) {
        let Some((whole, letter)) =
            found.get(0).zip(["a", "b", "c", "d", "e", "f"].iter().find_map(|name| found.name(name)))
        else {
            break;
        };
        at = whole.end().saturating_sub(1).max(whole.start() + 1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
        let character = letter.as_str().chars().next().unwrap_or('A').to_ascii_uppercase();
        let is_small = letter.as_str().bytes().all(|byte| byte.is_ascii_lowercase());
        // `A. A) ASTANA 515`: the letter twice is one.
        if let Some(last) = letters.last_mut().filter(|last| last.0 == character)
            && found.name("d").is_none()
            && text
                .get(last.2 as usize..letter.start())
                .is_some_and(|between| between.trim_matches([' ', '(']).is_empty())
        {
            last.2 = whole.end() as u32;
            at = whole.end();
            continue;
        }
        let expected = letters.last().map_or('A', |last| (last.0 as u8 + 1) as char);
        let line_start = text[..letter.start()]
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .all(|c| !c.is_alphanumeric() || c == '1');
        let bracketed = found.name("b").is_some();
        let rest = text[whole.end()..].trim_start();
        // `(C)` before a reference is a portion mark unless the letters run up to it; a bare letter needs its cable.
        let is_letter = if is_small {
            let run =
                letters.last().is_some_and(|last| text[..last.2 as usize].trim_end().ends_with([')', '.']) && small);
            small = character == expected && (line_start || starts_with_cable(rest) || run);
            small
        } else if found.name("d").is_some() {
            // The first of a list may be another where each has its keyword: `REF B ASTANA 515`.
            (character == expected || letter.start() == 0) && starts_with_cable(rest)
        } else if bracketed && matches!(character, 'U' | 'C' | 'S') {
            character == expected
        } else {
            let repeated = bracketed && letters.last().is_some_and(|last| character == last.0);
            character == expected
                || (repeated && starts_with_cable(rest))
                || line_start
                || letters.last().is_some_and(|last| {
                    character > last.0 && character as u8 - last.0 as u8 <= 3 && starts_with_cable(rest)
                })
        };
        if is_letter {
            let mark = Span::of(letter.start()..letter.end());
            letters.push((character, mark, whole.end() as u32));
            at = whole.end();
        }
    }
    // The columns of a letter run from its sign to its own text.
    for (_, span, body) in &mut letters {
        let lead =
            text[..span.start as usize].trim_end_matches(|c: char| !c.is_whitespace() && !matches!(c, ',' | ';' | '.'));
        *span = Span::new(lead.len() as u32, *body);
    }
    letters
}

fn read_entry(text: &str, span: Span, letter: Option<(char, Span)>, catalog: &Catalog) -> Vec<Reference> {
    let entry = span.text(text);
    let free =
        |letter, span: Span| Reference { letter, span, post: None, serial: None, year: None, compact_post: None };
    let mut references: Vec<Reference> = Vec::new();
    for found in CABLE.captures_iter(entry) {
        let (Some(whole), Some(post), Some(serial)) = (found.get(0), found.name("post"), found.name("serial")) else {
            continue;
        };
        // Serials that the entry before counted in already.
        if references.last().is_some_and(|last| last.span.end > span.start + serial.start() as u32) {
            continue;
        }
        let end_of_last = references.last().map_or(0, |last| (last.span.end - span.start) as usize);
        let Some((post_start, name, compact)) = known_post(post.as_str(), catalog) else { continue };
        // `DOE-ROE 11/10/09 EMAIL`, `ATTACHMENT 1`: days and counts behind words that are no post.
        let is_day = serial.len() <= 2 || DAY.is_match(&entry[serial.start()..]);
        if compact.is_none() && is_day {
            continue;
        }
        // Figures of a longer number are no year, and then the year of the cable is none either.
        let is_torn = |year: &regex::Match<'_>| entry[..year.start()].ends_with(char::is_alphanumeric);
        // So are letters among figures, a single figure before the post, and figures that go on after the serial.
        let torn = found.name("year").is_some_and(|year| is_torn(&year))
            || (post_start == 0
                && found.name("year").is_none()
                && GARBLED_YEAR.is_match(&entry[end_of_last.min(whole.start())..whole.start()]))
            || GARBLED_END.is_match(&entry[whole.end()..])
            || (serial.len() <= 2 && THOUSANDS.is_match(&entry[whole.end()..]));
        let year = found
            .name("year")
            .filter(|_| post_start == 0 && !torn)
            .or_else(|| found.name("after"))
            .or_else(|| found.name("slash"));
        let dated = DATED.captures(&entry[whole.end()..]).filter(|_| year.is_none());
        let year = year.or_else(|| dated.as_ref().and_then(|dated| dated.name("year").or_else(|| dated.name("short"))));
        let start = if post_start == 0 { whole.start() } else { post.start() + post_start };
        let mut reference = Reference {
            letter,
            span: Span::of(start..whole.end()).shifted(span.start),
            post: Some(name),
            serial: serial.as_str().parse().ok(),
            year: year.and_then(|m| m.as_str().trim_matches(['(', ')', '\'']).parse().ok()).map(four_digit_year),
            compact_post: compact.filter(|_| !torn),
        };
        // `2799 AND 2764`, `936/935`: more cables of the same post.
        let mut rest = whole.end();
        let first = reference.clone();
        references.push(reference.clone());
        while let Some(more) = MORE_SERIALS.captures(&entry[rest..]) {
            let (Some(whole), Some(serial)) = (more.get(0), more.name("serial")) else { break };
            if starts_with_cable(entry[rest + serial.start()..].trim_start()) {
                break;
            }
            reference.span = Span::of(rest + serial.start()..rest + serial.end()).shifted(span.start);
            reference.serial = serial.as_str().parse().ok();
            reference.year = first.year;
            references.push(reference.clone());
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

/// Cables written without blanks, each behind a separator.
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

/// The entry without blanks and separators around it.
fn clean(text: &str, span: Span) -> Span {
    let inner = crate::line::trimmed_span(span.text(text)).shifted(span.start);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Letter, text and canonical id with the year 2007 where none is written.
    fn entries(text: &str) -> Vec<(Option<char>, &str, Option<String>)> {
        read(text, &Catalog::built_in())
            .into_iter()
            .map(|reference| {
                let id = reference.compact_post.zip(reference.serial).map(|(post, serial)| {
                    format!("{:02}{post}{serial}", reference.year.unwrap_or(2007).rem_euclid(100))
                });
                (reference.letter.map(|letter| letter.0), reference.span.text(text), id)
            })
            .collect()
    }

    #[test]
    fn reads_lists_of_every_shape() {
        let id = |id: &str| Some(id.to_owned());
        assert_eq!(entries("State 126089"), [(None, "State 126089", id("07STATE126089"))]);
        assert_eq!(
            entries("A. ASTANA 515 B. 06 ASTANA 121"),
            [(Some('A'), "ASTANA 515", id("07ASTANA515")), (Some('B'), "06 ASTANA 121", id("06ASTANA121"))]
        );
        assert_eq!(
            entries("A. ASTANA 1516\n[1](#)B. ASTANA 2002"),
            [(Some('A'), "ASTANA 1516", id("07ASTANA1516")), (Some('B'), "ASTANA 2002", id("07ASTANA2002"))]
        );
        assert_eq!(
            entries("(A) TEL AVIV 701 (08), (B) STATE 99685 (NOTAL)"),
            [
                (Some('A'), "TEL AVIV 701 (08)", id("08TELAVIV701")),
                (Some('B'), "STATE 99685 (NOTAL)", id("07STATE99685"))
            ]
        );
        assert_eq!(
            entries("A JAKARTA 1160 B JAKARTA 1157"),
            [(Some('A'), "JAKARTA 1160", id("07JAKARTA1160")), (Some('B'), "JAKARTA 1157", id("07JAKARTA1157"))]
        );
        assert_eq!(
            entries("ASTANA 2799 AND 2764"),
            [(None, "ASTANA 2799", id("07ASTANA2799")), (None, "2764", id("07ASTANA2764"))]
        );
    }

    #[test]
    fn reads_letters_of_every_kind_over_several_lines() {
        let ids = |text| entries(text).into_iter().map(|(letter, _, id)| (letter, id)).collect::<Vec<_>>();
        let id = |letter, id: &str| (Some(letter), Some(id.to_owned()));
        assert_eq!(
            ids("A. ASTANA 379 B. ALMATY\n412 c. MOSCOW 36 D. 06\nTASHKENT 1205"),
            [id('A', "07ASTANA379"), id('B', "07ALMATY412"), id('C', "07MOSCOW36"), id('D', "06TASHKENT1205")]
        );
        assert_eq!(
            entries("a. 08 State 77001\nb. Td-314/000123-09\nc. Astana 1001"),
            [
                (Some('A'), "08 State 77001", Some("08STATE77001".to_owned())),
                (Some('B'), "Td-314/000123-09", None),
                (Some('C'), "Astana 1001", Some("07ASTANA1001".to_owned())),
            ]
        );
        assert_eq!(ids("(A) ASTANA 1 (B) ALMATY 2 (C ) MOSCOW 36").last(), Some(&id('C', "07MOSCOW36")));
        assert_eq!(ids("(A) ASTANA 4711, (B) 4747"), [id('A', "07ASTANA4711"), id('B', "07ASTANA4747")]);
        assert_eq!(ids("A: ASTANA 1\nREF B: ALMATY 2"), [id('A', "07ASTANA1"), id('B', "07ALMATY2")]);
        assert_eq!(entries("A: ASTANA 1\nREF B: ALMATY 2")[0].1, "ASTANA 1");
        assert_eq!(ids("A. A) ASTANA 1 B. B) ALMATY 2"), [id('A', "07ASTANA1"), id('B', "07ALMATY2")]);
        assert_eq!(ids("ASTANA 1516 OF OCTOBER 22,\n1974"), [(None, Some("74ASTANA1516".to_owned()))]);
        assert_eq!(
            ids("ASTANA 433 ASTANA 421 ALMATY 709 2006 MOSCOW 542"),
            ["07ASTANA433", "07ASTANA421", "07ALMATY709", "06MOSCOW542"].map(|id| (None, Some(id.to_owned())))
        );
        assert_eq!(
            ids("09ASTANA0561; 08ALMATY2528"),
            ["09ASTANA561", "08ALMATY2528"].map(|id| (None, Some(id.to_owned())))
        );
        assert_eq!(entries("A) STATE 1; B) DOE-ROE 11/10/09 EMAIL")[1], (Some('B'), "DOE-ROE 11/10/09 EMAIL", None));
        assert_eq!(entries("ATTACHMENT 1 TO THE LETTER"), [(None, "ATTACHMENT 1 TO THE LETTER", None)]);
        assert_eq!(ids("ASTANA 00001516"), [(None, Some("07ASTANA1516".to_owned()))]);
    }

    #[test]
    fn keeps_what_is_no_cable_as_text() {
        assert_eq!(
            entries("A) DOE - EMBASSY VATICAN EMAIL APRIL 19, B) VATICAN 76"),
            [
                (Some('A'), "DOE - EMBASSY VATICAN EMAIL APRIL 19", None),
                (Some('B'), "VATICAN 76", Some("07VATICAN76".to_owned()))
            ]
        );
        assert_eq!(entries("DOE-ROE TELCON"), [(None, "DOE-ROE TELCON", None)]);
        assert_eq!(entries("A. 09BOGOTA1506")[0].2.as_deref(), Some("09BOGOTA1506"));
        assert_eq!(entries("07 kinshasa 798")[0].2.as_deref(), Some("07KINSHASA798"));
        assert_eq!(entries("2962"), [(None, "2962", None)]);
        assert_eq!(entries("  "), []);
    }

    #[test]
    fn reads_the_keyword() {
        for text in [
            "REF.: X",
            "Ref A: ASTANA 515",
            "RFE: ASTANA 515",
            "RFE: A. ASTANA 515",
            "REF: X",
            "REFS: X",
            "REF(S): X",
            "REFTELS: X",
            "Ref: X",
            "REF; CAIRO 7225",
            "REF ASTANA 515",
            "REF: ",
        ] {
            assert!(keyword(text).is_some(), "{text}");
        }
        for text in ["REFERRING to", "REF A was", "Ref A says", "REFORM: X", "RFE: THE RADIO SAID", "REEF: ASTANA 515"]
        {
            assert_eq!(keyword(text), None, "{text}");
        }
    }
}
