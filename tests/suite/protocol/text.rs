//! The server's text is the client's text: encodings, edits in order, positions out of range.

use cable_tests::client::Client;
use serde_json::{Value, json};

use super::{CABLE, URI, at, capable, document, many};

/// A client that saves what it believes the text to be, and is told whether the server believed the same.
struct Editor {
    client: Client,
    version: i32,
}

impl Editor {
    fn new(encoding: &str, text: &str) -> Self {
        let mut capabilities = capable();
        capabilities["general"]["positionEncodings"] = json!([encoding]);
        let mut client = Client::with(&capabilities);
        assert_eq!(client.server["capabilities"]["positionEncoding"], encoding);
        client.open(URI, 1, text);
        Self { client, version: 1 }
    }

    fn replace(&mut self, start: &Value, end: &Value, text: &str) {
        self.version += 1;
        let changes = json!([{ "range": { "start": start, "end": end }, "text": text }]);
        self.client.change(URI, self.version, &changes);
    }

    /// The server logs a warning if the saved text is not its own.
    fn assert_text(mut self, text: &str) {
        self.client.notify("textDocument/didSave", &json!({ "textDocument": document(), "text": text }));
        let last = self.client.send_bare("shutdown");
        self.client.answer(last).expect("shutdown is answered");
        let said = self.client.overhear(std::time::Duration::from_millis(1));
        let warnings: Vec<_> = said.iter().filter(|frame| frame["method"] == "window/logMessage").collect();
        assert!(warnings.is_empty(), "the server has another text: {warnings:?}");
        self.client.notify_bare("exit");
        assert_eq!(self.client.exit_code(), Some(0));
    }
}

#[test]
fn a_saved_text_that_differs_is_noticed() {
    let mut client = Client::with(&capable());
    client.open(URI, 1, CABLE);
    client.notify("textDocument/didSave", &json!({ "textDocument": document(), "text": "other" }));
    let warning = client.notification("window/logMessage");
    assert_eq!(warning["type"], 2, "{warning}");
    client.notify("textDocument/didSave", &json!({ "textDocument": document(), "text": "other" }));
    client.notify("textDocument/didSave", &json!({ "textDocument": document() }));
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn edits_after_astral_characters_land_in_each_encoding() {
    for (encoding, column) in [("utf-8", 7), ("utf-16", 4), ("utf-32", 3)] {
        let mut editor = Editor::new(encoding, "x\naé𐍈b\r\nz");
        editor.replace(&at(1, column), &at(1, column + 1), "B");
        editor.assert_text("x\naé𐍈B\r\nz");
    }
}

#[test]
fn positions_out_of_range_are_clamped() {
    let mut editor = Editor::new("utf-16", "ab\r\ncd");
    editor.replace(&at(0, 999), &at(0, 999), "!");
    editor.replace(&at(77, 5), &at(u32::MAX >> 1, 0), "?");
    editor.replace(&at(1, 2), &at(0, 3), "-");
    editor.assert_text("ab!-?");
}

#[test]
fn edits_sent_without_waiting_are_applied_in_order() {
    let mut editor = Editor::new("utf-8", "");
    let mut text = String::new();
    for index in 0..500 {
        let word = format!("{index},");
        editor.replace(&at(0, text.len() as u32), &at(0, text.len() as u32), &word);
        text.push_str(&word);
    }
    editor.assert_text(&text);
}

#[test]
fn several_changes_in_one_notification_follow_one_another() {
    let mut editor = Editor::new("utf-8", "one\ntwo\n");
    let changes = json!([
        { "range": { "start": at(0, 0), "end": at(0, 3) }, "text": "1\n1" },
        { "range": { "start": at(2, 0), "end": at(2, 3) }, "text": "2" },
        { "range": { "start": at(1, 1), "end": at(2, 0) }, "text": "" },
    ]);
    editor.client.change(URI, 2, &changes);
    editor.assert_text("1\n12\n");

    let mut editor = Editor::new("utf-8", "one");
    let changes = json!([{ "text": "new\n" }, { "range": { "start": at(1, 0), "end": at(1, 0) }, "text": "end" }]);
    editor.client.change(URI, 2, &changes);
    editor.assert_text("new\nend");
}

#[test]
fn a_change_to_a_document_that_is_not_open_changes_nothing() {
    let mut client = Client::with(&capable());
    client.change(URI, 2, &json!([{ "text": "x" }]));
    assert!(client.notification("window/logMessage")["message"].as_str().is_some_and(|text| text.contains(URI)));
    assert_eq!(client.request("textDocument/documentSymbol", &json!({ "textDocument": document() })), Value::Null);
    assert_eq!(client.finish(), Some(0));
}

/// The trace says how little an edit cost.
#[test]
fn the_trace_counts_what_an_edit_cost() {
    let mut editor = Editor::new("utf-8", &many(50));
    let outline = editor.client.request("textDocument/documentSymbol", &json!({ "textDocument": document() }));
    assert_eq!(outline.as_array().map(Vec::len), Some(50));
    editor.client.notify("$/setTrace", &json!({ "value": "messages" }));
    let line = CABLE.lines().position(|line| line.starts_with("2. (U)")).expect("paragraph 2") as u32;
    let lines_per_cable = CABLE.lines().count() as u32;
    editor.replace(&at(line + 20 * lines_per_cable, 10), &at(line + 20 * lines_per_cable, 10), "x");
    let trace = editor.client.notification("$/logTrace");
    let counts: Vec<u32> = trace["message"]
        .as_str()
        .expect("a message")
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|number| number.parse().ok())
        .collect();
    let [lines, cables] = counts[..] else { panic!("two counts: {trace}") };
    assert!((1..=3).contains(&lines) && (1..=2).contains(&cables), "{trace}");
    editor.client.notify("$/setTrace", &json!({ "value": "off" }));
    editor.replace(&at(0, 0), &at(0, 0), "");
    let said = editor.client.overhear(std::time::Duration::from_millis(50));
    assert!(said.iter().all(|frame| frame["method"] != "$/logTrace"));
    assert_eq!(editor.client.finish(), Some(0));
}
