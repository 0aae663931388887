//! Which files the ignore files leave out: `.ignore` and `.gitignore` of a folder and of those above it, git's own
//! `info/exclude`, and the person's global one.
//!
//! The patterns are those of the `ignore` crate. It would read the files by itself, of any size and from anybody; here
//! they are read with a bound, and one that somebody else may have planted is not used. As in git, a nearer file wins
//! over a farther one, and nothing above the root of a repository is asked for `.gitignore`.

use std::collections::HashMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::bounded::{self, is_planted, planted};

/// The ignore files that one walk has met.
#[derive(Debug)]
pub(super) struct Ignored {
    global: Gitignore,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// By folder as reached.
    places: HashMap<PathBuf, Arc<Layer>>,
    /// By folder as it is.
    layers: HashMap<PathBuf, Arc<Layer>>,
    troubles: Troubles,
}

/// What a person should know about the ignore files.
#[derive(Debug, Default)]
pub(super) struct Troubles {
    /// Files that are not used because of whose they are.
    pub(super) notes: Vec<String>,
    /// Files that cannot be read.
    pub(super) problems: Vec<String>,
}

/// The ignore files of one folder.
#[derive(Debug)]
struct Layer {
    folder: PathBuf,
    above: Option<Arc<Layer>>,
    own: Gitignore,
    git: Gitignore,
    git_exclude: Gitignore,
    is_repository: bool,
    /// Neither it nor a folder above it has a pattern, as most have none: then there is nothing to ask.
    is_plain: bool,
}

impl Ignored {
    pub(super) fn new() -> Self {
        Self { global: Gitignore::global().0, known: Mutex::default() }
    }

    /// Whether a file or folder found in a folder is left out. Hidden ones are, unless a pattern takes them in.
    pub(super) fn leaves_out(&self, found: &Path, is_folder: bool) -> bool {
        let Some(name) = found.file_name() else { return false };
        let layer = self.layer_of(found.parent().unwrap_or(Path::new("")));
        let is_hidden = || name.as_encoded_bytes().starts_with(b".");
        if layer.is_plain && self.global.is_empty() {
            return is_hidden();
        }
        let path = layer.folder.join(name);
        let of = |patterns: &Gitignore| match patterns.matched(&path, is_folder) {
            Match::None => None,
            Match::Ignore(_) => Some(true),
            Match::Whitelist(_) => Some(false),
        };
        let layers = || std::iter::successors(Some(&*layer), |layer| layer.above.as_deref());
        // The folder that is a repository is the last that git asks.
        let mut is_outside = false;
        let in_repository: Vec<&Layer> =
            layers().take_while(|layer| !std::mem::replace(&mut is_outside, layer.is_repository)).collect();
        layers()
            .find_map(|layer| of(&layer.own))
            .or_else(|| in_repository.iter().find_map(|layer| of(&layer.git)))
            .or_else(|| in_repository.iter().find_map(|layer| of(&layer.git_exclude)))
            .or_else(|| of(&self.global))
            .unwrap_or_else(is_hidden)
    }

    /// What a person should know, since it was last asked.
    pub(super) fn troubles(&self) -> Troubles {
        std::mem::take(&mut self.known().troubles)
    }

    fn layer_of(&self, folder: &Path) -> Arc<Layer> {
        let folder = if folder == Path::new("") { Path::new(".") } else { folder };
        let mut known = self.known();
        if let Some(layer) = known.places.get(folder) {
            return Arc::clone(layer);
        }
        let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let mut layer: Option<Arc<Layer>> = None;
        let above: Vec<&Path> = real.ancestors().collect();
        for folder in above.into_iter().rev() {
            layer = Some(known.layer(folder, layer));
        }
        let layer = layer.unwrap_or_else(|| known.layer(&real, None));
        known.places.insert(folder.to_owned(), Arc::clone(&layer));
        layer
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn layer(&mut self, folder: &Path, above: Option<Arc<Layer>>) -> Arc<Layer> {
        if let Some(layer) = self.layers.get(folder) {
            return Arc::clone(layer);
        }
        let git = folder.join(".git");
        let own = self.patterns(folder, &folder.join(".ignore"));
        let of_git = self.patterns(folder, &folder.join(".gitignore"));
        let git_exclude = match git_folder(&git) {
            Some(git) => self.patterns(folder, &git.join("info/exclude")),
            None => Gitignore::empty(),
        };
        let has_none = [&own, &of_git, &git_exclude].iter().all(|patterns| patterns.is_empty());
        let layer = Arc::new(Layer {
            is_plain: has_none && above.as_ref().is_none_or(|above| above.is_plain),
            above,
            own,
            git: of_git,
            git_exclude,
            is_repository: git.exists() || folder.join(".jj").exists(),
            folder: folder.to_owned(),
        });
        self.layers.insert(folder.to_owned(), Arc::clone(&layer));
        layer
    }

    /// The patterns of a file for what is below a folder. A pattern that is none is passed over, as git does.
    fn patterns(&mut self, folder: &Path, file: &Path) -> Gitignore {
        match read(file) {
            Ok(Some(_)) if is_planted(file) => self.troubles.notes.push(planted(file)),
            Ok(Some(text)) => {
                let mut builder = GitignoreBuilder::new(folder);
                for line in text.lines() {
                    let _ = builder.add_line(None, line);
                }
                return builder.build().unwrap_or_else(|_| Gitignore::empty());
            }
            Ok(None) => {}
            Err(error) => self.troubles.problems.push(format!("{}: not used: {error}", file.display())),
        }
        Gitignore::empty()
    }
}

/// The text of an ignore file; none where there is no such file.
fn read(file: &Path) -> io::Result<Option<String>> {
    match fs::metadata(file) {
        Ok(metadata) if metadata.is_file() => {}
        // What is no file, or may not even be looked at, is not there for us.
        _ => return Ok(None),
    }
    let bytes = match fs::File::open(file).and_then(|file| bounded::read(file, bounded::SETTINGS)) {
        Ok(bytes) => bytes,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied) => return Ok(None),
        Err(error) => return Err(error),
    };
    let text = String::from_utf8_lossy(&bytes);
    Ok(Some(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()))
}

/// Where a repository keeps what its work trees share; a work tree names it in a file.
fn git_folder(git: &Path) -> Option<PathBuf> {
    if !git.is_file() {
        return git.is_dir().then(|| git.to_owned());
    }
    let first_line = |file: &Path| Some(read(file).ok()??.lines().next()?.to_owned());
    let of_tree = git.parent()?.join(first_line(git)?.strip_prefix("gitdir: ")?);
    let shared = first_line(&of_tree.join("commondir"))?;
    Some(of_tree.join(shared))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_file_wins_and_a_repository_ends_the_asking() {
        let place = tempfile::tempdir().expect("a folder");
        let root = place.path();
        let write = |name: &str, text: &str| {
            let file = root.join(name);
            fs::create_dir_all(file.parent().expect("it has one")).expect("a folder");
            fs::write(file, text).expect("a file");
        };
        write(".gitignore", "*.old\n/top.txt\nbuild/\n");
        write(".ignore", "\u{feff}draft*\n");
        write("repository/.git/info/exclude", "mine.txt\n");
        write("repository/.gitignore", "*.bak\n!.kept\n");
        write("repository/sub/.gitignore", "!one.bak\n");
        write("repository/sub/.ignore", "!draft.txt\nb.txt\n");
        let ignored = Ignored::new();
        let cases = [
            ("a.old", false, true),
            ("top.txt", false, true),
            ("build", true, true),
            ("build", false, false),
            (".hidden", false, true),
            ("a.txt", false, false),
            ("repository/a.old", false, false),
            ("repository/mine.txt", false, true),
            ("repository/.kept", false, false),
            ("repository/a.bak", false, true),
            ("repository/draft.txt", false, true),
            ("repository/sub/one.bak", false, false),
            ("repository/sub/two.bak", false, true),
            ("repository/sub/draft.txt", false, false),
            ("repository/sub/b.txt", false, true),
        ];
        for (name, is_folder, is_left_out) in cases {
            assert_eq!(ignored.leaves_out(&root.join(name), is_folder), is_left_out, "{name}");
        }
        assert!(ignored.troubles().problems.is_empty());
    }

    #[test]
    fn a_file_without_end_is_told_and_not_used() {
        let place = tempfile::tempdir().expect("a folder");
        let file = place.path().join(".ignore");
        fs::write(&file, "*.txt\n".repeat(200_000)).expect("a file");
        let ignored = Ignored::new();
        assert!(!ignored.leaves_out(&place.path().join("a.txt"), false));
        let problems = ignored.troubles().problems;
        assert!(matches!(&problems[..], [one] if one.contains("too large: at most 1 MB")), "{problems:?}");
    }
}
