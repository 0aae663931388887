//! A folder of pages: what this program wrote there may be written anew, and nothing else is touched.
//!
//! The folder keeps a list of the files that were written, each with the sum of its bytes. A file that is not listed, or that
//! somebody has changed since, stays as it is. What is about to be written is listed first, and a page is there whole or not at
//! all: the next run knows what one that was killed has written.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

use super::super::write;

/// The list, in the folder itself. A file whose writing was announced and did not come to its end is there twice.
const LIST: &str = ".cable-lsp-pages";

/// A folder that pages are written into.
pub(super) struct Written {
    folder: PathBuf,
    /// The files that were written or announced before, and the sums that each may have.
    before: BTreeMap<String, Vec<u64>>,
    now: BTreeMap<String, u64>,
    /// The sums of those that are still to be written.
    announced: HashMap<String, u64>,
}

impl Written {
    /// A folder, which is made where there is none.
    ///
    /// # Errors
    ///
    /// When it cannot be made or its list cannot be read.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let list = match fs::read(folder.join(LIST)) {
            Ok(list) => list,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        let mut before: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        // The last line of a list may have been cut, in the middle of a letter even.
        for line in String::from_utf8_lossy(&list).lines() {
            let Some((sum, name)) = line.split_once(' ') else { continue };
            if let Ok(sum) = u64::from_str_radix(sum, 16) {
                before.entry(name.to_owned()).or_default().push(sum);
            }
        }
        Ok(Self { folder: folder.to_owned(), before, now: BTreeMap::new(), announced: HashMap::new() })
    }

    /// Where a page is, or would be.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Lists pages before they are written.
    ///
    /// # Errors
    ///
    /// When the list cannot be written.
    pub(super) fn announce<'a>(&mut self, pages: impl Iterator<Item = (&'a str, &'a str)>) -> io::Result<()> {
        let mut lines = String::new();
        for (name, text) in pages {
            let sum = xxh3_64(text.as_bytes());
            entry(&mut lines, name, sum);
            self.announced.insert(name.to_owned(), sum);
        }
        let mut list = OpenOptions::new().append(true).create(true).open(self.folder.join(LIST))?;
        // What a killed run has cut ends here.
        list.write_all(format!("\n{lines}").as_bytes())
    }

    /// Writes a page. Says no where a file is there that this program did not write.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(super) fn page(&mut self, name: &str, text: &str) -> io::Result<bool> {
        let path = self.path(name);
        let own = self.announced.remove(name).unwrap_or_else(|| xxh3_64(text.as_bytes()));
        match fs::symlink_metadata(&path) {
            Ok(there) if !there.is_file() => return Ok(false),
            Ok(there) => {
                let sum = xxh3_64(&fs::read(&path)?);
                if sum != own {
                    let is_ours = self.now.get(name) == Some(&sum)
                        || self.before.get(name).is_some_and(|sums| sums.contains(&sum));
                    if !is_ours {
                        return Ok(false);
                    }
                    write::create_one_of_many(&path, text.as_bytes(), Some(&there))?;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                write::create_one_of_many(&path, text.as_bytes(), None)?;
            }
            Err(error) => return Err(error),
        }
        self.now.insert(name.to_owned(), own);
        Ok(true)
    }

    /// The text of a page as this run has written it; none where somebody changed it since.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub(super) fn text(&self, name: &str) -> io::Result<Option<String>> {
        let bytes = match fs::read(self.path(name)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let is_ours = self.now.get(name) == Some(&xxh3_64(&bytes));
        Ok(String::from_utf8(bytes).ok().filter(|_| is_ours))
    }

    /// Keeps the list of what was written, now and before.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(super) fn close(self) -> io::Result<()> {
        let mut all = self.before;
        all.extend(self.now.into_iter().map(|(name, sum)| (name, vec![sum])));
        let mut list = String::new();
        for (name, sums) in &all {
            for &sum in sums {
                entry(&mut list, name, sum);
            }
        }
        // A list cut short would make strangers of the pages.
        write::create(&self.folder.join(LIST), list.as_bytes())
    }
}

fn entry(list: &mut String, name: &str, sum: u64) {
    // Writing to a string does not fail.
    let _ = writeln!(list, "{sum:016x} {name}");
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
    #[test]
    fn what_a_killed_run_wrote_is_known_to_the_next() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("it is there");
        let begin = |text: &str| {
            let mut written = Written::open(folder.path()).expect("a folder");
            written.announce([("a.html", text), ("b.html", text)].into_iter()).expect("listed");
            assert!(written.page("a.html", text).expect("written"));
            written
        };
        begin("one").close().expect("closed");
        // Killed: nobody closes it, and the next run writes something else.
        drop(begin("two"));
        let list = folder.path().join(LIST);
        let cut = fs::read(&list).expect("a list");
        fs::write(&list, &cut[..cut.len() - 3]).expect("cut");
        let mut written = begin("three");
        assert!(written.page("b.html", "three").expect("written"));
        written.close().expect("closed");
        assert_eq!((read("a.html"), read("b.html")), ("three".to_owned(), "three".to_owned()));
        // What was announced and never written is forgotten once something else is.
        fs::write(folder.path().join("a.html"), "two").expect("written");
        let mut written = Written::open(folder.path()).expect("a folder");
        assert!(!written.page("a.html", "four").expect("looked at"));
    }
}
