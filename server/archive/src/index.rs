//! An index that is open, and the plain questions to it: a cable by its id, what it cites, its neighbours.

use std::path::{Path, PathBuf};

use cable_catalog::Catalog;
use cable_syntax::CableNumber;
use rusqlite::{Connection, OptionalExtension, Params, Row};

use crate::entry::{CITED_COLUMNS, CITED_TABLES, COLUMNS, Cited, CitingPlace, Entry, ORDER, TABLES, WIDTH};
use crate::error::Result;
use crate::names::number_of;
use crate::row::NO_ROW;
use crate::schema;

/// An open index. One thread uses it at a time; each thread that asks opens its own.
#[derive(Debug)]
pub struct Index {
    pub(crate) connection: Connection,
    /// The file; none in memory.
    pub(crate) file: Option<PathBuf>,
    /// Where the mark of a clean end is kept, for an index that has one.
    pub(crate) seal: Option<PathBuf>,
}

impl Index {
    /// The file that it is in; none where it is in memory.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// The folder that its paths are below.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn root(&self) -> Result<PathBuf> {
        Ok(self.meta("root")?.map(PathBuf::from).unwrap_or_default())
    }

    /// Whether it holds the texts.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn has_text(&self) -> Result<bool> {
        schema::has_text(&self.connection)
    }

    /// Whether all its files were looked at once, by whomever.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn is_whole(&self) -> Result<bool> {
        Ok(self.meta("refreshed_ns")?.is_some())
    }

    pub(crate) fn meta(&self, name: &str) -> Result<Option<String>> {
        let mut value = self.connection.prepare_cached("SELECT value FROM meta WHERE name = ?1")?;
        Ok(value.query_row([name], |row| row.get(0)).optional()?)
    }

    pub(crate) fn set_meta(&self, name: &str, value: &str) -> Result<()> {
        let sql = "INSERT INTO meta(name, value) VALUES (?1, ?2) ON CONFLICT(name) DO UPDATE SET value = ?2";
        self.connection.prepare_cached(sql)?.execute([name, value])?;
        Ok(())
    }

    /// The cables that a person names: by the exact id, else by post, serial and the year if there is one.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn named(&self, text: &str, catalog: &Catalog) -> Result<Vec<Entry>> {
        let exact = self.by_id(&text.trim().to_uppercase())?;
        if !exact.is_empty() {
            return Ok(exact);
        }
        match number_of(text, catalog) {
            Some(number) => self.by_number(&number),
            None => Ok(exact),
        }
    }

    /// The cables of an id.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn by_id(&self, id: &str) -> Result<Vec<Entry>> {
        self.entries("cable.canonical_id = ?1", [id])
    }

    /// The cables of a post with a serial, of one year or of any.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn by_number(&self, number: &CableNumber) -> Result<Vec<Entry>> {
        match number.year {
            Some(year) => self.entries(
                "cable.post = ?1 AND cable.year = ?2 AND cable.serial = ?3",
                (&number.post, year, number.serial),
            ),
            None => self.entries("cable.post = ?1 AND cable.serial = ?2", (&number.post, number.serial)),
        }
    }

    /// The cables of a file, in order.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn of_file(&self, path: &str) -> Result<Vec<Entry>> {
        self.entries("file.path = ?1", [path])
    }

    /// The cable of a row.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn entry(&self, row: i64) -> Result<Option<Entry>> {
        Ok(self.entries("cable.id = ?1", [row])?.pop())
    }

    /// What a cable cites, in the order of its list.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn cites(&self, row: i64) -> Result<Vec<Cited>> {
        self.cited("ref.cable = ?1", [row])
    }

    /// An entry of a list by its place, with the cable that it stands in; none where there is none any more.
    pub(crate) fn citing_at(&self, citing: i64, position: u32) -> Result<Option<(Entry, Cited)>> {
        let mut found = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS}, {CITED_COLUMNS} FROM {TABLES} JOIN ref ON ref.cable = cable.id \
             WHERE ref.cable = ?1 AND ref.position = ?2"
        ))?;
        let both = |row: &Row<'_>| Ok((Entry::of(row)?, Cited::starting(row, WIDTH)?));
        Ok(found.query_row((citing, position), both).optional()?)
    }

    /// In which ways the lists name a post and a serial: each year that is written, and the id.
    pub(crate) fn namings(&self, post: &str, serial: u32) -> Result<Vec<Cited>> {
        let sql = "SELECT DISTINCT year, cited_id FROM ref WHERE post = ?1 AND serial = ?2";
        let mut namings = self.connection.prepare_cached(sql)?;
        let naming =
            |row: &Row<'_>| Ok(Cited { year: row.get(0)?, id: row.get(1)?, ..Cited::of_number(NO_ROW, post, serial) });
        Ok(namings.query_map((post, serial), naming)?.collect::<rusqlite::Result<_>>()?)
    }

    /// Where the entries stand that name a cable in one of these ways: the row of the cable and the place in its list.
    pub(crate) fn named_by(&self, naming: &Cited) -> Result<Vec<(i64, u32)>> {
        let mut places = self.connection.prepare_cached(
            "SELECT cable, position FROM ref WHERE post = ?1 AND serial = ?2 AND year IS ?3 AND cited_id IS ?4",
        )?;
        let place = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let naming = (&naming.post, naming.serial, naming.year, &naming.id);
        Ok(places.query_map(naming, place)?.collect::<rusqlite::Result<_>>()?)
    }

    /// The same with their places. Every page that this reads is of an index, but those of the files.
    pub(crate) fn places_named(&self, naming: &Cited) -> Result<Vec<((i64, u32), CitingPlace)>> {
        let mut places = self.connection.prepare_cached(
            "SELECT ref.cable, ref.position, file.path, ref.line, ref.first_column, ref.end_column \
             FROM ref JOIN cable INDEXED BY cable_in_brief ON cable.id = ref.cable JOIN file ON file.id = cable.file \
             WHERE ref.post = ?1 AND ref.serial = ?2 AND ref.year IS ?3 AND ref.cited_id IS ?4",
        )?;
        let naming = (&naming.post, naming.serial, naming.year, &naming.id);
        Ok(places.query_map(naming, citing_place)?.collect::<rusqlite::Result<_>>()?)
    }

    /// The same with the numbers of the cables that they stand in.
    pub(crate) fn named_by_cables(&self, naming: &Cited) -> Result<Vec<Cited>> {
        let mut cited = self.connection.prepare_cached(
            "SELECT ref.cable, ref.position, cable.year, cable.serial FROM ref JOIN cable INDEXED BY cable_in_brief ON cable.id = ref.cable \
             WHERE ref.post = ?1 AND ref.serial = ?2 AND ref.year IS ?3 AND ref.cited_id IS ?4",
        )?;
        let of = |row: &Row<'_>| {
            let (citing, position, own_year, own_serial) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            Ok(Cited { citing, position, own_year, own_serial, ..naming.clone() })
        };
        let values = (&naming.post, naming.serial, naming.year, &naming.id);
        Ok(cited.query_map(values, of)?.collect::<rusqlite::Result<_>>()?)
    }

    /// The file of a cable.
    pub(crate) fn path_of(&self, row: i64) -> Result<Option<String>> {
        let sql = "SELECT file.path FROM cable JOIN file ON file.id = cable.file WHERE cable.id = ?1";
        Ok(self.connection.prepare_cached(sql)?.query_row([row], |row| row.get(0)).optional()?)
    }

    /// The rows of the cables of a file.
    pub(crate) fn rows_of_file(&self, path: &str) -> Result<Vec<i64>> {
        let sql = "SELECT cable.id FROM file JOIN cable ON cable.file = file.id WHERE file.path = ?1";
        let mut rows = self.connection.prepare_cached(sql)?;
        Ok(rows.query_map([path], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// The cables of the archive that the same post sent directly before and after, in the same year.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn neighbours(&self, post: &str, year: i16, serial: u32) -> Result<(Option<Entry>, Option<Entry>)> {
        let near = |sign, order| {
            let mut entries = self.connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM {TABLES} WHERE cable.post = ?1 AND cable.year = ?2 AND cable.serial {sign} ?3 \
                 ORDER BY cable.serial {order}, file.path LIMIT 1"
            ))?;
            entries.query_row((post, year, serial), Entry::of).optional()
        };
        Ok((near("<", "DESC")?, near(">", "ASC")?))
    }

    pub(crate) fn entries(&self, filter: &str, values: impl Params) -> Result<Vec<Entry>> {
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE {filter} ORDER BY {ORDER}");
        let mut entries = self.connection.prepare_cached(&sql)?;
        Ok(entries.query_map(values, Entry::of)?.collect::<rusqlite::Result<_>>()?)
    }

    pub(crate) fn cited(&self, filter: &str, values: impl Params) -> Result<Vec<Cited>> {
        let sql = format!(
            "SELECT {CITED_COLUMNS} FROM {CITED_TABLES} JOIN file ON file.id = cable.file WHERE {filter} \
             ORDER BY file.path, cable.start, ref.position"
        );
        let mut cited = self.connection.prepare_cached(&sql)?;
        Ok(cited.query_map(values, Cited::of)?.collect::<rusqlite::Result<_>>()?)
    }
}

/// An entry's cable, its place in the list, and where it stands.
fn citing_place(row: &Row<'_>) -> rusqlite::Result<((i64, u32), CitingPlace)> {
    let (first, end): (Option<u32>, Option<u32>) = (row.get(4)?, row.get(5)?);
    let columns = first.zip(end).map(|(first, end)| first..end);
    Ok(((row.get(0)?, row.get(1)?), CitingPlace { path: row.get(2)?, line: row.get(3)?, columns }))
}
