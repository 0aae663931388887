//! Whole archives: which files, which slips are new, and files that change.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use cable_tests::command::{CLEAN, Folder, slips};

#[test]
fn ignore_files_are_respected() {
    let folder = Folder::new();
    for name in ["a.cable", "b.txt", "c.md", "out/d.cable", "in/e.cable", "in/f.cable", ".hidden/g.cable"] {
        folder.write(name, slips());
    }
    folder.write(".gitignore", "out/\n");
    folder.write("in/.ignore", "f.*\n");
    assert_eq!(
        folder.places("--select TXT001 --threads 3"),
        [
            "a.cable:19",
            "a.cable:22",
            "a.cable:24",
            "b.txt:19",
            "b.txt:22",
            "b.txt:24",
            "in/e.cable:19",
            "in/e.cable:22",
            "in/e.cable:24"
        ]
    );
    // What is named is read, ignored or not, and once.
    assert_eq!(folder.places("--select TXT001 out/d.cable out c.md out/d.cable").len(), 6);
}

#[test]
fn the_list_of_files_may_come_from_elsewhere() {
    let folder = Folder::new();
    for name in ["a.cable", "b c.cable", "d/e.cable"] {
        folder.write(name, slips());
    }
    folder.write("lines", "b c.cable\r\na.cable\n\n");
    folder.write("nuls", "b c.cable\0d\0");
    let count = |arguments: &str, input: &str| {
        folder.run_with(&format!("check --select TXT001 --format jsonl {arguments}"), input).rows().len()
    };
    assert_eq!(count("--files-from lines", ""), 6);
    assert_eq!(count("--files-from nuls", ""), 6);
    assert_eq!(count("--files-from -", "d/e.cable\n"), 3);
    assert_eq!(count("--files-from - a.cable", "d\n"), 6);
    // An empty list is no file, not the current folder.
    assert_eq!(count("--files-from -", ""), 0);
    assert_eq!(folder.run_with("check --files-from -", "a.cable\nmissing.cable").code, Some(2));
    assert_eq!(folder.run_with("check - --files-from -", "").code, Some(2));
}

#[test]
fn a_baseline_hides_what_is_known_and_nothing_else() {
    let folder = Folder::new();
    folder.write("old/a.cable", slips());
    folder.write("old/b.cable", slips());
    let written = folder.run("check --select TXT001 old --write-baseline known.json");
    assert_eq!((written.code, written.out.as_str()), (Some(0), ""));
    assert!(written.err.contains("6 known problems"), "{}", written.err);
    let once = folder.read("known.json");
    assert_eq!(folder.run("check --select TXT001 --write-baseline known.json --threads 1").code, Some(0));
    assert_eq!(folder.read("known.json"), once, "the same slips give the same bytes");
    let quiet = folder.run("check --select TXT001 --baseline known.json --format jsonl");
    assert_eq!((quiet.code, quiet.out.as_str(), quiet.err.as_str()), (Some(0), "", ""));

    // Lines come and go, slips are fixed: what is left is known still.
    folder.write("old/a.cable", slips().replace("SIPDIS\n", "SIPDIS\n\n\n\n").replace("12. (U)", "2. (U)"));
    assert_eq!(folder.run("check --select TXT001 --baseline known.json").code, Some(0));
    // A slip of another text, one more of the same text, and another file are new.
    let more = slips().replace("DOE\n", "\n14. (U) More.\nDOE\n");
    folder.write("old/a.cable", &more);
    folder.write("old/b.cable", slips() + &slips().replace("0312", "0313"));
    folder.write("new.cable", slips());
    assert_eq!(
        folder.places("--select TXT001 --baseline known.json"),
        [
            "new.cable:19",
            "new.cable:22",
            "new.cable:24",
            "old/a.cable:26",
            "old/b.cable:46",
            "old/b.cable:49",
            "old/b.cable:51"
        ]
    );
    // It may be used from anywhere, and by any way to a file.
    let whole = folder.path("old").to_string_lossy().into_owned();
    assert_eq!(folder.places(&format!("--select TXT001 --baseline known.json {whole}")).len(), 4);

    folder.write("known.json", "{}");
    let broken = folder.run("check --baseline known.json");
    assert!(broken.code == Some(2) && broken.err.contains("known.json: not a baseline"), "{}", broken.err);
}

#[test]
fn a_diff_shows_the_repair_and_writes_nothing() {
    let folder = Folder::new();
    let text = slips().replace('\n', "\r\n");
    folder.write("a.cable", &text);
    folder.write("b.cable", CLEAN);
    let ran = folder.run("check --select TXT001 --diff");
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("Would fix 3 problems in 1 file"), "{}", ran.err);
    for line in
        ["--- a.cable\n", "+++ a.cable\n", "\n-11. (C) Summary", "\n+1. (C) Summary", " an hour. End summary.\r\n"]
    {
        assert!(ran.out.contains(line), "{line:?} is not in {}", ran.out);
    }
    assert_eq!(folder.read("a.cable"), text.as_bytes());
    assert_eq!(folder.run("check --select TXT001 --diff --fix --exit-zero").code, Some(0));
    assert_eq!(folder.read("a.cable"), text.as_bytes());
    assert_eq!((folder.run("check --select TXT001 --diff b.cable").code), Some(0));
    assert_eq!(folder.run_with("check --select TXT001 --diff -", slips()).code, Some(1));

    folder.write("patch", &ran.out);
    let mut patch = std::process::Command::new("patch");
    match patch.args(["-p0", "--binary", "-i", "patch"]).current_dir(folder.path("")).output() {
        Ok(output) => {
            assert!(output.status.success(), "{output:?}");
            assert_eq!(folder.read("a.cable"), CLEAN.replace('\n', "\r\n").as_bytes());
        }
        Err(_) => eprintln!("skipped: there is no patch program"),
    }
}

#[test]
fn a_file_that_changes_is_checked_again() {
    let folder = Folder::new();
    folder.write("a.cable", slips());
    folder.write("sub/b.cable", slips());
    let mut command = folder.command("check --select TXT001 --format concise --watch");
    let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    let (output, errors) = (process.stdout.take().expect("a pipe"), process.stderr.take().expect("a pipe"));
    let (sender, lines) = mpsc::channel();
    let also = sender.clone();
    thread::spawn(move || {
        BufReader::new(output).lines().map_while(Result::ok).for_each(|line| drop(sender.send(line)));
    });
    thread::spawn(move || BufReader::new(errors).lines().map_while(Result::ok).for_each(|line| drop(also.send(line))));
    // Both streams come in their own order: a round is over when its end is announced and so many lines are there. A
    // line too many is found at the head of the next round.
    let round = |count: usize| {
        let (mut said, mut is_over): (Vec<String>, bool) = (Vec::new(), false);
        while !is_over || said.len() < count {
            let Ok(line) = lines.recv_timeout(Duration::from_secs(90)) else {
                panic!("no end of the round: {said:?}");
            };
            if line.contains("watching for changes") {
                assert!(!is_over, "a round of {} lines: {said:?}", said.len());
                is_over = true;
            } else {
                said.push(line);
            }
        }
        said
    };
    assert_eq!(round(6).len(), 6);
    folder.write("sub/b.cable", slips().replace("12. (U)", "2. (U)"));
    let second = round(2);
    assert!(second.len() == 2 && second.iter().all(|line| line.starts_with("sub/b.cable:")), "{second:?}");
    folder.write("cable-lsp.toml", "exclude = ['sub']\n");
    let third = round(3);
    assert!(third.len() == 3 && third.iter().all(|line| line.starts_with("a.cable:")), "{third:?}");
    process.kill().expect("it runs still");
    process.wait().expect("it ends");
}
