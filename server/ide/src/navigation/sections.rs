//! The sections of a long cable: the places that name each, and where it begins (FORMAT.md, "Sections", "Page lines").

use std::sync::LazyLock;

use cable_syntax::{Cable, PartKind, Span, pattern};
use regex::Regex;

use super::{Occurrence, Thing};

/// A place that names a section.
struct Named {
    number: u32,
    /// `SECTION 01 OF 02`, `002 OF 002`, the `01` of the DE line.
    span: Span,
    /// Its line.
    whole: Span,
    /// How well it says where the section begins: the lowest does.
    rank: u8,
}

static SECTION: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bsection\s+(?<number>\d{1,2})\s+of\s+\d{1,2}\b"));

/// `002.2 OF 004` after the serial of a page line.
static OF_PAGE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d{2,3}(?:\.\d)?\s+(?i:of)\s+\d{2,3}\b"));

/// A header says it; the first page line of a section does where no header is left; the DE line is before all.
fn named(cable: &Cable) -> Vec<Named> {
    let mut named = Vec::new();
    if let Some(line) = &cable.header.classification
        && let Some(section) = line.value.section
    {
        named.push(Named { number: section.number, span: line.at(section.span), whole: line.span, rank: 0 });
    }
    if let Some(de) = &cable.envelope.de
        && let Some(span) = de.value.section.map(|section| de.at(section))
        && let Ok(number) = cable.slice(span).parse()
    {
        named.push(Named { number, span, whole: de.span, rank: 3 });
    }
    for part in cable.parts.iter().filter(|part| part.kind == PartKind::RepeatedHeader) {
        let found = SECTION.captures(cable.slice(part.span));
        let Some((whole, number)) = found.as_ref().and_then(|found| found.get(0).zip(found["number"].parse().ok()))
        else {
            continue;
        };
        let span = Span::of(whole.range()).shifted(part.span.start);
        named.push(Named { number, span, whole: part.span, rank: 1 });
    }
    for page in &cable.body.page_lines {
        let after = Span::new(page.at(page.value.serial).end, page.at(page.value.span).end);
        let found = OF_PAGE.find(cable.slice(after));
        let Some((number, found)) = page.value.section.zip(found) else { continue };
        let span = Span::of(found.range()).shifted(after.start);
        named.push(Named { number, span, whole: page.at(page.value.span), rank: 2 });
    }
    named
}

pub(super) fn find(cable: &Cable, offset: u32) -> Option<Thing> {
    let mut named = named(cable);
    let (origin, number) = named.iter().find(|one| one.span.touches(offset)).map(|one| (one.span, one.number))?;
    named.retain(|one| one.number == number);
    named.sort_by_key(|one| (one.rank, one.span.start));
    let occurrence = |(index, one): (usize, &Named)| match index {
        0 => Occurrence::definition(one.span, one.whole),
        _ => Occurrence::mention(one.span),
    };
    Some(Thing::new(origin, named.iter().enumerate().map(occurrence).collect(), false))
}
