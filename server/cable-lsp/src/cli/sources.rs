//! The sources of a run in the order of their paths, each once, and found only when they are asked for.
//!
//! What was named is known from the start. Folders are walked one after the other where they are apart; where they hold
//! each other their files come in turns.

use std::cmp::Ordering;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use crate::files::config::Configs;
use crate::files::source::{Source, compare};
use crate::files::walk::{Walk, beginning};

/// What is wanted of the sources.
type Filter<'a> = Box<dyn Fn(&Source) -> bool + Send + 'a>;

/// Sources that come.
pub(super) struct Sources<'a> {
    configs: &'a Configs,
    wanted: Filter<'a>,
    /// How many were named, and the folders that were.
    given: (usize, Vec<PathBuf>),
    /// What was named and is still to come, the last first.
    named: Vec<Source>,
    /// The folders that are not begun, the last first.
    folders: Vec<PathBuf>,
    walks: Vec<Begun<'a>>,
    /// What has been found ahead of time.
    ahead: VecDeque<Source>,
    problems: Vec<String>,
    complete: bool,
}

/// A folder that is walked, and the next of its files.
struct Begun<'a> {
    next: Source,
    walk: Walk<'a>,
}

/// Where the next source is.
enum Next {
    Named,
    Folder,
    Walk(usize),
}

impl<'a> Sources<'a> {
    /// Sources that were named, in order, and those of folders.
    pub(super) fn new(mut named: Vec<Source>, mut folders: Vec<PathBuf>, configs: &'a Configs) -> Self {
        named.reverse();
        folders.sort_by(|one, other| bytes(other).cmp(bytes(one)));
        folders.dedup();
        Self {
            configs,
            wanted: Box::new(|_| true),
            given: (named.len(), folders.clone()),
            named,
            folders,
            walks: Vec::new(),
            ahead: VecDeque::new(),
            problems: Vec::new(),
            complete: true,
        }
    }

    /// Those of them that are wanted.
    pub(super) fn only(self, wanted: impl Fn(&Source) -> bool + Send + 'a) -> Self {
        Self { wanted: Box::new(wanted), ..self }
    }

    /// How many there are, those included that came already. All folders are walked once more for it: only a person who
    /// waits is told.
    pub(super) fn count_all(&self) -> usize {
        let (named, folders) = &self.given;
        named + folders.iter().map(|folder| Walk::new(folder.clone(), self.configs).count()).sum::<usize>()
    }

    /// Whether more than one is to come.
    pub(super) fn are_several(&mut self) -> bool {
        while self.ahead.len() < 2 {
            let Some(next) = self.next_wanted() else { break };
            self.ahead.push_back(next);
        }
        self.ahead.len() > 1
    }

    /// What went wrong since it was last asked.
    pub(super) fn problems(&mut self) -> Vec<String> {
        std::mem::take(&mut self.problems)
    }

    /// Whether every folder could be walked, so far.
    pub(super) const fn is_complete(&self) -> bool {
        self.complete
    }

    fn next_wanted(&mut self) -> Option<Source> {
        loop {
            let source = self.next_met()?;
            // The same file in two folders that hold each other, or named as well: what was named goes before.
            while self.next_to_meet().is_some_and(|next| next.path == source.path) {
                self.next_met();
            }
            if (self.wanted)(&source) {
                return Some(source);
            }
        }
    }

    fn next_to_meet(&mut self) -> Option<&Source> {
        self.begin_folders();
        match self.next_place()? {
            Next::Walk(index) => self.walks.get(index).map(|begun| &begun.next),
            Next::Named | Next::Folder => self.named.last(),
        }
    }

    fn next_met(&mut self) -> Option<Source> {
        self.begin_folders();
        let Next::Walk(index) = self.next_place()? else { return self.named.pop() };
        let begun = &mut self.walks[index];
        if let Some(next) = begun.walk.next() {
            return Some(std::mem::replace(&mut begun.next, next));
        }
        let Begun { next, walk } = self.walks.swap_remove(index);
        self.end(walk.problems());
        Some(next)
    }

    /// Begins the folders whose files may be next.
    fn begin_folders(&mut self) {
        while let Some(Next::Folder) = self.next_place() {
            let Some(folder) = self.folders.pop() else { return };
            let mut walk = Walk::new(folder.clone(), self.configs);
            if let Some(next) = walk.next() {
                self.walks.push(Begun { next, walk });
                continue;
            }
            let problems = walk.problems();
            if problems.is_empty() {
                self.problems.push(format!("{}: no cables found", folder.display()));
            }
            self.end(problems);
        }
    }

    fn end(&mut self, problems: Vec<String>) {
        self.complete &= problems.is_empty();
        self.problems.extend(problems);
    }

    /// Where the first of all that is to come may be: what was named goes before what a folder holds.
    fn next_place(&self) -> Option<Next> {
        let mut least: Option<(Next, &Source)> = self.named.last().map(|named| (Next::Named, named));
        for (index, begun) in self.walks.iter().enumerate() {
            if least.as_ref().is_none_or(|(_, least)| compare(&begun.next, least) == Ordering::Less) {
                least = Some((Next::Walk(index), &begun.next));
            }
        }
        let may_hold = |folder: &PathBuf| least.as_ref().is_none_or(|(_, least)| bytes(folder) <= least.sorts_by());
        if self.folders.last().is_some_and(may_hold) {
            return Some(Next::Folder);
        }
        Some(least?.0)
    }
}

impl Iterator for Sources<'_> {
    type Item = Source;

    fn next(&mut self) -> Option<Source> {
        self.ahead.pop_front().or_else(|| self.next_wanted())
    }
}

/// What the paths below a folder begin with.
fn bytes(folder: &Path) -> &[u8] {
    beginning(folder).as_os_str().as_encoded_bytes()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::files::source::Kind;

    #[test]
    fn folders_that_hold_each_other_and_named_files_come_in_one_order() {
        let place = tempfile::tempdir().expect("a folder");
        let path = |name: &str| place.path().join(name);
        for name in ["a/1.txt", "a/b/2.txt", "a/b/3.txt", "a/c.txt", "d.txt", "empty/x.md"] {
            fs::create_dir_all(path(name).parent().expect("it has one")).expect("a folder");
            fs::write(path(name), "").expect("a file");
        }
        let configs = Configs::default();
        let named = || Vec::from(["a/b/3.txt", "d.txt"].map(|name| Source::new(path(name), Kind::Named)));
        let folders = || Vec::from(["a/b", "empty", "a", "a"].map(path));
        let mut sources = Sources::new(named(), folders(), &configs);
        assert!(sources.are_several());
        assert_eq!(sources.count_all(), 2 + 4 + 2, "each folder is counted for itself");
        let found: Vec<(String, Kind)> = sources
            .by_ref()
            .map(|source| (source.name().trim_start_matches(&*place.path().to_string_lossy()).to_owned(), source.kind))
            .collect();
        let expected = [
            ("/a/1.txt", Kind::Found),
            ("/a/b/2.txt", Kind::Found),
            ("/a/b/3.txt", Kind::Named),
            ("/a/c.txt", Kind::Found),
            ("/d.txt", Kind::Named),
        ];
        assert_eq!(found, expected.map(|(name, kind)| (name.to_owned(), kind)));
        assert_eq!(sources.problems().len(), 1, "of the folder without cables");
        assert!(sources.is_complete());
        let only_one = Sources::new(named(), folders(), &configs).only(|source| source.path.ends_with("c.txt"));
        assert_eq!(only_one.count(), 1);
    }
}
