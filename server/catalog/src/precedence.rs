//! Precedences, as the letter of the DTG line, the doubled letter of the routing line, or a word after an addressee.

use crate::table::PRECEDENCES;
use crate::{Catalog, Entry, Kind};

impl Catalog {
    /// A precedence: `O`, `OO`, `IMMEDIATE`, `P R`. Case does not matter.
    pub fn precedence(&self, code: &str) -> Option<Entry<'static>> {
        let letter = match code.as_bytes() {
            [first, second] if first.eq_ignore_ascii_case(second) => &code[..1],
            _ => code,
        };
        PRECEDENCES.find(letter).next().map(|row| row.entry(Kind::Precedence))
    }
}
