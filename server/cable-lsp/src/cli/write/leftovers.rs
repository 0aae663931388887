//! The names of temporary files, and the removal of those that a killed run has left.
//!
//! A name begins with a dot, so that no walk finds it, and holds the number of its process. As long as it is written the
//! file is locked. One whose process is gone and that nobody holds is left over: the number guards a file that is not
//! yet locked, the lock one of another machine or container that shares the folder.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// How the names begin.
const PREFIX: &str = ".cable-lsp-";
/// How the names end.
pub(super) const SUFFIX: &str = ".tmp";

/// How the names of this process begin.
pub(super) fn prefix() -> String {
    format!("{PREFIX}{}-", std::process::id())
}

/// Removes what killed runs have left in a folder. Once in a run: more of it does not come by itself.
pub(in crate::cli) fn sweep(folder: &Path) {
    static SWEPT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    let folder = if folder == Path::new("") { Path::new(".") } else { folder };
    if !SWEPT.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned()) {
        return;
    }
    // A folder that cannot be read, or a file that cannot be removed, is no reason not to write another.
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_old = entry.file_name().to_str().and_then(process_of).is_some_and(|process| !lives(process));
        if is_old && entry.file_type().is_ok_and(|kind| kind.is_file()) && is_free(&entry.path()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The process that a temporary file is of; none for the name of another file.
fn process_of(name: &str) -> Option<u32> {
    let (process, random) = name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?.split_once('-')?;
    let is_ours = random.len() == 6 && random.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_ours.then(|| process.parse().ok()).flatten()
}

/// Holds a file as long as it is open. Where files cannot be locked, the number of the process has to do.
#[cfg(unix)]
pub(super) fn claim(file: &File) {
    let _ = rustix::fs::flock(file, rustix::fs::FlockOperation::NonBlockingLockExclusive);
}

#[cfg(not(unix))]
pub(super) fn claim(_: &File) {}

/// Whether nobody holds a file.
#[cfg(unix)]
fn is_free(path: &Path) -> bool {
    use rustix::io::Errno;
    // One that we may not even read is another person's, and its own next run will see to it.
    let Ok(file) = File::open(path) else { return false };
    rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive) != Err(Errno::WOULDBLOCK)
}

#[cfg(not(unix))]
fn is_free(_: &Path) -> bool {
    false
}

#[cfg(unix)]
fn lives(process: u32) -> bool {
    use rustix::io::Errno;
    use rustix::process::{Pid, test_kill_process};
    let process = i32::try_from(process).ok().and_then(Pid::from_raw);
    // A process of somebody else may not be asked, and lives.
    process.is_some_and(|process| test_kill_process(process) != Err(Errno::SRCH))
}

/// Where nobody can be asked, nothing is swept.
#[cfg(not(unix))]
fn lives(_: u32) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_names_are_ours() {
        assert_eq!(process_of(".cable-lsp-17-aB3dE9.tmp"), Some(17));
        for other in [
            ".cable-lsp-notes",
            ".cable-lsp-17-aB3dE9",
            ".cable-lsp-x-aB3dE9.tmp",
            "cable-lsp-17-aB3dE9.tmp",
            ".cable-lsp-17-a.B3dE.tmp",
            ".cable-lsp-17-notes-2.tmp",
        ] {
            assert_eq!(process_of(other), None, "{other}");
        }
        assert!(process_of(&format!("{}aB3dE9{SUFFIX}", prefix())).is_some_and(lives));
    }

    #[cfg(unix)]
    #[test]
    fn only_what_nobody_holds_is_swept() {
        let place = tempfile::tempdir().expect("a folder");
        let path = |name: &str| place.path().join(name);
        // No system counts its processes so far.
        let [dead, held] = ["aaaaaa", "bbbbbb"].map(|random| path(&format!("{PREFIX}2147483646-{random}{SUFFIX}")));
        let ours = path(&format!("{}cccccc{SUFFIX}", prefix()));
        let others = path(".cable-lsp-notes.tmp");
        for file in [&dead, &held, &ours, &others] {
            fs::write(file, "text").expect("a file");
        }
        let holder = File::open(&held).expect("it is there");
        claim(&holder);
        sweep(place.path());
        assert!(!dead.exists() && held.exists() && ours.exists() && others.exists());
    }
}
