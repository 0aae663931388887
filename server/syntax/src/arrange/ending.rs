//! The ending: signature and trailer, looked for from the last line upward (FORMAT.md, "Ending").

use crate::cable::Field;
use crate::fields::page_line;
use crate::line::LineKind;
use crate::marker;
use crate::part::PartKind;
use crate::span::Span;
use crate::white_space::trim;

use super::heading_words::has_gap;
use super::signature::{self, Name};
use super::{Arranger, BodyStart};

impl Arranger<'_> {
    /// Settles signature and trailer. Gives where the text of the body ends: a line, and the byte after its last.
    pub(super) fn ending(&mut self, start: BodyStart, end: usize) -> BodyStart {
        let Some(last) = (start.line..end).rev().find(|&line| !self.is_after_signature(line, start)) else {
            self.own_trailer(start.line, end);
            return start;
        };
        let found = self.signature_in(last, start).map(|found| (last, found));
        let above = || self.signature_above(last, start).or_else(|| self.signature_above_notes(last, start));
        if let Some((line, name)) = found.or_else(above) {
            let span = self.text_of(line, start);
            self.own_trailer(line + 1, end);
            let name_span = Span::of(name.span).shifted(span.start);
            if let Some(foot) = self.foot_in(line, self.trimmed(line)) {
                self.own(PartKind::PageMark, line, Span::new(foot, self.lines[line].span.end));
            }
            let has_line = line == start.line || span.start == self.trimmed(line).start;
            if name.alone && has_line {
                self.sign(line, span, name_span);
                // A name that is written twice, the first time on the line above.
                let first = line.checked_sub(1).filter(|&first| first > start.line);
                let first = first.filter(|&first| self.slice(self.trimmed(first)) == self.slice(name_span));
                if let Some(first) = first {
                    self.own(PartKind::Signature, first, self.trimmed(first));
                    return BodyStart { line: first, offset: self.trimmed(first).start };
                }
                return BodyStart { line, offset: span.start };
            }
            self.sign(line, Span::new(name_span.start, span.end), name_span);
            return BodyStart { line: line + 1, offset: name_span.start };
        }
        // Without a signature rules and loose signs are still the text's.
        let last = (start.line..end).rev().find(|&line| !self.is_trailing(line)).unwrap_or(last);
        self.own_trailer(last + 1, end);
        BodyStart { line: last + 1, offset: self.trimmed(last).end }
    }

    /// Columns of a line of the text.
    fn text_of(&self, line: usize, start: BodyStart) -> Span {
        let span = self.trimmed(line);
        let span = if line == start.line { Span::new(start.offset, span.end) } else { span };
        // The foot of a page is none of it, nor is the page line above it.
        let end = self.foot_in(line, span).map_or(span.end, |foot| self.trim_span(Span::new(span.start, foot)).end);
        let page = (self.kind(line) == LineKind::OldPageLine).then(|| page_line::read_old(self.slice(span))).flatten();
        let from = page.map_or(span.start, |page| span.start + page.span.end);
        self.trim_span(Span::new(from.min(end), end))
    }

    /// Whether a line at the end of a cable is never the text's.
    fn is_trailing(&self, line: usize) -> bool {
        match self.kind(line) {
            LineKind::Blank
            | LineKind::Residue
            | LineKind::Trailer
            | LineKind::BreakText
            | LineKind::ClassificationWord
            | LineKind::Furniture
            | LineKind::Metadata => true,
            LineKind::OldPageLine => self.pieces(line, 0).is_one(),
            LineKind::Text => matches!(trim(self.slice(self.lines[line].span)), "\\" | ">" | "." | "&#x000A;"),
            _ => false,
        }
    }

    /// Whether a line may stand below a signature: the same, and loose signs and what a copy left over.
    fn is_after_signature(&self, line: usize, start: BodyStart) -> bool {
        let text = || self.slice(self.trimmed(line));
        match self.kind(line) {
            LineKind::Rule | LineKind::Notice => true,
            LineKind::Text | LineKind::Counter => {
                // A name after dots or stars is no residue.
                let holds_name = || text().contains(char::is_alphabetic) && self.signature_in(line, start).is_some();
                signature::is_left_over(text()) && !holds_name()
            }
            // A header line that breaks off is the preview's of another copy.
            LineKind::Keyword(_) => text().ends_with("..."),
            _ => self.is_trailing(line),
        }
    }

    /// The signature above a notice of a website and what else a copy put below it.
    fn signature_above(&self, last: usize, start: BodyStart) -> Option<(usize, Name)> {
        /// So many lines may stand below a signature.
        const MOST: usize = 12;
        let is_notice = |line: usize| {
            self.is_after_signature(line, start)
                || (self.kind(line) == LineKind::Text && signature::is_notice(self.slice(self.lines[line].span)))
        };
        let line = (start.line.max(last.saturating_sub(MOST))..last).rev().find(|&line| !is_notice(line))?;
        let is_below = line < last && is_notice(last);
        let name = self.signature_in(line, start).filter(|name| is_below && name.alone)?;
        Some((line, name))
    }

    /// The signature above a rule with nothing below it but footnotes, from the first on.
    fn signature_above_notes(&self, last: usize, start: BodyStart) -> Option<(usize, Name)> {
        /// So many lines notes may have.
        const MOST: usize = 24;
        let from = start.line.max(last.saturating_sub(MOST));
        let is_blank = |line: usize| matches!(self.kind(line), LineKind::Blank | LineKind::Residue);
        let rule = (from..last).rev().find(|&line| self.kind(line) == LineKind::Rule)?;
        let line = (from..rule).rev().find(|&line| !is_blank(line))?;
        let mut notes = (rule + 1..=last).filter(|&line| !is_blank(line));
        let begins = notes.next().is_some_and(|line| signature::is_first_note(self.slice(self.trimmed(line))));
        let goes_on = notes.all(|line| self.kind(line) == LineKind::Text && !has_gap(self.slice(self.trimmed(line))));
        let is_ended = marker::ends_sentence(self.slice(self.trimmed(last)));
        let name = self.signature_in(line, start).filter(|name| name.alone && begins && goes_on && is_ended)?;
        Some((line, name))
    }

    pub(super) fn sign(&mut self, line: usize, owned: Span, name: Span) {
        self.own(PartKind::Signature, line, owned);
        self.signature = Some(Field { line: line as u32, span: name, value: () });
    }

    /// The name in a line that ends the text.
    fn signature_in(&self, line: usize, start: BodyStart) -> Option<Name> {
        let kind = self.kind(line);
        let span = self.text_of(line, start);
        // After the last line of the header anything may have begun.
        let is_begun = line == start.line && start.offset > self.lines[line].span.start;
        let may_end_in_name = matches!(
            kind,
            LineKind::Marker | LineKind::Text | LineKind::RoutingMore | LineKind::PageLine | LineKind::OldPageLine
        );
        if !is_begun && !may_end_in_name {
            return None;
        }
        let text = self.slice(span);
        let has_text_above = line > start.line || span.start > start.offset;
        let above = line.checked_sub(1).map_or("", |above| self.slice(self.lines[above].span));
        let may_sign = |name: &Name| self.may_sign(Span::of(name.span.clone()).shifted(span.start));
        let alone = || signature::alone(text, above).filter(may_sign);
        let inside = || signature::inside(text).filter(may_sign);
        (kind != LineKind::Marker && has_text_above).then(alone).flatten().or_else(inside)
    }

    /// A caption is none.
    fn may_sign(&self, name: Span) -> bool {
        self.catalog.caption(&self.slice(name).to_uppercase()).is_none()
    }

    pub(super) fn own_trailer(&mut self, from: usize, end: usize) {
        for line in from..end {
            match self.kind(line) {
                LineKind::Blank => {}
                LineKind::Metadata | LineKind::Residue | LineKind::Furniture => self.own_line(PartKind::Wrapper, line),
                _ => {
                    self.own_line(PartKind::Trailer, line);
                    let span = self.trimmed(line);
                    self.trailer.push(Field { line: line as u32, span, value: () });
                }
            }
        }
    }
}
