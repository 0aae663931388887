//! Hover on the lines of a header that is not the cable's own: a later section's, or that of a quoted cable.

use cable_syntax::Part;

use super::card::Card;
use super::{Place, words};

/// The word at the cursor when the tables have it, else what the line is.
pub(super) fn card(place: &Place<'_>, part: &Part, line: &str) -> Card {
    let known = || {
        let span = place.word(part)?;
        let word = place.text(span);
        // `TO` and `FOR` are words that no code is meant by.
        let meanings = if word.len() < 4 { Vec::new() } else { place.catalog.lookup(word) };
        let entry = meanings.into_iter().find(|entry| entry.code == word && !entry.doubtful)?;
        Some(Card::of(span, &entry))
    };
    let card = words::card(place, part).or_else(known);
    card.unwrap_or_else(|| Card::new(part.span, place.text(part.span), line).fact("not read as this cable's own"))
}
