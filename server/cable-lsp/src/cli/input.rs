//! Which files a command reads.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::complain;
use crate::files::config::Configs;
use crate::files::source::{self, Kind, Source};

/// Files that are read at once: enough to keep the threads busy, few enough to keep memory flat.
pub(super) const BATCH: usize = 64;

/// Where the cables come from.
#[derive(Debug, Default, Args)]
pub(super) struct Inputs {
    /// Files and folders to read; `-` is standard input, nothing is the current folder
    pub(super) paths: Vec<PathBuf>,
    /// Read the paths from a file, or with `-` from standard input: separated by NUL where there is one, else by lines
    #[arg(long, value_name = "FILE|-")]
    pub(super) files_from: Option<PathBuf>,
    /// The path to report for standard input; settings are looked for beside it
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,
    /// Use this settings file for every path, in place of the `cable-lsp.toml` above each
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Threads to use; by default as many as there are cores
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(super) threads: usize,
}

impl Inputs {
    /// One file.
    pub(super) fn one(path: &Path) -> Self {
        Self { paths: vec![path.to_owned()], ..Self::default() }
    }

    /// The sources in the order of their paths, and whether every argument could be followed.
    ///
    /// # Errors
    ///
    /// When the list of files cannot be read.
    pub(super) fn sources(&self, configs: &Configs) -> io::Result<(Vec<Source>, bool)> {
        let mut sources = Vec::new();
        let mut complete = true;
        for path in self.roots()? {
            if path == Path::new("-") {
                let path = self.stdin_filename.clone().unwrap_or(path);
                sources.push(Source { path, kind: Kind::StandardInput });
                continue;
            }
            match fs::metadata(&path) {
                Ok(metadata) if metadata.is_dir() => {
                    let (found, complaints) = source::walk(&path, configs, self.threads);
                    sources.extend(found);
                    complete &= complaints.is_empty();
                    for complaint in &complaints {
                        complain(complaint);
                    }
                }
                Ok(_) => sources.push(Source { path, kind: Kind::Named }),
                Err(error) => {
                    complain(&format!("{}: {error}", path.display()));
                    complete = false;
                }
            }
        }
        source::sort(&mut sources);
        Ok((sources, complete))
    }

    /// The paths that the arguments and the list of files name; the current folder where they name none.
    ///
    /// # Errors
    ///
    /// When the list of files cannot be read.
    pub(super) fn roots(&self) -> io::Result<Vec<PathBuf>> {
        let mut roots = self.paths.clone();
        match &self.files_from {
            Some(list) => roots.extend(listed(list)?),
            None if roots.is_empty() => roots.push(PathBuf::from(".")),
            None => {}
        }
        Ok(roots)
    }

    /// Whether standard input is a text to read.
    pub(super) fn read_standard_input(&self) -> bool {
        self.paths.iter().any(|path| path == Path::new("-"))
    }

    /// The threads to work with.
    ///
    /// # Errors
    ///
    /// When the system has none.
    pub(super) fn thread_pool(&self) -> io::Result<ThreadPool> {
        ThreadPoolBuilder::new().num_threads(self.threads).build().map_err(io::Error::other)
    }
}

/// The paths that a list holds.
fn listed(list: &Path) -> io::Result<Vec<PathBuf>> {
    let text =
        if list == Path::new("-") { source::read(io::stdin().lock())? } else { source::read(File::open(list)?)? };
    let separator = if text.contains(&0) { 0 } else { b'\n' };
    let names = text.split(|&byte| byte == separator).map(|name| name.strip_suffix(b"\r").unwrap_or(name));
    Ok(names.filter(|name| !name.is_empty()).map(path_of).collect())
}

#[cfg(unix)]
fn path_of(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(name))
}

#[cfg(not(unix))]
fn path_of(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).into_owned())
}
