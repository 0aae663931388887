//! Whether an edit left everything as it was that stands above the text of a cable.

use crate::cable::Cable;
use crate::part::{Part, Zone};
use crate::span::Span;

/// Whether two cables are the same up to the number of their first paragraph, which has a line of its own, and nothing of
/// their envelopes and headers stands behind it.
pub(super) fn is_same(one: &Cable, other: &Cable) -> bool {
    let Some((number, line)) = first_number(one).filter(|first| Some(*first) == first_number(other)) else {
        return false;
    };
    let parts_above = |cable: &Cable| cable.parts.partition_point(|part| part.span.start < number.start);
    let (above, below) = one.parts.split_at(parts_above(one));
    let (other_above, other_below) = other.parts.split_at(parts_above(other));
    let end = number.end as usize;
    one.text.as_bytes().get(..end) == other.text.as_bytes().get(..end)
        && one.lines.get(..line) == other.lines.get(..line)
        && above == other_above
        && above.last().is_none_or(|part| (part.line as usize) < line)
        && !below.iter().chain(other_below).any(is_of_head)
        && (one.era, one.cut_off, one.signature.is_some()) == (other.era, other.cut_off, other.signature.is_some())
        && one.envelope == other.envelope
        && one.header == other.header
}

/// Where the number of the first paragraph stands, and on which line. None where there is none, where marks of a
/// copy are read over, and where an archive's attributes or the first paragraph say what a header does.
fn first_number(cable: &Cable) -> Option<(Span, usize)> {
    let first = cable.body.paragraphs.first()?.marker;
    let classified_by = cable.header.classified_by.as_ref().map_or(0, |field| field.span.end);
    let is_apart = cable.masked.is_none() && cable.attributes.is_none() && classified_by < first.span.start;
    is_apart.then_some((first.span, first.line as usize))
}

fn is_of_head(part: &Part) -> bool {
    matches!(part.kind.zone(), Zone::Envelope | Zone::Header | Zone::Notice)
}
