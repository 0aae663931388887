//! The classification line, the captions below it, and Classified By (CLS).

mod classified_by;
mod conflict;
mod line;
mod portions;

pub(super) use classified_by::{MALFORMED as MALFORMED_CLASSIFIED_BY, PRESENCE, lacks_line};
pub(super) use conflict::CONFLICTING;
pub(super) use line::{MALFORMED as MALFORMED_LEVEL, MALFORMED_NUMBER, MALFORMED_SECTION, MISSING as MISSING_LINE};
pub(super) use portions::{ABOVE_OVERALL, NONE_AT_OVERALL, SENSITIVE};

use std::collections::HashMap;
use std::ops::RangeInclusive;

use cable_catalog::calendar::{CLASSIFIER_NAMED, REASONS_AMENDED, REASONS_RENUMBERED};
use cable_syntax::{Cable, ClassifiedBy, Field, Span, declassification_date};

use crate::findings::{Context, Findings};
use crate::line_edit::without;
use crate::needs::{Need, Stage};
use crate::{Change, DiagnosticTag, Example, Letters, Rule, RuleFix, Severity};

pub(crate) static MISSPELT_CAPTION: Rule = Rule {
    code: "CLS005",
    name: "misspelt-caption",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::safe(&[Change::Captions], Letters::Caption)),
    summary: "a caption is misspelled",
    explanation: "A caption says who may see the cable and where it may be distributed, so a misspelled one protects \
                  nothing. It is reported if it is in the place of the captions, is not a known caption, and differs \
                  from exactly one known caption by one or two letters. Other lines in capitals in that place are \
                  passing instructions.",
    example: Example { before: "STPDIS", after: "SIPDIS" },
    source: "5 FAH-2 H-440 (Telecommunications Handbook, captions)",
    check: misspelt_caption,
};

/// What printers put around a caption.
const FRAME: [char; 5] = ['/', '*', '-', ' ', '='];

fn misspelt_caption(context: &Context<'_>, findings: &mut Findings) {
    for caption in &context.cable.header.captions {
        let (text, meant) = (context.cable.slice(caption.span), caption.value.as_str());
        // A caption in a frame of strokes is as good: `/// CORRECTED COPY ///`.
        let is_framed = || text.trim_matches(FRAME) == meant.trim_matches(FRAME);
        if text != meant && context.catalog.caption(text).is_none() && !is_framed() {
            findings
                .report(caption.span, format!("unknown caption \"{text}\": did you mean {meant}?"))
                .fix(format!("Write {meant}"), vec![(caption.span, meant.to_owned())]);
        }
    }
}

pub(crate) static DUPLICATE_CAPTION: Rule = Rule {
    code: "CLS006",
    name: "duplicate-caption",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::unsafe_(&[Change::Captions, Change::Lines], Letters::Any)),
    summary: "a caption is repeated",
    explanation: "A caption is the same as one above it. Many originals of 2006 and 2007 have SIPDIS twice, so it is \
                  information only. A caption after a page line belongs to a later section and is not reported here.",
    example: Example {
        before: "SIPDIS\n\nSENSITIVE\n\nSIPDIS\n\nSUBJECT: TALKS",
        after: "SIPDIS\n\nSENSITIVE\n\nSUBJECT: TALKS",
    },
    source: "5 FAH-2 H-440 (Telecommunications Handbook, captions)",
    check: duplicate_caption,
};

fn duplicate_caption(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let captions = &cable.header.captions;
    let mut pages: Vec<u32> = cable.body.page_lines.iter().map(|page| page.line).collect();
    pages.sort_unstable();
    let mut firsts = HashMap::new();
    for caption in captions {
        let first = *firsts.entry(caption.value.as_str()).or_insert(caption);
        let before = pages.partition_point(|&page| page < first.line);
        let page_between = pages.get(before).is_some_and(|&page| page <= caption.line);
        if std::ptr::eq(first, caption) || page_between {
            continue;
        }
        let name = &caption.value;
        findings
            .report(caption.span, format!("duplicate caption {name}"))
            .on_line(first.line)
            .tag(DiagnosticTag::Unnecessary)
            .related(first.span, format!("first {name}"))
            .fix(format!("Delete {name}"), vec![(without(cable, caption.line, caption.span), String::new())]);
    }
}

pub(crate) static REASON_FOR_DATE: Rule = Rule {
    code: "CLS011",
    name: "reason-section-wrong-for-date",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "the reason for classifying cites the wrong section for its date, or a letter that the section lacks",
    explanation: "E.O. 12958 lists the reasons in its section 1.5; the amendment of 2003 made that 1.4. From 22 \
                  September 2003 a reason is 1.4, before 25 March 2003 it is 1.5, and between the two dates both are \
                  accepted. A cable without a date that is to be declassified in 2014 to 2017 is later than that. Before 14 \
                  October 1995 the reasons are in other orders and nothing is reported. The reasons of \
                  1.4 are lettered (a) to (h), those of 1.5 (a) to (g); any other letter in brackets names no reason.",
    example: Example {
        before: "VZCZCXRO7840\nPP RUEHDBU\nDE RUEHTA #0605/01 0660518\nZNY CCCCC ZZH\nP 070518Z MAR 07\nFM AMEMBASSY ASTANA\n\nC O N F I D E N T I A L ASTANA 000605\n\nSUBJECT: TALKS\n\nClassified By: DCM JANE ROE, REASON 1.5 (B).",
        after: "VZCZCXRO7840\nPP RUEHDBU\nDE RUEHTA #0605/01 0660518\nZNY CCCCC ZZH\nP 070518Z MAR 07\nFM AMEMBASSY ASTANA\n\nC O N F I D E N T I A L ASTANA 000605\n\nSUBJECT: TALKS\n\nClassified By: DCM JANE ROE, REASON 1.4 (B).",
    },
    source: "E.O. 12958 of 17 April 1995; E.O. 13292 of 25 March 2003, which amends E.O. 12958",
    check: reason_for_date,
};

/// Reasons that the section does not have.
fn unknown_letters(cable: &Cable, field: &Field<ClassifiedBy>, section: Span, findings: &mut Findings) {
    let section = cable.slice(section);
    let last = if section.ends_with('5') { 'g' } else { 'h' };
    let is_beyond = |letter: &Span| cable.slice(*letter).to_ascii_lowercase().starts_with(|letter| letter > last);
    let value = &field.value;
    let letters = value.reasons.iter().chain(&value.unknown_reasons).map(|&letter| field.at(letter));
    for letter in letters.filter(is_beyond) {
        let text = cable.slice(letter);
        findings.report(letter, format!("there is no reason ({text}): those of {section} are (a) to ({last})"));
    }
}

/// The amended order is in use where a cable without a date is to be declassified in these years: the order before it
/// gave most cables ten years at most.
const YEARS_OF_AMENDED: RangeInclusive<i16> = 2014..=2017;

/// A reason of the order before its amendment in a cable without a date, which its declassification shows to be later.
fn reason_for_term(cable: &Cable, section: Span, findings: &mut Findings) {
    let Some(field) = &cable.header.executive_order else { return };
    let instruction = cable.slice(field.at(field.value.instruction));
    let Some((_, Some(day))) = declassification_date(instruction, None) else { return };
    let written = cable.slice(section);
    if written.ends_with('5') && YEARS_OF_AMENDED.contains(&day.year()) {
        let message = format!(
            "reason {written} of a cable to be declassified in {} should be 1.4 (since the amendment of E.O. 12958 in 2003)",
            day.year()
        );
        findings.report(section, message);
    }
}

fn reason_for_date(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(field) = &cable.header.classified_by else { return };
    let Some(section) = field.value.section.map(|section| field.at(section)) else { return };
    unknown_letters(cable, field, section, findings);
    let Some(day) = cable.sent_on() else {
        reason_for_term(cable, section, findings);
        return;
    };
    let (expected, why) = match cable.slice(section).chars().last() {
        Some('5') if day >= REASONS_RENUMBERED => ("1.4", "since the amendment of E.O. 12958 in 2003"),
        Some('4') if (CLASSIFIER_NAMED..REASONS_AMENDED).contains(&day) => {
            ("1.5", "before the amendment of E.O. 12958 in 2003")
        }
        _ => return,
    };
    let written = cable.slice(section);
    findings.report(section, format!("reason {written} on {day} should be {expected} ({why})"));
}
