//! Colours of the text: paragraph numbers, portion marks, headings, and the cables that it names (FORMAT.md, "Body").

use cable_syntax::decoder::Decoded;
use cable_syntax::{PartKind, Signs, Span};

use super::{Collector, TokenKind, is_residue};
use crate::named_cable::{NamedCable, named_cables};

impl Collector<'_> {
    pub(super) fn body(&mut self) {
        match self.part.kind {
            kind if is_residue(kind) => self.whole(TokenKind::Residue),
            PartKind::Heading => self.whole(TokenKind::Heading),
            PartKind::Quoted => self.whole(TokenKind::Title),
            _ => {
                self.marker();
                self.list_item();
                self.cited();
            }
        }
    }

    /// The number and the portion mark of the paragraph that the part opens.
    fn marker(&mut self) {
        let paragraphs = &self.cable.body.paragraphs;
        let at = paragraphs.partition_point(|paragraph| paragraph.marker.span.start < self.part.span.start);
        let Some(paragraph) = paragraphs.get(at).filter(|own| own.marker.span.start < self.part.span.end) else {
            return;
        };
        let marker = &paragraph.marker;
        self.define(marker.at(marker.value.number), TokenKind::Number);
        if let Some(mark) = marker.value.mark {
            self.add(marker.at(mark.span), TokenKind::Protection);
        }
    }

    /// The number of an item in a list inside the paragraph.
    fn list_item(&mut self) {
        for field in self.here(&self.cable.body.rejected) {
            let (marker, decision) = &field.value;
            if decision.decoded == Decoded::ListItem {
                self.add(field.at(marker.number), TokenKind::Number);
            }
        }
    }

    /// The entries of the REF list that the text cites, and the cables that it names.
    fn cited(&mut self) {
        let part = self.part.span;
        let first = self.citations.partition_point(|citation| citation.span.end <= part.start);
        for citation in self.citations[first..].iter().take_while(|citation| citation.span.start < part.end) {
            // The keyword goes with the first letter.
            let end = citation.letters.first().map_or(citation.span.end, |letter| letter.1.end);
            let spans = std::iter::once(Span::new(citation.span.start, end));
            let spans = spans.chain(citation.letters.iter().skip(1).map(|letter| letter.1));
            self.fields.extend(spans.map(|span| (span, TokenKind::Reference, false)));
        }
        if !self.cable.signs(self.part.line).has(Signs::DIGIT) {
            return;
        }
        // `MOSCOW 1980` in a line of capitals is rather a year than a cable.
        let sure = |cable: &NamedCable<'_>| cable.year.is_some() || !(1900..2100).contains(&cable.serial);
        let named = named_cables(self.cable.slice(part), self.cable.catalog()).filter(sure);
        self.fields.extend(named.map(|cable| (cable.span.shifted(part.start), TokenKind::Reference, false)));
    }
}
