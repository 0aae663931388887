//! The tables: how they are made, and how a file is known to hold them.

use rusqlite::Connection;

use crate::error::{Error, Result};

/// The number of this schema. A change of the tables, or of what their columns mean, raises it.
pub(crate) const VERSION: i64 = 5;

/// What says in a file's header that it is ours: `Cabl`.
const APPLICATION: i64 = 0x4361_626C;

const TABLES: &str = include_str!("schema.sql");
const INDEXES: &str = include_str!("indexes.sql");
const TEXT: &str = include_str!("text.sql");

/// The tables with what each column means, as SQL.
pub fn schema() -> String {
    format!("-- user_version {VERSION}\n{TABLES}\n{INDEXES}\n{TEXT}")
}

/// Makes the tables, without the indexes that are faster to make at the end.
pub(crate) fn create(connection: &Connection) -> Result<()> {
    connection.execute_batch(&format!(
        "BEGIN IMMEDIATE;\n{TABLES}\nPRAGMA application_id = {APPLICATION};\nPRAGMA user_version = {VERSION};\nCOMMIT;"
    ))?;
    Ok(())
}

/// Makes the indexes that are not there yet.
pub(crate) fn create_indexes(connection: &Connection) -> Result<()> {
    Ok(connection.execute_batch(INDEXES)?)
}

/// Whether those indexes are there: a first refresh that was cut short has not made them, nor an older program the last one.
pub(crate) fn has_indexes(connection: &Connection) -> Result<bool> {
    has_table(connection, "cable_of_text")
}

/// Makes the tables of the texts.
pub(crate) fn create_text(connection: &Connection) -> Result<()> {
    Ok(connection.execute_batch(TEXT)?)
}

/// Whether the tables of the texts are there.
pub(crate) fn has_text(connection: &Connection) -> Result<bool> {
    has_table(connection, "body")
}

fn has_table(connection: &Connection, name: &str) -> Result<bool> {
    let mut tables = connection.prepare_cached("SELECT 1 FROM sqlite_schema WHERE name = ?1")?;
    Ok(tables.exists([name])?)
}

/// Whether there is nothing yet: a new file, or one whose first writing was cut short.
pub(crate) fn is_empty(connection: &Connection) -> Result<bool> {
    let mut tables = connection.prepare("SELECT 1 FROM sqlite_schema")?;
    Ok(!tables.exists([])? && number(connection, "application_id")? == 0)
}

/// Whether the file holds these tables.
///
/// # Errors
///
/// When it is something else, or of another schema.
pub(crate) fn check(connection: &Connection) -> Result<()> {
    if number(connection, "application_id")? != APPLICATION {
        return Err(Error::NotAnIndex);
    }
    let version = number(connection, "user_version")?;
    match version {
        _ if version > VERSION => Err(Error::Newer { found: version, known: VERSION }),
        _ if version < VERSION => Err(Error::Older(version)),
        _ if !has_table(connection, "ref")? => Err(Error::Damaged),
        _ => Ok(()),
    }
}

/// Looks at every page of the file.
///
/// # Errors
///
/// When one of them is not what it should be.
pub(crate) fn check_pages(connection: &Connection) -> Result<()> {
    let word: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if word == "ok" { Ok(()) } else { Err(Error::Damaged) }
}

fn number(connection: &Connection, pragma: &str) -> Result<i64> {
    Ok(connection.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0))?)
}
