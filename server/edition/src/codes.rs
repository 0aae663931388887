//! The short forms of a text, each with what it stands for.

use std::collections::BTreeMap;

use cable_catalog::Catalog;

use crate::edition::EditedBlock;

/// The short forms in some blocks, by their spelling in the tables.
pub(crate) fn codes(catalog: &Catalog, blocks: &[EditedBlock]) -> BTreeMap<String, &'static str> {
    let is_capitals = is_capitals(blocks);
    let mut found = BTreeMap::new();
    for word in blocks.iter().flat_map(|block| words(&block.text)) {
        if let Some((code, title)) = code(catalog, word, is_capitals) {
            found.entry(code.to_owned()).or_insert(title);
        }
    }
    found
}

/// Whether hardly a small letter is in the text.
pub(crate) fn is_capitals(blocks: &[EditedBlock]) -> bool {
    let count = |is: fn(&u8) -> bool| blocks.iter().map(|block| block.text.bytes().filter(is).count()).sum::<usize>();
    count(u8::is_ascii_lowercase) * 10 < count(u8::is_ascii_uppercase)
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
    let is_telegraphic = ["off", "offs", "tel", "tels"].iter().any(|end| {
        word.len() > end.len() + 2
            && word.is_char_boundary(word.len() - end.len())
            && word[word.len() - end.len()..].eq_ignore_ascii_case(end)
    });
    let is_written = !is_capitals && word.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
    if word.len() > LONGEST || !(is_telegraphic || is_written) {
        return None;
    }
    catalog.acronym(word).filter(|entry| !entry.doubtful).map(|entry| (entry.code, entry.title))
}
