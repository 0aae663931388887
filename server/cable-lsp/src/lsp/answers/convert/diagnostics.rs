//! What is wrong in a document.

use std::ops::Range;

use ropey::Rope;
use serde_json::json;
use tower_lsp::lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, NumberOrString, Url,
};

use super::super::client_facts::ClientFacts;
use crate::lsp::analysis::{self, FixSafety, Severity};
use crate::lsp::documents::Snapshot;
use crate::visible::visible;

/// The diagnostics of a snapshot that are to be seen by now, as this client shows them.
pub(in crate::lsp) fn diagnostics(snapshot: &Snapshot, uri: &Url, facts: &ClientFacts) -> Vec<Diagnostic> {
    let rope = snapshot.document.rope();
    snapshot.shown(snapshot.check()).iter().map(|found| diagnostic(found, rope, uri, facts)).collect()
}

/// One diagnostic. Its `data` names the rule for people and says how far its fix may be trusted.
pub(in crate::lsp) fn diagnostic(
    found: &analysis::Diagnostic,
    rope: &Rope,
    uri: &Url,
    facts: &ClientFacts,
) -> Diagnostic {
    let range = |span: &Range<usize>| facts.encoding.range(rope, span);
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
