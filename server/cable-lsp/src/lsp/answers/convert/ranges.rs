//! Folds, and selections that grow.

use std::cmp::Reverse;
use std::ops::Range;

use ropey::Rope;
use tower_lsp::lsp_types::{FoldingRange, FoldingRangeKind, SelectionRange};

use super::super::client_facts::ClientFacts;
use crate::lsp::analysis;
use crate::visible::visible;

/// Folds by whole lines, which every client can show. Where the client wants fewer, the longest stay.
pub(in crate::lsp) fn folds(mut found: Vec<analysis::Fold>, facts: &ClientFacts) -> Vec<FoldingRange> {
    if let Some(limit) = facts.most_folds.filter(|&limit| limit < found.len()) {
        found.sort_by_key(|fold| Reverse(fold.last_line - fold.first_line));
        found.truncate(limit);
        found.sort_by_key(|fold| (fold.first_line, Reverse(fold.last_line)));
    }
    let line = |line: usize| u32::try_from(line).unwrap_or(u32::MAX);
    let fold = |fold: analysis::Fold| FoldingRange {
        start_line: line(fold.first_line),
        end_line: line(fold.last_line),
        kind: Some(match fold.kind {
            analysis::FoldKind::Part => FoldingRangeKind::Region,
            analysis::FoldKind::Wrapper => FoldingRangeKind::Comment,
        }),
        collapsed_text: facts.folded_text.then(|| visible(&fold.collapsed).into_owned()),
        ..FoldingRange::default()
    };
    found.into_iter().map(fold).collect()
}

/// The steps of a selection, each with the one that holds it.
pub(in crate::lsp) fn selection(steps: &[Range<usize>], rope: &Rope, facts: &ClientFacts) -> Option<SelectionRange> {
    steps.iter().rev().fold(None, |parent, step| {
        Some(SelectionRange { range: facts.encoding.range(rope, step), parent: parent.map(Box::new) })
    })
}
