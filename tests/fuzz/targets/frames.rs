//! JSON-RPC frames → no frame kills the server, and none leaves it deaf: each request is answered.
//!
//! Each line of an input is the body of a frame, so that a kept input reads as a session. A line that begins with `>` is
//! written as it is, without the `>`: a header, or what is where one should be. The server runs in this process, with a
//! client that answers what it is asked. A request that is never answered ends in the timeout of the fuzzer.
#![no_main]

use std::collections::HashSet;
use std::io::{self, Read, Write};
use std::sync::mpsc::{Receiver, Sender, channel};

use cable_fuzz::json::{Chance, change};
use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target, fuzzer_mutate};
use serde_json::{Value, json};

/// A session in which everything is asked for once; its lines are what the mutator begins with.
const SESSION: &str = include_str!("../corpus/frames/session.jsonl");
/// The id of the last request.
const LAST: &str = "last";

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Some(text) = harmless(bytes) else { return Corpus::Reject };
    let mut client = Client::default();
    let mut is_raw = false;
    for line in text.lines() {
        if let Some(raw) = line.strip_prefix('>') {
            is_raw = true;
            client.sent.extend_from_slice(raw.as_bytes());
            client.sent.extend_from_slice(b"\r\n");
        } else {
            client.sends(line);
        }
    }
    let (to_server, from_client) = channel();
    let _ = to_server.send(std::mem::take(&mut client.sent));
    if is_raw {
        // What follows may be taken for a body that is still to come, so nothing more can be asked: the input ends.
        drop(to_server);
    } else {
        for id in &client.held {
            let cancel = json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": id } });
            let _ = to_server.send(framed(&cancel.to_string()));
        }
        client.to_server = Some(to_server);
        client.go_on();
    }
    cable_lsp::serve(Wire { from_client, rest: Vec::new() }, client).expect("threads can be started");
    Corpus::Keep
});

/// The lines of an input, without what would make this process read all of the disk or end with another one.
fn harmless(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes).replace("file:///", "file:///nowhere/").replace("processId", "processIs");
    let lower = text.to_ascii_lowercase();
    let elsewhere = lower.matches("file:").count() != lower.matches("file:///nowhere/").count();
    // A key may be written with escapes.
    (!elsewhere && !lower.contains("..") && !lower.contains("%2e") && !lower.contains("\\u00")).then_some(text)
}

fn framed(body: &str) -> Vec<u8> {
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// What the server reads.
struct Wire {
    from_client: Receiver<Vec<u8>>,
    rest: Vec<u8>,
}

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.rest.is_empty() {
            match self.from_client.recv() {
                Ok(bytes) => self.rest = bytes,
                Err(_) => return Ok(0),
            }
        }
        let length = self.rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&self.rest[..length]);
        self.rest.drain(..length);
        Ok(length)
    }
}

/// What the server writes to: a client that counts its answers.
#[derive(Default)]
struct Client {
    /// What it says first.
    sent: Vec<u8>,
    /// None when the client has said all there was.
    to_server: Option<Sender<Vec<u8>>>,
    /// Requests that are owed an answer.
    awaited: HashSet<String>,
    /// Requests that the server may hold until something changes.
    held: Vec<Value>,
    is_shutting_down: bool,
    read: Vec<u8>,
}

impl Client {
    /// Adds a frame to what is sent, and its id to what is awaited if it is a request beyond doubt.
    fn sends(&mut self, body: &str) {
        self.sent.extend(framed(body));
        let Ok(frame) = serde_json::from_str::<Value>(body) else { return };
        // Not written as it was read: a key that is there twice, a number out of range.
        let is_plain = frame.to_string() == body && frame.get("result").is_none() && frame.get("error").is_none();
        let id = frame.get("id").filter(|id| id.is_i64() || id.is_string());
        let method = frame.get("method").and_then(Value::as_str).unwrap_or_default();
        // Two that are notifications by their nature; they are not answered whatever they carry.
        let is_request = !method.is_empty() && !matches!(method, "exit" | "$/cancelRequest");
        if let Some(id) = id
            && is_plain
            && is_request
            && frame.get("jsonrpc").and_then(Value::as_str) == Some("2.0")
            && frame.get("params").is_none_or(|params| params.is_object() || params.is_array())
        {
            self.awaited.insert(id.to_string());
            if method == "workspace/diagnostic" {
                self.held.push(id.clone());
            }
        }
    }

    fn say(&self, frame: &Value) {
        if let Some(to_server) = &self.to_server {
            let _ = to_server.send(framed(&frame.to_string()));
        }
    }

    /// Ends the session once every answer is there.
    fn go_on(&mut self) {
        if self.awaited.is_empty() && !self.is_shutting_down {
            self.is_shutting_down = true;
            self.say(&json!({ "jsonrpc": "2.0", "id": LAST, "method": "shutdown" }));
        }
    }

    fn hears(&mut self, body: &[u8]) {
        let frame: Value = serde_json::from_slice(body).expect("the server writes JSON");
        assert_eq!(frame["jsonrpc"], "2.0", "{frame}");
        match (frame.get("method").and_then(Value::as_str), frame.get("id")) {
            (Some(method), Some(id)) => {
                let items = frame.pointer("/params/items").and_then(Value::as_array).map_or(0, Vec::len);
                let result = match method {
                    "workspace/configuration" => json!(vec![Value::Null; items]),
                    "workspace/applyEdit" => json!({ "applied": true }),
                    _ => Value::Null,
                };
                self.say(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
            }
            (None, Some(id)) if self.is_shutting_down && id == LAST => {
                self.say(&json!({ "jsonrpc": "2.0", "method": "exit" }));
                self.to_server = None;
            }
            (None, Some(id)) => {
                self.awaited.remove(&id.to_string());
                self.go_on();
            }
            _ => {}
        }
    }
}

impl Write for Client {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.read.extend_from_slice(bytes);
        while let Some(header) = self.read.windows(4).position(|four| four == b"\r\n\r\n") {
            let length = std::str::from_utf8(&self.read[..header]).ok().and_then(|header| header.split_once(": "));
            let length: usize = length.and_then(|(_, length)| length.parse().ok()).expect("a length");
            let end = header + 4 + length;
            if self.read.len() < end {
                break;
            }
            let body: Vec<u8> = self.read[header + 4..end].to_vec();
            self.read.drain(..end);
            self.hears(&body);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut chance = Chance::new(seed);
    if chance.below(10) == 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    let session: Vec<&str> = SESSION.lines().collect();
    let text = String::from_utf8_lossy(&data[..size]).into_owned();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        // Nothing is answered before these two.
        lines.extend(session.iter().take(2).map(|&line| line.to_owned()));
    }
    for _ in 0..=chance.below(3) {
        let at = chance.below(lines.len());
        match chance.below(10) {
            0 if lines.len() > 1 => {
                lines.remove(at);
            }
            1 => lines.insert(at, lines[chance.below(lines.len())].clone()),
            2 if at > 0 => lines.swap(at - 1, at),
            3 | 4 => {
                let line = chance.pick(&session).copied().unwrap_or_default().to_owned();
                lines.insert((at + 1).min(lines.len()), line);
            }
            _ => {
                if let Some(line) = lines.get_mut(at)
                    && let Ok(mut frame) = serde_json::from_str::<Value>(line)
                {
                    change(&mut frame, &mut chance);
                    *line = frame.to_string();
                }
            }
        }
    }
    let mut new = lines.join("\n").into_bytes();
    new.truncate(max_size.min(data.len()));
    data[..new.len()].copy_from_slice(&new);
    new.len()
});
