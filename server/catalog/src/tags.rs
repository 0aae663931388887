//! TAGS: subjects, programs, countries and regions, organisations, and known mistakes.

use crate::additions::Addition;
use crate::table::{
    GEO_TAGS, GeoKind, MALFORMED_TAGS, MalformedKind, PROGRAM_TAGS, Row, SUBJECT_TAGS, geo_tags, malformed_tags,
    subject_tags,
};
use crate::{Catalog, Entry, Kind};

/// The kinds that a token of a TAGS line may be.
const TAG_KINDS: [Kind; 4] = [Kind::SubjectTag, Kind::ProgramTag, Kind::GeoTag, Kind::OrganizationTag];

/// A country, territory, region or body of water.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GeoTag<'a> {
    /// The code of cables, `SZ`.
    pub code: &'a str,
    /// Its English name, `Switzerland`.
    pub name: &'a str,
    /// What sort of place it is.
    pub kind: GeoKind,
    /// The code of ISO 3166-1, `CH`; empty where there is none.
    pub iso3166: &'a str,
    /// What else there is to know, such as another code it is taken for.
    pub note: &'a str,
    /// Known, but no evidence.
    pub doubtful: bool,
}

/// A token of a TAGS line that is known to be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MalformedTag<'a> {
    /// What the line has, `RU`.
    pub written: &'a str,
    /// What it stands for, `RS`; several codes with spaces between them if they were run together.
    pub canonical: &'a str,
    /// What it is a mistake for.
    pub kind: MalformedKind,
    /// Probable only: no repair rests on it.
    pub doubtful: bool,
}

impl Catalog {
    /// Every kind of TAG that a code is; malformed ones are none.
    pub fn tags(&self, code: &str) -> impl Iterator<Item = Entry<'_>> {
        let added = self.added.as_ref().and_then(|added| added.tags.get(code)).map(added_tag);
        let built_in = TAG_KINDS.into_iter().filter_map(move |kind| kind.table().get(code).map(|row| row.entry(kind)));
        added.into_iter().chain(built_in)
    }

    /// Every TAG of the archive and of the tables, doubtful or not; a code of several kinds comes once for each.
    pub fn all_tags(&self) -> impl Iterator<Item = Entry<'_>> {
        let added = self.added.iter().flat_map(|added| added.tags.iter()).map(added_tag);
        added.chain(TAG_KINDS.into_iter().flat_map(|kind| self.entries(kind)))
    }

    /// A code of the tables or of the archive, doubtful or not.
    pub fn is_tag(&self, code: &str) -> bool {
        self.added.as_ref().is_some_and(|added| added.tags.get(code).is_some())
            || TAG_KINDS.iter().any(|kind| kind.table().get(code).is_some())
    }

    /// A TAG that had to be followed by a person's name in parentheses (`OVIP`; 1974 STATE 150591).
    pub fn tag_needs_name(&self, code: &str) -> bool {
        SUBJECT_TAGS.get(code).is_some_and(|row| !row.column(subject_tags::PERSON).is_empty())
    }

    /// The TAG that took the place of one that went out of use with the 1970s: `AORC` for `AORG`.
    pub fn later_tag(&self, code: &str) -> Option<&'static str> {
        SUBJECT_TAGS.get(code).map(|row| row.column(subject_tags::LATER)).filter(|later| !later.is_empty())
    }

    /// The country whose ISO code this is, where no TAG is written so.
    pub fn geo_tag_of_iso(&self, iso3166: &str) -> Option<GeoTag<'static>> {
        let is_it = |tag: &GeoTag<'_>| tag.kind == GeoKind::Country && tag.iso3166 == iso3166 && !tag.doubtful;
        GEO_TAGS.rows().map(geo_tag).find(is_it)
    }

    /// A geo-political TAG with its ISO code.
    pub fn geo_tag(&self, code: &str) -> Option<GeoTag<'static>> {
        GEO_TAGS.get(code).map(geo_tag)
    }

    /// What a token stands for that is a known mistake. A code that the archive adds is no mistake.
    pub fn malformed_tag(&self, written: &str) -> Option<MalformedTag<'static>> {
        let row = MALFORMED_TAGS.get(written).filter(|_| !self.is_tag(written))?;
        let Entry { code: written, title: canonical, doubtful, .. } = row.entry(Kind::MalformedTag);
        Some(MalformedTag { written, canonical, kind: MalformedKind::of(row.column(malformed_tags::KIND)), doubtful })
    }

    /// The codes that a suggestion may name: subjects, programs and countries that are in use and not doubtful.
    pub fn frequent_tags(&self) -> impl Iterator<Item = Entry<'static>> + use<> {
        let subjects = SUBJECT_TAGS
            .rows()
            .filter(|row| row.column(subject_tags::ERA).is_empty())
            .map(|row| row.entry(Kind::SubjectTag));
        let programs = PROGRAM_TAGS.rows().map(|row| row.entry(Kind::ProgramTag));
        let countries = GEO_TAGS
            .rows()
            .filter(|row| GeoKind::of(row.column(geo_tags::KIND)) == GeoKind::Country)
            .map(|row| row.entry(Kind::GeoTag));
        subjects.chain(programs).chain(countries).filter(|entry| !entry.doubtful)
    }
}

fn geo_tag(row: Row) -> GeoTag<'static> {
    let Entry { code, title: name, note, doubtful, .. } = row.entry(Kind::GeoTag);
    let [kind, iso3166] = row.further_columns();
    GeoTag { code, name, kind: GeoKind::of(kind), iso3166, note, doubtful }
}

/// An archive's TAG; its shape decides the kind (FORMAT.md, "TAGS").
pub(crate) fn added_tag(addition: &Addition) -> Entry<'_> {
    let kind = match addition.key.as_bytes() {
        [_, _] => Kind::GeoTag,
        [b'K', _, _, _] => Kind::ProgramTag,
        [b'A' | b'B' | b'C' | b'E' | b'L' | b'M' | b'O' | b'P' | b'S' | b'T', _, _, _] => Kind::SubjectTag,
        _ => Kind::OrganizationTag,
    };
    addition.entry(kind)
}
