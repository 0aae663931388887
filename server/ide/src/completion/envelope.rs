//! Completion in the envelope: the precedence of the DTG line, and the addressees (FORMAT.md A.1).

use std::sync::LazyLock;

use cable_catalog::Kind;
use cable_syntax::{PartKind, pattern};
use regex::Regex;

use super::place::Place;
use super::wording::{Wording, begins};
use super::{Completion, CompletionKind, Completions, addressees};

/// No line of the envelope is longer, in bytes.
const LONGEST_LINE: usize = 100;

/// The keyword of an addressee line, and the addressee up to the cursor.
static ADDRESSEE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:(?<keyword>FM|TO|INFO) +)?(?:ZEN/)?(?<typed>[A-Za-z0-9 .'/()-]*)$"));

pub(super) fn complete(place: &Place<'_>) -> Completions {
    let before = place.before();
    let above_header = !place.above().iter().any(|part| part.kind == PartKind::Classification);
    if before.len() > LONGEST_LINE || !above_header {
        return Completions::default();
    }
    let due = precedence_letters(place, before);
    if !due.items.is_empty() {
        return due;
    }
    let Some(found) = ADDRESSEE.captures(before) else { return Completions::default() };
    let typed = found.name("typed").map_or("", |typed| typed.as_str());
    let begun = place.above().iter().chain(place.owner()).any(|part| part.kind.zone() == cable_syntax::Zone::Envelope);
    match found.name("keyword").map(|keyword| keyword.as_str()) {
        _ if !begun => Completions::default(),
        Some("FM") => addressees::originator(place, typed),
        Some(_) => addressees::addressee(place, typed),
        None => {
            let listed = matches!(place.directly_above(), Some(PartKind::To | PartKind::Info));
            let keyword = ["FM", "TO", "INFO", "BT"].iter().any(|keyword| begins(keyword, typed));
            // At the start of a line everything would fit.
            if listed && !keyword { addressees::addressee(place, typed) } else { Completions::default() }
        }
    }
}

/// The letters at the start of the DTG line, where that line stands or is due.
fn precedence_letters(place: &Place<'_>, before: &str) -> Completions {
    let group = place.cable.envelope.date_time_group.as_ref();
    let written = group.is_some_and(|field| field.line == place.line);
    let due = group.is_none()
        && place.directly_above() == Some(PartKind::OperatingSignal)
        && place.owner().is_none_or(|part| part.kind != PartKind::From)
        && place.at_line_end();
    let letters = before.len() <= 3 && before.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ');
    if !letters || !(written || due) {
        return Completions::default();
    }
    let routing = place.cable.envelope.routing.as_ref().and_then(|field| field.value.precedence);
    let codes = place.catalog.entries(Kind::Precedence).filter(|entry| {
        let is_letters = entry.code.split(' ').all(|letter| letter.len() == 1);
        !entry.doubtful && is_letters && begins(entry.code, before)
    });
    let mut codes: Vec<_> = codes.collect();
    // Both letters go when one takes their place.
    let after = place.after();
    let further = after.find(|c: char| c.is_ascii_digit()).map_or(0, |at| after[..at].trim_end().len());
    codes.sort_by_key(|entry| routing.is_none_or(|routing| !entry.code.starts_with(routing.letter())));
    let codes = codes.into_iter().map(|entry| {
        let wording = if due {
            Wording::of(entry.code).text(" ").place(1, "DDHHMM").text("Z ").place(2, "MON").text(" ").place(3, "YY")
        } else {
            Wording::of(entry.code)
        };
        Completion::new(CompletionKind::Precedence, place.upto(0, further), wording)
            .label(entry.code)
            .detail(entry.title)
            .documented(Kind::Precedence, entry.code)
    });
    codes.collect()
}
