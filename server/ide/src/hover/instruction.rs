//! Hover on the E.O. line and on the reasons of Classified By
//! (FORMAT.md, "E.O. line", "Classified By", "Orders and dates").

use cable_catalog::ExecutiveOrder;
use cable_catalog::calendar::REASONS_RENUMBERED;
use cable_syntax::{Span, declassification_date};
use jiff::civil::{Date, DateTime};

use super::card::{Card, code, plain};
use super::{Place, dates};
use crate::declassification::marks;

/// The E.O. line at the cursor: the order, or its instruction.
pub(super) fn executive_order(place: &Place<'_>) -> Option<Card> {
    let field = place.cable.header.executive_order.as_ref().filter(|field| field.span.touches(place.offset))?;
    let order = field.value.order;
    let upto_order = Span::new(field.value.keyword.start, order.unwrap_or(field.value.keyword).end);
    if let Some(span) = place.at(field, upto_order) {
        let number = place.text(field.at(order?));
        return Some(place.catalog.executive_order(number).map_or_else(
            || Card::new(span, number, "not an order on classification that the tables know"),
            |order| order_card(place, span, &order),
        ));
    }
    let instruction = place.at(field, field.value.instruction)?;
    let text = place.text(instruction);
    if let Some((inner, date)) = declassification_date(text, place.cable.year()) {
        let span = inner.shifted(instruction.start);
        if span.touches(place.offset) {
            return Some(day(place, span, date));
        }
    }
    mark(place, instruction)
}

/// `2017-03-06`, and how long after the DTG that is.
fn day(place: &Place<'_>, span: Span, date: Option<Date>) -> Card {
    let card = Card::new(span, place.text(span), "day of declassification");
    let Some(date) = date else { return card.fact("no real day; month, day and year are expected") };
    let short_year = place.text(span).rsplit(['/', '-', ' ']).next().is_some_and(|year| year.len() == 2);
    card.fact(format!("{date}, {}", dates::with_weekday(date)))
        .fact_if(place.moment().map(|group| dates::years_after(date, group.date())))
        .fact(if short_year { "year of two digits: the first such year after the DTG" } else { "" })
}

/// `DECL:`, `X1`, `OADR`, `N/A`, `GDS`: a mark of the order that the line names.
fn mark(place: &Place<'_>, instruction: Span) -> Option<Card> {
    let mut marks = marks(place.cable, place.catalog, instruction);
    let (word, entry) = marks.find(|(word, _)| place.touched(*word).is_some())?;
    let card = Card::of(word, &entry);
    let group = place.moment().map(DateTime::date);
    let exempt = matches!(entry.code.as_bytes(), [b'X', b'1'..=b'8']);
    Some(card.fact(if exempt && group.is_some_and(|day| day >= REASONS_RENUMBERED) {
        "no longer allowed when this cable was sent"
    } else {
        ""
    }))
}

fn order_card(place: &Place<'_>, span: Span, order: &ExecutiveOrder<'_>) -> Card {
    let from = dates::in_words(order.in_force_from);
    let force = match order.in_force_to {
        Some(to) => format!("in force {from} to {}", dates::in_words(to)),
        None => format!("in force since {from}"),
    };
    Card::new(span, &format!("E.O. {}", order.number), &plain(order.title))
        .fact(force)
        .fact_if(place.moment().and_then(|group| outside(order, group.date())))
        .fact(plain(order.note))
        .source(order.source, order.doubtful)
}

/// Whether a cable of this day is outside the order's years.
fn outside(order: &ExecutiveOrder<'_>, day: Date) -> Option<String> {
    let when = if day < order.in_force_from { "before the order" } else { "after it" };
    (!order.is_in_force_on(day)).then(|| format!("the cable of {} is {when}", dates::in_words(day)))
}

/// The order that the cable names.
fn order_number<'a>(place: &Place<'a>) -> Option<&'a str> {
    let field = place.cable.header.executive_order.as_ref()?;
    Some(place.text(field.at(field.value.order?)))
}

/// `1.5` or one of its letters in the Classified By line.
pub(super) fn reason(place: &Place<'_>) -> Option<Card> {
    let field = place.cable.header.classified_by.as_ref().filter(|field| field.span.touches(place.offset))?;
    let section = field.value.section?;
    let number = place.text(field.at(section)).replace(',', ".").replace(' ', "");
    if let Some(span) = field.value.reasons.iter().find_map(|&reason| place.at(field, reason)) {
        let letter = place.text(span).to_ascii_lowercase();
        return Some(reason_letter(place, span, &number, &letter));
    }
    let span = place.at(field, section)?;
    let (title, force) = match number.as_str() {
        "1.5" => ("reasons for classification, (a) to (g)", "E.O. 12958 until 21 September 2003; then 1.4"),
        "1.4" => {
            ("reasons for classification, (a) to (h)", "E.O. 12958 as amended, from 25 March 2003, and E.O. 13526")
        }
        _ => return None,
    };
    let late = number == "1.5" && place.moment().is_some_and(|group| group.date() >= REASONS_RENUMBERED);
    Some(
        Card::new(span, &number, title)
            .fact(force)
            .fact(if late { "the section was 1.4 when this cable was sent" } else { "" })
            .source("ISOO (2003)", false),
    )
}

/// `Classified By`, or who is after it.
pub(super) fn classifier(place: &Place<'_>) -> Option<Card> {
    let field = place.cable.header.classified_by.as_ref().filter(|field| field.span.touches(place.offset))?;
    if let Some(span) = field.value.who.and_then(|who| place.at(field, who)) {
        return Some(Card::new(span, place.text(span), "who classified the cable"));
    }
    let span = place.at(field, field.value.keyword)?;
    let level = place.cable.classification().map(|level| format!("the cable is {}", level.word()));
    Some(
        Card::new(span, place.text(span), "who classified the cable, and why")
            .fact("required in CONFIDENTIAL and SECRET cables")
            .fact_if(level),
    )
}

fn reason_letter(place: &Place<'_>, span: Span, section: &str, letter: &str) -> Card {
    let written = format!("{section}({letter})");
    let under = |order: &str| place.catalog.reason(order, &written);
    let entry = order_number(place).and_then(under).or_else(|| under("12958")).or_else(|| under("13526"));
    let Some(entry) = entry else {
        return Card::new(span, &written, "no such reason");
    };
    let late = section == "1.5" && place.moment().is_some_and(|group| group.date() >= REASONS_RENUMBERED);
    let renumbered = late.then(|| format!("{} when this cable was sent", code(&format!("1.4({letter})"))));
    Card::of(span, &entry).fact_if(renumbered)
}
