//! Reading with a bound, and only what nobody else can have planted.
//!
//! A settings or ignore file says which files are read and what is reported. In a folder that everybody may write it may
//! be somebody else's, who then decides about our files: it is used only when it is ours or the system's.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::Path;

use super::device::{is_device, is_pipe};

/// The largest settings or ignore file. Real ones have a few lines.
pub(crate) const SETTINGS: u64 = 1 << 20;

/// Everything there is to read, up to so many bytes.
///
/// # Errors
///
/// When it cannot be read, or is larger.
pub(crate) fn read(from: impl Read, largest: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    read_into(&mut bytes, from, largest)?;
    Ok(bytes)
}

/// The same, into a buffer that may have room for it already.
///
/// # Errors
///
/// When it cannot be read, or is larger.
pub(crate) fn read_into(bytes: &mut Vec<u8>, from: impl Read, largest: u64) -> io::Result<()> {
    from.take(largest + 1).read_to_end(bytes)?;
    if bytes.len() as u64 > largest { Err(too_large(largest)) } else { Ok(()) }
}

/// The text of a file, up to so many bytes.
///
/// # Errors
///
/// When it cannot be read, is a pipe, is larger, or is not UTF-8.
pub(crate) fn read_text(file: &Path, largest: u64) -> io::Result<String> {
    // A pipe may be waited for without end. One that we were given open, as a shell's `<(…)`, has somebody who writes.
    if is_pipe(&fs::metadata(file)?) && !is_device(file) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "this is a pipe, not a file"));
    }
    String::from_utf8(read(File::open(file)?, largest)?)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "not UTF-8"))
}

/// What is said of something larger.
pub(crate) fn too_large(largest: u64) -> io::Error {
    let megabytes = largest >> 20;
    io::Error::new(io::ErrorKind::FileTooLarge, format!("too large: at most {megabytes} MB are read"))
}

/// Whether somebody else may have put a file where it was found: its folder is everybody's to write, and it, or the
/// link to it, belongs neither to us nor to the system.
#[cfg(unix)]
pub(crate) fn is_planted(file: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let folder = file.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let is_everybodys = fs::metadata(folder).is_ok_and(|folder| folder.mode() & 0o002 != 0);
    let us = rustix::process::geteuid().as_raw();
    let is_another = |found: io::Result<Metadata>| found.is_ok_and(|found| found.uid() != us && found.uid() != 0);
    is_everybodys && (is_another(fs::symlink_metadata(file)) || is_another(fs::metadata(file)))
}

#[cfg(not(unix))]
pub(crate) fn is_planted(_: &Path) -> bool {
    false
}

/// What is said of it.
pub(crate) fn planted(file: &Path) -> String {
    format!("{}: not used: everybody may write its folder, and it belongs to another user", file.display())
}
