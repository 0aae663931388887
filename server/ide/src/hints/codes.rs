//! The meanings of codes that few know: a title, cut short. What the tables are not sure of gets none.

use cable_catalog::{Entry, Kind};
use cable_syntax::{Part, PartKind, Span};

use super::Hinter;
use crate::declassification::marks;
use crate::hover::post_of_address;

/// More characters than this are cut at a word.
const LONGEST: usize = 40;

/// TAGS that no reader of cables has to look up.
const EVERYDAY_TAGS: [&str; 17] = [
    "CASC", "CVIS", "EAID", "ECON", "EFIN", "EINV", "ENRG", "ETRD", "MARR", "OVIP", "PARM", "PGOV", "PHUM", "PREL",
    "PTER", "SENV", "SNAR",
];

/// It is in nearly every cable.
const EVERYDAY_SIGNAL: &str = "ZZH";

/// Captions of the same kind.
const EVERYDAY_CAPTIONS: [&str; 5] = ["SIPDIS", "SENSITIVE", "NODIS", "EXDIS", "NOFORN"];

impl Hinter<'_> {
    pub(super) fn codes(&mut self) {
        let parts = &self.cable.parts;
        let first = parts.partition_point(|part| part.span.end < self.wanted.start);
        let end = self.wanted.end;
        for part in parts[first..].iter().take_while(|part| part.span.start <= end) {
            match part.kind {
                PartKind::Routing => self.stations(part),
                PartKind::OperatingSignal | PartKind::DateTimeGroup => self.signals(part),
                PartKind::Caption => self.caption(part),
                PartKind::ExecutiveOrder => self.declassification(part),
                PartKind::Tags => self.tags(part),
                PartKind::ClassifiedBy => self.reasons(part),
                _ => {}
            }
        }
    }

    /// A meaning, unless the tables doubt it.
    fn meaning(&mut self, span: Span, entry: &Entry<'_>) {
        if !entry.doubtful {
            self.add(span, short(entry.title));
        }
    }

    /// The stations of the routing line, where no address is beside them.
    fn stations(&mut self, part: &Part) {
        let Some(field) = &self.cable.envelope.routing else { return };
        for station in field.value.indicators.iter().map(|&station| field.at(station)) {
            let known = self.cable.catalog().routing_indicator(self.cable.slice(station));
            if let Some(known) = known.filter(|known| part.span.overlaps(station) && !known.doubtful) {
                let post = post_of_address(self.cable.catalog(), known.name);
                self.add(station, short(post.map_or(known.name, |post| post.name)));
            }
        }
    }

    /// The signals after the security letters, or after the date-time group.
    fn signals(&mut self, part: &Part) {
        let envelope = &self.cable.envelope;
        let after_letters = envelope.operating_signal.as_ref().and_then(|field| Some(field.at(field.value?.service?)));
        let group = envelope.date_time_group.as_ref();
        let after_group = group.and_then(|field| Some(field.at(field.value.as_ref()?.signals?)));
        let signals = [after_letters, after_group].into_iter().flatten().find(|span| span.overlaps(part.span));
        let Some(signals) = signals else { return };
        let text = self.cable.slice(signals);
        for word in text.split_ascii_whitespace() {
            let start = (word.as_ptr() as usize - text.as_ptr() as usize) as u32 + signals.start;
            if let Some(signal) =
                self.cable.catalog().operating_signal(word).filter(|signal| signal.code != EVERYDAY_SIGNAL)
            {
                self.meaning(Span::new(start, start + word.len() as u32), &signal);
            }
        }
    }

    fn caption(&mut self, part: &Part) {
        let known = self.cable.catalog().caption(self.cable.slice(part.span)).map(Entry::from);
        if let Some(caption) = known.filter(|caption| !EVERYDAY_CAPTIONS.contains(&caption.code)) {
            self.meaning(part.span, &caption);
        }
    }

    /// Marks other than those that are in every cable, and the date that says enough.
    fn declassification(&mut self, part: &Part) {
        let Some(field) = &self.cable.header.executive_order else { return };
        let instruction = field.at(field.value.instruction);
        for (span, mark) in marks(self.cable, self.cable.catalog(), instruction) {
            if part.span.overlaps(span) && !matches!(mark.code, "N/A" | "DECL") {
                self.meaning(span, &mark);
            }
        }
    }

    fn tags(&mut self, part: &Part) {
        let Some(tags) = &self.cable.header.tags else { return };
        let first = tags.tags.partition_point(|field| field.span.end <= part.span.start);
        for field in tags.tags[first..].iter().take_while(|field| field.span.start < part.span.end) {
            let code = self.cable.slice(field.at(field.value.code));
            // A code of two kinds has no one meaning.
            let mut meanings = self.cable.catalog().tags(code);
            let (Some(entry), None) = (meanings.next(), meanings.next()) else { continue };
            let known = match entry.kind {
                Kind::SubjectTag => EVERYDAY_TAGS.contains(&code),
                Kind::GeoTag => !self.misleads(code),
                // Acronyms of organisations are as well known as their names.
                Kind::OrganizationTag => true,
                _ => false,
            };
            if !known {
                // Link markup belongs to the tag.
                self.meaning(if field.value.linked { field.span } else { field.at(field.value.code) }, &entry);
            }
        }
    }

    /// Whether a country's code is another country's in ISO 3166: `RS` is Russia here.
    fn misleads(&self, code: &str) -> bool {
        let is_own = self.cable.catalog().geo_tag(code).is_some_and(|own| own.iso3166 == code);
        let mut countries =
            self.cable.catalog().entries(Kind::GeoTag).filter_map(|entry| self.cable.catalog().geo_tag(entry.code));
        !is_own && countries.any(|country| country.iso3166 == code)
    }

    fn reasons(&mut self, part: &Part) {
        let Some(field) = &self.cable.header.classified_by else { return };
        let Some(section) = field.value.section else { return };
        let section = self.cable.slice(field.at(section)).replace(',', ".").replace(' ', "");
        for reason in field.value.reasons.iter().map(|&reason| field.at(reason)) {
            let code = format!("{section}({})", self.cable.slice(reason).to_ascii_lowercase());
            let known = self.cable.catalog().reason("12958", &code).filter(|_| part.span.overlaps(reason));
            if let Some(entry) = known {
                self.meaning(reason, &entry);
            }
        }
    }
}

/// The first clause of a title, cut at a word.
fn short(title: &str) -> String {
    let clause = title.split([';', '(', ':']).next().unwrap_or(title).trim_end();
    if clause.chars().count() <= LONGEST {
        return clause.to_owned();
    }
    let end = clause.char_indices().nth(LONGEST).map_or(clause.len(), |(at, _)| at);
    let cut = clause[..end].rfind(' ').map_or(&clause[..end], |blank| &clause[..blank]);
    format!("{}…", cut.trim_end_matches(','))
}
