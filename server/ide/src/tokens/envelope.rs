//! Colours of the envelope: format lines 1 to 11, the blocks of older layouts, the labels of SMART
//! (FORMAT.md, "Envelope", "SMART labels").

use cable_syntax::{Addressee, Field, LineKind, PartKind, Span};

use super::{Collector, TokenKind};

impl<'a> Collector<'a> {
    pub(super) fn envelope(&mut self) {
        let envelope = &self.cable.envelope;
        match self.part.kind {
            PartKind::TransmissionId => self.transmission_id(),
            PartKind::Routing => self.routing(),
            PartKind::De => self.de(),
            PartKind::OperatingSignal => self.operating_signal(),
            PartKind::DateTimeGroup => self.date_time_group(),
            PartKind::From => self.addressee(envelope.from.as_slice()),
            PartKind::To => self.addressee(&envelope.to),
            PartKind::Info => self.addressee(&envelope.info),
            PartKind::Exempt => self.exempt(),
            PartKind::Distribution => self.distribution(),
            PartKind::SmartLabel => self.smart_label(),
            _ => self.whole(TokenKind::Keyword),
        }
    }

    fn transmission_id(&mut self) {
        let Some(field) = self.on_part(self.cable.envelope.transmission_id.as_ref()) else {
            return self.whole(TokenKind::Keyword);
        };
        let channel = field.at(field.value.channel);
        self.add(Span::new(field.span.start, channel.start), TokenKind::Keyword);
        self.add(channel, TokenKind::Station);
        self.add(field.at(field.value.serial), TokenKind::Number);
    }

    fn routing(&mut self) {
        let Some(field) = self.on_part(self.cable.envelope.routing.as_ref()) else {
            return self.whole(TokenKind::Station);
        };
        self.add(field.at(field.value.digraph), TokenKind::Code);
        let stations = &field.value.indicators;
        let first = stations.partition_point(|&station| field.at(station).end <= self.part.span.start);
        let end = self.part.span.end;
        for &station in stations[first..].iter().take_while(|&&station| field.at(station).start < end) {
            self.add(field.at(station), TokenKind::Station);
        }
    }

    fn de(&mut self) {
        self.first_word(TokenKind::Keyword);
        let Some(field) = self.on_part(self.cable.envelope.de.as_ref()) else { return };
        let de = field.value;
        self.add(field.at(de.indicator), TokenKind::Station);
        self.add(field.at(de.serial), TokenKind::Number);
        self.add(field.at(de.section.unwrap_or_default()), TokenKind::Number);
        self.add(field.at(Span::new(de.day.start, de.time.end)), TokenKind::Number);
    }

    fn operating_signal(&mut self) {
        self.first_word(TokenKind::Keyword);
        let Some(field) = self.on_part(self.cable.envelope.operating_signal.as_ref()) else { return };
        let Some(signal) = field.value else { return };
        self.add(field.at(signal.letters), TokenKind::Protection);
        if let Some(service) = signal.service {
            self.signals(field.at(service));
        }
    }

    /// The words of a span that are signals.
    fn signals(&mut self, span: Span) {
        let catalog = self.cable.catalog();
        self.words(span, |word| catalog.operating_signal(word).map(|_| TokenKind::Keyword));
    }

    fn date_time_group(&mut self) {
        let Some(field) = self.on_part(self.cable.envelope.date_time_group.as_ref()) else {
            return self.whole(TokenKind::Number);
        };
        let Some(group) = &field.value else { return self.whole(TokenKind::Number) };
        for (_, letter) in [group.precedence, group.info_precedence].into_iter().flatten() {
            self.add(field.at(letter), TokenKind::Code);
        }
        self.add(field.at(group.group), TokenKind::Number);
        if let Some(signals) = group.signals {
            self.signals(field.at(signals));
        }
    }

    fn addressee(&mut self, fields: &'a [Field<Addressee>]) {
        let part = self.part.span;
        let Some(field) = self.here(fields).next() else {
            // A keyword alone, or a line that is no addressee.
            self.words(part, |word| matches!(word, "FM" | "TO" | "INFO").then_some(TokenKind::Keyword));
            return;
        };
        let value = field.value;
        let address = value.indicator.unwrap_or(value.plad).start;
        self.words(Span::new(part.start, field.at(Span::new(address, address)).start), |_| Some(TokenKind::Keyword));
        self.add(field.at(value.indicator.unwrap_or_default()), TokenKind::Station);
        self.add(field.at(value.plad), TokenKind::Place);
        if let Some((_, word)) = value.precedence {
            self.add(field.at(word), TokenKind::Code);
        }
        self.add(field.at(value.serial.unwrap_or_default()), TokenKind::Number);
    }

    fn exempt(&mut self) {
        let text = self.text(self.part.span);
        let mut rest = self.part.span;
        if ["XMT", "ZEN", "AIG"].iter().any(|keyword| text.starts_with(keyword)) {
            let word = self.first_word(TokenKind::Keyword);
            // With the slash or the space between.
            rest.start = (word.end + 1).min(rest.end);
        }
        self.add(rest, TokenKind::Place);
    }

    /// A block of the years before 2003: offices and their copies, or who drafted and approved.
    fn distribution(&mut self) {
        const DRAFTING: [&str; 4] = ["DRAFTED BY", "APPROVED BY", "CLEARED BY", "DESIRED DISTRIBUTION"];
        let part = self.part.span;
        let text = self.text(part);
        match self.cable.lines().get(self.part.line as usize).map(|line| line.kind) {
            Some(LineKind::Distribution) => self.words(part, |word| match word {
                "ORIGIN" | "ACTION" | "INFO" => Some(TokenKind::Keyword),
                office if office.contains('-') => Some(TokenKind::Place),
                total => total.starts_with(|c: char| c.is_ascii_digit()).then_some(TokenKind::Number),
            }),
            Some(LineKind::Drafting) => {
                let length = DRAFTING.iter().find(|keyword| text.starts_with(**keyword)).map_or(0, |word| word.len());
                let keyword = Span::new(part.start, part.start + length as u32);
                self.add(keyword, TokenKind::Keyword);
                self.add(Span::new(keyword.end, part.end), TokenKind::Person);
            }
            // Offices and names that go on from the line above.
            Some(LineKind::Text) => self.whole(TokenKind::Person),
            _ => self.whole(TokenKind::Residue),
        }
    }

    fn smart_label(&mut self) {
        let part = self.part.span;
        let Some((label, _)) = self.text(part).split_once(':') else { return };
        let value = Span::new(part.start + label.len() as u32 + 1, part.end);
        self.add(Span::new(part.start, value.start - 1), TokenKind::Keyword);
        match label {
            "MRN" => self.define(value, TokenKind::Reference),
            "Date/DTG" | "DECL" => self.add(value, TokenKind::Number),
            "From" | "Action" | "Info" => self.add(value, TokenKind::Place),
            "Reference" => self.add(value, TokenKind::Reference),
            _ => self.add(value, TokenKind::Protection),
        }
    }
}
