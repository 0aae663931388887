//! The order of the header lines (HDR014).

use cable_syntax::{Cable, Span};

use crate::findings::{Context, Findings};
use crate::needs::{Need, Stage};
use crate::{Example, Rule, Severity};

pub(crate) static ORDER: Rule = Rule {
    code: "HDR014",
    name: "header-order",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::NotSmart, Need::Finished(Stage::Line)],
    fix: None,
    summary: "a header line is out of order",
    explanation: "The header lines have a fixed order: E.O., TAGS, SUBJECT, then REF and Classified By. Programs and \
                  readers look for them in their places. Some cables swap two of them, so it is information only. REF \
                  and Classified By may change places, and SMART headers have an order of their own.",
    example: Example {
        before: "TAGS: PREL KZ\nE.O. 12958: N/A\nSUBJECT: TALKS",
        after: "E.O. 12958: N/A\nTAGS: PREL KZ\nSUBJECT: TALKS",
    },
    source: "5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: order,
};

/// The keywords that are there, and the place of each in the order.
fn keywords(cable: &Cable) -> impl Iterator<Item = (usize, &'static str, Span)> {
    let header = &cable.header;
    let order = header.executive_order.as_ref().map(|field| (0, "E.O.", field.at(field.value.keyword)));
    let tags = header.tags.as_ref().map(|tags| (1, "TAGS", tags.keyword.at(tags.keyword.value.word)));
    let subject = header.subject.as_ref().map(|subject| (2, "SUBJECT", subject.keyword.at(subject.keyword.value.word)));
    let references = header.references.as_ref().map(|list| (3, "REF", list.keyword.at(list.keyword.value.word)));
    let classified_by = header.classified_by.as_ref().map(|field| (3, "Classified By", field.at(field.value.keyword)));
    // What only a publisher's preview has is above the header that is read.
    let first = header.classification.as_ref().map_or(0, |line| line.span.start);
    [order, tags, subject, references, classified_by].into_iter().flatten().filter(move |field| field.2.start >= first)
}

fn order(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    for (place, keyword, span) in keywords(cable) {
        let should_be_above = |other: &(usize, &str, Span)| other.0 < place && other.2.start > span.start;
        let Some((_, other, first)) = keywords(cable).find(should_be_above) else { continue };
        findings
            .report(span, format!("{keyword} line is before the {other} line"))
            .related(first, format!("{other} line here"));
    }
}
