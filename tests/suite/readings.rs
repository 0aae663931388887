//! The five real cables read exactly as their hand-verified readings say.

use std::fs;

use cable_catalog::Catalog;
use cable_syntax::{Document, Reading};
use cable_tests::shared;
use serde_json::Value;

#[test]
fn the_five_real_cables_read_as_expected() {
    let catalog = Catalog::built_in();
    let Some(expected) = shared::folder("expected") else { return };
    for file in shared::files("cables") {
        let name = file.path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(expected.join(format!("{name}.json"))).expect("each cable has its reading");
        let mut expected: Value = serde_json::from_str(&text).expect("the reading is JSON");
        let keys = expected.as_object_mut().expect("the reading is an object");
        keys.remove("diagnostics");
        keys.remove("file");
        let document = Document::new(&file.text, &catalog);
        assert_eq!(document.cables().len(), 1, "{name}");
        let placed = &document.cables()[0];
        let reading = Reading::of(&placed.cable, placed.first_line, &catalog);
        let actual = serde_json::to_value(reading).expect("a reading is JSON");
        for (key, value) in expected.as_object().expect("still an object") {
            assert_eq!(&actual[key], value, "{name}: {key}");
        }
        assert_eq!(actual, expected, "{name}");
    }
}
