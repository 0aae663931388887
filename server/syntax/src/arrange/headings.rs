//! Headings of the text: where they stand (FORMAT.md, "Headings").
//!
//! A heading is a short line before a paragraph, a rule or another heading. The copies glue it to its rule, to a page line
//! or to the end of the paragraph above; its words are what is left when those are taken off.

use std::ops::Range;

use crate::line::{self, LineKind, Signs};
use crate::marker;
use crate::part::PartKind;
use crate::span::Span;

use super::heading_words::{
    COMMON, Evidence, LONGEST, LONGEST_APART, LONGEST_WITH_RULE, LONGEST_WRAPPED_LINE, ends_in_country, ends_in_stop,
    ends_text, glued, has_gap, holds_rule, is_open, is_redaction, is_written_as_title, last_word, may_go_on, may_head,
    parts_something, rules_inside, sets_off_footer, words,
};
use super::role::Role;
use super::{Arranger, Piece, is_upper};

/// Where a line stands in its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Below a blank line, a rule, a page or another heading.
    Clear,
    /// Directly below the end of a sentence.
    BelowSentence,
    /// Directly below a line that was not wrapped.
    BelowLongLine,
    /// Directly below the first line of the same heading.
    Second,
    /// In the middle of a text.
    Inside,
}

/// So many headings make titles the habit of a cable.
const FEWEST_TITLES: usize = 3;

impl Arranger<'_> {
    /// Cuts a line at the rules in it, where they part headings and paragraphs: `... to trade. ------- Comment -------
    /// 7. (C) We`.
    pub(super) fn split_rules(&self, piece: Piece, pieces: &mut Vec<Piece>) {
        if !self.lines[piece.line].signs.has(Signs::RULE) {
            pieces.push(piece);
            return;
        }
        let text = self.slice(piece.span);
        let may_split = holds_rule(text, matches!(piece.kind, LineKind::Text | LineKind::Marker));
        let rules = if may_split { rules_inside(text) } else { Vec::new() };
        if rules.is_empty() || !(parts_something(text, &rules) || sets_off_footer(text, &rules)) {
            pieces.push(piece);
            return;
        }
        let mut push = |range: Range<usize>, is_rule: bool| {
            let span = self.trim_span(Span::of(range).shifted(piece.span.start));
            if !span.is_empty() {
                let kind = if is_rule { LineKind::Rule } else { line::classify(self.slice(span)) };
                let cut = span.start > piece.span.start || span.end < piece.span.end;
                pieces.push(Piece { span, kind, cut, ..piece });
            }
        };
        let mut from = 0;
        for rule in rules {
            let before = &text[from..rule.start];
            let trimmed = before.trim_end();
            match glued(trimmed, true) {
                Some(at) => {
                    push(from..from + at, false);
                    push(from + at..rule.start, false);
                }
                None => push(from..rule.start, false),
            }
            push(rule.clone(), true);
            from = rule.end;
        }
        push(from..text.len(), false);
    }

    /// From the last piece upward: a heading stands before a paragraph, a rule, or another heading. Gives for each piece
    /// where in it a heading begins that is glued to its end.
    pub(super) fn settle_headings(&self, pieces: &[Piece], roles: &mut [Role], begins: &[bool]) -> Vec<Option<u32>> {
        let mut tails = vec![None; pieces.len()];
        let mut next = None;
        let mut titles = 0;
        for index in (0..pieces.len()).rev() {
            let passing = Role::is_passing(roles[index]);
            if let Some(next) = next
                && !passing
                && roles[index] == Role::Open
                && !matches!(pieces[index].kind, LineKind::QuoteBegins | LineKind::QuoteEnds)
            {
                if !begins[index] && self.is_heading(pieces, roles, begins, (index, next), titles) {
                    roles[index] = Role::Settled(PartKind::Heading);
                    titles += 1;
                } else {
                    tails[index] = self.glued_heading(pieces, roles, begins, index, next);
                }
            }
            if !passing {
                next = Some(index);
            }
        }
        tails
    }

    /// `titles` headings stand below.
    fn is_heading(
        &self,
        pieces: &[Piece],
        roles: &[Role],
        begins: &[bool],
        (index, next): (usize, usize),
        titles: usize,
    ) -> bool {
        let piece = pieces[index];
        let (words, has_rule) = words(self.slice(piece.span));
        let words = words.text(self.slice(piece.span));
        let underlined = roles[next] == Role::Settled(PartKind::Rule) && !self.heads_rows(pieces, next);
        let evidence = match roles[next] {
            _ if has_rule || underlined => Evidence::Rule,
            Role::Settled(PartKind::Heading) => Evidence::Paragraph,
            _ if begins[next] => Evidence::Paragraph,
            _ => return false,
        };
        // A post alone is what a copy left of a page line.
        if evidence == Evidence::Paragraph && self.is_own_post(words) {
            return false;
        }
        // `5. WAY FORWARD` over a rule is a heading too, when the decoder took it for no paragraph.
        if piece.kind == LineKind::Marker && evidence == Evidence::Paragraph {
            return false;
        }
        if !Self::stands_alone(pieces, roles, index) {
            return false;
        }
        let place = self.place(pieces, roles, begins, index, evidence);
        // The first line of a heading may end in a comma; what stands apart over a rule may end in a period as well.
        let is_first = roles[next] == Role::Settled(PartKind::Heading) && pieces[next].line <= piece.line + 2;
        let below = if is_first && Self::is_over_rule(pieces, roles, next) { Evidence::Rule } else { evidence };
        let may_stop = evidence == Evidence::Rule
            && place == Place::Clear
            && (ends_in_country(words) || (is_upper(words) && Self::is_below_rule(roles, index)));
        let is_apart = place == Place::Clear && pieces[next].line > piece.line + 1;
        // A title that stands alone as the others of its cable do may end in a semicolon, by mistake.
        let is_mistaken = is_apart
            && begins[next]
            && words.ends_with(';')
            && titles >= FEWEST_TITLES
            && is_written_as_title(words)
            && !self.is_below_open_text(pieces, roles, index);
        // A comma is the first line's where the next is directly below, or where the lines stand out by their capitals; the
        // dash after a letter is that of a word that was cut.
        let is_told = || pieces[next].line == piece.line + 1 || self.is_below_small_letters(pieces, roles, index);
        let goes_on = is_first && may_go_on(words, below) && (!words.ends_with(',') || is_told());
        let is_cut =
            !has_rule && !goes_on && words.strip_suffix('-').is_some_and(|word| word.ends_with(char::is_alphabetic));
        if is_cut || !(is_open(words) || has_rule || may_stop || is_mistaken || goes_on) {
            return false;
        }
        // The rule below blank lines is the one above the next title; what stands directly below a sentence ends it.
        if place == Place::BelowSentence && underlined && !has_rule && pieces[next].line > piece.line + 1 {
            let title = (next + 1..pieces.len()).find(|&below| !Role::is_passing(roles[below]));
            if title.is_some_and(|title| roles[title] == Role::Settled(PartKind::Heading)) {
                return false;
            }
        }
        let longest = match (evidence, is_apart) {
            (Evidence::Rule, _) => LONGEST_WITH_RULE,
            (_, true) => LONGEST_APART,
            _ => LONGEST,
        };
        if !may_head(words, longest, evidence)
            || (is_redaction(words) && !Self::is_over_paragraph(roles, begins, index))
        {
            return false;
        }
        let is_small = words.starts_with(char::is_lowercase);
        let is_known = evidence == Evidence::Rule || is_upper(words);
        match place {
            Place::Inside => false,
            Place::Second => evidence == Evidence::Rule || !self.is_listed(pieces, roles, begins, index - 1),
            Place::BelowLongLine if evidence == Evidence::Rule => true,
            Place::BelowSentence | Place::BelowLongLine => {
                is_known && !is_small && (evidence == Evidence::Rule || self.is_told_by_capitals(pieces, index))
            }
            Place::Clear if is_small => evidence == Evidence::Rule || self.follows_ellipsis(pieces, roles, index),
            Place::Clear => evidence == Evidence::Rule || !self.is_listed(pieces, roles, begins, index),
        }
    }

    /// Whether words are the name of the post that the cable is from, as its page lines write it.
    fn is_own_post(&self, words: &str) -> bool {
        self.header
            .classification
            .as_ref()
            .is_some_and(|line| is_upper(words) && words == self.slice(line.at(line.value.reference_number.post)))
    }

    /// Whether a piece has its line for itself, rules and page lines apart.
    fn stands_alone(pieces: &[Piece], roles: &[Role], index: usize) -> bool {
        let piece = pieces[index];
        let is_text = |other: Option<&usize>| {
            other.is_some_and(|&other| {
                pieces[other].line == piece.line
                    && !matches!(
                        roles[other],
                        Role::Settled(PartKind::Rule | PartKind::PageLine | PartKind::Heading | PartKind::StrayCaption)
                    )
            })
        };
        let before = index.checked_sub(1);
        let after = (index + 1 < pieces.len()).then_some(index + 1);
        piece.cut || !(is_text(before.as_ref()) || is_text(after.as_ref()))
    }

    /// Whether a paragraph begins below a line and its rule.
    fn is_over_paragraph(roles: &[Role], begins: &[bool], index: usize) -> bool {
        let mut below = (index + 1..roles.len()).filter(|&below| !Role::is_passing(roles[below]));
        let rule = below.next().is_some_and(|rule| roles[rule] == Role::Settled(PartKind::Rule));
        rule && below.next().is_some_and(|text| begins[text])
    }

    fn is_below_rule(roles: &[Role], index: usize) -> bool {
        index.checked_sub(1).is_some_and(|above| roles[above] == Role::Settled(PartKind::Rule))
    }

    /// Whether a rule stands below a heading, of one line or more.
    fn is_over_rule(pieces: &[Piece], roles: &[Role], index: usize) -> bool {
        // No heading is longer, so a run of headings is not searched to its end.
        let mut near = (index + 1..pieces.len()).take_while(|&below| pieces[below].line <= pieces[index].line + 4);
        let below = near.find(|&below| roles[below] != Role::Settled(PartKind::Heading));
        below.is_some_and(|below| roles[below] == Role::Settled(PartKind::Rule))
    }

    /// Whether a rule stands above the rows of a table.
    fn heads_rows(&self, pieces: &[Piece], rule: usize) -> bool {
        let row = pieces.get(rule + 1).filter(|row| row.line == pieces[rule].line + 1 && row.page.is_none());
        let text = row.map_or("", |row| self.slice(row.span));
        has_gap(text) && !matches!(row.map(|row| row.kind), Some(LineKind::Marker))
    }

    fn place(&self, pieces: &[Piece], roles: &[Role], begins: &[bool], index: usize, evidence: Evidence) -> Place {
        let Some(above) = (0..index).rev().find(|&above| !Role::is_passing(roles[above])) else { return Place::Clear };
        let text = self.slice(pieces[above].span);
        let is_adjacent = pieces[above].line + 1 >= pieces[index].line && above + 1 == index;
        if roles[above] != Role::Open {
            return Place::Clear;
        }
        if pieces[above].line == pieces[index].line {
            // Behind a page line on the same line a sentence goes on.
            let is_cut = roles[index - 1] == Role::Settled(PartKind::StrayCaption) && !pieces[index].cut;
            let goes_on = above + 1 < index && !ends_text(text) && (is_cut || text.len() > LONGEST_WRAPPED_LINE);
            return if goes_on && evidence == Evidence::Paragraph { Place::Inside } else { Place::Clear };
        }
        if !is_adjacent {
            // After a page line or a caption a sentence goes on; after a blank line it does not.
            let is_direct = above + 1 < index && pieces[index - 1].line + 1 == pieces[index].line;
            let goes_on = is_direct && !ends_text(text);
            return if goes_on && !begins[above] && text.len() > LONGEST.0 / 2 { Place::Inside } else { Place::Clear };
        }
        if self.is_later_line(pieces, roles, begins, index, evidence) {
            Place::Second
        } else if text.len() > LONGEST_WRAPPED_LINE {
            Place::BelowLongLine
        } else if ends_text(text) {
            Place::BelowSentence
        } else {
            Place::Inside
        }
    }

    /// Whether the lines directly above one are the first of the same heading: all look so, and the first stands below a
    /// blank line or a sentence. In capitals over a rule there may be more than two.
    fn is_later_line(
        &self,
        pieces: &[Piece],
        roles: &[Role],
        begins: &[bool],
        index: usize,
        evidence: Evidence,
    ) -> bool {
        let below = pieces.get(index + 1).filter(|below| below.line == pieces[index].line + 1);
        let is_underlined =
            below.is_some_and(|below| below.kind == LineKind::Rule) || words(self.slice(pieces[index].span)).1;
        let most = if evidence == Evidence::Rule && is_upper(self.slice(pieces[index].span)) { 4 } else { 1 };
        for above in (0..index).rev().take(most) {
            let text = self.slice(pieces[above].span);
            let first = words(text).0.text(text);
            let looks_so = roles[above] == Role::Open
                && !begins[above]
                && may_go_on(first, evidence)
                && may_head(first, LONGEST, evidence)
                && !first.starts_with(char::is_lowercase)
                && (most == 1 || is_upper(first));
            if !looks_so {
                return false;
            }
            let is_set_off = above.checked_sub(1).is_none_or(|higher| {
                pieces[higher].line + 1 < pieces[above].line
                    || roles[higher] != Role::Open
                    // Directly below a sentence only a rule directly below tells a heading from its last lines.
                    || ((is_underlined || self.are_told_by_capitals(pieces, above, index))
                        && ends_in_stop(self.slice(pieces[higher].span).trim_end()))
                    || pieces[higher].span.len() as usize > LONGEST_WRAPPED_LINE
            });
            if is_set_off {
                return !self.is_below_colon(pieces, roles, above);
            }
        }
        false
    }

    /// Whether the written line above one ends no sentence: both may be items of a list.
    fn is_below_open_text(&self, pieces: &[Piece], roles: &[Role], index: usize) -> bool {
        let above = (0..index).rev().find(|&above| !Role::is_passing(roles[above]));
        above.is_some_and(|above| !ends_in_stop(self.slice(pieces[above].span).trim_end()))
    }

    /// Whether the written line above one ends in a colon: what follows is a list.
    fn is_below_colon(&self, pieces: &[Piece], roles: &[Role], index: usize) -> bool {
        let above = (0..index).rev().find(|&above| !Role::is_passing(roles[above]));
        above
            .is_some_and(|above| roles[above] == Role::Open && self.slice(pieces[above].span).trim_end().ends_with(':'))
    }

    /// Whether the written line above one has small letters, or is no text.
    fn is_below_small_letters(&self, pieces: &[Piece], roles: &[Role], index: usize) -> bool {
        let above = (0..index).rev().find(|&above| !Role::is_passing(roles[above]));
        above.is_none_or(|above| {
            roles[above] != Role::Open || self.slice(pieces[above].span).contains(char::is_lowercase)
        })
    }

    /// Whether a line without a rule in capitals stands out from the text above it, which has small letters.
    fn is_told_by_capitals(&self, pieces: &[Piece], index: usize) -> bool {
        let above = index.checked_sub(1).map_or("", |above| self.slice(pieces[above].span));
        above.contains(char::is_lowercase)
    }

    /// Whether the lines of a heading without a rule are all in capitals and stand out from the text above.
    fn are_told_by_capitals(&self, pieces: &[Piece], first: usize, last: usize) -> bool {
        (first..=last).all(|index| is_upper(self.slice(pieces[index].span))) && self.is_told_by_capitals(pieces, first)
    }

    /// `Lula Plays on Class Tensions...` before it: the second half of a heading that was cut in two.
    fn follows_ellipsis(&self, pieces: &[Piece], roles: &[Role], index: usize) -> bool {
        let text = self.slice(pieces[index].span);
        let is_title = text.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count() >= 2;
        let is_direct = index
            .checked_sub(1)
            .is_some_and(|above| roles[above] == Role::Open && pieces[above].line + 1 >= pieces[index].line);
        is_title && !is_direct
    }

    /// Whether a line is one of a list of short lines: people, or what was announced with a colon.
    fn is_listed(&self, pieces: &[Piece], roles: &[Role], begins: &[bool], index: usize) -> bool {
        let mut run = 1;
        let mut at = index;
        while let Some(above) = (0..at).rev().find(|&above| !Role::is_passing(roles[above])) {
            let text = self.slice(pieces[above].span);
            if roles[above] != Role::Open {
                return run >= 3;
            }
            if text.trim_end().ends_with(':') && !COMMON.is_match(&text.to_uppercase()) {
                let words = self.slice(pieces[index].span);
                return run >= 2 || words.split_whitespace().count() < 5 || words.contains(',');
            }
            if begins[above]
                || !is_open(text)
                || text.chars().count() > LONGEST.0
                || pieces[above].line + 1 >= pieces[at].line
            {
                break;
            }
            run += 1;
            at = above;
        }
        run >= 3
    }

    /// A heading at the end of a text, before what a heading stands before.
    fn glued_heading(
        &self,
        pieces: &[Piece],
        roles: &[Role],
        begins: &[bool],
        index: usize,
        next: usize,
    ) -> Option<u32> {
        let piece = pieces[index];
        if pieces[next].line == piece.line && !begins[next] {
            return None;
        }
        let underlined = roles[next] == Role::Settled(PartKind::Rule) && pieces[next].line == piece.line + 1;
        if !(underlined || begins[next]) {
            return None;
        }
        let text = self.slice(piece.span);
        // `2. (S) The War Economy Fails` over a rule: all of the line is the heading of its paragraph.
        let headed = (underlined && begins[index]).then(|| marker::read_marker(text)).flatten();
        let headed = headed.filter(|marker| marker.mark.is_some());
        let after_mark = headed.map(|marker| marker.text as usize).filter(|&at| {
            let words = text.get(at..).unwrap_or_default();
            !words.is_empty() && is_open(words) && may_head(words, LONGEST, Evidence::Paragraph)
        });
        // Behind a sentence only the last words are the heading: `2. (S) It fails. The War Economy`.
        let after_sentence = glued(text, underlined).or_else(|| begins[next].then(|| last_word(text)).flatten());
        let is_sentence = |at: usize| text[..at].trim_end().ends_with('.');
        let all = after_mark.filter(|&all| !after_sentence.is_some_and(|at| at > all && is_sentence(at)));
        all.or(after_sentence).map(|at| piece.span.start + at as u32)
    }
}
