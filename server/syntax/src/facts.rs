//! Facts: what follows from a whole cable.
//!
//! What costs something is found when somebody first asks for it and then kept with the cable, so that rules, fixes,
//! hover, navigation, completion and export share one answer. A fact follows from the text, the parts and the catalogue
//! that the cable was arranged with: it needs nothing else, and it is no part of what makes two cables equal.

mod blocks;
mod citations;
mod damaged_classification;
mod identity;
mod joined_sections;
mod moments;
mod paragraph_breaks;

use cable_catalog::Catalog;
use jiff::civil::{Date, DateTime};

use crate::block::Blocks;
use crate::cable::Cable;
use crate::canonical_id::CableNumber;
use crate::copy_marks::{self, CopyMark, CopyMarkKind};
use crate::fields::citation::Citation;
use crate::fields::classification::DamagedClassification;
use crate::fields::reference::Reference;
use crate::paragraph_break::ParagraphBreak;
use crate::span::Span;

pub use moments::day_of;

impl Cable {
    /// The codes that it was read with.
    pub const fn catalog(&self) -> &Catalog {
        &self.kept.catalog
    }

    /// When it was sent: the DTG, in UTC.
    pub fn sent(&self) -> Option<DateTime> {
        self.envelope.date_time_group.as_ref()?.value.as_ref()?.moment
    }

    /// The day it was sent, in UTC.
    pub fn sent_on(&self) -> Option<Date> {
        self.sent().map(DateTime::date)
    }

    /// When its station filed it: the DE line, in UTC. None where there is no such day or time, or no DTG that tells the year.
    pub fn filed(&self) -> Option<DateTime> {
        moments::filed(self)
    }

    /// Year of the DTG, else the one in front of the number.
    pub fn year(&self) -> Option<i16> {
        self.sent().map(DateTime::year).or(self.header.identity.year)
    }

    /// `07ASTANA2541`: none when the text gives no year.
    pub fn canonical_id(&self) -> Option<&str> {
        self.kept.canonical_id.get_or_init(|| self.own_number()?.id()).as_deref()
    }

    /// Whether it names one section and holds text of others as well, as most copies do.
    pub fn holds_other_sections(&self) -> bool {
        let section = self.header.classification.as_ref().and_then(|line| line.value.section);
        section.is_some_and(|section| joined_sections::goes_beyond(self, section))
    }

    /// Post and serial as the text gives them, and its year if it gives one.
    pub fn own_number(&self) -> Option<CableNumber> {
        identity::own_number(self, self.catalog())
    }

    /// The canonical id of each entry of the REF list, in its order; none where post, serial or year are not known. An
    /// entry without a year has the year of the cable.
    pub fn reference_ids(&self) -> &[Option<String>] {
        self.kept.reference_ids.get_or_init(|| identity::reference_ids(self, self.year(), self.catalog()))
    }

    /// The same for a cable whose year is known from elsewhere.
    pub fn reference_ids_in(&self, year: i16) -> Vec<Option<String>> {
        identity::reference_ids(self, self.year().or(Some(year)), self.catalog())
    }

    /// The canonical id of one entry of its REF list.
    pub fn reference_id(&self, entry: &Reference) -> Option<&str> {
        let entries = &self.header.references.as_ref()?.entries;
        let index = entries.partition_point(|other| other.span.start < entry.span.start);
        self.reference_ids().get(index)?.as_deref()
    }

    /// The stretches that are the cable's own words, in order. Lines that follow each other in one paragraph are one.
    pub fn own_text(&self) -> &[Span] {
        self.kept.own_text.get_or_init(|| citations::own_text(self))
    }

    /// The places of its own text that cite its REF list, in order. Quoted text cites the list of another cable.
    pub fn citations(&self) -> &[Citation] {
        self.kept.citations.get_or_init(|| citations::citations(self))
    }

    /// The letters of the REF list, each where it is.
    pub fn listed_letters(&self) -> &[(char, Span)] {
        self.kept.listed_letters.get_or_init(|| citations::listed_letters(self))
    }

    /// What opens and ends SUMMARY, COMMENT and the like.
    pub fn blocks(&self) -> &Blocks {
        self.kept.blocks.get_or_init(|| blocks::blocks(self))
    }

    /// What is wrong with the classification line where there is one that cannot be read.
    pub fn damaged_classification(&self) -> Option<DamagedClassification> {
        *self.kept.damaged_classification.get_or_init(|| damaged_classification::damaged_classification(self))
    }

    /// The blank lines inside paragraphs, in order, but for those above the points of one.
    pub fn paragraph_breaks(&self) -> &[ParagraphBreak] {
        self.kept.paragraph_breaks.get_or_init(|| paragraph_breaks::paragraph_breaks(self))
    }

    /// The marks that a copy left in the text, in order.
    pub fn copy_marks(&self) -> &[CopyMark] {
        let find = || if self.masked.is_some() { copy_marks::copy_marks(&self.text) } else { Vec::new() };
        self.kept.copy_marks.get_or_init(find)
    }

    /// Whether a copy put its marks around all of the text, as web pages and mail do.
    pub fn is_wrapped(&self) -> bool {
        const FEWEST: usize = 5;
        self.copy_marks().iter().filter(|mark| mark.kind != CopyMarkKind::DoubledQuote).count() >= FEWEST
    }
}
