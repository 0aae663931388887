//! Navigation inside one cable: from a citation to the entry of the REF list, from `para 3` to that paragraph, from a
//! page line to the start of its section, from any copy of the MRN to the classification line, from the end of a block
//! to its beginning; and back.
//!
//! Each room finds one kind of thing at the cursor and all the places where the cable names it. What an editor asks is
//! read off those places. Only the cable under the cursor is looked at; a REF entry alone also leads to another cable
//! of the document.

mod blocks;
mod linked;
mod links;
mod number;
mod paragraphs;
mod references;
mod rename;
mod sections;
#[cfg(test)]
mod tests;

use std::ops::Range;

use cable_syntax::{Cable, Document, Placed, Span};

pub use linked::linked_ranges;
pub use links::{Link, Target, links, place as place_of};
pub(crate) use number::at as own_number;
pub(crate) use references::cited_entries;
pub use rename::{Renameable, prepare_rename, rename};

/// Where a thing is defined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The words at the cursor that lead there: bytes of the document.
    pub origin: Range<usize>,
    /// The places, in order; never none.
    pub targets: Vec<Place>,
}

/// A place to go to: bytes of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// All of it: the entry, the paragraph.
    pub range: Range<usize>,
    /// Its name, inside `range`: the letter, the number.
    pub selection: Range<usize>,
}

/// A place to mark while the cursor is on a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlight {
    /// Bytes of the document.
    pub range: Range<usize>,
    /// How the thing stands there.
    pub kind: HighlightKind,
}

/// How a thing stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HighlightKind {
    /// One of several places of equal standing.
    Text,
    /// The place speaks of it.
    Read,
    /// The place makes it: the entry of the list, the number of the paragraph.
    Write,
}

/// Where the thing at a byte offset of the document is defined.
pub fn definition(document: &Document, offset: usize) -> Option<Definition> {
    let (placed, cable_offset) = cable_at(document, offset)?;
    let thing = thing(&placed.cable, cable_offset)?;
    let elsewhere = links::cited_cable(document, placed, cable_offset);
    let place = |occurrence: &Occurrence| Place {
        range: placed.range(occurrence.whole),
        selection: placed.range(occurrence.span),
    };
    let targets: Vec<Place> = match elsewhere {
        Some(place) => vec![place],
        None => thing.occurrences.iter().filter(|one| one.is_definition).map(place).collect(),
    };
    (!targets.is_empty()).then(|| Definition { origin: placed.range(thing.origin), targets })
}

/// All places of the thing at a byte offset of the document, in order; those that define it only when asked for.
pub fn references(document: &Document, offset: usize, with_definition: bool) -> Vec<Range<usize>> {
    let found = cable_at(document, offset).and_then(|(placed, offset)| Some((placed, thing(&placed.cable, offset)?)));
    let Some((placed, thing)) = found else { return Vec::new() };
    let wanted = thing.occurrences.iter().filter(|one| with_definition || !one.is_definition);
    wanted.map(|one| placed.range(one.span)).collect()
}

/// What to mark while the cursor is at a byte offset of the document, in order.
pub fn highlights(document: &Document, offset: usize) -> Vec<Highlight> {
    let found = cable_at(document, offset).and_then(|(placed, offset)| Some((placed, thing(&placed.cable, offset)?)));
    let Some((placed, thing)) = found else { return Vec::new() };
    let kind = |one: &Occurrence| match (thing.is_name, one.is_definition) {
        (false, _) => HighlightKind::Text,
        (true, true) => HighlightKind::Write,
        (true, false) => HighlightKind::Read,
    };
    thing.occurrences.iter().map(|one| Highlight { range: placed.range(one.span), kind: kind(one) }).collect()
}

/// What the cursor is on, and all the places of its cable that name it. Spans are the cable's.
struct Thing {
    /// The words at the cursor.
    origin: Span,
    /// In order, each once.
    occurrences: Vec<Occurrence>,
    /// Whether the places that define it give it its name, and the others use that name.
    is_name: bool,
}

/// A place of a [`Thing`].
#[derive(Clone, Copy)]
struct Occurrence {
    /// The words that name it.
    span: Span,
    /// What they stand for, where they define it; else the words again.
    whole: Span,
    is_definition: bool,
}

impl Occurrence {
    const fn mention(span: Span) -> Self {
        Self { span, whole: span, is_definition: false }
    }

    const fn definition(span: Span, whole: Span) -> Self {
        Self { span, whole, is_definition: true }
    }
}

impl Thing {
    fn new(origin: Span, mut occurrences: Vec<Occurrence>, is_name: bool) -> Self {
        occurrences.sort_by_key(|one| (one.span, !one.is_definition));
        occurrences.dedup_by_key(|one| one.span);
        Self { origin, occurrences, is_name }
    }
}

/// The thing at a byte of the cable. No two rooms answer for the same words.
fn thing(cable: &Cable, offset: u32) -> Option<Thing> {
    references::find(cable, offset)
        .or_else(|| number::find(cable, offset))
        .or_else(|| sections::find(cable, offset))
        .or_else(|| paragraphs::find(cable, offset))
        .or_else(|| blocks::find(cable, offset))
}

/// The cable that holds a byte offset of the document, and the offset in it.
fn cable_at(document: &Document, offset: usize) -> Option<(&Placed, u32)> {
    let placed = document.cables().get(document.cable_at(offset))?;
    let inside = u32::try_from(offset.checked_sub(placed.start)?).ok()?;
    (inside as usize <= placed.cable.text().len() && placed.cable.is_recognised()).then_some((placed, inside))
}
