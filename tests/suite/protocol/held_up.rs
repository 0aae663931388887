//! No document holds up another, and nothing holds up the server's end: by order and by memory, not by a clock.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use cable_tests::client::{Client, binary, peak_memory};
use serde_json::{Value, json};

use super::{CABLE, URI, at, capable, document, many, position, pulling};

const SLOW: &str = "file:///slow.cable";

/// One cable of 20 MB, in which nothing is wrong: long to read, and little to say of it.
fn slow() -> String {
    let (front, end) = CABLE.split_at(CABLE.find("DOE\nBT").expect("a signature"));
    front.to_owned() + &"Some words, which go on (and on) for a line or so.\n".repeat(400_000) + end
}

fn slow_document() -> Value {
    json!({ "uri": SLOW })
}

#[test]
fn others_are_answered_while_a_long_text_is_read() {
    let mut client = Client::with(&capable());
    client.open(SLOW, 1, &slow());
    let outline = client.send("textDocument/documentSymbol", &json!({ "textDocument": slow_document() }));
    client.open(URI, 1, CABLE);
    let params = json!({ "textDocument": document(), "position": position(CABLE, "KDEM") });
    for version in 2..6 {
        client.change(URI, version, &json!([{ "range": { "start": at(19, 0), "end": at(19, 0) }, "text": "x" }]));
        assert!(client.request("textDocument/hover", &params).is_object());
        // It fails if diagnostics of the long text come first.
        client.diagnostics_of(URI, version);
    }
    assert_eq!(client.unanswered(), 1, "the long text was read meanwhile: the test tests nothing");
    assert!(client.answer(outline).expect("nothing has changed it").is_array());
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn another_long_text_is_answered_while_one_is_read() {
    let mut client = Client::with(&pulling());
    client.open(SLOW, 1, &slow());
    let waiting: Vec<_> =
        (0..5).map(|_| client.send("textDocument/diagnostic", &json!({ "textDocument": slow_document() }))).collect();
    client.open(URI, 1, &many(100));
    let outline = client.request("textDocument/documentSymbol", &json!({ "textDocument": document() }));
    assert_eq!(outline.as_array().map(Vec::len), Some(100));
    assert_eq!(client.unanswered(), waiting.len(), "the long text was read meanwhile: the test tests nothing");
    for id in waiting {
        assert_eq!(client.answer(id).expect("nothing has changed it")["kind"], "full");
    }
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn edits_of_a_text_that_is_being_read_are_kept_in_order() {
    let mut client = Client::with(&capable());
    let mut text = slow();
    client.open(SLOW, 1, &text);
    let outline = client.send("textDocument/documentSymbol", &json!({ "textDocument": slow_document() }));
    for version in 2..40 {
        let typed = format!("{version},");
        client.change(SLOW, version, &json!([{ "range": { "start": at(3, 0), "end": at(3, 1) }, "text": typed }]));
        let line = text.match_indices('\n').nth(2).expect("lines").0 + 1;
        text.replace_range(line..=line, &typed);
    }
    // Asked about a text that is gone.
    assert_eq!(client.answer(outline).expect_err("it has moved on").code, -32801);
    let (_, older) = client.diagnostics_of(SLOW, 39);
    assert!(older <= 1, "{older} publications came before the last");
    client.notify("textDocument/didSave", &json!({ "textDocument": slow_document(), "text": text }));
    let params = json!({ "textDocument": slow_document(), "position": at(0, 0) });
    client.request("textDocument/hover", &params);
    let said = client.overhear(Duration::ZERO);
    assert!(said.iter().all(|frame| frame["method"] != "window/logMessage"), "the server has another text: {said:?}");
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_client_that_is_gone_is_noticed_while_a_text_is_read() {
    let mut client = Client::with(&capable());
    client.open(SLOW, 1, &slow());
    client.close_input();
    assert_eq!(client.exit_code(), Some(1));

    let mut client = Client::with(&capable());
    client.open(SLOW, 1, &slow());
    let id = client.send_bare("shutdown");
    client.answer(id).expect("shutdown is answered");
    client.notify_bare("exit");
    assert_eq!(client.exit_code(), Some(0));
}

/// A server whose output nobody reads.
fn mute() -> Child {
    let server = Command::new(binary()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    server.expect("the server starts")
}

fn frame(body: &Value) -> Vec<u8> {
    let body = body.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// What a client says before it asks.
fn opening() -> Vec<u8> {
    let initialize =
        json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": { "capabilities": capable() } });
    let initialized = json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} });
    let text = json!({ "uri": URI, "languageId": "cable", "version": 1, "text": CABLE });
    let open = json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": text } });
    let long = json!({ "uri": SLOW, "languageId": "cable", "version": 1, "text": many(150) });
    let open_long = json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": long } });
    [initialize, initialized, open, open_long].iter().flat_map(frame).collect()
}

#[test]
#[cfg(target_os = "linux")]
fn a_client_that_does_not_read_is_not_listened_to() {
    const ASKED: usize = 100_000;
    /// KiB.
    const MOST: u64 = 64 << 10;
    let mut server = mute();
    let mut input = server.stdin.take().expect("a pipe");
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let writing = thread::spawn(move || {
        input.write_all(&opening()).expect("the server reads");
        for id in 1..=ASKED {
            let uri = if id % 2 == 0 { URI } else { SLOW };
            let params = json!({ "textDocument": { "uri": uri } });
            let body = json!({ "jsonrpc": "2.0", "id": id, "method": "textDocument/documentSymbol", "params": params });
            if input.write_all(&frame(&body)).is_err() {
                break;
            }
            count.store(id, Ordering::Relaxed);
        }
        input
    });
    // Until nothing moves any more.
    let mut before = usize::MAX;
    while before != asked.load(Ordering::Relaxed) {
        before = asked.load(Ordering::Relaxed);
        thread::sleep(Duration::from_secs(1));
    }
    assert!(before > 0 && before < ASKED, "{before} requests were taken from a client that reads no answer");
    let peak = peak_memory(server.id()).expect("Linux says so");
    assert!(peak < MOST, "{peak} KiB with {before} requests");

    // Who reads at last is served.
    let mut output = server.stdout.take().expect("a pipe");
    let mut some = vec![0; 1 << 20];
    while asked.load(Ordering::Relaxed) == before {
        output.read_exact(&mut some).expect("answers, until the server listens again");
    }
    let peak = peak_memory(server.id()).expect("Linux says so");
    assert!(peak < MOST, "{peak} KiB when answers were read again");
    drop(output);
    assert_eq!(server.wait().expect("it ends").code(), Some(1));
    drop(writing.join().expect("the client does not fail"));
    assert!(asked.load(Ordering::Relaxed) <= ASKED);
}

/// Nobody can read the output any more, while the input stays open and says nothing.
#[test]
#[cfg(unix)]
fn a_closed_output_is_the_end_though_the_input_stays_open() {
    let mut server = mute();
    let mut input = server.stdin.take().expect("a pipe");
    input.write_all(&opening()).expect("the server reads");
    let mut output = server.stdout.take().expect("a pipe");
    output.read_exact(&mut [0; 16]).expect("an answer");
    drop(output);
    assert_eq!(server.wait().expect("it ends").code(), Some(1));
    drop(input);
}

/// The client ends while its pipe is full of what the server has not taken, for nobody reads the answers.
#[test]
#[cfg(unix)]
fn the_end_of_an_input_that_is_not_read_is_noticed() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = folder.path().join("said");
    let mut frames = opening();
    for id in 1..50_000 {
        let params = json!({ "textDocument": { "uri": SLOW } });
        let body = json!({ "jsonrpc": "2.0", "id": id, "method": "textDocument/documentSymbol", "params": params });
        frames.extend(frame(&body));
    }
    std::fs::write(&said, frames).expect("a file");
    let mut client = Command::new("cat").arg(&said).stdout(Stdio::piped()).spawn().expect("a client");
    let input = client.stdout.take().expect("a pipe");
    let mut server = Command::new(binary()).stdin(input).stdout(Stdio::piped()).spawn().expect("the server starts");
    let output = server.stdout.take();
    thread::sleep(Duration::from_secs(1));
    assert_eq!(client.try_wait().expect("it can be asked"), None, "the server has taken everything");
    client.kill().and_then(|()| client.wait()).expect("the client ends");
    assert_eq!(server.wait().expect("it ends").code(), Some(1));
    drop(output);
}

#[test]
fn many_notices_of_settings_are_one_question_at_a_time() {
    let mut capabilities = capable();
    capabilities["workspace"]["configuration"] = json!(true);
    let mut client = Client::start();
    client.keep_silent();
    client.initialize(&json!({ "processId": null, "capabilities": capabilities }));
    client.open(URI, 1, CABLE);
    for _ in 0..3000 {
        client.notify("workspace/didChangeConfiguration", &json!({ "settings": null }));
    }
    let params = json!({ "textDocument": document(), "position": position(CABLE, "KDEM") });
    assert!(client.request("textDocument/hover", &params).is_object());
    let said = client.overhear(Duration::from_millis(100));
    let questions = said.iter().filter(|frame| frame["method"] == "workspace/configuration").count();
    assert_eq!(questions, 1);
    assert_eq!(client.finish(), Some(0));
}
