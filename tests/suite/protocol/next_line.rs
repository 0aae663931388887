//! A cable is typed key by key: what comes out is what was typed, and what is offered saves keys.

use cable_tests::client::Client;
use cable_tests::position::{self, Encoding};
use cable_tests::shared;
use serde_json::{Value, json};

use super::pulling;

/// The share of the keys of plain typing that may be needed. What is left are line ends, and the words that nobody can
/// know.
const GOAL_PERCENT: usize = 45;

/// An editor as VS Code is by its defaults: a letter opens a list, a list stays as long as its words fit, Enter takes the
/// first item.
struct Editor {
    client: Client,
    uri: String,
    version: i32,
    text: String,
    list: Vec<Value>,
    keys: usize,
}

impl Editor {
    fn new(name: &str) -> Self {
        let mut capabilities = pulling();
        capabilities["textDocument"]["completion"] = json!({ "completionItem": { "snippetSupport": true } });
        let mut client = Client::with(&capabilities);
        let uri = format!("file:///typed/{name}");
        client.open(&uri, 1, "");
        Self { client, uri, version: 1, text: String::new(), list: Vec::new(), keys: 0 }
    }

    fn replace(&mut self, range: std::ops::Range<usize>, new: &str) {
        let at = |offset| position::position(&self.text, offset, Encoding::Utf8);
        let change = json!([{ "range": { "start": at(range.start), "end": at(range.end) }, "text": new }]);
        self.version += 1;
        self.client.change(&self.uri, self.version, &change);
        self.text.replace_range(range, new);
    }

    fn ask(&mut self) {
        let position = position::position(&self.text, self.text.len(), Encoding::Utf8);
        let params = json!({ "textDocument": { "uri": self.uri }, "position": position });
        let answer = self.client.request("textDocument/completion", &params);
        self.list.clone_from(answer["items"].as_array().expect("items"));
        self.narrow();
    }

    /// What an item would replace.
    fn range(&self, item: &Value) -> std::ops::Range<usize> {
        let range = &item["textEdit"]["range"];
        let at = |position: &Value| position::offset(&self.text, position, Encoding::Utf8).expect("a position");
        at(&range["start"])..at(&range["end"])
    }

    /// An item stays while its letters come in the order in which they are typed.
    fn narrow(&mut self) {
        let typed = |item: &Value| self.text[self.range(item).start..].to_lowercase();
        let fits = |item: &Value| {
            let filter = item["filterText"].as_str().or(item["label"].as_str()).expect("a text").to_lowercase();
            let mut letters = filter.chars();
            typed(item).trim_start().chars().all(|typed| letters.any(|letter| letter == typed))
        };
        let list: Vec<Value> = self.list.iter().filter(|item| fits(item)).cloned().collect();
        self.list = list;
    }

    /// One key; whether Enter took an item instead of a new line.
    fn key(&mut self, key: char) -> Option<Value> {
        self.keys += 1;
        if key == '\n' && !self.list.is_empty() {
            let item = self.list.remove(0);
            self.accept(&item, &[]);
            return Some(item);
        }
        let end = self.text.len();
        self.replace(end..end, key.encode_utf8(&mut [0; 4]));
        let word: String = self.text.chars().rev().take_while(|c| c.is_alphanumeric()).collect();
        if key == '\n' {
            self.list.clear();
        } else if matches!(key, '(' | '/') || word.contains(char::is_alphabetic) {
            self.ask();
        } else {
            self.narrow();
        }
        None
    }

    fn keys(&mut self, keys: &str) {
        for key in keys.chars() {
            let taken = self.key(key);
            assert!(taken.is_none(), "Enter took {taken:?} after {:?}", self.text.lines().last());
        }
    }

    /// Takes an item and fills its places in; a place that is not named keeps its example.
    fn accept(&mut self, item: &Value, places: &[&str]) {
        let new = item["textEdit"]["newText"].as_str().expect("a text");
        let mut rest = new;
        let mut text = String::new();
        let mut places = places.iter();
        if item["insertTextFormat"] == 2 {
            while let Some((before, place)) = rest.split_once("${") {
                let (place, after) = place.split_once('}').expect("a place ends");
                let (_, example) = place.split_once(':').expect("an example");
                text.push_str(before);
                // Each place is left with a key of its own.
                self.keys += 1;
                let filled = places.next().copied().unwrap_or_default();
                self.keys += filled.len();
                text.push_str(if filled.is_empty() { example } else { filled });
                rest = after;
            }
        }
        text.push_str(rest);
        let range = self.range(item);
        self.replace(range, &text);
        self.list.clear();
    }

    /// Types the beginning of something that is offered, goes down to it and takes it.
    #[track_caller]
    fn take(&mut self, beginning: &str, label: &str, places: &[&str]) {
        self.keys(beginning);
        if beginning.is_empty() {
            // The list is asked for with two keys at once.
            self.keys += 2;
            self.ask();
        }
        let labels: Vec<&str> = self.list.iter().filter_map(|item| item["label"].as_str()).collect();
        let index = labels.iter().position(|found| *found == label);
        let index = index.unwrap_or_else(|| panic!("{label:?} is not among {labels:?} after {:?}", self.text));
        let item = self.list[index].clone();
        self.keys += index + 1;
        self.accept(&item, places);
    }

    /// What is wrong with the text, as a document that is opened as it is.
    fn findings(&mut self) -> Vec<Value> {
        let uri = format!("{}-whole", self.uri);
        self.client.open(&uri, 1, &self.text);
        let answer = self.client.request("textDocument/diagnostic", &json!({ "textDocument": { "uri": uri } }));
        answer["items"].as_array().expect("items").clone()
    }
}

#[test]
fn a_correct_cable_comes_out_as_it_was_typed() {
    for file in
        shared::files("typing").into_iter().filter(|file| file.path.extension().is_some_and(|end| end == "cable"))
    {
        let name = file.path.file_name().expect("a name").to_string_lossy().into_owned();
        let mut editor = Editor::new(&name);
        for key in file.text.chars() {
            if let Some(item) = editor.key(key) {
                panic!("{name}: Enter took {} after {:?}", item["label"], editor.text.lines().last());
            }
        }
        assert!(editor.text == file.text, "{name}");
        assert_eq!(editor.client.finish(), Some(0));
    }
}

#[test]
fn words_of_the_former_snippets_end_a_line() {
    let mut editor = Editor::new("words.cable");
    editor.keys(super::CABLE.trim_end_matches("DOE\nBT\n#0312\n"));
    for word in ["cable", "para", "text", "comment", "reply", "summary", "ref", "decl", "classified"] {
        editor.keys(&format!("\n3. (C) We sent them a {word}\nand so on. {word}\n{}\n", word.to_uppercase()));
        editor.keys(&format!("\n{word}\n"));
    }
    assert_eq!(editor.client.finish(), Some(0));
}

#[test]
fn a_classified_cable_takes_less_than_half_of_the_keys() {
    let mut editor = Editor::new("fresh.cable");
    editor.keys("VZCZCXYZ0012\n");
    editor.take("P", "PP RUEHC", &[]);
    editor.keys("\n");
    editor.take("D", "DE RUEHXX #0001 DDDHHMM", &["RUEHKT", "0417", "1231045"]);
    editor.keys("\n");
    editor.take("Z", "ZNY CCCCC ZZH", &[]);
    editor.keys("\n");
    editor.take("P", "P 031045Z MAY", &["09"]);
    editor.keys("\n");
    editor.take("F", "FM AMEMBASSY KATHMANDU", &[]);
    editor.keys("\n");
    editor.take("T", "TO RUEHC/SECSTATE WASHDC PRIORITY", &[]);
    editor.keys("\n");
    editor.take("I", "INFO", &[]);
    editor.take("ne", "AMEMBASSY NEW DELHI", &[]);
    editor.keys("\n");
    editor.take("mos", "AMEMBASSY MOSCOW", &[]);
    editor.keys("\n");
    editor.take("B", "BT", &[]);
    editor.keys("\n");
    editor.take("C", "C O N F I D E N T I A L", &[]);
    editor.keys("\n\n");
    editor.take("S", "SIPDIS", &[]);
    editor.keys("\n\n");
    editor.take("E", "E.O. 12958: DECL: 05/03/2019", &[]);
    editor.keys("\n");
    editor.take("T", "TAGS:", &[]);
    editor.keys("PGOV, NP\n");
    editor.take("S", "SUBJECT:", &[]);
    editor.keys("A BRIDGE OF TIN\n\n");
    editor.take("R", "REF: A.", &[]);
    editor.take("k", "KATHMANDU", &[]);
    editor.keys("399\n");
    editor.take("B", "B.", &[]);
    editor.take("n", "NEW DELHI", &[]);
    editor.keys("812\n\n");
    editor.take("C", "Classified By: Ambassador", &["Ann Example", "", ""]);
    editor.keys("\n\n");
    editor.take("s", "1. (C) Summary:", &[]);
    editor.keys("The tin bridge opens in June. ");
    editor.take("e", "End summary. 2. (C)", &[]);
    editor.keys("The minister named three men.\n\n");
    editor.take("", "3. (C)", &[]);
    editor.keys("They have not met ");
    editor.take("(r", "ref B", &[]);
    editor.keys(".\n\n");
    editor.take("c", "4. (C) Comment:", &[]);
    editor.keys("It is small. ");
    editor.take("e", "End comment.", &[]);
    editor.keys("\n\nEXAMPLE\n");
    editor.take("B", "BT #0417 NNNN", &[]);
    let (plain, keys) = (editor.text.chars().count(), editor.keys);
    eprintln!("{}\n{keys} keys for {plain} characters", editor.text);
    assert!(keys * 100 <= plain * GOAL_PERCENT, "{keys} keys for {plain} characters:\n{}", editor.text);
    assert_eq!(editor.findings(), Vec::<Value>::new(), "{}", editor.text);
    assert_eq!(editor.client.finish(), Some(0));
}

/// What the command makes of an argument.
fn new_cable(client: &mut Client, about: &Value) -> Result<String, String> {
    let params = json!({ "command": "cable.newCable", "arguments": [about] });
    let answer = client.ask("workspace/executeCommand", &params).map_err(|refusal| refusal.message)?;
    Ok(answer["text"].as_str().expect("a text").to_owned())
}

#[test]
fn a_new_cable_has_no_diagnostics() {
    let mut client = Client::with(&pulling());
    let mut count = 0;
    for date in [
        "1978-10-09T09:30Z",
        "1985-04-12T14:15Z",
        "1993-03-02T13:20Z",
        "1998-10-27T14:50Z",
        "2003-05-01T10:00Z",
        "2008-02-29T23:59Z",
        "2010-12-31T00:00Z",
        "2024-07-01T12:00Z",
    ] {
        for classification in ["UNCLASSIFIED", "sbu", "confidential", "SECRET"] {
            for (post, precedence, addressees, references) in [
                ("Astana", "ROUTINE", json!([]), json!([])),
                (
                    "AMEMBASSY MOSCOW",
                    "immediate",
                    json!(["SECSTATE WASHDC", "INFO AMEMBASSY NEW DELHI PRIORITY", "INFO astana"]),
                    json!(["ASTANA 12"]),
                ),
                (
                    "state",
                    "priority",
                    json!("AMEMBASSY ASTANA, INFO Tel Aviv FLASH"),
                    json!("ASTANA 12, STATE 99, MOSCOW 7"),
                ),
                ("Amman", "flash", json!(["INFO JERUSALEM"]), json!(["A. AMMAN 3", "B. CAIRO 4"])),
            ] {
                let about = json!({
                    "post": post, "classification": classification, "precedence": precedence, "addressees": addressees,
                    "references": references, "subject": "TALKS ON FISH", "tags": ["PREL", "ECON"], "date": date, "serial": 2541
                });
                // A post that was opened later, or a level that was not in use, is the writer's to know.
                let text = new_cable(&mut client, &about).unwrap_or_else(|why| panic!("{about}: {why}"));
                count += 1;
                let uri = format!("file:///new/{count}.cable");
                client.open(&uri, 1, &text);
                let found = client.request("textDocument/diagnostic", &json!({ "textDocument": { "uri": uri } }));
                assert_eq!(found["items"], json!([]), "{about}\n{text}");
                // The answer to it.
                let date = format!("{}-12-31T23:00Z", &date[..4]);
                let text = new_cable(&mut client, &json!({ "answers": uri, "date": date, "serial": 7 }));
                let text = text.unwrap_or_else(|why| panic!("the answer to {about}: {why}"));
                client.open(&format!("{uri}-answer"), 1, &text);
                let found = client
                    .request("textDocument/diagnostic", &json!({ "textDocument": { "uri": format!("{uri}-answer") } }));
                assert_eq!(found["items"], json!([]), "the answer to {about}\n{text}");
            }
        }
    }
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn what_cannot_be_is_refused_with_a_reason() {
    let mut client = Client::with(&pulling());
    for (about, why) in [
        (json!({ "post": "Atlantis" }), "ATLANTIS"),
        (json!({ "classification": "PRIVATE" }), "PRIVATE"),
        (json!({ "precedence": "soon" }), "soon"),
        (json!({ "tags": ["nonsense"] }), "nonsense"),
        (json!({ "references": "the letter of May" }), "LETTER"),
        (json!({ "post": "STATE" }), "say which"),
        (json!({ "date": "yesterday" }), "yesterday"),
        (json!({ "answers": "no cable at all" }), "does not read as a cable"),
        (json!({ "answers": "file:///not/open.cable" }), "not open"),
        (json!({ "colour": "red" }), "colour"),
    ] {
        let refused = new_cable(&mut client, &about).expect_err("a reason");
        assert!(refused.contains(why), "{about}: {refused}");
    }
    // A text that is not open anywhere is answered, too.
    let text =
        new_cable(&mut client, &json!({ "answers": super::CABLE, "date": "2007-03-01T10:00Z" })).expect("a text");
    assert!(text.contains("TO RUEHTA/AMEMBASSY ASTANA\n") && text.contains("REF: 07 ASTANA 312\n"), "{text}");
    assert_eq!(client.finish(), Some(0));
}
