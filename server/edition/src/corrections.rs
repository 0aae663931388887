//! What is corrected: the safe fixes that are proved, each edit with its rule.
//!
//! These are the fixes that can be applied together and change what is seen. A repair goes on in rounds: fixes that touch the same text wait for the
//! next one, and that is of another text, in which no edit has a place in the source any more. They are left out here, so that
//! each correction is of what is written. In real cables there are none: the text of each was that of the repaired cable.

use std::ops::Range;

use cable_lint::fix::Repairer;
use cable_lint::{Diagnostic, FixSafety, Letters, RuleFix, Settings};
use cable_syntax::{Document, Span};

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

/// Whether a rule is on the number of a paragraph or its mark.
pub(crate) fn is_of_number(rule: &str) -> bool {
    ["TXT001", "TXT002", "TXT003", "TXT004", "TXT005", "PAR006", "PAR014"].contains(&rule)
}

/// Makes who proves them: those of all rules, or without those that are of numbers or change blanks alone, as nearly all are.
pub(crate) fn repairer(settings: &Settings, with_numbers: bool) -> Repairer {
    Repairer::of_fixes(settings, |rule, fix: RuleFix| {
        fix.safety == FixSafety::Safe
            && (with_numbers || !(is_of_number(rule.code) || (fix.changes.is_empty() && fix.letters == Letters::Kept)))
    })
}

/// The proved edits of each cable of a document, in order and apart from each other, out of what is wrong in it.
pub(crate) fn slips(document: &Document, found: &[Diagnostic], repairer: &mut Repairer) -> Vec<Vec<Slip>> {
    let mut slips = vec![Vec::new(); document.cables().len()];
    let shown = |one: &Diagnostic| -> Vec<(usize, Slip)> {
        let edits = one.fix.iter().filter(|fix| fix.safety == FixSafety::Safe).flat_map(|fix| &fix.edits);
        edits.filter_map(|edit| slip(document, &edit.range, &edit.text, one.rule.code)).collect()
    };
    // Most fixes set blanks right, which no edition shows, and a proof costs a reading.
    let wanted: Vec<usize> = (0..found.len()).filter(|&index| !shown(&found[index]).is_empty()).collect();
    if wanted.is_empty() {
        return slips;
    }
    for &index in &repairer.together(document, found, wanted).applied {
        for (cable, slip) in shown(&found[index]) {
            slips[cable].push(slip);
        }
    }
    for own in &mut slips {
        own.sort_by_key(|slip| slip.span);
        own.dedup_by(|next, before| next.span.start < before.span.end || next.span == before.span);
    }
    slips
}

/// An edit without the blanks at its ends, and the cable it is of. None where it changes nothing that is seen.
fn slip(document: &Document, range: &Range<usize>, to: &str, rule: &'static str) -> Option<(usize, Slip)> {
    let cable = document.cable_at(range.start);
    let placed = document.cables().get(cable)?;
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
    Some((cable, Slip { span: Span::new(start, start + inner.len() as u32), to: to.to_owned(), rule }))
}
