//! Formatting changes the layout and nothing else: on the samples, on synthetic cables and on real ones.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::Path;

use cable_catalog::Catalog;
use cable_ide::{FormatOptions, format, format_range};
use cable_lint::{Settings, TextEdit, Wrap, check, fix};
use cable_syntax::{Document, Reading};
use cable_tests::client::Client;
use cable_tests::generator::{Layout, Options, Random, generate};
use cable_tests::position::{self, Encoding};
use cable_tests::shared;
use proptest::prelude::*;
use serde_json::{Value, json};

const WRAPS: [Wrap; 4] = [Wrap::Preserve, Wrap::Unwrap, Wrap::Column(50), Wrap::Column(72)];

fn options(wrap: Wrap) -> FormatOptions {
    FormatOptions { wrap, ..FormatOptions::default() }
}

/// What `export` writes of a document, each line named by the words above it in place of its number. Where the lines of
/// a paragraph end is left out when `wraps`.
fn export(document: &Document, wraps: bool) -> Vec<Value> {
    let text = document.rope().to_string();
    let words_above: Vec<usize> = text
        .split_inclusive('\n')
        .scan(0, |words, line| {
            let above = *words;
            *words += line.split_whitespace().count();
            Some(above)
        })
        .collect();
    let read = document.cables().iter().map(|placed| {
        let reading = Reading::of(&placed.cable, placed.first_line);
        let mut value = serde_json::to_value(reading).expect("a reading is JSON");
        if wraps {
            value["fragments"].take();
        }
        name_lines(&mut value, false, &words_above);
        value
    });
    read.collect()
}

fn name_lines(value: &mut Value, is_line: bool, words_above: &[usize]) {
    match value {
        Value::Number(number) if is_line => {
            let line = number.as_u64().expect("a line") as usize;
            *value = words_above[line - 1].into();
        }
        Value::Array(list) => list.iter_mut().for_each(|value| name_lines(value, is_line, words_above)),
        Value::Object(keys) => {
            for (key, value) in keys {
                let is_line = is_line || key == "line" || key.ends_with("_line") || key.ends_with("_lines");
                let is_line = is_line && !matches!(key.as_str(), "caption_lines" | "page_lines");
                name_lines(value, is_line, words_above);
            }
        }
        _ => {}
    }
}

/// The readings without the places of the header's fields, for a header whose order was changed.
fn without_places(mut export: Vec<Value>) -> Vec<Value> {
    fn forget(value: &mut Value) {
        match value {
            Value::Array(list) => list.iter_mut().for_each(forget),
            Value::Object(keys) => {
                keys.retain(|key, _| key != "line" && key != "tags_line" && key != "subject_lines");
                keys.values_mut().for_each(forget);
            }
            _ => {}
        }
    }
    for value in &mut export {
        value["header_lines"].take();
        forget(value);
    }
    export
}

fn paragraph_texts(document: &Document) -> Vec<String> {
    let texts = document.cables().iter().flat_map(|placed| {
        placed.cable.body.paragraphs.iter().map(|paragraph| {
            let text = &placed.cable.text()[paragraph.marker.span.start as usize..paragraph.end as usize];
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        })
    });
    texts.collect()
}

/// The rules that find something.
fn rules_that_speak(document: &Document) -> BTreeSet<&'static str> {
    check(document, &Settings::default()).iter().map(|diagnostic| diagnostic.rule.code).collect()
}

#[track_caller]
fn assert_clean_edits(text: &str, edits: &[TextEdit], name: &str) {
    let mut at = 0;
    for edit in edits {
        let Range { start, end } = edit.range;
        assert!(at <= start && start <= end, "{name}: {edit:?} after {at}");
        assert!(text.get(start..end).is_some_and(|old| old != edit.text), "{name}: {edit:?} changes nothing");
        at = end;
    }
}

/// All laws for one text. Gives the text as it is laid out.
fn assert_laws(text: &str, wrap: Wrap, name: &str) -> String {
    let catalog = Catalog::built_in();
    let before = Document::new(text, &catalog);
    let edits = format(&before, options(wrap));
    assert_clean_edits(text, &edits, name);
    let laid_out = fix::apply(text, &edits);
    let after = Document::new(&laid_out, &catalog);
    assert_eq!(format(&after, options(wrap)), [], "{name}: formatting again with {wrap:?} changes something");
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let wraps = wrap != Wrap::Preserve;
    let (one, two) = (export(&before, wraps), export(&after, wraps));
    if words(text) == words(&laid_out) {
        assert_eq!(one, two, "{name}: the reading changes with {wrap:?}");
    } else {
        let sorted = |text: &str| {
            let mut words = words(text);
            words.sort_unstable();
            words
        };
        assert_eq!(sorted(text), sorted(&laid_out), "{name}: words change with {wrap:?}");
        assert_eq!(without_places(one), without_places(two), "{name}: the reading changes with {wrap:?}");
    }
    assert_eq!(paragraph_texts(&before), paragraph_texts(&after), "{name}");
    let breaks = |text: &str| (text.contains("\r\n"), text.replace("\r\n", "").contains(['\n', '\r']));
    if breaks(text) != (true, true) {
        let new = breaks(&laid_out);
        assert!(new == breaks(text) || !text.contains('\n'), "{name}: line breaks change");
    }
    laid_out
}

/// A range touches none of the other lines.
fn assert_range(text: &str, range: Range<usize>, wrap: Wrap, name: &str) {
    let document = Document::new(text, &Catalog::built_in());
    let edits = format_range(&document, range.clone(), options(wrap));
    assert_clean_edits(text, &edits, name);
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let last = range.end.saturating_sub(1).max(range.start);
    let end = text.as_bytes()[last..].iter().position(|&byte| byte == b'\n').map_or(text.len(), |at| last + at + 1);
    for edit in &edits {
        assert!(start <= edit.range.start && edit.range.end <= end, "{name}: {edit:?} is not in {start}..{end}");
    }
    let after = Document::new(&fix::apply(text, &edits), document.catalog());
    assert_eq!(paragraph_texts(&document), paragraph_texts(&after), "{name}");
}

#[test]
fn samples_keep_their_reading() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    for entry in fs::read_dir(folder).expect("the samples").flatten() {
        let text = fs::read_to_string(entry.path()).expect("a sample");
        let name = entry.path().display().to_string();
        for wrap in WRAPS {
            assert_laws(&text, wrap, &name);
            assert_laws(&text.replace('\n', "\r\n"), wrap, &name);
        }
        if !name.contains("broken") {
            let document = Document::new(&text, &Catalog::built_in());
            assert_eq!(format(&document, options(Wrap::Preserve)), [], "{name} is laid out well");
        }
    }
}

/// A text with its layout disturbed: blank lines and spaces more, blank lines fewer.
fn disturbed(text: &str, seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut result = String::new();
    for line in text.split_inclusive('\n') {
        let (line, line_break) = match line.strip_suffix("\r\n") {
            Some(line) => (line, "\r\n"),
            None => (line.trim_end_matches('\n'), "\n"),
        };
        if line.is_empty() && random.chance(15) {
            continue;
        }
        result.push_str(line);
        if random.chance(10) {
            result.push_str(random.pick(&[" ", "\t", "   "]));
        }
        result.push_str(line_break);
        if line.is_empty() && random.chance(20) {
            result.push_str(line_break);
        }
    }
    result
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn synthetic_cables_keep_their_reading(seed in any::<u64>(), cables in 1..4_u32, crlf in any::<bool>(), wrap in 0..WRAPS.len(), from in 0..1000_usize, length in 0..300_usize) {
        let options = Options { cables, paragraphs: (2, 9), joined: 10, crlf, non_bmp: true, page_lines: seed % 2 == 0, splits: 20, layouts: Layout::ALL, ..Options::default() };
        let text = generate(seed, &options).text;
        assert_laws(&text, WRAPS[wrap], "as generated");
        let text = disturbed(&text, seed);
        assert_laws(&text, WRAPS[wrap], "disturbed");
        let floor = |mut at: usize| { while !text.is_char_boundary(at) { at -= 1; } at };
        let start = text.len() * from / 1000;
        assert_range(&text, floor(start)..floor((start + length).min(text.len())), WRAPS[wrap], "a range");
    }

    #[test]
    fn any_text_can_be_formatted(text in "\\PC{0,200}|[A-Z0-9 ¶.()\\n\\r#/:-]{0,300}", wrap in 0..WRAPS.len()) {
        let document = Document::new(&text, &Catalog::built_in());
        let edits = format(&document, options(WRAPS[wrap]));
        assert_clean_edits(&text, &edits, "any text");
        let again = Document::new(&fix::apply(&text, &edits), document.catalog());
        prop_assert_eq!(format(&again, options(WRAPS[wrap])), []);
    }
}

#[test]
fn real_cables_keep_their_reading_and_get_no_new_diagnostics() {
    let catalog = Catalog::built_in();
    let files = shared::files("cables").into_iter().chain(shared::files("corpus"));
    for (index, file) in files.enumerate() {
        let name = file.path.display().to_string();
        let before = rules_that_speak(&Document::new(&file.text, &catalog));
        for wrap in [Wrap::Preserve, WRAPS[1 + index % 3]] {
            let laid_out = assert_laws(&file.text, wrap, &name);
            let after = rules_that_speak(&Document::new(&laid_out, &catalog));
            assert!(after.is_subset(&before), "{name}: {:?} with {wrap:?}", after.difference(&before));
        }
    }
}

#[test]
fn a_client_gets_the_same_layout_in_every_encoding() {
    for encoding in Encoding::ALL {
        let mut client = Client::with(&json!({ "general": { "positionEncodings": [encoding.name()] } }));
        client.notify("workspace/didChangeConfiguration", &json!({ "settings": { "format": { "wrap": 72 } } }));
        for seed in 0..12 {
            let synthetic =
                Options { cables: 2, crlf: seed % 2 == 0, non_bmp: true, layouts: Layout::ALL, ..Options::default() };
            let text = disturbed(&generate(seed, &synthetic).text, seed);
            let uri = format!("file:///cables/{seed}.cable");
            client.open(&uri, 1, &text);
            let asked = json!({ "textDocument": { "uri": uri }, "options": { "tabSize": 4, "insertSpaces": true } });
            let edits = client.request("textDocument/formatting", &asked);
            let document = Document::new(&text, &Catalog::built_in());
            let expected = fix::apply(&text, &format(&document, options(Wrap::Column(72))));
            assert_eq!(position::applied(&text, &edits, encoding), expected, "seed {seed}");
        }
        assert_eq!(client.finish(), Some(0));
    }
}
