//! What a file has as well as its bytes, kept when another file takes its place: owner, mode, extended attributes, access
//! lists.

use std::fs::{File, Metadata};
use std::io;

use tempfile::Builder;

/// How many names a file has.
#[cfg(unix)]
pub(super) fn names(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
pub(super) fn names(_: &Metadata) -> u64 {
    1
}

/// Lets a file that is to take the place of another be open to nobody more than the other from its creation on. As long
/// as its group is not yet the other's, it is open to us alone.
#[cfg(unix)]
pub(super) fn restrict(builder: &mut Builder<'_, '_>, like: Option<&Metadata>) {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let mode = like.map_or(0o666, |like| {
        let is_ours =
            like.uid() == rustix::process::geteuid().as_raw() && like.gid() == rustix::process::getegid().as_raw();
        like.mode() & if is_ours { 0o777 } else { 0o700 }
    });
    builder.permissions(Permissions::from_mode(mode));
}

#[cfg(not(unix))]
pub(super) fn restrict(_: &mut Builder<'_, '_>, _: Option<&Metadata>) {}

/// Gives a new file what the old one has. To be done before there is anything in it to read.
///
/// # Errors
///
/// When something that a person gave to the file cannot be kept.
#[cfg(unix)]
pub(super) fn keep(file: &File, old: &File, like: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    // Only who may give files away can keep another's; everybody else owns what they write.
    let _ = fchown(file, Some(like.uid()), Some(like.gid())).or_else(|_| fchown(file, None, Some(like.gid())));
    keep_extended(file, old)?;
    // Last: the mode and the access list speak of the same bits, and the mode is the one that was read.
    file.set_permissions(like.permissions())
}

#[cfg(not(unix))]
pub(super) fn keep(file: &File, _: &File, like: &Metadata) -> io::Result<()> {
    file.set_permissions(like.permissions())
}

#[cfg(unix)]
fn keep_extended(file: &File, old: &File) -> io::Result<()> {
    use std::ffi::OsStr;
    use xattr::FileExt;

    // What the system itself gives to every file, and lets only its own hand change.
    let is_the_systems = |name: &OsStr| {
        let name = name.as_encoded_bytes();
        name.starts_with(b"security.") || name.starts_with(b"trusted.") || name.starts_with(b"com.apple.")
    };
    let lost = |name: &OsStr, error: &io::Error| {
        io::Error::new(error.kind(), format!("its attribute {} cannot be kept: {error}", name.to_string_lossy()))
    };
    // A file system without attributes has none to keep.
    let Ok(names) = old.list_xattr() else { return Ok(()) };
    let names: Vec<_> = names.collect();
    for name in file.list_xattr().into_iter().flatten().filter(|name| !names.contains(name)) {
        // The folder may give every new file an access list of its own.
        match file.remove_xattr(&name) {
            Err(error) if !is_the_systems(&name) => return Err(lost(&name, &error)),
            _ => {}
        }
    }
    for name in &names {
        let kept = match old.get_xattr(name) {
            Ok(Some(value)) => file.set_xattr(name, &value),
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        match kept {
            Err(error) if !is_the_systems(name) => return Err(lost(name, &error)),
            _ => {}
        }
    }
    Ok(())
}
