//! What is read from a text.

use cable_catalog::Catalog;
use cable_syntax::{Document, Reading};
use serde_json::Value;

/// The readings of a text's cables, as `export` writes them.
pub fn readings(text: &str) -> Vec<Value> {
    let catalog = Catalog::built_in();
    let document = Document::new(text, &catalog);
    let cables = document.cables();
    let read = cables.iter().filter(|placed| placed.cable.is_recognised() || cables.len() == 1);
    let read = read.map(|placed| Reading::of(&placed.cable, placed.first_line));
    read.map(|reading| serde_json::to_value(reading).unwrap_or_default()).collect()
}
