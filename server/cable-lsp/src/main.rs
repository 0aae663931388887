//! The program `cable-lsp`; everything is in the library of the same name.

use std::process::ExitCode;

fn main() -> ExitCode {
    cable_lsp::run()
}
