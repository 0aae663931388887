//! How the text of a cable is arranged: headings, paragraphs, signature. Small texts, each a kind that copies have.

use cable_catalog::Catalog;

use crate::document::Document;

const HEADER: &str = "UNCLAS ASTANA 002541\n\nE.O. 12958: N/A\nTAGS: PREL, KZ\nSUBJECT: DELEGATION LEAVES\n\n";

/// What was read of a text below a header.
struct Read {
    headings: Vec<String>,
    numbers: Vec<u32>,
    signature: Option<String>,
    trailer: Vec<String>,
}

fn read_all(text: &str) -> Read {
    let document = Document::new(text, &Catalog::built_in());
    let cable = &document.cables()[0].cable;
    Read {
        headings: cable.body.headings.iter().map(|heading| cable.slice(heading.span).to_owned()).collect(),
        numbers: cable.body.paragraphs.iter().map(|paragraph| paragraph.number).collect(),
        signature: cable.signature.as_ref().map(|signature| cable.slice(signature.span).to_owned()),
        trailer: cable.trailer.iter().map(|line| cable.slice(line.span).to_owned()).collect(),
    }
}

fn read(body: &str) -> Read {
    read_all(&format!("{HEADER}{body}"))
}

/// The headings between a first paragraph and a second one.
fn headings(between: &str) -> Vec<String> {
    read(&format!("1. (U) The talks went on.\n{between}\n2. (U) They ended.\n\nROE\n")).headings
}

#[test]
fn a_heading_is_its_words_without_its_rules() {
    for between in [
        "\nThe Way Forward\n",
        "\nThe Way Forward\n---------------\n",
        "\n---------------\nThe Way Forward\n---------------\n",
        "\nThe Way Forward ---------------\n",
        "\n--------------- The Way Forward ---------------\n",
        "\n~~~~~ The Way Forward ~~~~~\n",
        "\nThe Way Forward   ASTANA 00002541  002 OF 002\n",
        "The Way Forward\n---------------",
    ] {
        assert_eq!(headings(between), ["The Way Forward"], "{between}");
    }
}

#[test]
fn two_dashes_on_both_sides_are_no_words_of_a_heading() {
    assert_eq!(headings("\n-- The Way Forward --\n"), ["The Way Forward"]);
    assert_eq!(headings("\n-- the mill is old --\n"), Vec::<String>::new(), "an item");
    assert_eq!(headings("\n-- The mill is old\n"), Vec::<String>::new(), "an item");
}

#[test]
fn a_title_with_a_semicolon_stands_among_others() {
    let titled = |second: &str| {
        read(&format!(
            "1. (U) One.\n\n{second}\n\n2. (U) Two.\n\nOats and Rye\n\n3. (U) Three.\n\nOld Mills\n\n4. (U) Four.\n\nNew Mills\n\n5. (U) Five.\n\nROE\n"
        ))
        .headings
    };
    assert_eq!(titled("Wheat and Flour;"), ["Wheat and Flour;", "Oats and Rye", "Old Mills", "New Mills"]);
    assert_eq!(titled("wheat and flour;").len(), 3);
    assert_eq!(titled("A first point;\n\nA Second Point;").len(), 3, "items of a list");
    assert_eq!(headings("\nWheat and Flour;\n"), Vec::<String>::new(), "no other titles");
}

#[test]
fn the_rule_above_the_next_title_underlines_nothing() {
    assert_eq!(headings("They left again.\n(Lead: Miller)\n\n\n------\n\nBREAD\n\n------\n"), ["BREAD"]);
    assert_eq!(headings("They left again.\nThe Price of Bread\n------\n"), ["The Price of Bread"]);
}

#[test]
fn headings_of_several_lines_in_dots_and_long_ones() {
    assert_eq!(headings("\nThe Ministers Meet\nand Talk\n---------\n"), ["The Ministers Meet", "and Talk"]);
    assert_eq!(
        headings("\nTHE MINISTERS MEET,\nTHEY TALK\nAND LEAVE\n------\n"),
        ["THE MINISTERS MEET,", "THEY TALK", "AND LEAVE"]
    );
    assert_eq!(headings("\nBread Is Dear...\n\n"), ["Bread Is Dear..."]);
    assert_eq!(headings("\n. . . AND WHY NOT?\n"), [". . . AND WHY NOT?"]);
    assert_eq!(headings("\nRelations with the U.S.\n-------\n"), ["Relations with the U.S."]);
    let long = "MINISTERS AGREE ON BREAD AND BUTTER BUT NOT ON MILK, CHEESE AND THE HARVEST FAIR";
    assert_eq!(headings(&format!("\n{long}\n")), [long]);
}

#[test]
fn a_heading_without_blank_lines_is_told_by_its_capitals_or_its_rule() {
    assert_eq!(headings("THE PRICE OF BREAD"), ["THE PRICE OF BREAD"]);
    assert_eq!(headings("BAKERS AND MILLERS\nAGREE ON A PRICE"), ["BAKERS AND MILLERS", "AGREE ON A PRICE"]);
    assert_eq!(
        headings("THEY WENT ON AND SAID\nTHAT BREAD WAS DEAR AND\nMILK"),
        Vec::<String>::new(),
        "a text in capitals"
    );
    assert_eq!(headings("They met again. [Example Post, 2/5/2009] TRADE\n"), ["TRADE"], "after a source");
    assert_eq!(headings("They met again with UNESCO\n"), Vec::<String>::new());
    assert_eq!(headings("They met. [Example Post, 2/5/2009]\n"), Vec::<String>::new());
    assert_eq!(headings("\nASTANA\n"), Vec::<String>::new(), "what is left of a page line");
    assert_eq!(headings("\nASTANA\n------\n"), ["ASTANA"]);
    assert_eq!(headings("It rose.  THE PRICE OF BREAD\n"), ["THE PRICE OF BREAD"]);
    assert_eq!(headings("It rose.  The Price of Bread -------------\n"), ["The Price of Bread"]);
    assert_eq!(headings("It rose. ------- Comment -------\n"), ["Comment"]);
    assert_eq!(headings("The Price of Bread"), Vec::<String>::new());
    assert_eq!(headings("They went on until the end of the\nTalks"), Vec::<String>::new(), "the rest of a sentence");
}

#[test]
fn a_heading_over_a_rule_after_the_sentence_of_a_paragraph() {
    let headings =
        |first: &str| read(&format!("1. (U) {first}\n--------------\n\n2. (U) They ended.\n\nROE\n")).headings;
    assert_eq!(headings("The market opened today. The Traders Speak"), ["The Traders Speak"]);
    assert_eq!(headings("The Market Opens"), ["The Market Opens"]);
    assert_eq!(headings("Mr. Doe Speaks to the U.S. Press"), ["Mr. Doe Speaks to the U.S. Press"]);
}

#[test]
fn a_signature_stands_above_footnotes() {
    let signed = read("1. (U) They met.\n\nROE\n-----------\n1 See above.\n2 Ibid.\n");
    assert_eq!(signed.signature.as_deref(), Some("ROE"));
    let table = read("1. (U) They met.\n\nTRADE\n-----------\n1 Wheat   200\n2 Oats   100\n");
    assert_eq!(table.signature, None);
}

#[test]
fn what_an_ambassador_does_may_head_a_text() {
    assert_eq!(headings("\nFROM THE AMBASSADOR'S DIARY\n"), ["FROM THE AMBASSADOR'S DIARY"]);
}

#[test]
fn what_is_short_and_no_heading() {
    for between in [
        "\nJane Roe\n\nJohn Doe\n\nMary Major, Notetaker\n",
        "\nJane Roe\nAmbassador John Doe\nMary Major (notetaker)\n\nNorthland\n\nChief A. Poe\nB. Moe\n",
        "\nThe participants:\n\nJane Roe\n",
        "\nSENSITIVE BUT UNCLASSIFIED - PLEASE PROTECT ACCORDINGLY\n",
        "\nBEGIN TEXT\n\nThe talks.\n\nEND TEXT\n",
        "\nREF: ASTANA 379\n",
        "\nRef A: ASTANA 379\n",
        "\nZFR ZFR\n",
        "\nClassified By: Jane Roe\n",
        "\nYear   Price\n----   -----\n2005   12\n2006   14\n",
        "\nhe had seen the \"village.\"\n",
        "\nVILLAGE COOKING.\"\n",
        "\nXXXXXXXXXXXX\n",
        "\nMr. Secretary:\n",
        "\nVisit the Embassy's Website: roe\n",
        "\nFOR THE AMBASSADOR...\n",
    ] {
        assert_eq!(headings(between), Vec::<String>::new(), "{between}");
    }
}

#[test]
fn a_paragraph_begins_inside_a_line_when_its_number_is_missing() {
    let numbers = |second: &str| read(&format!("1. (U) One.\n\n{second}\n\n3. (U) Three.\n\nROE\n")).numbers;
    for second in [
        "It ended. 2. (U) Two.",
        "THE PRICE OF BREAD  2. (U) Two.",
        "the other does not; COMMENT: 2. (U) Two.",
        "in the middle of an exercise 2. (U) Two.",
        "------- Comment ------- 2. (U) Two.",
        "It ended. 2 (U) Two.",
        "2, (U) Two.",
        "(2) (U) Two.",
        "2 . (U) Two.",
        "2. (U) Two\thas\tmany\ttabs.",
        "2.xxxxxxxxxxxx",
    ] {
        assert_eq!(numbers(second), [1, 2, 3], "{second}");
    }
    for second in ["see para 2. (U) and more", "the number 2 (U) is one"] {
        assert_eq!(numbers(second), [1, 3], "{second}");
    }
}

#[test]
fn a_signature_stands_above_what_a_copy_left() {
    let signature = |end: &str| read(&format!("1. (U) The delegation left.\n{end}\n")).signature;
    for (end, name) in [
        ("\nROE\n\nNNNN\n\nEnd Cable Text", "ROE"),
        ("ROE\n..", "ROE"),
        ("ROE \"", "ROE"),
        ("\nROE\n\"", "ROE"),
        ("\nROE\n</td></tr>\n</table>", "ROE"),
        ("\nROE\n_______________\n1\n2\n3", "ROE"),
        ("\nROE\nCONFIDENTIAL\n<< END OF DOCUMENT >>", "ROE"),
        ("\nROE\n\nVisit Astana's Classified Website at http://www.example.gov/\nPortal:Kazakhstan\"", "ROE"),
        ("van Roe", "van Roe"),
        ("\nLeRoe", "LeRoe"),
        ("2. (U) They are back. Winslow", "Winslow"),
        ("2. (U) (Note: They are back. End note.) ROE", "ROE"),
        ("2. (U) They are back.\n************* ******** ROE", "ROE"),
        ("\nROE ROE", "ROE"),
        ("\nROE\nROE", "ROE"),
        ("\nroebuck", "roebuck"),
    ] {
        assert_eq!(signature(end).as_deref(), Some(name), "{end}");
    }
    for end in ["2. (U) They went to see Mr. Winslow", "\nIt came back.", "2. (U) They saw the U.S. Embassy"] {
        assert_eq!(signature(end), None, "{end}");
    }
    let document = Document::new(&format!("{HEADER}1. (U) They left.\nROE\nROE\n"), &Catalog::built_in());
    assert_eq!(document.cables()[0].cable.body.fragments.len(), 0, "both lines are the signature's");
    assert_eq!(read("1. (U) They left.\nROE\nCONFIDENTIAL\n\nNNN\n").trailer, ["CONFIDENTIAL", "NNN"]);
}

#[test]
fn a_number_before_what_was_taken_out_is_a_paragraph() {
    let numbers = |second: &str| {
        read(&format!("1. (C) One.\n\n{second}\n\n13. (C) They met.\n\n14. (C) They left.\n\nROE\n")).numbers
    };
    assert_eq!(numbers("2. XXXXXXXXXXXX"), [1, 2, 13, 14]);
    assert_eq!(numbers("2. XXXX and wheat"), numbers("2. Oats and wheat"), "a text with a name taken out is as before");
}

#[test]
fn a_contents_list_that_comes_again_numbers_no_paragraphs() {
    let first_line = |contents: &str| {
        let text = format!("{HEADER}{contents}\n1. Bread\n\nIt is dear.\n\n2. Flour\n\nThere is none.\n\n3. Mills\n");
        let document = Document::new(&text, &Catalog::built_in());
        let paragraphs = &document.cables()[0].cable.body.paragraphs;
        assert_eq!(paragraphs.len(), 3);
        paragraphs[0].marker.line
    };
    assert_eq!(first_line("1. Bread\n2. Flour\n3. Mills\n"), 10, "below the list");
    assert_eq!(first_line(""), 7);
    assert_eq!(read("1. Oats\n2. Rye\n3. Barley\n\nThat is all.\n").numbers, [1, 2, 3], "nothing comes again");
}

#[test]
fn a_missing_number_without_a_mark_is_found() {
    let numbers = |text: &str| read(text).numbers;
    assert_eq!(numbers("1. One ends. 2. Two goes on.\n\n3. Three.\n"), [1, 2, 3]);
    assert_eq!(numbers("1. One ends.\n\n2 The second goes on.\n\n3. Three.\n"), [1, 2, 3]);
    assert_eq!(numbers("1. One is in room 2. Two goes on.\n\n3. Three.\n"), [1, 3], "no sentence ends");
    assert_eq!(numbers("1. One ends. 2. Two. 3. Three. 4. Four.\n\n3. Three.\n"), [1, 3], "a list");
    assert_eq!(numbers("1. One ends. 2. Two goes on.\n\n2. Two.\n"), [1, 2], "it is there");
    assert_eq!(numbers("1. One ends.\n\n2 Mills stand still.\n\n3. Three.\n"), [1, 3], "it counts");
}

#[test]
fn the_numbers_of_a_quoted_text_count_no_paragraphs_of_a_marked_cable() {
    let numbers = |opens: &str, quoted: &str, after: &str| {
        read(&format!("1. (U) One.\n\n2. (U) Two.\n\n3. (U) {opens}\n\n{quoted}\n\n{after}ROE\n")).numbers
    };
    let mill = "1. The mill is old.\n\n2. It stands still.\n\n3. It is closed.\n\n4. It is sold.\n\n5. It is gone.";
    let high =
        "42. It is old.\n\n43. It is big.\n\n44. It is far.\n\n45. It is hot.\n\n46. It is low.\n\n47. It is dry.";
    for quoted in [mill, high] {
        for opens in ["Begin text of the report of the mill:", "Full Text of Report", "The text of it is as follows:"] {
            assert_eq!(numbers(opens, quoted, ""), [1, 2, 3], "{opens}");
        }
        assert_eq!(numbers("Begin text of report:", quoted, "4. (U) Four.\n\n"), [1, 2, 3, 4]);
        assert_eq!(numbers("Begin text of report:", quoted, "End text.\n\n4. Four.\n\n"), [1, 2, 3, 4]);
    }
    assert_eq!(numbers("Begin text of report:", "The mill is old.", "4. Four.\n\n"), [1, 2, 3, 4], "the next");
    assert_eq!(numbers("They spoke of it.", high, ""), [1, 2, 3, 42, 43, 44, 45, 46, 47], "nothing is quoted");
}

#[test]
fn what_a_table_left_in_front_of_a_number_hides_no_paragraph() {
    let text = "1. (C) One ends. ,,\"\" ,,\"\"2. (C) Two ends. ,\"\" ,\"3. (C) Three goes\n\"4. (C) Four.\n\nROE\n";
    assert_eq!(read(text).numbers, [1, 2, 3, 4]);
    assert_eq!(read("1. (C) He read \"2. (C) of it\" aloud.\n\nROE\n").numbers, [1]);
}

#[test]
fn a_number_may_end_the_line_of_its_rule() {
    let text = "1. Oats\n\n2. Rye\n\n------ Mills ------ 3.\n\nThey stand still.\n\n4. Fairs\n\nROE\n";
    assert_eq!(read(text).numbers, [1, 2, 3, 4]);
}

#[test]
fn a_copy_breaks_off_at_dots_with_nothing_below_them() {
    let cut_off = |text: &str| Document::new(text, &Catalog::built_in()).cables()[0].cable.cut_off;
    assert!(!cut_off(&format!("{HEADER}1. (U) One.\n\nWHO WILL MILL ...\n\n2. (U) Two.\n\nROE\n")), "a heading");
    assert!(!cut_off(&format!("{HEADER}1. (U) He said he would...\n\nROE\n")), "a sentence");
    assert!(cut_off(&format!("{HEADER}1. (U) One.\n\n2. (U) He sa...\n")));
    assert!(cut_off("UNCLAS ASTANA 002541\n\nSUBJECT: WHO WILL...\n\nUNCLAS ASTANA 002541 1. (U) One.\n\nROE\n"));
    assert!(!cut_off(&format!("{HEADER}1. (U) One.\n\nROE\n\n...\n")), "after the signature");
    let preview = "UNCLAS ASTANA 002541\n\nSUBJECT: DELEGATION LEA...\n\nid: 123456\n";
    assert!(!cut_off(&format!("{preview}{HEADER}1. (U) One.\n\nROE\n")), "a preview above the whole cable");
    let run_together = "UNCLAS ASTANA 002541 E.O. 12958: N/A TAGS: PREL, KZ\n";
    assert!(
        cut_off(&format!("{preview}{run_together}\n1. (U) One.\n\nROE\n")),
        "what is run together may lack as much"
    );
}

#[test]
fn numbers_with_brackets_are_items_below_numbers_with_periods() {
    let items = "a. Wheat\n\n1) Mills.\n\n2) Bakers.\n\nb. Oats\n\n1) Mills.\n\n2) Bakers.\n\n3) Fairs.\n\n";
    let text = format!("1. (C) One.\n\n2. (C) Two:\n\n{items}ROE\n");
    assert_eq!(read(&text).numbers, [1, 2]);
    assert_eq!(read("1) One.\n\n2) Two.\n\n3) Three.\n\nROE\n").numbers, [1, 2, 3], "a habit");
    assert_eq!(read("1. (C) One.\n\n2) Two.\n\n3. (C) Three.\n\nROE\n").numbers, [1, 2, 3], "a bracket by mistake");
}

#[test]
fn a_row_of_a_data_base_ends_the_text() {
    for after in [
        " ROE 0 03/07/2007 5729 PREL,KZ MILLERS MEET The millers met.",
        "\n\nROE\n\n0 03/07/2007 5729 PREL,KZ MILLERS MEET The millers met.",
        "\n\nROE NNNN\t2007-03-07\tMILLERS MEET\t\n\nThe millers met.",
    ] {
        let read = read(&format!(
            "1. (U) The millers met.\n\nTalks\n-----\n\n2. (U) They left.{after}\n\nTalks\n-----\n\n2. (U) They\n"
        ));
        assert_eq!(read.signature.as_deref(), Some("ROE"), "{after}");
        assert_eq!((read.numbers, read.headings), (vec![1, 2], vec!["Talks".to_owned()]), "{after}");
    }
    // The whole cable again is the copy that is read.
    let again = format!(
        "{HEADER}1. (U) The millers\n\n0 03/07/2007 5729 PREL,KZ MILLERS MEET\n\n{HEADER}1. (U) The millers met.\n\n2. (U) They left.\n\nROE\n"
    );
    assert_eq!(read_all(&again).numbers, [1, 2]);
    let table = read("1. (U) The millers met.\n\nWheat\t2007-03-07\t200\n\n2. (U) They left.\n\nROE\n");
    assert_eq!(table.numbers, [1, 2]);
}

#[test]
fn letters_that_answer_questions_are_no_marks_and_a_later_section_begins_anywhere() {
    let text = format!("{HEADER}1. (U) Answers follow.\n\n2. (a) Yes.\n\n3. (b) Yes.\n\n4. (c) Yes.\n\nROE\n");
    let document = Document::new(&text, &Catalog::built_in());
    let marks = document.cables()[0].cable.body.paragraphs.iter().filter(|one| one.marker.value.mark.is_some()).count();
    assert_eq!(marks, 1);
    assert_eq!(read_all("UNCLAS SECTION 02 OF 02 ASTANA 002541\n\n5. The delegation left.\n\nROE\n").numbers, [5]);
}

#[test]
fn a_text_glued_to_the_list_of_references_is_no_reference() {
    let text =
        "(U) We told the keeper of the old mill about the grain, and he will come back to us with names by noon.";
    for head in ["SUBJECT: WHEAT\nREF: STATE 5535", "SUBJECT:\n\nWHEAT REF: STATE 5535"] {
        let cable = format!(
            "R 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC 0680\n\nUNCLAS ASTANA 002541\n\n\
             E.O. 12958: N/A\nTAGS: PREL, KZ\n{head} {text}\n"
        );
        let document = Document::new(&cable, &Catalog::built_in());
        let cable = &document.cables()[0].cable;
        let head = crate::HeadReading::of(cable, 0);
        let written: Vec<&str> = head.refs.iter().map(|reference| reference.text.as_str()).collect();
        assert_eq!((head.subject.as_deref(), written), (Some("WHEAT"), vec!["STATE 5535"]));
    }
}

#[test]
fn the_last_lines_of_a_sentence_head_nothing() {
    let prose = "1. (U) THE MAYOR WAS NAMED TWO YEARS AGO TO A POST IN THE TOWN.\nHER RISE BEGAN TO DRAW THE EYES OF THE PRESS, \
                 WHICH\nDUBBED HER \"MOST LIKELY TO STAY.\"\n\n----------------\n. . .AND THE LAKE\n----------------\n\n2. (U) IT FROZE.\n\nROE\n";
    assert_eq!(read(prose).headings, [". . .AND THE LAKE"]);
    // With its rule directly below it is one.
    let title = "1. (U) THE MAYOR WAS NAMED TWO YEARS AGO TO A POST IN THE TOWN.\nTHE MAYOR AND\nTHE LAKE\n--------\n\n2. (U) IT FROZE.\n\nROE\n";
    assert_eq!(read(title).headings, ["THE LAKE"]);
    let spaced = "1. (U) THE MAYOR CAME TO THE LAKE,\n\nTHE TOWN AND THE HIGH-\n\n2. (U) THEY LEFT.\n\nROE\n";
    assert!(read(spaced).headings.is_empty());
}

#[test]
fn a_list_of_references_goes_on_in_a_line_with_a_letter() {
    let cable = |second: &str| {
        format!(
            "UNCLAS ASTANA 002541\n\nE.O. 12958: N/A\nTAGS: PREL, KZ\nSUBJECT: THE LAKE\n\nREF: (A) STATE 253201 (B) ROE/DOE\n{second}\n\n1. (U) It froze.\n\nROE\n"
        )
    };
    let refs = |second: &str| {
        let text = cable(second);
        let document = Document::new(&text, &Catalog::built_in());
        document.cables()[0].cable.header.references.as_ref().map_or(0, |list| list.entries.len())
    };
    assert_eq!(
        (refs("TELECON (C) ROE/SMITH TELECON"), read_all(&cable("TELECON (C) ROE/SMITH TELECON")).headings.len()),
        (3, 0)
    );
    assert_eq!(read_all(&cable("THE LAKE")).headings, ["THE LAKE"]);
}

#[test]
fn a_line_of_many_captions_is_read_to_an_end() {
    let line = "NOFORN SENSITIVE SIPDIS ".repeat(20_000);
    let text = format!(
        "UNCLAS ASTANA 002541\n{line}\nE.O. 12958: N/A\nTAGS: PREL, KZ\nSUBJECT: THE LAKE\n\n1. (U) It froze.\n\nROE\n"
    );
    let document = Document::new(&text, &Catalog::built_in());
    let header = &document.cables()[0].cable.header;
    assert_eq!((header.captions.len(), header.handling.len()), (32, 1));
}

#[test]
fn captions_behind_the_reason_of_a_correction_are_their_own() {
    let text = "UNCLAS ASTANA 002541\nC O R R E C T E D  C O P Y - ADDED LINE SIPDIS SENSITIVE\nE.O. 12958: N/A\nTAGS: PREL, KZ\nSUBJECT: THE LAKE\n\n1. (U) It froze.\n\nROE\n";
    let document = Document::new(text, &Catalog::built_in());
    let captions = document.cables()[0].cable.header.captions.iter().map(|caption| caption.value.clone());
    assert_eq!(captions.collect::<Vec<_>>(), ["C O R R E C T E D  C O P Y - ADDED LINE", "SIPDIS", "SENSITIVE"]);
}
