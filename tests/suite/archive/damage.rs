//! What may happen to a cache, and that the next start is right.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use cable_tests::archive::write;
use cable_tests::command::Folder;

use super::Archive;

/// An archive of some size, and all that is known of it.
fn sample() -> (Archive, String) {
    let archive = Archive { folder: Folder::new(), caches: Folder::new() };
    write(&archive.folder.path(""), 3, 300);
    let told = archive.run("graph --missing --format csv");
    assert!(told.code == Some(0) && told.out.lines().count() > 200, "{}", told.err);
    (archive, told.out)
}

fn told(archive: &Archive) -> (String, String) {
    let ran = archive.run("graph --missing --format csv");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    (ran.out, ran.err)
}

#[test]
fn a_torn_cache_is_made_again_and_that_is_said_once() {
    let (archive, expected) = sample();
    let file = archive.cache();
    let bytes = fs::read(&file).expect("it is there");
    for part in 0..20 {
        fs::write(&file, &bytes[..bytes.len() * part / 20]).expect("it can be written");
        let (out, err) = told(&archive);
        assert!(out == expected, "{part}: {err}");
        assert!(err.lines().count() == usize::from(part > 0), "{part}: {err}");
        assert_eq!(told(&archive), (expected.clone(), String::new()), "{part}: it is right from then on");
    }
    let pages = bytes.len() / 4096;
    for page in [0, 1, 5, pages / 2, pages - 1] {
        let mut garbled = bytes.clone();
        garbled[page * 4096..(page + 1) * 4096].iter_mut().enumerate().for_each(|(at, byte)| *byte = (at * 131) as u8);
        fs::write(&file, garbled).expect("it can be written");
        let (out, err) = told(&archive);
        assert!(out == expected && err.contains("built again"), "page {page}: {err}");
    }
}

#[test]
fn another_schema_is_no_harm() {
    let (archive, expected) = sample();
    let set = |pragma: &str| {
        let connection = rusqlite::Connection::open(archive.cache()).expect("a database");
        connection.execute_batch(&format!("PRAGMA {pragma}")).expect("it can be set");
    };
    set("user_version = 0");
    let (out, err) = told(&archive);
    assert!(out == expected && err.contains("older"), "{err}");
    set("user_version = 99");
    let (out, err) = told(&archive);
    assert!(out == expected && err.contains("newer") && err.contains("in memory"), "{err}");
    let version =
        |connection: rusqlite::Connection| connection.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0));
    let kept = version(rusqlite::Connection::open(archive.cache()).expect("a database"));
    assert_eq!(kept.expect("a number"), 99, "a newer one is left to the newer program");
    set("application_id = 5");
    assert!(told(&archive).0 == expected);
}

#[cfg(unix)]
#[test]
fn where_no_cache_can_be_kept_there_is_memory() {
    use std::os::unix::fs::PermissionsExt;
    let (archive, expected) = sample();
    let mode = |path: std::path::PathBuf| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode(archive.caches.path("cable-lsp/archive")), 0o700);
    assert_eq!(mode(archive.cache()), 0o600);
    let run = |cache: Option<&std::path::Path>| {
        let mut command = archive.folder.command("archive graph --missing --format csv");
        command.env_remove("XDG_CACHE_HOME").env_remove("HOME");
        if let Some(cache) = cache {
            command.env("XDG_CACHE_HOME", cache);
        }
        cable_tests::command::Ran::of(command.output().expect("the program runs"))
    };
    // A file in place of the folder stops everybody, a missing permission only those who are not root.
    archive.caches.write("file", "");
    for ran in [run(None), run(Some(&archive.caches.path("file")))] {
        assert!(ran.code == Some(0) && ran.out == expected && ran.err.contains("in memory"), "{}", ran.err);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    }
    // No more than 64 KiB of any file: what a full disk does.
    let script = format!(
        "trap '' XFSZ; ulimit -f 64; exec {} archive graph --missing --format csv",
        cable_tests::client::binary().display()
    );
    let mut command = std::process::Command::new("sh");
    command
        .args(["-c", &script])
        .current_dir(archive.folder.path(""))
        .env("XDG_CACHE_HOME", archive.caches.path("full"));
    let ran = cable_tests::command::Ran::of(command.output().expect("a shell"));
    assert!(ran.code == Some(0) && ran.out == expected, "{}", ran.err);
    assert!(!ran.err.is_empty(), "it is said");
}

#[test]
fn a_build_that_is_killed_is_gone_on_with() {
    let (archive, expected) = sample();
    for moment in 0..20 {
        drop(archive.run("forget"));
        let mut build = archive.folder.command("archive build");
        build.env("XDG_CACHE_HOME", archive.caches.path("")).stderr(Stdio::null());
        let mut process = build.spawn().expect("the program runs");
        thread::sleep(Duration::from_millis(moment * 7));
        // It may have ended before.
        let _ = process.kill();
        process.wait().expect("it ends");
        let (out, err) = told(&archive);
        assert!(out == expected, "{moment}: {err}");
    }
    for moment in 0..10 {
        let _ = fs::remove_file(archive.folder.path("own.sqlite"));
        let mut process = archive
            .folder
            .command("archive build -o own.sqlite")
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        thread::sleep(Duration::from_millis(moment * 9));
        let _ = process.kill();
        process.wait().expect("it ends");
        assert_eq!(archive.run("build -o own.sqlite").code, Some(0), "{moment}");
        assert!(archive.run("graph --missing --format csv --archive own.sqlite").out == expected, "{moment}");
    }
}

#[test]
fn several_at_once_are_all_right() {
    let (archive, expected) = sample();
    for _ in 0..3 {
        drop(archive.run("forget"));
        thread::scope(|scope| {
            let ask = || scope.spawn(|| archive.run("graph --missing --format csv"));
            let fresh = || scope.spawn(|| archive.run("build --fresh"));
            let asked = [ask(), ask(), ask()];
            let built = [fresh(), fresh()];
            for ran in asked.map(|thread| thread.join().expect("it ends")) {
                assert!(ran.code == Some(0) && ran.out == expected, "{:?} {}", ran.code, ran.err);
            }
            for ran in built.map(|thread| thread.join().expect("it ends")) {
                assert_eq!(ran.code, Some(0), "{}", ran.err);
            }
        });
        assert!(told(&archive).0 == expected);
    }
}
