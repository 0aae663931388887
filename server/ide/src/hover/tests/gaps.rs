//! Every field that has a colour has a hover.

use cable_catalog::Catalog;
use cable_syntax::Document;

use crate::{TokenKind, hover, tokens};

/// The tokens of a text that have no hover anywhere: `kind token`. What is words and no code needs none.
fn without_hover(text: &str) -> Vec<String> {
    let document = Document::new(text, &Catalog::built_in());
    let all = tokens(&document, &(0..text.len())).into_iter();
    let is_rule = |token: &str| token.chars().all(|c| c == '-');
    all.filter(|token| !matches!(token.kind, TokenKind::Title | TokenKind::Heading))
        .filter(|token| !is_rule(&text[token.range.clone()]))
        .filter(|token| token.range.clone().all(|offset| hover(&document, offset).is_none()))
        .map(|token| format!("{:?} {}", token.kind, &text[token.range]))
        .collect()
}

#[test]
fn samples() {
    let mut seen = 0;
    for file in std::fs::read_dir("../../tests/samples").expect("the samples") {
        let path = file.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("a text");
        assert_eq!(without_hover(&text), [""; 0], "{}", path.display());
        seen += 1;
    }
    assert!(seen >= 7);
}

#[test]
fn the_fields_that_no_sample_has() {
    let text = "\
PAGE 01 STATE 150591
ORIGIN SS-25
DRAFTED BY SS:JROE:AB
APPROVED BY SS:MDOE
O 171959Z AUG 75 ZFF4
FM SECSTATE WASHDC
TO AMEMBASSY CAIRO NIACT IMMEDIATE 4778-4781
XMT AMEMBASSY SOFIA
BT
S E C R E T NOFORN SECTION 1 OF 2 STATE 150591 TOSEC 036
EXDIS
E.O. 11652: XGDS-1
TAGS: OVIP (ROE, JANE), EG
SUBJECT: (S) A ROAD
REF: (A) CAIRO 12 (NOTAL), (B) TELCON OF MAY 12
1. (S//NF) SEE REFS A AND B AND CAIRO 13.
S E C R E T SECTION 2 OF 2 STATE 150591
EXDIS
TAGS: EG
SUBJECT: A ROAD
2. (S) FOLLOWING REPEAT OF A CABLE:
BEGIN TEXT
FM AMEMBASSY CAIRO
TO SECSTATE WASHDC
END TEXT
KISSINGER
BT
#0591
NNNN
";
    assert_eq!(without_hover(text), [""; 0]);
}
