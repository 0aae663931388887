//! Runs the rules that look beyond one file: they need an archive around it, and somebody who knows it.
//!
//! Nothing of this is remembered: what they find changes when another file does.

use cable_syntax::Document;

use crate::check::{MARKS, order};
use crate::findings::{Context, Findings, Surroundings};
use crate::needs::Need;
use crate::references::References;
use crate::{Diagnostic, Rule, Settings, rule};

/// What is wrong in a document beside the other cables of an archive, by place and then by code. `path` is where the archive
/// has the document, or would have it.
pub fn archive_diagnostics(
    document: &Document,
    path: &str,
    references: &dyn References,
    settings: &Settings,
) -> Vec<Diagnostic> {
    let running: Vec<&'static Rule> =
        settings.running().into_iter().filter(|rule| rule.needs.contains(&Need::Archive)).collect();
    if running.is_empty() {
        return Vec::new();
    }
    let hides_wrapped = rule(MARKS).is_some_and(|marks| settings.runs(marks));
    let surroundings = Surroundings::new(document, path, references);
    let last = document.cables().len().saturating_sub(1);
    let mut diagnostics = Vec::new();
    for (index, placed) in document.cables().iter().enumerate() {
        let cable = &placed.cable;
        // As of all rules: first the marks of a copy go, then the rest is reported.
        if !cable.is_recognised() || (hides_wrapped && cable.is_wrapped()) {
            continue;
        }
        let around = surroundings.around(index);
        let context = Context::new(cable, settings, index == last).within(&around);
        let mut findings = Findings::of(running.iter().copied(), &context);
        findings.sort_by_key(order);
        diagnostics.extend(findings.iter().map(|finding| finding.placed(placed, settings)));
    }
    diagnostics
}

/// Puts diagnostics of both kinds in the order of each: by place and then by code.
pub fn merge(mut diagnostics: Vec<Diagnostic>, others: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if !others.is_empty() {
        diagnostics.extend(others);
        diagnostics.sort_by_key(|found| (found.range.start, found.rule.code, found.range.end));
    }
    diagnostics
}
