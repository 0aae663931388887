//! Completion of a reference by what an archive holds: a cable by the beginning of its id, or by words of its subject.

use std::ops::Range;
use std::sync::LazyLock;

use cable_syntax::{Document, PartKind, four_digit_year, pattern};
use regex::Regex;

use super::place::Place;
use super::{Completion, CompletionKind, Completions, MOST, finish};
use crate::archive::KnownCable;

/// A line of the list up to an entry that is being typed: by year, post and serial, or by words.
static ENTRY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:[ \t]*|(?i:REF(?:TEL)?S?|REF\(S\)): *|.*\d[),;]+ +)(?:\(?[A-Z][.)] *)?|.*[ \t]\(?[A-Z][.)] *)(?<typed>\d{2} ?[A-Za-z][A-Za-z. ]{0,20}\d{0,6}|[A-Za-z][A-Za-z' -]{2,40})$",
    )
});

/// The year, and what is typed of post and serial.
static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?<year>\d{2}) ?(?<post>[A-Za-z][A-Za-z. ]*?) ?(?<serial>\d*)$"));

/// An entry of the REF list that is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedReference {
    /// What a completion takes the place of: bytes of the document.
    pub range: Range<usize>,
    /// What an archive is searched for: `06ASTANA12`, or words of a subject.
    pub search: String,
}

/// The entry of the REF list that is typed at a byte offset of the document, as far as it says which cable is meant.
pub fn typed_reference(document: &Document, offset: usize) -> Option<TypedReference> {
    let place = Place::at(document, offset)?;
    let on_list = place.owner().is_some_and(|part| part.kind == PartKind::Reference);
    let below_list = place.directly_above() == Some(PartKind::Reference);
    if !(on_list || below_list) || !place.at_line_end() || place.before().len() > 200 {
        return None;
    }
    let typed = ENTRY.captures(place.before())?.name("typed")?.as_str();
    let search = NUMBER.captures(typed).map_or_else(
        || typed.to_owned(),
        |number| {
            let post = number["post"].replace([' ', '.'], "").to_uppercase();
            // As an id writes it.
            format!("{}{post}{}", &number["year"], &number["serial"])
        },
    );
    Some(TypedReference { range: place.upto(place.column_of(typed), 0), search })
}

/// The cables that an archive found for it, as entries of the list.
pub fn cited_cables(document: &Document, offset: usize, typed: &TypedReference, found: &[KnownCable]) -> Completions {
    let own = document.cables().get(document.cable_at(offset)).and_then(|placed| placed.cable.canonical_id());
    let others = found.iter().filter(|cable| own != Some(cable.id.as_str()));
    let items: Completions = others.filter_map(|cable| item(document, typed, cable)).take(MOST).collect();
    // Another letter finds others.
    finish(Completions { incomplete: true, ..items }, document, offset)
}

fn item(document: &Document, typed: &TypedReference, cable: &KnownCable) -> Option<Completion> {
    let (post, year, serial) = (cable.post.as_deref()?, cable.year?, cable.serial?);
    let name = document.catalog().post(post).map_or(post, |post| post.name);
    let short = year.rem_euclid(100);
    // A reference writes two digits; those of another century would be read as of this one.
    let written = (four_digit_year(short) == year).then(|| format!("{short:02} {name} {serial}"))?;
    let found = Completion::new(CompletionKind::Reference, typed.range.clone(), written.into());
    Some(found.detail(cable.subject.clone().unwrap_or_default()).description(cable.day.clone().unwrap_or_default()))
}
