//! Each kind of slip, planted into synthetic cables: a fitting rule speaks, at the severity it has by itself.

use std::collections::BTreeSet;

use cable_catalog::Catalog;
use cable_lint::{Settings, Severity, check};
use cable_syntax::Document;
use cable_tests::generator::{Layout, Options, Random, Style, generate};
use cable_tests::slips::kinds;

/// So many of each kind.
const EACH: usize = 20;

/// So many of them are seen, whatever stands around the slip.
const FEWEST: usize = 19;

/// Line, code and severity of what a check finds.
fn found(text: &str, catalog: &Catalog) -> BTreeSet<(usize, &'static str, Severity)> {
    let found = check(&Document::new(text, catalog), &Settings::default());
    let line = |at: usize| text[..at].matches('\n').count();
    found.iter().map(|found| (line(found.range.start), found.rule.code, found.severity)).collect()
}

/// Correct cables with all that a cable may have.
fn cables() -> impl Iterator<Item = (u64, String)> {
    let options = Options {
        paragraphs: (8, 14),
        styles: &[Style::Plain],
        marked: 100,
        page_lines: true,
        complete: true,
        layouts: &[Layout::Envelope],
        ..Options::clean()
    };
    (1..).map(move |seed| (seed, generate(seed, &options).text))
}

#[test]
fn the_cables_are_correct() {
    let catalog = Catalog::built_in();
    for (seed, text) in cables().take(3 * EACH) {
        let warnings: Vec<_> =
            found(&text, &catalog).into_iter().filter(|(.., severity)| *severity >= Severity::Warning).collect();
        assert!(warnings.is_empty(), "{seed}: {warnings:?}\n{text}");
    }
}

#[test]
fn each_kind_of_slip_is_seen() {
    let catalog = Catalog::built_in();
    assert_eq!(kinds().count(), 59);
    let mut unseen = Vec::new();
    for kind in kinds() {
        let mut seen = 0;
        let mut missed = None;
        let planted = cables().take(400).filter_map(|(seed, text)| {
            let planted = kind.plant(&text, &mut Random::new(seed * 59))?;
            Some((seed, text, planted))
        });
        let mut count = 0;
        for (seed, text, planted) in planted.take(EACH) {
            count += 1;
            let before: BTreeSet<_> =
                found(&text, &catalog).into_iter().map(|(_, code, severity)| (code, severity)).collect();
            let now = found(&planted.text, &catalog);
            let fits = |(line, code, severity): &(usize, &'static str, Severity)| {
                kind.codes.contains(code)
                    && if kind.there { *line == planted.line } else { !before.contains(&(*code, *severity)) }
            };
            if now.iter().any(fits) {
                seen += 1;
            } else {
                missed = Some((seed, planted.line + 1, planted.text.lines().nth(planted.line).map(str::to_owned), now));
            }
        }
        eprintln!("{:45} {seen} of {count}", kind.name);
        assert_eq!(count, EACH, "{}: too few cables have a place for it", kind.name);
        if let Some(missed) = missed.filter(|_| seen < FEWEST) {
            unseen.push(format!("{}: {seen} of {count}; {missed:?}", kind.name));
        }
    }
    assert!(unseen.is_empty(), "{}", unseen.join("\n"));
}
