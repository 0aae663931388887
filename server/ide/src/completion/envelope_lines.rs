//! Completion of whole lines of the envelope, each where it is due; what other lines tell of it is filled in
//! (FORMAT.md, "Envelope").

use cable_syntax::{Classification, PartKind, Precedence};
use jiff::civil::Date;

use super::place::Place;
use super::wording::{Wording, begins};
use super::{Completion, CompletionKind, Completions};
use crate::derived;

/// The lines in their order.
const ORDER: [PartKind; 9] = [
    PartKind::TransmissionId,
    PartKind::Routing,
    PartKind::De,
    PartKind::OperatingSignal,
    PartKind::DateTimeGroup,
    PartKind::From,
    PartKind::To,
    PartKind::Info,
    PartKind::BreakText,
];
/// The Department, to whom posts report.
const DEPARTMENT: &str = "SECSTATE WASHDC";

/// A line: its text, what it is, and how it was worked out.
struct Line {
    wording: Wording,
    meaning: &'static str,
    sum: Option<String>,
}

impl Line {
    fn new(wording: impl Into<Wording>, meaning: &'static str) -> Self {
        Self { wording: wording.into(), meaning, sum: None }
    }

    fn sum(mut self, sum: impl Into<String>) -> Self {
        self.sum = Some(sum.into());
        self
    }
}

/// The lines that may be here and begin with what is typed.
pub(super) fn complete(place: &Place<'_>) -> Completions {
    let typed = place.before();
    if !place.at_line_end() || typed.len() > "INFO".len() + 1 {
        return Completions::default();
    }
    let range = place.upto(0, 0);
    let lines = ORDER.into_iter().filter(|kind| is_due(place, *kind)).flat_map(|kind| lines(place, kind));
    let fitting = lines.filter(|line| begins(&line.wording.plain, typed));
    fitting
        .map(|Line { wording, meaning, sum }| {
            let filter = wording.plain.clone();
            let item = Completion::new(CompletionKind::Keyword, range.clone(), wording).detail(meaning).filter(filter);
            match sum {
                Some(sum) => item.sum(sum),
                None => item,
            }
        })
        .collect()
}

/// Whether the line is missing, and the lines above and below come before and after it.
fn is_due(place: &Place<'_>, kind: PartKind) -> bool {
    let rank = |kind: PartKind| ORDER.iter().position(|known| *known == kind);
    let Some(own) = rank(kind) else { return false };
    let above = place.above().iter().filter_map(|part| rank(part.kind)).max();
    let below = place.below().iter().filter_map(|part| rank(part.kind)).min();
    let in_order = above.is_some_and(|above| above < own) && below.is_none_or(|below| own < below);
    let has = |kind: PartKind| place.above().iter().any(|part| part.kind == kind);
    let addressed = match kind {
        PartKind::To => has(PartKind::From),
        PartKind::Info => has(PartKind::To),
        PartKind::BreakText => has(PartKind::To) && has(PartKind::De),
        _ => true,
    };
    in_order && addressed
}

fn lines(place: &Place<'_>, kind: PartKind) -> Vec<Line> {
    match kind {
        PartKind::Routing => routing(place),
        PartKind::De => vec![de(place)],
        PartKind::OperatingSignal => operating_signal(place),
        PartKind::From => from(place),
        PartKind::To => to(place),
        PartKind::Info => vec![Line::new("INFO ", "who is told of it")],
        PartKind::BreakText => vec![Line::new("BT", "the text begins")],
        // The letters of the DTG line have a place of their own, and the TI line opens a new cable.
        _ => Vec::new(),
    }
}

/// The digraph of the highest precedence, and the stations of the addressees.
fn routing(place: &Place<'_>) -> Vec<Line> {
    let envelope = &place.cable.envelope;
    let addressees: Vec<_> = envelope.to.iter().chain(&envelope.info).collect();
    let mut stations: Vec<&str> = Vec::new();
    for field in &addressees {
        let station = field.value.indicator.map(|span| place.cable.slice(field.at(span)));
        stations.extend(station.filter(|station| !stations.contains(station)));
    }
    let meaning = "precedence, and the stations it goes to";
    let all = [Precedence::Routine, Precedence::Priority, Precedence::Immediate, Precedence::Flash];
    let line = |precedence: Precedence| {
        let letter = precedence.letter();
        Wording::of(&format!("{letter}{letter} "))
    };
    if stations.is_empty() {
        return all.map(|precedence| Line::new(line(precedence).place(1, "RUEHC"), meaning)).into();
    }
    let of = |precedence: Option<(Precedence, _)>| precedence.map_or(Precedence::Routine, |(found, _)| found);
    let highest = addressees.iter().map(|field| of(field.value.precedence)).max().unwrap_or(Precedence::Routine);
    let word = highest.word();
    let sum = format!("{word} is the highest precedence of the addressees; their routing indicators follow");
    vec![Line::new(line(highest).text(&stations.join(" ")), meaning).sum(sum)]
}

/// The station of the post, the serial of the MRN, and the moment of the DTG.
fn de(place: &Place<'_>) -> Line {
    let envelope = &place.cable.envelope;
    let from = envelope.from.as_ref().map(|field| place.cable.slice(field.at(field.value.plad)));
    let station = from.and_then(|from| derived::station(place.catalog, from));
    let wording = match station {
        Some(station) => Wording::of("DE ").text(station.indicator),
        None => Wording::of("DE ").place(1, "RUEHXX"),
    };
    let line = place.cable.header.classification.as_ref();
    let serial = line.map(|line| format!("{:04}", line.value.reference_number.number % 10_000));
    let wording = match &serial {
        Some(serial) => wording.text(" #").text(serial),
        None => wording.text(" #").place(2, "0001"),
    };
    let section = line.and_then(|line| line.value.section).map(|section| format!("/{:02}", section.number));
    let wording = wording.text(section.as_deref().unwrap_or_default()).text(" ");
    let sent = place.cable.sent();
    let wording = match sent {
        Some(sent) => wording.text(&derived::filing_time(sent)),
        None => wording.place(3, "DDDHHMM"),
    };
    let mut sum = Vec::new();
    if let (Some(station), Some(from)) = (station, from) {
        sum.push(format!("`{}` is the station of {from}", station.indicator));
    }
    if let Some(serial) = &serial {
        sum.push(format!("`#{serial}` is the end of the serial in the MRN"));
    }
    if let Some(sent) = sent {
        let day = sent.day_of_year();
        sum.push(format!("{} is day {day} of the year, and the time is that of the DTG", sent.strftime("%-d %B %Y")));
    }
    let line = Line::new(wording, "who files it, its serial, day of the year and time");
    if sum.is_empty() { line } else { line.sum(sum.join("; ")) }
}

fn operating_signal(place: &Place<'_>) -> Vec<Line> {
    let meaning = "how it must be guarded";
    if let Some(level) = place.classification() {
        let sum = format!("the cable is {}", level.word());
        return vec![Line::new(derived::operating_signal(level), meaning).sum(sum)];
    }
    [
        (Classification::Unclassified, "in clear"),
        (Classification::Confidential, "guarded as CONFIDENTIAL"),
        (Classification::Secret, "guarded as SECRET"),
    ]
    .map(|(level, meaning)| Line::new(derived::operating_signal(level), meaning))
    .into()
}

/// The names of the station that the DE line has, then the keyword alone.
fn from(place: &Place<'_>) -> Vec<Line> {
    let meaning = "who sends it";
    let de = place.cable.envelope.de.as_ref();
    let indicator = de.map(|field| place.cable.slice(field.at(field.value.indicator)));
    let station = indicator.and_then(|indicator| place.catalog.routing_indicator(indicator));
    let names = station.iter().flat_map(|station| std::iter::once(station.name).chain(station.also_seen_as()));
    let mut lines: Vec<Line> = names
        .map(|name| Line::new(format!("FM {name}"), meaning).sum("the name of the station in the DE line".to_owned()))
        .collect();
    lines.push(Line::new("FM ", meaning));
    lines
}

/// A post reports to the Department, with the precedence of the DTG line; whom the Department writes to is not known.
fn to(place: &Place<'_>) -> Vec<Line> {
    let envelope = &place.cable.envelope;
    let from = envelope.from.as_ref().map(|field| place.cable.slice(field.at(field.value.plad)));
    let keyword = Line::new("TO ", "who must act on it");
    let Some(from) = from.filter(|from| *from != DEPARTMENT) else { return vec![keyword] };
    let department = match derived::station(place.catalog, DEPARTMENT).filter(|_| envelope.de.is_some()) {
        Some(station) => format!("TO {}/{DEPARTMENT}", station.indicator),
        None => format!("TO {DEPARTMENT}"),
    };
    let group = envelope.date_time_group.as_ref().and_then(|field| field.value.as_ref());
    let word = group.and_then(|group| derived::word(group.precedence?.0));
    let sum = format!("{from} reports to the Department");
    let mut lines = Vec::new();
    if let Some(word) = word {
        let sum = format!("{sum}; {word} by the date-time group");
        lines.push(Line::new(format!("{department} {word}"), "the Department must act on it").sum(sum));
    }
    lines.push(Line::new(department, "the Department must act on it").sum(sum));
    lines.push(keyword);
    lines
}

/// The date-time groups that the filing time of the DE line allows, up to the year: day and month differ in leap years.
pub(super) fn groups_by_filing_time(place: &Place<'_>) -> Vec<(String, String)> {
    let read = || {
        let de = place.cable.envelope.de.as_ref()?;
        let day: i16 = place.cable.slice(de.at(de.value.day)).parse().ok()?;
        let time = place.cable.slice(de.at(de.value.time));
        let is_time = time.len() == 4 && time.bytes().all(|byte| byte.is_ascii_digit());
        is_time.then_some((day, time))
    };
    let Some((day, time)) = read() else { return Vec::new() };
    // 28 February is the last day that both kinds of year have in the same place.
    let years: &[(i16, &str)] =
        if day < 60 { &[(2001, "")] } else { &[(2001, " of a common year"), (2004, " of a leap year")] };
    let dates = years.iter().filter_map(|&(year, which)| {
        let date = Date::new(year, 1, 1).ok()?.checked_add(jiff::Span::new().try_days(day - 1).ok()?).ok()?;
        let month = date.strftime("%b").to_string().to_uppercase();
        let sum = format!("day {day}{which} is {}, by the DE line", date.strftime("%-d %B"));
        (date.year() == year).then(|| (format!("{:02}{time}Z {month} ", date.day()), sum))
    });
    dates.collect()
}
