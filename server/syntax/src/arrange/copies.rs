//! Which copy of a cable is read, when a publisher's page holds several (FORMAT.md, "Cables of a document").
//!
//! A preview cut off by `...`, then a record, then the whole cable again: the reading comes from the most complete copy.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::fields::classification;
use crate::fields::keywords_inside::has_header_keyword;
use crate::line::{Line, LineKind};
use crate::pattern::{ShortPattern, pattern, short_pattern};
use crate::span::Span;
use crate::white_space::trim;

use super::settle::Classifications;

/// Lines of the copy that is read.
pub(super) struct Copy {
    /// Lines that may hold its envelope.
    pub(super) envelope: Range<usize>,
    /// Lines of the copy above it: a publisher's preview, from its classification line on.
    pub(super) preview: Range<usize>,
    /// Its classification line, or the first line of its header.
    pub(super) first: usize,
    /// One past its last line.
    pub(super) end: usize,
}

/// Chooses the copy.
pub(super) fn choose(text: &str, lines: &[Line], classifications: &Classifications) -> Copy {
    let heads = heads(text, lines, classifications);
    let Some(&first) = heads.first() else {
        let first = lines.iter().position(|line| begins_header(line, text)).unwrap_or_else(|| {
            // Without any header line the text begins after the envelope.
            lines.iter().rposition(|line| line.kind.is_envelope()).map_or(0, |last| last + 1)
        });
        return Copy { envelope: one_envelope(lines, 0..first), preview: first..first, first, end: lines.len() };
    };
    if heads.len() == 1 {
        return Copy { envelope: one_envelope(lines, 0..first), preview: first..first, first, end: lines.len() };
    }
    let begins: Vec<usize> = heads
        .iter()
        .scan(0, |floor, &head| {
            let begin = head - lines[*floor..head].iter().rev().take_while(|line| is_above_copy(line.kind)).count();
            *floor = head + 1;
            Some(begin)
        })
        .collect();
    let bytes = |index: usize| {
        let end = begins.get(index + 1).copied().unwrap_or(lines.len());
        lines[end - 1].span.end - lines[heads[index]].span.start
    };
    let best = (0..heads.len()).max_by_key(|&index| (bytes(index), heads.len() - index)).unwrap_or(0);
    let end = begins.get(best + 1).copied().unwrap_or(lines.len());
    let has_envelope = |range: Range<usize>| lines[range].iter().any(|line| line.kind.is_envelope());
    // A copy without an envelope of its own stands under the one before it.
    let envelope = (0..=best)
        .rev()
        .map(|index| if index == 0 { 0..heads[0] } else { begins[index]..heads[index] })
        .find(|range| has_envelope(range.clone()))
        .unwrap_or(if best == 0 { 0..heads[0] } else { begins[best]..heads[best] });
    let preview = best.checked_sub(1).map_or(heads[best]..heads[best], |above| heads[above]..begins[best]);
    Copy { envelope: one_envelope(lines, envelope), preview, first: heads[best], end }
}

/// The most complete envelope of those above one header, the last one of equals: a preview may break off before its
/// classification line, and the publisher's record stands between it and the next.
fn one_envelope(lines: &[Line], range: Range<usize>) -> Range<usize> {
    let mut begins = vec![range.start];
    let mut seen: Vec<LineKind> = Vec::new();
    // Only a line of the publisher's parts two envelopes; a line of one may well stand in it twice.
    let mut parted = false;
    for index in range.clone() {
        let kind = lines[index].kind;
        if is_single(kind) {
            if parted && seen.contains(&kind) {
                begins.push(index);
                seen.clear();
            }
            seen.push(kind);
        }
        if kind.is_envelope() {
            parted = false;
        } else if kind == LineKind::Metadata || !(is_above_copy(kind) || kind == LineKind::Residue) {
            parted = true;
        }
    }
    let ends = begins.iter().skip(1).copied().chain([range.end]);
    let envelopes = begins.iter().copied().zip(ends).map(|(begin, end)| begin..end);
    let complete = |range: &Range<usize>| lines[range.clone()].iter().filter(|line| line.kind.is_envelope()).count();
    envelopes.max_by_key(complete).unwrap_or(range)
}

/// Lines of which an envelope has one.
const fn is_single(kind: LineKind) -> bool {
    matches!(
        kind,
        LineKind::TransmissionId
            | LineKind::Routing
            | LineKind::De
            | LineKind::OperatingSignal
            | LineKind::DateTimeGroup
            | LineKind::From
    )
}

/// Lines that no envelope holds: the header goes on from there even when its first line is lost.
fn begins_header(line: &Line, text: &str) -> bool {
    matches!(line.kind, LineKind::Keyword(_) | LineKind::Marker)
        || matches!(trim(line.span.text(text)), "SIPDIS" | "SENSITIVE" | "NOFORN" | "EXDIS" | "NODIS")
}

/// Classification lines that begin a copy: the first one, and those of the same cable that are no later section and
/// have a header below them.
fn heads(text: &str, lines: &[Line], classifications: &Classifications) -> Vec<usize> {
    let mut heads = Vec::new();
    let mut serial = None;
    let mut quoted = false;
    for (index, line) in lines.iter().enumerate() {
        match line.kind {
            LineKind::QuoteBegins => quoted = true,
            LineKind::QuoteEnds => quoted = false,
            LineKind::Classification => {
                let Some(read) = classifications.of(index) else { continue };
                let number = read.reference_number.number;
                let later = read.section.is_some_and(|section| section.number > 1);
                if heads.is_empty()
                    || (!quoted && !later && serial == Some(number) && has_header_below(lines, text, index))
                {
                    serial = Some(number);
                    heads.push(index);
                }
            }
            _ => {
                let Some(second) = second_half(text, lines, index) else { continue };
                let whole = Span::new(line.span.start, lines[second].span.end).text(text).replace(['\n', '\r'], " ");
                let Some(read) = classification::read(&whole) else { continue };
                let number = read.reference_number.number;
                if heads.is_empty() || (!quoted && serial == Some(number) && has_header_below(lines, text, index)) {
                    serial = Some(number);
                    heads.push(index);
                }
            }
        }
    }
    heads
}

/// The first half of a classification line that a copy broke in two, up to the section or a word of the post.
static FIRST_HALF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?x) (?:^|") (?:UNCLAS(?:SIFIED)?|C\ O\ N\ F\ I\ D\ E\ N\ T\ I\ A\ L|S\ E\ C\ R\ E\ T)
        (?<section>\ SECTION\ \d{2}\ OF\ \d{2} (?:\ [A-Z][A-Z\ ]{1,20})? )? \s*$"#,
    )
});

/// Its second half.
static SECOND_HALF: LazyLock<ShortPattern> =
    LazyLock::new(|| short_pattern(r"^\s*(?<section>SECTION \d{2} OF \d{2} )?(?:[A-Z][A-Z.' ]{1,24} )?\d{6}\b"));

/// The line that ends the classification line which begins at a line, where the copy broke it in two. The section shows
/// that it is no head of a page with a page line below.
pub(super) fn second_half(text: &str, lines: &[Line], index: usize) -> Option<usize> {
    let line = lines.get(index)?;
    let may_begin = matches!(
        line.kind,
        LineKind::Text | LineKind::ClassificationWord | LineKind::Addressee | LineKind::Info | LineKind::To
    );
    let written = line.span.text(text);
    // A look at the last sign, and for what one of the halves must hold: most lines have none of it.
    let last = written.as_bytes().trim_ascii_end().last();
    if last.is_some_and(|last| last.is_ascii_graphic() && !last.is_ascii_uppercase() && !last.is_ascii_digit()) {
        return None;
    }
    let may_begin =
        may_begin && written.trim_end().ends_with(|last: char| last.is_ascii_uppercase() || last.is_ascii_digit());
    if !may_begin
        || !(line.kind == LineKind::ClassificationWord || written.contains("SECTION ") || written.contains(",\""))
    {
        return None;
    }
    let first = FIRST_HALF.captures(written)?;
    let second = (index + 1..lines.len().min(index + 3)).find(|&second| lines[second].kind != LineKind::Blank)?;
    let found = SECOND_HALF.captures(lines[second].span.text(text))?;
    (first.name("section").is_some() != found.name("section").is_some()).then_some(second)
}

fn has_header_below(lines: &[Line], text: &str, index: usize) -> bool {
    lines[index..lines.len().min(index + 16)]
        .iter()
        .any(|line| matches!(line.kind, LineKind::Keyword(_)) || has_header_keyword(line.span.text(text)))
}

/// Lines directly above a copy's classification line that belong to the copy and not to the one before it.
const fn is_above_copy(kind: LineKind) -> bool {
    kind.stands_above_header() || matches!(kind, LineKind::ClassificationWord)
}
