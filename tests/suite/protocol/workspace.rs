//! A pull of the whole workspace: its progress, its waiting, its end when it is cancelled.

use std::fs;
use std::path::Path;
use std::time::Duration;

use cable_tests::client::{Client, Refusal};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{CABLE, pulling};

/// LSP's `RequestCancelled`.
const CANCELLED: i64 = -32800;

/// A client that pulls and watches files, with a folder open that holds these files.
fn with_files(files: &[(&str, &str)]) -> (Client, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let mut capabilities = pulling();
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
    let mut client = Client::start();
    client.initialize(&json!({
        "processId": std::process::id(),
        "capabilities": capabilities,
        "workspaceFolders": [{ "uri": uri(folder.path()), "name": "cables" }],
        "trace": "verbose"
    }));
    (client, folder)
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// A cable whose one slip is a missing `I`.
fn slipped() -> String {
    CABLE.replace("\nSIPDIS\n", "\nSPDIS\n")
}

/// What a client that knows these reports asks.
fn asking(known: &Value) -> Value {
    let reports = known["items"].as_array().map_or(&[][..], Vec::as_slice);
    let ids = reports.iter().map(|report| json!({ "uri": report["uri"], "value": report["resultId"] }));
    json!({ "identifier": "cable", "previousResultIds": ids.collect::<Vec<_>>() })
}

fn kinds(answer: &Value) -> Vec<(&str, usize)> {
    let reports = answer["items"].as_array().expect("a list");
    let kind = |report: &Value| report["items"].as_array().map_or(("unchanged", 0), |found| ("full", found.len()));
    reports.iter().map(kind).collect()
}

#[test]
fn a_client_that_knows_everything_waits_for_a_change() {
    let (mut client, folder) = with_files(&[("a.cable", &slipped()), ("b.cable", &slipped().replace("0312", "0313"))]);
    let first = client.request("workspace/diagnostic", &asking(&Value::Null));
    assert_eq!(kinds(&first), [("full", 1), ("full", 1)]);
    let waiting = client.send("workspace/diagnostic", &asking(&first));
    let said = client.overhear(Duration::from_millis(200));
    assert!(said.iter().all(|frame| frame["method"] == "$/logTrace" || frame.get("id") != Some(&json!(waiting))));

    let fixed = folder.path().join("a.cable");
    fs::write(&fixed, CABLE).expect("a file");
    let changes = json!({ "changes": [{ "uri": uri(&fixed), "type": 2 }] });
    client.notify("workspace/didChangeWatchedFiles", &changes);
    let second = client.answer(waiting).expect("an answer");
    assert_eq!(kinds(&second), [("full", 0)], "nothing is said of the file that did not change");

    // An edit of the settings is a change of everything.
    let known = json!({ "items": [second["items"][0], first["items"][1]] });
    let waiting = client.send("workspace/diagnostic", &asking(&known));
    let settings = folder.path().join("cable-lsp.toml");
    fs::write(&settings, "select = ['HDR009']").expect("a file");
    client.notify("workspace/didChangeWatchedFiles", &json!({ "changes": [{ "uri": uri(&settings), "type": 1 }] }));
    assert_eq!(kinds(&client.answer(waiting).expect("an answer")), [("full", 0), ("full", 0)]);
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn work_shows_its_progress() {
    let (mut client, _folder) = with_files(&[("a.cable", &slipped())]);
    let mut params = asking(&Value::Null);
    params["workDoneToken"] = json!("work");
    client.request("workspace/diagnostic", &params);
    let mut kinds = Vec::new();
    while kinds.last() != Some(&"end".to_owned()) {
        let progress = client.notification("$/progress");
        assert_eq!(progress["token"], "work");
        kinds.push(progress["value"]["kind"].as_str().expect("a kind").to_owned());
    }
    kinds.dedup();
    assert_eq!(kinds, ["begin", "report", "end"]);
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_cancelled_pull_looks_at_one_more_cable_at_most() {
    let text: String = (0..3000).map(|serial| slipped().replace("0312", &format!("{serial:04}"))).collect();
    let (mut client, _folder) = with_files(&[("many.cable", &text)]);
    let pull = client.send("workspace/diagnostic", &asking(&Value::Null));
    // It is at work.
    while !is_check(&client.notification("$/logTrace")) {}
    client.notify("$/cancelRequest", &json!({ "id": pull }));
    let Err(Refusal { code, .. }) = client.answer(pull) else { panic!("it was done before it was cancelled") };
    assert_eq!(code, CANCELLED);
    // What was said before the answer came is of no interest; what comes after it counts.
    let after = client.overhear_after(Duration::from_millis(300));
    let more = after.iter().filter(|frame| is_check(&frame["params"])).count();
    assert!(more <= 1, "{more} cables were looked at after the answer");
    assert_eq!(client.finish(), Some(0));
}

fn is_check(trace: &Value) -> bool {
    trace["message"].as_str().is_some_and(|message| message.starts_with("checking cable"))
}
