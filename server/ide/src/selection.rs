//! Selection that grows step by step: word, code, sentence, paragraph, heading with its paragraphs, text, cable.
//!
//! Every candidate around the cursor is gathered, from the words of the line, the fields of the cable and its outline;
//! the shortest comes first, and each next one that holds it follows. So the steps nest, whatever a copy did to the text.

#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::LazyLock;

use cable_syntax::{Cable, Document, Paragraph, Part, PartKind, Placed, Span, Zone, pattern};
use regex::Regex;

use crate::outline::{self, Symbol, SymbolKind};

/// The stretches around a byte offset of the document, smallest first; each holds the one before it and more. The last
/// is the document.
pub fn selection_ranges(document: &Document, offset: usize) -> Vec<Range<usize>> {
    let offset = offset.min(document.len());
    let placed = document.cables().get(document.cable_at(offset));
    let mut candidates = placed.map(|placed| of_cable(placed, offset)).unwrap_or_default();
    candidates.push(0..document.len());
    candidates.retain(|range| range.start <= offset && offset <= range.end);
    candidates.sort_by_key(|range| (range.len(), range.start));
    let mut chosen: Vec<Range<usize>> = Vec::new();
    for range in candidates {
        let grows = |last: &Range<usize>| range.start <= last.start && last.end <= range.end && range != *last;
        let is_something = !range.is_empty() || document.is_empty();
        if is_something && chosen.last().is_none_or(grows) {
            chosen.push(range);
        }
    }
    chosen
}

fn of_cable(placed: &Placed, offset: usize) -> Vec<Range<usize>> {
    let cable = &*placed.cable;
    let Ok(inside) = u32::try_from(offset.saturating_sub(placed.start)) else { return Vec::new() };
    let mut spans = words(cable, inside);
    if cable.is_recognised() {
        if let Some(part) = cable.part_at(inside) {
            spans.extend(of_part(cable, part));
        }
        spans.extend(fields(cable));
        spans.extend(cable.paragraph_at(inside).and_then(|index| cable.body.paragraphs.get(index as usize)).and_then(
            |paragraph| {
                let text = Span::new(paragraph_text(paragraph), paragraph.end);
                sentence(cable, text, inside)
            },
        ));
    }
    let mut ranges: Vec<Range<usize>> = spans.into_iter().map(|span| placed.range(span)).collect();
    ranges.push(placed.extent());
    if let Some(symbol) = outline::of_cable(placed).filter(|_| cable.is_recognised()) {
        ranges.extend(body(&symbol));
        ancestors(symbol, offset, &mut ranges);
    }
    ranges
}

/// Codes that punctuation or a space would cut.
static CODE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x) \bE\.\ ?O\.\ ?\d{4,5}\b | (?:\b[A-Za-z]\.){2,} | \b1\.[2-5]\ ?\(?[a-hA-H]\)? | \b\d{6}Z\ [A-Z]{3}\ \d{2}\b
        | \b\d{1,2}/\d{1,2}/\d{2,4}\b",
    )
});

/// The word at a byte, and the codes and the run of characters without a space that hold it.
fn words(cable: &Cable, offset: u32) -> Vec<Span> {
    let Some(line) = cable.lines().get(cable.line_at(offset) as usize).map(|line| line.span) else { return Vec::new() };
    let text = cable.slice(line);
    let at = (offset.saturating_sub(line.start) as usize).min(text.len());
    let Some((before, after)) = text.split_at_checked(at) else { return Vec::new() };
    let around = |is_part: fn(char) -> bool| {
        let start = before.trim_end_matches(is_part).len();
        let end = text.len() - after.trim_start_matches(is_part).len();
        start..end
    };
    let run = around(|c| !c.is_whitespace());
    let own = &text[run.clone()];
    let bare = own.trim_matches(|c: char| c.is_ascii_punctuation() && !matches!(c, '#' | '$'));
    let bare_start = run.start + (bare.as_ptr() as usize - own.as_ptr() as usize);
    let codes = CODE.find_iter(text).map(|found| found.range());
    // Of `[KDEM](#)` only the word and the whole make sense.
    let bare = (!bare.contains("](")).then_some(bare_start..bare_start + bare.len());
    let found = codes.chain([around(char::is_alphanumeric)]).chain(bare);
    found.map(|range| Span::of(range).shifted(line.start)).filter(|span| span.touches(offset)).collect()
}

/// The line of a part; of the header also what comes after the keyword. In the text only a heading's line is a step.
fn of_part(cable: &Cable, part: &Part) -> Vec<Span> {
    let zone = part.kind.zone();
    let mut spans = Vec::new();
    if zone != Zone::Body || part.kind == PartKind::Heading {
        spans.push(part.span);
    }
    if zone == Zone::Header
        && let Some((keyword, value)) = cable.slice(part.span).split_once(':')
        && keyword.len() <= LONGEST_KEYWORD
    {
        spans.push(Span::new(part.span.end - value.trim_start().len() as u32, part.span.end));
    }
    spans
}

/// `Classified By` is the longest keyword; a colon further on is the text's.
const LONGEST_KEYWORD: usize = 16;

/// Fields that are more than a word and less than their line, and the markers of the paragraphs.
fn fields(cable: &Cable) -> Vec<Span> {
    let mut spans = Vec::new();
    let envelope = &cable.envelope;
    if let Some(de) = &envelope.de {
        let number =
            Span::new(de.value.serial.start.saturating_sub(1), de.value.section.unwrap_or(de.value.serial).end);
        spans.push(de.at(number));
    }
    for addressee in envelope.from.iter().chain(&envelope.to).chain(&envelope.info) {
        spans.push(addressee.at(addressee.value.plad));
    }
    if let Some(line) = &cable.header.classification {
        spans.extend([line.value.level_span, line.value.reference_number.span].map(|span| line.at(span)));
        spans.extend(line.value.section.map(|section| line.at(section.span)));
    }
    if let Some(order) = &cable.header.executive_order {
        spans.push(order.at(order.value.instruction));
    }
    if let Some(tags) = &cable.header.tags {
        spans.extend(tags.tags.iter().map(|tag| tag.span));
    }
    for entry in cable.header.references.iter().flat_map(|list| &list.entries) {
        spans.push(entry.value.span);
        let start = entry.value.letter.map_or(entry.value.span.start, |letter| letter.1.start);
        spans.push(Span::new(start.min(entry.value.span.start), entry.value.span.end));
    }
    for paragraph in &cable.body.paragraphs {
        let marker = &paragraph.marker;
        spans.push(marker.span);
        spans.extend(marker.value.mark.into_iter().flat_map(|mark| [marker.at(mark.text), marker.at(mark.span)]));
    }
    spans
}

fn paragraph_text(paragraph: &Paragraph) -> u32 {
    (paragraph.marker.span.start + paragraph.marker.value.text).min(paragraph.end)
}

/// Where a sentence ends: a full stop and what closes with it, before a space and the start of the next; or a blank line;
/// or the line before an item of a list.
static SENTENCE_END: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?x) (?<stop> [.?!]["'”’)\]]* ) \s+ ["'“‘(\[¶-]* [A-Z0-9] | \r?\n[ \t]*\r?\n | \n[ \t]*(?:--?|[*•]|\([a-z]\)|[a-z]\.)[ \t]"#,
    )
});

/// Short forms before a full stop that ends no sentence.
static SHORT_FORM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\b(?:Mr|Mrs|Ms|Dr|Amb|Gen|Col|Lt|Maj|Capt|Adm|Sen|Rep|Gov|Pres|Prof|St|No|Nos|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|vs|etc)|\b[A-Za-z]|\b[eE]\.g|\b[iI]\.e)$",
    )
});

/// The sentence of a paragraph at a byte.
fn sentence(cable: &Cable, paragraph: Span, offset: u32) -> Option<Span> {
    let text = cable.slice(paragraph);
    let at = offset.checked_sub(paragraph.start)? as usize;
    let (mut start, mut end) = (0, text.len());
    let mut from = 0;
    while let Some(found) = SENTENCE_END.captures_at(text, from) {
        let whole = found.get(0)?;
        let boundary = match found.name("stop") {
            Some(stop) if stop.as_str() == "." && SHORT_FORM.is_match(&text[..stop.start()]) => None,
            Some(stop) => Some(stop.end()),
            None => Some(whole.start()),
        };
        from = found.name("stop").map_or(whole.start() + 1, |stop| stop.end());
        match boundary {
            Some(boundary) if boundary >= at && boundary > start => {
                end = boundary;
                break;
            }
            Some(boundary) => start = boundary,
            None => {}
        }
    }
    let own = &text[start..end];
    let lead = own.len() - own.trim_start().len();
    let span = Span::of(start + lead..start + lead + own.trim().len()).shifted(paragraph.start);
    span.touches(offset).then_some(span)
}

/// The text of a cable: from its first heading or paragraph to its last.
fn body(cable: &Symbol) -> Option<Range<usize>> {
    let is_text = |symbol: &&Symbol| {
        use SymbolKind::{Heading, Paragraph, Quoted, Text};
        matches!(symbol.kind, Heading | Paragraph | Quoted | Text)
    };
    let mut text = cable.children.iter().filter(is_text);
    let first = text.next()?;
    Some(first.range.start..text.next_back().map_or(first.range.end, |last| last.range.end))
}

/// The nodes of the outline that hold a byte.
fn ancestors(symbol: Symbol, offset: usize, ranges: &mut Vec<Range<usize>>) {
    if symbol.range.start <= offset && offset <= symbol.range.end {
        ranges.push(symbol.range);
        for child in symbol.children {
            ancestors(child, offset, ranges);
        }
    }
}
