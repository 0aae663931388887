//! Routing indicators that are damaged, or run into the address after them (ADR002).

use cable_catalog::Catalog;
use cable_syntax::{Addressee, Cable, Field, Span, may_be_near};

use super::DESIGNATORS;

/// Words that only an address begins with, other than those for the kind of a post.
const ADDRESSES: [&str; 6] = ["SECSTATE", "SECDEF", "USDAO", "USEU", "USUN", "USNATO"];

/// The networks of nearly all indicators of State cables.
const NETWORKS: [&str; 2] = ["RU", "RH"];

/// The indicator of a station that an unknown one is one mistake from.
fn meant<'a>(indicator: &str, name: &str, catalog: &'a Catalog) -> Option<&'a str> {
    let stations = catalog.routing_indicators_of(name).filter(|station| !station.doubtful);
    let mut own = stations.map(|station| station.indicator);
    own.find(|own| may_be_near(own, indicator, 1) && strsim::osa_distance(own, indicator) == 1)
}

/// What is wrong with the indicator of an addressee, and where.
pub(super) fn damaged(cable: &Cable, field: &Field<Addressee>, catalog: &Catalog) -> Option<(Span, String)> {
    let plad = field.at(field.value.plad);
    let text = cable.slice(plad);
    if let Some(span) = field.value.indicator.map(|span| field.at(span)) {
        let written = cable.slice(span);
        if catalog.routing_indicator(written).is_some() {
            return None;
        }
        if !is_indicator(written) {
            return misread(written, catalog).map(|message| (span, message));
        }
        let meant = meant(written, text, catalog)?;
        return Some((span, format!("unknown routing indicator \"{written}\": {text} has {meant}")));
    }
    let end = text.find(|sign: char| !sign.is_ascii_alphanumeric()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let span = Span::new(plad.start, plad.start + word.len() as u32);
    if let Some(at) = glued_address(word) {
        return Some((span, format!("no slash between {} and {}", &word[..at], &word[at..])));
    }
    if !(4..=8).contains(&word.len()) {
        return None;
    }
    let after = rest.get(1..).unwrap_or_default();
    if rest.starts_with([' ', '-', '.', ',']) {
        let is_known = is_routed(word) && catalog.routing_indicator(word).is_some();
        let is_one = is_known || (is_routed(word) && begins_address(after));
        return is_one.then(|| (span, format!("no slash after the routing indicator {word}")));
    }
    if !rest.starts_with('/') || !after.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    misread(word, catalog).map(|message| (span, message))
}

/// Nothing but letters, the first of them `R`.
fn is_indicator(word: &str) -> bool {
    word.starts_with('R') && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// What an indicator was read for: a figure for a letter, or a first letter that is misread or lost.
fn misread(word: &str, catalog: &Catalog) -> Option<String> {
    let letters: String = word.chars().map(letter_meant).collect();
    let tail = letters.get(1..).unwrap_or_default();
    let meant = [letters.clone(), format!("R{tail}"), format!("R{letters}")]
        .into_iter()
        .find(|meant| is_routed(meant) && catalog.routing_indicator(meant).is_some_and(|known| !known.doubtful));
    if let Some(meant) = meant {
        return Some(format!("\"{word}\" is not a routing indicator: did you mean {meant}?"));
    }
    // No indicator has a figure, whatever it was read for.
    let lettered: String = word.chars().map(|sign| if sign.is_ascii_digit() { 'X' } else { sign }).collect();
    let figures = word.bytes().filter(u8::is_ascii_digit).count();
    (figures == 1 && is_routed(&lettered)).then(|| format!("\"{word}\" is not a routing indicator"))
}

/// Letters of one of the usual networks.
fn is_routed(word: &str) -> bool {
    (5..=8).contains(&word.len())
        && NETWORKS.iter().any(|network| word.starts_with(network))
        && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether a text begins with the first word of an address.
fn begins_address(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or_default();
    DESIGNATORS.contains(&first) || ADDRESSES.contains(&first)
}

/// Where an address begins inside a word that begins with an indicator: `RUEHULAMEMBASSY`.
fn glued_address(word: &str) -> Option<usize> {
    let words = DESIGNATORS.iter().chain(&ADDRESSES).filter(|known| known.len() > 4);
    let mut starts = words.filter_map(|known| word.strip_suffix(known)).map(str::len);
    starts.find(|&at| is_routed(&word[..at]))
}

/// The letter that a figure may have been read for.
const fn letter_meant(sign: char) -> char {
    match sign {
        '0' => 'O',
        '1' => 'I',
        '3' => 'E',
        '5' => 'S',
        '8' => 'B',
        other => other,
    }
}
