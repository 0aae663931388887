//! Markers that a copy damaged, and those that lost their numbers (PAR006).

use std::cell::LazyCell;
use std::collections::HashSet;

use cable_syntax::marker::Separator;
use cable_syntax::{Cable, Paragraph, Span};

use super::{damaged_one, gaps, garbled, lettered_one, lost_marker, lost_one, preceding};
use crate::findings::{Context, Findings};
use crate::marker_repair::{artefact_of, edit, has_lost_figure, is_malformed, number_span, sure};
use crate::needs::{Need, Stage};
use crate::{Change, Example, Letters, Rule, RuleFix, Severity};

pub(crate) static MALFORMED_MARKER: Rule = Rule {
    code: "PAR006",
    name: "malformed-marker",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::safe(&[Change::Marker, Change::PortionMark], Letters::Sign)),
    summary: "a paragraph marker is damaged and could be misread",
    explanation: "A marker is number, period and portion mark: 7. (C). A lost period or bracket, a bracket in place of \
                  the period, a space or a letter inside the number, or another sign in place of the pilcrow hides the \
                  paragraph from a search. Where most numbers of the cable are closed with a bracket, that is not damage. A portion \
                  mark that has lost its whole number is shown too, if exactly that \
                  number is missing, and so is a number that has lost its first figure, 5 for 15; these fixes are unsafe. Spaces and lower case letters alone are not reported by this \
                  rule.",
    example: Example {
        before: "1. (U) Summary.\n\n2 (U) Talks go on.\n\n3. U) They end.",
        after: "1. (U) Summary.\n\n2. (U) Talks go on.\n\n3. (U) They end.",
    },
    source: "5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: malformed_marker,
};

fn malformed_marker(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let is_habit = closes_with_brackets(cable);
    let is_habitual = |paragraph: &&Paragraph| is_habit && has_bracket_alone(paragraph);
    let paragraphs = &cable.body.paragraphs;
    let are_marked = paragraphs.len() >= 3 && paragraphs.iter().all(|one| one.marker.value.mark.is_some());
    let malformed = sure(cable).filter(|paragraph| {
        has_lost_figure(paragraph) || (is_malformed(paragraph) && !closes_below(cable, paragraph, are_marked))
    });
    let series = LazyCell::new(|| Series::of(cable));
    for paragraph in malformed.filter(|paragraph| !is_habitual(paragraph)) {
        let edits = edit(context, paragraph);
        let marker = &paragraph.marker.value;
        let start = number_span(cable, paragraph).start;
        let mark_end = marker.mark.map_or(start, |mark| paragraph.marker.at(mark.span).end);
        let span = Span::new(start, number_span(cable, paragraph).end.max(mark_end));
        let (written, number) = (cable.slice(span), paragraph.number);
        let finding = findings
            .report(span, format!("damaged marker \"{written}\": read as paragraph {number}"))
            .fix(format!("Write the marker of paragraph {number}"), edits);
        if has_lost_figure(paragraph) {
            finding.changing(&[Change::Marker, Change::PortionMark], Letters::Any).mark_unsafe();
        } else if marker.mark.is_none() && matches!(marker.separator, Separator::Missing | Separator::Comma) {
            // Nothing but its place says that it is a marker.
            finding.mark_unsafe();
        } else if (artefact_of(paragraph).confusable && leaves_gap(cable, paragraph)) || series.is_doubtful(paragraph) {
            // `4l.` after 3 may be 4 with a letter too many, and `3)` to `5)` above another 3. a list.
            finding.mark_unsafe();
        }
    }
    for paragraph in sure(cable) {
        let Some(bracket) = garbled::extra_bracket(cable, paragraph) else { continue };
        findings.report(bracket, format!("a bracket too many after the mark of paragraph {}", paragraph.number));
    }
    if let Some((marker, letter)) = lettered_one(cable) {
        findings
            .report(marker, format!("damaged marker \"{}\": is it paragraph 1?", cable.slice(marker)))
            .fix("Write 1.", vec![(letter, "1".to_owned())])
            .changing(&[Change::Paragraphs], Letters::Any)
            .mark_unsafe();
    } else if let Some(span) = damaged_one(cable) {
        findings
            .report(span, format!("damaged marker \"{}\": is it paragraph 1?", cable.slice(span)))
            .fix("Write 1.", vec![(span, "1.".to_owned())])
            .changing(&[Change::Paragraphs], Letters::Any)
            .mark_unsafe();
    }
    let inner =
        gaps(cable).filter_map(|(before, after)| Some((lost_marker(cable, before, after)?, before.last_number() + 1)));
    for (mark, number) in lost_one(cable).map(|mark| (mark, 1)).into_iter().chain(inner) {
        let written = cable.slice(mark);
        findings
            .report(mark, format!("marker \"{written}\" has lost its number: is it paragraph {number}?"))
            .fix(format!("Write {number}."), vec![(Span::new(mark.start, mark.start), format!("{number}. "))])
            .changing(&[Change::Paragraphs], Letters::Any)
            .mark_unsafe();
    }
}

/// Whether numbers are missing before a paragraph.
fn leaves_gap(cable: &Cable, paragraph: &Paragraph) -> bool {
    let before = preceding(cable, paragraph).map_or(0, Paragraph::last_number);
    paragraph.number > before + 1
}

/// What the numbers of a cable say of each of them.
struct Series {
    /// Where the last paragraph is whose number goes back to one above 1; none where none does.
    last_back: Option<u32>,
    /// Numbers that are there more than once.
    repeated: HashSet<u32>,
}

impl Series {
    fn of(cable: &Cable) -> Self {
        let paragraphs = &cable.body.paragraphs;
        let goes_back = |pair: &&[Paragraph]| pair[1].number <= pair[0].number && pair[1].number > 1;
        let last_back = paragraphs.windows(2).rfind(goes_back).map(|pair| pair[1].marker.span.start);
        let mut met = HashSet::new();
        let repeated = paragraphs.iter().map(|one| one.number).filter(|number| !met.insert(*number)).collect();
        Self { last_back, repeated }
    }

    /// Whether a paragraph may be a row of a list or a table: its number is there again, or the numbers go back below it.
    fn is_doubtful(&self, paragraph: &Paragraph) -> bool {
        self.repeated.contains(&paragraph.number)
            || self.last_back.is_some_and(|start| start > paragraph.marker.span.start)
    }
}

/// Whether the numbers of a cable are closed with brackets, `7) (C)`, or are in them: how its drafter writes them is no
/// damage.
fn closes_with_brackets(cable: &Cable) -> bool {
    let paragraphs = &cable.body.paragraphs;
    let brackets = paragraphs.iter().filter(|one| has_brackets(one)).count();
    brackets >= 3 && brackets * 2 > paragraphs.len()
}

fn has_brackets(paragraph: &Paragraph) -> bool {
    matches!(paragraph.marker.value.separator, Separator::Parenthesis | Separator::Brackets)
}

/// Whether a bracket in place of the period is all that is wrong with a marker.
fn has_bracket_alone(paragraph: &Paragraph) -> bool {
    let marker = &paragraph.marker.value;
    has_brackets(paragraph)
        && !marker.confusable
        && marker.split.is_none()
        && marker.mark.is_none_or(|mark| mark.well_formed)
}

/// Whether the bracket of a mark that seems never to be closed is closed in a later line: then it is no mark's.
fn closes_below(cable: &Cable, paragraph: &Paragraph, are_marked: bool) -> bool {
    let Some(mark) = paragraph.marker.value.mark.filter(|mark| !mark.well_formed) else { return false };
    let span = paragraph.marker.at(mark.span);
    if !cable.slice(span).starts_with('(') || cable.slice(span).ends_with(')') {
        return false;
    }
    // Where all paragraphs are marked, a mark's letters and the first word of a sentence are one: `(SBU The`.
    let after = cable.text().get(span.end as usize..).unwrap_or_default().trim_start_matches(' ');
    let begins = after.starts_with(|first: char| first.is_ascii_uppercase() || first.is_ascii_digit());
    if begins && are_marked {
        return false;
    }
    let mut depth = 1;
    for sign in cable.slice(Span::new(span.end, paragraph.end.max(span.end))).chars() {
        match sign {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return true;
        }
    }
    false
}
