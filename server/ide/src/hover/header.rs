//! Hover in the header: which field the cursor is in.

use cable_syntax::{Part, PartKind};

use super::card::{Card, plain};
use super::posts::post_and_place;
use super::{Place, classification, instruction, references, tags, words};

pub(super) fn card(place: &Place<'_>, part: &Part) -> Option<Card> {
    match part.kind {
        PartKind::Classification => classification::line(place),
        PartKind::Caption => classification::caption(place, part),
        PartKind::Handling => classification::caption(place, part)
            .or_else(|| words::card(place, part))
            .or_else(|| post_alone(place, part)),
        PartKind::ExecutiveOrder => instruction::executive_order(place),
        PartKind::Tags => tags::card(place).or_else(|| words::card(place, part)),
        PartKind::Subject => {
            subject_keyword(place).or_else(|| subject_mark(place)).or_else(|| words::card(place, part))
        }
        PartKind::Reference => {
            references::entry(place).or_else(|| references::keyword(place)).or_else(|| words::card(place, part))
        }
        PartKind::ClassifiedBy => {
            instruction::reason(place).or_else(|| words::card(place, part)).or_else(|| instruction::classifier(place))
        }
        _ => None,
    }
}

fn subject_keyword(place: &Place<'_>) -> Option<Card> {
    let keyword = &place.cable.header.subject.as_ref()?.keyword;
    let span = place.at(keyword, keyword.value.word)?;
    Some(Card::new(span, place.text(span), "what the cable is about").fact("may begin with a mark of its own"))
}

/// A post that a passing line names by its city: `LONDON FOR ...`.
fn post_alone(place: &Place<'_>, part: &Part) -> Option<Card> {
    let span = place.word(part)?;
    let post = place.catalog.post(place.text(span)).filter(|post| !post.doubtful)?;
    Some(Card::new(span, post.name, &plain(post.status)).fact(post_and_place(place.catalog, &post)))
}

fn subject_mark(place: &Place<'_>) -> Option<Card> {
    let field = place.cable.header.subject.as_ref()?.mark.as_ref()?;
    let span = place.touched(field.span)?;
    // The columns of a mark count from the text it was read from, which began with the mark.
    let text = field.value.text.shifted(span.start - field.value.span.start);
    Some(classification::portion_mark(place, span, text, &field.value))
}
