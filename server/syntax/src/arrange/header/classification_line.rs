//! The classification line, which may be two lines of the copy, with what the copy glued in front of its level and
//! after its MRN (FORMAT.md, "Classification line").

use std::sync::LazyLock;

use regex::Regex;

use crate::arrange::{Arranger, BodyStart};
use crate::cable::Field;
use crate::fields::addressee;
use crate::fields::classification;
use crate::line::{LineKind, classify};
use crate::part::PartKind;
use crate::pattern::{ShortPattern, pattern, short_pattern};
use crate::span::Span;

use super::{Current, State};

/// After the caption glued to an MRN there is no blank: `002487SIPDISE.O. 12958`.
static GLUED_CAPTION: LazyLock<ShortPattern> =
    LazyLock::new(|| short_pattern(r"^(?:(?:SIPDIS|SENSITIVE|NOFORN|EXDIS|NODIS|STADIS|LIMDIS)\s*)+"));

static ONE_CAPTION: LazyLock<Regex> = LazyLock::new(|| pattern(r"SIPDIS|SENSITIVE|NOFORN|EXDIS|NODIS|STADIS|LIMDIS"));

impl Arranger<'_> {
    /// The classification line, of two lines where the copy broke it.
    pub(super) fn classification_line(&mut self, first: usize, line: usize, state: &mut State) -> Option<BodyStart> {
        let span = Span::new(self.trimmed(first).start, self.trimmed(line).end);
        let written = |span| self.slice(span).replace(['\n', '\r'], " ");
        let read = match self.classifications.of(line).filter(|_| first == line) {
            Some(read) => read.clone(),
            None => classification::read(&written(span))?,
        };
        let tail = read.tail.map(|tail| tail.shifted(span.start));
        let level = span.start + read.level_span.start;
        let own = Span::new(level, tail.map_or(span.end, |tail| tail.start));
        let read = if level == span.start { read } else { classification::read(&written(Span::new(level, span.end)))? };
        self.own_lead(first, Span::new(span.start, level));
        for line in first..=line {
            let columns = self.lines[line].span;
            self.own(PartKind::Classification, line, Span::new(own.start.max(columns.start), own.end.min(columns.end)));
        }
        self.header.classification = Some(Field { line: first as u32, span: self.trim_span(own), value: read });
        let mut rest = tail?;
        state.current = Current::Captions;
        if let Some(captions) = GLUED_CAPTION.find(self.slice(rest)) {
            let captions = Span::of(captions.range()).shifted(rest.start);
            for caption in ONE_CAPTION.find_iter(self.slice(captions)).collect::<Vec<_>>() {
                self.caption_or_handling(line, Span::of(caption.range()).shifted(captions.start));
            }
            rest = Span::new(captions.end, rest.end);
        }
        self.segments(line, rest, state)
    }

    /// What stands in front of the level on its line: a notice or an addressee that lost its line break, else a
    /// publisher's own.
    fn own_lead(&mut self, line: usize, lead: Span) {
        let text = self.slice(lead).trim_end_matches(['"', ',', ' ', '\\']);
        let span = Span::new(lead.start, lead.start + text.len() as u32);
        match self.kind_of_lead(text) {
            Some(PartKind::Notice) => {
                self.own(PartKind::Notice, line, span);
                self.envelope.notice.get_or_insert(Field { line: line as u32, span, value: () });
            }
            Some(part) => {
                self.own(part, line, span);
                if let Some(value) = addressee::read(text) {
                    let list = if part == PartKind::Info { &mut self.envelope.info } else { &mut self.envelope.to };
                    list.push(Field { line: line as u32, span, value });
                }
                self.own(PartKind::Wrapper, line, Span::new(span.end, lead.end));
            }
            None => self.own(PartKind::Wrapper, line, lead),
        }
    }

    fn kind_of_lead(&self, text: &str) -> Option<PartKind> {
        let is_info = !self.envelope.info.is_empty();
        match classify(text) {
            LineKind::Notice => Some(PartKind::Notice),
            LineKind::To => Some(PartKind::To),
            LineKind::Info => Some(PartKind::Info),
            LineKind::Addressee if self.envelope.from.is_some() => {
                Some(if is_info { PartKind::Info } else { PartKind::To })
            }
            _ => None,
        }
    }
}
