//! Each kind of slip, planted into synthetic cables: a fitting rule speaks, at the severity it has by itself. In clean real
//! cables the same is measured on request.

use std::collections::{BTreeMap, BTreeSet};

use cable_catalog::Catalog;
use cable_lint::{Settings, Severity, check};
use cable_syntax::{Document, PartKind};
use cable_tests::generator::{Layout, Options, Random, Style, generate};
use cable_tests::shared;
use cable_tests::slips::{Kind, Planted, kinds};

/// So many of each kind.
const EACH: usize = 20;

/// So many of them are seen, whatever is around the slip.
const FEWEST: usize = 19;

/// Line, code and severity of what a check finds.
type Found = BTreeSet<(usize, &'static str, Severity)>;

fn found(text: &str, catalog: &Catalog) -> Found {
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

/// Whether a rule that fits a kind has found its slip.
fn is_seen(kind: &Kind, planted: &Planted, before: &Found, now: &Found) -> bool {
    let before: BTreeSet<_> = before.iter().map(|(_, code, severity)| (code, severity)).collect();
    now.iter().any(|(line, code, severity)| {
        kind.codes.contains(code)
            && if kind.there { *line == planted.line } else { !before.contains(&(code, severity)) }
    })
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
            let now = found(&planted.text, &catalog);
            if is_seen(&kind, &planted, &found(&text, &catalog), &now) {
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

/// A real cable without warnings and errors, its lines that are read, and what is found in it.
struct Clean {
    name: String,
    lines: Vec<String>,
    is_read: Vec<bool>,
    found: Found,
}

fn clean_cables(catalog: &Catalog) -> Vec<Clean> {
    let mut clean = Vec::new();
    for file in shared::files("corpus-large") {
        let document = Document::new(&file.text, catalog);
        let [placed] = document.cables() else { continue };
        let found = found(&file.text, catalog);
        if found.iter().any(|(.., severity)| *severity >= Severity::Warning) {
            continue;
        }
        let lines: Vec<String> = file.text.lines().map(|line| line.trim_end().to_owned()).collect();
        let mut is_read = vec![true; lines.len()];
        for part in placed.cable.parts.iter().filter(|part| part.kind == PartKind::Wrapper) {
            if let Some(is_read) = is_read.get_mut(placed.first_line + part.line as usize) {
                *is_read = false;
            }
        }
        let name = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        clean.push(Clean { name, lines, is_read, found });
    }
    clean
}

/// A slip in the lines that are read: a publisher's preview above them is no place for one.
fn plant_in_real(kind: &Kind, cable: &Clean, random: &mut Random) -> Option<Planted> {
    const HIDDEN: char = '\u{1}';
    let hidden = |(index, line): (usize, &String)| {
        if cable.is_read[index] { format!("{line}\n") } else { format!("{HIDDEN}{index}\n") }
    };
    let masked: String = cable.lines.iter().enumerate().map(hidden).collect();
    let planted = kind.plant(&masked, random)?;
    let shown = |line: &str| {
        let index: Option<usize> = line.strip_prefix(HIDDEN).and_then(|index| index.parse().ok());
        format!("{}\n", index.map_or(line, |index| &cable.lines[index]))
    };
    Some(Planted { text: planted.text.lines().map(shown).collect(), line: planted.line })
}

/// Twenty of each kind in clean real cables; the seed is in the environment:
/// `CABLE_SLIPS=7 cargo test -p cable-tests --test suite -- --nocapture slips::slips_in_clean`.
#[test]
fn slips_in_clean_real_cables_are_seen() {
    // So many of a hundred: of all, and of the worst kind.
    const ALL: usize = 97;
    const WORST: usize = 60;
    const STEP: usize = 1009;
    let Some(seed) = std::env::var("CABLE_SLIPS").ok().and_then(|seed| seed.parse::<u64>().ok()) else {
        eprintln!("skipped: CABLE_SLIPS has no seed");
        return;
    };
    let catalog = Catalog::built_in();
    let clean = clean_cables(&catalog);
    let mut rates: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (number, kind) in kinds().enumerate() {
        let mut random = Random::new(seed * 59 + number as u64);
        // The step is a prime: every cable is met once.
        let start = random.between(0, clean.len() as u32) as usize;
        let planted = (0..clean.len()).filter_map(|index| {
            let cable = &clean[(start + index * STEP) % clean.len()];
            Some((cable, plant_in_real(&kind, cable, &mut random)?))
        });
        let rate = rates.entry(kind.name).or_default();
        for (cable, planted) in planted.take(EACH) {
            rate.1 += 1;
            if is_seen(&kind, &planted, &cable.found, &found(&planted.text, &catalog)) {
                rate.0 += 1;
            } else {
                let line = planted.text.lines().nth(planted.line).unwrap_or_default();
                eprintln!("{}: {}:{}: {line}", kind.name, cable.name, planted.line + 1);
            }
        }
    }
    let (found, all) = rates.values().fold((0, 0), |sum, rate| (sum.0 + rate.0, sum.1 + rate.1));
    eprintln!("{found} of {all}");
    assert!(found * 100 >= all * ALL, "{rates:?}");
    assert!(rates.values().all(|(seen, all)| seen * 100 >= all * WORST), "{rates:?}");
}
