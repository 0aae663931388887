//! Navigation from a cursor `$0` in small invented cables. A place is shown as `line:text`, lines from 1.

mod citations;
mod links;
mod rename;

use cable_catalog::Catalog;
use cable_syntax::Document;

use super::{HighlightKind, definition, highlights, linked_ranges, references};

const CABLE: &str = "\
VZCZCXRO7654
RR RUEHAST
DE RUEHTA #2541/01 2570831
ZNR UUUUU ZZH
R 140826Z SEP 07
FM AMEMBASSY ASTANA
TO RUEHC/SECSTATE WASHDC 0680
UNCLAS SECTION 01 OF 02 ASTANA 002541

TAGS: PREL KZ
SUBJECT: A ROAD

REF: A. ASTANA 515 B. 06 MOSCOW 121 C. E-MAIL OF MAY 12

1. (U) SUMMARY: The road is long (ref A). See paras 2-4 and
refs A and B; para 3 of ref C, UNSCR 9999 para 3. END SUMMARY.

2. (U) As paragraph 3 above says, reftels A through C
differ, and so do the reftels (ref
c).

ASTANA 00002541  002 OF 002

3. (U) It says:

BEGIN TEXT

See ref A, para 2.

END TEXT

4. (U) Comment: No word on it since ref D. End comment.

DOE
NNNN
#2541
";

/// The document, and the byte of the cursor; the line without its cursor must be there once.
fn at(cable: &str, line: &str) -> (Document, usize) {
    let cursor = line.find("$0").expect("a cursor");
    let plain = line.replacen("$0", "", 1);
    let places: Vec<usize> = cable.match_indices(&plain).map(|(at, _)| at).collect();
    assert_eq!(places.len(), 1, "{plain:?} must be in the cable once");
    (Document::new(cable, &Catalog::built_in()), places[0] + cursor)
}

fn show(cable: &str, range: &std::ops::Range<usize>) -> String {
    let line = cable[..range.start].matches('\n').count() + 1;
    format!("{line}:{}", cable[range.clone()].replace('\n', "|"))
}

/// The words at the cursor, and the names of the places they lead to.
#[track_caller]
fn leads(cable: &str, line: &str, origin: &str, targets: &[&str]) {
    let (document, offset) = at(cable, line);
    let found = definition(&document, offset);
    let shown = found.map(|found| {
        for target in &found.targets {
            let (range, selection) = (&target.range, &target.selection);
            assert!(range.start <= selection.start && selection.end <= range.end, "{target:?}");
        }
        let targets: Vec<String> = found.targets.iter().map(|target| show(cable, &target.selection)).collect();
        (cable[found.origin].replace('\n', "|"), targets)
    });
    assert_eq!(shown, Some((origin.to_owned(), targets.iter().map(|&target| target.to_owned()).collect())), "{line}");
}

/// The whole of the first place that the cursor leads to.
#[track_caller]
fn whole(cable: &str, line: &str) -> String {
    let (document, offset) = at(cable, line);
    let found = definition(&document, offset).expect("a definition");
    cable[found.targets[0].range.clone()].to_owned()
}

#[track_caller]
fn leads_nowhere(cable: &str, line: &str) {
    let (document, offset) = at(cable, line);
    assert_eq!(definition(&document, offset), None, "{line}");
}

/// All places; those that define the thing with a star, as the highlights show them.
#[track_caller]
fn marks(cable: &str, line: &str, expected: &[&str]) {
    let (document, offset) = at(cable, line);
    let shown = highlights(&document, offset).into_iter().map(|mark| {
        let star = if mark.kind == HighlightKind::Write { "*" } else { "" };
        format!("{star}{}", show(cable, &mark.range))
    });
    let shown: Vec<String> = shown.collect();
    assert_eq!(shown, expected, "{line}");
    let all = references(&document, offset, true);
    assert_eq!(all, highlights(&document, offset).into_iter().map(|mark| mark.range).collect::<Vec<_>>());
}

#[test]
fn references_leave_out_the_definition_unless_asked() {
    let (document, offset) = at(CABLE, "ref$0s A and B");
    let shown = |with| references(&document, offset, with).iter().map(|range| show(CABLE, range)).collect::<Vec<_>>();
    assert_eq!(shown(true), ["13:A", "15:ref A", "16:refs A", "18:reftels A"]);
    assert_eq!(shown(false), ["15:ref A", "16:refs A", "18:reftels A"]);
}

#[test]
fn paragraphs() {
    leads(CABLE, "As para$0graph 3", "paragraph 3", &["24:3"]);
    assert!(whole(CABLE, "As para$0graph 3").starts_with("3. (U) It says:\n\nBEGIN TEXT"));
    marks(CABLE, "\n3$0. (U) It", &["15:2-4", "18:paragraph 3", "*24:3"]);
}

#[test]
fn paragraphs_of_another_text_lead_nowhere() {
    leads_nowhere(CABLE, "para$0 3 of ref C");
    leads_nowhere(CABLE, "9999 pa$0ra 3");
    leads_nowhere(CABLE, "ref A, pa$0ra 2");
}

#[test]
fn the_number_of_the_cable_and_its_copies() {
    leads(CABLE, "#25$041/01", "2541", &["8:ASTANA 002541"]);
    leads(CABLE, "ASTANA 0000$02541", "ASTANA 00002541", &["8:ASTANA 002541"]);
    assert_eq!(whole(CABLE, "NNNN\n#25$041"), "UNCLAS SECTION 01 OF 02 ASTANA 002541");
    marks(CABLE, "ASTANA 002$0541", &["3:2541", "8:ASTANA 002541", "22:ASTANA 00002541", "36:2541"]);
    let other = CABLE.replace("00002541  002", "00002514  002");
    leads_nowhere(&other, "ASTANA 0000$02514");
}

#[test]
fn sections() {
    leads(CABLE, "#2541/0$01", "01", &["8:SECTION 01 OF 02"]);
    leads(CABLE, "2541  00$02 OF 002", "002 OF 002", &["22:002 OF 002"]);
    marks(CABLE, "SECT$0ION 01", &["3:01", "8:SECTION 01 OF 02"]);
}

#[test]
fn a_section_begins_with_its_own_header() {
    let header = "UNCLAS SECTION 02 OF 02 ASTANA 002541\n\nSIPDIS\n\nE.O. 12958: N/A\nTAGS: PREL KZ\nSUBJECT: A ROAD\n";
    let cable = CABLE.replace("ASTANA 00002541  002 OF 002\n", &format!("ASTANA 00002541  002 OF 002\n\n{header}"));
    leads(&cable, "2541  00$02 OF 002", "002 OF 002", &["24:SECTION 02 OF 02"]);
    marks(&cable, "#25$041/01", &["3:2541", "8:ASTANA 002541", "22:ASTANA 00002541", "24:ASTANA 002541", "44:2541"]);
}

#[test]
fn old_page_lines() {
    let cable = "UNCLAS SECTION 1 OF 2 ASTANA 02541\n\nTAGS: PREL\nSUBJECT: A ROAD\n\n1. (U) It is\n\n\
                 PAGE 02 ASTANA 02541 01 OF 02 060018Z\n\nlong.\n\nPAGE 03 ASTANA 02541 02 OF 02 060018Z\n\n2. (U) More.\n";
    leads(cable, "02541 01$0 OF 02", "01 OF 02", &["1:SECTION 1 OF 2"]);
    leads(cable, "02541 02$0 OF 02", "02 OF 02", &["12:02 OF 02"]);
    marks(cable, "PAGE 03 AST$0ANA", &["1:ASTANA 02541", "8:ASTANA 02541", "12:ASTANA 02541"]);
}

#[test]
fn blocks() {
    marks(CABLE, "END SUM$0MARY", &["15:SUMMARY", "16:END SUMMARY"]);
    marks(CABLE, "(U) Com$0ment", &["32:Comment", "32:End comment"]);
    marks(CABLE, "BEGIN TE$0XT", &["26:BEGIN TEXT", "30:END TEXT"]);
    leads(CABLE, "END TE$0XT", "END TEXT", &["26:BEGIN TEXT"]);
    let quoted = CABLE.replace("BEGIN TEXT", "QUOTE:").replace("END TEXT", "UNQUOTE.");
    marks(&quoted, "UNQ$0UOTE", &["26:QUOTE", "30:UNQUOTE"]);
}

#[test]
fn serials_that_are_written_alike_change_together() {
    let linked = |cable: &str, line: &str| -> Vec<String> {
        let (document, offset) = at(cable, line);
        linked_ranges(&document, offset).iter().map(|range| show(cable, range)).collect()
    };
    assert_eq!(linked(CABLE, "#25$041/01"), ["3:2541", "36:2541"]);
    // No other place writes six digits, or eight.
    assert_eq!(linked(CABLE, "ASTANA 00$02541"), [""; 0]);
    let pages = CABLE.replace("3. (U) It", "ASTANA 00002541  002 OF 002\n\n3. (U) It");
    assert_eq!(linked(&pages, "ASTANA 000$002541  002 OF 002\n\nASTANA"), ["22:00002541", "24:00002541"]);
    assert_eq!(linked(CABLE, "TAGS: PR$0EL"), [""; 0]);
}

#[test]
fn ordinary_words_lead_nowhere() {
    for line in ["The ro$0ad is", "TAGS: PR$0EL", "D$0OE\nNNNN", "SUBJECT: A RO$0AD"] {
        leads_nowhere(CABLE, line);
        marks(CABLE, line, &[]);
    }
    let text = "As ref A says, para 1.\n";
    leads_nowhere(text, "As re$0f A");
    leads_nowhere("", "$0");
    assert_eq!(definition(&Document::new(CABLE, &Catalog::built_in()), 99_999), None);
}
