//! Completion of captions and passing lines, between the classification line and the E.O.
//! (FORMAT.md, "Captions", "Passing lines").

use cable_catalog::{Caption, CaptionKind, Kind};
use cable_syntax::{Classification, PartKind};

use super::place::Place;
use super::wording::{Wording, begins};
use super::{Completion, CompletionKind, Completions};

/// Restrict a cable to few readers: never with SIPDIS (FORMAT.md, "Captions together").
const RESTRICTED: [&str; 2] = ["NODIS", "EXDIS"];
/// In the tables as words of headers, but never on a line of their own.
const NO_LINE: [&str; 5] = ["SECTION", "NOTAL", "FGI", "PASS TO", "EFTO"];

pub(super) fn complete(place: &Place<'_>) -> Completions {
    let typed = place.before().trim_start();
    if !in_zone(place) || typed.len() > 40 || typed.contains(':') {
        return Completions::default();
    }
    // Several captions may be on one line, with commas between them.
    let typed = typed.rsplit(',').next().unwrap_or(typed).trim_start();
    let range = place.word_from(place.column_of(typed));
    let mut captions: Vec<Caption<'_>> = place
        .catalog
        .captions()
        .filter(|caption| !caption.doubtful && begins(caption.word, typed) && is_sensible(place, caption))
        .collect();
    captions.sort_by_key(|caption| rank(place, caption));
    let captions = captions.into_iter().map(|caption| {
        Completion::new(CompletionKind::Caption, range.clone(), wording(&caption))
            .label(caption.word)
            .detail(caption.meaning)
            .description(caption.kind.name())
            .filter(caption.word)
            .documented(Kind::Caption, caption.word)
    });
    let mut found: Completions = captions.collect();
    // A passing line is a line of its own.
    if place.column_of(typed) == place.before().len() - place.before().trim_start().len() {
        found.items.extend(passing(place, typed));
    }
    found
}

/// Whether the line is between the classification line and the first header keyword.
fn in_zone(place: &Place<'_>) -> bool {
    let classified = place.above().iter().any(|part| part.kind == PartKind::Classification);
    let keyword = place.above().iter().any(|part| {
        matches!(part.kind, PartKind::ExecutiveOrder | PartKind::Tags | PartKind::Subject | PartKind::Reference)
    });
    let own_keyword = place.owner().is_some_and(|part| {
        matches!(part.kind, PartKind::ExecutiveOrder | PartKind::Tags | PartKind::Subject | PartKind::Reference)
    });
    classified && !keyword && !own_keyword && place.in_header()
}

fn is_sensible(place: &Place<'_>, caption: &Caption<'_>) -> bool {
    let word = caption.word;
    let restricted = RESTRICTED.iter().any(|word| place.has_caption(word));
    let channel = place.cable.header.captions.iter().any(|field| {
        field.line != place.line
            && place.catalog.caption(&field.value).is_some_and(|other| other.kind == CaptionKind::Channel)
    });
    // What is a level or a portion mark is on the classification line or before a paragraph.
    let is_level = place.catalog.classification(word).is_some() || place.catalog.portion_mark(word).is_some();
    let is_restricted = RESTRICTED.iter().any(|restricted| word.starts_with(restricted));
    let conflicts = (word == "SIPDIS" && restricted)
        || (is_restricted && (restricted || place.has_caption("SIPDIS")))
        || (caption.kind == CaptionKind::Channel && channel);
    let elsewhere = (is_level && word != "SENSITIVE") || NO_LINE.contains(&word);
    !(conflicts || elsewhere || place.has_caption(word))
}

/// The commonest first; SENSITIVE belongs under UNCLAS.
fn rank(place: &Place<'_>, caption: &Caption<'_>) -> u8 {
    let unclassified = place.classification() == Some(Classification::Unclassified);
    match (caption.word, caption.kind) {
        (_, CaptionKind::Added) | ("SIPDIS", _) => 0,
        ("SENSITIVE", _) if unclassified => 1,
        ("NOFORN", _) => 2,
        (_, CaptionKind::Distribution) => 3,
        (_, CaptionKind::Channel) => 4,
        (_, CaptionKind::DisseminationControl | CaptionKind::Delivery | CaptionKind::Status) => 5,
        _ => 6,
    }
}

fn wording(caption: &Caption<'_>) -> Wording {
    if let Some((before, after)) = caption.word.split_once("...") {
        return Wording::of(before).place(1, "NAME").text(after);
    }
    match (caption.kind, caption.word) {
        (CaptionKind::Series, word) => Wording::of(word).text(" ").place(1, "001"),
        (_, word) if word.ends_with(" TO") || word.ends_with(" FOR") => Wording::of(word).text(" ").place(1, "NAME"),
        (_, "CODEL" | "STAFFDEL") => Wording::of(caption.word).text(" ").place(1, "NAME"),
        (_, word) => Wording::of(word),
    }
}

/// Lines that tell an addressee whom else a cable is for.
fn passing(place: &Place<'_>, typed: &str) -> Vec<Completion> {
    let range = place.word_from(place.column_of(typed));
    let lines = [
        ("STATE FOR", "OFFICE", "offices of the Department that the cable is for"),
        ("STATE PLEASE PASS TO", "AGENCY", "the Department is to pass it to an agency"),
        ("STATE ALSO FOR", "OFFICE", "further offices of the Department"),
    ];
    let lines = lines.into_iter().filter(|(words, ..)| begins(words, typed));
    lines
        .map(|(words, example, meaning)| {
            Completion::new(CompletionKind::Caption, range.clone(), Wording::of(words).text(" ").place(1, example))
                .label(words)
                .detail(meaning)
                .description("passing line")
                .filter(words)
        })
        .collect()
}
