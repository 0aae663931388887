//! `cable-lsp`: language server and linter for US State Department telegrams.
//!
//! `lsp/` speaks the protocol to an editor, `cli/` speaks to a terminal. Both show the same analysis of the same `files`.
//! The program is [`run`]; the rest is here for the tests that drive it from within.
//!
//! **Invariant.** A file is always the old one or the new one, whole. What the client says takes effect in its order, and an
//! answer is about the text that the client saw when it asked. Nothing but what was asked for is written to standard output.
//! Terminal and editor say the same of the same text.
#![cfg_attr(doc, doc = include_str!("../../../.github/ARCHITECTURE.md"))]

mod archive;
mod cli;
mod files;
mod lsp;
mod thread_tree;
mod visible;
mod wrapped;

use std::collections::HashSet;
use std::io::{self, Read, Write};
use std::panic;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

/// Runs the program as its command line says.
pub fn run() -> ExitCode {
    tell_each_panic_once();
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

/// What fails on one cable may fail on every cable of an archive: each place is reported once.
fn tell_each_panic_once() {
    let told = Mutex::new(HashSet::new());
    let tell = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let place = info.location().map(|place| (place.file().to_owned(), place.line(), place.column()));
        let is_new = told.lock().unwrap_or_else(PoisonError::into_inner).insert(place);
        if is_new {
            tell(info);
        }
    }));
}
