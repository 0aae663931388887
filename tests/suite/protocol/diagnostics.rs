//! Diagnostics and their fixes: pushed or pulled, never both; of the right version; few in a burst.

use std::time::{Duration, Instant};

use cable_tests::client::Client;
use serde_json::{Value, json};

use super::{CABLE, URI, at, capable, document, many, pulling, with_cable};

/// `CABLE` with one slip that every era would call one: SIPDIS misread.
fn slipped() -> String {
    CABLE.replace("SIPDIS", "STPDIS")
}

fn pull(client: &mut Client, previous: Option<&str>) -> Value {
    client.request("textDocument/diagnostic", &json!({ "textDocument": document(), "previousResultId": previous }))
}

#[test]
fn a_slip_is_pushed_with_what_the_client_needs() {
    let mut client = Client::with(&capable());
    assert_eq!(client.server["capabilities"]["diagnosticProvider"], Value::Null);
    client.open(URI, 4, &slipped());
    let (diagnostics, _) = client.diagnostics_of(URI, 4);
    let [slip] = &diagnostics[..] else { panic!("one slip: {diagnostics:?}") };
    assert_eq!(slip["range"], json!({ "start": at(10, 0), "end": at(10, 6) }));
    assert_eq!(slip["source"], "cable");
    assert!(slip["code"].as_str().is_some_and(|code| !code.is_empty()), "{slip}");
    assert!((1..=4).contains(&slip["severity"].as_i64().expect("a severity")), "{slip}");
    assert!(slip["message"].as_str().is_some_and(|message| message.contains("SIPDIS")), "{slip}");

    client.change(URI, 5, &json!([{ "range": { "start": at(10, 1), "end": at(10, 2) }, "text": "I" }]));
    assert_eq!(client.diagnostics_of(URI, 5), (vec![], 0));
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_closed_document_has_no_diagnostics() {
    let mut client = Client::with(&capable());
    client.open(URI, 1, &slipped());
    assert_eq!(client.diagnostics_of(URI, 1).0.len(), 1);
    client.notify("textDocument/didClose", &json!({ "textDocument": document() }));
    let cleared = client.notification("textDocument/publishDiagnostics");
    assert_eq!((&cleared["diagnostics"], cleared.get("version")), (&json!([]), None));
    // Versions may begin again.
    client.open(URI, 1, &slipped());
    assert_eq!(client.diagnostics_of(URI, 1).0.len(), 1);
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_client_that_pulls_is_never_pushed_to() {
    let mut client = Client::with(&pulling());
    let offered = &client.server["capabilities"]["diagnosticProvider"];
    assert!(offered.is_object(), "{offered}");
    client.open(URI, 1, &slipped());
    let report = pull(&mut client, None);
    assert_eq!((&report["kind"], report["items"].as_array().map(Vec::len)), (&json!("full"), Some(1)));
    let said = client.overhear(Duration::from_millis(300));
    assert_eq!(said, [] as [Value; 0]);
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_client_that_pulls_is_told_to_when_it_cannot_know() {
    let mut client = Client::with(&pulling());
    client.open(URI, 1, CABLE);
    client.notify("textDocument/didSave", &json!({ "textDocument": document(), "text": slipped() }));
    client.notification("workspace/diagnostic/refresh");
    assert_eq!(pull(&mut client, None)["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_client_that_is_pushed_to_gets_each_version_once() {
    let mut client = with_cable();
    client.change(URI, 2, &json!([{ "text": slipped() }]));
    client.diagnostics_of(URI, 2);
    assert_eq!(client.overhear(Duration::from_millis(300)), [] as [Value; 0]);
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn an_unchanged_document_is_said_to_be_unchanged() {
    let mut client = Client::with(&pulling());
    client.open(URI, 1, &slipped());
    let first = pull(&mut client, None);
    let id = first["resultId"].as_str().expect("a result id");
    let again = pull(&mut client, Some(id));
    assert_eq!(again, json!({ "kind": "unchanged", "resultId": id }));
    assert_eq!(pull(&mut client, Some("of another session"))["items"], first["items"]);

    client.change(URI, 2, &json!([{ "text": CABLE }]));
    let fixed = pull(&mut client, Some(id));
    assert_eq!((&fixed["kind"], &fixed["items"]), (&json!("full"), &json!([])));
    assert_ne!(fixed["resultId"], id);

    // The same version of a file opened again is another state.
    client.notify("textDocument/didClose", &json!({ "textDocument": document() }));
    assert_eq!(pull(&mut client, None)["items"], json!([]));
    client.open(URI, 1, &slipped());
    assert_eq!(pull(&mut client, Some(id))["kind"], "full");
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_burst_of_edits_costs_two_publications_at_most() {
    for text in [CABLE.to_owned(), many(100), CABLE.repeat(100)] {
        let mut client = Client::with(&capable());
        client.open(URI, 1, &text);
        client.diagnostics_of(URI, 1);
        let start = Instant::now();
        client.in_one_piece(|client| {
            for version in 2..=51 {
                let place = json!({ "start": at(19, 0), "end": at(19, 0) });
                client.change(URI, version, &json!([{ "range": place, "text": "x" }]));
            }
        });
        let (_, older) = client.diagnostics_of(URI, 51);
        assert!(older <= 1, "{older} publications before the last, {:?}", start.elapsed());
        assert_eq!(client.overhear(Duration::from_millis(100)), [] as [Value; 0]);
        assert_eq!(client.finish(), Some(0));
    }
}

#[test]
fn a_fix_is_offered_where_the_slip_is() {
    let mut client = Client::with(&capable());
    client.open(URI, 7, &slipped());
    client.diagnostics_of(URI, 7);
    let mut actions = |line: u32, only: Value| {
        let range = json!({ "start": at(line, 2), "end": at(line, 2) });
        let context = json!({ "diagnostics": [], "only": only });
        let params = json!({ "textDocument": document(), "range": range, "context": context });
        client.request("textDocument/codeAction", &params).as_array().expect("a list").clone()
    };
    let edit = json!({
        "documentChanges": [{
            "textDocument": { "uri": URI, "version": 7 },
            "edits": [{ "range": { "start": at(10, 0), "end": at(10, 6) }, "newText": "SIPDIS" }]
        }]
    });

    let quick = actions(10, json!(["quickfix"]));
    let [fix] = &quick[..] else { panic!("one fix: {quick:?}") };
    assert_eq!((&fix["kind"], &fix["edit"]), (&json!("quickfix"), &edit));
    assert_eq!(fix["diagnostics"].as_array().map(Vec::len), Some(1));
    assert!(actions(12, json!(["quickfix"])).is_empty());

    let all = actions(0, json!(["source.fixAll"]));
    let [all] = &all[..] else { panic!("one action: {all:?}") };
    assert_eq!((&all["kind"], &all["edit"]), (&json!("source.fixAll.cable"), &edit));
    let mut kinds = |only: Value| actions(10, only).iter().map(|action| action["kind"].clone()).collect::<Vec<_>>();
    let refactoring = json!("refactor.rewrite.cable.insertHeaderLine");
    assert_eq!(kinds(json!(["refactor"])), std::slice::from_ref(&refactoring));
    let explain = json!("explain.cable");
    assert_eq!(kinds(Value::Null), [json!("quickfix"), explain, refactoring, json!("source.fixAll.cable")]);
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn renumbering_is_offered_where_a_number_is_not_right() {
    let mut client = Client::with(&capable());
    client.open(URI, 1, &CABLE.replace("2. (U)", "4. (U)"));
    client.diagnostics_of(URI, 1);
    let context = json!({ "diagnostics": [], "only": ["refactor.rewrite"] });
    let params =
        json!({ "textDocument": document(), "range": { "start": at(0, 0), "end": at(0, 0) }, "context": context });
    let actions = client.request("textDocument/codeAction", &params);
    assert_eq!(actions[0]["kind"], "refactor.rewrite.cable.renumber");
    assert_eq!(actions[0]["edit"]["documentChanges"][0]["edits"][0]["newText"], "2", "{actions}");
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_client_without_versioned_edits_gets_plain_ones() {
    let mut capabilities = capable();
    capabilities["workspace"] = json!({});
    let mut client = Client::with(&capabilities);
    client.open(URI, 1, &slipped());
    client.diagnostics_of(URI, 1);
    let range = json!({ "start": at(10, 0), "end": at(10, 6) });
    let params = json!({ "textDocument": document(), "range": range, "context": { "diagnostics": [] } });
    let actions = client.request("textDocument/codeAction", &params);
    assert_eq!(actions[0]["edit"], json!({ "changes": { URI: [{ "range": range, "newText": "SIPDIS" }] } }));
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_client_that_completes_actions_gets_the_edit_of_all_fixes_when_it_chooses() {
    let mut capabilities = capable();
    let actions = &mut capabilities["textDocument"]["codeAction"];
    actions["dataSupport"] = json!(true);
    actions["resolveSupport"] = json!({ "properties": ["edit"] });
    let mut client = Client::with(&capabilities);
    assert_eq!(client.server["capabilities"]["codeActionProvider"]["resolveProvider"], true);
    client.open(URI, 1, &slipped());
    client.diagnostics_of(URI, 1);
    let range = json!({ "start": at(0, 0), "end": at(0, 0) });
    let context = json!({ "diagnostics": [], "only": ["source.fixAll"] });
    let params = json!({ "textDocument": document(), "range": range, "context": context });
    let mut actions = client.request("textDocument/codeAction", &params);
    assert_eq!(actions[0].get("edit"), None);
    let resolved = client.request("codeAction/resolve", &actions[0].take());
    assert_eq!(resolved["edit"]["documentChanges"][0]["edits"][0]["newText"], "SIPDIS", "{resolved}");
    assert_eq!(
        client.ask("codeAction/resolve", &json!({ "title": "of another server" })).expect_err("ours?").code,
        -32602
    );
    assert_eq!(client.finish(), Some(0));
}
