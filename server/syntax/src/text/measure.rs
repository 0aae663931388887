//! How the lines of a cable were wrapped, and how a line ends.

use crate::cable::Cable;
use crate::marker::{ends_block, ends_sentence};

use super::units::{Start, Unit};

/// A line longer than this was not wrapped.
const LONGEST_WRAPPED: usize = 100;

/// The shortest width that lines are taken to be wrapped at.
const NARROWEST: usize = 40;

/// Where the lines of the text were wrapped: the length that one in twenty exceeds; none where lines are paragraphs.
pub(super) fn width(units: &[Unit]) -> Option<usize> {
    let is_text = |unit: &&Unit| matches!(unit.start, Start::Text | Start::Paragraph(_));
    let mut lengths: Vec<usize> = units.iter().filter(is_text).map(|unit| unit.length).collect();
    let long = lengths.iter().filter(|&&length| length > LONGEST_WRAPPED).count();
    if long * 4 > lengths.len() {
        return None;
    }
    lengths.retain(|&length| length <= LONGEST_WRAPPED);
    let at = lengths.len().saturating_sub(1 + lengths.len() / 20);
    let width = (at < lengths.len()).then(|| *lengths.select_nth_unstable(at).1)?;
    Some(width.max(NARROWEST))
}

/// Whether a blank line is between nearly any two lines, and ends nothing: copies of some printers have it.
pub(super) fn is_double_spaced(cable: &Cable, units: &[Unit], width: Option<usize>) -> bool {
    const FEWEST: usize = 8;
    let Some(width) = width else { return false };
    let (mut apart, mut cut, mut all) = (0, 0, 0);
    for (before, own) in units.iter().zip(units.iter().skip(1)).filter(|(_, own)| own.start == Start::Text) {
        all += 1;
        if own.gap.blank_line && !own.gap.is_interrupted() {
            apart += 1;
            let above = cable.slice(before.span());
            cut += usize::from(!is_finished(above) && before.length * 4 >= width * 3);
        }
    }
    cut >= FEWEST && apart * 10 >= all * 7 && cut * 2 >= apart
}

/// Whether a text ends as a sentence or a block does, or announces what follows.
pub(super) fn is_finished(text: &str) -> bool {
    // Most lines end in a letter.
    let is_word = text.as_bytes().last().is_some_and(u8::is_ascii_alphanumeric);
    let text = if is_word { text } else { text.trim_end_matches(['*', '_']).trim_end() };
    ends_sentence(text) || ends_block(text) || text.ends_with([':', ';'])
}

/// Whether a text begins as a sentence does.
pub(super) fn begins_anew(text: &str) -> bool {
    let text = text.trim_start_matches(['"', '“', '\'', '(', '[', '‘', '*', '_']);
    text.chars().next().is_some_and(|first| first.is_uppercase() || first.is_ascii_digit())
}

/// Whether a line is a label and its value: `Place of birth: LIMA`.
pub(super) fn is_labelled(text: &str) -> bool {
    const LONGEST: usize = 30;
    if !text.starts_with(char::is_uppercase) {
        return false;
    }
    // A character has four bytes at most.
    let start = &text.as_bytes()[..text.len().min(4 * LONGEST)];
    let label = memchr::memchr(b':', start).map(|at| &text[..at]);
    label.is_some_and(|label| {
        let is_name = |next: char| next.is_alphanumeric() || matches!(next, ' ' | '/' | '#' | '-' | '.' | '(' | ')');
        (label.len() < LONGEST || label.chars().count() < LONGEST)
            && label.chars().all(is_name)
            && label.split(' ').count() <= 4
    })
}

/// Whether a word goes on after a hyphen: `letter-` at a line's end.
pub(super) fn is_cut_word(before: &str, after: &str) -> bool {
    let mut ends = before.chars().rev();
    ends.next() == Some('-')
        && ends.next().is_some_and(char::is_alphanumeric)
        && after.chars().next().is_some_and(char::is_alphanumeric)
}
