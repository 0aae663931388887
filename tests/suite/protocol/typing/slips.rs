//! Slips, typed as if nobody had noticed: each is seen in time.
//!
//! A finding is due at the first line end from which on the check of the text so far, and of every longer piece up to the
//! whole, has it. It is to be seen at the end of the line after that. What is about a part that is not finished is due at
//! the first line of a later part.

use std::collections::BTreeSet;

use cable_catalog::Catalog;
use cable_lint::{Settings, Stage, check, rule};
use cable_syntax::Document;

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
BT
C O N F I D E N T I A L SECTION 01 OF 02 ASTANA 000312

SENSITIVE
SIPDIS

E.O. 12958: DECL: 02/14/2017
TAGS: KDEM, KZ, PGOV
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

/// A kind of slip, what becomes what, and the rules one of which is to speak.
const SLIPS: [(&str, &str, &str, &[&str]); 49] = [
    ("two numbers swapped", "2. (SBU)", "3. (SBU)", &["PAR001", "PAR002", "PAR003", "PAR007", "PAR011"]),
    ("a marker dropped", "3. (U) They", "They", &["PAR001", "PAR006", "PAR008", "PAR015"]),
    ("a number dropped", "3. (U) They", "(U) They", &["PAR006", "PAR001"]),
    ("a number twice", "4. (C)", "3. (C)", &["PAR002", "PAR001", "PAR003"]),
    ("a number of another row", "3. (U)", "13. (U)", &["PAR001", "PAR002", "PAR003", "PAR007", "TXT001", "PAR011"]),
    ("a bracket lost", "3. (U)", "3. (U", &["PAR006", "PAR005"]),
    ("a mark missing", "3. (U) They", "3. They", &["PAR005"]),
    ("a mark garbled", "4. (C)", "4. (G)", &["PAR005", "PAR006"]),
    ("SIPDIS misspelt", "SIPDIS", "STPDIS", &["CLS005"]),
    ("SENSITIVE misspelt", "SENSITIVE", "SENSTIVE", &["CLS005"]),
    ("a wrong Julian day", "0451130", "0461130", &["ENV009", "ENV008"]),
    ("a wrong serial in the DE line", "#0312/01", "#0321/01", &["ENV006"]),
    ("E.O. dropped", "E.O. 12958: DECL: 02/14/2017\n", "", &["HDR001"]),
    ("TAGS dropped", "TAGS: KDEM, KZ, PGOV\n", "", &["HDR008"]),
    ("SUBJECT dropped", "SUBJECT: A LIBRARY OPENS IN THE NORTH\n", "", &["HDR012"]),
    ("a mark above the classification", "4. (C)", "4. (S)", &["CLS012"]),
    ("classification lowered", "C O N F I D E N T I A L", "UNCLAS", &["CLS012", "ENV011", "HDR004", "CLS009"]),
    ("a page line of another serial", "00000312", "00000321", &["PAG002"]),
    ("a page line of another section", "002 OF 002", "001 OF 002", &["PAG004"]),
    ("a page line of another total", "002 OF 002", "002 OF 003", &["PAG003"]),
    ("a page line garbled", "002 OF 002", "002 0F 002", &["PAG001"]),
    ("a tag with letters swapped", "KDEM", "KDME", &["HDR009"]),
    ("a tag of no country", "KZ,", "QQ,", &["HDR009"]),
    ("a month that is none", "FEB 07", "FEV 07", &["ENV012"]),
    ("an hour that is none", "P 141130Z", "P 142530Z", &["ENV012"]),
    ("a day that is none", "P 141130Z", "P 321130Z", &["ENV012"]),
    ("the Z lost", "P 141130Z", "P 141130", &["ENV012"]),
    ("routing of another precedence", "PP RUEHDBU", "OO RUEHDBU", &["ENV004", "ENV013"]),
    ("a date-time group of another precedence", "P 141130Z", "O 141130Z", &["ENV013"]),
    ("END SUMMARY dropped", " End summary.", "", &["PAR009"]),
    ("a COMMENT that is not opened", "Comment: The", "The", &["PAR010"]),
    ("a reference that is cited and not there", "(ref B)", "(ref D)", &["HDR018"]),
    ("a letter left out", "     B. D", "     D. D", &["HDR016"]),
    ("an operating signal of another level", "ZNY CCCCC", "ZNR UUUUU", &["ENV011"]),
    ("an operating signal garbled", "ZNY CCCCC ZZH", "ZNY CCCC ZZ", &["ENV010"]),
    ("a classification that lost a letter", "C O N F I D E N T I A L", "C O N F I D E N T A L", &["CLS002"]),
    ("SECTION garbled", "SECTION 01", "SECTI0N 01", &["CLS004"]),
    ("an order that is none", "E.O. 12958", "E.O. 12985", &["HDR002"]),
    ("a month 13", "02/14/2017", "13/14/2017", &["HDR005", "HDR002"]),
    ("an addressee garbled", "RUEHDBU/AMEMBASSY", "RUEHDBU-AMEMBASSY", &["ADR002"]),
    ("FM of another post", "FM AMEMBASSY ASTANA", "FM AMEMBASSY BISHKEK", &["ADR006"]),
    ("FM dropped", "FM AMEMBASSY ASTANA\n", "", &["ADR001"]),
    ("TAGS misspelt", "TAGS:", "TAGSS:", &["HDR013"]),
    ("SUBJECT misspelt", "SUBJECT:", "SUBJCET:", &["HDR013"]),
    ("a reason of another order", "1.4 (b)", "1.5 (b)", &["CLS011"]),
    ("Classified By dropped", "Classified By: Ambassador Jane Doe; reasons 1.4 (b) and (d).\n\n", "", &["CLS009"]),
    ("the first line garbled", "VZCZCXRO4417", "VZCZCXR04417", &["ENV002"]),
    ("NODIS beside SIPDIS", "SIPDIS\n", "SIPDIS\nNODIS\n", &["CLS007"]),
    (
        "text behind the signature",
        "DOE\n",
        "DOE\nThe guests went home by the evening train and said so to us.\n",
        &["END003"],
    ),
];

/// The kinds that a check does not see yet.
const UNSEEN: [&str; 7] = [
    "a mark garbled",
    "a wrong Julian day",
    "a page line of another section",
    "SECTION garbled",
    "an addressee garbled",
    "SUBJECT misspelt",
    "text behind the signature",
];

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

/// A line that stands behind a part.
fn is_behind(stage: Stage, line: &str) -> bool {
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
    let (mut late, mut unseen) = (Vec::new(), Vec::new());
    for (kind, old, new, codes) in SLIPS {
        assert!(CABLE.contains(old), "{kind}");
        let text = CABLE.replacen(old, new, 1);
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
                (own..lines.len()).find(|&line| is_behind(stage, lines[line]) && (stage == Stage::Line || line > own));
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
    assert_eq!(desk.client.finish(), Some(0));
}
