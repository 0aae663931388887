//! The text of a cable in blocks, as it is written, and everything else as furniture (FORMAT.md, "Parts", "Body").
//!
//! A fold over the parts of a cable: each line of the body, or what page lines leave of it, opens a block or goes on with the
//! one above. Nothing is restyled, and whatever is not blank is owned once: by a segment of a block, or by a piece of
//! furniture that says what it is.

mod compose;
mod kept_lines;
mod list_sign;
mod measure;
mod rest;
mod roles;
#[cfg(test)]
mod tests;
mod units;

use serde::Serialize;

use crate::cable::Cable;
use crate::span::Span;

/// The text of a cable.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CableText {
    /// What a person reads, in order.
    pub blocks: Vec<TextBlock>,
    /// Everything else, in order.
    pub furniture: Vec<Furniture>,
}

/// A paragraph, a heading, an item of a list: what stands together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextBlock {
    /// What it is.
    pub kind: TextKind,
    /// The paragraph under whose number it is, by its index in the body.
    pub paragraph: Option<u32>,
    /// The portion mark of a paragraph without a number, without its brackets.
    pub mark: Option<Span>,
    /// What it is for.
    pub role: Option<TextRole>,
    /// The headings it is under, by their index among the blocks.
    pub headings: Vec<usize>,
    /// Its first and last line within the cable, from 0.
    pub lines: (u32, u32),
    /// The stretches of the cable that it is made of, in order. A withheld paragraph has none.
    pub segments: Vec<Segment>,
    /// Where another page begins in it.
    pub breaks: Vec<PageBreak>,
}

/// A stretch of the cable that belongs to a block, all of it on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// Line within the cable, from 0.
    pub line: u32,
    /// Where it is in the cable.
    pub span: Span,
    /// What is between the segment before and this one in the text of the block.
    pub joiner: Joiner,
}

/// What joins two segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joiner {
    /// Nothing: the first of a block, a word cut at its hyphen, or at a mark that a copy left.
    Nothing,
    /// The line was wrapped.
    Blank,
    /// The line was meant to end.
    LineEnd,
}

/// A page begins in a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageBreak {
    /// Before which segment.
    pub segment: usize,
    /// The number of the page or of the section, where its line has one.
    pub page: Option<u32>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TextKind {
    /// What a paragraph's number opens.
    Paragraph,
    /// A further paragraph under the same number.
    Continuation,
    /// A paragraph without a number.
    Prose,
    /// A title above paragraphs.
    Heading,
    /// An item of a list.
    Item,
    /// Lines in columns.
    Table,
    /// Quoted text, and the lines that open and close it.
    Quote,
    /// Who signed.
    Signature,
}

/// What a block is for, where its words say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TextRole {
    /// SUMMARY
    Summary,
    /// INTRODUCTION
    Introduction,
    /// COMMENT and NOTE
    Comment,
    /// ACTION REQUEST
    Action,
}

/// A stretch of the cable that is no text of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Furniture {
    /// Line within the cable, from 0.
    pub line: u32,
    /// Where it is in the cable, on one line.
    pub span: Span,
    /// What it is.
    pub kind: FurnitureKind,
}

/// What furniture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FurnitureKind {
    /// From the TI line to BT.
    Envelope,
    /// From the classification line to Classified By, also where a section repeats it.
    Header,
    /// The number of a paragraph.
    Marker,
    /// Its portion mark.
    Mark,
    /// Post, serial and page.
    PageLine,
    /// The classification at the head or the foot of a page.
    PageClass,
    /// A caption that a section's header left in the text.
    RepeatedCaption,
    /// A line of dashes or stars.
    Rule,
    /// What is below the signature.
    Trailer,
    /// The notice of a partial extract.
    Notice,
    /// What a publisher or a reviewer put around the text or into it.
    Wrapper,
    /// Distribution and drafting lines.
    Distribution,
    /// A dash that the transcription put before a number.
    ListDash,
    /// Marks of a web page, of CSV or of mail.
    Markup,
    /// Signs that show nothing: a byte order mark, NUL.
    Blank,
    /// What nobody owns.
    Garbage,
}

impl Joiner {
    /// What it adds to the text.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Blank => " ",
            Self::LineEnd => "\n",
        }
    }
}

impl TextBlock {
    /// Its text as it is written.
    pub fn text(&self, cable: &Cable) -> String {
        let mut text = String::new();
        for segment in &self.segments {
            text.push_str(segment.joiner.text());
            text.push_str(cable.slice(segment.span));
        }
        text
    }
}

impl CableText {
    /// The text of a cable.
    pub fn of(cable: &Cable) -> Self {
        let (units, mut furniture) = units::units(cable);
        let (mut blocks, marks) = compose::compose(cable, &units);
        furniture.extend(marks);
        roles::assign(cable, &mut blocks);
        rest::add(cable, &blocks, &mut furniture);
        Self { blocks, furniture }
    }
}
