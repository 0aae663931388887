//! Identity: the canonical id of a cable, and of the cables that its REF list names (FORMAT.md, "Classification line",
//! "REF").

use cable_catalog::Catalog;

use crate::cable::Cable;
use crate::canonical_id::{CableNumber, canonical_id};
use crate::fields::reference::Reference;

/// The number of a cable as its own text gives it.
pub(super) fn own_number(cable: &Cable, catalog: &Catalog) -> Option<CableNumber> {
    let (number, start) = cable.number()?;
    let post = cable.slice(number.post.shifted(start));
    let year = cable.year();
    let known = catalog.post(post).filter(|_| !year.is_some_and(|year| is_without_town(catalog, post, year)));
    let compact = known.map_or_else(|| post.replace(' ', "").to_uppercase(), |post| post.compact.to_owned());
    Some(CableNumber { post: compact, year, serial: number.number })
}

/// The id of each entry of the REF list. An entry without a year has the year of the cable.
pub(super) fn reference_ids(cable: &Cable, year: Option<i16>, catalog: &Catalog) -> Vec<Option<String>> {
    let entries = cable.header.references.iter().flat_map(|references| &references.entries);
    entries.map(|entry| reference_id(cable, &entry.value, year, catalog)).collect()
}

fn reference_id(cable: &Cable, entry: &Reference, year: Option<i16>, catalog: &Catalog) -> Option<String> {
    let year = entry.year.or(year)?;
    let (compact, serial) = entry.compact_post.as_deref().zip(entry.serial)?;
    // As it is written: the entry names the post in full.
    let short = entry.post.as_deref().and_then(|post| post.split_once(' ')).map(|(short, _)| short);
    let short = short.filter(|short| {
        let text = cable.reading_of(entry.span).to_uppercase();
        let mut words = text.split([' ', ',', '\n', '\r']).skip_while(|word| word != short).skip(1);
        words.next().is_some_and(|word| word.starts_with(|next: char| next.is_ascii_digit()))
    });
    let early = short.filter(|short| is_without_town(catalog, short, year));
    Some(canonical_id(year, early.unwrap_or(compact), serial))
}

/// Whether ids of a year write a mission without its town: USUN for USUN NEW YORK.
fn is_without_town(catalog: &Catalog, written: &str, year: i16) -> bool {
    const LAST_YEAR: i16 = 1994;
    let is_mission = |designator: &str| {
        let name = designator.strip_prefix("USMISSION ").and_then(|name| name.strip_prefix(written));
        name.is_some_and(|town| town.starts_with(' '))
    };
    year <= LAST_YEAR
        && !written.contains(' ')
        && catalog.post(written).is_some_and(|post| post.designators().any(is_mission))
}
