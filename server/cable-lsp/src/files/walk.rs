//! The files below a folder in the order of their paths, found only when they are asked for: of an archive of any size
//! no more than the names of the open folders are in memory.

use std::cmp::Ordering;
use std::ffi::OsString;
use std::fs::{self, FileType};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use super::config::Configs;
use super::ignored::Ignored;
use super::source::{Source, Wanted, met};

/// A walk on its way.
pub(crate) struct Walk<'a> {
    configs: &'a Configs,
    ignored: Ignored,
    /// Where it begins, as long as it has not.
    root: Option<PathBuf>,
    /// The folders that it is in, the outermost first.
    open: Vec<Folder>,
    problems: Vec<String>,
}

/// A folder and what the walk has still to meet there, the last of it first.
struct Folder {
    path: PathBuf,
    left: Vec<(OsString, FileType)>,
}

impl<'a> Walk<'a> {
    /// A walk over the cables of a folder.
    pub(crate) fn new(folder: PathBuf, configs: &'a Configs) -> Self {
        Self { configs, ignored: Ignored::new(), root: Some(folder), open: Vec::new(), problems: Vec::new() }
    }

    /// What went wrong on the way.
    pub(crate) fn problems(self) -> Vec<String> {
        let troubles = self.ignored.troubles();
        self.configs.note(troubles.notes);
        let mut problems = troubles.problems;
        problems.extend(self.problems);
        problems
    }

    fn enter(&mut self, path: PathBuf) {
        let mut left = Vec::new();
        let problem = |error| format!("{}: {error}", path.display());
        match fs::read_dir(&path) {
            Ok(entries) => {
                for entry in entries {
                    match entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))) {
                        Ok(found) => left.push(found),
                        Err(error) => self.problems.push(problem(error)),
                    }
                }
            }
            Err(error) => self.problems.push(problem(error)),
        }
        // Paths are compared as texts, and a separator comes after the name of a folder.
        left.sort_unstable_by(|one, other| order(other, one));
        self.open.push(Folder { path, left });
    }
}

impl Iterator for Walk<'_> {
    type Item = Source;

    fn next(&mut self) -> Option<Source> {
        if let Some(root) = self.root.take() {
            self.enter(root);
        }
        loop {
            let folder = self.open.last_mut()?;
            let Some((name, kind)) = folder.left.pop() else {
                self.open.pop();
                continue;
            };
            let path = folder.path.join(name);
            let shown = without_dot(&path);
            let (goes_on, found) = met(shown, kind, &Wanted::Cables, self.configs, &self.ignored);
            match found {
                Some(Ok(source)) => return Some(source),
                Some(Err(problem)) => self.problems.push(problem),
                None => {}
            }
            if goes_on && kind.is_dir() {
                self.enter(path);
            }
        }
    }
}

/// Which of two names of a folder comes first. Hardly any two need a look at more than their bytes.
fn order(one: &(OsString, FileType), other: &(OsString, FileType)) -> Ordering {
    const SEPARATOR: u8 = MAIN_SEPARATOR as u8;
    let same = one.0.len().min(other.0.len());
    let (first, second) = (one.0.as_encoded_bytes(), other.0.as_encoded_bytes());
    let end = |name: &[u8], kind: &FileType| -> Vec<u8> {
        name[same..].iter().copied().chain(kind.is_dir().then_some(SEPARATOR)).collect()
    };
    first[..same].cmp(&second[..same]).then_with(|| end(first, &one.1).cmp(&end(second, &other.1)))
}

/// A path without the `./` that it begins with. Most begin otherwise, and are not taken apart to see it.
fn without_dot(path: &Path) -> &Path {
    let is_dotted = path.as_os_str().as_encoded_bytes().starts_with(b".");
    if is_dotted { path.strip_prefix("./").unwrap_or(path) } else { path }
}

/// The path that those of everything below a folder begin with.
pub(crate) fn beginning(folder: &Path) -> &Path {
    let folder = without_dot(folder);
    if folder == Path::new(".") { Path::new("") } else { folder }
}

#[cfg(test)]
mod tests {
    use super::super::source::{sort, walk};
    use super::*;

    #[test]
    fn meets_what_the_other_walk_finds_in_the_order_of_paths() {
        let place = tempfile::tempdir().expect("a folder");
        for name in
            ["a/b.txt", "a-b.txt", "a.txt", "a/é/z.cable", "a/.hidden.txt", "a0/x.md", "b/kept.txt", "b/left.txt"]
        {
            let file = place.path().join(name);
            fs::create_dir_all(file.parent().expect("it has one")).expect("a folder");
            fs::write(file, "").expect("a file");
        }
        fs::write(place.path().join("b/.ignore"), "left.txt\n").expect("a file");
        let configs = Configs::default();
        let mut other = walk(place.path(), &Wanted::Cables, &configs, 1).0;
        sort(&mut other);
        let paths = |sources: Vec<Source>| -> Vec<PathBuf> { sources.into_iter().map(|source| source.path).collect() };
        let met = paths(Walk::new(place.path().to_owned(), &configs).collect());
        assert_eq!((met.len(), &met), (5, &paths(other)));
    }

    #[test]
    fn a_folder_that_is_not_there_is_told() {
        let configs = Configs::default();
        let mut walk = Walk::new(PathBuf::from("no such folder"), &configs);
        assert!(walk.next().is_none() && walk.next().is_none());
        assert_eq!(walk.problems().len(), 1);
    }
}
