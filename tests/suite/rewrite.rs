//! `format` and `renumber` on files: what is written, what is left alone, and how they end.

use cable_tests::command::{CLEAN, Folder, slips};

/// A cable whose lines have trailing spaces and whose parts stand apart.
fn untidy() -> String {
    CLEAN.replace("SIPDIS\n", "SIPDIS  \n\n\n\n").replace("noon.\n", "noon. \n")
}

#[test]
fn formatting_changes_the_layout_alone() {
    let folder = Folder::new();
    folder.write("a.cable", untidy().replace('\n', "\r\n"));
    folder.write("b.cable", CLEAN);
    folder.write("notes.txt", "Buy bread.  \n");
    let checked = folder.run("format --check .");
    assert_eq!((checked.code, checked.out.as_str()), (Some(1), "a.cable\n"), "{}", checked.err);
    let shown = folder.run("format --diff .");
    assert!(shown.code == Some(1) && shown.out.contains("-SIPDIS  \r\n"), "{}", shown.out);
    assert_eq!(folder.read("a.cable"), untidy().replace('\n', "\r\n").into_bytes());
    let written = folder.run("format .");
    assert_eq!((written.code, written.out.as_str()), (Some(0), ""), "{}", written.err);
    assert!(written.err.contains("Formatted 1 file; 1 already in order"), "{}", written.err);
    assert_eq!(folder.read("a.cable"), CLEAN.replace('\n', "\r\n").into_bytes());
    assert_eq!(folder.read("b.cable"), CLEAN.as_bytes());
    assert_eq!(folder.read("notes.txt"), b"Buy bread.  \n");
    assert_eq!(folder.run("format --check .").code, Some(0));
}

#[test]
fn formatting_follows_the_settings_and_reads_standard_input() {
    let folder = Folder::new();
    folder.write("cable-lsp.toml", "format.wrap = 'unwrap'\n");
    let ran = folder.run_with("format -", CLEAN);
    assert_eq!(ran.code, Some(0));
    assert!(ran.out.contains("who spoke for an hour. End summary.\n"), "{}", ran.out);
    assert_eq!(folder.run_with("format --check -", CLEAN).code, Some(1));
}

#[test]
fn paragraphs_are_numbered_anew() {
    let folder = Folder::new();
    let gap = CLEAN.replace("3. (U)", "4. (U)");
    folder.write("a.cable", &gap);
    let shown = folder.run("renumber --diff a.cable");
    assert!(
        shown.code == Some(1) && shown.out.contains("\n-4. (U)") && shown.out.contains("\n+3. (U)"),
        "{}",
        shown.out
    );
    assert_eq!(folder.read("a.cable"), gap.as_bytes());
    assert!(!shown.err.contains("references in the text"), "{}", shown.err);
    folder.write("cited.cable", gap.replace("noon.", "noon (para 2)."));
    let cited = folder.run("renumber --diff cited.cable");
    assert!(
        cited.err.contains("cited.cable: references in the text to paragraph numbers are not changed"),
        "{}",
        cited.err
    );
    let written = folder.run("renumber a.cable");
    assert_eq!(written.code, Some(0), "{}", written.err);
    assert_eq!(folder.read("a.cable"), CLEAN.as_bytes());
    assert_eq!(folder.run("renumber --diff a.cable").code, Some(0));
}

#[test]
fn nothing_is_written_over_that_was_not_named() {
    let folder = Folder::new();
    folder.write("a.cable", untidy());
    for command in ["format", "renumber"] {
        let ran = folder.run(command);
        assert!(ran.code == Some(2) && ran.err.contains("name the files"), "{}", ran.err);
        assert_eq!(folder.run(&format!("{command} missing.cable")).code, Some(2));
    }
    assert_eq!(folder.read("a.cable"), untidy().into_bytes());
    folder.write("cable-lsp.toml", "exclude = ['a.cable']\n");
    assert_eq!(folder.run("format a.cable").code, Some(0));
    assert_eq!(folder.read("a.cable"), untidy().into_bytes(), "what the settings exclude is left alone");
}

#[test]
#[cfg(unix)]
fn a_file_of_two_names_is_left_alone() {
    let folder = Folder::new();
    folder.write("a.cable", untidy());
    std::fs::hard_link(folder.path("a.cable"), folder.path("other")).expect("a second name");
    let ran = folder.run("format a.cable");
    assert!(ran.code == Some(2) && ran.err.contains("hard links"), "{}", ran.err);
    assert_eq!(folder.read("a.cable"), untidy().into_bytes());
    assert_ne!(slips(), untidy());
}
