//! `cable-lsp server`: the language server protocol over standard input and output.
//!
//! ```text
//! stdin → wire: frames → transport → gate → tower-lsp → service ┬→ documents: the one owner of the texts → snapshots
//! stdout ← wire: outgoing ← answers, notifications              └→ answers: actions, commands, diagnostics, convert
//!                                                    ↑             on snapshots, by the analysis (cable-syntax, -lint, -ide)
//!                                                    └ archive: the indexes of the open folders, and what is open over them
//! ```
//!
//! Five rooms, each of which uses those before it: `wire`, `documents`, `archive`, `answers`, `service`. The analysis knows nothing
//! of the protocol, and the wire nothing of cables.
//!
//! Only this module knows positions, the protocol's types and the async runtime. Nothing but frames is written to
//! standard output; what a person should see in a log goes to standard error.

mod analysis;
mod answers;
mod archive;
mod documents;
mod service;
mod wire;

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tower_lsp::LspService;

use service::{Server, Session};
use wire::{ClientWatch, Gate, Outgoing, Quiet, Record};

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
    let watch = ClientWatch::spawn()?;
    let at_end = watch.clone();
    serve(io::stdin(), unbuffered_stdout()?, record, watch, move || at_end.input_ended())
}

/// Serves any input and output in place of the standard ones. Nobody watches the client, and no process is ended.
///
/// # Errors
///
/// When no thread can be started.
pub(crate) fn serve_streams(input: impl Read + Send + 'static, output: impl Write + Send + 'static) -> io::Result<u8> {
    serve(input, output, Record::default(), ClientWatch::default(), || ())
}

fn serve(
    input: impl Read + Send + 'static,
    output: impl Write + Send + 'static,
    record: Record,
    watch: ClientWatch,
    at_end: impl FnOnce() + Send + 'static,
) -> io::Result<u8> {
    let quiet = Quiet::default();
    let incoming = wire::spawn_reader(input, quiet.clone(), record.clone(), at_end)?;
    let outgoing = Outgoing::spawn(output, record)?;
    // One thread runs the loop and every handler: a hand-over between threads would cost more than most answers. What is
    // long has threads of its own, as many as it takes: they share the cores, and no document waits for another's.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;

    let session = OnceLock::new();
    let (service, socket) = LspService::build(|client| {
        let made = Session::new(client, outgoing.clone(), quiet, watch.clone());
        Server::new(Arc::clone(session.get_or_init(|| made)))
    })
    .custom_method("$/setTrace", Server::set_trace)
    .finish();
    let lose = |lost| {
        if let Some(session) = session.get() {
            session.lose(lost);
        }
    };
    let code = runtime.block_on(wire::serve(Gate::new(service, watch), socket, incoming, &outgoing, lose));
    outgoing.finish(PATIENCE);
    if let Some(session) = session.get() {
        session.texts.clear();
        session.archives.close();
    }
    // Work on a blocking thread has nobody left to answer, and the reader may wait for input that never comes.
    runtime.shutdown_background();
    Ok(code)
}

/// Standard output as a file: the standard library's own is buffered by lines, which splits each frame in two writes.
fn unbuffered_stdout() -> io::Result<File> {
    #[cfg(unix)]
    let handle = std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned()?;
    #[cfg(windows)]
    let handle = std::os::windows::io::AsHandle::as_handle(&io::stdout()).try_clone_to_owned()?;
    Ok(File::from(handle))
}
