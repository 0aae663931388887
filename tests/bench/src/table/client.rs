//! A client that does not measure itself: what comes is stamped with the time before anybody looks at it.

use std::io::{self, BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::measure::{held, most_held, worked_by};

/// The longest that anything may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// What the server said, and when all of it was there.
pub(super) struct Frame {
    pub(super) at: Instant,
    pub(super) body: Vec<u8>,
}

impl Frame {
    /// Whether the body holds this text.
    pub(super) fn holds(&self, text: &str) -> bool {
        memchr::memmem::find(&self.body, text.as_bytes()).is_some()
    }

    /// Whether it begins with this, but for the version of the protocol and the like.
    fn opens_with(&self, text: &str) -> bool {
        const OPENING: usize = 160;
        memchr::memmem::find(&self.body[..self.body.len().min(OPENING)], text.as_bytes()).is_some()
    }

    /// Whether it answers the request of this number. Some servers write the number first and some last.
    fn answers(&self, id: u64) -> bool {
        const CLOSING: usize = 40;
        let id = format!("\"id\":{id}");
        let ends = |at: usize, body: &[u8]| !body.get(at + id.len()).is_some_and(u8::is_ascii_digit);
        let is_in = |part: &[u8]| memchr::memmem::find(part, id.as_bytes()).is_some_and(|at| ends(at, part));
        is_in(&self.body[..self.body.len().min(CLOSING)])
            || is_in(&self.body[self.body.len().saturating_sub(CLOSING)..])
    }

    fn is_publication(&self) -> bool {
        self.opens_with("\"textDocument/publishDiagnostics\"")
    }

    /// The body as JSON.
    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// A running server.
pub(super) struct Client {
    process: Child,
    input: Option<ChildStdin>,
    frames: Receiver<Frame>,
    next_id: u64,
}

impl Client {
    /// Starts a server and introduces the client. Returns how long that took, too.
    pub(super) fn start(server: &Path, arguments: &[&str], params: &Value) -> io::Result<(Self, Duration)> {
        let begin = Instant::now();
        let mut process = Command::new(server)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (sender, frames) = channel();
        if let Some(output) = process.stdout.take() {
            thread::spawn(move || {
                let mut output = BufReader::with_capacity(1 << 16, output);
                while let Ok(body) = read_frame(&mut output) {
                    if sender.send(Frame { at: Instant::now(), body }).is_err() {
                        break;
                    }
                }
            });
        }
        let mut client = Self { input: process.stdin.take(), process, frames, next_id: 1 };
        let answer = client.request("initialize", params)?;
        let took = answer.at - begin;
        client.notify("initialized", &json!({}))?;
        Ok((client, took))
    }

    /// How long the processor has worked for the server.
    pub(super) fn worked(&self) -> Duration {
        worked_by(self.process.id())
    }

    /// What it holds in memory, in KiB.
    pub(super) fn memory(&self) -> Option<u64> {
        held(self.process.id())
    }

    /// The most that it has held.
    pub(super) fn most_memory(&self) -> Option<u64> {
        most_held(self.process.id())
    }

    /// Sends a notification.
    pub(super) fn notify(&mut self, method: &str, params: &Value) -> io::Result<()> {
        self.write(&framed(&json!({ "jsonrpc": "2.0", "method": method, "params": params })))
    }

    /// A request, ready to be sent.
    pub(super) fn prepare(&mut self, method: &str, params: &Value) -> (u64, Vec<u8>) {
        let id = self.next_id;
        self.next_id += 1;
        (id, framed(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })))
    }

    /// Sends a request and waits for its answer.
    pub(super) fn request(&mut self, method: &str, params: &Value) -> io::Result<Frame> {
        let (id, frame) = self.prepare(method, params);
        self.write(&frame)?;
        self.answer(id)
    }

    /// Waits for an answer.
    pub(super) fn answer(&mut self, id: u64) -> io::Result<Frame> {
        self.wait(|frame| frame.answers(id))
    }

    /// Waits for any of these answers. Returns it, and which it is.
    pub(super) fn any_answer(&mut self, ids: &[u64]) -> io::Result<(Frame, usize)> {
        let mut which = 0;
        let frame = self.wait(|frame| {
            let found = ids.iter().position(|&id| frame.answers(id));
            which = found.unwrap_or_default();
            found.is_some()
        })?;
        Ok((frame, which))
    }

    /// Waits for the diagnostics of a version. Returns them, and how many publications came before.
    pub(super) fn diagnostics(&mut self, version: u64) -> io::Result<(Frame, usize)> {
        let version = [format!("\"version\":{version}}}"), format!("\"version\":{version},")];
        let mut before = 0;
        let frame = self.wait(|frame| {
            let is_it = frame.is_publication() && version.iter().any(|version| frame.holds(version));
            before += usize::from(frame.is_publication() && !is_it);
            is_it
        })?;
        Ok((frame, before))
    }

    /// Forgets what came unasked.
    pub(super) fn drain(&mut self) -> io::Result<()> {
        while let Ok(frame) = self.frames.try_recv() {
            self.serve(&frame)?;
        }
        Ok(())
    }

    /// Waits until the server has rested for a while; how many bytes it sent until then.
    pub(super) fn rest(&mut self) -> io::Result<usize> {
        const WHILE: Duration = Duration::from_millis(300);
        let mut bytes = 0;
        let mut worked = self.worked();
        loop {
            match self.frames.recv_timeout(WHILE) {
                Ok(frame) => {
                    bytes += frame.body.len();
                    self.serve(&frame)?;
                }
                Err(_) if self.worked() == worked => return Ok(bytes),
                Err(_) => worked = self.worked(),
            }
        }
    }

    /// Sends bytes.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Some(input) = &mut self.input else { return Err(io::Error::other("the server's input is closed")) };
        input.write_all(bytes)?;
        input.flush()
    }

    fn wait(&mut self, mut is_it: impl FnMut(&Frame) -> bool) -> io::Result<Frame> {
        loop {
            let frame =
                self.frames.recv_timeout(PATIENCE).map_err(|_| io::Error::other("the server does not answer"))?;
            if is_it(&frame) {
                return Ok(frame);
            }
            self.serve(&frame)?;
        }
    }

    /// Answers what the server asks: it has no settings, and everything else is well.
    fn serve(&mut self, frame: &Frame) -> io::Result<()> {
        if !frame.opens_with("\"method\"") || frame.is_publication() {
            return Ok(());
        }
        let asked = frame.json();
        let Some(id) = asked.get("id") else { return Ok(()) };
        let items = asked.pointer("/params/items").and_then(Value::as_array);
        let result = items.map_or(Value::Null, |items| vec![Value::Null; items.len()].into());
        self.write(&framed(&json!({ "jsonrpc": "2.0", "id": id, "result": result })))
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // It is only measured; how it says goodbye is tested elsewhere.
        self.input = None;
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A frame of the protocol.
pub(super) fn framed(content: &Value) -> Vec<u8> {
    let content = content.to_string();
    format!("Content-Length: {}\r\n\r\n{content}", content.len()).into_bytes()
}

fn read_frame(output: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut length = None;
    let mut line = String::new();
    loop {
        line.clear();
        if output.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().ok(),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length.ok_or(io::ErrorKind::InvalidData)?];
    output.read_exact(&mut body)?;
    Ok(body)
}
