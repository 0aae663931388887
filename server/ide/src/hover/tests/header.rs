//! Hovers in the header.

use insta::assert_snapshot;

use super::{CABLE, names, quiet, says, told};

#[test]
fn classification_line() {
    names(CABLE, "C O N F I D$0 E N T", "C O N F I D E N T I A L", "**`CONFIDENTIAL`** classified, lowest level");
    names(CABLE, "SECTI$0ON 01 OF 02", "SECTION 01 OF 02", "**`SECTION 01 OF 02`** section 1 of 2");
    assert_snapshot!(told(CABLE, "AST$0ANA 002541"), @r"
    [ASTANA 002541] **`ASTANA 002541`** message reference number

    - canonical id `07ASTANA2541`
    - AMEMBASSY ASTANA, Astana, Kazakhstan (`KZ`)
    ");
    let cable = CABLE.replace("N T I A L SECTION 01 OF 02 ASTANA", "N T I A L NOFORN NOWHERE");
    names(&cable, "A L NOF$0ORN NOWHERE", "NOFORN", "**`NOFORN`** no foreign dissemination");
    says(&cable, "NOWH$0ERE 002541", "post not in the table");
}

#[test]
fn captions() {
    names(CABLE, "SIP$0DIS\nSTPDIS", "SIPDIS", "**`SIPDIS`** SIPRNET distribution");
    names(CABLE, "ST$0PDIS", "STPDIS", "**`STPDIS`** misspelling of `SIPDIS`");
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
    assert_snapshot!(told(CABLE, "E.O. 129$058: DECL"), @r"
    [E.O. 12958] **`E.O. 12958`** classification order of 1995

    - in force 14 October 1995 to 26 June 2010
    - amended by 13292 from 2003-03-25; cables keep this number until 2010

    *ISOO directive of 13 October 1995*
    ");
    let other = CABLE.replace("E.O. 12958: DECL: 09/13/2017", "E.O. 12356: DECL: OADR");
    says(&other, "E.O. 12$0356", "the cable of 14 September 2007 is after it");
    names(&other, "DECL: OA$0DR", "OADR", "**`OADR`** originating agency's determination required");
    let unknown = CABLE.replace("E.O. 12958", "E.O. 12985");
    names(&unknown, "E.O. 12$0985", "E.O. 12985", "**`12985`** not an order on classification that the tables know");
}

#[test]
fn declassification() {
    names(CABLE, "12958: DE$0CL", "DECL", "**`DECL`** declassify on the date or event that follows");
    assert_snapshot!(told(CABLE, "DECL: 09/1$03/2017"), @r"
    [09/13/2017] **`09/13/2017`** day of declassification

    - 2017-09-13, Wednesday, 13 September 2017
    - 10 years less 1 day after the DTG
    ");
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
    assert_snapshot!(told(CABLE, "TAGS: PR$0EL"), @r"
    [PREL] **`PREL`** External Political Relations

    - subject tag
    - Political Affairs

    *TAGS list 2010*
    ");
    says(CABLE, "PREL OV$0IP", "names `ROE, JANE`");
    names(CABLE, "[KD$0EM](#)", "[KDEM](#)", "**`KDEM`** Democratization");
    names(CABLE, "[KDEM](#$0)", "[KDEM](#)", "**`KDEM`** Democratization");
    names(CABLE, "TA$0GS: PREL", "TAGS", "**`TAGS`** Traffic Analysis by Geography and Subject");
}

#[test]
fn country_tags_that_mislead_name_the_iso_code() {
    assert_snapshot!(told(CABLE, ") R$0S RU"), @r"
    [RS] **`RS`** Russia

    - geo-political tag
    - ISO RS is Serbia; also covers Wrangel Islands; cables also write RU
    - ISO code `RU`

    *TAGS list 2010*
    ");
    assert_snapshot!(told(CABLE, ") K$0Z"), @r"
    [KZ] **`KZ`** Kazakhstan

    - geo-political tag

    *TAGS list 2010*
    ");
}

#[test]
fn malformed_and_unknown_tags() {
    assert_snapshot!(told(CABLE, "RS R$0U"), @r"
    [RU] **`RU`** stands for `RS`

    - `RS`: Russia
    ");
    names(CABLE, "ECON$0EFIN", "ECONEFIN", "**`ECONEFIN`** stands for `ECON` `EFIN`");
    let unknown = CABLE.replace("PRLE", "QXQX");
    names(&unknown, "QX$0QX", "QXQX", "**`QXQX`** not in the tables");
    let near = CABLE.replace("PRLE", "PHUMN");
    says(&near, "PH$0UMN", "like `PHUM` Human Rights");
}

#[test]
fn subject() {
    assert_snapshot!(told(CABLE, "SUBJECT: ($0C) KAZ"), @r"
    [(C)] **`(C)`** Confidential

    - portion mark
    ");
    names(CABLE, "OF A POL$0OFF", "POLOFF", "**`POLOFF`** political officer");
    // In a line of capitals WHO is a word, not an organisation.
    quiet(CABLE, "POLOFF WH$0O TRAV");
    names(CABLE, "SUBJ$0ECT: (C)", "SUBJECT", "**`SUBJECT`** what the cable is about");
}

#[test]
fn reference_entries() {
    assert_snapshot!(told(CABLE, "REF: A. AS$0TANA 515"), @r"
    [A. ASTANA 515] **`07ASTANA515`** ASTANA 515 of 2007

    - year not written: the cable's own is taken
    - AMEMBASSY ASTANA, Astana, Kazakhstan (`KZ`)
    ");
    assert_snapshot!(told(CABLE, "B.$0 06 MOSCOW"), @r"
    [B. 06 MOSCOW 121 (NOTAL)] **`06MOSCOW121`** MOSCOW 121 of 2006

    - AMEMBASSY MOSCOW, Moscow, Russia (`RS`)
    - `NOTAL` not received by all addressees
    ");
    names(CABLE, "C. E-M$0AIL OF", "C. E-MAIL OF MAY 12", "**`E-MAIL OF MAY 12`** not a numbered cable");
}

#[test]
fn the_keyword_of_the_list_tells_what_it_holds() {
    names(CABLE, "RE$0F: A. ASTANA", "REF", "**`REF`** the cables of the REF line");
    says(CABLE, "RE$0F: A. ASTANA", "B. `06MOSCOW121` MOSCOW 121 of 2006");
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
    assert_snapshot!(told(CABLE, "1.5 (b$0) AND"), @r"
    [b] **`1.5(b)`** foreign government information

    - reason
    - E.O. 12958, 1995-10-14 to 2003-09-21, renumbered 1.4
    - `1.4(b)` when this cable was sent

    *E.O. 12958 section 1.5 as issued*
    ");
    says(CABLE, "REASONS 1$0.5", "the section was 1.4 when this cable was sent");
    let new = CABLE.replace("1.5 (b) AND (d)", "1.4 (h)");
    names(&new, "1.4 (h$0)", "h", "**`1.4(h)`** weapons of mass destruction");
    let later = new.replace("E.O. 12958", "E.O. 13526");
    names(&later, "1.4 (h$0)", "h", "**`1.4(h)`** development, production, or use of weapons of mass destruction");
    let none = CABLE.replace("1.5 (b) AND (d)", "1.5 (h)");
    names(&none, "1.5 (h$0)", "h", "**`1.5(h)`** no such reason");
    names(CABLE, "AMBASS$0ADOR ROE FOR", "AMBASSADOR ROE", "**`AMBASSADOR ROE`** who classified the cable");
    says(CABLE, "Classi$0fied By", "required in CONFIDENTIAL and SECRET cables");
}
