//! Slips of the transcription: what the scan, the web edition and the copying did to the text (TXT).

use cable_syntax::decoder::Artefact;
use cable_syntax::marker::Sign;
use cable_syntax::{Paragraph, Span};

use crate::findings::{Context, Findings};
use crate::marker_repair::{artefact_of, edit, number_span, sure};
use crate::{Example, FixSafety, Rule, Severity};

pub(crate) static PILCROW_AS_ONE: Rule = Rule {
    code: "TXT001",
    name: "pilcrow-as-one",
    severity: Severity::Warning,
    weaker: None,
    on_by_default: true,
    fix: Some(FixSafety::Safe),
    summary: "a paragraph number begins with a 1 that is a misread pilcrow",
    explanation: "The web edition prints a pilcrow before each paragraph number. Character recognition often reads that \
                  sign as the digit 1, so that paragraph 7 becomes 17. Whoever cites the paragraph then cites the wrong \
                  one. All numbers of the cable are weighed together to tell a 17 that is 7 from one that is 17; where \
                  that stays open, PAR007 says so and nothing is changed.",
    example: Example {
        before: "11. (SBU) Summary.\n\n12. (SBU) Talks go on.",
        after: "1. (SBU) Summary.\n\n2. (SBU) Talks go on.",
    },
    source: "S0-S4; FORMAT.md C",
    check: pilcrow_as_one,
};

fn pilcrow_as_one(context: &Context<'_>, findings: &mut Findings) {
    let is_hit = |artefact: Artefact| artefact.stripped && artefact.sign == Sign::None && !artefact.confusable;
    for paragraph in sure(context.cable).filter(|paragraph| is_hit(artefact_of(paragraph))) {
        report_number(context, findings, paragraph, "the leading 1 is a misread pilcrow");
    }
}

pub(crate) static PILCROW_DOUBLED: Rule = Rule {
    code: "TXT002",
    name: "pilcrow-doubled",
    severity: Severity::Warning,
    weaker: None,
    on_by_default: true,
    fix: Some(FixSafety::Safe),
    summary: "a pilcrow is kept and read as 1 besides",
    explanation: "The pilcrow of the web edition was kept, and read as the digit 1 once more: paragraph 8 becomes \
                  ¶18. A kept pilcrow alone is right and is not reported.",
    example: Example {
        before: "¶7. (SBU) Talks go on.\n\n¶18. (SBU) They end.",
        after: "¶7. (SBU) Talks go on.\n\n8. (SBU) They end.",
    },
    source: "S4:63; FORMAT.md C",
    check: pilcrow_doubled,
};

fn pilcrow_doubled(context: &Context<'_>, findings: &mut Findings) {
    let is_hit = |artefact: Artefact| artefact.stripped && artefact.sign == Sign::Kept;
    for paragraph in sure(context.cable).filter(|paragraph| is_hit(artefact_of(paragraph))) {
        report_number(context, findings, paragraph, "the pilcrow is kept and also read as 1");
    }
}

pub(crate) static PILCROW_LINK: Rule = Rule {
    code: "TXT003",
    name: "pilcrow-link",
    severity: Severity::Warning,
    weaker: None,
    on_by_default: true,
    fix: Some(FixSafety::Safe),
    summary: "a pilcrow became link markup",
    explanation: "The web edition makes a link of the pilcrow, and the copy keeps its markup: [1](#)7. for paragraph 7. \
                  The sign stands before every line that begins with a number, or with a single letter and a period, so \
                  it is found in lists of references too.",
    example: Example { before: "[1](#)1. (U) The delegation left.", after: "1. (U) The delegation left." },
    source: "S2:40-52; FORMAT.md C",
    check: pilcrow_link,
};

fn pilcrow_link(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    for reference in cable.header.references.iter().flat_map(|references| &references.entries) {
        let Some((letter, span)) = reference.value.letter else { continue };
        let Some(link) = link_length(cable.slice(span)) else { continue };
        let written = cable.slice(span).trim_end();
        findings
            .report(
                Span::new(span.start, span.start + written.len() as u32),
                format!("\"{written}\" is reference {letter}: linked pilcrow"),
            )
            .fix("Remove the link", vec![(Span::new(span.start, span.start + link as u32), String::new())]);
    }
    for paragraph in sure(cable).filter(|paragraph| paragraph.marker.value.sign == Sign::Link) {
        report_number(context, findings, paragraph, "linked pilcrow");
    }
}

/// Length of `[1](#)` at the start of a text.
fn link_length(text: &str) -> Option<usize> {
    let target = text.strip_prefix('[')?.split_once("](")?.1;
    let end = target.find(')')?;
    Some(text.len() - target.len() + end + 1)
}

pub(crate) static PILCROW_LATEX: Rule = Rule {
    code: "TXT004",
    name: "pilcrow-latex",
    severity: Severity::Warning,
    weaker: None,
    on_by_default: true,
    fix: Some(FixSafety::Safe),
    summary: "a pilcrow became a LaTeX command",
    explanation: "Some recognisers write the pilcrow as LaTeX, with dollars around the number: $\\P5$. for paragraph 5. No \
                  reader of the number finds it so.",
    example: Example { before: "$\\P1$. (SBU) Summary.", after: "1. (SBU) Summary." },
    source: "S0:40; FORMAT.md C",
    check: pilcrow_latex,
};

fn pilcrow_latex(context: &Context<'_>, findings: &mut Findings) {
    for paragraph in sure(context.cable).filter(|paragraph| paragraph.marker.value.sign == Sign::Latex) {
        report_number(context, findings, paragraph, "LaTeX pilcrow");
    }
}

/// Reports the number of a paragraph, and mends it with the one edit of its marker.
fn report_number(context: &Context<'_>, findings: &mut Findings, paragraph: &Paragraph, what: &str) {
    let span = number_span(context.cable, paragraph);
    let (written, number) = (context.cable.slice(span), paragraph.number);
    let edits = edit(context, paragraph);
    findings
        .report(span, format!("\"{written}\" is paragraph {number}: {what}"))
        .fix(format!("Write paragraph {number}"), edits);
}
