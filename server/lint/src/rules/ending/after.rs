//! Text after a signature (END003).
//!
//! The parser takes for the signature only what ends the text. A name that is a few lines above the end is looked
//! for here, after the last numbered paragraph.

use std::sync::LazyLock;

use cable_syntax::{Cable, LineKind, Part, PartKind, ShortPattern, Span, pattern, short_pattern};
use regex::Regex;

use crate::findings::{Context, Findings};
use crate::needs::{Need, Stage};
use crate::{Example, Rule, Severity};

pub(crate) static TEXT_AFTER_SIGNATURE: Rule = Rule {
    code: "END003",
    name: "text-after-signature",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "there is text after the signature",
    explanation: "The signature closes the text: only the trailer, service notes and footers come after it. Text below \
                  it was put there by the copy, or belongs above the name, and programs that stop at the signature \
                  lose it. It is reported where a surname is alone on its line, below a finished sentence \
                  and above a blank line, after the last numbered paragraph, and a few short lines follow. What publishers put around a cable, repeated \
                  headers, footers and notices of a website are left alone; so are a name above another signature, and \
                  quoted text.",
    example: Example {
        before: "1. (U) The delegation left.\n\nROE\n\nIt came back in the evening.",
        after: "1. (U) The delegation left.\n\nIt came back in the evening.\n\nROE",
    },
    source: "5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: text_after_signature,
};

fn text_after_signature(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    if let Some((name, after)) = early_signature(context) {
        findings
            .report(after, format!("text after signature {}", cable.slice(name)))
            .related(name, format!("signature {}", cable.slice(name)));
    }
}

/// One surname in capitals, with what may be before and after one.
static SURNAME: LazyLock<ShortPattern> = LazyLock::new(|| {
    short_pattern(r"^(?:MC|MAC|O'|D'|DE |VAN |VON |LE |LA |ST\. )?[A-Z]{3,}(?:[-'][A-Z]{2,})?(?:,? JR\.?)?$")
});

/// A surname in small letters, or one of two letters.
static OTHER_NAME: LazyLock<ShortPattern> = LazyLock::new(|| {
    short_pattern(r"^(?:[A-Z]{2}|(?:Mc|Mac|O'|De |Van |Von |Le |La |van |von |de )?[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?)$")
});

/// Words in capitals that head a few lines at the end of a text and are no names.
static HEADING: LazyLock<ShortPattern> = LazyLock::new(|| {
    short_pattern(
        r"^X+$|(?:TION|IONS|ANTS|MENT|MENTS|NOTES?|POINTS|ISSUES)$|^(?:ANNEX|APPENDIX|ENCLOSURES?|BACKGROUND|SUMMARY|OVERVIEW|BIO|BIOGRAPHY|BIOS|CONTACTS?|TEXT|END|BEGIN|QUOTE|UNQUOTE|LETTER|UNCLAS|UNCLASSIFIED|CONFIDENTIAL|SECRET|EXEMPT|MINIMIZE|OUTLOOK|ANALYSIS|TABLE|SOURCE|SOURCES|AGENDA|SCHEDULE|ATTENDEES|DRAFT|TBD|NNN|NNNN)$",
    )
});

/// What the footers of pages and the notices of publishers and websites say.
static NOTICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)web ?site|https?:|www\.|sgov|\bvisit\b|cable ends|cable error|\bpage \d|classified|declass|#{3,}|={3,}|minimize",
    )
});

/// So many lines of text may be after a signature: more of them are an enclosure, and the name is no signature.
const MOST_LINES: usize = 5;
const LONGEST_LINE: usize = 200;

/// A signature that is not the last text of its cable, and the first line of the text after it.
pub(super) fn early_signature(context: &Context<'_>) -> Option<(Span, Span)> {
    let cable = context.cable;
    let last = cable.body.paragraphs.last()?;
    let from = cable.parts.partition_point(|part| part.span.start <= last.marker.span.start);
    let parts = cable.parts.get(from..)?;
    let index = parts.iter().position(|part| part.kind == PartKind::Fragment && may_sign(context, part))?;
    let name = parts[index].span;
    let above = parts[..index].last().map_or(last.marker.span.end, |part| part.span.end);
    let line_above = parts[..index].last().map_or("", |part| cable.slice(part.span));
    if !cable.text()[..above as usize].ends_with(['.', '?', '!', '"', ')', '”']) && !NOTICE.is_match(line_above) {
        return None;
    }
    // A name in small letters, or of two letters, is one only where a whole sentence is after it.
    let is_plain = SURNAME.is_match(cable.slice(name));
    let mut after = Vec::new();
    for part in &parts[index + 1..] {
        match part.kind {
            PartKind::Wrapper | PartKind::Trailer | PartKind::PageMark | PartKind::StrayCaption | PartKind::Rule => {}
            PartKind::Fragment if !(is_plain || (is_sentence(cable, part) && is_whole(cable.slice(part.span)))) => {
                return None;
            }
            PartKind::Fragment if is_sentence(cable, part) => after.push(part.span),
            PartKind::Fragment if cable.slice(part.span).len() <= LONGEST_LINE => {}
            // A signature of its own says that this name is none, unless it is the same once more.
            PartKind::Signature if cable.slice(part.span) == cable.slice(name) => after.push(part.span),
            _ => return None,
        }
    }
    let first = *after.first()?;
    (after.len() <= MOST_LINES).then_some((name, first))
}

/// Whether a line is a surname alone in capitals above a blank line, of the post's own.
fn may_sign(context: &Context<'_>, part: &Part) -> bool {
    let cable = context.cable;
    let text = cable.slice(part.span);
    let is_blank = |line: u32| cable.lines().get(line as usize).is_none_or(|line| line.kind == LineKind::Blank);
    // Below a sentence, which the caller sees to, no space is needed above a name.
    let is_alone = cable.line_text(part.line).trim() == text && is_blank(part.line + 1);
    is_alone
        && text.split(' ').count() <= 3
        && !cable.is_quoted(part.line)
        && (SURNAME.is_match(text) || OTHER_NAME.is_match(text))
        && !HEADING.is_match(text)
        && context.catalog.caption(text).is_none()
}

/// Whether a line is a sentence from its beginning to its end.
fn is_whole(text: &str) -> bool {
    text.starts_with(|first: char| first.is_uppercase()) && text.ends_with('.') && text.split_whitespace().count() >= 4
}

/// Whether a line after the name is text of a reader's interest, and neither a footer nor a notice.
fn is_sentence(cable: &Cable, part: &Part) -> bool {
    let text = cable.slice(part.span);
    text.len() <= LONGEST_LINE && text.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !NOTICE.is_match(text)
}
