//! Whether the E.O. line is there (HDR001).

use std::sync::LazyLock;

use cable_syntax::pattern;
use regex::Regex;

use crate::findings::{Context, Findings};
use crate::needs::{Need, Stage};
use crate::{Example, Rule, Severity};
use cable_catalog::calendar::FIRST_ORDER;

pub(crate) static MISSING: Rule = Rule {
    code: "HDR001",
    name: "missing-eo",
    severity: Severity::Warning,
    lower_severity: Some(Severity::Information),
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::WholeCopy, Need::NotSmart, Need::Finished(Stage::ExecutiveOrder)],
    fix: None,
    summary: "there is no E.O. line",
    explanation: "Since 1972 every cable says in its E.O. line under which order it is classified and when that ends, \
                  or N/A. Nothing is reported in copies that break off, cables from before 1972 and SMART \
                  headers, nor where TAGS and SUBJECT are missing too: then the header as a whole is not there. In \
                  extracts, and before 1995, it is information only.",
    example: Example {
        before: "UNCLAS ASTANA 002541\n\nTAGS: PREL KZ\nSUBJECT: TALKS\n\n1. (U) They go on.",
        after: "UNCLAS ASTANA 002541\n\nE.O. 12958: N/A\nTAGS: PREL KZ\nSUBJECT: TALKS\n\n1. (U) They go on.",
    },
    source: "E.O. 11652 of 8 March 1972; 5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: missing,
};

fn missing(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let header = &cable.header;
    let is_older = cable.sent_on().is_some_and(|day| day < FIRST_ORDER);
    if header.executive_order.is_some() || is_older {
        return;
    }
    let tags = header.tags.as_ref().map(|tags| tags.keyword.at(tags.keyword.value.word));
    let subject = header.subject.as_ref().map(|subject| subject.keyword.at(subject.keyword.value.word));
    let Some(next) = tags.or(subject) else { return };
    // An export may have run the line into another.
    let first = cable.body.paragraphs.first().map_or(cable.text().len(), |first| first.marker.span.start as usize);
    if INSIDE.is_match(&cable.text()[..first]) {
        return;
    }
    let span = header.classification.as_ref().map_or(next, |line| line.span);
    let finding = findings.report(span, "no E.O. line");
    if span != next {
        finding.related(next, "it should be above this line");
    }
    // The publisher of an extract may have left the line out, though nearly none did.
    if cable.is_extract() {
        finding.lower_severity();
    }
}

/// An E.O. line inside a line.
static INSIDE: LazyLock<Regex> = LazyLock::new(|| pattern(r"E\. ?[OoM0]\.?:? ?\d{4}|\bEO \d{4}"));
