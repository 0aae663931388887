//! `archive`: many cables as one body of references, over the index of `cable-archive`. One file a command.

mod files;
mod find;
mod graph;
mod missing;
mod numbers;
mod opened;
mod page;
mod rows;
mod stats;
mod thread;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use cable_archive::{Index, Refreshed};
use clap::{Args, Subcommand};

use super::input::Inputs;
use super::{COULD_NOT_RUN, FOUND, count, note, report_error};
use files::Files;
use opened::{Opened, refresh};

pub(super) use opened::{fault, shared};

#[derive(Debug, Args)]
#[command(
    arg_required_else_help = true,
    after_help = "A folder has its index in the user's cache folder; it is made, or brought up to date, before it is asked. \
                  Exit codes: 0 something found, 1 nothing found or some files could not be read, 2 could not run."
)]
pub(crate) struct Arguments {
    /// Print the tables of an index with what each column means, as SQL
    #[arg(long, exclusive = true)]
    schema: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make the index of a folder, or of any files as one database file of its own
    Build(Build),
    /// Find cables by what is known of them
    Find(Box<find::Arguments>),
    /// Follow what a cable cites and what cites it
    Thread(thread::Arguments),
    /// List the cables that are cited and not there
    Missing(missing::Arguments),
    /// Count the cables, and say how much of the archive is there
    Stats(stats::Arguments),
    /// Write who cites whom as a graph
    Graph(graph::Arguments),
    /// Delete the cached index of a folder
    Forget(Forget),
}

#[derive(Debug, Args)]
struct Build {
    #[command(flatten)]
    inputs: Inputs,
    /// Write the index to this file, for sqlite3, Datasette, pandas or R. Without it, that of the folder is cached
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Keep the texts as well, to search them
    #[arg(long)]
    text: bool,
    /// Make it anew
    #[arg(long)]
    fresh: bool,
}

#[derive(Debug, Args)]
struct Forget {
    /// The folder; by default this one
    #[arg(default_value = ".", hide_default_value = true)]
    folder: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> io::Result<u8> {
    if arguments.schema {
        io::stdout().lock().write_all(cable_archive::schema().as_bytes())?;
        return Ok(0);
    }
    match &arguments.command {
        None => Ok(0),
        Some(Command::Build(arguments)) => build(arguments),
        Some(Command::Find(arguments)) => find::run(arguments),
        Some(Command::Thread(arguments)) => thread::run(arguments),
        Some(Command::Missing(arguments)) => missing::run(arguments),
        Some(Command::Stats(arguments)) => stats::run(arguments),
        Some(Command::Graph(arguments)) => graph::run(arguments),
        Some(Command::Forget(arguments)) => forget(arguments),
    }
}

fn build(arguments: &Build) -> io::Result<u8> {
    let Some(output) = &arguments.output else {
        let [folder] = &arguments.inputs.roots()?[..] else {
            return Err(io::Error::other("only one folder has a cached index; several go into a file: -o FILE"));
        };
        if !folder.is_dir() {
            return Err(io::Error::other(format!(
                "{}: not a folder; its index goes into a file: -o FILE",
                folder.display()
            )));
        }
        let opened = Opened::of_folder(folder, &arguments.inputs, arguments.text, arguments.fresh)?;
        let (folder, refreshed) = (folder.display().to_string(), opened.refreshed.clone());
        opened.close()?;
        return Ok(told(&folder, &refreshed, true));
    };
    if arguments.inputs.read_standard_input() {
        return Err(io::Error::other("standard input has no place in an index: name files and folders"));
    }
    let files = Files::find(&arguments.inputs, None)?;
    let about = |error| fault(&output.display(), &error);
    let mut index = Index::create(output, arguments.fresh).map_err(about)?;
    // What holds the texts keeps holding them.
    let text = arguments.text || index.has_text().map_err(about)?;
    let refreshed = refresh(&mut index, &files, text, false).map_err(about)?;
    index.close().map_err(about)?;
    Ok(told(&output.display().to_string(), &refreshed, files.complete))
}

/// Says what a refresh did. Returns the exit code.
fn told(index: &str, refreshed: &Refreshed, is_complete: bool) -> u8 {
    for line in &refreshed.failed {
        report_error(line);
    }
    let Refreshed { read, unchanged, gone, failed } = refreshed;
    let gone = if *gone > 0 { format!(", {gone} gone") } else { String::new() };
    note(&format!("{index}: {} read, {unchanged} unchanged{gone}", count(*read, "file")));
    match (is_complete, failed.is_empty()) {
        (false, _) => COULD_NOT_RUN,
        (true, false) => FOUND,
        (true, true) => 0,
    }
}

fn forget(arguments: &Forget) -> io::Result<u8> {
    let folder: &Path = &arguments.folder;
    let there_was = cable_archive::forget(folder)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", folder.display())))?;
    if !there_was {
        report_error(&format!("{}: no index of this folder is cached", folder.display()));
    }
    Ok(if there_was { 0 } else { FOUND })
}
