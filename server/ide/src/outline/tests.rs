//! Outlines as indented text: kind, name, detail.

use std::fmt::Write as _;

use cable_catalog::Catalog;
use cable_syntax::Document;
use insta::assert_snapshot;

use super::{Symbol, SymbolKind, outline, shortened, text_first};

fn read(text: &str) -> Vec<Symbol> {
    outline(&Document::new(text, &Catalog::built_in()))
}

fn dump(symbols: &[Symbol], indent: usize, to: &mut String) {
    for symbol in symbols {
        let detail = symbol.detail.as_ref().map(|detail| format!(" | {detail}")).unwrap_or_default();
        writeln!(to, "{:indent$}{}: {}{detail}", "", symbol.kind.name(), symbol.name).expect("a string takes it");
        dump(&symbol.children, indent + 2, to);
    }
}

fn drawn(text: &str) -> String {
    let mut drawn = String::new();
    dump(&read(text), 0, &mut drawn);
    drawn
}

const HEAD: &str = "UNCLAS ASTANA 002541\n\nTAGS: PREL\nSUBJECT: A ROAD\n\n";

/// A body below a short header, without the header.
fn drawn_body(body: &str) -> String {
    let mut drawn = String::new();
    let symbols = read(&format!("{HEAD}{body}"));
    dump(&symbols[0].children[1..], 0, &mut drawn);
    drawn
}

const WHOLE: &str = "\
VZCZCXRO7654
RR RUEHAST RUEHDBU
RUEHLN
DE RUEHTA #2541/01 2570826
ZNR UUUUU ZZH
R 140826Z SEP 07
FM AMEMBASSY ASTANA
TO RUEHC/SECSTATE WASHDC 0680
RUEHLO/AMEMBASSY LONDON PRIORITY 12
INFO RUCNCIS/CIS COLLECTIVE
BT
UNCLAS SECTION 01 OF 02 ASTANA 002541

SENSITIVE
STPDIS

STATE FOR SCA/CEN

E.O. 12958: N/A
TAGS: PREL [KDEM](#) KZ
SUBJECT: KAZAKHSTAN: NOTES
ON A ROAD

REF: A. ASTANA 515
ASTANA 00002541 002 OF 002
B. 06 MOSCOW 121
C. E-MAIL OF MAY 12

1. (U) First words of
a wrapped paragraph.

THE ROAD
NORTH

- ¶12. (SBU) It is long.
ASTANA 00002541 002 OF 002
And wide.

THE ROAD BACK

3. (SBU) Home.

DOE
BT
NNNN
";

#[test]
fn a_whole_cable() {
    assert_snapshot!(drawn(WHOLE), @r"
    cable: 07ASTANA2541 | KAZAKHSTAN: NOTES ON A ROAD
      envelope: envelope
        envelope-line: TI XRO 7654
        envelope-line: ROUTINE to RUEHAST RUEHDBU RUEHLN
        envelope-line: DE RUEHTA #2541 | day 257 0826Z
        envelope-line: ZNR UUUUU ZZH
        envelope-line: 2007-09-14T08:26Z | ROUTINE
        addressee: FM AMEMBASSY ASTANA
        addressee: TO SECSTATE WASHDC | RUEHC
        addressee: TO AMEMBASSY LONDON | RUEHLO PRIORITY
        addressee: INFO CIS COLLECTIVE | RUCNCIS
        envelope-line: BT
      header: header
        header-line: UNCLASSIFIED ASTANA 002541 | section 1 of 2
        header-line: SENSITIVE
        header-line: SIPDIS | written STPDIS
        header-line: STATE FOR SCA/CEN
        header-line: E.O. 12958 | N/A
        header-line: TAGS | PREL KDEM KZ
        header-line: SUBJECT | KAZAKHSTAN: NOTES ON A ROAD
        header-line: REF
          reference: A. ASTANA 515 | 07ASTANA515
          reference: B. MOSCOW 121 | 06MOSCOW121
          reference: C. E-MAIL OF MAY 12
      paragraph: ¶1 (U) First words of
      heading: THE ROAD NORTH
        paragraph: ¶2 (SBU) It is long. | written - ¶12.
      heading: THE ROAD BACK
        paragraph: ¶3 (SBU) Home.
      signature: DOE
      trailer: trailer | BT NNNN
    ");
}

#[test]
fn a_damaged_number_is_shown_as_it_is_written() {
    let body = "1. (U) One.\n\n[1](#)2. (SBU) Two.\n\n$\\P3$. Three.\n\n1 4. (U) Four.\n\n15. (U) Five.\n";
    assert_snapshot!(drawn_body(body), @r"
    paragraph: ¶1 (U) One.
    paragraph: ¶2 (SBU) Two. | written [1](#)2.
    paragraph: ¶3 Three. | written $\P3$.
    paragraph: ¶4 (U) Four. | written 1 4.
    paragraph: ¶5 (U) Five. | written 15.
    ");
}

#[test]
fn a_list_has_the_text_before_what_stands_around_it() {
    let symbols = text_first(read(WHOLE));
    let kinds: Vec<SymbolKind> = symbols[0].children.iter().map(|child| child.kind).collect();
    assert_eq!(
        kinds,
        [
            SymbolKind::Paragraph,
            SymbolKind::Heading,
            SymbolKind::Heading,
            SymbolKind::Signature,
            SymbolKind::Envelope,
            SymbolKind::Header,
            SymbolKind::Trailer,
        ]
    );
}

#[test]
fn ranges_cover_what_belongs_to_a_node() {
    let symbols = read(WHOLE);
    let cable = &symbols[0];
    let covered =
        |symbol: &Symbol| (WHOLE[symbol.range.clone()].to_owned(), WHOLE[symbol.selection.clone()].to_owned());
    assert_eq!(covered(cable), (WHOLE.trim_end().to_owned(), "ASTANA 002541".to_owned()));
    let heading = cable.children.iter().find(|child| child.kind == SymbolKind::Heading).expect("a heading");
    let paragraph = "- ¶12. (SBU) It is long.\nASTANA 00002541 002 OF 002\nAnd wide.";
    assert_eq!(covered(heading), (format!("THE ROAD\nNORTH\n\n{paragraph}"), "THE ROAD\nNORTH".to_owned()));
    assert_eq!(covered(&heading.children[0]), (paragraph.to_owned(), "- ¶12. (SBU)".to_owned()));
}

#[test]
fn a_classified_cable_says_who_and_why() {
    let text = "C O N F I D E N T I A L ASTANA 002541\n\nNOFORN, SIPDIS\n\nE.O. 12958: DECL: 09/13/2017\nTAGS: PREL\n\
                SUBJECT: (C) A ROAD\n\nClassified By: AMBASSADOR ROE FOR REASONS 1.4 (B) and (d)\n\n1. (C) Short.\n";
    assert_snapshot!(drawn(text), @r"
    cable: ASTANA 002541 | A ROAD
      header: header
        header-line: CONFIDENTIAL ASTANA 002541
        header-line: NOFORN
        header-line: SIPDIS
        header-line: E.O. 12958 | DECL: 09/13/2017
        header-line: TAGS | PREL
        header-line: SUBJECT | A ROAD
        header-line: Classified By AMBASSADOR ROE | 1.4 (b) (d)
      paragraph: ¶1 (C) Short.
    ");
}

#[test]
fn an_extract_begins_with_its_notice() {
    let notice =
        "This record is a partial extract of the original cable. The full text of the original cable is not available.";
    let symbols = read(&format!("{notice}\n\n{HEAD}1. Short.\n"));
    let kinds: Vec<SymbolKind> = symbols[0].children.iter().map(|child| child.kind).collect();
    assert_eq!(kinds, [SymbolKind::Notice, SymbolKind::Header, SymbolKind::Paragraph]);
    assert_eq!(symbols[0].name, "ASTANA 002541");
}

#[test]
fn text_without_numbers_is_one_node() {
    assert_snapshot!(drawn_body("The road is long,\nand nobody numbers it.\n\nIt ends.\n\nDOE\n"), @r"
    text: The road is long, and nobody numbers it. It ends.
    signature: DOE
    ");
}

#[test]
fn a_marker_alone_on_its_line_shows_the_words_below() {
    assert_snapshot!(drawn_body("1. (U)\nThe road.\n\n2. (U) Its end.\n"), @r"
    paragraph: ¶1 (U) The road.
    paragraph: ¶2 (U) Its end.
    ");
}

#[test]
fn paragraphs_run_together_are_two_nodes() {
    assert_snapshot!(drawn_body("1. (U) The road. 2. (U) Its length.\n\n3. (U) Its end.\n"), @r"
    paragraph: ¶1 (U) The road.
    paragraph: ¶2 (U) Its length.
    paragraph: ¶3 (U) Its end.
    ");
}

#[test]
fn a_repeated_header_stands_in_the_paragraph_that_goes_on_after_it() {
    let header = "UNCLAS SECTION 02 OF 02 ASTANA 002541\n\nSIPDIS\n\nTAGS: PREL\nSUBJECT: A ROAD";
    assert_snapshot!(drawn_body(&format!("1. (U) The road\n\n{header}\n\nis long.\n\n2. (U) End.\n")), @r"
    paragraph: ¶1 (U) The road
      quoted: repeated header | UNCLAS SECTION 02 OF 02 ASTANA 002541
    paragraph: ¶2 (U) End.
    ");
}

#[test]
fn the_distribution_of_an_old_cable_is_one_node() {
    let text = "PAGE 01 STATE 150591\nORIGIN DRC-01\n\nINFO OCT-01 ISO-00 /002 R\n\nR 140826Z SEP 75\nFM SECSTATE WASHDC\n\
                TO AMEMBASSY CAIRO\nUNCLAS STATE 150591\nE.O. 11652: N/A\nTAGS: PREL, EG\nSUBJECT: A ROAD\n1. SHORT.\n";
    let symbols = read(text);
    let names: Vec<&str> = symbols[0].children[0].children.iter().map(|child| child.name.as_str()).collect();
    assert_eq!(symbols[0].name, "75STATE150591");
    assert_eq!(names, ["distribution", "1975-09-14T08:26Z", "FM SECSTATE WASHDC", "TO AMEMBASSY CAIRO"]);
}

#[test]
fn a_smart_cable_is_named_by_its_label() {
    let text = "UNCLASSIFIED\n\nMRN: 12 ASTANA 123\nDate/DTG: Mar 07, 2012 / 070518Z MAR 12\nFrom: AMEMBASSY ASTANA\n\
                Action: WASHDC, SECSTATE ROUTINE\nE.O.: 13526\nTAGS: PREL, KZ\nSubject: A road\n\n1. Short.\n";
    let symbols = read(text);
    assert_eq!(symbols.len(), 1);
    assert!(["12ASTANA123", "12 ASTANA 123"].contains(&symbols[0].name.as_str()), "{}", symbols[0].name);
    assert_eq!(symbols[0].detail.as_deref(), Some("A road"));
}

#[test]
fn every_cable_of_a_document_is_a_root() {
    let second = WHOLE.replace("2541", "2542").replace("7654", "7655");
    let symbols = read(&format!("{WHOLE}\n{second}"));
    let names: Vec<&str> = symbols.iter().map(|symbol| symbol.name.as_str()).collect();
    assert_eq!(names, ["07ASTANA2541", "07ASTANA2542"]);
    assert_eq!(symbols[1].range.start, WHOLE.len() + 1);
}

#[test]
fn what_is_no_cable_has_no_outline() {
    assert_snapshot!(drawn(""), @"");
    assert_snapshot!(drawn("Dear all,\n\n1. (U) This is a letter.\n"), @"");
}

#[test]
fn names_are_short_and_on_one_line() {
    assert_eq!(shortened("  a\n b\tc "), "a b c");
    let long = "word ".repeat(40);
    assert_eq!(shortened(&long), format!("{}…", ["word"; 12].join(" ")));
    assert_eq!(shortened(&"x".repeat(200)).len(), 60);
    assert_eq!(shortened(""), "");
}
