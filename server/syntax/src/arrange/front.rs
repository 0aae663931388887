//! The front: everything above the classification line (FORMAT.md, "Envelope").
//!
//! Blank lines mean nothing here. A line that is none of the known kinds is an addressee when one is expected, else the
//! publisher's.

use std::ops::Range;

use crate::cable::Field;
use crate::fields::addressee;
use crate::fields::date_time_group;
use crate::fields::transmission;
use crate::line::LineKind;
use crate::part::PartKind;

use super::{Arranger, is_upper};

/// What a line without a keyword continues.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    Nothing,
    Routing,
    Distribution,
    From,
    To,
    Info,
    Exempt,
}

impl Arranger<'_> {
    /// Arranges the lines above the classification line.
    pub(super) fn front(&mut self, lines: Range<usize>) {
        let mut open = Open::Nothing;
        let block = self.distribution_block(lines.clone());
        for line in lines {
            if block.contains(&line) && self.is_of_block(line) {
                self.own_line(PartKind::Distribution, line);
                open = Open::Distribution;
                continue;
            }
            open = self.front_line(line, open).unwrap_or_else(|| {
                self.own_line(PartKind::Wrapper, line);
                Open::Nothing
            });
        }
    }

    /// From the first line of an older layout to its date-time group: distribution, drafting and counters, whatever a copy
    /// made of them.
    fn distribution_block(&self, lines: Range<usize>) -> Range<usize> {
        let is_first = |kind| {
            matches!(kind, LineKind::Distribution | LineKind::Drafting | LineKind::Dashes | LineKind::OldPageLine)
        };
        let start = lines.clone().find(|&line| is_first(self.kind(line))).unwrap_or(lines.end);
        let end = (start..lines.end)
            .find(|&line| matches!(self.kind(line), LineKind::DateTimeGroup | LineKind::From))
            .unwrap_or(start);
        start..end
    }

    /// Whether a line inside the block of an older layout is one that a copy damaged.
    fn is_of_block(&self, line: usize) -> bool {
        matches!(
            self.kind(line),
            LineKind::Text
                | LineKind::Marker
                | LineKind::Info
                | LineKind::Keyword(_)
                | LineKind::RoutingMore
                | LineKind::Addressee
        )
    }

    /// Reads one envelope line; none when it is not one.
    pub(super) fn front_line(&mut self, line: usize, open: Open) -> Option<Open> {
        let span = self.trimmed(line);
        let text = self.slice(span);
        let kind = self.kind(line);
        let (part, next) = match kind {
            LineKind::Blank => return Some(open),
            LineKind::Residue | LineKind::Furniture => (PartKind::Wrapper, open),
            LineKind::Notice => {
                self.envelope.notice.get_or_insert(Field { line: line as u32, span, value: () });
                (PartKind::Notice, Open::Nothing)
            }
            LineKind::TransmissionId => {
                if let Some(read) = transmission::read_transmission_id(text) {
                    self.envelope.transmission_id.get_or_insert(Field { line: line as u32, span, value: read });
                }
                (PartKind::TransmissionId, Open::Nothing)
            }
            LineKind::Routing => {
                let read = transmission::read_routing(text);
                self.envelope.routing.get_or_insert(Field { line: line as u32, span, value: read });
                (PartKind::Routing, Open::Routing)
            }
            LineKind::RoutingMore if open == Open::Routing => {
                if let Some(routing) = &mut self.envelope.routing {
                    let by = span.start - routing.span.start;
                    routing.value.indicators.extend(transmission::read_indicators(text).map(|ri| ri.shifted(by)));
                    routing.span.end = span.end;
                }
                (PartKind::Routing, Open::Routing)
            }
            LineKind::De => {
                let read = transmission::read_de(text).unwrap_or_default();
                self.envelope.de.get_or_insert(Field { line: line as u32, span, value: read });
                (PartKind::De, Open::Nothing)
            }
            LineKind::OperatingSignal => {
                let read = transmission::read_operating_signal(text);
                self.envelope.operating_signal.get_or_insert(Field { line: line as u32, span, value: read });
                (PartKind::OperatingSignal, Open::Nothing)
            }
            LineKind::DateTimeGroup => {
                let read = date_time_group::read(text);
                self.envelope.date_time_group.get_or_insert(Field { line: line as u32, span, value: read });
                (PartKind::DateTimeGroup, Open::Nothing)
            }
            LineKind::From => {
                if let Some(read) = addressee::read(text) {
                    self.envelope.from.get_or_insert(Field { line: line as u32, span, value: read });
                }
                (PartKind::From, Open::From)
            }
            LineKind::To => (PartKind::To, Open::To),
            LineKind::Info => (PartKind::Info, Open::Info),
            LineKind::Exempt if text.starts_with("ZEN/") && matches!(open, Open::To | Open::Info) => {
                (part_of(open), open)
            }
            LineKind::Exempt => (PartKind::Exempt, Open::Exempt),
            LineKind::BreakText => (PartKind::BreakText, Open::Nothing),
            LineKind::Distribution => (PartKind::Distribution, Open::Distribution),
            LineKind::Drafting
            | LineKind::Dashes
            | LineKind::Counter
            | LineKind::OldPageLine
            | LineKind::ClassificationWord => {
                // A page may end anywhere, also between two addressees.
                let goes_on = matches!(open, Open::To | Open::Info) && kind != LineKind::Counter;
                (PartKind::Distribution, if goes_on { open } else { Open::Nothing })
            }
            LineKind::SmartLabel => (PartKind::SmartLabel, Open::Nothing),
            LineKind::Addressee if open == Open::Nothing && self.envelope.from.is_some() => (PartKind::To, Open::To),
            LineKind::Text if is_publishers_field(text) => return None,
            LineKind::Addressee | LineKind::Text | LineKind::RoutingMore
                if matches!(open, Open::To | Open::Info | Open::Exempt) && is_upper(text) && !is_publishers(text) =>
            {
                (part_of(open), open)
            }
            LineKind::Addressee if open != Open::Nothing => (part_of(open), open),
            LineKind::Text if is_publishers(text) && matches!(open, Open::To | Open::Info) => (PartKind::Wrapper, open),
            LineKind::Text if open == Open::Distribution && is_upper(text) => (PartKind::Distribution, open),
            _ => return None,
        };
        self.own_line(part, line);
        self.addressee(part, line);
        Some(next)
    }

    fn addressee(&mut self, part: PartKind, line: usize) {
        let span = self.trimmed(line);
        let field = Field { line: line as u32, span, value: () };
        let text = self.slice(span);
        match (part, addressee::read(text)) {
            (PartKind::To, Some(value)) => self.envelope.to.push(Field { line: line as u32, span, value }),
            (PartKind::Info, Some(value)) => self.envelope.info.push(Field { line: line as u32, span, value }),
            (PartKind::To | PartKind::Info, None) => self.envelope.unread_addressees.push(field),
            (PartKind::Exempt, _) => self.envelope.exempt.push(field),
            _ => {}
        }
    }
}

/// `DESTINATION: ...`, `DATE: ...`: a word, a colon and a blank, as no address has them.
fn is_publishers_field(text: &str) -> bool {
    text.split_once(": ").is_some_and(|(word, value)| {
        let is_word = word.len() >= 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        is_word && !value.trim().is_empty() && !matches!(word, "TO" | "INFO" | "FM" | "FROM" | "XMT" | "PASS" | "FOR")
    })
}

/// A field of a publisher's record, `SOURCE: Embassy Astana`: no addressee is a label and its value.
fn is_publishers(text: &str) -> bool {
    text.split_once(": ").is_some_and(|(label, _)| {
        (2..=16).contains(&label.len()) && label.bytes().all(|byte| byte.is_ascii_alphabetic())
    })
}

const fn part_of(open: Open) -> PartKind {
    match open {
        Open::Info => PartKind::Info,
        Open::Exempt => PartKind::Exempt,
        Open::From => PartKind::From,
        Open::Distribution => PartKind::Distribution,
        Open::Routing => PartKind::Routing,
        Open::To | Open::Nothing => PartKind::To,
    }
}
