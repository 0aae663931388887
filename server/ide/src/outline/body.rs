//! The text: headings hold their paragraphs; quoted cables and repeated headers are one node each.

use std::fmt::Write as _;

use cable_syntax::{Paragraph, Part, PartKind, Span, Zone, decoder};

use super::{LONGEST, Outliner, Symbol, SymbolKind, flat, push_short};

/// What is in the text, before headings hold anything.
struct Item {
    span: Span,
    what: What,
}

#[derive(Clone, Copy)]
enum What {
    Heading {
        lines: Span,
    },
    /// Its index, and the part that its marker opens.
    Paragraph {
        index: usize,
        first: Span,
    },
    Text,
    Quoted,
    RepeatedHeader,
}

impl Outliner<'_> {
    /// Adds what is in the text from a byte on.
    pub(super) fn body(&self, from: u32, symbols: &mut Vec<Symbol>) {
        let items = self.items(from);
        symbols.reserve(items.len());
        for item in items {
            let symbol = self.item(&item);
            let last = symbols.last_mut();
            match last {
                // A paragraph goes on after the quoted cable or the header that interrupts it.
                Some(above) if holds(above, &symbol) => above.children.push(symbol),
                Some(above) if above.kind == SymbolKind::Heading && symbol.kind != SymbolKind::Heading => {
                    above.range.end = symbol.range.end;
                    match above.children.last_mut().filter(|paragraph| holds(paragraph, &symbol)) {
                        Some(paragraph) => {
                            above.range.end = paragraph.range.end;
                            paragraph.children.push(symbol);
                        }
                        None => above.children.push(symbol),
                    }
                }
                _ => symbols.push(symbol),
            }
        }
    }

    /// The items in order of their place. One pass over the parts of the body, with the paragraphs alongside.
    fn items(&self, from: u32) -> Vec<Item> {
        let paragraphs = &self.cable.body.paragraphs;
        let mut next = 0;
        let mut items: Vec<Item> = Vec::with_capacity(paragraphs.len() + self.cable.body.headings.len());
        for part in self.cable.parts.iter().filter(|part| part.kind.zone() == Zone::Body && part.span.start >= from) {
            while let Some(paragraph) =
                paragraphs.get(next).filter(|paragraph| paragraph.marker.span.start <= part.span.start)
            {
                let span = Span::new(paragraph.marker.span.start, paragraph.end.max(paragraph.marker.span.end));
                items.push(Item { span, what: What::Paragraph { index: next, first: part.span } });
                next += 1;
            }
            self.add(part, &mut items);
        }
        items
    }

    fn add(&self, part: &Part, items: &mut Vec<Item>) {
        let what = match part.kind {
            PartKind::Heading => What::Heading { lines: part.span },
            PartKind::Text => What::Text,
            PartKind::Quoted => What::Quoted,
            PartKind::RepeatedHeader => What::RepeatedHeader,
            _ => return,
        };
        let last = items.last_mut();
        match (last, what) {
            // The second line of a heading, directly below the first.
            (Some(Item { span, what: What::Heading { lines } }), What::Heading { .. })
                if self.cable.line_at(lines.end) + 1 == part.line =>
            {
                lines.end = part.span.end;
                span.end = part.span.end;
            }
            (Some(Item { span, what: above }), _) if same_stretch(*above, what) => span.end = part.span.end,
            _ => items.push(Item { span: part.span, what }),
        }
    }

    fn item(&self, item: &Item) -> Symbol {
        let Item { span, what } = *item;
        match what {
            What::Heading { lines } => self.symbol(SymbolKind::Heading, flat(self.text(lines)), span, lines),
            What::Paragraph { index, first } => self.paragraph(&self.cable.body.paragraphs[index], span, first),
            What::Text => self.symbol(SymbolKind::Text, self.short(span), span, self.first_line(span)),
            What::Quoted => Symbol {
                detail: Some(self.short(self.first_line(span))),
                ..self.symbol(SymbolKind::Quoted, "quoted cable".to_owned(), span, self.first_line(span))
            },
            What::RepeatedHeader => Symbol {
                detail: Some(self.short(self.first_line(span))),
                ..self.symbol(SymbolKind::Quoted, "repeated header".to_owned(), span, self.first_line(span))
            },
        }
    }

    fn paragraph(&self, paragraph: &Paragraph, span: Span, first: Span) -> Symbol {
        /// Bytes that number and mark take as a rule.
        const MARKER: usize = 16;
        let marker = &paragraph.marker;
        // The words after the marker; where it stands alone on its line, those of the next.
        let start = (marker.span.start + marker.value.text).clamp(marker.span.end, span.end);
        let end = if start < first.end { first.end.min(span.end) } else { span.end };
        let text = self.text(Span::new(start, end));
        let mut name = String::with_capacity(MARKER + text.len().min(LONGEST));
        let _ = write!(name, "¶{}", paragraph.number);
        if let Some(mark) = marker.value.mark {
            name.push_str(" (");
            name.extend(self.text(marker.at(mark.text)).split_whitespace());
            name.push(')');
        }
        push_short(&mut name, text);
        let artefact = decoder::artefact(&marker.value, paragraph.decision.decoded);
        Symbol {
            detail: (!artefact.is_plain()).then(|| format!("written {}", self.written(paragraph))),
            ..self.symbol(SymbolKind::Paragraph, name, span, marker.span)
        }
    }

    /// The number of a paragraph as the copy has it, up to what closes it: `- ¶12.`
    fn written(&self, paragraph: &Paragraph) -> String {
        let marker = &paragraph.marker;
        let end = marker.value.mark.filter(|_| !marker.value.mark_first).map(|mark| marker.at(mark.span).start);
        flat(self.text(Span::new(marker.span.start, end.unwrap_or(marker.span.end))))
    }

    fn first_line(&self, span: Span) -> Span {
        let text = self.text(span);
        let first = text.lines().next().unwrap_or_default().trim_end();
        Span::new(span.start, span.start + first.len() as u32)
    }
}

/// Whether a paragraph goes on after a quoted cable or a repeated header.
fn holds(above: &Symbol, symbol: &Symbol) -> bool {
    above.kind == SymbolKind::Paragraph && symbol.kind == SymbolKind::Quoted && symbol.range.end <= above.range.end
}

/// Whether the next part of a kind belongs to the stretch above it.
const fn same_stretch(above: What, next: What) -> bool {
    matches!(
        (above, next),
        (What::Text, What::Text) | (What::Quoted, What::Quoted) | (What::RepeatedHeader, What::RepeatedHeader)
    )
}
