//! What no part of a cable owns: signs that show nothing, and what should not be there.

use super::{Furniture, FurnitureKind, TextBlock};
use crate::cable::Cable;
use crate::span::Span;
use crate::white_space::is_blank;

/// Adds what neither the blocks nor the furniture own, and puts the furniture in order.
pub(super) fn add(cable: &Cable, blocks: &[TextBlock], furniture: &mut Vec<Furniture>) {
    let segments = blocks.iter().flat_map(|block| &block.segments).map(|segment| (segment.span, None));
    let pieces = furniture.iter().map(|piece| (piece.span, Some((piece.kind, piece.line))));
    let mut owned: Vec<_> = segments.chain(pieces).collect();
    // Both are in order already, which a stable sort is quick to see.
    owned.sort_by_key(|&(span, _)| span);
    let mut at = 0;
    let mut before = None;
    let length = cable.text().len() as u32;
    for (own, piece) in owned.into_iter().chain([(Span::new(length, length), None)]) {
        if own.start > at {
            add_stretch(cable, Span::new(at, own.start), before, furniture);
        }
        at = at.max(own.end);
        before = piece;
    }
    furniture.sort_by_key(|piece| piece.span);
}

/// Adds what is written in a stretch. `before` is the furniture that ends where it begins, and its line.
fn add_stretch(cable: &Cable, span: Span, before: Option<(FurnitureKind, u32)>, furniture: &mut Vec<Furniture>) {
    let text = cable.slice(span);
    // Nearly always it is the end of a line.
    if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
        return;
    }
    let mut at = 0;
    while let Some(start) = text[at..].find(|next: char| !next.is_whitespace()).map(|start| at + start) {
        let end = text[start..].find(char::is_whitespace).map_or(text.len(), |end| start + end);
        let run = &text[start..end];
        let own = Span::of(start..end).shifted(span.start);
        let line = cable.line_at(own.start);
        let kind = if run.chars().all(is_blank) {
            FurnitureKind::Blank
        } else if run.chars().all(|next| next == '\\' || is_blank(next)) {
            // What an export put at the ends of lines.
            FurnitureKind::Markup
        } else {
            // A comma between two captions is of the same kind.
            let is_punctuation = run.bytes().all(|byte| byte.is_ascii_punctuation());
            let beside = before.filter(|&(_, above)| is_punctuation && above == line);
            beside.map_or(FurnitureKind::Garbage, |(kind, _)| kind)
        };
        furniture.push(Furniture { line, span: own, kind });
        at = end;
    }
}
