//! The header: from the classification line to the first line of the text (FORMAT.md, "Header").
//!
//! A keyword may start inside a line; then each part owns its columns. A line without a keyword continues the part above
//! it when that part may wrap so, else the text begins.

use std::sync::LazyLock;

use regex::Regex;

use crate::cable::Field;
use crate::classification;
use crate::line::{Keyword, LineKind, keyword_at_start, trim};
use crate::part::PartKind;
use crate::pattern::pattern;
use crate::reference;
use crate::span::Span;
use crate::subject;
use crate::tags;

use super::caption_zone::is_stray_caption;
use super::front::Open;
use super::header_fields::Stretches;
use super::{Arranger, BodyStart, Piece, is_block_word, is_upper, looks_like_heading};

/// Headers longer than this many lines are none: the search for a later keyword stops.
const LONGEST_HEADER: usize = 90;

/// A keyword inside a line.
static INSIDE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x) E\.\ ?O\.?\ ?:?\ ?\d{4,6} | \bEO\ \d{5} | TAGS\ ?: | \bTags: | \bTAGS\ [\[A-Z][A-Z]{1,3}[\],\ ] | SUBJ(?:ECT)?\ ?: | \bSubject\ ?:
        | \bREF(?:TEL)?S?(?:\(S\))?\ ?: | \bRefs?: | Classified\ By: | \b(?i:classified\ by)\b | \bDERIVED\ FROM:",
    )
});

/// The first paragraph glued behind a header line: `... EXAMPLE 1. (C) Summary`.
static FIRST_PARAGRAPH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\s(?:¶|\[1\]\([^)]*\))?1?1\.\s{0,2}\((?:U|SBU|C|S|TS|LOU)\b[^)]{0,40}\)|\s1\.\s{1,2}[A-Z][a-z]+ [a-z]+ ")
});

/// Behind the caption glued to an MRN there is no blank: `002487SIPDISE.O. 12958`.
static GLUED_CAPTION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:(?:SIPDIS|SENSITIVE|NOFORN|EXDIS|NODIS|STADIS|LIMDIS)\s*)+"));

/// Whether a header keyword stands inside a text, not at its start.
pub(crate) fn has_keyword_inside(text: &str) -> bool {
    INSIDE.is_match(text)
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
    /// One past the last line that may be the header's.
    end: usize,
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
            end,
            stretches: Stretches::default(),
            envelope: Open::Nothing,
        };
        let mut line = first;
        let mut start = None;
        if self.kind(first) == LineKind::Classification {
            start = self.classification_line(first, &mut state);
            line += 1;
        }
        while start.is_none() && line < end {
            if matches!(self.kind(line), LineKind::Blank | LineKind::Residue) {
                self.own_line(PartKind::Wrapper, line);
                state.blank_before = true;
            } else {
                start = self.header_line(line, &mut state);
                state.blank_before = false;
            }
            line += 1;
        }
        self.read_header(&state.stretches);
        start.unwrap_or(BodyStart {
            line: end,
            offset: self.lines.get(end.wrapping_sub(1)).map_or(0, |line| line.span.end),
        })
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

    fn classification_line(&mut self, line: usize, state: &mut State) -> Option<BodyStart> {
        let span = self.trimmed(line);
        let read = classification::read(self.slice(span))?;
        let tail = read.tail.map(|tail| tail.shifted(span.start));
        // What a publisher put in front of the level is his.
        let level = span.start + read.level_span.start;
        self.own(PartKind::Wrapper, line, Span::new(span.start, level));
        let own = Span::new(level, tail.map_or(span.end, |tail| tail.start));
        let read = classification::read(self.slice(Span::new(level, span.end)))?;
        self.own(PartKind::Classification, line, own);
        self.header.classification = Some(Field { line: line as u32, span: self.trim_span(own), value: read });
        let mut rest = tail?;
        state.current = Current::Captions;
        if let Some(captions) = GLUED_CAPTION.find(self.slice(rest)) {
            let captions = Span::of(captions.range()).shifted(rest.start);
            for word in crate::transmission::words(self.slice(captions)).collect::<Vec<_>>() {
                self.caption_or_handling(line, word.shifted(captions.start));
            }
            rest = Span::new(captions.end, rest.end);
        }
        self.segments(line, rest, state)
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
                // A wrapped subject may go on with an order's name.
                self.segment(line, span, None, true, state)
            }
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
            LineKind::Metadata => {
                self.own(PartKind::Wrapper, line, span);
                None
            }
            LineKind::Classification if state.goes_on_behind(line) || self.header.subject.is_some() => {
                self.own(PartKind::RepeatedHeader, line, span);
                None
            }
            _ => self.segments(line, span, state),
        }
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
            if let Some(start) = self.segment(line, segment, keyword, index == 0, state) {
                return Some(start);
            }
        }
        glued
    }

    /// A paragraph 1 that the copy glued behind a header line begins the text, unless it stands on a line of its own.
    fn cut_first_paragraph(&self, line: usize, span: Span, state: &State) -> (Span, Option<BodyStart>) {
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
        if let Some(keyword) = keyword {
            state.current = Current::Keyword(keyword);
            self.own(part_of(keyword), line, span);
            state.stretches.begin(keyword, line, span);
            return None;
        }
        let follows = state.goes_on_behind(line) || !is_first;
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
                    self.own(part_of(current), line, span);
                    state.stretches.go_on(current, line, span);
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

    /// Whether a line without keyword continues the part above it.
    fn continues(&self, current: Keyword, line: usize, span: Span, state: &State) -> bool {
        let text = self.slice(span);
        let next = self.next_written(line + 1, state.end);
        let underlined = next.is_some_and(|next| self.kind(next) == LineKind::Rule);
        let before_marker = next.is_some_and(|next| self.kind(next) == LineKind::Marker);
        if underlined && looks_like_heading(text) && (is_block_word(text) || state.blank_before) {
            return false;
        }
        if is_block_word(text) && next == Some(line + 1) && before_marker {
            return false;
        }
        match current {
            Keyword::ExecutiveOrder => {
                !state.blank_before
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
            Keyword::Reference => self.continues_reference(text, state, before_marker, span),
            Keyword::ClassifiedBy => {
                if state.blank_before {
                    is_reason_clause(text)
                } else {
                    state.stretches.of(Keyword::ClassifiedBy).len() < 8
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
        let capitals = is_upper(text);
        if !state.blank_before {
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
        capitals && !heading_before_marker && !is_block_word(text) && header_follows
    }

    /// FORMAT.md, "REF": a list wraps anywhere; behind a blank line only a new letter, or the rest of a list cut short,
    /// goes on.
    fn continues_reference(&self, text: &str, state: &State, before_marker: bool, span: Span) -> bool {
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

const fn part_of(keyword: Keyword) -> PartKind {
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

fn is_reason_clause(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["reason", "for reason", "derived from", "declassify", "declass", "drv from"]
        .iter()
        .any(|start| lower.starts_with(start))
        || (text.starts_with("1.4") || text.starts_with("1.5")) && text.len() < 40
}
