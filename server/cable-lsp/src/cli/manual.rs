//! `completions`, `man` and `config-schema`: what is written from the one table of flags and settings.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Command};
use clap_complete::Shell;
use clap_mangen::Man;

use super::{FOUND, command_line, report_error};

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct Page {
    /// A command, for its own page: `check`, `archive find`
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
    /// Write every page into this folder, a file for each command
    #[arg(long, value_name = "FOLDER", conflicts_with = "command")]
    output: Option<PathBuf>,
}

pub(super) fn completions(arguments: &Completions) -> io::Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command_line(), "cable-lsp", &mut script);
    print(&script)
}

pub(super) fn page(arguments: &Page) -> io::Result<u8> {
    let mut whole = command_line().disable_help_subcommand(true);
    // Now each command knows its whole name.
    whole.build();
    if let Some(folder) = &arguments.output {
        fs::create_dir_all(folder).map_err(|error| about(folder, &error))?;
        return pages(&whole, folder).map(|()| 0);
    }
    let mut command = &whole;
    for word in &arguments.command {
        let Some(inner) = command.find_subcommand(word) else {
            let names: Vec<&str> = shown(command).map(Command::get_name).collect();
            report_error(&match *names {
                [] => format!("unknown command \"{word}\"; {} has none", command.get_name()),
                _ => format!("unknown command \"{word}\"; there are {}", names.join(", ")),
            });
            return Ok(FOUND);
        };
        command = inner;
    }
    print(&written(command)?)
}

/// The pages of a command and of those it has, each in a file of its own.
fn pages(command: &Command, folder: &Path) -> io::Result<()> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    let path = folder.join(format!("{name}.1"));
    fs::write(&path, written(command)?).map_err(|error| about(&path, &error))?;
    shown(command).try_for_each(|inner| pages(inner, folder))
}

fn written(command: &Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    Man::new(command.clone()).source(concat!("cable-lsp ", env!("CARGO_PKG_VERSION"))).render(&mut page)?;
    Ok(page)
}

/// The commands of a command that people are told of.
fn shown(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|command| !command.is_hide_set())
}

/// What could not be written, and where.
fn about(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

pub(super) fn config_schema() -> io::Result<u8> {
    print(cable_lint::config::SCHEMA.as_bytes())
}

fn print(bytes: &[u8]) -> io::Result<u8> {
    let mut output = io::stdout().lock();
    output.write_all(bytes)?;
    output.flush()?;
    Ok(0)
}
