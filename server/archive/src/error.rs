//! What can go wrong with an index, in words.

use std::{fmt, io};

use rusqlite::ErrorCode;

/// The result of a question to an index.
pub type Result<T> = std::result::Result<T, Error>;

/// Why an index cannot be read or written.
#[derive(Debug)]
pub enum Error {
    /// The file is something else.
    NotAnIndex,
    /// A newer program made it; the number of its schema.
    Newer {
        /// Its schema.
        found: i64,
        /// The newest schema that is known here.
        known: i64,
    },
    /// An older program made it.
    Older(i64),
    /// It is not whole.
    Damaged,
    /// There is no room for it.
    NoSpace,
    /// It may not be written.
    ReadOnly,
    /// Another process writes it and does not end.
    Busy,
    /// It holds no texts to search.
    NoText,
    /// What is searched for is no query of FTS5; its words.
    Query(String),
    /// The system says so.
    Io(io::Error),
    /// `SQLite` says so.
    Other(rusqlite::Error),
}

impl Error {
    /// Whether an index that can be made again should be.
    pub const fn is_spoilt(&self) -> bool {
        matches!(self, Self::NotAnIndex | Self::Older(_) | Self::Damaged)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnIndex => formatter.write_str("this is not an index of cables"),
            Self::Newer { found, known } => {
                write!(formatter, "this index was made by a newer cable-lsp (schema {found}; this one knows {known})")
            }
            Self::Older(schema) => {
                write!(formatter, "this index was made by an older cable-lsp (schema {schema})")
            }
            Self::Damaged => formatter.write_str("the index is damaged"),
            Self::NoSpace => formatter.write_str("no space is left for the index"),
            Self::ReadOnly => formatter.write_str("the index cannot be written"),
            Self::Busy => formatter.write_str("another process is writing the index"),
            Self::NoText => formatter.write_str("this index holds no texts: build it with --text"),
            Self::Query(words) => write!(
                formatter,
                "the words to search for cannot be read ({words}): put words with other signs in double quotes, \"Roe's son\""
            ),
            Self::Io(error) => error.fmt(formatter),
            Self::Other(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for Error {}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged,
            Some(ErrorCode::NotADatabase) => Self::NotAnIndex,
            Some(ErrorCode::DiskFull) => Self::NoSpace,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Other(error),
        }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::NoSpace,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ => Self::Io(error),
        }
    }
}
