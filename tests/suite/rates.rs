//! What is read and what is reported over the large corpus, as a snapshot: a rate that moves is to be looked at, in the
//! text of the cables, before the new one is kept (`INSTA_UPDATE=always cargo test -p cable-tests --test suite rates`).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cable_catalog::Catalog;
use cable_lint::{Settings, Severity, check};
use cable_syntax::{Document, Reading};
use cable_tests::shared;

/// Diagnostics of one rule at one severity.
#[derive(Default)]
struct Reported {
    count: usize,
    files: usize,
}

#[test]
fn the_rates_over_the_large_corpus_are_those_last_looked_at() {
    let files = shared::files("corpus-large");
    if files.is_empty() {
        return;
    }
    let catalog = Catalog::built_in();
    let settings = Settings::default();
    let mut fields: Vec<(&str, usize)> = Vec::new();
    let mut reported: BTreeMap<(&str, Severity), Reported> = BTreeMap::new();
    let mut cables = 0;
    for file in &files {
        let document = Document::new(&file.text, &catalog);
        for placed in document.cables() {
            cables += 1;
            let reading = Reading::of(&placed.cable, placed.first_line);
            let found = found_in(&reading);
            if fields.is_empty() {
                fields = found.map(|(name, _)| (name, 0)).to_vec();
            }
            for ((_, sum), (_, count)) in fields.iter_mut().zip(found) {
                *sum += count;
            }
        }
        let mut rules: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
        for diagnostic in check(&document, &settings) {
            *rules.entry((diagnostic.rule.code, diagnostic.severity)).or_default() += 1;
        }
        for (rule, count) in rules {
            let reported = reported.entry(rule).or_default();
            reported.count += count;
            reported.files += 1;
        }
    }
    insta::assert_snapshot!(table(files.len(), cables, &fields, &reported));
}

/// What a cable has of each field: 0 or 1, or how many where a cable has several.
fn found_in(reading: &Reading) -> [(&'static str, usize); 20] {
    let with_id = reading.refs.iter().filter(|reference| reference.id.is_some()).count();
    let marked = reading.paragraphs.iter().filter(|paragraph| paragraph.mark.is_some()).count();
    [
        ("mrn", usize::from(reading.mrn.is_some())),
        ("canonical id", usize::from(reading.canonical_id.is_some())),
        ("classification", usize::from(reading.classification.is_some())),
        ("date-time group", usize::from(reading.dtg_iso.is_some())),
        ("from", usize::from(reading.from.is_some())),
        ("addressees", reading.to.len() + reading.info.len()),
        ("captions", reading.captions.len()),
        ("handling lines", reading.handling.len()),
        ("executive order", usize::from(reading.eo_order.is_some())),
        ("tags", usize::from(!reading.tags.is_empty())),
        ("subject", usize::from(reading.subject.is_some())),
        ("references", reading.refs.len()),
        ("references with an id", with_id),
        ("classified by", usize::from(reading.classified_by.is_some())),
        ("paragraphs", reading.paragraphs.len()),
        ("marked paragraphs", marked),
        ("continuations", reading.fragments.len()),
        ("headings", reading.headings.len()),
        ("page lines", reading.page_lines.len()),
        ("signature", usize::from(reading.signature.is_some())),
    ]
}

fn table(
    files: usize,
    cables: usize,
    fields: &[(&str, usize)],
    reported: &BTreeMap<(&str, Severity), Reported>,
) -> String {
    let mut table = format!("{files} files, {cables} cables\n\nfield                    found  per 1,000 cables\n");
    for (name, sum) in fields {
        let _ = writeln!(table, "{name:<22} {sum:>7} {:>17}", per_thousand(*sum, cables));
    }
    table.push_str("\nrule    severity     reported  per 1,000 cables  files\n");
    for ((code, severity), reported) in reported {
        let _ = writeln!(
            table,
            "{code}  {:<11} {:>9} {:>17} {:>6}",
            severity.word(),
            reported.count,
            per_thousand(reported.count, cables),
            reported.files
        );
    }
    table
}

fn per_thousand(count: usize, cables: usize) -> usize {
    (count * 1000 + cables / 2) / cables
}
