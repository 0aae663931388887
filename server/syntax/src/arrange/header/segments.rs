//! A line of the header cut at the keywords inside it: each segment begins a part, goes on with the one above, is a
//! caption or a passing line, or the text begins in it.

use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

use crate::arrange::caption_zone::is_stray_caption;
use crate::arrange::{Arranger, BodyStart, is_block_word, is_upper};
use crate::fields::reference;
use crate::fields::subject;
use crate::fields::tags;
use crate::line::{Keyword, LineKind, keyword_at_start};
use crate::marker;
use crate::part::PartKind;
use crate::pattern::pattern;
use crate::scan::Scan;
use crate::span::Span;

use super::{Current, State, part_of};

/// Longer lines between the fields of a header are text.
const LONGEST_ASIDE: usize = 60;

/// The first paragraph glued after a header line: `... EXAMPLE 1. (C) Summary`.
static FIRST_PARAGRAPH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\s(?:¶|\[1\]\([^)]*\))?1?1\.\s{0,2}\((?:U|SBU|C|S|TS|LOU)\b[^)]{0,40}\)|\s1\.\s{1,2}[A-Z][a-z]+ [a-z]+ ")
});

/// The same without a mark, after a cable's number, reasons or a full stop: `FOR REASONS 1.4 (B) AND (D) 1.Key points`.
static FIRST_UNMARKED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:[\d).]|\s[A-Ha-h])\s{1,3}(?P<number>1\.)\s{0,3}[\x22“A-Z]"));

/// Where a text without numbers begins that is glued after the list of references:
/// `STATE 28885 (SBU) This is a response to the request`.
fn unnumbered_text(text: &str) -> Option<usize> {
    const MARKS: [&str; 6] = ["(U)", "(SBU)", "(C)", "(S)", "(C/NF)", "(S/NF)"];
    /// A text is longer than the words of a list.
    const SHORTEST: usize = 60;
    memchr::memchr_iter(b'(', text.as_bytes()).find(|&at| {
        let before = text[..at].trim_ascii_end();
        let mut scan = Scan::new(&text[at..]);
        before.len() < at
            && before.ends_with(|last: char| last.is_ascii_digit() || last == ')')
            && scan.take_one_of(&MARKS).is_some()
            && scan.take_spaces() > 0
            && scan.take_sign(|sign| sign.is_ascii_uppercase())
            && {
                scan.take_signs(|sign| sign.is_ascii_alphabetic());
                scan.take(" ") && scan.take_signs(|sign| sign.is_ascii_lowercase()) > 0 && scan.take(" ")
            }
            && scan.rest().chars().take_while(|&sign| sign != '\n').take(SHORTEST).count() == SHORTEST
    })
}

/// Whether a paragraph may begin after other words: a look for its number with a bracket or a word after it.
fn may_begin_first(text: &str) -> bool {
    memmem::find_iter(text.as_bytes(), b"1.").any(|at| {
        let after = text[at + 2..].trim_ascii_start();
        after.starts_with(|first: char| matches!(first, '(' | '"' | '“') || first.is_ascii_uppercase())
    })
}

/// Columns of a header line from one keyword to the next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment {
    line: usize,
    span: Span,
    /// The keyword it begins with.
    keyword: Option<Keyword>,
    /// Whether another segment stands before it on its line.
    goes_on: bool,
}

impl Segment {
    /// A line, or what a page line left free of it, that begins with no keyword.
    pub(super) const fn without_keyword(line: usize, span: Span) -> Self {
        Self { line, span, keyword: None, goes_on: false }
    }
}

impl Arranger<'_> {
    /// Cuts a stretch of a header line at the keywords inside it and reads each segment.
    pub(super) fn segments(&mut self, line: usize, span: Span, state: &mut State) -> Option<BodyStart> {
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
            let span = self.trim_span(Span::new(from, cut).shifted(span.start));
            from = cut;
            if span.is_empty() {
                continue;
            }
            state.cut_follows = index + 1 < cuts.len();
            // `A. REFTELS: (A) ...`: the letter is the list's, none of the subject's above.
            if state.cut_follows
                && keyword.is_none()
                && index == 0
                && self.is_letter_of_list(span, &text[cut as usize..])
            {
                self.own(PartKind::Reference, line, span);
                continue;
            }
            if let Some(start) = self.segment(Segment { line, span, keyword, goes_on: index > 0 }, state) {
                return Some(start);
            }
        }
        glued
    }

    /// Whether a letter alone stands before the list of references on its line.
    fn is_letter_of_list(&self, span: Span, after: &str) -> bool {
        matches!(self.slice(span).as_bytes(), [b'A'..=b'Z', b'.' | b')'] | [b'(', b'A'..=b'Z', b')'])
            && keyword_at_start(after) == Some(Keyword::Reference)
    }

    /// A paragraph 1 that the copy glued after a header line begins the text, unless it stands on a line of its own.
    fn cut_first_paragraph(&self, line: usize, span: Span, state: &State) -> (Span, Option<BodyStart>) {
        let text = self.slice(span);
        let is_list = text.starts_with("REF") || state.current == Current::Keyword(Keyword::Reference);
        // The list itself may be glued to the subject.
        let list = if is_list { Some(0) } else { memmem::find(text.as_bytes(), b" REF: ") };
        if let Some(at) = list.and_then(|list| Some(list + unnumbered_text(&text[list..])?)) {
            let at = span.start + at as u32;
            return (self.trim_span(Span::new(span.start, at)), Some(BodyStart { line, offset: at }));
        }
        if !may_begin_first(text) {
            return (span, None);
        }
        let next = (line + 1..state.end)
            .find(|&line| self.kind(line) == LineKind::Marker)
            .and_then(|line| marker::read_marker(self.slice(self.trimmed(line))));
        let is_next = |number: u32| next.is_some_and(|next| next.literal == number || next.stripped() == number);
        if is_next(1) {
            return (span, None);
        }
        // Without a mark only a list of cables is surely over where a sentence begins, or what the next number follows.
        let marked = FIRST_PARAGRAPH.find(text).filter(|found| is_list || found.as_str().ends_with(')'));
        let is_over = is_list
            || state.current == Current::Keyword(Keyword::ClassifiedBy)
            || keyword_at_start(text) == Some(Keyword::ClassifiedBy);
        let unmarked = || FIRST_UNMARKED.captures(text).filter(|_| is_over && is_next(2))?.name("number");
        let Some(at) = marked.map(|found| found.start() + 1).or_else(|| Some(unmarked()?.start())) else {
            return (span, None);
        };
        let at = span.start + at as u32;
        (self.trim_span(Span::new(span.start, at)), Some(BodyStart { line, offset: at }))
    }

    /// Owns one segment, and what a copy glued after a subject; where the text begins if it does so here.
    pub(super) fn segment(&mut self, segment: Segment, state: &mut State) -> Option<BodyStart> {
        let (span, after) = self.cut_protection(segment, state);
        let started = self.own_segment(Segment { span, ..segment }, state);
        if started.is_none() && !after.is_empty() {
            self.own_handling(segment.line, after);
        }
        started
    }

    /// Cuts off the protection sentence that the copy glued to a subject (FORMAT.md, "SUBJECT").
    fn cut_protection(&self, segment: Segment, state: &State) -> (Span, Span) {
        let Segment { line, span, keyword, .. } = segment;
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

    fn own_segment(&mut self, segment: Segment, state: &mut State) -> Option<BodyStart> {
        let Segment { line, span, keyword, goes_on } = segment;
        if let Some(keyword) = keyword {
            state.current = Current::Keyword(keyword);
            self.begin(keyword, line, span, state);
            return self.own_keyword_part(keyword, line, span, state);
        }
        let follows = state.goes_on_after(line) || goes_on || state.cut_follows;
        let text = self.slice(span);
        match state.current {
            Current::Classification | Current::Captions => {
                if !follows && state.last_keyword_line.is_some_and(|last| line > last) {
                    return Some(BodyStart { line, offset: span.start });
                }
                let known = || self.catalog.caption(text).is_some() || self.caption_meant(text).is_some();
                if follows || known() || is_passing(text) || (state.last_keyword_line == Some(line)) {
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
                    return self.own_keyword_part(current, line, span, state);
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

    /// Owns the last stretch of a keyword's part, up to the text where the copy glued that to it.
    fn own_keyword_part(&mut self, keyword: Keyword, line: usize, span: Span, state: &mut State) -> Option<BodyStart> {
        let (own, start) = self.cut_text_after_reasons(keyword, line, span, state);
        self.own(part_of(keyword), line, own);
        start
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
}

/// `STATE FOR X`, `X PASS TO Y`, a list of offices: text that only a passing line has (FORMAT.md, "Passing lines").
fn is_passing(text: &str) -> bool {
    let has_word = || text.split(' ').any(|word| matches!(word, "FOR" | "PASS"));
    text.len() <= 160 && has_word() && is_upper(text) && !text.ends_with('.')
}
