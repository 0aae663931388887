//! Where a cache lives: a file for each folder, in the user's own cache folder, for nobody else to read.

use std::env;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

/// The file that is the cache of a folder; none where the system names no place for caches.
pub fn cache_file(folder: &Path) -> Option<PathBuf> {
    let real = fs::canonicalize(folder).or_else(|_| std::path::absolute(folder)).ok()?;
    let name = format!("{:016x}.sqlite", xxh3_64(real.as_os_str().as_encoded_bytes()));
    Some(caches()?.join("cable-lsp").join("archive").join(name))
}

/// The user's folder for what can be made again.
fn caches() -> Option<PathBuf> {
    let folder = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        return folder("LOCALAPPDATA");
    }
    let below_home = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
    folder("XDG_CACHE_HOME").or_else(|| Some(folder("HOME")?.join(below_home)))
}

/// The file with an ending after its name, as `SQLite` names what it keeps beside a database.
pub(crate) fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Makes the folder and an empty file where there is none, for the user alone.
///
/// # Errors
///
/// When they cannot be made, or when the folder is somebody else's.
pub(crate) fn prepare(file: &Path) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    private_folder(&mut builder);
    builder.create(folder)?;
    keep_private(folder)?;
    options().open(file).map(drop)
}

/// Holds off other processes that would open, check or make the same cache, as long as the file lives.
///
/// # Errors
///
/// When there is no such file and none can be made.
pub(crate) fn lock(file: &Path) -> io::Result<File> {
    let lock = options().open(beside(file, "-lock"))?;
    // Where the system has no locks, as on some network drives, the worst is that one of two makes the cache again.
    #[cfg(unix)]
    let _ = rustix::fs::flock(&lock, rustix::fs::FlockOperation::LockExclusive);
    Ok(lock)
}

/// Removes a cache and what belongs to it. Returns whether there was one.
///
/// # Errors
///
/// When something is there and cannot be removed.
pub(crate) fn remove(file: &Path) -> io::Result<bool> {
    let mut any = false;
    for path in
        [beside(file, "-seal"), beside(file, "-wal"), beside(file, "-shm"), beside(file, "-journal"), file.to_owned()]
    {
        match fs::remove_file(path) {
            Ok(()) => any = true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(any)
}

/// What is remembered of a cache that was closed in order: when it still holds, its pages need not be looked at.
pub(crate) fn seal_of(file: &Path) -> Option<String> {
    let metadata = fs::metadata(file).ok()?;
    let modified = metadata.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(format!("{} {}", metadata.len(), modified.as_nanos()))
}

/// Remembers that a cache was closed in order.
///
/// # Errors
///
/// When it cannot be written.
pub(crate) fn seal(file: &Path, mark: &str) -> io::Result<()> {
    let mut seal = options();
    seal.truncate(true).open(file)?.write_all(mark.as_bytes())
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(unix)]
fn private_folder(builder: &mut DirBuilder) {
    std::os::unix::fs::DirBuilderExt::mode(builder, 0o700);
}

#[cfg(not(unix))]
fn private_folder(_: &mut DirBuilder) {}

#[cfg(unix)]
fn keep_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let metadata = fs::metadata(folder)?;
    if metadata.uid() != rustix::process::geteuid().as_raw() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the cache folder belongs to another user"));
    }
    if metadata.mode() & 0o077 != 0 {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn keep_private(_: &Path) -> io::Result<()> {
    Ok(())
}
