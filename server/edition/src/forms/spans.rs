//! The text of a block in pieces: where corrections stand in it and pages begin.

use crate::edition::{Correction, EditedBlock, Edition};

/// A piece of a block.
pub(super) enum Piece<'a> {
    /// Text as it is.
    Text(&'a str),
    /// A correction, by its index, and what it puts into the text.
    Corrected(usize, &'a Correction),
    /// A page begins here; its number.
    Page(Option<u32>),
}

/// The corrections of each block, in the order of the blocks. Those in furniture belong to none.
pub(super) fn corrections(edition: &Edition) -> Vec<Vec<(usize, &Correction)>> {
    let mut all: Vec<Vec<(usize, &Correction)>> = vec![Vec::new(); edition.blocks.len()];
    let mut block = 0;
    // Blocks and corrections are both in the order of the source.
    for (index, correction) in edition.corrections.iter().enumerate() {
        let Some(id) = correction.block.as_deref() else { continue };
        while edition.blocks.get(block).is_some_and(|block| block.id != id) {
            block += 1;
        }
        if let Some(own) = all.get_mut(block) {
            own.push((index, correction));
        }
    }
    all
}

/// The pieces of a block, in order; together they are its text.
pub(super) fn pieces<'a>(block: &'a EditedBlock, corrections: &[(usize, &'a Correction)]) -> Vec<Piece<'a>> {
    let pages = block.breaks.iter().map(|&(at, page)| (at, Piece::Page(page)));
    let slips = corrections.iter().map(|&(index, own)| (own.at.unwrap_or_default(), Piece::Corrected(index, own)));
    let mut places: Vec<(usize, Piece<'_>)> = pages.chain(slips).collect();
    // They are stable in their order: a page begins before what is corrected at its start.
    places.sort_by_key(|&(at, _)| at);
    let mut pieces = Vec::with_capacity(places.len() * 2 + 1);
    let (mut rest, mut passed) = (block.text.as_str(), 0);
    for (at, place) in places {
        let (before, after) = split(rest, at.saturating_sub(passed));
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        passed = passed.max(at);
        rest = after;
        if let Piece::Corrected(_, own) = place {
            let length = own.to.chars().count();
            rest = split(rest, length).1;
            passed += length;
        }
        pieces.push(place);
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// A text cut after so many characters.
pub(super) fn split(text: &str, length: usize) -> (&str, &str) {
    let at = text.char_indices().nth(length).map_or(text.len(), |(at, _)| at);
    text.split_at(at)
}
