//! Markers inside a line, and those that lost a part and are told only by the number that is missing
//! (FORMAT.md, "Paragraph markers").

use super::number::read_number;
use super::{
    Marker, Separator, Sign, ends_sentence, is_blank, number_alone, read_number_first, read_separator, skip_spaces,
    trim_spaces,
};
use crate::span::Span;

/// A marker inside a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inside {
    /// The marker; its columns are those of the line.
    pub marker: Marker,
    /// What is before it.
    pub follows: Follows,
}

/// What a marker inside a line follows, and so how much speaks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follows {
    /// The end of a sentence, or a rule.
    Sentence,
    /// A heading, a colon, a wide gap: the next number may well begin a paragraph.
    Heading,
    /// Anything else: only a number that is missing makes it a marker, or the next one where all else has been read.
    Words,
}

/// Reads the markers with a portion mark inside the line: `... history. 7. (U) The` (PAR015).
pub fn markers_inside(line: &str) -> impl Iterator<Item = Inside> + '_ {
    let bytes = line.as_bytes();
    // The bracket before, and where the word begins that it is in; the line's first word is no marker inside it,
    // but after what a table left there.
    let (mut before, mut own) = (0, after_cells(bytes, 0));
    // The last word before a bracket, and what it is: many brackets may be after one word.
    let mut last: Option<(usize, Option<Inside>)> = None;
    memchr::memchr_iter(b'(', bytes).filter_map(move |bracket| {
        // Back over the spaces between number and mark, then over the number itself.
        let number_end = trim_spaces(bytes, bracket);
        let blank = bytes[before..number_end].iter().rposition(|byte| is_blank(*byte));
        let start = blank.map(|blank| before + blank + 1).or(own);
        own = if number_end < bracket { Some(bracket) } else { start };
        before = bracket;
        let start = start?;
        let inside = match last {
            Some((word, inside)) if word == start => inside,
            _ => inside_at(line, start),
        };
        last = Some((start, inside));
        inside.filter(|inside| inside.marker.mark.is_some_and(|mark| mark.span.start as usize == bracket))
    })
}

/// Where a number begins that has the ends of a table's cells in front of it: `,,""8. (U)`, at the start of the line also
/// `"11. (C)`.
fn after_cells(bytes: &[u8], start: usize) -> Option<usize> {
    let length = bytes[start..].iter().take_while(|byte| matches!(byte, b',' | b'"' | 0)).count();
    let cells = &bytes[start..start + length];
    let are_cells = cells.contains(&b'"') && (start == 0 || cells.contains(&b','));
    (are_cells && bytes.get(start + length).is_some_and(u8::is_ascii_digit)).then_some(start + length)
}

/// The marker with a portion mark that begins inside the line, with the word at `start`.
fn inside_at(line: &str, word: usize) -> Option<Inside> {
    let start = after_cells(line.as_bytes(), word).unwrap_or(word);
    let marker = read_number_first(line, start, start)
        .filter(|marker| marker.mark.is_some_and(|mark| mark.well_formed))
        .or_else(|| glued_at(line, start))?;
    let before = if start > word { &line[..word] } else { &line[..trim_spaces(line.as_bytes(), word)] };
    let follows = match before.trim_end_matches([' ', '\t', ',', '"', '\0']) {
        _ if start == word => follows(before, word - before.len())?,
        "" => Follows::Sentence,
        before => follows(before, 1)?,
    };
    let is_separated = match marker.separator {
        Separator::Period => true,
        Separator::Parenthesis | Separator::Missing => follows == Follows::Sentence,
        _ => false,
    };
    // A bracket that closes a number, or a word glued to it, is rare enough that only a missing number makes it a marker.
    let is_plain = marker.separator == Separator::Period && marker.number.start as usize == start;
    let follows = if is_plain { follows } else { Follows::Words };
    is_separated.then_some(Inside { marker, follows })
}

/// The marker that is glued to the word that begins at `start`: `high4. (U)`, `Security.4. (U)`.
fn glued_at(line: &str, start: usize) -> Option<Marker> {
    let bytes = line.as_bytes();
    let end = start + bytes[start..].iter().take_while(|byte| !is_blank(**byte) && **byte != b'(').count();
    let digits = bytes[start..end].strip_suffix(b".")?.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let at = end - 1 - digits;
    if !matches!(digits, 1 | 2) || at <= start || !ends_small_word(&line[start..at]) {
        return None;
    }
    read_number_first(line, at, at)
        .filter(|marker| marker.separator == Separator::Period && marker.mark.is_some_and(|mark| mark.well_formed))
}

/// Whether a text ends in a word of small letters, with or without its full stop.
fn ends_small_word(text: &str) -> bool {
    let word = text.strip_suffix('.').unwrap_or(text);
    word.len() >= 3 && word.bytes().rev().take(3).all(|byte| byte.is_ascii_lowercase())
}

/// A number without a mark inside a line, before a capital.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unmarked {
    pub(crate) marker: Marker,
    pub(crate) footing: Footing,
}

/// What an unmarked number inside a line follows. All but a number that is missing are none of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Footing {
    /// The end of a sentence, or a rule.
    Stop,
    /// A quotation or a bracket that closes.
    Closing,
    /// A heading in small letters after the sentence before, or a word glued to the number.
    Title,
    /// Anything else: it tells only that numbers are here that are no paragraphs.
    Words,
}

/// Reads the numbers without a mark inside a line: `... history. 7. The mill`.
pub(crate) fn unmarked_inside(line: &str) -> impl Iterator<Item = Unmarked> + '_ {
    let bytes = line.as_bytes();
    memchr::memchr_iter(b'.', bytes).filter_map(move |period| {
        // Three figures are no paragraph's.
        let digits = bytes[..period].iter().rev().take(3).take_while(|byte| byte.is_ascii_digit()).count();
        let rest = line.get(period + 1..)?.trim_start_matches([' ', '\t']);
        // After a rule the number may end its line, and the text begin below.
        let is_alone = rest.is_empty() && line[..period - digits].trim_end().ends_with("---");
        let begins = is_alone || rest.starts_with(begins_sentence);
        let is_apart = is_alone || bytes.get(period + 1).is_some_and(|byte| is_blank(*byte));
        if !matches!(digits, 1 | 2) || !is_apart || !begins {
            return None;
        }
        let start = period - digits;
        let footing = footing(line, start)?;
        let marker =
            read_number_first(line, start, start).filter(|marker| marker.mark.is_none() && !marker.confusable)?;
        Some(Unmarked { marker, footing })
    })
}

/// What the number at `start` follows; `JUNE 7.` and `No. 7.` follow what they belong to.
fn footing(line: &str, start: usize) -> Option<Footing> {
    let end = trim_spaces(line.as_bytes(), start);
    let text = &line[..end];
    if end == start {
        // `Washington -10.` has its heading's dash glued to it.
        let is_dash =
            text.strip_suffix('-').is_some_and(|before| before.ends_with(' ') && ends_in_letter(before.trim_end()));
        let is_glued = ends_small_word(text);
        return if is_dash { Some(Footing::Stop) } else { is_glued.then_some(Footing::Title) };
    }
    let closed = text.trim_end_matches(['"', '”', '’', ')', ']']);
    let word = text.rsplit([' ', '\t', '(']).next().unwrap_or_default();
    let is_rule =
        text.ends_with("---") || text.strip_suffix(" -").is_some_and(|before| ends_in_letter(before.trim_end()));
    if text.is_empty() || is_counted(word) {
        None
    } else if is_rule || (closed.ends_with(['.', '?', '!'])) {
        Some(Footing::Stop)
    } else if closed.len() < text.len() {
        Some(Footing::Closing)
    } else if ends_in_title(text, 2) {
        Some(Footing::Title)
    } else {
        Some(Footing::Words)
    }
}

fn ends_in_letter(text: &str) -> bool {
    text.ends_with(char::is_alphabetic)
}

/// Words that a number belongs to, and those that are cut short.
const COUNTED: [&str; 21] = [
    "paragraph",
    "paragraphs",
    "article",
    "page",
    "pages",
    "section",
    "chapter",
    "annex",
    "item",
    "step",
    "phase",
    "stage",
    "option",
    "question",
    "point",
    "resolution",
    "tier",
    "category",
    "round",
    "table",
    "room",
];
const COUNTED_SHORT: [&str; 9] = ["no", "nos", "para", "paras", "art", "vol", "pp", "sec", "ref"];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether a number after a word counts what it names: `April 7`, `Article 7`, `No. 7`.
fn is_counted(word: &str) -> bool {
    let stem = word.trim_end_matches('.');
    let is_one_of = |words: &[&str]| words.iter().any(|counted| counted.eq_ignore_ascii_case(stem));
    // `Sept` is short for its month; a sentence may end in the whole name.
    let is_month = |month: &&str| month.get(..stem.len()).is_some_and(|start| start.eq_ignore_ascii_case(stem));
    let is_whole = |month: &&str| month.len() == stem.len();
    let month = MONTHS.iter().find(|month| stem.len() >= 3 && is_month(month));
    let is_stopped = stem.len() < word.len();
    is_one_of(&COUNTED_SHORT)
        || (!is_stopped && is_one_of(&COUNTED))
        || month.is_some_and(|month| !is_stopped || !is_whole(month))
}

/// A heading after a sentence has no more bytes than these.
const LONGEST_TITLE: usize = 110;

/// The words of a heading that have no capital.
const SMALL_WORDS: [&str; 20] = [
    "a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "its", "nor", "of", "on", "or", "the", "to",
    "vs.", "with",
];

/// Whether a text ends in a heading: so many words or more, all but the smallest with a capital, after the end of a
/// sentence or at the start of the line. In a text of capitals nothing tells a heading.
fn ends_in_title(text: &str, least: usize) -> bool {
    let mut from = text.len().saturating_sub(LONGEST_TITLE);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let near = &text[from..];
    let (mut words, mut has_small, mut has_begun) = (0, false, from == 0);
    for word in near.rsplit([' ', '\t']) {
        if word.is_empty() || (word.len() == near.len() && from > 0) {
            continue;
        }
        let stop = word.trim_end_matches(['"', '”', '’', ')', ']']);
        if words > 0 && stop.ends_with(['.', '?', '!']) && !is_abbreviation(stop) {
            has_begun = true;
            break;
        }
        if word.starts_with(char::is_lowercase) && !SMALL_WORDS.contains(&word) {
            return false;
        }
        has_small |= word.chars().any(char::is_lowercase);
        words += 1;
    }
    has_begun && has_small && words >= least
}

/// `U.S.`, `Mr.`, `J.`: no sentence ends there.
fn is_abbreviation(word: &str) -> bool {
    let letters = word.trim_end_matches('.');
    letters.len() <= 2 || letters.contains('.')
}

/// Reads the number at the start of a line that lost its period, or has a comma for it: `2 The mill`, `1, On May 8`. Only
/// one that is missing is a marker.
pub(crate) fn unmarked_without_period(line: &str) -> Option<Marker> {
    let bytes = line.as_bytes();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if !matches!(digits, 1 | 2) {
        return None;
    }
    let number = read_number(line, 0).filter(|number| number.end == digits && number.split.is_none())?;
    let (separator, end) = read_separator(bytes, digits);
    let text = skip_spaces(bytes, end);
    let mut words = line[text..].split([' ', '\t']);
    let first = words.next()?;
    // `2 BEDS`, `3 April` and `4 Members` count things: a sentence goes on after its first word in small letters.
    let is_sentence = first.starts_with(|first: char| first.is_ascii_uppercase())
        && !first.bytes().skip(1).any(|byte| byte.is_ascii_uppercase())
        && BEGINNINGS.contains(&first.trim_end_matches(','));
    let is_lost = matches!(separator, Separator::Missing | Separator::Comma);
    (is_lost && text > end && is_sentence).then(|| number_alone(&number, 0..end, separator, text))
}

/// Reads `(3) The mill` at the start of a line. Only a text that has no other numbers is numbered so, or one whose first
/// number is missing begins so.
pub(crate) fn number_in_brackets(line: &str) -> Option<Marker> {
    let bytes = line.as_bytes();
    let number = read_number(line, 1).filter(|_| bytes.first() == Some(&b'('))?;
    let is_plain = number.digits <= 2 && number.sign == Sign::None && number.split.is_none() && !number.confusable;
    if bytes.get(number.end) != Some(&b')') || !is_plain {
        return None;
    }
    let end = number.end + 1 + usize::from(bytes.get(number.end + 1) == Some(&b'.'));
    let text = skip_spaces(bytes, end);
    (text > end && line[text..].starts_with(begins_sentence))
        .then(|| Marker { number: Span::of(0..end), ..number_alone(&number, 0..end, Separator::Brackets, text) })
}

/// Words that begin a sentence and count nothing.
const BEGINNINGS: [&str; 26] = [
    "A",
    "According",
    "After",
    "Although",
    "An",
    "As",
    "At",
    "Because",
    "During",
    "For",
    "He",
    "However",
    "If",
    "In",
    "It",
    "On",
    "She",
    "Since",
    "The",
    "There",
    "These",
    "They",
    "This",
    "We",
    "When",
    "While",
];

/// Whether a letter may be the first of a sentence.
fn begins_sentence(letter: char) -> bool {
    letter.is_uppercase() || matches!(letter, '"' | '“')
}

/// What a marker after a text follows; `gap` spaces are between. `PARA 7. (U)` is cited.
fn follows(text: &str, gap: usize) -> Option<Follows> {
    let word = text.rsplit([' ', '\t']).next().unwrap_or_default();
    let is_capital =
        word.len() >= 4 && word.bytes().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'-' | b'\''));
    let cites =
        word.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("para")) || word.eq_ignore_ascii_case("and");
    // A heading and its rule may be run together with the paragraph: `TALKS END ------- 3. (U) The`.
    if ends_sentence(text) || text.ends_with("---") {
        Some(Follows::Sentence)
    } else if cites || text.is_empty() {
        None
    } else if text.ends_with([':', ';']) || is_capital || gap >= 2 || ends_in_title(text, 1) {
        Some(Follows::Heading)
    } else {
        (!is_counted(word)).then_some(Follows::Words)
    }
}
