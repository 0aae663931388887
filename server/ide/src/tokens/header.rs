//! Colours of the header: classification line to Classified By (FORMAT.md, "Header").

use cable_syntax::{PartKind, Span, declassification_date};

use super::{Collector, TokenKind};
use crate::declassification::marks;

impl Collector<'_> {
    pub(super) fn header(&mut self) {
        match self.part.kind {
            PartKind::Classification => self.classification(),
            PartKind::ExecutiveOrder => self.executive_order(),
            PartKind::Tags => self.tags(),
            PartKind::Subject => self.subject(),
            PartKind::Reference => self.references(),
            PartKind::ClassifiedBy => self.classified_by(),
            _ => self.whole(TokenKind::Protection),
        }
    }

    fn classification(&mut self) {
        let Some(field) = self.on_part(self.cable.header.classification.as_ref()) else {
            // The level of a SMART cable is a line of its own.
            return self.whole(TokenKind::Protection);
        };
        let line = &field.value;
        self.add(field.at(line.level_span), TokenKind::Protection);
        self.add(field.at(line.caveat.unwrap_or_default()), TokenKind::Protection);
        if let Some(section) = line.section {
            self.words(field.at(section.span), |word| {
                let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
                Some(if is_number { TokenKind::Number } else { TokenKind::Keyword })
            });
        }
        self.define(field.at(line.reference_number.span), TokenKind::Reference);
    }

    fn executive_order(&mut self) {
        let Some(field) = self.on_part(self.cable.header.executive_order.as_ref()) else { return };
        self.add(field.at(field.value.keyword), TokenKind::Keyword);
        self.add(field.at(field.value.order.unwrap_or_default()), TokenKind::Number);
        let whole = field.at(field.value.instruction);
        let instruction = Span::new(whole.start.max(self.part.span.start), whole.end.min(self.part.span.end));
        if instruction.is_empty() {
            return;
        }
        if let Some((date, _)) = declassification_date(self.text(instruction), self.cable.year()) {
            self.add(date.shifted(instruction.start), TokenKind::Number);
        }
        for (mark, _) in marks(self.cable, self.cable.catalog(), instruction) {
            self.add(mark, TokenKind::Code);
        }
    }

    fn tags(&mut self) {
        let Some(tags) = &self.cable.header.tags else { return };
        self.add(tags.keyword.at(tags.keyword.value.word), TokenKind::Keyword);
        for field in self.here(&tags.tags) {
            let code = field.at(field.value.code);
            self.add(code, TokenKind::Code);
            if let Some(name) = field.value.name {
                self.add(field.at(name), TokenKind::Person);
            }
            if field.value.linked {
                self.add(Span::new(field.span.start, code.start), TokenKind::Residue);
                let link = field.value.name.map_or(field.span.end, |name| field.at(name).start);
                self.add(Span::new(code.end, link), TokenKind::Residue);
            }
        }
    }

    fn subject(&mut self) {
        let Some(subject) = &self.cable.header.subject else { return };
        self.add(subject.keyword.at(subject.keyword.value.word), TokenKind::Keyword);
        if let Some(mark) = &subject.mark {
            self.add(mark.span, TokenKind::Protection);
        }
        for field in self.here(&subject.lines) {
            self.add(field.span, TokenKind::Title);
        }
    }

    fn references(&mut self) {
        let Some(references) = &self.cable.header.references else { return };
        self.add(references.keyword.at(references.keyword.value.word), TokenKind::Keyword);
        let part = self.part.span;
        let begins = |letter: Option<(char, Span)>, span: Span| letter.map_or(span.start, |letter| letter.1.start);
        let first = references.entries.partition_point(|field| field.value.span.end <= part.start);
        let listed = references.entries[first..].iter();
        for field in listed.take_while(|field| begins(field.value.letter, field.value.span) < part.end) {
            let entry = &field.value;
            if let Some((_, letter)) = entry.letter {
                self.define(letter, TokenKind::Reference);
            }
            // An e-mail or a talk is cited too, but nothing can be opened.
            self.add(entry.span, if entry.serial.is_some() { TokenKind::Reference } else { TokenKind::Title });
        }
    }

    fn classified_by(&mut self) {
        let Some(field) = self.on_part(self.cable.header.classified_by.as_ref()) else { return };
        let line = &field.value;
        self.add(field.at(line.keyword), TokenKind::Keyword);
        self.add(field.at(line.who.unwrap_or_default()), TokenKind::Person);
        self.add(field.at(line.section.unwrap_or_default()), TokenKind::Number);
        for &reason in &line.reasons {
            self.add(field.at(reason), TokenKind::Code);
        }
    }
}
