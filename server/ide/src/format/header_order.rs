//! The order of the header: classification line, captions, handling, E.O., TAGS, SUBJECT, REF, Classified By
//! (FORMAT.md, "Header").
//!
//! Only where every field stands once, on lines of its own, under its keyword. What lies between the fields, or shares a
//! line with one, is a reason to leave the header as it is.

use std::ops::Range;

use cable_lint::TextEdit;
use cable_syntax::{Era, LineKind, PartKind, Zone};

use super::input::FormatInput;
use super::{Change, FormatOptions};

/// A field: rows from its first line to its last.
struct Block {
    kind: PartKind,
    rows: Range<usize>,
}

pub(super) fn changes(input: &FormatInput<'_>, _options: FormatOptions) -> Vec<Change> {
    let change = blocks(input).and_then(|blocks| reordered(input, &blocks));
    change.into_iter().collect()
}

/// The fields in the order in which they are; none when the header is not of whole lines.
fn blocks(input: &FormatInput<'_>) -> Option<Vec<Block>> {
    let cable = input.cable;
    if cable.era == Era::Smart2010 || cable.cut_off {
        return None;
    }
    let first = cable.header.classification.as_ref()?.line as usize;
    let last = cable.parts.iter().rfind(|part| part.kind.zone() == Zone::Header)?.line as usize;
    let mut blocks: Vec<Block> = Vec::new();
    for row in input.written().filter(|row| (first..=last).contains(row)) {
        let kind = input.rows[row].kind().filter(|kind| kind.zone() == Zone::Header)?;
        let is_there_already = blocks.iter().any(|block| block.kind == kind);
        match blocks.last_mut() {
            Some(block) if block.kind == kind => block.rows.end = row + 1,
            _ if is_there_already || !begins(input, row, kind) => return None,
            _ => blocks.push(Block { kind, rows: row..row + 1 }),
        }
    }
    (blocks.first()?.kind == PartKind::Classification).then_some(blocks)
}

/// Whether a field begins in a row as it should: with its keyword, if it has one.
fn begins(input: &FormatInput<'_>, row: usize, kind: PartKind) -> bool {
    let has_keyword = matches!(input.cable.lines()[row].kind, LineKind::Keyword(_));
    has_keyword == (rank(kind) >= rank(PartKind::ExecutiveOrder))
}

const fn rank(kind: PartKind) -> u8 {
    match kind {
        PartKind::Classification => 0,
        PartKind::Caption => 1,
        PartKind::Handling => 2,
        PartKind::ExecutiveOrder => 3,
        PartKind::Tags => 4,
        PartKind::Subject => 5,
        PartKind::Reference => 6,
        _ => 7,
    }
}

fn reordered(input: &FormatInput<'_>, blocks: &[Block]) -> Option<Change> {
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    order.sort_by_key(|&index| rank(blocks[index].kind));
    let first = order.iter().enumerate().position(|(place, &index)| place != index)?;
    let last = order.iter().enumerate().rposition(|(place, &index)| place != index)?;
    let gap = |index: usize| blocks.get(index + 1).map_or(0, |next| next.rows.start - blocks[index].rows.end);
    // Some copies leave a blank line between all fields; others keep E.O., TAGS and SUBJECT together.
    let is_dense = (0..blocks.len() - 1).any(|index| gap(index) == 0);
    let blank_lines = |above: usize, below: usize| {
        let together = rank(blocks[above].kind) >= rank(PartKind::ExecutiveOrder)
            && rank(blocks[below].kind) <= rank(PartKind::Subject);
        if below == above + 1 { gap(above) } else { usize::from(!(together && is_dense)) }
    };
    let mut text = String::new();
    for place in first..=last {
        let index = order[place];
        // The classification line is first, so there always is a field above.
        text.push_str(&input.line_break.repeat(1 + blank_lines(order[place - 1], index)));
        text.push_str(text_of(input, &blocks[index]));
    }
    if let Some(&below) = order.get(last + 1) {
        text.push_str(&input.line_break.repeat(1 + blank_lines(order[last], below)));
    }
    let start = input.rows[blocks[first - 1].rows.end - 1].span.end;
    let end = match blocks.get(last + 1) {
        Some(below) => input.rows[below.rows.start].span.start,
        None => input.rows[blocks[last].rows.end - 1].span.end,
    };
    Some(vec![TextEdit { range: start as usize..end as usize, text }])
}

fn text_of<'a>(input: &FormatInput<'a>, block: &Block) -> &'a str {
    let (first, last) = (input.rows[block.rows.start], input.rows[block.rows.end - 1]);
    let text: &'a str = input.cable.text();
    &text[first.span.start as usize..last.span.end as usize]
}
