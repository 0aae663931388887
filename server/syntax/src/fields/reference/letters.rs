//! The letters by which a REF list is cited: which of the letters in it are its own.

use std::ops::Range;

use crate::scan::{Scan, is_space};
use crate::span::Span;

use super::entry::starts_with_cable;

/// How a letter of a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `A.`, `A)`, `A:`, `[A]`
    Signed,
    /// `(A)`
    Bracketed,
    /// `A `
    Bare,
    /// `a.`, `(a)`
    Small,
    /// `14201B.`: glued to the serial before it.
    Glued,
}

/// A letter of a list with its sign, as columns of the text.
pub(super) struct Lettered {
    pub(super) whole: Range<usize>,
    pub(super) letter: Range<usize>,
    pub(super) form: Form,
}

impl Lettered {
    /// The first letter from a place on, also glued to the serial before it: `STATE 14201B. GENEVA 133`.
    fn next(text: &str, from: usize) -> Option<Self> {
        (from..text.len()).find_map(|at| Self::at(text, at).or_else(|| Self::glued(text, at)))
    }

    /// The letter that begins at a place, with what is before it: the start of the text or of a line, a space, a sign.
    fn at(text: &str, at: usize) -> Option<Self> {
        let scan = Scan::at_byte(text, at)?;
        let mut line = scan;
        let mut sign = scan;
        let at_start = (at == 0).then_some(scan);
        let at_line = line.take("\n").then(|| {
            line.take_spaces();
            line
        });
        let is_sign = |sign: u8| is_space(char::from(sign)) || matches!(sign, b',' | b';' | b':' | b'.' | b')');
        let after_sign = sign.take_sign(is_sign).then_some(sign);
        let mut starts = [at_start, at_line, after_sign].into_iter().flatten();
        let (letter, form, end) = starts.find_map(|start| {
            let mut marked = start;
            let is_marked = take_link(&mut marked) || marked.take("¶");
            is_marked.then(|| form_of(marked)).flatten().or_else(|| form_of(start))
        })?;
        Some(Self { whole: at..end, letter: letter..letter + 1, form })
    }

    fn glued(text: &str, at: usize) -> Option<Self> {
        let is_glued = matches!(
            text.as_bytes()[at..],
            [serial, letter, b'.' | b')', ..] if serial.is_ascii_digit() && letter.is_ascii_uppercase()
        );
        is_glued.then_some(Self { whole: at..at + 3, letter: at + 1..at + 2, form: Form::Glued })
    }
}

/// Takes `[1](#par1)`, what the web edition made of the sign before a letter.
fn take_link(scan: &mut Scan<'_>) -> bool {
    const LONGEST: usize = 4;
    let mut ahead = *scan;
    let is_link =
        ahead.take("[") && ahead.take_chars(LONGEST, |sign| sign != ']' && sign != '\n') > 0 && ahead.take("](") && {
            ahead.take_chars(usize::MAX, |sign| sign != ')' && sign != '\n');
            ahead.take(")")
        };
    if is_link {
        *scan = ahead;
    }
    is_link
}

/// Where the letter is that comes next, how it is written, and where its sign ends.
fn form_of(scan: Scan<'_>) -> Option<(usize, Form, usize)> {
    let mut ahead = scan;
    let open = ["(", "["].into_iter().find(|bracket| ahead.take(bracket));
    let (at, letter) = (ahead.at(), ahead.next().filter(u8::is_ascii_alphabetic)?);
    ahead.take_sign(|_| true);
    let is_capital = letter.is_ascii_uppercase();
    let form = match open {
        Some("(") if is_capital => {
            ahead.take(" ");
            ahead.take(")").then_some(Form::Bracketed)
        }
        Some("(") => ahead.take(")").then_some(Form::Small),
        Some(_) => (is_capital && ahead.take("]")).then_some(Form::Signed),
        None if is_capital && ahead.take_sign(|sign| matches!(sign, b'.' | b')' | b':')) => Some(Form::Signed),
        None if is_capital => ahead.take(" ").then_some(Form::Bare),
        None => ahead.take_sign(|sign| matches!(sign, b'.' | b')')).then_some(Form::Small),
    };
    Some((at, form?, ahead.at()))
}

/// A letter of a list with its sign, at the very start of a text.
pub(super) fn letter_at_start(text: &str) -> Option<Lettered> {
    Lettered::at(text, 0)
}

/// Whether a line may continue a REF list: it begins with a letter of the list, not with a portion mark.
pub(crate) fn starts_with_letter(text: &str) -> bool {
    let Some(found) = letter_at_start(text) else { return false };
    // `c.` and `(c)` may be points of the text.
    let rest = text[found.whole.end..].trim_start();
    if found.form == Form::Small {
        return starts_with_cable(rest);
    }
    let is_mark = found.form == Form::Bracketed && matches!(&text[found.letter], "U" | "C" | "S");
    found.form != Form::Bare && (!is_mark || starts_with_cable(rest))
}

/// A text up to the next letter that is glued to a serial.
fn before_glued_letter(text: &str) -> &str {
    let bytes = text.as_bytes();
    let glued = bytes.windows(3).position(|three| {
        matches!(three, [serial, letter, b'.' | b')'] if serial.is_ascii_digit() && letter.is_ascii_uppercase())
    });
    glued.map_or(text, |at| &text[..=at])
}

/// The letters of the list, the columns they are in, and where each entry's own text begins.
pub(super) fn letters(text: &str) -> Vec<(char, Span, u32)> {
    let mut letters: Vec<(char, Span, u32)> = Vec::new();
    let mut at = 0;
    // Whether the letter before was a small one: then the next may be, whatever it stands for.
    let mut small = false;
    while let Some(Lettered { whole, letter, form }) = Lettered::next(text, at) {
        at = whole.end.saturating_sub(1).max(whole.start + 1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
        let character = text[letter.clone()].chars().next().unwrap_or('A').to_ascii_uppercase();
        let is_small = form == Form::Small;
        // `A. A) ASTANA 515`: the letter twice is one.
        if let Some(last) = letters.last_mut().filter(|last| last.0 == character)
            && form != Form::Bare
            && text
                .get(last.2 as usize..letter.start)
                .is_some_and(|between| between.trim_matches([' ', '(']).is_empty())
        {
            last.2 = whole.end as u32;
            at = whole.end;
            continue;
        }
        let expected = letters.last().map_or('A', |last| (last.0 as u8 + 1) as char);
        let line_start = text[..letter.start]
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .all(|c| !c.is_alphanumeric() || c == '1');
        let bracketed = form == Form::Bracketed;
        let rest = text[whole.end..].trim_start();
        // `(C)` before a reference is a portion mark unless the letters run up to it; a bare letter needs its cable.
        let is_glued = form == Form::Glued;
        let is_letter = if is_glued {
            !letters.is_empty() && character == expected && starts_with_cable(before_glued_letter(rest))
        } else if is_small {
            let run =
                letters.last().is_some_and(|last| text[..last.2 as usize].trim_end().ends_with([')', '.']) && small);
            small = character == expected && (line_start || starts_with_cable(rest) || run);
            small
        } else if form == Form::Bare {
            // The first of a list may be another where each has its keyword: `REF B ASTANA 515`.
            (character == expected || letter.start == 0) && starts_with_cable(rest)
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
            letters.push((character, Span::of(letter), whole.end as u32));
            at = whole.end;
        }
    }
    // The columns of a letter run from its sign to its own text.
    for (_, span, body) in &mut letters {
        let before = &text[..span.start as usize];
        if before.ends_with(|last: char| last.is_ascii_digit()) {
            *span = Span::new(span.start, *body);
            continue;
        }
        let lead = before.trim_end_matches(|c: char| !c.is_whitespace() && !matches!(c, ',' | ';' | '.'));
        *span = Span::new(lead.len() as u32, *body);
    }
    letters
}
