//! Writes commas or spaces between the TAGS. The tags themselves stay as they are.

use cable_syntax::{Cable, Field, PartKind, Span, Tag};

use super::{ActionKind, Cursor, Draft, parts_but};

/// One action for each way in which the TAGS at the cursor are not written.
pub(super) fn separators<'a>(cursor: &Cursor<'a>) -> Vec<Draft<'a>> {
    let at_tags = cursor.cable.part_at(cursor.offset).is_some_and(|part| part.kind == PartKind::Tags);
    let tags = cursor.cable.header.tags.as_ref().filter(|tags| at_tags && tags.tags.len() > 1);
    let Some(tags) = tags else { return Vec::new() };
    let ways = [("Separate the TAGS with commas", ", "), ("Separate the TAGS with spaces", " ")];
    ways.into_iter().filter_map(|(title, separator)| written(cursor, &tags.tags, title, separator)).collect()
}

fn written<'a>(cursor: &Cursor<'a>, tags: &[Field<Tag>], title: &str, separator: &str) -> Option<Draft<'a>> {
    let mut changes = Vec::new();
    for (index, tag) in tags.iter().enumerate() {
        let next = tags.get(index + 1).filter(|next| next.line == tag.line);
        // At the end of a line the comma goes with the tag before it.
        let (end, separator) = match next {
            Some(next) => (next.span.start, separator),
            None if index + 1 < tags.len() => (separator_end(cursor, tag), separator.trim_end()),
            None => (separator_end(cursor, tag), ""),
        };
        let span = Span::new(tag.span.end, end);
        if !cursor.text(span).chars().all(|c| matches!(c, ' ' | '\t' | ',' | ';')) {
            return None;
        }
        if cursor.text(span) != separator {
            changes.push((span, separator.to_owned()));
        }
    }
    // Two spaces between tags are no reason to speak.
    let says_more = changes.iter().any(|(span, text)| cursor.text(*span).contains([',', ';']) != text.contains(','));
    let before = cursor.cable;
    let is_kept = Box::new(|after: &Cable| same_tags(before, after));
    says_more.then_some(Draft { kind: ActionKind::TagsSeparator, title: title.to_owned(), changes, is_kept })
}

/// One past the commas and spaces after the last tag of a line; spaces alone are not counted.
fn separator_end(cursor: &Cursor<'_>, tag: &Field<Tag>) -> u32 {
    let line = cursor.cable.lines().get(tag.line as usize).map_or(tag.span.end, |line| line.span.end);
    let after = cursor.text(Span::new(tag.span.end, line.max(tag.span.end)));
    let own = after.len() - after.trim_start_matches([' ', '\t', ',', ';']).len();
    tag.span.end + after[..own].trim_end().len() as u32
}

/// Whether two readings of a cable have the same tags and differ in nothing else.
fn same_tags(before: &Cable, after: &Cable) -> bool {
    fn tags(cable: &Cable) -> impl Iterator<Item = &str> {
        cable.header.tags.iter().flat_map(|tags| &tags.tags).map(|tag| cable.slice(tag.span))
    }
    tags(before).eq(tags(after)) && parts_but(before, &[PartKind::Tags]).eq(parts_but(after, &[PartKind::Tags]))
}
