//! Which findings wait while a person types.
//!
//! A line that is being written is wrong until its last key, and a cable that is being written lacks whatever comes
//! below. So a finding on the line of the last edit waits for an edit elsewhere, a pause or a save, and one about a part
//! that is not finished waits for the part after it or a save. What the edits cannot have caused is never held back.

#[cfg(test)]
mod tests;

use std::ops::{Range, RangeInclusive};

use cable_lint::{Diagnostic, Stage};
use cable_syntax::{Document, Era, PartKind, Placed, Zone};

/// The most stretches that are kept apart. Who edits at more places has edited between them, too.
const MOST_STRETCHES: usize = 64;

/// What was edited since a document was opened or saved. Cheap to clone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typing {
    /// The stretches that were edited, as bytes of the text as it is now: in order, and apart.
    edited: Vec<Range<usize>>,
    /// What the last edit put there; none if nothing was edited.
    last: Option<Range<usize>>,
    /// Whether nothing was typed for a while.
    is_paused: bool,
}

/// What a finding waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// The end of typing on the line: an edit on another, a pause, or a save.
    Pause,
    /// The next part of the cable, or a save.
    Save,
}

impl Typing {
    /// Whether nothing was edited.
    pub const fn is_none(&self) -> bool {
        self.last.is_none()
    }

    /// The bytes of `old` became `length` others.
    pub fn edit(&mut self, old: Range<usize>, length: usize) {
        let new = old.start..old.start + length;
        let moved = |at: usize| if at <= old.start { at } else { (at.max(old.end) - old.end) + new.end };
        for stretch in &mut self.edited {
            *stretch = moved(stretch.start)..moved(stretch.end);
        }
        // Those that it touches become one with it.
        let first = self.edited.partition_point(|stretch| stretch.end < new.start);
        let after = self.edited.partition_point(|stretch| stretch.start <= new.end).max(first);
        let touched = &self.edited[first..after];
        let start = touched.first().map_or(new.start, |stretch| stretch.start.min(new.start));
        let end = touched.last().map_or(new.end, |stretch| stretch.end.max(new.end));
        self.edited.splice(first..after, std::iter::once(start..end));
        if self.edited.len() > MOST_STRETCHES {
            let nearest =
                (1..self.edited.len()).min_by_key(|&index| self.edited[index].start - self.edited[index - 1].end);
            if let Some(index) = nearest {
                let after = self.edited.remove(index);
                self.edited[index - 1].end = after.end;
            }
        }
        self.last = Some(new);
        self.is_paused = false;
    }

    /// The same edits, with nothing typed for a while since.
    #[must_use]
    pub fn paused(mut self) -> Self {
        self.is_paused = !self.is_none();
        self
    }

    /// Whether nothing was typed for a while since the last edit.
    pub const fn is_paused(&self) -> bool {
        self.is_paused
    }

    /// What a finding of a document waits for; none if it is to be shown.
    pub fn wait(&self, found: &Diagnostic, document: &Document) -> Option<Wait> {
        let last = self.last.as_ref()?;
        let stage = found.rule.finished();
        let lines = Lines(document);
        let place = lines.of(&found.range);
        if stage == Stage::Copy {
            return self.has_edited(&lines, &place).then_some(Wait::Save);
        }
        if !self.is_paused && touch(&lines.typed(last), &place) {
            return Some(Wait::Pause);
        }
        if stage == Stage::Line {
            return None;
        }
        let cables = document.cables();
        let index = document.cable_at(found.range.start);
        let cable = &cables[index];
        let cursor = lines.at(last.end);
        let holds_cursor = index == document.cable_at(last.end.min(document.len()));
        let is_being_written = (holds_cursor || index + 1 == cables.len()) && self.has_edited_end(&lines, cable);
        // What is on the line that is being typed may become anything.
        let mut left = cable.cable.parts.iter().filter(|part| lines.at(cable.range(part.span).start) != cursor);
        if is_being_written && !left.any(|part| ends(stage, part.kind, cable.cable.era)) {
            return Some(Wait::Save);
        }
        let is_at_work = |kind| match stage {
            Stage::DateTimeGroup | Stage::Classification => is_line_of(stage, kind),
            Stage::Envelope => kind.zone() == Zone::Envelope,
            _ => false,
        };
        let mut at_cursor = cable.cable.parts.iter().filter(|part| lines.at(cable.range(part.span).start) == cursor);
        (!self.is_paused && holds_cursor && at_cursor.any(|part| is_at_work(part.kind))).then_some(Wait::Pause)
    }

    /// The cables of a document, by their index, in which a finding may have to wait. All others are as they were opened or saved.
    pub fn cables_at_work(&self, document: &Document) -> Vec<RangeInclusive<usize>> {
        if self.is_none() {
            return Vec::new();
        }
        let rope = document.rope();
        let of_stretch = |stretch: &Range<usize>| {
            let line = rope.line_to_byte(rope.byte_to_line(stretch.start.min(document.len())));
            // A finding at the end of a cable is where the line after it begins.
            document.cable_at(line.saturating_sub(1))..=document.cable_at(stretch.end)
        };
        let last = document.cables().len().saturating_sub(1);
        self.edited.iter().map(of_stretch).chain([last..=last]).collect()
    }

    /// Whether one of the lines was edited.
    fn has_edited(&self, lines: &Lines<'_>, wanted: &RangeInclusive<usize>) -> bool {
        let first = self.edited.partition_point(|stretch| lines.at(stretch.end) < *wanted.start());
        self.edited.get(first).is_some_and(|stretch| lines.at(stretch.start) <= *wanted.end())
    }

    /// Whether the last line of a cable was edited, or what follows it.
    fn has_edited_end(&self, lines: &Lines<'_>, cable: &Placed) -> bool {
        let extent = cable.extent();
        let end = cable.cable.parts.last().map_or(extent.start, |part| cable.range(part.span).start);
        self.has_edited(lines, &(lines.at(end)..=lines.at(extent.end)))
    }
}

/// The lines of a document, as they are counted where the text is edited.
struct Lines<'a>(&'a Document);

impl Lines<'_> {
    fn at(&self, byte: usize) -> usize {
        self.0.rope().byte_to_line(byte.min(self.0.len()))
    }

    fn of(&self, range: &Range<usize>) -> RangeInclusive<usize> {
        self.at(range.start)..=self.at(range.end)
    }

    /// The lines that are being typed: both ends of Enter; of a text of several lines that was put there, the last.
    fn typed(&self, last: &Range<usize>) -> RangeInclusive<usize> {
        let lines = self.of(last);
        if lines.end() - lines.start() > 1 { *lines.end()..=*lines.end() } else { lines }
    }
}

fn touch(one: &RangeInclusive<usize>, other: &RangeInclusive<usize>) -> bool {
    one.start() <= other.end() && other.start() <= one.end()
}

/// Whether a part of this kind is the one line that the stage consists of.
fn is_line_of(stage: Stage, kind: PartKind) -> bool {
    match stage {
        Stage::DateTimeGroup => kind == PartKind::DateTimeGroup,
        Stage::Classification => kind == PartKind::Classification,
        _ => false,
    }
}

/// Whether a stage is finished where a part of this kind is.
fn ends(stage: Stage, kind: PartKind, era: Era) -> bool {
    use PartKind as Kind;
    if is_line_of(stage, kind) {
        return true;
    }
    let from = match kind {
        Kind::From | Kind::To | Kind::Info | Kind::Exempt => Stage::Envelope,
        Kind::BreakText | Kind::Classification | Kind::Caption | Kind::Handling => Stage::Classification,
        Kind::ExecutiveOrder => Stage::ExecutiveOrder,
        Kind::Tags => Stage::Tags,
        // SMART writes its references above the subject.
        Kind::Reference if era == Era::M => Stage::Subject,
        Kind::Subject => Stage::Subject,
        Kind::Reference | Kind::ClassifiedBy => Stage::Header,
        // A line above the header that nothing is known of reads as text, too;
        Kind::Text => return matches!(stage, Stage::ExecutiveOrder | Stage::Tags | Stage::Subject),
        Kind::Paragraph | Kind::Fragment => Stage::Text,
        // after a word in capitals it reads as what follows a signature.
        Kind::Trailer => return matches!(stage, Stage::Header | Stage::Text),
        _ => return false,
    };
    stage < from
}
