//! Paragraphs without the portion mark that the others have (PAR005).

use std::sync::LazyLock;

use cable_syntax::{Cable, Paragraph, REDACTION, ShortPattern, Span, pattern, short_pattern};
use regex::Regex;

use super::garbled::garbled;
use crate::findings::{Context, Findings};
use crate::marker_repair::{is_sure, number_span};
use crate::needs::{Need, Stage};
use crate::{Example, Rule, Severity};

pub(crate) static MISSING_MARK: Rule = Rule {
    code: "PAR005",
    name: "missing-portion-mark",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "a paragraph has no portion mark, although most others have one",
    explanation: "Where paragraphs are marked, each of them has a mark, because anyone who quotes one must know how to \
                  protect it. A paragraph without a mark among marked ones was overlooked. What is in the place of \
                  the mark and is none, as (G) for (C) or (SUB) for (SBU), is shown as such. Cables of fewer than four \
                  paragraphs, or with marks on less than three quarters of them, are left alone; so are a paragraph \
                  that says who classified the cable, a mark for the entire text, quoted and removed text, and a \
                  paragraph that has its mark further on.",
    example: Example {
        before: "1. (U) Summary.\n\n2. (U) Talks go on.\n\n3. (U) They end.\n\n4. All left.",
        after: "1. (U) Summary.\n\n2. (U) Talks go on.\n\n3. (U) They end.\n\n4. (U) All left.",
    },
    source: "E.O. 12958 of 17 April 1995; 5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: missing_mark,
};

/// What makes a paragraph need no mark of its own, at its beginning; and a mark anywhere in it.
static EXCUSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*[(\[{]|(?i)^\s*(?:classified|derived|reasons?|declassify|\w+\s*-\s*entire)|entire text|\(\s*(?:U|C|S|SBU|LOU|FOUO|TS|unclassified|confidential|secret)\s*(?:/[^)]{1,30})?\)",
    )
});

/// A word in brackets that is no mark and no mistake for one: `(Introduction)`.
static WORD: LazyLock<ShortPattern> = LazyLock::new(|| short_pattern(r"^\s*\([A-Z][a-z]{5,}\)"));

fn missing_mark(context: &Context<'_>, findings: &mut Findings) {
    const FEWEST: usize = 4;
    let cable = context.cable;
    let paragraphs = &cable.body.paragraphs;
    let marked = paragraphs.iter().filter(|paragraph| paragraph.marker.value.mark.is_some()).count();
    let entire = |paragraph: &Paragraph| paragraph.marker.value.mark.is_some_and(|mark| mark.entire_text);
    // One mistake from a mark is meant for one.
    let misreadings =
        paragraphs.iter().filter(|paragraph| garbled(cable, paragraph).is_some_and(|mark| mark.meant.is_some()));
    let marked_or_meant = marked + misreadings.count();
    let are_marked = marked > 0 && marked_or_meant * 4 >= paragraphs.len() * 3;
    if !are_marked || paragraphs.iter().any(entire) {
        return;
    }
    let are_few = paragraphs.len() < FEWEST;
    let mut last = 0;
    for paragraph in paragraphs {
        let is_next = paragraph.number == last + 1;
        last = paragraph.last_number();
        if paragraph.marker.value.mark.is_some() {
            continue;
        }
        // What is meant for a mark shows that the next number is one, whatever else may speak against it.
        let is_meant = || is_next && garbled(cable, paragraph).is_some_and(|mark| mark.meant.is_some());
        if !(is_sure(paragraph) || is_meant()) {
            continue;
        }
        if let Some(found) = garbled(cable, paragraph).filter(|_| !cable.is_quoted(paragraph.marker.line)) {
            if are_few && found.meant.is_none() {
                continue;
            }
            let meant = found.meant.map(|mark| format!(": did you mean ({mark})?")).unwrap_or_default();
            findings.report(found.span, format!("\"{}\" is not a portion mark{meant}", cable.slice(found.span)));
            continue;
        }
        if are_few || is_excused(cable, paragraph) {
            continue;
        }
        let (number, all) = (paragraph.number, paragraphs.len());
        let message = format!("paragraph {number} has no portion mark; {marked} of {all} paragraphs have one");
        findings.report(number_span(cable, paragraph), message);
    }
}

fn is_excused(cable: &Cable, paragraph: &Paragraph) -> bool {
    let line = paragraph.marker.line;
    let marker = paragraph.marker.at(paragraph.marker.value.span);
    let text = cable.slice(Span::new(marker.end, paragraph.end.max(marker.end)));
    let is_quoted = cable.is_quoted(line);
    // What was taken out at the beginning may have held the mark.
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_gone = first.is_empty() || first.contains(REDACTION) || first.contains("xxxx");
    is_quoted || is_gone || (EXCUSE.is_match(text) && !WORD.is_match(text))
}
