//! Captions that the header of a later section left in the text, run together with it (FORMAT.md, "Stray captions").

use std::sync::LazyLock;

use memchr::memmem;

use crate::furniture;
use crate::line::{self, LineKind, keyword_at_start};
use crate::marker;
use crate::span::Span;

use super::{Arranger, Piece};

/// The caption that is found so.
const CAPTION: &str = "SIPDIS";

static FINDER: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new(CAPTION));

/// How far into a text there is something to cut out. Few lines have anything, and most texts nothing below their header.
#[derive(Clone, Copy)]
pub(super) struct Strays {
    last_caption: Option<u32>,
    last_notice: Option<u32>,
}

impl Arranger<'_> {
    /// What there is to be cut out of the lines of a text.
    pub(super) fn strays(&self) -> Strays {
        // From the beginning on: backwards no searcher looks at many bytes at a time.
        let last = |words: &memmem::Finder<'_>| words.find_iter(self.text.as_bytes()).last().map(|at| at as u32);
        Strays { last_caption: last(&FINDER), last_notice: last(&furniture::MISSING_SECTION) }
    }

    /// Cuts a line at the captions in it and at its rules: `SIPDIS INTERESTS FOR ...`, `a visit to a SIPDIS village`.
    pub(super) fn split_captions(&self, strays: Strays, piece: Piece, pieces: &mut Vec<Piece>) {
        let rest = self.split_first_captions(piece, pieces);
        let may_hold = |last: Option<u32>| last.is_some_and(|last| last >= rest.span.start);
        let rest = if may_hold(strays.last_notice) { self.split_missing_sections(rest, pieces) } else { rest };
        if rest.span.is_empty() {
            return;
        }
        let from = pieces.len();
        self.split_rules(rest, pieces);
        if may_hold(strays.last_caption) && FINDER.find(self.slice(rest.span).as_bytes()).is_some() {
            for part in pieces.split_off(from) {
                self.split_captions_inside(part, rest.span.start, pieces);
            }
        }
    }

    /// Cuts off the captions at the start of a line, where text is after them or nothing but the same again.
    fn split_first_captions(&self, mut piece: Piece, pieces: &mut Vec<Piece>) -> Piece {
        const GLUED: &str = "SIPDIS ";
        loop {
            let text = self.slice(piece.span);
            let is_repeated = || text.split_whitespace().all(|word| word == CAPTION);
            let goes_on = || text.len() > 24 || text.contains(char::is_lowercase) || is_repeated();
            if piece.kind != LineKind::Text || !text.starts_with(GLUED) || !goes_on() {
                return piece;
            }
            let above = pieces.last().filter(|above| above.line + 1 == piece.line).map(|above| self.slice(above.span));
            if is_spoken_of(above.unwrap_or_default(), &text[GLUED.len()..]) {
                return piece;
            }
            let at = piece.span.start + CAPTION.len() as u32;
            pieces.push(Piece { span: Span::new(piece.span.start, at), ..piece });
            piece.span = self.trim_span(Span::new(at, piece.span.end));
        }
    }

    /// Cuts off what is before the last notice of the relay that a section is missing, and the notices.
    fn split_missing_sections(&self, piece: Piece, pieces: &mut Vec<Piece>) -> Piece {
        let mut rest = piece;
        while piece.page.is_none()
            && let Some(found) = furniture::missing_section(self.slice(rest.span))
        {
            let notice = found.shifted(rest.span.start);
            let before = self.trim_span(Span::new(rest.span.start, notice.start));
            if !before.is_empty() {
                self.split_rules(self.part_of(piece, before), pieces);
            }
            pieces.push(Piece { span: notice, kind: LineKind::Furniture, ..piece });
            rest.span = self.trim_span(Span::new(notice.end, piece.span.end));
        }
        self.part_of(piece, rest.span)
    }

    /// Cuts a stretch of text at each caption inside it that is no word of its sentence. One at the `start` of the line was
    /// looked at.
    fn split_captions_inside(&self, piece: Piece, start: u32, pieces: &mut Vec<Piece>) {
        let mut rest = piece.span;
        if matches!(piece.kind, LineKind::Text | LineKind::Marker) && self.slice(piece.span) != CAPTION {
            let text = self.slice(piece.span);
            let is_first = |at: usize| at == 0 && piece.span.start == start;
            let strays = FINDER.find_iter(text.as_bytes()).filter(|&at| !is_first(at) && self.is_stray(text, at));
            for at in strays {
                let caption = Span::of(at..at + CAPTION.len()).shifted(piece.span.start);
                let before = self.trim_span(Span::new(rest.start, caption.start));
                if !before.is_empty() {
                    pieces.push(self.part_of(piece, before));
                }
                pieces.push(Piece { span: caption, kind: LineKind::Text, ..piece });
                rest = self.trim_span(Span::new(caption.end, piece.span.end));
            }
        }
        if !rest.is_empty() {
            pieces.push(self.part_of(piece, rest));
        }
    }

    /// A part of a piece. Behind its start it is a marker where that is sure, whatever else it looks like.
    fn part_of(&self, piece: Piece, span: Span) -> Piece {
        let kind = if span.start == piece.span.start { piece.kind } else { self.kind_of_rest(span) };
        Piece { span, kind, ..piece }
    }

    /// What a part of a text is: a marker where it is sure, whatever else it looks like.
    fn kind_of_rest(&self, span: Span) -> LineKind {
        let text = self.slice(span);
        let is_marker = line::classify(text) == LineKind::Marker
            && marker::read_marker(text).is_some_and(|marker| marker.mark.is_some());
        if is_marker { LineKind::Marker } else { LineKind::Text }
    }

    /// Whether the caption at a place in a line is none that its sentence speaks of: `Please include SIPDIS in all replies`.
    fn is_stray(&self, text: &str, at: usize) -> bool {
        let (before, after) = (&text[..at], &text[at + CAPTION.len()..]);
        let is_apart = (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '));
        let is_caption = |word: &str| self.catalog.caption(word).is_some();
        is_apart
            && keyword_at_start(after.trim_start()).is_none()
            && !is_spoken_of(before, after)
            && !is_caption(last_of(before))
            && !is_caption(first_of(after))
    }
}

/// Whether the words beside a caption speak of it.
fn is_spoken_of(before: &str, after: &str) -> bool {
    const BEFORE: [&str; 22] = [
        "add",
        "adding",
        "called",
        "caption",
        "captioned",
        "captions",
        "include",
        "included",
        "includes",
        "including",
        "label",
        "labeled",
        "mark",
        "marked",
        "remove",
        "slug",
        "term",
        "use",
        "used",
        "using",
        "via",
        "word",
    ];
    const AFTER: [&str; 12] = [
        "cable",
        "cables",
        "caption",
        "captioned",
        "captions",
        "channel",
        "distribution",
        "label",
        "message",
        "messages",
        "slug",
        "traffic",
    ];
    let is = |words: &[&str], word: &str| words.iter().any(|one| one.eq_ignore_ascii_case(word));
    is(&BEFORE, last_of(before)) || is(&AFTER, first_of(after).trim_end_matches(['.', ',', ';', ':']))
}

fn last_of(text: &str) -> &str {
    text.trim_end().rsplit(' ').next().unwrap_or_default()
}

fn first_of(text: &str) -> &str {
    text.trim_start().split(' ').next().unwrap_or_default()
}
