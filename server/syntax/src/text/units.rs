//! The lines of the text, each with what is between it and the one above, and the furniture that parts are by themselves.

use smallvec::SmallVec;

use super::{Furniture, FurnitureKind};
use crate::cable::Cable;
use crate::copy_marks::CopyMark;
use crate::furniture::is_missing_section;
use crate::part::{Part, PartKind};
use crate::span::Span;
use crate::white_space::{is_bare, is_blank, is_residue};

/// Stretches, each with whether it is glued to the one before: nearly always one.
pub(super) type Pieces = SmallVec<[(Span, bool); 1]>;

/// A line of the text, or what a page line or another part leaves of one.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) line: u32,
    pub(super) start: Start,
    /// Its stretches: more than one where marks of a copy are between, each with whether it is glued to the one before.
    pub(super) pieces: Pieces,
    pub(super) gap: Gap,
    /// How long its line is, in Unicode scalars, from its first word to the end of the unit.
    pub(super) length: usize,
}

/// What a unit is before it is known what it goes on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// A paragraph by its index.
    Paragraph(u32),
    /// Any other line of the text.
    Text,
    Heading,
    /// A line of a quoted cable.
    QuotedCable,
    Signature,
}

/// A page that begins, and its number where its line has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page(pub(super) Option<u32>);

/// What is between a unit and the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a separate observation of what is there, not a state")]
pub(super) struct Gap {
    pub(super) blank_line: bool,
    pub(super) rule: bool,
    /// A page line.
    pub(super) page: Option<Page>,
    /// Anything else, such as a stamp or a caption.
    pub(super) furniture: bool,
    /// The notice that a section is missing: nothing goes on over it.
    pub(super) is_torn: bool,
}

impl Gap {
    /// Whether something came in between that the writer did not put there.
    pub(super) const fn is_interrupted(self) -> bool {
        self.page.is_some() || self.furniture
    }
}

impl Unit {
    /// The bytes from its first to its last stretch.
    pub(super) fn span(&self) -> Span {
        match (self.pieces.first(), self.pieces.last()) {
            (Some((first, _)), Some((last, _))) => Span::new(first.start, last.end),
            _ => Span::default(),
        }
    }
}

/// The units of a cable and the furniture beside them, each in order.
pub(super) fn units(cable: &Cable) -> (Vec<Unit>, Vec<Furniture>) {
    let mut gatherer = Gatherer {
        cable,
        marks: cable.copy_marks(),
        units: Vec::with_capacity(cable.parts.len()),
        furniture: Vec::new(),
        gap: Gap::default(),
        last_line: None,
        paragraph: 0,
        page_line: 0,
    };
    for part in &cable.parts {
        gatherer.part(part);
    }
    (gatherer.units, gatherer.furniture)
}

struct Gatherer<'a> {
    cable: &'a Cable,
    /// Those that have not been passed.
    marks: &'a [CopyMark],
    units: Vec<Unit>,
    furniture: Vec<Furniture>,
    gap: Gap,
    /// The line of the part before.
    last_line: Option<u32>,
    /// The next paragraph and the next page line.
    paragraph: usize,
    page_line: usize,
}

impl Gatherer<'_> {
    fn part(&mut self, part: &Part) {
        if self.last_line.is_some_and(|last| last + 1 < part.line) {
            self.gap.blank_line = true;
        }
        self.last_line = Some(part.line);
        let start = match part.kind {
            PartKind::Paragraph => self.opened(part),
            PartKind::Fragment | PartKind::Text => Start::Text,
            PartKind::Heading => Start::Heading,
            PartKind::Quoted => Start::QuotedCable,
            PartKind::Signature => Start::Signature,
            kind => {
                self.beside(part, kind);
                return;
            }
        };
        let mut from = part.span.start;
        if let Start::Paragraph(index) = start {
            from = self.marker(part, index);
        }
        let pieces = self.pieces(part.line, Span::new(from, part.span.end.max(from)));
        if pieces.is_empty() && !matches!(start, Start::Paragraph(_)) {
            return;
        }
        let gap = std::mem::take(&mut self.gap);
        let end = pieces.last().map_or(0, |(last, _)| last.end);
        let length = length(self.cable, part.line, end);
        self.units.push(Unit { line: part.line, start, pieces, gap, length });
    }

    /// The paragraph that a part opens.
    fn opened(&mut self, part: &Part) -> Start {
        let paragraphs = &self.cable.body.paragraphs;
        while let Some(paragraph) = paragraphs.get(self.paragraph) {
            if paragraph.marker.span.start >= part.span.end {
                break;
            }
            self.paragraph += 1;
            if paragraph.marker.span.start >= part.span.start {
                return Start::Paragraph(self.paragraph as u32 - 1);
            }
        }
        Start::Text
    }

    /// A part that is no text.
    fn beside(&mut self, part: &Part, kind: PartKind) {
        let furniture = match kind {
            PartKind::Wrapper if is_missing_section(self.cable.slice(part.span)) => FurnitureKind::Notice,
            PartKind::Wrapper => FurnitureKind::Wrapper,
            PartKind::Notice => FurnitureKind::Notice,
            PartKind::Distribution => FurnitureKind::Distribution,
            PartKind::Rule => FurnitureKind::Rule,
            PartKind::PageLine => FurnitureKind::PageLine,
            PartKind::PageMark => FurnitureKind::PageClass,
            PartKind::StrayCaption => FurnitureKind::RepeatedCaption,
            PartKind::Trailer => FurnitureKind::Trailer,
            PartKind::RepeatedHeader => FurnitureKind::Header,
            kind if kind.zone() == crate::part::Zone::Header => FurnitureKind::Header,
            _ => FurnitureKind::Envelope,
        };
        let is_mark = furniture == FurnitureKind::Wrapper && self.is_copy_mark(part.span);
        match furniture {
            // What a copy put around a word is nowhere between lines.
            _ if is_mark => {}
            FurnitureKind::Rule => self.gap.rule = true,
            FurnitureKind::PageLine => self.gap.page = Some(Page(self.page(part))),
            FurnitureKind::Notice => self.gap.is_torn = true,
            _ => self.gap.furniture = true,
        }
        self.own(part.line, part.span, if is_mark { FurnitureKind::Markup } else { furniture });
    }

    /// The number on a page line.
    fn page(&mut self, part: &Part) -> Option<u32> {
        let lines = &self.cable.body.page_lines;
        while let Some(line) = lines.get(self.page_line).filter(|line| line.span.start < part.span.end) {
            self.page_line += 1;
            if line.span.start >= part.span.start {
                return line.value.page.or(line.value.section);
            }
        }
        None
    }

    /// Whether nothing but marks of a copy is in a stretch.
    fn is_copy_mark(&mut self, span: Span) -> bool {
        self.pass(span.start);
        let inside = self.marks.iter().take_while(|mark| mark.span.start < span.end);
        let covered: u32 = inside.map(|mark| mark.span.end.min(span.end) - mark.span.start.max(span.start)).sum();
        covered > 0 && {
            let written =
                self.cable.slice(span).chars().filter(|&next| !is_blank(next)).map(|next| next.len_utf8() as u32);
            covered >= written.sum::<u32>()
        }
    }

    /// Passes the marks of a copy that end before a byte.
    fn pass(&mut self, offset: u32) {
        let passed = self.marks.iter().take_while(|mark| mark.span.end <= offset).count();
        self.marks = &self.marks[passed..];
    }

    /// Owns dash, number and mark of a paragraph. Gives where its text begins.
    fn marker(&mut self, part: &Part, index: u32) -> u32 {
        let Some(paragraph) = self.cable.body.paragraphs.get(index as usize) else { return part.span.start };
        let marker = paragraph.marker.value;
        let base = paragraph.marker.span.start;
        let end = (base + marker.text).clamp(base, part.span.end);
        let end = if marker.mark.is_some() { end + self.closing_sign(Span::new(end, part.span.end)) } else { end };
        let mut at = base;
        if marker.dash {
            let dash = self.cable.slice(Span::new(base, end)).chars().next().map_or(0, char::len_utf8) as u32;
            self.own(part.line, Span::new(base, base + dash), FurnitureKind::ListDash);
            at = base + dash;
        }
        if let Some(mark) = marker.mark {
            let mark = Span::new((base + mark.span.start).clamp(at, end), (base + mark.span.end).clamp(at, end));
            self.own_written(part.line, Span::new(at, mark.start), FurnitureKind::Marker);
            self.own_written(part.line, mark, FurnitureKind::Mark);
            at = mark.end;
        }
        self.own_written(part.line, Span::new(at, end), FurnitureKind::Marker);
        end
    }

    /// How many bytes a sign takes that closes the mark before a text, as in `1. (C - ENTIRE TEXT).` It is no part of a sentence.
    fn closing_sign(&self, text: Span) -> u32 {
        let text = self.cable.slice(text);
        let closes = |sign: &char| matches!(sign, '.' | ':' | ',' | ';');
        let Some(sign) = text.chars().next().filter(closes) else { return 0 };
        // Several dots leave something out, and a figure may begin with one.
        let goes_on = text[1..].starts_with(|next: char| next == sign || next.is_alphanumeric());
        u32::from(!goes_on)
    }

    /// The stretches of a part between the marks of a copy.
    fn pieces(&mut self, line: u32, span: Span) -> Pieces {
        let mut pieces = Pieces::new();
        let mut at = span.start;
        let mut is_parted = false;
        self.pass(span.start);
        let marks = self.marks;
        // A character that a web page wrote by its name is text.
        let hidden = marks.iter().take_while(|mark| mark.span.start < span.end).filter(|mark| mark.character.is_none());
        for mark in hidden {
            let hole = Span::new(mark.span.start.max(at), mark.span.end.clamp(at, span.end));
            if hole.is_empty() {
                continue;
            }
            self.piece(Span::new(at, hole.start), &mut is_parted, &mut pieces);
            is_parted |= parts_words(self.cable.slice(mark.span));
            self.own_written(line, hole, FurnitureKind::Markup);
            at = hole.end;
        }
        self.piece(Span::new(at, span.end), &mut is_parted, &mut pieces);
        pieces
    }

    /// Adds what is written in a stretch. `is_parted` says whether what is before it ends a word.
    fn piece(&self, span: Span, is_parted: &mut bool, pieces: &mut Pieces) {
        let text = self.cable.slice(span);
        let (mut inner, mut start) = (text, 0);
        if !is_bare(text) || text.ends_with('\\') {
            inner = text.trim_end_matches(is_residue);
            start = (inner.len() - inner.trim_start_matches(is_blank).len()) as u32;
        }
        let own = Span::new(span.start + start, span.start + inner.len() as u32);
        *is_parted |= start > 0 || (inner.is_empty() && !text.is_empty());
        if own.is_empty() {
            return;
        }
        pieces.push((own, !*is_parted && !pieces.is_empty()));
        *is_parted = inner.len() < text.len();
    }

    fn own_written(&mut self, line: u32, span: Span, kind: FurnitureKind) {
        let text = self.cable.slice(span);
        let inner = text.trim_matches(is_blank);
        let start = span.start + (text.len() - text.trim_start_matches(is_blank).len()) as u32;
        self.own(line, Span::new(start, start + inner.len() as u32), kind);
    }

    fn own(&mut self, line: u32, span: Span, kind: FurnitureKind) {
        if !span.is_empty() {
            self.furniture.push(Furniture { line, span, kind });
        }
    }
}

/// How long a line is up to a byte, in Unicode scalars, without the blanks before it.
fn length(cable: &Cable, line: u32, end: u32) -> usize {
    const LONG: usize = 1000;
    let Some(line) = cable.lines().get(line as usize) else { return 0 };
    let text = cable.slice(Span::new(line.span.start, end.max(line.span.start)));
    let text = if is_bare(text) { text } else { text.trim_start_matches(is_blank) };
    // What is long is counted no further, for a line may hold many units.
    match text.len() {
        length if length > LONG => text.chars().take(LONG).count(),
        length if text.is_ascii() => length,
        _ => text.chars().count(),
    }
}

/// Whether a mark of a copy ends a line of its page.
fn parts_words(mark: &str) -> bool {
    let name = mark.trim_start_matches(['<', '/']);
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let inline = ["a", "b", "i", "u", "tt", "em", "span", "font", "code", "strong"];
    mark.starts_with('<') && !inline.iter().any(|inline| inline.eq_ignore_ascii_case(&name[..length]))
}
