//! A folder of pages: what this program wrote there may be written anew, and nothing else is touched.
//!
//! The folder keeps a list of the files that were written, each with the sum of its bytes. A file that is not listed, or that
//! somebody has changed since, stays as it is.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

use super::super::{interrupt, write};

/// The list, in the folder itself.
const LIST: &str = ".cable-lsp-pages";

/// A folder that pages are written into.
pub(super) struct Written {
    folder: PathBuf,
    /// The files that were written before, and the sum of each.
    before: BTreeMap<String, u64>,
    now: BTreeMap<String, u64>,
}

impl Written {
    /// A folder, which is made where there is none.
    ///
    /// # Errors
    ///
    /// When it cannot be made or its list cannot be read.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let list = match fs::read_to_string(folder.join(LIST)) {
            Ok(list) => list,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        let entry = |line: &str| {
            let (sum, name) = line.split_once(' ')?;
            Some((name.to_owned(), u64::from_str_radix(sum, 16).ok()?))
        };
        let before = list.lines().filter_map(entry).collect();
        Ok(Self { folder: folder.to_owned(), before, now: BTreeMap::new() })
    }

    /// Writes a page. Says no where a file stands there that this program did not write.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(super) fn page(&mut self, name: &str, text: &str) -> io::Result<bool> {
        let path = self.folder.join(name);
        let own = xxh3_64(text.as_bytes());
        match fs::symlink_metadata(&path) {
            Ok(there) if !there.is_file() => return Ok(false),
            Ok(_) => {
                let there = xxh3_64(&fs::read(&path)?);
                if there != own && self.before.get(name) != Some(&there) {
                    return Ok(false);
                }
                if there != own {
                    interrupt::undisturbed(|| fs::write(&path, text))?;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                interrupt::undisturbed(|| fs::write(&path, text))?;
            }
            Err(error) => return Err(error),
        }
        self.now.insert(name.to_owned(), own);
        Ok(true)
    }

    /// Keeps the list of what was written, now and before.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(super) fn close(self) -> io::Result<()> {
        let mut all = self.before;
        all.extend(self.now);
        let mut list = String::new();
        for (name, sum) in all {
            // Writing to a string does not fail.
            let _ = writeln!(list, "{sum:016x} {name}");
        }
        // A list cut short would make strangers of the pages.
        write::create(&self.folder.join(LIST), list.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_else_wrote_or_changed_stays() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("it is there");
        fs::write(folder.path().join("mine.html"), "mine").expect("written");
        let write = |name: &str, text: &str| {
            let mut written = Written::open(folder.path()).expect("a folder");
            let wrote = written.page(name, text).expect("written");
            written.close().expect("closed");
            wrote
        };
        assert!(!write("mine.html", "page") && read("mine.html") == "mine");
        assert!(write("a.html", "one") && read("a.html") == "one");
        assert!(write("a.html", "two") && read("a.html") == "two");
        fs::write(folder.path().join("a.html"), "changed by hand").expect("written");
        assert!(!write("a.html", "three") && read("a.html") == "changed by hand");
    }
}
