//! What stands where two sections of a cable meet, and at the end of its text.

use cable_catalog::Catalog;

use super::{assert_owned_once, read, shown};
use crate::text::{CableText, FurnitureKind, TextRole};
use crate::{Cable, Document};

/// A cable of two printed sections: what is between the sentence that they cut and the rest of it.
fn printed(between: &str) -> String {
    format!(
        "C O N F I D E N T I A L SECTION 01 OF 02 ASTANA 002541\nSIPDIS\nSTATE FOR SCA/CEN (ROE)\nE.O. 12958: DECL: 09/14/2017\n\
         TAGS: PREL KZ\nSUBJECT: MINISTER ON GRAIN, ROADS\nAND THE LAKE\n\n1. (C) THE MINISTER SAID THE GRAIN WOULD BE SOLD IN \
         THE\nSPRING. THE NEXT STEP WILL BE TO CHANGE THE\n{between}COUNCIL BY ADDING MEMBERS TO THOSE FROM THE TWO\nHOUSES \
         AND THE COURT. HE THOUGHT\nIT WOULD TAKE FIVE YEARS.\n\nROE\n"
    )
}

const WHOLE: &str = "THE MINISTER SAID THE GRAIN WOULD BE SOLD IN THE SPRING. THE NEXT STEP WILL BE TO CHANGE THE COUNCIL BY \
                     ADDING MEMBERS TO THOSE FROM THE TWO HOUSES AND THE COURT. HE THOUGHT IT WOULD TAKE FIVE YEARS.";

fn with<T>(text: &str, look: impl Fn(&CableText, &Cable) -> T) -> T {
    let document = Document::new(text, &Catalog::built_in());
    let cable = &document.cables()[0].cable;
    let text = CableText::of(cable);
    assert_owned_once(cable, &text);
    look(&text, cable)
}

fn words_of(text: &str) -> Vec<String> {
    with(text, |text, cable| text.blocks.iter().map(|block| block.text(cable)).collect())
}

/// The furniture of some kinds, in order.
fn pieces(text: &str, kinds: &[FurnitureKind]) -> Vec<String> {
    with(text, |text, cable| {
        let wanted = text.furniture.iter().filter(|piece| kinds.contains(&piece.kind));
        wanted.map(|piece| cable.slice(piece.span).to_owned()).collect()
    })
}

#[test]
fn a_repeated_header_ends_where_the_first_one_did() {
    let header = "C O N F I D E N T I A L SECTION 02 OF 02 ASTANA 002541\nSIPDIS\n";
    for keywords in [
        "E.O. 12958: DECL: 09/14/2017\nTAGS: PREL KZ\nSUBJECT: MINISTER ON GRAIN, ROADS\nAND THE LAKE\n\n",
        // The same without a blank line: the subject is known.
        "E.O. 12958: DECL: 09/14/2017\nTAGS: PREL KZ\nSUBJECT: MINISTER ON GRAIN,\nROADS AND THE LAKE\n",
        "STATE FOR SCA/CEN (ROE)\nE.O. 12958: DECL: 09/14/2017\nTAGS: PREL\nKZ\n",
        "E.O. 12958: DECL: 09/14/2017 TAGS: PREL KZ\n",
        "AND THE LAKE\nE.O. 12958: DECL: 09/14/2017\n",
        "",
    ] {
        assert_eq!(words_of(&printed(&format!("\n{header}{keywords}"))), [WHOLE, "ROE"], "{keywords}");
    }
}

#[test]
fn a_sentence_below_a_repeated_header_may_hold_a_keyword() {
    let header = "\nC O N F I D E N T I A L SECTION 02 OF 02 ASTANA 002541\nSIPDIS\n";
    for sentence in ["THE NOTE (REF: ASTANA 12) SPEAKS OF THE", "The order (E.O. 12958: N/A) speaks of the"] {
        let words = words_of(&printed(&format!("{header}{sentence}\n")));
        assert!(words[0].contains(&format!("CHANGE THE {sentence} COUNCIL")), "{words:?}");
    }
}

#[test]
fn the_distribution_of_a_later_section_may_be_one_line_with_its_addresses() {
    let head = "CONFIDENTIAL\n CONFIDENTIAL PTQ1234\nPAGE 01 ASTANA 02541 02 OF 02 141401Z ACTION SCA-00\nINFO LOG-00 NP-00 \
                AID-00 /012W ------------------A54E56 141401Z /38 O 141359Z SEP 07 FM AMEMBASSY ASTANA TO SECSTATE WASHDC \
                IMMEDIATE 7739 INFO NSC WASHDC\nC O N F I D E N T I A L SECTION 02 OF 02 ASTANA 002541\nSIPDIS\n";
    assert_eq!(words_of(&printed(head)), [WHOLE, "ROE"]);
    // A line that speaks of it and no page line above.
    let text = "INFO LOG-00 NP-00 WAS WRITTEN THERE, FROM ASTANA TO WASHDC,\n";
    assert!(words_of(&printed(text))[0].contains("INFO LOG-00"));
}

#[test]
fn the_foot_of_a_page_may_be_at_the_end_of_its_last_line() {
    let level = [FurnitureKind::PageClass];
    let cut = |foot: &str| {
        printed("")
            .replace("CHANGE THE\n", &format!("CHANGE THE{foot}CONFIDENTIAL\nPAGE 02 ASTANA 02541 01 OF 02 141401Z "))
    };
    for blanks in ["  ", "                  "] {
        assert_eq!(words_of(&cut(blanks)), [WHOLE, "ROE"]);
        assert_eq!(pieces(&cut(blanks), &level), ["CONFIDENTIAL"]);
    }
    assert!(words_of(&cut(" "))[0].contains("CHANGE THE CONFIDENTIAL COUNCIL"));
    // No page line follows.
    let none = printed("").replace("CHANGE THE\n", "CHANGE THE  CONFIDENTIAL\n");
    assert!(words_of(&none)[0].contains("THE  CONFIDENTIAL COUNCIL"));
    let reference = printed("")
        .replace("THE LAKE\n\n", "THE LAKE\nREF: ASTANA 412  CONFIDENTIAL\nPAGE 02 ASTANA 02541 01 OF 02 141401Z\n\n");
    with(&reference, |_, cable| {
        let entry = &cable.header.references.as_ref().expect("a list").entries[0];
        assert_eq!(cable.slice(entry.span), "ASTANA 412");
    });
}

#[test]
fn a_name_ends_a_line_that_begins_with_a_page_line() {
    let page = "PAGE 02 ASTANA 02541 01 OF 02 141401Z ";
    for (end, signature) in [
        (format!("{page}THEY LEFT. ROE\n CONFIDENTIAL\n"), Some("ROE")),
        (format!("{page}THEY LEFT. ROE      CONFIDENTIAL\nPAGE 03 ASTANA 02541 01 OF 02 141401Z\n"), Some("ROE")),
        (format!("{page}THEY LEFT FOR ROE\n CONFIDENTIAL\n"), None),
    ] {
        let text = printed("").replace("FIVE YEARS.\n\nROE\n", &format!("FIVE YEARS.\n{end}"));
        let found = with(&text, |_, cable| cable.signature.as_ref().map(|name| cable.slice(name.span).to_owned()));
        assert_eq!(found.as_deref(), signature, "{end}");
    }
}

#[test]
fn a_caption_inside_a_line_is_none_of_its_words() {
    for body in [
        "1. (U) They paid a visit to a SIPDIS village by the lake.\n\nROE\n",
        "1. (U) They paid a visit to a village SIPDIS\nby the lake.\n\nROE\n",
        "1. (U) They paid a visit to a village by the\n\nSIPDIS lake.\n\nROE\n",
        "1. (U) They paid a visit\nto a village and SIPDIS Lake by the lake.\n\nROE\n",
    ] {
        let text = &shown(body)[0];
        assert!(!text.contains("SIPDIS") && text.ends_with("lake."), "{text}");
        assert_eq!(shown(body).len(), 2, "{body}");
    }
    for body in [
        "1. (U) Please include SIPDIS in all replies.\n\nROE\n",
        "1. (U) Please use the caption SIPDIS in replies.\n\nROE\n",
        "1. (U) They read SIPDIS cables there.\n\nROE\n",
        "1. (U) Please use the caption\nSIPDIS in replies.\n\nROE\n",
        "1. (U) Please read the\nSIPDIS cables that came.\n\nROE\n",
        "1. (U) They read \"SIPDIS\" there.\n\nROE\n",
    ] {
        assert!(shown(body)[0].contains("SIPDIS"), "{body}");
    }
    let heading = "1. (U) They left. The Lake SIPDIS ----------\n\n2. (U) It froze.\n\nROE\n";
    assert_eq!(shown(heading)[1], "Heading: The Lake");
}

#[test]
fn the_notice_of_a_missing_section_is_none_of_the_text_and_joins_nothing() {
    let stars = "***********************";
    for notice in [
        format!("\n\n{stars}\n* Missing Section 002 *\n{stars}\n\n"),
        format!("\n\n{stars} * Missing Section 002 * {stars}\n\n"),
        format!(" {stars} * Missing Section 002 * {stars} "),
    ] {
        let body = format!(
            "1. (U) They said that the lake has become a{notice}few days of ice.\n\n2. (U) They left.\n\nROE\n"
        );
        let blocks = shown(&body);
        assert_eq!(
            blocks[..2],
            ["Paragraph 1: They said that the lake has become a", "Continuation 1: few days of ice."]
        );
        assert_eq!(blocks.len(), 4, "{blocks:?}");
    }
    let body = "1. (U) They said: Missing Section 002 is lost.\n\nROE\n";
    assert_eq!(shown(body)[0], "Paragraph 1: They said: Missing Section 002 is lost.");
}

#[test]
fn the_footer_of_a_post_is_under_no_number() {
    let footer = "Visit Embassy Astana's Classified Website:\nhttp://www.example/astana";
    let stars = "*********************************";
    for end in [
        format!("\n{footer}\nROE\n"),
        format!("\n{stars}\n{footer}\n{stars}\n\nROE\n"),
        format!("\n{stars} {} {stars} ROE\n", footer.replace('\n', " ")),
    ] {
        let body = format!("Comment\n-------\n\n1. (C) They left early.\n{end}");
        let blocks = read(&body, |text, cable| {
            let tell =
                |block: &crate::TextBlock| (block.text(cable), block.paragraph, block.role, block.headings.len());
            text.blocks.iter().map(tell).collect::<Vec<_>>()
        });
        assert_eq!(blocks[1], ("They left early.".to_owned(), Some(0), Some(TextRole::Comment), 1), "{end}");
        assert_eq!(blocks[2], (footer.replace('\n', " "), None, None, 0), "{end}");
        assert_eq!((blocks[3].0.as_str(), blocks.len()), ("ROE", 4), "{end}");
    }
    let far = "1. (C) They left.\n\nVisit Embassy Astana's website often.\n\n2. (C) a\n\n3. (C) a\n\n4. (C) a\n\n5. (C) a\n\n\
               6. (C) a\n\n7. (C) a\n\n8. (C) a\n\n9. (C) a\n\n10. (C) a\n\nROE\n";
    assert_eq!(shown(far)[1], "Continuation 1: Visit Embassy Astana's website often.");
}

#[test]
fn a_paragraph_without_a_number_has_its_mark() {
    let marks = |body: &str| {
        read(body, |text, cable| {
            let mark = |block: &crate::TextBlock| block.mark.map(|mark| cable.slice(mark).to_owned());
            text.blocks.iter().map(|block| (mark(block), block.text(cable))).collect::<Vec<_>>()
        })
    };
    let c = Some("C".to_owned());
    assert_eq!(marks("(C) The ferry left.\n\nROE\n")[0], (c, "The ferry left.".to_owned()));
    let nf = Some("C/NF".to_owned());
    assert_eq!(marks("(C/NF)\n\nThe ferry left.\n\nROE\n")[0], (nf, "The ferry left.".to_owned()));
    for text in ["(Commerce) The ferry left.", "(c) The ferry left.", "(C) ENTIRE TEXT."] {
        assert_eq!(marks(&format!("{text}\n\nROE\n"))[0], (None, text.to_owned()));
    }
}

#[test]
fn the_mark_of_the_text_may_end_the_line_of_the_reasons() {
    let cable = |end: &str| {
        format!(
            "S E C R E T ASTANA 002541\n\nE.O. 12958: DECL: 09/14/2017\nTAGS: PREL KZ\nSUBJECT: THE LAKE\n\nClassified By: DCM \
             Jane Roe for reasons 1.4 (b) and (d).{end}\n\nThe lake froze early this year.\n\nROE\n"
        )
    };
    with(&cable(" (S)"), |text, cable| {
        let block = &text.blocks[0];
        assert_eq!(block.mark.map(|mark| cable.slice(mark)), Some("S"));
        assert_eq!(block.text(cable), "The lake froze early this year.");
        assert_eq!(cable.header.classified_by.as_ref().expect("a line").value.reasons.len(), 2);
    });
    assert!(with(&cable(""), |text, _| text.blocks[0].mark.is_none()));
}

#[test]
fn a_heading_and_the_same_word_below_it_are_one_opening() {
    let roles = |body: &str| read(body, |text, _| text.blocks.iter().map(|block| block.role).collect::<Vec<_>>());
    let summary = Some(TextRole::Summary);
    let body = "Summary\n-------\n\n1. (C) Summary: They left. End summary.\n\n2. (C) They came.\n\nROE\n";
    assert_eq!(roles(body), [summary, summary, None, None]);
    // A block in another paragraph closes itself alone.
    let body =
        "Summary\n-------\n\n1. (C) They left.\n\n2. (C) Summary: They came. End summary.\n\n3. (C) It froze.\n\nROE\n";
    assert_eq!(roles(body), [summary, summary, summary, summary, None]);
    let action = Some(TextRole::Action);
    assert_eq!(
        roles("1. (C) ACTION REQUESTED: Please tell the keeper.\n\n2. (C) It froze.\n\nROE\n"),
        [action, None, None]
    );
    assert_eq!(roles("1. (C) ACTION REQUESTED of the keeper.\n\n2. (C) It froze.\n\nROE\n"), [None, None, None]);
}

#[test]
fn a_word_at_the_end_of_a_line_heads_what_follows() {
    let body = |end: &str| format!("1. (C) They have all spoken for the lake.{end}\n\n2. (C) It froze.\n\nROE\n");
    let read = |end: &str| read(&body(end), |text, _| text.blocks.iter().map(|block| block.role).collect::<Vec<_>>());
    let comment = Some(TextRole::Comment);
    for end in ["  Comment", " COMMENT:"] {
        assert_eq!(read(end), [None, comment, comment, None]);
    }
    for end in [" No Comment", " comment", " Commerce"] {
        assert!(read(end).iter().all(Option::is_none), "{end}");
    }
}
