//! Cables by what is known of them: all that is asked for has to hold.

use cable_catalog::Catalog;
use rusqlite::params_from_iter;
use rusqlite::types::Value;

use crate::entry::{COLUMNS, Cited, Entry, NEWEST_FIRST, ORDER, TABLES};
use crate::error::{Error, Result};
use crate::index::Index;
use crate::names::number_of;

/// What is searched for. What is empty does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// An id or a number, as a person writes it.
    pub id: Option<String>,
    /// The beginning of an id.
    pub id_start: Option<String>,
    /// A post, by any of its names.
    pub post: Option<String>,
    /// The year of the id.
    pub year: Option<i16>,
    /// Sent on this day or later: `2007`, `2007-09`, `2007-09-14`.
    pub from: Option<String>,
    /// Sent on this day or earlier.
    pub until: Option<String>,
    /// Every one of these tags.
    pub tags: Vec<String>,
    /// Overall classification.
    pub classification: Option<String>,
    /// Every one of these words in the subject, in any case.
    pub subject: Option<String>,
    /// Cites this cable.
    pub cites: Option<String>,
    /// Is cited by this cable.
    pub cited_by: Option<String>,
    /// A query of FTS5 over the texts.
    pub text: Option<String>,
    /// The latest first.
    pub newest_first: bool,
    /// At most so many.
    pub limit: Option<usize>,
}

/// The conditions of a statement, and the values in them.
#[derive(Default)]
struct Filter {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Filter {
    /// Adds a condition with one `?`.
    fn add(&mut self, condition: &str, value: impl Into<Value>) {
        self.conditions.push(condition.to_owned());
        self.values.push(value.into());
    }

    /// Only these rows.
    fn rows(&mut self, rows: &[i64]) {
        let rows: Vec<String> = rows.iter().map(i64::to_string).collect();
        self.conditions.push(format!("cable.id IN ({})", rows.join(",")));
    }
}

impl Index {
    /// Hands over the cables that fit, by the time they were sent. Returns how many there were.
    ///
    /// # Errors
    ///
    /// When the index cannot be read, when it holds no texts or the text is no query, or when that is where `then` ends it.
    pub fn find<E: From<Error>>(
        &self,
        query: &Query,
        catalog: &Catalog,
        mut then: impl FnMut(Entry) -> std::result::Result<(), E>,
    ) -> std::result::Result<usize, E> {
        let filter = self.filter(query, catalog).map_err(E::from)?;
        let limit = query.limit.map(|limit| format!(" LIMIT {limit}")).unwrap_or_default();
        let condition = if filter.conditions.is_empty() { "1".to_owned() } else { filter.conditions.join(" AND ") };
        let sql = if query.newest_first {
            // The latest of them by the index alone, whatever else they are sorted by.
            let latest = format!("SELECT cable.id FROM cable WHERE {condition} ORDER BY cable.dtg DESC{limit}");
            format!("SELECT {COLUMNS} FROM {TABLES} WHERE cable.id IN ({latest}) ORDER BY {NEWEST_FIRST}")
        } else {
            format!("SELECT {COLUMNS} FROM {TABLES} WHERE {condition} ORDER BY {ORDER}{limit}")
        };
        let fault = |error: rusqlite::Error| E::from(text_fault(error, query));
        let mut cables = self.connection.prepare_cached(&sql).map_err(fault)?;
        let mut rows = cables.query(params_from_iter(filter.values)).map_err(fault)?;
        let mut count = 0;
        while let Some(row) = rows.next().map_err(fault)? {
            then(Entry::of(row).map_err(fault)?)?;
            count += 1;
        }
        Ok(count)
    }

    fn filter(&self, query: &Query, catalog: &Catalog) -> Result<Filter> {
        let mut filter = Filter::default();
        if let Some(id) = &query.id {
            filter.rows(&rows(&self.named(id, catalog)?));
        }
        if let Some(start) = &query.id_start {
            // After every id that begins so.
            filter.add("cable.canonical_id >= ?", start.clone());
            filter.add("cable.canonical_id < ?", format!("{start}~"));
        }
        if let Some(post) = &query.post {
            let known = catalog.post(post);
            let compact = known.map_or_else(|| post.replace(' ', "").to_uppercase(), |post| post.compact.to_owned());
            filter.add("cable.post = ?", compact);
        }
        if let Some(year) = query.year {
            filter.add("cable.year = ?", i64::from(year));
        }
        if let Some(from) = &query.from {
            filter.add("cable.dtg >= ?", from.clone());
        }
        if let Some(until) = &query.until {
            // After every time that begins so.
            filter.add("cable.dtg < ?", format!("{until}~"));
        }
        for tag in &query.tags {
            let tag = tag.trim_start_matches('#').to_uppercase();
            // Of a frequent one the latest are soon met; of a rare one there are few to sort.
            let condition = if query.newest_first && self.is_frequent(&tag)? {
                "EXISTS (SELECT 1 FROM tag WHERE tag.tag = ? AND tag.cable = cable.id)"
            } else {
                "cable.id IN (SELECT cable FROM tag WHERE tag = ?)"
            };
            filter.add(condition, tag);
        }
        if let Some(classification) = &query.classification {
            filter.add("cable.classification = ?", classification.clone());
        }
        for word in query.subject.iter().flat_map(|words| words.split_whitespace()) {
            let word = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            filter.add("cable.subject LIKE ? ESCAPE '\\'", format!("%{word}%"));
        }
        if let Some(cited) = &query.cites {
            filter.rows(&self.citing(cited, catalog)?.iter().map(|cited| cited.citing).collect::<Vec<_>>());
        }
        if let Some(citing) = &query.cited_by {
            let mut cited = Vec::new();
            for row in rows(&self.named(citing, catalog)?) {
                for entry in self.cites(row)? {
                    cited.extend(self.resolve(&entry)?.into_iter().flat_map(|resolved| resolved.cables));
                }
            }
            filter.rows(&cited.iter().map(|cable| cable.row).collect::<Vec<_>>());
        }
        if let Some(text) = &query.text {
            if !self.has_text()? {
                return Err(Error::NoText);
            }
            filter.add("cable.id IN (SELECT rowid FROM words WHERE words MATCH ?)", text.clone());
        }
        Ok(filter)
    }

    /// Whether so many cables have a tag that sorting them takes longer than meeting the latest of them.
    fn is_frequent(&self, tag: &str) -> Result<bool> {
        const MANY: u32 = 4000;
        let sql = "SELECT count(*) FROM (SELECT 1 FROM tag WHERE tag = ?1 LIMIT ?2)";
        let count: u32 = self.connection.prepare_cached(sql)?.query_row((tag, MANY), |row| row.get(0))?;
        Ok(count == MANY)
    }

    /// The entries that cite what a person names, whether the archive has it or not.
    fn citing(&self, named: &str, catalog: &Catalog) -> Result<Vec<Cited>> {
        let mut wanted = Vec::new();
        for entry in self.named(named, catalog)? {
            if let (Some(id), Some(post), Some(serial)) = (entry.id, entry.post, entry.serial) {
                wanted.push((id, post, serial));
            }
        }
        if wanted.is_empty()
            && let Some(number) = number_of(named, catalog)
            && let Some(id) = number.id()
        {
            wanted.push((id, number.post, number.serial));
        }
        wanted.dedup();
        let mut citing = Vec::new();
        for (id, post, serial) in wanted {
            citing.extend(self.cited_by(&id, &post, serial)?.into_iter().map(|(cited, _)| cited));
        }
        Ok(citing)
    }
}

fn rows(entries: &[Entry]) -> Vec<i64> {
    entries.iter().map(|entry| entry.row).collect()
}

/// A query that FTS5 does not understand is the person's, not the index's.
fn text_fault(error: rusqlite::Error, query: &Query) -> Error {
    match &error {
        rusqlite::Error::SqliteFailure(code, Some(words))
            if query.text.is_some() && code.extended_code == rusqlite::ffi::SQLITE_ERROR =>
        {
            Error::Query(words.clone())
        }
        _ => error.into(),
    }
}
