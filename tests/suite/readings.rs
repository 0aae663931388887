//! The five real cables read exactly as their hand-verified readings say, and `export` writes just that.

use std::fs;
use std::process::Command;

use cable_catalog::Catalog;
use cable_syntax::{Document, Reading};
use cable_tests::client::binary;
use cable_tests::generator::{Options, generate};
use cable_tests::shared;
use serde_json::{Value, json};

#[test]
fn the_five_real_cables_read_as_expected() {
    let catalog = Catalog::built_in();
    let Some(expected) = shared::folder("expected") else { return };
    for file in shared::files("cables") {
        let name = file.path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(expected.join(format!("{name}.json"))).expect("each cable has its reading");
        let mut expected: Value = serde_json::from_str(&text).expect("the reading is JSON");
        let keys = expected.as_object_mut().expect("the reading is an object");
        keys.remove("diagnostics");
        keys.remove("file");
        let document = Document::new(&file.text, &catalog);
        assert_eq!(document.cables().len(), 1, "{name}");
        let placed = &document.cables()[0];
        let reading = Reading::of(&placed.cable, placed.first_line);
        let actual = serde_json::to_value(reading).expect("a reading is JSON");
        for (key, value) in expected.as_object().expect("still an object") {
            assert_eq!(&actual[key], value, "{name}: {key}");
        }
        assert_eq!(actual, expected, "{name}");
    }
}

/// What `export` writes for a file, one value a line.
fn export_lines(path: &str) -> Vec<Value> {
    let output = Command::new(binary()).args(["export", "--format", "jsonl", path]).output().expect("it runs");
    assert!(output.status.success(), "{path}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

#[test]
fn export_writes_the_expected_reading_of_each_real_cable() {
    let Some(expected) = shared::folder("expected") else { return };
    for file in shared::files("cables") {
        let name = file.path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(expected.join(format!("{name}.json"))).expect("each cable has its reading");
        let mut expected: Value = serde_json::from_str(&text).expect("the reading is JSON");
        let path = file.path.display().to_string();
        let keys = expected.as_object_mut().expect("the reading is an object");
        keys.remove("diagnostics");
        keys.remove("file");
        keys.insert("path".to_owned(), json!(path));
        assert_eq!(export_lines(&path), [expected]);
    }
}

#[test]
fn every_format_of_export_holds_every_cable() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("two.cable");
    let synthetic = generate(3, &Options { cables: 2, ..Options::clean() });
    fs::write(&path, &synthetic.text).expect("the folder can be written");
    let path = path.display().to_string();

    let lines = export_lines(&path);
    let numbers: Vec<&str> = lines.iter().filter_map(|reading| reading["mrn"].as_str()).collect();
    assert_eq!(numbers, synthetic.cables.iter().map(|truth| truth.mrn.as_str()).collect::<Vec<_>>());
    assert!(lines.iter().all(|reading| reading["path"] == path.as_str()));

    let run = |format: &str| {
        let output = Command::new(binary()).args(["export", "--format", format, &path]).output().expect("it runs");
        String::from_utf8(output.stdout).expect("the output is UTF-8")
    };
    let array: Vec<Value> = serde_json::from_str(&run("json")).expect("one array");
    assert_eq!(array, lines);
    let table = run("csv");
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows.len(), 3, "a head and two rows");
    assert!(
        rows[0].starts_with("path,canonical_id,dtg,dtg_iso,precedence,from,mrn,classification,sensitive,captions,")
    );
    assert!(rows[1].starts_with(&path) && rows[1].contains(&synthetic.cables[0].mrn));
}
