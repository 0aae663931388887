//! Numbers that a copy ran together with the text before them. Small texts, each a kind that copies have, and what looks
//! like it.

use cable_catalog::Catalog;

use crate::document::Document;

const HEADER: &str = "UNCLAS ASTANA 002541\n\nE.O. 12958: N/A\nTAGS: PREL, KZ\nSUBJECT: DELEGATION LEAVES\n\n";

/// The numbers of a text below a header.
fn numbers(body: &str) -> Vec<u32> {
    numbers_of(&format!("{HEADER}{body}"))
}

fn numbers_of(text: &str) -> Vec<u32> {
    let document = Document::new(text, &Catalog::built_in());
    let cable = &document.cables()[0].cable;
    cable.body.paragraphs.iter().map(|paragraph| paragraph.number).collect()
}

#[test]
fn a_text_run_together_is_read_as_far_as_its_numbers_go() {
    let text = "1. The mill was opened. End Summary. The Mill -------- 2. They came by ferry.\nThe Harbour is the First \
                Priority3. The minister spoke of the quays.4. After lunch they left. [Note: A ferry. End Note.] 5. \
                They wrote.\nMore boats are to come. Views on the Price of Bread 6. He left.A Visit to the Market \
                -7. She stayed. 8. All \
                slept.";
    assert_eq!(numbers(text), [1, 2, 3, 4, 5, 6, 7, 8]);
}

#[test]
fn the_last_number_needs_the_end_of_a_sentence() {
    assert_eq!(numbers("1. They came.\n\n2. They left.  3. The ferry sailed."), [1, 2, 3]);
    assert_eq!(numbers("1. They came.\n\n2. They left in \"June.\" 3. The ferry sailed."), [1, 2, 3]);
    for near in [
        "They left on June 3. The ferry sailed.",
        "They left on Sept. 3. The ferry sailed.",
        "They wrote of No. 3. The ferry sailed.",
        "They cite para. 3. The ferry sailed.",
        "They left Room 3. The ferry sailed.",
        "The price rose to 1.3. The ferry sailed.",
        "They met (in all) 3. The ferry sailed.",
        "A Visit to the Market 3. The ferry sailed.",
        "They left. 4. The ferry sailed.",
        "They left. 13. The ferry sailed.",
        "They left. 3. the ferry sailed.",
    ] {
        assert_eq!(numbers(&format!("1. They came.\n\n2. {near}")), [1, 2], "{near}");
    }
}

#[test]
fn a_list_inside_a_line_numbers_items() {
    for list in [
        "Four points: 1. They came. 2. They spoke. 3. They ate. 4. They left.",
        "They asked three things. 1. The price. 2. The mill. 3. The ferry.",
        "They quote it: 2. The price. 3. The mill. 4. The ferry.",
        "They left. 3. The ferry sailed. 9. The mill stood.",
        "They left. 3. The ferry sailed. 3. The mill stood. 3. The end.",
    ] {
        assert_eq!(numbers(&format!("1. They came.\n\n2. {list}")), [1, 2], "{list}");
    }
    assert_eq!(numbers("1. Three points: 1. They came. 2. They spoke. 3. They left."), [1]);
}

#[test]
fn after_a_heading_in_small_letters_a_number_counts_where_the_next_follows() {
    assert_eq!(numbers("1. They came. Source - Market News 2. The mill.\n\n3. They left."), [1, 2, 3]);
    assert_eq!(numbers("1. They came. The Law of the Harbour - 2. The mill.\n\n3. They left."), [1, 2, 3]);
    for near in [
        "They came to the old market 2. The mill.",
        "They came on April 2. The mill.",
        "They came to Market 2. The mill.",
        "THEY CAME TO THE MARKET 2. THE MILL.",
    ] {
        assert_eq!(numbers(&format!("1. {near}\n\n3. They left.")), [1, 3], "{near}");
    }
}

#[test]
fn a_marked_number_after_a_heading_goes_on_where_the_one_before_was_after_one() {
    let text = "1. (C) They came. THE HARBOUR OPENS  2. (C) They ate. THE COUNCIL LOOKS FOR MORE FERRIES; A MILL ASKS FOR \
                HELP WITH THE PRICE OF ITS BREAD  3. (C) They wrote. BACKGROUND  4. (C) They slept. 5. (C) They left.";
    assert_eq!(numbers(text), [1, 2, 3, 4, 5]);
    let text = "1. (C) They came. THE HARBOUR OPENS  2. (C) They ate. AS WAS SAID IN THE MEETING  4. (C) is its mark.";
    assert_eq!(numbers(text), [1, 2]);
    assert_eq!(
        numbers("1. (U) They came. A Visit to the Market 2. (U) They ate. Recommendation 3. (U) Go."),
        [1, 2, 3]
    );
    assert_eq!(numbers("1. (U) They came. With him came the miller Roe 2. (U) They ate well."), [1, 2]);
    assert_eq!(numbers("1. (U) They came to the old mill.2. (U) They ate well."), [1, 2]);
    assert_eq!(numbers("1. (U) They came on May 2. (U) is in Article 2. (U) and not in para 2. (U)"), [1]);
    assert_eq!(numbers("1. (U) They came with the miller 3. (U) They ate well."), [1]);
    let text = "1. (U) They came.\nThe number of boats is high2. (U) THE POLICE: They wrote.\n\n3. (U) They left.";
    assert_eq!(numbers(text), [1, 2, 3]);
    let text = "1. (U) They came.\nThey flew in a B2. (U) is its mark.\n\n3. (U) They left.";
    assert_eq!(numbers(text), [1, 3]);
}

#[test]
fn the_first_number_may_stand_behind_the_last_line_of_the_header() {
    let text = |line: &str, after: &str| {
        numbers_of(&format!(
            "C O N F I D E N T I A L ASTANA 002541\n\nE.O. 12958: DECL: 08/10/2019\nTAGS: PREL, KZ\nSUBJECT: DELEGATION \
             LEAVES\n{line}\n\n{after}"
        ))
    };
    for line in [
        "REF: ASTANA 412 Classified By: CDA ROE FOR REASONS 1.4 (B) AND (D) 1.Key points of the talks.",
        "Classified By: CDA Roe for reasons 1.4 (b) and (d). 1. The talks ended.",
        "REF: ASTANA 412 1. \"The talks\" ended.",
    ] {
        assert_eq!(text(line, "2.(U) They left.\n\n3.(U) They slept."), [1, 2, 3], "{line}");
        assert_eq!(text(line, "1.(U) They came.\n\n2.(U) They left."), [1, 2], "{line}");
    }
    assert_eq!(text("Classified By: CDA Roe for reasons 1.4 (b) and (d). 1. The talks", "The text."), []);
}

#[test]
fn a_header_copied_into_the_text_is_no_first_paragraph() {
    let scrap = "1. ...3/7/2005 14:18 UNCLAS ASTANA 002541 SIPDIS E.O. 12958: N/A TAGS: PREL, KZ\n\n";
    assert_eq!(numbers(&format!("{scrap}1. They came.\n\n2. They left.")), [1, 2]);
    let document = Document::new(&format!("{HEADER}{scrap}1. They came.\n\n2. They left."), &Catalog::built_in());
    assert_eq!(document.cables()[0].cable.body.paragraphs[0].marker.line, 8);
    assert_eq!(numbers("1. The order reads: E.O. 12958: N/A\n\n2. They left."), [1, 2]);
}

#[test]
fn numbers_in_brackets_count_a_text_that_has_no_others() {
    assert_eq!(numbers("(1) They came.\n\n(2) They spoke.\n\n(3) They left."), [1, 2, 3]);
    assert_eq!(numbers("(1) They came.\n\n2. They spoke.\n\n3. They left."), [1, 2, 3]);
    for near in [
        "They asked:\n\n(1) The price.\n\n(2) The mill.",
        "(1) They came.\n\n(2) They spoke.\n\n(4) They left.",
        "(1) They came.\n(2) They spoke.",
        "(1) They came.",
    ] {
        assert_eq!(numbers(near), [], "{near}");
    }
    assert_eq!(numbers("They asked:\n\n(1) The price.\n\n2. They left.\n\n3. They slept."), [2, 3]);
    assert_eq!(numbers("1. They came.\n\n(2) They spoke.\n\n3. They left."), [1, 3]);
}

#[test]
fn a_number_printed_twice_is_there_twice() {
    assert_eq!(numbers("1. They came.\n\n2. They ate.\n\n2. They spoke.\n\n3. They left."), [1, 2, 2, 3]);
    let titled = "1. They came.\n\n2. The Harbour -------\n\n2. They spoke.\n\n3. They left.";
    assert_eq!(numbers(titled), [1, 2, 3]);
    assert_eq!(
        numbers(
            "1. They came.\n\n2. They ate at the market of the old town and left it on MAY\n2. They spoke.\n\n3. They left."
        ),
        [1, 2, 3]
    );
}
