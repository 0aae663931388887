//! From a citation to the REF list, and back.

use super::{CABLE, leads, leads_nowhere, marks, whole};

#[test]
fn a_letter_leads_to_its_entry() {
    leads(CABLE, "(re$0f A)", "ref A", &["13:A"]);
    leads(CABLE, "refs A and $0B", "B", &["13:B"]);
    leads(CABLE, "(ref\n$0c)", "ref|c", &["13:C"]);
    assert_eq!(whole(CABLE, "refs A and $0B"), "B. 06 MOSCOW 121");
    leads_nowhere(CABLE, "ref$0 D");
    leads_nowhere(CABLE, "refs A a$0nd B");
}

#[test]
fn the_list_as_a_whole() {
    leads(CABLE, "the ref$0tels (", "reftels", &["13:A", "13:B", "13:C"]);
    marks(CABLE, "the ref$0tels (", &["*13:A", "*13:B", "*13:C", "19:reftels"]);
}

#[test]
fn an_entry_leads_to_itself_and_knows_its_citations() {
    leads(CABLE, "B. 06 MOS$0COW", "B. 06 MOSCOW 121", &["13:B"]);
    marks(CABLE, "B$0. 06 MOSCOW", &["*13:B", "16:B", "18:A through C"]);
    marks(CABLE, "C. E-MA$0IL", &["*13:C", "16:ref C", "18:C", "19:ref|c"]);
}

#[test]
fn quoted_text_cites_another_list() {
    leads_nowhere(CABLE, "See re$0f A, para 2.");
}

#[test]
fn a_letter_without_entry_is_still_marked() {
    marks(CABLE, "since re$0f D", &["32:ref D"]);
}

#[test]
fn a_list_without_letters_is_cited_by_position() {
    let cable = CABLE.replace("A. ASTANA 515 B. 06 MOSCOW 121 C. E-MAIL OF MAY 12", "ASTANA 515; 06 MOSCOW 121");
    leads(&cable, "refs A and $0B", "B", &["13:06 MOSCOW 121"]);
    leads_nowhere(&cable, "para 3 of re$0f C");
}

#[test]
fn the_reftel_of_a_single_reference_is_that_one() {
    let cable = CABLE.replace("A. ASTANA 515 B. 06 MOSCOW 121 C. E-MAIL OF MAY 12", "ASTANA 515");
    leads(&cable, "the ref$0tels (", "reftels", &["13:ASTANA 515"]);
    marks(&cable, "REF: AST$0ANA", &["*13:ASTANA 515", "15:ref A", "16:refs A", "18:reftels A", "19:reftels"]);
}

#[test]
fn several_cables_under_one_letter() {
    let cable = CABLE.replace("A. ASTANA 515 B.", "A. ASTANA 515 AND 516 B.");
    leads(&cable, "(re$0f A)", "ref A", &["13:A"]);
    assert_eq!(whole(&cable, "(re$0f A)"), "A. ASTANA 515 AND 516");
}
