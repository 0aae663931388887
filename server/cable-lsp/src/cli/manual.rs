//! `completions`, `man` and `config-schema`: what is written from the one table of flags and settings.

use std::io::{self, Write};

use clap::{Args, Command};
use clap_complete::Shell;
use clap_mangen::Man;

use super::{FOUND, command_line, complain};

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct Page {
    /// A command, for its own page
    command: Option<String>,
}

pub(super) fn completions(arguments: &Completions) -> io::Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command_line(), "cable-lsp", &mut script);
    print(&script)
}

pub(super) fn page(arguments: &Page) -> io::Result<u8> {
    let mut whole = command_line();
    whole.build();
    let command = match &arguments.command {
        None => whole,
        Some(name) => {
            let Some(command) = whole.find_subcommand(name) else {
                let names = whole.get_subcommands().filter(|command| !command.is_hide_set()).map(Command::get_name);
                let names: Vec<&str> = names.collect();
                complain(&format!("unknown command \"{name}\"; there are {}", names.join(", ")));
                return Ok(FOUND);
            };
            command.clone().display_name(format!("cable-lsp-{name}"))
        }
    };
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    print(&page)
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
