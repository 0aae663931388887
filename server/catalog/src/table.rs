//! Search in the built-in tables.
//!
//! A table is the text of its file in `data/`, and the places of its keys in the order of their upper-case spelling; both
//! are made by the build script, which has checked every row. Nothing is built at start-up and nothing is copied.

use crate::{Entry, Kind};
use std::cmp::Ordering;

pub(crate) use generated::*;
pub use generated::{CaptionKind, GeoKind, MalformedKind, StationKind};

/// What the build script writes: a static for each file and each further search, the columns of each file, its kinds.
mod generated {
    #![allow(clippy::unreadable_literal, reason = "offsets are not for reading")]
    #![allow(dead_code, reason = "not every column is asked for by its number")]
    use super::{Key, Table};
    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}

/// How many columns all tables share: code, title, note, source, doubt.
const COMMON_COLUMNS: usize = 5;

/// The first eight bytes of a key's upper-case spelling as one number, which tells most keys apart, and where the key and
/// its row are in the text: byte offsets `key start, key end, row start, row end`.
pub(crate) struct Key(u64, u32, u32, u32, u32);

/// A table, or one more way to search it.
pub(crate) struct Table {
    text: &'static str,
    keys: &'static [Key],
}

/// One row, as its file has it.
#[derive(Clone, Copy)]
pub(crate) struct Row(&'static str);

impl Table {
    fn key(&self, key: &Key) -> &'static str {
        &self.text[key.1 as usize..key.2 as usize]
    }

    fn row(&self, key: &Key) -> Row {
        Row(&self.text[key.3 as usize..key.4 as usize])
    }

    /// Every row, in the order of the keys.
    pub(crate) fn rows(&'static self) -> impl ExactSizeIterator<Item = Row> + Clone {
        self.keys.iter().map(|key| self.row(key))
    }

    /// Every key with its row, in the order of the keys.
    #[cfg(test)]
    pub(crate) fn pairs(&'static self) -> impl Iterator<Item = (&'static str, Row)> {
        self.keys.iter().map(|key| (self.key(key), self.row(key)))
    }

    /// The rows of a key, ASCII case aside.
    pub(crate) fn find(&'static self, code: &str) -> impl Iterator<Item = Row> + use<> {
        self.same(&folded(code)).iter().map(|key| self.row(key))
    }

    /// The first row of a key that is given as the bytes of its upper-case spelling.
    pub(crate) fn first(&'static self, code: &(impl Iterator<Item = u8> + Clone)) -> Option<Row> {
        self.same(code).first().map(|key| self.row(key))
    }

    /// The row of a key in exactly this spelling.
    pub(crate) fn get(&'static self, code: &str) -> Option<Row> {
        self.same(&folded(code)).iter().find(|key| self.key(key) == code).map(|key| self.row(key))
    }

    /// The last row whose key is not after `code`.
    pub(crate) fn at_or_before(&'static self, code: &str) -> Option<Row> {
        let code = folded(code);
        let start = beginning(code.clone());
        let after = self.keys.partition_point(|key| self.compare(key, start, &code) != Ordering::Greater);
        after.checked_sub(1).map(|index| self.row(&self.keys[index]))
    }

    /// The first row whose key is not before `code`.
    pub(crate) fn at_or_after(&'static self, code: &(impl Iterator<Item = u8> + Clone)) -> Option<Row> {
        let code = code.clone().map(|byte| byte.to_ascii_uppercase());
        let start = beginning(code.clone());
        let first = self.keys.partition_point(|key| self.compare(key, start, &code) == Ordering::Less);
        self.keys.get(first).map(|key| self.row(key))
    }

    fn same(&'static self, code: &(impl Iterator<Item = u8> + Clone)) -> &'static [Key] {
        let start = beginning(code.clone());
        // Nearly every word that is no key is told by its beginning.
        let begun = self.keys.partition_point(|key| key.0 < start);
        let rest = &self.keys[begun..];
        if rest.first().is_none_or(|key| key.0 != start) {
            return &[];
        }
        let rest = &rest[rest.partition_point(|key| self.compare(key, start, code) == Ordering::Less)..];
        let same = rest.iter().take_while(|key| self.compare(key, start, code) == Ordering::Equal).count();
        &rest[..same]
    }

    /// Compares a key with a code whose beginning is known.
    fn compare(&self, key: &Key, start: u64, code: &(impl Iterator<Item = u8> + Clone)) -> Ordering {
        key.0.cmp(&start).then_with(|| folded(self.key(key)).cmp(code.clone()))
    }
}

/// The first eight bytes of a code as one number, in the order of the keys.
fn beginning(code: impl Iterator<Item = u8>) -> u64 {
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(code) {
        *to = from;
    }
    u64::from_be_bytes(bytes)
}

/// The bytes of the spelling that searches compare.
fn folded(code: &str) -> impl Iterator<Item = u8> + Clone {
    code.bytes().map(|byte| byte.to_ascii_uppercase())
}

impl Row {
    /// The columns, the code first.
    fn columns(self) -> impl Iterator<Item = &'static str> {
        let mut rest = Some(self.0);
        std::iter::from_fn(move || {
            let text = rest?;
            let tab = memchr::memchr(b'\t', text.as_bytes());
            rest = tab.map(|tab| &text[tab + 1..]);
            Some(tab.map_or(text, |tab| &text[..tab]))
        })
    }

    /// A column; 0 is the code.
    pub(crate) fn column(self, index: usize) -> &'static str {
        self.columns().nth(index).unwrap_or_default()
    }

    /// The columns after those that all tables share.
    pub(crate) fn further_columns<const N: usize>(self) -> [&'static str; N] {
        let mut columns = self.columns().skip(COMMON_COLUMNS);
        std::array::from_fn(|_| columns.next().unwrap_or_default())
    }

    /// The first columns, which all tables share.
    pub(crate) fn entry(self, kind: Kind) -> Entry<'static> {
        let mut columns = self.columns();
        let mut next = || columns.next().unwrap_or_default();
        Entry { code: next(), kind, title: next(), note: next(), source: next(), doubtful: next() == "?" }
    }
}
