//! What the header says: each part that wraps is read from all of its stretches at once.

use std::sync::LazyLock;

use regex::Regex;

use crate::arrange::Arranger;
use crate::cable::{Field, References, Subject, Tags};
use crate::fields::classified_by;
use crate::fields::executive_order;
use crate::fields::reference;
use crate::fields::subject;
use crate::fields::tags;
use crate::line::Keyword;
use crate::marker::read_mark;
use crate::pattern::pattern;
use crate::span::Span;

use super::Stretches;

/// A serial as page lines write it.
static PAGE_SERIAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b00\d{6}$"));

impl Arranger<'_> {
    /// Reads the parts that wrap, each from all of its lines.
    pub(in crate::arrange) fn read_header(&mut self, stretches: &Stretches) {
        self.header.executive_order = self.read_joined(stretches.of(Keyword::ExecutiveOrder), executive_order::read);
        self.header.tags = self.read_tags(stretches.of(Keyword::Tags));
        self.header.subject = self.read_subject(stretches.of(Keyword::Subject));
        self.header.references = self.read_references(stretches.of(Keyword::Reference));
        self.header.classified_by = self.read_joined(stretches.of(Keyword::ClassifiedBy), classified_by::read);
    }

    pub(in crate::arrange) fn read_joined<T>(
        &self,
        lines: &[(usize, Span)],
        read: fn(&str) -> Option<T>,
    ) -> Option<Field<T>> {
        let (line, span, text) = self.masked(lines, ' ')?;
        Some(Field { line: line as u32, span, value: read(&text)? })
    }

    /// The lines of a part as one text of the same length: what is not its own becomes blank, line breaks `line_break`.
    pub(in crate::arrange) fn masked(
        &self,
        lines: &[(usize, Span)],
        line_break: char,
    ) -> Option<(usize, Span, String)> {
        let (&(first, start), &(_, end)) = (lines.first()?, lines.last()?);
        let whole = Span::new(start.start, end.end);
        let mut text = String::with_capacity(whole.len() as usize);
        for &(_, span) in lines {
            while (text.len() as u32) < span.start - whole.start {
                text.push(if text.ends_with(line_break) || text.is_empty() { ' ' } else { line_break });
            }
            text.push_str(self.slice(span));
        }
        Some((first, whole, text))
    }

    fn read_tags(&self, lines: &[(usize, Span)]) -> Option<Tags> {
        let &(first, span) = lines.first()?;
        let keyword = Field { line: first as u32, span, value: tags::keyword(self.slice(span))? };
        let mut found = Vec::new();
        for (index, &(line, span)) in lines.iter().enumerate() {
            let from = if index == 0 { span.start + keyword.value.end } else { span.start };
            let list = Span::new(from.min(span.end), span.end);
            let text = self.slice(list);
            for tag in tags::join_words(text, tags::read(text), self.catalog) {
                let back = |inner: Span| Span::new(inner.start - tag.span.start, inner.end - tag.span.start);
                let value = tags::Tag {
                    span: back(tag.span),
                    code: back(tag.code),
                    name: tag.name.map(back),
                    linked: tag.linked,
                };
                found.push(Field { line: line as u32, span: tag.span.shifted(list.start), value });
            }
        }
        Some(Tags { keyword, tags: found })
    }

    pub(in crate::arrange) fn read_subject(&self, lines: &[(usize, Span)]) -> Option<Subject> {
        let &(first, span) = lines.first()?;
        let keyword = Field { line: first as u32, span, value: subject::keyword(self.slice(span))? };
        let mut mark = None;
        let mut texts = Vec::new();
        for (index, &(line, span)) in lines.iter().enumerate() {
            let from = if index == 0 { span.start + keyword.value.end } else { span.start };
            let mut rest = self.trim_span(Span::new(from.min(span.end), span.end));
            if texts.is_empty()
                && mark.is_none()
                && let Some(read) = read_mark(self.slice(rest))
            {
                let at = read.span.shifted(rest.start);
                mark = Some(Field { line: line as u32, span: at, value: read });
                rest = self.trim_span(Span::new(at.end, rest.end));
            }
            if !rest.is_empty() {
                texts.push(Field { line: line as u32, span: rest, value: () });
            }
        }
        Some(Subject { keyword, mark, lines: texts })
    }

    pub(in crate::arrange) fn read_references(&self, lines: &[(usize, Span)]) -> Option<References> {
        let &(first, span) = lines.first()?;
        let keyword = Field { line: first as u32, span, value: reference::keyword(self.slice(span))? };
        let (_, whole, text) = self.masked(lines, '\n')?;
        let text = with_line_breaks(text);
        let skipped = keyword.value.end.min(whole.len());
        let list = &text[skipped as usize..];
        let number = self.header.classification.as_ref().map(|line| line.value.reference_number.number);
        // `ASTANA 00002541` is what is left of the cable's own page line.
        let is_own = |entry: &reference::Reference| {
            entry.serial.is_some() && entry.serial == number && PAGE_SERIAL.is_match(entry.span.text(list))
        };
        let entries = reference::read(list, self.catalog)
            .into_iter()
            .filter(|entry| !is_own(entry))
            .map(|mut entry| {
                let by = whole.start + skipped;
                entry.span = entry.span.shifted(by);
                entry.letter = entry.letter.map(|(letter, span)| (letter, span.shifted(by)));
                let line = self.lines.partition_point(|line| line.span.start <= entry.span.start) - 1;
                Field { line: line as u32, span: entry.span, value: entry }
            })
            .collect();
        Some(References { keyword, entries })
    }
}

/// A text of the same length in which the separators that some copies have for a line break are one.
fn with_line_breaks(text: String) -> String {
    if text.is_ascii() {
        return text;
    }
    text.replace(['\u{2028}', '\u{2029}'], "  \n").replace('\u{85}', " \n")
}
