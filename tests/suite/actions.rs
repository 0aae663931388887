//! What holds for every action, on synthetic cables, the samples and the real ones beside the checkout: its edits lie in
//! the document, in order and apart, and the reading after it differs in what it promises and in nothing else.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use cable_catalog::Catalog;
use cable_ide::{Action, ActionKind, actions, fix_all, syntax_tree};
use cable_lint::{Settings, check, fix};
use cable_syntax::{Document, PartKind};
use cable_tests::client::Client;
use cable_tests::generator::{Layout, Options, generate};
use cable_tests::position::{self, Encoding};
use cable_tests::{reading, shared};
use serde_json::{Value, json};

/// The reading of each cable without the lines on which things are.
fn readings(text: &str) -> Vec<Value> {
    let mut readings = reading::readings(text);
    readings.iter_mut().for_each(without_lines);
    readings
}

fn without_lines(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|key, _| {
                !matches!(key.as_str(), "line" | "tags_line" | "subject_lines" | "signature_line" | "header_lines")
            });
            object.values_mut().for_each(without_lines);
        }
        Value::Array(list) => list.iter_mut().for_each(without_lines),
        _ => {}
    }
}

/// The keys of a reading that an action may change.
fn may_change(action: &Action) -> &'static [&'static str] {
    match action.kind {
        ActionKind::Renumber | ActionKind::Join | ActionKind::Split => &["paragraphs", "fragments", "stray_captions"],
        ActionKind::SortReferences => &["refs", "fragments"],
        ActionKind::TagsSeparator => &[],
        ActionKind::InsertHeaderLine if action.title.contains("E.O.") => &["eo", "eo_order", "eo_instruction", "decl"],
        ActionKind::InsertHeaderLine if action.title.contains("SUBJECT") => &["subject"],
        ActionKind::InsertHeaderLine => &["classified_by"],
        ActionKind::QuickFix => panic!("no refactoring"),
    }
}

/// Checks one action and returns the text after it.
fn check_action(name: &str, text: &str, action: &Action) -> String {
    let Action { kind, title, edits, refused } = action;
    assert!(refused.is_none() && !edits.is_empty() && !title.is_empty(), "{name}: {action:?}");
    let mut at = 0;
    for edit in edits {
        assert!(edit.range.start >= at && text.get(edit.range.clone()).is_some(), "{name}: {action:?}");
        assert_ne!(text.get(edit.range.clone()), Some(edit.text.as_str()), "{name}: {action:?} changes nothing");
        at = edit.range.end;
    }
    let after = fix::apply(text, edits);
    let (before, now) = (readings(text), readings(&after));
    assert_eq!(before.len(), now.len(), "{name}: {title}");
    let changed = before.iter().zip(&now).filter(|(before, now)| before != now).count();
    assert!(changed <= 1, "{name}: {title} changes {changed} cables");
    for (before, now) in before.iter().zip(&now) {
        for (key, value) in before.as_object().expect("an object") {
            if !may_change(action).contains(&key.as_str()) {
                assert_eq!(*value, now[key], "{name}: {title} changes {key}");
            }
        }
        let difference = paragraphs(now).len().cast_signed() - paragraphs(before).len().cast_signed();
        match kind {
            ActionKind::Join => assert!(matches!(difference, 0 | -1), "{name}: {title}"),
            ActionKind::Split => assert!(matches!(difference, 0 | 1), "{name}: {title}"),
            _ => assert_eq!(difference, 0, "{name}: {title}"),
        }
        if matches!(kind, ActionKind::SortReferences) {
            assert_eq!(sorted_references(before), sorted_references(now), "{name}: {title}");
        }
    }
    after
}

fn paragraphs(reading: &Value) -> &[Value] {
    reading["paragraphs"].as_array().expect("a list")
}

/// What is listed, whatever its letter.
fn sorted_references(reading: &Value) -> Vec<String> {
    let references = reading["refs"].as_array().expect("a list");
    let mut listed: Vec<String> = references.iter().map(|entry| entry["text"].to_string()).collect();
    listed.sort();
    listed
}

/// The actions at a byte, by their titles.
fn at(text: &str, offset: usize) -> BTreeMap<String, Action> {
    let document = Document::new(text, &Catalog::built_in());
    let done = actions(&document, &(offset..offset)).into_iter().filter(|action| action.refused.is_none());
    done.map(|action| (action.title.clone(), action)).collect()
}

/// Places that matter: the parts of the header, and a few bytes of each paragraph.
fn places(text: &str) -> Vec<usize> {
    let document = Document::new(text, &Catalog::built_in());
    let mut places = Vec::new();
    for placed in document.cables() {
        let mut seen = Vec::new();
        for part in &placed.cable.parts {
            let range = placed.range(part.span);
            if part.kind == PartKind::Paragraph && places.len() < 24 {
                places.extend([range.start, usize::midpoint(range.start, range.end), range.end]);
            } else if !seen.contains(&part.kind) {
                seen.push(part.kind);
                places.push(usize::midpoint(range.start, range.end));
            }
        }
    }
    places.iter().map(|&at| (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)).collect()
}

/// Holds all promises at all places of a text; returns how often each kind was offered.
fn hold(name: &str, text: &str) -> BTreeMap<String, usize> {
    let mut offered = BTreeMap::new();
    for offset in places(text) {
        for action in at(text, offset).values() {
            let after = check_action(name, text, action);
            *offered.entry(format!("{:?}", action.kind)).or_default() += 1;
            // The cable begins where it began; its lines may have moved.
            let document = Document::new(text, &Catalog::built_in());
            let start = document.cables()[document.cable_at(offset)].start;
            let again = at(&after, if action.kind == ActionKind::Renumber { start } else { offset });
            match action.kind {
                ActionKind::Renumber | ActionKind::SortReferences | ActionKind::InsertHeaderLine => {
                    assert!(!again.contains_key(&action.title), "{name}: {} twice", action.title);
                }
                ActionKind::TagsSeparator => {
                    assert!(!again.contains_key(&action.title), "{name}: {} twice", action.title);
                    assert!(again.values().any(|back| back.kind == action.kind), "{name}: no way back");
                }
                ActionKind::Join | ActionKind::Split | ActionKind::QuickFix => {}
            }
        }
    }
    offered
}

fn add(all: &mut BTreeMap<String, usize>, some: BTreeMap<String, usize>) {
    for (kind, count) in some {
        *all.entry(kind).or_default() += count;
    }
}

#[test]
fn actions_do_what_they_promise_on_synthetic_cables() {
    let mut offered = BTreeMap::new();
    for seed in 0..90 {
        let options = Options {
            cables: if seed % 3 == 0 { 2 } else { 1 },
            paragraphs: (3, 12),
            crlf: seed % 4 == 0,
            non_bmp: seed % 5 == 0,
            page_lines: seed % 2 == 0,
            splits: 10,
            layouts: if seed % 3 == 0 { &Layout::ALL[..1] } else { Layout::ALL },
            ..if seed % 2 == 0 { Options::clean() } else { Options::default() }
        };
        let text = generate(seed, &options).text;
        add(&mut offered, hold(&format!("seed {seed}"), &text));
        // Without one of its header lines it is offered that line.
        for keyword in ["E.O. 12958", "TAGS: ", "SUBJECT: ", "Classified By: "] {
            let lacking: String = text.split_inclusive('\n').filter(|line| !line.starts_with(keyword)).collect();
            if lacking != text && seed % 3 != 0 {
                add(&mut offered, hold(&format!("seed {seed} without {keyword}"), &lacking));
            }
        }
    }
    for kind in ["Join", "Split", "Renumber", "TagsSeparator", "InsertHeaderLine"] {
        assert!(offered.get(kind).is_some_and(|count| *count > 20), "{kind} is hardly offered: {offered:?}");
    }
}

#[test]
fn actions_do_what_they_promise_on_real_cables() {
    let (mut offered, mut failed) = (BTreeMap::new(), Vec::new());
    for file in shared::files("cables").into_iter().chain(shared::files("corpus")) {
        let name = file.path.display().to_string();
        // Every file is tried, and each that fails has said why.
        match std::panic::catch_unwind(|| hold(&name, &file.text)) {
            Ok(some) => add(&mut offered, some),
            Err(_) => failed.push(name),
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
    eprintln!("{offered:?}");
}

/// Every sample and every real cable: fixing all that are alike leaves none of them, and changes no number.
#[test]
fn fixing_all_leaves_none() {
    let catalog = Catalog::built_in();
    let settings = Settings::default();
    let generated = (0..40).map(|seed| (format!("seed {seed}"), generate(seed, &Options::default()).text));
    let real = shared::files("cables").into_iter().chain(shared::files("corpus"));
    let real = real.map(|file| (file.path.display().to_string(), file.text));
    for (name, text) in generated.chain(real) {
        let document = Document::new(&text, &catalog);
        let found = check(&document, &settings);
        for action in fix_all(&document, &found, &(0..text.len()), &Settings::default()) {
            let mut end = 0;
            for edit in &action.edits {
                assert!(edit.range.start >= end && text.get(edit.range.clone()).is_some(), "{name}: {action:?}");
                end = edit.range.end;
            }
            assert!(action.edits.len() > 1, "{name}: {action:?}");
            if !action.title.ends_with("misread markers of this cable") {
                continue;
            }
            let after = fix::apply(&text, &action.edits);
            let numbers = |text: &str| {
                readings(text)
                    .iter()
                    .map(|reading| {
                        paragraphs(reading).iter().map(|paragraph| paragraph["n"].clone()).collect::<Vec<_>>()
                    })
                    .collect::<Vec<_>>()
            };
            assert_eq!(numbers(&text), numbers(&after), "{name}");
            let document = Document::new(&after, &catalog);
            let left = fix_all(&document, &check(&document, &settings), &(0..after.len()), &Settings::default());
            assert!(left.iter().all(|left| left.title != action.title), "{name}: {action:?} leaves {left:?}");
        }
    }
}

/// The text of each action at the places of a text, by its title, as a client makes it of the edits it gets; the server
/// then reads the edited document as it would read the new text.
fn through_the_protocol(text: &str, encoding: Encoding) -> BTreeMap<String, String> {
    const URI: &str = "file:///cables/a.cable";
    let mut client = Client::with(&json!({
        "general": { "positionEncodings": [encoding.name()] },
        "textDocument": { "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } } }
    }));
    let tree = json!({ "command": "cable.showSyntaxTree", "arguments": [URI] });
    let catalog = Catalog::built_in();
    let mut made = BTreeMap::new();
    let mut version = 1;
    client.open(URI, version, text);
    for offset in places(text) {
        let position = position::position(text, offset, encoding);
        let params = json!({
            "textDocument": { "uri": URI },
            "range": { "start": position, "end": position },
            "context": { "diagnostics": [] }
        });
        let actions = client.request("textDocument/codeAction", &params);
        // An explanation changes nothing.
        for action in actions.as_array().expect("a list").iter().filter(|action| action["kind"] != "explain.cable") {
            let title = format!("{} at {offset}", action["title"].as_str().expect("a title"));
            let edits = &action["edit"]["changes"][URI];
            let after = position::applied(text, edits, encoding);
            // From the end, for each change of a notification is to what the one before it left.
            let changes = edits.as_array().expect("a list").iter().rev();
            let changes: Vec<_> =
                changes.map(|edit| json!({ "range": edit["range"], "text": edit["newText"] })).collect();
            client.change(URI, version + 1, &changes.into());
            let read = client.request("workspace/executeCommand", &tree);
            assert_eq!(read, syntax_tree(&Document::new(&after, &catalog)), "{title}\n{text}");
            version += 2;
            client.change(URI, version, &json!([{ "text": text }]));
            made.insert(title, after);
        }
    }
    assert_eq!(client.finish(), Some(0));
    made
}

#[test]
fn a_client_makes_the_same_of_an_action_in_every_encoding() {
    for seed in 0..4 {
        let synthetic =
            Options { cables: 2, crlf: seed % 2 == 0, non_bmp: true, layouts: Layout::ALL, ..Options::default() };
        let text = generate(seed, &synthetic).text;
        let [utf_8, utf_16, utf_32] = Encoding::ALL.map(|encoding| through_the_protocol(&text, encoding));
        assert!(!utf_8.is_empty(), "seed {seed} offers nothing");
        assert_eq!(utf_8, utf_16, "seed {seed}");
        assert_eq!(utf_8, utf_32, "seed {seed}");
    }
}

#[test]
fn actions_do_what_they_promise_on_the_samples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut offered = BTreeMap::new();
    for sample in fs::read_dir(folder).expect("the samples").flatten() {
        let text = fs::read_to_string(sample.path()).expect("a sample is text");
        add(&mut offered, hold(&sample.path().to_string_lossy(), &text));
    }
    assert!(offered.len() > 3, "{offered:?}");
}
