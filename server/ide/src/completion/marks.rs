//! Completion of portion marks, after a paragraph's number and before a SUBJECT
//! (FORMAT.md, "Portion marks", "Levels of marks").

use std::sync::LazyLock;

use cable_catalog::Kind;
use cable_syntax::marker::{Level, read_mark};
use cable_syntax::{Cable, Classification, pattern};
use regex::Regex;

use super::classification::SBU_BEGINS;
use super::place::Place;
use super::wording::{Wording, begins};
use super::{Completion, CompletionKind, Completions};

/// A number or the SUBJECT, the bracket, and the mark as far as it is typed.
static BEFORE_MARK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:[ \t]*¶?(?<number>\d{1,3})\. +|SUBJ(?:ECT)?: +)(?:\((?<typed>[A-Za-z/ ]{0,16}))?$"));

/// Marks of the whole text were written in these years (FORMAT.md, "Eras").
const ENTIRE_TEXT_ENDS: i16 = 1995;

pub(super) fn complete(place: &Place<'_>) -> Completions {
    if place.before().len() > 40 {
        return Completions::default();
    }
    let Some(found) = BEFORE_MARK.captures(place.before()) else { return Completions::default() };
    let number = found.name("number").map(|number| number.as_str());
    // `SUBJECT: ` without a bracket goes on with its text.
    let Some(typed) = found.name("typed").map(|typed| typed.as_str()).or(number.map(|_| "")) else {
        return Completions::default();
    };
    let bracketed = found.name("typed").is_some();
    if !bracketed && !place.at_line_end() {
        return Completions::default();
    }
    let after = place.after();
    let in_mark = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '/').unwrap_or(after.len());
    let further = if after[in_mark..].starts_with(')') { in_mark + 1 } else { 0 };
    let blank = if after[further..].starts_with(' ') { "" } else { " " };
    // The bracket belongs to it: a list that begins after the bracket fits any space.
    let range = place.upto(place.column_of(typed) - usize::from(bracketed), further);
    let items = marks(place, number == Some("1")).into_iter().filter(|(mark, ..)| begins(mark, typed));
    items
        .map(|(mark, title)| {
            let wording = Wording::of("(").text(mark);
            // Releasable to whom, only the writer knows.
            let wording = if mark.ends_with("REL") { wording.text(" TO ").place(1, "USA, GBR") } else { wording };
            Completion::new(CompletionKind::PortionMark, range.clone(), wording.text(")").text(blank))
                .label(format!("({mark})"))
                .detail(title)
                .filter(format!("({mark})"))
                .documented(Kind::PortionMark, mark)
        })
        .collect()
}

/// The marks that fit the cable and its year, with their meaning; the one of the paragraph before comes first.
fn marks<'a>(place: &Place<'a>, first: bool) -> Vec<(&'a str, &'a str)> {
    let previous = mark_before(place.cable, place.line).map(|(mark, _)| mark.to_ascii_uppercase());
    let overall = place.classification().map_or(u8::MAX, Classification::portion_rank);
    let day = place.day();
    let mut found: Vec<(&str, &str, u8)> = Vec::new();
    for entry in place.catalog.entries(Kind::PortionMark) {
        let entire = entry.code.ends_with("ENTIRE TEXT");
        let Some(mark) = read_mark(&format!("({})", entry.code)) else { continue };
        let in_its_years = match mark.level {
            _ if entire => first && day.is_some_and(|day| day.year() < ENTIRE_TEXT_ENDS),
            Level::LimitedOfficialUse => day.is_some_and(|day| day < SBU_BEGINS),
            Level::SensitiveButUnclassified => day.is_none_or(|day| day >= SBU_BEGINS),
            _ => true,
        };
        let spelled_out = !entire && entry.code.split('/').any(|word| word.len() > "FOUO".len());
        if !entry.doubtful && !spelled_out && in_its_years && mark.level.rank() <= overall {
            found.push((entry.code, entry.title, mark.level.rank()));
        }
    }
    let sensitive = place.has_caption("SENSITIVE");
    found.sort_by_key(|&(code, _, rank)| {
        // Nothing above yet: the level of the cable itself.
        let expected = match &previous {
            Some(previous) => previous == code,
            None => rank == if sensitive { 1 } else { overall } && code.len() <= "SBU".len(),
        };
        (!expected, code.len() > "SBU".len(), rank, code)
    });
    found.into_iter().map(|(code, title, _)| (code, title)).collect()
}

/// The mark of the last paragraph above a line, without its brackets, and its rank.
pub(super) fn mark_before(cable: &Cable, line: u32) -> Option<(&str, u8)> {
    let above = cable.body.paragraphs.partition_point(|paragraph| paragraph.marker.line < line);
    let marker = &cable.body.paragraphs[..above].last()?.marker;
    let mark = marker.value.mark.filter(|mark| !mark.entire_text)?;
    Some((cable.slice(marker.at(mark.text)), mark.level.rank()))
}
