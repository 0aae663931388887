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

use super::json as json_line;
use super::position::Positions;
use super::statistics::is_safe;

pub(super) use hidden::Shown;

use hidden::Hidden;

/// The formats by the word that asks for them: what `--help` says of each, and how it is written.
macro_rules! formats {
    ($($(#[$help:meta])* $name:ident => $layout:expr,)*) => {
        /// How diagnostics are written.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
        pub(super) enum Format {
            $($(#[$help])* $name,)*
        }

        impl Format {
            fn layout(self) -> &'static dyn Layout {
                match self {
                    $(Self::$name => &$layout,)*
                }
            }
        }
    };
}

// A new format has a file of its own, and is here.
formats! {
    /// Source line, caret and help
    Full => full::Full,
    /// One line a diagnostic
    Concise => concise::Concise,
    /// One array
    Json => json::Items,
    /// One object a line
    Jsonl => json::Lines,
    /// SARIF 2.1.0, for code scanning
    Sarif => sarif::Sarif,
    /// Workflow commands of GitHub Actions
    Github => github::Github,
    /// Code Quality report of GitLab
    Gitlab => gitlab::Gitlab,
    /// `JUnit` XML: a suite a file, a failure a diagnostic
    Junit => junit::Junit,
}

impl Format {
    /// Whether it says of a fix that it is safe.
    pub(super) fn shows_safety(self) -> bool {
        self.layout().shows_safety()
    }
}

/// How one format is written, file after file. What is not said here is as most tools want it.
trait Layout {
    /// Whether a person reads it; tools get everything and choose for themselves.
    fn is_for_people(&self) -> bool {
        false
    }

    /// Whether it has colours, which are taken out where nobody would see them.
    fn has_colours(&self) -> bool {
        false
    }

    /// Whether it says of a fix that it is safe.
    fn shows_safety(&self) -> bool {
        false
    }

    /// Whether a file in which nothing is wrong is named too.
    fn names_clean_files(&self) -> bool {
        false
    }

    /// What is before all files.
    fn begin(&self, _output: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// One file; `before` diagnostics are in the report already.
    fn file(&self, output: &mut dyn Write, checked: &Checked<'_>, before: usize) -> io::Result<()>;

    /// What comes after all files.
    fn end(&self, _output: &mut dyn Write, _totals: &Totals<'_>) -> io::Result<()> {
        Ok(())
    }
}

/// What is known at the end of a report.
struct Totals<'a> {
    files: usize,
    diagnostics: usize,
    /// Diagnostics with a safe fix.
    fixable: usize,
    /// Nothing but diagnostics is wanted.
    quiet: bool,
    hidden: &'a Hidden,
    /// Whether everything could be checked.
    complete: bool,
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
    layout: &'static dyn Layout,
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
        let layout = format.layout();
        let output: Box<dyn Write> = match (layout.has_colours(), to_stderr) {
            (true, false) => Box::new(anstream::stdout().lock()),
            (true, true) => Box::new(anstream::stderr().lock()),
            (false, false) => Box::new(io::stdout().lock()),
            (false, true) => Box::new(io::stderr().lock()),
        };
        Self {
            layout,
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
            self.layout.begin(&mut self.output)?;
        }
        let shown: Cow<'_, [Diagnostic]> = if self.layout.is_for_people() {
            Cow::Owned(self.shown.split(diagnostics, &mut self.hidden))
        } else {
            Cow::Borrowed(diagnostics)
        };
        let diagnostics = &*shown;
        let before = self.diagnostics;
        self.files += 1;
        self.diagnostics += diagnostics.len();
        self.fixable += diagnostics.iter().filter(|diagnostic| is_safe(diagnostic)).count();
        if diagnostics.is_empty() && !self.layout.names_clean_files() {
            return Ok(());
        }
        let checked = Checked { path, text, positions: Positions::new(text), diagnostics };
        self.layout.file(&mut self.output, &checked, before)
    }

    /// Ends the report; `complete` says whether everything could be checked.
    pub(super) fn finish(mut self, complete: bool) -> io::Result<()> {
        if self.files == 0 {
            self.layout.begin(&mut self.output)?;
        }
        let Self { files, diagnostics, fixable, ref hidden, .. } = self;
        let totals = Totals { files, diagnostics, fixable, quiet: self.shown.quiet, hidden, complete };
        self.layout.end(&mut self.output, &totals)?;
        self.output.flush()
    }
}

/// Writes rows as items of an array; `before` of them are in it already.
fn write_items<T: serde::Serialize>(
    mut output: &mut dyn Write,
    rows: impl Iterator<Item = T>,
    before: usize,
) -> io::Result<()> {
    for (index, row) in rows.enumerate() {
        output.write_all(if before + index == 0 { b"\n" } else { b",\n" })?;
        json_line::write(&mut output, &row)?;
    }
    Ok(())
}

/// Ends the array of those items.
fn end_items(output: &mut dyn Write, totals: &Totals<'_>) -> io::Result<()> {
    writeln!(output, "{}]", if totals.diagnostics == 0 { "" } else { "\n" })
}
