//! Templates: a whole new cable, and a reply to the cable of the document.

use cable_syntax::{Classification, Document, Placed};

use super::draft::Draft;

use super::place::Place;
use super::wording::{Wording, begins};
use super::{Completion, CompletionKind, Completions};

/// A document with fewer bytes of its own is as good as empty.
const NEARLY_EMPTY: usize = 40;

pub(super) fn complete(document: &Document, place: &Place<'_>) -> Completions {
    let typed = place.before().trim_start();
    if typed.len() > 20 || !place.at_line_end() || !typed.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ')
    {
        return Completions::default();
    }
    let empty = !place.cable.is_recognised()
        && document.len() <= NEARLY_EMPTY
        && document.rope().to_string().trim() == typed.trim();
    if !empty && !at_edge(document, place) {
        return Completions::default();
    }
    let range = place.upto(0, 0);
    let item = |label: &str, wording: Wording, detail: &str| {
        Completion::new(CompletionKind::Template, range.clone(), wording).label(label).detail(detail).filter(label)
    };
    let mut found = Vec::new();
    if place.cable.is_recognised() {
        let answer = Draft::answering(place.cable, place.catalog);
        // What a cable says of itself may not do for another one; then there is no answer to offer.
        found.extend(
            answer.wording(place.catalog).ok().map(|text| item("reply", text, "a cable that answers this one")),
        );
    }
    let classified = Draft { level: Some(Classification::Confidential), ..Draft::default() };
    for (label, draft, detail) in [
        ("new cable", Draft::default(), "a whole unclassified cable"),
        ("new classified cable", classified, "a whole confidential cable"),
    ] {
        found.extend(draft.wording(place.catalog).ok().map(|text| item(label, text, detail)));
    }
    let envelope =
        |item: Completion| if begins("VZCZC", typed) && !typed.is_empty() { item.filter("VZCZC") } else { item };
    found.into_iter().map(envelope).filter(|item| begins(item.filter.as_deref().unwrap_or_default(), typed)).collect()
}

/// Whether the line is before the first cable of the document, or after the NNNN of the last.
fn at_edge(document: &Document, place: &Place<'_>) -> bool {
    if !place.cable.is_recognised() {
        return false;
    }
    let is = |placed: Option<&Placed>| placed.is_some_and(|placed| placed.start == place.start);
    let first = is(document.cables().first()) && place.above().is_empty();
    // What comes after the NNNN makes it text again, for the reading.
    let ended = place.above().last().is_some_and(|part| place.cable.slice(part.span) == "NNNN");
    let last = is(document.cables().last()) && place.below().is_empty() && ended;
    first || last
}
