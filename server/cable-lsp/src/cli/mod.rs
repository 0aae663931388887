//! The command line: one file a subcommand, one file an output format.
//!
//! Results go to stdout, everything about the run itself to stderr. Exit codes: 0 nothing found, 1 something found,
//! 2 the command could not run.

mod baseline;
mod check;
mod diff;
mod examine;
mod explain;
mod export;
mod identity;
mod input;
mod lookup;
mod manual;
mod outline;
mod position;
mod progress;
mod report;
mod watch;
mod write;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

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
    /// Report what is wrong with cables
    Check(check::Arguments),
    /// Write the reading of each cable as JSON, JSON Lines or CSV
    Export(export::Arguments),
    /// Print the outline of a file
    Outline(outline::Arguments),
    /// Say what codes mean: TAGS, routing indicators, posts, captions, signals, marks, orders, acronyms
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
    let result = match CommandLine::parse().command {
        None => return Run::Server { log_file: None },
        Some(Command::Server { log_file, .. }) => return Run::Server { log_file },
        Some(Command::Check(arguments)) => check::run(&arguments),
        Some(Command::Export(arguments)) => export::run(&arguments),
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
            complain(&format!("error: {error}"));
            ExitCode::from(COULD_NOT_RUN)
        }
    })
}

/// Every flag of every command, in the one table they are read from.
fn command_line() -> clap::Command {
    CommandLine::command()
}

/// Says something about the run on stderr. A closed stderr is no reason to stop.
fn complain(text: &str) {
    let _ = writeln!(anstream::stderr(), "cable-lsp: {text}");
}
