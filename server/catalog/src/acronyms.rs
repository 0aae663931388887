//! Acronyms and telegraphic words of running text.

use crate::table::ACRONYMS;
use crate::{Catalog, Entry, Kind};

impl Catalog {
    /// An acronym. Case does not matter: cables write `poloff`, `PolOff` and `POLOFF`.
    pub fn acronym(&self, word: &str) -> Option<Entry<'static>> {
        ACRONYMS.find(word).next().map(|row| row.entry(Kind::Acronym))
    }
}
