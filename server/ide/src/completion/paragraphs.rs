//! Completion of the next paragraph's number, with its mark (FORMAT.md, "Paragraph markers").

use cable_syntax::{Classification, PartKind};

use super::marks::mark_before;
use super::place::Place;
use super::wording::begins;
use super::{Completion, CompletionKind, Completions};

pub(super) fn complete(place: &Place<'_>) -> Completions {
    let typed = place.before();
    let numeric = typed.len() <= 3 && typed.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if !numeric || !place.at_line_end() || !after_a_blank_line(place) {
        return Completions::default();
    }
    let Some(number) = next(place) else { return Completions::default() };
    let mark = mark(place);
    let text = mark.map_or_else(|| format!("{number}. "), |mark| format!("{number}. ({mark}) "));
    if !begins(&text, typed) {
        return Completions::default();
    }
    let range = place.upto(0, 0);
    let meaning = if number == 1 { "the first paragraph" } else { "the next paragraph" };
    Completion::new(CompletionKind::Paragraph, range, text.into()).detail(meaning).into()
}

/// A number in the middle of wrapped text opens nothing.
fn after_a_blank_line(place: &Place<'_>) -> bool {
    let above = place.line.checked_sub(1).map(|line| place.cable.line_text(line));
    above.is_none_or(|above| above.trim().is_empty())
}

/// The number that is due on this line; none where the text is over, is not due yet, or goes on with that number.
fn next(place: &Place<'_>) -> Option<u32> {
    let paragraphs = &place.cable.body.paragraphs;
    let above = paragraphs.partition_point(|paragraph| paragraph.marker.line < place.line);
    let below = paragraphs[above..].iter().find(|paragraph| paragraph.marker.line > place.line);
    // What stands behind the NNNN makes it text again, for the reading.
    let is_end = |line: u32| place.cable.line_text(line).trim() == "NNNN";
    let ended = place.above().iter().any(|part| matches!(part.kind, PartKind::Signature | PartKind::Trailer));
    let over = ended || place.above().iter().rev().take(4).any(|part| is_end(part.line));
    let quoted = place.cable.is_quoted(place.line);
    if over || quoted {
        return None;
    }
    let subject = place.above().iter().any(|part| part.kind == PartKind::Subject);
    let first = || (subject && place.in_header()).then_some(1);
    let number = paragraphs[..above].last().map_or_else(first, |last| last.number.checked_add(1))?;
    below.is_none_or(|below| below.number > number).then_some(number)
}

/// The mark of the paragraph before; for the first paragraph that of the cable. None where marks are not in use.
fn mark<'a>(place: &Place<'a>) -> Option<&'a str> {
    let overall = place.classification();
    let own = match overall? {
        Classification::Unclassified if place.has_caption("SENSITIVE") => Some("SBU"),
        Classification::Unclassified | Classification::LimitedOfficialUse => None,
        Classification::Confidential => Some("C"),
        Classification::Secret => Some("S"),
        Classification::TopSecret => Some("TS"),
    };
    let first = !place.cable.body.paragraphs.iter().any(|paragraph| paragraph.marker.line < place.line);
    if first {
        return own;
    }
    let (mark, rank) = mark_before(place.cable, place.line)?;
    if overall.is_some_and(|overall| rank > overall.portion_rank()) { own } else { Some(mark) }
}

impl From<Completion> for Completions {
    fn from(item: Completion) -> Self {
        Self { items: vec![item], incomplete: false }
    }
}
