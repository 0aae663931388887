//! Rows into their tables, each statement prepared once.

use cable_syntax::CableNumber;
use rusqlite::{CachedStatement, Connection, OptionalExtension, params};

use crate::entry::IdFrom;
use crate::error::Result;
use crate::row::{CableRow, FileRow};
use crate::schema;
use crate::stamp::Stamp;

/// The statements that write.
pub(crate) struct Writer<'c> {
    connection: &'c Connection,
    new_file: CachedStatement<'c>,
    known_file: CachedStatement<'c>,
    stamp: CachedStatement<'c>,
    cable: CachedStatement<'c>,
    tag: CachedStatement<'c>,
    plad: CachedStatement<'c>,
    new_plad: CachedStatement<'c>,
    addressee: CachedStatement<'c>,
    reference: CachedStatement<'c>,
    body: Option<CachedStatement<'c>>,
    /// Whether a row went: then an address may be nobody's.
    pub(crate) removed_any: bool,
}

impl<'c> Writer<'c> {
    pub(crate) fn new(connection: &'c Connection) -> Result<Self> {
        let prepare = |sql| connection.prepare_cached(sql);
        let body = if schema::has_text(connection)? {
            Some(prepare("INSERT INTO body(cable, text) VALUES (?1, ?2)")?)
        } else {
            None
        };
        Ok(Self {
            connection,
            new_file: prepare(
                "INSERT INTO file(path, size, mtime_ns, hash) VALUES (?1, ?2, ?3, ?4) ON CONFLICT(path) DO NOTHING \
                 RETURNING id",
            )?,
            known_file: prepare("SELECT id FROM file WHERE path = ?1")?,
            stamp: prepare("UPDATE file SET size = ?2, mtime_ns = ?3, hash = ?4 WHERE id = ?1")?,
            cable: prepare(
                "INSERT INTO cable(file, start, length, line, canonical_id, id_from, mrn, post, year, serial, dtg, \
                 classification, sensitive, subject, sender, section, sections, joined, text_hash) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
            )?,
            tag: prepare("INSERT INTO tag(cable, position, tag, name) VALUES (?1, ?2, ?3, ?4)")?,
            plad: prepare("SELECT id FROM plad WHERE plad = ?1")?,
            new_plad: prepare("INSERT INTO plad(plad) VALUES (?1)")?,
            addressee: prepare("INSERT INTO addressee(cable, position, plad, info) VALUES (?1, ?2, ?3, ?4)")?,
            reference: prepare(
                "INSERT INTO ref(cable, position, letter, text, post, year, serial, cited_id, start, line, first_column, \
                 end_column) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?,
            body,
            removed_any: false,
        })
    }

    /// Writes the rows of a file in place of those it has.
    pub(crate) fn put(&mut self, path: &str, stamp: Stamp, row: &FileRow) -> Result<()> {
        let values = params![path, stamp.size, stamp.mtime_ns, row.hash];
        let new = self.new_file.query_row(values, |row| row.get(0)).optional()?;
        let file = if let Some(file) = new {
            file
        } else {
            let file = self.known_file.query_row([path], |row| row.get(0))?;
            self.remove_cables(file)?;
            self.stamp(file, stamp, row.hash)?;
            file
        };
        row.cables.iter().try_for_each(|cable| self.put_cable(file, cable))
    }

    /// Says how a file is now whose rows are still right.
    pub(crate) fn stamp(&mut self, file: i64, stamp: Stamp, hash: i64) -> Result<()> {
        self.stamp.execute(params![file, stamp.size, stamp.mtime_ns, hash])?;
        Ok(())
    }

    /// Takes a file out.
    pub(crate) fn remove(&mut self, file: i64) -> Result<()> {
        self.remove_cables(file)?;
        self.connection.prepare_cached("DELETE FROM file WHERE id = ?1")?.execute([file])?;
        Ok(())
    }

    /// Takes out the file of a path, if it is there.
    pub(crate) fn remove_path(&mut self, path: &str) -> Result<()> {
        let file = self.known_file.query_row([path], |row| row.get(0)).optional()?;
        file.map_or(Ok(()), |file| self.remove(file))
    }

    /// Takes out the addresses that no cable has any more.
    pub(crate) fn tidy(&self) -> Result<()> {
        if self.removed_any {
            self.connection.execute("DELETE FROM plad WHERE id NOT IN (SELECT plad FROM addressee)", [])?;
        }
        Ok(())
    }

    fn remove_cables(&mut self, file: i64) -> Result<()> {
        const ALL: [&str; 5] = ["tag", "addressee", "ref", "body", "cable"];
        for table in ALL.into_iter().filter(|&table| table != "body" || self.body.is_some()) {
            let sql = match table {
                "cable" => "DELETE FROM cable WHERE file = ?1".to_owned(),
                _ => format!("DELETE FROM {table} WHERE cable IN (SELECT id FROM cable WHERE file = ?1)"),
            };
            self.removed_any |= self.connection.prepare_cached(&sql)?.execute([file])? > 0;
        }
        Ok(())
    }

    fn put_cable(&mut self, file: i64, row: &CableRow) -> Result<()> {
        let number = row.number.as_ref();
        let section = row.head.section;
        self.cable.execute(params![
            file,
            row.start,
            row.length,
            row.line,
            row.id,
            row.id_from.map(IdFrom::word),
            row.head.mrn,
            number.map(|number| &number.post),
            number.and_then(|number: &CableNumber| number.year),
            number.map(|number| number.serial),
            row.head.dtg_iso,
            row.head.classification.map(cable_syntax::Classification::word),
            row.head.sensitive,
            row.head.subject,
            row.head.from,
            section.map(|section| section.n),
            section.map(|section| section.of),
            row.joined,
            row.text_hash,
        ])?;
        let cable = self.connection.last_insert_rowid();
        for (position, tag) in (1..).zip(&row.head.tags) {
            let (code, name) = tag.split_once(' ').map_or((tag.as_str(), None), |(code, name)| (code, Some(name)));
            self.tag.execute(params![cable, position, code, name])?;
        }
        let to = row.head.to.iter().map(|addressee| (addressee, false));
        let all = to.chain(row.head.info.iter().map(|addressee| (addressee, true)));
        for (position, (addressee, is_info)) in (1..).zip(all) {
            let plad = self.plad_row(&addressee.plad)?;
            self.addressee.execute(params![cable, position, plad, is_info])?;
        }
        for (position, entry) in (1..).zip(&row.refs) {
            let letter = entry.letter.map(String::from);
            let columns = entry.columns.as_ref();
            self.reference.execute(params![
                cable,
                position,
                letter,
                entry.text,
                entry.post,
                entry.year,
                entry.serial,
                entry.cited_id,
                entry.start,
                row.line + u64::from(entry.line),
                columns.map(|columns| columns.start),
                columns.map(|columns| columns.end)
            ])?;
        }
        if let (Some(body), Some(text)) = (&mut self.body, &row.body) {
            body.execute(params![cable, text])?;
        }
        Ok(())
    }

    fn plad_row(&mut self, plad: &str) -> Result<i64> {
        if let Some(row) = self.plad.query_row([plad], |row| row.get(0)).optional()? {
            return Ok(row);
        }
        Ok(self.new_plad.insert([plad])?)
    }
}
