//! How a paragraph number is written: dash, sign, digits, separator and portion mark
//! (FORMAT.md, "Paragraph markers", "Artefacts").
//!
//! A pure function of one line. It only says what is there; which number it really is, and whether it is a
//! paragraph at all, is the decoder's business. Every offset counts bytes from the start of the line read.

mod inside;
mod mark;
mod number;
#[cfg(test)]
mod tests;

pub use inside::{Follows, Inside, markers_inside};
pub(crate) use inside::{Footing, Unmarked, number_in_brackets, unmarked_inside, unmarked_without_period};
pub use mark::{Level, Mark, read_mark};
pub use number::Sign;

use std::ops::Range;

use crate::span::Span;
use mark::{has_entire_text, read_broken_mark, read_mark_at};
use number::{Number, read_number};

/// What is between the number and the portion mark or the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Separator {
    /// `7.`
    #[default]
    Period,
    /// `7)` or `7.)`
    Parenthesis,
    /// `7 (C)`: only a portion mark makes it a marker.
    Missing,
    /// `7, (C)`: the same.
    Comma,
    /// `(7) (C)`: the same.
    Brackets,
}

/// A paragraph number as written, with its portion mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each is a separate observation of the text, not a state")]
pub struct Marker {
    /// The whole marker: dash, sign, digits, separator and mark, as far as present.
    pub span: Span,
    /// Dash, sign and digits: what a repair rewrites. `$\P7$` is covered with both dollars.
    pub number: Span,
    /// A list dash of the transcription is in front.
    pub dash: bool,
    /// What is left of the pilcrow.
    pub sign: Sign,
    /// What closes the number.
    pub separator: Separator,
    /// The digits as written: letters that pass for digits read as digits, spaces dropped.
    pub literal: u32,
    /// How many digits those are, 1 to 4.
    pub digits: u8,
    /// The last number of a range: 12 in `4-12. (U)`, one marker for nine paragraphs.
    pub through: Option<u32>,
    /// A letter stands for a digit: `1O.`, `l7.`
    pub confusable: bool,
    /// How many digits are before a space inside the number: 1 in `1 0.` and `1 7.`
    pub split: Option<u8>,
    /// The portion mark.
    pub mark: Option<Mark>,
    /// The portion mark is before the number: `(C) 7.`
    pub mark_first: bool,
    /// No space between the number and what follows: `7.(C)`, `7.Text` (PAR014).
    pub glued: bool,
    /// Where the paragraph's text begins.
    pub text: u32,
}

impl Marker {
    /// Whether the first digit can be a misread pilcrow: a 1 before a digit other than 0.
    pub fn may_strip(&self) -> bool {
        self.stripped() != self.literal
    }

    /// The number without a leading 1 that may be a misread pilcrow; the literal number where there is none.
    pub fn stripped(&self) -> u32 {
        if self.through.is_some() {
            return self.literal;
        }
        let unit = 10_u32.pow(u32::from(self.digits.saturating_sub(1)));
        let rest = self.literal % unit;
        if self.digits >= 2 && self.literal / unit == 1 && rest >= unit / 10 { rest } else { self.literal }
    }

    /// Whether a reader could misread it (PAR006): a period or bracket lost, a number split or with letters.
    pub fn is_malformed(&self) -> bool {
        self.separator != Separator::Period
            || self.confusable
            || self.split.is_some()
            || self.mark.is_some_and(|mark| !mark.well_formed)
    }

    /// Whether a space is missing or one too many (PAR014).
    pub fn is_misspaced(&self) -> bool {
        self.glued || self.mark.is_some_and(|mark| mark.padded)
    }
}

/// Reads the marker at the start of a line; leading spaces are allowed.
pub fn read_marker(line: &str) -> Option<Marker> {
    let bytes = line.as_bytes();
    let start = skip_spaces(bytes, 0);
    // Nearly every line of a cable ends here.
    let first = *bytes.get(start)?;
    if !(first.is_ascii_digit()
        || matches!(first, b'[' | b'$' | b'P' | b'I' | b'l' | b'|' | b'O' | b'o' | b'-' | b'*' | b'(')
        || matches!(first, 0xC2 | 0xE2))
    {
        return None;
    }
    let after_dash = skip_dash(line, start);
    if let Some(mark) = read_mark_at(line, after_dash).filter(|mark| mark.well_formed && !mark.entire_text) {
        return read_after_mark(line, after_dash, mark);
    }
    if first == b'(' {
        return read_number_in_brackets(line, start);
    }
    read_number_first(line, start, after_dash)
}

/// Reads the mark of a line that marks the whole cable: `1. (C - ENTIRE TEXT)`, `1. C - ENTIRE TEXT.`,
/// `(S) ENTIRE TEXT`.
pub fn entire_text(line: &str) -> Option<Mark> {
    if let Some(marker) = read_marker(line) {
        let mark = marker.mark?;
        return (mark.entire_text || has_entire_text(line, marker.text as usize)).then_some(mark);
    }
    let start = skip_spaces(line.as_bytes(), 0);
    let mark = read_mark_at(line, start)?;
    let after = skip_spaces(line.as_bytes(), mark.span.end as usize);
    (mark.entire_text || has_entire_text(line, after)).then_some(mark)
}

/// Whether `text` ends like a sentence, with or without closing quotes and brackets.
pub fn ends_sentence(text: &str) -> bool {
    matches!(text.chars().next_back(), Some('.' | '?' | '!' | '"' | '”' | '’' | ')'))
}

/// Whether `text` ends in the words that close a block, `END SUMMARY`, with or without their period.
pub(crate) fn ends_block(text: &str) -> bool {
    const BLOCKS: [&str; 5] = ["SUMMARY", "COMMENT", "NOTE", "TEXT", "QUOTE"];
    let text = text.trim_end_matches([' ', '.', ')', '"']);
    // Few texts end in a letter that one of these ends in.
    if !text.ends_with(['Y', 'y', 'T', 't', 'E', 'e']) {
        return false;
    }
    let mut words = text.rsplit(' ');
    let is_block = words.next().is_some_and(|last| BLOCKS.iter().any(|block| block.eq_ignore_ascii_case(last)));
    is_block && words.next().is_some_and(|end| end.eq_ignore_ascii_case("end"))
}

/// The marker that is a number and nothing else. It covers `span`, and the text begins at `text`.
fn number_alone(number: &Number, span: Range<usize>, separator: Separator, text: usize) -> Marker {
    Marker {
        number: Span::of(span.start..number.end),
        span: Span::of(span),
        dash: false,
        sign: number.sign,
        separator,
        literal: number.literal,
        digits: number.digits,
        through: None,
        confusable: number.confusable,
        split: number.split,
        mark: None,
        mark_first: false,
        glued: false,
        text: text as u32,
    }
}

/// `(C) 7. Text`: a mark, then a number with a period.
fn read_after_mark(line: &str, start: usize, mark: Mark) -> Option<Marker> {
    let bytes = line.as_bytes();
    let number_start = skip_spaces(bytes, mark.span.end as usize);
    let number = read_number(line, number_start)?;
    let (separator, end) = read_separator(bytes, number.end);
    if separator != Separator::Period || !text_may_follow(bytes, end) {
        return None;
    }
    let text = skip_spaces(bytes, end);
    Some(Marker {
        number: Span::of(number_start..number.end),
        mark: Some(mark),
        mark_first: true,
        glued: text == end && text < bytes.len(),
        ..number_alone(&number, start..end, separator, text)
    })
}

/// `(7) (C) Text`, `(7. (C) Text`: a number in brackets, or after one too many, which a portion mark must follow.
fn read_number_in_brackets(line: &str, start: usize) -> Option<Marker> {
    let bytes = line.as_bytes();
    let number = read_number(line, start + 1)?;
    let end = match (bytes.get(number.end), bytes.get(number.end + 1)) {
        (Some(b')'), Some(b'.')) => number.end + 2,
        (Some(b')' | b'.'), _) => number.end + 1,
        _ => return None,
    };
    let is_plain = number.sign == Sign::None && number.split.is_none();
    let mark = read_mark_at(line, skip_spaces(bytes, end))?;
    let mark_end = mark.span.end as usize;
    (is_plain && mark.well_formed && !number.confusable).then(|| Marker {
        number: Span::of(start..end),
        mark: Some(mark),
        glued: mark.span.start as usize == end,
        ..number_alone(&number, start..mark_end, Separator::Brackets, skip_spaces(bytes, mark_end))
    })
}

/// `[dash] [sign] digits [separator] [mark]`: `start` is where the dash is, `sign_start` where the sign is.
fn read_number_first(line: &str, start: usize, sign_start: usize) -> Option<Marker> {
    let bytes = line.as_bytes();
    let mut number = read_number(line, sign_start)?;
    let range = read_range_end(line, &number);
    if let Some((_, end)) = range {
        number.end = end;
    }
    let (separator, separator_end) = match read_separator(bytes, number.end) {
        // `2 . (U)`: what the space parts is read only before a mark.
        (Separator::Missing, end) if bytes[end..].starts_with(b" .") => (Separator::Missing, end + 2),
        read => read,
    };
    let mark_start = skip_spaces(bytes, separator_end);
    let mark = read_mark_at(line, mark_start)
        .or_else(|| (separator == Separator::Period).then(|| read_broken_mark(line, mark_start)).flatten());
    // A letter passes for a digit, and a lone number for a marker, only with enough around it.
    let plausible = match (&mark, separator) {
        (None, Separator::Missing | Separator::Comma) => false,
        (None, _) => {
            !number.confusable
                && number.split.is_none_or(|before| before == 1 && number.leading_one())
                && text_may_follow(bytes, separator_end)
        }
        (Some(mark), Separator::Missing | Separator::Comma) => {
            mark.well_formed && !number.confusable && !continues_reasons(&line[mark.span.end as usize..])
        }
        (Some(_), Separator::Parenthesis | Separator::Brackets) => !number.confusable,
        (Some(_), Separator::Period) => true,
    };
    if !plausible {
        return None;
    }
    let end = mark.map_or(separator_end, |mark| mark.span.end as usize);
    Some(Marker {
        dash: sign_start > start,
        through: range.map(|(last, _)| last),
        mark,
        glued: mark_start == separator_end && mark_start < bytes.len(),
        ..number_alone(&number, start..end, separator, skip_spaces(bytes, end))
    })
}

/// The most paragraphs that one marker stands for.
const LONGEST_RANGE: u32 = 99;

/// The words between the first and the last number of a range.
const RANGE_WORDS: [&str; 3] = ["TO", "THROUGH", "THRU"];

/// Reads the rest of a range after its first number: `-12` of `4-12. (U)`, ` TO 12` of `4 TO 12. (U)`. Gives its last
/// number and its end. Only a period and a portion mark make it one: days and hours are written in the same way.
fn read_range_end(line: &str, first: &Number) -> Option<(u32, usize)> {
    let bytes = line.as_bytes();
    let between = skip_spaces(bytes, first.end);
    let rest = line.get(between..)?;
    let is_apart = |length: &usize| between > first.end && rest[*length..].starts_with([' ', '\t']);
    let word = || RANGE_WORDS.iter().find_map(|word| starts_with_word(rest, word)).filter(is_apart);
    let length = rest.chars().next().filter(|dash| matches!(dash, '-' | '–')).map(char::len_utf8).or_else(word)?;
    let start = skip_spaces(bytes, between + length);
    let end = start + bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let last: u32 = line.get(start..end).filter(|digits| digits.len() <= 4)?.parse().ok()?;
    let is_range = last > first.literal && last - first.literal <= LONGEST_RANGE;
    if bytes.get(end) != Some(&b'.') {
        return None;
    }
    let is_marked = read_mark_at(line, skip_spaces(bytes, end + 1)).is_some_and(|mark| mark.well_formed);
    (is_range && is_marked && !first.confusable && first.split.is_none()).then_some((last, end))
}

/// The length of a word, in capitals or not, that a text begins with.
fn starts_with_word(text: &str, word: &str) -> Option<usize> {
    text.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)).map(str::len)
}

/// Reads what closes a number that ends at `end`: the separator and the offset after it.
fn read_separator(bytes: &[u8], end: usize) -> (Separator, usize) {
    match (bytes.get(end), bytes.get(end + 1)) {
        (Some(b'.'), Some(b')')) => (Separator::Parenthesis, end + 2),
        (Some(b'.'), _) => (Separator::Period, end + 1),
        (Some(b')'), _) => (Separator::Parenthesis, end + 1),
        (Some(b','), _) => (Separator::Comma, end + 1),
        _ => (Separator::Missing, end),
    }
}

/// What is read or typed for a portion mark, and numbers no list.
const MISREAD_MARKS: [&str; 8] = ["G", "5", "SUB", "SB", "BSU", "SBV", "SBN", "SBY"];

/// Whether what is at `at`, directly after the separator of an unmarked number, can be a paragraph's text.
/// Glued text must begin like a sentence: `6.Request`, but not `3.5`, `1.4(b)`, `2.a.`, `3.A.` or `5.com`.
fn text_may_follow(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at) {
        None => true,
        Some(&byte) if is_blank(byte) => true,
        // `5.(G) The`: what is read for a mark.
        Some(b'(') => MISREAD_MARKS.iter().any(|mark| {
            let rest = bytes.get(at + 1..).and_then(|rest| rest.strip_prefix(mark.as_bytes()));
            matches!(rest, Some([b')', b' ' | b'\t', ..]))
        }),
        // A name that was taken out.
        Some(b'x') => bytes[at..].starts_with(b"xxxx"),
        Some(byte) if byte.is_ascii_uppercase() => match bytes.get(at + 1) {
            Some(b'.' | b')') => bytes.get(at + 2).is_some_and(u8::is_ascii_uppercase),
            _ => true,
        },
        Some(byte) => matches!(byte, b'"' | b'\'') || !byte.is_ascii(),
    }
}

/// `4 (C) and (D).` closes a list of reasons (`1.` on the line before); it is no paragraph that lost its period.
fn continues_reasons(after: &str) -> bool {
    let after = after.trim_start();
    after.is_empty()
        || after.starts_with([',', '.', ';', '&', '/', '(', '+'])
        || after.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("and "))
}

/// Skips a list dash at `start` together with the spaces that must follow it.
fn skip_dash(line: &str, start: usize) -> usize {
    let length = match line[start..].chars().next() {
        Some(dash @ ('-' | '*' | '•' | '–')) => dash.len_utf8(),
        _ => return start,
    };
    let after = skip_spaces(line.as_bytes(), start + length);
    if after > start + length { after } else { start }
}

fn skip_spaces(bytes: &[u8], start: usize) -> usize {
    start + bytes.get(start..).unwrap_or_default().iter().take_while(|byte| is_blank(**byte)).count()
}

fn trim_spaces(bytes: &[u8], end: usize) -> usize {
    bytes[..end].iter().rposition(|byte| !is_blank(*byte)).map_or(0, |last| last + 1)
}

/// Spaces, and the line end that a caller may have left on.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}
