//! A document: a rope and the cables in it, kept current edit by edit.
//!
//! An edit re-classifies only the lines it touches and re-arranges only the cables those lines belong to; every other
//! cable stays the same shared value and is only moved. After any edits a document equals the fresh reading of its text.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use cable_catalog::Catalog;
use ropey::{Rope, RopeBuilder};

use crate::arrange;
use crate::boundary;
use crate::cable::Cable;
use crate::line::{Line, Signs, classify_with};
use crate::loose_line::LooseLine;
use crate::span::Span;

/// A text file with the cables it holds. Cloning is cheap: a clone is a snapshot.
#[derive(Debug, Clone)]
pub struct Document {
    /// Made when somebody asks for it: a check of a file needs none.
    rope: OnceLock<Rope>,
    catalog: Catalog,
    cables: Vec<Placed>,
    changed: Changed,
}

/// A cable and where it is in its document.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Byte offset of its first byte in the document.
    pub start: usize,
    /// Index of its first line in the document, from 0.
    pub first_line: usize,
    /// The cable, shared with every snapshot that holds it unchanged.
    pub cable: Arc<Cable>,
}

impl Placed {
    /// A cable by itself: what is found of it counts from its own start.
    pub const fn alone(cable: Arc<Cable>) -> Self {
        Self { start: 0, first_line: 0, cable }
    }

    /// A span of the cable as a range of the document.
    pub const fn range(&self, span: Span) -> Range<usize> {
        self.start + span.start as usize..self.start + span.end as usize
    }

    /// Bytes of the document that the cable covers.
    pub fn extent(&self) -> Range<usize> {
        self.start..self.start + self.cable.text.len()
    }
}

/// One change of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit<'a> {
    /// Bytes that go. Clamped to the text, and to whole characters.
    pub range: Range<usize>,
    /// What comes in their place.
    pub text: &'a str,
}

/// How much work an edit was: shown in the trace log, asserted in tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changed {
    /// Lines whose kind was settled anew.
    pub lines_classified: usize,
    /// Cables that were arranged anew.
    pub cables_arranged: usize,
}

impl Document {
    /// Reads a text.
    pub fn new(text: &str, catalog: &Catalog) -> Self {
        let lines = classify_lines(text, 0);
        let mut document = Self {
            rope: OnceLock::new(),
            catalog: catalog.clone(),
            cables: Vec::new(),
            changed: Changed { lines_classified: lines.len(), cables_arranged: 0 },
        };
        let read = |range: Range<usize>| Cow::Borrowed(&text[range]);
        let starts = boundary::starts(&lines, &read);
        document.place(0, 0, &lines, &starts, &read, 0..0, &[]);
        document
    }

    /// The text.
    pub fn rope(&self) -> &Rope {
        self.rope.get_or_init(|| {
            let mut builder = RopeBuilder::new();
            for placed in &self.cables {
                builder.append(&placed.cable.text);
            }
            builder.finish()
        })
    }

    /// The codes it is read with.
    pub const fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The cables in order; always at least one, which may be empty.
    pub fn cables(&self) -> &[Placed] {
        &self.cables
    }

    /// What the last edit, or the first reading, cost.
    pub const fn changed(&self) -> Changed {
        self.changed
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.cables.last().map_or(0, |last| last.extent().end)
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Index of the cable that holds a byte; the end of the document belongs to the last one.
    pub fn cable_at(&self, offset: usize) -> usize {
        self.cables.partition_point(|placed| placed.start <= offset).saturating_sub(1)
    }

    /// Applies one edit and says how much was read anew.
    pub fn apply(&mut self, edit: &Edit<'_>) -> Changed {
        // Shares its text with the document, and with every snapshot that was taken of it.
        let mut rope = self.rope().clone();
        let range = clamp(&rope, &edit.range);
        // Lines whose text or break may change: a break of two bytes may be torn apart or come together at either end.
        let window = whole_lines(&rope, range.start.saturating_sub(1)..(range.end + 1).min(self.len()), &range);
        let characters = rope.byte_to_char(range.start)..rope.byte_to_char(range.end);
        rope.remove(characters.clone());
        rope.insert(characters.start, edit.text);
        let grown = |offset: usize| offset - range.len() + edit.text.len();
        let read = |range: Range<usize>| rope.get_byte_slice(range).map_or(Cow::Borrowed(""), Cow::from);

        // Whether a cable begins at a line depends on that line, on a few lines after it, and on its own cable's start.
        let first_line = line_of(&rope, window.start);
        let look_ahead = start_of_line(&rope, first_line.saturating_sub(boundary::LOOK_AHEAD));
        let from = self.cable_at(look_ahead).saturating_sub(1);
        let mut to = self.cable_at(window.end.saturating_sub(1).max(window.start)) + 1;

        let base = self.cables[from].start;
        let base_line = self.cables[from].first_line;
        let touched = window.start..grown(window.end);
        let before: usize = self.cables[from..to].iter().map(|placed| placed.cable.lines.len()).sum();
        // A line or two may come with the edit.
        let mut lines = Vec::with_capacity(before + 8);
        for placed in &self.cables[from..to] {
            lines.extend(loose(placed).filter(|line| line.end <= window.start && line.text.start < window.start));
        }
        let new_lines = classify_lines(&read(touched.clone()), touched.start);
        self.changed = Changed { lines_classified: new_lines.len(), cables_arranged: 0 };
        lines.extend(new_lines);
        let move_line = |line: LooseLine| LooseLine {
            text: grown(line.text.start)..grown(line.text.end),
            end: grown(line.end),
            kind: line.kind,
            signs: line.signs,
        };
        for placed in &self.cables[from..to] {
            lines.extend(loose(placed).filter(|line| line.text.start >= window.end).map(move_line));
        }
        // Read on until a cable begins where one began before: from there on nothing differs.
        let starts = loop {
            let Some(next) = self.cables.get(to) else { break boundary::starts(&lines, &read) };
            let known = lines.len();
            lines.extend(loose(next).map(move_line));
            let mut starts = boundary::starts(&lines, &read);
            if let Some(at) = starts.iter().position(|&start| start == known) {
                starts.truncate(at);
                lines.truncate(known);
                break starts;
            }
            to += 1;
        };
        let old: Vec<Placed> = self.cables.splice(from..to, []).collect();
        let added = self.place(from, base, &lines, &starts, &read, touched, &old);
        let end = self.cables[..from + added].last().map_or(base, |placed| placed.extent().end);
        let end_line = base_line + lines.len();
        self.settle(from, base_line, added, end, end_line);
        self.rope = rope.into();
        self.changed
    }

    /// Moves the cables after an edit, and counts the lines of the ones that were placed.
    fn settle(&mut self, from: usize, base_line: usize, added: usize, end: usize, end_line: usize) {
        let mut line = base_line;
        for placed in &mut self.cables[from..from + added] {
            placed.first_line = line;
            line += placed.cable.lines.len();
        }
        let Some(next) = self.cables.get(from + added) else { return };
        let (old_start, old_line) = (next.start, next.first_line);
        for placed in &mut self.cables[from + added..] {
            placed.start = placed.start - old_start + end;
            placed.first_line = placed.first_line - old_line + end_line;
        }
    }

    /// Makes cables of lines and puts them at `index`. A cable of `old` whose lines are outside `touched` and kept
    /// their extent is the same cable still.
    #[expect(clippy::too_many_arguments, reason = "where, of what, and what was there before")]
    fn place<'t>(
        &mut self,
        index: usize,
        base: usize,
        lines: &[LooseLine],
        starts: &[usize],
        read: &impl Fn(Range<usize>) -> Cow<'t, str>,
        touched: Range<usize>,
        old: &[Placed],
    ) -> usize {
        let mut placed = Vec::with_capacity(starts.len().max(1));
        let bounds = |at: usize| {
            let first = starts.get(at).copied().unwrap_or_default();
            first..starts.get(at + 1).copied().unwrap_or(lines.len())
        };
        let mut first_line = 0;
        for at in 0..starts.len().max(1) {
            let own = &lines[bounds(at)];
            let extent = own.first().map_or(base, |line| line.text.start)..own.last().map_or(base, |line| line.end);
            let before = old.get(at).map(|placed| &*placed.cable);
            let cable = unchanged(&extent, own, read, &touched, old)
                .unwrap_or_else(|| self.arrange(&extent, own, read, before));
            placed.push(Placed { start: extent.start, first_line, cable });
            first_line += own.len();
        }
        let added = placed.len();
        self.cables.splice(index..index, placed);
        added
    }

    fn arrange<'t>(
        &mut self,
        extent: &Range<usize>,
        lines: &[LooseLine],
        read: &impl Fn(Range<usize>) -> Cow<'t, str>,
        before: Option<&Cable>,
    ) -> Arc<Cable> {
        self.changed.cables_arranged += 1;
        let text = read(extent.clone()).into_owned();
        let relative = |offset: usize| (offset - extent.start) as u32;
        let lines = lines
            .iter()
            .map(|line| Line {
                span: Span::new(relative(line.text.start), relative(line.text.end)),
                kind: line.kind,
                signs: line.signs,
            })
            .collect();
        Arc::new(arrange::arrange(text.into_boxed_str(), lines, &self.catalog, before))
    }
}

/// The cable of `old` that the lines are still.
fn unchanged<'t>(
    extent: &Range<usize>,
    lines: &[LooseLine],
    read: &impl Fn(Range<usize>) -> Cow<'t, str>,
    touched: &Range<usize>,
    old: &[Placed],
) -> Option<Arc<Cable>> {
    // A cable before the edit kept its place; one after it moved with the end of the document's old text.
    let before = extent.end <= touched.start;
    let after = extent.start >= touched.end;
    if !before && !after {
        return None;
    }
    let candidate = old.iter().find(|placed| {
        let same_size = placed.cable.text.len() == extent.len() && placed.cable.lines.len() == lines.len();
        same_size && if before { placed.start == extent.start } else { read(extent.clone()) == *placed.cable.text }
    })?;
    Some(Arc::clone(&candidate.cable))
}

/// Classifies the lines of a text that begins at a byte of the document and ends with a whole line.
fn classify_lines(text: &str, start: usize) -> Vec<LooseLine> {
    let mut lines = Vec::new();
    let mut from = 0;
    while from < text.len() {
        let breaks = memchr::memchr2(b'\n', b'\r', &text.as_bytes()[from..]);
        let end = breaks.map_or(text.len(), |at| from + at);
        let next = match &text.as_bytes()[end..] {
            [b'\r', b'\n', ..] => end + 2,
            [] => end,
            _ => end + 1,
        };
        let line = &text[from..end];
        let signs = Signs::of(line);
        let kind = classify_with(line, signs);
        lines.push(LooseLine { text: start + from..start + end, end: start + next, kind, signs });
        from = next;
    }
    lines
}

fn clamp(rope: &Rope, range: &Range<usize>) -> Range<usize> {
    let end = range.end.min(rope.len_bytes());
    let start = range.start.min(end);
    // A position inside a character means its start.
    let whole = |offset: usize| rope.char_to_byte(rope.byte_to_char(offset));
    whole(start)..whole(end)
}

/// Widens a range to whole lines: those that hold it, and the line that `edited` begins or ends in.
fn whole_lines(rope: &Rope, range: Range<usize>, edited: &Range<usize>) -> Range<usize> {
    let torn_before = range.start < edited.start && rope.get_byte(range.start) == Some(b'\r');
    let first = line_of(rope, if torn_before { range.start } else { edited.start });
    let torn_after = rope.get_byte(edited.end) == Some(b'\n') && edited.end > 0 && rope.byte(edited.end - 1) == b'\r';
    let last = line_of(rope, if torn_after { range.end } else { edited.end });
    start_of_line(rope, first)..start_of_line(rope, last + 1)
}

fn line_of(rope: &Rope, offset: usize) -> usize {
    rope.byte_to_line(offset.min(rope.len_bytes()))
}

fn start_of_line(rope: &Rope, line: usize) -> usize {
    if line >= rope.len_lines() { rope.len_bytes() } else { rope.line_to_byte(line) }
}

/// Two documents are equal when their texts, which the cables hold, and everything read from them are.
impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        self.cables.len() == other.cables.len()
            && self
                .cables
                .iter()
                .zip(&other.cables)
                .all(|(one, two)| one.start == two.start && one.first_line == two.first_line && one.cable == two.cable)
    }
}

/// The lines of a placed cable as bytes of the document.
fn loose(placed: &Placed) -> impl Iterator<Item = LooseLine> + '_ {
    let lines = &placed.cable.lines;
    let end_of = move |index: usize| {
        let end = lines.get(index + 1).map_or(placed.cable.text.len(), |next| next.span.start as usize);
        placed.start + end
    };
    lines.iter().enumerate().map(move |(index, line)| LooseLine {
        text: placed.range(line.span),
        end: end_of(index),
        kind: line.kind,
        signs: line.signs,
    })
}
