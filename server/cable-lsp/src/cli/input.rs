//! Which files a command reads.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use cable_lint::config::Choice;
use clap::Args;
use encoding_rs::{Encoding, UTF_8};
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::glob::Glob;
use super::sources::Sources;
use super::{count, note, report_error};
use crate::files::config::Configs;
use crate::files::device::{is_pipe, is_standard_input};
use crate::files::encoding::Encoded;
use crate::files::source::{self, Kind, Source, Wanted};

/// Files that are read at once: enough to keep the threads busy, few enough to keep memory flat.
pub(super) const BATCH: usize = 64;

/// What is said of a glob that matches nothing but what is left out.
const ALL_LEFT_OUT: &str = "all that it matches is left out, by `exclude` in the settings or by an ignore file";

/// Where the cables come from.
#[derive(Debug, Default, Args)]
pub(super) struct Inputs {
    /// Files, folders and globs to read; `-` is standard input, nothing is the current folder
    pub(super) paths: Vec<PathBuf>,
    /// Read the paths from a file, or with `-` from standard input: separated by NUL where there is one, else by lines
    #[arg(long, value_name = "FILE|-")]
    pub(super) files_from: Option<PathBuf>,
    /// The path to report for standard input; settings are looked for beside it, and what they exclude is left as it is
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,
    /// Use this settings file for every path, in place of the `cable-lsp.toml` above each
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Read also what the settings exclude. Otherwise that is left out, even where it is named
    #[arg(long)]
    pub(super) include_excluded: bool,
    /// Threads to use; by default as many as there are cores
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(super) threads: usize,
    /// What is meant in place of the current folder where nothing is named
    #[arg(skip)]
    pub(super) instead_of_here: Option<PathBuf>,
}

impl Inputs {
    /// One file.
    pub(super) fn one(path: &Path) -> Self {
        Self { paths: vec![path.to_owned()], ..Self::default() }
    }

    /// All of one folder.
    pub(super) fn folder(folder: &Path, config: Option<PathBuf>, include_excluded: bool, threads: usize) -> Self {
        Self { paths: vec![folder.to_owned()], config, include_excluded, threads, ..Self::default() }
    }

    /// The settings of the files, under what the command line chooses.
    ///
    /// # Errors
    ///
    /// When the file that `--config` names cannot be read.
    pub(super) fn configs(&self, choice: Choice) -> io::Result<Configs> {
        Ok(Configs::new(self.config.as_deref(), choice)?.reading_excluded(self.include_excluded))
    }

    /// The sources in the order of their paths, and whether every argument could be followed.
    ///
    /// # Errors
    ///
    /// When the list of files cannot be read.
    pub(super) fn sources(&self, configs: &Configs) -> io::Result<(Vec<Source>, bool)> {
        let mut gathered = self.gathered(configs)?;
        for path in std::mem::take(&mut gathered.folders) {
            let walked = source::walk(&path, &Wanted::Cables, configs, self.threads);
            gathered.take(&path, walked, "no cables found", false);
        }
        source::sort(&mut gathered.sources);
        Ok((gathered.sources, gathered.complete))
    }

    /// The same, with the files of folders found only when they are asked for.
    ///
    /// # Errors
    ///
    /// When the list of files cannot be read.
    pub(super) fn coming<'a>(&self, configs: &'a Configs) -> io::Result<(Sources<'a>, bool)> {
        let Gathered { mut sources, folders, complete, .. } = self.gathered(configs)?;
        source::sort(&mut sources);
        Ok((Sources::new(sources, folders, configs), complete))
    }

    fn gathered(&self, configs: &Configs) -> io::Result<Gathered> {
        let mut gathered = Gathered { sources: Vec::new(), folders: Vec::new(), excluded: 0, complete: true };
        for (index, path) in self.roots()?.into_iter().enumerate() {
            // A list was made by a tool, and holds names alone.
            let may_be_glob = index < self.paths.len();
            self.gather(path, may_be_glob, configs, &mut gathered);
        }
        if gathered.excluded > 0 {
            let excluded = count(gathered.excluded, "path");
            note(&format!("{excluded} left out by `exclude` in the settings; --include-excluded reads them"));
        }
        Ok(gathered)
    }

    fn gather(&self, path: PathBuf, may_be_glob: bool, configs: &Configs, gathered: &mut Gathered) {
        if path == Path::new("-") {
            if self.leaves_out_standard_input(configs) {
                gathered.excluded += 1;
                return;
            }
            let path = self.stdin_filename.clone().unwrap_or(path);
            gathered.sources.push(Source::new(path, Kind::StandardInput));
            return;
        }
        let (kind, metadata) = match fs::metadata(&path).and_then(|metadata| Ok((named(&path, &metadata)?, metadata))) {
            Ok(found) => found,
            Err(error) => {
                let is_missing = error.kind() == io::ErrorKind::NotFound;
                let glob = if is_missing && may_be_glob { Glob::of(&path) } else { None };
                match glob {
                    Some(glob) => {
                        let walked = glob.walk(configs, self.threads);
                        // What a person left out is there all the same: nothing was mistyped.
                        let is_left_out = walked.0.is_empty() && walked.1.is_empty() && glob.matches_any();
                        let nothing = if is_left_out { ALL_LEFT_OUT } else { "matches nothing" };
                        gathered.take(&path, walked, nothing, !is_left_out);
                    }
                    None => gathered.fail(&format!("{}: {error}", path.display())),
                }
                return;
            }
        };
        if configs.excludes_named(&path) {
            gathered.excluded += 1;
            return;
        }
        match kind {
            Some(kind) => gathered.sources.push(Source::found(path, kind, &metadata)),
            None => gathered.folders.push(path),
        }
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
            None if roots.is_empty() => {
                roots.push(self.instead_of_here.clone().unwrap_or_else(|| PathBuf::from(".")));
            }
            None => {}
        }
        Ok(roots)
    }

    /// Whether standard input is a text to read.
    pub(super) fn read_standard_input(&self) -> bool {
        self.paths.iter().any(|path| path == Path::new("-"))
    }

    /// Whether the settings leave out the file that standard input stands for.
    fn leaves_out_standard_input(&self, configs: &Configs) -> bool {
        self.read_standard_input() && self.stdin_filename.as_ref().is_some_and(|path| configs.excludes_named(path))
    }

    /// Writes standard input as it came where the settings leave it out: an editor that sends a text to be fixed puts
    /// the answer in its place.
    ///
    /// # Errors
    ///
    /// When it cannot be read or written.
    pub(super) fn pass_through(&self, configs: &Configs) -> io::Result<()> {
        if self.leaves_out_standard_input(configs) {
            io::copy(&mut io::stdin().lock(), &mut io::stdout().lock())?;
        }
        Ok(())
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

/// Says what is wrong with the settings that were read, and what a person should know about them. Returns whether they
/// could all be read.
pub(super) fn speak_of(configs: &Configs) -> bool {
    configs.notes().iter().for_each(|words| note(words));
    let problems = configs.problems();
    for problem in &problems {
        report_error(problem);
    }
    problems.is_empty()
}

/// What is said when texts were found and none of them is a cable.
pub(super) fn no_cables(texts: usize) -> String {
    format!("no cables found in {}", count(texts, "text file"))
}

/// What the arguments name, so far.
struct Gathered {
    sources: Vec<Source>,
    /// Folders that are still to be walked.
    folders: Vec<PathBuf>,
    /// Paths that were named and that the settings leave out.
    excluded: usize,
    complete: bool,
}

impl Gathered {
    fn fail(&mut self, problem: &str) {
        report_error(problem);
        self.complete = false;
    }

    /// Takes what a walk found; says so if that is nothing.
    fn take(&mut self, path: &Path, walked: (Vec<Source>, Vec<String>), nothing: &str, is_fault: bool) {
        let (found, problems) = walked;
        if found.is_empty() && problems.is_empty() {
            report_error(&format!("{}: {nothing}", path.display()));
            self.complete &= !is_fault;
        }
        self.sources.extend(found);
        for problem in &problems {
            self.fail(problem);
        }
    }
}

/// What a path that is there is to us; none for a folder.
///
/// # Errors
///
/// When it can hold no text.
fn named(path: &Path, metadata: &Metadata) -> io::Result<Option<Kind>> {
    if metadata.is_dir() {
        return Ok(None);
    }
    if is_standard_input(path) || is_pipe(metadata) {
        return Ok(Some(Kind::Stream));
    }
    if metadata.is_file() {
        return Ok(Some(Kind::Named));
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "this is a device or a socket, not a text"))
}

/// The paths that a list holds. How it was saved does not matter: with a byte order mark, in UTF-16, with CR LF.
fn listed(list: &Path) -> io::Result<Vec<PathBuf>> {
    let text =
        if list == Path::new("-") { source::read(io::stdin().lock())? } else { source::read(File::open(list)?)? };
    let text = match Encoding::for_bom(&text) {
        Some((encoding, length)) if encoding == UTF_8 => text[length..].to_vec(),
        Some(_) => Encoded::decode(text).0.into_bytes(),
        None => text,
    };
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
