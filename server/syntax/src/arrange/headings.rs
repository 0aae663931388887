//! Headings of the text: where they stand, and which lines are none (FORMAT.md A.8).
//!
//! A heading is a short line before a paragraph, a rule or another heading. The copies glue it to its rule, to a page line
//! or to the end of the paragraph above; its words are what is left when those are taken off.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::line::{self, LineKind};
use crate::marker;
use crate::part::PartKind;
use crate::pattern::pattern;
use crate::span::Span;

use super::body::Role;
use super::{Arranger, Piece, is_upper};

/// What stands below or beside a line, and how much it says that the line is a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Evidence {
    /// A rule below it, or on its line.
    Rule,
    /// A paragraph below it.
    Paragraph,
}

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

/// Lines that are short and unnumbered and still no headings: protection sentences, what closes a block, header fields,
/// handling, page furniture, addresses, items of a list.
static NEVER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)(?i)
        ^(?:SENSITIVE\ BUT\ UNCLASSIFIED|SBU|THIS\ (?:MESSAGE|CABLE|DOCUMENT)\b) | \b(?:PROTECT|HANDLE)\ ACCORDINGLY | \bINTERNET\ DISTRIBUTION
        | ^(?:END|BEGIN|UNQUOTE|QUOTE)(?:$|:)
        | ^(?:END|BEGIN)\ (?:OF\ )?(?:UNCLASSIFIED\ |UNOFFICIAL\ |INFORMAL\ )?(?:TEXT|SUMMARY|COMMENT|QUOTE|NOTE|TRANSLATION|EXCERPT|TALKING|POINTS?|NON-?PAPER|LETTER|STATEMENT|ARTICLE|LIST|CABLE|DRAFT|REPORT|ATTACHMENT|BIO|ACTION|PART)\b
        | \bZFR\b | ^(?:DEAR|MR\.|MADAM|MRS\.|MS\.)\ .*:$ | ^REF(?:TEL)?S?\.?(?:\ ?\([A-Z]\)|\ [A-Z])?(?:\ ?[:.]|\ [A-Z]\ |\ [A-Z]:|$) | ^RFE: | ^CLASSIFIED\ BY\b | ^REASONS?:
        | ^(?:TAGS|SUBJECT|E\.?O\.|DRAFTED|CLEARED|APPROVED|VZCZC|ZNR|ZNY)\b | ^PAGE\ \d
        | \b\d{6}Z\b | https?:|www\.|\.gov\b|\S@\S
        | ^\((?:U|C|S|SBU|LOU|C-)?\W*ENTIRE\ TEXT | ^SIPDIS\b
        | \bVISIT\ .*\bWEB\ ?(?:SITE|PAGE)\b | ^CLASSIFIED$
        | ^\(?(?:\d{1,2}|[abd-rtv-z])\) | ^(?:-{1,2}\ ?|[•·–—>]\ ?|o\ )[^-\s].*[^-]$ | \t|\S\ {3,}\S",
    )
});

/// Words that head a part of a text, alone in capitals.
static COMMON: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:BEGIN )?(?:SUMMARY|COMMENT|INTRODUCTION|BACKGROUND|CONCLUSION|NOTE|OVERVIEW|BIO NOTE|BIOGRAPHIC NOTE|ACTION REQUEST(?:ED)?|NEXT STEPS))(?:/COMMENT| AND COMMENT| AND ACTION REQUEST)?:?$",
    )
});

/// So long is a heading of one line at most, in characters and words: with nothing but a paragraph below it, and with a
/// rule.
const LONGEST: (usize, usize) = (70, 12);
const LONGEST_APART: (usize, usize) = (100, 17);
const LONGEST_WITH_RULE: (usize, usize) = (130, 22);

/// A run of so many signs on the line of other words is a rule.
const RULE_ON_A_LINE: usize = 3;
const RULE_BEFORE_A_LINE: usize = 5;

/// Longer lines were not wrapped: what stands below is no rest of theirs.
const LONGEST_WRAPPED_LINE: usize = 120;

pub(super) fn is_rule_sign(character: char) -> bool {
    matches!(character, '-' | '=' | '*' | '_' | '~')
}

/// The words of a heading, without the rules before and behind them on its line; and whether there are any.
pub(super) fn words(text: &str) -> (Span, bool) {
    let is_blank = |character: char| character == ' ' || line::is_residue(character);
    let mut range = 0..text.len();
    let mut has_rule = false;
    let signs = |text: &str| text.chars().filter(|&character| is_rule_sign(character)).count();
    let back = text.trim_end_matches(|c| is_rule_sign(c) || is_blank(c));
    if signs(&text[back.len()..]) >= RULE_ON_A_LINE {
        range.end = back.len();
        has_rule = true;
    }
    let rest = &text[range.clone()];
    let front = rest.trim_start_matches(|c| is_rule_sign(c) || is_blank(c));
    // Three dashes before a line may mark the item of a list.
    if signs(&rest[..rest.len() - front.len()]) >= if has_rule { RULE_ON_A_LINE } else { RULE_BEFORE_A_LINE } {
        range.start = rest.len() - front.len();
        has_rule = true;
    }
    (Span::of(range), has_rule)
}

/// Whether the end of a text is not the end of a sentence: an ellipsis, a question, or no stop at all.
fn is_open(words: &str) -> bool {
    if words.ends_with("..") || words.ends_with(". .") {
        return true;
    }
    let is_abbreviation = is_upper(words) && ends_in_country(words);
    // `."` ends what someone said; a heading in quotes begins with them.
    let unquoted = words.trim_end_matches(['"', '”', '\'', ')', ']']);
    let is_quoted = unquoted.len() < words.len();
    let begins_quoted = words.starts_with(['"', '“', '(']) || (is_upper(words) && words.matches('"').count() == 2);
    let is_stopped = unquoted.ends_with(['.', ';']) && !unquoted.ends_with("..") && !(is_quoted && begins_quoted);
    let is_comma = if is_quoted { unquoted.ends_with(',') && !is_upper(words) } else { words.ends_with(',') };
    is_abbreviation || !(is_stopped || is_comma || closes_what_is_open(words))
}

/// `Relations with the U.S.`: the point is the name's.
fn ends_in_country(words: &str) -> bool {
    [" U.S.", " U.K.", " U.N.", " E.U."].iter().any(|end| words.ends_with(end))
}

/// Whether a quotation or a bracket that began above ends here.
fn closes_what_is_open(words: &str) -> bool {
    let quotes = words.matches('"').count();
    let is_odd = words.ends_with('"') && !words.starts_with('"') && quotes % 2 == 1;
    is_odd || (words.ends_with(')') && !words.contains('('))
}

/// Whether a line may be the first of a heading of several: it may end in a comma, when it is in capitals or a rule stands
/// below them.
fn may_go_on(words: &str, evidence: Evidence) -> bool {
    is_open(words) || ((is_upper(words) || evidence == Evidence::Rule) && words.ends_with([',', ';']))
}

/// Whether words may be a heading by themselves.
fn may_head(words: &str, longest: (usize, usize), evidence: Evidence) -> bool {
    let characters = words.chars().count();
    let count = words.split_whitespace().count();
    // A long line is a heading only when its words are written as those of one.
    let is_written_so = || {
        let long = || words.split_whitespace().filter(|word| word.len() >= 5 && word.is_ascii());
        is_upper(words)
            || long().filter(|word| word.starts_with(|c: char| !c.is_lowercase())).count() * 3 >= long().count() * 2
    };
    characters <= longest.0
        && count <= longest.1
        && words.chars().filter(|character| character.is_alphanumeric()).count() >= 2
        && words.contains(char::is_alphabetic)
        && !NEVER.is_match(words)
        && (characters <= LONGEST.0 || evidence == Evidence::Rule || is_written_so())
}

/// Where a heading begins that the copy glued to the end of a text: `... End summary.  THE PRICE OF BREAD`. In capitals
/// it is told from the sentences before it; in small letters only a rule tells.
pub(super) fn glued(text: &str, has_rule: bool) -> Option<usize> {
    if !has_rule
        && !text.ends_with(|last: char| last.is_uppercase() || matches!(last, '?' | '"' | ':' | '!' | '.' | '\''))
    {
        return None;
    }
    let mut from = text.len().saturating_sub(LONGEST_WITH_RULE.0);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let ends = text[from..].match_indices(' ').map(|(at, _)| from + at).filter(|&at| {
        let before = text[..at].trim_end();
        ends_in_stop(before)
    });
    ends.map(|at| at + (text[at..].len() - text[at..].trim_start().len())).find(|&at| {
        let words = &text[at..];
        let is_enough = words.split_whitespace().count() >= 2 || COMMON.is_match(&words.to_uppercase());
        let begins = words.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '.'));
        let is_told = if has_rule { begins } else { is_upper(words) && text[..at].contains(char::is_lowercase) };
        let is_one =
            !words.match_indices(". ").any(|(at, _)| ends_in_stop(&words[..=at]) && !words[..at].ends_with('.'))
                && !words.contains(".\" ");
        is_told && is_enough && is_one && is_open(words) && may_head(words, LONGEST_APART, Evidence::Paragraph)
    })
}

/// Whether a sentence ends here, quotes and brackets apart.
fn ends_in_stop(text: &str) -> bool {
    let unquoted = text.trim_end_matches(['"', '”', '\'', '’', ')', ']']);
    // Dots go on.
    let is_dotted = unquoted.ends_with("..") || unquoted.ends_with(" .");
    unquoted.ends_with(['.', '?', '!']) && !is_dotted && !ends_in_abbreviation(unquoted)
}

/// `Mr.`, `U.S.`, `J.`: no sentence ends there.
pub(super) fn ends_in_abbreviation(text: &str) -> bool {
    const SHORT: [&str; 30] = [
        "mr", "mrs", "ms", "dr", "st", "gen", "col", "lt", "sen", "rep", "gov", "amb", "prof", "sgt", "maj", "capt",
        "hon", "min", "mt", "ft", "sr", "no", "nos", "vs", "fr", "rev", "cong", "brig", "adm", "messrs",
    ];
    let Some(word) = text.strip_suffix('.').and_then(|text| text.rsplit([' ', '(', '"', '/', '-']).next()) else {
        return false;
    };
    let is_initial =
        word.len() <= 2 && !word.is_empty() && word.chars().all(char::is_alphabetic) && word.chars().count() == 1;
    is_initial || word.contains('.') || SHORT.iter().any(|short| short.eq_ignore_ascii_case(word))
}

/// The stretches of rule inside a text: at least five signs in a row, and what goes on with it behind a blank.
fn rules_inside(text: &str) -> Vec<Range<usize>> {
    const LEAST: usize = 5;
    let bytes = text.as_bytes();
    let is_sign = |byte: u8| is_rule_sign(char::from(byte));
    let mut rules: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|&byte| is_sign(byte)) {
        let start = at + found;
        let length = bytes[start..].iter().take_while(|&&byte| is_sign(byte)).count();
        at = start + length;
        let goes_on = rules.last().is_some_and(|last| text[last.end..start].trim().is_empty() && length >= 1);
        match rules.last_mut() {
            Some(last) if goes_on => last.end = at,
            _ if length >= LEAST => rules.push(start..at),
            _ => {}
        }
    }
    rules
}

impl Arranger<'_> {
    /// Cuts a line at the rules in it, where they part headings and paragraphs: `... to trade. ------- Comment -------
    /// 7. (C) We`.
    pub(super) fn split_rules(&self, piece: Piece, pieces: &mut Vec<Piece>) {
        let text = self.slice(piece.span);
        let may_split = matches!(piece.kind, LineKind::Text | LineKind::Marker) && text.contains("-----")
            || text.contains("=====")
            || text.contains("*****");
        let rules = if may_split { rules_inside(text) } else { Vec::new() };
        if rules.is_empty() || !parts_something(text, &rules) {
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
        for index in (0..pieces.len()).rev() {
            let passing = Role::is_passing(roles[index]);
            if let Some(next) = next
                && !passing
                && roles[index] == Role::Open
                && !matches!(pieces[index].kind, LineKind::QuoteBegins | LineKind::QuoteEnds)
            {
                if !begins[index] && self.is_heading(pieces, roles, begins, index, next) {
                    roles[index] = Role::Settled(PartKind::Heading);
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

    fn is_heading(&self, pieces: &[Piece], roles: &[Role], begins: &[bool], index: usize, next: usize) -> bool {
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
        // `5. WAY FORWARD` over a rule is a heading too, when the decoder took it for no paragraph.
        if piece.kind == LineKind::Marker && evidence == Evidence::Paragraph {
            return false;
        }
        if !self.stands_alone(pieces, roles, index) {
            return false;
        }
        let place = self.place(pieces, roles, begins, index, evidence);
        // The first line of a heading may end in a comma; what stands apart over a rule may end in a period as well.
        let is_first = roles[next] == Role::Settled(PartKind::Heading) && pieces[next].line <= piece.line + 2;
        let below = if is_first && self.is_over_rule(pieces, roles, next) { Evidence::Rule } else { evidence };
        let may_stop = evidence == Evidence::Rule
            && place == Place::Clear
            && (ends_in_country(words) || (is_upper(words) && self.is_below_rule(roles, index)));
        if !(is_open(words) || has_rule || may_stop || (is_first && may_go_on(words, below))) {
            return false;
        }
        let is_apart = place == Place::Clear && pieces[next].line > piece.line + 1;
        let longest = match (evidence, is_apart) {
            (Evidence::Rule, _) => LONGEST_WITH_RULE,
            (_, true) => LONGEST_APART,
            _ => LONGEST,
        };
        if !may_head(words, longest, evidence) || (is_redaction(words) && !self.is_over_paragraph(roles, begins, index)) {
            return false;
        }
        let is_small = words.starts_with(char::is_lowercase);
        let is_known = evidence == Evidence::Rule || is_upper(words);
        match place {
            Place::Inside => false,
            Place::Second => true,
            Place::BelowLongLine if evidence == Evidence::Rule => true,
            Place::BelowSentence | Place::BelowLongLine => {
                is_known && !is_small && (evidence == Evidence::Rule || self.is_told_by_capitals(pieces, index))
            }
            Place::Clear if is_small => evidence == Evidence::Rule || self.follows_ellipsis(pieces, roles, index),
            Place::Clear => evidence == Evidence::Rule || !self.is_listed(pieces, roles, begins, index),
        }
    }

    /// Whether a piece has its line for itself, rules and page lines apart.
    fn stands_alone(&self, pieces: &[Piece], roles: &[Role], index: usize) -> bool {
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
        let behind = (index + 1 < pieces.len()).then_some(index + 1);
        piece.cut || !(is_text(before.as_ref()) || is_text(behind.as_ref()))
    }

    /// Whether a paragraph begins below a line and its rule.
    fn is_over_paragraph(&self, roles: &[Role], begins: &[bool], index: usize) -> bool {
        let mut below = (index + 1..roles.len()).filter(|&below| !Role::is_passing(roles[below]));
        let rule = below.next().is_some_and(|rule| roles[rule] == Role::Settled(PartKind::Rule));
        rule && below.next().is_some_and(|text| begins[text])
    }

    fn is_below_rule(&self, roles: &[Role], index: usize) -> bool {
        index.checked_sub(1).is_some_and(|above| roles[above] == Role::Settled(PartKind::Rule))
    }

    /// Whether a rule stands below a heading, of one line or more.
    fn is_over_rule(&self, pieces: &[Piece], roles: &[Role], index: usize) -> bool {
        let below = (index + 1..pieces.len()).find(|&below| roles[below] != Role::Settled(PartKind::Heading));
        below.is_some_and(|below| {
            roles[below] == Role::Settled(PartKind::Rule) && pieces[below].line <= pieces[index].line + 4
        })
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
            return Place::Clear;
        }
        if !is_adjacent {
            // Behind a page line or a caption a sentence goes on; behind a blank line it does not.
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
                    || (evidence == Evidence::Rule && ends_in_stop(self.slice(pieces[higher].span).trim_end()))
                    || pieces[higher].span.len() as usize > LONGEST_WRAPPED_LINE
            });
            if is_set_off {
                return !self.is_below_colon(pieces, roles, above);
            }
        }
        false
    }

    /// Whether the written line above one ends in a colon: what follows is a list.
    fn is_below_colon(&self, pieces: &[Piece], roles: &[Role], index: usize) -> bool {
        let above = (0..index).rev().find(|&above| !Role::is_passing(roles[above]));
        above
            .is_some_and(|above| roles[above] == Role::Open && self.slice(pieces[above].span).trim_end().ends_with(':'))
    }

    /// Whether a line without a rule in capitals stands out from the text above it, which has small letters.
    fn is_told_by_capitals(&self, pieces: &[Piece], index: usize) -> bool {
        let above = index.checked_sub(1).map_or("", |above| self.slice(pieces[above].span));
        above.contains(char::is_lowercase)
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
        let headed = marker::read_marker(text).filter(|marker| underlined && begins[index] && marker.mark.is_some());
        let behind_mark = headed.map(|marker| marker.text as usize).filter(|&at| {
            let words = text.get(at..).unwrap_or_default();
            !words.is_empty() && is_open(words) && may_head(words, LONGEST, Evidence::Paragraph)
        });
        behind_mark.or_else(|| glued(text, underlined)).map(|at| piece.span.start + at as u32)
    }
}

/// Whether a text is at its end: a sentence, a block, a name that was taken out.
fn ends_text(text: &str) -> bool {
    let text = text.trim_end();
    marker::ends_sentence(text) || marker::ends_block(text) || text.ends_with("XXXX")
}

/// Whether nothing is left of words but that they were taken out.
fn is_redaction(words: &str) -> bool {
    if words.starts_with('[') && words.ends_with(']') {
        return true;
    }
    words.split_whitespace().all(|word| word.len() >= 4 && word.bytes().all(|byte| byte == b'X'))
}

/// Whether rules part a text into headings and paragraphs, and do not only stand around one heading or in a table.
fn parts_something(text: &str, rules: &[Range<usize>]) -> bool {
    let ends = rules.iter().skip(1).map(|rule| rule.start).chain([text.len()]);
    let mut behind = rules.iter().zip(ends).map(|(rule, end)| (text[rule.end..end].trim(), end));
    let begins_paragraph =
        |part: &str| marker::read_marker(part).is_some_and(|marker| marker.mark.is_some_and(|mark| mark.well_formed));
    let first = text[..rules[0].start].trim_end();
    let is_ended = rules.last().is_some_and(|last| text[last.end..].trim().is_empty());
    behind.any(|(part, end)| {
        let is_between = end < text.len() || is_ended;
        begins_paragraph(part)
            || (!first.is_empty()
                && is_between
                && !part.is_empty()
                && is_open(part)
                && may_head(part, LONGEST_APART, Evidence::Rule))
    }) || (is_ended && glued(first, true).is_some())
}

/// Whether a wide gap parts what stands in a line, as in the row of a table.
fn has_gap(text: &str) -> bool {
    text.contains('\t') || text.contains("   ")
}
