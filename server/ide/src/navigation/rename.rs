//! Renames the letter of a reference: in the REF list and wherever the text cites it.
//!
//! A letter is all that can be renamed. What cannot be renamed soundly is refused, with a reason that a person can read.

use std::ops::Range;

use cable_lint::{TextEdit, fix};
use cable_syntax::{Cable, Document, Reading, Span};

use super::cable_at;

/// What is at the cursor and can be renamed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renameable {
    /// The letter at the cursor: bytes of the document.
    pub range: Range<usize>,
    /// The letter as it is written there.
    pub placeholder: String,
}

const NO_LETTER: &str =
    "Only the letter of a reference can be renamed: put the cursor on A in \"REF: A.\" or in \"ref A\".";

/// The letter at a byte offset of the document.
///
/// # Errors
///
/// The reason why nothing can be renamed there.
pub fn prepare_rename(document: &Document, offset: usize) -> Result<Renameable, String> {
    let (placed, offset) = cable_at(document, offset).ok_or(NO_LETTER)?;
    let letters = Letters::of(&placed.cable);
    let (letter, span) = letters.at(&placed.cable, offset).ok_or(NO_LETTER)?;
    letters.check(letter)?;
    Ok(Renameable { range: placed.range(span), placeholder: placed.cable.slice(span).to_owned() })
}

/// The edits that give the letter at a byte offset of the document another name. Small letters stay small.
///
/// # Errors
///
/// The reason why it cannot be done.
pub fn rename(document: &Document, offset: usize, name: &str) -> Result<Vec<TextEdit>, String> {
    let (placed, offset) = cable_at(document, offset).ok_or(NO_LETTER)?;
    let cable = &placed.cable;
    let letters = Letters::of(cable);
    let (old, _) = letters.at(cable, offset).ok_or(NO_LETTER)?;
    letters.check(old)?;
    let new = match name.trim().as_bytes() {
        &[letter @ b'A'..=b'Z'] => char::from(letter),
        _ => return Err(format!("\"{}\" is not one capital letter, A to Z.", name.trim())),
    };
    if new == old {
        return Ok(Vec::new());
    }
    if letters.listed.iter().chain(&letters.cited).any(|(letter, _)| *letter == new) {
        return Err(format!("The letter {new} is taken."));
    }
    letters.check_ranges(new)?;
    let edits = letters.edits(cable, old, new);
    if !reads_alike(cable, &letters, &edits, old, new) {
        return Err(format!("The list could not be read with {new} in that place."));
    }
    let place = |edit: TextEdit| TextEdit {
        range: placed.start + edit.range.start..placed.start + edit.range.end,
        text: edit.text,
    };
    Ok(edits.into_iter().map(place).collect())
}

/// Every letter of the list and of the text, and where it is in the cable.
struct Letters {
    listed: Vec<(char, Span)>,
    cited: Vec<(char, Span)>,
    /// First and last letter of each range.
    ranges: Vec<(char, char)>,
}

impl Letters {
    fn of(cable: &Cable) -> Self {
        let citations = cable.citations();
        let ranges =
            citations.iter().flat_map(|citation| citation.ranges().map(|(first, last)| (first.0, last.0))).collect();
        let cited = citations.iter().flat_map(|citation| citation.letters.iter().copied()).collect();
        Self { listed: cable.listed_letters().to_vec(), cited, ranges }
    }

    /// The letter at a byte; an entry of the list counts as its letter, a keyword as the first letter after it.
    fn at(&self, cable: &Cable, offset: u32) -> Option<(char, Span)> {
        let touched = |(_, span): &&(char, Span)| span.touches(offset);
        let exact = self.listed.iter().chain(&self.cited).find(touched).copied();
        exact.or_else(|| {
            let citation = cable.citations().iter().find(|citation| citation.span.touches(offset))?;
            citation.letters.first().copied()
        })
    }

    /// Whether a letter can be renamed at all.
    fn check(&self, letter: char) -> Result<(), String> {
        match self.listed.iter().filter(|(listed, _)| *listed == letter).count() {
            1 => {}
            0 => return Err(format!("The REF list has no entry {letter}.")),
            _ => return Err(format!("The REF list has the letter {letter} more than once.")),
        }
        self.check_ranges(letter)
    }

    /// Whether no range of letters holds a letter.
    fn check_ranges(&self, letter: char) -> Result<(), String> {
        match self.ranges.iter().find(|(first, last)| (*first..=*last).contains(&letter)) {
            Some((first, last)) => {
                Err(format!("The text cites {first} to {last} as a range, and {letter} lies in it."))
            }
            None => Ok(()),
        }
    }

    fn edits(&self, cable: &Cable, old: char, new: char) -> Vec<TextEdit> {
        let own = self.listed.iter().chain(&self.cited).filter(|(letter, _)| *letter == old);
        let edit = |&(_, span): &(char, Span)| {
            let is_small = cable.slice(span).starts_with(|c: char| c.is_ascii_lowercase());
            let letter = if is_small { new.to_ascii_lowercase() } else { new };
            TextEdit { range: span.range(), text: letter.to_string() }
        };
        let mut edits: Vec<TextEdit> = own.map(edit).collect();
        edits.sort_by_key(|edit| edit.range.start);
        edits
    }
}

/// Whether the edited cable reads as before, but for the letter. In some places of a list a letter out of order is taken
/// for text.
fn reads_alike(cable: &Cable, before: &Letters, edits: &[TextEdit], old: char, new: char) -> bool {
    let document = Document::new(&fix::apply(cable.text(), edits), cable.catalog());
    let [edited] = document.cables() else { return false };
    let renamed = |letters: &[(char, Span)]| -> Vec<(char, Span)> {
        letters.iter().map(|&(letter, span)| (if letter == old { new } else { letter }, span)).collect()
    };
    let after = Letters::of(&edited.cable);
    let reading = |cable: &Cable| {
        let mut reading = Reading::of(cable, 0);
        let letters = reading.refs.iter_mut().filter_map(|reference| reference.letter.as_mut());
        letters.filter(|letter| **letter == old).for_each(|letter| *letter = new);
        // A heading may cite, too.
        reading.headings.iter_mut().for_each(|heading| heading.text.clear());
        reading
    };
    after.listed == renamed(&before.listed)
        && after.cited == renamed(&before.cited)
        && reading(&edited.cable) == reading(cable)
}
