//! Whether a folder is to have an index: as its settings say, else by what lies in it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::files::config::{Configs, FILE_NAME, has_extension};
use crate::lsp::analysis::ArchiveChoice;

/// So many names are looked at to find a cable among them.
const MOST_NAMES: usize = 2000;

/// What becomes of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Choice {
    /// It has no index.
    None,
    /// An index of it is kept.
    Own,
    /// The index in this file is asked.
    File(PathBuf),
    /// The person is to be asked.
    Ask,
}

/// Chooses for a folder under its settings.
pub(super) fn choose(folder: &Path, configs: &Configs) -> Choice {
    let Some(place) = configs.place(&folder.join(FILE_NAME)) else { return Choice::None };
    match &place.archive.config.archive {
        Some(ArchiveChoice::Own(false)) => Choice::None,
        Some(ArchiveChoice::File(file)) => {
            let settings = place.archive.file();
            let base = settings.as_deref().and_then(Path::parent).unwrap_or(folder);
            Choice::File(base.join(file))
        }
        _ if is_too_wide(folder) => Choice::None,
        Some(ArchiveChoice::Own(true)) => Choice::Own,
        None if folder.join(FILE_NAME).is_file() || holds_a_cable(folder) => Choice::Own,
        None => Choice::Ask,
    }
}

/// Whether a folder is a home, or one above homes: nobody's archive.
fn is_too_wide(folder: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = real(folder);
    let home = env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" }).map(PathBuf::from);
    folder.parent().is_none() || home.is_some_and(|home| real(&home).starts_with(&folder))
}

/// Whether a `.cable` file lies in a folder, or in one directly below it.
fn holds_a_cable(folder: &Path) -> bool {
    let mut left = MOST_NAMES;
    let mut names = |folder: &Path| {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let entries: Vec<PathBuf> = entries.take(left).map(|entry| entry.path()).collect();
        left -= entries.len();
        entries
    };
    let is_cable = |path: &PathBuf| has_extension(path, "cable");
    let own = names(folder);
    own.iter().any(is_cable) || own.iter().filter(|path| path.is_dir()).any(|below| names(below).iter().any(is_cable))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice_of(files: &[(&str, &str)]) -> Choice {
        let place = tempfile::tempdir().expect("a folder");
        let root = place.path().join("cables");
        for (name, text) in files {
            let path = root.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
            fs::write(path, text).expect("it can be written");
        }
        fs::create_dir_all(&root).expect("it can be made");
        match choose(&root, &Configs::default()) {
            Choice::File(file) => Choice::File(
                file.strip_prefix(fs::canonicalize(&root).expect("it is there")).expect("it is below").to_owned(),
            ),
            choice => choice,
        }
    }

    #[test]
    fn a_folder_of_cables_has_an_index_and_others_are_asked_about() {
        assert_eq!(choice_of(&[("a.txt", "")]), Choice::Ask);
        assert_eq!(choice_of(&[("a.cable", "")]), Choice::Own);
        assert_eq!(choice_of(&[("2006/a.CABLE", "")]), Choice::Own);
        assert_eq!(choice_of(&[("2006/01/a.cable", "")]), Choice::Ask);
        assert_eq!(choice_of(&[("cable-lsp.toml", "")]), Choice::Own);
    }

    #[test]
    fn the_settings_say_more() {
        assert_eq!(choice_of(&[("cable-lsp.toml", "archive = false"), ("a.cable", "")]), Choice::None);
        assert_eq!(choice_of(&[("cable-lsp.toml", "archive = true")]), Choice::Own);
        assert_eq!(choice_of(&[("cable-lsp.toml", "archive = 'all.sqlite'")]), Choice::File("all.sqlite".into()));
    }

    #[test]
    fn nobody_keeps_an_archive_in_the_root() {
        assert!(is_too_wide(Path::new("/")));
        if let Some(home) = env::home_dir().filter(|home| home.is_dir()) {
            assert!(is_too_wide(&home) && home.parent().is_none_or(is_too_wide), "{}", home.display());
        }
        assert!(!is_too_wide(&env::temp_dir().join("cables")));
    }
}
