//! The pieces of a line: what page lines and stamps on it leave of it.

use crate::fields::{classification, page_line};
use crate::furniture;
use crate::line::{self, LineKind, Signs};
use crate::span::Span;
use crate::white_space::trim;

use super::Arranger;

/// A line, or the columns of a line that a page line left free.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) line: usize,
    pub(super) span: Span,
    pub(super) kind: LineKind,
    pub(super) page: Option<Page>,
    /// Cut out of its line at a rule.
    pub(super) cut: bool,
}

/// A page line, by its place among those that were met. It is large, and hardly any piece is one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page(pub(super) u32);

/// The pieces of one line. Nearly every line is one, and asks for no memory.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    first: Option<Piece>,
    others: Vec<Piece>,
}

impl Pieces {
    fn one(piece: Piece) -> Self {
        Self { first: Some(piece), others: Vec::new() }
    }

    fn push(&mut self, piece: Piece) {
        if self.first.is_none() {
            self.first = Some(piece);
        } else {
            self.others.push(piece);
        }
    }

    /// Whether nothing divides the line.
    pub(super) fn is_one(&self) -> bool {
        self.first.is_some() && self.others.is_empty()
    }
}

impl IntoIterator for Pieces {
    type Item = Piece;
    type IntoIter = std::iter::Chain<std::option::IntoIter<Piece>, std::vec::IntoIter<Piece>>;

    fn into_iter(self) -> Self::IntoIter {
        self.first.into_iter().chain(self.others)
    }
}

impl Arranger<'_> {
    /// A line cut at the page lines in it; most lines are one piece.
    pub(super) fn pieces(&self, line: usize, from: u32) -> Pieces {
        let whole = self.lines[line];
        let kind = whole.kind;
        if kind == LineKind::Residue {
            return Pieces::one(Piece { line, span: whole.span, kind, page: None, cut: false });
        }
        let rest = self.trim_span(Span::new(whole.span.start.max(from), whole.span.end));
        if let Some(at) = self.foot_in(line, rest) {
            let own = self.trim_span(Span::new(rest.start, at));
            let mut pieces = self.cut_at_pages(line, own, own);
            pieces.push(Piece {
                line,
                span: Span::new(at, rest.end),
                kind: LineKind::ClassificationWord,
                page: None,
                cut: false,
            });
            return pieces;
        }
        let trimmed = if from <= whole.span.start { rest } else { self.trimmed(line) };
        self.cut_at_pages(line, rest, trimmed)
    }

    /// A stretch of a line cut at the page lines in it. `trimmed` is what is written on the line.
    fn cut_at_pages(&self, line: usize, mut rest: Span, trimmed: Span) -> Pieces {
        let whole = self.lines[line];
        let kind = whole.kind;
        // A page line has figures, a stamp has a slash; the margin of a released text has neither.
        if !whole.signs.has(Signs::DIGIT) && !whole.signs.has(Signs::SLASH) && !self.is_released && rest == trimmed {
            return if rest.is_empty() {
                Pieces::default()
            } else {
                Pieces::one(Piece { line, span: rest, kind, page: None, cut: false })
            };
        }
        let mut pieces = Pieces::default();
        while !rest.is_empty() {
            let text = self.slice(rest);
            let page = match kind {
                LineKind::OldPageLine if rest.start == trimmed.start => page_line::read_old(text),
                LineKind::PageLine | LineKind::Text | LineKind::Marker | LineKind::Keyword(_)
                    if whole.signs.has(Signs::DIGIT) =>
                {
                    page_line::read(text)
                }
                _ => None,
            };
            let stamp = self.furniture_in(kind, rest);
            let (at, page) = match (page, stamp) {
                (Some(page), Some(stamp)) if stamp.start < page.span.start => (stamp, None),
                (Some(page), _) => (page.span, Some(page)),
                (None, Some(stamp)) => (stamp, None),
                (None, None) => {
                    let is_whole = rest == trimmed;
                    let kind = if is_whole { kind } else { line::classify(text) };
                    pieces.push(Piece { line, span: rest, kind, page: None, cut: false });
                    break;
                }
            };
            let before = self.trim_span(Span::new(rest.start, rest.start + at.start));
            if !before.is_empty() {
                pieces.push(Piece {
                    line,
                    span: before,
                    kind: line::classify(self.slice(before)),
                    page: None,
                    cut: false,
                });
            }
            let kind = if page.is_some() { kind } else { LineKind::Furniture };
            let page = page.map(|page| {
                let mut pages = self.pages.borrow_mut();
                pages.push(page);
                Page(pages.len() as u32 - 1)
            });
            pieces.push(Piece { line, span: at.shifted(rest.start), kind, page, cut: false });
            rest = self.trim_span(Span::new(rest.start + at.end, rest.end));
        }
        pieces
    }

    /// Where the foot of a page begins that a copy put at the end of the last line above a page line: the level, wide
    /// apart from the text.
    pub(super) fn foot_in(&self, line: usize, span: Span) -> Option<u32> {
        const ENDS: [&str; 8] =
            ["CONFIDENTIAL", "SECRET", "UNCLASSIFIED", "UNCLAS", "OFFICIAL USE", "I A L", "R E T", "I E D"];
        let kind = self.lines[line].kind;
        if !matches!(kind, LineKind::Text | LineKind::Marker | LineKind::Keyword(_) | LineKind::OldPageLine) {
            return None;
        }
        let text = self.slice(span);
        // Hardly any line ends so.
        let may_end = matches!(text.as_bytes().last(), Some(b'L' | b'T' | b'D' | b'S' | b'E'));
        if !may_end || !ENDS.iter().any(|end| text.ends_with(end)) {
            return None;
        }
        // Behind what was taken out one space is left.
        let wide = || Some(text.rfind("  ")? + 2);
        let at = text
            .rfind("XXXX ")
            .map(|at| at + 5)
            .filter(|&at| classification::is_word_alone(&text[at..]))
            .or_else(wide)?;
        let is_foot = classification::is_word_alone(&text[at..]) && !trim(&text[..at]).is_empty();
        let next = is_foot.then(|| self.next_written(line + 1, self.lines.len())).flatten()?;
        (self.kind(next) == LineKind::OldPageLine).then_some(span.start + at as u32)
    }

    /// A stamp inside a line of text, or an exemption in its margin.
    fn furniture_in(&self, kind: LineKind, span: Span) -> Option<Span> {
        if !matches!(kind, LineKind::Text | LineKind::Marker | LineKind::Keyword(_)) {
            return None;
        }
        let text = self.slice(span);
        let margin = || furniture::bar_inside(text).or_else(|| furniture::margin(text));
        furniture::stamp_inside(text).or_else(|| if self.is_released { margin() } else { None })
    }
}
