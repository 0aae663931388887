//! `cable-lsp`: language server and linter for US State Department telegrams.
//!
//! `lsp/` speaks the protocol to an editor, `cli/` speaks to a terminal. Both show the same analysis of the same `files`.

mod cli;
mod files;
mod lsp;
mod visible;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        cli::Run::Server { log_file } => lsp::run(log_file.as_deref()),
        cli::Run::Ended(code) => code,
    }
}
