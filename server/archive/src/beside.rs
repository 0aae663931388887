//! The cables of other files that a cable at hand has something in common with.

use cable_syntax::Cable;

use crate::entry::{COLUMNS, Entry, ORDER, TABLES};
use crate::error::Result;
use crate::index::Index;
use crate::row::text_hash;

/// So many are enough for a person to look at: an archive may hold one text any number of times.
const MOST: usize = 200;

impl Index {
    /// The cables of other files than that of a path whose own texts give an id; not those whose year is only that of their
    /// file name. At most a few hundred.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn others_with_id(&self, path: &str, id: &str) -> Result<Vec<Entry>> {
        self.others("cable.canonical_id = ?1 AND cable.id_from = 'text'", path, id)
    }

    /// The cables of other files than that of a path that have the text of a cable but for the ends of lines. At most a few
    /// hundred.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn others_with_text(&self, path: &str, cable: &Cable) -> Result<Vec<Entry>> {
        self.others("cable.text_hash = ?1", path, text_hash(cable))
    }

    fn others(&self, condition: &str, path: &str, value: impl rusqlite::ToSql) -> Result<Vec<Entry>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM {TABLES} WHERE {condition} AND file.path <> ?2 ORDER BY {ORDER} LIMIT {MOST}"
        );
        let mut others = self.connection.prepare_cached(&sql)?;
        Ok(others.query_map((value, path), Entry::of)?.collect::<rusqlite::Result<_>>()?)
    }
}
