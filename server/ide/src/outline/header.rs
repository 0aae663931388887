//! The fields of the header.

use std::fmt::Write as _;

use cable_syntax::{PartKind, Reference, Span};

use super::{Outliner, Run, Symbol, SymbolKind, flat, push_short, within};

impl Outliner<'_> {
    pub(super) fn header_line(&self, run: &Run) -> Symbol {
        let known = match run.kind {
            PartKind::Classification => self.classification(run),
            PartKind::Caption => self.caption(run),
            PartKind::ExecutiveOrder => self.executive_order(run),
            PartKind::Tags => self.tags(run),
            PartKind::Subject => self.subject_line(run),
            PartKind::Reference => self.references(run),
            PartKind::ClassifiedBy => self.classified_by(run),
            _ => None,
        };
        known.unwrap_or_else(|| {
            let kind = match run.kind {
                PartKind::RepeatedHeader | PartKind::Quoted => SymbolKind::Quoted,
                PartKind::Text => SymbolKind::Text,
                _ => SymbolKind::HeaderLine,
            };
            self.symbol(kind, self.short(run.span), run.span, run.first)
        })
    }

    fn header_symbol(&self, run: &Run, name: String, detail: Option<String>, selection: Span) -> Symbol {
        let selection = if within(selection, run.span) { selection } else { run.first };
        let detail = detail.filter(|detail| !detail.is_empty());
        Symbol { detail, ..self.symbol(SymbolKind::HeaderLine, name, run.span, selection) }
    }

    fn classification(&self, run: &Run) -> Option<Symbol> {
        let field = self.cable.header.classification.as_ref().filter(|field| field.line == run.line)?;
        let number = field.at(field.value.reference_number.span);
        let section = field.value.section.map(|section| format!("section {} of {}", section.number, section.of));
        let name = format!("{} {}", field.value.level.word(), flat(self.text(number)));
        Some(self.header_symbol(run, name, section, number))
    }

    fn caption(&self, run: &Run) -> Option<Symbol> {
        let captions = &self.cable.header.captions;
        let first = captions.partition_point(|field| field.span.start < run.span.start);
        let field = captions.get(first).filter(|field| within(field.span, run.span))?;
        let written = flat(self.text(field.span));
        let detail = (written != field.value).then(|| format!("written {written}"));
        Some(self.header_symbol(run, field.value.clone(), detail, field.span))
    }

    fn executive_order(&self, run: &Run) -> Option<Symbol> {
        let field = self.cable.header.executive_order.as_ref().filter(|field| field.line == run.line)?;
        let order = field.value.order.map_or("", |order| self.text(field.at(order)));
        let name = format!("E.O. {order}").trim_end().to_owned();
        let instruction = field.at(field.value.instruction);
        Some(self.header_symbol(run, name, Some(self.short(instruction)), field.at(field.value.keyword)))
    }

    fn tags(&self, run: &Run) -> Option<Symbol> {
        let tags = self.cable.header.tags.as_ref().filter(|tags| tags.keyword.line == run.line)?;
        let codes: Vec<&str> = tags.tags.iter().map(|tag| self.text(tag.at(tag.value.code))).collect();
        let selection = tags.keyword.at(tags.keyword.value.word);
        Some(self.header_symbol(run, "TAGS".to_owned(), Some(codes.join(" ")), selection))
    }

    fn subject_line(&self, run: &Run) -> Option<Symbol> {
        let subject = self.cable.header.subject.as_ref().filter(|subject| subject.keyword.line == run.line)?;
        let selection = subject.lines.first().map_or(subject.keyword.span, |line| line.span);
        Some(self.header_symbol(run, "SUBJECT".to_owned(), self.subject(), selection))
    }

    fn references(&self, run: &Run) -> Option<Symbol> {
        let references = self.cable.header.references.as_ref().filter(|list| list.keyword.line == run.line)?;
        let selection = references.keyword.at(references.keyword.value.word);
        let mut end = run.span.start;
        let mut children = Vec::new();
        for field in &references.entries {
            let entry = &field.value;
            let letter = entry
                .letter
                .map(|(_, span)| span)
                .filter(|letter| letter.start >= end && letter.end <= entry.span.start);
            let span = Span::new(letter.map_or(entry.span.start, |letter| letter.start), entry.span.end);
            // Columns that a page line or another field holds are not the list's.
            if span.start < end || !within(span, run.span) || span.is_empty() {
                continue;
            }
            end = span.end;
            children.push(self.reference(entry, span));
        }
        Some(Symbol { children, ..self.header_symbol(run, "REF".to_owned(), None, selection) })
    }

    fn reference(&self, entry: &Reference, span: Span) -> Symbol {
        let mut name = String::with_capacity(span.len() as usize + 1);
        if let Some((letter, _)) = entry.letter {
            let _ = write!(name, "{letter}.");
        }
        match entry.post.as_deref().zip(entry.serial) {
            Some((post, serial)) => {
                let blank = if name.is_empty() { "" } else { " " };
                let _ = write!(name, "{blank}{post} {serial}");
            }
            None => push_short(&mut name, self.text(entry.span)),
        }
        Symbol {
            detail: self.cable.reference_id(entry).map(str::to_owned),
            ..self.symbol(SymbolKind::Reference, name, span, entry.span)
        }
    }

    fn classified_by(&self, run: &Run) -> Option<Symbol> {
        let field = self.cable.header.classified_by.as_ref().filter(|field| field.line == run.line)?;
        let who = field.value.who.map_or(String::new(), |who| self.short(field.at(who)));
        let section = field.value.section.map_or("", |section| self.text(field.at(section)));
        let letters: Vec<String> = field
            .value
            .reasons
            .iter()
            .map(|&reason| format!("({})", self.text(field.at(reason)).to_lowercase()))
            .collect();
        let reasons = format!("{section} {}", letters.join(" ")).trim().to_owned();
        let name = format!("Classified By {who}").trim_end().to_owned();
        Some(self.header_symbol(run, name, Some(reasons), field.at(field.value.keyword)))
    }
}
