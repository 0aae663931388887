//! `format` and `renumber`: files whose layout, or whose paragraph numbers, are put in order.
//!
//! Both make edits that are proved to change nothing else, and write a file in the way a repair does.

use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe};

use cable_ide::FormatOptions;
use cable_lint::config::Choice;
use cable_lint::{TextEdit, citations_stay, fix};
use cable_syntax::Document;
use clap::Args;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::input::{BATCH, Inputs, no_cables, speak_of};
use super::progress::Progress;
use super::{COULD_NOT_RUN, FOUND, count, diff, interrupt, note, report_error, write};
use crate::files::config::{Configs, ProjectConfig};
use crate::files::source::{Loaded, Source};
use crate::visible::visible;

#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 done, 1 with --check or --diff something would change, 2 not everything could be done."
)]
pub(super) struct FormatArguments {
    #[command(flatten)]
    inputs: Inputs,
    /// Name the files that would change and write nothing; exit with 1 if there are any
    #[arg(long)]
    check: bool,
    /// Show what would change and write nothing; exit with 1 if there is a difference
    #[arg(long, conflicts_with = "check")]
    diff: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 done, 1 with --diff something would change, 2 not everything could be done.")]
pub(super) struct RenumberArguments {
    #[command(flatten)]
    inputs: Inputs,
    /// Show what would change and write nothing; exit with 1 if there is a difference
    #[arg(long)]
    diff: bool,
}

/// Puts the layout in order as `format.wrap` in the settings says.
pub(super) fn format(arguments: &FormatArguments) -> io::Result<u8> {
    let output = match (arguments.check, arguments.diff) {
        (true, _) => Output::Names,
        (false, true) => Output::Difference,
        (false, false) => Output::Files,
    };
    let edits = |document: &Document, archive: &ProjectConfig| {
        let wrap = archive.config.format.wrap.unwrap_or_default();
        Edits {
            wanted: cable_ide::format(document, FormatOptions { wrap, ..FormatOptions::default() }),
            ..Edits::default()
        }
    };
    Rewriter { inputs: &arguments.inputs, output, verbs: ["Formatted", "Would format"], edits }.run()
}

/// Numbers the paragraphs of each cable anew.
pub(super) fn renumber(arguments: &RenumberArguments) -> io::Result<u8> {
    let output = if arguments.diff { Output::Difference } else { Output::Files };
    let edits = |document: &Document, _: &ProjectConfig| {
        let mut found = Edits::default();
        for placed in document.cables() {
            let Some(action) = cable_ide::renumbering(document, placed) else { continue };
            match action.refused {
                None => {
                    found.wanted.extend(action.edits);
                    found.leaves_citations |= !citations_stay(&placed.cable).is_empty();
                }
                Some(why) => found.refused = Some(format!("a cable is not renumbered: {why}")),
            }
        }
        found
    };
    Rewriter { inputs: &arguments.inputs, output, verbs: ["Renumbered", "Would renumber"], edits }.run()
}

/// What becomes of the new text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Output {
    Files,
    Names,
    Difference,
}

/// The edits of one document.
#[derive(Debug, Default)]
struct Edits {
    wanted: Vec<TextEdit>,
    /// Why something was left as it is.
    refused: Option<String>,
    /// The text cites paragraphs by numbers that were right before.
    leaves_citations: bool,
}

/// One command over its files.
struct Rewriter<'a, E> {
    inputs: &'a Inputs,
    output: Output,
    /// What is said of files that were changed, and of those that would be.
    verbs: [&'static str; 2],
    edits: E,
}

/// What became of a file.
enum Outcome {
    /// It holds no cable and nobody named it.
    NoCable,
    /// Its settings cannot be read, which is said elsewhere.
    NoSettings,
    Failed(String),
    Read(Box<Rewritten>),
}

struct Rewritten {
    path: String,
    before: String,
    /// None where nothing changes.
    after: Option<String>,
    /// The new bytes of standard input.
    output: Option<Vec<u8>>,
    notes: Vec<String>,
    refused: Option<String>,
}

impl<E: Fn(&Document, &ProjectConfig) -> Edits + Sync> Rewriter<'_, E> {
    fn run(&self) -> io::Result<u8> {
        // What is written over should have been named.
        if self.inputs.paths.is_empty() && self.inputs.files_from.is_none() {
            return Err(io::Error::other("name the files or folders; `.` is the current folder"));
        }
        let configs = self.inputs.configs(Choice::default())?;
        let threads = self.inputs.thread_pool()?;
        let (sources, mut complete) = self.inputs.sources(&configs)?;
        if self.output == Output::Files {
            interrupt::end_between_files()?;
            self.inputs.pass_through(&configs)?;
            sources.iter().filter_map(|source| source.file()?.parent()).for_each(write::sweep);
        }
        let progress = Progress::new(sources.len());
        let (mut read, mut changed) = (0, 0);
        for batch in sources.chunks(BATCH) {
            let outcomes: Vec<Outcome> =
                threads.install(|| batch.par_iter().map(|source| self.rewrite(&configs, source)).collect());
            progress.aside(|| {
                complete &= speak_of(&configs);
                let mut output = io::BufWriter::new(io::stdout().lock());
                for outcome in outcomes {
                    match outcome {
                        Outcome::NoCable => {}
                        Outcome::NoSettings => complete = false,
                        Outcome::Failed(reason) => {
                            report_error(&reason);
                            complete = false;
                        }
                        Outcome::Read(rewritten) => {
                            read += 1;
                            changed += usize::from(rewritten.after.is_some());
                            complete &= rewritten.refused.is_none();
                            self.write(&mut output, &rewritten)?;
                        }
                    }
                }
                output.flush()
            })?;
            progress.advance(batch.len());
        }
        if read == 0 && !sources.is_empty() && complete {
            note(&no_cables(sources.len()));
        }
        let is_written = self.output == Output::Files;
        if read > 0 {
            let verb = self.verbs[usize::from(!is_written)];
            note(&format!("{verb} {}; {} already in order", count(changed, "file"), read - changed));
        }
        Ok(match (complete, changed > 0 && !is_written) {
            (false, _) => COULD_NOT_RUN,
            (true, true) => FOUND,
            (true, false) => 0,
        })
    }

    /// Writes what is to be seen of a file.
    fn write(&self, output: &mut impl Write, rewritten: &Rewritten) -> io::Result<()> {
        let Rewritten { path, before, after, output: bytes, notes, refused } = rewritten;
        for words in notes {
            note(words);
        }
        if let Some(why) = refused {
            report_error(&format!("{path}: {why}"));
        }
        if let Some(bytes) = bytes {
            output.write_all(bytes)?;
        }
        match (self.output, after) {
            (Output::Names, Some(_)) => writeln!(output, "{}", visible(path)),
            (Output::Difference, Some(after)) => diff::write(output, path, before, after),
            _ => Ok(()),
        }
    }

    /// Reads one file and writes it anew. What breaks down breaks this file's answer alone.
    fn rewrite(&self, configs: &Configs, source: &Source) -> Outcome {
        panic::catch_unwind(AssertUnwindSafe(|| self.try_rewrite(configs, source))).unwrap_or_else(|_| {
            Outcome::Failed(format!("{}: internal error; please report it with this file", source.name()))
        })
    }

    fn try_rewrite(&self, configs: &Configs, source: &Source) -> Outcome {
        let Some(place) = configs.place(&source.path) else { return Outcome::NoSettings };
        let failed = |error: io::Error| Outcome::Failed(format!("{}: {error}", source.name()));
        let loaded = match source.load(&place.archive.catalog) {
            Ok(Some(loaded)) => loaded,
            Ok(None) => return Outcome::NoCable,
            Err(error) => return failed(error),
        };
        let mut notes: Vec<String> = loaded.note().into_iter().collect();
        let Loaded { path, text, encoded, document } = loaded;
        let Edits { wanted, refused, leaves_citations } = (self.edits)(&document, &place.archive);
        if leaves_citations {
            notes.push(format!("{path}: references in the text to paragraph numbers are not changed"));
        }
        let after = Some(fix::apply(&text, &wanted)).filter(|after| *after != text);
        let output = if self.output == Output::Files {
            let new = after.as_deref().unwrap_or(&text);
            let written = match (source.file(), &after) {
                (None, _) => encoded.encode(new).map(Some),
                (Some(_), None) => Ok(None),
                (Some(file), Some(new)) => encoded
                    .encode(&text)
                    .and_then(|before| write::replace(file, &before, &encoded.encode(new)?))
                    .map(|()| None),
            };
            match written {
                Ok(output) => output,
                Err(error) => return failed(io::Error::new(error.kind(), format!("not written: {error}"))),
            }
        } else {
            None
        };
        Outcome::Read(Box::new(Rewritten { path, before: text, after, output, notes, refused }))
    }
}
