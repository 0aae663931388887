//! The short forms of a text, each with what it stands for.

use cable_catalog::Catalog;

use crate::edition::EditedBlock;

/// Whether hardly a small letter is in the text.
pub(crate) fn is_capitals(blocks: &[EditedBlock]) -> bool {
    let (mut small, mut capital) = (0, 0);
    for byte in blocks.iter().flat_map(|block| block.text.as_bytes()) {
        small += usize::from(byte.is_ascii_lowercase());
        capital += usize::from(byte.is_ascii_uppercase());
    }
    small * 10 < capital
}

/// The words of a text that may be short forms.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|next: char| !next.is_alphanumeric() && next != '/' && next != '&').filter(|word| word.len() >= 2)
}

/// A short form and what it stands for.
pub(crate) fn code(catalog: &Catalog, word: &str, is_capitals: bool) -> Option<(&'static str, &'static str)> {
    const LONGEST: usize = 16;
    // Words that telegrams alone have: `poloff`, `reftel`. Any other small word, and any word of a text in capitals, may be
    // what it is everywhere.
    let bytes = word.as_bytes();
    let stem = if let [stem @ .., b's' | b'S'] = bytes { stem } else { bytes };
    let is_telegraphic = matches!(stem, [_, _, _, .., one, two, three]
        if [b"off", b"tel"].iter().any(|end| [*one, *two, *three].eq_ignore_ascii_case(*end)));
    let is_written = !is_capitals && bytes.iter().skip(1).any(u8::is_ascii_uppercase);
    if word.len() > LONGEST || !(is_telegraphic || is_written) {
        return None;
    }
    catalog.acronym(word).filter(|entry| !entry.doubtful).map(|entry| (entry.code, entry.title))
}
