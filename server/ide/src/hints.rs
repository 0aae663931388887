//! Hints: a few words that the editor shows after a token, where what is written misleads or says nothing to a reader.
//!
//! Few by intent. Numbers that were read right, and codes that everyone who reads cables knows, get none. Why a number
//! is what it is, or what else a code means, is the hover's matter: [`crate::hover()`] at the start of a hint's range
//! tells it, so an editor need not ask before somebody looks.

mod codes;
#[cfg(test)]
mod tests;

use std::ops::Range;

use cable_syntax::{Cable, Document, Placed, Span};

use crate::hover::number_span;

/// Which hints are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HintKinds {
    /// The true number of a misread paragraph.
    pub number: bool,
    /// The day of a date-time group.
    pub date: bool,
    /// The meaning of a code that few know.
    pub code: bool,
}

/// Numbers and dates, for there is at most one a paragraph and one a cable. Meanings make the TAGS line twice as long,
/// and a reader who works on it would soon switch them off.
impl Default for HintKinds {
    fn default() -> Self {
        Self { number: true, date: true, code: false }
    }
}

/// Words shown after a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The token: bytes of the document. The words are at its end, with a space before them.
    pub range: Range<usize>,
    /// The words, on one line.
    pub label: String,
}

/// The hints whose tokens end in a range of the document, in order. Only the cables there are looked at.
pub fn hints(document: &Document, range: &Range<usize>, kinds: HintKinds) -> Vec<Hint> {
    let cables = &document.cables()[document.cable_at(range.start)..];
    let touched = cables.iter().take_while(|placed| placed.start <= range.end);
    let mut hints: Vec<Hint> = touched
        .filter(|placed| placed.cable.is_recognised())
        .flat_map(|placed| {
            let within = |offset: usize| offset.saturating_sub(placed.start).min(placed.cable.text().len()) as u32;
            let wanted = Span::new(within(range.start), within(range.end));
            Hinter::new(placed, wanted).hints(kinds)
        })
        .filter(|hint| range.start <= hint.range.end && hint.range.end <= range.end)
        .collect();
    hints.sort_by_key(|hint| hint.range.end);
    hints
}

/// What the rooms share: a cable, its place, the span of it that is wanted, and the hints so far.
struct Hinter<'a> {
    placed: &'a Placed,
    cable: &'a Cable,
    wanted: Span,
    hints: Vec<Hint>,
}

impl<'a> Hinter<'a> {
    fn new(placed: &'a Placed, wanted: Span) -> Self {
        Self { placed, cable: &placed.cable, wanted, hints: Vec::new() }
    }

    fn hints(mut self, kinds: HintKinds) -> Vec<Hint> {
        if kinds.number {
            self.numbers();
        }
        if kinds.date {
            self.date();
        }
        if kinds.code {
            self.codes();
        }
        self.hints
    }

    fn add(&mut self, span: Span, label: impl Into<String>) {
        self.hints.push(Hint { range: self.placed.range(span), label: label.into() });
    }

    /// `¶7` after a number that is written otherwise (FORMAT.md, "Paragraph numbers").
    fn numbers(&mut self) {
        let paragraphs = &self.cable.body.paragraphs;
        let first = paragraphs.partition_point(|paragraph| paragraph.marker.span.end < self.wanted.start);
        let end = self.wanted.end;
        for paragraph in paragraphs[first..].iter().take_while(|paragraph| paragraph.marker.span.start <= end) {
            let marker = &paragraph.marker.value;
            if marker.literal != paragraph.number || marker.confusable || marker.split.is_some() {
                self.add(paragraph.marker.at(number_span(marker)), format!("¶{}", paragraph.number));
            }
        }
    }

    /// `2007-09-14` after the date-time group.
    fn date(&mut self) {
        let Some(field) = &self.cable.envelope.date_time_group else { return };
        if let Some((group, moment)) = field.value.as_ref().and_then(|value| Some((value.group, value.moment?))) {
            self.add(field.at(group), moment.date().to_string());
        }
    }
}
