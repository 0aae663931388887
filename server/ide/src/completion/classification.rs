//! Completion of the classification line, where it is due (FORMAT.md, "Classification line").

use std::sync::LazyLock;

use cable_catalog::Kind;
use cable_syntax::{PartKind, Zone, pattern};
use jiff::civil::{Date, date};
use regex::Regex;

use super::place::Place;
use super::wording::{Wording, begins};
use super::{Completion, CompletionKind, Completions};
use crate::derived;

/// LIMITED OFFICIAL USE ends, SBU begins (FORMAT.md, "Eras").
pub(super) const SBU_BEGINS: Date = date(1995, 10, 1);

/// The words as the line has them: the code in the catalogue, the wording, the letter of the op-signal line.
const LEVELS: [(&str, &str, char); 6] = [
    ("UNCLASSIFIED", "UNCLAS", 'U'),
    ("CONFIDENTIAL", "C O N F I D E N T I A L", 'C'),
    ("SECRET", "S E C R E T", 'S'),
    ("LIMITED OFFICIAL USE", "LIMITED OFFICIAL USE", 'U'),
    ("UNCLAS E F T O", "UNCLAS E F T O", 'E'),
    ("TOP SECRET", "T O P S E C R E T", 'T'),
];

/// A level, spaces, and the MRN as far as it is typed.
static LEVEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:UNCLAS(?:SIFIED)?(?: E F T O)?|LIMITED OFFICIAL USE|C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|(?:T ?O ?P +)?S ?E ?C ?R ?E ?T)(?:/{1,2}NOFORN)?(?: SECTION \d\d OF \d\d)? +(?<number>[A-Z][A-Z ]*)?$",
    )
});

pub(super) fn complete(place: &Place<'_>) -> Completions {
    let before = place.before();
    let other_line = place.cable.header.classification.as_ref().is_some_and(|field| field.line != place.line);
    if before.len() > 80 || other_line || !place.at_line_end() || !is_due(place) {
        return Completions::default();
    }
    if let Some(found) = LEVEL.captures(before) {
        let typed = found.name("number").map_or("", |typed| typed.as_str());
        let (number, detail) = reference_number(place, Wording::default());
        let range = place.word_from(place.column_of(typed));
        let section = section(place, range.clone(), typed, &number);
        let item = Completion::new(CompletionKind::Classification, range, number).detail(detail);
        let mut found: Completions = Some(item).filter(|item| begins(&item.label, typed)).into_iter().collect();
        found.items.extend(section);
        return found;
    }
    levels(place, before)
}

/// `SECTION 01 OF 02` and the MRN: a long cable goes in sections, and the DE line numbers them.
fn section(place: &Place<'_>, range: std::ops::Range<usize>, typed: &str, number: &Wording) -> Option<Completion> {
    if place.before().contains("SECTION") || typed.is_empty() {
        return None;
    }
    let de = place.cable.envelope.de.as_ref();
    let own = de.and_then(|field| Some(place.cable.slice(field.at(field.value.section?))));
    let words = Wording::of("SECTION ").text(own.unwrap_or("01")).text(" OF ").place(9, "02").text(" ").then(number);
    begins(&words.plain, typed).then(|| {
        Completion::new(CompletionKind::Classification, range, words)
            .detail("a section of a long cable")
            .filter("SECTION")
            .sum("the number of the section is that of the DE line, or the first")
    })
}

/// Whether the line is below an envelope and above everything else.
fn is_due(place: &Place<'_>) -> bool {
    let envelope =
        |kind: PartKind| matches!(kind, PartKind::From | PartKind::To | PartKind::Info | PartKind::BreakText);
    let above = place.above();
    let enveloped = above.iter().any(|part| envelope(part.kind));
    let nothing_else =
        above.iter().all(|part| matches!(part.kind.zone(), Zone::Envelope | Zone::Wrapper | Zone::Notice));
    let addressed = place.below().iter().any(|part| part.kind.zone() == Zone::Envelope);
    // Directly below FM comes TO.
    let has_sender_only = place.directly_above() == Some(PartKind::From);
    enveloped && nothing_else && !addressed && !has_sender_only
}

fn levels(place: &Place<'_>, typed: &str) -> Completions {
    let signal = place.cable.envelope.operating_signal.as_ref();
    let letters = signal.and_then(|field| Some(place.cable.slice(field.at(field.value?.letters))));
    let fits = |letter: char| letters.is_some_and(|letters| letters.starts_with(letter));
    // `CONF` is meant as `C O N F`, in any spelling.
    let squeezed: String = typed.split_whitespace().collect();
    let mut levels: Vec<_> = LEVELS
        .into_iter()
        .filter(|(code, words, letter)| {
            let unusual = matches!(letter, 'E' | 'T') && !fits(*letter);
            let limited = *code == "LIMITED OFFICIAL USE" && place.day().is_some_and(|day| day >= SBU_BEGINS);
            let squeezed_words: String = words.split_whitespace().collect();
            let hidden = limited || (unusual && squeezed.is_empty());
            !hidden && begins(&squeezed_words, &squeezed)
        })
        .collect();
    levels.sort_by_key(|(.., letter)| !fits(*letter));
    let range = place.upto(0, 0);
    let items = levels.into_iter().map(|(code, words, _)| {
        let (wording, from) = reference_number(place, Wording::of(words).text(" "));
        let entry = place.catalog.classification(code);
        let filter = if typed.contains(' ') { words.to_owned() } else { words.replace(' ', "") };
        Completion::new(CompletionKind::Classification, range.clone(), wording)
            .label(words)
            .detail(entry.map_or("", |entry| entry.title))
            .filter(filter)
            .documented(Kind::Classification, code)
            .sum(from)
    });
    items.collect()
}

/// The MRN after a wording: the post of the FM line, and the serial that the DE line ends.
fn reference_number(place: &Place<'_>, wording: Wording) -> (Wording, &'static str) {
    let envelope = &place.cable.envelope;
    let from = envelope.from.as_ref().map(|field| place.cable.slice(field.at(field.value.plad)));
    let post = from.and_then(|from| crate::hover::post_of_address(place.catalog, from));
    let serial = envelope.de.as_ref().map(|field| place.cable.slice(field.at(field.value.serial)));
    let serial = serial.filter(|serial| serial.len() == 4 && serial.bytes().all(|byte| byte.is_ascii_digit()));
    let wording = match &post {
        Some(post) => wording.text(post.name),
        None => wording.place(1, "POST"),
    };
    let wording = wording.text(" ");
    let width = derived::serial_width(place.day());
    match (serial, post) {
        // The DE line has the last four digits only; the Department sends far more than 9,999 cables a year.
        (Some(serial), Some(post)) if post.compact == "STATE" => {
            (wording.place(2, "00").text(serial), "the DE line has the last four digits only")
        }
        (Some(serial), _) => {
            (wording.text(&"00"[6 - width..]).text(serial), "post of the FM line, serial of the DE line")
        }
        (None, _) => (wording.place(2, &"000001"[6 - width..]), "message reference number"),
    }
}
