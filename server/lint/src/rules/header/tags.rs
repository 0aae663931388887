//! The TAGS line as a whole: whether it is there, and what is in it twice (HDR008, HDR010, HDR011).

use cable_syntax::{Cable, Era, Field, Span, Tag};

use crate::findings::{Context, Findings};
use crate::needs::{Need, Stage};
use crate::{Change, DiagnosticTag, Example, Letters, Rule, RuleFix, Severity};

pub(crate) static MISSING: Rule = Rule {
    code: "HDR008",
    name: "missing-tags",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::WholeCopy, Need::Finished(Stage::Tags)],
    fix: None,
    summary: "there is no TAGS line",
    explanation: "Cables are filed and found by their TAGS. About one in twenty has none, so it is information only. \
                  Nothing is reported in copies that break off, nor where the E.O. and SUBJECT lines are \
                  missing too: then the header as a whole is not there.",
    example: Example {
        before: "UNCLAS ASTANA 002541\n\nE.O. 12958: N/A\nSUBJECT: TALKS\n\n1. (U) They go on.",
        after: "UNCLAS ASTANA 002541\n\nE.O. 12958: N/A\nTAGS: PREL KZ\nSUBJECT: TALKS\n\n1. (U) They go on.",
    },
    source: "5 FAH-3 H-010 (TAGS/Terms Handbook)",
    check: missing,
};

fn missing(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let header = &cable.header;
    if header.tags.is_some() {
        return;
    }
    let order = header.executive_order.as_ref().map(|order| order.at(order.value.keyword));
    let subject = header.subject.as_ref().map(|subject| subject.keyword.at(subject.keyword.value.word));
    let Some(next) = subject.or(order) else { return };
    // A line that is there and was not read, such as one glued to another, is not missing.
    let first = cable.body.paragraphs.first().map_or(cable.text().len(), |first| first.marker.span.start as usize);
    if cable.text()[..first].contains("TAGS") {
        return;
    }
    let span = header.classification.as_ref().map_or(next, |line| line.span);
    let finding = findings.report(span, "no TAGS line");
    if span != next {
        finding.related(next, "it should be next to this line");
    }
}

pub(crate) static DUPLICATE: Rule = Rule {
    code: "HDR010",
    name: "duplicate-tag",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::unsafe_(&[Change::Value, Change::Lines], Letters::Any)),
    summary: "a TAG is listed twice",
    explanation: "A TAG that is listed twice files the cable no better than once. Perhaps another TAG was intended. A \
                  person's TAG may be listed once for each person, so two with different names are not reported.",
    example: Example { before: "TAGS: PREL PHUM PREL KZ", after: "TAGS: PREL PHUM KZ" },
    source: "5 FAH-3 H-010 (TAGS/Terms Handbook)",
    check: duplicate,
};

fn duplicate(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(tags) = &cable.header.tags else { return };
    let code = |tag: &Field<Tag>| cable.slice(tag.at(tag.value.code)).to_ascii_uppercase();
    let name = |tag: &Field<Tag>| tag.value.name.map(|name| cable.slice(tag.at(name)));
    for (index, tag) in tags.tags.iter().enumerate() {
        let written = code(tag);
        if !context.catalog.is_tag(&written) {
            continue;
        }
        let is_same = |first: &&Field<Tag>| code(first) == written && name(first) == name(tag);
        let Some(first) = tags.tags[..index].iter().find(is_same) else { continue };
        // `OVIP DOE, OVIP ROE`: names without brackets.
        if context.catalog.tag_needs_name(&written) && name(tag).is_none() {
            continue;
        }
        let finding = findings.report(tag.at(tag.value.code), format!("duplicate TAG {written}"));
        finding.tag(DiagnosticTag::Unnecessary).related(first.at(first.value.code), format!("first {written}"));
        if let Some(span) = with_separator(cable, &tags.tags, index) {
            finding.fix(format!("Delete the second {written}"), vec![(span, String::new())]);
        }
    }
}

/// A TAG and what sets it off from the one before it, or from the one after it where it begins its line. None where
/// something else is between them.
fn with_separator(cable: &Cable, tags: &[Field<Tag>], index: usize) -> Option<Span> {
    let tag = &tags[index];
    let is_separator = |span: Span| cable.slice(span).chars().all(|sign| matches!(sign, ' ' | ',' | ';' | '\t'));
    let same_line = |other: &&Field<Tag>| other.line == tag.line;
    if let Some(before) = index.checked_sub(1).map(|before| &tags[before]).filter(same_line) {
        let span = Span::new(before.span.end, tag.span.end);
        return is_separator(Span::new(span.start, tag.span.start)).then_some(span);
    }
    let after = tags.get(index + 1).filter(same_line)?;
    is_separator(Span::new(tag.span.end, after.span.start)).then(|| Span::new(tag.span.start, after.span.start))
}

pub(crate) static PERSON_WITHOUT_NAME: Rule = Rule {
    code: "HDR011",
    name: "person-tag-missing",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: false,
    is_of_all_eras: false,
    needs: &[Need::Era(&[Era::Archives1973]), Need::Finished(Stage::Text)],
    fix: None,
    summary: "a person's TAG has no name after it",
    explanation: "In the 1970s the TAGS for travel and persons (OVIP, OTRA, OREP, OEXC, OCON) had to be followed by \
                  the person's name in brackets, because the cable was filed under it. Later this was given up, so the \
                  rule looks only at cables of those years, and is off by default. A name without brackets is \
                  accepted.",
    example: Example {
        before: "E.O. 11652: N/A\nTAGS: OVIP, EG\nSUBJECT: VISIT",
        after: "E.O. 11652: N/A\nTAGS: OVIP (DOE, JANE), EG\nSUBJECT: VISIT",
    },
    source: "cable 1974 STATE 150591 (TAGS with names)",
    check: person_without_name,
};

fn person_without_name(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(tags) = &cable.header.tags else { return };
    for (index, tag) in tags.tags.iter().enumerate() {
        let written = cable.slice(tag.at(tag.value.code));
        if !context.catalog.tag_needs_name(written) || tag.value.name.is_some() {
            continue;
        }
        let after = tags.tags.get(index + 1).map(|after| cable.slice(after.at(after.value.code)));
        if after.is_none_or(|after| context.catalog.is_tag(after)) {
            findings.report(tag.at(tag.value.code), format!("TAG {written} should be followed by a name"));
        }
    }
}
