//! Parts: who owns which stretch of a cable's text (FORMAT.md, "Parts").

use crate::span::Span;

/// A stretch of text and the part that owns it. Stretches never overlap and leave out nothing but white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// Line within the cable, from 0.
    pub line: u32,
    /// Columns it owns, relative to the cable, without the white space around them.
    pub span: Span,
}

/// What a stretch of text is in its cable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the words of the field; FORMAT.md defines each")]
pub enum PartKind {
    /// What a publisher put around the cable, and the lines of a copy that is not read.
    Wrapper,
    Notice,
    TransmissionId,
    Routing,
    De,
    OperatingSignal,
    DateTimeGroup,
    From,
    To,
    Info,
    /// XMT, ZEN, AIG and the addressees under them.
    Exempt,
    /// Distribution, drafting and counter lines of the years before 2003.
    Distribution,
    BreakText,
    SmartLabel,
    Classification,
    Caption,
    Handling,
    ExecutiveOrder,
    Tags,
    Subject,
    Reference,
    ClassifiedBy,
    Heading,
    Rule,
    /// The line, or the part of a line, that a paragraph's marker opens.
    Paragraph,
    /// A later line of a numbered paragraph.
    Fragment,
    /// Text of the body before the first numbered paragraph, or in a cable without numbers.
    Text,
    PageLine,
    /// Classification at the head or foot of a page, end of a section.
    PageMark,
    StrayCaption,
    RepeatedHeader,
    Quoted,
    Signature,
    Trailer,
}

/// The large divisions of a cable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Zone {
    /// Publisher's lines.
    Wrapper,
    /// Notice of a partial extract.
    Notice,
    /// From the TI line to BT.
    Envelope,
    /// From the classification line to Classified By.
    Header,
    /// The text.
    Body,
    /// Who signed.
    Signature,
    /// What follows.
    Trailer,
}

impl PartKind {
    /// The division it belongs to.
    pub const fn zone(self) -> Zone {
        match self {
            Self::Wrapper => Zone::Wrapper,
            Self::Notice => Zone::Notice,
            Self::TransmissionId
            | Self::Routing
            | Self::De
            | Self::OperatingSignal
            | Self::DateTimeGroup
            | Self::From
            | Self::To
            | Self::Info
            | Self::Exempt
            | Self::Distribution
            | Self::BreakText
            | Self::SmartLabel => Zone::Envelope,
            Self::Classification
            | Self::Caption
            | Self::Handling
            | Self::ExecutiveOrder
            | Self::Tags
            | Self::Subject
            | Self::Reference
            | Self::ClassifiedBy => Zone::Header,
            Self::Heading
            | Self::Rule
            | Self::Paragraph
            | Self::Fragment
            | Self::Text
            | Self::PageLine
            | Self::PageMark
            | Self::StrayCaption
            | Self::RepeatedHeader
            | Self::Quoted => Zone::Body,
            Self::Signature => Zone::Signature,
            Self::Trailer => Zone::Trailer,
        }
    }
}
