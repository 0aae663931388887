//! The canonical id: how a cable is named everywhere.

/// Year of two digits, post without blanks, serial without zeros: `07ASTANA2541` (FORMAT.md, "Classification line").
pub fn canonical_id(year: i16, compact_post: &str, serial: u32) -> String {
    format!("{:02}{compact_post}{serial}", year.rem_euclid(100))
}
