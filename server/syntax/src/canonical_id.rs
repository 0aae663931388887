//! The canonical id: how a cable is named everywhere.

/// Year of two digits, post without spaces, serial without zeros: `07ASTANA2541` (FORMAT.md, "Classification line").
pub fn canonical_id(year: i16, compact_post: &str, serial: u32) -> String {
    format!("{:02}{compact_post}{serial}", year.rem_euclid(100))
}

/// What a canonical id is made of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CableNumber {
    /// The post as ids write it, without spaces.
    pub post: String,
    /// The year in four digits; none where nothing gives it.
    pub year: Option<i16>,
    /// The serial.
    pub serial: u32,
}

impl CableNumber {
    /// The canonical id; none without a year.
    pub fn id(&self) -> Option<String> {
        self.year.map(|year| canonical_id(year, &self.post, self.serial))
    }
}
