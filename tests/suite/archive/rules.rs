//! The rules that look beyond one file, through `check --archive`. What each reports is in its fixtures.

use std::fs;

use super::{Archive, cable};

/// Path, line and code of what the rules of ARC find.
fn found(archive: &Archive, arguments: &str) -> Vec<String> {
    let ran = archive.program(&format!("check --select ARC --format jsonl {arguments}"));
    assert!(ran.code.is_some_and(|code| code < 2), "{arguments}: {}", ran.err);
    let place = |row: &serde_json::Value| {
        format!("{}:{} {}", row["path"].as_str().unwrap_or("?"), row["line"], row["code"].as_str().unwrap_or("?"))
    };
    ran.rows().iter().map(place).collect()
}

const ABSENT: &str = "in/06ASTANA20.txt:14 ARC001";

#[test]
fn an_archive_is_a_folder_or_a_file_and_asked_for() {
    let archive = Archive::new();
    assert!(found(&archive, "").is_empty());
    let said = archive.program("check --select ARC").err;
    assert!(said.contains("--archive"), "{said}");
    assert_eq!(found(&archive, "--archive"), [ABSENT]);
    assert_eq!(found(&archive, "--archive . in"), [ABSENT]);
    assert_eq!(found(&archive, "in --archive"), [ABSENT]);
    // In an archive of one cable the others are absent too.
    let alone = ["in/06ASTANA20.txt:13 ARC001", ABSENT];
    assert_eq!(found(&archive, "--archive in in"), alone);
    assert_eq!(found(&archive, "--archive in"), alone, "the folder is what is checked");
    assert_eq!(archive.run("build . -o all.sqlite").code, Some(0));
    assert_eq!(found(&archive, "--archive all.sqlite"), [ABSENT]);
    assert_eq!(archive.program("check --archive 06ASTANA10.txt").code, Some(2));
    assert_eq!(archive.program("check --archive missing").code, Some(2));
    // They weigh and are chosen as all rules are.
    archive.folder.write("cable-lsp.toml", "extend-select = ['ARC001']\n[severity]\nreference-absent = 'error'\n");
    let ran = archive.program("check --archive --format concise");
    assert!(ran.code == Some(1) && ran.out.contains("ARC001"), "{}{}", ran.out, ran.err);
    assert_eq!(archive.program("check --archive --format concise --select ARC --ignore ARC").code, Some(0));
}

#[test]
fn what_changes_elsewhere_changes_the_findings() {
    let archive = Archive::new();
    archive.folder.write("06STATE5.txt", cable("STATE", 5, &[]));
    assert!(found(&archive, "--archive").is_empty());
    fs::remove_file(archive.folder.path("06STATE5.txt")).expect("it is there");
    assert_eq!(found(&archive, "--archive"), [ABSENT]);
    archive.folder.write("copy.txt", cable("ASTANA", 10, &[]));
    let doubled = ["06ASTANA10.txt:5 ARC004", "copy.txt:5 ARC004", ABSENT];
    assert_eq!(found(&archive, "--archive"), doubled);
    // Of a file that the archive does not have yet, or under another name of the same file, nothing else is said.
    assert_eq!(found(&archive, "--archive . copy.txt"), doubled[1..2]);
    let whole = archive.folder.path("copy.txt").display().to_string();
    assert_eq!(found(&archive, &format!("--archive . {whole}")), [format!("{whole}:5 ARC004")]);
    let text = cable("ASTANA", 10, &[]);
    let given = archive.folder.run_with("check --select ARC --format jsonl --archive 05LONDON77.txt -", &text);
    assert_eq!(given.code, Some(2), "a cable is no index: {}", given.err);
    let mut command = archive.folder.command("archive build . -o all.sqlite");
    assert!(command.output().expect("the program runs").status.success());
    let rows = |arguments: &str| {
        let ran = archive
            .folder
            .run_with(&format!("check --select ARC --format jsonl --archive all.sqlite {arguments}"), &text);
        ran.rows().iter().map(|row| row["message"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert!(rows("-").is_empty(), "it has no name, so it may be any of them");
    let named = rows("--stdin-filename copy.txt -");
    assert!(named.len() == 1 && named[0].contains("06ASTANA10.txt"), "{named:?}");
}

#[cfg(unix)]
#[test]
fn a_file_is_no_copy_of_itself() {
    let archive = Archive::new();
    std::os::unix::fs::symlink("06ASTANA10.txt", archive.folder.path("link.txt")).expect("a link can be made");
    assert_eq!(found(&archive, "--archive"), [ABSENT]);
}

#[test]
fn a_repair_leaves_what_only_the_archive_knows() {
    let archive = Archive::new();
    archive.folder.write("06ASTANA11.txt", cable("ASTANA", 12, &[]).replace("1. The", "11. The"));
    let ran = archive.program("check --fix --archive --select ARC003,TXT001 --format jsonl 06ASTANA11.txt");
    let codes: Vec<_> = ran.rows().iter().map(|row| row["code"].clone()).collect();
    assert!(codes == ["ARC003"] && ran.err.contains("Fixed 1 problem"), "{codes:?}: {}", ran.err);
}
