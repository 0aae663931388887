//! Deletes the cache of a folder.

use std::io;
use std::path::Path;

use crate::place::{self, beside, cache_file};

/// Deletes the cache of a folder. Returns whether there was one.
///
/// # Errors
///
/// When it is there and cannot be deleted.
pub fn forget(folder: &Path) -> io::Result<bool> {
    let Some(file) = cache_file(folder) else { return Ok(false) };
    let there_was = place::remove(&file)?;
    match std::fs::remove_file(beside(&file, "-lock")) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(there_was),
    }
}
