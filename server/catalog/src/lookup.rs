//! Look-ups over all kinds at once, for people who ask what a code means.

use crate::orders::{reasons, section};
use crate::tags::added_tag;
use crate::{Catalog, Entry, Kind};
use std::cmp::Reverse;

/// Words of this length are looked for in meanings; shorter ones are codes that nobody knows.
const SHORTEST_WORD: usize = 3;

/// A word of this length may be the beginning of another.
const SHORTEST_BEGINNING: usize = 5;

/// The words of a text.
fn split_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty())
}

impl Catalog {
    /// Every meaning of a code. Case does not matter, but meanings of the code as it is written come first. What is known
    /// to be a mistake, an alias or a variant answers with what it stands for.
    pub fn lookup(&self, code: &str) -> Vec<Entry<'_>> {
        let code = code.trim();
        let mut found: Vec<Entry> =
            self.added_entries().filter(|entry| entry.code.eq_ignore_ascii_case(code)).collect();
        for kind in Kind::ALL {
            let listed = kind.table().find(code).map(|row| row.entry(kind));
            let mut listed: Vec<Entry> =
                listed.filter(|entry| kind != Kind::MalformedTag || !self.is_tag(entry.code)).collect();
            if listed.is_empty() {
                listed = self.look_further(kind, code);
                listed.retain(|entry| !found.contains(entry));
            }
            found.append(&mut listed);
        }
        let malformed: Vec<&str> = found
            .iter()
            .filter(|entry| entry.kind == Kind::MalformedTag)
            .flat_map(|entry| entry.title.split(' '))
            .collect();
        found.extend(malformed.into_iter().flat_map(|code| self.tags(code)));
        found.sort_by_key(|entry| Reverse(entry.code == code));
        found
    }

    /// Every code whose meaning has all of these words, in any case. A word of `SHORTEST_BEGINNING` letters or more may
    /// be the beginning of a longer one; a shorter one stands for itself, or half the table would answer.
    pub fn search(&self, words: &str) -> Vec<Entry<'_>> {
        let wanted: Vec<String> = split_words(words).map(str::to_lowercase).collect();
        if wanted.iter().all(|word| word.chars().count() < SHORTEST_WORD) {
            return Vec::new();
        }
        let fits = |entry: &Entry<'_>| {
            let title = entry.title.to_lowercase();
            let has = |word: &String| {
                let is_long = word.chars().count() >= SHORTEST_BEGINNING;
                split_words(&title).any(|own| own == word || (is_long && own.starts_with(word.as_str())))
            };
            wanted.iter().all(has)
        };
        let built_in =
            Kind::ALL.into_iter().filter(|kind| *kind != Kind::MalformedTag).flat_map(|kind| self.entries(kind));
        self.added_entries().chain(built_in).filter(fits).collect()
    }

    /// The codes most like one that is not known, the likest first; doubtful codes and mistakes are left out.
    pub fn nearest(&self, code: &str, limit: usize) -> Vec<Entry<'_>> {
        let code = code.trim().to_ascii_uppercase();
        // One mistake in a short code, at most three in a long one: more is another code.
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

    /// The meanings of a code that is no code of the table of a kind, but another spelling of one.
    fn look_further(&self, kind: Kind, code: &str) -> Vec<Entry<'_>> {
        let upper = code.to_ascii_uppercase();
        let one: Option<Entry> = match kind {
            // `AMCONSUL NAGOYA` is the address of a post, and the name of the station before it.
            Kind::RoutingIndicator => {
                let one = self.routing_indicator(&upper);
                if let Some(one) = one {
                    return vec![one.into()];
                }
                let named = self.routing_indicators_of(&upper).filter(|station| !station.doubtful);
                let mut named: Vec<_> = named.collect();
                // Its own station comes before one that stands in for it.
                named.sort_by_key(|station| !station.name.eq_ignore_ascii_case(code));
                return named.into_iter().map(Entry::from).collect();
            }
            Kind::Post => {
                let addressed =
                    || self.posts().find(|post| post.designators().any(|known| known.eq_ignore_ascii_case(code)));
                self.post(code).or_else(addressed).map(Entry::from)
            }
            Kind::OperatingSignal => self.operating_signal(&upper),
            Kind::Caption => self.caption(&upper).or_else(|| self.caption_misspelling(&upper)).map(Entry::from),
            Kind::Precedence => self.precedence(code),
            Kind::Classification => self.classification(code),
            Kind::PortionMark => self.portion_mark(code),
            Kind::ExecutiveOrder => {
                let number = upper.strip_prefix("E.O.").or_else(|| upper.strip_prefix("EO")).map(str::trim_start);
                number.and_then(|number| kind.table().get(number)).map(|row| row.entry(kind))
            }
            Kind::Reason => return reasons(code).chain(section(code)).map(|row| row.entry(kind)).collect(),
            Kind::Declassification => {
                return kind.table().find(code.trim_end_matches(':')).map(|row| row.entry(kind)).collect();
            }
            Kind::SubjectTag
            | Kind::ProgramTag
            | Kind::GeoTag
            | Kind::OrganizationTag
            | Kind::MalformedTag
            | Kind::RoutingPrefix
            | Kind::Acronym => None,
        };
        one.into_iter().collect()
    }
}
