//! Writes a file whole or not at all: a temporary file beside it takes its place.
//!
//! Whoever reads the file, and whatever ends this program, finds the old bytes or the new ones. Permissions and, where
//! it is allowed, the owner stay; a link is followed to the file it names. Another hard link keeps the old bytes.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use tempfile::Builder;

/// How the temporary files begin: hidden, so that no walk finds one that was left behind.
const PREFIX: &str = ".cable-lsp-";

/// Replaces the bytes of a file.
///
/// # Errors
///
/// When the file no longer holds `before`, or cannot be written.
pub(super) fn replace(path: &Path, before: &[u8], after: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(path)?;
    let metadata = fs::metadata(&target)?;
    // A rename asks the folder alone, so the file's own word is asked here.
    if metadata.permissions().readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
    }
    OpenOptions::new().write(true).open(&target)?;
    write_beside(&target, after, Some(&metadata), || {
        let now = fs::read(&target)?;
        // The same file may be reached by two paths; the other one has then done the work.
        if now != before && now != after {
            return Err(io::Error::other("the file was changed by somebody else meanwhile"));
        }
        Ok(())
    })
}

/// Writes a file anew.
///
/// # Errors
///
/// When it cannot be written.
pub(super) fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    write_beside(&target, bytes, fs::metadata(&target).ok().as_ref(), || Ok(()))
}

fn write_beside(
    target: &Path,
    bytes: &[u8],
    like: Option<&Metadata>,
    last_look: impl FnOnce() -> io::Result<()>,
) -> io::Result<()> {
    let folder = match target.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mut builder = Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    if let Some(like) = like {
        keep_owner(file.as_file(), like);
        file.as_file().set_permissions(like.permissions())?;
    }
    file.as_file().sync_all()?;
    last_look()?;
    file.persist(target).map_err(|error| error.error)?;
    Ok(())
}

/// Only who may give files away can keep another's; everybody else owns what they write.
#[cfg(unix)]
fn keep_owner(file: &File, like: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let _ = fchown(file, Some(like.uid()), Some(like.gid())).or_else(|_| fchown(file, None, Some(like.gid())));
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}
