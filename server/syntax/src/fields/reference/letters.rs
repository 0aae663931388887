//! The letters by which a REF list is cited: which of the letters in it are its own.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::pattern::pattern;
use crate::span::Span;

use super::entry::starts_with_cable;

const LETTER_PATTERN: &str = r"(?x) (?: ^ | \n\s* | [\s,;:.)] ) (?:\[[^\]\n]{1,4}\]\([^)\n]*\)|¶)?
        (?: (?<a>[A-Z]) [.):] | \( (?<b>[A-Z]) \ ? \) | \[ (?<c>[A-Z]) \] | (?<d>[A-Z]) \  | (?<e>[a-z]) [.)] | \( (?<f>[a-z]) \) )";

/// Anywhere in a list, also glued to the serial before it: `STATE 14201B. GENEVA 133`.
static LETTER: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"{LETTER_PATTERN} | \d (?<g>[A-Z]) [.)]")));

/// The same at the start of a text only: a text is not searched to its end for what has to begin it.
static LETTER_FIRST: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("^(?:{LETTER_PATTERN})")));

/// A letter of a list with its sign, at the very start of a text.
pub(super) fn letter_at_start(text: &str) -> Option<Captures<'_>> {
    LETTER_FIRST.captures(text)
}

/// Whether a line may continue a REF list: it begins with a letter of the list, not with a portion mark.
pub(crate) fn starts_with_letter(text: &str) -> bool {
    let Some(found) = letter_at_start(text) else { return false };
    // `c.` and `(c)` may be points of the text.
    if found.name("e").or_else(|| found.name("f")).is_some() {
        return starts_with_cable(found.get(0).map_or("", |m| text[m.end()..].trim_start()));
    }
    let is_mark = found.name("b").is_some_and(|letter| matches!(letter.as_str(), "U" | "C" | "S"));
    let rest = found.get(0).map_or("", |m| text[m.end()..].trim_start());
    found.name("d").is_none() && (!is_mark || starts_with_cable(rest))
}

/// A text up to the next letter that is glued to a serial.
fn before_glued_letter(text: &str) -> &str {
    let bytes = text.as_bytes();
    let glued = bytes.windows(3).position(|three| {
        matches!(three, [serial, letter, b'.' | b')'] if serial.is_ascii_digit() && letter.is_ascii_uppercase())
    });
    glued.map_or(text, |at| &text[..=at])
}

/// The letters of the list, the columns they stand in, and where each entry's own text begins.
pub(super) fn letters(text: &str) -> Vec<(char, Span, u32)> {
    let mut letters: Vec<(char, Span, u32)> = Vec::new();
    let mut at = 0;
    // Whether the letter before was a small one: then the next may be, whatever it stands for.
    let mut small = false;
    while let Some(found) = LETTER.captures_at(text, at) {
        let Some((whole, letter)) =
            found.get(0).zip(["a", "b", "c", "d", "e", "f", "g"].iter().find_map(|name| found.name(name)))
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
        let is_glued = found.name("g").is_some();
        let is_letter = if is_glued {
            !letters.is_empty() && character == expected && starts_with_cable(before_glued_letter(rest))
        } else if is_small {
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
