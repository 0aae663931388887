//! `check` as people and their tools meet it: its contracts.

mod archive;
mod formats;
mod inputs;
mod level;
mod outcomes;

use std::fs;

use cable_tests::command::{CLEAN, Folder, slips};
use serde_json::{Value, json};

const ROW: [&str; 10] =
    ["path", "line", "column", "end_line", "end_column", "code", "name", "severity", "message", "fix"];

#[test]
fn the_exit_code_says_what_was_found() {
    let folder = Folder::new();
    folder.write("clean.cable", CLEAN);
    folder.write("slips.cable", slips());
    let cases = [
        ("clean.cable", 0),
        ("slips.cable", 1),
        (".", 1),
        ("slips.cable --exit-zero", 0),
        ("slips.cable --fail-on never", 0),
        ("slips.cable --fail-on error", 0),
        ("slips.cable --fail-on hint", 1),
        ("slips.cable --ignore pilcrow-as-one", 0),
        ("missing.cable", 2),
        ("slips.cable missing.cable", 2),
        ("missing.cable --exit-zero", 2),
        ("--select NOTHING", 2),
        ("--format nothing", 2),
        ("--config missing.toml", 2),
        ("--baseline missing.json", 2),
        ("--files-from missing.txt", 2),
    ];
    for (arguments, code) in cases {
        let ran = folder.run(&format!("check --select TXT001 {arguments}"));
        assert_eq!(ran.code, Some(code), "{arguments}: {}{}", ran.out, ran.err);
        assert_eq!(ran.err.is_empty(), code != 2, "{arguments}: {}", ran.err);
    }
    let ran = folder.run("check --select TXX001");
    assert!(ran.err.contains("TXT001 (pilcrow-as-one)"), "{}", ran.err);
}

#[test]
fn a_row_has_its_keys_in_order_and_counts_characters() {
    let folder = Folder::new();
    // Two characters of two and four bytes are before the slip.
    folder.write("a.cable", slips().replace("SIPDIS", "SIPDIS\n\n\n").replace("13. (U) The", "\u{a0}13. (U) é𐍈"));
    let ran = folder.run("check --select TXT001 --format jsonl a.cable");
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 3, "{}", ran.out);
    for line in &lines {
        let at: Vec<usize> = ROW.map(|key| line.find(&format!("\"{key}\":")).expect("the key is there")).to_vec();
        assert!(at.is_sorted(), "{line}");
    }
    let rows = ran.rows();
    let third = &rows[2];
    assert_eq!((&third["line"], &third["column"], &third["end_column"]), (&json!(27), &json!(2), &json!(5)), "{third}");
    assert_eq!((&third["name"], &third["severity"]), (&json!("pilcrow-as-one"), &json!("warning")));
    assert_eq!((&third["fix"]["safe"], &third["fix"]["edits"][0]["line"]), (&json!(true), &json!(27)));
    let array = folder.run("check --select TXT001 --format json a.cable").json();
    assert_eq!(array, Value::Array(rows));
    assert_eq!(folder.run("check --select PAR001 --format json a.cable").json(), json!([]));
    assert_eq!(folder.run("check --select PAR001 --format jsonl a.cable").out, "");
}

#[test]
fn the_path_is_as_reached_from_the_argument() {
    let folder = Folder::new();
    folder.write("in/a.cable", slips());
    let path = |arguments: &str| {
        let ran = folder.run_with(&format!("check --select TXT001 --format jsonl {arguments}"), slips());
        ran.rows()[0]["path"].as_str().expect("a path").to_owned()
    };
    let whole = folder.path("in/a.cable").to_string_lossy().into_owned();
    let whole_folder = folder.path("in").to_string_lossy().into_owned();
    assert_eq!(
        ["", "in", "in/a.cable", &whole, &whole_folder].map(&path),
        ["in/a.cable", "in/a.cable", "in/a.cable", &whole, &whole]
    );
    assert_eq!(["-", "- --stdin-filename x/y.cable"].map(path), ["-", "x/y.cable"]);
}

#[test]
fn rows_are_sorted_whatever_the_number_of_threads() {
    let folder = Folder::new();
    // Where a folder and a file begin alike, the order is that of the whole paths as text.
    let names: Vec<String> = (0..90).map(|index| format!("{}/{index}.cable", index % 7)).collect();
    for name in names.iter().map(String::as_str).chain(["a.cable", "a/b.cable", "a-b.cable"]) {
        folder.write(name, slips().replace("SIPDIS", "STPDIS").replace("TAGS:", "TAGS"));
    }
    folder.write("latin.cable", b"UNCLAS caf\xe9");
    folder.write("binary.cable", [0; 100]);
    let one = folder.run("check --format jsonl --threads 1");
    for threads in [2, 5, 16] {
        let many = folder.run(&format!("check --format jsonl --threads {threads}"));
        assert_eq!((&many.out, &many.err), (&one.out, &one.err), "{threads} threads");
    }
    let keys: Vec<(String, u64, u64, String)> = one
        .rows()
        .iter()
        .map(|row| {
            let text = |key: &str| row[key].as_str().expect("a text").to_owned();
            let number = |key: &str| row[key].as_u64().expect("a number");
            (text("path"), number("line"), number("column"), text("code"))
        })
        .collect();
    assert!(keys.len() >= 93 * 5 && keys.is_sorted(), "{keys:?}");
}

#[test]
fn statistics_count_by_rule() {
    let folder = Folder::new();
    folder.write("a.cable", slips());
    folder.write("b.cable", slips().replace("SIPDIS", "STPDIS"));
    let ran = folder.run("check --select TXT001,CLS005 --statistics");
    assert_eq!(ran.out, "      6  TXT001  pilcrow-as-one (warning)\n      1  CLS005  misspelt-caption (warning)\n");
    assert_eq!(ran.code, Some(1));
}

#[test]
fn what_is_read_can_be_cut_short() {
    let folder = Folder::new();
    for index in 0..200 {
        folder.write(&format!("{index}.cable"), slips());
    }
    let mut command = folder.command("check --format jsonl");
    let mut process =
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().expect("it runs");
    drop(process.stdout.take());
    let output = process.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn the_readings_keep_their_keys() {
    let folder = Folder::new();
    folder.write("a.cable", CLEAN);
    let ran = folder.run("export --format jsonl a.cable");
    let keys = [
        "path",
        "canonical_id",
        "notice",
        "transmission_id",
        "routing",
        "de",
        "opsig",
        "dtg",
        "dtg_iso",
        "precedence",
        "from",
        "to",
        "info",
        "mrn",
        "classification",
        "sensitive",
        "section",
        "captions",
        "caption_lines",
        "handling",
        "eo",
        "eo_order",
        "eo_instruction",
        "decl",
        "tags",
        "tags_line",
        "subject",
        "subject_lines",
        "refs",
        "classified_by",
        "paragraphs",
        "fragments",
        "headings",
        "page_lines",
        "trailer",
        "stray_captions",
        "signature",
        "signature_line",
        "header_lines",
    ];
    let row = &ran.rows()[0];
    assert_eq!(row.as_object().expect("an object").keys().collect::<Vec<_>>(), keys);
    assert_eq!(folder.run("export a.cable").json()[0], *row);
}

#[test]
fn completions_manual_and_schema_are_written() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = folder.run(&format!("completions {shell}"));
        assert!(ran.code == Some(0) && ran.out.contains("files-from"), "{shell}");
    }
    let page = folder.run("man");
    assert!(page.out.contains(".TH cable-lsp 1") && page.out.contains(r"cable\-lsp\-check(1)"), "{}", page.out);
    assert!(folder.run("man check").out.contains(r"write\-baseline"));
    assert!(folder.run("man archive find").out.contains(r"cable\-lsp\-archive\-find \- Find cables"));
    let unknown = folder.run("man nothing");
    assert!(unknown.code == Some(1) && unknown.err.contains("there are server, check"), "{}", unknown.err);
    assert_eq!(folder.run("man --output pages").code, Some(0));
    let mut pages: Vec<_> = fs::read_dir(folder.path("pages")).expect("the pages").flatten().collect();
    pages.sort_by_key(fs::DirEntry::file_name);
    let names: Vec<String> = pages.iter().map(|page| page.file_name().to_string_lossy().into_owned()).collect();
    for name in ["cable-lsp.1", "cable-lsp-check.1", "cable-lsp-archive.1", "cable-lsp-archive-find.1"] {
        assert!(names.iter().any(|own| own == name), "{names:?}");
    }
    assert!(!names.iter().any(|name| name.contains("config-schema") || name.contains("help")), "{names:?}");
    assert_eq!(folder.run("config-schema").json()["title"], "cable-lsp.toml");
}
