//! Adds a line that the header lacks, at its place: E.O., TAGS, SUBJECT, REF, Classified By (FORMAT.md, "Header").

use cable_catalog::calendar::REASONS_RENUMBERED;
use cable_syntax::{Cable, Classification, Era, Part, PartKind, Span, Zone};

use super::{ActionKind, Cursor, Draft, parts_but};
use crate::order_line;

/// The lines in their order. E.O., TAGS and SUBJECT stand together; each of the others stands apart.
const ORDER: [PartKind; 5] =
    [PartKind::ExecutiveOrder, PartKind::Tags, PartKind::Subject, PartKind::Reference, PartKind::ClassifiedBy];

const TOGETHER: [PartKind; 3] = [PartKind::ExecutiveOrder, PartKind::Tags, PartKind::Subject];

/// One action for each line that is missing, where the cursor is in the header or at the end of the envelope.
pub(super) fn insertions<'a>(cursor: &Cursor<'a>) -> Vec<Draft<'a>> {
    let cable = cursor.cable;
    if cable.era == Era::Smart2010 || cable.header.classification.is_none() || !is_in_header(cursor) {
        return Vec::new();
    }
    ORDER.into_iter().filter_map(|kind| insertion(cursor, kind)).collect()
}

/// From the last line of the envelope to the line above the text.
fn is_in_header(cursor: &Cursor<'_>) -> bool {
    let parts = &cursor.cable.parts;
    let Some(first) = parts.iter().position(|part| part.kind == PartKind::Classification) else { return false };
    let above = parts[..first].iter().rev().find(|part| part.kind.zone() == Zone::Envelope);
    let start = above.unwrap_or(&parts[first]).line;
    let body = parts[first..].iter().find(|part| is_after_header(part.kind));
    let line = cursor.cable.line_at(cursor.offset);
    start <= line && body.is_none_or(|body| line < body.line)
}

fn is_after_header(kind: PartKind) -> bool {
    matches!(kind.zone(), Zone::Body | Zone::Signature | Zone::Trailer) && kind != PartKind::PageMark
}

fn insertion<'a>(cursor: &Cursor<'a>, kind: PartKind) -> Option<Draft<'a>> {
    let cable = cursor.cable;
    let parts: Vec<&Part> = cable.parts.iter().filter(|part| part.kind.zone() == Zone::Header).collect();
    if parts.iter().any(|part| part.kind == kind) {
        return None;
    }
    let line = content(cursor, kind)?;
    let before = parts.iter().rposition(|part| rank(part.kind) < rank(kind))?;
    let (above, next) = (parts[before], parts.get(before + 1));
    // Where the lines are out of order, or share a line, there is no right place.
    let out_of_order = parts[..before].iter().any(|part| rank(part.kind) > rank(kind));
    if out_of_order || next.is_some_and(|next| next.line == above.line) {
        return None;
    }
    let line_end = cursor.line_end();
    let together = |other: PartKind| TOGETHER.contains(&kind) && TOGETHER.contains(&other);
    let (at, text) = if let Some(next) = next.filter(|next| together(next.kind) && !together(above.kind)) {
        (cable.lines().get(next.line as usize)?.span.start, format!("{line}{line_end}"))
    } else {
        let apart = if together(above.kind) { "" } else { line_end };
        let is_written_below = below(cursor, above).is_some_and(|below| !together(below));
        let end_below = if is_written_below { line_end } else { "" };
        (cable.lines().get(above.line as usize)?.span.end, format!("{line_end}{apart}{line}{end_below}"))
    };
    let changes = vec![(Span::new(at, at), text)];
    let is_kept = Box::new(move |after: &Cable| {
        let mut now: Vec<_> = parts_but(after, &[]).collect();
        let added = now.iter().position(|part| part.0 == kind);
        added.is_some_and(|at| now.remove(at).1 == line) && now.into_iter().eq(parts_but(cable, &[]))
    });
    let title = format!("Insert the {} line", name(kind));
    Some(Draft { kind: ActionKind::InsertHeaderLine, title, changes, is_kept })
}

/// What is on the line directly below a part, if anything is.
fn below(cursor: &Cursor<'_>, above: &Part) -> Option<PartKind> {
    cursor.cable.parts.iter().find(|part| part.line == above.line + 1).map(|part| part.kind)
}

/// The line without its break; what only its drafter knows is left open. None where the cable needs no such line.
fn content(cursor: &Cursor<'_>, kind: PartKind) -> Option<String> {
    let cable = cursor.cable;
    Some(match kind {
        PartKind::ExecutiveOrder => order_line(cable)?,
        PartKind::Tags => "TAGS:".to_owned(),
        PartKind::Subject => "SUBJECT:".to_owned(),
        PartKind::Reference => "REF:".to_owned(),
        PartKind::ClassifiedBy if cable.classification()? >= Classification::Confidential => {
            let is_older = cable.sent_on().is_some_and(|day| day < REASONS_RENUMBERED);
            format!("Classified By: TITLE NAME. Reason: {} ()", if is_older { "1.5" } else { "1.4" })
        }
        _ => return None,
    })
}

/// The place of a kind in the header.
fn rank(kind: PartKind) -> usize {
    ORDER.iter().position(|other| *other == kind).map_or(0, |index| index + 1)
}

fn name(kind: PartKind) -> &'static str {
    match kind {
        PartKind::ExecutiveOrder => "E.O.",
        PartKind::Tags => "TAGS",
        PartKind::Subject => "SUBJECT",
        PartKind::Reference => "REF",
        _ => "Classified By",
    }
}
