//! What may come next: the edits apply, and fit what the client can do.

use std::fs;
use std::path::Path;

use cable_tests::client::Client;
use cable_tests::position::{self, Encoding};
use serde_json::{Value, json};

use super::{CABLE, URI, capable, document};

/// A client with a text open.
fn with_text(capabilities: &Value, text: &str) -> Client {
    let mut client = Client::with(capabilities);
    client.open(URI, 1, text);
    client
}

/// The list at a byte offset of the text.
fn complete(client: &mut Client, text: &str, offset: usize) -> Value {
    let position = position::position(text, offset, Encoding::Utf8);
    client.request("textDocument/completion", &json!({ "textDocument": document(), "position": position }))
}

fn items(list: &Value) -> &[Value] {
    list["items"].as_array().expect("items")
}

/// The bytes that an item replaces, and what it writes.
fn edit<'a>(item: &'a Value, text: &str) -> (std::ops::Range<usize>, &'a str) {
    let edit = &item["textEdit"];
    let at = |position: &Value| position::offset(text, position, Encoding::Utf8).expect("a position of the text");
    (at(&edit["range"]["start"])..at(&edit["range"]["end"]), edit["newText"].as_str().expect("a text"))
}

/// The text at `$0` and the item of this label there, accepted: the line that comes of it.
#[track_caller]
fn accept(capabilities: &Value, text: &str, label: &str) -> (String, Value) {
    let cursor = text.find("$0").expect("a cursor");
    let text = text.replacen("$0", "", 1);
    let mut client = with_text(capabilities, &text);
    let list = complete(&mut client, &text, cursor);
    let item = items(&list).iter().find(|item| item["label"] == label);
    let item = item.unwrap_or_else(|| panic!("{label} is not in {list}")).clone();
    let (range, new) = edit(&item, &text);
    let mut accepted = text.clone();
    accepted.replace_range(range.clone(), new);
    let start = accepted[..range.start].rfind('\n').map_or(0, |end| end + 1);
    let line = accepted[start..].lines().next().unwrap_or_default().to_owned();
    assert_eq!(client.finish(), Some(0));
    (line, item)
}

#[test]
fn a_country_is_written_as_its_code() {
    let text = CABLE.replace("TAGS: KDEM, KZ, PGOV", "TAGS: KDEM, kazakh$0, PGOV");
    assert_eq!(accept(&capable(), &text, "KZ").0, "TAGS: KDEM, KZ, PGOV");
}

#[test]
fn an_addressee_gets_its_routing_indicator() {
    let text = CABLE.replace("\nBT\nC O N", "\nINFO tashk$0\nBT\nC O N");
    assert_eq!(accept(&capable(), &text, "AMEMBASSY TASHKENT").0, "INFO RUEHNT/AMEMBASSY TASHKENT");
}

#[test]
fn snippets_go_to_clients_that_fill_them_in() {
    let text = CABLE.replace("SIPDIS", "for$0");
    let (line, item) = accept(&capable(), &text, "FOR ... ONLY");
    assert_eq!(line, "FOR NAME ONLY");
    assert_eq!(item.get("insertTextFormat"), None);
    let mut capabilities = capable();
    capabilities["textDocument"]["completion"] = json!({ "completionItem": { "snippetSupport": true } });
    let (line, item) = accept(&capabilities, &text, "FOR ... ONLY");
    assert_eq!((line.as_str(), &item["insertTextFormat"]), ("FOR ${1:NAME} ONLY", &json!(2)));
}

#[test]
fn documentation_is_there_or_comes_when_it_is_asked_for() {
    let text = CABLE.replace("PGOV", "kazakh$0").replace("KZ, ", "");
    let (_, item) = accept(&capable(), &text, "KZ");
    let said = item["documentation"]["value"].as_str().expect("documentation at once").to_owned();
    assert!(said.contains("Kazakhstan") && item.get("data").is_none(), "{item}");

    let mut capabilities = capable();
    capabilities["textDocument"]["completion"] =
        json!({ "completionItem": { "resolveSupport": { "properties": ["documentation"] } } });
    let plain = text.replacen("$0", "", 1);
    let mut client = with_text(&capabilities, &plain);
    let list = complete(&mut client, &plain, text.find("$0").expect("a cursor"));
    let item = items(&list)[0].clone();
    assert!(item.get("documentation").is_none(), "{item}");
    let resolved = client.request("completionItem/resolve", &item);
    assert_eq!(resolved["documentation"]["value"], said.as_str());
    // An item without data is whole already, and one that is none of ours is refused.
    let whole = client.request("completionItem/resolve", &json!({ "label": "x" }));
    assert_eq!(whole["label"], "x");
    assert!(client.ask("completionItem/resolve", &json!({ "label": "x", "data": 7 })).is_err());
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn prose_is_quiet_and_an_unknown_document_has_no_answer() {
    let mut client = with_text(&capable(), CABLE);
    let from = CABLE.find("who spoke").expect("prose");
    for offset in from..from + "who spoke for".len() {
        assert_eq!(items(&complete(&mut client, CABLE, offset)), &[] as &[Value], "{offset}");
    }
    let params = json!({ "textDocument": { "uri": "file:///none.cable" }, "position": { "line": 0, "character": 0 } });
    assert_eq!(client.request("textDocument/completion", &params), Value::Null);
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn every_edit_holds_the_cursor_on_its_line() {
    for name in ["era-c-clean.cable", "era-c-broken.cable"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
        let text = fs::read_to_string(path).expect("a sample");
        let mut client = with_text(&capable(), &text);
        let mut offered = 0;
        for offset in (0..=text.len()).filter(|&offset| text.is_char_boundary(offset)) {
            let list = complete(&mut client, &text, offset);
            assert!(items(&list).len() <= 200, "{name}:{offset}");
            offered += items(&list).len();
            for item in items(&list) {
                let (range, new) = edit(item, &text);
                assert!(range.start <= offset && offset <= range.end, "{name}:{offset}: {item}");
                let replaced = text.get(range).expect("whole characters");
                assert!(!replaced.contains(['\n', '\r']) && !new.is_empty(), "{name}:{offset}: {item}");
            }
        }
        assert!(offered > 0, "{name}");
        assert_eq!(client.finish(), Some(0));
    }
}
