//! Edit scripts → a document that was edited equals the fresh reading of its text, and so do its diagnostics.
#![no_main]

use cable_catalog::Catalog;
use cable_lint::{Checker, check};
use cable_syntax::{Document, Edit};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (mut text, strokes) = cable_fuzz::script::read(bytes);
    let (catalog, settings) = (Catalog::built_in(), cable_fuzz::all_rules());
    let mut document = Document::new(&text, &catalog);
    let mut checker = Checker::default();
    checker.check(&document, &settings);
    for stroke in strokes {
        let range = stroke.range(text.len());
        document.apply(&Edit { range: range.clone(), text: &stroke.text });
        text.replace_range(floor(&text, range.start)..floor(&text, range.end), &stroke.text);
        assert_eq!(document.rope().to_string(), text, "{stroke:?}");

        let fresh = Document::new(&text, &catalog);
        let places = |document: &Document| {
            document.cables().iter().map(|placed| (placed.start, placed.first_line)).collect::<Vec<_>>()
        };
        assert_eq!(places(&document), places(&fresh), "{stroke:?}");
        assert!(document == fresh, "a cable differs from its fresh reading after {stroke:?}");
        assert_eq!(checker.check(&document, &settings), check(&fresh, &settings), "{stroke:?}");
    }
});

/// An offset inside a character means its start; one after the text means its end.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
