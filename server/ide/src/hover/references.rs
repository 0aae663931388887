//! Hover on a reference: an entry of the REF list, `ref A` in the text, a cable named in the text
//! (FORMAT.md, "REF", "Reference letters").

use cable_syntax::{Field, Reference, References, Span};

use super::Place;
use super::card::{Card, code};
use super::posts::post_and_place;

/// The entry of the REF list at the cursor.
pub(super) fn entry(place: &Place<'_>) -> Option<Card> {
    let references = place.cable.header.references.as_ref()?;
    let field = references.entries.iter().find(|field| {
        let letter = field.value.letter.is_some_and(|letter| letter.1.touches(place.offset));
        letter || field.value.span.touches(place.offset)
    })?;
    let letter = field.value.letter.filter(|letter| letter.1.start < field.value.span.start);
    let span = Span::new(letter.map_or(field.value.span.start, |letter| letter.1.start), field.value.span.end);
    let card = Card::new(span, &name(place, &field.value), &meaning(place, &field.value));
    Some(card.facts(facts(place, &field.value)))
}

/// The keyword at the cursor: what the list holds.
pub(super) fn keyword(place: &Place<'_>) -> Option<Card> {
    let keyword = &place.cable.header.references.as_ref()?.keyword;
    let span = place.at(keyword, keyword.value.word)?;
    cited(place, span, None)
}

/// The letters of `ref A`, or a plain `reftel`, at `span`: what the REF line has for them.
pub(super) fn cited(place: &Place<'_>, span: Span, letter: Option<char>) -> Option<Card> {
    let references = place.cable.header.references.as_ref()?;
    let found: Vec<&Field<Reference>> = match letter {
        Some(letter) => with_letter(references, letter),
        None => references.entries.iter().collect(),
    };
    let written = place.text(span);
    match found.as_slice() {
        [] => {
            let letter = letter?;
            Some(Card::new(span, written, &format!("the REF line has no entry {letter}")))
        }
        [only] => {
            let title = format!("{} {}", code(&name(place, &only.value)), meaning(place, &only.value));
            Some(Card::new(span, written, title.trim_end()).facts(facts(place, &only.value)))
        }
        several => Some(Card::new(span, written, "the cables of the REF line").facts(several.iter().map(|field| {
            let letter = field.value.letter.map_or(String::new(), |letter| format!("{}. ", letter.0));
            format!("{letter}{} {}", code(&name(place, &field.value)), meaning(place, &field.value))
                .trim_end()
                .to_owned()
        }))),
    }
}

/// The entries of a letter; in a list without letters they count by position (FORMAT.md, "REF").
fn with_letter(references: &References, letter: char) -> Vec<&Field<Reference>> {
    let lettered = references.entries.iter().any(|field| field.value.letter.is_some());
    if lettered {
        return references
            .entries
            .iter()
            .filter(|field| field.value.letter.is_some_and(|own| own.0 == letter))
            .collect();
    }
    let position = (letter as usize).wrapping_sub('A' as usize);
    references.entries.get(position).into_iter().collect()
}

/// The canonical id of an entry, or its text.
fn name(place: &Place<'_>, entry: &Reference) -> String {
    place.cable.reference_id(entry).unwrap_or_else(|| place.text(entry.span)).to_owned()
}

fn meaning(place: &Place<'_>, entry: &Reference) -> String {
    let Some((post, serial)) = entry.post.as_deref().zip(entry.serial) else {
        return "not a numbered cable".to_owned();
    };
    match (entry.year.or_else(|| place.cable.year()), &entry.compact_post) {
        (Some(year), Some(_)) => format!("{post} {serial} of {year}"),
        (Some(year), None) => format!("of {year}"),
        (None, _) => String::new(),
    }
}

fn facts(place: &Place<'_>, entry: &Reference) -> Vec<String> {
    let Some((post, serial)) = entry.post.as_deref().zip(entry.serial) else { return Vec::new() };
    let mut facts = Vec::new();
    let known = place.catalog.post(post);
    match (entry.year, place.cable.year()) {
        (Some(_), _) => {}
        (None, Some(own)) => {
            facts.push("year not written: the cable's own is taken".to_owned());
            if let Some(higher) = higher_serial(place, entry, serial) {
                facts.push(format!("perhaps of {}: the serial is above this cable's own {higher}", own - 1));
            }
        }
        (None, None) => facts.push("year not written, and the cable has no date: no canonical id".to_owned()),
    }
    match &known {
        Some(post) => facts.push(post_and_place(place.catalog, post)),
        None => facts.push("post not in the table: no canonical id".to_owned()),
    }
    if place.text(entry.span).contains("NOTAL") {
        facts.push(format!("{} not received by all addressees", code("NOTAL")));
    }
    facts
}

/// This cable's own serial where the entry of the same post has a higher one (FORMAT.md, "Reference letters").
fn higher_serial(place: &Place<'_>, entry: &Reference, serial: u32) -> Option<u32> {
    let line = place.cable.header.classification.as_ref()?;
    let own = place.catalog.post(place.text(line.at(line.value.reference_number.post)))?;
    let number = line.value.reference_number.number;
    (entry.compact_post.as_deref() == Some(own.compact) && serial > number).then_some(number)
}
