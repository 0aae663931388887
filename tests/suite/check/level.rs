//! What `check` shows, what it counts in place of that, and the commands beside it that read the same files.

use cable_tests::command::{CLEAN, Folder, slips};
use serde_json::json;

/// A cable with a warning (TXT001), an information (CLS006, whose fix is unsafe) and a hint (TXT011).
fn odd() -> String {
    slips().replace("SIPDIS\n", "SIPDIS\n\nSIPDIS\n").replace("12. (U)", "2. (U)").replace("13. (U)", "3. (U)") + "  "
}

#[test]
fn warnings_are_shown_and_the_rest_is_counted() {
    let folder = Folder::new();
    folder.write("a.cable", slips().replace("SIPDIS\n", "SIPDIS\n\nSIPDIS\n").replace("noon.\n", "noon.  \n"));
    let ran = folder.run("check a.cable");
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("warning[TXT001]") && !ran.out.contains("CLS006]"), "{}", ran.out);
    let last = ran.out.lines().last().expect("a count");
    assert!(
        last.starts_with("3 diagnostics in 1 file, 3 with a safe fix; 2 not shown (1 information, 1 hint)"),
        "{last}"
    );
    for (level, codes) in [
        ("error", &[][..]),
        ("warning", &["TXT001"]),
        ("information", &["TXT001", "CLS006"]),
        ("hint", &["TXT001", "CLS006", "TXT011"]),
    ] {
        let ran = folder.run(&format!("check a.cable --level {level}"));
        for code in ["TXT001", "CLS006", "TXT011"] {
            assert_eq!(ran.out.contains(&format!("[{code}]")), codes.contains(&code), "{level} {code}: {}", ran.out);
        }
        assert_eq!(ran.code, Some(1), "the level never changes the exit code");
        let concise = folder.run(&format!("check a.cable --format concise --level {level}"));
        let is_record = |line: &str| line.starts_with("a.cable:");
        assert!(concise.out.lines().all(is_record), "{}", concise.out);
        assert_eq!(concise.err.contains("not shown"), level != "hint", "{level}: {}", concise.err);
        assert_eq!(folder.run(&format!("check a.cable --format jsonl --level {level}")).rows().len(), 5);
    }
    // What makes the run fail is shown.
    let failing = folder.run("check a.cable --fail-on hint");
    assert!(failing.out.contains("hint[TXT011]") && failing.out.contains("information[CLS006]"), "{}", failing.out);
    assert_eq!(folder.run("check a.cable --ignore TXT001").code, Some(0));
    assert_eq!(folder.run("check a.cable --ignore TXT001 --level hint").code, Some(0));
}

#[test]
fn concise_writes_its_records_and_nothing_else_to_standard_output() {
    let folder = Folder::new();
    folder.write("cable-lsp.toml", "exclude = ['out']\n");
    folder.write("in/a.cable", odd());
    folder.write(
        "in/latin.cable",
        slips()
            .replace("é𐍈", "\u{1}")
            .into_bytes()
            .iter()
            .map(|&byte| if byte == 1 { 0xe9 } else { byte })
            .collect::<Vec<u8>>(),
    );
    folder.write("in/notes.txt", "Notes that are no cable.\n");
    folder.write("out/b.cable", slips());
    for options in [
        "",
        "--exit-zero",
        "--level hint",
        "--level error",
        "--fail-on never",
        "--unsafe-fixes",
        "--fix",
        "--fix --unsafe-fixes",
    ] {
        let ran = folder.run(&format!("check --format concise {options} in out missing.cable *.doc"));
        let is_record = |line: &str| {
            let place = line.strip_prefix("in/").and_then(|rest| rest.split_once(".cable:"));
            place.is_some_and(|(_, place)| place.split(':').take(2).all(|number| number.parse::<u32>().is_ok()))
        };
        assert_eq!(ran.out.lines().find(|line| !is_record(line)), None, "{options}");
        for words in ["missing.cable", "*.doc: matches nothing", "1 path left out", "latin.cable: not UTF-8"] {
            let is_said = ran.err.contains(words) || (words.ends_with("UTF-8") && options.contains("--fix"));
            assert!(is_said, "{options}: {words} is not in {}", ran.err);
        }
    }
}

#[test]
fn quiet_leaves_the_diagnostics_and_the_errors() {
    let folder = Folder::new();
    folder.write("a.cable", odd());
    let ran = folder.run("check -q a.cable missing.cable");
    assert!(ran.out.contains("TXT001") && !ran.out.contains("not shown"), "{}", ran.out);
    assert_eq!((ran.code, ran.err.lines().count()), (Some(2), 1), "{}", ran.err);
    let fixed = folder.run("check -q --fix --format concise a.cable");
    assert_eq!((fixed.out.as_str(), fixed.err.as_str()), ("", ""));
    assert_ne!(folder.read("a.cable"), odd().into_bytes());
}

#[test]
fn hidden_fixes_are_counted() {
    let folder = Folder::new();
    folder.write("a.cable", odd());
    let shown = folder.run("check --diff a.cable");
    assert!(shown.err.contains("Would fix 2 problems in 1 file, 1 of them below warning"), "{}", shown.err);
    let fixed = folder.run("check --fix a.cable");
    assert!(fixed.err.contains("Fixed 2 problems in 1 file, 1 of them below warning"), "{}", fixed.err);
    assert_eq!(fixed.code, Some(0));
    assert!(fixed.out.starts_with("0 diagnostics in 1 file; 1 not shown (1 information)"), "{}", fixed.out);
}

#[test]
fn what_many_files_have_in_common_is_one_line() {
    let folder = Folder::new();
    for name in ["a", "b", "c"] {
        let text = CLEAN.replace("SIPDIS\n", "SIPDIS\n\nSIPDIS\n");
        folder.write(&format!("{name}.cable"), text.trim_end());
    }
    for level in ["warning", "hint"] {
        let ran = folder.run(&format!("check --level {level}"));
        assert!(!ran.out.contains("[CLS006]") && !ran.out.contains("[TXT011]"), "{}", ran.out);
        let line = |code: &str| ran.out.lines().filter(|line| line.starts_with(&format!("  {code} "))).count();
        assert_eq!((line("CLS006"), line("TXT011")), (1, 1), "{}", ran.out);
        assert!(ran.out.contains("3 in 3 files"), "{}", ran.out);
    }
    // Of one file, and where somebody asks for the rule or fails by it, each is shown.
    assert!(folder.run("check --level hint a.cable").out.contains("[CLS006]"));
    assert!(folder.run("check --level hint --select CLS006").out.contains("[CLS006]"));
    folder.write("cable-lsp.toml", "severity.CLS006 = 'warning'\n");
    assert!(folder.run("check").out.contains("[CLS006]"));
}

#[test]
fn statistics_count_by_actual_severity() {
    let folder = Folder::new();
    folder.write("a.cable", slips());
    folder.write("b.cable", slips());
    folder.write("cable-lsp.toml", "severity.TXT001 = 'error'\n");
    let row = json!([{
        "code": "TXT001", "name": "pilcrow-as-one", "severity": "error", "count": 6, "files": 2, "fixable": 6
    }]);
    assert_eq!(folder.run("check --select TXT001 --statistics --format json").json(), row);
    let text = folder.run("check --select TXT001 --statistics");
    assert_eq!(text.out, "      6  TXT001  pilcrow-as-one (error)\n");
    assert_eq!(folder.run("check --select PAR001 --statistics --format json").json(), json!([]));
    assert_eq!(folder.run("check --statistics --format sarif").code, Some(2));
    // Who names a level counts from there; who names none sees all.
    folder.write("cable-lsp.toml", "severity.TXT001 = 'hint'\n");
    let rows = |ran: &str| folder.run(ran).out.lines().count();
    assert_eq!(rows("check --select TXT001 --statistics --level information"), 0);
    assert_eq!(rows("check --select TXT001 --statistics --level hint"), 1);
    assert_eq!(rows("check --select TXT001 --statistics"), 1);
}

#[test]
fn the_files_that_would_be_checked_are_named() {
    let folder = Folder::new();
    folder.write("b/a.cable", slips());
    folder.write("cable.txt", slips());
    folder.write("notes.txt", "Buy bread.\n");
    folder.write("out/c.cable", slips());
    folder.write("cable-lsp.toml", "exclude = ['out']\n");
    let ran = folder.run("check --show-files");
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "b/a.cable\ncable.txt\n"), "{}", ran.err);
    assert_eq!(folder.run("check --show-files missing.cable").code, Some(2));
    assert_eq!(folder.run("check --show-files --fix").code, Some(2));
}
