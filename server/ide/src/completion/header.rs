//! Completion in the header: its keywords in their order, then whatever its lines ask for (FORMAT.md, "Header").

use std::ops::RangeBounds;

use cable_syntax::{Part, PartKind};

use super::keywords::KEYWORDS;
use super::place::Place;
use super::wording::{Wording, fit};
use super::{Completion, CompletionKind, Completions, captions, instruction, reasons, references, tags};

/// So many of them are above the title.
const ABOVE_TITLE: usize = 2;

pub(super) fn complete(place: &Place<'_>) -> Completions {
    if place.before().len() > 400 {
        return Completions::default();
    }
    let owner = place.owner().map(|part| part.kind);
    if owner == Some(PartKind::ClassifiedBy) || place.directly_above() == Some(PartKind::ClassifiedBy) {
        let found = reasons::complete(place);
        if !found.items.is_empty() {
            return found;
        }
    }
    if tags::list(place).is_some() {
        return tags::complete(place);
    }
    if !place.in_header() && owner.is_none_or(|kind| kind != PartKind::ExecutiveOrder) {
        return Completions::default();
    }
    let started = instruction::complete(place);
    if !started.items.is_empty() {
        return started;
    }
    // Captions are above the title.
    let mut found = keywords(place, ..ABOVE_TITLE);
    found.append(captions::complete(place));
    found.append(keywords(place, ABOVE_TITLE..));
    found.append(references::next_letter(place));
    found.append(references::posts(place));
    found
}

/// The keywords of a stretch that are missing, and may be on this line.
fn keywords(place: &Place<'_>, stretch: impl RangeBounds<usize>) -> Completions {
    let typed = place.before().trim_start();
    if typed.len() > 16 || !place.at_line_end() || typed.contains(':') {
        return Completions::default();
    }
    let rank = |part: &Part| KEYWORDS.iter().position(|(kind, ..)| *kind == part.kind);
    let last_above = place.above().iter().filter_map(rank).max();
    let first_below = place.below().iter().filter_map(rank).min();
    let due = KEYWORDS.iter().enumerate().filter(|(index, (kind, word, _))| {
        let in_order = last_above.is_none_or(|last| last < *index) && first_below.is_none_or(|first| *index < first);
        let sensible = *kind != PartKind::ClassifiedBy || place.is_classified() == Some(true);
        stretch.contains(index) && in_order && sensible && !place.elsewhere(*kind) && fit(word, typed).is_some()
    });
    let range = place.upto(place.column_of(typed), 0);
    let mut found = Completions::default();
    for (_, (kind, word, meaning)) in due {
        let wording = match kind {
            PartKind::ExecutiveOrder => {
                found.items.extend(instruction::lines(place, typed));
                continue;
            }
            PartKind::ClassifiedBy => reasons::classified_by(place, None),
            _ => Wording::of(word).text(": "),
        };
        let label = format!("{word}:");
        found.items.push(
            Completion::new(CompletionKind::Keyword, range.clone(), wording)
                .label(label)
                .detail(*meaning)
                .filter(fit(word, typed).unwrap_or_default()),
        );
        if *kind == PartKind::Reference {
            found.items.push(lettered(range.clone(), word, typed));
        }
        if *kind == PartKind::ClassifiedBy {
            found.items.extend(reasons::TITLES.into_iter().map(|title| {
                Completion::new(CompletionKind::Keyword, range.clone(), reasons::classified_by(place, Some(title)))
                    .label(format!("{word}: {title}"))
                    .detail(*meaning)
                    .filter(fit(word, typed).unwrap_or_default())
            }));
        }
    }
    found
}

/// A list of several references.
fn lettered(range: std::ops::Range<usize>, word: &str, typed: &str) -> Completion {
    let text = format!("{word}: A. ");
    let filter = fit(&text, typed).unwrap_or_default();
    Completion::new(CompletionKind::Keyword, range, text.into()).detail("several cables, with letters").filter(filter)
}
