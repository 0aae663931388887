//! Completion: what may come next at the cursor.
//!
//! The place decides: each room knows its lines of a cable, and answers nothing anywhere else. In running text nothing is
//! offered but where the format itself expects something: a paragraph's mark, the letter of a reference, the end of a
//! block. Only the cable under the cursor is looked at, and the line is read as it stands, half written: what the
//! reading of a whole line makes of it is no help while it is being typed.

mod addressees;
mod blocks;
mod captions;
mod classification;
mod envelope;
mod header;
mod instruction;
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
    /// The plain text, and what it takes the place of: a range on one line that ends at or behind the cursor.
    pub edit: TextEdit,
    /// The same text in the snippet syntax of LSP, where it has places to fill in.
    pub snippet: Option<String>,
    /// What the text before the cursor is compared with; the label where there is none.
    pub filter: Option<String>,
    /// Key of [`documentation`].
    pub documentation: Option<String>,
}

/// What a completion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the words of the field; FORMAT.md A defines each")]
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
    let Some(place) = Place::at(document, offset) else { return Completions::default() };
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
        ] {
            found.append(room(&place));
        }
    }
    if found.items.len() > MOST {
        found.items.truncate(MOST);
        found.incomplete = true;
    }
    found.items.iter_mut().for_each(|item| item.compare_as_typed(document, offset));
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

    /// An editor drops what does not begin as the text before the cursor does. A room that has understood a blank too
    /// many or a comma for a full stop says so by what it compares with.
    fn compare_as_typed(&mut self, document: &Document, offset: usize) {
        let Some(typed) = document.rope().get_byte_slice(self.edit.range.start..offset.min(document.len())) else {
            return;
        };
        let typed = typed.to_string();
        let filter = self.filter.as_ref().unwrap_or(&self.label);
        if !filter.to_lowercase().starts_with(&typed.to_lowercase()) {
            self.filter = Some(format!("{typed} {filter}"));
        }
    }

    /// Documented by a row of the catalogue.
    fn documented(mut self, kind: Kind, code: &str) -> Self {
        self.documentation = Some(format!("{}:{code}", kind.name()));
        self
    }
}
