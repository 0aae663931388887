//! Completion of Classified By: the reasons and their letters (FORMAT.md, "Classified By", "Reasons and dates").

use std::sync::LazyLock;

use cable_catalog::calendar::{CLASSIFIER_NAMED, REASONS_AMENDED, REASONS_RENUMBERED};
use cable_catalog::{Entry, Kind};
use cable_syntax::pattern;
use jiff::civil::Date;
use regex::Regex;

use super::place::Place;
use super::wording::{Wording, begins};
use super::{Completion, CompletionKind, Completions};

/// The word, and the first reason as far as it is typed.
static FIRST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\breasons?(?:\(s\))?:? +(?<typed>(?:1(?:[.,] ?(?:[45] ?(?:\([a-h]?)?)?)?)?)$"));
/// Letters that are there, what joins them, and the bracket of the next.
static NEXT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?<section>1[.,] ?[45]) ?(?<letters>\(?[a-h]\)?(?:(?: ?, ?| ?& ?| ?/ ?| +and +)\(?[a-h]\)?)*) *(?:,|&|/|\band\b) *(?<typed>\([a-h]?)?$",
    )
});

/// Who classifies most cables: the chief of the mission, and who stands in.
pub(super) const TITLES: [&str; 2] = ["Ambassador", "DCM"];

/// The whole field, for a line that has nothing but the beginning of its keyword; with a title or a place for it.
pub(super) fn classified_by(place: &Place<'_>, title: Option<&str>) -> Wording {
    let wording = Wording::of("Classified By: ");
    let wording = match title {
        Some(title) => wording.text(title).text(" ").place(1, "NAME"),
        None => wording.place(1, "TITLE NAME"),
    };
    match sections(place).first() {
        Some(section) => {
            wording.text(&format!(". Reasons: {section} (")).place(2, "b").text(") and (").place(3, "d").text(").")
        }
        None => wording,
    }
}

/// The reasons after the word, and further letters after a reason.
pub(super) fn complete(place: &Place<'_>) -> Completions {
    let tail = place.tail(80);
    if let Some(found) = NEXT.captures(tail) {
        let typed = found.name("typed").map_or("", |typed| typed.as_str());
        let section = found["section"].replace(',', ".").replace(' ', "");
        let given = found["letters"].to_ascii_lowercase();
        return letters(place, &section, typed, |letter| given.contains(letter));
    }
    let Some(found) = FIRST.captures(tail) else { return Completions::default() };
    let typed = found.name("typed").map_or("", |typed| typed.as_str());
    let spaced = typed.replace(',', ".").replace(". ", ".");
    let range = range(place, typed);
    let of_sections = sections(place).into_iter().flat_map(|section| reasons(place, section));
    let items = of_sections.filter_map(|(letter, entry)| {
        let section = entry.code.get(..3)?;
        let text = format!("{section} ({letter})");
        begins(&text, &spaced).then(|| item(place, range.clone(), &text, &entry).filter(text))
    });
    items.collect()
}

fn letters(place: &Place<'_>, section: &str, typed: &str, given: impl Fn(char) -> bool) -> Completions {
    let range = range(place, typed);
    let reasons = reasons(place, section).into_iter().filter(|(letter, _)| !given(*letter));
    let items = reasons.filter_map(|(letter, entry)| {
        let text = format!("({letter})");
        begins(&text, typed).then(|| item(place, range.clone(), &text, &entry).filter(text))
    });
    items.collect()
}

/// What is typed, and the closing bracket that an editor put after the opening one.
fn range(place: &Place<'_>, typed: &str) -> std::ops::Range<usize> {
    let closed = typed.contains('(') && place.after().starts_with(')');
    place.upto(place.column_of(typed), usize::from(closed))
}

fn item(place: &Place<'_>, range: std::ops::Range<usize>, text: &str, entry: &Entry<'_>) -> Completion {
    let order = order(place);
    Completion::new(CompletionKind::Reason, range, Wording::of(text))
        .detail(entry.title)
        .documented(Kind::Reason, &format!("{order} {}", entry.code))
}

/// The reasons of a section, with their letters.
fn reasons(place: &Place<'_>, section: &str) -> Vec<(char, Entry<'static>)> {
    let order = order(place);
    ('a'..='h')
        .filter_map(|letter| Some((letter, place.catalog.reason(order, &format!("{section}({letter})"))?)))
        .collect()
}

/// The sections in use at the DTG; none before the order that made them.
fn sections(place: &Place<'_>) -> Vec<&'static str> {
    sections_of(place.day())
}

/// The sections in use on a day; without a day the last ones.
pub(super) fn sections_of(day: Option<Date>) -> Vec<&'static str> {
    match day {
        Some(day) if day < CLASSIFIER_NAMED => Vec::new(),
        Some(day) if day < REASONS_AMENDED => vec!["1.5"],
        Some(day) if day < REASONS_RENUMBERED => vec!["1.5", "1.4"],
        Some(_) | None => vec!["1.4"],
    }
}

/// The order that the cable names, if it knows reasons.
fn order<'a>(place: &Place<'a>) -> &'a str {
    let named = place.cable.header.executive_order.as_ref();
    let named = named.and_then(|field| Some(place.cable.slice(field.at(field.value.order?))));
    named.filter(|order| matches!(*order, "12958" | "13292" | "13526")).unwrap_or("12958")
}
