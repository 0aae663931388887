//! Completion of addressees: a PLAD with its routing indicator, and the precedence after it (FORMAT.md, "Addressees").

use std::ops::Range;

use cable_catalog::{Kind, RoutingIndicator, StationKind};

use super::place::Place;
use super::wording::{Wording, begins, from_word};
use super::{Completion, CompletionKind, Completions, MOST};

/// A word inside an address counts from this many letters on.
const SHORTEST_INNER_WORD: usize = 2;
/// The codes of the DTG line, `O` and `O P`, are no longer than this; the words after a PLAD are longer.
const LONGEST_LETTERS: usize = 3;

/// What may come on a TO or INFO line, or on a line below one. `typed` is the addressee up to the cursor.
pub(super) fn addressee(place: &Place<'_>, typed: &str) -> Completions {
    if let Some(items) = precedences(place, typed) {
        return items;
    }
    let (indicator, name) = match typed.split_once('/') {
        Some((indicator, name)) => (Some(indicator), name),
        None => (None, typed),
    };
    let items = match indicator {
        Some(indicator) => after_indicator(place, typed, indicator, name),
        None => by_name(place, typed),
    };
    Completions { items, incomplete: true }
}

/// What may come on the FM line, which needs no routing indicator.
pub(super) fn originator(place: &Place<'_>, typed: &str) -> Completions {
    let range = place.word_from(place.column_of(typed));
    let mut names: Vec<(bool, &str, &str, &str)> = Vec::new();
    for post in place.catalog.posts().filter(|post| !post.doubtful && !post.designator.is_empty()) {
        let Some(fits) = fit(post.designator, typed) else { continue };
        if names.iter().all(|(_, name, ..)| *name != post.designator) {
            names.push((!begins(post.designator, typed), post.designator, fits, post.name));
        }
    }
    names.sort_by_key(|(inner, name, ..)| (!inner, *name));
    let items = names.into_iter().map(|(_, name, fits, post)| {
        Completion::new(CompletionKind::Addressee, range.clone(), Wording::of(name))
            .detail(place.catalog.post(post).map_or("", |post| post.status))
            .filter(format!("{fits} {name}"))
            .documented(Kind::Post, post)
    });
    Completions { items: items.take(MOST).collect(), incomplete: true }
}

/// A name fits from its beginning or from one of its words on: `ASTANA` in `AMEMBASSY ASTANA`.
fn fit<'a>(name: &'a str, typed: &str) -> Option<&'a str> {
    if begins(name, typed) {
        return Some(name);
    }
    from_word(name, typed).filter(|_| typed.len() >= SHORTEST_INNER_WORD)
}

/// Addressees by PLAD, by a word of it, or by routing indicator.
fn by_name(place: &Place<'_>, typed: &str) -> Vec<Completion> {
    let range = place.word_from(place.column_of(typed));
    let already = listed(place);
    let mut found: Vec<((u8, bool), RoutingIndicator<'_>, String)> = place
        .catalog
        .routing_indicators()
        .filter(|known| !known.doubtful && !already.contains(&known.indicator))
        .filter_map(|known| {
            let whole = format!("{}/{}", known.indicator, known.name);
            let filter = match fit(known.name, typed) {
                Some(fits) => format!("{fits} {whole}"),
                None if begins(known.indicator, typed) => whole,
                None => return None,
            };
            Some(((rank(&known), !begins(known.name, typed)), known, filter))
        })
        .collect();
    found.sort_by(|(one, first, _), (two, second, _)| (one, first.name).cmp(&(two, second.name)));
    let mut seen = Vec::new();
    found.retain(|(_, known, _)| {
        !seen.contains(&known.indicator) && {
            seen.push(known.indicator);
            seen.len() <= MOST
        }
    });
    found
        .into_iter()
        .map(|(_, known, filter)| {
            let text = format!("{}/{}", known.indicator, known.name);
            item(&known, range.clone(), text, filter)
        })
        .collect()
}

/// The names after a routing indicator that is there.
fn after_indicator(place: &Place<'_>, typed: &str, indicator: &str, name: &str) -> Vec<Completion> {
    let Some(known) = place.catalog.routing_indicator(&indicator.to_ascii_uppercase()) else { return Vec::new() };
    let range = place.word_from(place.column_of(typed));
    let names = std::iter::once(known.name).chain(known.also_seen_as()).filter(|own| fit(own, name).is_some());
    let upper = indicator.to_ascii_uppercase();
    names
        .map(|own| {
            let fits = fit(own, name).unwrap_or(own);
            item(&known, range.clone(), format!("{upper}/{own}"), format!("{upper}/{fits}"))
        })
        .collect()
}

fn item(known: &RoutingIndicator<'_>, range: Range<usize>, text: String, filter: String) -> Completion {
    let name = text.split_once('/').map_or(known.name, |(_, name)| name).to_owned();
    Completion::new(CompletionKind::Addressee, range, text.into())
        .label(name)
        .detail(known.indicator)
        .description(known.kind.name())
        .filter(filter)
        .documented(Kind::RoutingIndicator, known.indicator)
}

/// Whom cables are sent to, the likeliest first.
fn rank(known: &RoutingIndicator<'_>) -> u8 {
    match known.kind {
        StationKind::Department => 0,
        StationKind::Added | StationKind::Post => 1,
        StationKind::Collective => 2,
        StationKind::Agency => 3,
        StationKind::MilitaryCommand => 4,
        _ => 5,
    }
}

/// The routing indicators of the other addressees.
fn listed<'a>(place: &Place<'a>) -> Vec<&'a str> {
    let envelope = &place.cable.envelope;
    let others = envelope.to.iter().chain(&envelope.info).filter(|field| field.line != place.line);
    others.filter_map(|field| Some(place.cable.slice(field.at(field.value.indicator?)))).collect()
}

/// The words of precedence after a whole addressee.
fn precedences(place: &Place<'_>, typed: &str) -> Option<Completions> {
    // Of several spaces before which the addressee may end, the first one that ends a known name counts.
    let (name, word) = typed
        .match_indices(' ')
        .map(|(at, _)| (&typed[..at], typed[at..].trim_start()))
        .find(|(name, _)| is_addressee(place, name))?;
    let range = place.word_from(place.column_of(word));
    let words = place.catalog.entries(Kind::Precedence).filter(|entry| !entry.doubtful);
    let words = words.filter(|entry| entry.code.len() > LONGEST_LETTERS && begins(entry.code, word));
    let items: Completions = words
        .map(|entry| {
            Completion::new(CompletionKind::Precedence, range.clone(), Wording::of(entry.code))
                .detail(entry.title)
                .documented(Kind::Precedence, entry.code)
        })
        .collect();
    // A whole name may be the beginning of a longer one, which goes on with another word.
    (!items.items.is_empty() && !name.is_empty()).then_some(items)
}

/// Whether a text is a whole addressee: a known name, or any name after a routing indicator that is not known.
fn is_addressee(place: &Place<'_>, text: &str) -> bool {
    let known = |name: &str| {
        let post = place.catalog.posts().any(|post| post.designators().any(|own| own.eq_ignore_ascii_case(name)));
        post || place.catalog.routing_indicators().any(|known| known.name.eq_ignore_ascii_case(name))
    };
    match text.split_once('/') {
        None => known(text),
        Some((indicator, name)) => {
            let own = place.catalog.routing_indicator(indicator);
            let listed = own.is_some_and(|own| {
                std::iter::once(own.name).chain(own.also_seen_as()).any(|own| own.eq_ignore_ascii_case(name))
            });
            listed || known(name)
        }
    }
}
