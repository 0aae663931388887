//! A baseline: the problems of an archive that are known, so that only new ones are reported.
//!
//! A problem is known by path, rule and offending text, and by how many of them there are; lines may come and go around
//! it. Paths are relative to the folder of the baseline, so that it may be used from anywhere; those
//! of one that goes to standard output, to the current folder.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use cable_lint::Diagnostic;
use serde::{Deserialize, Serialize};

use super::identity::offending;
use super::{json, write};
use crate::files::bounded;
use crate::files::config::slashed;
use crate::files::device::is_device;

const VERSION: u32 = 1;

/// The largest baseline: room for a few million problems.
const LARGEST: u64 = 256 << 20;

/// Known problems.
#[derive(Debug)]
pub(super) struct Baseline {
    folder: PathBuf,
    known: BTreeMap<String, Counts>,
}

/// How often each problem of one file occurs, by rule and offending text.
type Counts = BTreeMap<(String, String), usize>;

#[derive(Debug, Serialize, Deserialize)]
struct Written {
    version: u32,
    files: BTreeMap<String, Vec<Problem>>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Problem {
    rule: String,
    text: String,
    count: usize,
}

impl Baseline {
    /// A baseline that knows nothing yet, to be written to `file`.
    pub(super) fn empty(file: &Path) -> Self {
        let parent = file.parent().filter(|folder| *folder != Path::new("") && !is_device(file));
        let folder = parent.unwrap_or(Path::new("."));
        Self { folder: fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned()), known: BTreeMap::new() }
    }

    /// Reads a baseline.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub(super) fn read(file: &Path) -> io::Result<Self> {
        let about = |message: String| io::Error::other(format!("{}: {message}", file.display()));
        let text = bounded::read_text(file, LARGEST).map_err(|error| about(error.to_string()))?;
        let written: Written =
            serde_json::from_str(&text).map_err(|error| about(format!("not a baseline: {error}")))?;
        if written.version != VERSION {
            return Err(about(format!("a baseline of version {}; this is version {VERSION}", written.version)));
        }
        let counts = |problems: Vec<Problem>| {
            problems.into_iter().map(|problem| ((problem.rule, problem.text), problem.count)).collect()
        };
        let known = written.files.into_iter().map(|(path, problems)| (path, counts(problems))).collect();
        Ok(Self { known, ..Self::empty(file) })
    }

    /// How the baseline calls a file.
    pub(super) fn key(&self, file: &Path) -> String {
        slashed(file.strip_prefix(&self.folder).unwrap_or(file))
    }

    /// The diagnostics of a file that are new. Of too many alike the last are.
    pub(super) fn unknown(&self, key: &str, text: &str, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let Some(known) = self.known.get(key) else { return diagnostics };
        let mut left = known.clone();
        let is_new = |diagnostic: &Diagnostic| match left.get_mut(&problem(text, diagnostic)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        };
        diagnostics.into_iter().filter(is_new).collect()
    }

    /// Learns the diagnostics of a file.
    pub(super) fn learn(&mut self, key: String, text: &str, diagnostics: &[Diagnostic]) {
        let counts = self.known.entry(key).or_default();
        for diagnostic in diagnostics {
            *counts.entry(problem(text, diagnostic)).or_default() += 1;
        }
    }

    /// How many problems are known.
    pub(super) fn len(&self) -> usize {
        self.known.values().flat_map(BTreeMap::values).sum()
    }

    /// Writes the baseline, the same bytes for the same problems.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(super) fn write(self, file: &Path) -> io::Result<()> {
        let problems =
            |counts: Counts| counts.into_iter().map(|((rule, text), count)| Problem { rule, text, count }).collect();
        let files = self.known.into_iter().filter(|(_, counts)| !counts.is_empty());
        let written =
            Written { version: VERSION, files: files.map(|(path, counts)| (path, problems(counts))).collect() };
        let mut text = Vec::new();
        json::write_pretty(&mut text, &written)?;
        write::create(file, &text).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", file.display())))
    }
}

fn problem(text: &str, diagnostic: &Diagnostic) -> (String, String) {
    (diagnostic.rule.code.to_owned(), offending(text, diagnostic).to_owned())
}
