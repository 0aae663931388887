//! The index that a command asks: that of a folder, brought up to date before, or a file as it is.

use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use cable_archive::{Error, Index, Refresh, Refreshed};
use cable_catalog::Catalog;
use clap::Args;

use super::super::input::Inputs;
use super::super::progress::Progress;
use super::super::{COULD_NOT_RUN, FOUND, note, report_error};
use super::files::Files;
use crate::archive::Shared;
use crate::files::config::{Configs, slashed};

/// Which archive a command asks.
#[derive(Debug, Default, Args)]
pub(super) struct Where {
    /// The archive: a folder, or a file that `archive build -o` made. By default this folder
    #[arg(long, value_name = "FILE|FOLDER")]
    archive: Option<PathBuf>,
    /// Use this settings file, in place of the `cable-lsp.toml` above each file
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Read also what the settings exclude
    #[arg(long)]
    include_excluded: bool,
    /// Threads to use; by default as many as there are cores
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,
}

/// An index that may be asked.
pub(super) struct Opened {
    pub(super) index: Index,
    /// The codes of the archive.
    pub(super) catalog: Catalog,
    /// What is before a path of the index, to reach the file from here.
    before: String,
    pub(super) refreshed: Refreshed,
    /// Whether every file could be found.
    complete: bool,
}

impl Where {
    /// Opens the index to ask it; with texts where they are asked for.
    ///
    /// # Errors
    ///
    /// When there is no such archive.
    pub(super) fn open(&self, text: bool) -> io::Result<Opened> {
        let archive = self.archive.as_deref().unwrap_or(Path::new("."));
        if std::fs::metadata(archive).map_err(|error| about(&archive.display(), &error))?.is_dir() {
            let inputs = Inputs::folder(archive, self.config.clone(), self.include_excluded, self.threads);
            let opened = Opened::of_folder(archive, &inputs, text, false)?;
            opened.refreshed.failed.iter().for_each(|line| report_error(line));
            return Ok(opened);
        }
        let index = Index::read(archive).map_err(|error| fault(&archive.display(), &error))?;
        let root = index.root().map_err(|error| fault(&archive.display(), &error))?;
        let place = Configs::new(self.config.as_deref(), cable_lint::config::Choice::default())?.place(&root.join("x"));
        Ok(Opened {
            index,
            catalog: place.map(|place| place.archive.catalog.clone()).unwrap_or_default(),
            before: before(&root),
            refreshed: Refreshed::default(),
            complete: true,
        })
    }
}

/// The archive that a command looks into as well as the texts of its own: a folder, brought up to date, or a file as it is. Also
/// whether all of it could be read.
///
/// # Errors
///
/// When there is no such archive.
pub(in crate::cli) fn shared(archive: &Path, inputs: &Inputs) -> io::Result<(Shared, bool)> {
    let Inputs { config, include_excluded, threads, .. } = inputs;
    let place = Where {
        archive: Some(archive.to_owned()),
        config: config.clone(),
        include_excluded: *include_excluded,
        threads: *threads,
    };
    let opened = place.open(false)?;
    let is_whole = opened.complete && opened.refreshed.failed.is_empty();
    Ok((Shared::new(opened.index).map_err(|error| fault(&archive.display(), &error))?, is_whole))
}

/// The cache of a folder as its files are now. What is damaged is made anew; where nothing can be kept, it is in memory.
fn up_to_date(folder: &Path, files: &Files, text: bool, fresh: bool) -> cable_archive::Result<(Index, Refreshed)> {
    let opened = Index::cache(folder, fresh)?;
    opened.note.iter().for_each(|words| note(words));
    let mut index = opened.index;
    // What holds the texts keeps holding them.
    let refreshed = index.has_text().and_then(|has_text| refresh(&mut index, files, text || has_text, true));
    let error = match refreshed {
        Ok(refreshed) => return Ok((index, refreshed)),
        Err(error) => error,
    };
    note(&format!("{}: {error}; it is made again", folder.display()));
    drop(index);
    let mut index = if error.is_spoilt() { Index::cache(folder, true)?.index } else { Index::in_memory()? };
    let refreshed = refresh(&mut index, files, text, true)?;
    Ok((index, refreshed))
}

/// Makes an index what the files are now.
pub(super) fn refresh(
    index: &mut Index,
    files: &Files,
    text: bool,
    is_shared: bool,
) -> cable_archive::Result<Refreshed> {
    let mut progress: Option<(Progress, usize)> = None;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    index.refresh(&mut Refresh {
        root: &files.root,
        found: &files.found(),
        load: &|at| files.load(at),
        text: text.then_some(&|path, document| files.searched(path, document)),
        reading: &files.reading,
        now_ns: i64::try_from(now).unwrap_or(i64::MAX),
        threads: files.threads,
        is_shared,
        progress: &mut |done, all| {
            let (bar, shown) = progress.get_or_insert_with(|| (Progress::new(all), 0));
            bar.advance(done - *shown);
            *shown = done;
        },
    })
}

impl Opened {
    /// Opens the cached index of a folder and brings it up to date with the files of `inputs`, which are the folder's.
    ///
    /// # Errors
    ///
    /// When its files cannot be found, or no index can be had.
    pub(super) fn of_folder(folder: &Path, inputs: &Inputs, text: bool, fresh: bool) -> io::Result<Self> {
        let files = Files::find(inputs, Some(folder))?;
        let (index, refreshed) =
            up_to_date(folder, &files, text, fresh).map_err(|error| fault(&folder.display(), &error))?;
        let before = if folder == Path::new(".") { String::new() } else { slashed(&folder.join("")) };
        Ok(Self { index, catalog: files.catalog(folder), before, refreshed, complete: files.complete })
    }

    /// A path of the index as it is reached from here.
    pub(super) fn path(&self, path: &str) -> String {
        if Path::new(path).is_absolute() { path.to_owned() } else { format!("{}{path}", self.before) }
    }

    /// What a question to the index said, or why it could not be answered.
    ///
    /// # Errors
    ///
    /// When it could not.
    pub(super) fn answered<T>(&self, answer: Result<T, Asked>) -> io::Result<T> {
        answer.map_err(|error| match error {
            Asked::Write(error) => error,
            Asked::Index(error) => match self.index.file() {
                Some(file) => fault(&file.display(), &error),
                None => io::Error::other(error.to_string()),
            },
        })
    }

    /// Ends the use of the index. Returns the exit code, by whether something was found.
    ///
    /// # Errors
    ///
    /// When its end cannot be kept.
    pub(super) fn end(self, found: bool) -> io::Result<u8> {
        let code = match (self.complete, found && self.refreshed.failed.is_empty()) {
            (false, _) => COULD_NOT_RUN,
            (true, false) => FOUND,
            (true, true) => 0,
        };
        self.close()?;
        Ok(code)
    }

    /// Ends the use of the index.
    ///
    /// # Errors
    ///
    /// When its end cannot be kept.
    pub(super) fn close(self) -> io::Result<()> {
        let file = self.index.file().map(|file| file.display().to_string()).unwrap_or_default();
        self.index.close().map_err(|error| fault(&file, &error))
    }
}

/// What goes wrong while an index is asked and the answer is written.
pub(super) enum Asked {
    Index(Error),
    Write(io::Error),
}

impl From<Error> for Asked {
    fn from(error: Error) -> Self {
        Self::Index(error)
    }
}

impl From<io::Error> for Asked {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

/// An error of an index with what it is about.
pub(in crate::cli) fn fault(file: &impl Display, error: &Error) -> io::Error {
    match error {
        // What a person asked for has no file.
        Error::Query(_) => io::Error::other(error.to_string()),
        Error::Damaged | Error::Older(_) => {
            io::Error::other(format!("{file}: {error}; build it again: archive build --fresh"))
        }
        _ => io::Error::other(format!("{file}: {error}")),
    }
}

fn about(file: &impl Display, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{file}: {error}"))
}

/// What leads from here to a folder: nothing where we are in it.
fn before(root: &Path) -> String {
    let here = std::env::current_dir().and_then(std::fs::canonicalize).unwrap_or_default();
    match root.strip_prefix(&here) {
        Ok(below) if below == Path::new("") => String::new(),
        Ok(below) => slashed(&below.join("")),
        Err(_) => slashed(&root.join("")),
    }
}
