//! Completion in the envelope: the precedence of the DTG line, and the addressees (FORMAT.md, "Envelope").

use std::sync::LazyLock;

use cable_catalog::Kind;
use cable_syntax::{PartKind, pattern};
use regex::Regex;

use super::place::Place;
use super::wording::{Wording, begins};
use super::{Completion, CompletionKind, Completions, addressees, envelope_lines};

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
    let mut found = envelope_lines::complete(place);
    found.append(addressee(place, before));
    found
}

/// A name after a keyword, or on a line below the other addressees.
fn addressee(place: &Place<'_>, before: &str) -> Completions {
    let Some(found) = ADDRESSEE.captures(before) else { return Completions::default() };
    let typed = found.name("typed").map_or("", |typed| typed.as_str());
    let begun = place.above().iter().chain(place.owner()).any(|part| part.kind.zone() == cable_syntax::Zone::Envelope);
    match found.name("keyword").map(|keyword| keyword.as_str()) {
        _ if !begun => Completions::default(),
        Some("FM") => addressees::originator(place, typed),
        Some(_) => addressees::addressee(place, typed),
        None => {
            let listed = matches!(place.directly_above(), Some(PartKind::To | PartKind::Info));
            // At the start of a line everything would fit.
            if listed && !typed.is_empty() { addressees::addressee(place, typed) } else { Completions::default() }
        }
    }
}

/// The letters at the start of the DTG line, where that line is or is due.
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
    let item = |entry: &cable_catalog::Entry<'_>, wording: Wording| {
        Completion::new(CompletionKind::Precedence, place.upto(0, further), wording).detail(entry.title)
    };
    let groups = if due { envelope_lines::groups_by_filing_time(place) } else { Vec::new() };
    let codes = codes.into_iter().flat_map(|entry| {
        let code = Wording::of(entry.code);
        if !due || groups.is_empty() {
            let example =
                |code: Wording| code.text(" ").place(1, "DDHHMM").text("Z ").place(2, "MON").text(" ").place(3, "YY");
            let wording = if due { example(code) } else { code };
            return vec![item(&entry, wording).label(entry.code).documented(Kind::Precedence, entry.code)];
        }
        let of_groups = groups.iter().map(|(group, sum)| {
            let wording = Wording::of(entry.code).text(" ").text(group);
            let label = wording.plain.trim_end().to_owned();
            item(&entry, wording.place(1, "YY")).label(label).sum(sum.as_str())
        });
        of_groups.collect()
    });
    codes.collect()
}
