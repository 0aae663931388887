//! Which cables of the archive an entry of a REF list means: one function for all who ask.
//!
//! The exact id; where no year is written and the serial is above the citing cable's own, the year before, for a
//! cable of January that cites one of December; else the same serial of other years, the nearest first; else nothing.

use std::collections::HashMap;

use rusqlite::Row;

use crate::entry::{CITED_COLUMNS, CITED_TABLES, Cited, TABLES};
use crate::error::Result;
use crate::index::Index;

/// What an entry means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// How that was found.
    pub how: How,
    /// The cables, the likeliest first; never none.
    pub cables: Vec<Candidate>,
}

/// How an entry was resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum How {
    /// By its id.
    Exact,
    /// No year is written, and the year before fits.
    YearBefore,
    /// Only another year fits.
    OtherYear,
}

impl How {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::YearBefore => "year-before",
            Self::OtherYear => "other-year",
        }
    }
}

/// A cable that an entry may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its row.
    pub row: i64,
    /// Its id, or what stands for it.
    pub id: String,
    year: Option<i16>,
}

impl Candidate {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { row: row.get(0)?, id: row.get(1)?, year: row.get(2)? })
    }
}

impl Index {
    /// The cables that an entry means; none where the archive has none.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn resolve(&self, cited: &Cited) -> Result<Option<Resolved>> {
        let same = "cable.post = ?1 AND cable.serial = ?2 AND cable.canonical_id IS NOT NULL";
        let chosen = choose(
            cited,
            |id| self.candidates("cable.canonical_id = ?1", [id]),
            |post, serial| self.candidates(same, (post, serial)),
            |cable| cable.year,
        );
        Ok(chosen?.map(|(how, cables)| Resolved { how, cables }))
    }

    /// The entries of all lists that mean the cable of this id; of one that the archive does not have, those that name it.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn cited_by(&self, id: &str, post: &str, serial: u32) -> Result<Vec<(Cited, Option<How>)>> {
        let mut meant = Meant::new(id);
        let mut citing = Vec::new();
        for cited in self.cited("ref.post = ?1 AND ref.serial = ?2", (post, serial))? {
            let resolve = |cited: &Cited| {
                let is_named = |resolved: &Resolved| resolved.cables.iter().any(|cable| cable.id == id);
                Ok(self.resolve(cited)?.map(|resolved| (resolved.how, is_named(&resolved))))
            };
            match meant.by(&cited, resolve)? {
                Meaning::Cable(how) => citing.push((cited, Some(how))),
                Meaning::Absent => citing.push((cited, None)),
                Meaning::Another => {}
            }
        }
        Ok(citing)
    }

    /// Hands over every entry that names a cable, with what it means, in the order of the citing cables.
    ///
    /// # Errors
    ///
    /// When the index cannot be read, or when that is where `then` ends it.
    pub(crate) fn each_cited<E: From<crate::Error>>(
        &self,
        order: &str,
        mut then: impl FnMut(Cited, Option<Resolved>) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let fault = |error: rusqlite::Error| E::from(error.into());
        let sql = format!(
            "SELECT {CITED_COLUMNS} FROM {CITED_TABLES} JOIN file ON file.id = cable.file \
             WHERE ref.post IS NOT NULL AND ref.serial IS NOT NULL ORDER BY {order}"
        );
        let mut all = self.connection.prepare_cached(&sql).map_err(fault)?;
        let mut rows = all.query([]).map_err(fault)?;
        while let Some(row) = rows.next().map_err(fault)? {
            let cited = Cited::of(row).map_err(fault)?;
            let resolved = self.resolve(&cited).map_err(E::from)?;
            then(cited, resolved)?;
        }
        Ok(())
    }

    fn candidates(&self, filter: &str, values: impl rusqlite::Params) -> Result<Vec<Candidate>> {
        let sql = format!(
            "SELECT cable.id, cable.canonical_id, cable.year FROM {TABLES} WHERE {filter} ORDER BY file.path, cable.start"
        );
        let mut candidates = self.connection.prepare_cached(&sql)?;
        Ok(candidates.query_map(values, Candidate::of)?.collect::<rusqlite::Result<_>>()?)
    }
}

/// Which entries of one post and serial mean the cable of an id. What follows from the same is asked once: a cable that
/// hundreds cite is named in few ways.
pub(crate) struct Meant<'a> {
    id: &'a str,
    known: HashMap<Naming, Meaning>,
}

/// All that says what an entry of a known post and serial means: its id, its year, the year of the citing cable, and
/// whether that has a lower serial.
type Naming = (Option<String>, Option<i16>, Option<i16>, bool);

/// What an entry means, for who asks about one cable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The cable, found in this way.
    Cable(How),
    /// The cable, which the archive does not have.
    Absent,
    /// Another one.
    Another,
}

impl<'a> Meant<'a> {
    pub(crate) fn new(id: &'a str) -> Self {
        Self { id, known: HashMap::new() }
    }

    /// What an entry means. `resolve` says how it is resolved, if it is, and whether the cable is among what it means.
    pub(crate) fn by(
        &mut self,
        cited: &Cited,
        resolve: impl FnOnce(&Cited) -> Result<Option<(How, bool)>>,
    ) -> Result<Meaning> {
        let naming = (cited.id.clone(), cited.year, cited.own_year, cited.is_after_own());
        if let Some(&known) = self.known.get(&naming) {
            return Ok(known);
        }
        let meaning = match resolve(cited)? {
            Some((how, true)) => Meaning::Cable(how),
            None if cited.id.as_deref() == Some(self.id) => Meaning::Absent,
            _ => Meaning::Another,
        };
        self.known.insert(naming, meaning);
        Ok(meaning)
    }
}

/// Chooses the cables that an entry means: from those of its id, else from those of its post and serial in any year. The
/// likeliest come first; never none.
pub(crate) fn choose<T>(
    cited: &Cited,
    of_id: impl FnOnce(&str) -> Result<Vec<T>>,
    of_number: impl FnOnce(&str, u32) -> Result<Vec<T>>,
    year_of: impl Fn(&T) -> Option<i16>,
) -> Result<Option<(How, Vec<T>)>> {
    if let Some(id) = &cited.id {
        let cables = of_id(id)?;
        if !cables.is_empty() {
            return Ok(Some((How::Exact, cables)));
        }
    }
    let (Some(post), Some(serial)) = (&cited.post, cited.serial) else { return Ok(None) };
    let mut cables = of_number(post, serial)?;
    if cables.is_empty() {
        return Ok(None);
    }
    let before = cited.own_year.map(|year| year - 1);
    if cited.year.is_none() && cited.is_after_own() && cables.iter().any(|cable| year_of(cable) == before) {
        cables.retain(|cable| year_of(cable) == before);
        return Ok(Some((How::YearBefore, cables)));
    }
    let year = cited.year.or(cited.own_year);
    // A cable cites what was there before it: of two years as near, the earlier one; where none is known, the latest.
    cables.sort_by_key(|cable| match (year, year_of(cable)) {
        (Some(year), Some(own)) => (own.abs_diff(year), own),
        (_, own) => (0, -own.unwrap_or(0)),
    });
    Ok(Some((How::OtherYear, cables)))
}
