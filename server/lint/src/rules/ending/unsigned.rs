//! A text without a signature (END001).

use cable_syntax::{Cable, PartKind, Span};

use super::after::early_signature;
use crate::findings::{Context, Findings};
use crate::needs::{Need, Stage};
use crate::{Example, Rule, Severity};

pub(crate) static MISSING_SIGNATURE: Rule = Rule {
    code: "END001",
    name: "missing-signature",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: false,
    is_of_all_eras: false,
    needs: &[Need::WholeCopy, Need::NotExtract, Need::Finished(Stage::Text)],
    fix: None,
    summary: "there is no signature after the last paragraph",
    explanation: "A cable ends with the surname of the chief of mission or the chargé: alone on its line, in capitals \
                  or in ordinary spelling, or after the last sentence. If it is missing, the end of the text may be \
                  lost. Many cables have none, so the rule is off by default. Nothing is reported in extracts, in \
                  copies that break off or lack a section, in texts that end without a full stop, where a name was \
                  removed, and where END003 finds the name above the end.",
    example: Example { before: "1. (U) The delegation left.", after: "1. (U) The delegation left.\n\nROE" },
    source: "5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: missing_signature,
};

fn missing_signature(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    if cable.signature.is_some() || !has_all_sections(cable) || cable.body.paragraphs.is_empty() {
        return;
    }
    let is_text = |kind| matches!(kind, PartKind::Paragraph | PartKind::Fragment);
    let Some(last) = cable.parts.iter().rev().find(|part| is_text(part.kind)) else { return };
    let word = cable.slice(last.span).split_whitespace().next_back().unwrap_or_default();
    if may_be_name(word) || early_signature(context).is_some() {
        return;
    }
    let span = Span::new(last.span.end - word.len() as u32, last.span.end);
    findings.report(span, "no signature after the last paragraph");
}

/// Whether the last word of a text may be a name in a form that is not read as one: no sentence ends without its stop.
fn may_be_name(word: &str) -> bool {
    let has_stop = word.ends_with(['.', '?', '!', '"', ')', ':', ';', '”']) && word.contains(char::is_alphanumeric);
    !has_stop || word.contains("XXXX") || word.eq_ignore_ascii_case("jr.")
}

/// Whether the last section is here: its page line is in the text, or the cable has but one.
fn has_all_sections(cable: &Cable) -> bool {
    let section = cable.header.classification.as_ref().and_then(|line| line.value.section);
    section.is_none_or(|section| {
        let has_page_line = |number| cable.body.page_lines.iter().any(|line| line.value.section == Some(number));
        section.of <= 1 || (section.number == 1 && (2..=section.of).all(has_page_line))
    })
}
