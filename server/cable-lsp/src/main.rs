//! `cable-lsp`: language server and linter for US State Department telegrams.
//!
//! `lsp/` speaks the protocol to an editor, `cli/` speaks to a terminal. Both show the same analysis of the same `files`.

mod cli;
mod files;
mod lsp;
mod visible;

use std::collections::HashSet;
use std::panic;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

fn main() -> ExitCode {
    tell_each_panic_once();
    match cli::run() {
        cli::Run::Server { log_file } => lsp::run(log_file.as_deref()),
        cli::Run::Ended(code) => code,
    }
}

/// What fails on one cable may fail on every cable of an archive: each place is told once.
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
