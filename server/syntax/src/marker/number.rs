//! The number of a marker: what is left of the pilcrow, and the digits (FORMAT.md, "Artefacts").

use super::skip_spaces;

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

/// `$\P$7.`: the sign is closed before the digits. Usually the dollars enclose both, `$\P7$.`
const LATEX_SIGN_ALONE: &str = r"$\P$";

/// A number with its sign.
pub(super) struct Number {
    pub(super) sign: Sign,
    pub(super) literal: u32,
    pub(super) digits: u8,
    pub(super) confusable: bool,
    pub(super) split: Option<u8>,
    pub(super) end: usize,
}

impl Number {
    pub(super) fn leading_one(&self) -> bool {
        self.literal / 10_u32.pow(u32::from(self.digits) - 1) == 1
    }
}

/// Reads sign and digits at `start`.
pub(super) fn read_number(line: &str, start: usize) -> Option<Number> {
    let rest = line.get(start..)?;
    let (sign, length) = read_sign(rest)?;
    let mut number = read_digits(line.as_bytes(), start + length, sign)?;
    if sign == Sign::Latex && !rest.starts_with(LATEX_SIGN_ALONE) {
        let dollar = skip_spaces(line.as_bytes(), number.end);
        if line.as_bytes().get(dollar) != Some(&b'$') {
            return None;
        }
        number.end = dollar + 1;
    }
    Some(number)
}

/// Reads the sign at the start of `rest`: what it is and its length in bytes, trailing spaces included. A missing
/// sign is `Sign::None` of length 0; `None` when no number can follow.
fn read_sign(rest: &str) -> Option<(Sign, usize)> {
    let bytes = rest.as_bytes();
    let (sign, length) = match *bytes.first()? {
        0xC2 if rest.starts_with('¶') => (Sign::Kept, '¶'.len_utf8()),
        0xC2 if rest.starts_with('§') => (Sign::Letter, '§'.len_utf8()),
        b'P' if bytes.get(1).is_some_and(u8::is_ascii_digit) => (Sign::Letter, 1),
        b'1' | b'I' | b'l' | b'|' if bytes.get(1) == Some(&b'[') => (Sign::Letter, 2),
        b'$' if rest.starts_with(LATEX_SIGN_ALONE) => (Sign::Latex, 4),
        b'$' if rest.starts_with(r"$\P") => (Sign::Latex, 3),
        b'[' => (Sign::Link, link_length(rest)?),
        first if is_digit(first) => return Some((Sign::None, 0)),
        _ => return None,
    };
    Some((sign, skip_spaces(bytes, length)))
}

/// The length of `[1](#)` or `[¶](#par7)` at the start of `rest`.
fn link_length(rest: &str) -> Option<usize> {
    let target = rest.strip_prefix("[1](").or_else(|| rest.strip_prefix("[¶]("))?;
    // A link target holds no space; what does is text.
    let close = target.find([')', ' ', '\t'])?;
    target[close..].starts_with(')').then_some(rest.len() - target.len() + close + 1)
}

/// Reads 1 to 4 digits at `start`, letters that pass for digits and one space inside included.
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

/// Whether the space at `blank` splits a number: digits and a period follow directly, as in `1 0.`
fn is_split(bytes: &[u8], blank: usize) -> bool {
    let rest = &bytes[blank + 1..];
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (1..=3).contains(&digits)
        && rest.get(digits) == Some(&b'.')
        && !rest.get(digits + 1).is_some_and(u8::is_ascii_digit)
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
