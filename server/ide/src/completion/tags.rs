//! Completion in the TAGS list: codes by code, countries and the rest also by name (FORMAT.md, "TAGS").

use cable_catalog::{Entry, Kind};
use cable_syntax::PartKind;

use super::keywords::begins_keyword;
use super::place::Place;
use super::wording::{Wording, begins, from_word};
use super::{Completion, CompletionKind, Completions, MOST};

/// The commonest tags of real cables, the commonest first.
const FREQUENT: [&str; 40] = [
    "PREL", "PGOV", "PHUM", "ECON", "PTER", "PINR", "MARR", "MOPS", "EFIN", "ASEC", "ETRD", "PARM", "SNAR", "KCRM",
    "EAID", "KNNP", "PINS", "NATO", "KDEM", "SOCI", "ENRG", "EPET", "ELAB", "ETTC", "PREF", "KISL", "MNUC", "EAGR",
    "KJUS", "MASS", "AORC", "EINV", "SENV", "CASC", "KPAO", "SMIG", "OVIP", "KWMN", "KPAL", "KIPR",
];

/// The longest name of a country that is asked for by its beginning, in words.
const MOST_WORDS: usize = 4;
/// A word inside a name counts from this many letters on: fewer fit too many names.
const SHORTEST_INNER_WORD: usize = 3;

pub(super) fn complete(place: &Place<'_>) -> Completions {
    let Some(list) = list(place) else { return Completions::default() };
    let open_bracket = list.rfind(['(', '[']) > list.rfind([')', ']']);
    if open_bracket {
        return Completions::default();
    }
    // A name may be of several words: the longest reading of what is typed that fits anything counts.
    typed(place, list)
        .find_map(|typed| {
            let items = matching(place, typed);
            (!items.is_empty()).then_some(Completions { items, incomplete: true })
        })
        .unwrap_or_default()
}

/// The TAGS list on this line up to the cursor, or none where the cursor is in no list.
pub(super) fn list<'a>(place: &Place<'a>) -> Option<&'a str> {
    let keyword = &place.cable.header.tags.as_ref()?.keyword;
    let before = place.before();
    let owned = place.owner().is_some_and(|part| part.kind == PartKind::Tags);
    if keyword.line == place.line {
        let end = keyword.span.start + keyword.value.end;
        let column = before.len().checked_sub(place.offset.checked_sub(end)? as usize)?;
        return before.get(column..).filter(|_| owned);
    }
    if place.directly_above() != Some(PartKind::Tags) || before.contains(':') {
        return None;
    }
    let above = place.cable.line_text(place.line - 1).trim_end();
    // What may be the next keyword is none of the tags, unless a comma says that they go on.
    let is_keyword = begins_keyword(before.trim());
    let goes_on = above.ends_with(',') || (owned && keyword.line < place.line && !is_keyword) || {
        let (earlier, _) = before.rsplit_once([' ', ',']).unwrap_or_default();
        let mut codes = earlier.split([' ', ',']).filter(|code| !code.is_empty()).peekable();
        codes.peek().is_some() && codes.all(|code| place.catalog.is_tag(code))
    };
    goes_on.then_some(before)
}

/// What is typed, read as a name of several words first, then of fewer.
fn typed<'a>(place: &Place<'_>, list: &'a str) -> impl Iterator<Item = &'a str> {
    let entry = list.rfind(',').map_or(list, |comma| &list[comma + 1..]);
    let starts = std::iter::once(0)
        .chain(entry.match_indices(' ').map(|(at, _)| at + 1))
        .filter(|&at| !entry[at..].starts_with(' '));
    let mut starts: Vec<usize> = starts.collect();
    starts.drain(..starts.len().saturating_sub(MOST_WORDS));
    // A code that is there is no beginning of a name.
    let after_codes = starts.iter().rposition(|&at| {
        entry[at..].split_once(' ').is_some_and(|(word, _)| place.catalog.is_tag(word.trim_matches(['[', ']'])))
    });
    starts.drain(..after_codes.map_or(0, |index| index + 1));
    starts.into_iter().map(|at| &entry[at..])
}

/// How well an entry fits what is typed; the text that fits comes with it.
fn fit<'a>(entry: &Entry<'a>, typed: &str) -> Option<(u8, &'a str)> {
    if begins(entry.code, typed) {
        return Some((0, entry.code));
    }
    if begins(entry.title, typed) {
        return Some((1, entry.title));
    }
    let inner = from_word(entry.title, typed).filter(|_| typed.len() >= SHORTEST_INNER_WORD)?;
    Some((2, inner))
}

fn matching(place: &Place<'_>, typed: &str) -> Vec<Completion> {
    let range = place.word_from(place.column_of(typed));
    let already = listed(place);
    let home = home(place);
    // A code that is whole may be the last one of the line.
    let at_end = !place.after().starts_with(char::is_alphanumeric);
    if at_end && !typed.is_empty() && typed == typed.to_uppercase() && place.catalog.is_tag(typed) {
        return Vec::new();
    }
    let mut found: Vec<(_, Entry<'_>, &str)> = place
        .catalog
        .all_tags()
        .filter(|entry| !entry.doubtful && !already.contains(&entry.code))
        .filter_map(|entry| {
            let (class, fits) = fit(&entry, typed)?;
            let common = FREQUENT.iter().position(|code| *code == entry.code).unwrap_or(FREQUENT.len());
            let common = if home == Some(entry.code) { 0 } else { common + 1 };
            Some(((class == 2, common, class, entry.kind), entry, fits))
        })
        .collect();
    found.sort_by_key(|(rank, ..)| *rank);
    let items = found.into_iter().take(MOST).map(|(_, entry, fits)| {
        let (kind, sort) = match entry.kind {
            Kind::GeoTag => {
                (CompletionKind::Country, place.catalog.geo_tag(entry.code).map_or("place", |tag| tag.kind.name()))
            }
            Kind::ProgramTag => (CompletionKind::Tag, "program"),
            Kind::OrganizationTag => (CompletionKind::Organization, "organization"),
            _ => (CompletionKind::Tag, "subject"),
        };
        // What fits is first, for clients that compare beginnings only.
        let other = if fits == entry.code { entry.title } else { entry.code };
        Completion::new(kind, range.clone(), Wording::of(entry.code))
            .detail(entry.title)
            .description(sort)
            .filter(format!("{fits} {other}"))
            .documented(entry.kind, entry.code)
    });
    items.collect()
}

/// The codes of the line, but for the one at the cursor.
fn listed<'a>(place: &Place<'a>) -> Vec<&'a str> {
    let tags = place.cable.header.tags.iter().flat_map(|tags| &tags.tags);
    let codes = tags.map(|field| field.at(field.value.code)).filter(|span| !span.touches(place.offset));
    codes.map(|span| place.cable.slice(span)).collect()
}

/// The tag of the country that the cable comes from.
fn home<'a>(place: &Place<'a>) -> Option<&'a str> {
    let line = place.cable.header.classification.as_ref()?;
    let post = place.catalog.post(place.cable.slice(line.at(line.value.reference_number.post)))?;
    Some(post.geo_tag).filter(|tag| !tag.is_empty())
}
