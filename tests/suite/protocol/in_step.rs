//! The server speaks of the text that the editor shows, or of none: what cannot be read, and what is spelt in two ways.

use std::fs;

use cable_tests::client::Client;
use serde_json::{Value, json};

use super::{CABLE, URI, at, capable, document, position, pulling};

/// A cable with one slip.
fn slipped() -> String {
    CABLE.replace("\nSIPDIS\n", "\nSTPDIS\n")
}

/// A client whose columns are UTF-16 units, as those of most editors are.
fn in_utf_16() -> Client {
    let mut capabilities = capable();
    capabilities["general"]["positionEncodings"] = json!(["utf-16"]);
    Client::with(&capabilities)
}

/// A client that has the slipped cable open and was told of the slip.
fn with_slip() -> Client {
    let mut client = Client::with(&capable());
    client.open(URI, 1, &slipped());
    assert_eq!(client.diagnostics_of(URI, 1).0.len(), 1);
    client
}

fn hover(client: &mut Client) -> Value {
    client.request("textDocument/hover", &json!({ "textDocument": document(), "position": position(CABLE, "KDEM") }))
}

/// What the client shows of its cable from now on.
fn published(client: &mut Client) -> Value {
    let published = client.notification("textDocument/publishDiagnostics");
    assert_eq!(published["uri"], URI);
    published["diagnostics"].clone()
}

/// Nothing is said of the cable, and what to do is said once.
fn assert_out_of_step(client: &mut Client) {
    let message = client.notification("window/showMessage");
    assert!(message["message"].as_str().is_some_and(|text| text.contains("save")), "{message}");
    assert_eq!(published(client), json!([]));
    // An edit of a text that is not known, and more of what cannot be read.
    client.change(URI, 8, &json!([{ "range": { "start": at(0, 0), "end": at(0, 1) }, "text": "x" }]));
    client.notify("textDocument/didChange", &json!({ "textDocument": document(), "contentChanges": 7 }));
    assert_eq!(hover(client), Value::Null);
    let place = json!({ "start": at(10, 0), "end": at(10, 6) });
    for (method, answer) in [
        ("textDocument/codeAction", Value::Null),
        ("textDocument/formatting", Value::Null),
        ("textDocument/documentSymbol", Value::Null),
    ] {
        let params = json!({
            "textDocument": document(), "range": place, "context": { "diagnostics": [] },
            "options": { "tabSize": 4, "insertSpaces": true },
        });
        assert_eq!(client.request(method, &params), answer, "{method}");
    }
    client.ask("workspace/executeCommand", &json!({ "command": "cable.repair", "arguments": [URI] })).expect_err("no");
    let said = client.overhear(std::time::Duration::ZERO);
    assert!(said.iter().all(|frame| frame["method"] != "window/showMessage"), "it is said once: {said:?}");
}

fn assert_in_step(client: &mut Client) {
    assert_eq!(published(client).as_array().map(Vec::len), Some(1));
    assert!(hover(client).is_object());
}

#[test]
fn half_a_character_is_one_unit() {
    let mut client = in_utf_16();
    let text = json!("e\u{301}x\n12345\n").to_string();
    let opened = format!(
        r#"{{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{{"textDocument":{{"uri":"{URI}","languageId":"cable","version":1,"text":{}}}}}}}"#,
        text.replace('x', r"\ud800")
    );
    client.write_body(&opened);
    let change = |line, column, end, text: &str| {
        format!(
            r#"{{"jsonrpc":"2.0","method":"textDocument/didChange","params":{{"textDocument":{{"uri":"{URI}","version":2}},"contentChanges":[{{"range":{{"start":{{"line":{line},"character":{column}}},"end":{{"line":{line},"character":{end}}}}},"text":"{text}"}}]}}}}"#
        )
    };
    client.write_body(&change(0, 3, 3, "!"));
    client.write_body(&change(1, 2, 3, r"\uDFFF\n"));
    client.write_body(&change(2, 0, 1, r"\\ud800"));
    let saved = "e\u{301}\u{fffd}!\n12\u{fffd}\n\\ud8005\n";
    client.notify("textDocument/didSave", &json!({ "textDocument": document(), "text": saved }));
    hover(&mut client);
    let said = client.overhear(std::time::Duration::ZERO);
    let problems: Vec<_> = said
        .iter()
        .filter(|frame| frame["method"].as_str().is_some_and(|method| method.starts_with("window")))
        .collect();
    assert!(problems.is_empty(), "the server has another text: {problems:?}");
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_change_that_cannot_be_read_ends_in_a_whole_text() {
    let mut client = with_slip();
    client.change(URI, 2, &json!([{ "range": { "start": at(0, 0), "end": { "line": -1 } }, "text": "" }]));
    assert_out_of_step(&mut client);
    client.change(
        URI,
        9,
        &json!([
            { "range": { "start": at(0, 0), "end": at(0, 1) }, "text": "x" },
            { "text": "x".to_owned() + &slipped() },
            { "range": { "start": at(0, 0), "end": at(0, 1) }, "text": "" }
        ]),
    );
    assert_in_step(&mut client);
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_frame_that_is_no_json_may_have_been_of_any_document_until_each_is_saved() {
    let mut client = with_slip();
    client.write_body("{\"jsonrpc\": \"2.0\", \"method\": \"textDocument/didChange\", \"params\": ");
    assert_eq!(client.stray_error(), -32700);
    assert_out_of_step(&mut client);
    client.notify("textDocument/didSave", &json!({ "textDocument": document() }));
    assert_eq!(hover(&mut client), Value::Null, "a save without the text says nothing of it");
    client.notify("textDocument/didSave", &json!({ "textDocument": document(), "text": slipped() }));
    assert_in_step(&mut client);
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn bytes_that_are_no_text_put_their_document_out_of_step_until_it_is_reopened() {
    let mut client = with_slip();
    client.open("file:///other.cable", 1, CABLE);
    let mut body = json!({
        "jsonrpc": "2.0", "method": "textDocument/didChange",
        "params": { "textDocument": { "uri": URI, "version": 2 }, "contentChanges": [{ "text": "@" }] },
    })
    .to_string()
    .into_bytes();
    for byte in body.iter_mut().filter(|byte| **byte == b'@') {
        *byte = 0xff;
    }
    client.write_raw(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
    client.write_raw(&body);
    assert_eq!(client.stray_error(), -32700);
    let other = json!({ "textDocument": { "uri": "file:///other.cable" }, "position": position(CABLE, "KDEM") });
    assert!(client.request("textDocument/hover", &other).is_object(), "the other document is in step");
    let empty = client.notification("textDocument/publishDiagnostics");
    assert_eq!(empty["diagnostics"], json!([]));
    assert_eq!(hover(&mut client), Value::Null);
    client.notify("textDocument/didClose", &json!({ "textDocument": document() }));
    client.open(URI, 3, &slipped());
    assert!(hover(&mut client).is_object());
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn who_pulls_gets_nothing_of_what_is_out_of_step() {
    let mut client = Client::with(&pulling());
    client.open(URI, 1, &slipped());
    let params = json!({ "textDocument": document() });
    assert_eq!(client.request("textDocument/diagnostic", &params)["items"].as_array().map(Vec::len), Some(1));
    client.notify("textDocument/didChange", &json!({ "textDocument": document() }));
    assert_eq!(client.request("textDocument/diagnostic", &params)["items"], json!([]));
    client.change(URI, 3, &json!([{ "text": slipped() }]));
    assert_eq!(client.request("textDocument/diagnostic", &params)["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_message_that_is_too_long_is_an_error_at_once() {
    let mut client = with_slip();
    client.write_raw(b"Content-Length: 999999999999\r\n\r\n");
    assert_eq!(client.stray_error(), -32600);
    assert_eq!(published(&mut client), json!([]));
    client.close_input();
    assert_eq!(client.exit_code(), Some(1));
}

#[test]
fn an_address_may_have_any_number_of_parts() {
    let mut client = Client::with(&capable());
    for (parts, name) in [(7000, "a"), (1_000_000, "a"), (2000, "b")] {
        let uri = format!("file:///{}{name}.cable", "a/".repeat(parts));
        client.open(&uri, 1, CABLE);
        let params = json!({ "textDocument": { "uri": uri }, "position": position(CABLE, "KDEM") });
        assert!(client.request("textDocument/hover", &params).is_object());
    }
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn json_may_be_nested_as_deeply_as_it_likes() {
    let mut client = with_slip();
    for (before, after, error) in [("", "", -32600), (r#"{"jsonrpc":"2.0","method":"x","params":"#, "}", -32700)] {
        client.write_body(&format!("{before}{}{}{after}", "[".repeat(200_000), "]".repeat(200_000)));
        assert_eq!(client.stray_error(), error);
    }
    let text = "QUOTE\n".repeat(3000) + &"(".repeat(3000) + "\n1. (U) a\n" + &"A. (U) b\n1) c\n(a) d\n".repeat(500);
    client.open(URI, 2, &(slipped() + &text));
    let params = json!({ "textDocument": document(), "positions": [at(40, 0), at(3600, 2)] });
    for method in ["textDocument/documentSymbol", "textDocument/selectionRange", "textDocument/foldingRange"] {
        assert!(client.request(method, &params).is_array(), "{method}");
    }
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn two_spellings_of_a_file_have_one_report_in_the_clients_spelling() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a (copy).cable"), slipped()).expect("a file");
    fs::write(folder.path().join("b (copy).cable"), slipped()).expect("a file");
    let root = format!("file://{}", folder.path().display());
    let mut client = Client::start();
    client.initialize(&json!({
        "processId": null, "capabilities": pulling(), "workspaceFolders": [{ "uri": root, "name": "cables" }]
    }));
    let [open, known] = ["a", "b"].map(|name| format!("{root}/{name}%20%28copy%29.cable"));
    client.open(&open, 1, CABLE);
    let asked = json!({ "previousResultIds": [{ "uri": known, "value": "old" }] });
    let reports = client.request("workspace/diagnostic", &asked);
    let told: Vec<_> =
        reports["items"].as_array().expect("a list").iter().map(|one| (&one["uri"], &one["items"])).collect();
    assert_eq!(told.len(), 2, "{reports}");
    assert_eq!(told[0], (&json!(open), &json!([])));
    assert_eq!((told[1].0, told[1].1.as_array().map(Vec::len)), (&json!(known), Some(1)));
    assert_eq!(client.finish(), Some(0));
}

/// A rule that fails loses what it found, and nothing else: the built program with a failure planted in it.
#[test]
#[cfg(debug_assertions)]
fn a_rule_that_fails_loses_its_own_findings_only() {
    let text = slipped().replace("1. (C)", "11. (C)");
    let codes = |environment: &[(&str, &str)]| {
        let mut client = Client::start_in(environment);
        client.initialize(&json!({ "processId": null, "capabilities": capable() }));
        client.open(URI, 1, &text);
        let (found, _) = client.diagnostics_of(URI, 1);
        assert_eq!(client.finish(), Some(0));
        found.iter().map(|found| found["code"].as_str().expect("a code").to_owned()).collect::<Vec<_>>()
    };
    let all = codes(&[]);
    assert!(all.len() > 1 && all.contains(&"CLS005".to_owned()), "{all:?}");
    let rest: Vec<_> = all.iter().filter(|code| *code != "CLS005").cloned().collect();
    assert_eq!(codes(&[("CABLE_LSP_FAILING_RULE", "CLS005")]), rest);
}
