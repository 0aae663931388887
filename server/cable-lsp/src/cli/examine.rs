//! One file from its bytes to what is wrong in it, fixed on the way if that is asked for.

use std::collections::BTreeMap;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use cable_lint::fix::{self, Repaired};
use cable_lint::{Diagnostic, FixSafety, Settings, Severity, check, merge};
use cable_syntax::Document;

use super::baseline::Baseline;
use super::write;
use crate::archive::Shared;
use crate::files::config::{Configs, Place};
use crate::files::encoding::Encoded;
use crate::files::source::{Kind, Loaded, Source};

/// Whether files are fixed, and what becomes of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repair {
    /// Nothing is fixed.
    No,
    /// It is shown.
    Show(FixSafety),
    /// It is written to the file.
    Write(FixSafety),
}

/// What is the same for every file of a run.
#[derive(Debug)]
pub(super) struct Examiner<'a> {
    /// The archive that the texts are in, where its rules are asked for.
    pub(super) archive: Option<&'a Shared>,
    pub(super) configs: &'a Configs,
    pub(super) repair: Repair,
    /// Whether what is written says which fixes are safe, so that they have to be proved.
    pub(super) shows_safety: bool,
    pub(super) baseline: Option<&'a Baseline>,
}

/// What became of a file.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It holds no cable and nobody named it.
    NoCable,
    /// Its settings cannot be read; [`Configs::problems`] says why.
    NoSettings,
    /// It could not be read.
    Failed(String),
    /// It was read.
    Examined(Box<Examined>),
}

/// A file that was read.
#[derive(Debug)]
pub(super) struct Examined {
    pub(super) path: String,
    /// The text that the diagnostics speak of.
    pub(super) text: String,
    /// What is wrong and not known to the baseline.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// How a baseline calls the file.
    pub(super) key: String,
    pub(super) fixed: Option<Fixed>,
    /// The bytes of standard input, fixed.
    pub(super) output: Option<Vec<u8>>,
    /// What a person should know.
    pub(super) note: Option<String>,
    /// Why the file was not written.
    pub(super) refusal: Option<String>,
    /// The fixes that were asked for and left out, and why.
    pub(super) left_out: Vec<String>,
}

/// A file after its fixes, as it was written or would be.
#[derive(Debug)]
pub(super) struct Fixed {
    /// The text as it was.
    pub(super) before: String,
    /// The text as it is now, or would be.
    pub(super) after: String,
    /// How many problems it fixes, by their severity.
    pub(super) problems: BTreeMap<Severity, usize>,
}

impl Examiner<'_> {
    /// Examines one file. A rule that breaks down breaks this file's answer alone.
    pub(super) fn examine(&self, source: &Source) -> Outcome {
        panic::catch_unwind(AssertUnwindSafe(|| self.try_examine(source))).unwrap_or_else(|_| {
            Outcome::Failed(format!("{}: internal error; please report it with this file", source.name()))
        })
    }

    fn try_examine(&self, source: &Source) -> Outcome {
        let Some(place) = self.configs.place(&source.path) else { return Outcome::NoSettings };
        let (catalog, settings) = (&place.archive.catalog, place.settings(&source.path));
        let loaded = match source.load(catalog) {
            Ok(Some(loaded)) => loaded,
            Ok(None) => return Outcome::NoCable,
            Err(error) => return Outcome::Failed(format!("{}: {error}", source.name())),
        };
        let mut examined = self.look(source, loaded, &settings, real_path(source, &place).as_deref());
        if let Some(baseline) = self.baseline {
            examined.key = match (source.file(), source.path.file_name()) {
                (Some(_), Some(name)) => baseline.key(&place.folder.join(name)),
                _ => source.name().into_owned(),
            };
            examined.diagnostics = baseline.unknown(&examined.key, &examined.text, examined.diagnostics);
        }
        Outcome::Examined(Box::new(examined))
    }

    /// All that is wrong in a document: by itself, and beside the rest of the archive.
    fn with_archive(
        &self,
        found: Vec<Diagnostic>,
        document: &Document,
        settings: &Settings,
        file: Option<&Path>,
    ) -> Vec<Diagnostic> {
        match self.archive.zip(file) {
            Some((archive, file)) => merge(found, archive.diagnostics(document, file, settings)),
            None => found,
        }
    }

    fn look(&self, source: &Source, loaded: Loaded, settings: &Settings, file: Option<&Path>) -> Examined {
        let note = loaded.note();
        let Loaded { path, text, encoded, document } = loaded;
        let mut examined = Examined {
            path,
            text,
            diagnostics: Vec::new(),
            key: String::new(),
            fixed: None,
            output: None,
            note,
            refusal: None,
            left_out: Vec::new(),
        };
        let (Repair::Show(level) | Repair::Write(level)) = self.repair else {
            let found =
                if self.shows_safety { fix::check_and_prove(&document, settings) } else { check(&document, settings) };
            examined.diagnostics = self.with_archive(found, &document, settings, file);
            return examined;
        };
        let repaired = fix::repair_document(&document, settings, level);
        if level == FixSafety::Unsafe {
            examined.left_out = left_out(&examined.path, &repaired);
        }
        let problems = repaired.severities;
        let is_changed = repaired.text != examined.text;
        let fixed = is_changed.then(|| Fixed { before: examined.text.clone(), after: repaired.text, problems });
        if matches!(self.repair, Repair::Show(_)) {
            examined.fixed = fixed;
            return examined;
        }
        match write_fixed(source, encoded, &examined.text, fixed.as_ref()) {
            Ok(output) => examined.output = output,
            Err(reason) => {
                examined.refusal = Some(format!("{}: not repaired: {reason}", examined.path));
                examined.diagnostics = self.with_archive(check(&document, settings), &document, settings, file);
                return examined;
            }
        }
        examined.diagnostics = self.with_archive(repaired.remaining, &repaired.document, settings, file);
        if let Some(fixed) = fixed {
            examined.text.clone_from(&fixed.after);
            examined.fixed = Some(fixed);
        }
        examined
    }
}

/// Where a text is or would be, without links in its folder; none of what has no name of its own.
fn real_path(source: &Source, place: &Place) -> Option<PathBuf> {
    let has_name = source.kind != Kind::Stream && source.path != Path::new("-");
    Some(place.folder.join(source.path.file_name().filter(|_| has_name)?))
}

/// A line for each fix that was left out: where it is, and what else it would have changed.
fn left_out(path: &str, repaired: &Repaired) -> Vec<String> {
    let line = |diagnostic: &Diagnostic| repaired.document.rope().byte_to_line(diagnostic.range.start) + 1;
    let refused = repaired.refused.iter();
    refused.map(|(found, why)| format!("{path}:{}: {} left as it is: {why}", line(found), found.rule.code)).collect()
}

/// Writes a fixed text to the file; that of standard input is returned, changed or not.
fn write_fixed(source: &Source, encoded: Encoded, text: &str, fixed: Option<&Fixed>) -> io::Result<Option<Vec<u8>>> {
    match (source.file(), fixed) {
        (None, _) => encoded.encode(fixed.map_or(text, |fixed| &fixed.after)).map(Some),
        (Some(_), None) => Ok(None),
        (Some(file), Some(fixed)) => {
            write::replace(file, &encoded.encode(text)?, &encoded.encode(&fixed.after)?).map(|()| None)
        }
    }
}
