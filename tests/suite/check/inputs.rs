//! What an argument may be: a file, a folder, a pipe, a glob; and what the settings leave out.

use std::fs;

use cable_tests::command::{CLEAN, Folder, Ran, slips};

fn paths(ran: &Ran) -> Vec<String> {
    let mut paths: Vec<String> =
        ran.rows().iter().map(|row| row["path"].as_str().expect("a path").to_owned()).collect();
    paths.dedup();
    paths
}

const CHECK: &str = "check --select TXT001 --exit-zero --format jsonl";

#[test]
fn what_is_excluded_is_left_alone_though_it_is_named() {
    let folder = Folder::new();
    folder.write("cable-lsp.toml", "exclude = ['originals', '*.old.cable']\n");
    for name in ["originals/deep/a.cable", "b.old.cable", "in/c.cable"] {
        folder.write(name, slips());
    }
    let fix = "check --select TXT001 --fix --exit-zero originals/deep/a.cable ./b.old.cable in/c.cable originals";
    let ran = folder.run(fix);
    assert_eq!(ran.code, Some(0));
    assert!(ran.err.contains("3 paths left out by `exclude`"), "{}", ran.err);
    assert_eq!(folder.read("originals/deep/a.cable"), slips().as_bytes());
    assert_eq!(folder.read("b.old.cable"), slips().as_bytes());
    assert_eq!(folder.read("in/c.cable"), CLEAN.as_bytes());
    // By a list, from within, by way of another folder, by a whole path.
    folder.write("list", "originals/deep/a.cable\n");
    let whole = folder.path("originals/deep/a.cable").to_string_lossy().into_owned();
    for arguments in ["--files-from list", "in/../originals/deep/a.cable", &whole, "originals/*/*.cable"] {
        assert_eq!(paths(&folder.run(&format!("{CHECK} {arguments}"))), [] as [&str; 0], "{arguments}");
    }
    assert_eq!(paths(&folder.run(&format!("{CHECK} --include-excluded originals"))), ["originals/deep/a.cable"]);
    assert_eq!(folder.run("export --format jsonl originals/deep/a.cable").out, "");
    assert_eq!(folder.run("check --select TXT001 --fix --include-excluded originals").code, Some(0));
    assert_eq!(folder.read("originals/deep/a.cable"), CLEAN.as_bytes());
}

#[test]
fn standard_input_is_excluded_as_the_file_that_it_stands_for() {
    let folder = Folder::new();
    folder.write("cable-lsp.toml", "exclude = ['originals']\nselect = ['TXT001']\n");
    let run = |arguments: &str, name: &str| folder.run_with(&format!("{arguments} --stdin-filename {name} -"), slips());
    for name in ["originals/a.cable", "./originals/deep/a.cable"] {
        let ran = run("check --format jsonl", name);
        assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{name}: {}", ran.err);
        assert!(ran.err.contains("1 path left out by `exclude`"), "{}", ran.err);
        assert_eq!(run("check --include-excluded --format jsonl", name).rows().len(), 3, "{name}");
        assert_eq!(run("export --format jsonl", name).out, "", "{name}");
        // Who sends a text to be fixed puts the answer in its place.
        for command in ["check --fix", "format", "renumber"] {
            let ran = run(command, name);
            assert_eq!((ran.code, ran.out.as_str()), (Some(0), slips().as_str()), "{command} {name}: {}", ran.err);
        }
        for command in ["check --diff", "format --check", "format --diff", "renumber --diff"] {
            assert_eq!(run(command, name).out, "", "{command} {name}");
        }
    }
    assert_eq!(run("check --fix", "a.cable").out, CLEAN);
}

#[test]
#[cfg(unix)]
fn a_link_is_no_way_around() {
    let folder = Folder::new();
    folder.write("cable-lsp.toml", "exclude = ['originals']\n");
    folder.write("originals/a.cable", slips());
    std::os::unix::fs::symlink("originals/a.cable", folder.path("link.cable")).expect("a link");
    for argument in ["link.cable", "."] {
        assert_eq!(folder.run(&format!("check --select TXT001 --fix --exit-zero {argument}")).code, Some(0));
        assert_eq!(folder.read("originals/a.cable"), slips().as_bytes(), "{argument}");
    }
}

#[test]
fn letters_of_any_size_end_a_name() {
    let folder = Folder::new();
    for name in ["A.TXT", "B.CABLE", "c.Txt", "d.md"] {
        folder.write(name, slips());
    }
    folder.write("E.TXT", "Notes that are no cable.\n");
    assert_eq!(paths(&folder.run(CHECK)), ["A.TXT", "B.CABLE", "c.Txt"]);
}

#[test]
fn a_glob_that_the_shell_left_is_one() {
    let folder = Folder::new();
    for name in ["a.txt", "b.txt", "in/c.cable", "in/d.md", "in/deep/e.txt", ".hidden.txt", "skipped/f.txt", "[g].txt"]
    {
        folder.write(name, slips());
    }
    folder.write("g.txt", CLEAN);
    folder.write(".gitignore", "skipped\n");
    let found = |glob: &str| paths(&folder.run(&format!("{CHECK} {glob}")));
    assert_eq!(found("[ab].txt"), ["a.txt", "b.txt"]);
    assert_eq!(found("./?.txt"), ["a.txt", "b.txt"]);
    assert_eq!(found("**/*.txt"), ["[g].txt", "a.txt", "b.txt", "in/deep/e.txt"]);
    assert_eq!(found("in/*.{md,cable}"), ["in/c.cable", "in/d.md"]);
    // A folder that it names is searched as one is.
    assert_eq!(found("i*"), ["in/c.cable", "in/deep/e.txt"]);
    // The file of that very name comes first.
    assert_eq!(found("[g].txt"), ["[g].txt"]);
    // So does a folder that is named, as everywhere.
    assert_eq!(found("skipped/*.txt"), ["skipped/f.txt"]);
    for nothing in ["*.doc", "missing/*.txt"] {
        let ran = folder.run(&format!("{CHECK} {nothing}"));
        assert_eq!((ran.code, ran.err.lines().count()), (Some(2), 1), "{nothing}: {}", ran.err);
    }
    // What is there and left out was not mistyped.
    folder.write("cable-lsp.toml", "exclude = ['a.*']\n");
    for left_out in ["s*/*.txt", "a*.txt"] {
        let ran = folder.run(&format!("{CHECK} {left_out}"));
        assert_eq!((ran.code, ran.err.lines().count()), (Some(0), 1), "{left_out}: {}", ran.err);
        assert!(ran.err.contains("all that it matches is left out"), "{}", ran.err);
    }
    assert_eq!(found("--include-excluded a*.txt"), ["a.txt"]);
    // A list holds names, not globs.
    folder.write("list", "?.txt\n");
    assert_eq!(folder.run(&format!("{CHECK} --files-from list")).code, Some(2));
}

#[test]
fn a_folder_without_cables_is_told_of() {
    let folder = Folder::new();
    folder.write("empty/notes.md", "Notes");
    folder.write("texts/notes.txt", "Notes that are no cable.\n");
    for (argument, words) in [("empty", "empty: no cables found"), ("texts", "no cables found in 1 text file")] {
        for command in ["check", "export"] {
            let ran = folder.run(&format!("{command} {argument}"));
            assert_eq!((ran.code, ran.err.trim_end()), (Some(0), format!("cable-lsp: {words}").as_str()), "{command}");
        }
    }
}

#[test]
fn how_a_list_was_saved_does_not_matter() {
    let folder = Folder::new();
    folder.write("a.cable", slips());
    folder.write("é.cable", slips());
    let wide = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}é.cable\r\na.cable\r\n".encode_utf16().flat_map(order).collect()
    };
    let nuls = "\u{feff}é.cable\0a.cable\0".as_bytes().to_vec();
    let lines = "\u{feff}é.cable\r\na.cable\r\n\r\n".as_bytes().to_vec();
    for list in [lines, nuls, wide(u16::to_le_bytes), wide(u16::to_be_bytes)] {
        folder.write("list", &list);
        let ran = folder.run(&format!("{CHECK} --files-from list"));
        assert_eq!((ran.code, paths(&ran).len()), (Some(0), 2), "{list:?}: {}", ran.err);
    }
}

#[test]
fn what_has_no_end_is_not_read_to_its_end() {
    let folder = Folder::new();
    folder.write("a.cable", slips());
    folder.write("long.toml", "# a line of a settings file\n".repeat(50_000));
    let ran = folder.run("check --config long.toml a.cable");
    assert!(ran.code == Some(2) && ran.err.contains("long.toml: too large: at most 1 MB are read"), "{}", ran.err);
    folder.write("in/a.cable", slips());
    folder.write("in/cable-lsp.toml", "# a line of a settings file\n".repeat(50_000));
    let ran = folder.run("check in");
    assert!(ran.code == Some(2) && ran.err.contains("cable-lsp.toml: too large"), "{}", ran.err);
    if cfg!(unix) {
        let ran = folder.run("check --config /dev/zero a.cable");
        assert!(ran.code == Some(2) && ran.err.contains("too large"), "{}", ran.err);
        let ran = folder.run("check --baseline /dev/zero a.cable");
        assert!(ran.code == Some(2) && ran.err.contains("too large"), "{}", ran.err);
    }
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, chown, symlink};
    use std::os::unix::net::UnixListener;
    use std::process::{Command, Stdio};
    use std::thread;

    use super::*;

    /// Makes a pipe that has a name; false where that cannot be done.
    fn pipe(folder: &Folder, name: &str) -> bool {
        let is_made = Command::new("mkfifo").arg(folder.path(name)).status().is_ok_and(|status| status.success());
        if !is_made {
            eprintln!("skipped: pipes cannot be made");
        }
        is_made
    }

    #[test]
    fn a_walk_passes_by_what_is_no_file() {
        let folder = Folder::new();
        folder.write("a.cable", slips());
        let _socket = UnixListener::bind(folder.path("socket.cable")).expect("a socket");
        symlink("/dev/zero", folder.path("device.cable")).expect("a link");
        if pipe(&folder, "pipe.cable") {
            // One that is opened is waited for without end.
            for argument in [".", "*"] {
                let ran = folder.run(&format!("{CHECK} {argument}"));
                assert_eq!((ran.code, paths(&ran)), (Some(0), vec!["a.cable".to_owned()]), "{}", ran.err);
            }
        }
    }

    #[test]
    fn a_pipe_that_is_named_is_read_and_never_written() {
        let folder = Folder::new();
        if !pipe(&folder, "pipe") {
            return;
        }
        let writer = thread::spawn({
            let path = folder.path("pipe");
            move || fs::write(path, slips())
        });
        let ran = folder.run("check --select TXT001 --fix --format jsonl pipe");
        writer.join().expect("it writes").expect("somebody reads");
        assert_eq!((ran.code, ran.rows().len()), (Some(2), 3), "{}", ran.err);
        assert!(ran.err.contains("pipe: not repaired: a pipe or a device is read and not written"), "{}", ran.err);
        assert!(!fs::metadata(folder.path("pipe")).expect("it is there").is_file());
    }

    #[test]
    fn settings_in_a_pipe_are_not_waited_for() {
        let folder = Folder::new();
        folder.write("a.cable", slips());
        if !pipe(&folder, "pipe") {
            return;
        }
        for option in ["--config", "--baseline"] {
            let ran = folder.run(&format!("check {option} pipe a.cable"));
            assert!(ran.code == Some(2) && ran.err.contains("this is a pipe, not a file"), "{option}: {}", ran.err);
        }
        // No settings at all.
        assert_eq!(folder.run(&format!("{CHECK} --config /dev/null a.cable")).rows().len(), 3);
    }

    #[test]
    fn standard_input_by_its_name_is_read_and_never_written() {
        let folder = Folder::new();
        folder.write("a.cable", slips());
        folder.write("cable-lsp.toml", "select = ['TXT001']\n");
        let piped = folder.run_with("check --exit-zero --format jsonl /dev/stdin", slips());
        assert_eq!((piped.rows().len(), paths(&piped)), (3, vec!["/dev/stdin".to_owned()]), "{}", piped.err);
        let exported = folder.run_with("export --format jsonl /dev/stdin", CLEAN);
        assert_eq!(exported.rows()[0]["mrn"], "ASTANA 000312", "{}", exported.err);
        // A file after that name stays as it is.
        let file = fs::File::open(folder.path("a.cable")).expect("it is there");
        let output =
            folder.command("check --fix /dev/stdin").stdin(Stdio::from(file)).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert_eq!(folder.read("a.cable"), slips().as_bytes());
    }

    #[test]
    fn other_devices_are_refused() {
        let folder = Folder::new();
        let _socket = UnixListener::bind(folder.path("socket")).expect("a socket");
        for name in ["/dev/null", "/dev/zero", "socket"] {
            let ran = folder.run(&format!("{CHECK} {name}"));
            assert_eq!(ran.code, Some(2), "{name}");
            assert!(ran.err.contains("this is a device or a socket, not a text"), "{name}: {}", ran.err);
        }
    }

    #[test]
    fn what_another_may_have_planted_is_not_used() {
        let folder = Folder::new();
        folder.write("shared/a.cable", slips());
        folder.write("shared/b.cable", slips());
        folder.write("shared/cable-lsp.toml", "exclude = ['a.cable']\n");
        folder.write("shared/.ignore", "b.cable\n");
        let planted = ["shared/cable-lsp.toml", "shared/.ignore"].map(|name| folder.path(name));
        let open = |mode: u32| {
            fs::set_permissions(folder.path("shared"), fs::Permissions::from_mode(mode)).expect("permissions");
        };
        let check = || folder.run(&format!("{CHECK} shared"));
        // Our own files are used, whoever may write there.
        open(0o1777);
        assert_eq!(paths(&check()), [] as [&str; 0]);
        if planted.iter().any(|file| chown(file, Some(65534), Some(65534)).is_err()) {
            eprintln!("skipped: only root can give files to another");
            return;
        }
        for mode in [0o1777, 0o777] {
            open(mode);
            let ran = check();
            assert_eq!(paths(&ran), ["shared/a.cable", "shared/b.cable"], "{}", ran.err);
            assert_eq!(ran.code, Some(0));
            let lines: Vec<&str> = ran.err.lines().collect();
            assert_eq!(lines.len(), 2, "{lines:?}");
            assert!(lines.iter().all(|line| line.contains("not used: everybody may write its folder")), "{lines:?}");
        }
        // Where only we may write, the other one was let in.
        open(0o755);
        assert_eq!(paths(&check()), [] as [&str; 0]);
        // What is named on the command line was chosen.
        open(0o777);
        let chosen = folder.run(&format!("{CHECK} --config shared/cable-lsp.toml shared"));
        assert_eq!(paths(&chosen), ["shared/b.cable"], "{}", chosen.err);
    }
}
