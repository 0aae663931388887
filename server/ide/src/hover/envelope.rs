//! Hover in the envelope: format lines 1 to 11 (FORMAT.md, "Envelope", "Cross-line rules").

use cable_catalog::{Catalog, Entry};
use cable_syntax::{Addressee, Classification, Era, Field, Part, PartKind, Precedence, Span, day_of};

use super::card::{Card, code, plain};
use super::posts::{address, post_of_address, post_place};
use super::{Place, dates, distribution, labels};

/// What the notice of an extract means.
pub(super) fn notice(part: &Part) -> Card {
    Card::new(part.span, "partial extract", "the full cable was not published")
        .fact("no envelope, no page lines, perhaps no REF")
        .fact("without a DTG the year, and so the canonical id, is not known")
}

pub(super) fn card(place: &Place<'_>, part: &Part) -> Option<Card> {
    let envelope = &place.cable.envelope;
    match part.kind {
        PartKind::TransmissionId => transmission_id(place),
        PartKind::Routing => routing(place),
        PartKind::De => de(place, part),
        PartKind::OperatingSignal => operating_signal(place, part),
        PartKind::DateTimeGroup => date_time_group(place, part),
        // Addresses of SMART come after a label, with the place first.
        PartKind::From | PartKind::To | PartKind::Info if place.cable.era == Era::Smart2010 => {
            labels::card(place, part)
        }
        PartKind::From => addressee(place, part, envelope.from.as_slice()),
        PartKind::To => addressee(place, part, &envelope.to),
        PartKind::Info => addressee(place, part, &envelope.info),
        PartKind::Exempt => signal_word(place, part).or_else(|| exempt_post(place, part)),
        PartKind::BreakText => signal_word(place, part),
        // Where other text is glued to the label's, the date-time group itself says when.
        PartKind::SmartLabel => labels::card(place, part).or_else(|| date_time_group(place, part)),
        PartKind::Distribution => distribution::card(place, part),
        _ => None,
    }
}

fn transmission_id(place: &Place<'_>) -> Option<Card> {
    let field = place.cable.envelope.transmission_id.as_ref()?;
    let (channel, serial) = (field.value.channel, field.value.serial);
    if let Some(span) = place.at(field, serial) {
        return Some(
            Card::new(span, place.text(span), "channel serial number").fact("counts the transmissions of the channel"),
        );
    }
    if let Some(span) = place.at(field, channel) {
        let known = place.catalog.operating_signal(place.text(span));
        return Some(known.map_or_else(
            || Card::new(span, place.text(span), "channel designator"),
            |signal| signal_card(span, &signal),
        ));
    }
    let start = place.touched(Span::new(field.span.start, field.at(channel).start))?;
    place.catalog.operating_signal("VZCZC").map(|signal| signal_card(start, &signal))
}

fn routing(place: &Place<'_>) -> Option<Card> {
    let field = place.cable.envelope.routing.as_ref()?;
    if let Some(span) = place.at(field, field.value.digraph) {
        let meaning = field.value.precedence?;
        let letter = group_precedence(place).filter(|letter| *letter != meaning);
        let card = Card::new(span, place.text(span), meaning.word());
        return Some(
            card.fact("precedence: the highest of any addressee, doubled").fact_if(
                letter.map(|letter| {
                    format!("the DTG line says {} ({})", code(&letter.letter().to_string()), letter.word())
                }),
            ),
        );
    }
    let span = field.value.indicators.iter().find_map(|&indicator| place.at(field, indicator))?;
    routing_indicator(place, span)
}

fn group_precedence(place: &Place<'_>) -> Option<Precedence> {
    Some(place.cable.envelope.date_time_group.as_ref()?.value.as_ref()?.precedence?.0)
}

/// The station after a routing indicator; of an unknown one what its beginning tells.
fn routing_indicator(place: &Place<'_>, span: Span) -> Option<Card> {
    let text = place.text(span);
    if let Some(card) = known_indicator(place.catalog, span, text) {
        return Some(card);
    }
    let prefix = place.catalog.routing_prefix(text)?;
    Some(
        Card::new(span, text, "routing indicator that is not in the table")
            .fact(format!("{}: {}", code(prefix.code), plain(prefix.title)))
            .fact(plain(prefix.note))
            .source(prefix.source, prefix.doubtful),
    )
}

/// The station after a routing indicator of the table.
pub(super) fn known_indicator(catalog: &Catalog, span: Span, text: &str) -> Option<Card> {
    let indicator = catalog.routing_indicator(text)?;
    let post = post_of_address(catalog, indicator.name);
    Some(
        Card::new(span, text, &plain(indicator.name))
            .fact_if(post.map(|post| post_place(catalog, &post)))
            .facts(catalog.station(&indicator).iter().map(|fact| plain(fact)))
            .fact(plain(indicator.note))
            .source(indicator.source, indicator.doubtful),
    )
}

fn de(place: &Place<'_>, part: &Part) -> Option<Card> {
    let field = place.cable.envelope.de.as_ref().filter(|field| field.line == part.line)?;
    let de = field.value;
    if let Some(span) = place.at(field, de.indicator) {
        return routing_indicator(place, span);
    }
    if let Some(span) = place.at(field, de.serial) {
        return Some(station_serial(place, span));
    }
    if let Some(span) = de.section.and_then(|section| place.at(field, section)) {
        return Some(
            Card::new(span, place.text(span), "section of the cable")
                .fact("merged copies keep the envelope of section 01"),
        );
    }
    if let Some(span) = place.at(field, Span::new(de.day.start, de.time.end)) {
        return filing_time(place, span, field.at(de.day), field.at(de.time));
    }
    signal_word(place, part)
}

/// The last four digits of the MRN's serial (FORMAT.md, "Serials").
pub(super) fn station_serial(place: &Place<'_>, span: Span) -> Card {
    let written = place.text(span);
    let card = Card::new(span, written, "station serial number");
    let header = place.cable.header.classification.as_ref();
    let Some((line, serial)) = header.zip(written.parse::<u32>().ok()) else { return card };
    let own = place.text(line.at(line.value.reference_number.serial));
    let sign = if line.value.reference_number.number % 10_000 == serial { "✓" } else { "≠" };
    card.fact(format!("the last four digits of the MRN's serial {} {sign}", code(own)))
}

fn filing_time(place: &Place<'_>, span: Span, day: Span, time: Span) -> Option<Card> {
    let written = place.text(span);
    let number: i32 = place.text(day).parse().ok()?;
    let time = place.text(time);
    let card = Card::new(span, written, "filing time").fact(format!("day {number} of the year, {time} UTC"));
    let Some(group) = place.moment() else {
        // Any year without a 29 February will do to name the day.
        let date = day_of(2001, number)?;
        return Some(card.fact(date.strftime("%-d %B; a day earlier in leap years, from March on").to_string()));
    };
    let filed = place.cable.filed()?;
    Some(
        card.fact(format!("{}, {}", dates::with_weekday(filed.date()), filed.strftime("%H:%M UTC")))
            .fact(dates::from_group(filed, group)),
    )
}

fn operating_signal(place: &Place<'_>, part: &Part) -> Option<Card> {
    let signal = place.cable.envelope.operating_signal.as_ref().filter(|field| field.line == part.line);
    if let Some((field, value)) = signal.and_then(|field| Some((field, field.value?)))
        && let Some(span) = place.at(field, value.letters)
    {
        return security_letters(place, span);
    }
    signal_word(place, part)
}

/// `CCCCC` promises CONFIDENTIAL (FORMAT.md, "Op-signal and level").
fn security_letters(place: &Place<'_>, span: Span) -> Option<Card> {
    let text = place.text(span);
    let letter = text.chars().next()?;
    let (word, level) = match letter {
        'U' => ("UNCLASSIFIED", Classification::Unclassified),
        'E' => ("UNCLASSIFIED, encrypted for transmission only", Classification::Unclassified),
        'C' => ("CONFIDENTIAL", Classification::Confidential),
        'S' => ("SECRET", Classification::Secret),
        'T' => ("TOP SECRET", Classification::TopSecret),
        _ => return None,
    };
    let agrees = place.cable.classification().map(|overall| {
        let restricted = overall == Classification::LimitedOfficialUse && letter == 'U';
        format!(
            "the classification line says {} {}",
            overall.word(),
            if overall == level || restricted { "✓" } else { "≠" }
        )
    });
    Some(Card::new(span, text, word).fact("security letter of the cable, five times").fact_if(agrees).fact(
        if text.len() == 5 && text.chars().all(|other| other == letter) {
            ""
        } else {
            "not five times the same letter"
        },
    ))
}

fn date_time_group(place: &Place<'_>, part: &Part) -> Option<Card> {
    let field = place.cable.envelope.date_time_group.as_ref().filter(|field| field.line == part.line)?;
    let group = field.value.as_ref()?;
    let letters =
        [(group.precedence, "action precedence"), (group.info_precedence, "precedence for the INFO addressees")];
    // In `O161055Z` the group begins where the letter ends.
    let begins = place.at(field, group.group).is_some_and(|span| span.start == place.offset);
    for (letter, role) in letters.into_iter().filter(|_| !begins) {
        let Some((precedence, span)) = letter else { continue };
        if let Some(span) = place.at(field, span) {
            let role = if group.info_precedence.is_none() { "precedence of the cable" } else { role };
            return Some(Card::new(span, place.text(span), precedence.word()).fact(role));
        }
    }
    if let Some(span) = place.at(field, group.group) {
        let card = Card::new(span, place.text(span), "date-time group");
        let Some(moment) = group.moment else { return Some(card.fact("no real day or time")) };
        return Some(
            card.fact(dates::iso(moment))
                .fact(format!("{}, {}", dates::with_weekday(moment.date()), moment.strftime("%H:%M UTC")))
                .fact(format!("day {} of the year", moment.date().day_of_year())),
        );
    }
    signal_word(place, part)
}

fn addressee(place: &Place<'_>, part: &Part, fields: &[Field<Addressee>]) -> Option<Card> {
    let Some(field) = place.field(fields).filter(|field| field.line == part.line) else {
        return signal_word(place, part);
    };
    let value = &field.value;
    let label = Span::new(field.span.start, field.at(value.plad).start);
    if let Some(label) = place.text(label).trim_end().strip_suffix(':')
        && let Some(span) = place.touched(Span::new(field.span.start, field.span.start + label.len() as u32))
    {
        return labels::meaning(label).map(|meaning| Card::new(span, label, meaning));
    }
    if let Some(span) = value.indicator.and_then(|span| place.at(field, span)) {
        return routing_indicator(place, span);
    }
    if let Some(span) = place.at(field, value.plad) {
        return address(place, span, place.text(span), value.indicator.map(|indicator| field.at(indicator)));
    }
    if let Some((_, span)) = value.precedence.filter(|(_, span)| place.at(field, *span).is_some()) {
        let span = field.at(span);
        return place.catalog.precedence(place.text(span)).map(|entry| Card::of(span, &entry));
    }
    if let Some(span) = value.serial.and_then(|span| place.at(field, span)) {
        return Some(continuity_number(place, span));
    }
    signal_word(place, part)
}

fn continuity_number(place: &Place<'_>, span: Span) -> Card {
    let text = place.text(span);
    let numbers = match text.split_once('-') {
        Some((first, last)) => format!("numbers {} to {}", first.trim_start_matches('0'), last.trim_start_matches('0')),
        None => format!("number {}", text.trim_start_matches('0')),
    };
    Card::new(span, text, "message continuity number")
        .fact(format!("{numbers} in the series from this post to this addressee"))
}

/// A signal; that it is one goes without saying in the envelope.
fn signal_card(span: Span, signal: &Entry<'_>) -> Card {
    Card::new(span, signal.code, &plain(signal.title)).fact(plain(signal.note)).source(signal.source, signal.doubtful)
}

/// A word of the envelope that the table of signals has.
pub(super) fn signal_word(place: &Place<'_>, part: &Part) -> Option<Card> {
    let span = place.word(part)?;
    let text = place.text(span);
    let (word, length) = match text.split_once('/') {
        Some((before, _)) if place.offset <= span.start + before.len() as u32 => (before, before.len() as u32),
        _ => (text, span.len()),
    };
    let signal = place.catalog.operating_signal(word)?;
    Some(signal_card(Span::new(span.start, span.start + length), &signal))
}

/// The post of an `XMT AMEMBASSY ...` line, or of a line below it.
fn exempt_post(place: &Place<'_>, part: &Part) -> Option<Card> {
    let text = place.text(part.span);
    let name =
        ["XMT/", "XMT ", "ZEN/"].into_iter().find_map(|keyword| text.strip_prefix(keyword)).unwrap_or(text).trim();
    let start = part.span.start + (name.as_ptr() as usize - text.as_ptr() as usize) as u32;
    address(place, place.touched(Span::new(start, start + name.len() as u32))?, name, None)
}
