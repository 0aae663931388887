//! The text of an open document, and what has been read of it.

use std::ops::Range;

use ropey::Rope;
use tower_lsp::lsp_types::TextDocumentContentChangeEvent;

use super::edits::{UnreadEdit, trim};
use super::positions::Encoding;
use super::work::SMALL;
use crate::lsp::analysis::{Analysis, Changed, Document, Edit, Typing};

/// A text and its reading, which may be a few edits behind.
pub(super) struct Content {
    /// Its text is the client's but for `unread`.
    document: Document,
    /// The client's text.
    rope: Rope,
    unread: Option<UnreadEdit>,
    /// What was edited since it was opened or saved.
    typing: Typing,
}

impl Content {
    /// Reads a text.
    pub(super) fn new(text: &str, analysis: &Analysis) -> Self {
        let document = analysis.parse(text);
        Self { rope: document.rope().clone(), document, unread: None, typing: Typing::default() }
    }

    /// The document as it was last read.
    pub(super) fn document(&self) -> &Document {
        &self.document
    }

    /// What was edited since the document was opened or saved.
    pub(super) const fn typing(&self) -> &Typing {
        &self.typing
    }

    /// Bytes of the client's text.
    pub(super) fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// Applies the client's changes to the text in their order, each to what the one before it left.
    pub(super) fn change(&mut self, changes: &[TextDocumentContentChangeEvent], encoding: Encoding) {
        for change in changes {
            let range = match change.range {
                Some(range) => encoding.span(&self.rope, range),
                None => 0..self.len(),
            };
            self.edit(&trim(&self.rope, range, &change.text));
        }
    }

    /// The document was saved. Takes the saved text if it is not the one that is here. Returns whether it was another.
    pub(super) fn save(&mut self, text: Option<&str>) -> bool {
        let other = text.filter(|text| self.rope != *text);
        if let Some(text) = other {
            self.edit(&trim(&self.rope, 0..self.len(), text));
        }
        self.typing = Typing::default();
        other.is_some()
    }

    /// Reads the whole text anew, with the codes of another archive.
    pub(super) fn read_anew(&mut self, analysis: &Analysis) {
        self.document = analysis.parse(&self.rope.to_string());
        self.unread = None;
    }

    /// Reads what was edited since the last reading, if anything was.
    pub(super) fn read(&mut self) -> Option<Changed> {
        let unread = self.unread.take()?;
        let text = self.rope.byte_slice(unread.new_range()).to_string();
        Some(self.document.apply(&Edit { range: unread.old_range(), text: &text }))
    }

    /// About how many bytes [`Content::read`] would read: what was edited, and the cables that it touches.
    pub(super) fn unread_bytes(&self) -> usize {
        let Some(unread) = self.unread else { return 0 };
        let Range { start, end } = unread.old_range();
        let first = self.document.cable_at(start).saturating_sub(1);
        let touched = &self.document.cables()[first..=self.document.cable_at(end)];
        unread.new_range().len() + touched.iter().map(|placed| placed.extent().len()).sum::<usize>()
    }

    /// Changes the text, and leaves the reading for when somebody asks.
    fn edit(&mut self, edit: &Edit<'_>) {
        self.typing.edit(edit.range.clone(), edit.text.len());
        self.unread = Some(match self.unread {
            None => UnreadEdit::new(edit),
            // Two places far apart are read one after the other, unless a reading is so long that once must do.
            Some(unread) if !unread.is_near(edit) && self.unread_bytes() <= SMALL => {
                self.read();
                UnreadEdit::new(edit)
            }
            Some(unread) => unread.then(edit),
        });
        let characters = self.rope.byte_to_char(edit.range.start)..self.rope.byte_to_char(edit.range.end);
        self.rope.remove(characters.clone());
        self.rope.insert(characters.start, edit.text);
    }
}
