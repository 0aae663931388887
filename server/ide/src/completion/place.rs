//! Where the cursor is: its line as it stands, and the parts around that line.

use std::ops::Range;

use cable_catalog::Catalog;
use cable_syntax::{Cable, Classification, Document, Part, PartKind, Span};
use jiff::civil::Date;

/// The cursor in its cable.
pub(super) struct Place<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) cable: &'a Cable,
    /// Where the cable starts: byte of the document.
    pub(super) start: usize,
    /// The line of the cursor within the cable, from 0; one past the last where the text ends with a line break.
    pub(super) line: u32,
    /// The line's text, in the cable.
    columns: Span,
    /// The cursor: byte of the cable, on a character boundary.
    pub(super) offset: u32,
    /// Who signed other cables of the same post.
    pub(super) signatures: Vec<String>,
}

impl<'a> Place<'a> {
    /// None inside a line break of two bytes.
    pub(super) fn at(document: &'a Document, offset: usize) -> Option<Self> {
        let placed = document.cables().get(document.cable_at(offset))?;
        let cable = &*placed.cable;
        let text = cable.text();
        let mut offset = offset.checked_sub(placed.start)?.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let offset = u32::try_from(offset).ok()?;
        let line = cable.line_at(offset);
        let columns = cable.lines().get(line as usize).map_or_else(Span::default, |line| line.span);
        let is_after = columns.end < offset;
        if is_after && (offset as usize) < text.len() {
            return None;
        }
        let (line, columns) = if is_after { (line + 1, Span::new(offset, offset)) } else { (line, columns) };
        Some(Self {
            catalog: document.catalog(),
            cable,
            start: placed.start,
            line,
            columns,
            offset,
            signatures: Vec::new(),
        })
    }

    /// The line up to the cursor.
    pub(super) fn before(&self) -> &'a str {
        self.cable.slice(Span::new(self.columns.start, self.offset))
    }

    /// The line after the cursor.
    pub(super) fn after(&self) -> &'a str {
        self.cable.slice(Span::new(self.offset, self.columns.end))
    }

    /// Whether nothing comes after the cursor.
    pub(super) fn at_line_end(&self) -> bool {
        self.after().trim().is_empty()
    }

    /// The end of the line up to the cursor, at most `most` bytes of it.
    pub(super) fn tail(&self, most: usize) -> &'a str {
        let before = self.before();
        let mut from = before.len().saturating_sub(most);
        while !before.is_char_boundary(from) {
            from += 1;
        }
        &before[from..]
    }

    /// From a column of the line to the cursor, and to the end of the word that the cursor is in: bytes of the
    /// document.
    pub(super) fn word_from(&self, column: usize) -> Range<usize> {
        let is_part = |c: char| c.is_alphanumeric() || c == '-';
        let after = self.after();
        let in_word = self.before().get(column..).is_some_and(|typed| typed.ends_with(is_part));
        let rest = if in_word { after.find(|c| !is_part(c)).unwrap_or(after.len()) } else { 0 };
        self.upto(column, rest)
    }

    /// From a column of the line to `further` bytes after the cursor: bytes of the document.
    pub(super) fn upto(&self, column: usize, further: usize) -> Range<usize> {
        let start = self.start + self.columns.start as usize;
        start + column..self.start + self.offset as usize + further
    }

    /// The column where the typed text begins that is the end of the line up to the cursor.
    pub(super) fn column_of(&self, typed: &str) -> usize {
        self.before().len() - typed.len()
    }

    /// The part on this line that begins last at or before the cursor.
    pub(super) fn owner(&self) -> Option<&'a Part> {
        let after = self.cable.parts.partition_point(|part| part.span.start <= self.offset);
        self.cable.parts[..after].last().filter(|part| part.line == self.line)
    }

    /// The parts of the lines above.
    pub(super) fn above(&self) -> &'a [Part] {
        &self.cable.parts[..self.cable.parts.partition_point(|part| part.line < self.line)]
    }

    /// The parts of the lines below.
    pub(super) fn below(&self) -> &'a [Part] {
        &self.cable.parts[self.cable.parts.partition_point(|part| part.line <= self.line)..]
    }

    /// Whether a part of this kind is on another line.
    pub(super) fn elsewhere(&self, kind: PartKind) -> bool {
        self.above().iter().chain(self.below()).any(|part| part.kind == kind)
    }

    /// The kind of the last part on the line directly above.
    pub(super) fn directly_above(&self) -> Option<PartKind> {
        self.above().last().filter(|part| part.line + 1 == self.line).map(|part| part.kind)
    }

    /// Whether a header has begun above and its text has not.
    pub(super) fn in_header(&self) -> bool {
        let above = self.above();
        let Some(begun) = above.iter().position(|part| is_header(part.kind)) else { return false };
        let subject = above.iter().rposition(|part| part.kind == PartKind::Subject).unwrap_or(above.len());
        !above[begun..].iter().enumerate().any(|(index, part)| match part.kind {
            PartKind::Paragraph | PartKind::Signature | PartKind::Trailer | PartKind::Fragment => true,
            // A line that is not finished yet may be in the header; after the SUBJECT it is the text.
            PartKind::Text | PartKind::Heading => begun + index > subject,
            _ => false,
        })
    }

    /// Overall classification.
    pub(super) fn classification(&self) -> Option<Classification> {
        self.cable.classification()
    }

    /// Whether the cable is classified: CONFIDENTIAL or above.
    pub(super) fn is_classified(&self) -> Option<bool> {
        self.classification()
            .map(|level| !matches!(level, Classification::Unclassified | Classification::LimitedOfficialUse))
    }

    /// Whether a caption is in the header.
    pub(super) fn has_caption(&self, word: &str) -> bool {
        self.cable.header.captions.iter().any(|field| field.line != self.line && field.value == word)
    }

    /// Day of the DTG, UTC.
    pub(super) fn day(&self) -> Option<Date> {
        self.cable.sent_on()
    }
}

fn is_header(kind: PartKind) -> bool {
    matches!(
        kind,
        PartKind::Classification
            | PartKind::Caption
            | PartKind::Handling
            | PartKind::ExecutiveOrder
            | PartKind::Tags
            | PartKind::Subject
            | PartKind::Reference
            | PartKind::ClassifiedBy
    )
}
