//! What no part of a cable owns: signs that show nothing, and what should not be there.

use super::{Furniture, FurnitureKind, TextBlock};
use crate::cable::Cable;
use crate::span::Span;
use crate::white_space::is_blank;

/// Adds what neither the blocks nor the furniture own, and puts the furniture in order.
pub(super) fn add(cable: &Cable, blocks: &[TextBlock], furniture: &mut Vec<Furniture>) {
    let segments = blocks.iter().flat_map(|block| &block.segments).map(|segment| segment.span);
    let mut owned: Vec<Span> = segments.chain(furniture.iter().map(|piece| piece.span)).collect();
    owned.sort_unstable();
    let mut at = 0;
    let end = Span::new(cable.text().len() as u32, cable.text().len() as u32);
    for own in owned.into_iter().chain([end]) {
        if own.start > at {
            add_stretch(cable, Span::new(at, own.start), furniture);
        }
        at = at.max(own.end);
    }
    furniture.sort_unstable_by_key(|piece| piece.span);
}

fn add_stretch(cable: &Cable, span: Span, furniture: &mut Vec<Furniture>) {
    let text = cable.slice(span);
    let mut at = 0;
    while let Some(start) = text[at..].find(|next: char| !next.is_whitespace()).map(|start| at + start) {
        let end = text[start..].find(char::is_whitespace).map_or(text.len(), |end| start + end);
        let run = &text[start..end];
        let kind = if run.chars().all(is_blank) {
            FurnitureKind::Blank
        } else if run.chars().all(|next| next == '\\' || is_blank(next)) {
            // What an export put at the ends of lines.
            FurnitureKind::Markup
        } else {
            FurnitureKind::Garbage
        };
        let span = Span::of(start..end).shifted(span.start);
        furniture.push(Furniture { line: cable.line_at(span.start), span, kind });
        at = end;
    }
}
