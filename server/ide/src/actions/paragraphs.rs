//! Renumbers the paragraphs, joins one with the next, or splits it at the cursor. The paragraphs after are renumbered; numbers that
//! the text cites stay as they are, and the title says so.

use std::sync::LazyLock;

use cable_lint::citations_stay;
use cable_syntax::decoder::{AMBIGUOUS_BELOW, Artefact, artefact};
use cable_syntax::marker::{Mark, Separator, Sign};
use cable_syntax::{Cable, Paragraph, PartKind, Span, pattern};
use regex::Regex;

use super::{ActionKind, Cursor, Draft, Promise, parts_but};

/// Makes one paragraph of the one at the cursor and the next. Its mark is the higher of the two.
pub(super) fn join<'a>(cursor: &Cursor<'a>) -> Option<Draft<'a>> {
    let own = clean(cursor.cable)?;
    let index = at(cursor, &own)?;
    let (first, second) = (own[index], own.get(index + 1)?);
    let head = text_start(first) + cursor.text(Span::new(text_start(first), first.end)).trim_end().len() as u32;
    let tail = text_start(second);
    let between = cursor.text(Span::new(head, second.marker.span.start));
    if head <= text_start(first) || tail >= second.end || !between.trim().is_empty() {
        return None;
    }
    let mark = joined_mark(cursor, first, second)?;
    let own_mark = first.marker.value.mark.map(|own| first.marker.at(own.text));
    let other_mark = own_mark.filter(|&own| cursor.text(own) != mark);
    let is_one_line = cursor.cable.line_at(head) == first.marker.line;
    let glue = if is_one_line { " " } else { cursor.line_end() };
    let mut changes: Vec<(Span, String)> = Vec::new();
    changes.extend(other_mark.map(|own| (own, mark.to_owned())));
    changes.push((Span::new(head, tail), glue.to_owned()));
    changes.extend(own[index + 2..].iter().map(|paragraph| renumbered(cursor, paragraph, paragraph.number - 1)));
    let marked = other_mark.map_or(String::new(), |_| format!(", marked ({mark})"));
    let title =
        format!("Join paragraphs {} and {}{marked}{}", first.number, second.number, citations_stay(cursor.cable));
    Some(Draft { kind: ActionKind::Join, title, changes, is_kept: is_kept(cursor.cable, own.len() - 1) })
}

/// Makes two paragraphs of the one at the cursor, the second with the mark of the first. Inside a word the split moves
/// to the nearest sentence.
pub(super) fn split<'a>(cursor: &Cursor<'a>) -> Option<Draft<'a>> {
    let own = clean(cursor.cable)?;
    let index = at(cursor, &own)?;
    let paragraph = own[index];
    let part = cursor.cable.part_at(cursor.offset)?;
    if !matches!(part.kind, PartKind::Paragraph | PartKind::Fragment) || cursor.is_quoted(part.line) {
        return None;
    }
    let body = Span::new(text_start(paragraph), paragraph.end);
    let cut = cut(cursor.text(body), cursor.offset.checked_sub(body.start)?)? + body.start;
    let head = body.start + cursor.text(Span::new(body.start, cut)).trim_end().len() as u32;
    let rest = cursor.text(Span::new(cut, body.end));
    let tail = body.end - rest.trim_start().len() as u32;
    if head == body.start || tail == body.end {
        return None;
    }
    // Paragraphs stand apart here as they do elsewhere in the cable.
    let model = own.get(index + 1).unwrap_or(&paragraph);
    let spaced = cursor.is_blank_line(model.marker.line.checked_sub(1));
    let apart = cursor.line_end().repeat(1 + usize::from(spaced));
    let mut changes = vec![(Span::new(head, tail), apart + &opening(cursor, paragraph))];
    changes.extend(own[index + 1..].iter().map(|paragraph| renumbered(cursor, paragraph, paragraph.number + 1)));
    let title = format!("Split paragraph {} here{}", paragraph.number, citations_stay(cursor.cable));
    Some(Draft { kind: ActionKind::Split, title, changes, is_kept: is_kept(cursor.cable, own.len() + 1) })
}

/// The cable's own paragraphs, where every number is sure, written as it is and one above the last.
fn clean(cable: &Cable) -> Option<Vec<&Paragraph>> {
    let own: Vec<&Paragraph> =
        cable.body.paragraphs.iter().filter(|paragraph| !cable.is_quoted(paragraph.marker.line)).collect();
    let is_clean = |paragraph: &&Paragraph| {
        let marker = &paragraph.marker.value;
        let artefact = artefact(marker, paragraph.decision.decoded);
        let plain = Artefact { sign: Sign::None, ..artefact }.is_plain();
        plain
            && matches!(marker.sign, Sign::None | Sign::Kept)
            && marker.separator == Separator::Period
            && marker.mark.is_none_or(|mark| mark.well_formed)
            && marker.through.is_none()
            && !paragraph.inside_line
            && paragraph.decision.margin >= AMBIGUOUS_BELOW
    };
    let in_sequence = own.windows(2).all(|pair| pair[0].number + 1 == pair[1].number);
    let lost = cable.body.rejected.iter().any(|rejected| rejected.value.0.mark.is_some());
    (in_sequence && !lost && own.iter().all(is_clean)).then_some(own)
}

/// The one of the paragraphs that the cursor stands in.
fn at(cursor: &Cursor<'_>, own: &[&Paragraph]) -> Option<usize> {
    let index = own.partition_point(|paragraph| paragraph.marker.span.start <= cursor.offset).checked_sub(1)?;
    let found = cursor.cable.paragraph_at(cursor.offset)?;
    let paragraph = cursor.cable.body.paragraphs.get(found as usize)?;
    (paragraph == own[index]).then_some(index)
}

/// Where the text after the marker begins.
fn text_start(paragraph: &Paragraph) -> u32 {
    (paragraph.marker.span.start + paragraph.marker.value.text).min(paragraph.end)
}

/// Number and mark of the paragraph that begins after a split, and the spaces after them.
fn opening(cursor: &Cursor<'_>, paragraph: &Paragraph) -> String {
    let marker = &paragraph.marker;
    let span = marker.at(marker.value.span);
    let number = renumbered(cursor, paragraph, paragraph.number + 1);
    // `(C - ENTIRE TEXT)` stands once.
    let entire = marker.value.mark.filter(|mark| mark.entire_text);
    let end = entire.map_or(span.end, |mark| marker.at(mark.span).start);
    let after = cursor.text(Span::new(number.0.end, end)).trim_end();
    let spaces = cursor.text(Span::new(span.end, text_start(paragraph)));
    let spaces = if spaces.is_empty() || spaces.contains(['\r', '\n']) { " " } else { spaces };
    format!("{}{}{after}{spaces}", cursor.text(Span::new(span.start, number.0.start)), number.1)
}

/// The change that writes another number, with the sign as it is.
fn renumbered(cursor: &Cursor<'_>, paragraph: &Paragraph, number: u32) -> (Span, String) {
    let span = paragraph.marker.at(paragraph.marker.value.number);
    let written = cursor.text(span);
    let sign = written.len() - written.trim_start_matches(|c: char| !c.is_ascii_digit()).len();
    (Span::new(span.start + sign as u32, span.end), number.to_string())
}

/// Where to split a paragraph's text: at the cursor between words, else at the nearest start of a sentence.
fn cut(text: &str, at: u32) -> Option<u32> {
    let (before, after) = (text.get(..at as usize)?, text.get(at as usize..)?);
    let at_an_end = before.trim().is_empty() || after.trim().is_empty();
    if at_an_end || before.ends_with(char::is_whitespace) || after.starts_with(char::is_whitespace) {
        return Some(at);
    }
    let starts = SENTENCE.captures_iter(text).filter_map(|found| Some(found.name("next")?.start() as u32));
    starts.min_by_key(|start| start.abs_diff(at))
}

/// The end of a sentence, and the first character of the next.
static SENTENCE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"[.?!]["'”)]*\s+(?<next>["“(]?[A-Z])"#));

/// The mark of two paragraphs in one: the higher of the two, empty where neither has one. None where the marks do not
/// compare: only one is there, or a caveat would be lost.
fn joined_mark<'a>(cursor: &Cursor<'a>, first: &Paragraph, second: &Paragraph) -> Option<&'a str> {
    let text = |paragraph: &Paragraph, mark: &Mark| cursor.text(paragraph.marker.at(mark.text));
    let (one, two) = match (&first.marker.value.mark, &second.marker.value.mark) {
        (None, None) => return Some(""),
        (Some(one), Some(two)) => (one, two),
        _ => return None,
    };
    let (written, other) = (text(first, one), text(second, two));
    let (higher, lower) = if two.level.rank() > one.level.rank() { (other, written) } else { (written, other) };
    let has_caveat = |mark: &str| mark.contains('/');
    match (has_caveat(higher), has_caveat(lower)) {
        _ if written.eq_ignore_ascii_case(other) => Some(written),
        (_, false) => Some(higher),
        (false, true) if one.level.rank() == two.level.rank() => Some(lower),
        (_, true) => None,
    }
}

/// Whether the changed cable has so many paragraphs in sequence, and everything else as it was.
fn is_kept(before: &Cable, count: usize) -> Promise<'_> {
    const CHANGED: [PartKind; 2] = [PartKind::Paragraph, PartKind::Fragment];
    let first = |cable: &Cable| cable.body.paragraphs.first().map(|first| first.number);
    // A paragraph may say who classified the cable.
    let classified_by = |cable: &Cable| {
        let field = cable.header.classified_by.as_ref();
        field.map(|field| cable.slice(field.span).to_owned())
    };
    Box::new(move |after| {
        clean(after).is_some_and(|own| own.len() == count)
            && first(after) == first(before)
            && classified_by(after) == classified_by(before)
            && parts_but(after, &CHANGED).eq(parts_but(before, &CHANGED))
    })
}
