//! What a reader asks: the outline, and what a code means.

use cable_tests::client::Client;
use cable_tests::shared;
use serde_json::{Value, json};

use super::{CABLE, URI, capable, document, position, pulling, uri_of, with_cable};

/// Calls `visit` for each symbol of a tree.
fn visit(symbols: &Value, depth: usize, each: &mut impl FnMut(&Value, usize)) {
    for symbol in symbols.as_array().into_iter().flatten() {
        each(symbol, depth);
        visit(&symbol["children"], depth + 1, each);
    }
}

fn point(position: &Value) -> (u64, u64) {
    (position["line"].as_u64().expect("a line"), position["character"].as_u64().expect("a column"))
}

/// Every symbol selects within itself and is within its parent.
fn assert_nested(symbols: &Value, parent: &Value) {
    for symbol in symbols.as_array().into_iter().flatten() {
        let inside = |inner: &Value, outer: &Value| {
            point(&outer["start"]) <= point(&inner["start"]) && point(&inner["end"]) <= point(&outer["end"])
        };
        assert!(inside(&symbol["selectionRange"], &symbol["range"]), "{symbol}");
        assert!(parent.is_null() || inside(&symbol["range"], parent), "{symbol} in {parent}");
        assert!(symbol["name"].as_str().is_some_and(|name| !name.trim().is_empty()), "{symbol}");
        assert_nested(&symbol["children"], &symbol["range"]);
    }
}

/// The hover over the middle of `needle`.
fn hover(client: &mut Client, text: &str, needle: &str) -> String {
    let mut position = position(text, needle);
    position["character"] = json!(position["character"].as_u64().expect("a column") + needle.len() as u64 / 2);
    let params = json!({ "textDocument": document(), "position": position });
    let hover = client.request("textDocument/hover", &params);
    hover["contents"]["value"].as_str().unwrap_or_else(|| panic!("{needle} has a hover: {hover}")).to_owned()
}

#[test]
fn the_outline_is_a_tree() {
    let mut client = with_cable();
    let outline = client.request("textDocument/documentSymbol", &json!({ "textDocument": document() }));
    assert_nested(&outline, &Value::Null);
    let mut names = Vec::new();
    visit(&outline, 0, &mut |symbol, depth| {
        names.push((depth, symbol["name"].as_str().unwrap_or_default().to_owned()));
    });
    assert_eq!(names.iter().filter(|(depth, _)| *depth == 0).count(), 1, "one cable: {names:?}");
    assert!(names.iter().any(|(depth, name)| *depth > 0 && name.contains("Summary")), "{names:?}");
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_client_that_shows_no_trees_gets_a_list() {
    let mut capabilities = capable();
    capabilities["textDocument"]["documentSymbol"] = json!({});
    let mut client = Client::with(&capabilities);
    client.open(URI, 1, CABLE);
    let outline = client.request("textDocument/documentSymbol", &json!({ "textDocument": document() }));
    let list = outline.as_array().expect("a list");
    assert!(list.len() > 2 && list.iter().all(|symbol| symbol["location"]["uri"] == URI), "{outline}");
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_hover_says_what_a_code_means() {
    let mut client = with_cable();
    for (needle, words) in [
        ("KDEM", &["Democra"][..]),
        ("RUEHDBU", &["Dushanbe"]),
        ("ZNY", &["classified"]),
        ("SIPDIS", &["SIPRNET"]),
        ("141130Z FEB 07", &["2007", "11:30"]),
        ("(b)", &["foreign government", "1.4"]),
    ] {
        let text = hover(&mut client, CABLE, needle).to_lowercase();
        for word in words {
            assert!(text.contains(&word.to_lowercase()), "{needle}: {text}");
        }
    }
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_hover_covers_the_word_it_is_about() {
    let mut client = with_cable();
    let mut inside = position(CABLE, "RUEHDBU");
    inside["character"] = json!(inside["character"].as_u64().expect("a column") + 3);
    let hover = client.request("textDocument/hover", &json!({ "textDocument": document(), "position": inside }));
    let start = position(CABLE, "RUEHDBU");
    assert_eq!(hover["range"]["start"], start, "{hover}");
    assert_eq!(hover["range"]["end"]["character"], json!(start["character"].as_u64().expect("a column") + 7));
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_client_without_markdown_gets_plain_text() {
    let mut capabilities = capable();
    capabilities["textDocument"]["hover"] = json!({});
    let mut client = Client::with(&capabilities);
    client.open(URI, 1, CABLE);
    let params = json!({ "textDocument": document(), "position": position(CABLE, "KDEM") });
    let contents = client.request("textDocument/hover", &params)["contents"].take();
    assert_eq!(contents["kind"], "plaintext");
    let text = contents["value"].as_str().expect("text");
    assert!(text.contains("Democra") && !text.contains("**") && !text.contains('`'), "{text}");
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn outside_any_cable_there_is_nothing_to_say() {
    let mut client = with_cable();
    let params = json!({ "textDocument": document(), "position": { "line": 9, "character": 0 } });
    assert_eq!(client.request("textDocument/hover", &params), Value::Null);
    let params = json!({ "textDocument": { "uri": "file:///not/open" }, "position": { "line": 0, "character": 0 } });
    assert_eq!(client.request("textDocument/hover", &params), Value::Null);
    assert_eq!(client.finish(), Some(0));
}

/// The cable of 2003 has the older reasons, the envelope, and the marks of a scan.
#[test]
fn the_real_cables_are_read_in_every_encoding() {
    let cables = shared::files("cables");
    for encoding in ["utf-8", "utf-16", "utf-32"] {
        let mut capabilities = pulling();
        capabilities["general"]["positionEncodings"] = json!([encoding]);
        if cables.is_empty() {
            return;
        }
        let mut client = Client::with(&capabilities);
        for cable in &cables {
            let uri = uri_of(cable);
            let document = json!({ "textDocument": { "uri": uri } });
            client.open(&uri, 1, &cable.text);
            let outline = client.request("textDocument/documentSymbol", &document);
            assert_nested(&outline, &Value::Null);
            let mut count = 0;
            visit(&outline, 0, &mut |_, _| count += 1);
            assert!(count > 5, "{uri}: {outline}");
            let lines = cable.text.lines().count() as u64;
            let report = client.request("textDocument/diagnostic", &document);
            for diagnostic in report["items"].as_array().expect("a list") {
                assert!(point(&diagnostic["range"]["start"]) <= point(&diagnostic["range"]["end"]), "{diagnostic}");
                assert!(point(&diagnostic["range"]["end"]).0 <= lines, "{diagnostic}");
            }
        }
        assert_eq!(client.finish(), Some(0));
    }
}

#[test]
fn the_real_cable_with_an_envelope_explains_itself() {
    let Some(shared::RealFile { text, .. }) = shared::files("cables").pop() else { return };
    let mut client = Client::with(&capable());
    client.open(URI, 1, &text);
    for (needle, word) in [
        ("KDEM", "democra"),
        ("RUEHDBU", "dushanbe"),
        ("ZNY", "classified"),
        ("SIPDIS", "siprnet"),
        ("(b)", "foreign government"),
    ] {
        let hover = hover(&mut client, &text, needle).to_lowercase();
        assert!(hover.contains(word), "{needle}: {hover}");
    }
    assert_eq!(client.finish(), Some(0));
}
