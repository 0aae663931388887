//! Classifications of a cable and portion marks of its paragraphs.

use crate::table::{CLASSIFICATIONS, PORTION_MARKS, classifications};
use crate::{Catalog, Entry, Kind};

impl Catalog {
    /// A classification, letter-spaced or not, with or without its handling (`SECRET//NOFORN`). Case does not matter.
    pub fn classification(&self, text: &str) -> Option<Entry<'static>> {
        let same = |code: &str| !code.is_empty() && squeezed(code, &[' ', '/']).eq(squeezed(text, &[' ', '/']));
        let row =
            CLASSIFICATIONS.rows().find(|row| same(row.column(0)) || same(row.column(classifications::VARIANTS)))?;
        Some(row.entry(Kind::Classification))
    }

    /// A portion mark, with or without its brackets: `SBU`, `S//NF`, `C/REL TO USA, GBR`. Case does not matter.
    pub fn portion_mark(&self, mark: &str) -> Option<Entry<'static>> {
        let mark = mark.trim();
        let mark = mark.strip_prefix('(').and_then(|mark| mark.strip_suffix(')')).unwrap_or(mark);
        // Which countries a mark names does not change its meaning.
        let upper = mark.to_ascii_uppercase();
        let mark = upper.find("/REL").map_or(upper.as_str(), |start| &upper[..start + "/REL".len()]);
        let mut rows = PORTION_MARKS.rows();
        let row = rows.find(|row| squeezed(row.column(0), &[' ']).eq(squeezed(mark, &[' '])))?;
        Some(row.entry(Kind::PortionMark))
    }
}

/// The characters that count, in upper case.
fn squeezed(text: &str, without: &[char]) -> impl Iterator<Item = char> {
    text.chars().filter(|character| !without.contains(character)).map(|character| character.to_ascii_uppercase())
}
