//! The envelope: precedences, addressees, the classification line.

use super::*;

#[test]
fn an_addressee_is_found_by_its_city_and_gets_its_indicator() {
    let below = |typed: &str| with("RUEHVEN/USMISSION USOSCE", &format!("RUEHVEN/USMISSION USOSCE\n{typed}"));
    let (line, item) = accept(&below("tashk$0"), "AMEMBASSY TASHKENT");
    assert_eq!(line, "RUEHNT/AMEMBASSY TASHKENT");
    assert_eq!(item.detail.as_deref(), Some("RUEHNT"));
    assert_eq!(item.filter.as_deref(), Some("TASHKENT"));
    assert_eq!(super::line(&below("AMEMBASSY tash$0"), "AMEMBASSY TASHKENT"), "RUEHNT/AMEMBASSY TASHKENT");
    assert_eq!(super::line(&below("RUEHNT/$0"), "AMEMBASSY TASHKENT"), "RUEHNT/AMEMBASSY TASHKENT");
    assert_eq!(super::line(&below("ruehnt$0"), "AMEMBASSY TASHKENT"), "RUEHNT/AMEMBASSY TASHKENT");
    assert!(!labels(&below("usosc$0")).contains(&"USMISSION USOSCE".to_owned()), "listed already");
}

#[test]
fn keywords_stay() {
    let to = |line: &str| with("TO RUEHC/SECSTATE WASHDC PRIORITY 0680", line);
    assert_eq!(line(&to("TO secst$0"), "SECSTATE WASHDC"), "TO RUEHC/SECSTATE WASHDC");
    let from = |line: &str| with("FM AMEMBASSY ASTANA", line);
    assert_eq!(line(&from("FM asta$0"), "AMEMBASSY ASTANA"), "FM AMEMBASSY ASTANA");
    let (_, item) = accept(&from("FM asta$0"), "AMEMBASSY ASTANA");
    let said = documentation(&Catalog::built_in(), &item.documentation.expect("a key")).expect("a text");
    assert!(said.starts_with("**`AMEMBASSY ASTANA`**"), "{said}");
}

#[test]
fn precedences_follow_a_whole_addressee() {
    let info = |line: &str| with("INFO RUCNCIS/CIS COLLECTIVE", line);
    assert_eq!(line(&info("INFO RUCNCIS/CIS COLLECTIVE pri$0"), "PRIORITY"), "INFO RUCNCIS/CIS COLLECTIVE PRIORITY");
    let offered = labels(&info("INFO RUEHNT/AMEMBASSY TASHKENT $0"));
    assert_eq!(offered, ["FLASH", "IMMEDIATE", "NIACT", "NIACT IMMEDIATE", "PRIORITY", "ROUTINE"]);
    assert!(!labels(&info("INFO AMEMBASSY I$0")).contains(&"IMMEDIATE".to_owned()));
}

#[test]
fn the_dtg_line_begins_with_a_letter() {
    assert_eq!(line(&with("P R 140826Z SEP 07", "$0P R 140826Z SEP 07"), "O"), "O 140826Z SEP 07");
    let due = with("P R 140826Z SEP 07", "$0");
    assert_eq!(labels(&due).first().map(String::as_str), Some("P 140831Z SEP"), "as the lines above say");
    let unknown = due.replace("DE RUEHTA #2541/01 2570831\n", "");
    let (line, item) = accept(&unknown, "P");
    assert_eq!(line, "P DDHHMMZ MON YY");
    assert_eq!(item.snippet.as_deref(), Some("P ${1:DDHHMM}Z ${2:MON} ${3:YY}"));
}

#[test]
fn the_classification_line_knows_post_and_serial() {
    let due = |typed: &str| with("C O N F I D E N T I A L ASTANA 002541", typed);
    let (line, item) = accept(&due("conf$0"), "C O N F I D E N T I A L");
    assert_eq!(line, "C O N F I D E N T I A L ASTANA 002541");
    assert_eq!(item.filter.as_deref(), Some("CONFIDENTIAL"));
    assert_eq!(item.snippet, None);
    assert_eq!(labels(&due("$0")).first().map(String::as_str), Some("C O N F I D E N T I A L"), "ZNY CCCCC");
    assert_eq!(super::line(&due("CONFIDENTIAL $0"), "ASTANA 002541"), "CONFIDENTIAL ASTANA 002541");
    let unknown = due("UNC$0").replace("FM AMEMBASSY ASTANA", "FM SOMEWHERE").replace("#2541/01", "#/01");
    let (line, item) = accept(&unknown, "UNCLAS");
    assert_eq!((line.as_str(), item.snippet.as_deref()), ("UNCLAS POST 000001", Some("UNCLAS ${1:POST} ${2:000001}")));
}
