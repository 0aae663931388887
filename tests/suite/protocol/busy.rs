//! The server under load, and with a client that is slow to answer or asks for nonsense.

use std::time::{Duration, Instant};

use cable_tests::client::Client;
use serde_json::{Value, json};

use super::{CABLE, URI, at, capable, document, position, pulling, with_cable};

/// Far more requests than tower-lsp polls at a time, each of them slow.
#[test]
fn a_short_cable_is_answered_while_many_requests_about_a_long_one_wait() {
    let mut client = with_cable();
    let long = json!({ "textDocument": { "uri": "file:///long.cable" } });
    client.open("file:///long.cable", 1, &CABLE.repeat(3000));
    let waiting: Vec<_> = (0..100).map(|_| client.send("textDocument/documentSymbol", &long)).collect();
    let params = json!({ "textDocument": document(), "position": position(CABLE, "KDEM") });
    assert!(client.request("textDocument/hover", &params).is_object());
    assert!(client.unanswered() > waiting.len() / 2, "the hover waited for {}", waiting.len() - client.unanswered());
    for id in &waiting {
        client.notify("$/cancelRequest", &json!({ "id": id }));
    }
    for id in waiting {
        // Answered or cancelled; never left.
        let _ = client.answer(id);
    }
    assert_eq!(client.finish(), Some(0));
}

/// tower-lsp's channels hold a hundred frames: a handler that waited for its client would stop everything.
#[test]
fn a_client_that_answers_nothing_is_still_served() {
    let mut capabilities = pulling();
    capabilities["workspace"]["configuration"] = json!(true);
    capabilities["workspace"]["didChangeConfiguration"] = json!({ "dynamicRegistration": true });
    let mut client = Client::start();
    client.keep_silent();
    client.initialize(&json!({ "processId": null, "rootUri": null, "capabilities": capabilities }));
    client.open(URI, 1, CABLE);
    for index in 0..500 {
        // Each makes the server ask for settings, or for a new pull.
        let saved = format!("{CABLE}{index}\n");
        client.notify("textDocument/didSave", &json!({ "textDocument": document(), "text": saved }));
        client.notify("workspace/didChangeConfiguration", &json!({ "settings": null }));
    }
    let params = json!({ "textDocument": document(), "position": position(CABLE, "KDEM") });
    assert!(client.request("textDocument/hover", &params).is_object());
    let said = client.said_to_the_end();
    assert!(said.iter().any(|frame| frame.get("id").is_some()), "the server asks for nothing: the test tests nothing");
}

/// The library drops what is published before `initialized`; some clients open a file sooner.
#[test]
fn what_is_opened_before_initialized_gets_its_diagnostics() {
    let mut client = Client::start();
    client.request("initialize", &json!({ "processId": null, "capabilities": capable() }));
    client.open(URI, 1, &CABLE.replace("SIPDIS", "STPDIS"));
    assert_eq!(client.diagnostics_of(URI, 1).0.len(), 1);
    client.notify("initialized", &json!({}));
    assert_eq!(client.finish(), Some(0));
}

/// Coalescing must not become waiting: a single edit is read at once. A delay that is built in makes every one slow; a
/// busy machine not every one.
#[test]
fn a_single_edit_is_not_made_to_wait() {
    let mut client = with_cable();
    let is_quick = (2..500).any(|version| {
        let start = Instant::now();
        client.change(URI, version, &json!([{ "range": { "start": at(19, 0), "end": at(19, 0) }, "text": "x" }]));
        client.diagnostics_of(URI, version);
        start.elapsed() < Duration::from_millis(20)
    });
    assert!(is_quick, "no edit was read at once");
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn places_outside_the_text_are_answered() {
    let mut client = Client::with(&pulling());
    client.open(URI, 1, CABLE);
    let far = u32::MAX >> 1;
    let places = [at(0, far), at(far, 0), at(far, far), at(CABLE.lines().count() as u32, 0), at(9, 1)];
    for (start, end) in places.iter().flat_map(|start| places.iter().map(move |end| (start, end))) {
        let place = json!({ "textDocument": document(), "position": start });
        client.request("textDocument/hover", &place);
        // The end may be before the start.
        let range = json!({ "start": start, "end": end });
        let params = json!({ "textDocument": document(), "range": range, "context": { "diagnostics": [] } });
        assert!(client.request("textDocument/codeAction", &params).is_array());
    }
    let outline = client.request("textDocument/documentSymbol", &json!({ "textDocument": document() }));
    assert_ne!(outline, Value::Null, "the server still has the text");
    assert_eq!(client.finish(), Some(0));
}
