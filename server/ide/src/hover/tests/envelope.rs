//! Hovers in the envelope.

use super::{CABLE, check, names, quiet, says};

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
fn labels_of_smart() {
    let cable = "UNCLASSIFIED\n\nMRN: 12 ASTANA 123\nDate/DTG: Mar 07, 2012 / 070518Z MAR 12\nFrom: AMEMBASSY ASTANA\n\
                 Action: WASHDC, SECSTATE ROUTINE\nE.O.: 13526\nTAGS: PREL, KZ\nSubject: A road\n\n1. Short.\n";
    names(cable, "M$0RN: 12", "MRN", "**`MRN`** message reference number: year, post, serial");
    names(cable, "MRN: 12 AS$0TANA 123", "12 ASTANA 123", "**`12ASTANA123`** canonical id");
    check(
        cable,
        "070518Z$0 MAR 12",
        "Mar 07, 2012 / 070518Z MAR 12",
        "**`070518Z MAR 12`** date-time group\n\n- 2012-03-07T05:18Z\n- Wednesday, 7 March 2012, 05:18 UTC\n\
         - the date before it says 2012-03-07 ✓",
    );
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
    check(cable, "AF$0-18", "AF-18", "**`AF-18`** Bureau of African Affairs, Department of State\n\n- 18 copies");
    says(cable, "ISO$0-00", "no paper copy");
    check(cable, "/01$09 W", "/019", "**`/019`** 19 copies in all\n\n- the offices listed get 19");
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
