//! What words name, by a cursor `$0` in a small invented cable; and what is said of a cable.

use cable_catalog::Catalog;
use cable_syntax::{CableNumber, Document};

use super::*;

const CABLE: &str = "\
VZCZCXRO7654
RR RUEHAST
DE RUEHTA #2541 2570831
ZNR UUUUU ZZH
R 140826Z SEP 07
FM AMEMBASSY ASTANA
TO RUEHC/SECSTATE WASHDC 0680
UNCLAS ASTANA 002541

TAGS: PREL KZ
SUBJECT: A ROAD

REF: A. ASTANA 515 B. 06 MOSCOW 121
     C. E-MAIL OF MAY 12

1. (U) The road is long (ref A). See refs A and B, and also
05 TEL AVIV 33 or KYIV 44.

2. (U) It ends.

DOE
";

/// What the cursor's words are, and what they name.
fn at(line: &str) -> Option<(&'static str, What)> {
    let cursor = line.find("$0").expect("a cursor");
    let place = CABLE.find(&line.replacen("$0", "", 1)).expect("the line is there");
    let found = named(&Document::new(CABLE, &Catalog::built_in()), place + cursor)?;
    assert_eq!(found.cable, 0);
    Some((&CABLE[found.origin], found.what))
}

fn number(post: &str, year: Option<i16>, serial: u32) -> What {
    What::Number(CableNumber { post: post.to_owned(), year, serial })
}

#[test]
fn the_cursor_names_cables() {
    assert_eq!(at("A. AST$0ANA 515"), Some(("ASTANA 515", What::Entries(vec![0]))));
    assert_eq!(at("B$0. 06 MOSCOW 121"), Some(("B. 06 MOSCOW 121", What::Entries(vec![1]))));
    assert_eq!(at("(ref $0A)"), Some(("ref A", What::Entries(vec![0]))));
    assert_eq!(at("refs A and $0B"), Some(("B", What::Entries(vec![1]))));
    assert_eq!(at("05 TEL $0AVIV 33"), Some(("05 TEL AVIV 33", number("TELAVIV", Some(2005), 33))));
    assert_eq!(at("or KYIV 4$04"), Some(("KYIV 44", number("KYIV", None, 44))));
    for own in ["VZCZ$0CXRO7654", "UNCLAS ASTANA 00$02541", "SUBJECT: A R$0OAD"] {
        assert!(matches!(at(own), Some((_, What::Own))), "{own}");
    }
    for nothing in ["The ro$0ad is long", "TAGS: PR$0EL", "2. (U) It e$0nds", "UNC$0LAS"] {
        assert_eq!(at(nothing), None, "{nothing}");
    }
}

#[test]
fn entries_stand_where_a_link_is() {
    let document = Document::new(CABLE, &Catalog::built_in());
    let shown: Vec<&str> = entries(&document.cables()[0]).into_iter().map(|range| &CABLE[range]).collect();
    assert_eq!(shown[..2], ["ASTANA 515", "06 MOSCOW 121"]);
}

fn known(id: &str, day: &str) -> KnownCable {
    KnownCable { id: id.to_owned(), day: Some(day.to_owned()), ..KnownCable::default() }
}

#[test]
fn a_cable_is_told_in_a_few_lines() {
    let cable = KnownCable {
        classification: Some("CONFIDENTIAL".to_owned()),
        subject: Some("WHEAT *AND* PORTS".to_owned()),
        first_paragraph: Some("The harbour holds grain.".to_owned()),
        ..known("06ASTANA121", "2006-01-09")
    };
    let told = "**`06ASTANA121`** 9 January 2006, CONFIDENTIAL\n\nWHEAT \\*AND\\* PORTS\n\n> The harbour holds grain.";
    assert_eq!(card(&cable, 4, None), format!("{told}\n\ncited by 4"));
    assert_eq!(
        card(&known("06ASTANA121", "2006-01-09"), 0, Some("of another year than is written")),
        "**`06ASTANA121`** 9 January 2006\n\nof another year than is written\n\ncited by no cable of this archive"
    );
    assert_eq!(in_a_line(&cable), "`06ASTANA121`, 9 January 2006: WHEAT \\*AND\\* PORTS");
}

#[test]
fn an_absent_cable_has_neighbours() {
    let absent = |before: Option<&str>, after: Option<&str>| Absent {
        id: "06ASTANA121".to_owned(),
        neighbours: (before.map(|id| known(id, "2006-01-09")), after.map(|id| known(id, "2006-01-17"))),
    };
    for (before, after, words) in [
        (Some("06ASTANA98"), Some("06ASTANA140"), "; between 06ASTANA98 (9 Jan) and 06ASTANA140 (17 Jan)"),
        (Some("06ASTANA98"), None, "; the last before it is 06ASTANA98 (9 Jan)"),
        (None, Some("06ASTANA140"), "; the first after it is 06ASTANA140 (17 Jan)"),
        (None, None, ""),
    ] {
        let absent = absent(before, after);
        assert_eq!(absent.message(), format!("06ASTANA121 is not in this archive{words}"));
        assert!(absent.markdown().starts_with("**`06ASTANA121`** not in this archive"));
    }
}
