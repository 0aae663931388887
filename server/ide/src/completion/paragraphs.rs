//! Completion of the next paragraph's number, with its mark (FORMAT.md, "Paragraph markers").

use cable_syntax::{Classification, PartKind};

use super::marks::mark_before;
use super::place::Place;
use super::wording::begins;
use super::{Completion, CompletionKind, Completions};

pub(super) fn complete(place: &Place<'_>) -> Completions {
    let typed = place.before();
    let numeric = typed.len() <= 3 && typed.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let Some((number, text)) = numeric.then(|| opening(place)).flatten() else { return Completions::default() };
    if !begins(&text, typed) {
        return Completions::default();
    }
    let range = place.upto(0, 0);
    let meaning = if number == 1 { "the first paragraph" } else { "the next paragraph" };
    Completion::new(CompletionKind::Paragraph, range, text.into()).detail(meaning).into()
}

/// The number that is due on this line after a blank one, and how its paragraph opens: `3. (C) `.
pub(super) fn opening(place: &Place<'_>) -> Option<(u32, String)> {
    let number = Some(place).filter(|place| place.at_line_end() && after_a_blank_line(place)).and_then(next)?;
    Some((number, written(number, mark(place, place.line))))
}

/// How the paragraph opens that may follow the one that ends on this line; none where another one follows.
pub(super) fn following(place: &Place<'_>) -> Option<String> {
    let paragraphs = &place.cable.body.paragraphs;
    let last = paragraphs.last().filter(|last| last.marker.line <= place.line)?;
    let may_follow = place.at_line_end() && !place.cable.is_quoted(place.line) && place.below().is_empty();
    let number = last.number.checked_add(1).filter(|_| may_follow)?;
    Some(written(number, mark(place, place.line + 1)))
}

fn written(number: u32, mark: Option<&str>) -> String {
    mark.map_or_else(|| format!("{number}. "), |mark| format!("{number}. ({mark}) "))
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
    // What comes after the NNNN makes it text again, for the reading.
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

/// The mark of the paragraph above a line; for the first paragraph that of the cable. None where marks are not in use.
fn mark<'a>(place: &Place<'a>, line: u32) -> Option<&'a str> {
    let overall = place.classification();
    let own = match overall? {
        Classification::Unclassified if place.has_caption("SENSITIVE") => Some("SBU"),
        Classification::Unclassified | Classification::LimitedOfficialUse => None,
        Classification::Confidential => Some("C"),
        Classification::Secret => Some("S"),
        Classification::TopSecret => Some("TS"),
    };
    let first = !place.cable.body.paragraphs.iter().any(|paragraph| paragraph.marker.line < line);
    if first {
        return own;
    }
    let (mark, rank) = mark_before(place.cable, line)?;
    if overall.is_some_and(|overall| rank > overall.portion_rank()) { own } else { Some(mark) }
}

impl From<Completion> for Completions {
    fn from(item: Completion) -> Self {
        Self { items: vec![item], incomplete: false }
    }
}
