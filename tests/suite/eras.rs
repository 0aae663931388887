//! The layouts of other eras: a reading for each of them, and page furniture anywhere changes none.
//!
//! A row of `fixtures/eras/cases.jsonl` names a file beside it and what is read from it: `export` by paths (`refs.0.id`,
//! `to.*.plad`), and the highest severity that is reported of it.

use std::fs;
use std::path::{Path, PathBuf};

use cable_catalog::Catalog;
use cable_lint::{Settings, Severity, check};
use cable_syntax::{Document, Reading};
use serde_json::{Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/eras")
}

fn readings(text: &str) -> Vec<Value> {
    let catalog = Catalog::built_in();
    let document = Document::new(text, &catalog);
    let reading = |placed: &cable_syntax::Placed| Reading::of(&placed.cable, placed.first_line);
    document.cables().iter().map(|placed| serde_json::to_value(reading(placed)).expect("a reading is JSON")).collect()
}

/// What is at a path; a star takes each.
fn look(value: &Value, path: &[&str]) -> Value {
    let Some((key, rest)) = path.split_first() else { return value.clone() };
    if *key == "*" {
        return value.as_array().into_iter().flatten().map(|one| look(one, rest)).collect();
    }
    let inner = key.parse::<usize>().map_or_else(|_| value.get(*key), |index| value.get(index));
    inner.map_or(Value::Null, |inner| look(inner, rest))
}

#[test]
fn each_layout_is_read_rightly() {
    let rows = fs::read_to_string(folder().join("cases.jsonl")).expect("the cases");
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in rows.lines().map(|row| serde_json::from_str::<Value>(row).expect("a row is JSON")) {
        count += 1;
        let name = row["file"].as_str().expect("a row names its file");
        let text = fs::read_to_string(folder().join(name)).expect("the file of a row");
        let found = readings(&text);
        if found.len() != 1 {
            wrong.push(format!("{name}: {} cables", found.len()));
        }
        for (path, expected) in row["export"].as_object().expect("what is read") {
            let came = look(&found[0], &path.split('.').collect::<Vec<_>>());
            if came != *expected {
                wrong.push(format!("{name}: {path}: expected {expected}, came {came}"));
            }
        }
        let most = if row["most"] == "warning" { Severity::Warning } else { Severity::Information };
        for diagnostic in check(&Document::new(&text, &Catalog::built_in()), &Settings::default()) {
            if diagnostic.severity > most {
                wrong.push(format!("{name}: {} {}", diagnostic.rule.code, diagnostic.message));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 30, "{count} layouts");
}

/// A reading without lines, and without what tells of the furniture itself.
fn said(mut reading: Value) -> Value {
    fn forget_lines(value: &mut Value) {
        match value {
            Value::Object(keys) => {
                for name in [
                    "line",
                    "signature_line",
                    "tags_line",
                    "subject_lines",
                    "header_lines",
                    "page_lines",
                    "caption_lines",
                    "trailer",
                    "fragments",
                ] {
                    keys.remove(name);
                }
                keys.values_mut().for_each(forget_lines);
            }
            Value::Array(values) => values.iter_mut().for_each(forget_lines),
            _ => {}
        }
    }
    forget_lines(&mut reading);
    reading
}

const CABLE: &str = "\
CONFIDENTIAL
PAGE 01 LAGOS 02724 221042Z
20
ACTION EB-07
INFO OCT-01 AF-06 EUR-12 NEA-09 ISO-00 /107 W
--------------------- 057805
R 211512Z MAR 75
FM AMEMBASSY LAGOS
TO SECSTATE WASHDC 8499
INFO AMEMBASSY ABIDJAN
AMEMBASSY ACCRA
AMEMBASSY DAR ES SALAAM
C O N F I D E N T I A L LAGOS 2724
LIMDIS
DEPARTMENT PASS TREASURY
E.O. 11652: GDS
TAGS: ENRG, NI, XA
SUBJECT: FERRY FARES IN AFRICAN HARBORS AND
THE QUESTION OF WHO PAYS FOR THE PIER
REFS: (A) LAGOS 2071
(B) STATE 250795
1. THE PORT MASTER TOLD US THAT HIS BARGE LEAVES ON FRIDAY IF
THE RIVER IS HIGH AND THE PILOT IS WELL.
2. THE GOVERNOR WANTS ANOTHER WEEK BEFORE HE READS THE TABLE
OF DUES FOR THE LAGOON. HE LAUGHED AT IT.
3. WE WILL REPORT.
GRIMES
CONFIDENTIAL
NNN
";

/// What printers, message centers and reviewers put at the head and foot of a page.
const FURNITURE: [&str; 27] = [
    "CONFIDENTIAL\nCONFIDENTIAL\nPAGE 02 LAGOS 02724 221042Z\n",
    "CONFIDENTIAL\nPAGE 02 LAGOS 02724 221042Z\n",
    "CONFIDENTIAL\nCONFIDENTIAL\nPAGE 02\nLAGOS 02724 221042Z\n",
    "CONFIDENTIAL\nCONFIDENTIAL\nPAGE 02\nLAGOS 02724 01 OF 03 221042Z\n",
    "CONFIDENTIAL\nCONFIDENTIAL\nPAGE 02\nLAGOS 02724\n",
    "CONFIDENTIAL\nCONFIDENTIAL\nLAGOS 02724 221042Z\nPAGE 02\n",
    "PAGE 02 LAGOS 02724 221042Z\nCONFIDENTIAL\n",
    "CONFIDENTIAL\nPAGE 02 LAGOS 02724 221042Z\nCONFIDENTIAL\n",
    "\nCONFIDENTIAL\n\nCONFIDENTIAL\n\nPAGE 02        LAGOS  02724  221042Z\n\n",
    "CONFIDENTIAL\nCONFIDENTIAL\nPAGE 02 LAGOS 02724 TOSEC 036\n",
    "CONFIDENTIAL\nCONFIDENTIAL\nPAGE 02 LAGOS 02724 01 OF 04 221042Z POSS DUPE\n",
    "CONFIDENTIAL\nCONFIDENTIAL\nPAGE 02 LAGOS 02724 221042Z\n63-61\n",
    "CONFIDENTIAL\nNNN\nCONFIDENTIAL\nPAGE 02 LAGOS 02724 221042Z\n",
    "CONFIDENTIAL\n- 2 -\nCONFIDENTIAL PAGE 02 LAGOS 02724 221042Z\n",
    "CONFIDENTIAI\nCONFIDENTIAL\nPAGE O2 LAGOS 02724 O1 OF C4 2210422\n",
    "                  CONFIDENTIAL\n\n                  CONFIDENTIAL     PTQ2529\n\nPAGE 02        LAGOS  02724  01 OF 02  221042Z\n",
    "Jane Q. Roe Declassified/Released US Department of State EO Systematic Review 20 Mar 2014\n",
    "Declassified/Released US Department of State EO\nSystematic Review 30 JUN 2005\n",
    "Jane Q. Roe\nDeclassified/Released\nUS Department of State\nEO Systematic Review\n04 MAY 2006\n",
    "CONFIDENTIAL\nJane Q. Roe Declassified/Released US Department of State EO Systematic Review 20 Mar 2014\nCONFIDENTIAL\nPAGE 02\nLAGOS 02724 221042Z\n",
    "CONFIDENTIAL\n\nNATIONAL SECURITY COUNCIL\nMESSAGE CENTER\n\nPAGE 02 OF 02   LAGOS 2724   DTG: 211512Z MAR 75  PSN: 066487\nEOB269    AN010911    TOR: 018/0204Z    CSN: HCE386\n------------------------\nDISTRIBUTION: NORT-01 MENG-01 /002 A1\nOP IMMED\nSTU3084\n",
    "UNCLASSIFIED U.S. Department of State Case No. F-2010-05432 Doc No. C17612345 Date: 01/15/2013\nC17612345\n\nCONFIDENTIAL\nPAGE 02 LAGOS 02724 221042Z\n",
    "Case No. F-2010-05432 Doc No. C17612345 Date: 01/15/2013\nUNCLASSIFIED\nUNCLASSIFIED\n",
    "Page: 1\n\nCurrent Class: CONFIDENTIAL UNITED STATES DEPARTMENT OF STATE REVIEW AUTHORITY: JANE ROE DATE/CASE ID: 27 JUN 2003 200104094\n\nUNCLASSIFIED\n",
    "Current Class: CONFIDENTIAL\nPage: 2\nCurrent Handling: n/a\nDocument Number: 1975LAGOS02724\nChannel: n/a\nUNITED STATES DEPARTMENT OF STATE\n",
    "RELEASED IN PART\nB1, 1.4(D)\n",
    "RELEASED IN PART B6\nREVIEW AUTHORITY: Jane Roe, Senior Reviewer\nDeclassify on: 12/31/2015\n",
];

#[test]
fn furniture_between_any_two_lines_changes_nothing_that_is_read() {
    let lines: Vec<&str> = CABLE.lines().collect();
    let expected: Vec<Value> = readings(CABLE).into_iter().map(said).collect();
    assert_eq!(look(&expected[0], &["paragraphs", "*", "n"]), json!([1, 2, 3]));
    assert_eq!(look(&expected[0], &["signature"]), json!("GRIMES"));
    let first = lines.iter().position(|line| line.starts_with("INFO AM")).expect("the addresses") + 1;
    let last = lines.iter().position(|line| *line == "GRIMES").expect("the signature");
    for furniture in FURNITURE {
        for at in first..=last {
            let text = format!("{}\n{furniture}{}\n", lines[..at].join("\n"), lines[at..].join("\n"));
            let came: Vec<Value> = readings(&text).into_iter().map(said).collect();
            assert_eq!(came, expected, "above line {}:\n{furniture}", at + 1);
            let found = check(&Document::new(&text, &Catalog::built_in()), &Settings::default());
            assert!(found.iter().all(|one| one.severity <= Severity::Information), "{found:?}\n{text}");
        }
    }
}

#[test]
fn a_stamp_inside_a_line_changes_nothing_that_is_read() {
    const STAMP: &str = " Jane Q. Roe Declassified/Released US Department of State EO Systematic Review 20 Mar 2014";
    let expected: Vec<Value> = readings(CABLE).into_iter().map(said).collect();
    for line in CABLE.lines().filter(|line| line.len() > 36 && line.contains(' ') && !line.starts_with("INFO")) {
        let at = line.rfind(' ').expect("a blank");
        for times in 1..=2 {
            let stamped = format!("{}{}{}", &line[..at], STAMP.repeat(times), &line[at..]);
            let came: Vec<Value> = readings(&CABLE.replace(line, &stamped)).into_iter().map(said).collect();
            assert_eq!(came, expected, "{stamped}");
        }
    }
}

/// The cable with something before and after each of its lines.
fn each(before: &str, after: &str) -> String {
    CABLE.lines().flat_map(|line| [before, line, after, "\n"]).collect()
}

#[test]
fn a_copy_of_a_web_page_of_mail_or_of_an_archive_reads_as_the_cable() {
    let expected: Vec<Value> = readings(CABLE).into_iter().map(said).collect();
    let copies = [
        each("", "<br />"),
        each("<p>", "</p>"),
        each("<span class=\"x\">", "</span><br>"),
        format!("<html><body><pre>\n{CABLE}</pre></body></html>\n"),
        each("> ", ""),
        each("> > ", ""),
        each(">", ""),
        each("", "\n"),
        format!(
            "Message Text\n\n\n{CABLE}\n\nMessage Attributes\n\nCopy: SINGLE\nFrom: ACCRA\nSubject: OTHER\nTAGS: PFOR\nTo: STATE\n"
        ),
        CABLE.replace("\nNNN\n", "\nNNNNMAFVVZCZ\n"),
        CABLE.replace("\nNNN\n", "\n<< END OF DOCUMENT >>\n"),
        CABLE.replace(
            "\nNNN\n",
            "\n\n*** Current Handling Restrictions *** n/a\n*** Current Classification *** CONFIDENTIAL\n",
        ),
    ];
    for copy in copies {
        let came: Vec<Value> = readings(&copy).into_iter().map(said).collect();
        assert_eq!(came, expected, "{copy}");
    }
}

#[test]
fn the_marks_of_a_copy_are_one_finding_and_its_fix_strips_them() {
    let copies = [each("", " <br />"), each("> ", "")];
    for copy in copies {
        let found = check(&Document::new(&copy, &Catalog::built_in()), &Settings::default());
        let codes: Vec<&str> = found.iter().map(|one| one.rule.code).collect();
        assert_eq!(codes, ["TXT012"]);
        let mut text = copy.clone();
        for edit in found[0].fix.as_ref().expect("a fix").edits.iter().rev() {
            text.replace_range(edit.range.clone(), &edit.text);
        }
        assert_eq!(text, CABLE);
    }
}

#[test]
fn attributes_fill_what_the_text_lacks_and_override_nothing() {
    let attributes = "\nMessage Attributes\n\nDocument Number: 1975LAGOS02724\nFrom: LAGOS\nOriginal Classification: CONFIDENTIAL\nSubject: FERRY FARES\n  IN HARBORS\nTAGS: ENRG, NI\n";
    let lost = format!("Message Text\n\nTELEGRAM TEXT FOR THIS MRN IS UNAVAILABLE\n\n{attributes}");
    let reading = readings(&lost).remove(0);
    for (key, value) in [
        ("mrn", json!("LAGOS 02724")),
        ("canonical_id", json!("75LAGOS2724")),
        ("classification", json!("CONFIDENTIAL")),
        ("subject", json!("FERRY FARES IN HARBORS")),
        ("tags", json!(["ENRG", "NI"])),
        ("from", json!("LAGOS")),
    ] {
        assert_eq!(reading[key], value, "{key}");
    }
    let reading = readings(&format!("Message Text\n\n{CABLE}{attributes}")).remove(0);
    assert_eq!(reading["from"], "AMEMBASSY LAGOS");
    assert_eq!(reading["tags"], json!(["ENRG", "NI", "XA"]));
}
