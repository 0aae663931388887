//! The header: from the classification line to the first line of the text (FORMAT.md, "Header").
//!
//! A keyword may start inside a line; then each part owns its columns. A line without a keyword continues the part above
//! it when that part may wrap so, else the text begins.

use std::sync::LazyLock;

use regex::Regex;

use crate::cable::Field;
use crate::classification;
use crate::line::{Keyword, LineKind, keyword_at_start, trim};
use crate::marker;
use crate::part::PartKind;
use crate::pattern::pattern;
use crate::reference;
use crate::span::Span;
use crate::subject;
use crate::tags;

use super::caption_zone::is_stray_caption;
use super::copies;
use super::front::Open;
use super::header_fields::Stretches;
use super::{Arranger, BodyStart, Piece, is_block_word, is_upper, looks_like_heading};

/// Headers longer than this many lines are none: the search for a later keyword stops.
const LONGEST_HEADER: usize = 90;

/// Longer lines between the fields of a header are text.
const LONGEST_ASIDE: usize = 60;

/// No post wrapped its subjects at so few columns.
const NARROWEST_LINE: usize = 47;

/// A keyword inside a line.
static INSIDE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x) E\.\ ?O\.?\ ?:?\ ?\d{4,6} | \bEO\ \d{5} | TAGS\ ?: | \bTags: | \bTAGS\ [\[A-Z][A-Z]{1,3}[\],\ ] | SUBJ(?:ECT)?\ ?: | \bSubject\ ?:
        | \bREF(?:TEL)?S?(?:\(S\))?\ ?: | \bRefs?: | Classified\ By: | \b(?i:classified\ by)\b | \b(?i:derived\ from):",
    )
});

/// The first paragraph glued behind a header line: `... EXAMPLE 1. (C) Summary`.
static FIRST_PARAGRAPH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\s(?:¶|\[1\]\([^)]*\))?1?1\.\s{0,2}\((?:U|SBU|C|S|TS|LOU)\b[^)]{0,40}\)|\s1\.\s{1,2}[A-Z][a-z]+ [a-z]+ ")
});

/// A text without numbers glued behind the list of references: `STATE 28885 (SBU) This is a response to the request`.
static UNNUMBERED_TEXT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[\d)]\s+\((?:U|SBU|C|S|C/NF|S/NF)\)\s+[A-Z][A-Za-z]* [a-z]+ [^\n]{60}"));

/// Behind the caption glued to an MRN there is no blank: `002487SIPDISE.O. 12958`.
static GLUED_CAPTION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:(?:SIPDIS|SENSITIVE|NOFORN|EXDIS|NODIS|STADIS|LIMDIS)\s*)+"));
static ONE_CAPTION: LazyLock<Regex> = LazyLock::new(|| pattern(r"SIPDIS|SENSITIVE|NOFORN|EXDIS|NODIS|STADIS|LIMDIS"));

/// Whether a header keyword stands inside a text, not at its start.
pub(crate) fn has_keyword_inside(text: &str) -> bool {
    INSIDE.is_match(text)
}

/// Whether one stands behind the start of a text.
pub(super) fn has_keyword_behind(text: &str) -> bool {
    INSIDE.find_iter(text).any(|found| found.start() > 0)
}

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
    /// Whether a keyword still follows behind a line.
    fn goes_on_behind(&self, line: usize) -> bool {
        self.last_keyword_line.is_some_and(|last| line < last)
    }

    /// `20.` at the start of a wrapped handling line is no paragraph as long as the header still goes on.
    fn is_wrapped_number(&self, line: usize) -> bool {
        matches!(self.current, Current::Classification | Current::Captions) && self.goes_on_behind(line)
    }

    /// Columns at which a part begins inside a text. A keyword that was read already is a word of the part it stands in:
    /// a subject may speak of an order.
    fn cuts(&self, text: &str) -> Vec<u32> {
        let mut seen: Vec<Keyword> = keyword_at_start(text).into_iter().collect();
        let mut cuts = Vec::new();
        for found in INSIDE.find_iter(text).filter(|found| found.start() > 0) {
            let Some(keyword) = keyword_at_start(&text[found.start()..]) else { continue };
            if !seen.contains(&keyword) && self.stretches.of(keyword).is_empty() {
                seen.push(keyword);
                cuts.push(found.start() as u32);
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
    fn next_behind_break(&self, line: usize, end: usize) -> Option<usize> {
        let next = self.next_written(line, end)?;
        (next..end)
            .find(|&line| !matches!(self.kind(line), LineKind::Blank | LineKind::Residue) && !self.is_page_break(line))
    }

    /// Whether a line is the foot, the head or the page line of a page.
    fn is_page_break(&self, line: usize) -> bool {
        match self.kind(line) {
            LineKind::Furniture | LineKind::ClassificationWord => true,
            LineKind::OldPageLine => self.pieces(line, 0).len() == 1,
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
                LineKind::Classification | LineKind::Text if has_keyword_inside(self.slice(self.lines[line].span)) => {
                    last = Some(line);
                }
                _ => {}
            }
        }
        last
    }

    /// The classification line, of two lines where the copy broke it.
    fn classification_line(&mut self, first: usize, line: usize, state: &mut State) -> Option<BodyStart> {
        let span = Span::new(self.trimmed(first).start, self.trimmed(line).end);
        let written = |span| self.slice(span).replace(['\n', '\r'], " ");
        let read = classification::read(&written(span))?;
        let tail = read.tail.map(|tail| tail.shifted(span.start));
        let level = span.start + read.level_span.start;
        let own = Span::new(level, tail.map_or(span.end, |tail| tail.start));
        let read = classification::read(&written(Span::new(level, span.end)))?;
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
                if let Some(value) = crate::addressee::read(text) {
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
        match crate::line::classify(text) {
            LineKind::Notice => Some(PartKind::Notice),
            LineKind::To => Some(PartKind::To),
            LineKind::Info => Some(PartKind::Info),
            LineKind::Addressee if self.envelope.from.is_some() => {
                Some(if is_info { PartKind::Info } else { PartKind::To })
            }
            _ => None,
        }
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

    /// Whether a line behind the classification line is the envelope's all the same.
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
                // A wrapped subject may go on with an order's name; behind a blank line a header is repeated.
                if state.blank_before {
                    self.own(PartKind::RepeatedHeader, line, span);
                    return None;
                }
                self.segment(line, span, None, true, state)
            }
            // The rest of a subject or of a reference may be a number alone.
            LineKind::Counter if self.is_wrapped_figure(span, state) => self.segment(line, span, None, true, state),
            LineKind::Marker if self.is_wrapped_year(line, span, state) => self.segment(line, span, None, true, state),
            LineKind::Marker if !state.is_wrapped_number(line) => begins(),
            LineKind::Rule if !state.goes_on_behind(line) => begins(),
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
            LineKind::Classification if state.goes_on_behind(line) || self.header.subject.is_some() => {
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

    /// Whether a number alone on its line goes on with the field above: a year in a subject, the serial behind a post.
    fn is_wrapped_figure(&self, span: Span, state: &State) -> bool {
        let text = self.slice(span);
        if state.blank_before || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        match state.current {
            Current::Keyword(Keyword::Subject) => text.len() == 4 && (text.starts_with("19") || text.starts_with("20")),
            Current::Keyword(Keyword::Reference) => {
                state.stretches.of(Keyword::Reference).last().is_some_and(|&(_, above)| {
                    text.len() <= 6 && self.slice(above).ends_with(|last: char| last.is_ascii_alphabetic())
                })
            }
            _ => false,
        }
    }

    /// Whether a line that looks like a paragraph's start is the year at the end of a subject: `(JUNE 1,` and below it `2009)`.
    fn is_wrapped_year(&self, line: usize, span: Span, state: &State) -> bool {
        let text = self.slice(span).trim_end_matches(['.', ')', ' ']);
        let above = state.stretches.of(Keyword::Subject).last();
        !state.blank_before
            && state.current == Current::Keyword(Keyword::Subject)
            && above.is_some_and(|&(above, _)| above + 1 == line)
            && text.len() == 4
            && (text.starts_with("19") || text.starts_with("20"))
            && text.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Whether a line repeats the header from its MRN on: its level was lost.
    fn repeats_reference_number(&self, span: Span) -> bool {
        self.header.classification.as_ref().is_some_and(|line| {
            let number = self.slice(line.at(line.value.reference_number.span));
            self.slice(span).strip_prefix(number).is_some_and(has_keyword_inside)
        })
    }

    /// Cuts a stretch of a header line at the keywords inside it and reads each segment.
    fn segments(&mut self, line: usize, span: Span, state: &mut State) -> Option<BodyStart> {
        let span = self.trim_span(span);
        if span.is_empty() {
            return None;
        }
        let (span, glued) = self.cut_first_paragraph(line, span, state);
        let text = self.slice(span);
        let mut cuts = state.cuts(text);
        cuts.push(text.len() as u32);
        let mut from = 0;
        for (index, &cut) in cuts.iter().enumerate() {
            let keyword = keyword_at_start(&text[from as usize..cut as usize]);
            let segment = self.trim_span(Span::new(from, cut).shifted(span.start));
            from = cut;
            if segment.is_empty() {
                continue;
            }
            state.cut_follows = index + 1 < cuts.len();
            // `A. REFTELS: (A) ...`: the letter is the list's, none of the subject's above.
            if state.cut_follows
                && keyword.is_none()
                && index == 0
                && self.is_letter_of_list(segment, &text[cut as usize..])
            {
                self.own(PartKind::Reference, line, segment);
                continue;
            }
            if let Some(start) = self.segment(line, segment, keyword, index == 0, state) {
                return Some(start);
            }
        }
        glued
    }

    /// Whether a letter alone stands before the list of references on its line.
    fn is_letter_of_list(&self, span: Span, behind: &str) -> bool {
        matches!(self.slice(span).as_bytes(), [b'A'..=b'Z', b'.' | b')'] | [b'(', b'A'..=b'Z', b')'])
            && keyword_at_start(behind) == Some(Keyword::Reference)
    }

    /// A paragraph 1 that the copy glued behind a header line begins the text, unless it stands on a line of its own.
    fn cut_first_paragraph(&self, line: usize, span: Span, state: &State) -> (Span, Option<BodyStart>) {
        let is_list = self.slice(span).starts_with("REF") || state.current == Current::Keyword(Keyword::Reference);
        if let Some(found) = UNNUMBERED_TEXT.find(self.slice(span)).filter(|_| is_list) {
            let at = span.start + found.start() as u32 + 1;
            let at = at + (self.slice(Span::new(at, span.end)).find('(').unwrap_or(0)) as u32;
            return (self.trim_span(Span::new(span.start, at)), Some(BodyStart { line, offset: at }));
        }
        let Some(found) = FIRST_PARAGRAPH.find(self.slice(span)) else { return (span, None) };
        let own_line = (line + 1..state.end)
            .find(|&line| self.kind(line) == LineKind::Marker)
            .and_then(|line| crate::marker::read_marker(self.slice(self.trimmed(line))))
            .is_some_and(|marker| marker.literal == 1 || (marker.may_strip() && marker.stripped() == 1));
        if own_line {
            return (span, None);
        }
        // Without a mark only a list of cables is surely over where a sentence begins.
        let marked = found.as_str().ends_with(')');
        if !marked && state.current != Current::Keyword(Keyword::Reference) && !self.slice(span).starts_with("REF") {
            return (span, None);
        }
        let at = span.start + found.start() as u32 + 1;
        (self.trim_span(Span::new(span.start, at)), Some(BodyStart { line, offset: at }))
    }

    fn segment(
        &mut self,
        line: usize,
        span: Span,
        keyword: Option<Keyword>,
        is_first: bool,
        state: &mut State,
    ) -> Option<BodyStart> {
        let (span, behind) = self.cut_protection(line, span, keyword, state);
        let started = self.own_segment(line, span, keyword, is_first, state);
        if started.is_none() && !behind.is_empty() {
            self.own_handling(line, behind);
        }
        started
    }

    /// Cuts off the protection sentence that the copy glued to a subject (FORMAT.md, "SUBJECT").
    fn cut_protection(&self, line: usize, span: Span, keyword: Option<Keyword>, state: &State) -> (Span, Span) {
        let nothing = Span::new(span.end, span.end);
        let is_subject = keyword == Some(Keyword::Subject)
            || (keyword.is_none()
                && state.current == Current::Keyword(Keyword::Subject)
                && !(state.blank_before && self.lines[line].span.start == span.start));
        if !is_subject {
            return (span, nothing);
        }
        let text = self.slice(span);
        match subject::protection(text).filter(|&at| at > subject::keyword(text).map_or(0, |k| k.end as usize)) {
            Some(at) => {
                let at = span.start + at as u32;
                (self.trim_span(Span::new(span.start, at)), self.trim_span(Span::new(at, span.end)))
            }
            None => (span, nothing),
        }
    }

    fn own_segment(
        &mut self,
        line: usize,
        span: Span,
        keyword: Option<Keyword>,
        is_first: bool,
        state: &mut State,
    ) -> Option<BodyStart> {
        if let Some(keyword) = keyword {
            state.current = Current::Keyword(keyword);
            self.begin(keyword, line, span, state);
            let (own, start) = self.cut_text_behind(keyword, line, span, state);
            self.own(part_of(keyword), line, own);
            return start;
        }
        let follows = state.goes_on_behind(line) || !is_first || state.cut_follows;
        let text = self.slice(span);
        match state.current {
            Current::Classification | Current::Captions => {
                if !follows && state.last_keyword_line.is_some_and(|last| line > last) {
                    return Some(BodyStart { line, offset: span.start });
                }
                let known = self.catalog.caption(text).is_some() || self.caption_meant(text).is_some();
                if follows || known || is_passing(text) || (state.last_keyword_line == Some(line)) {
                    self.caption_or_handling(line, span);
                    state.current = Current::Captions;
                    return None;
                }
                Some(BodyStart { line, offset: span.start })
            }
            Current::Keyword(current) => {
                if is_upper(text) && is_stray_caption(self.catalog, text) {
                    self.caption_or_handling(line, span);
                    return None;
                }
                if self.continues(current, line, span, state) {
                    state.stretches.go_on(current, line, span);
                    let (own, start) = self.cut_text_behind(current, line, span, state);
                    self.own(part_of(current), line, own);
                    return start;
                }
                // A short line before REF or Classified By hides neither of them.
                let next = self.next_written(line + 1, state.end);
                if text.len() <= LONGEST_ASIDE && self.stands_before_references(next) && !is_block_word(text) {
                    self.own_handling(line, span);
                    return None;
                }
                if follows && (subject::protection(text) == Some(0) || text.starts_with("///")) {
                    self.own_handling(line, span);
                    return None;
                }
                if follows && (self.header.subject.is_none() && state.stretches.of(Keyword::Subject).is_empty()) {
                    self.caption_or_handling(line, span);
                    return None;
                }
                Some(BodyStart { line, offset: span.start })
            }
        }
    }

    /// Notes that a part begins. `REF B:` below `REF A:` goes on with the list, and TAGS below `TAGS: N/A` are the true ones.
    fn begin(&self, keyword: Keyword, line: usize, span: Span, state: &mut State) {
        let above = state.stretches.of(keyword);
        let text = self.slice(span);
        match keyword {
            Keyword::Reference
                if !above.is_empty() && reference::keyword_letter(text).is_some_and(|letter| letter > 'A') =>
            {
                state.stretches.go_on(keyword, line, span);
                return;
            }
            Keyword::Tags => {
                if let [(_, only)] = above.as_slice()
                    && tags::is_not_applicable(self.slice(*only))
                {
                    state.stretches.forget(keyword);
                }
            }
            _ => {}
        }
        state.stretches.begin(keyword, line, span);
    }

    /// Where the text begins behind the reasons of `Classified By`, on their line: it has a portion mark there.
    fn cut_text_behind(
        &self,
        keyword: Keyword,
        line: usize,
        span: Span,
        state: &mut State,
    ) -> (Span, Option<BodyStart>) {
        if keyword != Keyword::ClassifiedBy {
            return (span, None);
        }
        let Some(end) = self.end_of_reasons(&state.stretches) else { return (span, None) };
        let lead = self.slice(Span::new(end.min(span.end), span.end));
        let rest = lead.trim_start_matches([' ', '.', ',', ';', '\t']);
        let at = span.end - rest.len() as u32;
        let marked = crate::marker::read_mark(rest).is_some_and(|mark| rest.len() > mark.span.end as usize + 12);
        if end < span.start || at <= end || !marked {
            return (span, None);
        }
        let own = self.trim_span(Span::new(span.start, at));
        state.stretches.cut_last(keyword, own);
        (own, Some(BodyStart { line, offset: at }))
    }

    /// One past the reasons of the `Classified By` line so far, where it has any.
    fn end_of_reasons(&self, stretches: &Stretches) -> Option<u32> {
        let (_, whole, text) = self.masked(stretches.of(Keyword::ClassifiedBy), ' ')?;
        let read = crate::classified_by::read(&text).filter(|read| !read.reasons.is_empty())?;
        Some(whole.start + read.end)
    }

    /// Whether a line without keyword continues the part above it.
    fn continues(&self, current: Keyword, line: usize, span: Span, state: &State) -> bool {
        let text = self.slice(span);
        let next = self.next_behind_break(line + 1, state.end);
        let underlined = next.is_some_and(|next| self.kind(next) == LineKind::Rule);
        let before_marker = next.is_some_and(|next| self.kind(next) == LineKind::Marker);
        if underlined && looks_like_heading(text) && (is_block_word(text) || state.blank_before) {
            return false;
        }
        if is_block_word(text) && next == Some(line + 1) && before_marker {
            return false;
        }
        if opens_repeated_cable(text) {
            return false;
        }
        match current {
            Keyword::ExecutiveOrder => {
                !state.blank_before
                    && !tags::is_list_alone(text)
                    && state.stretches.of(Keyword::ExecutiveOrder).last().is_some_and(|&(above, _)| above + 1 == line)
                    && state.stretches.of(Keyword::Tags).is_empty()
                    && state.stretches.of(Keyword::Subject).is_empty()
            }
            Keyword::Tags => {
                let empty = state.stretches.of(Keyword::Tags).iter().all(|&(_, span)| {
                    tags::keyword(self.slice(span)).is_some_and(|k| k.end as usize >= self.slice(span).len())
                });
                tags::is_list(text) && (!state.blank_before || empty || state.goes_on_behind(line))
            }
            Keyword::Subject => self.continues_subject(line, text, state, next),
            Keyword::Reference => self.continues_reference(line, span, state, before_marker),
            Keyword::ClassifiedBy => {
                if state.blank_before {
                    is_reason_clause(text)
                        || (self.end_of_reasons(&state.stretches).is_none()
                            && text.len() < 100
                            && crate::classified_by::has_reasons(text))
                } else {
                    state.stretches.of(Keyword::ClassifiedBy).len() < 8
                        && (state.goes_on_behind(line)
                            || !self.reasons_are_closed(&state.stretches)
                            || goes_on_with_reasons(text))
                        && !(looks_like_heading(text) && is_upper(text) && before_marker && is_block_word(text))
                }
            }
        }
    }

    /// FORMAT.md, "SUBJECT": a subject wraps over a few lines, also behind a blank one when the rest of the header
    /// follows.
    fn continues_subject(&self, line: usize, text: &str, state: &State, next: Option<usize>) -> bool {
        if state.stretches.of(Keyword::Subject).len() >= 6 {
            return false;
        }
        let nothing_yet = state.stretches.of(Keyword::Subject).len() == 1
            && state.stretches.of(Keyword::Subject).first().is_some_and(|&(_, span)| {
                let first = self.slice(span);
                subject::keyword(first).is_some_and(|keyword| trim(&first[keyword.end as usize..]).is_empty())
            });
        if nothing_yet {
            return true;
        }
        if subject::protection(text) == Some(0) || text.starts_with("///") {
            return false;
        }
        if state.cut_follows {
            return true;
        }
        let capitals = is_upper(text);
        // `INDEX:` below a subject begins the text.
        let is_index = text.ends_with(':') && !text.contains(' ');
        if is_index && next.is_some_and(|next| !matches!(self.kind(next), LineKind::Keyword(_))) {
            return false;
        }
        if !state.blank_before {
            // The rest of a date has no letters: `ON MAY` and below it `8, 2007`.
            let capitals =
                capitals || (!text.chars().any(char::is_alphabetic) && text.bytes().any(|byte| byte.is_ascii_digit()));
            // A last line with a blank one below it, which is no sentence, is the subject's although it had room.
            let closes = self.lines.get(line + 1).is_some_and(|below| below.kind == LineKind::Blank)
                && !marker::ends_sentence(text);
            if self.has_room_above(line, state) && !closes && !self.stands_before_references(next) {
                return false;
            }
            let mixed = state.stretches.of(Keyword::Subject).iter().any(|&(_, span)| {
                let first = self.slice(span);
                let body = subject::keyword(first).map_or(first, |keyword| &first[keyword.end as usize..]);
                !is_upper(body)
            });
            return (capitals || mixed) && !(text.ends_with('.') && text.len() > 75 && !capitals);
        }
        let heading_before_marker = looks_like_heading(text)
            && next.is_some_and(|next| matches!(self.kind(next), LineKind::Marker | LineKind::Rule));
        let header_follows = state.goes_on_behind(line)
            || next.is_some_and(|next| matches!(self.kind(next), LineKind::PageLine | LineKind::Marker));
        // A copy that parted all lines by blank ones: the subject's last line broke off, and REF follows.
        let breaks_off = state.stretches.of(Keyword::Subject).last().is_some_and(|&(_, above)| {
            let above = self.slice(above);
            above.len() + 12 > NARROWEST_LINE && !above.ends_with('.') || above.ends_with([':', ',', '-'])
        });
        if breaks_off && self.stands_before_references(next) && looks_like_heading(text) && !is_block_word(text) {
            return true;
        }
        capitals && !heading_before_marker && !is_block_word(text) && !is_index && header_follows
    }

    /// Whether the subject's last line was so short that the first word of this one had room on it: no subject is wrapped
    /// there, so the text begins. Indented lines were wrapped by hand.
    fn has_room_above(&self, line: usize, state: &State) -> bool {
        let whole = self.slice(self.lines[line].span);
        let word = whole.split_whitespace().next().map_or(0, str::len);
        let Some(&(above, _)) = state.stretches.of(Keyword::Subject).last() else { return false };
        let length = self.slice(self.lines[above].span).trim_end().chars().count();
        above + 1 == line && !whole.starts_with([' ', '\t']) && length + 1 + word <= NARROWEST_LINE
    }

    fn stands_before_references(&self, next: Option<usize>) -> bool {
        next.is_some_and(|next| {
            matches!(self.kind(next), LineKind::Keyword(Keyword::Reference | Keyword::ClassifiedBy))
        })
    }

    /// Whether the reasons are there and nothing says that more of them follow.
    fn reasons_are_closed(&self, stretches: &Stretches) -> bool {
        let Some(end) = self.end_of_reasons(stretches) else { return false };
        let Some(&(_, last)) = stretches.of(Keyword::ClassifiedBy).last() else { return false };
        let rest = self.slice(Span::new(end.clamp(last.start, last.end), last.end));
        let written = self.slice(last);
        let is_open = written.matches('(').count() > written.matches(')').count();
        !is_open && rest.trim_matches([' ', '.', ')', '"']).is_empty()
    }

    /// FORMAT.md, "REF": a list wraps anywhere; behind a blank line only a new letter, or the rest of a list cut short,
    /// goes on.
    fn continues_reference(&self, line: usize, span: Span, state: &State, before_marker: bool) -> bool {
        let text = self.slice(span);
        let lettered = reference::starts_with_letter(text);
        let listed = state.stretches.of(Keyword::Reference);
        let (empty, open) = listed.last().map_or((true, false), |&(_, stretch)| {
            let text = trim(self.slice(stretch));
            let list = reference::keyword(text).map_or(text, |keyword| &text[keyword.end as usize..]);
            (
                trim(list).is_empty() && state.stretches.of(Keyword::Reference).len() == 1,
                list.ends_with([',', ';']) || list.ends_with("AND") || list.ends_with(" and"),
            )
        });
        if state.cut_follows {
            return true;
        }
        let last = listed.last().map_or("", |&(_, stretch)| self.slice(stretch));
        let unfinished = !last.ends_with(|sign: char| sign.is_ascii_digit() || sign == ')');
        if state.blank_before && unfinished && state.goes_on_behind(line) && text.len() < 40 && !tags::is_list(text) {
            return true;
        }
        if state.blank_before {
            return lettered || (empty && text.len() < 160) || (open && reference::starts_with_cable(text));
        }
        if lettered || empty || open || reference::starts_with_cable(text) {
            return true;
        }
        let indented = span.start > 0 && self.text[..span.start as usize].ends_with(' ');
        let heading = before_marker && looks_like_heading(text) && !text.bytes().any(|byte| byte.is_ascii_digit());
        !heading
            && (indented || text.len() <= 72)
            && state.stretches.of(Keyword::Reference).len() < 24
            && !is_block_word(text)
    }
}

pub(super) const fn part_of(keyword: Keyword) -> PartKind {
    match keyword {
        Keyword::ExecutiveOrder => PartKind::ExecutiveOrder,
        Keyword::Tags => PartKind::Tags,
        Keyword::Subject => PartKind::Subject,
        Keyword::Reference => PartKind::Reference,
        Keyword::ClassifiedBy => PartKind::ClassifiedBy,
    }
}

/// `STATE FOR X`, `X PASS TO Y`, a list of offices: text that only a passing line has (FORMAT.md, "Passing lines").
fn is_passing(text: &str) -> bool {
    let words = format!(" {text} ");
    text.len() <= 160
        && (words.contains(" FOR ") || words.contains(" PASS ") || words.contains(" ALSO FOR "))
        && is_upper(text)
        && !text.ends_with('.')
}

/// Whether a line directly below reasons goes on with them: another letter, the torn end of `and`, what else is said of the
/// classification.
fn goes_on_with_reasons(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let joins = ["and ", "and(", "nd (", "d (", "&", ")", ",", "/", "or ", "drv", "declassif", "derived", "e.o."];
    let is_letter = lower.trim_start_matches(['(', ' ']).as_bytes();
    let another = matches!(is_letter, [b'a'..=b'h', b')' | b',' | b'.', ..] | [b'a'..=b'h']) && text.len() < 24;
    another || is_reason_clause(text) || joins.iter().any(|join| lower.starts_with(join))
}

/// `FOLLOWING TELEGRAM FROM POST IS REPEATED`: the text begins, and with it the header of another cable.
fn opens_repeated_cable(text: &str) -> bool {
    const WHAT: [&str; 7] = ["TELEGRAM ", "MESSAGE ", "CABLE ", "IS ", "REPEAT", "TEL ", "RECEIVED "];
    let text = text.trim_start_matches("THE ");
    text.strip_prefix("FOLLOWING ").is_some_and(|rest| WHAT.iter().any(|what| rest.starts_with(what)))
        || ["QUOTE:", "QTE:", "QTE "].iter().any(|start| text.starts_with(start))
        || matches!(text, "QUOTE" | "QTE")
}

fn is_reason_clause(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["reason", "for reason", "derived from", "declassify", "declass", "drv from"]
        .iter()
        .any(|start| lower.starts_with(start))
        || (text.starts_with("1.4") || text.starts_with("1.5")) && text.len() < 40
}
