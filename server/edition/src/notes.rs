//! Textual notes: each correction once, in the form `SIPDIS ] STPDIS, line 13`, and one for all misread paragraph signs.

use std::collections::HashMap;

use cable_syntax::decoder::artefact;
use cable_syntax::{Paragraph, Placed};

use crate::corrections::is_of_number;
use crate::edition::Edition;

/// A note on the text.
pub(crate) struct Note<'a> {
    /// `a`, `b` …
    pub(crate) letter: String,
    /// As it is meant.
    pub(crate) to: &'a str,
    /// As it is written.
    pub(crate) from: &'a str,
    /// The lines where it is written so, in order.
    pub(crate) lines: Vec<usize>,
    pub(crate) rule: &'static str,
    /// The block it stands in; none where it stands in the head or the foot.
    pub(crate) block: Option<&'a str>,
}

/// What is said of the numbers of paragraphs that were misread.
pub(crate) struct SignNote {
    /// `1–4, 6`
    pub(crate) paragraphs: String,
    /// The first of them as it is written, `11.`, and its true number and its line.
    pub(crate) example: (String, u32, usize),
}

/// The notes of an edition, and for each correction the note that speaks of it. Those on numbers of paragraphs have none.
pub(crate) fn notes(edition: &Edition) -> (Vec<Note<'_>>, Vec<Option<usize>>) {
    let mut notes: Vec<Note<'_>> = Vec::new();
    let mut known: HashMap<(&str, &str), usize> = HashMap::new();
    let mut of = Vec::with_capacity(edition.corrections.len());
    for correction in &edition.corrections {
        // The numbers themselves are shown, and what they were is said by a note for all of them.
        if correction.block.is_none() && is_of_number(correction.rule) {
            of.push(None);
            continue;
        }
        let next = notes.len();
        // Those in the head that say the same are one; each in the text has its own place.
        let key = (correction.from.as_str(), correction.to.as_str());
        let index = if correction.block.is_none() { *known.entry(key).or_insert(next) } else { next };
        if index == next {
            notes.push(Note {
                letter: letter(next),
                to: &correction.to,
                from: &correction.from,
                lines: Vec::new(),
                rule: correction.rule,
                block: correction.block.as_deref(),
            });
        }
        if notes[index].lines.last() != Some(&correction.line) {
            notes[index].lines.push(correction.line);
        }
        of.push(Some(index));
    }
    (notes, of)
}

/// `a` to `z`, then `aa`.
fn letter(index: usize) -> String {
    let own = char::from(b'a' + (index % 26) as u8);
    let before = index / 26;
    if before == 0 { own.to_string() } else { format!("{}{own}", letter(before - 1)) }
}

/// The note on numbers that are not what is written.
pub(crate) fn sign_note(placed: &Placed) -> Option<SignNote> {
    let paragraphs = &placed.cable.body.paragraphs;
    let is_misread = |paragraph: &Paragraph| artefact(&paragraph.marker.value, paragraph.decision.decoded).is_misread();
    let found: Vec<(usize, u32)> = paragraphs
        .iter()
        .enumerate()
        .filter(|(_, paragraph)| is_misread(paragraph))
        .map(|(index, paragraph)| (index, paragraph.number))
        .collect();
    let &(first, number) = found.first()?;
    let marker = paragraphs.get(first)?.marker;
    let written = placed.cable.slice(marker.at(marker.value.number)).to_owned();
    let numbers: Vec<u32> = found.iter().map(|&(_, number)| number).collect();
    let example = (written, number, placed.first_line + marker.line as usize + 1);
    Some(SignNote { paragraphs: ranges(&numbers), example })
}

/// `1–4, 6`
fn ranges(numbers: &[u32]) -> String {
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for &number in numbers {
        match parts.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => parts.push((number, number)),
        }
    }
    let words = |&(first, last): &(u32, u32)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    };
    parts.iter().map(words).collect::<Vec<_>>().join(", ")
}

/// `line 13`, `lines 13, 17`.
pub(crate) fn lines_in_words(lines: &[usize]) -> String {
    let all: Vec<String> = lines.iter().map(usize::to_string).collect();
    format!("line{} {}", if all.len() == 1 { "" } else { "s" }, all.join(", "))
}
