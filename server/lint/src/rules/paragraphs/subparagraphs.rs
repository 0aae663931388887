//! The letters of subparagraphs (PAR012).

use std::sync::LazyLock;

use cable_syntax::{Cable, PartKind, ShortPattern, Span, short_pattern};

use crate::findings::{Context, Findings};
use crate::needs::{Need, Stage};
use crate::{Example, Rule, Severity};

pub(crate) static SUBPARAGRAPH_SEQUENCE: Rule = Rule {
    code: "PAR012",
    name: "subparagraph-sequence",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "a subparagraph letter is missing or repeated",
    explanation: "Subparagraphs run (a), (b), (c) or a., b., c. from the start of their paragraph. Where a letter is \
                  left out, a line was lost or a letter was misread; where one is repeated, a reader who looks for 4 \
                  (b) finds two. Only a list that begins with its first letter is followed, and only letters that \
                  begin a line after a finished one. A list may start again, be inside another one, and continue in \
                  the next paragraph. A letter that is inside a line is not missing.",
    example: Example {
        before: "1. (U) The delegation asked for:\n\n(a) a car;\n\n(b) a driver;\n\n(d) a map.",
        after: "1. (U) The delegation asked for:\n\n(a) a car;\n\n(b) a driver;\n\n(c) a map.",
    },
    source: "none; seen in published cables",
    check: subparagraph_sequence,
};

/// A letter in brackets, or before a period or a bracket.
static ITEM: LazyLock<ShortPattern> =
    LazyLock::new(|| short_pattern(r"^(?<sign>\((?<inner>[A-Za-z])\)|(?<plain>[A-Za-z])[.)])\s+[^\s.][^.]"));

/// An item of a list.
#[derive(Clone, Copy)]
struct Item {
    /// Letter and brackets.
    span: Span,
    letter: u8,
    /// Sign after the letter, and whether one is before it, and the case: lists do not mix them.
    form: (u8, bool, bool),
}

fn subparagraph_sequence(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    // Lists that are open, the innermost last.
    let mut open: Vec<Item> = Vec::new();
    for item in items(cable) {
        if item.letter == b'a' {
            open.push(item);
            continue;
        }
        let goes_on = |before: &Item| before.form == item.form && before.letter + 1 == item.letter;
        if let Some(at) = open.iter().rposition(goes_on) {
            open.truncate(at);
            open.push(item);
            continue;
        }
        let Some(before) = open.iter_mut().rev().find(|before| before.form == item.form) else { continue };
        let between = cable.slice(Span::new(before.span.end, item.span.start));
        // The numbers i, v and x are letters too, (C) is a portion mark too, and a letter far off is an initial.
        let is_number = matches!(item.letter, b'i' | b'v' | b'x');
        let is_mark = item.form.1 && item.form.2 && matches!(item.letter, b'c' | b's' | b'u');
        let is_near = item.letter >= before.letter && item.letter - before.letter <= MOST_LOST;
        let is_same = paragraph_of(cable, before.span) == paragraph_of(cable, item.span);
        if is_number || is_mark || !is_near || !is_same || is_inside_text(between, before.letter + 1) {
            continue;
        }
        let (here, there) = (cable.slice(item.span), cable.slice(before.span));
        findings
            .report(item.span, format!("subparagraph {here} after {there}"))
            .related(before.span, format!("subparagraph {there}"));
        *before = item;
    }
}

/// A letter farther than this from the one before belongs to no list.
const MOST_LOST: u8 = 3;

/// The letters that begin a line of the text, or the text after a paragraph's marker.
fn items(cable: &Cable) -> impl Iterator<Item = Item> {
    cable.parts.iter().enumerate().filter_map(move |(index, part)| {
        let start = match part.kind {
            PartKind::Paragraph => {
                let paragraphs = &cable.body.paragraphs;
                let at = paragraphs.partition_point(|found| found.marker.span.start < part.span.start);
                let paragraph = paragraphs.get(at).filter(|found| found.marker.span.start == part.span.start)?;
                paragraph.marker.at(paragraph.marker.value.span).end
            }
            PartKind::Fragment if is_set_off(cable, index) => part.span.start,
            _ => return None,
        };
        if cable.is_quoted(part.line) || start > part.span.end {
            return None;
        }
        let text = cable.slice(Span::new(start, part.span.end));
        let start = start + (text.len() - text.trim_start().len()) as u32;
        let is_item = |text: &str| {
            matches!(text.as_bytes(), [b'(', letter, b')', ..] | [letter, b'.' | b')', ..] if letter.is_ascii_alphabetic())
        };
        let found = Some(text.trim_start()).filter(|text| is_item(text)).and_then(|text| ITEM.captures(text))?;
        let sign = found.name("sign")?.as_str();
        let letter = found.name("inner").or(found.name("plain"))?.as_str().as_bytes()[0];
        Some(Item {
            span: Span::new(start, start + sign.len() as u32),
            letter: letter.to_ascii_lowercase(),
            form: (*sign.as_bytes().last()?, sign.starts_with('('), letter.is_ascii_uppercase()),
        })
    })
}

/// Whether the line above is finished, so that a letter is not the rest of its sentence.
fn is_set_off(cable: &Cable, index: usize) -> bool {
    let part = &cable.parts[index];
    let Some(above) = index.checked_sub(1).map(|above| &cable.parts[above]) else { return false };
    let text = cable.slice(above.span);
    above.line + 1 < part.line
        || text.ends_with(['.', '?', '!', ':', ';', '"', ')', '-', '”'])
        || text.ends_with("; and")
        || text.ends_with("; or")
}

/// Whether a letter is an item in the middle of a text.
fn is_inside_text(text: &str, letter: u8) -> bool {
    let text = text.to_ascii_lowercase();
    let letter = char::from(letter);
    let forms = [format!("({letter}"), format!(" {letter}."), format!("\n{letter}."), format!("{letter})")];
    forms.iter().any(|form| text.contains(form.as_str()))
}

fn paragraph_of(cable: &Cable, span: Span) -> usize {
    cable.body.paragraphs.partition_point(|paragraph| paragraph.marker.span.start <= span.start)
}
