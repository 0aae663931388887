//! Paragraph numbers: their sequence and how they are written (PAR).

mod garbled;
mod malformed_marker;
mod marks;
mod night_action;
mod spacing;
mod subparagraphs;

pub(crate) use malformed_marker::MALFORMED_MARKER;
pub(crate) use marks::MISSING_MARK;
pub(crate) use night_action::NOT_JUSTIFIED;
pub(crate) use spacing::{FALSE_MARKER, INSIDE_LINE, MARKER_SPACING};
pub(crate) use subparagraphs::SUBPARAGRAPH_SEQUENCE;

use std::cell::LazyCell;
use std::collections::HashSet;
use std::sync::LazyLock;

use cable_syntax::decoder::Decoded;
use cable_syntax::marker::read_mark;
use cable_syntax::{Cable, Paragraph, Part, PartKind, Span, pattern};
use regex::Regex;

use crate::findings::{Context, Findings};
use crate::gone::{above_text, is_passage_taken_out, is_taken_out};
use crate::marker_repair::{is_sure, number_span};
use crate::needs::{Need, Stage};
use crate::{Example, Rule, Severity};

pub(crate) static GAP: Rule = Rule {
    code: "PAR001",
    name: "paragraph-gap",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "a paragraph number is missing",
    explanation: "Paragraphs are numbered from 1 without a gap through all sections. A gap means that a paragraph, or \
                  its number, was lost. Where the text is there and only its number is lost, PAR006 shows the place. A \
                  gap across a redaction is not reported, where more than a name was removed there on purpose.",
    example: Example {
        before: "1. (U) Summary.\n\n2. (U) Talks go on.\n\n4. (U) They end.",
        after: "1. (U) Summary.\n\n2. (U) Talks go on.\n\n3. (U) Lunch is served.\n\n4. (U) They end.",
    },
    source: "5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: gap,
};

fn gap(context: &Context<'_>, findings: &mut Findings) {
    let misplaced = LazyCell::new(|| misplaced(context.cable).map(|(_, _, number)| number).collect::<HashSet<u32>>());
    for (before, after) in gaps(context.cable) {
        if is_gap_of_publisher(context.cable, before, after) || lost_marker(context.cable, before, after).is_some() {
            continue;
        }
        let missing = before.last_number() + 1..after.number;
        // A number in the wrong place is PAR003's, also where only the one beside the gap is; one inside a line is PAR015's.
        let text = context.cable.slice(Span::new(before.marker.span.end, after.marker.span.start));
        let inside = LazyCell::new(|| numbers_inside(text));
        if missing.clone().all(|number| misplaced.contains(&number) || inside.contains(&number)) {
            continue;
        }
        let goes_on = following(context.cable, after).is_some_and(|next| next.number == missing.start);
        let went_on = preceding(context.cable, before).is_some_and(|last| last.last_number() + 1 == after.number);
        if goes_on || went_on {
            continue;
        }
        // Quoted text goes on with the numbers of what it quotes.
        if missing.len() > 1 && is_quoted(context.cable, before, after) {
            continue;
        }
        let names = match missing.len() {
            1 => missing.start.to_string(),
            2 => format!("{} and {}", missing.start, missing.end - 1),
            _ => format!("{} to {}", missing.start, missing.end - 1),
        };
        let span = number_span(context.cable, after);
        let (number, last) = (after.number, before.last_number());
        findings
            .report(span, format!("paragraph {number} follows paragraph {last}: {names} missing"))
            .related(number_span(context.cable, before), format!("paragraph {last}"));
    }
}

/// The numbers with their period after the end of a sentence or a rule.
fn numbers_inside(text: &str) -> HashSet<u32> {
    let numbers = text.match_indices('.').filter_map(|(period, _)| {
        let before = text[..period].trim_end_matches(|sign: char| sign.is_ascii_digit());
        let number = text[before.len()..period].parse().ok().filter(|_| !text[before.len()..].starts_with('0'))?;
        let ended = before.trim_end().ends_with(['.', '?', '!', '"', ')', '-', ':']);
        let is_inside = ended && before.ends_with([' ', '\n', '-', '¶']) && text[period + 1..].starts_with([' ', '(']);
        is_inside.then_some(number)
    });
    numbers.collect()
}

/// Neighbours between which numbers are missing.
fn gaps(cable: &Cable) -> impl Iterator<Item = (&Paragraph, &Paragraph)> {
    neighbours(cable).filter(|(before, after)| after.number > before.last_number() + 1)
}

/// Whether a passage was taken out between two paragraphs, perhaps with a number.
fn is_gap_of_publisher(cable: &Cable, before: &Paragraph, after: &Paragraph) -> bool {
    is_passage_taken_out(cable.slice(Span::new(before.marker.span.start, after.marker.span.start)))
}

/// The portion mark that opens the one missing paragraph between two, when only its number is lost.
fn lost_marker(cable: &Cable, before: &Paragraph, after: &Paragraph) -> Option<Span> {
    let is_one = after.number == before.last_number() + 2;
    let between = Span::new(before.marker.span.end, after.marker.span.start);
    lone_mark(cable, PartKind::Fragment, between).filter(|_| is_one)
}

/// The portion mark that opens paragraph 1, when only its number is lost.
fn lost_one(cable: &Cable) -> Option<Span> {
    let second = cable.body.paragraphs.first().filter(|first| first.number == 2 && is_sure(first))?;
    lone_mark(cable, PartKind::Text, Span::new(0, second.marker.span.start))
}

/// The marker of paragraph 1 with a letter for its number, `I. (C)`, and the letter. Roman numerals go on with `II.`
fn lettered_one(cable: &Cable) -> Option<(Span, Span)> {
    let second = cable.body.paragraphs.first().filter(|first| first.number == 2 && is_sure(first))?;
    let parts = cable.parts.iter().take_while(|part| part.span.start < second.marker.span.start);
    let mut found = None;
    for part in parts.filter(|part| part.kind == PartKind::Text) {
        let text = cable.slice(part.span);
        if text.starts_with("II") {
            return None;
        }
        let Some(after) = text.strip_prefix(['I', 'l', '|']).and_then(|rest| rest.strip_prefix('.')) else { continue };
        let start = (text.len() - after.trim_start_matches(' ').len()) as u32;
        let Some(mark) = read_mark(after.trim_start_matches(' ')).filter(|mark| mark.well_formed) else { continue };
        if found.is_some() {
            return None;
        }
        let from = part.span.start;
        found = Some((Span::new(from, from + start + mark.span.end), Span::new(from, from + 1)));
    }
    found
}

/// What is in place of the number of paragraph 1: `1,` before a sentence, or another sign before a portion mark.
fn damaged_one(cable: &Cable) -> Option<Span> {
    let second = cable.body.paragraphs.first().filter(|first| first.number == 2 && is_sure(first))?;
    parts_above(cable, second).filter(|part| part.kind == PartKind::Text).find_map(|part| {
        let (written, after) = cable.slice(part.span).split_once(' ')?;
        let after = after.trim_start();
        let is_comma = written == "1," && after.starts_with(|first: char| first.is_ascii_uppercase() || first == '(');
        let is_garbled = written.len() <= 2
            && written.starts_with(|first: char| first.is_ascii_alphabetic())
            && !written.ends_with(['.', ')', ':'])
            && read_mark(after).is_some_and(|mark| mark.well_formed);
        let end = part.span.start + written.len() as u32;
        (is_comma || is_garbled).then_some(Span::new(part.span.start, end))
    })
}

/// The one portion mark that opens a part of a kind.
fn lone_mark(cable: &Cable, kind: PartKind, within: Span) -> Option<Span> {
    let from = cable.parts.partition_point(|part| part.span.start < within.start);
    let parts = cable.parts[from..].iter().take_while(|part| part.span.start < within.end);
    let mut marks = parts.filter(|part| part.kind == kind).filter_map(|part| {
        let mark = read_mark(cable.slice(part.span)).filter(|mark| mark.well_formed && !mark.entire_text)?;
        Some(mark.span.shifted(part.span.start))
    });
    marks.next().filter(|_| marks.next().is_none())
}

pub(crate) static DUPLICATE: Rule = Rule {
    code: "PAR002",
    name: "paragraph-duplicate",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "a paragraph number is used twice",
    explanation: "Two paragraphs in a row have the same number, so a citation can mean either of them. Usually the \
                  drafter added a paragraph late; then the later numbers are right and this one is wrong.",
    example: Example {
        before: "1. (U) Summary.\n\n2. (U) Talks go on.\n\n2. (U) They end.",
        after: "1. (U) Summary.\n\n2. (U) Talks go on.\n\n3. (U) They end.",
    },
    source: "5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: duplicate,
};

fn duplicate(context: &Context<'_>, findings: &mut Findings) {
    for (before, after) in printed(context.cable).filter(|(before, after)| before.number == after.number) {
        let first = number_span(context.cable, before);
        findings
            .report(number_span(context.cable, after), format!("duplicate paragraph number {}", after.number))
            .on_line(before.marker.line)
            .related(first, format!("first paragraph {}", before.number));
    }
}

/// Paragraphs in a row whose numbers are both sure, or are no others than those that are printed.
fn printed(cable: &Cable) -> impl Iterator<Item = (&Paragraph, &Paragraph)> {
    cable.body.paragraphs.windows(2).filter_map(|pair| match pair {
        [before, after] if [before, after].iter().all(|one| is_sure(one) || is_as_printed(one)) => {
            Some((before, after))
        }
        _ => None,
    })
}

/// Whether a number without a mark can only be the one that is printed, if it is one.
fn is_as_printed(paragraph: &Paragraph) -> bool {
    let marker = &paragraph.marker.value;
    marker.mark.is_none() && paragraph.number == marker.literal && !marker.may_strip()
}

/// Paragraphs in a row whose numbers are both sure.
fn neighbours(cable: &Cable) -> impl Iterator<Item = (&Paragraph, &Paragraph)> {
    cable.body.paragraphs.windows(2).filter_map(|pair| match pair {
        [before, after] if is_sure(before) && is_sure(after) => Some((before, after)),
        _ => None,
    })
}

pub(crate) static RESTART: Rule = Rule {
    code: "PAR003",
    name: "paragraph-restart",
    severity: Severity::Warning,
    lower_severity: Some(Severity::Information),
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "the paragraph numbers go back",
    explanation: "A number is lower than the one before it, or has no possible place in the order. In quoted text, in \
                  enclosures and where the numbers go on from 1 they may start again; there it is information only.",
    example: Example {
        before: "1. (U) Summary.\n\n3. (U) They end.\n\n2. (U) Talks go on.\n\n4. (U) All left.",
        after: "1. (U) Summary.\n\n2. (U) Talks go on.\n\n3. (U) They end.\n\n4. (U) All left.",
    },
    source: "5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: restart,
};

fn restart(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    for (before, after) in printed(cable).filter(|(before, after)| after.number < before.number) {
        let message =
            format!("paragraph {} follows paragraph {}: the numbering goes back", after.number, before.number);
        let finding = findings.report(number_span(cable, after), message);
        if is_quoted(cable, before, after) || begins_anew(cable, before, after) {
            finding.lower_severity();
        }
    }
    for (line, span, number) in misplaced(cable) {
        let quoted = cable.is_quoted(line);
        let finding = findings.report(span, format!("paragraph {number} is out of order"));
        if quoted {
            finding.lower_severity();
        }
    }
}

/// Whether the numbers begin anew with 1 and go on from there, as the parts of an enclosure do.
fn begins_anew(cable: &Cable, before: &Paragraph, after: &Paragraph) -> bool {
    let goes_on = following(cable, after).is_some_and(|next| next.number == after.last_number() + 1);
    after.number == 1 && before.number > 1 && goes_on
}

/// The paragraph before another.
fn preceding<'a>(cable: &'a Cable, paragraph: &Paragraph) -> Option<&'a Paragraph> {
    let paragraphs = &cable.body.paragraphs;
    let index = paragraphs.partition_point(|one| one.marker.span.start < paragraph.marker.span.start);
    index.checked_sub(1).map(|before| &paragraphs[before])
}

/// The paragraph after another.
fn following<'a>(cable: &'a Cable, paragraph: &Paragraph) -> Option<&'a Paragraph> {
    let paragraphs = &cable.body.paragraphs;
    paragraphs.get(paragraphs.partition_point(|one| one.marker.span.start <= paragraph.marker.span.start))
}

/// Markers with a portion mark that the decoder had no room for: line, place, and the number they give.
fn misplaced(cable: &Cable) -> impl Iterator<Item = (u32, Span, u32)> {
    cable.body.rejected.iter().filter_map(|field| {
        let (marker, decision) = &field.value;
        let is_marked = marker.mark.is_some_and(|mark| mark.well_formed) && decision.decoded == Decoded::Rejected;
        let continues = continues_sentence(cable, field.line);
        let mut number = field.at(marker.number);
        number.end += u32::from(cable.text()[number.end as usize..].starts_with('.'));
        (is_marked && !continues).then_some((field.line, number, marker.literal))
    })
}

/// Whether the line directly above breaks off in mid-sentence.
fn continues_sentence(cable: &Cable, line: u32) -> bool {
    let above = line.checked_sub(1).map_or("", |above| cable.line_text(above)).trim_end();
    above.len() >= 40 && above.ends_with(|last: char| last.is_alphanumeric() || last == ',')
}

/// Words that announce a text with numbers of its own.
static ENCLOSURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:begin (?:text|quote|points|non-?paper)|(?:text|letter|points|questions|answers|translation|statement|paper|resolution) follows?|follow(?:s|ing) (?:is|are)|as follows|annex|attachment|enclosure|appendix|non-?paper|talking points|end text|unquote|quote)\b",
    )
});

/// Whether the numbers may begin anew between two paragraphs: quoted text, or a line that announces an enclosure.
fn is_quoted(cable: &Cable, before: &Paragraph, after: &Paragraph) -> bool {
    let (above, line) = (before.marker.line, after.marker.line);
    let quotes = &cable.body.quotes;
    // The first quoted text that does not end above them both: it ends between them, or holds the second.
    let next = quotes.partition_point(|&(_, end)| end < above);
    let in_quote = quotes.get(next).is_some_and(|&(start, end)| end < line || start <= line);
    let between = Span::new(before.marker.span.start, after.marker.span.start);
    in_quote || ENCLOSURE.is_match(cable.slice(between))
}

pub(crate) static FIRST_NOT_ONE: Rule = Rule {
    code: "PAR004",
    name: "first-paragraph-not-one",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::WholeCopy, Need::NotExtract, Need::Finished(Stage::Text)],
    fix: None,
    summary: "the first paragraph is not paragraph 1",
    explanation: "The text of a cable begins with paragraph 1. Where it does not, the beginning was lost. Extracts, \
                  copies that break off and later sections may begin anywhere, and so may part two of three, a text \
                  whose beginning was taken out or cancelled, and a cable whose 1 is inside an \
                  earlier line. A first number above 2 below other text of the cable is that of a questionnaire or an \
                  instruction, and is left alone.",
    example: Example {
        before: "SUBJECT: DELEGATION LEAVES\n\n2. (U) Talks go on.\n\n3. (U) They end.",
        after: "SUBJECT: DELEGATION LEAVES\n\n1. (U) Summary.\n\n2. (U) Talks go on.\n\n3. (U) They end.",
    },
    source: "5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: first_not_one,
};

/// A paragraph 1 that the copy joined to an earlier line, or that has lost its mark.
static INNER_ONE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?m)(?:^|[\s¶)\]-])[1lI]?1[.)](?:\s|\(|[A-Z][a-z]|$)"));

fn first_not_one(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(first) = cable.body.paragraphs.first().filter(|first| first.number != 1 && is_sure(first)) else { return };
    if cable.header.subject.is_none() {
        return;
    }
    let is_there = lost_one(cable).is_some() || lettered_one(cable).is_some() || damaged_one(cable).is_some();
    let above = above_text(cable);
    if is_there || INNER_ONE.is_match(above) || is_taken_out(above) || is_later_part(above) {
        return;
    }
    // Text that begins without numbers goes on with those of the instruction that it answers.
    let is_text = |part: &&Part| part.kind == PartKind::Text && begins_text(cable.slice(part.span));
    if first.number > 2 && parts_above(cable, first).any(|part| is_text(&part)) {
        return;
    }
    findings.report(number_span(cable, first), format!("first paragraph has number {}, not 1", first.number));
}

/// The parts above a paragraph.
fn parts_above<'a>(cable: &'a Cable, paragraph: &Paragraph) -> impl Iterator<Item = &'a Part> + use<'a> {
    let end = paragraph.marker.span.start;
    cable.parts.iter().take_while(move |part| part.span.start < end)
}

/// Whether a line may be the first of a text: the rest of a sentence begins with a small letter.
fn begins_text(line: &str) -> bool {
    line.starts_with(|first: char| first.is_uppercase() || matches!(first, '(' | '-'))
}

/// `PART 2 OF 3`, `(PART TWO)`: the numbers go on from those of an earlier cable.
fn is_later_part(text: &str) -> bool {
    const LATER: [&str; 9] = ["TWO", "THREE", "FOUR", "FIVE", "II", "III", "IV", "V", "FINAL"];
    let mut words = text.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        let is_later = |number: &&str| {
            LATER.iter().any(|later| number.eq_ignore_ascii_case(later))
                || number.parse::<u32>().is_ok_and(|number| (2..100).contains(&number))
        };
        if word.eq_ignore_ascii_case("PART") && words.peek().is_some_and(is_later) {
            return true;
        }
    }
    false
}

pub(crate) static AMBIGUOUS: Rule = Rule {
    code: "PAR007",
    name: "ambiguous-number",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "a paragraph number can be read in two ways",
    explanation: "Even all markers of the cable together do not show how to read this one: 17 may be 17, or 7 after a \
                  misread pilcrow, or not a paragraph at all. Nothing is assumed and nothing is changed; please look \
                  at the original. A number after a redaction or a cancelled text goes on as it is written.",
    example: Example {
        before: "1. (U) Summary.\n\n12. (U) Talks go on.\n\n122. (U) They end.",
        after: "1. (U) Summary.\n\n2. (U) Talks go on.\n\n3. (U) They end.",
    },
    source: "5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: ambiguous,
};

fn ambiguous(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let paragraphs = &cable.body.paragraphs;
    // The last number that is sure.
    let mut known = 0;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        if is_sure(paragraph) {
            known = paragraph.last_number();
            continue;
        }
        // Of numbers that follow each other the first is enough.
        let above = index.checked_sub(1).map(|above| &paragraphs[above]);
        if above.is_some_and(|above| !is_sure(above) && above.last_number() + 1 == paragraph.number) {
            continue;
        }
        let marker = &paragraph.marker.value;
        let is_literal = paragraph.number == marker.literal;
        let other = if is_literal { marker.stripped() } else { marker.literal };
        let is_settled = other == paragraph.number;
        let next = paragraphs.get(index + 1);
        // The next number in its place is what it seems to be, also where the one before it is the one in doubt.
        let last = above.map_or(0, Paragraph::last_number);
        let is_doubted = above.is_some_and(|above| !is_sure(above));
        if is_literal && (paragraph.number == last + 1 || (is_doubted && paragraph.number == known + 2)) {
            continue;
        }
        let from = above.map_or(0, |above| above.marker.span.start);
        // After what was taken out, the numbers go on as they are written.
        if is_literal && is_taken_out(cable.slice(Span::new(from, paragraph.marker.span.start))) {
            continue;
        }
        // A number that comes twice is PAR002's, one that is out of order PAR003's.
        let goes_back = above.is_some_and(|above| above.number >= paragraph.number)
            || next.is_some_and(|next| next.number <= paragraph.number);
        if is_as_printed(paragraph) && goes_back {
            continue;
        }
        // Two numbers that change places are PAR003's: either may be the one out of order.
        let to = next.map_or(u32::MAX, |after| after.marker.span.start);
        if is_settled && misplaced(cable).any(|(_, span, _)| (from..to).contains(&span.start)) {
            continue;
        }
        // The number in its place, where one figure more or less makes it: `1.` or `121.` between 10 and 12.
        let expected = known + 1;
        let is_near = above.is_none_or(is_sure)
            && expected != paragraph.number
            && strsim::osa_distance(&marker.literal.to_string(), &expected.to_string()) == 1;
        let other = match (is_near, is_settled) {
            (true, _) => expected.to_string(),
            (false, true) => "not a paragraph".to_owned(),
            (false, false) => other.to_string(),
        };
        let span = number_span(cable, paragraph);
        findings
            .report(span, format!("marker \"{}\" may be paragraph {} or {other}", cable.slice(span), paragraph.number));
    }
}
