//! Posts: what the name of one says of it, and which one an address means (FORMAT.md, "Addressees").

use cable_catalog::{Catalog, Post, RoutingIndicator, StationKind};
use cable_syntax::Span;

use super::Place;
use super::card::{Card, code, plain};

/// A PLAD: the post after it, or the station that its routing indicator stands for.
pub(super) fn address(place: &Place<'_>, span: Span, text: &str, indicator: Option<Span>) -> Option<Card> {
    if let Some(known) = post_of_address(place.catalog, text) {
        return Some(post(place.catalog, span, text, &known));
    }
    let named = |station: &RoutingIndicator<'_>| station.is_named(text);
    let own = indicator.and_then(|indicator| place.catalog.routing_indicator(place.text(indicator)));
    // Older cables have no indicator before the address; the address alone may be a station's.
    let listed = || place.catalog.routing_indicators().find(|station| station.name == text && !station.doubtful);
    let station = if indicator.is_some() { own.filter(named) } else { listed() }?;
    Some(
        Card::new(span, text, &plain(if station.kind == StationKind::Other { "station" } else { station.kind.name() }))
            .fact(if indicator.is_none() {
                format!("routing indicator {}", code(station.indicator))
            } else {
                String::new()
            })
            .fact(plain(station.note))
            .source(station.source, station.doubtful),
    )
}

/// A post under one of its addresses.
pub(super) fn post(catalog: &Catalog, span: Span, address: &str, post: &Post<'_>) -> Card {
    Card::new(span, address, &plain(post.status))
        .fact(post_place(catalog, post))
        .fact(format!("on classification lines {}", code(post.name)))
        .source(post.source, post.doubtful)
}

/// `AMEMBASSY ASTANA, Astana, Kazakhstan`: the post and where it is.
pub(super) fn post_and_place(catalog: &Catalog, post: &Post<'_>) -> String {
    joined([plain(post.designator), post_place(catalog, post)])
}

/// City and country of a post; empty for a delegation on its way.
pub(super) fn post_place(catalog: &Catalog, post: &Post<'_>) -> String {
    let country = catalog.geo_tag(post.geo_tag);
    joined([
        plain(post.city),
        country.map(|country| format!("{} ({})", plain(country.name), code(country.code))).unwrap_or_default(),
    ])
}

fn joined(parts: [String; 2]) -> String {
    let [first, second] = parts;
    if first.is_empty() || second.is_empty() { first + &second } else { format!("{first}, {second}") }
}

/// The post of a plain language address.
pub(crate) fn post_of_address<'a>(catalog: &'a Catalog, address: &str) -> Option<Post<'a>> {
    const DESIGNATORS: [&str; 8] =
        ["AMEMBASSY", "AMCONSUL", "AMCONGEN", "USMISSION", "USOFFICE", "USINT", "USLO", "AIT"];
    let address = address.split("//").next()?.trim();
    let same = |post: &Post<'_>| post.designators().any(|designator| designator.eq_ignore_ascii_case(address));
    catalog.posts().find(same).or_else(|| {
        let (designator, name) = address.split_once(' ')?;
        catalog.post(name).filter(|_| DESIGNATORS.contains(&designator))
    })
}
