//! Output formats of `check`: one file each. All write the files in the order they come in, and keep none of them.

mod concise;
mod full;
mod github;
mod gitlab;
mod hidden;
mod json;
mod junit;
mod sarif;

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

use cable_lint::Diagnostic;
use clap::ValueEnum;

use super::position::Positions;
use super::statistics::is_safe;
use super::{count, json as json_line, note};

pub(super) use hidden::Shown;

use hidden::Hidden;

/// How diagnostics are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Source line, caret and help
    Full,
    /// One line a diagnostic
    Concise,
    /// One array
    Json,
    /// One object a line
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
    /// Code Quality report of GitLab
    Gitlab,
    /// `JUnit` XML: a suite a file, a failure a diagnostic
    Junit,
}

impl Format {
    /// Whether a person reads it; tools get everything and choose for themselves.
    const fn is_for_people(self) -> bool {
        matches!(self, Self::Full | Self::Concise)
    }

    /// Whether it says of a fix that it is safe.
    pub(super) const fn shows_safety(self) -> bool {
        matches!(self, Self::Full | Self::Json | Self::Jsonl)
    }
}

/// A file and what is wrong in it.
struct Checked<'a> {
    /// The path as reached from the argument.
    path: &'a str,
    text: &'a str,
    positions: Positions<'a>,
    /// In the order of their places.
    diagnostics: &'a [Diagnostic],
}

/// Writes diagnostics in one format.
pub(super) struct Report {
    format: Format,
    shown: Shown,
    hidden: Hidden,
    output: Box<dyn Write>,
    files: usize,
    diagnostics: usize,
    fixable: usize,
}

impl Report {
    /// A report to standard output, or to stderr.
    pub(super) fn new(format: Format, shown: Shown, to_stderr: bool) -> Self {
        // Only what people read has colours, which are taken out where nobody would see them.
        let output: Box<dyn Write> = match (format, to_stderr) {
            (Format::Full, false) => Box::new(anstream::stdout().lock()),
            (Format::Full, true) => Box::new(anstream::stderr().lock()),
            (_, false) => Box::new(io::stdout().lock()),
            (_, true) => Box::new(io::stderr().lock()),
        };
        Self {
            format,
            shown,
            hidden: Hidden::default(),
            output: Box::new(BufWriter::with_capacity(1 << 16, output)),
            files: 0,
            diagnostics: 0,
            fixable: 0,
        }
    }

    /// Writes the diagnostics of one file; `text` is what they were found in.
    pub(super) fn write(&mut self, path: &str, text: &str, diagnostics: &[Diagnostic]) -> io::Result<()> {
        if self.files == 0 {
            self.begin()?;
        }
        let shown: Cow<'_, [Diagnostic]> = if self.format.is_for_people() {
            Cow::Owned(self.shown.split(diagnostics, &mut self.hidden))
        } else {
            Cow::Borrowed(diagnostics)
        };
        let diagnostics = &*shown;
        let before = self.diagnostics;
        self.files += 1;
        self.diagnostics += diagnostics.len();
        self.fixable += diagnostics.iter().filter(|diagnostic| is_safe(diagnostic)).count();
        if diagnostics.is_empty() && self.format != Format::Junit {
            return Ok(());
        }
        let checked = Checked { path, text, positions: Positions::new(text), diagnostics };
        let output = &mut self.output;
        match self.format {
            Format::Full => full::write(output, &checked),
            Format::Concise => concise::write(output, &checked),
            Format::Json => json::write_items(output, &checked, before),
            Format::Jsonl => json::write_lines(output, &checked),
            Format::Sarif => sarif::write(output, &checked, before),
            Format::Github => github::write(output, &checked),
            Format::Gitlab => gitlab::write(output, &checked, before),
            Format::Junit => junit::write(output, &checked),
        }
    }

    /// Ends the report; `complete` says whether everything could be checked.
    pub(super) fn finish(mut self, complete: bool) -> io::Result<()> {
        if self.files == 0 {
            self.begin()?;
        }
        let output = &mut self.output;
        match self.format {
            Format::Full if self.shown.quiet => {}
            Format::Full => {
                let hidden = self.hidden.words(true).map(|words| format!("; {words}")).unwrap_or_default();
                let safe = if self.fixable > 0 { format!(", {} with a safe fix", self.fixable) } else { String::new() };
                writeln!(
                    output,
                    "{} in {}{safe}{hidden}",
                    count(self.diagnostics, "diagnostic"),
                    count(self.files, "file")
                )?;
                self.hidden.lines().try_for_each(|line| writeln!(output, "{line}"))?;
            }
            Format::Json | Format::Gitlab => writeln!(output, "{}]", if self.diagnostics == 0 { "" } else { "\n" })?,
            Format::Sarif => sarif::end(output, complete)?,
            Format::Junit => junit::end(output)?,
            Format::Concise | Format::Jsonl | Format::Github => {}
        }
        output.flush()?;
        // Standard output is for the records alone.
        if let Some(words) = self.hidden.words(false).filter(|_| self.format == Format::Concise) {
            note(&words);
        }
        Ok(())
    }

    fn begin(&mut self) -> io::Result<()> {
        match self.format {
            Format::Json | Format::Gitlab => self.output.write_all(b"["),
            Format::Sarif => sarif::begin(&mut self.output),
            Format::Junit => junit::begin(&mut self.output),
            Format::Full | Format::Concise | Format::Jsonl | Format::Github => Ok(()),
        }
    }
}

/// Writes rows as items of an array; `before` of them stand in it already.
fn write_items<T: serde::Serialize>(
    output: &mut impl Write,
    rows: impl Iterator<Item = T>,
    before: usize,
) -> io::Result<()> {
    for (index, row) in rows.enumerate() {
        output.write_all(if before + index == 0 { b"\n" } else { b",\n" })?;
        json_line::write(output, &row)?;
    }
    Ok(())
}
