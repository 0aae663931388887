//! What the fuzz targets share: looking at everything a text shows, and the rules that hold for each value.

pub mod everything;
pub mod json;
pub mod script;

use std::ops::Range;

use cable_lint::{Settings, TextEdit, rules};

/// Every rule there is, those that are off by default too.
pub fn all_rules() -> Settings {
    Settings::only(rules())
}

/// Fails unless a range lies in the text and cuts no character.
pub fn assert_range(text: &str, range: &Range<usize>, what: &str) {
    assert!(text.get(range.clone()).is_some(), "{what}: {range:?} is no range of a text of {} bytes", text.len());
}

/// Fails unless edits are in order, apart, and lie in the text. Returns the text after them.
pub fn edited(text: &str, edits: &[TextEdit], what: &str) -> String {
    let mut end = 0;
    for edit in edits {
        assert_range(text, &edit.range, what);
        assert!(end <= edit.range.start, "{what}: edits overlap or are out of order: {edits:?}");
        end = edit.range.end;
    }
    cable_lint::fix::apply(text, edits)
}

/// The text of fuzzed bytes, as a file with them would be read.
pub fn text_of(bytes: &[u8]) -> String {
    cable_lsp::decode(bytes.to_vec()).0
}
