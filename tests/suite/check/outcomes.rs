//! What becomes of files that are not as they should be: nothing is skipped without a word.

use std::fs::{self, File};
use std::io::Write;
use std::time::{Duration, Instant};

use cable_tests::command::{CLEAN, Folder, forbid, is_root, slips};

/// Checks what is said of one odd file, named and found in its folder, beside a file that is checked all the same.
fn say(folder: &Folder, name: &str, code: i32, words: &str) {
    folder.write("good.cable", slips());
    for argument in [name, "."] {
        let ran = folder.run(&format!("check --select TXT001 --exit-zero --format concise {argument}"));
        assert_eq!(ran.code, Some(code), "{argument}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains(name) && ran.err.contains(words), "{argument}: {}", ran.err);
        assert_eq!(ran.err.lines().count(), 1, "{argument}: {}", ran.err);
        assert_eq!(ran.out.contains("good.cable:19:1"), argument == ".", "{argument}: {}", ran.out);
    }
}

#[test]
fn a_file_that_cannot_be_read() {
    if is_root() {
        eprintln!("skipped: nothing is forbidden to root");
        return;
    }
    let folder = Folder::new();
    folder.write("closed.cable", CLEAN);
    forbid(&folder.path("closed.cable"));
    say(&folder, "closed.cable", 2, "denied");
}

#[test]
fn a_folder_that_cannot_be_read() {
    if is_root() {
        eprintln!("skipped: nothing is forbidden to root");
        return;
    }
    let folder = Folder::new();
    folder.write("closed/a.cable", CLEAN);
    forbid(&folder.path("closed"));
    say(&folder, "closed", 2, "denied");
}

#[test]
#[cfg(unix)]
fn a_link_to_nothing() {
    let folder = Folder::new();
    std::os::unix::fs::symlink("nowhere", folder.path("link.cable")).expect("a link can be made");
    say(&folder, "link.cable", 2, "No such file");
}

#[test]
fn a_binary_file() {
    let folder = Folder::new();
    folder.write("picture.cable", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0");
    say(&folder, "picture.cable", 2, "binary");
    // A text that nobody named is passed over when it is no cable.
    fs::rename(folder.path("picture.cable"), folder.path("picture.txt")).expect("it can be renamed");
    assert_eq!(folder.run("check --select TXT001 --exit-zero .").code, Some(0));
}

#[test]
fn a_file_in_latin_1() {
    let folder = Folder::new();
    folder.write(
        "latin.cable",
        CLEAN.replace("é𐍈", "\u{1}").bytes().map(|byte| if byte == 1 { 0xe9 } else { byte }).collect::<Vec<u8>>(),
    );
    say(&folder, "latin.cable", 0, "not UTF-8; read as windows-1252");
}

#[test]
fn a_file_in_utf_16() {
    let folder = Folder::new();
    folder.write(
        "wide.cable",
        std::iter::once(0xfeff).chain(slips().encode_utf16()).flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
    );
    say(&folder, "wide.cable", 0, "not UTF-8; read as UTF-16LE");
    assert_eq!(folder.places("--select TXT001 wide.cable"), ["wide.cable:19", "wide.cable:22", "wide.cable:24"]);
}

#[test]
fn an_old_printers_nuls_are_no_binary() {
    let folder = Folder::new();
    folder.write("nul.cable", slips().replace("SIPDIS", "SIPDIS\0\0"));
    assert_eq!(folder.places("--select TXT001").len(), 3);
}

#[test]
fn an_empty_file() {
    let folder = Folder::new();
    for bytes in ["", "\n", "\u{feff}", "\0"] {
        folder.write("empty.cable", bytes);
        for options in ["", "--fix", "--diff"] {
            let ran = folder.run(&format!("check empty.cable --format jsonl {options}"));
            assert!(matches!(ran.code, Some(0 | 2)) && ran.out.is_empty(), "{bytes:?} {options}: {ran:?}");
            assert_eq!(ran.code == Some(2), bytes == "\0", "{bytes:?} {options}: {ran:?}");
        }
        assert_eq!(folder.read("empty.cable"), bytes.as_bytes());
    }
}

#[test]
#[cfg(unix)]
fn a_path_with_a_line_break() {
    let folder = Folder::new();
    folder.write("two\nlines.cable", slips());
    assert_eq!(folder.places("--select TXT001")[0], "two\nlines.cable:19");
    let github = folder.run("check --select TXT001 --format github").out;
    assert!(github.starts_with("::warning file=two%0Alines.cable,"), "{github}");
    assert_eq!(folder.run_with("check --select TXT001 --files-from -", "two\nlines.cable\0").code, Some(1));
    assert!(folder.run("check --select TXT001 --diff").out.starts_with("--- \"two\\nlines.cable\"\n"));
    assert_eq!(folder.run("check --select TXT001 --fix").code, Some(0));
    assert_eq!(folder.read("two\nlines.cable"), CLEAN.as_bytes());
}

#[test]
#[cfg(target_os = "linux")]
fn a_path_that_is_no_text() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.cable");
    fs::write(folder.path("").join(name), slips()).expect("a file can be written");
    assert_eq!(folder.places("--select TXT001")[0], "caf\u{fffd}.cable:19");
    assert_eq!(folder.run("check --select TXT001 --fix").code, Some(0));
    assert_eq!(fs::read(folder.path("").join(name)).expect("it is there"), CLEAN.as_bytes());
}

/// A file of this size with holes in it: no disk is used.
fn hollow(folder: &Folder, name: &str, size: u64, start: &[u8]) {
    let mut file = File::create(folder.path(name)).expect("a file can be made");
    file.write_all(start).expect("a file can be written");
    file.set_len(size).expect("a file can have holes");
}

#[test]
fn a_file_of_200_megabytes() {
    let folder = Folder::new();
    let started = Instant::now();
    hollow(&folder, "large.cable", 200_000_000, b"");
    say(&folder, "large.cable", 2, "binary");
    hollow(&folder, "large.cable", 600_000_000, slips().as_bytes());
    say(&folder, "large.cable", 2, "too large: at most 512 MB are read");
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

#[test]
fn a_text_that_is_no_cable() {
    let folder = Folder::new();
    folder.write("notes.txt", "11. Buy bread.\n12. Buy milk.\n");
    folder.write("cable.txt", slips());
    assert_eq!(folder.places("--select TXT001").len(), 3);
    let named = folder.run("check notes.txt --format concise");
    assert_eq!((named.code, named.out.as_str()), (Some(0), ""));
}
