//! The real cables beside the checkout. They are never part of the repository, so a test that reads them says that it was
//! skipped where they are missing.

use std::fs;
use std::path::{Path, PathBuf};

/// A real file.
#[derive(Debug)]
pub struct RealFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its text; bytes that are no UTF-8 are replaced.
    pub text: String,
}

/// The folder beside the checkout, where present.
pub fn folder(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(name);
    if !path.is_dir() {
        eprintln!("skipped: {} is not present", path.display());
        return None;
    }
    Some(path)
}

/// The text files of a folder and the folders in it, in order of their names; none where it is missing.
///
/// # Panics
///
/// When a file that is listed cannot be read.
pub fn files(name: &str) -> Vec<RealFile> {
    let Some(folder) = folder(name) else { return Vec::new() };
    let mut paths = Vec::new();
    collect(&folder, &mut paths);
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            RealFile { text: String::from_utf8_lossy(&bytes).into_owned(), path }
        })
        .collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for path in entries.map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "txt") {
            paths.push(path);
        }
    }
}
