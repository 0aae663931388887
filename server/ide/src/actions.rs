//! Actions: what can be done to a cable at the cursor other than fixing one problem.
//!
//! One room for each: `paragraphs` joins and splits, `references` sorts, `tags` and `header_lines` write the header,
//! `fix_all` fixes a whole cable. A refactoring is offered only where the text after it reads as its title promises:
//! the cable is read once with the changes in it, its room looks whether the promise holds, and the proof whether anything
//! else changed. That costs a cable's reading, so ask only when a person does.

mod fix_all;
mod header_lines;
mod paragraphs;
mod references;
mod tags;
#[cfg(test)]
mod tests;

use std::ops::Range;

use cable_lint::proof::{Proposal, Prover, Trial};
use cable_lint::{Change, Letters, Settings, TextEdit, renumber};
use cable_syntax::{Cable, Document, LineKind, PartKind, Placed, Span};

pub use fix_all::fix_all;

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
    /// Writes commas or spaces between the TAGS.
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
    let cursor = Cursor { cable: &placed.cable, offset };
    let mut drafts = Vec::new();
    drafts.extend(paragraphs::join(&cursor));
    drafts.extend(paragraphs::split(&cursor));
    drafts.extend(references::sort(&cursor));
    drafts.extend(tags::separators(&cursor));
    drafts.extend(header_lines::insertions(&cursor));
    let mut prover = Prover::new(&Settings::default());
    let renumbered = renumbering_with(document, placed, &mut prover);
    let tried = drafts.into_iter().filter_map(|draft| draft.tried(document, placed, &mut prover));
    renumbered.into_iter().chain(tried).collect()
}

/// Numbers the paragraphs of a cable anew. None where every number is right.
pub fn renumbering(document: &Document, placed: &Placed) -> Option<Action> {
    renumbering_with(document, placed, &mut Prover::new(&Settings::default()))
}

fn renumbering_with(document: &Document, placed: &Placed, prover: &mut Prover) -> Option<Action> {
    let fix = renumber(placed)?;
    let refused = prover.prove(document, &[Proposal::from(&fix)]).err().map(|why| why.to_string());
    Some(Action { kind: ActionKind::Renumber, title: fix.title, edits: fix.edits, refused })
}

impl ActionKind {
    /// What it may change in what is read, and in the letters of the text.
    const fn changes(self) -> (&'static [Change], Letters) {
        match self {
            Self::Join | Self::Split => (&[Change::Paragraphs, Change::Lines], Letters::Any),
            Self::SortReferences => (&[Change::Value], Letters::Any),
            Self::InsertHeaderLine => (&[Change::Field, Change::Lines], Letters::Any),
            // Fixes, and the renumbering is one, say for themselves what they may change.
            Self::TagsSeparator | Self::Renumber | Self::QuickFix => (&[], Letters::Kept),
        }
    }
}

/// An action whose changes are spans of the cable.
struct Draft<'a> {
    kind: ActionKind,
    title: String,
    /// In order; they do not overlap.
    changes: Vec<(Span, String)>,
    /// Whether the changed cable reads as the title promises.
    is_kept: Promise<'a>,
}

/// A question to the cable after the changes.
type Promise<'a> = Box<dyn Fn(&Cable) -> bool + 'a>;

impl Draft<'_> {
    /// The action, refused where it would change more than its kind may; none where it does not do what it promises.
    fn tried(self, document: &Document, placed: &Placed, prover: &mut Prover) -> Option<Action> {
        let edit = |(span, text)| TextEdit { range: placed.range(span), text };
        let edits: Vec<TextEdit> = self.changes.into_iter().map(edit).collect();
        let (changes, letters) = self.kind.changes();
        let proposal = Proposal { rule: None, edits: &edits, changes, letters };
        let trial = Trial::of(document, &[proposal]).ok()?;
        let after = trial.after().cables().get(document.cable_at(placed.start))?;
        if !(self.is_kept)(&after.cable) {
            return None;
        }
        let refused = prover.hold(&trial).err().map(|why| why.to_string());
        Some(Action { kind: self.kind, title: self.title, edits, refused })
    }
}

/// The cursor, and the cable it stands in.
struct Cursor<'a> {
    cable: &'a Cable,
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

    /// Whether a line is in a quoted text, which numbers and cites for itself.
    fn is_quoted(&self, line: u32) -> bool {
        self.cable.is_quoted(line)
    }
}

/// Kind and text of the parts of a cable that are not of some kinds.
fn parts_but<'a>(cable: &'a Cable, left_out: &'a [PartKind]) -> impl Iterator<Item = (PartKind, &'a str)> {
    let parts = cable.parts.iter().filter(|part| !left_out.contains(&part.kind));
    parts.map(|part| (part.kind, cable.slice(part.span)))
}
