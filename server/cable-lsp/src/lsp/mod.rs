//! `cable-lsp server`: the language server protocol over standard input and output.
//!
//! ```text
//! stdin → frames → transport → gate → tower-lsp → server ┬→ documents (the one owner of the texts)
//! stdout ← frames ← answers, notifications               └→ work → analysis (cable-syntax, -lint, -ide)
//! ```
//!
//! Only this module knows positions, the protocol's types and the async runtime. Nothing but frames is written to
//! standard output; what a person should see in a log goes to standard error.

mod actions;
mod analysis;
mod capabilities;
mod client_process;
mod colours;
mod commands;
mod convert;
mod diagnostics;
mod documents;
mod edits;
mod frames;
mod gate;
mod ignore;
mod positions;
mod progress;
mod quiet;
mod record;
mod server;
mod session;
mod trace;
mod transport;
mod work;
mod workspace;

use std::fs::File;
use std::io::{self, Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use tower_lsp::LspService;

use frames::Outgoing;
use gate::Gate;
use quiet::Quiet;
use record::Record;
use server::Server;
use session::Session;

/// How long the last answers may take to be read by the client.
const PATIENCE: Duration = Duration::from_millis(500);

/// Serves standard input and output, and writes every frame to the log file if there is one, until the client is done. The code is 0 after a proper `shutdown`, else 1.
pub(crate) fn run(log_file: Option<&Path>) -> ExitCode {
    match serve_standard_streams(log_file) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("cable-lsp: the server could not start: {error}");
            ExitCode::from(2)
        }
    }
}

fn serve_standard_streams(log_file: Option<&Path>) -> io::Result<u8> {
    let record = log_file.map(Record::create).transpose()?.unwrap_or_default();
    serve(io::stdin(), unbuffered_stdout()?, record)
}

/// Serves any input and output in place of the standard ones.
///
/// # Errors
///
/// When no thread can be started.
pub(crate) fn serve_streams(input: impl Read + Send + 'static, output: impl Write + Send + 'static) -> io::Result<u8> {
    serve(input, output, Record::default())
}

fn serve(input: impl Read + Send + 'static, output: impl Write + Send + 'static, record: Record) -> io::Result<u8> {
    let quiet = Quiet::default();
    let incoming = frames::spawn_reader(input, quiet.clone(), record.clone())?;
    let outgoing = Outgoing::spawn(output, record)?;
    // One thread runs the loop and every handler: a hand-over between threads would cost more than most answers.
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().max_blocking_threads(workers()).build()?;

    let server_outgoing = outgoing.clone();
    let (service, socket) = LspService::build(|client| Server::new(Session::new(client, server_outgoing, quiet)))
        .custom_method("$/setTrace", Server::set_trace)
        .finish();
    let code = runtime.block_on(transport::serve(Gate::new(service), socket, incoming, &outgoing));
    outgoing.finish(PATIENCE);
    // Work on a blocking thread has nobody left to answer, and the reader may wait for input that never comes.
    runtime.shutdown_background();
    Ok(code)
}

/// How many threads work on long documents. `CABLE_LSP_WORKERS` sets their number for the tests.
fn workers() -> usize {
    let set = std::env::var("CABLE_LSP_WORKERS").ok().and_then(|number| number.parse().ok());
    set.or_else(|| thread::available_parallelism().ok()).map_or(2, NonZero::get)
}

/// Standard output as a file: the standard library's own is buffered by lines, which splits each frame in two writes.
fn unbuffered_stdout() -> io::Result<File> {
    #[cfg(unix)]
    let handle = std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned()?;
    #[cfg(windows)]
    let handle = std::os::windows::io::AsHandle::as_handle(&io::stdout()).try_clone_to_owned()?;
    Ok(File::from(handle))
}
