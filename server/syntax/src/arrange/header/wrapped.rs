//! Whether a line without a keyword goes on with the part above it: each part wraps in its own way.

use crate::arrange::{Arranger, is_block_word, is_upper, looks_like_heading};
use crate::fields::reference;
use crate::fields::subject;
use crate::fields::tags;
use crate::line::{Keyword, LineKind};
use crate::marker;
use crate::span::Span;
use crate::white_space::trim;

use super::{Current, State};

/// No post wrapped its subjects at so few columns.
const NARROWEST_LINE: usize = 47;

impl Arranger<'_> {
    /// Whether a line without keyword continues the part above it.
    pub(super) fn continues(&self, current: Keyword, line: usize, span: Span, state: &State) -> bool {
        let text = self.slice(span);
        let next = self.next_after_break(line + 1, state.end);
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
                tags::is_list(text) && (!state.blank_before || empty || state.goes_on_after(line))
            }
            Keyword::Subject => self.continues_subject(line, text, state, next),
            Keyword::Reference => self.continues_reference(line, span, state, before_marker),
            Keyword::ClassifiedBy => self.continues_classified_by(line, text, state, before_marker),
        }
    }

    /// FORMAT.md, "SUBJECT": a subject wraps over a few lines, also after a blank one when the rest of the header
    /// follows.
    fn continues_subject(&self, line: usize, text: &str, state: &State, next: Option<usize>) -> bool {
        let above = state.stretches.of(Keyword::Subject);
        if above.len() >= 6 {
            return false;
        }
        if let [(_, only)] = above.as_slice() {
            let only = self.slice(*only);
            if subject::keyword(only).is_some_and(|keyword| trim(&only[keyword.end as usize..]).is_empty()) {
                return true;
            }
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
            let mixed = above.iter().any(|&(_, span)| {
                let first = self.slice(span);
                let body = subject::keyword(first).map_or(first, |keyword| &first[keyword.end as usize..]);
                !is_upper(body)
            });
            return (capitals || mixed) && !(text.ends_with('.') && text.len() > 75 && !capitals);
        }
        let heading_before_marker = looks_like_heading(text)
            && next.is_some_and(|next| matches!(self.kind(next), LineKind::Marker | LineKind::Rule));
        let header_follows = state.goes_on_after(line)
            || next.is_some_and(|next| matches!(self.kind(next), LineKind::PageLine | LineKind::Marker));
        // A copy that parted all lines by blank ones: the subject's last line broke off, and REF follows.
        let breaks_off = above.last().is_some_and(|&(_, above)| {
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

    /// Whether REF or `Classified By` is the next that is written.
    pub(super) fn stands_before_references(&self, next: Option<usize>) -> bool {
        next.is_some_and(|next| {
            matches!(self.kind(next), LineKind::Keyword(Keyword::Reference | Keyword::ClassifiedBy))
        })
    }

    /// FORMAT.md, "REF": a list wraps anywhere; after a blank line only a new letter, or the rest of a list cut short,
    /// goes on.
    fn continues_reference(&self, line: usize, span: Span, state: &State, before_marker: bool) -> bool {
        let text = self.slice(span);
        let lettered = reference::starts_with_letter(text);
        let listed = state.stretches.of(Keyword::Reference);
        let (empty, open) = listed.last().map_or((true, false), |&(_, stretch)| {
            let text = trim(self.slice(stretch));
            let list = reference::keyword(text).map_or(text, |keyword| &text[keyword.end as usize..]);
            (
                trim(list).is_empty() && listed.len() == 1,
                list.ends_with([',', ';']) || list.ends_with("AND") || list.ends_with(" and"),
            )
        });
        if state.cut_follows {
            return true;
        }
        let last = listed.last().map_or("", |&(_, stretch)| self.slice(stretch));
        let unfinished = !last.ends_with(|sign: char| sign.is_ascii_digit() || sign == ')');
        if state.blank_before && unfinished && state.goes_on_after(line) && text.len() < 40 && !tags::is_list(text) {
            return true;
        }
        if state.blank_before {
            return lettered || (empty && text.len() < 160) || (open && reference::starts_with_cable(text));
        }
        if lettered || empty || open || reference::starts_with_cable(text) {
            return true;
        }
        let indented = span.start > 0 && self.text[..span.start as usize].ends_with(' ');
        let heading = before_marker
            && looks_like_heading(text)
            && !text.bytes().any(|byte| byte.is_ascii_digit())
            && !holds_letter(text);
        !heading && (indented || text.len() <= 72) && listed.len() < 24 && !is_block_word(text)
    }

    /// Whether a number alone on its line goes on with the field above: a year in a subject, the serial after a post.
    pub(super) fn is_wrapped_figure(&self, span: Span, state: &State) -> bool {
        let text = self.slice(span);
        if state.blank_before || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        match state.current {
            Current::Keyword(Keyword::Subject) => is_year(text),
            Current::Keyword(Keyword::Reference) => {
                state.stretches.of(Keyword::Reference).last().is_some_and(|&(_, above)| {
                    text.len() <= 6 && self.slice(above).ends_with(|last: char| last.is_ascii_alphabetic())
                })
            }
            _ => false,
        }
    }

    /// Whether a line that looks like a paragraph's start is the year at the end of a subject: `(JUNE 1,` and below it `2009)`.
    pub(super) fn is_wrapped_year(&self, line: usize, span: Span, state: &State) -> bool {
        let text = self.slice(span).trim_end_matches(['.', ')', ' ']);
        let above = state.stretches.of(Keyword::Subject).last();
        !state.blank_before
            && state.current == Current::Keyword(Keyword::Subject)
            && above.is_some_and(|&(above, _)| above + 1 == line)
            && is_year(text)
    }
}

/// Whether another entry of a list begins inside a line: `TELECON (C) ROE/DOE TELECON`.
fn holds_letter(text: &str) -> bool {
    text.as_bytes().windows(5).any(|signs| matches!(signs, [b' ', b'(', b'A'..=b'Z', b')', b' ']))
}

fn is_year(text: &str) -> bool {
    text.len() == 4
        && (text.starts_with("19") || text.starts_with("20"))
        && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `FOLLOWING TELEGRAM FROM POST IS REPEATED`: the text begins, and with it the header of another cable.
fn opens_repeated_cable(text: &str) -> bool {
    const WHAT: [&str; 7] = ["TELEGRAM ", "MESSAGE ", "CABLE ", "IS ", "REPEAT", "TEL ", "RECEIVED "];
    let text = text.trim_start_matches("THE ");
    text.strip_prefix("FOLLOWING ").is_some_and(|rest| WHAT.iter().any(|what| rest.starts_with(what)))
        || ["QUOTE:", "QTE:", "QTE "].iter().any(|start| text.starts_with(start))
        || matches!(text, "QUOTE" | "QTE")
}
