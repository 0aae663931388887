//! Hover on a page line, and how the paragraph that it interrupts goes on (FORMAT.md, "Page lines").

use cable_syntax::{Field, PageLine, Span};

use super::Place;
use super::card::Card;

/// A page line, and whether its serial is the cable's (FORMAT.md, "Serials", "Sections").
pub(super) fn card(place: &Place<'_>) -> Option<Card> {
    let field: &Field<PageLine> = place.field(&place.cable.body.page_lines)?;
    page(place, field.span, &field.value)
}

/// A page line at `span`, in the text or above the cable.
pub(super) fn page(place: &Place<'_>, span: Span, page: &PageLine) -> Option<Card> {
    let at = |inner: Span| place.text(inner.shifted(span.start));
    let post = at(page.post).trim();
    let serial = at(page.serial).trim_start_matches('0');
    let name = match place.catalog.post_prefix(post) {
        Some(post) => post.name.to_owned(),
        None => post.to_owned(),
    };
    let cable = format!("{name} {serial}");
    let title = match (page.page, page.section, page.of) {
        (Some(page), Some(section), Some(of)) => format!("page {page}, section {section} of {of} of {cable}"),
        (Some(page), ..) => format!("page {page} of {cable}"),
        (None, Some(section), Some(of)) => format!("section {section} of {of} of {cable}"),
        _ => return None,
    };
    let own = place.cable.header.classification.as_ref().map(|line| line.value.reference_number.number);
    let other = own.filter(|own| !serial.is_empty() && serial.parse() != Ok(*own));
    let paragraph = paragraph_above(place).filter(|_| continues(place, span));
    Some(
        Card::new(span, place.text(span), title.trim_end())
            .fact_if(other.map(|own| format!("the MRN has serial {own} ≠")))
            .fact(page.suffix.map_or("", |_| "the meaning of the digit after the dot is not known"))
            .fact_if(paragraph.map(|number| format!("paragraph {number} continues after it"))),
    )
}

/// The number of the paragraph that begins above the cursor.
pub(super) fn paragraph_above(place: &Place<'_>) -> Option<u32> {
    let paragraphs = &place.cable.body.paragraphs;
    let index = paragraphs.partition_point(|paragraph| paragraph.marker.span.start <= place.offset).checked_sub(1)?;
    Some(paragraphs[index].number)
}

/// Whether the paragraph above a line of the copy goes on below it.
pub(super) fn continues(place: &Place<'_>, span: Span) -> bool {
    let paragraphs = &place.cable.body.paragraphs;
    let above = paragraphs.partition_point(|paragraph| paragraph.marker.span.start <= span.start);
    above.checked_sub(1).is_some_and(|index| paragraphs[index].end > span.end)
}
