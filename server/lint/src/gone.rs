//! What a text says of what is gone from it: where something was taken out on purpose, nothing is missing by mistake.

use cable_syntax::{Cable, REDACTION, Span};

/// The signal of a sender who cancels: `ZFR CANCEL THIS MESSAGE` is in place of the text.
const CANCELLED: &str = "ZFR";

/// Whether something was taken out of a stretch of text.
pub(crate) fn is_taken_out(text: &str) -> bool {
    text.contains(REDACTION) || text.contains(CANCELLED)
}

/// Whether a text was cancelled, or more was taken out of it than names inside its sentences: what is gone is where
/// a sentence would, at the beginning or end of a line or after another one, and none goes on after it.
pub(crate) fn is_passage_taken_out(text: &str) -> bool {
    if text.contains(CANCELLED) {
        return true;
    }
    let bytes = text.as_bytes();
    let is_x = |at: usize| bytes.get(at).is_some_and(|byte| *byte == b'X');
    text.match_indices(REDACTION).filter(|&(at, _)| at == 0 || !is_x(at - 1)).any(|(at, _)| {
        let end = at + bytes[at..].iter().take_while(|byte| **byte == b'X').count();
        let before = text[..at].trim_end_matches([' ', '\t']);
        let after = text[end..].trim_start_matches([' ', '\t', '.']);
        let begins = before.is_empty() || before.ends_with(['\n', '.', '!', '?', ')', '"', '”', ':']);
        let is_last = after.is_empty() || after.starts_with(['\n', '\r']);
        is_last
            || (begins
                && !after.starts_with(|next: char| next.is_lowercase() || matches!(next, '\'' | '’' | ',' | '(')))
    })
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
