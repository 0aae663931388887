//! How a paragraph number is written: dash, sign, digits, separator and portion mark (FORMAT.md A.8 and C).
//!
//! A pure function of one line. It only says what stands there; which number it really is, and whether it is a
//! paragraph at all, is the decoder's business. Every offset counts bytes from the start of the line read.

use crate::span::Span;

/// What is left of the pilcrow that the web edition put before a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sign {
    /// Nothing, or only a digit 1 that may be a misread pilcrow: `7.`, `17.`
    #[default]
    None,
    /// The sign itself: `¶7.`
    Kept,
    /// A link around it: `[1](#)7.`, `[¶](#par7)7.`
    Link,
    /// Its LaTeX spelling: `$\P7$.`
    Latex,
    /// Another character read for it: `P7.`, `§7.`, `1[7.`, `I[7.`
    Letter,
}

/// What stands between the number and the portion mark or the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Separator {
    /// `7.`
    #[default]
    Period,
    /// `7)` or `7.)`
    Parenthesis,
    /// `7 (C)`: only a portion mark makes it a marker.
    Missing,
}

/// The level that a portion mark gives its paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// `U`
    Unclassified,
    /// `SBU`
    SensitiveButUnclassified,
    /// `LOU`, until 1995
    LimitedOfficialUse,
    /// `FOUO`, from other agencies
    ForOfficialUseOnly,
    /// `C`
    Confidential,
    /// `S`
    Secret,
    /// `TS`
    TopSecret,
}

impl Level {
    /// Rank for comparison: U < SBU, LOU, FOUO < C < S < TS (FORMAT.md B.9).
    pub const fn rank(self) -> u8 {
        match self {
            Self::Unclassified => 0,
            Self::SensitiveButUnclassified | Self::LimitedOfficialUse | Self::ForOfficialUseOnly => 1,
            Self::Confidential => 2,
            Self::Secret => 3,
            Self::TopSecret => 4,
        }
    }

    /// The level that `word` names, in either case. The longest word is `UNCLASSIFIED`.
    fn of(word: &str) -> Option<Self> {
        const WORDS: [(&str, Level); 10] = [
            ("U", Level::Unclassified),
            ("C", Level::Confidential),
            ("S", Level::Secret),
            ("TS", Level::TopSecret),
            ("SBU", Level::SensitiveButUnclassified),
            ("LOU", Level::LimitedOfficialUse),
            ("FOUO", Level::ForOfficialUseOnly),
            ("SECRET", Level::Secret),
            ("CONFIDENTIAL", Level::Confidential),
            ("UNCLASSIFIED", Level::Unclassified),
        ];
        WORDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|&(_, level)| level)
    }
}

/// A portion mark: `(SBU)`, `(S//NF)`, `(C - ENTIRE TEXT)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mark {
    /// With its brackets.
    pub span: Span,
    /// Inside the brackets, trimmed; of an entire-text mark only the level.
    pub text: Span,
    /// The level it gives; a caveat does not change it.
    pub level: Level,
    /// False for `C)`, `(C` and `[C]` (PAR006).
    pub well_formed: bool,
    /// Blanks stand inside the brackets: `(C )` (PAR014).
    pub padded: bool,
    /// `(C - ENTIRE TEXT)`: no other paragraph needs a mark.
    pub entire_text: bool,
}

/// A paragraph number as written, with its portion mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each is a separate observation of the text, not a state")]
pub struct Marker {
    /// The whole marker: dash, sign, digits, separator and mark, as far as present.
    pub span: Span,
    /// Dash, sign and digits: what a repair rewrites. `$\P7$` is covered with both dollars.
    pub number: Span,
    /// A list dash of the transcription stands in front.
    pub dash: bool,
    /// What is left of the pilcrow.
    pub sign: Sign,
    /// What closes the number.
    pub separator: Separator,
    /// The digits as written: letters that pass for digits read as digits, blanks dropped.
    pub literal: u32,
    /// How many digits those are, 1 to 4.
    pub digits: u8,
    /// A letter stands for a digit: `1O.`, `l7.`
    pub confusable: bool,
    /// How many digits stand before a blank inside the number: 1 in `1 0.` and `1 7.`
    pub split: Option<u8>,
    /// The portion mark.
    pub mark: Option<Mark>,
    /// The portion mark stands before the number: `(C) 7.`
    pub mark_first: bool,
    /// No blank between the number and what follows: `7.(C)`, `7.Text` (PAR014).
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

    /// Whether a blank is missing or one too many (PAR014).
    pub fn is_misspaced(&self) -> bool {
        self.glued || self.mark.is_some_and(|mark| mark.padded)
    }
}

/// Reads the marker at the start of a line; leading blanks are allowed.
pub fn read_marker(line: &str) -> Option<Marker> {
    let bytes = line.as_bytes();
    let start = skip_blanks(bytes, 0);
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
    read_number_first(line, start, after_dash)
}

/// Reads the markers with a portion mark that follow a sentence end inside the line: `... history. 7. (U) The` (PAR015).
pub fn markers_inside(line: &str) -> impl Iterator<Item = Marker> + '_ {
    let bytes = line.as_bytes();
    memchr::memchr_iter(b'(', bytes).filter_map(move |bracket| {
        // Back over the blanks between number and mark, then over the number itself.
        let number_end = trim_blanks(bytes, bracket);
        let start = bytes[..number_end].iter().rposition(|byte| is_blank(*byte))? + 1;
        let sentence_end = trim_blanks(bytes, start);
        if start == number_end || !ends_sentence(&line[..sentence_end]) {
            return None;
        }
        read_number_first(line, start, start).filter(|marker| {
            marker.separator == Separator::Period
                && marker.mark.is_some_and(|mark| mark.well_formed && mark.span.start as usize == bracket)
        })
    })
}

/// Reads a portion mark at the very start of `text`, as in `SUBJECT: (C) ...`.
pub fn read_mark(text: &str) -> Option<Mark> {
    read_mark_at(text, 0)
}

/// Reads the mark of a line that marks the whole cable: `1. (C - ENTIRE TEXT)`, `1. C - ENTIRE TEXT.`,
/// `(S) ENTIRE TEXT`.
pub fn entire_text(line: &str) -> Option<Mark> {
    if let Some(marker) = read_marker(line) {
        let mark = marker.mark?;
        return (mark.entire_text || has_entire_text(line, marker.text as usize)).then_some(mark);
    }
    let start = skip_blanks(line.as_bytes(), 0);
    let mark = read_mark_at(line, start)?;
    let after = skip_blanks(line.as_bytes(), mark.span.end as usize);
    (mark.entire_text || has_entire_text(line, after)).then_some(mark)
}

/// Whether `text` ends like a sentence, with or without closing quotes and brackets.
pub fn ends_sentence(text: &str) -> bool {
    matches!(text.chars().next_back(), Some('.' | '?' | '!' | '"' | '”' | '’' | ')'))
}

/// `(C) 7. Text`: a mark, then a number with a period.
fn read_after_mark(line: &str, start: usize, mark: Mark) -> Option<Marker> {
    let bytes = line.as_bytes();
    let number_start = skip_blanks(bytes, mark.span.end as usize);
    let number = read_number(line, number_start)?;
    let (separator, end) = read_separator(bytes, number.end);
    if separator != Separator::Period || !text_may_follow(bytes, end) {
        return None;
    }
    let text = skip_blanks(bytes, end);
    Some(Marker {
        span: Span::of(start..end),
        number: Span::of(number_start..number.end),
        dash: false,
        sign: number.sign,
        separator,
        literal: number.literal,
        digits: number.digits,
        confusable: number.confusable,
        split: number.split,
        mark: Some(mark),
        mark_first: true,
        glued: text == end && text < bytes.len(),
        text: text as u32,
    })
}

/// `[dash] [sign] digits [separator] [mark]`: `start` is where the dash stands, `sign_start` where the sign does.
fn read_number_first(line: &str, start: usize, sign_start: usize) -> Option<Marker> {
    let bytes = line.as_bytes();
    let number = read_number(line, sign_start)?;
    let (separator, separator_end) = read_separator(bytes, number.end);
    let mark_start = skip_blanks(bytes, separator_end);
    let mark = read_mark_at(line, mark_start)
        .or_else(|| (separator == Separator::Period).then(|| read_broken_mark(line, mark_start)).flatten());
    // A letter passes for a digit, and a lone number for a marker, only with enough around it.
    let plausible = match (&mark, separator) {
        (None, Separator::Missing) => false,
        (None, _) => {
            !number.confusable
                && number.split.is_none_or(|before| before == 1 && number.leading_one())
                && text_may_follow(bytes, separator_end)
        }
        (Some(mark), Separator::Missing) => {
            mark.well_formed && !number.confusable && !continues_reasons(&line[mark.span.end as usize..])
        }
        (Some(_), Separator::Parenthesis) => !number.confusable,
        (Some(_), Separator::Period) => true,
    };
    if !plausible {
        return None;
    }
    let end = mark.map_or(separator_end, |mark| mark.span.end as usize);
    Some(Marker {
        span: Span::of(start..end),
        number: Span::of(start..number.end),
        dash: sign_start > start,
        sign: number.sign,
        separator,
        literal: number.literal,
        digits: number.digits,
        confusable: number.confusable,
        split: number.split,
        mark,
        mark_first: false,
        glued: mark_start == separator_end && mark_start < bytes.len(),
        text: skip_blanks(bytes, end) as u32,
    })
}

/// A number with its sign.
struct Number {
    sign: Sign,
    literal: u32,
    digits: u8,
    confusable: bool,
    split: Option<u8>,
    end: usize,
}

impl Number {
    fn leading_one(&self) -> bool {
        self.literal / 10_u32.pow(u32::from(self.digits) - 1) == 1
    }
}

/// Reads sign and digits at `start`.
fn read_number(line: &str, start: usize) -> Option<Number> {
    let rest = line.get(start..)?;
    let (sign, length) = read_sign(rest)?;
    let mut number = read_digits(line.as_bytes(), start + length, sign)?;
    if sign == Sign::Latex && rest.as_bytes().get(length - 1) != Some(&b'$') {
        let dollar = skip_blanks(line.as_bytes(), number.end);
        if line.as_bytes().get(dollar) != Some(&b'$') {
            return None;
        }
        number.end = dollar + 1;
    }
    Some(number)
}

/// Reads the sign at the start of `rest`: what it is and its length in bytes, trailing blanks included. A missing
/// sign is `Sign::None` of length 0; `None` when no number can follow.
fn read_sign(rest: &str) -> Option<(Sign, usize)> {
    let bytes = rest.as_bytes();
    let (sign, length) = match *bytes.first()? {
        0xC2 if rest.starts_with('¶') => (Sign::Kept, '¶'.len_utf8()),
        0xC2 if rest.starts_with('§') => (Sign::Letter, '§'.len_utf8()),
        b'P' if bytes.get(1).is_some_and(u8::is_ascii_digit) => (Sign::Letter, 1),
        b'1' | b'I' | b'l' | b'|' if bytes.get(1) == Some(&b'[') => (Sign::Letter, 2),
        b'$' if rest.starts_with(r"$\P$") => (Sign::Latex, 4),
        b'$' if rest.starts_with(r"$\P") => (Sign::Latex, 3),
        b'[' => (Sign::Link, link_length(rest)?),
        first if is_digit(first) => return Some((Sign::None, 0)),
        _ => return None,
    };
    Some((sign, skip_blanks(bytes, length)))
}

/// The length of `[1](#)` or `[¶](#par7)` at the start of `rest`.
fn link_length(rest: &str) -> Option<usize> {
    let target = rest.strip_prefix("[1](").or_else(|| rest.strip_prefix("[¶]("))?;
    let close = target.find(')')?;
    // A link target holds no blank; what does is text.
    (!target[..close].contains(' ')).then_some(rest.len() - target.len() + close + 1)
}

/// Reads 1 to 4 digits at `start`, letters that pass for digits and one blank inside included.
fn read_digits(bytes: &[u8], start: usize, sign: Sign) -> Option<Number> {
    let mut number = Number { sign, literal: 0, digits: 0, confusable: false, split: None, end: start };
    let mut genuine = 0;
    while let Some(&byte) = bytes.get(number.end) {
        if is_digit(byte) {
            let value = digit_value(byte);
            number.confusable |= !byte.is_ascii_digit();
            genuine += u8::from(byte.is_ascii_digit());
            number.literal = number.literal * 10 + value;
            number.digits += 1;
            if number.digits > 4 {
                return None;
            }
            number.end += 1;
        } else if byte == b' ' && number.split.is_none() && is_split(bytes, number.end) {
            number.split = Some(number.digits);
            number.end += 1;
        } else {
            break;
        }
    }
    let written = &bytes[start..number.end];
    // A single capital and a run of capital I are letters and Roman numerals; a number does not begin with 0.
    let letters_only = genuine == 0 && (written.len() == 1 || written.iter().all(|&byte| byte == b'I'));
    (number.digits > 0 && number.literal > 0 && !letters_only && digit_value(written[0]) != 0).then_some(number)
}

/// Whether the blank at `blank` splits a number: digits and a period follow directly, as in `1 0.`
fn is_split(bytes: &[u8], blank: usize) -> bool {
    let rest = &bytes[blank + 1..];
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (1..=3).contains(&digits)
        && rest.get(digits) == Some(&b'.')
        && !rest.get(digits + 1).is_some_and(u8::is_ascii_digit)
}

/// Reads what closes a number that ends at `end`: the separator and the offset after it.
fn read_separator(bytes: &[u8], end: usize) -> (Separator, usize) {
    match (bytes.get(end), bytes.get(end + 1)) {
        (Some(b'.'), Some(b')')) => (Separator::Parenthesis, end + 2),
        (Some(b'.'), _) => (Separator::Period, end + 1),
        (Some(b')'), _) => (Separator::Parenthesis, end + 1),
        _ => (Separator::Missing, end),
    }
}

/// Whether what stands at `at`, directly after the separator of an unmarked number, can be a paragraph's text.
/// Glued text must begin like a sentence: `6.Request`, but not `3.5`, `1.4(b)`, `2.a.`, `3.A.` or `5.com`.
fn text_may_follow(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at) {
        None => true,
        Some(&byte) if is_blank(byte) => true,
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

/// Reads a whole mark at `start`: `(SBU)`, `(S//NF)`, `[C]`, `(C - ENTIRE TEXT)`, `C - ENTIRE TEXT`.
fn read_mark_at(text: &str, start: usize) -> Option<Mark> {
    let bytes = text.as_bytes();
    let (open, close) = match bytes.get(start)? {
        b'(' => (true, b')'),
        b'[' => (true, b']'),
        byte if byte.is_ascii_alphabetic() => (false, b'.'),
        _ => return None,
    };
    let inside = start + usize::from(open);
    let word_start = skip_blanks(bytes, inside);
    let word_end = word_start + bytes[word_start..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let level = Level::of(&text[word_start..word_end])?;
    let mut at = skip_blanks(bytes, word_end);
    let mut text_end = word_end;
    let entire_text = bytes.get(at) == Some(&b'-') && has_entire_text(text, skip_blanks(bytes, at + 1));
    if entire_text {
        at = skip_blanks(bytes, at + 1) + ENTIRE_TEXT.len();
        if !open || bytes.get(at) != Some(&close) {
            // The bracket of `1. C - ENTIRE TEXT.` may be missing.
            return Some(mark(start, at, word_start..word_end, level, true, false, true));
        }
    } else if !open {
        return None;
    } else if matches!(bytes.get(at), Some(b'/')) {
        let caveat = skip_blanks(bytes, at + 1 + usize::from(bytes.get(at + 1) == Some(&b'/')));
        let length = bytes[caveat..].iter().take_while(|byte| is_caveat(**byte)).count();
        at = caveat + length;
        text_end = trim_blanks(bytes, at);
        if text_end == caveat {
            return None;
        }
    }
    (bytes.get(at) == Some(&close)).then(|| {
        let padded = word_start > inside || (text_end < at && !entire_text);
        mark(start, at + 1, word_start..text_end, level, close == b')', padded, entire_text)
    })
}

/// Reads a mark that lost one bracket: `C) Text`, `(C Text`.
fn read_broken_mark(text: &str, start: usize) -> Option<Mark> {
    let bytes = text.as_bytes();
    let open = bytes.get(start) == Some(&b'(');
    let word = start + usize::from(open);
    let mut end = word + bytes.get(word..)?.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let level = Level::of(&text[word..end])?;
    let caveat = bytes[end..].iter().take_while(|&&byte| byte == b'/' || byte.is_ascii_uppercase()).count();
    if bytes.get(end) == Some(&b'/') {
        end += caveat;
    }
    let closed = bytes.get(end) == Some(&b')');
    // `(C Text`: one bracket must be there, and text must begin like a sentence where the closing one is lost.
    let next = skip_blanks(bytes, end);
    let begins_text = next > end && bytes.get(next).is_some_and(|byte| byte.is_ascii_uppercase() || *byte == b'"');
    (closed != open && (closed || begins_text))
        .then(|| mark(start, end + usize::from(closed), word..end, level, false, false, false))
}

fn mark(
    start: usize,
    end: usize,
    text: std::ops::Range<usize>,
    level: Level,
    well_formed: bool,
    padded: bool,
    entire_text: bool,
) -> Mark {
    Mark { span: Span::of(start..end), text: Span::of(text), level, well_formed, padded, entire_text }
}

const ENTIRE_TEXT: &str = "ENTIRE TEXT";

fn has_entire_text(text: &str, at: usize) -> bool {
    text.get(at..at + ENTIRE_TEXT.len()).is_some_and(|words| words.eq_ignore_ascii_case(ENTIRE_TEXT))
}

/// Skips a list dash at `start` together with the blanks that must follow it.
fn skip_dash(line: &str, start: usize) -> usize {
    let length = match line[start..].chars().next() {
        Some(dash @ ('-' | '*' | '•' | '–')) => dash.len_utf8(),
        _ => return start,
    };
    let after = skip_blanks(line.as_bytes(), start + length);
    if after > start + length { after } else { start }
}

fn skip_blanks(bytes: &[u8], start: usize) -> usize {
    start + bytes[start..].iter().take_while(|byte| is_blank(**byte)).count()
}

fn trim_blanks(bytes: &[u8], end: usize) -> usize {
    bytes[..end].iter().rposition(|byte| !is_blank(*byte)).map_or(0, |last| last + 1)
}

/// Blanks, and the line end that a caller may have left on.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

fn is_caveat(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b' ' | b',' | b'/')
}

/// A digit, or a letter that the scan may have put for one.
fn is_digit(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'l' | b'I' | b'|' | b'O' | b'o')
}

fn digit_value(byte: u8) -> u32 {
    match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'O' | b'o' => 0,
        _ => 1,
    }
}
