//! `cable-lsp.toml` as the command line finds and obeys it.

use cable_tests::command::{Folder, slips};

/// A cable with slips of three rules on the lines 11, 14, 19, 22 and 24.
fn cable() -> String {
    slips().replace("SIPDIS", "STPDIS").replace("KZ,", "KZ, QQQQ,")
}

fn codes(folder: &Folder, arguments: &str) -> Vec<String> {
    let ran = folder.run(&format!("check --format jsonl {arguments}"));
    assert_eq!(ran.err, "", "{arguments}");
    let mut codes: Vec<String> =
        ran.rows().iter().map(|row| row["code"].as_str().expect("a code").to_owned()).collect();
    codes.dedup();
    codes
}

#[test]
fn the_nearest_file_above_counts() {
    let folder = Folder::new();
    for name in ["a.cable", "one/a.cable", "one/two/a.cable"] {
        folder.write(name, cable());
    }
    folder.write("cable-lsp.toml", "select = ['CLS005']\n");
    folder.write("one/cable-lsp.toml", "select = ['HDR009']\n");
    assert_eq!(codes(&folder, "a.cable"), ["CLS005"]);
    assert_eq!(codes(&folder, "one/two/a.cable"), ["HDR009"]);
    assert_eq!(codes(&folder, ""), ["CLS005", "HDR009"]);
    let whole = folder.path("one/two/../a.cable").to_string_lossy().into_owned();
    assert_eq!(codes(&folder, &whole), ["HDR009"]);
    // A file that is named takes the place of all.
    folder.write("other.toml", "select = ['TXT001']\n");
    assert_eq!(codes(&folder, "--config other.toml"), ["TXT001"]);
    let rows = folder.run_with("check - --stdin-filename one/new/a.cable --format jsonl", cable()).rows();
    assert!(rows.iter().all(|row| row["code"] == "HDR009") && !rows.is_empty(), "{rows:?}");
}

#[test]
fn the_command_line_comes_before_the_file() {
    let folder = Folder::new();
    folder.write("a.cable", cable());
    folder.write("cable-lsp.toml", "select = ['CLS005', 'HDR009']\nignore = ['HDR009']\nseverity.TXT001 = 'off'\n");
    assert_eq!(codes(&folder, ""), ["CLS005"]);
    assert_eq!(codes(&folder, "--select HDR009"), ["HDR009"]);
    assert_eq!(codes(&folder, "--extend-select TXT001"), ["CLS005", "TXT001"]);
    assert_eq!(codes(&folder, "--ignore CLS005"), Vec::<String>::new());
}

#[test]
fn every_setting_is_obeyed() {
    let folder = Folder::new();
    folder.write("a.cable", cable());
    folder.write("draft/b.cable", cable());
    folder.write("old/c.cable", cable());
    folder.write("d.telegram", cable());
    folder.write(
        "cable-lsp.toml",
        "select = ['TXT001', 'CLS005', 'HDR009']\nexclude = ['old']\ninclude = ['*.cable', '*.telegram']\n\
         paragraph-style = 'pilcrow'\n[extra-tags]\nQQQQ = 'a test'\n[extra-captions]\nSTPDIS = 'a test too'\n\
         [severity]\npilcrow-as-one = 'error'\n[per-file-ignores]\n'draft/**' = ['TXT']\n\
         [hints]\nnumber = true\n[format]\nwrap = 69\n",
    );
    let rows = folder.run("check --format jsonl").rows();
    let said: Vec<String> =
        rows.iter().map(|row| format!("{} {} {}", row["path"], row["code"], row["severity"])).collect();
    let expected = ["a.cable", "d.telegram"].map(|path| vec![format!("\"{path}\" \"TXT001\" \"error\""); 3]).concat();
    assert_eq!(said, expected);
    // What is left out is left out though it is named, unless somebody asks for it.
    assert_eq!(folder.run("check --format jsonl old/c.cable").out, "");
    assert_eq!(codes(&folder, "--include-excluded old/c.cable"), ["TXT001"]);
    assert_eq!(folder.run("check --fix a.cable").code, Some(0));
    assert!(String::from_utf8(folder.read("a.cable")).expect("text").contains("\n¶2. (U) "));
    let meaning = folder.run("lookup QQQQ");
    assert!(meaning.out.contains("a test") && meaning.code == Some(0), "{}", meaning.out);
}

#[test]
fn wrong_settings_are_told_once_and_stop_what_they_are_for() {
    let folder = Folder::new();
    folder.write("a.cable", cable());
    for index in 0..80 {
        folder.write(&format!("sub/{index}.cable"), cable());
    }
    folder.write("sub/cable-lsp.toml", "ignore = ['TXT001']\nselct = ['PAR']\n");
    let ran = folder.run("check --format jsonl --select TXT001");
    assert_eq!(ran.err, "cable-lsp: sub/cable-lsp.toml:2:1: unknown key \"selct\"; did you mean \"select\"?\n");
    assert_eq!((ran.code, ran.rows().len()), (Some(2), 3));
    folder.write("sub/cable-lsp.toml", "ignore = [\n  'TXX001',\n]\n");
    let ran = folder.run("check sub");
    assert!(
        ran.err.starts_with("cable-lsp: sub/cable-lsp.toml:2:3: unknown rule \"TXX001\"; did you mean TXT001"),
        "{}",
        ran.err
    );
    let named = folder.run("check --config sub/cable-lsp.toml a.cable");
    assert!(named.code == Some(2) && named.err.contains("sub/cable-lsp.toml:2:3: "), "{}", named.err);
}
