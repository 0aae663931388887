//! `cable-lsp`: language server and linter for US State Department telegrams.

use std::process::ExitCode;

mod lsp;

fn main() -> ExitCode {
    lsp::run()
}
