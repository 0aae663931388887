//! The ending: signature and trailer, looked for from the last line upward (FORMAT.md, "Ending").

use std::sync::LazyLock;

use regex::Regex;

use crate::cable::Field;
use crate::line::{LineKind, trim};
use crate::part::PartKind;
use crate::pattern::pattern;
use crate::span::Span;

use super::{Arranger, BodyStart, is_block_word};

static CAPITALS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"^"?(?<name>(?:MC|MAC|O'|O’|D'|DE |VAN |VON |LE |LA |ST\. )?[A-Z]{2,}(?:[-' ][A-Z]{2,}){0,2}(?:,? JR\.?)?)"?\s*[.#\\]*$"#,
    )
});
static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?<name>(?:Mc|Mac|O'|De |Van |Von |Le |La )?[A-Z][a-z]+(?:[-' ][A-Z][A-Za-z]+){0,2})\.?\s*\\?$")
});
static INSIDE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"[.?!)"”] +(?<name>[A-Z][A-Z'-]{2,}(?: [A-Z][A-Z'-]+){0,2})\W*$"#));

/// A signature as it was found.
struct Found {
    name: Span,
    /// Whether the line holds nothing else, quotes and points aside.
    alone: bool,
}

impl Arranger<'_> {
    /// Settles signature and trailer. Gives where the text of the body ends: a line, and the byte behind its last.
    pub(super) fn ending(&mut self, start: BodyStart, end: usize) -> BodyStart {
        let mut last = None;
        for line in (start.line..end).rev() {
            let text = trim(self.slice(self.lines[line].span));
            match self.kind(line) {
                LineKind::Blank
                | LineKind::Residue
                | LineKind::Trailer
                | LineKind::BreakText
                | LineKind::ClassificationWord
                | LineKind::Metadata => {}
                LineKind::Text if matches!(text, "\\" | ">" | "." | "&#x000A;") => {}
                _ => {
                    last = Some(line);
                    break;
                }
            }
        }
        let Some(last) = last else {
            self.own_trailer(start.line, end);
            return start;
        };
        let span = self.trimmed(last);
        let span = if last == start.line { Span::new(start.offset, span.end) } else { span };
        let text_end = match self.signature_in(last, span, start) {
            Some(Found { name, alone: true }) => {
                self.sign(last, span, name);
                BodyStart { line: last, offset: span.start }
            }
            Some(Found { name, alone: false }) => {
                self.sign(last, Span::new(name.start, span.end), name);
                BodyStart { line: last + 1, offset: name.start }
            }
            None => BodyStart { line: last + 1, offset: span.end },
        };
        self.own_trailer(last + 1, end);
        text_end
    }

    fn sign(&mut self, line: usize, owned: Span, name: Span) {
        self.own(PartKind::Signature, line, owned);
        self.signature = Some(Field { line: line as u32, span: name, value: () });
    }

    /// The name in the last line of the text, in one of its three forms.
    fn signature_in(&self, line: usize, span: Span, start: BodyStart) -> Option<Found> {
        let text = self.slice(span);
        let has_text_above = line > start.line || span.start > start.offset;
        let name = |pattern: &Regex| {
            pattern.captures(text).and_then(|found| found.name("name")).map(|m| Span::of(m.range()).shifted(span.start))
        };
        match self.kind(line) {
            LineKind::Marker | LineKind::Text | LineKind::RoutingMore => {}
            _ => return None,
        }
        if self.kind(line) != LineKind::Marker && has_text_above && text.len() <= 48 {
            if let Some(found) = name(&CAPITALS).filter(|&found| self.may_sign(found)) {
                return Some(Found { name: found, alone: true });
            }
            let after_blank = line == 0 || self.kind(line - 1) == LineKind::Blank || !self.reads_on(line);
            if let Some(found) = name(&TITLE).filter(|&found| after_blank && self.may_sign(found)) {
                return Some(Found { name: found, alone: true });
            }
        }
        name(&INSIDE)
            .filter(|&found| self.may_sign(found) && found.start > span.start)
            .map(|name| Found { name, alone: false })
    }

    /// Whether the line above stops in mid-sentence, so that a title-case line below is its rest.
    fn reads_on(&self, line: usize) -> bool {
        let above = trim(self.slice(self.lines[line - 1].span));
        above.ends_with(|character: char| character.is_lowercase() || character == ',')
    }

    fn may_sign(&self, name: Span) -> bool {
        let text = self.slice(name);
        let upper = text.to_uppercase();
        let first = upper.split([' ', '.']).next().unwrap_or_default();
        let is_redaction = first.bytes().all(|byte| byte == b'X');
        let is_word = matches!(
            first,
            "BT" | "NNN"
                | "NNNN"
                | "END"
                | "BEGIN"
                | "TEXT"
                | "QUOTE"
                | "UNQUOTE"
                | "UNCLAS"
                | "UNCLASSIFIED"
                | "CONFIDENTIAL"
                | "SECRET"
                | "TOP"
                | "FM"
                | "TO"
                | "INFO"
                | "TAGS"
                | "SUBJECT"
                | "REF"
                | "LIMITED"
                | "NOTE"
                | "ANNEX"
                | "ENCLOSURE"
                | "ATTACHMENT"
        );
        !is_redaction && !is_word && !is_block_word(text) && self.catalog.caption(&upper).is_none()
    }

    fn own_trailer(&mut self, from: usize, end: usize) {
        for line in from..end {
            match self.kind(line) {
                LineKind::Blank => {}
                LineKind::Metadata | LineKind::Residue => self.own_line(PartKind::Wrapper, line),
                _ => {
                    self.own_line(PartKind::Trailer, line);
                    let span = self.trimmed(line);
                    self.trailer.push(Field { line: line as u32, span, value: () });
                }
            }
        }
    }
}
