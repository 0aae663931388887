//! Captions: who may see a cable, or how it is handled.

use crate::additions::Addition;
use crate::table::{CAPTION_MISSPELLINGS, CAPTION_VARIANTS, CAPTIONS, CaptionKind, Row, captions as columns};
use crate::{Catalog, Entry, Kind};

/// What is in a caption's word for any words.
const ANY_WORDS: &str = "...";
/// No caption without free words is longer than this many bytes.
const LONGEST: usize = 40;

/// A caption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caption<'a> {
    /// `SIPDIS`; `FOR ... ONLY` holds a place for any words.
    pub word: &'a str,
    /// What it says about the cable.
    pub meaning: &'a str,
    /// What else there is to know.
    pub note: &'a str,
    /// What it is for.
    pub kind: CaptionKind,
    /// Where the row comes from.
    pub source: &'a str,
    /// Known, but never evidence.
    pub doubtful: bool,
    variants: &'a str,
    misspellings: &'a str,
}

impl<'a> Caption<'a> {
    /// Other right spellings, such as the letter-spaced one.
    pub fn variants(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        list(self.variants)
    }

    /// Wrong spellings that have been seen.
    #[cfg(test)]
    pub(crate) fn misspellings(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        list(self.misspellings)
    }
}

impl Catalog {
    /// A known caption in one of its right spellings: with its number if it is a series (`TOSEC 036`), with any words
    /// where it has room for them (`FOR AMBASSADOR ONLY`).
    pub fn caption(&self, word: &str) -> Option<Caption<'_>> {
        let added = self.added.as_ref().and_then(|added| added.captions.get(word)).map(added_caption);
        let built_in = || {
            let row = CAPTIONS.get(word).or_else(|| CAPTION_VARIANTS.get(word));
            row.or_else(|| series(word)).or_else(|| with_any_words(word)).map(caption)
        };
        added.or_else(built_in)
    }

    /// The longest known caption that a line begins with, and its length in bytes.
    pub fn caption_at_start(&self, line: &str) -> Option<(Caption<'_>, usize)> {
        let ends = line.char_indices().filter(|(_, character)| !character.is_alphanumeric()).map(|(end, _)| end);
        let ends: Vec<usize> = ends.take_while(|end| *end <= LONGEST).chain([line.len()]).collect();
        ends.into_iter().rev().find_map(|end| Some((self.caption(&line[..end])?, end)))
    }

    /// Every caption, those of the archive first.
    pub fn captions(&self) -> impl Iterator<Item = Caption<'_>> {
        let added = self.added.iter().flat_map(|added| added.captions.iter());
        added.map(added_caption).chain(CAPTIONS.rows().map(caption))
    }

    /// The captions whose word has some look, those of the archive first; only their rows are read.
    pub fn captions_where(&self, looks_right: impl Fn(&str) -> bool + Copy) -> impl Iterator<Item = Caption<'_>> {
        let added = self.added.iter().flat_map(|added| added.captions.iter()).map(added_caption);
        let added = added.filter(move |caption| looks_right(caption.word));
        let rows = CAPTIONS.rows().filter(move |row| looks_right(row.column(0)));
        added.chain(rows.map(|row| -> Caption<'_> { caption(row) }))
    }

    /// The caption that a listed misspelling stands for. A caption of the archive is no misspelling.
    pub fn caption_misspelling(&self, text: &str) -> Option<Caption<'static>> {
        CAPTION_MISSPELLINGS.get(text).filter(|_| self.caption(text).is_none()).map(caption)
    }
}

fn list(items: &str) -> impl Iterator<Item = &str> {
    items.split("; ").filter(|item| !item.is_empty())
}

/// The series of a caption with a number.
fn series(text: &str) -> Option<Row> {
    let (word, number) = text.rsplit_once(' ')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    CAPTIONS.get(word).filter(|row| is_number && CaptionKind::of(row.column(columns::KIND)) == CaptionKind::Series)
}

/// The caption with room for words that fits; the room is always after the first word.
fn with_any_words(text: &str) -> Option<Row> {
    let (first, _) = text.split_once(' ')?;
    let row = CAPTIONS.at_or_after(&first.bytes().chain([b' ']).chain(ANY_WORDS.bytes()))?;
    let (before, after) = row.column(0).split_once(ANY_WORDS)?;
    let any = text.strip_prefix(before)?.strip_suffix(after)?;
    (!any.trim().is_empty()).then_some(row)
}

fn caption<'a>(row: Row) -> Caption<'a> {
    let Entry { code: word, title: meaning, note, source, doubtful, .. } = row.entry(Kind::Caption);
    let [kind, variants, misspellings] = row.further_columns();
    Caption { word, meaning, note, kind: CaptionKind::of(kind), source, doubtful, variants, misspellings }
}

fn added_caption(addition: &Addition) -> Caption<'_> {
    let Entry { code: word, title: meaning, note, source, doubtful, .. } = addition.entry(Kind::Caption);
    Caption { word, meaning, note, kind: CaptionKind::Added, source, doubtful, variants: "", misspellings: "" }
}

impl<'a> From<Caption<'a>> for Entry<'a> {
    fn from(caption: Caption<'a>) -> Self {
        let Caption { word: code, meaning: title, note, source, doubtful, .. } = caption;
        Self { code, kind: Kind::Caption, title, note, source, doubtful }
    }
}
