//! The header and the ending of a cable with the labels of SMART, in whatever order they are printed.

use crate::cable::Field;
use crate::fields::addressee;
use crate::fields::classification;
use crate::fields::classified_by;
use crate::fields::date_time_group;
use crate::fields::executive_order::ExecutiveOrder;
use crate::line::{Keyword, LineKind};
use crate::part::PartKind;
use crate::smart::{self, Label};
use crate::span::Span;
use crate::white_space::is_blank;

use super::header::Stretches;
use super::{Arranger, BodyStart};

/// Labels stand among the first lines of a cable.
const LONGEST_HEADER: usize = 120;

/// A label with its value: each line, and the columns of it that are its own.
struct Entry {
    label: Label,
    /// Columns of the label on its first line, the colon included.
    length: u32,
    stretches: Vec<(usize, Span)>,
}

impl Arranger<'_> {
    /// Whether the header is one of labels.
    pub(super) fn has_labels(&self) -> bool {
        let has = |kind| self.lines.iter().any(|line| line.kind == kind);
        has(LineKind::SmartLabel) && !has(LineKind::Classification)
    }

    /// Arranges everything above the text.
    pub(super) fn labelled_header(&mut self) -> BodyStart {
        let (entries, start) = self.entries();
        let mut stretches = Stretches::default();
        for entry in &entries {
            self.entry(entry, &mut stretches);
        }
        self.read_header(&stretches);
        self.order_of(&entries);
        let joined: Vec<(usize, Span)> = entries
            .iter()
            .filter(|entry| entry.label == Label::ClassifiedBy)
            .flat_map(|entry| entry.stretches.clone())
            .collect();
        self.header.classified_by = self.read_joined(&joined, classified_by::read);
        if self.header.identity.level.is_none() {
            let level = (0..self.lines.len()).find(|&line| self.kind(line) == LineKind::ClassificationWord);
            self.header.identity.level = level.and_then(|line| self.level_in(line, self.trimmed(line)));
        }
        start
    }

    /// The labels with their values, and where the text begins.
    fn entries(&mut self) -> (Vec<Entry>, BodyStart) {
        let mut entries: Vec<Entry> = Vec::new();
        let (mut blank, mut at_break) = (false, false);
        let last_label = self.last_label();
        for line in 0..self.lines.len() {
            let span = self.trimmed(line);
            let text = self.slice(span);
            match self.kind(line) {
                LineKind::Blank | LineKind::Residue => {
                    // The blank lines of a page break part nothing that it cuts.
                    blank |= !at_break;
                    self.own_line(PartKind::Wrapper, line);
                    continue;
                }
                LineKind::Metadata | LineKind::Rule if line < last_label => {
                    self.own_line(PartKind::Wrapper, line);
                    continue;
                }
                LineKind::Furniture => {
                    at_break = true;
                    self.own_line(PartKind::Wrapper, line);
                    continue;
                }
                LineKind::ClassificationWord => {
                    at_break = true;
                    self.level_line(line, span);
                    continue;
                }
                LineKind::Notice => {
                    self.own_as_wrapper(line);
                    continue;
                }
                _ => {}
            }
            at_break = false;
            if smart::label(text).is_some() && line <= last_label {
                self.cut_at_labels(line, span, &mut entries);
                blank = false;
                continue;
            }
            let Some(entry) = entries.last_mut() else {
                if self.header.identity.level.is_none() && text.ends_with("UNCLASSIFIED") {
                    self.level_line(line, span);
                } else {
                    self.own_line(PartKind::Wrapper, line);
                }
                continue;
            };
            let is_empty = entry.stretches.len() == 1 && entry.stretches[0].1.len() <= entry.length;
            let folds = !blank || is_empty || line < last_label;
            // A reason below Classified By goes on with it; a paragraph never does.
            if !folds || (self.kind(line) == LineKind::Marker && line > last_label) {
                return (entries, BodyStart { line, offset: span.start });
            }
            entry.stretches.push((line, span));
            blank = false;
        }
        let end = self.lines.last().map_or(0, |line| line.span.end);
        (entries, BodyStart { line: self.lines.len(), offset: end })
    }

    /// The last line of the header that begins with a label. After a blank line only a label goes on with the header, or
    /// the value of one that stands alone.
    fn last_label(&self) -> usize {
        let (mut last, mut is_open, mut blank) = (0, true, false);
        for line in 0..self.lines.len().min(LONGEST_HEADER) {
            let whole = self.lines[line].span;
            let span = self.trimmed(line);
            match self.kind(line) {
                LineKind::Blank | LineKind::Residue => {
                    blank = true;
                    continue;
                }
                LineKind::Furniture | LineKind::ClassificationWord | LineKind::Metadata | LineKind::Notice => continue,
                _ => {}
            }
            if let Some((_, length)) = smart::label(self.slice(span)) {
                last = line;
                is_open = span.len() <= length;
            } else if blank && !is_open && span.start == whole.start
                || (last > 0 && self.kind(line) == LineKind::Marker && self.is_paragraph_one(line))
            {
                break;
            } else if last > 0 {
                is_open = false;
            }
            blank = false;
        }
        last
    }

    fn is_paragraph_one(&self, line: usize) -> bool {
        crate::marker::read_marker(self.slice(self.trimmed(line)))
            .is_some_and(|marker| marker.literal == 1 || (marker.may_strip() && marker.stripped() == 1))
    }

    fn cut_at_labels(&self, line: usize, span: Span, entries: &mut Vec<Entry>) {
        let text = self.slice(span);
        let mut cuts = vec![0];
        cuts.extend(smart::inner_labels(text));
        cuts.push(text.len() as u32);
        for pair in cuts.windows(2) {
            let own = self.trim_span(Span::new(span.start + pair[0], span.start + pair[1]));
            if let Some((label, length)) = smart::label(self.slice(own)) {
                entries.push(Entry { label, length, stretches: vec![(line, own)] });
            }
        }
    }

    fn level_line(&mut self, line: usize, span: Span) {
        if self.header.identity.level.is_none() {
            self.header.identity.level = self.level_in(line, span);
            self.own(PartKind::Classification, line, span);
        } else {
            self.own(PartKind::PageMark, line, span);
        }
    }

    fn level_in(&self, line: usize, span: Span) -> Option<Field<classification::Classification>> {
        let text = self.slice(span);
        let text = text.strip_prefix("SENSITIVE BUT ").unwrap_or(text);
        let level = classification::level_of(text)?;
        Some(Field { line: line as u32, span, value: level })
    }

    /// Reads one label with its value.
    fn entry(&mut self, entry: &Entry, stretches: &mut Stretches) {
        let keyword = match entry.label {
            Label::Tags => Some(Keyword::Tags),
            Label::Subject => Some(Keyword::Subject),
            Label::Reference => Some(Keyword::Reference),
            _ => None,
        };
        let part = match entry.label {
            Label::From => PartKind::From,
            Label::Action => PartKind::To,
            Label::Info => PartKind::Info,
            Label::Order | Label::Declassify => PartKind::ExecutiveOrder,
            Label::Tags => PartKind::Tags,
            Label::Subject => PartKind::Subject,
            Label::Reference => PartKind::Reference,
            Label::ClassifiedBy => PartKind::ClassifiedBy,
            Label::Signature => PartKind::Signature,
            _ => PartKind::SmartLabel,
        };
        let by_piece = matches!(entry.label, Label::Captions | Label::PassLine);
        for (index, &(line, span)) in entry.stretches.iter().enumerate() {
            if let Some(keyword) = keyword {
                if index == 0 {
                    stretches.begin(keyword, line, span);
                } else {
                    stretches.go_on(keyword, line, span);
                }
            }
            if !by_piece {
                self.own(part, line, span);
                continue;
            }
            let mut value = span;
            if index == 0 {
                value = self.trim_span(Span::new(span.start + entry.length, span.end));
                self.own(PartKind::SmartLabel, line, Span::new(span.start, span.start + entry.length));
            }
            self.pieces_of_value(entry.label, line, value);
        }
        let Some((_, whole, text)) = self.masked(&entry.stretches, ' ') else { return };
        let value = &text[(entry.length as usize).min(text.len())..];
        let base = whole.start + entry.length;
        let trimmed = self.trim_span(Span::new(base.min(whole.end), whole.end));
        let line = self.line_of(trimmed.start);
        match entry.label {
            Label::Number if self.header.identity.number.is_none() => {
                if let Some((year, mut number)) = smart::number(value) {
                    let span = number.span.shifted(base);
                    let back = number.span.start;
                    for inner in [&mut number.span, &mut number.post, &mut number.serial] {
                        *inner = Span::new(inner.start - back, inner.end - back);
                    }
                    let identity = &mut self.header.identity;
                    identity.year = year;
                    identity.number = Some(Field { line: line as u32, span, value: number });
                }
            }
            Label::Date if self.envelope.date_time_group.is_none() => self.date(value, base),
            Label::From if self.envelope.from.is_none() => {
                if let Some(read) = addressee::read(self.slice(trimmed)) {
                    self.envelope.from = Some(Field { line: line as u32, span: trimmed, value: read });
                }
            }
            Label::Action | Label::Info => self.addresses(entry, value, base),
            Label::Classification => {
                self.header.identity.level = self.level_in(line, trimmed).or(self.header.identity.level);
            }
            Label::Signature if !trimmed.is_empty() => {
                self.signature = Some(Field { line: line as u32, span: trimmed, value: () });
            }
            _ => {}
        }
    }

    fn pieces_of_value(&mut self, label: Label, line: usize, value: Span) {
        if value.is_empty() {
            return;
        }
        if label == Label::PassLine {
            self.own_handling(line, value);
            return;
        }
        let text = self.slice(value);
        let mut start = 0;
        for end in text.match_indices([',', ';']).map(|(at, _)| at).chain([text.len()]) {
            let piece = self.trim_span(Span::of(start..end).shifted(value.start));
            if !piece.is_empty() {
                self.caption_or_handling(line, piece);
            }
            start = end + 1;
        }
    }

    fn line_of(&self, offset: u32) -> usize {
        self.lines.partition_point(|line| line.span.start <= offset).saturating_sub(1)
    }

    /// `Mar 07, 2012 / 070518Z MAR 12`: the group is one of the two.
    fn date(&mut self, value: &str, base: u32) {
        let mut start = 0;
        for end in value.match_indices('/').map(|(at, _)| at).chain([value.len()]) {
            let part = self.trim_span(Span::of(start..end).shifted(base));
            let read = date_time_group::read(self.slice(part));
            if read.is_some() {
                let line = self.line_of(part.start) as u32;
                self.envelope.date_time_group = Some(Field { line, span: part, value: read });
                return;
            }
            start = end + 1;
        }
    }

    fn addresses(&mut self, entry: &Entry, value: &str, base: u32) {
        let ends: Vec<u32> = entry.stretches.iter().skip(1).map(|&(_, span)| span.start.saturating_sub(base)).collect();
        for inner in smart::addresses(value, &ends) {
            let span = inner.shifted(base);
            let Some(value) = addressee::read(inner.text(value)) else { continue };
            let field = Field { line: self.line_of(span.start) as u32, span, value };
            let list = if entry.label == Label::Info { &mut self.envelope.info } else { &mut self.envelope.to };
            list.push(field);
        }
    }

    /// The order, and the instruction after it or under a label of its own.
    fn order_of(&mut self, entries: &[Entry]) {
        let of = |label| entries.iter().find(|entry| entry.label == label);
        let Some(order) = of(Label::Order) else { return };
        let Some((line, whole, text)) = self.masked(&order.stretches, ' ') else { return };
        let value = &text[(order.length as usize).min(text.len())..];
        let blanks = value.len() - value.trim_start_matches(is_blank).len();
        let digits = value[blanks..].bytes().take_while(u8::is_ascii_digit).count();
        let at = order.length + blanks as u32;
        let number = (4..=6).contains(&digits).then(|| Span::new(at, at + digits as u32));
        let rest = number.map_or(at, |number| number.end);
        let skipped = text[rest as usize..].len()
            - text[rest as usize..].trim_start_matches(|c: char| is_blank(c) || matches!(c, ':' | ',' | ';')).len();
        let mut instruction = Span::new(rest + skipped as u32, text.len() as u32);
        let mut end = whole.end;
        if instruction.is_empty()
            && let Some(declassify) = of(Label::Declassify)
            && let (Some(&(_, first)), Some(&(_, last))) = (declassify.stretches.first(), declassify.stretches.last())
            && first.start >= whole.start
        {
            instruction = Span::new(first.start - whole.start, last.end - whole.start);
            end = last.end;
        }
        let keyword = Span::new(0, order.length.min(4));
        let value = ExecutiveOrder { keyword, well_formed: true, order: number, instruction };
        self.header.executive_order = Some(Field { line: line as u32, span: Span::new(whole.start, end), value });
    }

    /// Signature and what the offices put below the text. None where no label ends the text.
    pub(super) fn labelled_ending(&mut self, start: BodyStart, end: usize) -> Option<BodyStart> {
        let last_marker = (start.line..end).rev().find(|&line| self.kind(line) == LineKind::Marker);
        let from = last_marker.map_or(start.line, |line| line + 1);
        let (line, label, length) = (from..end).find_map(|line| {
            let (label, length) = smart::label(self.slice(self.trimmed(line)))?;
            matches!(label, Label::Signature | Label::Office).then_some((line, label, length))
        })?;
        if label == Label::Office {
            let text_end = self.ending(start, line);
            self.own_trailer(line, end);
            return Some(text_end);
        }
        let span = self.trimmed(line);
        let value = self.trim_span(Span::new(span.start + length, span.end));
        let below = self.next_written(line + 1, end).filter(|&below| {
            value.is_empty()
                && self.kind(below) == LineKind::Text
                && smart::label(self.slice(self.trimmed(below))).is_none()
        });
        if let Some(below) = below {
            self.own(PartKind::Signature, line, span);
            self.sign(below, self.trimmed(below), self.trimmed(below));
            self.own_trailer(below + 1, end);
        } else {
            self.own(PartKind::Signature, line, span);
            if !value.is_empty() {
                self.signature = Some(Field { line: line as u32, span: value, value: () });
            }
            self.own_trailer(line + 1, end);
        }
        Some(BodyStart { line, offset: span.start })
    }
}
