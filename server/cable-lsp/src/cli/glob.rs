//! A glob that the shell did not expand: quoted, as in a script, or where the shell expands none.
//!
//! `*`, `?`, `[…]`, `{…}` as in shells, `**` for folders of any depth. What it matches is read as if it had been named;
//! hidden files and those that ignore files or settings leave out are not matched.

use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use ignore::{DirEntry, WalkBuilder};

use crate::files::config::Configs;
use crate::files::source::{self, Source, Wanted};

/// A glob over paths.
#[derive(Debug)]
pub(super) struct Glob {
    /// The folder that all it matches is in.
    base: PathBuf,
    matcher: GlobMatcher,
}

impl Glob {
    /// A path as a glob; none if there is nothing in it to expand.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let is_literal = |part: &Component<'_>| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']);
        let base: PathBuf =
            path.components().take_while(is_literal).filter(|part| *part != Component::CurDir).collect();
        let whole: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
        if base == whole {
            return None;
        }
        let matcher = GlobBuilder::new(whole.to_str()?).literal_separator(true).build().ok()?.compile_matcher();
        let base = if base == Path::new("") { PathBuf::from(".") } else { base };
        base.is_dir().then_some(Self { base, matcher })
    }

    /// What it matches, and what went wrong on the way.
    pub(super) fn walk(&self, configs: &Configs, threads: usize) -> (Vec<Source>, Vec<String>) {
        source::walk(&self.base, &Wanted::Matching(&self.matcher), configs, threads)
    }

    /// Whether it matches anything that is not hidden, left out or not.
    pub(super) fn matches_any(&self) -> bool {
        let is_seen = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
        let mut walk = WalkBuilder::new(&self.base);
        let mut found = walk.standard_filters(false).filter_entry(is_seen).build().flatten();
        found.any(|entry| self.matcher.is_match(entry.path().strip_prefix("./").unwrap_or(entry.path())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn begins_where_all_it_matches_is() {
        let place = tempfile::tempdir().expect("a folder");
        let path = |name: &str| place.path().join(name);
        assert!(Glob::of(&path("a.txt")).is_none());
        assert!(Glob::of(&path("missing/*.txt")).is_none());
        assert!(Glob::of(&path("[a")).is_none(), "an open class is no glob");
        let glob = Glob::of(&path("./**/[ab]?.{txt,cable}")).expect("a glob");
        assert_eq!(glob.base, place.path());
        for (name, is_matched) in [("a1.txt", true), ("x/y/b2.cable", true), ("c1.txt", false), ("a/b1.txt/c", false)] {
            assert_eq!(glob.matcher.is_match(path(name)), is_matched, "{name}");
        }
        assert_eq!(Glob::of(Path::new("*.txt")).expect("a glob").base, Path::new("."));
    }
}
