//! Hover on a TAG (FORMAT.md, "TAGS").

use cable_catalog::{Catalog, Entry, Kind};
use cable_syntax::Span;

use super::Place;
use super::card::{Card, code, plain};

/// The tag at the cursor.
pub(super) fn card(place: &Place<'_>) -> Option<Card> {
    let tags = place.cable.header.tags.as_ref()?;
    let field = place.field(&tags.tags)?;
    let code_span = field.at(field.value.code);
    let written = place.text(code_span);
    // Link markup and the name after it belong to the tag.
    let span = place.touched(code_span).filter(|_| !field.value.linked).unwrap_or(field.span);
    let person = field.value.name.map(|name| {
        let name = place.text(field.at(name)).trim_matches(['(', ')']);
        format!("names {}", code(name))
    });
    let card = known(place.catalog, span, written)
        .or_else(|| malformed(place, span, written))
        .or_else(|| unknown(place, span, written))?;
    Some(card.fact_if(person))
}

/// Every meaning of a code of the tables.
pub(super) fn known(catalog: &Catalog, span: Span, written: &str) -> Option<Card> {
    let mut meanings = catalog.tags(written);
    let first = meanings.next()?;
    let card = Card::of(span, &first).fact_if(iso_code(catalog, &first));
    Some(meanings.fold(card, |card, other| {
        card.fact(format!("also {}: {}", other.kind.name(), plain(other.title))).fact_if(iso_code(catalog, &other))
    }))
}

/// The ISO code of a country, where it is another than the tag.
fn iso_code(catalog: &Catalog, entry: &Entry<'_>) -> Option<String> {
    let country = catalog.geo_tag(entry.code).filter(|_| entry.kind == Kind::GeoTag)?;
    let differs = !country.iso3166.is_empty() && country.iso3166 != country.code;
    differs.then(|| format!("ISO code {}", code(country.iso3166)))
}

fn malformed(place: &Place<'_>, span: Span, written: &str) -> Option<Card> {
    let malformed = place.catalog.malformed_tag(written)?;
    let surely = if malformed.doubtful { "probably stands for" } else { "stands for" };
    let codes: Vec<&str> = malformed.canonical.split(' ').collect();
    let title = format!("{surely} {}", codes.iter().map(|meant| code(meant)).collect::<Vec<_>>().join(" "));
    let meanings = codes.iter().filter_map(|meant| {
        let entry = place.catalog.tags(meant).next()?;
        Some(format!("{}: {}", code(meant), plain(entry.title)))
    });
    Some(Card::new(span, written, &title).facts(meanings))
}

fn unknown(place: &Place<'_>, span: Span, written: &str) -> Option<Card> {
    let shaped = written.len() >= 2 && written.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
    let is_tag = |kind| matches!(kind, Kind::SubjectTag | Kind::ProgramTag | Kind::GeoTag | Kind::OrganizationTag);
    let like: Vec<String> = place
        .catalog
        .nearest(written, 8)
        .into_iter()
        .filter(|entry| is_tag(entry.kind))
        .take(3)
        .map(|entry| format!("{} {}", code(entry.code), plain(entry.title)))
        .collect();
    // A known short form is no mistake of a TAG that is like it.
    if let Some(acronym) = place.catalog.acronym(written).filter(|_| shaped) {
        let title = format!("not among the TAGS; short for {}", plain(acronym.title));
        return Some(Card::new(span, written, &title));
    }
    shaped.then(|| {
        Card::new(span, written, "not in the tables")
            .fact_if((!like.is_empty()).then(|| format!("like {}", like.join(", "))))
    })
}
