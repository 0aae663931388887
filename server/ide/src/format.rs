//! Formatting: the layout of a cable put in order, and nothing else (FORMAT.md, "Header").
//!
//! Words, numbers, marks, page lines, tables, lists, quoted cables and what a publisher put around a cable stay as they
//! are; only white space changes, and the order of header lines that stand alone. The steps propose changes; a change is
//! made only when the cable reads the same afterwards, so what a step overlooks does no harm. A cable that would not stay
//! as it is when it is formatted again is left alone.

mod blank_lines;
mod differences;
mod header_order;
mod identity;
mod input;
mod line_ends;
mod paragraphs;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::slice;
use std::sync::Arc;

use cable_lint::{TextEdit, Wrap, fix};
use cable_syntax::{Cable, Document, Edit, Placed};

use identity::Identity;
use input::FormatInput;

/// What formatting does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormatOptions {
    /// Where the lines of a paragraph break.
    pub wrap: Wrap,
    /// Spaces at the ends of lines go.
    pub trim_trailing_spaces: bool,
    /// The last line of the document ends in a line break.
    pub final_line_break: bool,
    /// Blank lines at the end of the document go.
    pub trim_final_blank_lines: bool,
}

impl Default for FormatOptions {
    fn default() -> Self {
        Self { wrap: Wrap::Preserve, trim_trailing_spaces: true, final_line_break: true, trim_final_blank_lines: true }
    }
}

/// The edits that lay out a document: in order, apart from each other, none where the layout is clean.
pub fn format(document: &Document, options: FormatOptions) -> Vec<TextEdit> {
    formatted(document, 0..document.len(), options)
}

/// The edits of [`format()`] that touch no line outside a range of bytes. A range that ends where a line begins does not
/// hold that line.
pub fn format_range(document: &Document, range: Range<usize>, options: FormatOptions) -> Vec<TextEdit> {
    let rope = document.rope();
    let end = range.end.min(document.len());
    let start = range.start.min(end);
    let first = rope.byte_to_line(start);
    let last = rope.byte_to_line(if end > start { end - 1 } else { end });
    let line_start = |line: usize| if line < rope.len_lines() { rope.line_to_byte(line) } else { document.len() };
    formatted(document, line_start(first)..line_start(last + 1), options)
}

/// What is laid out while a person types: after a line break, the spaces at the end of the line that was left go.
/// `offset` comes after the character that was typed.
pub fn format_on_type(document: &Document, offset: usize, typed: char, options: FormatOptions) -> Vec<TextEdit> {
    let line = document.rope().byte_to_line(offset.min(document.len()));
    let Some(left) = line.checked_sub(1).filter(|_| typed == '\n' && options.trim_trailing_spaces) else {
        return Vec::new();
    };
    let left = document.rope().line_to_byte(left);
    let placed = &document.cables()[document.cable_at(left)];
    if !placed.cable.is_recognised() {
        return Vec::new();
    }
    let row = placed.cable.line_at((left - placed.start) as u32);
    line_ends::of_row(&FormatInput::of(&placed.cable), row as usize)
        .into_iter()
        .map(|edit| moved(edit, placed.start))
        .collect()
}

fn formatted(document: &Document, lines: Range<usize>, options: FormatOptions) -> Vec<TextEdit> {
    let cables = document.cables();
    let touched = document.cable_at(lines.start)..=document.cable_at(lines.end.saturating_sub(1).max(lines.start));
    let mut changed: Vec<(usize, Arc<Cable>, Vec<TextEdit>)> = Vec::new();
    for index in touched {
        let placed = &cables[index];
        let formatter = Formatter { document, options, is_last: index + 1 == cables.len() };
        if let Some((cable, edits)) = formatter.cable_within(placed, &lines) {
            changed.push((index, cable, edits));
        }
    }
    if !stand_beside_each_other(document, &changed) {
        return Vec::new();
    }
    changed
        .into_iter()
        .flat_map(|(index, _, edits)| edits.into_iter().map(move |edit| moved(edit, cables[index].start)))
        .collect()
}

/// Whether the cables of the document begin where they did once some are formatted. Where one begins depends on the
/// lines of those around it.
fn stand_beside_each_other(document: &Document, changed: &[(usize, Arc<Cable>, Vec<TextEdit>)]) -> bool {
    if document.cables().len() == 1 {
        return true;
    }
    let mut after = document.clone();
    // From the last one upward, so that the others keep their places.
    for (index, cable, _) in changed.iter().rev() {
        let range = document.cables()[*index].extent();
        after.apply(&Edit { range, text: cable.text() });
    }
    after.cables().len() == document.cables().len()
        && changed.iter().all(|(index, cable, _)| after.cables()[*index].cable == *cable)
}

fn moved(edit: TextEdit, by: usize) -> TextEdit {
    TextEdit { range: edit.range.start + by..edit.range.end + by, text: edit.text }
}

/// Edits that only make sense together: bytes of the cable.
type Change = Vec<TextEdit>;

/// A step of the way: the changes it would make, in order and apart.
type Step = fn(&FormatInput<'_>, FormatOptions) -> Vec<Change>;

/// Lines are put in order first and wrapped last.
const STEPS: [Step; 4] = [line_ends::changes, header_order::changes, blank_lines::changes, paragraphs::changes];

/// How often one step of one cable is read anew to find the changes that leave the reading as it is.
const MOST_TRIALS: usize = 64;

struct Formatter<'a> {
    document: &'a Document,
    options: FormatOptions,
    /// The last cable of its document.
    is_last: bool,
}

impl Formatter<'_> {
    /// The cable after formatting those of its lines that are in `lines`, bytes of the document, and its edits.
    fn cable_within(&self, placed: &Placed, lines: &Range<usize>) -> Option<(Arc<Cable>, Vec<TextEdit>)> {
        if !placed.cable.is_recognised() {
            return None;
        }
        // Most cables need nothing, and are not read again for that.
        self.proposed(&placed.cable, &mut STEPS.iter())?;
        let read;
        let alone = if let [_] = self.document.cables() {
            self.document
        } else {
            read = self.read(placed.cable.text());
            &read
        };
        let identity = Identity::of(alone)?;
        let cable = self.laid_out(&placed.cable, &identity);
        if Arc::ptr_eq(&cable, &placed.cable) || self.laid_out(&cable, &identity).text() != cable.text() {
            return None;
        }
        let mut edits = differences::between(placed.cable.text(), cable.text());
        let all = edits.len();
        edits.retain(|edit| {
            lines.start <= placed.start + edit.range.start && placed.start + edit.range.end <= lines.end
        });
        if edits.is_empty() {
            return None;
        }
        let cable = if edits.len() == all {
            cable
        } else {
            self.unchanged(&fix::apply(placed.cable.text(), &edits), &identity)?
        };
        Some((cable, edits))
    }

    /// The changes of the first of the steps that has any; the steps after it are still to come.
    fn proposed(&self, cable: &Cable, steps: &mut slice::Iter<'_, Step>) -> Option<Vec<Change>> {
        let input = FormatInput { is_last: self.is_last, ..FormatInput::of(cable) };
        steps.map(|step| step(&input, self.options)).find(|changes| !changes.is_empty())
    }

    /// The cable after all steps; the same value where nothing changed.
    fn laid_out(&self, cable: &Arc<Cable>, identity: &Identity<'_>) -> Arc<Cable> {
        // What all steps make together is looked at first: as a rule no step does harm.
        if let Some(cable) = self.taken(cable).filter(|document| identity.is_that_of(document)) {
            return Arc::clone(&cable.cables()[0].cable);
        }
        self.each_step(cable, |cable, changes| self.accepted(cable, changes, identity))
    }

    /// The cable as a document after all steps, nothing of it proved; none where there is nothing to do.
    fn taken(&self, cable: &Arc<Cable>) -> Option<Document> {
        let mut last = None;
        self.each_step(cable, |cable, changes| {
            let edits: Vec<TextEdit> = changes.iter().flatten().cloned().collect();
            let document = self.read(&fix::apply(cable.text(), &edits));
            let only = Arc::clone(&document.cables()[0].cable);
            last = Some(document);
            Some(only)
        });
        last
    }

    /// Goes through the steps: the changes of each are put into the cable as `change` says.
    fn each_step(
        &self,
        cable: &Arc<Cable>,
        mut change: impl FnMut(&Cable, &[Change]) -> Option<Arc<Cable>>,
    ) -> Arc<Cable> {
        let mut cable = Arc::clone(cable);
        let mut steps = STEPS.iter();
        while let Some(changes) = self.proposed(&cable, &mut steps) {
            cable = change(&cable, &changes).unwrap_or(cable);
        }
        cable
    }

    /// The cable after those changes that leave its reading as it is: all, or by halves as many as are found.
    fn accepted(&self, cable: &Cable, changes: &[Change], identity: &Identity<'_>) -> Option<Arc<Cable>> {
        let mut kept: Vec<TextEdit> = Vec::new();
        let mut result = None;
        let mut waiting = vec![changes];
        for _ in 0..MOST_TRIALS {
            let Some(chunk) = waiting.pop() else { break };
            if chunk.is_empty() {
                continue;
            }
            let trial: Vec<TextEdit> = kept.iter().chain(chunk.iter().flatten()).cloned().collect();
            if let Some(read) = self.unchanged(&fix::apply(cable.text(), &trial), identity) {
                kept = trial;
                result = Some(read);
            } else if chunk.len() > 1 {
                let (first, second) = chunk.split_at(chunk.len() / 2);
                waiting.extend([second, first]);
            }
        }
        result
    }

    /// The text as a cable, if it reads as the one it was made from.
    fn unchanged(&self, text: &str, identity: &Identity<'_>) -> Option<Arc<Cable>> {
        let document = self.read(text);
        identity.is_that_of(&document).then(|| Arc::clone(&document.cables()[0].cable))
    }

    fn read(&self, text: &str) -> Document {
        Document::new(text, self.document.catalog())
    }
}
