//! Documents that come through standard input, a JSON object a line.

use std::fmt::Write;

use cable_tests::command::{CLEAN, Folder, slips};
use serde_json::json;

#[test]
fn documents_are_read_as_the_files_are() {
    let folder = Folder::new();
    let mut lines = String::new();
    let files =
        [("a.cable", slips()), ("b/c.cable", format!("\u{feff}{CLEAN}")), ("b/d.txt", slips().replace('\n', "\r\n"))];
    for (path, text) in &files {
        folder.write(path, text);
        writeln!(lines, "{}", json!({"path": path, "text": text, "more": [1]})).expect("a string takes all");
    }
    folder.write("cable-lsp.toml", "[severity]\nTXT001 = \"error\"\n");
    for command in [
        "export --format jsonl",
        "export --format json",
        "export --format csv",
        "check --format jsonl",
        "check --format full",
        "check --statistics",
        "check --diff",
    ] {
        let given = folder.run_with(&format!("{command} --documents-from -"), &lines);
        let read = folder.run(&format!("{command} a.cable b/c.cable b/d.txt"));
        assert_eq!((given.code, &given.out, &given.err), (read.code, &read.out, &read.err), "{command}");
        assert!(!given.out.is_empty(), "{command}");
    }
}

#[test]
fn a_broken_line_is_named_and_the_rest_is_read() {
    let folder = Folder::new();
    let good = json!({"path": "a.cable", "text": slips()}).to_string();
    let input = format!("{good}\n\n{{\"path\": \"b.cable\"}}\nnothing\n{good}\r\n{good}");
    let ran = folder.run_with("export --format jsonl --documents-from -", &input);
    assert_eq!((ran.code, ran.out.lines().count()), (Some(2), 3), "{}", ran.err);
    assert!(
        ran.err.contains("line 3: ") && ran.err.contains("line 4: ") && ran.err.lines().count() == 2,
        "{}",
        ran.err
    );
    let ran = folder.run_with("check --select TXT001 --format jsonl --documents-from -", &input);
    assert_eq!((ran.code, ran.out.lines().count()), (Some(2), 9), "{}", ran.err);
    let none = folder.run_with("export --format jsonl --documents-from -", "");
    assert_eq!((none.code, none.out.as_str()), (Some(0), ""));
    for arguments in [
        "check --fix --documents-from -",
        "check a.cable --documents-from -",
        "export --files-from - --documents-from -",
        "export --documents-from missing.jsonl",
    ] {
        assert_eq!(folder.run_with(arguments, &input).code, Some(2), "{arguments}");
    }
    folder.write("given.jsonl", &good);
    assert_eq!(folder.run("export --format jsonl --documents-from given.jsonl").out.lines().count(), 1);
}
