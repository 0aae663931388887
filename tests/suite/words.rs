//! What people read of the program itself: explanations, messages, references.

use cable_lint::rules;
use cable_tests::command::Folder;

/// Whether the program says a reference in a way that leads somebody to it.
fn can_be_found(reference: &str) -> bool {
    let is_handbook = reference.contains(" FAH-") && reference.contains("Handbook");
    let is_order = reference.starts_with("E.O. ") && [" 19", " 20"].iter().any(|century| reference.contains(century));
    let is_publication = reference.starts_with("ACP ") && reference.contains('(');
    let is_cable = reference.starts_with("cable") && reference.contains(" STATE ");
    is_handbook || is_order || is_publication || is_cable
}

#[test]
fn references_can_be_found() {
    for rule in rules() {
        if rule.source == "none; seen in published cables" {
            continue;
        }
        for reference in rule.source.split("; ") {
            assert!(can_be_found(reference), "{rule:?}: {reference}");
        }
    }
}

/// Words that a reader has to guess at, with the word to use.
const UNPLAIN: [(&str, &str); 9] = [
    ("slip", "problem, mistake"),
    ("mend", "fix"),
    ("besides", "also"),
    ("behind", "after"),
    ("stands", "is"),
    ("told", "reported"),
    ("misspelt", "misspelled"),
    ("glued", "no space"),
    ("blanks", "spaces"),
];

#[test]
fn rules_speak_plainly() {
    for rule in rules() {
        for text in [rule.summary, rule.explanation, rule.source] {
            assert!(!text.contains("  ") && text == text.trim(), "{rule:?}: a run of spaces in {text:?}");
            for (word, better) in UNPLAIN {
                let found =
                    text.split(|letter: char| !letter.is_alphabetic()).any(|own| own.eq_ignore_ascii_case(word));
                assert!(!found, "{rule:?}: {word:?} in {text:?}; say {better}");
            }
        }
    }
}

#[test]
fn explanations_fit_a_screen() {
    let folder = Folder::new();
    let ran = folder.run("explain --all");
    assert_eq!(ran.code, Some(0));
    for line in ran.out.lines().filter(|line| !line.starts_with(' ')) {
        assert!(line.chars().count() <= 100, "{line}");
    }
    let one = folder.run("explain TXT007").out;
    assert!(one.contains("Fix: unsafe, needs your review (--unsafe-fixes)") && one.contains("References: "), "{one}");
    let fix = |rule: &str| folder.run(&format!("explain {rule} --format json")).json()[0]["fix"].clone();
    assert_eq!(
        [fix("TXT001"), fix("TXT007"), fix("PAR001")],
        ["safe".into(), "unsafe".into(), serde_json::Value::Null]
    );
}

#[test]
fn a_meaning_leads_to_its_codes() {
    let folder = Folder::new();
    for words in ["kazakhstan", "KAZAKH"] {
        let ran = folder.run(&format!("lookup {words}"));
        assert!(ran.code == Some(0) && ran.out.lines().any(|line| line.starts_with("KZ  Kazakhstan")), "{}", ran.out);
    }
    let rows = folder.run("lookup kazakhstan --format json").json();
    assert!(rows.as_array().is_some_and(|rows| rows.len() > 1), "{rows}");
    // A code is a code, whatever else has the word in its meaning.
    assert_eq!(folder.run("lookup KZ --format json").json().as_array().map(Vec::len), Some(1));
    for unknown in ["xqzzy", "KQ"] {
        assert_eq!(folder.run(&format!("lookup {unknown}")).code, Some(1), "{unknown}");
    }
}
