//! What an archive is asked around a document: which cables the words at the cursor name, where they are in the
//! document, and what is said of a cable that the archive holds, or does not hold.
//!
//! Nothing here looks a cable up: who holds the archive does that and gives plain values ([`KnownCable`]).

mod card;
#[cfg(test)]
mod tests;

use std::ops::Range;

use cable_catalog::Catalog;
use cable_syntax::{Cable, CableNumber, Document, PartKind, Placed, Span};

pub use card::{Absent, KnownCable, card, citations, in_a_line};

use crate::named_cable::named_cables;
use crate::navigation::{cited_entries, own_number};

/// The words at the cursor and the cables that they name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The words: bytes of the document.
    pub origin: Range<usize>,
    /// The cable that they are in, by its place in the document.
    pub cable: usize,
    /// What they name.
    pub what: What,
}

/// What words name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Entries of the REF list, by their places in it.
    Entries(Vec<usize>),
    /// A cable that the text names by post and serial. The year may be missing.
    Number(CableNumber),
    /// The cable that they are in: its MRN, or its TI line or subject.
    Own,
}

/// The cables that the words at a byte offset of the document name.
pub fn named(document: &Document, offset: usize) -> Option<Named> {
    let index = document.cable_at(offset);
    let placed = document.cables().get(index)?;
    let cable = &*placed.cable;
    let offset = u32::try_from(offset.checked_sub(placed.start)?).ok()?;
    let part = cable.part_at(offset).filter(|_| cable.is_recognised())?;
    let found = |(span, what): (Span, What)| Named { origin: placed.range(span), cable: index, what };
    if let Some((span, entries)) = cited_entries(cable, offset) {
        return Some(found((span, What::Entries(entries))));
    }
    if let Some(span) = own_number(cable, offset) {
        return Some(found((span, What::Own)));
    }
    if let Some(number) = in_text(cable, document.catalog(), offset) {
        return Some(found(number));
    }
    matches!(part.kind, PartKind::TransmissionId | PartKind::Subject).then(|| found((part.span, What::Own)))
}

/// Where each entry of a cable's REF list is, in order: bytes of the document.
pub fn entries(placed: &Placed) -> Vec<Range<usize>> {
    let entries = placed.cable.header.references.iter().flat_map(|list| &list.entries);
    entries.map(|entry| placed.range(entry.value.span)).collect()
}

/// A cable that the line of an offset names there.
fn in_text(cable: &Cable, catalog: &Catalog, offset: u32) -> Option<(Span, What)> {
    let line = cable.lines().get(cable.line_at(offset) as usize)?.span;
    let named =
        named_cables(cable.slice(line), catalog).find(|named| named.span.shifted(line.start).touches(offset))?;
    let number = CableNumber { post: named.post.compact.to_owned(), year: named.year, serial: named.serial };
    Some((named.span.shifted(line.start), What::Number(number)))
}
