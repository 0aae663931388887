//! The paragraphs and the places of the text that speak of them: `para 3`, `paragraphs 3 and 5`.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use cable_syntax::{Cable, Span, citations_in, pattern};
use regex::Regex;

use super::{Occurrence, Thing};

/// A number that the text names, or a range of them.
struct Named {
    numbers: RangeInclusive<u32>,
    /// The digits; with the keyword for the first.
    span: Span,
}

static PARAGRAPHS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bpara(?:graph)?s?\.?\s+(?<numbers>\d{1,3}\b(?:(?:\s*[,;&/-]\s*(?:and\s+)?|\s+(?:and|or|through|thru|to)\s+)\d{1,3}\b)*)",
    )
});

static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d+"));

/// What is between the ends of a range.
static THROUGH: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s*(?:-|through|thru|to)\s*$"));

/// Words before that make it a paragraph of something else.
static OF_ANOTHER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)(?:\d\)?|\b(?:operative|preambular|preamble|article|resolution|draft|annex))$"));

/// Words after that may do so.
static OF_WHAT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^\)?,?\s+(?:(?:of|from)\s+(?<what>\w+)|in\s+(?<reference>ref))"));

/// The paragraphs of this cable that its own text names.
fn named(cable: &Cable) -> Vec<Named> {
    let mut named = Vec::new();
    for &stretch in cable.own_text() {
        let text = cable.slice(stretch);
        for found in PARAGRAPHS.captures_iter(text) {
            let Some((whole, numbers)) = found.get(0).zip(found.name("numbers")) else { continue };
            if !is_of_another(&text[..whole.start()], &text[whole.end()..]) {
                read(numbers.as_str(), whole.start(), numbers.start(), stretch.start, &mut named);
            }
        }
    }
    named
}

/// Whether the words around make it a paragraph of another text: `ref A para 3`, `UNSCR 1737 para 8`, `para 3 of reftel`.
fn is_of_another(before: &str, after: &str) -> bool {
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')'));
    let before = before.strip_suffix("'s").unwrap_or(before);
    // No citation is longer than that; the text before may be.
    let near = before.char_indices().rev().nth(60).map_or(0, |(at, _)| at);
    let is_cited =
        citations_in(&before[near..]).last().is_some_and(|last| last.span.end as usize == before.len() - near);
    let is_numbered = after.starts_with('.') && after[1..].starts_with(|c: char| c.is_ascii_digit());
    let of_what = OF_WHAT.captures(after).is_some_and(|found| {
        let own = found.name("what").is_some_and(|what| matches!(&*what.as_str().to_ascii_lowercase(), "this" | "our"));
        !own
    });
    is_cited || is_numbered || of_what || OF_ANOTHER.is_match(before)
}

/// Adds the numbers of a run. `keyword` and `start` are columns of the keyword and the run, `base` moves them.
fn read(run: &str, keyword: usize, start: usize, base: u32, named: &mut Vec<Named>) {
    let places: Vec<_> = NUMBER.find_iter(run).collect();
    let number = |place: &regex::Match<'_>| place.as_str().parse::<u32>().unwrap_or_default();
    let span = |from: usize, to: usize| Span::of(from..to).shifted(base);
    for (index, place) in places.iter().enumerate() {
        let from = if index == 0 { keyword } else { start + place.start() };
        named.push(Named { numbers: number(place)..=number(place), span: span(from, start + place.end()) });
        if let Some(next) = places.get(index + 1)
            && THROUGH.is_match(&run[place.end()..next.start()])
            && number(place) + 1 < number(next)
        {
            let between = number(place) + 1..=number(next) - 1;
            named.push(Named { numbers: between, span: span(start + place.start(), start + next.end()) });
        }
    }
}

pub(super) fn find(cable: &Cable, offset: u32) -> Option<Thing> {
    let marked = |index: u32| {
        let paragraph = cable.body.paragraphs.get(index as usize)?;
        let span = number_of(paragraph);
        span.touches(offset).then_some((span, paragraph.number))
    };
    let named = named(cable);
    // A single number is before the range that holds its digits.
    let mentioned = || named.iter().find(|one| one.span.touches(offset)).map(|one| (one.span, *one.numbers.start()));
    let (origin, number) = cable.paragraph_at(offset).and_then(marked).or_else(mentioned)?;
    let own = cable.body.paragraphs.iter().filter(|paragraph| paragraph.number == number);
    let definitions = own.map(|paragraph| {
        let start = paragraph.marker.span.start;
        Occurrence::definition(number_of(paragraph), Span::new(start, paragraph.end.max(paragraph.marker.span.end)))
    });
    let mentions = named.iter().filter(|one| one.numbers.contains(&number)).map(|one| Occurrence::mention(one.span));
    Some(Thing::new(origin, definitions.chain(mentions).collect(), true))
}

/// The number of a paragraph as written.
fn number_of(paragraph: &cable_syntax::Paragraph) -> Span {
    paragraph.marker.at(paragraph.marker.value.number)
}
