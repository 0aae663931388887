//! Completion: what may come next at the cursor.
//!
//! The place decides: each room knows its lines of a cable, and answers nothing anywhere else. In running text nothing is
//! offered but where the format itself expects something: a paragraph's mark, the letter of a reference, the end of a
//! block. Only the cable under the cursor is looked at, and the line is read as it stands, half written: what the
//! reading of a whole line makes of it is no help while it is being typed.

mod addressees;
mod blocks;
mod cables;
mod captions;
mod classification;
mod draft;
mod ending;
mod envelope;
mod envelope_lines;
mod header;
mod instruction;
mod keywords;
mod marks;
mod new_cable;
mod paragraphs;
mod place;
mod reasons;
mod references;
mod tags;
#[cfg(test)]
mod tests;
mod wording;

use cable_catalog::{Catalog, Kind};
use cable_lint::TextEdit;
use cable_syntax::Document;

use crate::hover;
pub use cables::{TypedReference, cited_cables, typed_reference};
pub use draft::Draft;
use place::Place;
use wording::Wording;

/// No list is longer; a longer one is cut and says so.
pub const MOST: usize = 200;

/// What may come next.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completions {
    /// The likeliest first.
    pub items: Vec<Completion>,
    /// What is typed next may bring up others: the list was cut, or chosen by what is typed.
    pub incomplete: bool,
}

/// One thing that may come next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What the list shows: the code itself.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// What it means, in a few words.
    pub detail: Option<String>,
    /// A word or two at the right edge of the list: what sort of thing it is.
    pub description: Option<String>,
    /// The plain text, and what it takes the place of: a range on one line that ends at or after the cursor.
    pub edit: TextEdit,
    /// The same text in the snippet syntax of LSP, where it has places to fill in.
    pub snippet: Option<String>,
    /// What the text before the cursor is compared with; the label where there is none.
    pub filter: Option<String>,
    /// Key of [`documentation`].
    pub documentation: Option<String>,
    /// How the text was worked out, in Markdown, where it was.
    pub sum: Option<String>,
}

/// What a completion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the words of the field; FORMAT.md defines each")]
pub enum CompletionKind {
    Keyword,
    Tag,
    Country,
    Organization,
    Addressee,
    Caption,
    Precedence,
    Classification,
    PortionMark,
    Instruction,
    Reason,
    Reference,
    Paragraph,
    BlockWord,
    Template,
}

/// What may come next at a byte offset of the document.
pub fn complete(document: &Document, offset: usize) -> Completions {
    let Some(mut place) = Place::at(document, offset) else { return Completions::default() };
    if ending::may_sign(&place) {
        place.signatures = ending::signatures(document, place.cable);
    }
    let mut found = new_cable::complete(document, &place);
    if place.cable.is_recognised() {
        for room in [
            envelope::complete,
            classification::complete,
            header::complete,
            marks::complete,
            paragraphs::complete,
            blocks::complete,
            references::cited,
            references::cited_in_brackets,
            references::cited_paragraph,
            ending::complete,
        ] {
            found.append(room(&place));
        }
    }
    if found.items.len() > MOST {
        found.items.truncate(MOST);
        found.incomplete = true;
    }
    finish(found, document, offset)
}

/// Leaves out what a line break would put in the place of a text that is whole, and lets no list outlive its word.
fn finish(mut found: Completions, document: &Document, offset: usize) -> Completions {
    let text = |range: std::ops::Range<usize>| {
        document.rope().get_byte_slice(range).map_or_else(String::new, |slice| slice.to_string())
    };
    let offset = offset.min(document.len());
    let is_whole =
        |item: &Completion| item.edit.range.end <= offset && item.is_whole(&text(item.edit.range.start..offset));
    if found.items.iter().any(is_whole) {
        return Completions::default();
    }
    found.items.retain(|item| item.edit.text.trim_end() != text(item.edit.range.clone()).trim_end());
    for item in &mut found.items {
        item.compare_as_typed(&text(item.edit.range.start..offset));
    }
    // A list that an editor keeps knows nothing of the word that is whole with the next letter.
    found.incomplete |= !found.items.is_empty();
    found
}

/// What there is to say about a completion, in Markdown; the same as a hover says.
pub fn documentation(catalog: &Catalog, key: &str) -> Option<String> {
    let (kind, code) = key.split_once(':')?;
    let kind = Kind::ALL.into_iter().find(|known| known.name() == kind)?;
    hover::describe(catalog, kind, code)
}

impl Completions {
    fn append(&mut self, mut other: Self) {
        self.items.append(&mut other.items);
        self.incomplete |= other.incomplete;
    }
}

impl FromIterator<Completion> for Completions {
    fn from_iter<T: IntoIterator<Item = Completion>>(items: T) -> Self {
        Self { items: items.into_iter().collect(), incomplete: false }
    }
}

impl Completion {
    /// A completion that shows what it writes.
    fn new(kind: CompletionKind, range: std::ops::Range<usize>, wording: Wording) -> Self {
        let Wording { plain, snippet } = wording;
        Self {
            label: plain.trim_end().to_owned(),
            kind,
            detail: None,
            description: None,
            edit: TextEdit { range, text: plain },
            snippet,
            filter: None,
            documentation: None,
            sum: None,
        }
    }

    fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into()).filter(|detail| !detail.is_empty());
        self
    }

    fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into()).filter(|description| !description.is_empty());
        self
    }

    fn filter(mut self, filter: impl Into<String>) -> Self {
        self.filter = Some(filter.into());
        self
    }

    fn sum(mut self, sum: impl Into<String>) -> Self {
        self.sum = Some(sum.into());
        self
    }

    /// Whether what is typed says all of it, or all of one of its words: a person who goes on to the next line is done.
    fn is_whole(&self, typed: &str) -> bool {
        if typed == self.edit.text.trim_end() && !typed.is_empty() {
            return true;
        }
        // A single letter is the beginning of a line, and a number that of a paragraph.
        let begun = matches!(self.kind, CompletionKind::Paragraph | CompletionKind::PortionMark);
        if typed.len() < 2 || !typed.ends_with(char::is_alphanumeric) || begun {
            return false;
        }
        let ends_word =
            |text: &str| text.strip_prefix(typed).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        // A name stands for a code in some places; elsewhere it is what may stay.
        let by_name = matches!(
            self.kind,
            CompletionKind::Tag | CompletionKind::Country | CompletionKind::Organization | CompletionKind::BlockWord
        );
        let in_capitals = |text: &str| ends_word(&text.to_uppercase());
        ends_word(&self.edit.text)
            || (self.kind == CompletionKind::BlockWord && starts_word(&self.edit.text, typed))
            || (!by_name && self.filter.as_deref().is_some_and(in_capitals))
    }

    /// An editor drops what does not begin as the text before the cursor does, and keeps a list open as long as
    /// something does. So every item begins with what is typed and ends with the word: no space fits it.
    fn compare_as_typed(&mut self, typed: &str) {
        let filter = self.filter.take().unwrap_or_else(|| self.label.clone());
        let filter = filter.trim_start();
        let fits = filter.get(..typed.len()).filter(|start| start.to_lowercase() == typed.to_lowercase());
        let (start, rest) = fits.map_or((typed, ""), |start| (start, &filter[typed.len()..]));
        self.filter = Some([start, rest.split(char::is_whitespace).next().unwrap_or_default()].concat());
    }

    /// Documented by a row of the catalogue.
    fn documented(mut self, kind: Kind, code: &str) -> Self {
        self.documentation = Some(format!("{}:{code}", kind.name()));
        self
    }
}

/// Whether a text begins with whole words, in any case.
fn starts_word(text: &str, typed: &str) -> bool {
    wording::begins(text, typed) && !text[typed.len()..].starts_with(char::is_alphanumeric)
}
