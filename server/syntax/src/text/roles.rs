//! What blocks are for: between SUMMARY and END SUMMARY, after COMMENT (FORMAT.md, "Blocks").

use super::{TextBlock, TextKind, TextRole};
use crate::block::BlockWords;
use crate::cable::Cable;
use crate::footer;
use crate::span::Span;

/// Says of each block what it is for.
pub(super) fn assign(cable: &Cable, blocks: &mut [TextBlock]) {
    let found = cable.blocks();
    let pairs = found.pairs.iter().map(|&(opening, end)| (opening, Some(end)));
    let open = found.unclosed.iter().map(|block| (block.span, None));
    let mut openings: Vec<(Span, Option<Span>)> = pairs.chain(open).collect();
    openings.sort_unstable_by_key(|(opening, _)| opening.start);
    let starts = starts(blocks);
    for (opening, end) in openings {
        let Some(role) = role(cable, opening) else { continue };
        // A bracket or a quote may be before the word.
        let first = starts.partition_point(|&start| start + 1 < opening.start);
        // Words inside a paragraph open what is a part of it: the paragraph is for more.
        let Some(block) = blocks.get(first).filter(|_| starts[first] <= opening.start) else { continue };
        let own = block.paragraph;
        let is_heading = block.kind == TextKind::Heading;
        for (block, &start) in blocks[first..].iter_mut().zip(&starts[first..]) {
            let is_own = start <= opening.start;
            let is_meant = match end {
                Some(end) => start < end.end,
                None if is_heading => is_own || block.kind != TextKind::Heading,
                None => is_own || (block.paragraph == own && own.is_some()),
            };
            // What lies in another is a part of that.
            if !is_meant || block.kind == TextKind::Signature || block.role.is_some() || is_footer(cable, block) {
                break;
            }
            block.role = Some(role);
        }
    }
}

/// Whether a block is the footer of the post.
fn is_footer(cable: &Cable, block: &TextBlock) -> bool {
    block.kind == TextKind::Prose && block.segments.first().is_some_and(|first| footer::begins(cable.slice(first.span)))
}

/// Where each block begins; one without words is where the one before it does.
fn starts(blocks: &[TextBlock]) -> Vec<u32> {
    let own = |block: &TextBlock| block.segments.first().map(|segment| segment.span.start);
    blocks
        .iter()
        .scan(0, |last, block| {
            *last = own(block).unwrap_or(*last);
            Some(*last)
        })
        .collect()
}

fn role(cable: &Cable, opening: Span) -> Option<TextRole> {
    match BlockWords::of(cable.slice(opening)).name() {
        "SUMMARY" => Some(TextRole::Summary),
        "INTRODUCTION" => Some(TextRole::Introduction),
        "COMMENT" | "NOTE" => Some(TextRole::Comment),
        "ACTION REQUEST" => Some(TextRole::Action),
        _ => None,
    }
}
