//! Look-ups over all kinds at once, for people who ask what a code means.

use crate::orders::reasons;
use crate::tags::added_tag;
use crate::{Catalog, Entry, Kind};
use std::cmp::Reverse;

impl Catalog {
    /// Every meaning of a code. Case does not matter, but meanings of the code as it is written come first. What is known
    /// to be a slip, an alias or a variant answers with what it stands for.
    pub fn lookup(&self, code: &str) -> Vec<Entry<'_>> {
        let code = code.trim();
        let mut found: Vec<Entry> =
            self.added_entries().filter(|entry| entry.code.eq_ignore_ascii_case(code)).collect();
        for kind in Kind::ALL {
            let listed = kind.table().find(code).map(|row| row.entry(kind));
            let before = found.len();
            found.extend(listed.filter(|entry| kind != Kind::MalformedTag || !self.is_tag(entry.code)));
            if found.len() == before {
                self.look_further(kind, code, &mut found);
            }
        }
        let slips: Vec<&str> = found
            .iter()
            .filter(|entry| entry.kind == Kind::MalformedTag)
            .flat_map(|entry| entry.title.split(' '))
            .collect();
        found.extend(slips.into_iter().flat_map(|code| self.tags(code)));
        found.sort_by_key(|entry| Reverse(entry.code == code));
        found
    }

    /// The codes most like one that is not known, the likest first; doubtful codes and slips are left out.
    pub fn nearest(&self, code: &str, limit: usize) -> Vec<Entry<'_>> {
        let code = code.trim().to_ascii_uppercase();
        // One slip in a short code, at most three in a long one: more is another code.
        let most = (code.chars().count() / 3).clamp(1, 3);
        let built_in =
            Kind::ALL.into_iter().filter(|kind| *kind != Kind::MalformedTag).flat_map(|kind| self.entries(kind));
        let mut near: Vec<(usize, Entry)> = self
            .added_entries()
            .chain(built_in)
            .filter(|entry| !entry.doubtful && entry.code.len().abs_diff(code.len()) <= most)
            .map(|entry| (strsim::osa_distance(&code, &entry.code.to_ascii_uppercase()), entry))
            .filter(|(distance, entry)| *distance <= most && *distance < entry.code.chars().count())
            .collect();
        near.sort_by_key(|(distance, entry)| (*distance, entry.kind));
        near.into_iter().map(|(_, entry)| entry).take(limit).collect()
    }

    /// What the archive adds.
    fn added_entries(&self) -> impl Iterator<Item = Entry<'_>> {
        let lists = self.added.iter().flat_map(|added| added.lists());
        lists.flat_map(|(kind, list)| {
            list.iter().map(move |addition| kind.map_or_else(|| added_tag(addition), |kind| addition.entry(kind)))
        })
    }

    /// A code that is no code of the table, but one of its other spellings.
    fn look_further<'a>(&'a self, kind: Kind, code: &str, found: &mut Vec<Entry<'a>>) {
        let upper = code.to_ascii_uppercase();
        match kind {
            Kind::RoutingIndicator => found.extend(self.routing_indicator(&upper).map(|routing| Entry {
                code: routing.indicator,
                kind,
                title: routing.name,
                note: routing.note,
                source: routing.source,
                doubtful: routing.doubtful,
            })),
            Kind::Post => found.extend(self.post(code).map(Entry::from)),
            Kind::OperatingSignal => found.extend(self.operating_signal(&upper)),
            Kind::Caption => {
                let caption = self.caption(&upper).or_else(|| self.caption_misspelling(&upper));
                found.extend(caption.map(Entry::from));
            }
            Kind::Precedence => found.extend(self.precedence(code)),
            Kind::Classification => found.extend(self.classification(code)),
            Kind::PortionMark => found.extend(self.portion_mark(code)),
            Kind::ExecutiveOrder => {
                let number = upper.trim_start_matches(|character: char| !character.is_ascii_digit());
                let order = matches!(upper.strip_suffix(number).map(str::trim_end), Some("E.O." | "EO"));
                found.extend(kind.table().get(number).filter(|_| order).map(|row| row.entry(kind)));
            }
            Kind::Reason => found.extend(reasons(code).map(|row| row.entry(kind))),
            Kind::Declassification => {
                let rows = code.strip_suffix(':').map(|code| kind.table().find(code));
                found.extend(rows.into_iter().flatten().map(|row| row.entry(kind)));
            }
            Kind::SubjectTag
            | Kind::ProgramTag
            | Kind::GeoTag
            | Kind::OrganizationTag
            | Kind::MalformedTag
            | Kind::RoutingPrefix
            | Kind::Acronym => {}
        }
    }
}
