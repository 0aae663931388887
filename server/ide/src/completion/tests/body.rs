//! The text: numbers, marks, blocks, cited references, and the silence of prose.

use super::*;

#[test]
fn marks_fit_the_classification() {
    let paragraph = |typed: &str| with("3. (C) Comment: It will do.", typed);
    let offered = labels(&paragraph("3. ($0"));
    assert_eq!(offered[..3], ["(SBU)", "(U)", "(C)"], "that of the paragraph before comes first");
    assert!(offered.contains(&"(C/NF)".to_owned()) && !offered.iter().any(|mark| mark.starts_with("(S)")));
    assert_eq!(line(&paragraph("3. ($0)"), "(C)"), "3. (C) ");
    assert_eq!(line(&paragraph("3. (s$0) It will do."), "(SBU)"), "3. (SBU) It will do.");
    assert_eq!(line(&paragraph("3. $0"), "(C)"), "3. (C) ");
    assert_eq!(line(&paragraph("3. (C/$0"), "(C/NF)"), "3. (C/NF) ");
    assert_eq!(line(&with("SUBJECT: NOTES", "SUBJECT: ($0) NOTES"), "(C)"), "SUBJECT: (C) NOTES FROM THE NORTH");
    nothing(&with("SUBJECT: NOTES", "SUBJECT: $0NOTES"));
    let unclassified = paragraph("3. ($0").replace("C O N F I D E N T I A L", "UNCLAS");
    assert!(!labels(&unclassified).contains(&"(C)".to_owned()));
    let old = paragraph("3. ($0").replace("SEP 07", "SEP 85");
    assert!(labels(&old).contains(&"(LOU)".to_owned()) && !labels(&old).contains(&"(SBU)".to_owned()));
}

#[test]
fn the_next_paragraph_has_the_mark_of_the_one_before() {
    assert_eq!(
        line(&with("3. (C) Comment: It will do.\n", "3. (C) Comment: It will do.\n\n$0\n"), "4. (C)"),
        "4. (C) "
    );
    assert_eq!(line(&with("3. (C) Comment: It will do.\n", "3.$0\n"), "3. (SBU)"), "3. (SBU) ");
    let high = with("3. (C) Comment: It will do.\n", "3. (S) No.\n\n4$0\n");
    assert_eq!(labels(&high), ["4. (C)"], "never above the cable");
    let plain = with("3. (C) Comment: It will do.\n", "3. It will do.\n\n4$0\n");
    assert_eq!(labels(&plain), ["4."]);
    let first = CABLE.split("1. (C)").next().expect("a header").to_owned() + "$0";
    assert_eq!(line(&first, "1. (C)"), "1. (C) ");
    nothing(&with("2. (SBU) They", "$0\n\n2. (SBU) They"));
    nothing(&with("NNNN\n", "NNNN\n\n4$0\n"));
    nothing(&with("reading room. It", "reading room\n3$0\nIt"));
}

#[test]
fn an_open_block_is_closed_in_its_own_case() {
    let end = |typed: &str| with("and nobody left.", &format!("and nobody left. {typed}"));
    let (line, item) = accept(&end("en$0"), "End summary.");
    assert_eq!(line, "1. (C) Summary: The poet came. He spoke for an hour, and nobody left. End summary.");
    assert_eq!(item.detail.as_deref(), Some("opened on line 26 of the cable"));
    nothing(&end("END SUMMARY. e$0"));
    nothing(&with("and nobody left.", "and in the en$0"));
    nothing(&with("It was new", "e$0 It was new").replace("Summary:", "Hello:"));
}

#[test]
fn blocks_open_at_the_start_of_a_paragraph() {
    assert_eq!(line(&with("3. (C) Comment: It will do.", "3. (C) co$0"), "Comment:"), "3. (C) Comment: ");
    assert_eq!(line(&with("3. (C) Comment: It will do.", "3. (C) CO$0"), "COMMENT:"), "3. (C) COMMENT: ");
    assert_eq!(labels(&with("1. (C) Summary: The", "1. (C) Su$0")), ["Summary:", "Summary and comment:"]);
    nothing(&with("3. (C) Comment: It will do.", "3. (C) Su$0"));
    nothing(&with("3. (C) Comment: It will do.", "3. (C) The co$0"));
}

#[test]
fn cited_references_are_those_of_the_list() {
    let cite = |typed: &str| with("(ref A)", typed);
    assert_eq!(labels(&cite("(ref $0)")), ["A", "B"]);
    let (line, item) = accept(&cite("(refs A and $0)"), "B");
    assert!(line.ends_with("It was new (refs A and B)."), "{line}");
    assert_eq!(item.detail.as_deref(), Some("06 MOSCOW 121"));
    nothing(&cite("reftel B$0"));
    nothing(&cite("reftel a$0"));
    nothing(&cite("reftel $0").replace("REF: A. ASTANA 515\n     B. 06 MOSCOW 121\n", "REF: ASTANA 515\n"));
}

#[test]
fn a_reference_is_cited_whole_once_it_is_begun() {
    let cite = |typed: &str| with("(ref A).", typed);
    assert_eq!(labels(&cite("(r$0")), ["ref A", "ref B"]);
    assert!(line(&cite("(r$0"), "ref B").ends_with("It was new (ref B)"));
    // An editor that closes brackets has closed this one.
    assert!(line(&cite("(re$0)."), "ref A").ends_with("It was new (ref A)."));
    for typed in ["(ref$0", "(rest$0", "($0", "(r$0est", "r$0", "(C) (r$0"] {
        nothing(&cite(typed));
    }
    nothing(&with("1. (C) Summary: The", "1. (r$0"));
}

#[test]
fn a_paragraph_opens_by_the_letters_of_its_first_word() {
    let third = |typed: &str| with("3. (C) Comment: It will do.", typed);
    assert_eq!(line(&third("c$0"), "3. (SBU) Comment:"), "3. (SBU) Comment: ");
    assert_eq!(line(&third("COM$0"), "3. (SBU) COMMENT:"), "3. (SBU) COMMENT: ");
    // A heading is a line of its own, and a summary is above.
    for typed in ["Comment$0", "COMMENT$0", "Action$0", "s$0", "Comm and$0"] {
        let found = labels(&third(typed));
        assert!(!found.iter().any(|label| label.starts_with("3.")), "{typed}: {found:?}");
    }
    let first = "1. (C) Summary: The poet came. He spoke for an hour, and nobody left.";
    assert_eq!(labels(&with(first, "s$0"))[0], "1. (C) Summary:");
    // Not in the middle of a paragraph.
    assert!(!labels(&with("It was new", "It was new\nc$0")).iter().any(|label| label.contains("Comment:")));
}

#[test]
fn the_end_of_a_block_takes_the_next_paragraph_along() {
    let cut = CABLE.find("It will do.").expect("the text") + "It will do.".len();
    let text = format!("{} e$0\n", &CABLE[..cut]);
    assert_eq!(labels(&text), ["End comment.", "End comment. 4. (C)", "End summary."]);
    assert!(accept(&text, "End comment. 4. (C)").1.edit.text.ends_with("End comment.\n\n4. (C) "));
    // Where others follow, there is nothing to take along.
    assert_eq!(labels(&with("and nobody left.", "and nobody left. e$0")), ["End summary."]);
}

#[test]
fn prose_is_quiet() {
    let text = "It was new";
    let from = CABLE.find(text).expect("the text");
    for at in from..from + text.len() + " (ref".len() {
        let mut typed = CABLE.to_owned();
        typed.insert_str(at, "$0");
        nothing(&typed);
    }
    for typed in ["and/$0", "so ($0", "Tashkent, $0", "KZ$0", "SIPDIS$0", "prel $0", "1. ($0"] {
        nothing(&with("It was new", typed));
    }
}
