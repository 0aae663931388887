//! Hovers at a cursor `$0` in small invented cables: the cable, the helpers, and what is of no one part.

mod body;
mod envelope;
mod gaps;
mod header;

use cable_catalog::{Additions, Catalog};
use cable_syntax::Document;
use insta::assert_snapshot;

use super::{Hover, hover};

const CABLE: &str = "\
VZCZCXRO7654
PP RUEHDBU RUEHQQQ
DE RUEHTA #2541/01 2570831
ZNY CCCCC ZZH
P R 140826Z SEP 07
FM AMEMBASSY ASTANA
TO RUEHC/SECSTATE WASHDC PRIORITY 0680
INFO RUCNCIS/CIS COLLECTIVE
RUEHXX/AMEMBASSY TASHKENT NIACT IMMEDIATE 12-14
BT
C O N F I D E N T I A L SECTION 01 OF 02 ASTANA 002541

SIPDIS
STPDIS
NOFORN, EXDIS

STATE FOR SCA/CEN

E.O. 12958: DECL: 09/13/2017
TAGS: PREL OVIP (ROE, JANE) RS RU ECONEFIN PRLE [KDEM](#) KZ
SUBJECT: (C) KAZAKHSTAN: NOTES OF A POLOFF WHO TRAVELLED

REF: A. ASTANA 515 B. 06 MOSCOW 121 (NOTAL) C. E-MAIL OF MAY 12

Classified By: AMBASSADOR ROE FOR REASONS 1.5 (b) AND (d)

11. (C) SUMMARY: The poloff asked who would come. Refs A and B have
more, and so has reftel. END SUMMARY.

ASTANA 00002541  002 OF 002

THE ROAD NORTH

- ¶12. (S//NF) The GOK, PolOffs said, built it; see 05MOSCOW77.

$\\P3$. (SBU) A list without marks:
1. One thing.
2. Another.

1 4. (C//REL to USA, GBR) As in ref D, the Charge left in 1999.

DOE
NNNN
#2541
";

/// The hover at `$0` in a line of a cable, and its token; the line without its cursor must be there once.
fn at(catalog: &Catalog, cable: &str, line: &str) -> Option<(String, String)> {
    let cursor = line.find("$0").expect("a cursor");
    let plain = line.replacen("$0", "", 1);
    let places: Vec<usize> = cable.match_indices(&plain).map(|(at, _)| at).collect();
    assert_eq!(places.len(), 1, "{plain:?} must be in the cable once");
    let Hover { range, markdown } = hover(&Document::new(cable, catalog), places[0] + cursor)?;
    Some((cable[range].to_owned(), markdown))
}

/// The token, and all that is said about it.
#[track_caller]
fn told(cable: &str, line: &str) -> String {
    let (token, markdown) = at(&Catalog::built_in(), cable, line).expect("a hover");
    format!("[{token}] {markdown}")
}

/// Token and first line of the answer.
#[track_caller]
fn names(cable: &str, line: &str, token: &str, title: &str) {
    let found = at(&Catalog::built_in(), cable, line);
    let found = found.map(|(token, markdown)| (token, markdown.lines().next().unwrap_or_default().to_owned()));
    assert_eq!(found, Some((token.to_owned(), title.to_owned())), "{line}");
}

/// One of the facts of the answer.
#[track_caller]
fn says(cable: &str, line: &str, fact: &str) {
    let (_, markdown) = at(&Catalog::built_in(), cable, line).expect("a hover");
    assert!(
        markdown.lines().any(|line| line.trim_start_matches("- ") == fact),
        "{line}: {fact:?} is not in\n{markdown}"
    );
}

#[track_caller]
fn quiet(cable: &str, line: &str) {
    assert_eq!(at(&Catalog::built_in(), cable, line), None, "{line}");
}

#[test]
fn codes_of_the_archive_come_first() {
    let catalog = Catalog::with(Additions {
        routing_indicators: vec![("RUEHQQQ".to_owned(), "AMEMBASSY NOWHERE".to_owned())],
        tags: vec![("PRLE".to_owned(), "Invented *subject*".to_owned())],
        ..Additions::default()
    });
    let title = |line| at(&catalog, CABLE, line).and_then(|(_, markdown)| markdown.lines().next().map(str::to_owned));
    assert_eq!(title("RUEH$0QQQ").as_deref(), Some("**`RUEHQQQ`** AMEMBASSY NOWHERE"));
    assert_eq!(title("ECONEFIN PR$0LE").as_deref(), Some(r"**`PRLE`** Invented \*subject\*"));
}

#[test]
fn an_extract_has_no_year() {
    let cable = "This record is a partial extract of the original cable. The full text of the original cable is not \
                 available.\n\nUNCLAS ASTANA 002541\n\nSIPDIS\n\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: A ROAD\n\n\
                 REF: A. MOSCOW 12\n\n1. (U) As in ref A.\n";
    names(
        cable,
        "This record $0is",
        cable.lines().next().unwrap_or_default(),
        "**`partial extract`** the full cable was not published",
    );
    says(cable, "AST$0ANA 002541", "no date in the text: the canonical id is not known");
    assert_snapshot!(told(cable, "in re$0f A"), @r"
    [ref A] **`ref A`** `MOSCOW 12`

    - year not written, and the cable has no date: no canonical id
    - AMEMBASSY MOSCOW, Moscow, Russia (`RS`)
    ");
}

#[test]
fn text_that_is_no_cable_is_quiet() {
    let text = "The poloff wrote from USUN.\n";
    quiet(text, "The pol$0off");
    quiet("", "$0");
    assert_eq!(hover(&Document::new(text, &Catalog::built_in()), 9_999), None);
}

#[test]
fn the_second_cable_of_a_document_answers_for_itself() {
    let second = CABLE.replace("2541", "2542").replace("SEP 07", "SEP 08").replace("VZCZCXRO7654", "VZCZCXRO7655");
    let both = format!("{CABLE}\n{second}");
    says(&both, "ASTANA 0$002542", "canonical id `08ASTANA2542`");
}
