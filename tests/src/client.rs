//! A strict client of the protocol, over the built server's standard input and output.
//!
//! It fails on any byte of the server's output that is not the protocol, on an answer nobody asked for and on a second
//! answer to one request; every wait has an end; and a client that is dropped demands that the server has ended.

#![expect(clippy::missing_panics_doc, reason = "to panic is how a test client says that something is wrong")]

use std::collections::{HashMap, HashSet, VecDeque};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// The longest that anything may take.
const PATIENCE: Duration = Duration::from_secs(90);

/// The built `cable-lsp`, of the profile the tests run in.
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        escargot::CargoBuild::new()
            .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"))
            .package("cable-lsp")
            .bin("cable-lsp")
            .current_release()
            .run()
            .expect("cable-lsp builds")
            .path()
            .to_owned()
    })
}

/// An error answer: its code and message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// JSON-RPC's or LSP's error code.
    pub code: i64,
    /// What the server says.
    pub message: String,
}

/// A running server and the client's side of the conversation.
pub struct Client {
    process: Child,
    /// Taken away behind the server.
    _caches: TempDir,
    input: Option<ChildStdin>,
    output: Receiver<Result<Value, String>>,
    next_id: i64,
    unanswered: HashSet<i64>,
    /// Answers and notifications that came while something else was awaited.
    waiting: VecDeque<Value>,
    /// What the client answers to the server's requests, by method; settings are unset, all else is null.
    replies: HashMap<String, Value>,
    /// Whether it leaves the server's requests without an answer.
    is_silent: bool,
    /// What is to be written in one piece.
    held_back: Option<Vec<u8>>,
    /// What the server answered to `initialize`.
    pub server: Value,
}

impl Client {
    /// Starts the server and says nothing yet.
    pub fn start() -> Self {
        Self::start_in(&[])
    }

    /// Starts the server with these variables in its environment and says nothing yet.
    pub fn start_in(environment: &[(&str, &str)]) -> Self {
        // A server keeps its indexes in the person's cache, where tests have no business.
        let caches = tempfile::tempdir().expect("a folder");
        let mut process = Command::new(binary())
            .env("XDG_CACHE_HOME", caches.path())
            .envs(environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let output = process.stdout.take().expect("a pipe");
        let (frames, received) = std::sync::mpsc::channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(frame) = read_frame(&mut output).transpose() {
                let is_last = frame.is_err();
                if frames.send(frame).is_err() || is_last {
                    break;
                }
            }
        });
        Self {
            input: process.stdin.take(),
            process,
            _caches: caches,
            output: received,
            next_id: 1,
            unanswered: HashSet::new(),
            waiting: VecDeque::new(),
            replies: HashMap::new(),
            is_silent: false,
            held_back: None,
            server: Value::Null,
        }
    }

    /// Starts the server and initializes it with these capabilities.
    pub fn with(capabilities: &Value) -> Self {
        let mut client = Self::start();
        client.initialize(&json!({ "processId": std::process::id(), "rootUri": null, "capabilities": capabilities }));
        client
    }

    /// Introduces itself, and remembers what the server says of itself.
    pub fn initialize(&mut self, params: &Value) {
        self.server = self.request("initialize", params);
        self.notify("initialized", &json!({}));
    }

    /// From now on answers the server's requests of this method so.
    pub fn reply(&mut self, method: &str, result: Value) {
        self.replies.insert(method.to_owned(), result);
    }

    /// From now on answers none of the server's requests.
    pub fn keep_silent(&mut self) {
        self.is_silent = true;
    }

    /// How many requests have no answer that was read.
    pub fn unanswered(&self) -> usize {
        self.unanswered.len()
    }

    /// Opens a cable.
    pub fn open(&mut self, uri: &str, version: i32, text: &str) {
        let document = json!({ "uri": uri, "languageId": "cable", "version": version, "text": text });
        self.notify("textDocument/didOpen", &json!({ "textDocument": document }));
    }

    /// Changes a document; each change is `{range, text}` or `{text}`.
    pub fn change(&mut self, uri: &str, version: i32, changes: &Value) {
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", &json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Sends a request and returns its result.
    pub fn request(&mut self, method: &str, params: &Value) -> Value {
        self.ask(method, params).unwrap_or_else(|refusal| panic!("{method} was refused: {refusal:?}"))
    }

    /// Sends a request and returns what became of it.
    ///
    /// # Errors
    /// If the server answers with an error.
    pub fn ask(&mut self, method: &str, params: &Value) -> Result<Value, Refusal> {
        let id = self.send(method, params);
        self.answer(id)
    }

    /// Sends a request and does not wait.
    pub fn send(&mut self, method: &str, params: &Value) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        self.unanswered.insert(id);
        self.write(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// Sends a request without params, as `shutdown` is.
    pub fn send_bare(&mut self, method: &str) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        self.unanswered.insert(id);
        self.write(&json!({ "jsonrpc": "2.0", "id": id, "method": method }));
        id
    }

    /// Waits for the answer to a request sent before.
    ///
    /// # Errors
    /// If the server answers with an error.
    pub fn answer(&mut self, id: i64) -> Result<Value, Refusal> {
        let answer =
            self.wait_for(&format!("the answer to {id}"), |frame| frame.get("method").is_none() && frame["id"] == id);
        match answer.get("error") {
            Some(error) => Err(Refusal {
                code: error["code"].as_i64().expect("an error has a code"),
                message: error["message"].as_str().expect("an error has a message").to_owned(),
            }),
            None => Ok(answer["result"].clone()),
        }
    }

    /// Waits for an error that answers no request (its id is null).
    pub fn stray_error(&mut self) -> i64 {
        let frame = self.wait_for("an error without an id", |frame| {
            frame.get("method").is_none() && frame.get("id").is_some_and(Value::is_null)
        });
        frame["error"]["code"].as_i64().expect("an error has a code")
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: &Value) {
        self.write(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a notification without params, as `exit` is.
    pub fn notify_bare(&mut self, method: &str) {
        self.write(&json!({ "jsonrpc": "2.0", "method": method }));
    }

    /// Sends any text in a frame of its length.
    pub fn write_body(&mut self, body: &str) {
        self.write_raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    /// Sends any bytes.
    pub fn write_raw(&mut self, bytes: &[u8]) {
        if let Some(held_back) = &mut self.held_back {
            return held_back.extend_from_slice(bytes);
        }
        let input = self.input.as_mut().expect("the input is open");
        // A server that has ended is found out by whoever waits for its answer.
        let _ = input.write_all(bytes).and_then(|()| input.flush());
    }

    /// Sends all that `say` sends in one piece: no busy machine puts a pause in it.
    pub fn in_one_piece(&mut self, say: impl FnOnce(&mut Self)) {
        self.held_back = Some(Vec::new());
        say(self);
        let bytes = self.held_back.take().unwrap_or_default();
        self.write_raw(&bytes);
    }

    /// What the server has said unasked by the time it answers `shutdown`: all that came of what was sent before, as far
    /// as it is said at once. Then it leaves.
    pub fn said_to_the_end(&mut self) -> Vec<Value> {
        assert_eq!(self.finish(), Some(0));
        // The server has ended, so this waits for nothing but its last frames.
        self.overhear(PATIENCE)
    }

    /// Waits for the next notification of a method and returns its params.
    pub fn notification(&mut self, method: &str) -> Value {
        self.wait_for(method, |frame| frame["method"] == method)["params"].take()
    }

    /// Waits for the diagnostics of a version and returns them, with how many publications of older versions came first.
    pub fn diagnostics_of(&mut self, uri: &str, version: i32) -> (Vec<Value>, usize) {
        let mut older = 0;
        loop {
            let published = self.notification("textDocument/publishDiagnostics");
            assert_eq!(published["uri"], uri, "diagnostics of another document");
            if published["version"] == version {
                return (published["diagnostics"].as_array().expect("a list").clone(), older);
            }
            assert!(published["version"].as_i64() < Some(version.into()), "a version from the future: {published}");
            older += 1;
        }
    }

    /// What the server says in a time without being asked.
    pub fn overhear(&mut self, time: Duration) -> Vec<Value> {
        let end = Instant::now() + time;
        while let Some(frame) = self.receive(end) {
            self.waiting.push_back(frame);
        }
        self.waiting.drain(..).collect()
    }

    /// The same, but what came before and was not asked for is forgotten first.
    pub fn overhear_after(&mut self, time: Duration) -> Vec<Value> {
        self.waiting.clear();
        self.overhear(time)
    }

    /// The most memory that the server has held so far, in KiB, where the system says so.
    pub fn peak_memory(&self) -> Option<u64> {
        peak_memory(self.process.id())
    }

    /// Says goodbye properly and returns the exit code.
    pub fn finish(&mut self) -> Option<i32> {
        let id = self.send_bare("shutdown");
        assert_eq!(self.answer(id), Ok(Value::Null), "the answer to shutdown");
        self.notify_bare("exit");
        self.exit_code()
    }

    /// Closes the server's input without a word.
    pub fn close_input(&mut self) {
        self.input = None;
    }

    /// Waits for the server's end and returns its exit code; `None` if a signal ended it.
    pub fn exit_code(&mut self) -> Option<i32> {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.process.try_wait().expect("the process can be asked") {
                return status.code();
            }
            assert!(Instant::now() < end, "the server does not end");
            thread::sleep(Duration::from_millis(1));
        }
    }

    fn write(&mut self, frame: &Value) {
        self.write_body(&frame.to_string());
    }

    fn wait_for(&mut self, what: &str, matches: impl Fn(&Value) -> bool) -> Value {
        if let Some(index) = self.waiting.iter().position(&matches) {
            return self.waiting.remove(index).expect("it is there");
        }
        let end = Instant::now() + PATIENCE;
        loop {
            let frame = self.receive(end).unwrap_or_else(|| panic!("the server does not send {what}"));
            if matches(&frame) {
                return frame;
            }
            self.waiting.push_back(frame);
        }
    }

    /// The next frame that is not for the editor's log alone; `None` if none comes before `end` or the server has closed its output.
    fn receive(&mut self, end: Instant) -> Option<Value> {
        /// `MessageType.Log`: what nobody has to see.
        const LOG: i64 = 4;
        let frame = self.receive_any(end)?;
        let is_log = frame["method"] == "window/logMessage" && frame["params"]["type"] == LOG;
        if is_log { self.receive(end) } else { Some(frame) }
    }

    fn receive_any(&mut self, end: Instant) -> Option<Value> {
        match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(Ok(frame)) => {
                self.check(&frame);
                Some(frame)
            }
            Ok(Err(fault)) => panic!("not the protocol: {fault}"),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => None,
        }
    }

    fn check(&mut self, frame: &Value) {
        assert_eq!(frame["jsonrpc"], "2.0", "{frame}");
        match (frame.get("method"), frame.get("id")) {
            (Some(_), None) => {}
            (Some(_), Some(_)) if self.is_silent => {}
            (Some(method), Some(id)) => {
                let result = match method.as_str().and_then(|method| self.replies.get(method)) {
                    Some(reply) => reply.clone(),
                    // A client without settings says so for each that it is asked for.
                    None if method == "workspace/configuration" => {
                        frame["params"]["items"].as_array().map(|items| vec![Value::Null; items.len()]).into()
                    }
                    None => Value::Null,
                };
                let answer = json!({ "jsonrpc": "2.0", "id": id, "result": result });
                self.write(&answer);
            }
            (None, Some(Value::Null)) => assert!(frame.get("error").is_some(), "{frame}"),
            (None, Some(id)) => {
                assert!(frame.get("result").is_some() != frame.get("error").is_some(), "{frame}");
                let known = id.as_i64().is_some_and(|id| self.unanswered.remove(&id));
                assert!(known, "an answer nobody waits for: {frame}");
            }
            (None, None) => panic!("neither an answer nor a notification: {frame}"),
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let ended = self.process.try_wait().is_ok_and(|status| status.is_some());
        if !ended {
            // Not found out: it may be gone between the two calls.
            let _ = self.process.kill();
            let _ = self.process.wait();
        }
        if thread::panicking() {
            return;
        }
        assert!(ended, "the server was left running");
        while let Ok(frame) = self.output.recv() {
            if let Err(fault) = frame {
                panic!("not the protocol: {fault}");
            }
        }
    }
}

/// The most memory that a process has held so far, in KiB, where the system says so.
pub fn peak_memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}

/// Reads one frame, strictly: the one header, an empty line, JSON of exactly that length.
fn read_frame(output: &mut impl BufRead) -> Result<Option<Value>, String> {
    let mut header = String::new();
    if output.read_line(&mut header).map_err(|error| error.to_string())? == 0 {
        return Ok(None);
    }
    let length = header
        .strip_prefix("Content-Length: ")
        .and_then(|header| header.strip_suffix("\r\n"))
        .and_then(|length| length.parse().ok())
        .ok_or_else(|| format!("header {header:?}"))?;
    let mut empty = [0; 2];
    let mut body = vec![0; length];
    output.read_exact(&mut empty).and_then(|()| output.read_exact(&mut body)).map_err(|error| error.to_string())?;
    if empty != *b"\r\n" {
        return Err(format!("after the header {empty:?}"));
    }
    serde_json::from_slice(&body).map(Some).map_err(|error| format!("body: {error}"))
}
