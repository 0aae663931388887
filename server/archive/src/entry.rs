//! A cable and a reference as the index holds them.

use std::ops::Range;

use cable_syntax::CableNumber;
use rusqlite::Row;

/// A cable of the archive, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its row. Good until the index is written again.
    pub row: i64,
    /// The file, below the index's folder.
    pub path: String,
    /// First byte in the file's text.
    pub start: u64,
    /// Bytes.
    pub length: u64,
    /// First line in the file, from 1.
    pub line: u64,
    /// `07ASTANA2541`; none where neither text nor file name give a year.
    pub id: Option<String>,
    /// What the id follows from.
    pub id_from: Option<IdFrom>,
    /// `ASTANA 002541`, as written.
    pub mrn: Option<String>,
    /// The post as ids write it.
    pub post: Option<String>,
    /// Four digits.
    pub year: Option<i16>,
    /// The serial.
    pub serial: Option<u32>,
    /// When it was sent: `2007-09-14T08:26:00Z`.
    pub dtg: Option<String>,
    /// Overall classification.
    pub classification: Option<String>,
    /// Whether it bears the caption SENSITIVE.
    pub sensitive: bool,
    /// What it is about.
    pub subject: Option<String>,
    /// Who sent it.
    pub sender: Option<String>,
    /// The section it is and how many there are.
    pub section: Option<(u32, u32)>,
    /// Whether it holds text of other sections as well.
    pub joined: bool,
}

/// What the id of a cable follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdFrom {
    /// Its own text.
    Text,
    /// The year is that of the file name, whose post and serial are those of the text.
    Name,
}

impl IdFrom {
    /// The word of the table.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Name => "name",
        }
    }
}

/// What [`Entry::of`] reads, for a query over `cable JOIN file`.
pub(crate) const COLUMNS: &str = "cable.id, file.path, cable.start, cable.length, cable.line, cable.canonical_id, \
    cable.id_from, cable.mrn, cable.post, cable.year, cable.serial, cable.dtg, cable.classification, cable.sensitive, \
    cable.subject, cable.sender, cable.section, cable.sections, cable.joined";

/// How many these are.
pub(crate) const WIDTH: usize = 19;

/// The tables of [`COLUMNS`].
pub(crate) const TABLES: &str = "cable JOIN file ON file.id = cable.file";

/// Cables by the time they were sent, those without one at the end. The order does not depend on the rows.
pub(crate) const ORDER: &str = "cable.dtg IS NULL, cable.dtg, cable.canonical_id, file.path, cable.start";

/// The other way round; those without a time stay at the end.
pub(crate) const NEWEST_FIRST: &str = "cable.dtg IS NULL, cable.dtg DESC, cable.canonical_id, file.path, cable.start";

impl Entry {
    pub(crate) fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        let id_from: Option<String> = row.get(6)?;
        let (section, sections): (Option<u32>, Option<u32>) = (row.get(16)?, row.get(17)?);
        Ok(Self {
            row: row.get(0)?,
            path: row.get(1)?,
            start: row.get(2)?,
            length: row.get(3)?,
            line: row.get(4)?,
            id: row.get(5)?,
            id_from: id_from.map(|word| if word == "name" { IdFrom::Name } else { IdFrom::Text }),
            mrn: row.get(7)?,
            post: row.get(8)?,
            year: row.get(9)?,
            serial: row.get(10)?,
            dtg: row.get(11)?,
            classification: row.get(12)?,
            sensitive: row.get(13)?,
            subject: row.get(14)?,
            sender: row.get(15)?,
            section: section.zip(sections),
            joined: row.get(18)?,
        })
    }

    /// The day it was sent: `2007-09-14`.
    pub fn day(&self) -> Option<&str> {
        self.dtg.as_deref()?.get(..10)
    }

    /// A cable that its text names, as an entry of its list would: without a year it may be of the cable's own.
    pub fn citing(&self, number: &CableNumber) -> Cited {
        let with_year = CableNumber { year: number.year.or(self.year), ..number.clone() };
        let named = Cited::of_number(self.row, &number.post, number.serial);
        Cited { year: number.year, id: with_year.id(), own_year: self.year, own_serial: self.serial, ..named }
    }

    /// Its id, else the MRN, else where it stands.
    pub fn name(&self) -> String {
        let given = self.id.clone().or_else(|| self.mrn.clone());
        given.unwrap_or_else(|| format!("{}:{}", self.path, self.line))
    }
}

/// An entry of a REF list: what a cable cites, and which cable that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// The row of the citing cable.
    pub citing: i64,
    /// Its place in the list, from 1.
    pub position: u32,
    /// The letter it has there.
    pub letter: Option<String>,
    /// The entry as written.
    pub text: String,
    /// The post as ids write it; none where it is not known.
    pub post: Option<String>,
    /// The year that is written; none where none is.
    pub year: Option<i16>,
    /// The serial.
    pub serial: Option<u32>,
    /// The id, with the year of the citing cable where none is written.
    pub id: Option<String>,
    /// First byte in the text of the citing cable.
    pub start: u64,
    /// The line in the file where it begins, and its columns there, all from 1; none where they are not known without the text.
    pub line: Option<(u64, Range<u32>)>,
    /// The year of the citing cable.
    pub own_year: Option<i16>,
    /// The serial of the citing cable.
    pub own_serial: Option<u32>,
}

/// Where an entry of a list stands that cites a cable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitingPlace {
    /// The file, below the index's folder.
    pub path: String,
    /// The line in the file where the entry begins, from 1.
    pub line: u64,
    /// Its columns there, from 1; none where they are not known without the text.
    pub columns: Option<Range<u32>>,
}

/// What [`Cited::of`] reads, for a query over [`CITED_TABLES`].
pub(crate) const CITED_COLUMNS: &str = "ref.cable, ref.position, ref.letter, ref.text, ref.post, ref.year, ref.serial, \
    ref.cited_id, ref.start, cable.year, cable.serial, ref.line, \
    ref.first_column, ref.end_column";

/// The tables of [`CITED_COLUMNS`].
pub(crate) const CITED_TABLES: &str = "ref JOIN cable ON cable.id = ref.cable";

impl Cited {
    /// An entry of which no more is known than the cable of this row that has it, and the number that it names.
    pub(crate) fn of_number(citing: i64, post: &str, serial: u32) -> Self {
        Self {
            citing,
            position: 0,
            letter: None,
            text: String::new(),
            post: Some(post.to_owned()),
            year: None,
            serial: Some(serial),
            id: None,
            start: 0,
            line: None,
            own_year: None,
            own_serial: None,
        }
    }

    /// Whether its serial is above that of the citing cable.
    pub(crate) fn is_after_own(&self) -> bool {
        self.own_serial.is_some_and(|own| self.serial > Some(own))
    }

    pub(crate) fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Self::starting(row, 0)
    }

    /// The same, where its columns begin with this one.
    pub(crate) fn starting(row: &Row<'_>, column: usize) -> rusqlite::Result<Self> {
        let at = |own: usize| column + own;
        let (first, end): (Option<u32>, Option<u32>) = (row.get(at(12))?, row.get(at(13))?);
        let columns = first.zip(end).map(|(first, end)| first..end);
        Ok(Self {
            citing: row.get(at(0))?,
            position: row.get(at(1))?,
            letter: row.get(at(2))?,
            text: row.get(at(3))?,
            post: row.get(at(4))?,
            year: row.get(at(5))?,
            serial: row.get(at(6))?,
            id: row.get(at(7))?,
            start: row.get(at(8))?,
            line: columns.map(|columns| Ok::<_, rusqlite::Error>((row.get(at(11))?, columns))).transpose()?,
            own_year: row.get(at(9))?,
            own_serial: row.get(at(10))?,
        })
    }
}
