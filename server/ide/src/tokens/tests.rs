//! Colours of small invented cables.

use cable_catalog::Catalog;
use cable_syntax::Document;

use super::*;

/// The tokens of a text by lines: `kind(text)`, with `*` for a definition.
fn shown(text: &str) -> String {
    let document = Document::new(text, &Catalog::built_in());
    let mut lines: Vec<Vec<String>> = vec![Vec::new(); text.lines().count()];
    for token in tokens(&document, &(0..text.len())) {
        let line = text[..token.range.start].matches('\n').count();
        let star = if token.is_definition { "*" } else { "" };
        lines[line].push(format!("{:?}{star}({})", token.kind, &text[token.range]));
    }
    let lines = lines.iter().filter(|line| !line.is_empty()).map(|line| line.join(" "));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_cable_with_envelope() {
    let text = "\
VZCZCXRO7654
PP RUEHDBU
RUEHLM
DE RUEHTA #2541/01 2570831
ZNY CCCCC ZZH ZUI RUEHTA1074
P R 140826Z SEP 07 ZDK CTG
FM AMEMBASSY ASTANA
TO RUEHC/SECSTATE WASHDC PRIORITY 0680
INFO ZEN/AMEMBASSY RIGA NIACT IMMEDIATE 12-14
XMT AMEMBASSY MOSCOW
BT
C O N F I D E N T I A L NOFORN SECTION 01 OF 02 ASTANA 002541

SIPDIS
STATE FOR SCA/CEN

E.O. 12958: DECL: 09/13/2017
TAGS: OVIP (ROE, JANE) [KDEM](#)
KZ
SUBJECT: (C) NOTES OF
A TRAVELLER

REF: A. ASTANA 515 (NOTAL)
B. E-MAIL OF MAY 12

Classified By: AMBASSADOR ROE FOR REASONS 1.4 (b) AND (d)

- ¶12. (S//NF) As in ref A and reftel, 05MOSCOW77 and MOSCOW 1980. Plain words have none.
1. One thing.
2. Another.

ASTANA 00002541  002 OF 002

THE ROAD NORTH
--------------

DOE
NNNN
";
    let expected = "\
Keyword(VZCZC) Station(XRO) Number(7654)
Code(PP) Station(RUEHDBU)
Station(RUEHLM)
Keyword(DE) Station(RUEHTA) Number(2541) Number(01) Number(2570831)
Keyword(ZNY) Protection(CCCCC) Keyword(ZZH) Keyword(ZUI)
Code(P) Code(R) Number(140826Z SEP 07) Keyword(ZDK) Keyword(CTG)
Keyword(FM) Place(AMEMBASSY ASTANA)
Keyword(TO) Station(RUEHC) Place(SECSTATE WASHDC) Code(PRIORITY) Number(0680)
Keyword(INFO) Keyword(ZEN) Place(AMEMBASSY RIGA) Code(NIACT IMMEDIATE) Number(12-14)
Keyword(XMT) Place(AMEMBASSY MOSCOW)
Keyword(BT)
Protection(C O N F I D E N T I A L) Protection(NOFORN) Keyword(SECTION) Number(01) Keyword(OF) Number(02) Reference*(ASTANA 002541)
Protection(SIPDIS)
Protection(STATE FOR SCA/CEN)
Keyword(E.O.) Number(12958) Code(DECL) Number(09/13/2017)
Keyword(TAGS) Code(OVIP) Person((ROE, JANE)) Residue([) Code(KDEM) Residue(](#))
Code(KZ)
Keyword(SUBJECT) Protection((C)) Title(NOTES OF)
Title(A TRAVELLER)
Keyword(REF) Reference*(A.) Reference(ASTANA 515 (NOTAL))
Reference*(B.) Title(E-MAIL OF MAY 12)
Keyword(Classified By) Person(AMBASSADOR ROE) Number(1.4) Code(b) Code(d)
Number*(- ¶12) Protection((S//NF)) Reference(ref A) Reference(reftel) Reference(05MOSCOW77)
Number(1)
Number(2)
Residue(ASTANA 00002541  002 OF 002)
Heading(THE ROAD NORTH)
Residue(--------------)
Person(DOE)
Residue(NNNN)";
    assert_eq!(shown(text), expected);
}

#[test]
fn a_cable_of_the_seventies() {
    let text = "\
PAGE 01 LAGOS 02217 041533Z
44
ORIGIN SS-25
INFO OCT-01 ISO-00 /026 R
DRAFTED BY AF/W:JROE:AB
APPROVED BY AF/W:MDOE
------------------ 091144
R 041445Z MAR 75
FM AMEMBASSY LAGOS
TO SECSTATE WASHDC 3349
LIMITED OFFICIAL USE LAGOS 02217
E.O. 11652: XGDS-1
TAGS: EWWT, NI
SUBJ: CEMENT SHIPS
1. HARBOR MASTER COUNTS THEM.
LIMITED OFFICIAL USE
";
    let expected = "\
Residue(PAGE 01 LAGOS 02217 041533Z)
Residue(44)
Keyword(ORIGIN) Place(SS-25)
Keyword(INFO) Place(OCT-01) Place(ISO-00) Number(026)
Keyword(DRAFTED BY) Person(AF/W:JROE:AB)
Keyword(APPROVED BY) Person(AF/W:MDOE)
Residue(------------------ 091144)
Code(R) Number(041445Z MAR 75)
Keyword(FM) Place(AMEMBASSY LAGOS)
Keyword(TO) Place(SECSTATE WASHDC) Number(3349)
Protection(LIMITED OFFICIAL USE) Reference*(LAGOS 02217)
Keyword(E.O.) Number(11652) Code(XGDS-1)
Keyword(TAGS) Code(EWWT) Code(NI)
Keyword(SUBJ) Title(CEMENT SHIPS)
Number*(1)
Residue(LIMITED OFFICIAL USE)";
    assert_eq!(shown(text), expected);
}

#[test]
fn labels_of_smart() {
    let text =
        "UNCLASSIFIED\n\nMRN: 12 ASTANA 123\nDate/DTG: Mar 07, 2012 / 070518Z MAR 12\nE.O.: 13526\nSubject: A road\n";
    let expected = "\
Protection(UNCLASSIFIED)
Keyword(MRN) Reference*(12 ASTANA 123)
Keyword(Date/DTG) Number(Mar 07, 2012 / 070518Z MAR 12)
Keyword(E.O.) Number(13526)
Keyword(Subject) Title(A road)";
    assert_eq!(shown(text), expected);
}

#[test]
fn keywords_inside_a_line_own_their_columns() {
    let text = "UNCLAS ASTANA 002541\nE.O. 12958: N/A TAGS: PREL SUBJECT: A ROAD REF: ASTANA 12\n1. (U) Short.\n";
    let expected = "\
Protection(UNCLAS) Reference*(ASTANA 002541)
Keyword(E.O.) Number(12958) Code(N/A) Keyword(TAGS) Code(PREL) Keyword(SUBJECT) Title(A ROAD) Keyword(REF) Reference(ASTANA 12)
Number*(1) Protection((U))";
    assert_eq!(shown(text), expected);
}

#[test]
fn a_range_has_its_own_tokens() {
    let one = "UNCLAS ASTANA 002541\nTAGS: PREL\nSUBJECT: A ROAD\n1. (U) Short.\n";
    let two = one.replace("2541", "2542");
    let text = format!("VZCZCXRO7654\n{one}VZCZCXRO7655\n{two}");
    let document = Document::new(&text, &Catalog::built_in());
    let whole = tokens(&document, &(0..text.len()));
    assert_eq!(document.cables().len(), 2);
    let line = text.find("TAGS").expect("a line");
    let range = line..line + "TAGS: PREL".len();
    let found: Vec<&str> = tokens(&document, &range).into_iter().map(|token| &text[token.range]).collect();
    assert_eq!(found, ["TAGS", "PREL"]);
    let each: Vec<Token> = document.cables().iter().flat_map(|placed| tokens(&document, &placed.extent())).collect();
    assert_eq!(each, whole);
}

#[test]
fn text_that_is_no_cable_has_no_colour() {
    assert_eq!(shown("The road north.\n1. One thing, see ref A.\n"), "");
    assert_eq!(shown(""), "");
}
