//! Which words may be a heading, and where in a line one begins. Functions of the text alone.

use std::ops::Range;
use std::sync::LazyLock;

use crate::footer;
use crate::marker;
use crate::pattern::{ShortPattern, short_pattern};
use crate::span::Span;
use crate::white_space;

use super::is_upper;
use super::no_heading::is_no_heading;

/// What stands below or beside a line, and how much it says that the line is a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Evidence {
    /// A rule below it, or on its line.
    Rule,
    /// A paragraph below it.
    Paragraph,
}

/// Words that head a part of a text, alone in capitals.
pub(super) static COMMON: LazyLock<ShortPattern> = LazyLock::new(|| {
    short_pattern(
        r"^(?:(?:BEGIN )?(?:SUMMARY|COMMENT|INTRODUCTION|BACKGROUND|CONCLUSION|NOTE|OVERVIEW|BIO NOTE|BIOGRAPHIC NOTE|ACTION REQUEST(?:ED)?|NEXT STEPS))(?:/COMMENT| AND COMMENT| AND ACTION REQUEST)?:?$",
    )
});

/// So long is a heading of one line at most, in characters and words: with nothing but a paragraph below it, and with a
/// rule.
pub(super) const LONGEST: (usize, usize) = (70, 12);
pub(super) const LONGEST_APART: (usize, usize) = (100, 17);
pub(super) const LONGEST_WITH_RULE: (usize, usize) = (130, 22);

/// So long are the words that head a part of a text.
const LONGEST_WORD: usize = 32;

/// A run of so many signs on the line of other words is a rule.
const RULE_ON_A_LINE: usize = 3;
const RULE_BEFORE_A_LINE: usize = 5;

/// Longer lines were not wrapped: what stands below is no rest of theirs.
pub(super) const LONGEST_WRAPPED_LINE: usize = 120;

pub(super) fn is_rule_sign(character: char) -> bool {
    matches!(character, '-' | '=' | '*' | '_' | '~')
}

/// The words of a heading, without the rules before and after them on its line; and whether there are any.
pub(super) fn words(text: &str) -> (Span, bool) {
    let is_blank = |character: char| character == ' ' || white_space::is_residue(character);
    // `-- Summary --`: two on both sides are no rule, and no words.
    if let Some(between) = text.strip_prefix("-- ").and_then(|rest| rest.trim_end().strip_suffix(" --")) {
        let inner = between.trim();
        if inner.starts_with(char::is_alphanumeric) && !inner.contains("--") {
            let start = 3 + (between.len() - between.trim_start().len());
            return (Span::of(start..start + inner.len()), false);
        }
    }
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
pub(super) fn is_open(words: &str) -> bool {
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
pub(super) fn ends_in_country(words: &str) -> bool {
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
pub(super) fn may_go_on(words: &str, evidence: Evidence) -> bool {
    is_open(words) || ((is_upper(words) || evidence == Evidence::Rule) && words.ends_with([',', ';']))
}

/// Whether words may be a heading by themselves.
pub(super) fn may_head(words: &str, longest: (usize, usize), evidence: Evidence) -> bool {
    // A paragraph in one line is not counted to its end.
    if words.len() > longest.0 * char::MAX.len_utf8() {
        return false;
    }
    let characters = words.chars().count();
    let count = words.split_whitespace().count();
    characters <= longest.0
        && count <= longest.1
        && words.chars().filter(|character| character.is_alphanumeric()).count() >= 2
        && words.contains(char::is_alphabetic)
        && !is_no_heading(words)
        // A long line is a heading only when its words are written as those of one.
        && (characters <= LONGEST.0 || evidence == Evidence::Rule || is_written_as_title(words))
}

/// Whether most of the longer words begin with a capital.
pub(super) fn is_written_as_title(words: &str) -> bool {
    let long = || words.split_whitespace().filter(|word| word.len() >= 5 && word.is_ascii());
    is_upper(words)
        || long().filter(|word| word.starts_with(|c: char| !c.is_lowercase())).count() * 3 >= long().count() * 2
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
    if !has_rule {
        // All after the last small letter, and nothing before it.
        let (at, letter) = text.char_indices().rfind(|(_, letter)| letter.is_lowercase())?;
        from = from.max(at + letter.len_utf8());
    }
    let is_end = |at: usize| ends_in_stop(text[..at].trim_end()) || ends_in_source(text[..at].trim_end());
    let ends = text[from..].match_indices(' ').map(|(at, _)| from + at).filter(|&at| is_end(at));
    ends.map(|at| at + (text[at..].len() - text[at..].trim_start().len())).find(|&at| {
        let words = &text[at..];
        // After the source of a notice one word in capitals is the heading of the next ones.
        let is_enough = words.split_whitespace().count() >= 2
            || COMMON.is_match(&words.to_uppercase())
            || (!has_rule && ends_in_source(text[..at].trim_end()));
        let begins = words.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '.'));
        let is_told = if has_rule {
            begins
        } else {
            is_upper(words) && !words.starts_with('[') && text[..at].contains(char::is_lowercase)
        };
        let is_one = !words.match_indices(' ').any(|(at, _)| {
            let before = words[..at].trim_end_matches(['"', '”', '\'', '’', ')', ']']);
            before.ends_with('.') && ends_in_stop(before)
        });
        is_told && is_enough && is_one && is_open(words) && may_head(words, LONGEST_APART, Evidence::Paragraph)
    })
}

/// Where the last words of a text are those that head a part of it, after a sentence: `They left. Comment`.
pub(super) fn last_word(text: &str) -> Option<usize> {
    let text = text.trim_end();
    let mut from = text.len().saturating_sub(LONGEST_WORD);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text[from..].match_indices(' ').map(|(at, _)| from + at + 1).find(|&at| {
        let (before, word) = (text[..at].trim_end(), &text[at..]);
        // `4. Comment` is a paragraph.
        word.starts_with(char::is_uppercase)
            && before.len() >= LONGEST_WORD
            && ends_in_stop(before)
            && COMMON.is_match(&word.to_uppercase())
    })
}

/// Whether a text ends in the source of what it says, in brackets after the last sentence: `They met. [Example Post, 2/5/2009]`.
fn ends_in_source(text: &str) -> bool {
    if !text.ends_with(']') {
        return false;
    }
    let near = text.len().saturating_sub(LONGEST.0);
    let Some(open) = text.as_bytes()[near..].iter().rposition(|&byte| byte == b'[') else { return false };
    let (said, source) = text.split_at(near + open);
    ends_in_stop(said.trim_end()) && source.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a sentence ends here, quotes and brackets apart.
pub(super) fn ends_in_stop(text: &str) -> bool {
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

/// Whether five equal signs of a rule stand in a row; dashes only where they count.
pub(super) fn holds_rule(text: &str, with_dashes: bool) -> bool {
    let bytes = text.as_bytes();
    let is_run = |at: usize| bytes.get(at..at + 5).is_some_and(|run| run.iter().all(|&sign| sign == bytes[at]));
    memchr::memchr3_iter(b'=', b'*', if with_dashes { b'-' } else { b'=' }, bytes).any(is_run)
}

/// The stretches of rule inside a text: at least five signs in a row, and what goes on with it after a blank.
pub(super) fn rules_inside(text: &str) -> Vec<Range<usize>> {
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

/// Whether a text is at its end: a sentence, a block, a name that was taken out.
pub(super) fn ends_text(text: &str) -> bool {
    let text = text.trim_end();
    marker::ends_sentence(text) || marker::ends_block(text) || text.ends_with("XXXX")
}

/// Whether nothing is left of words but that they were taken out.
pub(super) fn is_redaction(words: &str) -> bool {
    if words.starts_with('[') && words.ends_with(']') {
        return true;
    }
    words.split_whitespace().all(|word| word.len() >= 4 && word.bytes().all(|byte| byte == b'X'))
}

/// Whether rules part a text into headings and paragraphs, and do not only stand around one heading or in a table.
pub(super) fn parts_something(text: &str, rules: &[Range<usize>]) -> bool {
    let ends = rules.iter().skip(1).map(|rule| rule.start).chain([text.len()]);
    let mut after = rules.iter().zip(ends).map(|(rule, end)| (text[rule.end..end].trim(), end));
    let begins_paragraph =
        |part: &str| marker::read_marker(part).is_some_and(|marker| marker.mark.is_some_and(|mark| mark.well_formed));
    let first = text[..rules[0].start].trim_end();
    let is_ended = rules.last().is_some_and(|last| text[last.end..].trim().is_empty());
    after.any(|(part, end)| {
        let is_between = end < text.len() || is_ended;
        begins_paragraph(part)
            || (!first.is_empty()
                && is_between
                && !part.is_empty()
                && is_open(part)
                && may_head(part, LONGEST_APART, Evidence::Rule))
    }) || (is_ended && glued(first, true).is_some())
}

/// Whether a row of stars stands before the footer of a post.
pub(super) fn sets_off_footer(text: &str, rules: &[Range<usize>]) -> bool {
    let is_stars = |rule: &Range<usize>| text[rule.clone()].starts_with('*');
    rules.iter().any(|rule| is_stars(rule) && footer::begins(&text[rule.end..]))
        || (footer::begins(text)
            && rules.last().is_some_and(|rule| is_stars(rule) && text[rule.end..].trim().is_empty()))
}

/// Whether a wide gap parts what stands in a line, as in the row of a table.
pub(super) fn has_gap(text: &str) -> bool {
    text.contains('\t') || text.contains("   ")
}
