//! Sorts the REF list by first citation: the cables move, the letters stay A, B, C, and every citation goes along.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use cable_syntax::{Cable, Part, PartKind, Span, citations_in, pattern};
use regex::Regex;

use super::{ActionKind, Cursor, Draft, parts_but};

/// What may be a citation in a form that is not read.
static PERHAPS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?i:ref(?:tel|erence)?s?)\b[\s.:(#\[-]{1,3}\(?[A-Za-z]\b"));

/// A citation that the end of the text breaks off.
static BROKEN_OFF: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:[,;/&-]|\b(?i:and|or|through|to|refs?))\s*$"));

/// Puts the references in the order in which the text first cites them; those it never cites come last.
pub(super) fn sort<'a>(cursor: &Cursor<'a>) -> Option<Draft<'a>> {
    let cable = cursor.cable;
    cable.part_at(cursor.offset).filter(|part| part.kind == PartKind::Reference)?;
    let entries = entries(cable)?;
    let cited = cited(cursor)?;
    let mut order: Vec<usize> = Vec::new();
    for &(letter, _) in &cited {
        let index = index_of(letter).filter(|&index| index < entries.len())?;
        if !order.contains(&index) {
            order.push(index);
        }
    }
    order.extend((0..entries.len()).filter(|index| !order.contains(index)).collect::<Vec<_>>());
    if order.is_sorted() {
        return None;
    }
    // By the new place: the text that moves there. By the old letter: the new one.
    let moved = order.iter().zip(&entries).map(|(&from, &to)| (to, cursor.text(entries[from]).to_owned()));
    let letters: BTreeMap<char, char> = order.iter().enumerate().map(|(to, &from)| (nth(from), nth(to))).collect();
    let recited = cited.iter().filter_map(|&(letter, span)| {
        let letter = letters.get(&letter)?;
        let small = cursor.text(span).bytes().all(|byte| byte.is_ascii_lowercase());
        Some((span, if small { letter.to_ascii_lowercase() } else { *letter }.to_string()))
    });
    let mut changes: Vec<(Span, String)> = moved.chain(recited).collect();
    changes.retain(|(span, text)| cursor.text(*span) != text);
    let expected: Vec<&str> = order.iter().map(|&from| cursor.text(entries[from])).collect();
    let is_kept = Box::new(move |after: &Cable| {
        let read = self::entries(after);
        read.is_some_and(|read| read.iter().map(|&span| after.slice(span)).eq(expected.iter().copied()))
            && parts_but(after, &TEXT).eq(parts_but(cable, &TEXT))
    });
    let title = "Sort the references by first citation".to_owned();
    Some(Draft { kind: ActionKind::SortReferences, title, changes, is_kept })
}

/// The parts that change with the references.
const TEXT: [PartKind; 5] =
    [PartKind::Reference, PartKind::Paragraph, PartKind::Fragment, PartKind::Text, PartKind::Heading];

/// The entries of a list with the letters A, B, C, each once, each on one line.
fn entries(cable: &Cable) -> Option<Vec<Span>> {
    let entries = &cable.header.references.as_ref()?.entries;
    let is_clean = entries.iter().enumerate().all(|(index, entry)| {
        let own = cable.part_at(entry.span.start).is_some_and(|part| {
            part.kind == PartKind::Reference && part.span.start <= entry.span.start && entry.span.end <= part.span.end
        });
        own && entry.value.letter.is_some_and(|(letter, _)| index_of(letter) == Some(index))
    });
    (is_clean && entries.len() > 1).then(|| entries.iter().map(|entry| entry.span).collect())
}

/// Every letter that the text cites, in order. None where one may be cited in a way that is not read, or in a range.
fn cited(cursor: &Cursor<'_>) -> Option<Vec<(char, Span)>> {
    let others = [PartKind::Subject, PartKind::ClassifiedBy, PartKind::Handling, PartKind::Reference];
    let is_elsewhere = |part: &&Part| others.contains(&part.kind);
    if cursor.cable.parts.iter().filter(is_elsewhere).any(|part| PERHAPS.is_match(after_keyword(cursor, part))) {
        return None;
    }
    let mut letters = Vec::new();
    for &run in cursor.cable.own_text() {
        let text = cursor.text(run);
        let mut read: Vec<Span> = Vec::new();
        for citation in citations_in(text).filter(|citation| !citation.letters.is_empty()) {
            if citation.is_range() || BROKEN_OFF.is_match(&text[citation.span.end as usize..]) {
                return None;
            }
            read.push(citation.span);
            letters.extend(citation.letters.into_iter().map(|(letter, span)| (letter, span.shifted(run.start))));
        }
        let is_read = |at: usize| read.iter().any(|span| span.range().contains(&at));
        if PERHAPS.find_iter(text).any(|found| !is_read(found.start())) {
            return None;
        }
    }
    Some(letters)
}

/// A REF line begins with what looks like a citation.
fn after_keyword<'a>(cursor: &Cursor<'a>, part: &Part) -> &'a str {
    let keyword = cursor.cable.header.references.as_ref().map(|references| &references.keyword);
    let own = keyword.filter(|keyword| keyword.span.start == part.span.start);
    let skipped = own.map_or(0, |keyword| keyword.value.end.min(part.span.len()));
    cursor.text(Span::new(part.span.start + skipped, part.span.end))
}

fn index_of(letter: char) -> Option<usize> {
    letter.is_ascii_uppercase().then(|| letter as usize - 'A' as usize)
}

fn nth(index: usize) -> char {
    char::from(b'A' + u8::try_from(index.min(25)).unwrap_or(25))
}
