//! How an index is opened: as the cache of a folder, as a file of its own, in memory.
//!
//! A cache can always be made again, so whatever is wrong with it ends in an index that works: one that is damaged or of an
//! older program is made anew, and where none can be kept on the disk it is kept in memory. A file that a person named is
//! nobody's cache: what is not an index stays as it is.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::error::{Error, Result};
use crate::index::Index;
use crate::place::{self, beside, cache_file};
use crate::schema;

/// How long one process waits for another to end what it is writing.
const PATIENCE: Duration = Duration::from_secs(20);

/// Pages that are kept in memory, in KiB: to write, or to ask about everything.
const PAGES: i32 = 16 << 10;

/// And while an index is only open. The system keeps the file in its own memory.
const FEW_PAGES: i32 = 6 << 10;

/// A cache that was opened, and what a person should know about it.
#[derive(Debug)]
pub struct Opened {
    /// The index. It may be empty still: a refresh fills it.
    pub index: Index,
    /// Why it was made anew, or is kept in memory.
    pub note: Option<String>,
}

impl Index {
    /// The cache of a folder, made where there is none; with `fresh` made anew.
    ///
    /// # Errors
    ///
    /// When not even memory can be had.
    pub fn cache(folder: &Path, fresh: bool) -> Result<Opened> {
        let Some(file) = cache_file(folder) else {
            return in_memory("the system names no folder for caches");
        };
        match open_cache(&file, fresh) {
            Ok(opened) => Ok(opened),
            Err(error) => in_memory(&format!("{}: {error}", file.display())),
        }
    }

    /// An index in memory, for when nothing can be written.
    ///
    /// # Errors
    ///
    /// When there is no memory for it.
    pub fn in_memory() -> Result<Self> {
        let connection = Connection::open_in_memory()?;
        configure(&connection)?;
        schema::create(&connection)?;
        Ok(Self { connection, file: None, seal: None })
    }

    /// The index in a file, to ask it. The file is not written.
    ///
    /// # Errors
    ///
    /// When it is no index, or one of another program's.
    pub fn read(file: &Path) -> Result<Self> {
        if !is_database(file)? {
            return Err(Error::NotAnIndex);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file, flags)?;
        configure(&connection)?;
        schema::check(&connection)?;
        Ok(Self { connection, file: Some(file.to_owned()), seal: None })
    }

    /// The index in a file of its own, to build it. One that is damaged, or of an older program, is made anew, and so is
    /// every one with `fresh`.
    ///
    /// # Errors
    ///
    /// When the file is something else, or cannot be written.
    pub fn create(file: &Path, fresh: bool) -> Result<Self> {
        let is_new = fs::metadata(file).map_or(true, |metadata| metadata.len() == 0);
        if !is_new && !is_database(file)? {
            return Err(Error::NotAnIndex);
        }
        match open(file) {
            Ok(index) if !fresh => Ok(index),
            Ok(index) if is_new => Ok(index),
            Ok(_) | Err(Error::Older(_) | Error::Damaged) => {
                place::remove(file)?;
                open(file)
            }
            Err(error) => Err(error),
        }
    }

    /// Keeps few pages in memory until the next refresh: for an index that is open for hours and asked about one thing at a time.
    ///
    /// # Errors
    ///
    /// When the pages cannot be given back.
    pub fn spare(&self) -> Result<()> {
        keep_pages(&self.connection, FEW_PAGES)
    }

    /// Keeps as many pages in memory as a refresh needs.
    pub(crate) fn spread(&self) -> Result<()> {
        keep_pages(&self.connection, PAGES)
    }

    /// Ends the use of the index in order. One that is only dropped is looked at page by page the next time.
    ///
    /// # Errors
    ///
    /// When what was written last cannot be kept.
    pub fn close(self) -> Result<()> {
        let Self { connection, file, seal } = self;
        connection.close().map_err(|(_, error)| error)?;
        if let (Some(file), Some(seal)) = (file, seal)
            && let Some(mark) = place::seal_of(&file)
        {
            place::seal(&seal, &mark)?;
        }
        Ok(())
    }
}

fn in_memory(why: &str) -> Result<Opened> {
    Ok(Opened { index: Index::in_memory()?, note: Some(format!("{why}; the index is kept in memory, for this time")) })
}

/// Opens a cache, or makes it where there is none or none that can be used.
fn open_cache(file: &Path, fresh: bool) -> Result<Opened> {
    place::prepare(file)?;
    let _lock = place::lock(file)?;
    if fresh {
        place::remove(file)?;
        place::prepare(file)?;
    }
    let mut note = None;
    let connection = match open_checked(file) {
        Err(error) if error.is_spoilt() => {
            note = Some(format!("{}: {error}; it is built again", file.display()));
            place::remove(file)?;
            place::prepare(file)?;
            open_checked(file)?
        }
        other => other?,
    };
    let index = Index { connection, file: Some(file.to_owned()), seal: Some(beside(file, "-seal")) };
    Ok(Opened { index, note })
}

/// Opens a cache that others may read and write at the same time.
fn open_checked(file: &Path) -> Result<Connection> {
    let is_whole = fs::metadata(file)?.len() == 0 || is_database(file)?;
    if !is_whole {
        return Err(Error::Damaged);
    }
    let connection = connect(file)?;
    if schema::is_empty(&connection)? {
        // A log beside the file, so that readers go on while one writes. Where that cannot be, the journal does.
        let _: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        schema::create(&connection)?;
        return Ok(connection);
    }
    schema::check(&connection)?;
    let sealed = fs::read_to_string(beside(file, "-seal")).ok();
    if sealed.is_none() || sealed != place::seal_of(file) {
        schema::check_pages(&connection)?;
    }
    Ok(connection)
}

/// Opens a file that one process builds.
fn open(file: &Path) -> Result<Index> {
    let connection = connect(file)?;
    if schema::is_empty(&connection)? {
        schema::create(&connection)?;
    } else {
        schema::check(&connection)?;
        schema::check_pages(&connection)?;
    }
    Ok(Index { connection, file: Some(file.to_owned()), seal: None })
}

fn connect(file: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    configure(&connection)?;
    Ok(connection)
}

fn configure(connection: &Connection) -> Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    // Rows go together with those that hang on them: nothing has to be looked up to be sure. What a build wrote into the log
    // would stay there, as large as it was.
    connection.execute_batch(
        "PRAGMA foreign_keys = OFF; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 4194304;",
    )?;
    keep_pages(connection, PAGES)
}

/// Keeps pages in memory, of so many KiB.
fn keep_pages(connection: &Connection, pages: i32) -> Result<()> {
    Ok(connection.execute_batch(&format!("PRAGMA cache_size = -{pages};"))?)
}

/// Whether a file begins as every database of `SQLite` does.
fn is_database(file: &Path) -> Result<bool> {
    const BEGIN: &[u8] = b"SQLite format 3\0";
    let mut begin = Vec::with_capacity(BEGIN.len());
    File::open(file)?.take(BEGIN.len() as u64).read_to_end(&mut begin)?;
    Ok(begin == BEGIN)
}
