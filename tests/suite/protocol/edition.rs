//! `cable.edition`: the page beside a cable, and the way from one to the other.

use cable_tests::client::Client;
use serde_json::{Value, json};

use super::archive::{Archive, CITING};
use super::{CABLE, URI, at, capable, many, with_cable};

fn edition(client: &mut Client, uri: &str, options: &Value) -> Value {
    client.request("workspace/executeCommand", &json!({ "command": "cable.edition", "arguments": [uri, options] }))
}

fn content(answer: &Value) -> &str {
    answer["content"].as_str().expect("a text")
}

/// The line of the source of the line of the page that holds these words, both as they are written.
fn source_of<'a>(answer: &Value, source: &'a str, words: &str) -> Option<&'a str> {
    let row = content(answer).lines().position(|line| line.contains(words));
    let row = row.unwrap_or_else(|| panic!("{words}: {answer:#}"));
    let line = answer["lines"][row].as_u64()?;
    source.lines().nth(usize::try_from(line).expect("it fits") - 1)
}

#[test]
fn each_line_of_the_text_leads_to_its_source() {
    let mut client = with_cable();
    let answer = edition(&mut client, URI, &Value::Null);
    assert_eq!(answer["version"], 1);
    let lines = answer["lines"].as_array().expect("a list").len();
    assert_eq!(content(&answer).lines().count(), lines);
    let subject = CABLE.lines().find_map(|line| line.strip_prefix("SUBJECT: ")).expect("it has one");
    assert_eq!(source_of(&answer, CABLE, subject), Some(format!("SUBJECT: {subject}").as_str()));
    assert_eq!(source_of(&answer, CABLE, "DOE"), Some("DOE"));
    assert_eq!(source_of(&answer, CABLE, "Source"), None);
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn it_follows_every_edit() {
    let mut client = with_cable();
    let before = edition(&mut client, URI, &json!({ "format": "html" }));
    assert!(content(&before).contains(">DOE<"), "{before:#}");
    // Asked twice, said twice.
    assert_eq!(edition(&mut client, URI, &json!({ "format": "html" })), before);
    let row = CABLE.lines().position(|line| line == "DOE").expect("it is signed") as u32;
    let signature = json!({ "start": at(row, 0), "end": at(row, 3) });
    client.change(URI, 2, &json!([{ "range": signature, "text": "ROE" }]));
    for format in ["text", "markdown", "html", "tei"] {
        let after = edition(&mut client, URI, &json!({ "format": format }));
        assert_eq!(after["version"], 2, "{format}");
        assert!(content(&after).contains("ROE") && !content(&after).contains("DOE"), "{format}: {after:#}");
        // Word for word what a server says that has never seen another text.
        let mut fresh = Client::with(&capable());
        fresh.open(URI, 2, &CABLE.replace("\nDOE\n", "\nROE\n"));
        assert_eq!(edition(&mut fresh, URI, &json!({ "format": format })), after, "{format}");
        assert_eq!(fresh.finish(), Some(0));
    }
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn each_element_of_the_page_leads_to_its_lines() {
    let mut client = Client::with(&capable());
    client.open(URI, 1, &many(3));
    let answer = edition(&mut client, URI, &json!({ "format": "html" }));
    let elements = answer["lines"].as_array().expect("a list");
    let length = CABLE.lines().count() as u64;
    for (id, count) in [("head", 0), ("c2-head", 1), ("c3-head", 2)] {
        let head = elements.iter().find(|element| element["id"] == id).expect(id);
        assert_eq!(head["lines"], json!([[0, count * length + 1]]), "{id}");
    }
    for element in elements {
        let id = element["id"].as_str().expect("a name");
        assert!(content(&answer).contains(&format!(" id=\"{id}\"")), "{id}");
    }
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn text_is_as_wide_as_the_window() {
    let mut client = with_cable();
    for width in [40, 60, 1_000_000] {
        let answer = edition(&mut client, URI, &json!({ "width": width }));
        assert!(content(&answer).lines().all(|line| line.chars().count() <= width.min(10_100)), "{answer:#}");
    }
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_hostile_cable_is_words_and_nothing_else() {
    let hostile = concat!(
        "UNCLAS LIMA 000001\n\nSUBJECT: </h1><script>alert(1)</script>\n\n",
        "1. (U) <img src=x onerror=alert(1)> ](javascript:alert(1)) \u{1b}[31m \u{202e}gnp.exe\u{2066} \u{0}\n",
        "\"><svg/onload=alert(1)>\n"
    );
    let mut client = Client::with(&capable());
    client.open(URI, 1, hostile);
    for format in ["text", "markdown", "html", "tei"] {
        let answer = edition(&mut client, URI, &json!({ "format": format }));
        let page = content(&answer);
        assert!(page.contains("alert(1)"), "{format}: nothing is dropped");
        assert!(!page.contains(['\u{1b}', '\u{202e}', '\u{2066}', '\u{0}']), "{format}: {page}");
        if format == "html" {
            assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("<svg"), "{page}");
        }
    }
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn what_cannot_be_shown_is_refused_with_a_reason() {
    let mut client = with_cable();
    for (arguments, why) in [
        (json!([]), "address"),
        (json!([URI, { "format": "pdf" }]), "pdf"),
        (json!(["file:///cables/closed.cable"]), "not open"),
        (json!(["file:///cables/closed.cable", { "format": "html" }]), "not open"),
    ] {
        let params = json!({ "command": "cable.edition", "arguments": arguments });
        let refused = client.ask("workspace/executeCommand", &params).expect_err(why);
        assert!(refused.message.contains(why), "{}", refused.message);
    }
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_reference_leads_to_its_cable_where_the_archive_has_it() {
    let mut archive = Archive::new();
    archive.definition("LONDON 7");
    let (uri, known, other) =
        (archive.uri(CITING), archive.uri("2006/06ASTANA10.cable"), archive.uri("2006/06LONDON7.cable"));
    let page = edition(&mut archive.client, &uri, &json!({ "format": "html" }));
    let links = |page: &str| page.matches("<a href=\"file:").count();
    for target in [known, other] {
        assert!(content(&page).contains(&format!("<a href=\"{target}\">")), "{page:#}");
    }
    assert_eq!(links(content(&page)), 2, "the third is not there: {page:#}");
    archive.end();
}
