//! Blocks: the words that open one and the words that end it, `SUMMARY` and `END SUMMARY`, `QUOTE` and `UNQUOTE`
//! (FORMAT.md, "Blocks").

use cable_syntax::{Cable, LineKind, Span};

use super::{Occurrence, Thing};

/// Opening and end of each block.
fn pairs(cable: &Cable) -> Vec<(Span, Span)> {
    let mut pairs = cable.blocks().pairs.clone();
    let mut openings: Vec<Span> = pairs.iter().map(|pair| pair.0).collect();
    openings.sort_unstable();
    let line = |index: u32| cable.lines().get(index as usize);
    for &(first, last) in &cable.body.quotes {
        let Some((first, last)) = line(first).zip(line(last)) else { continue };
        let next = openings.partition_point(|opening| opening.end <= first.span.start);
        let is_read = openings.get(next).is_some_and(|opening| opening.overlaps(first.span));
        if last.kind == LineKind::QuoteEnds && !is_read {
            pairs.push((words(cable, first.span), words(cable, last.span)));
        }
    }
    pairs
}

/// A line without spaces and colon.
fn words(cable: &Cable, line: Span) -> Span {
    let text = cable.slice(line);
    let own = text.trim().trim_end_matches([':', '.']);
    let start = line.start + (text.len() - text.trim_start().len()) as u32;
    Span::new(start, start + own.len() as u32)
}

pub(super) fn find(cable: &Cable, offset: u32) -> Option<Thing> {
    let pairs = pairs(cable);
    let at_cursor = |pair: &(Span, Span)| [pair.0, pair.1].into_iter().find(|span| span.touches(offset));
    let origin = pairs.iter().find_map(at_cursor)?;
    let (_, end) = *pairs.iter().find(|pair| pair.0 == origin || pair.1 == origin)?;
    // One end may close a summary and a comment.
    let openings = pairs.iter().filter(|pair| pair.1 == end).map(|pair| pair.0);
    let whole = |opening: Span| Occurrence::definition(opening, Span::new(opening.start, end.end));
    Some(Thing::new(origin, openings.map(whole).chain([Occurrence::mention(end)]).collect(), false))
}
