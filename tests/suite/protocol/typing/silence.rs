//! Correct cables, typed from the first key to the last.

use std::collections::BTreeMap;
use std::fs;

use cable_catalog::Catalog;
use cable_lint::{Settings, Severity, check};
use cable_syntax::Document;
use cable_tests::shared;

use super::super::{CABLE, pulling};
use super::{Desk, NEVER};

/// Longer cables are left out.
const LONGEST: usize = 4096;

/// What was said too early, at the ends of words or of lines.
#[derive(Default)]
struct Count {
    asked: usize,
    /// At which something was said that the finished cable does not have.
    any: usize,
    /// The same of warnings and errors.
    warnings: usize,
    /// How often each rule spoke.
    rules: BTreeMap<String, usize>,
    examples: Vec<String>,
}

/// The correct cables that are there: one that is made up here, and those beside the checkout.
fn correct() -> Vec<(String, String)> {
    let mut files = vec![("of the tests".to_owned(), CABLE.to_owned())];
    if let Some(folder) = shared::folder("typing") {
        let entries = fs::read_dir(folder).expect("the folder is there").flatten().map(|entry| entry.path());
        let cables = entries.filter(|path| path.extension().is_some_and(|extension| extension == "cable"));
        files.extend(cables.map(|path| (path.display().to_string(), fs::read_to_string(&path).expect("a text"))));
    }
    let corpus = shared::files("corpus").into_iter().filter(|file| file.text.len() < LONGEST);
    files.extend(corpus.map(|file| (file.path.display().to_string(), file.text)));
    let catalog = Catalog::built_in();
    let is_clean = |text: &str| {
        let found = check(&Document::new(text, &catalog), &Settings::default());
        // Nobody types the marks that an export left.
        found.iter().all(|found| found.severity < Severity::Warning && found.rule.code != "TXT012")
    };
    files.retain(|(_, text)| is_clean(text));
    files
}

#[test]
fn a_correct_cable_is_typed_in_silence() {
    let mut desk = Desk::open(&pulling(), NEVER, "");
    let (mut words, mut lines) = (Count::default(), Count::default());
    let files = correct();
    for (name, text) in &files {
        desk.reopen(text);
        let finished = desk.seen();
        desk.reopen("");
        let mut keys = text.chars().peekable();
        while let Some(key) = keys.next() {
            desk.write(key.encode_utf8(&mut [0; 4]));
            let ends_word = !key.is_whitespace() && keys.peek().is_none_or(|next| next.is_whitespace());
            let count = match key {
                '\n' => &mut lines,
                _ if ends_word => &mut words,
                _ => continue,
            };
            let early: Vec<_> = desk.seen().into_iter().filter(|seen| !finished.contains(seen)).collect();
            count.asked += 1;
            count.any += usize::from(!early.is_empty());
            let is_warning = early.iter().any(|(.., is_warning)| *is_warning);
            count.warnings += usize::from(is_warning);
            if is_warning && count.examples.len() < 10 {
                count.examples.push(format!("{name}, at line {}: {early:?}", desk.line + 1));
            }
            for (_, code, _) in early {
                *count.rules.entry(code).or_default() += 1;
            }
        }
        desk.save(text);
        assert_eq!(desk.seen(), finished, "{name} after the save");
    }
    eprintln!(
        "{} correct cables; asked / any finding / warning or error that the finished cable does not have",
        files.len()
    );
    for (name, count) in [("word ends", &words), ("line ends", &lines)] {
        eprintln!("{name}: {} / {} / {} {:?}", count.asked, count.any, count.warnings, count.rules);
    }
    assert_eq!(lines.warnings, 0, "{:#?}", lines.examples);
    assert!(words.warnings * 1000 <= words.asked * 2, "{:#?}", words.examples);
    assert!((words.any + lines.any) * 100 <= words.asked + lines.asked, "{:?} {:?}", words.rules, lines.rules);
    assert_eq!(desk.client.finish(), Some(0));
}
