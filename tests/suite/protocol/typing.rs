//! A cable is typed key by key, and the findings are asked for as fast as it is typed: nothing is said of what will be
//! right in a moment, and nothing that is wrong is kept back for good.
//!
//! The clock of the pause stands still but where a test is about it.

mod silence;
mod slips;

use std::collections::BTreeSet;
use std::time::Duration;

use cable_tests::client::Client;
use serde_json::{Value, json};

use super::{CABLE, URI, at, capable, document, pulling};

/// A pause that never comes, and one that is there at once.
const NEVER: &str = "3600000";
const AT_ONCE: &str = "1";

/// A finding as a person sees it: the line, from 0, the rule, and whether it is a warning or an error.
type Seen = (u64, String, bool);

/// An editor with one document, in which a person types.
struct Desk {
    client: Client,
    version: i32,
    line: u32,
    column: u32,
}

impl Desk {
    /// Opens a text, with the cursor at its end.
    fn open(capabilities: &Value, pause: &str, text: &str) -> Self {
        let mut client = Client::start_in(&[("CABLE_LSP_PAUSE", pause)]);
        client.initialize(&json!({ "processId": std::process::id(), "rootUri": null, "capabilities": capabilities }));
        let mut desk = Self { client, version: 0, line: 0, column: 0 };
        desk.reopen(text);
        desk
    }

    /// Begins anew with another text.
    fn reopen(&mut self, text: &str) {
        if self.version > 0 {
            self.client.notify("textDocument/didClose", &json!({ "textDocument": document() }));
        }
        (self.version, self.line, self.column) = (1, 0, 0);
        self.client.open(URI, 1, text);
        text.chars().for_each(|key| self.step_over(key));
    }

    /// Types at the cursor.
    fn write(&mut self, text: &str) {
        for key in text.chars() {
            let cursor = at(self.line, self.column);
            self.version += 1;
            let range = json!({ "start": cursor, "end": cursor });
            self.client.change(URI, self.version, &json!([{ "range": range, "text": key.to_string() }]));
            self.step_over(key);
        }
    }

    /// Types one key in front of a place.
    fn write_at(&mut self, place: &Value, text: &str) {
        self.version += 1;
        let range = json!({ "start": place, "end": place });
        self.client.change(URI, self.version, &json!([{ "range": range, "text": text }]));
    }

    fn step_over(&mut self, key: char) {
        if key == '\n' {
            (self.line, self.column) = (self.line + 1, 0);
        } else {
            self.column += key.len_utf8() as u32;
        }
    }

    fn save(&mut self, text: &str) {
        self.client.notify("textDocument/didSave", &json!({ "textDocument": document(), "text": text }));
    }

    /// What is underlined now.
    fn seen(&mut self) -> BTreeSet<Seen> {
        let report = self.client.request("textDocument/diagnostic", &json!({ "textDocument": document() }));
        seen(&report["items"])
    }

    /// The codes of what is underlined now, by their places.
    fn codes(&mut self) -> Vec<String> {
        self.seen().into_iter().map(|(_, code, _)| code).collect()
    }
}

fn seen(items: &Value) -> BTreeSet<Seen> {
    let items = items.as_array().expect("a list");
    items
        .iter()
        .map(|item| {
            let line = item["range"]["start"]["line"].as_u64().expect("a line");
            let code = item["code"].as_str().expect("a code").to_owned();
            (line, code, item["severity"].as_u64().expect("a severity") <= 2)
        })
        .collect()
}

const NOTHING: [String; 0] = [];

#[test]
fn a_client_that_pulls_is_told_of_the_pause() {
    let (above, below) = CABLE.split_at(CABLE.find("\n\nE.O.").expect("it is there"));
    let mut desk = Desk::open(&pulling(), AT_ONCE, &(above.replace("SIPDIS", "SIPDS") + below));
    assert_eq!(desk.codes(), ["CLS005"]);
    desk.write_at(&at(10, 5), "S");
    // The editor's settings may be told of before the pause.
    while desk.codes() != ["CLS005"] {
        desk.client.notification("workspace/diagnostic/refresh");
    }
    assert_eq!(desk.client.finish(), Some(0));
}

#[test]
fn a_client_that_is_pushed_to_gets_the_rest_after_the_pause() {
    let mut desk = Desk::open(&capable(), AT_ONCE, CABLE);
    assert_eq!(desk.client.diagnostics_of(URI, 1), (vec![], 0));
    desk.write_at(&at(10, 1), "T");
    loop {
        let (found, _) = desk.client.diagnostics_of(URI, 2);
        if seen(&found.into()).iter().any(|(line, code, _)| (*line, code.as_str()) == (10, "CLS005")) {
            break;
        }
    }
    assert_eq!(desk.client.finish(), Some(0));
}

#[test]
fn a_client_that_is_pushed_to_gets_the_rest_after_a_save() {
    let mut desk = Desk::open(&capable(), NEVER, CABLE);
    assert_eq!(desk.client.diagnostics_of(URI, 1), (vec![], 0));
    desk.write_at(&at(10, 1), "T");
    assert_eq!(desk.client.diagnostics_of(URI, 2), (vec![], 0));
    desk.save(&CABLE.replace("SIPDIS", "STIPDIS"));
    let (found, _) = desk.client.diagnostics_of(URI, 2);
    assert_eq!(found.len(), 1, "{found:?}");
    // Nothing was held back any more, and another save has nothing to say.
    desk.save(&CABLE.replace("SIPDIS", "STIPDIS"));
    assert_eq!(desk.client.overhear(Duration::from_millis(200)), [] as [Value; 0]);
    assert_eq!(desk.client.finish(), Some(0));
}

#[test]
fn a_save_changes_the_name_of_the_report() {
    let mut desk = Desk::open(&pulling(), NEVER, CABLE);
    desk.write_at(&at(10, 1), "T");
    let pull = |desk: &mut Desk, previous: &Value| {
        let params = json!({ "textDocument": document(), "previousResultId": previous });
        desk.client.request("textDocument/diagnostic", &params)
    };
    let first = pull(&mut desk, &Value::Null);
    assert_eq!(first["items"], json!([]));
    assert_eq!(pull(&mut desk, &first["resultId"])["kind"], "unchanged");
    desk.save(&CABLE.replace("SIPDIS", "STIPDIS"));
    desk.client.notification("workspace/diagnostic/refresh");
    let report = pull(&mut desk, &first["resultId"]);
    assert_eq!((&report["kind"], &report["items"][0]["code"]), (&json!("full"), &json!("CLS005")));
    assert_eq!(desk.client.finish(), Some(0));
}

#[test]
fn what_is_held_back_can_be_fixed_all_the_same() {
    let mut desk = Desk::open(&pulling(), NEVER, &CABLE.replace("SIPDIS", "STPDI"));
    desk.write_at(&at(10, 5), "S");
    assert_eq!(desk.codes(), NOTHING);
    let range = json!({ "start": at(10, 2), "end": at(10, 2) });
    let context = json!({ "diagnostics": [], "only": ["quickfix"] });
    let params = json!({ "textDocument": document(), "range": range, "context": context });
    let actions = desk.client.request("textDocument/codeAction", &params);
    let edit = &actions[0]["edit"]["documentChanges"][0]["edits"][0];
    assert_eq!(edit["newText"], "SIPDIS", "{actions}");
    assert_eq!(desk.client.finish(), Some(0));
}

#[test]
fn the_workspace_shows_what_the_document_shows() {
    let mut desk = Desk::open(&pulling(), NEVER, CABLE);
    desk.write_at(&at(10, 1), "T");
    let mut items = || {
        let report = desk.client.request("workspace/diagnostic", &json!({ "previousResultIds": [] }));
        report["items"][0]["items"].as_array().map(Vec::len)
    };
    assert_eq!(items(), Some(0));
    desk.save(&CABLE.replace("SIPDIS", "STIPDIS"));
    desk.client.notification("workspace/diagnostic/refresh");
    let report = desk.client.request("workspace/diagnostic", &json!({ "previousResultIds": [] }));
    assert_eq!(report["items"][0]["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(desk.client.finish(), Some(0));
}
