//! A cable: its text, its lines, its parts, and the typed view of each part.
//!
//! A cable knows nothing of its document: every span is relative to the cable's own start, lines count from 0 in it.

use std::borrow::Cow;
use std::ops::Range;

use crate::copy_marks;
use crate::decoder::Decision;
use crate::fields::addressee::Addressee;
use crate::fields::classification::{Classification, ClassificationLine, ReferenceNumber};
use crate::fields::classified_by::ClassifiedBy;
use crate::fields::date_time_group::DateTimeGroup;
use crate::fields::executive_order::ExecutiveOrder;
use crate::fields::page_line::PageLine;
use crate::fields::reference::{Reference, ReferenceKeyword};
use crate::fields::subject::SubjectKeyword;
use crate::fields::tags::{Tag, TagsKeyword};
use crate::fields::transmission::{De, OperatingSignal, Routing, TransmissionId};
use crate::kept::Kept;
use crate::line::{Line, LineKind, Signs};
use crate::marker::{Mark, Marker};
use crate::part::Part;
use crate::span::Span;

/// What was read at one place. Spans inside `value` are columns of the field: [`Field::at`] makes them the cable's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field<T> {
    /// Line within the cable, from 0.
    pub line: u32,
    /// Where the field is in the cable.
    pub span: Span,
    /// What it says.
    pub value: T,
}

impl<T> Field<T> {
    /// A span inside the field as a span of the cable.
    pub const fn at(&self, inner: Span) -> Span {
        inner.shifted(self.span.start)
    }
}

/// One telegram.
#[derive(Debug, Clone, PartialEq)]
pub struct Cable {
    pub(crate) text: Box<str>,
    /// The same with spaces for the marks of a copy, where it has some.
    pub(crate) masked: Option<Box<str>>,
    pub(crate) lines: Vec<Line>,
    /// Every stretch of text that is not blank, in order, owned once.
    pub parts: Vec<Part>,
    /// When and where such cables were made.
    pub era: Era,
    /// Everything before the classification line.
    pub envelope: Envelope,
    /// From the classification line to Classified By.
    pub header: Header,
    /// The text.
    pub body: Body,
    /// Who signed.
    pub signature: Option<Field<()>>,
    /// Lines after the signature.
    pub trailer: Vec<Field<()>>,
    /// Lines of the attributes that an archive keeps below the text.
    pub(crate) attributes: Option<Range<usize>>,
    /// Whether the copy breaks off: a line ends in `...`, or only a later section is there.
    pub cut_off: bool,
    /// What was found of all of it so far.
    pub(crate) kept: Kept,
}

/// When and where a cable of this layout was made (FORMAT.md, "Eras").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Era {
    /// 1973-79, as the national archives hold it.
    Archives1973,
    /// 1979-94.
    Letters1979,
    /// 1995-2003.
    Sectioned1995,
    /// 2002-10.
    Cablegate2002,
    /// From 2010: SMART.
    Smart2010,
}

impl Era {
    /// The letter that FORMAT.md calls it by.
    pub const fn letter(self) -> char {
        match self {
            Self::Archives1973 => 'P',
            Self::Letters1979 => 'Q',
            Self::Sectioned1995 => 'R',
            Self::Cablegate2002 => 'C',
            Self::Smart2010 => 'M',
        }
    }
}

/// Views of the lines before the text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Envelope {
    /// Notice of a partial extract.
    pub notice: Option<Field<()>>,
    /// TI line.
    pub transmission_id: Option<Field<TransmissionId>>,
    /// Routing line, wrapped lines included.
    pub routing: Option<Field<Routing>>,
    /// DE line.
    pub de: Option<Field<De>>,
    /// Op-signal line; the value is none when it cannot be read.
    pub operating_signal: Option<Field<Option<OperatingSignal>>>,
    /// Precedence and DTG; the value is none when it cannot be read.
    pub date_time_group: Option<Field<Option<DateTimeGroup>>>,
    /// FM line.
    pub from: Option<Field<Addressee>>,
    /// Action addressees.
    pub to: Vec<Field<Addressee>>,
    /// Information addressees.
    pub info: Vec<Field<Addressee>>,
    /// Exempted addressees and groups.
    pub exempt: Vec<Field<()>>,
    /// Lines among the addressees that are none.
    pub unread_addressees: Vec<Field<()>>,
}

/// Views of the header lines.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Header {
    /// Classification line with the MRN.
    pub classification: Option<Field<ClassificationLine>>,
    /// Caption lines; the value is the caption meant.
    pub captions: Vec<Field<String>>,
    /// Level and number where they stand apart, under the labels of SMART.
    pub identity: Identity,
    /// Passing and handling lines.
    pub handling: Vec<Field<()>>,
    /// E.O. line, wrapped lines included.
    pub executive_order: Option<Field<ExecutiveOrder>>,
    /// TAGS.
    pub tags: Option<Tags>,
    /// SUBJECT.
    pub subject: Option<Subject>,
    /// REF.
    pub references: Option<References>,
    /// Classified By, wrapped lines included.
    pub classified_by: Option<Field<ClassifiedBy>>,
}

/// What stands for the classification line where the level and the number have lines of their own.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Identity {
    /// The level on its line.
    pub level: Option<Field<Classification>>,
    /// Post and serial.
    pub number: Option<Field<ReferenceNumber>>,
    /// The year in front of them.
    pub year: Option<i16>,
}

/// The TAGS line and its wrapped lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Tags {
    /// The keyword.
    pub keyword: Field<TagsKeyword>,
    /// The tags, in order.
    pub tags: Vec<Field<Tag>>,
}

/// The SUBJECT line and its wrapped lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// The keyword.
    pub keyword: Field<SubjectKeyword>,
    /// The mark before the text: `SUBJECT: (C) ...`.
    pub mark: Option<Field<Mark>>,
    /// The text of each line, without keyword and mark.
    pub lines: Vec<Field<()>>,
}

/// The REF list.
#[derive(Debug, Clone, PartialEq)]
pub struct References {
    /// The keyword.
    pub keyword: Field<ReferenceKeyword>,
    /// The entries; their spans are the cable's.
    pub entries: Vec<Field<Reference>>,
}

/// The text of a cable.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Body {
    /// Numbered paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
    /// Markers that the decoder took for something else, in order.
    pub rejected: Vec<Field<(Marker, Decision)>>,
    /// Lines of a paragraph after its marker line, and the index of that paragraph.
    pub fragments: Vec<Field<u32>>,
    /// Headings; those of two lines are there twice.
    pub headings: Vec<Field<()>>,
    /// Page lines of either form.
    pub page_lines: Vec<Field<PageLine>>,
    /// Captions left at a section break, and the index of the paragraph they interrupt.
    pub stray_captions: Vec<Field<Option<u32>>>,
    /// The line that opens a quoted text, and the line that closes it; where none does, one past the last line of the body.
    /// In order, and apart from each other.
    pub quotes: Vec<(u32, u32)>,
}

/// A numbered paragraph.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paragraph {
    /// True number.
    pub number: u32,
    /// The marker as written.
    pub marker: Field<Marker>,
    /// What the decoder made of it.
    pub decision: Decision,
    /// Whether it starts inside its line.
    pub inside_line: bool,
    /// One past the last byte that belongs to it.
    pub end: u32,
}

impl Paragraph {
    /// The last number it stands for: 12 where the marker is `4-12.`, else its own.
    pub fn last_number(&self) -> u32 {
        self.marker.value.through.unwrap_or(self.number)
    }
}

impl Cable {
    /// The text of the cable, line breaks included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span as it reads without the marks of a copy.
    pub(crate) fn reading_of(&self, span: Span) -> Cow<'_, str> {
        self.masked.as_deref().map_or_else(
            || Cow::Borrowed(self.slice(span)),
            |masked| copy_marks::unmasked(self.slice(span), span.text(masked)),
        )
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        span.text(&self.text)
    }

    /// The attributes that an archive keeps below the text.
    pub(crate) fn attributes_text(&self) -> Option<&str> {
        let lines = self.lines.get(self.attributes.clone()?)?;
        let (first, last) = (lines.first()?, lines.last()?);
        Some(self.slice(Span::new(first.span.start, last.span.end)))
    }

    /// The lines, blank ones included.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The text of a line, without its line break.
    pub fn line_text(&self, line: u32) -> &str {
        self.lines.get(line as usize).map_or("", |line| line.span.text(&self.text))
    }

    /// The signs of a line as it is written.
    pub fn signs(&self, line: u32) -> Signs {
        match &self.masked {
            // What is kept was read without the marks of the copy.
            Some(_) => Signs::of(self.line_text(line)),
            None => self.lines.get(line as usize).map_or_else(Signs::default, |line| line.signs),
        }
    }

    /// Index of the line that holds a byte.
    pub fn line_at(&self, offset: u32) -> u32 {
        self.lines.partition_point(|line| line.span.start <= offset).saturating_sub(1) as u32
    }

    /// The part that owns a byte, if any does.
    pub fn part_at(&self, offset: u32) -> Option<&Part> {
        let after = self.parts.partition_point(|part| part.span.start <= offset);
        self.parts[..after].last().filter(|part| part.span.touches(offset))
    }

    /// Whether anything of a cable is here: a text file may hold none.
    pub fn is_recognised(&self) -> bool {
        self.header.classification.is_some()
            || self.envelope.transmission_id.is_some()
            || self.envelope.date_time_group.is_some()
            || self.envelope.notice.is_some()
            || (self.header.tags.is_some() && self.header.subject.is_some())
            || self.lines.iter().any(|line| line.kind == LineKind::SmartLabel)
    }

    /// Whether it is the published extract of a cable, under a notice.
    pub fn is_extract(&self) -> bool {
        self.envelope.notice.is_some()
    }

    /// Overall classification.
    pub fn classification(&self) -> Option<Classification> {
        let line = self.header.classification.as_ref().map(|line| line.value.level);
        line.or_else(|| self.header.identity.level.as_ref().map(|level| level.value))
    }

    /// MRN as written: `ASTANA 002541`.
    pub fn reference_number(&self) -> Option<&str> {
        let (number, start) = self.number()?;
        Some(self.slice(number.span.shifted(start)))
    }

    /// Post and serial, and where the field begins that their columns count from.
    pub(crate) fn number(&self) -> Option<(ReferenceNumber, u32)> {
        let line = self.header.classification.as_ref().map(|line| (line.value.reference_number, line.span.start));
        line.or_else(|| self.header.identity.number.as_ref().map(|number| (number.value, number.span.start)))
    }

    /// Whether a line is inside a quoted text, which numbers, marks and cites for itself. The lines that open and close it
    /// are the cable's own.
    pub fn is_quoted(&self, line: u32) -> bool {
        is_within(&self.body.quotes, line)
    }

    /// The paragraph that holds a byte, by index.
    pub fn paragraph_at(&self, offset: u32) -> Option<u32> {
        let after = self.body.paragraphs.partition_point(|paragraph| paragraph.marker.span.start <= offset);
        let index = after.checked_sub(1)?;
        (offset <= self.body.paragraphs[index].end).then_some(index as u32)
    }
}

/// Whether a line is between the ends of one of some stretches, which are in order and apart.
pub(crate) fn is_within(stretches: &[(u32, u32)], line: u32) -> bool {
    let before = stretches.partition_point(|&(first, _)| first < line);
    before.checked_sub(1).is_some_and(|index| line < stretches[index].1)
}
