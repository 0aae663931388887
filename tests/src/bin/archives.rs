//! Makes an archive of a given size, asks the program what is in it and what is wrong with it, and says whether that is what
//! was planted:
//! `cargo run --release -p cable-tests --bin archives -- 50000 [FOLDER]`. With a folder the archive is kept there.

use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Instant;

use cable_tests::archive::{by_rule, counted, counted_by_rule, write};
use cable_tests::client::binary;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let cables = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = arguments.next().map_or_else(|| place.path().join("archive"), PathBuf::from);
    let planted = write(&folder, 1, cables);
    let index = place.path().join("index.sqlite");
    let run = |arguments: &[&str]| {
        let output = Command::new(binary()).args(arguments).output().expect("the program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    let (folder, file) = (folder.to_string_lossy(), index.to_string_lossy());
    let start = Instant::now();
    run(&["archive", "build", &folder, "-o", &file]);
    let cold = start.elapsed();
    let bytes = std::fs::metadata(&index).map(|metadata| metadata.len()).unwrap_or_default();
    let start = Instant::now();
    run(&["archive", "build", &folder, "-o", &file]);
    let warm = start.elapsed();
    let overview = run(&["archive", "stats", "--archive", &file, "--format", "json"]);
    let found = counted(&serde_json::from_slice(&overview).expect("JSON"));
    let start = Instant::now();
    let statistics = run(&[
        "check",
        &folder,
        "--archive",
        &file,
        "--select",
        "ARC",
        "--statistics",
        "--format",
        "json",
        "--exit-zero",
    ]);
    let checked = start.elapsed();
    let wrong = counted_by_rule(&serde_json::from_slice(&statistics).expect("JSON"));
    let each = bytes.checked_div(planted.cables).unwrap_or_default();
    eprintln!("{} cables, built in {cold:.1?}, again in {warm:.1?}, {each} bytes a cable", planted.cables);
    eprintln!("checked by the rules in {checked:.1?}: {wrong:?}");
    if found == planted && wrong == by_rule(&planted) {
        eprintln!("as planted: {planted:?}");
        ExitCode::SUCCESS
    } else {
        eprintln!("planted: {planted:?}, {:?}\n  found: {found:?}", by_rule(&planted));
        ExitCode::FAILURE
    }
}
