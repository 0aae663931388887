//! What is corrected: the safe fixes that are proved, each edit with its rule.
//!
//! These are the fixes that can be applied together. A repair goes on in rounds: fixes that touch the same text wait for the
//! next one, and that is of another text, in which no edit has a place in the source any more. They are left out here, so that
//! each correction is of what is written. In real cables there are none: the text of each was that of the repaired cable.

use cable_lint::fix::Repairer;
use cable_lint::{Diagnostic, FixSafety};
use cable_syntax::{Document, Placed, Span};

/// An edit of one cable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slip {
    /// What goes, in the cable.
    pub(crate) span: Span,
    /// What comes in its place.
    pub(crate) to: String,
    /// The code of the rule that found it.
    pub(crate) rule: &'static str,
}

/// The proved edits of each cable of a document, in order and apart from each other, out of what is wrong in it.
pub(crate) fn slips(document: &Document, found: &[Diagnostic], repairer: &mut Repairer) -> Vec<Vec<Slip>> {
    let round = repairer.round(document, found, FixSafety::Safe);
    let mut slips = vec![Vec::new(); document.cables().len()];
    for &index in &round.applied {
        let one = &found[index];
        for edit in one.fix.iter().flat_map(|fix| &fix.edits) {
            let cable = document.cable_at(edit.range.start);
            let Some(placed) = document.cables().get(cable) else { continue };
            slips[cable].extend(slip(placed, &edit.range, &edit.text, one.rule.code));
        }
    }
    for own in &mut slips {
        own.sort_by_key(|slip| slip.span);
        own.dedup_by(|next, before| next.span.start < before.span.end || next.span == before.span);
    }
    slips
}

/// An edit without the blanks at its ends. None where it changes nothing that is seen.
fn slip(placed: &Placed, range: &std::ops::Range<usize>, to: &str, rule: &'static str) -> Option<Slip> {
    let start = u32::try_from(range.start.checked_sub(placed.start)?).ok()?;
    let span = Span::new(start, start + range.len() as u32);
    let from = placed.cable.slice(span);
    let blank_start = from.len() - from.trim_start().len();
    let inner = from.trim();
    let to = to.trim();
    // Line ends in the middle of what goes: no single place holds it.
    if inner == to || inner.contains(['\n', '\r']) || to.contains(['\n', '\r']) {
        return None;
    }
    let start = span.start + blank_start as u32;
    Some(Slip { span: Span::new(start, start + inner.len() as u32), to: to.to_owned(), rule })
}
