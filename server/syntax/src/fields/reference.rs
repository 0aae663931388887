//! References: the REF list and its entries (FORMAT.md, "REF").

mod cable;
mod entry;
mod keyword;
mod keyword_alone;
mod letters;
#[cfg(test)]
mod tests;

pub(crate) use entry::starts_with_cable;
pub use keyword::is_keyword;
pub(crate) use keyword::{keyword, keyword_letter};
pub(crate) use letters::starts_with_letter;

use std::sync::LazyLock;

use cable_catalog::Catalog;

use crate::pattern::{ShortPattern, short_pattern};
use crate::span::Span;
use crate::white_space::trimmed_span;

use entry::read_entry;
use keyword_alone::KEYWORD_ALONE;
use letters::letters;

/// The keyword at the start of a REF line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReferenceKeyword {
    /// The word, without its colon.
    pub word: Span,
    /// Whether a colon follows.
    pub well_formed: bool,
    /// Where the list begins.
    pub end: u32,
}

/// One entry of the list: a cable of a post, or free text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The letter it is cited by, and its column.
    pub letter: Option<(char, Span)>,
    /// The whole entry without letter and separators.
    pub span: Span,
    /// The post, by its own name where the catalogue knows it.
    pub post: Option<String>,
    /// Serial of the cable.
    pub serial: Option<u32>,
    /// Year, four digits, where one is written.
    pub year: Option<i16>,
    /// Post without spaces as canonical ids write it, for a post that the catalogue knows.
    pub compact_post: Option<String>,
}

/// Reads the entries of a list. `text` holds the list with everything that is not its own blanked out; line breaks kept.
pub(crate) fn read(text: &str, catalog: &Catalog) -> Vec<Reference> {
    let mut letters = letters(text);
    // `REF: A. REFTELS: (A) ...`: the first letter is before another keyword, and the list begins after that.
    if let [(_, first, body), (_, second, _), ..] = letters.as_slice()
        && KEYWORD_ALONE.is_match(Span::new(*body, second.start).text(text).trim())
        && first.start < second.start
    {
        letters.remove(0);
    }
    if letters.is_empty() {
        return read_entry(text, Span::of(0..text.len()), None, catalog);
    }
    let mut references = Vec::new();
    let first = letters[0].1.start as usize;
    let lead = trimmed_span(&text[..first]);
    if lead.text(text).bytes().any(|byte| byte.is_ascii_digit()) {
        references.extend(read_entry(text, lead, None, catalog));
    }
    for (index, &(letter, span, body)) in letters.iter().enumerate() {
        let end = letters.get(index + 1).map_or(text.len(), |next| next.1.start as usize);
        let mut entries = read_entry(text, Span::of(body as usize..end), Some((letter, span)), catalog);
        // `(A) ASTANA 4711, (B) 4747`: a serial alone is of the same post.
        if let ([only], Some(before)) = (entries.as_mut_slice(), references.last())
            && only.post.is_none()
            && let Some(serial) = serial_alone(only.span.text(text))
            && before.serial.is_some()
        {
            *only = Reference { letter: only.letter, span: only.span, serial: Some(serial), ..before.clone() };
        }
        references.extend(entries);
    }
    references
}

/// A serial that stands for a whole reference.
fn serial_alone(text: &str) -> Option<u32> {
    static SERIAL: LazyLock<ShortPattern> =
        LazyLock::new(|| short_pattern(r"^#?(?<serial>\d{2,6})(?:\s?\(?NOTAL\)?)?$"));
    SERIAL.captures(text)?.name("serial")?.as_str().parse().ok()
}
