//! Which findings wait while a person types.
//!
//! A line that is being written is wrong until its last key, and a cable that is being written lacks whatever comes
//! below. So a finding on the line of the last edit waits for an edit elsewhere, a pause or a save, and one about a part
//! that is not finished waits for the part after it or a save. What the edits cannot have caused is never held back.

#[cfg(test)]
mod tests;

use std::cell::OnceCell;
use std::ops::{Range, RangeInclusive};

use cable_lint::{Rule, Stage};
use cable_syntax::{Document, Era, Part, PartKind, Placed, Zone};

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

    /// Says of findings of a document what each waits for.
    pub fn watch<'a>(&'a self, document: &'a Document) -> Watch<'a> {
        let lines = Lines(document);
        let last = self.last.as_ref();
        Watch {
            document,
            is_paused: self.is_paused,
            edited: self.edited.iter().map(|stretch| lines.around(stretch)).collect(),
            typed: last.map(|last| lines.typed(last)),
            cursor: last.map_or(0..0, |last| lines.around(&(last.end..last.end))),
            cable_at_cursor: last.map_or(0, |last| document.cable_at(last.end.min(document.len()))),
            written: OnceCell::new(),
            written_last: OnceCell::new(),
        }
    }
}

/// What was typed in a document, as it is asked for each of many findings: nothing here looks for a line again.
pub struct Watch<'a> {
    document: &'a Document,
    is_paused: bool,
    /// The lines that were edited, in order.
    edited: Vec<Range<usize>>,
    /// The lines that are being typed; none if nothing was edited.
    typed: Option<Range<usize>>,
    /// The line of the cursor.
    cursor: Range<usize>,
    cable_at_cursor: usize,
    /// The cable that holds the cursor.
    written: OnceCell<Option<Stages>>,
    /// The last cable, which what is typed at the end of the document belongs to.
    written_last: OnceCell<Option<Stages>>,
}

/// Some of the stages, one bit each.
type Stages = u16;

impl Watch<'_> {
    /// What a finding of a rule at a range of the document waits for; none if it is to be shown.
    pub fn wait(&self, rule: &Rule, range: &Range<usize>) -> Option<Wait> {
        let typed = self.typed.as_ref()?;
        let stage = rule.finished();
        if stage == Stage::Copy {
            return self.has_edited(range).then_some(Wait::Save);
        }
        if !self.is_paused && is_on(range, typed) {
            return Some(Wait::Pause);
        }
        if stage == Stage::Line {
            return None;
        }
        let index = self.document.cable_at(range.start);
        if self.is_unfinished(index, stage) {
            return Some(Wait::Save);
        }
        let is_at_work = |part: &Part| match stage {
            Stage::Envelope => part.kind.zone() == Zone::Envelope,
            _ => stage_of_line(part.kind) == Some(stage),
        };
        let at_cursor = || self.parts_at_cursor(&self.document.cables()[index]);
        let holds_cursor = index == self.cable_at_cursor;
        (!self.is_paused && holds_cursor && at_cursor().iter().any(is_at_work)).then_some(Wait::Pause)
    }

    /// The cables of the document, by their index, in which a finding may have to wait. All others are as they were opened or saved.
    pub fn cables_at_work(&self) -> Vec<RangeInclusive<usize>> {
        if self.typed.is_none() {
            return Vec::new();
        }
        // A finding at the end of a cable is where the line after it begins.
        let of_lines = |lines: &Range<usize>| {
            self.document.cable_at(lines.start.saturating_sub(1))..=self.document.cable_at(lines.end.saturating_sub(1))
        };
        let last = self.document.cables().len().saturating_sub(1);
        self.edited.iter().map(of_lines).chain([last..=last]).collect()
    }

    /// Whether one of the lines that a range touches was edited.
    fn has_edited(&self, range: &Range<usize>) -> bool {
        let first = self.edited.partition_point(|lines| lines.end <= range.start);
        self.edited.get(first).is_some_and(|lines| is_on(range, lines))
    }

    /// Whether a cable is being written, and what comes after this stage of it is not there yet.
    fn is_unfinished(&self, index: usize, stage: Stage) -> bool {
        let cables = self.document.cables();
        let known = if index == self.cable_at_cursor {
            &self.written
        } else if index + 1 == cables.len() {
            &self.written_last
        } else {
            return false;
        };
        let ended = known.get_or_init(|| self.has_edited_end(&cables[index]).then(|| self.ended(&cables[index])));
        ended.is_some_and(|ended| ended & bit(stage) == 0)
    }

    /// Whether the last line of a cable was edited, or what follows it.
    fn has_edited_end(&self, cable: &Placed) -> bool {
        let extent = cable.extent();
        let last = cable.cable.parts.last().map_or(extent.start, |part| cable.range(part.span).start);
        self.has_edited(&(last..extent.end))
    }

    /// The stages that are finished in a cable.
    fn ended(&self, cable: &Placed) -> Stages {
        let mut ended = 0;
        for part in &cable.cable.parts {
            // What is on the line that is being typed may become anything.
            if !self.cursor.contains(&cable.range(part.span).start) {
                ended |= ends(part.kind, cable.cable.era);
            }
        }
        ended
    }

    fn parts_at_cursor<'c>(&self, cable: &'c Placed) -> &'c [Part] {
        let parts = &cable.cable.parts;
        let before = |end: usize| parts.partition_point(|part| cable.range(part.span).start < end);
        &parts[before(self.cursor.start)..before(self.cursor.end)]
    }
}

/// The lines of a document, as they are counted where the text is edited, in bytes. Of the last line the end is never reached.
struct Lines<'a>(&'a Document);

impl Lines<'_> {
    /// All of the lines that a range touches.
    fn around(&self, range: &Range<usize>) -> Range<usize> {
        self.start(self.at(range.start))..self.start(self.at(range.end) + 1)
    }

    /// The lines that are being typed: both ends of Enter; of a text of several lines that was put there, the last.
    fn typed(&self, last: &Range<usize>) -> Range<usize> {
        let is_long = self.at(last.end) - self.at(last.start) > 1;
        self.around(&(if is_long { last.end } else { last.start }..last.end))
    }

    fn at(&self, byte: usize) -> usize {
        self.0.rope().byte_to_line(byte.min(self.0.len()))
    }

    fn start(&self, line: usize) -> usize {
        let rope = self.0.rope();
        if line < rope.len_lines() { rope.line_to_byte(line) } else { usize::MAX }
    }
}

/// Whether a range touches one of some lines.
const fn is_on(range: &Range<usize>, lines: &Range<usize>) -> bool {
    range.start < lines.end && range.end >= lines.start
}

/// The stage that consists of the one line of this kind.
const fn stage_of_line(kind: PartKind) -> Option<Stage> {
    match kind {
        PartKind::DateTimeGroup => Some(Stage::DateTimeGroup),
        PartKind::Classification => Some(Stage::Classification),
        _ => None,
    }
}

/// The stages that are finished where a part of this kind is.
fn ends(kind: PartKind, era: Era) -> Stages {
    use PartKind as Kind;
    let own = stage_of_line(kind).map_or(0, bit);
    let until = match kind {
        Kind::From | Kind::To | Kind::Info | Kind::Exempt => Stage::Envelope,
        Kind::BreakText | Kind::Classification | Kind::Caption | Kind::Handling => Stage::Classification,
        Kind::ExecutiveOrder => Stage::ExecutiveOrder,
        Kind::Tags => Stage::Tags,
        // SMART writes its references above the subject.
        Kind::Reference if era == Era::Smart2010 => Stage::Subject,
        Kind::Subject => Stage::Subject,
        Kind::Reference | Kind::ClassifiedBy => Stage::Header,
        // A line above the header that nothing is known of reads as text, too;
        Kind::Text => return bit(Stage::ExecutiveOrder) | bit(Stage::Tags) | bit(Stage::Subject),
        Kind::Paragraph | Kind::Fragment => Stage::Text,
        // after a word in capitals it reads as what follows a signature.
        Kind::Trailer => return bit(Stage::Header) | bit(Stage::Text),
        _ => return own,
    };
    own | (bit(until) - 1)
}

/// The place of a stage among [`Stages`], which are in the order in which they are written.
const fn bit(stage: Stage) -> Stages {
    1 << stage as Stages
}
