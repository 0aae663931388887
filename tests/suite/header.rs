//! The fields of the header as they are in copies of every kind.

use cable_catalog::Catalog;
use cable_syntax::{Document, Placed, Reading};
use serde_json::{Value, json};

/// Above each header.
const FIRST: &str = "C O N F I D E N T I A L ASTANA 000412\n\nSIPDIS\n\nE.O. 12958: DECL: 03/06/2017\nTAGS: PREL KZ\n";

fn readings(text: &str) -> Vec<Value> {
    let catalog = Catalog::built_in();
    let document = Document::new(text, &catalog);
    let reading = |placed: &Placed| Reading::of(&placed.cable, placed.first_line);
    document.cables().iter().map(|placed| serde_json::to_value(reading(placed)).expect("a reading is JSON")).collect()
}

/// The reading of a text that is one cable.
fn reading(text: &str) -> Value {
    let mut readings = readings(text);
    assert_eq!(readings.len(), 1, "{text}");
    readings.remove(0)
}

fn texts(lines: &Value) -> Vec<&str> {
    let lines = lines.as_array().map(Vec::as_slice).unwrap_or_default();
    lines.iter().filter_map(|line| line["text"].as_str()).collect()
}

#[test]
fn a_subject_ends_where_its_words_do() {
    for (lines, subject) in [
        (
            "SUBJECT: MINISTER TO VISIT THE GRAIN FAIR ON MAY\n8, 2007\n",
            "MINISTER TO VISIT THE GRAIN FAIR ON MAY 8, 2007",
        ),
        (
            "SUBJECT: MINISTER TO VISIT THE GRAIN FAIR (MAY 8,\n2007)\n",
            "MINISTER TO VISIT THE GRAIN FAIR (MAY 8, 2007)",
        ),
        ("SUBJECT: MINISTER TO VISIT THE GRAIN FAIR IN\n2007\n", "MINISTER TO VISIT THE GRAIN FAIR IN 2007"),
        (
            "SUBJECT: THE MILLERS' LONG ROAD TO THE GRAIN FAIR:\n\nMANY WAIT, FEW ARRIVE\n",
            "THE MILLERS' LONG ROAD TO THE GRAIN FAIR: MANY WAIT, FEW ARRIVE",
        ),
        ("SUBJECT: WHEAT SENSITIVE BUT UNCLASSIFIED - PLEASE PROTECT ACCORDINGLY\n", "WHEAT"),
        ("SUBJECT: WHEAT\nSENSITIVE BUT UNCLASSIFIED - PLEASE PROTECT ACCORDINGLY\n", "WHEAT"),
        ("SUBJECT: WHEAT\n\nASTANA 000412 SIPDIS E.O. 12958: DECL: 03/06/2017 TAGS: PREL KZ\n", "WHEAT"),
        ("SUBJECT: WHEAT\n///// ZFR CANCEL THIS MESSAGE /////\n", "WHEAT"),
    ] {
        let text = format!("{FIRST}{lines}\nREF: ASTANA 379\n\n1. (C) It is in.\n");
        let reading = reading(&text);
        assert_eq!(reading["subject"], subject, "{text}");
        assert_eq!(reading["refs"][0]["serial"], 379, "{text}");
        assert_eq!(reading["tags"], json!(["PREL", "KZ"]), "{text}");
    }
}

#[test]
fn the_first_heading_may_be_glued_to_the_reasons_over_its_rule() {
    let by = "CLASSIFIED BY: Jane Roe, Consul. REASON: 1.4 (a), (b), (d)";
    let read = |after: &str| reading(&format!("{FIRST}SUBJECT: WHEAT\n\n{by}{after}\n"));
    let glued = read(" Summary\n- - - -\n1. (C) It is in.");
    assert_eq!(texts(&glued["headings"]), ["Summary"]);
    assert_eq!(glued["classified_by"]["text"], by);
    for after in ["\n- - - -\nSummary\n- - - -\n1. (C) It is in.", " Declassify on: 2017\n\n1. (C) It is in."] {
        assert_eq!(read(after)["classified_by"]["reasons"], json!(["a", "b", "d"]), "{after}");
    }
    let sources = read(" Derived from: several\n------\nSUMMARY\n------\n1. (C) It is in.");
    assert_eq!(texts(&sources["headings"]), ["SUMMARY"]);
}

#[test]
fn a_keyword_glued_to_the_last_word_of_a_subject_begins_the_list() {
    for (lines, subject, first) in [
        (
            "SUBJECT: WHO MILLS FOR THE TOWN OF PRIMEREF: A. ASTANA 379  B. ALMATY 12\n",
            "WHO MILLS FOR THE TOWN OF PRIME",
            379,
        ),
        ("SUBJECT: THE GRAIN FAIR, MAY 11-13REFS: ASTANA 379\n", "THE GRAIN FAIR, MAY 11-13", 379),
        ("SUBJECT: THE MILLERS' LOST AMCITREF: \n\nA. ASTANA 379 B. ALMATY 12\n", "THE MILLERS' LOST AMCIT", 379),
    ] {
        let reading = reading(&format!("{FIRST}{lines}\n1. (C) It is in.\n"));
        assert_eq!(reading["subject"], subject, "{lines}");
        assert_eq!(reading["refs"][0]["serial"], first, "{lines}");
    }
    for subject in ["A NOTE ON THE AMCITREF: WHAT IT IS", "A NOTE ON THE PREFS OF MILLERS"] {
        let reading = reading(&format!("{FIRST}SUBJECT: {subject}\n\n1. (C) It is in.\n"));
        assert_eq!(reading["subject"], subject);
        assert_eq!(reading["refs"], json!([]));
    }
}

#[test]
fn a_text_without_blank_lines_begins_where_the_subject_had_room() {
    let reading = |lines: &str| reading(&format!("{FIRST}{lines}"));
    let short = reading("SUBJECT: FERRY\nTHE FERRY SAILED ON TUESDAY AND THE\nCREW WAS PAID.\nROE\n");
    assert_eq!(short["subject"], "FERRY");
    let by_hand = reading("SUBJECT: FERRY\n         AND HARBOR\n1. (C) IT SAILED.\n");
    assert_eq!(by_hand["subject"], "FERRY AND HARBOR");
    let long = reading("SUBJECT: THE FERRY SAILED ON TUESDAY AND THE HARBOR\nWAS SHUT\n1. (C) IT SAILED.\n");
    assert_eq!(long["subject"], "THE FERRY SAILED ON TUESDAY AND THE HARBOR WAS SHUT");
}

#[test]
fn short_lines_hide_no_field_behind_them() {
    let text = format!(
        "{FIRST}SUBJECT: WHEAT\n\nREF: A) ASTANA 379 B) EMBASSY DAILY OF\n\nFEBRUARY 7\n\nPREL,KZ\n\nCLASSIFIED BY: DCM Jane Roe, Embassy,\n\nDepartment of State. REASON: 1.4 (b), (d)\n\n1. (C) It is in.\n"
    );
    let reading = reading(&text);
    assert_eq!(texts(&reading["refs"]), ["ASTANA 379", "EMBASSY DAILY OF FEBRUARY 7"]);
    assert_eq!(reading["classified_by"]["reasons"], json!(["b", "d"]));
    assert_eq!(texts(&reading["handling"]), ["PREL,KZ"]);
}

#[test]
fn keywords_inside_a_line_begin_their_fields() {
    let text = format!(
        "{FIRST}SUBJECT: DEMARCHE DELIVERED ON THE GRAIN FAIR\n\nMEETING REF: ASTANA 379 CLASSIFIED BY: DCM JANE ROE; REASON: 1.4(B)\n\n1. (C) It is in.\n"
    );
    let reading = reading(&text);
    assert_eq!(reading["subject"], "DEMARCHE DELIVERED ON THE GRAIN FAIR MEETING");
    assert_eq!(texts(&reading["refs"]), ["ASTANA 379"]);
    assert_eq!(reading["classified_by"]["reasons"], json!(["b"]));
}

#[test]
fn references_go_on_over_lines_and_keywords() {
    for (lines, ids) in [
        ("REF A: ASTANA 379\nREF B: 06 ALMATY 412\n", ["A ASTANA 379", "B 06 ALMATY 412"]),
        ("REF: A. ASTANA\n379 B. 06\nALMATY 412\n", ["A ASTANA\n379", "B 06\nALMATY 412"]),
        ("REF: A. ASTANA 379\u{2028}B. 06 ALMATY 412\n", ["A ASTANA 379", "B 06 ALMATY 412"]),
        ("REF: A. ASTANA 379\nASTANA 00000412\nB. 06 ALMATY 412\n", ["A ASTANA 379", "B 06 ALMATY 412"]),
    ] {
        let text = format!("{FIRST}SUBJECT: WHEAT\n\n{lines}\n1. (C) It is in.\n");
        let reading = reading(&text);
        let list = reading["refs"].as_array().expect("a list");
        let shown = list.iter().map(|entry| {
            format!("{} {}", entry["letter"].as_str().unwrap_or("-"), entry["text"].as_str().unwrap_or_default())
        });
        let ids: Vec<String> = ids.iter().map(|id| id.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        let shown: Vec<String> = shown.map(|id| id.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(shown, ids, "{text}");
    }
}

#[test]
fn tags_that_are_none_give_way_to_true_ones() {
    let text = FIRST.replace("TAGS: PREL KZ", "TAGS: N/A\nTAGS: PREL KZ");
    assert_eq!(reading(&format!("{text}SUBJECT: WHEAT\n\n1. (C) It is in.\n"))["tags"], json!(["PREL", "KZ"]));
}

#[test]
fn the_text_after_the_reasons_is_the_body() {
    let reading = |lines: &str| reading(&format!("{FIRST}SUBJECT: WHEAT\n\n{lines}"));
    let same_line = reading("Classified By: DCM Jane Roe, reasons 1.4 (b) and ( d)  (C/NF) The wheat is in.\nRoe\n");
    assert_eq!(same_line["classified_by"]["reasons"], json!(["b", "d"]));
    assert_eq!(same_line["signature"], "Roe");
    let below =
        reading("Classified By: DCM Jane Roe, reasons 1.4 (b) and (d).\nThe wheat is in, and the harvest was good.\n");
    assert_eq!(below["classified_by"]["text"], "Classified By: DCM Jane Roe, reasons 1.4 (b) and (d).");
    for lines in
        ["reasons 1.4 (b) a\nnd (d)", "reasons 1.4 (b\n) and (d)", "reasons 1.4 (B\n,D)", "reasons 1.4 (b)\nand (d)."]
    {
        let wrapped = reading(&format!("Classified By: DCM Jane Roe, {lines}\n\n1. (C) It is in.\n"));
        let reasons = wrapped["classified_by"]["reasons"].clone();
        assert_eq!(reasons, json!(["b", "d"]), "{lines}");
    }
}

#[test]
fn a_preview_has_what_the_whole_copy_lost() {
    let body = (1..9).fold(String::new(), |body, number| {
        format!("{body}{number}. (C) The wheat of the northern provinces is in.\n\n")
    });
    let copy = "C O N F I D E N T I A L ASTANA 000412 SIPDIS E.O. 12958: DECL: 03/06/2017 TAGS: PREL KZ\n";
    let whole = reading(&format!("{FIRST}SUBJECT: WHEAT\n\nREF: ASTANA 379\n\nClassi...\n\n{copy}{body}"));
    assert_eq!((&whole["subject"], texts(&whole["refs"])), (&json!("WHEAT"), vec!["ASTANA 379"]));
    let torn = reading(&format!("{FIRST}SUBJECT: WHEAT IN THE NO...\n\n{copy}{body}"));
    assert_eq!(torn["subject"], Value::Null);
    let both = reading(&format!("{FIRST}SUBJECT: WHEAT\n\nREF...\n\n{copy}SUBJECT: WHEAT AGAIN\n\n{body}"));
    assert_eq!(both["subject"], "WHEAT AGAIN");
}

#[test]
fn a_classification_line_is_found_where_copies_put_it() {
    let envelope = "R 071200Z MAR 07\nFM AMEMBASSY ASTANA\nTO SECSTATE WASHDC\nINFO RUEHKO/AMEMBASSY TOKYO 2211";
    for (before, line) in [
        ("\n\n", "UNCLAS SECTION 01 OF 02 ASTANA\n000412"),
        ("\n\n", "C O N F I D E N T I A L SECTION 01 OF 02\n\nASTANA 000412"),
        ("\n\n", "C O N F I D E N T I A L\nSECTION 01 OF 02 ASTANA 000412"),
        (" ", "UNCLAS SECTION 01 OF 02 ASTANA 000412"),
        ("\",\"", "UNCLAS SECTION 01 OF 02 ASTANA\n000412"),
    ] {
        let text = format!("{envelope}{before}{line}\n\nSUBJECT: WHEAT\n\n1. It is in.\n");
        let reading = reading(&text);
        assert_eq!((&reading["mrn"], &reading["section"]["of"]), (&json!("ASTANA 000412"), &json!(2)), "{text}");
        assert_eq!(reading["info"][0]["plad"], "AMEMBASSY TOKYO", "{text}");
        assert_eq!(reading["canonical_id"], "07ASTANA412", "{text}");
    }
    // The head of a page and its page line are none.
    let text = "CONFIDENTIAL\nLAGOS 04301 092252Z\n\nUNCLAS LAGOS 4302\nSUBJECT: FERRY\n1. DONE.\n";
    assert_eq!(reading(text)["mrn"], "LAGOS 4302");
}

#[test]
fn a_publishers_fields_are_no_addressees() {
    let envelope = "R 071200Z MAR 07\nFM AMEMBASSY ASTANA\nTO SECSTATE WASHDC\nINFO AMEMBASSY TOKYO";
    let text = format!("{envelope}\n\nID: 248711\nDATE: 2010-02-12 17:09:00\n\nUNCLAS ASTANA 000412\n\n1. It is in.\n");
    let reading = reading(&text);
    assert_eq!(reading["info"].as_array().map(Vec::len), Some(1), "{reading}");
}

#[test]
fn a_number_cut_or_filled_with_zeros_begins_no_cable() {
    let cut = format!(
        "{FIRST}SUBJECT: WHEAT\n\n1. (C) It is in.\n\nC O N F I D E N T I A L ASTANA 00041\n\n2. (C) All of it.\n"
    );
    assert_eq!(reading(&cut)["mrn"], "ASTANA 000412");
    let filled = format!(
        "CONFIDENTIAL   ASTANA   00000412\nR 071200Z MAR 07\nFM AMEMBASSY ASTANA\n\n{FIRST}SUBJECT: WHEAT\n\n1. (C) It is in.\n"
    );
    assert_eq!(reading(&filled)["subject"], "WHEAT");
}

#[test]
fn captions_stand_before_other_words() {
    for (line, captions, handling) in [
        ("S1PDIS", vec!["SIPDIS"], vec![]),
        ("SIPDlS", vec!["SIPDIS"], vec![]),
        ("INFORM CONSULS, USUN PASS TO MISSION", vec!["INFORM CONSULS"], vec!["USUN PASS TO MISSION"]),
        ("C O R R E C T E D  C O P Y - TAGS SIPDIS", vec!["C O R R E C T E D  C O P Y - TAGS", "SIPDIS"], vec![]),
        ("TOSEC 041", vec!["TOSEC 041"], vec![]),
        ("SIDEWALKS", vec![], vec!["SIDEWALKS"]),
    ] {
        let text = format!("UNCLAS ASTANA 000412\n\n{line}\n\nE.O. 12958: N/A\nSUBJECT: WHEAT\n\n1. It is in.\n");
        let reading = reading(&text);
        assert_eq!((&reading["captions"], texts(&reading["handling"])), (&json!(captions), handling), "{line}");
    }
}
