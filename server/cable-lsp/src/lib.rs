//! `cable-lsp`: language server and linter for US State Department telegrams.
//!
//! `lsp/` speaks the protocol to an editor, `cli/` speaks to a terminal. Both show the same analysis of the same `files`.
//! The program is [`run`]; the rest is here for the tests that drive it from within.

mod cli;
mod files;
mod lsp;

use std::io::{self, Read, Write};
use std::process::ExitCode;

/// Runs the program as its command line says.
pub fn run() -> ExitCode {
    match cli::run() {
        cli::Run::Server { log_file } => lsp::run(log_file.as_deref()),
        cli::Run::Ended(code) => code,
    }
}

/// Serves a client on these streams. Returns the exit code: 0 after a proper `shutdown`, else 1.
///
/// # Errors
///
/// When no thread can be started.
pub fn serve(input: impl Read + Send + 'static, output: impl Write + Send + 'static) -> io::Result<u8> {
    lsp::serve_streams(input, output)
}

/// The text of a file's bytes, and the bytes that a repair which changed nothing would write.
///
/// # Errors
///
/// When the bytes cannot be written again: then the file is not repaired.
pub fn decode(bytes: Vec<u8>) -> (String, io::Result<Vec<u8>>) {
    let (text, encoded) = files::encoding::Encoded::decode(bytes);
    let written = encoded.encode(&text);
    (text, written)
}
