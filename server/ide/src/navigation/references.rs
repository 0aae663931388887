//! The entries of the REF list and the places that cite them (FORMAT.md, "REF").

use cable_syntax::{Cable, Citation, Span};

use super::{Occurrence, Thing};

/// An entry of the list as the text cites it: all the cables under one letter.
pub(super) struct Entry {
    /// Its letter; in a list without letters the one of its position.
    pub(super) letter: Option<char>,
    /// The letter where it is; without one, the reference.
    pub(super) name: Span,
    /// Letter and references.
    pub(super) whole: Span,
}

/// The entries of the list, in order.
pub(super) fn entries(cable: &Cable) -> Vec<Entry> {
    let Some(list) = &cable.header.references else { return Vec::new() };
    let letters = cable.listed_letters();
    let first_letter = letters.first().map_or(u32::MAX, |first| first.1.start);
    let before = list.entries.iter().map(|entry| entry.span).filter(|span| span.start < first_letter);
    // Without letters the entries count by position; one before a first B is A.
    let counts = letters.first().is_none_or(|first| first.0 == 'B');
    let unlettered = before.zip('A'..='Z').map(|(span, letter)| Entry {
        letter: (counts && (letters.is_empty() || letter == 'A')).then_some(letter),
        name: span,
        whole: span,
    });
    let lettered = letters.iter().enumerate().map(|(index, &(letter, at))| {
        let next = letters.get(index + 1).map_or(u32::MAX, |next| next.1.start);
        let after = list.entries.partition_point(|entry| entry.span.start <= at.start);
        let own = list.entries[after..].iter().map(|entry| entry.span).take_while(|span| span.start < next);
        Entry {
            letter: Some(letter),
            name: at,
            whole: Span::new(at.start, own.map(|span| span.end).max().unwrap_or(at.end)),
        }
    });
    unlettered.chain(lettered).collect()
}

pub(super) fn find(cable: &Cable, offset: u32) -> Option<Thing> {
    let citations = cable.citations();
    let entries = entries(cable);
    if let Some(citation) = citations.iter().find(|citation| citation.span.touches(offset)) {
        let origin = at_cursor(citation, offset)?;
        return Some(match origin {
            (span, Some(letter)) => cited_by(letter, span, &entries, citations),
            (span, None) => cited_as_a_whole(span, &entries, citations),
        });
    }
    let entry = entries.iter().find(|entry| entry.whole.touches(offset))?;
    Some(match entry.letter {
        Some(letter) => cited_by(letter, entry.whole, &entries, citations),
        None => Thing::new(entry.whole, vec![Occurrence::definition(entry.name, entry.whole)], true),
    })
}

/// The words at a byte of the cable that name entries of the list, and the places of these in it.
pub(crate) fn cited_entries(cable: &Cable, offset: u32) -> Option<(Span, Vec<usize>)> {
    let list = cable.header.references.as_ref()?;
    let within = |wholes: &[Span]| {
        let is_in = |span: Span| wholes.iter().any(|whole| whole.start <= span.start && span.end <= whole.end);
        (0..list.entries.len()).filter(|&at| is_in(list.entries[at].span)).collect()
    };
    let entries = entries(cable);
    let wholes = |wanted: &dyn Fn(&Entry) -> bool| -> Vec<Span> {
        entries.iter().filter(|entry| wanted(entry)).map(|entry| entry.whole).collect()
    };
    if let Some(citation) = cable.citations().iter().find(|citation| citation.span.touches(offset)) {
        let (span, letter) = at_cursor(citation, offset)?;
        return Some(match letter {
            Some(letter) => (span, within(&wholes(&|entry| entry.letter == Some(letter)))),
            None => (span, within(&wholes(&|_| true))),
        });
    }
    // Of several cables under one letter, the one that is pointed at.
    if let Some(at) = list.entries.iter().position(|entry| entry.value.span.touches(offset)) {
        return Some((list.entries[at].value.span, vec![at]));
    }
    let entry = entries.iter().find(|entry| entry.whole.touches(offset))?;
    Some((entry.whole, within(&[entry.whole])))
}

/// The words of a citation at the cursor, and their letter. The keyword goes with the first letter.
fn at_cursor(citation: &Citation, offset: u32) -> Option<(Span, Option<char>)> {
    let Some(&(first, _)) = citation.letters.first() else { return Some((citation.span, None)) };
    let further = citation.letters[1..].iter().find(|cited| cited.1.touches(offset));
    match further {
        Some(&(letter, span)) => Some((span, Some(letter))),
        None => Some((with_keyword(citation)?, Some(first))).filter(|(span, _)| span.touches(offset)),
    }
}

/// `ref A` of `ref A and B`.
fn with_keyword(citation: &Citation) -> Option<Span> {
    Some(Span::new(citation.span.start, citation.letters.first()?.1.end))
}

/// The entries of a letter, and what cites them.
fn cited_by(letter: char, origin: Span, entries: &[Entry], citations: &[Citation]) -> Thing {
    let own = entries.iter().filter(|entry| entry.letter == Some(letter));
    let mut occurrences: Vec<Occurrence> = own.map(|entry| Occurrence::definition(entry.name, entry.whole)).collect();
    // The reftel of a cable with one reference is that one.
    let is_only = !occurrences.is_empty() && entries.len() == 1;
    for citation in citations {
        if citation.letters.is_empty() && is_only {
            occurrences.push(Occurrence::mention(citation.span));
        }
        let first = citation.letters.first().map(|first| first.1);
        let named = citation
            .of_letter(letter)
            .map(|span| if Some(span) == first { with_keyword(citation).unwrap_or(span) } else { span });
        occurrences.extend(named.map(Occurrence::mention));
    }
    Thing::new(origin, occurrences, true)
}

/// All entries, and what cites the list as a whole; of a single entry, whatever cites it.
fn cited_as_a_whole(origin: Span, entries: &[Entry], citations: &[Citation]) -> Thing {
    if let [Entry { letter: Some(letter), .. }] = entries {
        return cited_by(*letter, origin, entries, citations);
    }
    let whole = citations.iter().filter(|citation| citation.letters.is_empty());
    let occurrences = entries
        .iter()
        .map(|entry| Occurrence::definition(entry.name, entry.whole))
        .chain(whole.map(|citation| Occurrence::mention(citation.span)));
    Thing::new(origin, occurrences.collect(), true)
}
