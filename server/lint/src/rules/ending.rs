//! The end of the cable: signature and trailer (END).

mod after;
mod unsigned;

pub(crate) use after::TEXT_AFTER_SIGNATURE;
pub(crate) use unsigned::MISSING_SIGNATURE;

use std::sync::LazyLock;

use cable_syntax::{LineKind, PartKind, ShortPattern, Span, short_pattern};

use crate::findings::{Context, Findings};
use crate::needs::{Need, Stage};
use crate::{Change, Example, Letters, Rule, RuleFix, Severity};

pub(crate) static MALFORMED_SIGNATURE: Rule = Rule {
    code: "END002",
    name: "malformed-signature",
    severity: Severity::Hint,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Text)],
    fix: Some(RuleFix::unsafe_(&[Change::Field], Letters::Kept)),
    summary: "the signature has stray characters",
    explanation: "A cable is signed with a surname in capitals and nothing else. Quotes around it, full stops and \
                  number signs come from the scan or the export, and a search for the cables of one ambassador misses \
                  this one. The full stop of JR. is left alone, and so is a name that was removed. A backslash is \
                  reported by TXT012.",
    example: Example { before: "1. (U) The delegation left.\n\nROE.##", after: "1. (U) The delegation left.\n\nROE" },
    source: "5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: malformed_signature,
};

fn malformed_signature(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(signature) = &cable.signature else { return };
    let Some(part) = cable.parts.iter().find(|part| part.kind == PartKind::Signature && part.line == signature.line)
    else {
        return;
    };
    let written = cable.slice(part.span).trim_end_matches(['\\', ' ', '\t']);
    let name = signature.span;
    let line = cable.lines()[signature.line as usize].span;
    // A quote before a name that has its line for itself.
    let is_quoted = cable.slice(Span::new(line.start, name.start)).trim() == "\"";
    let span =
        Span::new(if is_quoted { name.start - 1 } else { part.span.start }, part.span.start + written.len() as u32);
    let (before, after) = (Span::new(span.start, name.start), Span::new(name.end.min(span.end), span.end));
    let is_junior = cable.slice(name).ends_with("JR") && cable.slice(after) == ".";
    // A bracket may close what the last sentence opened.
    if (before.is_empty() && after.is_empty()) || is_junior || cable.slice(after).contains([')', ']']) {
        return;
    }
    let edits = [before, after].into_iter().filter(|span| !span.is_empty());
    findings
        .report(span, format!("stray characters around the signature: \"{}\"", cable.slice(span)))
        .fix(format!("Write {}", cable.slice(name)), edits.map(|span| (span, String::new())).collect());
}

pub(crate) static SERVICE_NOTE: Rule = Rule {
    code: "END004",
    name: "service-note",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "there is a service note after the signature",
    explanation: "The communicators put a note after the text when a cable was sent again or did not reach an \
                  addressee. It is not part of the text, and it tells the reader that another copy may differ.",
    example: Example {
        before: "1. (U) The delegation left.\n\nROE\n\nNOTE: SVC FOR DROPPED ADDEE",
        after: "1. (U) The delegation left.\n\nROE",
    },
    source: "none; seen in published cables",
    check: service_note,
};

static NOTE: LazyLock<ShortPattern> =
    LazyLock::new(|| short_pattern(r"^(?:NOTE(?: BY [A-Z/]+)?: ?|\(STATE note\) ?)(?<text>\S.*)$"));

fn service_note(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    for line in &cable.trailer {
        let text = cable.slice(line.span);
        let Some(note) = NOTE.captures(text) else { continue };
        let what = match &note["text"] {
            "SVC FOR DROPPED ADDEE" => "addressee dropped",
            "NOT PASSED TO ABOVE ADDRESSEE(S)" => "not passed to the addressees above",
            other => other,
        };
        findings.report(line.span, format!("service note after the signature: {what}"));
    }
}

pub(crate) static NNNN_NOT_LAST: Rule = Rule {
    code: "END005",
    name: "nnnn-not-last",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "NNNN is not the last line",
    explanation: "NNNN ends the transmission. Whatever comes after it was not sent with the cable, or the copy mixed \
                  up the order of the lines. A classification, a release footer and what a publisher put around the \
                  cable may come after it.",
    example: Example {
        before: "1. (U) The delegation left.\n\nROE\n\nNNNN\n\nNOTE: SVC FOR DROPPED ADDEE",
        after: "1. (U) The delegation left.\n\nROE\n\nNOTE: SVC FOR DROPPED ADDEE\n\nNNNN",
    },
    source: "ACP 127 (Communications Instructions, Tape Relay Procedures)",
    check: nnnn_not_last,
};

fn nnnn_not_last(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(end) = cable.trailer.iter().position(|line| cable.slice(line.span) == "NNNN") else { return };
    let is_sent = |text: &str| !(text.contains("Declassified/Released") || matches!(text, "." | ">" | "NNNN" | "BT"));
    let later = cable.trailer[end + 1..].iter().find(|line| {
        let kind = cable.lines()[line.line as usize].kind;
        kind != LineKind::ClassificationWord && kind != LineKind::Residue && is_sent(cable.slice(line.span))
    });
    if let Some(later) = later {
        let text = cable.slice(later.span);
        findings
            .report(cable.trailer[end].span, format!("NNNN is not the last line: \"{text}\" follows"))
            .related(later.span, "after NNNN");
    }
}
