//! Folding: what of a document can be shown as one line.
//!
//! The tree is the outline's; wrappers, which the outline leaves out, are added. A fold ends before the line on which
//! the next one begins, so that folds nest or are apart by whole lines.

#[cfg(test)]
mod tests;

use std::ops::Range;

use cable_syntax::{Document, PartKind, Placed};

use crate::outline::{self, Symbol, SymbolKind};

/// A stretch that can be folded: at least two lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    /// First line, which stays in sight: a line of the document, from 0.
    pub first_line: usize,
    /// Last line, which does not.
    pub last_line: usize,
    /// What it is.
    pub kind: FoldKind,
    /// What stands for it when it is folded: `¶3 (C) The minister said`.
    pub collapsed: String,
}

/// What a [`Fold`] holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FoldKind {
    /// A part of the cable.
    Part,
    /// What is not the cable's: a publisher's lines, the notice of an extract.
    Wrapper,
}

/// The folds of a document by their lines, each before those that it holds.
pub fn folds(document: &Document) -> Vec<Fold> {
    let is_one_of_several = document.cables().len() > 1;
    // No line belongs to two cables.
    document.cables().iter().flat_map(|placed| cable_folds(placed, is_one_of_several)).collect()
}

/// The folds of one cable. Where it is one of several, the whole of it is a fold too.
pub fn cable_folds(placed: &Placed, is_one_of_several: bool) -> Vec<Fold> {
    if !placed.cable.is_recognised() {
        return Vec::new();
    }
    let mut found: Vec<Fold> = wrappers(placed).collect();
    if let Some(symbol) = outline::of_cable(placed) {
        collect(placed, symbol, is_one_of_several, &mut found);
    }
    nested(found)
}

impl Fold {
    /// From the line of the first byte of a range of the document to the line of its last.
    fn of(placed: &Placed, range: &Range<usize>, kind: FoldKind, collapsed: String) -> Self {
        let line = |offset: usize| placed.first_line + placed.cable.line_at((offset - placed.start) as u32) as usize;
        let last = range.end.saturating_sub(1).max(range.start);
        Self { first_line: line(range.start), last_line: line(last), kind, collapsed }
    }
}

/// The publisher's lines, run by run.
fn wrappers(placed: &Placed) -> impl Iterator<Item = Fold> {
    let cable = &placed.cable;
    let runs = cable.parts.chunk_by(|one, next| one.kind == next.kind);
    let runs = runs.filter(|run| run.first().is_some_and(|part| part.kind == PartKind::Wrapper));
    runs.filter_map(|run| {
        let (first, last) = run.first().zip(run.last())?;
        let range = placed.range(first.span).start..placed.range(last.span).end;
        Some(Fold::of(placed, &range, FoldKind::Wrapper, outline::shortened(cable.slice(first.span))))
    })
}

/// A node of the outline and what it holds. Single lines of envelope and header, however they wrap, stay as they are.
fn collect(placed: &Placed, symbol: Symbol, is_one_of_several: bool, found: &mut Vec<Fold>) {
    let collapsed = match symbol.kind {
        SymbolKind::Cable => is_one_of_several.then(|| match &symbol.detail {
            Some(subject) => format!("{} {}", symbol.name, outline::shortened(subject)),
            None => symbol.name,
        }),
        SymbolKind::EnvelopeLine
        | SymbolKind::Addressee
        | SymbolKind::HeaderLine
        | SymbolKind::Reference
        | SymbolKind::Signature => None,
        SymbolKind::Notice
        | SymbolKind::Envelope
        | SymbolKind::Header
        | SymbolKind::Heading
        | SymbolKind::Paragraph
        | SymbolKind::Text
        | SymbolKind::Quoted
        | SymbolKind::Trailer => Some(symbol.name),
    };
    let kind = if symbol.kind == SymbolKind::Notice { FoldKind::Wrapper } else { FoldKind::Part };
    found.extend(collapsed.map(|collapsed| Fold::of(placed, &symbol.range, kind, collapsed)));
    for child in symbol.children {
        collect(placed, child, is_one_of_several, found);
    }
}

/// Folds that nest or are apart: one that runs into the next ends on the line before it; what is left of one line goes.
fn nested(mut folds: Vec<Fold>) -> Vec<Fold> {
    let outer_first = |fold: &Fold| (fold.first_line, std::cmp::Reverse(fold.last_line));
    folds.sort_by_key(outer_first);
    // Indices of the folds that hold the line at hand, outermost first.
    let mut open: Vec<usize> = Vec::new();
    for index in 0..folds.len() {
        let (first, last) = (folds[index].first_line, folds[index].last_line);
        open.retain(|&above| folds[above].last_line >= first);
        for &above in &open {
            if folds[above].last_line < last {
                folds[above].last_line = first.saturating_sub(1);
            }
        }
        open.retain(|&above| folds[above].last_line >= first);
        open.push(index);
    }
    folds.retain(|fold| fold.first_line < fold.last_line);
    folds.sort_by_key(outer_first);
    folds.dedup_by_key(|fold| (fold.first_line, fold.last_line));
    folds
}
