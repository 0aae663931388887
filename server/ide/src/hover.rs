//! Hover: what the token under the cursor means.
//!
//! The part that owns the cursor decides which room answers: `envelope`, `header` or `body`. Each room finds the
//! token and writes a card. Only the cable under the cursor is looked at. Where there is nothing to say the
//! answer is none: ordinary words stay quiet.

mod body;
mod card;
mod classification;
mod dates;
mod distribution;
mod envelope;
mod header;
mod instruction;
mod labels;
mod page_line;
mod posts;
mod references;
mod repeated;
mod tags;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use cable_catalog::{Catalog, Kind};
use cable_syntax::{Cable, Document, Field, Part, Span, Zone};
use jiff::civil::DateTime;

pub(crate) use body::number_span;
pub(crate) use card::{code, plain};
pub(crate) use dates::iso;
pub(crate) use posts::post_of_address;

/// What there is to say about one token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The token: bytes of the document.
    pub range: Range<usize>,
    /// The answer, in Markdown.
    pub markdown: String,
}

/// What the token at a byte offset of the document means; none where there is nothing to say.
pub fn hover(document: &Document, offset: usize) -> Option<Hover> {
    let placed = document.cables().get(document.cable_at(offset))?;
    let cable = &*placed.cable;
    let offset = u32::try_from(offset.checked_sub(placed.start)?).ok()?;
    let part = cable.part_at(offset).filter(|_| cable.is_recognised())?;
    let place = Place { catalog: document.catalog(), cable, offset };
    let card = match part.kind.zone() {
        // At the head of a page, above everything else.
        Zone::Wrapper => classification::level_alone(&place, part).or_else(|| distribution::copy_number(&place, part)),
        Zone::Notice => Some(envelope::notice(part)),
        Zone::Envelope => envelope::card(&place, part),
        Zone::Header => header::card(&place, part),
        Zone::Body => body::card(&place, part),
        Zone::Signature => body::signature(&place),
        Zone::Trailer => body::trailer(&place, part),
    }?;
    Some(Hover { range: placed.range(card.span), markdown: card.markdown() })
}

/// What a hover on a code says, wherever the code may be; for completion. A code that has a meaning under each of
/// several orders comes with its order before it: `12958 1.4(b)`.
pub(crate) fn describe(catalog: &Catalog, kind: Kind, code: &str) -> Option<String> {
    let nowhere = Span::default();
    let of_order = |find: fn(&Catalog, &str, &str) -> Option<cable_catalog::Entry<'static>>| {
        let (order, code) = code.split_once(' ')?;
        find(catalog, order, code).map(|entry| card::Card::of(nowhere, &entry))
    };
    let card = match kind {
        Kind::SubjectTag | Kind::ProgramTag | Kind::GeoTag | Kind::OrganizationTag => {
            tags::known(catalog, nowhere, code)
        }
        Kind::RoutingIndicator => envelope::known_indicator(catalog, nowhere, code),
        Kind::Post => catalog.post(code).map(|post| posts::post(catalog, nowhere, post.designator, &post)),
        Kind::Caption => catalog.caption(code).map(|caption| classification::caption_card(nowhere, &caption)),
        Kind::Reason => of_order(Catalog::reason),
        Kind::Declassification => of_order(Catalog::declassification),
        _ => catalog.lookup(code).iter().find(|entry| entry.kind == kind).map(|entry| card::Card::of(nowhere, entry)),
    };
    Some(card?.markdown())
}

/// The cursor, and what it stands in.
struct Place<'a> {
    catalog: &'a Catalog,
    cable: &'a Cable,
    /// Byte of the cable.
    offset: u32,
}

impl<'a> Place<'a> {
    fn text(&self, span: Span) -> &'a str {
        self.cable.slice(span)
    }

    /// A span inside a field as a span of the cable, when the cursor is at it.
    fn at<T>(&self, field: &Field<T>, inner: Span) -> Option<Span> {
        self.touched(field.at(inner))
    }

    /// The span itself, when the cursor is at it.
    fn touched(&self, span: Span) -> Option<Span> {
        (!span.is_empty() && span.touches(self.offset)).then_some(span)
    }

    /// The word at the cursor, without the punctuation around it.
    fn word(&self, part: &Part) -> Option<Span> {
        let text = self.text(part.span);
        let words = text.split_ascii_whitespace().map(|word| {
            let bare = word.trim_matches(|c: char| matches!(c, '(' | ')' | ',' | ';' | ':' | '.' | '"'));
            let start = bare.as_ptr() as usize - text.as_ptr() as usize;
            Span::of(start..start + bare.len()).shifted(part.span.start)
        });
        words.filter(|word| !word.is_empty()).find(|word| word.touches(self.offset))
    }

    /// The moment of the DTG, UTC.
    fn moment(&self) -> Option<DateTime> {
        self.cable.sent()
    }

    /// The field that is on the part's line and at the cursor.
    fn field<'f, T>(&self, fields: &'f [Field<T>]) -> Option<&'f Field<T>> {
        fields.iter().find(|field| field.span.touches(self.offset))
    }
}
