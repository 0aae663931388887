//! Hover on the words of running text: references, posts, acronyms. Ordinary words stay quiet.

use cable_syntax::{Part, Span, canonical_id};

use super::card::Card;
use super::posts::post_and_place;
use super::{Place, references};
use crate::named_cable::named_cables;

/// Short forms that are also words of the language: only capitals among small letters tell them apart.
const ORDINARY: [&str; 38] = [
    "AIT", "AMB", "BOG", "CHARGE", "COB", "CODE", "COIN", "COM", "COP", "COS", "ECON", "FEST", "GOD", "GOES", "GON",
    "GOT", "ICE", "LES", "LET", "LOS", "LOU", "MAP", "NAM", "PARA", "PARAS", "PAS", "PM", "RUN", "SAG", "SALT", "SAS",
    "SHAPE", "SMART", "START", "TEC", "TIP", "WHA", "WHO",
];

/// What the word at the cursor means.
pub(super) fn card(place: &Place<'_>, part: &Part) -> Option<Card> {
    let line = place.text(part.span);
    citation(place).or_else(|| cable(place, part, line)).or_else(|| acronym(place, part, line))
}

/// `ref A` or `reftel`: what the REF line has for it.
fn citation(place: &Place<'_>) -> Option<Card> {
    let citation = place.cable.citations().iter().find(|citation| citation.span.touches(place.offset))?;
    let Some(&(first, at)) = citation.letters.first() else { return references::cited(place, citation.span, None) };
    // The keyword goes with the first letter; each further letter stands for itself.
    let mut further = citation.letters[1..].iter();
    let (span, letter) = match further.find(|cited| cited.1.touches(place.offset)) {
        Some(&(letter, span)) => (span, letter),
        None => (place.touched(Span::new(citation.span.start, at.end))?, first),
    };
    references::cited(place, span, Some(letter))
}

/// A cable that the text names by its post and serial.
fn cable(place: &Place<'_>, part: &Part, line: &str) -> Option<Card> {
    let (named, span) = named_cables(line, place.catalog).find_map(|named| {
        let span = place.touched(named.span.shifted(part.span.start))?;
        Some((named, span))
    })?;
    let year = named.year.or_else(|| place.cable.year())?;
    let (post, serial) = (named.post, named.serial);
    let guess = "year not written: the cable's own is taken";
    Some(
        Card::new(span, &canonical_id(year, post.compact, serial), &format!("{} {serial} of {year}", post.name))
            .fact(if named.year.is_none() { guess } else { "" })
            .fact(post_and_place(place.catalog, &post)),
    )
}

fn acronym(place: &Place<'_>, part: &Part, line: &str) -> Option<Card> {
    let at = place.offset.checked_sub(part.span.start)? as usize;
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '&' | '+');
    let (before, after) = (line.get(..at)?, line.get(at..)?);
    let start = before.char_indices().rev().take_while(|(_, c)| is_part(*c)).last().map_or(at, |(index, _)| index);
    let end = at + after.find(|c| !is_part(c)).unwrap_or(after.len());
    let all_capitals = !line.bytes().any(|byte| byte.is_ascii_lowercase());
    // The whole word, then the piece between slashes or hyphens.
    let pieces = |c: char| matches!(c, '/' | '-');
    let inner_start = line[start..at].rfind(pieces).map_or(start, |index| start + index + 1);
    let inner_end = line[at..end].find(pieces).map_or(end, |index| at + index);
    [start..end, inner_start..inner_end].into_iter().find_map(|range| {
        let word = &line[range.clone()];
        let singular = word.strip_suffix('s').filter(|short| short.len() >= 3);
        let entry = [Some(word), singular]
            .into_iter()
            .flatten()
            .find_map(|word| place.catalog.acronym(word).filter(|entry| is_acronym(word, entry.code, all_capitals)))?;
        Some(Card::of(Span::of(range).shifted(part.span.start), &entry))
    })
}

/// Whether a word of the text is meant as the short form that is spelt so.
fn is_acronym(word: &str, known: &str, all_capitals: bool) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let ordinary = ORDINARY.contains(&known);
    match capitals {
        _ if known.len() < 2 => false,
        2.. => !(all_capitals && ordinary),
        // `the Charge` is a person; `poloff` is one in any spelling.
        1 if known == "CHARGE" => true,
        _ => known.len() >= 5 && !ordinary,
    }
}
