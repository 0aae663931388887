//! Tokens: the colour of every field of a cable.
//!
//! Each part has its own fields, and each field its kind; running text has none. The kinds are standard ones of the
//! protocol, so that every theme colours them. They are chosen for how they look side by side: codes, numbers, names of
//! places and people, the marks of protection, the cables that one can jump to, and, in grey, what only the
//! transmission or a publisher left. A misread paragraph number is coloured like any other: its diagnostic says enough.

mod body;
mod envelope;
mod header;
#[cfg(test)]
mod tests;

use std::ops::Range;

use cable_syntax::{Cable, Citation, Document, Field, Part, PartKind, Span, Zone};

/// A stretch of a document with one colour. It is within one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the document.
    pub range: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
    /// Whether the thing gets its name here: the MRN of the cable, the number of a paragraph, a letter of the REF list.
    pub is_definition: bool,
}

/// A token of a cable: it stays true while the cable moves in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CableToken {
    /// Line within the cable, from 0.
    pub line: u32,
    /// Bytes of the cable.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// As in [`Token`].
    pub is_definition: bool,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// `FM`, `SUBJECT`, `ZNY`: a word that names its line.
    Keyword,
    /// A TAG, a precedence, a reason, a mark of declassification: one of a closed list of codes.
    Code,
    /// A routing indicator or a channel.
    Station,
    /// A post, a PLAD, an office.
    Place,
    /// Who classified, signed, or gave a TAG its name.
    Person,
    /// A serial, a date, a paragraph number.
    Number,
    /// A classification, a portion mark, a caption, a passing line: who may read it.
    Protection,
    /// The MRN, an entry of the REF list, `ref A`: what one can jump to or from.
    Reference,
    /// The SUBJECT, and the head of a quoted cable.
    Title,
    /// A heading in the text.
    Heading,
    /// What is no part of the text: page lines, rules, the trailer, a publisher's lines.
    Residue,
}

impl TokenKind {
    /// Every kind, in the order of the legend.
    pub const ALL: [Self; 11] = [
        Self::Keyword,
        Self::Code,
        Self::Station,
        Self::Place,
        Self::Person,
        Self::Number,
        Self::Protection,
        Self::Reference,
        Self::Title,
        Self::Heading,
        Self::Residue,
    ];

    /// The protocol's name for it.
    pub const fn standard_name(self) -> &'static str {
        match self {
            Self::Keyword => "keyword",
            Self::Code => "enumMember",
            Self::Station => "property",
            Self::Place => "namespace",
            Self::Person => "parameter",
            Self::Number => "number",
            Self::Protection => "decorator",
            Self::Reference => "function",
            Self::Title => "string",
            Self::Heading => "class",
            Self::Residue => "comment",
        }
    }
}

/// The tokens that touch a range of the document, in order, without overlap. Only the cables there are looked at.
pub fn tokens(document: &Document, range: &Range<usize>) -> Vec<Token> {
    let cables = &document.cables()[document.cable_at(range.start)..];
    let touched = cables.iter().take_while(|placed| placed.start < range.end || placed.start == range.start);
    touched
        .flat_map(|placed| {
            let within = |offset: usize| offset.saturating_sub(placed.start).min(placed.cable.text().len()) as u32;
            let found = Collector::collect(&placed.cable, within(range.start), within(range.end));
            found.into_iter().map(|token| Token {
                range: placed.range(token.span),
                kind: token.kind,
                is_definition: token.is_definition,
            })
        })
        .collect()
}

/// The tokens of a whole cable, in order, without overlap; none where nothing of a cable is recognised.
pub fn cable_tokens(cable: &Cable) -> Vec<CableToken> {
    Collector::collect(cable, 0, cable.text().len() as u32)
}

/// What the rooms share: a cable, the part they are in, and its tokens so far.
struct Collector<'a> {
    cable: &'a Cable,
    part: Part,
    /// Where the text cites the REF list, in order.
    citations: &'a [Citation],
    /// Of this part, not in order; the first of two that overlap counts.
    fields: Vec<(Span, TokenKind, bool)>,
    tokens: Vec<CableToken>,
}

impl<'a> Collector<'a> {
    /// The tokens of the parts from one byte of the cable up to another.
    fn collect(cable: &'a Cable, from: u32, to: u32) -> Vec<CableToken> {
        let first = cable.parts.partition_point(|part| part.span.end < from);
        let Some(&part) = cable.parts.get(first).filter(|_| cable.is_recognised()) else { return Vec::new() };
        let citations = cable.citations();
        let mut collector = Self { cable, part, citations, fields: Vec::new(), tokens: Vec::new() };
        for &part in cable.parts[first..].iter().take_while(|part| part.span.start <= to) {
            collector.part = part;
            collector.part();
            collector.settle();
        }
        collector.tokens
    }

    fn part(&mut self) {
        match self.part.kind.zone() {
            Zone::Envelope => self.envelope(),
            Zone::Header => self.header(),
            Zone::Body => self.body(),
            Zone::Signature => self.whole(TokenKind::Person),
            // A trailer is all signals and notes of the communications center.
            Zone::Wrapper | Zone::Notice | Zone::Trailer => self.whole(TokenKind::Residue),
        }
    }

    fn text(&self, span: Span) -> &'a str {
        self.cable.slice(span)
    }

    fn add(&mut self, span: Span, kind: TokenKind) {
        self.fields.push((span, kind, false));
    }

    fn define(&mut self, span: Span, kind: TokenKind) {
        self.fields.push((span, kind, true));
    }

    fn whole(&mut self, kind: TokenKind) {
        self.add(self.part.span, kind);
    }

    /// The first word of the part, up to a space or a slash.
    fn first_word(&mut self, kind: TokenKind) -> Span {
        let Span { start, end } = self.part.span;
        let text = self.text(self.part.span);
        let word = Span::new(start, text.find([' ', '/', '\t']).map_or(end, |at| start + at as u32));
        self.add(word, kind);
        word
    }

    /// Adds the words of a span to which `kind` gives one.
    fn words(&mut self, span: Span, kind: impl Fn(&str) -> Option<TokenKind>) {
        let text = self.text(span);
        for word in text.split([' ', '\t', '/', ',', ';', '(', ')', ':']).filter(|word| !word.is_empty()) {
            if let Some(kind) = kind(word) {
                let start = (word.as_ptr() as usize - text.as_ptr() as usize) as u32 + span.start;
                self.add(Span::new(start, start + word.len() as u32), kind);
            }
        }
    }

    /// A field, when it was read from the part: a copy may have a line twice.
    fn on_part<T>(&self, field: Option<&'a Field<T>>) -> Option<&'a Field<T>> {
        field.filter(|field| field.span.overlaps(self.part.span))
    }

    /// The fields that share a byte with the part. `fields` are in the order of the text.
    fn here<T>(&self, fields: &'a [Field<T>]) -> impl Iterator<Item = &'a Field<T>> + use<'a, T> {
        let part = self.part.span;
        let first = fields.partition_point(|field| field.span.end <= part.start);
        fields[first..].iter().take_while(move |field| field.span.start < part.end)
    }

    /// Puts the fields of the part in order, cuts them to the part and to each other, and leaves out spaces.
    fn settle(&mut self) {
        self.fields.sort_by_key(|(span, ..)| span.start);
        let mut from = self.part.span.start;
        for (span, kind, is_definition) in self.fields.drain(..) {
            let cut = Span::new(span.start.max(from), span.end.min(self.part.span.end));
            let text = if cut.is_empty() { "" } else { self.cable.slice(cut) };
            let start = cut.start + (text.len() - text.trim_start().len()) as u32;
            let span = Span::new(start, start + text.trim().len() as u32);
            if !span.is_empty() {
                self.tokens.push(CableToken { line: self.part.line, span, kind, is_definition });
                from = span.end;
            }
        }
    }
}

/// Whether a part of a kind is transmission and no text.
const fn is_residue(kind: PartKind) -> bool {
    matches!(
        kind,
        PartKind::Rule | PartKind::PageLine | PartKind::PageMark | PartKind::StrayCaption | PartKind::RepeatedHeader
    )
}
