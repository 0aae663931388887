//! Hovers in the envelope.

use insta::assert_snapshot;

use super::{CABLE, names, quiet, says, told};

#[test]
fn transmission_id() {
    names(CABLE, "VZC$0ZCXRO7654", "VZCZC", "**`VZCZC`** start of transmission");
    names(CABLE, "VZCZCX$0RO7654", "XRO", "**`XRO`** transfer identifier");
    names(CABLE, "VZCZCXRO7654$0", "7654", "**`7654`** channel serial number");
}

#[test]
fn routing_line() {
    assert_snapshot!(told(CABLE, "P$0P RUEHDBU"), @r"
    [PP] **`PP`** PRIORITY

    - precedence: the highest of any addressee, doubled
    ");
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
    assert_snapshot!(told(CABLE, "RUEHDBU RUEHQ$0QQ"), @r"
    [RUEHQQQ] **`RUEHQQQ`** routing indicator that is not in the table

    - `RUEH`: State Department
    - posts, bureaus and collectives

    *pattern in ACP 117 Section I and in real headers*
    ");
}

#[test]
fn a_doubtful_row_is_unconfirmed() {
    let cable = CABLE.replace("RUEHQQQ", "RUEHWEB");
    assert_snapshot!(told(&cable, "RUEH$0WEB"), @r"
    [RUEHWEB] **`RUEHWEB`** meaning unknown

    - routing indicator: system
    - alone on the routing line of VZCZCXYZ copies

    *real headers (310); unconfirmed*
    ");
}

#[test]
fn station_serial() {
    names(CABLE, "DE RUE$0HTA #2541", "RUEHTA", "**`RUEHTA`** AMEMBASSY ASTANA");
    assert_snapshot!(told(CABLE, "DE RUEHTA #25$041/01"), @r"
    [2541] **`2541`** station serial number

    - the last four digits of the MRN's serial `002541` ✓
    ");
    let other = CABLE.replace("DE RUEHTA #2541", "DE RUEHTA #2514");
    says(&other, "DE RUEHTA #25$014", "the last four digits of the MRN's serial `002541` ≠");
    names(CABLE, "#2541/0$01 257", "01", "**`01`** section of the cable");
}

#[test]
fn filing_time() {
    assert_snapshot!(told(CABLE, "257$00831"), @r"
    [2570831] **`2570831`** filing time

    - day 257 of the year, 0831 UTC
    - Friday, 14 September 2007, 08:31 UTC
    - 5 minutes after the DTG
    ");
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
    assert_snapshot!(told(CABLE, "ZNY CC$0CCC"), @r"
    [CCCCC] **`CCCCC`** CONFIDENTIAL

    - security letter of the cable, five times
    - the classification line says CONFIDENTIAL ✓
    ");
    names(CABLE, "CCCCC ZZ$0H", "ZZH", "**`ZZH`** from a State Department station");
    let other = CABLE.replace("ZNY CCCCC", "ZNY SSSCS");
    says(&other, "ZNY SS$0SCS", "the classification line says CONFIDENTIAL ≠");
    says(&other, "ZNY SS$0SCS", "not five times the same letter");
}

#[test]
fn date_time_group() {
    assert_snapshot!(told(CABLE, "$0P R 140826Z"), @r"
    [P] **`P`** PRIORITY

    - action precedence
    ");
    assert_snapshot!(told(CABLE, "P R$0 140826Z"), @r"
    [R] **`R`** ROUTINE

    - precedence for the INFO addressees
    ");
    assert_snapshot!(told(CABLE, "1408$026Z SEP 07"), @r"
    [140826Z SEP 07] **`140826Z SEP 07`** date-time group

    - 2007-09-14T08:26Z
    - Friday, 14 September 2007, 08:26 UTC
    - day 257 of the year
    ");
    let other = CABLE.replace("P R 140826Z SEP 07", "R 310826Z SEP 07 ZDK");
    says(&other, "$0R 310826Z", "precedence of the cable");
    says(&other, "3108$026Z", "no real day or time");
    names(&other, "SEP 07 ZD$0K", "ZDK", "**`ZDK`** repetition made at your request");
}

#[test]
fn addressees() {
    names(CABLE, "F$0M AMEMBASSY ASTANA", "FM", "**`FM`** from");
    assert_snapshot!(told(CABLE, "FM AMEM$0BASSY ASTANA"), @r"
    [AMEMBASSY ASTANA] **`AMEMBASSY ASTANA`** embassy

    - Astana, Kazakhstan (`KZ`)
    - on classification lines `ASTANA`

    *cablemap; cable2graph (1392 cables)*
    ");
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
fn labels_of_smart() {
    let cable = "UNCLASSIFIED\n\nMRN: 12 ASTANA 123\nDate/DTG: Mar 07, 2012 / 070518Z MAR 12\nFrom: AMEMBASSY ASTANA\n\
                 Action: WASHDC, SECSTATE ROUTINE\nE.O.: 13526\nTAGS: PREL, KZ\nSubject: A road\n\n1. Short.\n";
    names(cable, "M$0RN: 12", "MRN", "**`MRN`** message reference number: year, post, serial");
    names(cable, "MRN: 12 AS$0TANA 123", "12 ASTANA 123", "**`12ASTANA123`** canonical id");
    assert_snapshot!(told(cable, "070518Z$0 MAR 12"), @r"
    [Mar 07, 2012 / 070518Z MAR 12] **`070518Z MAR 12`** date-time group

    - 2012-03-07T05:18Z
    - Wednesday, 7 March 2012, 05:18 UTC
    - the date before it says 2012-03-07 ✓
    ");
    names(cable, "Fr$0om: AMEMB", "From", "**`From`** originator");
    names(cable, "Act$0ion: WASHDC", "Action", "**`Action`** action addressees");
    names(cable, "Action: WASH$0DC", "WASHDC, SECSTATE ROUTINE", "**`SECSTATE WASHDC`** Department of State");
    let other = cable.replace("Mar 07", "Mar 08");
    says(&other, "070518Z$0 MAR 12", "the date before it says 2012-03-08 ≠");
    says(cable, "E.O.: 13$0526", "in force since 27 June 2010");
    names(cable, "TAGS: PR$0EL", "PREL", "**`PREL`** External Political Relations");
}

#[test]
fn blocks_of_the_seventies() {
    let cable = "CONFIDENTIAL     PTQ1001\nPAGE 01 LAGOS 02217 01 OF 02 041533Z\n44\nACTION AF-18\n\
                 INFO OCT-01 ISO-00 /019 W\nDRAFTED BY AF/W:JROE:AB\n--------------------- 091144\nR 041445Z MAR 75\n\
                 FM AMEMBASSY LAGOS\nTO NSC WASHDC 3349\nCONFIDENTIAL LAGOS 02217\nSUBJECT: A ROAD\n1. SHORT.\n\
                 DOE\nNNN\n";
    names(cable, "ACT$0ION AF", "ACTION", "**`ACTION`** the bureau that has to act on the cable");
    assert_snapshot!(told(cable, "AF$0-18"), @r"
    [AF-18] **`AF-18`** Bureau of African Affairs, Department of State

    - 18 copies
    ");
    says(cable, "ISO$0-00", "no paper copy");
    assert_snapshot!(told(cable, "/01$09 W"), @r"
    [/019] **`/019`** 19 copies in all

    - the offices listed get 19
    ");
    names(cable, "DRAF$0TED BY", "DRAFTED BY", "**`DRAFTED BY`** who wrote the cable");
    names(cable, "AF/W:J$0ROE", "DRAFTED BY AF/W:JROE:AB", "**`DRAFTED BY AF/W:JROE:AB`** who wrote the cable");
    names(
        cable,
        "PAGE 0$01 LAGOS",
        "PAGE 01 LAGOS 02217 01 OF 02 041533Z",
        "**`PAGE 01 LAGOS 02217 01 OF 02 041533Z`** page 1, section 1 of 2 of LAGOS 2217",
    );
    says(cable, "PTQ10$001", "`PTQ1001` is a number of the printer");
    names(
        cable,
        "-- 0911$044",
        "--------------------- 091144",
        "**`--------------------- 091144`** end of the distribution",
    );
    names(cable, "NSC WASH$0DC", "NSC WASHDC", "**`NSC WASHDC`** agency");
    names(cable, "NN$0N", "NNN", "**`NNN`** end of message");
}
