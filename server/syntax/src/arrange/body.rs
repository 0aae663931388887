//! The body: paragraphs with their true numbers, headings, page lines, stray captions, quoted and repeated headers
//! (FORMAT.md, "Body", "Paragraph numbers").

use crate::cable::{Field, Paragraph};
use crate::decoder::{Decision, Decoded};
use crate::fields::keywords_inside::has_header_keyword;
use crate::footer;
use crate::line::LineKind;
use crate::marker::{self, Marker};
use crate::part::PartKind;
use crate::span::Span;
use crate::white_space::is_blank;

use super::caption_zone::is_stray_caption;
use super::heading_words::{self, glued};
use super::markers::Found;
use super::role::Role;
use super::{Arranger, BodyStart, Piece, is_cable_line};

/// So many lines from its end the footer of a post may stand in a text.
const LONGEST_FOOT: usize = 12;

impl Arranger<'_> {
    /// Arranges the text between the header and the signature.
    pub(super) fn body(&mut self, start: BodyStart, end: BodyStart) {
        let pieces = self.body_pieces(start, end);
        let mut roles = self.settle_roles(&pieces);
        let found = self.decode_markers(&pieces, &roles);
        let mut begins = vec![false; pieces.len()];
        for (found, decision) in &found {
            // A number at the end of its line has its heading before it.
            let ends_line = found.base + found.marker.span.end == pieces[found.piece].span.end;
            let is_edge = found.marker.span.start == 0 || ends_line;
            if is_edge && matches!(decision.decoded, Decoded::Paragraph { .. }) {
                begins[found.piece] = true;
            }
        }
        let tails = self.settle_headings(&pieces, &mut roles, &begins);
        self.own_body(&pieces, &roles, &found, &tails, end);
        self.settle_question_letters();
    }

    fn body_pieces(&self, start: BodyStart, end: BodyStart) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::with_capacity(end.line.saturating_sub(start.line) + 1);
        let strays = self.strays();
        for line in start.line..end.line {
            let from = if line == start.line { start.offset } else { 0 };
            for mut piece in self.pieces(line, from) {
                // The signature after the last sentence is not the body's.
                if piece.line + 1 == end.line {
                    piece.span.end = piece.span.end.min(end.offset.max(piece.span.start));
                }
                let foot = if end.line - line <= LONGEST_FOOT { footer::inside(self.slice(piece.span)) } else { None };
                match foot.map(|at| piece.span.start + at as u32) {
                    Some(foot) => {
                        let text = self.trim_span(Span::new(piece.span.start, foot));
                        self.split_captions(strays, Piece { span: text, ..piece }, &mut pieces);
                        let span = Span::new(foot, piece.span.end);
                        pieces.push(Piece { span, kind: LineKind::Text, ..piece });
                    }
                    None => self.split_captions(strays, piece, &mut pieces),
                }
            }
        }
        pieces
    }

    /// What can be said of each piece without the paragraphs.
    fn settle_roles(&mut self, pieces: &[Piece]) -> Vec<Role> {
        let mut roles = vec![Role::Open; pieces.len()];
        let mut quote: Option<u32> = None;
        let mut repeated_until = 0;
        let mut first_header = None;
        for (index, piece) in pieces.iter().enumerate() {
            let text = self.slice(piece.span);
            match quote {
                None if opens_quote(text) => quote = Some(piece.line as u32),
                Some(from) if piece.kind != LineKind::QuoteEnds && closes_quote(text) => {
                    self.body.quotes.push((from, piece.line as u32));
                    quote = None;
                }
                _ => {}
            }
            roles[index] = match piece.kind {
                _ if piece.page.is_some() => Role::Settled(PartKind::PageLine),
                _ if index < repeated_until => Role::Settled(PartKind::RepeatedHeader),
                LineKind::Rule => Role::Settled(PartKind::Rule),
                LineKind::QuoteBegins => {
                    quote.get_or_insert(piece.line as u32);
                    Role::Open
                }
                LineKind::QuoteEnds => {
                    if let Some(from) = quote.take() {
                        self.body.quotes.push((from, piece.line as u32));
                    }
                    Role::Open
                }
                kind if quote.is_some() && is_cable_line(kind) => Role::Settled(PartKind::Quoted),
                LineKind::Classification => {
                    let first = first_header.get_or_insert_with(|| self.first_header());
                    repeated_until = self.repeated_header_end(pieces, index, first);
                    Role::Settled(PartKind::RepeatedHeader)
                }
                LineKind::ClassificationWord
                | LineKind::Dashes
                | LineKind::Distribution
                | LineKind::Trailer
                | LineKind::BreakText => Role::Settled(PartKind::PageMark),
                LineKind::Metadata | LineKind::Residue | LineKind::Furniture => Role::Settled(PartKind::Wrapper),
                LineKind::Text if is_stray_caption(self.catalog, text) => Role::Settled(PartKind::StrayCaption),
                LineKind::Marker if self.is_header_scrap(pieces, index) => Role::Settled(PartKind::RepeatedHeader),
                _ => Role::Open,
            };
        }
        if let Some(from) = quote {
            let end = pieces.last().map_or(from, |piece| piece.line as u32) + 1;
            self.body.quotes.push((from, end));
        }
        roles
    }

    /// Whether a copy of the header was taken for the first paragraph, `1. ...UNCLAS ASTANA 002541 SIPDIS E.O. 12958: N/A`:
    /// the true one follows.
    fn is_header_scrap(&self, pieces: &[Piece], index: usize) -> bool {
        let is_first = |text: &str| marker::read_marker(text).filter(|marker| marker.literal == 1);
        let text = self.slice(pieces[index].span);
        // The first digits tell of nearly every marker that it is another number.
        let may_be_first = match text.as_bytes() {
            [b'1', next, ..] => !next.is_ascii_digit(),
            [first, ..] => !first.is_ascii_digit(),
            [] => false,
        };
        may_be_first
            && is_first(text).is_some_and(|marker| marker.mark.is_none())
            && has_header_keyword(text)
            && pieces[index + 1..]
                .iter()
                .find(|piece| piece.kind == LineKind::Marker)
                .is_some_and(|next| is_first(self.slice(next.span)).is_some())
    }

    fn own_body(
        &mut self,
        pieces: &[Piece],
        roles: &[Role],
        found: &[(Found, Decision)],
        tails: &[Option<u32>],
        end: BodyStart,
    ) {
        let mut next_found = 0;
        for (index, &piece) in pieces.iter().enumerate() {
            match roles[index] {
                Role::Settled(kind) => self.own_settled(piece, kind),
                Role::Open => {}
            }
            let from = next_found;
            while found.get(next_found).is_some_and(|(found, _)| found.piece == index) {
                next_found += 1;
            }
            if roles[index] == Role::Open {
                self.own_text(piece, &found[from..next_found], tails[index]);
            } else {
                for (found, decision) in &found[from..next_found] {
                    self.reject(piece, found, *decision);
                }
            }
        }
        let last_end = pieces.last().map_or(end.offset, |piece| piece.span.end);
        let (text, body) = (self.text, &mut self.body);
        for index in 0..body.paragraphs.len() {
            let start = body.paragraphs[index].marker.span.start;
            let next = body.paragraphs.get(index + 1).map_or(last_end, |next| next.marker.span.start);
            // Headings stand before the paragraph they head, not in the one above.
            let after = body.headings.partition_point(|heading| heading.span.start <= start);
            let limit = body.headings.get(after).map_or(next, |heading| heading.span.start.min(next));
            let own = text[start as usize..limit as usize].trim_end_matches(is_blank);
            body.paragraphs[index].end = start + own.len() as u32;
        }
    }

    fn own_settled(&mut self, piece: Piece, kind: PartKind) {
        if let (PartKind::PageLine, Some(page)) = (kind, piece.page) {
            self.own_page_line(piece, page);
            return;
        }
        if kind == PartKind::Heading {
            self.own_heading(piece.line, piece.span);
            return;
        }
        self.own(kind, piece.line, piece.span);
        if kind == PartKind::StrayCaption {
            let paragraph = self.body.paragraphs.len().checked_sub(1).map(|index| index as u32);
            self.body.stray_captions.push(self.field(piece.line, piece.span, paragraph));
        }
    }

    /// A piece of text: the paragraphs that begin in it, and what stands before the first of them.
    fn own_text(&mut self, piece: Piece, found: &[(Found, Decision)], tail: Option<u32>) {
        let mut opened = false;
        let mut from = piece.span.start;
        for (found, decision) in found {
            let Decoded::Paragraph { number, .. } = decision.decoded else {
                self.reject(piece, found, *decision);
                continue;
            };
            let at = found.marker.span.shifted(found.base);
            self.own_before_marker(piece, Span::new(from, at.start), opened);
            from = at.start;
            opened = true;
            let marker = Field { line: piece.line as u32, span: at, value: self.at_its_start(found) };
            let paragraph =
                Paragraph { number, marker, decision: *decision, inside_line: found.inside_line, end: at.end };
            self.body.paragraphs.push(paragraph);
        }
        let end = tail.unwrap_or(piece.span.end).max(from);
        self.own_stretch(piece, Span::new(from, end), opened);
        if end < piece.span.end {
            self.own_heading(piece.line, Span::new(end, piece.span.end));
        }
    }

    /// What stands in a line before a paragraph that begins inside it: its end may be a heading.
    fn own_before_marker(&mut self, piece: Piece, span: Span, opened_here: bool) {
        let text = self.slice(span);
        let at = glued(text.trim_end(), false).map_or(span.end, |at| span.start + at as u32);
        self.own_stretch(piece, Span::new(span.start, at), opened_here);
        if at < span.end {
            self.own_heading(piece.line, Span::new(at, span.end));
        }
    }

    /// A heading, and the rules on its line.
    fn own_heading(&mut self, line: usize, span: Span) {
        let words = heading_words::words(self.slice(span)).0.shifted(span.start);
        let rules = [Span::new(span.start, words.start), Span::new(words.end, span.end)];
        self.own(PartKind::Heading, line, words);
        for rule in rules {
            if self.slice(rule).contains(heading_words::is_rule_sign) {
                self.own(PartKind::Rule, line, rule);
            }
        }
        let heading = self.field(line, words, ());
        self.body.headings.push(heading);
    }

    fn own_stretch(&mut self, piece: Piece, span: Span, opened_here: bool) {
        if opened_here {
            self.own(PartKind::Paragraph, piece.line, span);
        } else {
            self.own_fragment(piece, span);
        }
    }

    /// The marker with columns that count from its own start.
    fn at_its_start(&self, found: &Found) -> Marker {
        if found.marker.span.start == 0 {
            return found.marker;
        }
        let own = Span::new(found.base + found.marker.span.start, found.reach);
        marker::read_marker(self.slice(own)).unwrap_or(found.marker)
    }

    fn own_fragment(&mut self, piece: Piece, span: Span) {
        let span = self.trim_span(span);
        if span.is_empty() {
            return;
        }
        let Some(paragraph) = self.body.paragraphs.len().checked_sub(1) else {
            self.own(PartKind::Text, piece.line, span);
            return;
        };
        self.own(PartKind::Fragment, piece.line, span);
        let line = piece.line as u32;
        // A page line in mid-sentence cuts a line in two; it stays one line of its paragraph.
        let counted = self.body.fragments.last().is_some_and(|last| last.line == line)
            || self.body.paragraphs[paragraph].marker.line == line;
        if !counted {
            self.body.fragments.push(Field { line, span, value: paragraph as u32 });
        }
    }

    fn reject(&mut self, piece: Piece, found: &Found, decision: Decision) {
        if !found.inside_line {
            let span = found.marker.span.shifted(found.base);
            self.body.rejected.push(Field {
                line: piece.line as u32,
                span,
                value: (self.at_its_start(found), decision),
            });
        }
    }
}

/// Whether a sentence ends in the word that opens a quoted text below: `THE NOTE FOLLOWS: QUOTE`.
fn opens_quote(text: &str) -> bool {
    let before = text.trim_end_matches([' ', ':', '.']).strip_suffix("QUOTE");
    let before = before.map(|before| before.strip_suffix("BEGIN ").unwrap_or(before));
    before.is_some_and(|before| before.len() > before.trim_end().len() && before.trim_end().ends_with([':', '.', '-']))
}

/// Whether a line holds the words that close a quoted text.
fn closes_quote(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'Q', bytes).any(|at| {
        bytes[at..].starts_with(b"QUOTE")
            && ["UN", "END ", "CLOSE "].iter().any(|before| bytes[..at].ends_with(before.as_bytes()))
    })
}
