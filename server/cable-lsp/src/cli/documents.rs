//! Texts that a command reads, a few at a time: files, or documents that somebody else has read and hands over as JSON Lines,
//! `{"path": …, "text": …}`. So an engine that spreads its work over machines runs the program once for many texts.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Deserialize;

use super::input::{BATCH, Inputs};
use super::report_error;
use super::sources::Sources;
use crate::files::bounded::too_large;
use crate::files::config::Configs;
use crate::files::source::Source;

/// The longest line that is read.
const LONGEST: u64 = 512 << 20;

/// Where documents come from in place of files.
#[derive(Debug, Default, Args)]
pub(super) struct Given {
    /// Read documents from a file, or with `-` from standard input, as JSON Lines: {"path": "…", "text": "…"}. No file is
    /// opened; a path finds the settings that hold for it
    #[arg(long, value_name = "FILE|-", conflicts_with_all = ["paths", "files_from", "stdin_filename"])]
    documents_from: Option<PathBuf>,
}

/// The texts of a run.
pub(super) enum Texts<'a> {
    Files(Box<Sources<'a>>),
    Documents(Documents),
}

/// Documents, one a line.
pub(super) struct Documents {
    lines: Box<dyn BufRead>,
    name: String,
    read: usize,
    complete: bool,
}

#[derive(Deserialize)]
struct Document {
    path: PathBuf,
    text: String,
}

impl Given {
    /// The texts that a command reads, and whether every argument could be followed.
    ///
    /// # Errors
    ///
    /// When the list of files or of documents cannot be read.
    pub(super) fn texts<'a>(&self, inputs: &Inputs, configs: &'a Configs) -> io::Result<(Texts<'a>, bool)> {
        let Some(from) = &self.documents_from else {
            let (sources, complete) = inputs.coming(configs)?;
            return Ok((Texts::Files(Box::new(sources)), complete));
        };
        let is_standard_input = from == Path::new("-");
        let lines: Box<dyn BufRead> = if is_standard_input {
            Box::new(io::stdin().lock())
        } else {
            let about = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", from.display()));
            Box::new(BufReader::new(File::open(from).map_err(about)?))
        };
        let name = if is_standard_input { "standard input".to_owned() } else { from.display().to_string() };
        Ok((Texts::Documents(Documents { lines, name, read: 0, complete: true }), true))
    }
}

impl Texts<'_> {
    /// The next few; none at the end.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub(super) fn batch(&mut self, configs: &Configs) -> io::Result<Vec<Source>> {
        match self {
            Self::Files(sources) => Ok(sources.by_ref().take(BATCH).collect()),
            Self::Documents(documents) => documents.batch(configs),
        }
    }

    /// How many files there are in all; none is known of documents.
    pub(super) fn count_all(&self) -> Option<usize> {
        match self {
            Self::Files(sources) => Some(sources.count_all()),
            Self::Documents(_) => None,
        }
    }

    /// Whether there may be more than one.
    pub(super) fn may_be_several(&mut self) -> bool {
        match self {
            Self::Files(sources) => sources.are_several(),
            Self::Documents(_) => true,
        }
    }

    /// Says what went wrong where texts were looked for, since it was last asked.
    pub(super) fn speak(&mut self) {
        if let Self::Files(sources) = self {
            sources.problems().iter().for_each(|problem| report_error(problem));
        }
    }

    /// Whether every folder could be walked, and every line was a document, so far.
    pub(super) fn is_complete(&self) -> bool {
        match self {
            Self::Files(sources) => sources.is_complete(),
            Self::Documents(documents) => documents.complete,
        }
    }
}

impl Documents {
    fn batch(&mut self, configs: &Configs) -> io::Result<Vec<Source>> {
        let mut batch = Vec::new();
        let mut line = Vec::new();
        while batch.len() < BATCH {
            line.clear();
            if self.lines.by_ref().take(LONGEST).read_until(b'\n', &mut line)? == 0 {
                break;
            }
            if line.len() as u64 == LONGEST {
                return Err(too_large(LONGEST));
            }
            self.read += 1;
            let document = line.trim_ascii();
            if document.is_empty() {
                continue;
            }
            match serde_json::from_slice::<Document>(document) {
                Ok(Document { path, text }) => {
                    if !configs.excludes_named(&path) {
                        batch.push(Source::given(path, text));
                    }
                }
                Err(error) => {
                    let error = error.to_string();
                    // The line that it speaks of is always the first.
                    let words = error.split(" at line ").next().unwrap_or_default();
                    report_error(&format!("{}: line {}: not a document: {words}", self.name, self.read));
                    self.complete = false;
                }
            }
        }
        Ok(batch)
    }
}
