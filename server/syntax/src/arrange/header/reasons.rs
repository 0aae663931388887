//! How far `Classified By` goes: to the end of its reasons, where the copy may have glued the text to them
//! (FORMAT.md, "Classified By").

use crate::arrange::{Arranger, BodyStart, is_block_word, is_upper, looks_like_heading};
use crate::fields::classified_by;
use crate::line::{Keyword, LineKind};
use crate::marker;
use crate::span::Span;

use super::{State, Stretches};

impl Arranger<'_> {
    /// Whether a line goes on with the reasons above it; after a blank line only what surely speaks of them.
    pub(super) fn continues_classified_by(&self, line: usize, text: &str, state: &State, before_marker: bool) -> bool {
        if state.blank_before {
            return is_reason_clause(text)
                || (self.end_of_reasons(&state.stretches).is_none()
                    && text.len() < 100
                    && classified_by::has_reasons(text));
        }
        state.stretches.of(Keyword::ClassifiedBy).len() < 8
            && (state.goes_on_after(line) || !self.reasons_are_closed(&state.stretches) || goes_on_with_reasons(text))
            && !(looks_like_heading(text) && is_upper(text) && before_marker && is_block_word(text))
    }

    /// Where the text begins after the reasons of `Classified By`, on their line: it has a portion mark there.
    pub(super) fn cut_text_after_reasons(
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
        let mark = marker::read_mark(rest).map_or(0, |mark| mark.span.end as usize);
        let marked = mark > 0 && rest.len() > mark + 12;
        // The mark of the text may end the line; a letter of the reasons has no point before it.
        let is_mark_alone = || {
            let is_ended = lead.trim_start().starts_with('.') && rest.trim_end().len() == mark;
            let next = is_ended.then(|| self.next_written(line + 1, state.end)).flatten();
            mark > 0 && next.is_some_and(|next| self.kind(next) == LineKind::Text)
        };
        let is_heading = || self.is_heading_after_reasons(line, rest, state.end);
        if end < span.start || at <= end || !(marked || is_mark_alone() || is_heading()) {
            return (span, None);
        }
        let own = self.trim_span(Span::new(span.start, at));
        state.stretches.cut_last(keyword, own);
        (own, Some(BodyStart { line, offset: at }))
    }

    /// Whether the words after the reasons are the first heading of the text: its rule stands directly below, and then a
    /// paragraph.
    fn is_heading_after_reasons(&self, line: usize, words: &str, end: usize) -> bool {
        let is_underlined = line + 1 < end && self.kind(line + 1) == LineKind::Rule;
        is_underlined
            && words.starts_with(|first: char| first.is_uppercase())
            && looks_like_heading(words)
            && !is_reason_clause(words)
            && !goes_on_with_reasons(words)
            && self.next_written(line + 2, end).is_some_and(|next| self.kind(next) == LineKind::Marker)
    }

    /// One past the reasons of the `Classified By` line so far, where it has any.
    fn end_of_reasons(&self, stretches: &Stretches) -> Option<u32> {
        let (_, whole, text) = self.masked(stretches.of(Keyword::ClassifiedBy), ' ')?;
        let read = classified_by::read(&text).filter(|read| !read.reasons.is_empty())?;
        Some(whole.start + read.end)
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

fn is_reason_clause(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["reason", "for reason", "derived from", "declassify", "declass", "drv from"]
        .iter()
        .any(|start| lower.starts_with(start))
        || (text.starts_with("1.4") || text.starts_with("1.5")) && text.len() < 40
}
