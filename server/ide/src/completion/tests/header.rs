//! The header: keywords, captions, the E.O. line, the REF list, Classified By.

use super::*;

#[test]
fn only_the_missing_keywords_are_offered_in_their_order() {
    let missing = with("TAGS: PREL, PHUM\n", "$0\n");
    assert_eq!(labels(&missing), ["TAGS:"]);
    assert_eq!(line(&with("TAGS: PREL, PHUM\n", "ta$0\n"), "TAGS:"), "TAGS: ");
    assert_eq!(labels(&with("SUBJECT: NOTES FROM THE NORTH\n", "su$0\n")), ["SUBJECT:"]);
    assert_eq!(labels(&with("REF: A. ASTANA 515\n     B. 06 MOSCOW 121\n", "re$0\n")), ["REF:", "REF: A."]);
    let reasons = with("Classified By: Ambassador Jane Roe for reasons 1.4 (b) and (d)", "cl$0");
    let (line, item) = accept(&reasons, "Classified By:");
    assert_eq!(line, "Classified By: TITLE NAME. Reasons: 1.4 (b) and (d).");
    let snippet = "Classified By: ${1:TITLE NAME}. Reasons: 1.4 (${2:b}) and (${3:d}).";
    assert_eq!(item.snippet.as_deref(), Some(snippet));
    nothing(&reasons.replace("C O N F I D E N T I A L", "UNCLAS"));
    nothing(&with("SUBJECT: NOTES FROM THE NORTH\n", "SUBJECT: NOTES FROM THE NORTH\nsu$0\n"));
}

#[test]
fn the_order_fits_the_date_and_the_classification() {
    let line_of = |typed: &str| with("E.O. 12958: DECL: 09/14/2017", typed);
    assert_eq!(labels(&line_of("eo$0")), ["E.O. 12958: DECL: 09/14/2017", "E.O. 12958: DECL: 09/14/2032"]);
    let sum = accept(&line_of("eo$0"), "E.O. 12958: DECL: 09/14/2032").1.sum;
    assert_eq!(sum.as_deref(), Some("the day of the DTG and 25 years"));
    assert_eq!(line(&line_of("E.O. $0"), "12958: DECL: 09/14/2017"), "E.O. 12958: DECL: 09/14/2017");
    assert_eq!(line(&line_of("E.O. 12958: d$0"), "DECL: 09/14/2017"), "E.O. 12958: DECL: 09/14/2017");
    let unclassified = line_of("E.O. 12958: $0").replace("C O N F I D E N T I A L", "UNCLAS");
    assert_eq!(labels(&unclassified), ["N/A"]);
    let early = line_of("e.o$0").replace("SEP 07", "SEP 98");
    let offered = labels(&early);
    assert_eq!(offered[..3], ["E.O. 12958: DECL: 09/14/2008", "E.O. 12958: DECL: 09/14/2023", "E.O. 12958: DECL: X1"]);
    let old = line_of("eo$0").replace("SEP 07", "SEP 85");
    assert_eq!(labels(&old), ["E.O. 12356: DECL: OADR", "E.O. 12356: DECL: 9/14/95"]);
    let oldest = line_of("e$0").replace("SEP 07", "SEP 75");
    assert!(labels(&oldest).contains(&"E.O. 11652: GDS".to_owned()), "{:?}", labels(&oldest));
    let key = accept(&line_of("e$0"), "E.O. 12958: DECL: 09/14/2017").1.documentation.expect("a key");
    assert!(documentation(&Catalog::built_in(), &key).is_some_and(|said| said.contains("`DECL`")));
}

#[test]
fn captions_that_fit_are_offered_in_their_zone() {
    let zone = |typed: &str| with("SIPDIS\n", typed);
    assert_eq!(line(&zone("SIP$0\n"), "SIPDIS"), "SIPDIS");
    assert_eq!(line(&zone("NOFORN, sip$0\n"), "SIPDIS"), "NOFORN, SIPDIS");
    assert!(!labels(&with("SIPDIS\n", "SIPDIS\n$0\n")).iter().any(|word| word == "SIPDIS" || word == "NODIS"));
    assert_eq!(labels(&zone("NODIS\nsip$0\n")), Vec::<String>::new(), "never with NODIS");
    let (line, item) = accept(&zone("for$0\n"), "FOR ... ONLY");
    assert_eq!((line.as_str(), item.snippet.as_deref()), ("FOR NAME ONLY", Some("FOR ${1:NAME} ONLY")));
    assert_eq!(super::line(&with("STATE FOR SCA/CEN", "state$0"), "STATE FOR"), "STATE FOR OFFICE");
    let first = zone("$0\n").replace("C O N F I D E N T I A L", "UNCLAS");
    assert_eq!(labels(&first)[..2], ["SIPDIS", "SENSITIVE"]);
    assert!(!labels(&first).iter().any(|word| word == "SECTION" || word == "SBU" || word == "DS CHANNEL"));
}

#[test]
fn the_next_letter_of_the_list() {
    let list = |below: &str| with("     B. 06 MOSCOW 121\n", below);
    assert_eq!(line(&list("$0\n"), "B."), "B. ");
    assert_eq!(line(&list("     B. 06 MOSCOW 121\n     $0\n"), "C."), "     C. ");
    assert_eq!(line(&list("     B. 06 MOSCOW 121 C$0\n"), "C."), "     B. 06 MOSCOW 121 C. ");
    nothing(&list("     B. 06 MOSCOW 121\n     D$0\n"));
    assert_eq!(line(&with("REF: A. ASTANA 515\n     B. 06 MOSCOW 121\n", "REF: $0\n"), "A."), "REF: A. ");
}

#[test]
fn reasons_come_with_their_meaning() {
    let by = |text: &str| with("Ambassador Jane Roe for reasons 1.4 (b) and (d)", text);
    let offered = labels(&by("Ambassador Jane Roe for reasons $0"));
    assert_eq!(offered, ["a", "b", "c", "d", "e", "f", "g", "h"].map(|letter| format!("1.4 ({letter})")));
    let (line, item) = accept(&by("Ambassador Jane Roe, reason: 1.4 ($0)"), "1.4 (b)");
    assert_eq!(line, "Classified By: Ambassador Jane Roe, reason: 1.4 (b)");
    assert_eq!(item.detail.as_deref(), Some("foreign government information"));
    assert!(documentation(&Catalog::built_in(), &item.documentation.expect("a key")).is_some());
    assert_eq!(
        super::line(&by("Jane Roe, reasons 1.4 (b) and $0"), "(d)"),
        "Classified By: Jane Roe, reasons 1.4 (b) and (d)"
    );
    assert!(!labels(&by("Jane Roe, reasons 1.4 (b) and ($0")).contains(&"(b)".to_owned()));
    let early = by("Jane Roe, reasons $0").replace("SEP 07", "SEP 99");
    assert_eq!(labels(&early).last().map(String::as_str), Some("1.5 (g)"));
    nothing(&by("Ambassador Jane $0"));
}
