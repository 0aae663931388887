//! What holds at every offset of every text.

use cable_syntax::Edit;
use proptest::prelude::*;

use super::*;

/// Checks every completion at an offset: its range is of the text, on one line, and ends where the cursor is or after.
fn check(document: &Document, offset: usize) {
    let text = document.rope().to_string();
    for item in complete(document, offset).items {
        let TextEdit { range, text: new } = &item.edit;
        let cursor = (0..=offset.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
        assert!(range.start <= cursor && cursor <= range.end, "{range:?} does not hold {cursor}: {item:?}");
        let replaced = text.get(range.clone()).unwrap_or_else(|| panic!("{range:?} cuts a character: {item:?}"));
        assert!(!replaced.contains(['\n', '\r']), "{replaced:?} is of two lines: {item:?}");
        assert!(!item.label.is_empty() && !new.is_empty(), "{item:?}");
        if let Some(key) = &item.documentation {
            assert!(documentation(document.catalog(), key).is_some(), "{key} is documented nowhere");
        }
        // What the client compares with the label must be there.
        let typed = text[range.start..cursor].to_lowercase();
        let filter = item.filter.as_ref().unwrap_or(&item.label).to_lowercase();
        assert!(filter.starts_with(&typed), "{typed:?} does not begin {filter:?}");
        // What is not typed yet has no space: a list ends with its word.
        assert!(!filter[typed.len()..].contains(char::is_whitespace), "{filter:?} outlives {typed:?}");
        assert_ne!(replaced.trim_end(), new.trim_end(), "it is there already: {item:?}");
    }
}

#[test]
fn at_every_offset_of_a_cable() {
    let document = Document::new(CABLE, &Catalog::built_in());
    for offset in 0..=CABLE.len() + 3 {
        check(&document, offset);
    }
}

#[test]
fn at_every_offset_while_a_cable_is_typed() {
    let mut document = Document::new("", &Catalog::built_in());
    for (at, character) in CABLE.char_indices() {
        document.apply(&Edit { range: at..at, text: character.encode_utf8(&mut [0; 4]) });
        check(&document, at + 1);
    }
}

#[test]
fn a_line_break_of_two_bytes_is_no_place() {
    let document = Document::new(&CABLE.replace('\n', "\r\n"), &Catalog::built_in());
    for offset in 0..=document.len() {
        check(&document, offset);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_any_edits(edits in prop::collection::vec((0..=1000_usize, 0..30_usize, 0..WORDS.len()), 1..12)) {
        let mut document = Document::new(CABLE, &Catalog::built_in());
        for (share, length, word) in edits {
            let at = document.len() * share / 1000;
            document.apply(&Edit { range: at..at + length, text: WORDS[word] });
            for offset in [at, at + WORDS[word].len(), at + WORDS[word].len() + 1] {
                check(&document, offset);
            }
        }
    }
}

const WORDS: [&str; 22] = [
    "",
    "\n",
    "\r\n",
    " ",
    "é",
    "𐍈",
    "(",
    "/",
    ",",
    "TAGS: ",
    "TO ",
    "INFO ",
    "FM ",
    "E.O. ",
    "REF: A. X 1",
    "4. (",
    "ref ",
    "Classified By: X reasons ",
    "end",
    "kazakh",
    "SIP",
    "NNNN\n",
];
