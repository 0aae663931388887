//! What paragraph 1 of a cable that wakes a duty officer must say (PAR013).

use std::sync::LazyLock;

use cable_syntax::{Span, pattern};
use regex::Regex;

use crate::findings::{Context, Findings};
use crate::needs::{Need, Stage};
use crate::{Example, Rule, Severity};

pub(crate) static NOT_JUSTIFIED: Rule = Rule {
    code: "PAR013",
    name: "niact-not-justified",
    severity: Severity::Hint,
    lower_severity: None,
    on_by_default: false,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Text)],
    fix: None,
    summary: "paragraph 1 does not say why the cable is NIACT IMMEDIATE",
    explanation: "NIACT IMMEDIATE calls somebody in at night, so paragraph 1 must say why the cable cannot wait. It is \
                  reported where an addressee is NIACT and paragraph 1 has no word of urgency: NIACT itself, night \
                  action, immediate, urgent, a deadline, an emergency. The wording is free, so the rule is off by \
                  default.",
    example: Example {
        before: "VZCZCXRO7654\nOO RUEHC\nDE RUEHTA #2541 2570826\nZNR UUUUU ZZH\nO 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC NIACT IMMEDIATE 0680\nBT\nUNCLAS ASTANA 002541\n\nSUBJECT: DELEGATION LEAVES\n\n1. (U) The delegation left.",
        after: "VZCZCXRO7654\nOO RUEHC\nDE RUEHTA #2541 2570826\nZNR UUUUU ZZH\nO 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC NIACT IMMEDIATE 0680\nBT\nUNCLAS ASTANA 002541\n\nSUBJECT: DELEGATION LEAVES\n\n1. (U) Night action: the delegation lands at dawn.",
    },
    source: "5 FAH-2 H-420 (Telecommunications Handbook, precedences)",
    check: not_justified,
};

/// Words that tell why a cable cannot wait.
static HASTE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:niact|night\s+action|immediate|urgen|deadline|emergenc|as\s+soon\s+as\s+possible|asap\b)")
});

fn not_justified(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let addressees = cable.envelope.to.iter().chain(&cable.envelope.info);
    let mut precedences = addressees.filter_map(|field| Some(field.at(field.value.precedence?.1)));
    let Some(word) = precedences.find(|&span| cable.slice(span).contains("NIACT")) else { return };
    let Some(first) = cable.body.paragraphs.first().filter(|paragraph| paragraph.number == 1) else { return };
    if HASTE.is_match(cable.slice(Span::new(first.marker.span.start, first.end))) {
        return;
    }
    let marker = first.marker.at(first.marker.value.span);
    let written = cable.slice(marker).trim_end().len() as u32;
    findings
        .report(
            Span::new(marker.start, marker.start + written),
            format!("paragraph 1 does not say why the cable is {}", cable.slice(word)),
        )
        .related(word, cable.slice(word));
}
