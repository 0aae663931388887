//! What the codes of State Department cables mean: tables and look-ups, nothing else.
//!
//! [`Catalog`] is a cheap value: the tables of `data/`, compiled in, and an archive's own [`Additions`]. A row knows its
//! source. A *doubtful* row is a known word of uncertain meaning: it may silence a diagnostic, but it is never evidence,
//! so [`Catalog::nearest`] and [`Catalog::frequent_tags`] leave it out.
//!
//! Unless a look-up says otherwise it takes a code as cables write it, in capitals.
//!
//! **Invariant.** A row is in its table once, sorted by its code, and names its source; `build.rs` stops the build where that does
//! not hold. A look-up says the same at all times: it reads no file and keeps no state.

mod acronyms;
mod additions;
pub mod calendar;
mod captions;
mod classification;
mod facts;
mod lookup;
mod orders;
mod post_name;
mod posts;
mod precedence;
mod routing;
mod signals;
mod table;
mod tags;

#[cfg(test)]
mod invariants;

pub use additions::Additions;
pub use captions::Caption;
pub use orders::ExecutiveOrder;
pub use posts::{PAGE_LINE_POST, Post};
pub use routing::RoutingIndicator;
pub use table::{CaptionKind, GeoKind, MalformedKind, StationKind};
pub use tags::{GeoTag, MalformedTag};

use additions::Added;
use std::fmt;
use std::sync::Arc;
use table::Table;

/// The meanings of codes: the built-in tables, and what an archive adds to them. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    added: Option<Arc<Added>>,
}

impl Catalog {
    /// The built-in tables alone.
    pub fn built_in() -> Self {
        Self::default()
    }

    /// The built-in tables and an archive's own codes. A code of the archive comes before a built-in one.
    pub fn with(additions: Additions) -> Self {
        Self { added: Added::new(additions).map(Arc::new) }
    }

    /// Every built-in row of a kind, in the order of the codes; for completion.
    pub fn entries(&self, kind: Kind) -> impl ExactSizeIterator<Item = Entry<'_>> {
        kind.table().rows().map(move |row| row.entry(kind))
    }
}

/// A row: one meaning of one code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The code as cables write it: `PREL`, `RUEHDBU`, `1.5(b)`.
    pub code: &'a str,
    /// What kind of code it is.
    pub kind: Kind,
    /// The meaning in a few words; of a malformed TAG, the codes it stands for.
    pub title: &'a str,
    /// What else there is to know, or nothing.
    pub note: &'a str,
    /// Where the meaning comes from; `settings` for a code of the archive.
    pub source: &'a str,
    /// The code is known, but its meaning is no evidence.
    pub doubtful: bool,
}

/// The kinds of code, in the order in which look-ups answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `PREL`: what a cable is about.
    SubjectTag,
    /// `KDEM`: a program it belongs to.
    ProgramTag,
    /// `KZ`: a country, territory or region. Not an ISO code.
    GeoTag,
    /// `OSCE`: an organisation.
    OrganizationTag,
    /// `RU`, `ECONEFIN`: a known mistake for one TAG, or several run together.
    MalformedTag,
    /// `RUEHC`: a station in the telegraphic network.
    RoutingIndicator,
    /// `RUEH`: the beginning that a family of routing indicators shares.
    RoutingPrefix,
    /// `ASTANA`: an embassy or other office that sends cables.
    Post,
    /// `ZNY`: a signal of the envelope.
    OperatingSignal,
    /// `SIPDIS`: who may see a cable, or how it is handled.
    Caption,
    /// `O`, `IMMEDIATE`: how urgent it is.
    Precedence,
    /// `SECRET`: how secret it is.
    Classification,
    /// `S//NF`: how secret a paragraph is.
    PortionMark,
    /// `12958`: the order under which it is classified.
    ExecutiveOrder,
    /// `1.4(b)`: why it is classified.
    Reason,
    /// `X1`, `OADR`: when it is declassified.
    Declassification,
    /// `POLOFF`: a short form of running text.
    Acronym,
}

impl Kind {
    /// Every kind, in the order in which look-ups answer.
    pub const ALL: [Self; 17] = [
        Self::SubjectTag,
        Self::ProgramTag,
        Self::GeoTag,
        Self::OrganizationTag,
        Self::MalformedTag,
        Self::RoutingIndicator,
        Self::RoutingPrefix,
        Self::Post,
        Self::OperatingSignal,
        Self::Caption,
        Self::Precedence,
        Self::Classification,
        Self::PortionMark,
        Self::ExecutiveOrder,
        Self::Reason,
        Self::Declassification,
        Self::Acronym,
    ];

    /// The kind in words, for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::SubjectTag => "subject tag",
            Self::ProgramTag => "program tag",
            Self::GeoTag => "geo-political tag",
            Self::OrganizationTag => "organization tag",
            Self::MalformedTag => "malformed tag",
            Self::RoutingIndicator => "routing indicator",
            Self::RoutingPrefix => "routing prefix",
            Self::Post => "post",
            Self::OperatingSignal => "operating signal",
            Self::Caption => "caption",
            Self::Precedence => "precedence",
            Self::Classification => "classification",
            Self::PortionMark => "portion mark",
            Self::ExecutiveOrder => "executive order",
            Self::Reason => "reason",
            Self::Declassification => "declassification mark",
            Self::Acronym => "acronym",
        }
    }

    pub(crate) fn table(self) -> &'static Table {
        match self {
            Self::SubjectTag => &table::SUBJECT_TAGS,
            Self::ProgramTag => &table::PROGRAM_TAGS,
            Self::GeoTag => &table::GEO_TAGS,
            Self::OrganizationTag => &table::ORGANIZATION_TAGS,
            Self::MalformedTag => &table::MALFORMED_TAGS,
            Self::RoutingIndicator => &table::ROUTING_INDICATORS,
            Self::RoutingPrefix => &table::ROUTING_PREFIXES,
            Self::Post => &table::POSTS,
            Self::OperatingSignal => &table::OPERATING_SIGNALS,
            Self::Caption => &table::CAPTIONS,
            Self::Precedence => &table::PRECEDENCES,
            Self::Classification => &table::CLASSIFICATIONS,
            Self::PortionMark => &table::PORTION_MARKS,
            Self::ExecutiveOrder => &table::ORDERS,
            Self::Reason => &table::REASONS,
            Self::Declassification => &table::DECLASSIFICATIONS,
            Self::Acronym => &table::ACRONYMS,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
