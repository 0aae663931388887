//! Where the text of a cable cites its REF list, and the letters that the list has (FORMAT.md, "REF").

use std::sync::LazyLock;

use crate::cable::Cable;
use crate::fields::citation::{Citation, citations_in};
use crate::part::PartKind;
use crate::pattern::{ShortPattern, short_pattern};
use crate::span::Span;

/// The places of a cable's own text that cite its REF list.
pub(super) fn citations(cable: &Cable) -> Vec<Citation> {
    let read = |stretch: &Span| {
        let start = stretch.start;
        citations_in(cable.slice(*stretch)).map(move |found| found.shifted(start))
    };
    cable.own_text().iter().flat_map(read).collect()
}

/// The stretches that are the cable's own words. Lines that follow each other in one paragraph are one stretch.
pub(super) fn own_text(cable: &Cable) -> Vec<Span> {
    let is_text = |kind| matches!(kind, PartKind::Paragraph | PartKind::Fragment | PartKind::Text | PartKind::Heading);
    let mut stretches: Vec<Span> = Vec::new();
    let mut last = None;
    for part in cable.parts.iter().filter(|part| is_text(part.kind) && !cable.is_quoted(part.line)) {
        let goes_on = match part.kind {
            PartKind::Fragment => matches!(last, Some((PartKind::Paragraph | PartKind::Fragment, _))),
            PartKind::Text => matches!(last, Some((PartKind::Text, _))),
            _ => false,
        };
        let is_below = last.is_some_and(|(_, line)| line + 1 == part.line);
        match stretches.last_mut() {
            Some(stretch) if goes_on && is_below => stretch.end = part.span.end,
            _ => stretches.push(part.span),
        }
        last = Some((part.kind, part.line));
    }
    stretches
}

/// A letter and nothing else between two references.
static BETWEEN: LazyLock<ShortPattern> = LazyLock::new(|| short_pattern(r"^[\s,;.]*\(?(?<letter>[A-Z])[.):]+\s*$"));

/// The letters of the REF list, each where it is.
pub(super) fn listed_letters(cable: &Cable) -> Vec<(char, Span)> {
    let entries = cable.header.references.iter().flat_map(|references| &references.entries);
    let mut letters: Vec<(char, Span)> = Vec::new();
    let mut end = 0;
    for entry in entries {
        let Some((letter, columns)) = entry.value.letter else { continue };
        // The columns of a letter run from its sign to its own text.
        let written = |sign: char| sign.eq_ignore_ascii_case(&letter);
        let Some(at) = cable.slice(columns).rfind(written) else { continue };
        let start = columns.start + at as u32;
        let own = (letter, Span::new(start, start + 1));
        // Several cables share a letter, unless one that repeats is between them.
        let between = cable.text().get(end..entry.span.start as usize).unwrap_or_default();
        if letters.last().is_none_or(|last| last.1.start < own.1.start) {
            letters.push(own);
        } else if let Some(found) = BETWEEN.captures(between).and_then(|found| found.name("letter")) {
            let letter = found.as_str().chars().next().unwrap_or(letter);
            letters.push((letter, Span::of(end + found.start()..end + found.end())));
        }
        end = entry.span.end as usize;
    }
    letters
}

#[cfg(test)]
mod tests {
    use cable_catalog::Catalog;

    use crate::Document;

    fn cable(body: &str) -> String {
        format!("UNCLAS ASTANA 002541\n\nTAGS: PREL\nSUBJECT: A ROAD\nREF: ASTANA 1\n\n1. (U) {body}\n")
    }

    #[test]
    fn quoted_text_cites_another_cable() {
        let text = cable("As ref\nA says:\n\nBEGIN TEXT\n\nsee ref B\n\nEND TEXT\n\n2. (U) More: ref C.");
        let document = Document::new(&text, &Catalog::built_in());
        let cable = &document.cables()[0].cable;
        let cited: Vec<&str> = cable.citations().iter().map(|citation| cable.slice(citation.span)).collect();
        assert_eq!(cited, ["ref\nA", "ref C"]);
    }
}
