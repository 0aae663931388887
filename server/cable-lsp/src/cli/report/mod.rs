//! Output formats of `check`: one file each. All write the files in the order they come in.

mod concise;
mod full;
mod json;

use std::io::{self, Write};

use cable_lint::{Diagnostic, FixSafety};
use clap::ValueEnum;

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
}

/// A file and what is wrong in it.
#[derive(Debug)]
pub(super) struct Checked {
    /// The path as reached from the argument.
    pub(super) path: String,
    /// In the order of their places.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Writes diagnostics in one format.
pub(super) struct Report<'a, W: Write> {
    format: Format,
    output: &'a mut W,
    files: usize,
    diagnostics: usize,
    fixable: usize,
}

impl<'a, W: Write> Report<'a, W> {
    /// Begins a report.
    pub(super) fn new(format: Format, output: &'a mut W) -> io::Result<Self> {
        Ok(Self { format, output, files: 0, diagnostics: 0, fixable: 0 })
    }

    /// Writes the diagnostics of one file; `text` is what they were found in.
    pub(super) fn write(&mut self, text: &str, checked: &Checked) -> io::Result<()> {
        self.files += 1;
        let first = self.diagnostics == 0;
        self.diagnostics += checked.diagnostics.len();
        let is_safe = |diagnostic: &&Diagnostic| diagnostic.fix.as_ref().is_some_and(|fix| fix.safety == FixSafety::Safe);
        self.fixable += checked.diagnostics.iter().filter(is_safe).count();
        match self.format {
            Format::Full => full::write(self.output, text, checked),
            Format::Concise => concise::write(self.output, text, checked),
            Format::Json => json::write_array_items(self.output, text, checked, first),
            Format::Jsonl => json::write_lines(self.output, text, checked),
        }
    }

    /// Ends the report.
    pub(super) fn finish(self) -> io::Result<()> {
        match self.format {
            Format::Full => {
                let noun = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
                let safe = if self.fixable > 0 { format!(", {} with a safe fix", self.fixable) } else { String::new() };
                writeln!(self.output, "{} in {}{safe}", noun(self.diagnostics, "diagnostic"), noun(self.files, "file"))
            }
            Format::Json => self.output.write_all(if self.diagnostics == 0 { b"[]\n" } else { b"\n]\n" }),
            Format::Concise | Format::Jsonl => Ok(()),
        }
    }
}
