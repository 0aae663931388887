//! Writes a file whole or not at all: a temporary file beside it takes its place.
//!
//! Whoever reads the file, and whatever ends this program, finds the old bytes or the new ones. Mode, extended
//! attributes, access lists and, where it is allowed, the owner stay; a link is followed to the file it names. A file
//! that has several names is left alone, for the others would keep the old bytes.

mod attributes;
mod leftovers;

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use tempfile::Builder;

use super::interrupt;
use crate::files::device::is_device;

pub(super) use leftovers::sweep;

/// Replaces the bytes of a file.
///
/// # Errors
///
/// When it is no file of one name, no longer holds `before`, or cannot be written.
pub(super) fn replace(path: &Path, before: &[u8], after: &[u8]) -> io::Result<()> {
    if is_device(path) || !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("a pipe or a device is read and not written"));
    }
    let target = fs::canonicalize(path)?;
    let metadata = fs::metadata(&target)?;
    // A rename asks the folder alone, so the file's own word is asked here.
    if metadata.permissions().readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
    }
    OpenOptions::new().write(true).open(&target)?;
    write_beside(&target, after, Some(&metadata), true, || {
        let now = fs::read(&target)?;
        // The same file may be reached by two paths; the other one has then done the work.
        if now != before && now != after {
            return Err(io::Error::other("the file was changed by somebody else meanwhile"));
        }
        Ok(())
    })
}

/// Writes a file anew. What is there and is no file, such as a pipe or `/dev/null`, is written into.
///
/// # Errors
///
/// When it cannot be written.
pub(super) fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let there = fs::metadata(path).ok();
    if is_device(path) || there.as_ref().is_some_and(|there| !there.is_file()) {
        return OpenOptions::new().append(true).open(path)?.write_all(bytes);
    }
    // A link may name a file that is still to come.
    let to_come = || fs::read_link(path).map(|named| path.parent().unwrap_or(Path::new("")).join(named));
    let target = fs::canonicalize(path).or_else(|_| to_come()).unwrap_or_else(|_| path.to_owned());
    write_beside(&target, bytes, there.as_ref(), true, || Ok(()))
}

/// Writes one of many files that a run can make again: whole or not at all too, but when it reaches the disk is left to the
/// system. `there` is the file that is there now. Other names of it keep the old text.
///
/// # Errors
///
/// When it cannot be written.
pub(super) fn create_one_of_many(path: &Path, bytes: &[u8], there: Option<&Metadata>) -> io::Result<()> {
    let there = there.filter(|there| attributes::names(there) <= 1);
    write_beside(path, bytes, there, false, || Ok(()))
}

fn write_beside(
    target: &Path,
    bytes: &[u8],
    like: Option<&Metadata>,
    is_synced: bool,
    last_look: impl FnOnce() -> io::Result<()>,
) -> io::Result<()> {
    if let Some(names) = like.map(attributes::names).filter(|&names| names > 1) {
        return Err(io::Error::other(format!(
            "the file has {names} names (hard links), and the others would keep the old text; copy it first"
        )));
    }
    let folder = match target.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    leftovers::sweep(folder);
    interrupt::undisturbed(|| {
        let prefix = leftovers::prefix();
        let mut builder = Builder::new();
        builder.prefix(&prefix).suffix(leftovers::SUFFIX);
        attributes::restrict(&mut builder, like);
        let mut file = builder.tempfile_in(folder)?;
        leftovers::claim(file.as_file());
        if let Some(like) = like {
            let old = File::open(target)?;
            attributes::keep(file.as_file(), &old, like)?;
        }
        file.write_all(bytes)?;
        if is_synced {
            file.as_file().sync_all()?;
        }
        last_look()?;
        file.persist(target).map_err(|error| error.error)?;
        Ok(())
    })
}
