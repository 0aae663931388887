//! Step two: one forward pass that arranges classified lines into the parts of a cable.
//!
//! The pass goes front → header → body; the ending is looked up before the body so that a capital word at the end is a
//! signature and not a heading. Each room owns what it reads; nothing is dropped and nothing is owned twice.

mod body;
mod caption_zone;
mod copies;
mod ending;
mod era;
mod front;
mod header;
mod heading_words;
mod headings;
mod markers;
mod no_heading;
mod pieces;
mod pilcrows;
mod preview;
mod question_letters;
mod record_row;
mod repeated_header;
mod role;
mod settle;
mod signature;
mod smart;
mod stray_caption;
#[cfg(test)]
mod tests;
mod unmarked;

use std::cell::RefCell;
use std::ops::Range;

use cable_catalog::Catalog;
use memchr::memmem;

use crate::cable::{Body, Cable, Envelope, Field, Header};
use crate::copy_marks;
use crate::decoder::Decodings;
use crate::fields::keywords_inside::has_header_keyword;
use crate::fields::page_line::PageLine;
use crate::kept::Kept;
use crate::line::{Line, LineKind};
use crate::part::{Part, PartKind};
use crate::span::Span;
use crate::white_space::{self, trimmed_span};

use pieces::{Page, Piece};
use settle::Classifications;

/// What the rooms share: the text, and what has been settled so far.
struct Arranger<'a> {
    text: &'a str,
    lines: &'a [Line],
    classifications: &'a Classifications,
    catalog: &'a Catalog,
    /// Whether it is a released copy: exemptions stand in its margin.
    is_released: bool,
    /// The page lines that cut lines into pieces.
    pages: RefCell<Vec<PageLine>>,
    /// What the markers were read as, and what they were before an edit.
    decodings: Decodings,
    decodings_before: Option<&'a Decodings>,
    parts: Vec<Part>,
    envelope: Envelope,
    header: Header,
    body: Body,
    signature: Option<Field<()>>,
    trailer: Vec<Field<()>>,
}

/// Where the body begins: a line, and the byte of the cable at which its text starts there.
#[derive(Debug, Clone, Copy)]
struct BodyStart {
    line: usize,
    offset: u32,
}

/// Arranges a cable. `lines` cover `text` in order. `before` is perhaps the same cable before an edit: what did not change
/// is taken over from it.
pub(crate) fn arrange(text: Box<str>, lines: Vec<Line>, catalog: &Catalog, before: Option<&Cable>) -> Cable {
    let masked = copy_marks::masked(&text);
    let read = masked.as_deref().unwrap_or(&text);
    let settled = settle::settle(read, &lines, masked.is_some());
    let mut arranger = Arranger {
        text: read,
        lines: &settled.lines,
        classifications: &settled.classifications,
        catalog,
        is_released: settled.is_released,
        pages: RefCell::default(),
        decodings: Decodings::default(),
        decodings_before: before.map(|before| &before.kept.decodings),
        parts: Vec::with_capacity(lines.len()),
        envelope: Envelope::default(),
        header: Header::default(),
        body: Body::default(),
        signature: None,
        trailer: Vec::new(),
    };
    let (read_lines, start, end) = arranger.head();
    let labelled = arranger.has_labels().then(|| arranger.labelled_ending(start, end)).flatten();
    let body_end = labelled.unwrap_or_else(|| arranger.ending(start, end));
    arranger.body(start, body_end);
    arranger.classified_by_paragraph();
    for line in end..arranger.lines.len() {
        arranger.own_as_wrapper(line);
    }
    if let Some((line, row)) = settled.row {
        let span = trimmed_span(row.text(read)).shifted(row.start);
        arranger.parts.push(Part { kind: PartKind::Wrapper, line: line as u32, span });
    }
    arranger.parts.sort_by_key(|part| part.span);
    if masked.is_some() {
        own_marks(&text, &lines, &mut arranger.parts);
    }
    let cut_off = arranger.breaks_off(&read_lines, start.line)
        || arranger
            .header
            .classification
            .as_ref()
            .is_some_and(|line| line.value.section.is_some_and(|section| section.number > 1));
    let era = era::of(&arranger);
    let Arranger { parts, envelope, header, body, signature, trailer, decodings, .. } = arranger;
    let attributes = settled.attributes;
    Cable {
        text,
        masked,
        lines,
        parts,
        era,
        envelope,
        header,
        body,
        signature,
        trailer,
        attributes,
        cut_off,
        kept: Kept::of(catalog, decodings),
    }
}

/// What a copy put into the text is its own: wrapper, wherever no part owns it with the words beside it.
fn own_marks(text: &str, lines: &[Line], parts: &mut Vec<Part>) {
    let mut gaps = Vec::new();
    let mut next = 0;
    for (index, line) in lines.iter().enumerate() {
        let mut at = line.span.start;
        let mut own = |start: u32, end: u32| {
            let written = trimmed_span(Span::new(start, end.max(start)).text(text)).shifted(start);
            if !written.is_empty() {
                gaps.push(Part { kind: PartKind::Wrapper, line: index as u32, span: written });
            }
        };
        while let Some(part) = parts.get(next).filter(|part| part.span.start < line.span.end) {
            own(at, part.span.start);
            at = at.max(part.span.end);
            next += 1;
        }
        own(at, line.span.end);
    }
    parts.extend(gaps);
    parts.sort_by_key(|part| part.span);
}

impl<'a> Arranger<'a> {
    /// Arranges everything above the text. Gives the lines that are read, those of the envelope and those of the copy;
    /// where the text begins; and one past the last line.
    fn head(&mut self) -> ([Range<usize>; 2], BodyStart, usize) {
        if self.has_labels() {
            return ([0..0, 0..self.lines.len()], self.labelled_header(), self.lines.len());
        }
        let copy = copies::choose(self.text, self.lines, self.classifications);
        for line in 0..copy.envelope.start {
            self.own_as_wrapper(line);
        }
        self.front(copy.envelope.clone());
        for line in copy.envelope.end..copy.first {
            self.own_as_wrapper(line);
        }
        let start = self.header(copy.first, copy.end);
        self.preview(copy.preview);
        // A publisher's page may hold no more than this run together: what its preview lost is lost here too.
        let is_run_together =
            self.lines.get(copy.first).is_some_and(|line| has_header_keyword(line.span.text(self.text)));
        let above = if is_run_together { 0..copy.first } else { copy.envelope };
        ([above, copy.first..copy.end], start, copy.end)
    }

    /// Whether a line that is read breaks off with dots. Those of a heading or a sentence have a paragraph or the signature
    /// below them, those after the signature cut nothing; a subject and a list of references were cut there.
    fn breaks_off(&self, read: &[Range<usize>; 2], text: usize) -> bool {
        let paragraph = self.body.paragraphs.last().map_or(0, |paragraph| paragraph.marker.line as usize);
        let whole = text..if self.signature.is_some() { self.lines.len() } else { paragraph };
        let ends_line = |text: &str| {
            text.trim_start_matches('.').chars().take_while(|&next| next != '\n').all(white_space::is_blank)
        };
        let line_of = |at: usize| self.lines.partition_point(|line| line.span.start as usize <= at).saturating_sub(1);
        // A run of dots is read once, from its first.
        let bytes = self.text.as_bytes();
        let is_first = |at: &usize| at.checked_sub(1).is_none_or(|before| bytes[before] != b'.');
        memmem::find_iter(bytes, b"...")
            .filter(is_first)
            .filter(|&at| ends_line(&self.text[at + 3..]))
            .map(line_of)
            .any(|line| read.iter().any(|read| read.contains(&line)) && !whole.contains(&line))
    }

    fn slice(&self, span: Span) -> &'a str {
        span.text(self.text)
    }

    /// Columns of a line without the white space around them.
    fn trimmed(&self, line: usize) -> Span {
        self.trim_span(self.lines[line].span)
    }

    /// A stretch without the white space around it and the backslash an export put after it.
    fn trim_span(&self, span: Span) -> Span {
        let trimmed = trimmed_span(self.slice(span)).shifted(span.start);
        let text = self.slice(trimmed);
        // Hardly any line has a backslash at its end.
        let own = if text.ends_with('\\') { text.trim_end_matches(white_space::is_residue) } else { text };
        Span::new(trimmed.start, trimmed.start + own.len() as u32)
    }

    fn own(&mut self, kind: PartKind, line: usize, span: Span) {
        let line_end = self.lines[line].span.end;
        let rest = self.slice(Span::new(span.end.min(line_end), line_end));
        // An export's backslash at the end of the line goes with what stands before it.
        let end = if rest.chars().all(white_space::is_residue) { line_end } else { span.end };
        let span = trimmed_span(self.slice(Span::new(span.start, end))).shifted(span.start);
        if !span.is_empty() {
            self.parts.push(Part { kind, line: line as u32, span });
        }
    }

    fn own_line(&mut self, kind: PartKind, line: usize) {
        self.own(kind, line, self.lines[line].span);
    }

    /// A line of a copy that is not read. Its notice still speaks of the cable.
    fn own_as_wrapper(&mut self, line: usize) {
        if self.lines[line].kind == LineKind::Notice {
            self.own_line(PartKind::Notice, line);
            self.envelope.notice.get_or_insert(Field {
                line: line as u32,
                span: trimmed_span(self.slice(self.lines[line].span)).shifted(self.lines[line].span.start),
                value: (),
            });
        } else {
            self.own_line(PartKind::Wrapper, line);
        }
    }

    fn field<T>(&self, line: usize, span: Span, value: T) -> Field<T> {
        Field { line: line as u32, span: self.trim_span(span), value }
    }

    fn kind(&self, line: usize) -> LineKind {
        self.lines.get(line).map_or(LineKind::Blank, |line| line.kind)
    }

    /// The first line from `line` on, before `end`, that is not blank.
    fn next_written(&self, line: usize, end: usize) -> Option<usize> {
        (line..end).find(|&line| !matches!(self.kind(line), LineKind::Blank | LineKind::Residue | LineKind::Furniture))
    }

    /// `1. (U) Classified by ...`: the first paragraph says it when no header line does (FORMAT.md, "Classified By").
    fn classified_by_paragraph(&mut self) {
        if self.header.classified_by.is_some() {
            return;
        }
        for paragraph in self.body.paragraphs.iter().take(2) {
            let start = paragraph.marker.span.start + paragraph.marker.value.text;
            let span = self.trim_span(Span::new(start, paragraph.end.max(start)));
            if crate::fields::classified_by::keyword(self.slice(span)).is_none() {
                continue;
            }
            let text = self.slice(span).replace(['\n', '\r'], " ");
            if let Some(value) = crate::fields::classified_by::read(&text) {
                self.header.classified_by = Some(Field { line: paragraph.marker.line, span, value });
                return;
            }
        }
    }

    fn own_page_line(&mut self, piece: Piece, page: Page) {
        let mut page = self.pages.borrow()[page.0 as usize];
        self.own(PartKind::PageLine, piece.line, piece.span);
        // The columns become those of the field.
        let start = page.span.start;
        let back = |span: Span| Span::new(span.start - start.min(span.start), span.end - start.min(span.end));
        page.post = back(page.post);
        page.serial = back(page.serial);
        page.span = back(page.span);
        self.body.page_lines.push(Field { line: piece.line as u32, span: piece.span, value: page });
    }
}

/// Whether a text holds capitals and no small letters.
fn is_upper(text: &str) -> bool {
    let mut capital = false;
    for character in text.chars() {
        if character.is_lowercase() {
            return false;
        }
        capital |= character.is_uppercase();
    }
    capital
}

/// Whether a line is short enough, and ends as a heading may (FORMAT.md, "Headings").
fn looks_like_heading(text: &str) -> bool {
    let text = white_space::trim(text);
    text.chars().count() <= 70
        && text.split_whitespace().count() <= 12
        && !text.ends_with(['.', ',', ';'])
        && text.chars().any(char::is_alphabetic)
        && !text.starts_with(|c: char| c.is_lowercase())
}

/// A word that opens a block of the text: never part of a subject, never a signature.
fn is_block_word(text: &str) -> bool {
    const BLOCKS: [&str; 9] = [
        "SUMMARY",
        "COMMENT",
        "INTRODUCTION",
        "NOTE",
        "ACTION REQUEST",
        "BACKGROUND",
        "OVERVIEW",
        "KEY POINTS",
        "BEGIN TEXT",
    ];
    let text = text.to_uppercase();
    let text = text.trim_start_matches("BEGIN ").trim_start_matches("END ").trim_end_matches([':', '.', ' ']);
    BLOCKS.iter().any(|block| {
        text.strip_prefix(block)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(" AND ") || rest.starts_with('/'))
    })
}

/// Lines that only the head of a cable has.
const fn is_cable_line(kind: LineKind) -> bool {
    kind.is_envelope()
        || matches!(
            kind,
            LineKind::Classification
                | LineKind::Keyword(_)
                | LineKind::Distribution
                | LineKind::Drafting
                | LineKind::Dashes
        )
}
