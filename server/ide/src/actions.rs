//! Actions: what can be done to a cable at the cursor besides fixing one slip.
//!
//! One room for each: `paragraphs` joins and splits, `references` sorts, `tags` and `header_lines` write the header,
//! `alike` fixes a whole cable. A refactoring is offered only where the text after it reads as its title promises:
//! its room reads the changed cable anew and looks. That costs a cable's reading, so ask only when a person does.

mod alike;
mod header_lines;
mod paragraphs;
mod references;
mod tags;
#[cfg(test)]
mod tests;

use std::ops::Range;

use cable_catalog::Catalog;
use cable_lint::proof::{Proposal, Prover};
use cable_lint::{Change, Letters, Settings, TextEdit, fix, renumber};
use cable_syntax::{Cable, Document, LineKind, PartKind, Placed, Span};

pub use alike::alike;

/// What an action is, so that an editor can ask for it by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActionKind {
    /// Fixes what a rule reported.
    QuickFix,
    /// Numbers the paragraphs anew.
    Renumber,
    /// Makes one paragraph of two.
    Join,
    /// Makes two paragraphs of one.
    Split,
    /// Puts the references in the order of their first citation.
    SortReferences,
    /// Writes commas or blanks between the TAGS.
    TagsSeparator,
    /// Adds a line that the header lacks.
    InsertHeaderLine,
}

/// Something that can be done to the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What it is.
    pub kind: ActionKind,
    /// What it does, for a menu.
    pub title: String,
    /// The edits, in order; they do not overlap.
    pub edits: Vec<TextEdit>,
    /// Why it is not done: it would change more than it says.
    pub refused: Option<String>,
}

/// The refactorings at the start of a range of the document, in bytes.
pub fn actions(document: &Document, range: &Range<usize>) -> Vec<Action> {
    let Some(placed) = document.cables().get(document.cable_at(range.start)) else { return Vec::new() };
    let Ok(offset) = u32::try_from(range.start.saturating_sub(placed.start)) else { return Vec::new() };
    if !placed.cable.is_recognised() {
        return Vec::new();
    }
    let cursor = Cursor { cable: &placed.cable, catalog: document.catalog(), offset };
    let mut drafts = Vec::new();
    drafts.extend(paragraphs::join(&cursor));
    drafts.extend(paragraphs::split(&cursor));
    drafts.extend(references::sort(&cursor));
    drafts.extend(tags::separators(&cursor));
    drafts.extend(header_lines::insertions(&cursor));
    let mut prover = Prover::new(&Settings::default());
    let drafts = drafts.into_iter().map(|draft| draft.placed(placed).proved(document, &mut prover));
    renumbering(document, placed).into_iter().chain(drafts).collect()
}

/// Numbers the paragraphs of a cable anew. None where every number is right.
pub fn renumbering(document: &Document, placed: &Placed) -> Option<Action> {
    let fix = renumber(placed)?;
    let action = Action { kind: ActionKind::Renumber, title: fix.title, edits: fix.edits, refused: None };
    Some(action.proved(document, &mut Prover::new(&Settings::default())))
}

impl ActionKind {
    /// What it may change in what is read, and in the letters of the text.
    const fn changes(self) -> (&'static [Change], Letters) {
        match self {
            Self::Renumber => (&[Change::Marker, Change::Numbers], Letters::Numbers),
            Self::Join | Self::Split => (&[Change::Paragraphs, Change::Lines], Letters::Any),
            Self::SortReferences => (&[Change::Value], Letters::Any),
            Self::InsertHeaderLine => (&[Change::Field, Change::Lines], Letters::Any),
            // Quick fixes are proved by what their rules declare.
            Self::TagsSeparator | Self::QuickFix => (&[], Letters::Kept),
        }
    }
}

impl Action {
    /// The action, refused where it would change more than its kind may.
    fn proved(mut self, document: &Document, prover: &mut Prover) -> Self {
        let (changes, letters) = self.kind.changes();
        let proposal = Proposal { rule: None, edits: &self.edits, changes, letters };
        self.refused = prover.prove(document, &[proposal]).err().map(|why| why.to_string());
        self
    }
}

/// An action whose changes are spans of the cable.
struct Draft {
    kind: ActionKind,
    title: String,
    /// In order; they do not overlap.
    changes: Vec<(Span, String)>,
}

impl Draft {
    fn placed(self, placed: &Placed) -> Action {
        let edit = |(span, text)| TextEdit { range: placed.range(span), text };
        let edits = self.changes.into_iter().map(edit).collect();
        Action { kind: self.kind, title: self.title, edits, refused: None }
    }
}

/// The cursor, and the cable it stands in.
struct Cursor<'a> {
    cable: &'a Cable,
    catalog: &'a Catalog,
    /// Byte of the cable.
    offset: u32,
}

impl<'a> Cursor<'a> {
    fn text(&self, span: Span) -> &'a str {
        self.cable.slice(span)
    }

    /// How the lines of this cable end.
    fn line_end(&self) -> &'static str {
        if self.cable.text().contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// Whether a line is there and blank.
    fn is_blank_line(&self, line: Option<u32>) -> bool {
        let line = line.and_then(|line| self.cable.lines().get(line as usize));
        line.is_some_and(|line| line.kind == LineKind::Blank)
    }

    /// Whether a line stands in a quoted text, which numbers and cites for itself.
    fn is_quoted(&self, line: u32) -> bool {
        self.cable.is_quoted(line)
    }

    /// Whether the cable, changed and read anew, is as it should be.
    fn reads(&self, changes: &[(Span, String)], as_promised: impl FnOnce(&Placed) -> bool) -> bool {
        let edits: Vec<TextEdit> =
            changes.iter().map(|(span, text)| TextEdit { range: span.range(), text: text.clone() }).collect();
        let document = Document::new(&fix::apply(self.cable.text(), &edits), self.catalog);
        matches!(document.cables(), [only] if as_promised(only))
    }
}

/// Kind and text of the parts of a cable that are not of some kinds.
fn parts_but<'a>(cable: &'a Cable, left_out: &[PartKind]) -> Vec<(PartKind, &'a str)> {
    let parts = cable.parts.iter().filter(|part| !left_out.contains(&part.kind));
    parts.map(|part| (part.kind, cable.slice(part.span))).collect()
}
