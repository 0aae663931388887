//! Renaming the letter of a reference.

use cable_lint::fix;

use super::super::{prepare_rename, rename};
use super::{CABLE, at, show};

/// Without the range `A through C`, which no letter may leave.
fn cable() -> String {
    CABLE.replace("reftels A through C", "reftels A and C")
}

#[track_caller]
fn prepares(line: &str, expected: &str) {
    let (document, offset) = at(&cable(), line);
    let found = prepare_rename(&document, offset).expect("a letter");
    assert_eq!(show(&cable(), &found.range), expected, "{line}");
    assert_eq!(cable()[found.range], found.placeholder);
}

#[track_caller]
fn refuses(cable: &str, line: &str, name: &str, reason: &str) {
    let (document, offset) = at(cable, line);
    let found = rename(&document, offset, name).expect_err("a refusal");
    assert!(found.contains(reason), "{line}: {found}");
}

#[test]
fn the_letter_at_the_cursor() {
    prepares("REF: $0A. AST", "13:A");
    prepares("(re$0f A)", "15:A");
    prepares("refs A and $0B", "16:B");
    prepares("(ref\n$0c)", "20:c");
}

#[test]
fn the_list_and_every_citation_change() {
    let cable = cable().replace(" C. E-MAIL", "\nC. E-MAIL");
    let (document, offset) = at(&cable, "C$0. E-MAIL");
    let edits = rename(&document, offset, " E ").expect("edits");
    let renamed = fix::apply(&cable, &edits);
    let expected = cable
        .replace("C. E-MAIL", "E. E-MAIL")
        .replace("of ref C", "of ref E")
        .replace("A and C", "A and E")
        .replace("(ref\nc)", "(ref\ne)");
    assert_eq!(renamed, expected);
    let (document, offset) = at(&renamed, "E$0. E-MAIL");
    let back = rename(&document, offset, "C").expect("edits");
    assert_eq!(fix::apply(&renamed, &back), cable);
}

#[test]
fn the_same_letter_changes_nothing() {
    let (document, offset) = at(&cable(), "C$0. E-MAIL");
    assert_eq!(rename(&document, offset, "C"), Ok(Vec::new()));
}

#[test]
fn what_cannot_be_renamed_is_refused() {
    refuses(&cable(), "REF: $0A. AST", "B", "The letter B is taken.");
    // The text cites a D that the list does not have.
    refuses(&cable(), "REF: $0A. AST", "D", "The letter D is taken.");
    for name in ["", "AB", "7", "c", "É"] {
        refuses(&cable(), "C$0. E-MAIL", name, "not one capital letter");
    }
    refuses(&cable(), "so do the ref$0tels", "E", "Only the letter of a reference");
    refuses(&cable(), "The ro$0ad is", "E", "Only the letter of a reference");
    refuses(&cable(), "ref$0 D", "E", "has no entry D");
    refuses(CABLE, "REF: A. ASTANA 515 $0B. 06", "E", "cites A to C as a range");
    let twice = cable().replace("B. 06 MOSCOW", "A. 06 MOSCOW");
    refuses(&twice, "REF: $0A. AST", "E", "more than once");
    refuses("Not a cable.\n", "Not $0a", "E", "Only the letter of a reference");
}

#[test]
fn a_letter_that_would_be_read_as_text_is_refused() {
    // In the middle of a line Z does not follow A.
    refuses(&cable(), "REF: A. ASTANA 515 $0B. 06", "Z", "could not be read with Z");
}
