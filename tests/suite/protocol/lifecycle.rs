//! Beginning, ending, and what is not a proper request.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use cable_tests::client::{Client, binary};
use serde_json::{Value, json};

use super::{CABLE, URI, capable, document, with_cable};

#[test]
fn shutdown_and_exit_end_with_0() {
    let mut client = Client::with(&capable());
    assert_eq!(client.server["serverInfo"]["name"], "cable-lsp");
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn shutdown_and_exit_in_one_breath_still_answer() {
    let mut client = Client::with(&capable());
    let id = client.send_bare("shutdown");
    client.notify_bare("exit");
    assert_eq!(client.answer(id), Ok(Value::Null));
    assert_eq!(client.exit_code(), Some(0));
}

#[test]
fn shutdown_with_null_params_is_a_shutdown() {
    let mut client = Client::with(&capable());
    assert_eq!(client.request("shutdown", &Value::Null), Value::Null);
    client.notify("exit", &Value::Null);
    assert_eq!(client.exit_code(), Some(0));
}

#[test]
fn exit_without_shutdown_ends_with_1() {
    let mut client = Client::with(&capable());
    client.notify_bare("exit");
    assert_eq!(client.exit_code(), Some(1));
}

#[test]
fn exit_before_initialize_ends_with_1() {
    let mut client = Client::start();
    client.notify_bare("exit");
    assert_eq!(client.exit_code(), Some(1));
}

#[test]
fn exit_ends_at_once_though_the_input_stays_open() {
    // A wait that is built in makes every end slow; a busy machine not every one.
    let is_quick = (0..20).any(|_| {
        let mut client = with_cable();
        let id = client.send_bare("shutdown");
        client.answer(id).expect("shutdown is answered");
        let start = Instant::now();
        client.notify_bare("exit");
        assert_eq!(client.exit_code(), Some(0));
        start.elapsed() < Duration::from_millis(300)
    });
    assert!(is_quick, "no server ended at once");
}

#[test]
fn the_end_of_input_is_the_end() {
    let mut client = with_cable();
    client.close_input();
    assert_eq!(client.exit_code(), Some(1));

    let mut client = with_cable();
    let id = client.send_bare("shutdown");
    client.answer(id).expect("shutdown is answered");
    client.close_input();
    assert_eq!(client.exit_code(), Some(0));
}

#[test]
fn the_end_of_input_is_the_end_with_answers_pending() {
    let mut client = with_cable();
    let large = CABLE.repeat(8000);
    client.open("file:///large.cable", 1, &large);
    for _ in 0..20 {
        client.send("textDocument/documentSymbol", &json!({ "textDocument": { "uri": "file:///large.cable" } }));
    }
    client.close_input();
    assert_eq!(client.exit_code(), Some(1));
}

/// The server is told of a client process that ends while the input is still held open by somebody else.
#[test]
#[cfg(unix)]
fn the_server_ends_when_the_clients_process_is_gone() {
    let mut editor = Command::new("sleep").arg("600").spawn().expect("a process to watch");
    let mut client = Client::start();
    client.request("initialize", &json!({ "processId": editor.id(), "capabilities": {} }));
    editor.kill().and_then(|()| editor.wait()).expect("the process ends");
    assert_eq!(client.exit_code(), Some(1));
}

#[test]
fn a_client_that_does_not_read_does_not_keep_the_server() {
    let mut server =
        Command::new(binary()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the server starts");
    drop(server.stdout.take());
    let mut client = server.stdin.take().expect("a pipe");
    let body =
        json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "capabilities": {} } }).to_string();
    // The server may be quicker than these writes.
    for _ in 0..3 {
        let _ =
            std::io::Write::write_all(&mut client, format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }
    drop(client);
    assert_eq!(server.wait().expect("it ends").code(), Some(1));
}

#[test]
fn nothing_is_written_unasked() {
    let mut server = Command::new(binary())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the server starts");
    let mut said = String::new();
    server.stdout.take().expect("a pipe").read_to_string(&mut said).expect("text");
    server.stderr.take().expect("a pipe").read_to_string(&mut said).expect("text");
    assert_eq!((said.as_str(), server.wait().expect("it ends").code()), ("", Some(1)));
}

#[test]
fn a_request_before_initialize_is_refused() {
    let mut client = Client::start();
    let refusal = client.ask("textDocument/hover", &json!({})).expect_err("not initialized");
    assert_eq!(refusal.code, -32002);
    client.notify_bare("exit");
    client.exit_code();
}

#[test]
fn a_second_initialize_and_a_request_after_shutdown_are_refused() {
    let mut client = Client::with(&capable());
    assert_eq!(client.ask("initialize", &json!({ "capabilities": {} })).expect_err("twice").code, -32600);
    let id = client.send_bare("shutdown");
    client.answer(id).expect("shutdown is answered");
    let params = json!({ "textDocument": document() });
    assert_eq!(client.ask("textDocument/documentSymbol", &params).expect_err("shut down").code, -32600);
    client.notify_bare("exit");
    assert_eq!(client.exit_code(), Some(0));
}

#[test]
fn what_is_unknown_is_refused_or_ignored() {
    let mut client = with_cable();
    assert_eq!(client.ask("cable/sing", &json!({})).expect_err("unknown").code, -32601);
    assert_eq!(client.ask("$/sing", &json!({})).expect_err("unknown").code, -32601);
    client.notify("$/sing", &json!({}));
    client.notify("cable/sing", &json!({}));
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn malformed_params_are_refused_and_spoil_nothing_else() {
    let mut client = with_cable();
    let bad = json!({ "textDocument": document(), "position": { "line": -1, "character": "x" } });
    assert_eq!(client.ask("textDocument/hover", &bad).expect_err("malformed").code, -32602);
    assert_eq!(client.ask("textDocument/hover", &json!([1])).expect_err("malformed").code, -32602);
    client.notify("textDocument/didChange", &json!({ "textDocument": document() }));
    client.notify("textDocument/didOpen", &json!({}));
    let change = json!([{ "range": { "start": { "line": 0 } }, "text": "lost" }]);
    client.change(URI, 2, &change);
    client.notify("$/cancelRequest", &json!({ "id": {} }));
    // What could have been a change has put the text out of step; a whole text ends that.
    client.change(URI, 3, &json!([{ "text": CABLE }]));
    assert_eq!(client.diagnostics_of(URI, 3).0, [] as [Value; 0]);
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn frames_that_are_not_json_are_answered_and_the_next_is_read() {
    let mut client = with_cable();
    client.write_body("{\"jsonrpc\": \"2.0\", \"method\": ");
    assert_eq!(client.stray_error(), -32700);
    client.write_body("[1, 2]");
    assert_eq!(client.stray_error(), -32600);
    client.write_raw(b"Content-Type: nothing\r\n\r\n");
    assert_eq!(client.stray_error(), -32700);
    client.write_raw(b"Content-Length: 2\r\n\r\n\xff\xfe");
    assert_eq!(client.stray_error(), -32700);
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn cancelling_answers_each_request_once() {
    let mut client = with_cable();
    let uri = "file:///large.cable";
    client.open(uri, 1, &CABLE.repeat(4000));
    let params = json!({ "textDocument": { "uri": uri } });
    let ids: Vec<_> = (0..30).map(|_| client.send("textDocument/documentSymbol", &params)).collect();
    for id in &ids {
        client.notify("$/cancelRequest", &json!({ "id": id }));
    }
    let outcomes: Vec<_> = ids.iter().map(|&id| client.answer(id)).collect();
    let cancelled = outcomes.iter().filter(|outcome| outcome.as_ref().is_err_and(|refusal| refusal.code == -32800));
    assert!(cancelled.count() >= 20, "the requests still waiting are cancelled");
    assert!(outcomes.iter().all(|outcome| outcome.as_ref().map_or_else(|refusal| refusal.code == -32800, |_| true)));
    client.notify("$/cancelRequest", &json!({ "id": ids[0] }));
    assert_eq!(client.finish(), Some(0));
}
