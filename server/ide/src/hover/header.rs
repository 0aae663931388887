//! Hover in the header: which field the cursor is in.

use cable_syntax::{Part, PartKind};

use super::card::Card;
use super::{Place, classification, instruction, references, tags, words};

pub(super) fn card(place: &Place<'_>, part: &Part) -> Option<Card> {
    match part.kind {
        PartKind::Classification => classification::line(place),
        PartKind::Caption => classification::caption(place, part),
        PartKind::Handling => classification::caption(place, part).or_else(|| words::card(place, part)),
        PartKind::ExecutiveOrder => instruction::executive_order(place),
        PartKind::Tags => tags::card(place).or_else(|| words::card(place, part)),
        PartKind::Subject => subject_mark(place).or_else(|| words::card(place, part)),
        PartKind::Reference => references::entry(place).or_else(|| words::card(place, part)),
        PartKind::ClassifiedBy => instruction::reason(place).or_else(|| words::card(place, part)),
        _ => None,
    }
}

fn subject_mark(place: &Place<'_>) -> Option<Card> {
    let field = place.cable.header.subject.as_ref()?.mark.as_ref()?;
    let span = place.touched(field.span)?;
    // The columns of a mark count from the text it was read from, which began with the mark.
    let text = field.value.text.shifted(span.start - field.value.span.start);
    Some(classification::portion_mark(place, span, text, &field.value))
}
