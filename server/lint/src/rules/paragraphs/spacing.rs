//! Where a paragraph marker is, and the spaces in it (PAR011, PAR014, PAR015).

use cable_syntax::Span;
use cable_syntax::decoder::{AMBIGUOUS_BELOW, Decoded};
use cable_syntax::marker::read_mark;

use super::continues_sentence;
use crate::findings::{Context, Findings};
use crate::marker_repair::{artefact_of, edit, is_malformed, number_span, sure};
use crate::needs::{Need, Stage};
use crate::{Change, Example, Letters, Rule, RuleFix, Severity};

pub(crate) static FALSE_MARKER: Rule = Rule {
    code: "PAR011",
    name: "false-marker",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::unsafe_(&[Change::Lines], Letters::Kept)),
    summary: "a number at the start of a line looks like a paragraph but is not",
    explanation: "The web edition puts a pilcrow before every line that begins with a number and a period, even where \
                  a sentence wrapped just before a number. Such a line continues the sentence above, and programs that \
                  split a cable by its numbers cut the sentence in two. A wrapped number without the pilcrow is how \
                  the cable was printed, and is left alone.",
    example: Example {
        before: "1. (U) The delegation said that it would come back to Astana on June\n¶20. In the meantime talks go on.\n\n2. (U) They end.",
        after: "1. (U) The delegation said that it would come back to Astana on June 20. In the meantime talks go on.\n\n2. (U) They end.",
    },
    source: "none; seen in published cables",
    check: false_marker,
};

fn false_marker(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    for field in &cable.body.rejected {
        let (marker, decision) = &field.value;
        let number = field.at(marker.number);
        let is_signed = cable.slice(number).trim_start().starts_with('¶');
        let is_sure = decision.decoded == Decoded::Rejected && decision.margin >= AMBIGUOUS_BELOW;
        if !(is_signed && is_sure && marker.mark.is_none() && continues_sentence(cable, field.line)) {
            continue;
        }
        let above = cable.lines()[field.line as usize - 1].span;
        let end = above.start + cable.slice(above).trim_end().len() as u32;
        let sign = Span::new(end, number.start + '¶'.len_utf8() as u32);
        let shown = Span::new(number.start, field.at(marker.span).end);
        let text = cable.slice(shown).trim_end();
        findings
            .report(
                Span::new(shown.start, shown.start + text.len() as u32),
                format!("\"{text}\" looks like a paragraph number but continues the sentence"),
            )
            .fix("Join the lines", vec![(sign, " ".to_owned())]);
    }
}

pub(crate) static MARKER_SPACING: Rule = Rule {
    code: "PAR014",
    name: "marker-spacing",
    severity: Severity::Hint,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::safe(&[], Letters::Kept)),
    summary: "a paragraph marker has a missing or an extra space",
    explanation: "There is one space between the number and the portion mark, or the text, and none inside the \
                  brackets: 7. (C). Without it, programs that split a line at its spaces miss the number. Two spaces \
                  after the number or the mark, and marks in lower case, are accepted.",
    example: Example {
        before: "1.(U) Summary.\n\n2.Talks go on.\n\n3. (U ) They end.",
        after: "1. (U) Summary.\n\n2. Talks go on.\n\n3. (U) They end.",
    },
    source: "5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: marker_spacing,
};

fn marker_spacing(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let misspaced = |marker: &cable_syntax::marker::Marker| marker.is_misspaced();
    for paragraph in sure(cable).filter(|paragraph| !is_malformed(paragraph) && misspaced(&paragraph.marker.value)) {
        let number = number_span(cable, paragraph);
        let mark = paragraph.marker.value.mark.map_or(number, |mark| paragraph.marker.at(mark.span));
        let span = Span::new(number.start.min(mark.start), number.end.max(mark.end));
        let what = if paragraph.marker.value.glued { "has no space after the number" } else { "has an extra space" };
        let edits = edit(context, paragraph);
        // A space that is not the plain one is there: nothing would be written.
        if edits.iter().all(|(span, text)| cable.slice(*span) == text) {
            continue;
        }
        // `1.' (C)`: the sign is what is wrong, and no space would mend it.
        let after = &cable.text()[span.end as usize..];
        let is_stray = |sign: char| !sign.is_whitespace() && sign != '(';
        let begins_mark = |rest: &str| read_mark(rest.trim_start_matches(' ')).is_some_and(|mark| mark.well_formed);
        let has_stray_sign =
            paragraph.marker.value.mark.is_none() && after.strip_prefix(is_stray).is_some_and(begins_mark);
        let finding = findings.report(span, format!("marker \"{}\" {what}", cable.slice(span)));
        if has_stray_sign {
            continue;
        }
        finding.fix(format!("Fix the spaces in the marker of paragraph {}", paragraph.number), edits);
        // The one edit of a marker fixes its number too.
        if !artefact_of(paragraph).is_plain() {
            finding.changing(&[Change::Marker], Letters::Sign);
        }
    }
}

pub(crate) static INSIDE_LINE: Rule = Rule {
    code: "PAR015",
    name: "marker-inside-line",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::unsafe_(&[Change::Lines, Change::Swallowed], Letters::Kept)),
    summary: "a paragraph starts inside a line",
    explanation: "The copy ran two paragraphs together, so that the number of the second is in the middle of a line, \
                  where nobody looks for it. It is reported only for a number with a portion mark, after the end of a \
                  sentence or a line of dashes, if that number is missing among the paragraphs.",
    example: Example {
        before: "1. (U) Summary. 2. (U) Talks go on.\n\n3. (U) They end.",
        after: "1. (U) Summary.\n\n2. (U) Talks go on.\n\n3. (U) They end.",
    },
    source: "none; seen in published cables",
    check: inside_line,
};

fn inside_line(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    for paragraph in sure(cable).filter(|paragraph| paragraph.inside_line) {
        let start = paragraph.marker.at(paragraph.marker.value.span).start;
        let before = cable.text()[..start as usize].trim_end_matches([' ', '\t']);
        let line_break = if cable.text().contains("\r\n") { "\r\n\r\n" } else { "\n\n" };
        let number = paragraph.number;
        findings.report(number_span(cable, paragraph), format!("paragraph {number} starts inside a line")).fix(
            format!("Begin paragraph {number} on a line of its own"),
            vec![(Span::new(before.len() as u32, start), line_break.to_owned())],
        );
    }
}
