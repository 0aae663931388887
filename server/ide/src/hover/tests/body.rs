//! Hovers in the text, on the signature and in the trailer.

use insta::assert_snapshot;

use super::{CABLE, names, quiet, says, told};

#[test]
fn paragraph_numbers() {
    assert_snapshot!(told(CABLE, "1$01. (C) SUMM"), @r"
    [11.] **`11.`** paragraph 1 of 4

    - the first 1 is a misread ¶
    - not 11: it is the first
    ");
    assert_snapshot!(told(CABLE, "- ¶1$02. (S//NF)"), @r"
    [- ¶12.] **`- ¶12.`** paragraph 2 of 4

    - the list dash before it is the transcription's
    - the ¶ before it is the web edition's
    - the first 1 is a misread ¶
    - not 12: it follows 1
    ");
    says(CABLE, r"$\P$03$. (SBU)", "the LaTeX around it is the ¶ of the web edition");
    says(CABLE, "1 $04. (C//REL", "there is a space after the misread ¶");
}

#[test]
fn a_number_in_doubt_names_both_readings() {
    let cable = "UNCLAS ASTANA 002541\n\nTAGS: PREL\nSUBJECT: A ROAD\n\n19. (U) Which of the two?\n";
    says(cable, "1$09. (U) Which", "not sure: may be 9 or 19");
}

#[test]
fn numbers_of_a_list_are_no_paragraphs() {
    assert_snapshot!(told(CABLE, "1$0. One thing"), @r"
    [1.] **`1.`** item of a list inside the paragraph

    - belongs to paragraph 3
    ");
}

#[test]
fn portion_marks() {
    assert_snapshot!(told(CABLE, "(S/$0/NF)"), @r"
    [(S//NF)] **`(S//NF)`** Secret, no foreign dissemination

    - portion mark
    - above the level of the cable, CONFIDENTIAL
    ");
    assert_snapshot!(told(CABLE, "(SB$0U) A list"), @r"
    [(SBU)] **`(SBU)`** Sensitive But Unclassified

    - portion mark
    ");
    says(CABLE, "(C//RE$0L to", "`REL to USA, GBR`");
    let broken = CABLE.replace("(SBU) A list", "SBU) A list");
    says(&broken, "SB$0U) A list", "a bracket is missing or is none");
}

#[test]
fn page_lines() {
    assert_snapshot!(told(CABLE, "ASTANA 0000$02541"), @r"
    [ASTANA 00002541  002 OF 002] **`ASTANA 00002541 002 OF 002`** section 2 of 2 of ASTANA 2541
    ");
    let other = CABLE.replace("00002541  002", "00002514  002.3");
    says(&other, "ASTANA 0000$02514", "the MRN has serial 2541 ≠");
    says(&other, "ASTANA 0000$02514", "the meaning of the digit after the dot is not known");
    let inside = CABLE.replace("more,", "more,\nASTANA 00002541  001 OF 002\n");
    says(&inside, "2541  00$01 OF", "paragraph 1 continues after it");
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
    says(&cable, "\nEXD$0IS\n\nsee", "paragraph 2 continues after it");
}

#[test]
fn citations_in_the_text() {
    names(CABLE, "Re$0fs A and B", "Refs A", "**`Refs A`** `07ASTANA515` ASTANA 515 of 2007");
    names(CABLE, "Refs A and $0B", "B", "**`B`** `06MOSCOW121` MOSCOW 121 of 2006");
    quiet(CABLE, "Refs A a$0nd B");
    assert_snapshot!(told(CABLE, "so has ref$0tel"), @r"
    [reftel] **`reftel`** the cables of the REF line

    - A. `07ASTANA515` ASTANA 515 of 2007
    - B. `06MOSCOW121` MOSCOW 121 of 2006
    - C. `E-MAIL OF MAY 12` not a numbered cable
    ");
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
    assert_snapshot!(told(CABLE, "D$0OE\nNNNN"), @r"
    [DOE] **`DOE`** signature

    - the surname of the chief of mission or chargé
    ");
    names(CABLE, "NN$0NN", "NNNN", "**`NNNN`** end of message");
    assert_snapshot!(told(CABLE, "NNNN\n#25$041"), @r"
    [2541] **`2541`** station serial number

    - the last four digits of the MRN's serial `002541` ✓
    - repeated at the end as a check
    ");
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
fn headers_that_are_not_its_own() {
    let cable = "UNCLAS SECTION 01 OF 02 ASTANA 002541\n\nTAGS: PREL\nSUBJECT: A ROAD\n\n1. (U) It is long.\n\n\
                 UNCLAS SECTION 02 OF 02 ASTANA 002541\n\nSIPDIS\n\nTAGS: PREL KDEM\nSUBJECT: A ROAD\n\n\
                 2. (U) It is wide.\n\nDOE\n";
    names(cable, "PREL KD$0EM", "KDEM", "**`KDEM`** Democratization");
    says(cable, "UNC$0LAS SECTION 02", "not read as this cable's own");
}
