//! Hovers at a cursor `$0` in small invented cables.

use cable_catalog::{Additions, Catalog};
use cable_syntax::Document;

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

/// The hover at `$0` in a line of a cable, and its token; the line without its cursor must stand there once.
fn at(catalog: &Catalog, cable: &str, line: &str) -> Option<(String, String)> {
    let cursor = line.find("$0").expect("a cursor");
    let plain = line.replacen("$0", "", 1);
    let places: Vec<usize> = cable.match_indices(&plain).map(|(at, _)| at).collect();
    assert_eq!(places.len(), 1, "{plain:?} must stand once in the cable");
    let Hover { range, markdown } = hover(&Document::new(cable, catalog), places[0] + cursor)?;
    Some((cable[range].to_owned(), markdown))
}

/// The whole answer, and the token it is about.
#[track_caller]
fn check(cable: &str, line: &str, token: &str, markdown: &str) {
    let found = at(&Catalog::built_in(), cable, line);
    assert_eq!(found, Some((token.to_owned(), markdown.to_owned())), "{line}");
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
fn transmission_id() {
    names(CABLE, "VZC$0ZCXRO7654", "VZCZC", "**`VZCZC`** start of transmission");
    names(CABLE, "VZCZCX$0RO7654", "XRO", "**`XRO`** transfer identifier");
    names(CABLE, "VZCZCXRO7654$0", "7654", "**`7654`** channel serial number");
}

#[test]
fn routing_line() {
    check(CABLE, "P$0P RUEHDBU", "PP", "**`PP`** PRIORITY\n\n- precedence: the highest of any addressee, doubled");
    names(CABLE, "PP RUEH$0DBU", "RUEHDBU", "**`RUEHDBU`** AMEMBASSY DUSHANBE");
    says(CABLE, "PP RUEH$0DBU", "Dushanbe, Tajikistan (`TI`)");
}

#[test]
fn a_digraph_that_contradicts_the_group_says_so() {
    let cable = CABLE.replace("PP RUEHDBU", "OO RUEHDBU");
    says(&cable, "O$0O RUEHDBU", "the DTG line says `P` (PRIORITY)");
}

#[test]
fn an_unknown_routing_indicator_tells_what_its_beginning_does() {
    check(
        CABLE,
        "RUEHDBU RUEHQ$0QQ",
        "RUEHQQQ",
        "**`RUEHQQQ`** routing indicator that is not in the table\n\n- `RUEH`: State Department\n\
         - posts, bureaus and collectives\n\n*pattern in ACP 117 Section I and in real headers*",
    );
}

#[test]
fn a_doubtful_row_is_unconfirmed() {
    let cable = CABLE.replace("RUEHQQQ", "RUEHWEB");
    check(
        &cable,
        "RUEH$0WEB",
        "RUEHWEB",
        "**`RUEHWEB`** meaning unknown\n\n- routing indicator: system\n- alone on the routing line of VZCZCXYZ copies\n\n\
         *real headers (310); unconfirmed*",
    );
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
fn station_serial() {
    names(CABLE, "DE RUE$0HTA #2541", "RUEHTA", "**`RUEHTA`** AMEMBASSY ASTANA");
    check(
        CABLE,
        "DE RUEHTA #25$041/01",
        "2541",
        "**`2541`** station serial number\n\n- the last four digits of the MRN's serial `002541` ✓",
    );
    let other = CABLE.replace("DE RUEHTA #2541", "DE RUEHTA #2514");
    says(&other, "DE RUEHTA #25$014", "the last four digits of the MRN's serial `002541` ≠");
    names(CABLE, "#2541/0$01 257", "01", "**`01`** section of the cable");
}

#[test]
fn filing_time() {
    check(
        CABLE,
        "257$00831",
        "2570831",
        "**`2570831`** filing time\n\n- day 257 of the year, 0831 UTC\n- Friday, 14 September 2007, 08:31 UTC\n\
         - 5 minutes after the DTG",
    );
}

#[test]
fn filing_time_over_new_year_and_without_a_group() {
    let over = CABLE.replace("2570831", "3652330").replace("140826Z SEP 07", "010010Z JAN 07");
    says(&over, "365$02330", "Sunday, 31 December 2006, 23:30 UTC");
    says(&over, "365$02330", "40 minutes before the DTG");
    let without = CABLE.replace("P R 140826Z SEP 07\n", "");
    says(&without, "257$00831", "14 September; a day earlier in leap years, from March on");
}

#[test]
fn op_signal_line() {
    names(CABLE, "ZN$0Y CCCCC", "ZNY", "**`ZNY`** classified or EFTO, approved circuits only");
    check(
        CABLE,
        "ZNY CC$0CCC",
        "CCCCC",
        "**`CCCCC`** CONFIDENTIAL\n\n- security letter of the cable, five times\n\
         - the classification line says CONFIDENTIAL ✓",
    );
    names(CABLE, "CCCCC ZZ$0H", "ZZH", "**`ZZH`** from a State Department station");
    let other = CABLE.replace("ZNY CCCCC", "ZNY SSSCS");
    says(&other, "ZNY SS$0SCS", "the classification line says CONFIDENTIAL ≠");
    says(&other, "ZNY SS$0SCS", "not five times the same letter");
}

#[test]
fn date_time_group() {
    check(CABLE, "$0P R 140826Z", "P", "**`P`** PRIORITY\n\n- action precedence");
    check(CABLE, "P R$0 140826Z", "R", "**`R`** ROUTINE\n\n- precedence for the INFO addressees");
    check(
        CABLE,
        "1408$026Z SEP 07",
        "140826Z SEP 07",
        "**`140826Z SEP 07`** date-time group\n\n- 2007-09-14T08:26Z\n- Friday, 14 September 2007, 08:26 UTC\n\
         - day 257 of the year",
    );
    let other = CABLE.replace("P R 140826Z SEP 07", "R 310826Z SEP 07 ZDK");
    says(&other, "$0R 310826Z", "precedence of the cable");
    says(&other, "3108$026Z", "no real day or time");
    names(&other, "SEP 07 ZD$0K", "ZDK", "**`ZDK`** repetition made at your request");
}

#[test]
fn addressees() {
    names(CABLE, "F$0M AMEMBASSY ASTANA", "FM", "**`FM`** from");
    check(
        CABLE,
        "FM AMEM$0BASSY ASTANA",
        "AMEMBASSY ASTANA",
        "**`AMEMBASSY ASTANA`** embassy\n\n- Astana, Kazakhstan (`KZ`)\n- on classification lines `ASTANA`\n\n\
         *cablemap; cable2graph (1392 cables)*",
    );
    names(CABLE, "TO RU$0EHC/SECSTATE", "RUEHC", "**`RUEHC`** SECSTATE WASHDC");
    names(CABLE, "RUEHC/SECST$0ATE WASHDC", "SECSTATE WASHDC", "**`SECSTATE WASHDC`** Department of State");
    names(CABLE, "WASHDC PRIO$0RITY 0680", "PRIORITY", "**`PRIORITY`** third precedence");
    says(CABLE, "PRIORITY 06$080", "number 680 in the series from this post to this addressee");
    names(CABLE, "CIS COLL$0ECTIVE", "CIS COLLECTIVE", "**`CIS COLLECTIVE`** collective");
    names(CABLE, "NIACT IMM$0EDIATE 12", "NIACT IMMEDIATE", "**`NIACT IMMEDIATE`** immediate, with night action");
    says(CABLE, "IMMEDIATE 12$0-14", "numbers 12 to 14 in the series from this post to this addressee");
    names(CABLE, "B$0T\nC O N F", "BT", "**`BT`** break");
}

#[test]
fn exempt_addressees() {
    let cable = CABLE.replace("BT\nC O", "XMT AMEMBASSY MOSCOW\nBT\nC O");
    names(&cable, "X$0MT AMEMBASSY", "XMT", "**`XMT`** exempt");
    names(&cable, "XMT AMEM$0BASSY MOSCOW", "AMEMBASSY MOSCOW", "**`AMEMBASSY MOSCOW`** embassy");
}

#[test]
fn an_address_that_is_no_post_and_has_no_station_is_quiet() {
    let cable = CABLE.replace("RUEHXX/AMEMBASSY TASHKENT", "COMMANDER OF SOMETHING");
    quiet(&cable, "COMMAN$0DER OF SOMETHING");
}

#[test]
fn classification_line() {
    names(CABLE, "C O N F I D$0 E N T", "C O N F I D E N T I A L", "**`CONFIDENTIAL`** classified, lowest level");
    names(CABLE, "SECTI$0ON 01 OF 02", "SECTION 01 OF 02", "**`SECTION 01 OF 02`** section 1 of 2");
    check(
        CABLE,
        "AST$0ANA 002541",
        "ASTANA 002541",
        "**`ASTANA 002541`** message reference number\n\n- canonical id `07ASTANA2541`\n\
         - AMEMBASSY ASTANA, Astana, Kazakhstan (`KZ`)",
    );
    let cable = CABLE.replace("N T I A L SECTION 01 OF 02 ASTANA", "N T I A L NOFORN NOWHERE");
    names(&cable, "A L NOF$0ORN NOWHERE", "NOFORN", "**`NOFORN`** no foreign dissemination");
    says(&cable, "NOWH$0ERE 002541", "post not in the table");
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
    check(
        cable,
        "in re$0f A",
        "ref A",
        "**`ref A`** `MOSCOW 12`\n\n- year not written, and the cable has no date: no canonical id\n\
         - AMEMBASSY MOSCOW, Moscow, Russia (`RS`)",
    );
}

#[test]
fn captions() {
    names(CABLE, "SIP$0DIS\nSTPDIS", "SIPDIS", "**`SIPDIS`** SIPRNET distribution");
    names(CABLE, "ST$0PDIS", "STPDIS", "**`STPDIS`** misspelt: means `SIPDIS`");
    names(CABLE, "NOF$0ORN, EXDIS", "NOFORN", "**`NOFORN`** no foreign dissemination");
    names(CABLE, "NOFORN, EXD$0IS", "EXDIS", "**`EXDIS`** exclusive distribution");
}

#[test]
fn handling_lines() {
    names(
        CABLE,
        "STATE FOR SC$0A/CEN",
        "SCA",
        "**`SCA`** Bureau of South and Central Asian Affairs; Bureau of Security and Consular Affairs (1970s)",
    );
    quiet(CABLE, "STATE FO$0R SCA");
}

#[test]
fn executive_order() {
    check(
        CABLE,
        "E.O. 129$058: DECL",
        "E.O. 12958",
        "**`E.O. 12958`** classification order of 1995\n\n- in force 14 October 1995 to 26 June 2010\n\
         - amended by 13292 from 2003-03-25; cables keep this number until 2010\n\n*ISOO directive of 13 October 1995*",
    );
    let other = CABLE.replace("E.O. 12958: DECL: 09/13/2017", "E.O. 12356: DECL: OADR");
    says(&other, "E.O. 12$0356", "the cable of 14 September 2007 is after it");
    names(&other, "DECL: OA$0DR", "OADR", "**`OADR`** originating agency's determination required");
    let unknown = CABLE.replace("E.O. 12958", "E.O. 12985");
    names(&unknown, "E.O. 12$0985", "E.O. 12985", "**`12985`** not an order on classification that the tables know");
}

#[test]
fn declassification() {
    names(CABLE, "12958: DE$0CL", "DECL", "**`DECL`** declassify on the date or event that follows");
    check(
        CABLE,
        "DECL: 09/1$03/2017",
        "09/13/2017",
        "**`09/13/2017`** day of declassification\n\n- 2017-09-13, Wednesday, 13 September 2017\n\
         - 10 years less 1 day after the DTG",
    );
    for (written, facts) in [
        ("09/14/2032", ["2032-09-14, Tuesday, 14 September 2032", "25 years after the DTG"]),
        ("09/20/17", ["10 years and 6 days after the DTG", "year of two digits: the first such year after the DTG"]),
        ("03/01/2010", ["2010-03-01, Monday, 1 March 2010", "2 years 5 months after the DTG"]),
        ("09/20/2007", ["2007-09-20, Thursday, 20 September 2007", "6 days after the DTG"]),
        ("09/01/2007", ["2007-09-01, Saturday, 1 September 2007", "before the DTG"]),
        (
            "13/41/2017",
            ["no real day; month, day and year are expected", "no real day; month, day and year are expected"],
        ),
    ] {
        let cable = CABLE.replace("09/13/2017", written);
        let line = format!("DECL: {}$0{}", &written[..2], &written[2..]);
        for fact in facts {
            says(&cable, &line, fact);
        }
    }
}

#[test]
fn marks_of_declassification() {
    for (instruction, line, title) in [
        (
            "DECL: X1",
            "DECL: X$01",
            "**`X1`** intelligence source, method or activity, or a cryptologic system or activity",
        ),
        ("N/A", "12958: N/$0A", "**`N/A`** no classification: the order does not apply (unclassified telegrams)"),
        ("GDS", "12958: G$0DS", "**`GDS`** general declassification schedule"),
    ] {
        let cable = CABLE.replace("DECL: 09/13/2017", instruction);
        let token = title.trim_start_matches("**`").split('`').next().unwrap_or_default();
        names(&cable, line, token, title);
    }
    let late = CABLE.replace("DECL: 09/13/2017", "DECL: X5");
    says(&late, "DECL: X$05", "no longer allowed when this cable was sent");
}

#[test]
fn tags() {
    check(
        CABLE,
        "TAGS: PR$0EL",
        "PREL",
        "**`PREL`** External Political Relations\n\n- subject tag\n\
         - Political Affairs; 2010 list; later status not checked\n\n*TAGS list 2010*",
    );
    says(CABLE, "PREL OV$0IP", "names `ROE, JANE`");
    names(CABLE, "[KD$0EM](#)", "[KDEM](#)", "**`KDEM`** Democratization");
    names(CABLE, "[KDEM](#$0)", "[KDEM](#)", "**`KDEM`** Democratization");
    names(CABLE, "TA$0GS: PREL", "TAGS", "**`TAGS`** Traffic Analysis by Geography and Subject");
}

#[test]
fn country_tags_that_mislead_name_the_iso_code() {
    check(
        CABLE,
        ") R$0S RU",
        "RS",
        "**`RS`** Russia\n\n- geo-political tag\n- ISO RS is Serbia; also covers Wrangel Islands; cables also write RU\n\
         - ISO code `RU`\n\n*TAGS list 2010*",
    );
    check(CABLE, ") K$0Z", "KZ", "**`KZ`** Kazakhstan\n\n- geo-political tag\n\n*TAGS list 2010*");
}

#[test]
fn malformed_and_unknown_tags() {
    check(CABLE, "RS R$0U", "RU", "**`RU`** stands for `RS`\n\n- `RS`: Russia");
    names(CABLE, "ECON$0EFIN", "ECONEFIN", "**`ECONEFIN`** stands for `ECON` `EFIN`");
    let unknown = CABLE.replace("PRLE", "QXQX");
    names(&unknown, "QX$0QX", "QXQX", "**`QXQX`** not in the tables");
    let near = CABLE.replace("PRLE", "PHUMN");
    says(&near, "PH$0UMN", "like `PHUM` Human Rights");
}

#[test]
fn subject() {
    check(CABLE, "SUBJECT: ($0C) KAZ", "(C)", "**`(C)`** Confidential\n\n- portion mark");
    names(CABLE, "OF A POL$0OFF", "POLOFF", "**`POLOFF`** political officer");
    // In a line of capitals WHO is a word, not an organisation.
    quiet(CABLE, "POLOFF WH$0O TRAV");
    quiet(CABLE, "SUBJ$0ECT: (C)");
}

#[test]
fn reference_entries() {
    check(
        CABLE,
        "REF: A. AS$0TANA 515",
        "A. ASTANA 515",
        "**`07ASTANA515`** ASTANA 515 of 2007\n\n- year not written: the cable's own is taken\n\
         - AMEMBASSY ASTANA, Astana, Kazakhstan (`KZ`)",
    );
    check(
        CABLE,
        "B.$0 06 MOSCOW",
        "B. 06 MOSCOW 121 (NOTAL)",
        "**`06MOSCOW121`** MOSCOW 121 of 2006\n\n- AMEMBASSY MOSCOW, Moscow, Russia (`RS`)\n\
         - `NOTAL` not received by all addressees",
    );
    names(CABLE, "C. E-M$0AIL OF", "C. E-MAIL OF MAY 12", "**`E-MAIL OF MAY 12`** not a numbered cable");
}

#[test]
fn a_reference_with_a_higher_serial_may_be_of_last_year() {
    let cable = CABLE.replace("ASTANA 515", "ASTANA 2999");
    says(&cable, "REF: A. AS$0TANA", "perhaps of 2006: the serial is above this cable's own 2541");
}

#[test]
fn a_reference_to_an_unknown_post_has_no_id() {
    let cable = CABLE.replace("06 MOSCOW 121", "06 NOWHERE 121");
    names(&cable, "NOWH$0ERE 121", "B. 06 NOWHERE 121 (NOTAL)", "**`06 NOWHERE 121 (NOTAL)`** of 2006");
    says(&cable, "NOWH$0ERE 121", "post not in the table: no canonical id");
}

#[test]
fn reasons() {
    check(
        CABLE,
        "1.5 (b$0) AND",
        "b",
        "**`1.5(b)`** foreign government information\n\n- reason\n\
         - E.O. 12958, 1995-10-14 to 2003-09-21, renumbered 1.4\n- `1.4(b)` when this cable was sent\n\n\
         *E.O. 12958 section 1.5 as issued*",
    );
    says(CABLE, "REASONS 1$0.5", "the section was 1.4 when this cable was sent");
    let new = CABLE.replace("1.5 (b) AND (d)", "1.4 (h)");
    names(&new, "1.4 (h$0)", "h", "**`1.4(h)`** weapons of mass destruction");
    let later = new.replace("E.O. 12958", "E.O. 13526");
    names(&later, "1.4 (h$0)", "h", "**`1.4(h)`** development, production, or use of weapons of mass destruction");
    let none = CABLE.replace("1.5 (b) AND (d)", "1.5 (h)");
    names(&none, "1.5 (h$0)", "h", "**`1.5(h)`** no such reason");
    quiet(CABLE, "AMBASS$0ADOR ROE FOR");
}

#[test]
fn paragraph_numbers() {
    check(CABLE, "1$01. (C) SUMM", "11.", "**`11.`** paragraph 1 of 4\n\n- the first 1 is a misread ¶");
    check(
        CABLE,
        "- ¶1$02. (S//NF)",
        "- ¶12.",
        "**`- ¶12.`** paragraph 2 of 4\n\n- the list dash before it is the transcription's\n\
         - the ¶ before it is the web edition's\n- the first 1 is a misread ¶",
    );
    says(CABLE, r"$\P$03$. (SBU)", "the LaTeX around it stands for the web edition's ¶");
    says(CABLE, "1 $04. (C//REL", "a blank stands behind the misread ¶");
}

#[test]
fn a_number_in_doubt_names_both_readings() {
    let cable = "UNCLAS ASTANA 002541\n\nTAGS: PREL\nSUBJECT: A ROAD\n\n19. (U) Which of the two?\n";
    says(cable, "1$09. (U) Which", "not sure: may be 9 or 19");
}

#[test]
fn numbers_of_a_list_are_no_paragraphs() {
    check(CABLE, "1$0. One thing", "1.", "**`1.`** item of a list inside the paragraph\n\n- belongs to paragraph 3");
}

#[test]
fn portion_marks() {
    check(
        CABLE,
        "(S/$0/NF)",
        "(S//NF)",
        "**`(S//NF)`** Secret, no foreign dissemination\n\n- portion mark\n- above the level of the cable, CONFIDENTIAL",
    );
    check(CABLE, "(SB$0U) A list", "(SBU)", "**`(SBU)`** Sensitive But Unclassified\n\n- portion mark");
    says(CABLE, "(C//RE$0L to", "`REL to USA, GBR`");
    let broken = CABLE.replace("(SBU) A list", "SBU) A list");
    says(&broken, "SB$0U) A list", "a bracket is missing or is none");
}

#[test]
fn page_lines() {
    check(
        CABLE,
        "ASTANA 0000$02541",
        "ASTANA 00002541  002 OF 002",
        "**`ASTANA 00002541 002 OF 002`** section 2 of 2 of ASTANA 2541",
    );
    let other = CABLE.replace("00002541  002", "00002514  002.3");
    says(&other, "ASTANA 0000$02514", "the MRN has serial 2541 ≠");
    says(&other, "ASTANA 0000$02514", "the meaning of the digit behind the dot is not known");
    let inside = CABLE.replace("more,", "more,\nASTANA 00002541  001 OF 002\n");
    says(&inside, "2541  00$01 OF", "paragraph 1 goes on behind it");
}

#[test]
fn old_page_lines() {
    let cable = "UNCLAS ASTANA 02541\n\nTAGS: PREL\nSUBJECT: A ROAD\n\n1. (U) It is\n\nPAGE 02 ASTANA 02541 01 OF 03 060018Z\n\nlong.\n";
    names(
        cable,
        "PAGE 0$02 AST",
        "PAGE 02 ASTANA 02541 01 OF 03 060018Z",
        "**`PAGE 02 ASTANA 02541 01 OF 03 060018Z`** page 2, section 1 of 3 of ASTANA 2541",
    );
}

#[test]
fn stray_captions() {
    let cable = CABLE.replace("built it; see", "built it;\n\nEXDIS\n\nsee");
    says(&cable, "\nEXD$0IS\n\nsee", "left by the header of a section");
    says(&cable, "\nEXD$0IS\n\nsee", "paragraph 2 goes on behind it");
}

#[test]
fn citations_in_the_text() {
    names(CABLE, "Re$0fs A and B", "Refs A", "**`Refs A`** `07ASTANA515` ASTANA 515 of 2007");
    names(CABLE, "Refs A and $0B", "B", "**`B`** `06MOSCOW121` MOSCOW 121 of 2006");
    quiet(CABLE, "Refs A a$0nd B");
    check(
        CABLE,
        "so has ref$0tel",
        "reftel",
        "**`reftel`** the cables of the REF line\n\n- A. `07ASTANA515` ASTANA 515 of 2007\n\
         - B. `06MOSCOW121` MOSCOW 121 of 2006\n- C. `E-MAIL OF MAY 12` not a numbered cable",
    );
    names(CABLE, "in ref $0D", "ref D", "**`ref D`** the REF line has no entry D");
}

#[test]
fn a_list_without_letters_is_cited_by_position() {
    let cable =
        CABLE.replace("A. ASTANA 515 B. 06 MOSCOW 121 (NOTAL) C. E-MAIL OF MAY 12", "ASTANA 515; 06 MOSCOW 121");
    names(&cable, "Refs A and $0B", "B", "**`B`** `06MOSCOW121` MOSCOW 121 of 2006");
}

#[test]
fn cables_named_in_the_text() {
    names(CABLE, "see 05MOS$0COW77", "05MOSCOW77", "**`05MOSCOW77`** MOSCOW 77 of 2005");
    let cable = CABLE.replace("05MOSCOW77", "MOSCOW 77");
    says(&cable, "see MOS$0COW 77", "year not written: the cable's own is taken");
    quiet(CABLE, "left in 19$099");
}

#[test]
fn acronyms() {
    names(CABLE, "The pol$0off asked", "poloff", "**`POLOFF`** political officer");
    names(CABLE, "The GO$0K, Pol", "GOK", "**`GOK`** Government of Kenya, Kuwait, Kazakhstan");
    names(CABLE, "Pol$0Offs said", "PolOffs", "**`POLOFFS`** political officers");
    says(CABLE, "the Cha$0rge left", "*usage*");
    for line in ["asked wh$0o would", "would co$0me.", "THE RO$0AD NORTH", "built i$0t;", "A li$0st without"] {
        quiet(CABLE, line);
    }
}

#[test]
fn signature_and_trailer() {
    check(CABLE, "D$0OE\nNNNN", "DOE", "**`DOE`** signature\n\n- the surname of the chief of mission or chargé");
    names(CABLE, "NN$0NN", "NNNN", "**`NNNN`** end of message");
    check(
        CABLE,
        "NNNN\n#25$041",
        "2541",
        "**`2541`** station serial number\n\n- the last four digits of the MRN's serial `002541` ✓\n\
         - repeated at the end as a check",
    );
    let note = CABLE.replace("#2541\n", "NOTE: SVC FOR DROPPED ADDEE\n");
    names(&note, "NO$0TE: SVC", "NOTE", "**`NOTE`** service note of the communications center");
    names(&note, "NOTE: SV$0C", "SVC", "**`SVC`** service message");
}

#[test]
fn cables_of_the_department_are_signed_by_the_secretary() {
    let cable = "UNCLAS STATE 002541\n\nTAGS: PREL\nSUBJECT: A ROAD\n\n1. (U) Short.\n\nDOE\n";
    says(cable, "D$0OE", "the Secretary of State's surname, or who acts");
}

#[test]
fn labels_of_smart() {
    let cable = "UNCLASSIFIED\n\nMRN: 12 ASTANA 123\nDate/DTG: Mar 07, 2012 / 070518Z MAR 12\nFrom: AMEMBASSY ASTANA\n\
                 Action: WASHDC, SECSTATE ROUTINE\nE.O.: 13526\nTAGS: PREL, KZ\nSubject: A road\n\n1. Short.\n";
    names(cable, "M$0RN: 12", "MRN", "**`MRN`** message reference number: year, post, serial");
    names(cable, "MRN: 12 AS$0TANA 123", "12 ASTANA 123", "**`12ASTANA123`** canonical id");
    says(cable, "E.O.: 13$0526", "in force since 27 June 2010");
    names(cable, "TAGS: PR$0EL", "PREL", "**`PREL`** External Political Relations");
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
