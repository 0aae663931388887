//! The header: from the classification line to the first line of the text (FORMAT.md, "Header").
//!
//! A keyword may start inside a line; then each part owns its columns. A line without a keyword continues the part above
//! it when that part may wrap so, else the text begins.

mod classification_line;
mod fields;
mod reasons;
mod segments;
mod stretches;
mod wrapped;

pub(super) use stretches::Stretches;

use crate::fields::keywords_inside::{has_header_keyword, keywords_after};
use crate::line::{Keyword, LineKind, glued_reference, keyword_at_start};
use crate::part::PartKind;
use crate::span::Span;

use super::copies;
use super::front::Open;
use super::{Arranger, BodyStart, Piece};

use segments::Segment;

/// Headers longer than this many lines are none: the search for a later keyword stops.
const LONGEST_HEADER: usize = 90;

/// The part that a line without keyword would continue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Current {
    Classification,
    Captions,
    Keyword(Keyword),
}

struct State {
    current: Current,
    /// Last line that belongs to a header keyword.
    last_keyword_line: Option<usize>,
    blank_before: bool,
    /// Whether nothing but a page break stands directly above.
    at_break: bool,
    /// One past the last line that may be the header's.
    end: usize,
    /// Whether a keyword follows on the line that is read.
    cut_follows: bool,
    /// The stretches of each keyword's part so far.
    stretches: Stretches,
    /// What an envelope line among the header's would continue.
    envelope: Open,
}

impl State {
    /// Whether a keyword still follows after a line.
    fn goes_on_after(&self, line: usize) -> bool {
        self.last_keyword_line.is_some_and(|last| line < last)
    }

    /// `20.` at the start of a wrapped handling line is no paragraph as long as the header still goes on.
    fn is_wrapped_number(&self, line: usize) -> bool {
        matches!(self.current, Current::Classification | Current::Captions) && self.goes_on_after(line)
    }

    /// Columns at which a part begins inside a text. A keyword that was read already is a word of the part it stands in:
    /// a subject may speak of an order.
    fn cuts(&self, text: &str) -> Vec<u32> {
        let mut seen: Vec<Keyword> = keyword_at_start(text).into_iter().collect();
        let mut cuts = Vec::new();
        let glued = if seen.contains(&Keyword::Reference) { None } else { glued_reference(text) };
        let (before, after): (Vec<usize>, Vec<usize>) =
            keywords_after(text).partition(|&at| glued.is_none_or(|glued| at < glued));
        for at in before.into_iter().chain(glued).chain(after) {
            let Some(keyword) = keyword_at_start(&text[at..]) else { continue };
            if !seen.contains(&keyword) && self.stretches.of(keyword).is_empty() {
                seen.push(keyword);
                cuts.push(at as u32);
            }
        }
        cuts
    }
}

impl Arranger<'_> {
    /// Arranges the header from `first` on; the text begins where it ends.
    pub(super) fn header(&mut self, first: usize, end: usize) -> BodyStart {
        let mut state = State {
            current: Current::Classification,
            last_keyword_line: self.last_keyword_line(first, end),
            blank_before: false,
            cut_follows: false,
            at_break: false,
            end,
            stretches: Stretches::default(),
            envelope: Open::Nothing,
        };
        let mut line = first;
        let mut start = None;
        if self.kind(first) == LineKind::Classification {
            start = self.classification_line(first, first, &mut state);
            line += 1;
        } else if let Some(second) = copies::second_half(self.text, self.lines, first) {
            start = self.classification_line(first, second, &mut state);
            line = second + 1;
        }
        while start.is_none() && line < end {
            if matches!(self.kind(line), LineKind::Blank | LineKind::Residue) {
                self.own_line(PartKind::Wrapper, line);
                // The blank lines of a page break part nothing that it cuts.
                state.blank_before |= !state.at_break;
            } else if self.is_page_break(line) {
                start = self.header_line(line, &mut state);
                state.at_break = true;
            } else {
                start = self.header_line(line, &mut state);
                (state.blank_before, state.at_break) = (false, false);
            }
            line += 1;
        }
        self.read_header(&state.stretches);
        start.unwrap_or(BodyStart {
            line: end,
            offset: self.lines.get(end.wrapping_sub(1)).map_or(0, |line| line.span.end),
        })
    }

    /// The next line that is not blank and no part of a page break.
    fn next_after_break(&self, line: usize, end: usize) -> Option<usize> {
        let next = self.next_written(line, end)?;
        (next..end)
            .find(|&line| !matches!(self.kind(line), LineKind::Blank | LineKind::Residue) && !self.is_page_break(line))
    }

    /// Whether a line is the foot, the head or the page line of a page.
    fn is_page_break(&self, line: usize) -> bool {
        match self.kind(line) {
            LineKind::Furniture | LineKind::ClassificationWord => true,
            LineKind::OldPageLine => self.pieces(line, 0).is_one(),
            _ => false,
        }
    }

    /// The last line that starts, or holds, a header keyword before the text begins.
    fn last_keyword_line(&self, first: usize, end: usize) -> Option<usize> {
        let mut last = None;
        for line in first..end.min(first + LONGEST_HEADER) {
            match self.kind(line) {
                LineKind::Keyword(_) => last = Some(line),
                LineKind::Marker if last.is_some() => break,
                LineKind::Classification | LineKind::Text if has_header_keyword(self.slice(self.lines[line].span)) => {
                    last = Some(line);
                }
                _ => {}
            }
        }
        last
    }

    /// One line of the header; where the text begins if it does so here.
    fn header_line(&mut self, line: usize, state: &mut State) -> Option<BodyStart> {
        // A few copies have the classification line above or among the envelope (FORMAT.md, "Header").
        let before_header = matches!(state.current, Current::Classification | Current::Captions);
        if before_header
            && self.is_envelope_line(line, state.envelope)
            && let Some(open) = self.front_line(line, state.envelope)
        {
            state.envelope = open;
            return None;
        }
        state.envelope = Open::Nothing;
        for piece in self.pieces(line, 0) {
            if let Some(page) = piece.page {
                self.own_page_line(piece, page);
                continue;
            }
            if let Some(start) = self.header_piece(piece, state) {
                return Some(start);
            }
        }
        None
    }

    /// Whether a line after the classification line is the envelope's all the same.
    fn is_envelope_line(&self, line: usize, open: Open) -> bool {
        match self.kind(line) {
            LineKind::TransmissionId
            | LineKind::De
            | LineKind::OperatingSignal
            | LineKind::DateTimeGroup
            | LineKind::BreakText
            | LineKind::Notice
            | LineKind::Dashes => true,
            LineKind::Routing => self.envelope.routing.is_none(),
            LineKind::From => self.envelope.from.is_none(),
            LineKind::To => self.envelope.to.is_empty() && self.envelope.from.is_some(),
            LineKind::Info => self.envelope.info.is_empty() && self.envelope.from.is_some(),
            LineKind::RoutingMore | LineKind::Addressee | LineKind::Exempt => open != Open::Nothing,
            _ => false,
        }
    }

    fn header_piece(&mut self, piece: Piece, state: &mut State) -> Option<BodyStart> {
        let Piece { line, span, kind, .. } = piece;
        let begins = || Some(BodyStart { line, offset: span.start });
        match kind {
            LineKind::Keyword(Keyword::ExecutiveOrder)
                if !state.stretches.of(Keyword::ExecutiveOrder).is_empty()
                    && !state.stretches.of(Keyword::Subject).is_empty() =>
            {
                // A wrapped subject may go on with an order's name; after a blank line a header is repeated.
                if state.blank_before {
                    self.own(PartKind::RepeatedHeader, line, span);
                    return None;
                }
                self.segment(Segment::without_keyword(line, span), state)
            }
            // The rest of a subject or of a reference may be a number alone.
            LineKind::Counter if self.is_wrapped_figure(span, state) => {
                self.segment(Segment::without_keyword(line, span), state)
            }
            LineKind::Marker if self.is_wrapped_year(line, span, state) => {
                self.segment(Segment::without_keyword(line, span), state)
            }
            LineKind::Marker if !state.is_wrapped_number(line) => begins(),
            LineKind::Rule if !state.goes_on_after(line) => begins(),
            LineKind::Rule => {
                self.own_handling(line, span);
                None
            }
            LineKind::ClassificationWord
            | LineKind::Counter
            | LineKind::OldPageLine
            | LineKind::Dashes
            | LineKind::Distribution => {
                self.own(PartKind::PageMark, line, span);
                None
            }
            LineKind::Metadata | LineKind::Furniture => {
                self.own(PartKind::Wrapper, line, span);
                None
            }
            LineKind::Classification if state.goes_on_after(line) || self.header.subject.is_some() => {
                self.own(PartKind::RepeatedHeader, line, span);
                None
            }
            LineKind::Text if self.repeats_reference_number(span) => {
                self.own(PartKind::RepeatedHeader, line, span);
                None
            }
            _ => self.segments(line, span, state),
        }
    }

    /// Whether a line repeats the header from its MRN on: its level was lost.
    fn repeats_reference_number(&self, span: Span) -> bool {
        self.header.classification.as_ref().is_some_and(|line| {
            let number = self.slice(line.at(line.value.reference_number.span));
            self.slice(span).strip_prefix(number).is_some_and(has_header_keyword)
        })
    }
}

/// The part that a keyword begins.
pub(super) const fn part_of(keyword: Keyword) -> PartKind {
    match keyword {
        Keyword::ExecutiveOrder => PartKind::ExecutiveOrder,
        Keyword::Tags => PartKind::Tags,
        Keyword::Subject => PartKind::Subject,
        Keyword::Reference => PartKind::Reference,
        Keyword::ClassifiedBy => PartKind::ClassifiedBy,
    }
}
