//! Completion of the E.O. line: the order in force at the DTG, and an instruction that fits the classification
//! (FORMAT.md, "E.O. line", "Orders and dates").

use std::sync::LazyLock;

use cable_catalog::Kind;
use cable_catalog::calendar::EXEMPTIONS_END;
use cable_syntax::{PartKind, pattern};
use jiff::ToSpan;
use jiff::civil::Date;
use regex::Regex;

use super::place::Place;
use super::wording::{Wording, begins, fit};
use super::{Completion, CompletionKind, Completions};
use crate::order_line;

/// How long a cable stays classified as a rule (FORMAT.md, "Declassification dates").
const YEARS: i8 = 10;
/// The longest that its writer may keep it classified.
const LONG_YEARS: i8 = 25;
/// The automatic schedule of E.O. 12065.
const YEARS_OF_12065: i8 = 6;

/// The marks that most cables carry, before the others.
const USUAL: [&str; 4] = ["N/A", "DECL", "OADR", "GDS"];

/// The keyword, then the order or what is typed of it, then the instruction as far as it is typed.
static LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?i:E\. ?O\.|EO) ?:? ?(?:(?<order>\d{5}) ?: ?(?<instruction>[A-Za-z0-9/: -]*)|(?<number>\d{0,5}))$")
});

/// What may come on an E.O. line that has its keyword.
pub(super) fn complete(place: &Place<'_>) -> Completions {
    let column = place.owner().filter(|part| part.kind == PartKind::ExecutiveOrder).map_or(0, |part| {
        let before_part = place.offset.saturating_sub(part.span.start) as usize;
        place.before().len().saturating_sub(before_part)
    });
    let line = place.before().get(column..).unwrap_or_default().trim_start();
    if line.len() > 60 || !place.at_line_end() {
        return Completions::default();
    }
    let Some(found) = LINE.captures(line) else { return Completions::default() };
    if let Some(number) = found.name("number") {
        let typed = number.as_str();
        // A keyword without the space after it is not finished.
        if !line.ends_with(' ') && typed.is_empty() {
            return Completions::default();
        }
        let orders = orders(place).into_iter().filter(|order| order.starts_with(typed));
        let range = place.upto(place.column_of(typed), 0);
        return orders
            .flat_map(|order| {
                let range = range.clone();
                instructions(place, order).into_iter().map(move |instruction| {
                    let text = Wording::of(order).text(": ").then(&instruction.wording);
                    item(range.clone(), text, &instruction).filter(order)
                })
            })
            .collect();
    }
    let typed = found.name("instruction").map_or("", |typed| typed.as_str());
    // A date that is begun is the writer's own: after its slashes a list would be open at the line's end.
    if typed.contains('/') && typed.bytes().any(|byte| byte.is_ascii_digit()) {
        return Completions::default();
    }
    let order = found.name("order").map_or("", |order| order.as_str());
    let range = place.upto(place.column_of(typed), 0);
    let fitting = instructions(place, order).into_iter().filter(|found| begins(&found.wording.plain, typed));
    fitting.map(|instruction| item(range.clone(), instruction.wording.clone(), &instruction)).collect()
}

/// Whole E.O. lines, for a line that has nothing but the beginning of the keyword.
pub(super) fn lines(place: &Place<'_>, typed: &str) -> Vec<Completion> {
    let range = place.upto(place.column_of(typed), 0);
    let orders = orders(place);
    let orders = orders.into_iter().flat_map(|order| {
        instructions(place, order).into_iter().map(|instruction| {
            let text = Wording::of("E.O. ").text(order).text(": ").then(&instruction.wording);
            let filter = fit(&text.plain, typed).unwrap_or_default();
            item(range.clone(), text, &instruction).filter(filter)
        })
    });
    orders.collect()
}

/// The order of the cable's date or era; where neither tells it every order, the latest first.
fn orders(place: &Place<'_>) -> Vec<&'static str> {
    let known = place.catalog.executive_orders().filter(|order| !order.is_amendment && !order.doubtful);
    let mut known: Vec<&str> = known.map(|order| order.number).collect();
    known.reverse();
    if let Some((order, _)) = usual(place) {
        known.retain(|number| *number == order);
    }
    known
}

/// The order and the instruction that a cable of this date and classification has.
fn usual(place: &Place<'_>) -> Option<(String, String)> {
    let line = order_line(place.cable)?;
    let (order, instruction) = line.strip_prefix("E.O. ")?.split_once(": ")?;
    Some((order.to_owned(), instruction.to_owned()))
}

struct Instruction {
    wording: Wording,
    /// The order, and its mark in the catalogue.
    order: String,
    code: &'static str,
    meaning: &'static str,
    /// How many years its date is after the DTG.
    years: Option<i8>,
}

fn item(range: std::ops::Range<usize>, wording: Wording, instruction: &Instruction) -> Completion {
    let label = wording.plain.clone();
    let item = Completion::new(CompletionKind::Instruction, range, wording)
        .label(label.clone())
        .detail(instruction.meaning)
        .filter(label)
        .documented(Kind::Declassification, &format!("{} {}", instruction.order, instruction.code));
    match instruction.years {
        Some(years) if item.snippet.is_none() => item.sum(format!("the day of the DTG and {years} years")),
        _ => item,
    }
}

/// The instructions of an order that fit the classification, the usual one first.
fn instructions(place: &Place<'_>, order: &str) -> Vec<Instruction> {
    let classified = place.is_classified();
    let before_2003 = place.day().is_none_or(|day| day < EXEMPTIONS_END);
    let mut found: Vec<Instruction> = Vec::new();
    for entry in place.catalog.entries(Kind::Declassification) {
        let Some(own) = place.catalog.declassification(order, entry.code) else { continue };
        let no_order = own.code == "N/A";
        let is_exemption = matches!(own.code.as_bytes(), [b'X', b'1'..=b'8']);
        let fits = classified.is_none_or(|classified| classified != no_order) && (before_2003 || !is_exemption);
        // The exemptions at 25 and 50 years are for a few who know them by heart.
        let is_rare = own.code.starts_with("25X") || own.code.starts_with("50X");
        if own.doubtful || is_rare || !fits || found.iter().any(|known| known.code == own.code) {
            continue;
        }
        let instruction = |years: i8| Instruction {
            wording: wording(place, order, own.code, years),
            order: order.to_owned(),
            code: own.code,
            meaning: own.title,
            years: (own.code == "DECL").then_some(years),
        };
        found.push(instruction(YEARS));
        if own.code == "DECL" && matches!(order, "12958" | "13526") && place.day().is_some() {
            found.push(instruction(LONG_YEARS));
        }
    }
    // The usual one may be the beginning only: a date or a name is still to come.
    let usual = usual(place).filter(|(own, _)| own == order).map(|(_, instruction)| instruction);
    let usual =
        |instruction: &Instruction| usual.as_deref().is_some_and(|usual| instruction.wording.plain.starts_with(usual));
    found.sort_by_key(|instruction| {
        let common = USUAL.iter().position(|code| *code == instruction.code).unwrap_or(USUAL.len());
        (!usual(instruction), common)
    });
    found
}

fn wording(place: &Place<'_>, order: &str, code: &str, years: i8) -> Wording {
    let later = place.day().and_then(|day| day.checked_add(years.years()).ok());
    match (code, order) {
        ("DECL", "12958" | "13526") => date(Wording::of("DECL: "), later, "%m/%d/%Y", "MM/DD/YYYY"),
        ("DECL", _) => date(Wording::of("DECL: "), later, "%-m/%-d/%y", "M/D/YY"),
        ("GDS", "12065") => {
            let end = place.day().and_then(|day| day.checked_add(YEARS_OF_12065.years()).ok());
            let day = date(Wording::of("GDS "), end, "%-m/%-d/%y", "M/D/YY");
            day.text(" (").place(2, "NAME").text(")")
        }
        ("XGDS", _) => Wording::of("XGDS-").place(1, "1"),
        ("N/A" | "GDS", _) => Wording::of(code),
        (mark, _) => Wording::of("DECL: ").text(mark),
    }
}

/// A day where it is known, else a place for one.
fn date(wording: Wording, day: Option<Date>, format: &str, example: &str) -> Wording {
    match day {
        Some(day) => wording.text(&day.strftime(format).to_string()),
        None => wording.place(1, example),
    }
}
