//! Fixes all mistakes of one kind in a cable at once: where one marker is misread, most are.

use std::ops::Range;

use cable_lint::fix::Repairer;
use cable_lint::{Diagnostic, Settings};
use cable_syntax::Document;

use super::{Action, ActionKind};

/// The rules about how paragraph numbers are written. They share their edits (FORMAT.md, "Fixes").
const MARKERS: [&str; 7] = ["PAR006", "PAR014", "TXT001", "TXT002", "TXT003", "TXT004", "TXT005"];

/// For each kind of mistake that `found` reports in a range of the document and that the cable has more than once: the
/// action that fixes them all. `found` is in order, as a check gives it.
pub fn fix_all(document: &Document, found: &[Diagnostic], range: &Range<usize>, settings: &Settings) -> Vec<Action> {
    let Some(placed) = document.cables().get(document.cable_at(range.start)) else { return Vec::new() };
    let extent = placed.extent();
    let from = found.partition_point(|diagnostic| diagnostic.range.start < extent.start);
    let to = found.partition_point(|diagnostic| diagnostic.range.start < extent.end);
    let own = found.get(from..to).unwrap_or_default();
    let mut families: Vec<&str> = Vec::new();
    for diagnostic in own.iter().filter(|diagnostic| diagnostic.fix.is_some()) {
        let touches = diagnostic.range.start <= range.end && range.start <= diagnostic.range.end;
        if touches && !families.contains(&family(diagnostic)) {
            families.push(family(diagnostic));
        }
    }
    let mut repairer = Repairer::new(settings);
    families.into_iter().filter_map(|family| all_of(document, own, family, &mut repairer)).collect()
}

/// What a diagnostic is fixed together with: the first of the rules on markers, or its own rule.
fn family(diagnostic: &Diagnostic) -> &'static str {
    let code = diagnostic.rule.code;
    if MARKERS.contains(&code) { MARKERS[0] } else { code }
}

fn all_of(document: &Document, own: &[Diagnostic], wanted: &'static str, repairer: &mut Repairer) -> Option<Action> {
    let same = (0..own.len()).filter(|&index| family(&own[index]) == wanted);
    let round = repairer.together(document, own, same.collect());
    let (edits, fixed) = (round.edits, round.applied);
    if edits.len() < 2 || fixed.len() < 2 {
        return None;
    }
    let title = if wanted == MARKERS[0] {
        format!("Fix all {} misread markers of this cable", edits.len())
    } else {
        format!("Fix all {} of {wanted} ({}) in this cable", fixed.len(), own[fixed[0]].rule.name)
    };
    Some(Action { kind: ActionKind::QuickFix, title, edits, refused: None })
}
