//! Slips, typed as if nobody had noticed: each is seen in time.
//!
//! A finding is due at the first line end from which on the check of the text so far, and of every longer piece up to the
//! whole, has it. It is to be seen at the end of the line after that. What is about a part that is not finished is due at
//! the first line of a later part.

use std::collections::BTreeSet;

use cable_catalog::Catalog;
use cable_lint::{Settings, Stage, check, rule};
use cable_syntax::Document;
use cable_tests::generator::Random;
use cable_tests::slips::{Planted, kinds};

use super::super::pulling;
use super::{Desk, NEVER, Seen};

/// A cable made up for these tests. Nothing is wrong with it.
const CABLE: &str = "\
VZCZCXRO4417
PP RUEHDBU
DE RUEHTA #0312/01 0451130
ZNY CCCCC ZZH
P 141130Z FEB 07
FM AMEMBASSY ASTANA
TO RUEHC/SECSTATE WASHDC PRIORITY 8614
INFO RUEHDBU/AMEMBASSY DUSHANBE 0231
RUEHKO/AMEMBASSY TOKYO 2211
BT
C O N F I D E N T I A L SECTION 01 OF 02 ASTANA 000312

SENSITIVE
SIPDIS

E.O. 12958: DECL: 02/14/2017
TAGS: PREL PGOV KZ
SUBJECT: A LIBRARY OPENS IN THE NORTH

REF: A. ASTANA 212
     B. DUSHANBE 101

Classified By: Ambassador Jane Doe; reasons 1.4 (b) and (d).

1. (C) Summary: The library was opened by a poet who spoke for
an hour (ref A). End summary.

2. (SBU) The guests were shown the reading room (ref B).

ASTANA 00000312  002 OF 002


3. (U) They asked for books on the weather of the steppe.

4. (C) Comment: The poet will be asked again. End comment.
DOE
BT
#0312
";

/// So many places are tried for a slip.
const TRIES: u64 = 50;

/// The kinds that a check does not see yet.
const UNSEEN: [&str; 0] = [];

/// The kinds for which this cable has no place: it has no ten paragraphs, and it is classified.
const HOMELESS: [&str; 2] = ["a letter for a digit of a number", "SBU marks and no SENSITIVE"];

/// What a check of a text finds.
fn found(text: &str, catalog: &Catalog) -> BTreeSet<Seen> {
    let line = |at: usize| text[..at].matches('\n').count() as u64;
    let found = check(&Document::new(text, catalog), &Settings::default());
    let seen = |found: &cable_lint::Diagnostic| {
        let is_warning = found.severity >= cable_lint::Severity::Warning;
        (line(found.range.start), found.rule.code.to_owned(), is_warning)
    };
    found.iter().map(seen).collect()
}

/// A line that is after a part.
fn is_after(stage: Stage, line: &str) -> bool {
    let begins = |words: &[&str]| words.iter().any(|word| line.starts_with(word));
    let is_text = begins(&["1.", "2.", "3.", "4."]);
    match stage {
        Stage::Line => true,
        Stage::DateTimeGroup | Stage::Envelope | Stage::Text => begins(&["BT"]),
        Stage::Classification => begins(&["C O", "UNCLAS", "E.O.", "TAGS"]),
        Stage::ExecutiveOrder => begins(&["TAGS", "SUBJECT"]) || is_text,
        Stage::Tags => begins(&["SUBJECT", "REF"]) || is_text,
        Stage::Subject => begins(&["REF", "Classified"]) || is_text,
        Stage::Header => is_text,
        Stage::Copy => false,
    }
}

#[test]
fn each_slip_is_seen_in_time() {
    let catalog = Catalog::built_in();
    assert_eq!(found(CABLE, &catalog), BTreeSet::new());
    let mut desk = Desk::open(&pulling(), NEVER, "");
    let (mut late, mut unseen, mut homeless) = (Vec::new(), Vec::new(), Vec::new());
    for slip in kinds() {
        let (kind, codes) = (slip.name, slip.codes);
        // Some plants choose a place that not every cable has.
        let planted = (0..TRIES).find_map(|seed| slip.plant(CABLE, &mut Random::new(seed)));
        let Some(Planted { text, .. }) = planted else {
            homeless.push(kind);
            continue;
        };
        let whole = found(&text, &catalog);
        if !whole.iter().any(|(_, code, _)| codes.contains(&code.as_str())) {
            unseen.push(kind);
            continue;
        }
        let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        let checks: Vec<_> = ends.iter().map(|&end| found(&text[..end], &catalog)).collect();
        let lines: Vec<&str> = text.lines().collect();
        desk.reopen("");
        let mut shown = Vec::new();
        for line in &lines {
            desk.write(&format!("{line}\n"));
            shown.push(desk.seen());
        }
        for finding in &whole {
            let stage = rule(&finding.1).expect("a rule").finished();
            let due = checks.iter().rposition(|check| !check.contains(finding)).map_or(0, |last| last + 1);
            let own = finding.0 as usize;
            let sure =
                (own..lines.len()).find(|&line| is_after(stage, lines[line]) && (stage == Stage::Line || line > own));
            let Some(sure) = sure else { continue };
            // It stays from then on.
            let first = due.max(sure) + 1;
            late.extend((first..lines.len()).filter(|&line| !shown[line].contains(finding)).map(|line| {
                format!("{kind}: {finding:?} is due at line {due}, sure at {sure}, and not seen at {line}")
            }));
        }
        desk.save(&text);
        assert_eq!(desk.seen(), whole, "{kind} after the save");
    }
    assert_eq!(late, [] as [String; 0]);
    assert_eq!(unseen, UNSEEN, "what a check does not see");
    assert_eq!(homeless, HOMELESS, "what has no place in the cable");
    assert_eq!(desk.client.finish(), Some(0));
}
