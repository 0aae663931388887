//! Portion marks: the level of a paragraph in brackets (FORMAT.md, "Portion marks").

use super::{skip_spaces, trim_spaces};
use crate::span::Span;

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
    /// Rank for comparison: U < SBU, LOU, FOUO < C < S < TS (FORMAT.md, "Levels of marks").
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
    /// Spaces are inside the brackets: `(C )` (PAR014).
    pub padded: bool,
    /// `(C - ENTIRE TEXT)`: no other paragraph needs a mark.
    pub entire_text: bool,
}

/// Reads a portion mark at the very start of `text`, as in `SUBJECT: (C) ...`.
pub fn read_mark(text: &str) -> Option<Mark> {
    read_mark_at(text, 0)
}

/// Reads a whole mark at `start`: `(SBU)`, `(S//NF)`, `[C]`, `(C - ENTIRE TEXT)`, `C - ENTIRE TEXT`.
pub(super) fn read_mark_at(text: &str, start: usize) -> Option<Mark> {
    let bytes = text.as_bytes();
    let (open, close) = match bytes.get(start)? {
        b'(' => (true, b')'),
        b'[' => (true, b']'),
        byte if byte.is_ascii_alphabetic() => (false, b'.'),
        _ => return None,
    };
    let inside = start + usize::from(open);
    let word_start = skip_spaces(bytes, inside);
    let word_end = word_start + bytes[word_start..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let level = Level::of(&text[word_start..word_end])?;
    let mut at = skip_spaces(bytes, word_end);
    let mut text_end = word_end;
    let dashes = bytes[at..].iter().take(2).take_while(|byte| **byte == b'-').count();
    let after_dash = skip_spaces(bytes, at + dashes);
    let entire_text = dashes > 0 && has_entire_text(text, after_dash);
    let is_whole = dashes > 0 && starts_with_words(text, after_dash, ENTIRE_PARAGRAPH);
    if entire_text {
        at = after_dash + ENTIRE_TEXT.len();
        if !open || bytes.get(at) != Some(&close) {
            // The bracket of `1. C - ENTIRE TEXT.` may be missing.
            return Some(mark(start, at, word_start..word_end, level, true, false, true));
        }
    } else if !open {
        return None;
    } else if is_whole {
        at = after_dash + ENTIRE_PARAGRAPH.len();
    } else if matches!(bytes.get(at), Some(b'/')) {
        let caveat = skip_spaces(bytes, at + 1 + usize::from(bytes.get(at + 1) == Some(&b'/')));
        let length = bytes[caveat..].iter().take_while(|byte| is_caveat(**byte)).count();
        at = caveat + length;
        text_end = trim_spaces(bytes, at);
        if text_end == caveat {
            return None;
        }
    } else if let Some(length) = spaced_caveat(bytes, at)
        .or_else(|| spaced_caveat(bytes, at + 1).filter(|_| bytes[at] == b'-').map(|length| length + 1))
    {
        at += length;
        text_end = trim_spaces(bytes, at);
    }
    // `[S]omeone` and `(S)omeone` are words with a letter put right; `(SBU)They` lacks a space, and `(SBU)xxxx` what was
    // taken out.
    let rest = text.get(at + 1..).filter(|rest| !rest.starts_with("xxxx"));
    let next = rest.and_then(|rest| rest.chars().next());
    let is_word = next.is_some_and(|next| if close == b']' { next.is_alphanumeric() } else { next.is_lowercase() });
    (bytes.get(at) == Some(&close) && !is_word).then(|| {
        let padded = word_start > inside || (text_end < at && !(entire_text || is_whole));
        mark(start, at + 1, word_start..text_end, level, close == b')', padded, entire_text)
    })
}

/// Reads a mark that lost one bracket: `C) Text`, `(C Text`.
pub(super) fn read_broken_mark(text: &str, start: usize) -> Option<Mark> {
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
    // Exactly one bracket must be there; most words that begin a text have none.
    if closed == open {
        return None;
    }
    // `(C Text`: text must begin like a sentence where the closing one is lost.
    let next = skip_spaces(bytes, end);
    let begins_text = next > end && bytes.get(next).is_some_and(|byte| byte.is_ascii_uppercase() || *byte == b'"');
    // Where a bracket closes soon after, it is this one, and what is between belongs to the mark.
    let soon =
        bytes.get(next..).unwrap_or_default().iter().take(LONGEST_CAVEAT).find(|byte| matches!(byte, b'(' | b')'));
    // `(S/CT Director` is an office, and a list of countries follows REL.
    let is_known =
        text[word..end].split_once('/').is_none_or(|(_, caveat)| CAVEATS.contains(&caveat.trim_start_matches('/')));
    if open && !closed && (soon == Some(&b')') || !is_known) {
        return None;
    }
    // `C) Coke, D) Pepsi` is a list.
    let after = if closed { &text[end + 1..] } else { "" };
    let mut words = after.split_whitespace().take(LONGEST_ITEM);
    if !open && words.any(|word| matches!(word.as_bytes(), [b'A'..=b'Z', b')'])) {
        return None;
    }
    (closed || begins_text).then(|| mark(start, end + usize::from(closed), word..end, level, false, false, false))
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

/// Length of a caveat that only a space or a dash parts from its level: `(C NF)`, `(S NOFORN)`, `(S-NF)`.
fn spaced_caveat(bytes: &[u8], at: usize) -> Option<usize> {
    const WORDS: [&[u8]; 3] = [b"NOFORN", b"NF", b"REL "];
    let bytes = bytes.get(at..)?;
    let known = |word: &&[u8]| bytes.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    WORDS.iter().any(known).then(|| bytes.iter().take_while(|byte| is_caveat(**byte)).count())
}

/// The caveats of a mark that has lost a bracket. Other letters there are an office's.
const CAVEATS: [&str; 6] = ["NF", "NOFORN", "N", "ORCON", "FGI", "PROPIN"];

/// No item of a list inside a line has more words.
const LONGEST_ITEM: usize = 100;

/// No caveat is longer than so many bytes.
const LONGEST_CAVEAT: usize = 40;

const ENTIRE_TEXT: &str = "ENTIRE TEXT";

/// What a mark says of its own paragraph, and so no more than its level does.
const ENTIRE_PARAGRAPH: &str = "ENTIRE PARAGRAPH";

pub(super) fn has_entire_text(text: &str, at: usize) -> bool {
    starts_with_words(text, at, ENTIRE_TEXT)
}

fn starts_with_words(text: &str, at: usize, words: &str) -> bool {
    text.get(at..at + words.len()).is_some_and(|there| there.eq_ignore_ascii_case(words))
}

/// A caveat may run over the end of its line: whoever reads more than one says how far.
fn is_caveat(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b' ' | b',' | b'/' | b'\r' | b'\n')
}
