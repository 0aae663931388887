//! What a text says of what is gone from it: where something was taken out on purpose, nothing is missing by mistake.

use cable_syntax::{Cable, Span};

/// What publishers and the Department's reviewers put in place of what they took out.
pub(crate) const REDACTION: &str = "XXXX";

/// The signal of a sender who cancels: `ZFR CANCEL THIS MESSAGE` stands in place of the text.
const CANCELLED: &str = "ZFR";

/// Whether something was taken out of a stretch of text.
pub(crate) fn is_taken_out(text: &str) -> bool {
    text.contains(REDACTION) || text.contains(CANCELLED)
}

/// Whether the sender cancelled the beginning of the text: the lines between the level and the first paragraph.
pub(crate) fn is_cancelled(cable: &Cable) -> bool {
    above_text(cable).contains(CANCELLED)
}

/// From the classification line to the first paragraph.
pub(crate) fn above_text(cable: &Cable) -> &str {
    let first = cable.body.paragraphs.first().map_or(cable.text().len() as u32, |first| first.marker.span.start);
    let line = cable.header.classification.as_ref().map_or(0, |line| line.span.end);
    cable.slice(Span::new(line.min(first), first))
}
