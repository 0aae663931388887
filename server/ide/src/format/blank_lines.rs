//! Blank lines: one where the parts of a cable stand apart, never two.
//!
//! Which parts stand apart follows real copies: a blank line is put in only where nine of ten have it.

use cable_lint::TextEdit;
use cable_syntax::{PartKind, decoder};

use super::input::{FormatInput, Row};
use super::{Change, FormatOptions};

pub(super) fn changes(input: &FormatInput<'_>, _options: FormatOptions) -> Vec<Change> {
    let written: Vec<usize> = input.written().collect();
    let spaced = paragraphs_stand_apart(input, &written);
    let mut changes = Vec::new();
    for pair in written.windows(2) {
        let (above, below) = (pair[0], pair[1]);
        let (one, two) = (&input.rows[above], &input.rows[below]);
        let edit = if below > above + 2 {
            let surplus = input.rows[above + 2].span.start as usize..two.span.start as usize;
            TextEdit { range: surplus, text: String::new() }
        } else if below == above + 1 && stand_apart(input, above, spaced) {
            let at = two.span.start as usize;
            TextEdit { range: at..at, text: input.line_break.to_owned() }
        } else {
            continue;
        };
        if !one.keeps_its_place() && !two.keeps_its_place() {
            changes.push(vec![edit]);
        }
    }
    changes
}

/// Whether a blank line belongs between a row and the one directly below it.
fn stand_apart(input: &FormatInput<'_>, above: usize, spaced: bool) -> bool {
    use PartKind::{
        Caption, Classification, ClassifiedBy, ExecutiveOrder, Exempt, Handling, Heading, Info, Paragraph, Reference,
        Rule, Subject, To,
    };
    let (one, two) = (&input.rows[above], &input.rows[above + 1]);
    match (one.kind(), two.kind()) {
        (Some(To | Info | Exempt), Some(Classification))
        | (Some(Classification), Some(Caption | Handling | ExecutiveOrder))
        | (Some(Caption), Some(Handling | ExecutiveOrder))
        | (Some(Handling), Some(ExecutiveOrder))
        | (Some(Subject), Some(Reference))
        | (Some(Subject | Reference), Some(ClassifiedBy))
        | (Some(Subject | Reference | ClassifiedBy | Heading), Some(Paragraph)) => true,
        // The rule above a heading goes with it, as the one below does.
        (Some(Rule), Some(Paragraph)) => above > 0 && input.rows[above - 1].kind() == Some(Heading),
        (_, Some(Rule)) if ends_sentence(one) => {
            input.rows.get(above + 2).is_some_and(|row| row.kind() == Some(Heading))
        }
        (_, Some(Heading)) => ends_sentence(one),
        (_, Some(Paragraph)) => spaced && ends_sentence(one) && is_sure(input, two),
        _ => false,
    }
}

fn is_text(row: &Row<'_>) -> bool {
    matches!(row.last_kind(), Some(PartKind::Paragraph | PartKind::Fragment))
}

/// Whether nothing goes on after a line of text: a short line below one that breaks off may be its rest.
fn ends_sentence(row: &Row<'_>) -> bool {
    is_text(row) && row.trimmed().ends_with(['.', '?', '!', ':', ';', ')', '"', '”', '\'', '’'])
}

/// Whether the paragraph that begins in a row is surely one, and no item of a list.
fn is_sure(input: &FormatInput<'_>, row: &Row<'_>) -> bool {
    let paragraphs = &input.cable.body.paragraphs;
    let index = paragraphs.partition_point(|paragraph| paragraph.marker.span.start < row.span.start);
    paragraphs.get(index).is_some_and(|paragraph| paragraph.decision.margin >= decoder::AMBIGUOUS_BELOW)
}

/// Whether most paragraphs of the cable stand apart: where none does, the copy was made so.
fn paragraphs_stand_apart(input: &FormatInput<'_>, written: &[usize]) -> bool {
    let between = written
        .windows(2)
        .filter(|pair| is_text(&input.rows[pair[0]]) && input.rows[pair[1]].first_kind() == Some(PartKind::Paragraph));
    let (apart, close): (Vec<_>, Vec<_>) = between.partition(|pair| pair[1] > pair[0] + 1);
    apart.len() > close.len()
}
