//! The command line: one file a subcommand, one file an output format.
//!
//! Results go to stdout, everything about the run itself to stderr. Exit codes: 0 nothing found, 1 something found,
//! 2 the command could not run.

mod archive;
mod baseline;
mod cells;
mod check;
mod diff;
mod documents;
mod examine;
mod explain;
mod export;
mod glob;
mod identity;
mod input;
mod interrupt;
mod json;
mod level;
mod looked_at;
mod lookup;
mod manual;
mod outline;
mod position;
mod progress;
mod render;
mod report;
mod rewrite;
mod sources;
mod statistics;
mod watch;
mod write;

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use crate::visible::{visible, visible_lines};

/// Something was found.
const FOUND: u8 = 1;
/// The command could not run, or not on everything it was given.
const COULD_NOT_RUN: u8 = 2;

#[derive(Debug, Parser)]
#[command(
    name = "cable-lsp",
    version,
    about = "Language server and linter for US State Department telegrams (cables)",
    after_help = "Without a command it is the language server on standard input and output."
)]
struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the language server on standard input and output
    Server {
        /// Accepted for editors that insist on saying so: there is no other channel
        #[arg(long)]
        stdio: bool,
        /// Write every frame of the session to this file, a JSON object a line
        #[arg(long, value_name = "FILE")]
        log_file: Option<PathBuf>,
    },
    /// Report problems in cables, and fix them
    Check(check::Arguments),
    /// Put the layout of cables in order, without changing a word
    Format(rewrite::FormatArguments),
    /// Number the paragraphs of cables anew
    Renumber(rewrite::RenumberArguments),
    /// Write the reading of each cable as JSON, JSON Lines or CSV, or a page for each
    Export(export::Arguments),
    /// Write a file as a person reads it: plain text, Markdown, HTML or TEI
    Render(render::Arguments),
    /// Ask many cables at once: which there are, who cites whom, what is missing
    Archive(archive::Arguments),
    /// Print the outline of a file
    Outline(outline::Arguments),
    /// Say what codes mean, or which codes mean something: TAGS, routing indicators, posts, captions, signals, marks,
    /// orders, acronyms
    Lookup(lookup::Arguments),
    /// Explain a rule: what it reports, why it matters, an example
    Explain(explain::Arguments),
    /// Write the completions of a shell
    Completions(manual::Completions),
    /// Write the manual page, of the program or of one of its commands
    Man(manual::Page),
    /// Write the JSON schema of `cable-lsp.toml`
    #[command(hide = true)]
    ConfigSchema,
}

/// What to do with the command line.
pub(crate) enum Run {
    /// Serve an editor.
    Server {
        /// Where to write the frames.
        log_file: Option<PathBuf>,
    },
    /// The command has run; this is how it ended.
    Ended(ExitCode),
}

/// Reads the command line and runs what it says, except the server.
pub(crate) fn run() -> Run {
    let command_line = CommandLine::try_parse().unwrap_or_else(|error| refuse(&error));
    let result = match command_line.command {
        None => return Run::Server { log_file: None },
        Some(Command::Server { log_file, .. }) => return Run::Server { log_file },
        Some(Command::Check(arguments)) => check::run(arguments),
        Some(Command::Format(arguments)) => rewrite::format(&arguments),
        Some(Command::Renumber(arguments)) => rewrite::renumber(&arguments),
        Some(Command::Export(arguments)) => export::run(&arguments),
        Some(Command::Render(arguments)) => render::run(&arguments),
        Some(Command::Archive(arguments)) => archive::run(&arguments),
        Some(Command::Outline(arguments)) => outline::run(&arguments),
        Some(Command::Lookup(arguments)) => lookup::run(&arguments),
        Some(Command::Explain(arguments)) => explain::run(&arguments),
        Some(Command::Completions(arguments)) => manual::completions(&arguments),
        Some(Command::Man(arguments)) => manual::page(&arguments),
        Some(Command::ConfigSchema) => manual::config_schema(),
    };
    Run::Ended(match result {
        Ok(code) => ExitCode::from(code),
        // A reader that has seen enough, such as `head`, closes the pipe: that is no fault.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            // Settings may be wrong in several places, a line for each.
            error.to_string().lines().for_each(|line| report_error(&format!("error: {line}")));
            ExitCode::from(COULD_NOT_RUN)
        }
    })
}

/// Says what is wrong with the command line, or the help that it asks for. An argument that acts on a terminal, such as
/// a file name that was taken for an option, is shown without colours.
fn refuse(error: &clap::Error) -> ! {
    let text = error.render().to_string();
    match visible_lines(&text) {
        Cow::Borrowed(_) => error.exit(),
        Cow::Owned(text) => {
            let _ = io::stderr().write_all(text.as_bytes());
            std::process::exit(error.exit_code())
        }
    }
}

/// Every flag of every command, in the one table they are read from.
fn command_line() -> clap::Command {
    CommandLine::command()
}

/// Says something about the run on stderr, in one line. A closed stderr is no reason to stop.
fn report_error(text: &str) {
    let _ = writeln!(io::stderr(), "cable-lsp: {}", visible(text));
}

/// Whether only diagnostics and errors are wanted.
static QUIET: AtomicBool = AtomicBool::new(false);

/// Says something about the run that is not an error, unless `--quiet` is given.
fn note(text: &str) {
    if !QUIET.load(Ordering::Relaxed) {
        report_error(text);
    }
}

/// How a command writes its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One array
    Json,
}

/// `1 file`, `2 files`.
fn count(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
