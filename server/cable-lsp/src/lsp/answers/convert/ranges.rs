//! Folds, and selections that grow.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use ropey::Rope;
use tower_lsp::lsp_types::{FoldingRange, FoldingRangeKind, SelectionRange};

use super::super::client_facts::ClientFacts;
use crate::lsp::analysis::{self, Placed};
use crate::lsp::documents::{FoldsView, Rendered, Snapshot};
use crate::visible::visible;

/// Folds by whole lines, which every client can show: a JSON array. Where the client wants fewer, the longest stay.
pub(in crate::lsp) fn folds(snapshot: &Snapshot, facts: &ClientFacts) -> Vec<u8> {
    let cables = snapshot.document.cables();
    let is_one_of_several = cables.len() > 1;
    let mut views = snapshot.views();
    let mut lengths: Vec<usize> = Vec::new();
    let mut array = vec![b'['];
    let make = |_: usize, placed: &Placed| folds_view(placed, is_one_of_several, facts);
    let holds = |_: usize, view: &FoldsView| view.is_one_of_several == is_one_of_several;
    views.folds.each(cables, holds, make, |placed, view| {
        lengths.extend_from_slice(&view.lengths);
        view.rendered.append_to(&mut array, placed.first_line as u32);
    });
    if let Some(limit) = facts.most_folds.filter(|&limit| limit < lengths.len()) {
        let stays = longest(&lengths, limit);
        array.truncate(1);
        let mut before = 0;
        views.folds.each(cables, holds, make, |placed, view| {
            view.rendered.append_some(&mut array, placed.first_line as u32, |index| stays[before + index]);
            before += view.lengths.len();
        });
    }
    array.push(b']');
    array
}

fn folds_view(placed: &Placed, is_one_of_several: bool, facts: &ClientFacts) -> FoldsView {
    let alone = Placed::alone(Arc::clone(&placed.cable));
    let found = analysis::cable_folds(&alone, is_one_of_several);
    let lengths = found.iter().map(|fold| fold.last_line - fold.first_line).collect();
    let line = |line: usize| u32::try_from(line).unwrap_or(u32::MAX);
    let rendered = Rendered::of(found.into_iter().map(|fold| FoldingRange {
        start_line: line(fold.first_line),
        end_line: line(fold.last_line),
        kind: Some(match fold.kind {
            analysis::FoldKind::Part => FoldingRangeKind::Region,
            analysis::FoldKind::Wrapper => FoldingRangeKind::Comment,
        }),
        collapsed_text: facts.folded_text.then(|| visible(&fold.collapsed).into_owned()),
        ..FoldingRange::default()
    }));
    FoldsView { is_one_of_several, lengths, rendered }
}

/// Says of each length whether it is among the longest; of two that are equal the first is.
fn longest(lengths: &[usize], limit: usize) -> Vec<bool> {
    let mut by_length: Vec<usize> = (0..lengths.len()).collect();
    let (chosen, _, _) = by_length.select_nth_unstable_by_key(limit, |&index| (Reverse(lengths[index]), index));
    let mut stays = vec![false; lengths.len()];
    for &mut index in chosen {
        stays[index] = true;
    }
    stays
}

/// The steps of a selection, each with the one that holds it.
pub(in crate::lsp) fn selection(steps: &[Range<usize>], rope: &Rope, facts: &ClientFacts) -> Option<SelectionRange> {
    steps.iter().rev().fold(None, |parent, step| {
        Some(SelectionRange { range: facts.encoding.range(rope, step), parent: parent.map(Box::new) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_stay() {
        assert_eq!(longest(&[3, 9, 3, 1, 3], 3), [true, true, true, false, false]);
        assert_eq!(longest(&[3, 9], 0), [false, false]);
        assert_eq!(longest(&[3, 9], 1), [false, true]);
    }
}
