//! The edition: every sign owned once, a block made of nothing but its source, and the same text in every form.

use std::collections::BTreeSet;

use boon::{Compiler, Schemas};
use cable_catalog::Catalog;
use cable_edition::{Edited, Form, editions, render};
use cable_lint::Settings;
use cable_syntax::Document;
use cable_tests::command::Folder;
use cable_tests::edition;
use cable_tests::generator::{Options, generate};
use cable_tests::shared;
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

fn look_at(text: &str, name: &str) {
    edition::look_at(&Document::new(text, &Catalog::built_in()), &Settings::default(), name);
}

#[test]
fn every_sign_of_the_corpus_is_owned_once() {
    for file in shared::files("corpus").into_iter().chain(shared::files("cables")) {
        look_at(&file.text, &file.path.display().to_string());
    }
}

#[test]
fn every_sign_of_invented_cables_is_owned_once() {
    for seed in 0..60 {
        let options =
            Options { page_lines: true, splits: 20, crlf: seed % 2 == 0, non_bmp: true, ..Options::default() };
        look_at(&generate(seed, &options).text, &format!("seed {seed}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_text_with_anything_in_it_has_an_edition(seed in 0_u64..1000, at in 0_usize..5000, what in "\\PC{0,12}|[\r\n\t\u{0}<>&*#$\\-]{0,12}") {
        let mut text = generate(seed, &Options { complete: true, ..Options::default() }).text;
        let at = (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
        text.insert_str(at, &what);
        look_at(&text, "changed");
    }
}

/// The text of each element of TEI that has a name of its own, as it is meant.
fn texts_of_tei(page: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(page);
    let (mut texts, mut open): (Vec<(String, String)>, Option<usize>) = (Vec::new(), None);
    let (mut depth, mut hidden) = (0, false);
    loop {
        match reader.read_event().expect("well formed") {
            Event::Start(start) => {
                depth += 1;
                hidden |= start.name().as_ref() == "sic";
                let name = start.attributes().flatten().find(|attribute| attribute.key.as_ref() == "xml:id");
                let is_block = ["p", "head", "item", "ab", "quote", "signed"].contains(&start.name().as_ref());
                if let Some(name) = name.filter(|_| is_block) {
                    texts.push((name.value.to_string(), String::new()));
                    open = Some(depth);
                }
            }
            Event::End(end) => {
                hidden &= end.name().as_ref() != "sic";
                if open == Some(depth) {
                    open = None;
                }
                depth -= 1;
            }
            Event::Text(text) if open.is_some() && !hidden => {
                texts.last_mut().expect("one is open").1.push_str(&text);
            }
            Event::GeneralRef(name) if open.is_some() && !hidden => {
                let sign = match &*name {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    _ => '"',
                };
                texts.last_mut().expect("one is open").1.push(sign);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    texts
}

#[test]
fn tei_is_well_formed_and_holds_the_text_of_each_block() {
    for seed in 0..20 {
        let options = Options { complete: true, page_lines: true, non_bmp: true, ..Options::default() };
        let text = generate(seed, &options).text.replace("the", "<the> & \"a\"");
        let document = Document::new(&text, &Catalog::built_in());
        let editions = editions(&document, &Settings::default());
        let cables: Vec<Edited<'_>> = document
            .cables()
            .iter()
            .zip(&editions)
            .map(|(placed, edition)| Edited { placed, edition, file: "a & b.txt" })
            .collect();
        let page = render(&cables, Form::Tei, &());
        let expected: Vec<(String, String)> =
            editions[0].blocks.iter().map(|block| (block.id.clone(), block.text.clone())).collect();
        assert_eq!(texts_of_tei(&page), expected);
    }
}

fn cable(serial: u32, reference: u32) -> String {
    format!(
        "R 140826Z SEP 07\nFM AMEMBASSY LIMA\nTO SECSTATE WASHDC\nUNCLAS LIMA {serial:06}\n\nSTPDIS\n\nE.O. 12958: N/A\n\
         TAGS: PREL\nSUBJECT: THE FERRY\n\nREF: 07 LIMA {reference}\n\n1. (U) The ferry left\nat noon.\n\n2. (U) It came \
         back.\n\nROE\n"
    )
}

#[test]
fn text_is_three_keys_more_and_what_the_schema_says() {
    let folder = Folder::new();
    folder.write("one.cable", cable(1, 2));
    let plain = folder.run("export --format jsonl one.cable");
    let with_text = folder.run("export --text --format jsonl one.cable");
    let (plain, mut with_text) = (plain.rows().remove(0), with_text.rows().remove(0));
    let schema: Value = serde_json::from_str(&folder.run("export --schema").out).expect("JSON");
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("reading.json", schema).expect("a schema");
    let index = compiler.compile("reading.json", &mut schemas).expect("a schema");
    for reading in [&plain, &with_text] {
        if let Err(error) = schemas.validate(reading, index) {
            panic!("{error:#}");
        }
    }
    let keys = with_text.as_object_mut().expect("an object");
    let added: Vec<Value> =
        ["blocks", "corrections", "furniture"].iter().map(|key| keys.remove(*key).expect("a key")).collect();
    assert_eq!(with_text, plain);
    let texts: Vec<&str> =
        added[0].as_array().expect("blocks").iter().filter_map(|block| block["text"].as_str()).collect();
    assert_eq!(texts, ["The ferry left at noon.", "It came back.", "ROE"]);
    assert_eq!(added[1][0]["to"], "SIPDIS");
}

#[test]
fn a_folder_of_pages_has_an_index_and_links_and_keeps_what_is_not_its_own() {
    let folder = Folder::new();
    folder.write("in/one.cable", cable(1, 2));
    folder.write("in/two.cable", cable(2, 9));
    folder.write("in/again.cable", cable(1, 2));
    let run = || folder.run("export --format html --output out in");
    assert_eq!(run().code, Some(0));
    let read = |name: &str| String::from_utf8(folder.read(&format!("out/{name}"))).expect("text");
    for name in ["07LIMA1.html", "07LIMA1-2.html", "07LIMA2.html", "index.html"] {
        assert!(read(name).contains("Content-Security-Policy"), "{name}");
    }
    assert!(read("07LIMA1.html").contains("<a href=\"07LIMA2.html\">"));
    assert!(!read("07LIMA2.html").contains("07LIMA9.html"));
    assert!(read("index.html").contains("<a href=\"07LIMA2.html\">"));
    folder.write("out/07LIMA2.html", "mine");
    assert_eq!(run().code, Some(2));
    assert_eq!(read("07LIMA2.html"), "mine");
    for form in ["markdown", "tei", "text"] {
        assert_eq!(folder.run(&format!("export --format {form} --output {form} in")).code, Some(0), "{form}");
    }
    let pages: BTreeSet<String> = ["markdown/07LIMA1.md", "tei/07LIMA1.xml", "text/07LIMA1.txt"]
        .map(|name| String::from_utf8(folder.read(name)).expect("text"))
        .into();
    assert!(pages.iter().all(|page| page.contains("The ferry left at noon.")));
}

#[test]
fn render_writes_each_form() {
    let folder = Folder::new();
    folder.write("one.cable", cable(1, 2));
    for (form, sign) in [
        ("text", "1 U      The ferry"),
        ("markdown", "title: \"THE FERRY\""),
        ("html", "<!DOCTYPE html>"),
        ("tei", "<TEI "),
    ] {
        let ran = folder.run(&format!("render --format {form} one.cable"));
        assert_eq!(ran.code, Some(0), "{form}");
        assert!(ran.out.contains(sign), "{form}: {}", ran.out);
    }
    assert_eq!(folder.run("export --format html one.cable").code, Some(2));
}
