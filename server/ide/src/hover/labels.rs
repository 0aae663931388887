//! Hover on the labels of SMART and what comes after them (FORMAT.md, "SMART labels").

use cable_syntax::{DateTimeGroup, Part, Span, canonical_id, declassification_date};

use super::card::Card;
use super::posts::post_and_place;
use super::{Place, dates, posts};

/// A label, or what its value comes to.
pub(super) fn card(place: &Place<'_>, part: &Part) -> Option<Card> {
    let (label, value) = place.text(part.span).split_once(':')?;
    let span = Span::new(part.span.start, part.span.start + label.len() as u32);
    if let Some(span) = place.touched(span) {
        return Some(Card::new(span, label, meaning(label)?));
    }
    let value = value.trim();
    let span = place.touched(Span::new(part.span.end - value.len() as u32, part.span.end))?;
    match label {
        "MRN" => reference_number(place, span, value),
        "Date/DTG" => sent(span, value),
        _ => address(place, span, value),
    }
}

/// What a label says.
pub(super) fn meaning(label: &str) -> Option<&'static str> {
    Some(match label {
        "MRN" => "message reference number: year, post, serial",
        "Date/DTG" => "date, then the date-time group",
        "From" => "originator",
        "Action" => "action addressees",
        "Info" => "information addressees",
        _ => return None,
    })
}

fn reference_number(place: &Place<'_>, span: Span, value: &str) -> Option<Card> {
    let (year, rest) = value.split_once(' ')?;
    let (post, serial) = rest.rsplit_once(' ')?;
    let post = place.catalog.post(post)?;
    let id = canonical_id(year.parse().ok()?, post.compact, serial.parse().ok()?);
    Some(Card::new(span, &id, "canonical id").fact(post_and_place(place.catalog, &post)))
}

/// `Mar 07, 2012 / 070518Z MAR 12`: the moment, and whether the two agree.
fn sent(span: Span, value: &str) -> Option<Card> {
    let (date, group) = value.split_once('/')?;
    let moment = DateTimeGroup::read(group.trim())?.moment?;
    let card = Card::new(span, group.trim(), "date-time group").fact(dates::iso(moment)).fact(format!(
        "{}, {}",
        dates::with_weekday(moment.date()),
        moment.strftime("%H:%M UTC")
    ));
    let (_, date) = declassification_date(date, None)?;
    Some(card.fact_if(
        date.map(|date| format!("the date before it says {date} {}", if date == moment.date() { "✓" } else { "≠" })),
    ))
}

/// An addressee: SMART writes the place first, `WASHDC, SECSTATE ROUTINE`.
fn address(place: &Place<'_>, span: Span, value: &str) -> Option<Card> {
    let precedence = value.rsplit_once(' ').filter(|(_, word)| place.catalog.precedence(word).is_some());
    let name = precedence.map_or(value, |(name, _)| name);
    let turned = name.split_once(", ").map(|(place, office)| format!("{office} {place}"));
    posts::address(place, span, turned.as_deref().unwrap_or(name), None)
}
