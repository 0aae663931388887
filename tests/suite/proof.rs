//! What the safe fixes do to real and synthetic cables, held against a table of what each rule may change that was
//! written by hand and not taken from the rules.

use std::collections::BTreeMap;

use cable_catalog::Catalog;
use cable_lint::{FixSafety, Settings, check, fix, rule};
use cable_syntax::Document;
use cable_tests::generator::{Layout, Options, Random, generate};
use cable_tests::reading::readings;
use cable_tests::shared;
use serde_json::Value;

/// The keys of `export` that the fix of a rule may change.
fn may_change(code: &str) -> &'static [&'static str] {
    match code {
        "TXT001" | "TXT002" | "TXT003" | "TXT004" | "TXT005" | "PAR006" => &["paragraphs"],
        "HDR013" => &[
            "eo",
            "eo_order",
            "eo_instruction",
            "decl",
            "tags",
            "tags_line",
            "subject",
            "subject_lines",
            "refs",
            "handling",
            "header_lines",
        ],
        "CLS005" => &["captions", "caption_lines", "handling", "sensitive", "header_lines"],
        "TXT008" => &["dtg", "dtg_iso", "canonical_id", "refs", "mrn", "eo", "eo_instruction", "decl", "page_lines"],
        _ => &[],
    }
}

/// Holds a text after its safe repair against the text before it.
fn check_repair(name: &str, before: &str) -> BTreeMap<&'static str, usize> {
    let repair = |text: &str| fix::repair(text, &Catalog::built_in(), &Settings::default(), FixSafety::Safe);
    let repaired = repair(before);
    assert_eq!(repair(&repaired.text).text, repaired.text, "{name}: a second repair");
    assert_eq!(fix::apply(before, &repaired.edits), repaired.text, "{name}: the edits for an editor");
    let (old, new) = (readings(before), readings(&repaired.text));
    assert_eq!(old.len(), new.len(), "{name}: cables");
    for (old, new) in old.iter().zip(&new) {
        for (key, value) in old.as_object().expect("an object") {
            let declared = repaired.applied.keys().any(|code| may_change(code).contains(&key.as_str()));
            assert!(declared || *value == new[key], "{name}: {key}\n{value}\n{}\n{:?}", new[key], repaired.applied);
        }
        let numbers = |reading: &Value| -> Vec<Value> {
            reading["paragraphs"].as_array().expect("a list").iter().map(|one| one["n"].clone()).collect()
        };
        assert_eq!(numbers(old), numbers(new), "{name}: paragraph numbers");
    }
    repaired.applied
}

#[test]
fn repairs_of_real_cables_change_what_their_rules_may() {
    let files = shared::files("corpus");
    let mut applied = 0;
    for file in &files {
        applied += check_repair(&file.path.display().to_string(), &file.text).values().sum::<usize>();
    }
    assert!(files.is_empty() || applied > 500, "only {applied} problems were fixed: the proof withholds too much");
}

/// How a copy writes what a rule repairs: a line of a clean cable, damaged. None where the line has no such thing.
type Damage = fn(&str) -> Option<String>;

/// The number at the start of a paragraph, and what is after it.
fn numbered(line: &str) -> Option<(&str, &str)> {
    let end = line.find('.')?;
    (end > 0 && line[..end].bytes().all(|byte| byte.is_ascii_digit())).then(|| line.split_at(end))
}

fn letters_for_digits(digits: &str) -> String {
    digits.replacen('0', "O", 1)
}

const DAMAGES: [(&str, Damage); 7] = [
    ("TXT001", |line| numbered(line).map(|(number, rest)| format!("1{number}{rest}"))),
    ("TXT002", |line| numbered(line).map(|(number, rest)| format!("¶1{number}{rest}"))),
    ("TXT003", |line| numbered(line).map(|(number, rest)| format!("[1](#){number}{rest}"))),
    ("TXT004", |line| numbered(line).map(|(number, rest)| format!("$\\P{number}${rest}"))),
    ("TXT005", |line| numbered(line).map(|(number, rest)| format!("- {number}{rest}"))),
    ("TXT006", |line| {
        let tags = line.strip_prefix("TAGS: ")?;
        let linked: Vec<String> = tags
            .split_whitespace()
            .map(|tag| match tag.strip_suffix(',') {
                Some(tag) => format!("[{tag}](#),"),
                None => format!("[{tag}](#)"),
            })
            .collect();
        Some(format!("TAGS: {}", linked.join(" ")))
    }),
    ("TXT008", |line| {
        let at = line.find("DECL: ")? + "DECL: ".len();
        Some(format!("{}{}", &line[..at], letters_for_digits(&line[at..])))
    }),
];

/// What real copies rarely show: each rule on a hundred synthetic cables that it brings back byte for byte.
#[test]
fn each_rule_of_the_transcription_brings_cables_back() {
    for (code, damage) in DAMAGES {
        let own = rule(code).expect("a rule");
        let mut brought_back = 0;
        for seed in 0..400 {
            let options = Options { marked: 100, layouts: &[Layout::Envelope], ..Options::clean() };
            let clean = generate(seed, &options).text;
            let mut random = Random::new(seed);
            let all = random.chance(50);
            let mut damaged_lines = 0;
            let damaged: Vec<String> = clean
                .split('\n')
                .map(|line| match damage(line) {
                    // The first is always damaged, so that paragraph 1 is read from its artefact too.
                    Some(damaged) if all || damaged_lines == 0 || random.chance(60) => {
                        damaged_lines += 1;
                        damaged
                    }
                    _ => line.to_owned(),
                })
                .collect();
            let damaged = damaged.join("\n");
            if damaged == clean {
                continue;
            }
            let found = check(&Document::new(&damaged, &Catalog::built_in()), &Settings::only(&[own]));
            assert!(!found.is_empty(), "{code}, seed {seed}: not seen\n{damaged}");
            let repaired = fix::repair(&damaged, &Catalog::built_in(), &Settings::default(), FixSafety::Safe);
            assert_eq!(repaired.text, clean, "{code}, seed {seed}: {:?}", repaired.refused);
            brought_back += 1;
            if brought_back == 100 {
                break;
            }
        }
        assert_eq!(brought_back, 100, "{code}");
    }
}
