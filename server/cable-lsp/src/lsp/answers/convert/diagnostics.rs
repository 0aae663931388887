//! What is wrong in a document: kept as JSON cable by cable, so that nothing is done for one that did not change.

use std::ops::Range;

use serde_json::json;
use tower_lsp::lsp_types::{
    self, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, NumberOrString, Url,
};

use super::super::client_facts::ClientFacts;
use crate::lsp::analysis::{self, Analysis, CableFindings, Document, Findings, FixSafety, Placed, Severity};
use crate::lsp::documents::{CablePositions, DiagnosticsView, Rendered, Snapshot};
use crate::visible::visible;

/// The diagnostics of a snapshot that are to be seen by now, as this client shows them, and then those that its archive has:
/// a JSON array. Nothing once the snapshot is no longer current.
pub(in crate::lsp) fn diagnostics(
    snapshot: &Snapshot,
    beside: &[analysis::Diagnostic],
    uri: &Url,
    facts: &ClientFacts,
) -> Vec<u8> {
    diagnostics_while(snapshot, beside, uri, facts, || snapshot.is_current()).unwrap_or_else(|| b"[]".to_vec())
}

/// The same, asking before each cable that is looked at whether to go on. None if not.
pub(in crate::lsp) fn diagnostics_while(
    snapshot: &Snapshot,
    beside: &[analysis::Diagnostic],
    uri: &Url,
    facts: &ClientFacts,
    go_on: impl FnMut() -> bool,
) -> Option<Vec<u8>> {
    let found = snapshot.findings_while(go_on)?;
    let document = &snapshot.document;
    let mut sieve = snapshot.sieve();
    let mut array = vec![b'['];
    let mut index = 0;
    snapshot.views().diagnostics.each(
        document.cables(),
        |index, view: &DiagnosticsView| {
            let stays = view.first_line.is_none_or(|line| line == document.cables()[index].first_line);
            stays && view.findings.is_same(&found[index])
        },
        |index, placed| view(&found[index], placed, snapshot, uri, facts),
        |placed, view| {
            let first_line = placed.first_line as u32;
            if sieve.may_wait_in(index) {
                let mut places = view.findings.places(placed);
                view.rendered.append_some(&mut array, first_line, |_| {
                    places.next().is_some_and(|(rule, range)| sieve.shows(rule, &range))
                });
            } else {
                view.rendered.append_to(&mut array, first_line);
            }
            index += 1;
        },
    );
    let range = |span: &Range<usize>| facts.encoding.range(document.rope(), span);
    for found in beside.iter().filter(|found| sieve.shows(found.rule, &found.range)) {
        if array.len() > 1 {
            array.push(b',');
        }
        // Writing to memory does not fail.
        let _ = serde_json::to_writer(&mut array, &diagnostic(found, range, uri, facts));
    }
    array.push(b']');
    Some(array)
}

/// The diagnostics of a file that is not open, as a JSON array, asking before each cable that is looked at whether to go on.
/// None if not.
pub(in crate::lsp) fn file_diagnostics(
    document: &Document,
    analysis: &Analysis,
    uri: &Url,
    facts: &ClientFacts,
    go_on: impl FnMut() -> bool,
) -> Option<Vec<u8>> {
    let findings = analysis.findings_while(document, &Findings::default(), go_on)?;
    let mut array = vec![b'['];
    for (placed, found) in document.cables().iter().zip(findings) {
        rendered(&found, placed, document, analysis, uri, facts).append_to(&mut array, placed.first_line as u32);
    }
    array.push(b']');
    Some(array)
}

/// The diagnostics of one cable, to be kept.
fn view(
    found: &CableFindings,
    placed: &Placed,
    snapshot: &Snapshot,
    uri: &Url,
    facts: &ClientFacts,
) -> DiagnosticsView {
    let rendered = rendered(found, placed, &snapshot.document, &snapshot.analysis, uri, facts);
    let first_line = found.names_lines().then_some(placed.first_line);
    DiagnosticsView { findings: found.clone(), first_line, rendered }
}

/// The diagnostics of one cable of a document.
fn rendered(
    found: &CableFindings,
    placed: &Placed,
    document: &Document,
    analysis: &Analysis,
    uri: &Url,
    facts: &ClientFacts,
) -> Rendered {
    let positions = CablePositions::new(facts.encoding, document, placed);
    // Its places count from the cable; a message that names a line counts from the document.
    let alone = Placed { start: 0, ..placed.clone() };
    let placed_here = found.placed(&alone, &analysis.settings);
    Rendered::of(placed_here.map(|found| diagnostic(&found, |span| positions.range(span), uri, facts)))
}

/// One diagnostic, with the places that `range` says. Its `data` names the rule for people and says how far its fix may be
/// trusted.
pub(in crate::lsp) fn diagnostic(
    found: &analysis::Diagnostic,
    range: impl Fn(&Range<usize>) -> lsp_types::Range,
    uri: &Url,
    facts: &ClientFacts,
) -> Diagnostic {
    let related = found.related.iter().map(|related| DiagnosticRelatedInformation {
        location: Location::new(uri.clone(), range(&related.range)),
        message: visible(&related.message).into_owned(),
    });
    let tags: Vec<_> = found.tags.iter().copied().map(tag).filter(|tag| facts.diagnostic_tags.contains(tag)).collect();
    let data = || json!({ "name": found.rule.name, "fix": found.fix.as_ref().map(|fix| safety(fix.safety)) });
    Diagnostic {
        range: range(&found.range),
        severity: Some(severity(found.severity)),
        code: Some(NumberOrString::String(found.rule.code.into())),
        code_description: None,
        source: Some("cable".into()),
        message: visible(&found.message).into_owned(),
        related_information: (facts.related_information && !found.related.is_empty()).then(|| related.collect()),
        tags: (!tags.is_empty()).then_some(tags),
        data: facts.diagnostic_data.then(data),
    }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Information => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}

fn tag(tag: analysis::DiagnosticTag) -> DiagnosticTag {
    match tag {
        analysis::DiagnosticTag::Unnecessary => DiagnosticTag::UNNECESSARY,
        analysis::DiagnosticTag::Deprecated => DiagnosticTag::DEPRECATED,
    }
}

fn safety(safety: FixSafety) -> &'static str {
    match safety {
        FixSafety::Safe => "safe",
        FixSafety::Unsafe => "unsafe",
    }
}
