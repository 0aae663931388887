//! The lines of the envelope.

use cable_syntax::{Addressee, Field, PartKind, Precedence};

use super::{Outliner, Run, Symbol, SymbolKind, push_short};
use crate::hover::iso;

impl Outliner<'_> {
    pub(super) fn envelope_line(&self, run: &Run) -> Symbol {
        let envelope = &self.cable.envelope;
        match run.kind {
            PartKind::From => self.addressee(run, "FM", envelope.from.as_slice()),
            PartKind::To => self.addressee(run, "TO", &envelope.to),
            PartKind::Info => self.addressee(run, "INFO", &envelope.info),
            kind => {
                let known = match kind {
                    PartKind::TransmissionId => self.transmission_id(run),
                    PartKind::Routing => self.routing(run),
                    PartKind::De => self.de(run),
                    PartKind::DateTimeGroup => self.date_time_group(run),
                    PartKind::Distribution => Some(("distribution".to_owned(), Some(self.short(run.first)))),
                    _ => None,
                };
                let (name, detail) = known.unwrap_or_else(|| (self.short(run.span), None));
                Symbol { detail, ..self.symbol(SymbolKind::EnvelopeLine, name, run.span, run.first) }
            }
        }
    }

    fn transmission_id(&self, run: &Run) -> Option<(String, Option<String>)> {
        let field = on_line(self.cable.envelope.transmission_id.as_slice(), run)?;
        let (channel, serial) = (field.at(field.value.channel), field.at(field.value.serial));
        Some((format!("TI {} {}", self.text(channel), self.text(serial)).trim_end().to_owned(), None))
    }

    fn routing(&self, run: &Run) -> Option<(String, Option<String>)> {
        let field = on_line(self.cable.envelope.routing.as_slice(), run)?;
        let stations: Vec<&str> = field.value.indicators.iter().map(|&station| self.text(field.at(station))).collect();
        let precedence = field.value.precedence.map_or("routing", Precedence::word);
        Some((super::shortened(&format!("{precedence} to {}", stations.join(" "))), None))
    }

    fn de(&self, run: &Run) -> Option<(String, Option<String>)> {
        let field = on_line(self.cable.envelope.de.as_slice(), run).filter(|field| !field.value.serial.is_empty())?;
        let at = |span| self.text(field.at(span));
        let filed = format!("day {} {}Z", at(field.value.day), at(field.value.time));
        let is_filed = !field.value.day.is_empty();
        Some((format!("DE {} #{}", at(field.value.indicator), at(field.value.serial)), is_filed.then_some(filed)))
    }

    fn date_time_group(&self, run: &Run) -> Option<(String, Option<String>)> {
        let group = on_line(self.cable.envelope.date_time_group.as_slice(), run)?.value.as_ref()?;
        Some((iso(group.moment?), group.precedence.map(|precedence| precedence.0.word().to_owned())))
    }

    fn addressee(&self, run: &Run, keyword: &str, fields: &[Field<Addressee>]) -> Symbol {
        let Some(field) = on_line(fields, run) else {
            return self.symbol(SymbolKind::Addressee, self.short(run.span), run.span, run.first);
        };
        let plad = field.at(field.value.plad);
        let station = field.value.indicator.map(|station| self.text(field.at(station)));
        let precedence = field.value.precedence.map(|precedence| precedence.0.word());
        let mut name = String::with_capacity(keyword.len() + 1 + plad.len() as usize);
        name.push_str(keyword);
        push_short(&mut name, self.text(plad));
        let selection = if super::within(plad, run.span) { plad } else { run.first };
        Symbol {
            detail: match (station, precedence) {
                (Some(station), Some(precedence)) => Some(format!("{station} {precedence}")),
                (one, other) => one.or(other).map(str::to_owned),
            },
            ..self.symbol(SymbolKind::Addressee, name, run.span, selection)
        }
    }
}

/// The field that begins on the line of a node. The fields are in the order of their lines.
fn on_line<'f, T>(fields: &'f [Field<T>], run: &Run) -> Option<&'f Field<T>> {
    fields.binary_search_by_key(&run.line, |field| field.line).ok().map(|index| &fields[index])
}
