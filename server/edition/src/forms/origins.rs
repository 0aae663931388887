//! Where a page comes from, so that a person can go from one to the other.

use cable_syntax::Placed;
use serde::Serialize;

use super::{Edited, id_prefix, spans};
use crate::edition::{Correction, EditedBlock};
use crate::shown::shown;

/// Where a page comes from. Lines of the source count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Origins {
    /// For each line of the page the line of the source that it begins in; none for what is said about the cable.
    Lines(Vec<Option<usize>>),
    /// The elements of the page that hold the head of a cable or a block, in order.
    Elements(Vec<Element>),
}

/// An element of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Element {
    /// Its name in the page.
    pub id: String,
    /// The lines of the source in it: where in its text, as the page shows it, each begins, in UTF-16 units, and its number.
    pub lines: Vec<(usize, usize)>,
}

/// The line that a cable begins with.
pub(super) const fn first_line(placed: &Placed) -> usize {
    placed.first_line + 1
}

/// The elements of a page of HTML.
pub(super) fn elements(cables: &[Edited<'_>]) -> Vec<Element> {
    let units = |text: &str| text.encode_utf16().count();
    let mut elements = Vec::new();
    for (index, edited) in cables.iter().enumerate() {
        let prefix = id_prefix(index);
        elements.push(Element { id: format!("{prefix}head"), lines: vec![(0, first_line(edited.placed))] });
        let corrections = spans::corrections(edited.edition);
        elements.extend(edited.edition.blocks.iter().zip(&corrections).map(|(block, corrections)| Element {
            id: format!("{prefix}{}", block.id),
            lines: line_starts(block, corrections, units),
        }));
    }
    elements
}

/// Where in the text of a block, as a page shows it, each line of the source begins, and its number. `length` says how a text
/// is counted.
pub(super) fn line_starts(
    block: &EditedBlock,
    corrections: &[(usize, &Correction)],
    length: impl Fn(&str) -> usize,
) -> Vec<(usize, usize)> {
    let segments = block.segments.iter().map(|&[at, line, ..]| (at, line));
    let corrected = corrections.iter().filter_map(|(_, own)| Some((own.at?, own.line)));
    let mut places: Vec<(usize, usize)> = segments.chain(corrected).collect();
    places.sort_unstable();
    places.dedup_by_key(|&mut (_, line)| line);
    let mut starts = vec![(0, places.first().map_or(block.lines[0], |&(_, line)| line))];
    let (mut rest, mut passed, mut before) = (block.text.as_str(), 0, 0);
    for (at, line) in places.into_iter().skip(1) {
        let (own, after) = spans::split(rest, at - passed);
        before += length(&shown(own));
        (rest, passed) = (after, at);
        starts.push((before, line));
    }
    starts
}

/// Where the stretches of a page come from, in order.
#[derive(Debug, Default)]
pub(super) struct Marks(Vec<(usize, Option<usize>)>);

impl Marks {
    /// From this byte of the page on, what it holds comes from a line of the source.
    pub(super) fn set(&mut self, at: usize, line: Option<usize>) {
        self.0.push((at, line));
    }

    /// For each line of the page the line of the source.
    pub(super) fn lines(&self, page: &str) -> Vec<Option<usize>> {
        let mut marks = self.0.iter().peekable();
        let (mut start, mut from) = (0, None);
        let mut lines = Vec::new();
        for line in page.split_inclusive('\n') {
            while let Some((_, line)) = marks.next_if(|(at, _)| *at <= start) {
                from = *line;
            }
            lines.push(from);
            start += line.len();
        }
        lines
    }
}
