//! The outline of a document: one root for each cable, and under it what the cable is made of (FORMAT.md, "Views").
//!
//! The tree follows the parts of the cable in their order, so that ranges nest and siblings never overlap, whatever a
//! copy did to the text. One pass over the parts, the paragraphs and the headings.

mod body;
mod envelope;
mod header;
#[cfg(test)]
mod tests;

use std::ops::Range;

use cable_syntax::{Cable, Document, Part, PartKind, Placed, Span, Zone};

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
#[allow(missing_docs, reason = "the names are the words of the field; FORMAT.md defines each")]
pub enum SymbolKind {
    Cable,
    Notice,
    Envelope,
    /// One line of the envelope that is no addressee.
    EnvelopeLine,
    /// FM, TO or INFO, and who is there.
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
    /// A quoted cable, or the header of a later section.
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
    document.cables().iter().filter_map(of_cable).collect()
}

/// The outline for a list that shows no tree: in each cable headings and paragraphs come before envelope and header.
pub fn text_first(mut outline: Vec<Symbol>) -> Vec<Symbol> {
    for cable in &mut outline {
        cable.children.sort_by_key(|child| {
            matches!(child.kind, SymbolKind::Notice | SymbolKind::Envelope | SymbolKind::Header | SymbolKind::Trailer)
        });
    }
    outline
}

/// The outline of one cable; nothing for a text that is none.
pub fn of_cable(placed: &Placed) -> Option<Symbol> {
    placed.cable.is_recognised().then(|| Outliner { placed, cable: &placed.cable }.cable()).flatten()
}

/// What the rooms share: a cable and its place.
struct Outliner<'a> {
    placed: &'a Placed,
    cable: &'a Cable,
}

impl Outliner<'_> {
    fn cable(&self) -> Option<Symbol> {
        let parts = &self.cable.parts;
        let whole = Span::new(parts.first()?.span.start, parts.last()?.span.end);
        let line = self.cable.header.classification.as_ref();
        let number = line
            .map_or(Span::new(whole.start, parts.first()?.span.end), |line| line.at(line.value.reference_number.span));
        let front_end = self.front_end();
        let mut children = self.front(front_end);
        self.body(front_end, &mut children);
        children.extend(self.ending());
        // The notice of a publisher may be below the text.
        if !children.is_sorted_by_key(|symbol| symbol.range.start) {
            children.sort_by_key(|symbol| symbol.range.start);
        }
        Some(Symbol {
            detail: self.subject().filter(|subject| !subject.is_empty()),
            children,
            ..self.symbol(SymbolKind::Cable, self.name(), whole, number)
        })
    }

    /// The canonical id, else the MRN.
    fn name(&self) -> String {
        let smart = || {
            let labels = self.cable.parts.iter().filter(|part| part.kind == PartKind::SmartLabel);
            labels
                .filter_map(|part| self.text(part.span).strip_prefix("MRN:"))
                .map(|number| number.trim().to_owned())
                .next()
        };
        self.cable
            .canonical_id()
            .or_else(|| self.cable.reference_number())
            .map(str::to_owned)
            .or_else(smart)
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "cable".to_owned())
    }

    fn subject(&self) -> Option<String> {
        let subject = self.cable.header.subject.as_ref()?;
        let mut flat = String::with_capacity(subject.lines.iter().map(|line| line.span.len() as usize + 1).sum());
        subject.lines.iter().for_each(|line| push_flat(&mut flat, self.text(line.span)));
        Some(flat)
    }

    /// Where the text begins: after the last field of the header.
    fn front_end(&self) -> u32 {
        let text = self.cable.parts.iter().position(|part| part.kind == PartKind::Paragraph);
        let above = &self.cable.parts[..text.unwrap_or(self.cable.parts.len())];
        above.iter().rev().find(|part| is_front(part)).map_or(0, |part| part.span.end)
    }

    /// Notice, envelope and header. A copy that has envelope lines after the classification line gets a node for each
    /// run of them; what else is between the fields is the header's.
    fn front(&self, end: u32) -> Vec<Symbol> {
        let lines = self.runs(|part| {
            part.kind == PartKind::Notice
                || (part.span.start < end
                    && (is_front(part)
                        || matches!(part.kind, PartKind::RepeatedHeader | PartKind::Quoted | PartKind::Text)))
        });
        let zone = |run: &Run| match run.kind.zone() {
            Zone::Body => Zone::Header,
            zone => zone,
        };
        let nodes = lines.chunk_by(|one, two| zone(one) == zone(two)).filter_map(|run| {
            let (first, last) = run.first().zip(run.last())?;
            let (kind, name, children) = match zone(first) {
                Zone::Notice => (SymbolKind::Notice, "partial extract", Vec::new()),
                Zone::Envelope => {
                    (SymbolKind::Envelope, "envelope", run.iter().map(|run| self.envelope_line(run)).collect())
                }
                _ => (SymbolKind::Header, "header", run.iter().map(|run| self.header_line(run)).collect()),
            };
            let whole = Span::new(first.span.start, last.span.end);
            Some(Symbol { children, ..self.symbol(kind, name.to_owned(), whole, first.first) })
        });
        nodes.collect()
    }

    fn ending(&self) -> Vec<Symbol> {
        let runs = self.runs(|part| matches!(part.kind.zone(), Zone::Signature | Zone::Trailer));
        let symbol = |run: &Run| match run.kind {
            PartKind::Signature => {
                let name = self.cable.signature.as_ref().map(|field| field.span).filter(|name| within(*name, run.span));
                let name = name.unwrap_or(run.first);
                self.symbol(SymbolKind::Signature, self.short(name), run.span, name)
            }
            _ => Symbol {
                detail: Some(self.short(run.span)),
                ..self.symbol(SymbolKind::Trailer, "trailer".to_owned(), run.span, run.first)
            },
        };
        runs.iter().map(symbol).collect()
    }

    /// Some parts as nodes: what wraps is one, and what a publisher or a printer left between does not count.
    fn runs(&self, wanted: impl Fn(&Part) -> bool) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for part in self.cable.parts.iter().filter(|part| wanted(part)) {
            match runs.last_mut().filter(|run| run.kind == part.kind && wraps(part.kind)) {
                Some(run) => run.span.end = part.span.end,
                None => runs.push(Run::of(part)),
            }
        }
        runs
    }

    fn symbol(&self, kind: SymbolKind, name: String, range: Span, selection: Span) -> Symbol {
        debug_assert!(within(selection, range), "{name}: {selection:?} is not in {range:?}");
        Symbol {
            name,
            detail: None,
            kind,
            range: self.placed.range(range),
            selection: self.placed.range(selection),
            children: Vec::new(),
        }
    }

    fn text(&self, span: Span) -> &str {
        self.cable.slice(span)
    }

    /// The first words of a stretch.
    fn short(&self, span: Span) -> String {
        shortened(self.text(span))
    }
}

/// One node of the envelope, the header or the trailer: parts of one kind that follow each other.
struct Run {
    kind: PartKind,
    span: Span,
    /// The first of them.
    first: Span,
    line: u32,
}

impl Run {
    const fn of(part: &Part) -> Self {
        Self { kind: part.kind, span: part.span, first: part.span, line: part.line }
    }
}

/// Whether parts of a kind that follow each other are one thing.
const fn wraps(kind: PartKind) -> bool {
    matches!(
        kind,
        PartKind::Notice
            | PartKind::Routing
            | PartKind::Distribution
            | PartKind::ExecutiveOrder
            | PartKind::Tags
            | PartKind::Subject
            | PartKind::Reference
            | PartKind::ClassifiedBy
            | PartKind::Signature
            | PartKind::Trailer
            | PartKind::RepeatedHeader
            | PartKind::Quoted
            | PartKind::Text
    )
}

/// Whether a part is a line of the envelope or a field of the header.
const fn is_front(part: &Part) -> bool {
    matches!(part.kind.zone(), Zone::Envelope | Zone::Header)
}

fn within(inner: Span, outer: Span) -> bool {
    outer.start <= inner.start && inner.start <= inner.end && inner.end <= outer.end
}

/// A text on one line.
fn flat(text: &str) -> String {
    let mut flat = String::with_capacity(text.len());
    push_flat(&mut flat, text);
    flat
}

/// Writes the words of a text after another, with a space before each that is not the first.
fn push_flat(flat: &mut String, text: &str) {
    for word in text.split_whitespace() {
        if !flat.is_empty() {
            flat.push(' ');
        }
        flat.push_str(word);
    }
}

/// The first words of a text, on one line, with dots where it goes on. Looks at no more than it shows.
pub(crate) fn shortened(text: &str) -> String {
    let mut short = String::with_capacity(text.len().min(LONGEST + DOTS.len_utf8()));
    push_short(&mut short, text);
    short
}

/// So many characters of a text are shown.
const LONGEST: usize = 60;

const DOTS: char = '…';

/// Writes the first words of a text after others, with a space before them if there are any.
fn push_short(name: &mut String, text: &str) {
    let mut length = 0;
    for word in text.split_whitespace() {
        let letters = word.chars().count();
        let is_first = length == 0;
        length += letters + 1;
        if length > LONGEST && !is_first {
            name.push(DOTS);
            break;
        }
        if !name.is_empty() {
            name.push(' ');
        }
        let end = if letters > LONGEST { word.char_indices().nth(LONGEST).map(|(at, _)| at) } else { None };
        name.push_str(&word[..end.unwrap_or(word.len())]);
    }
}
