//! A line that should be the classification line and is not read as one.

use std::cmp::Reverse;
use std::sync::LazyLock;

use super::Classification;
use crate::pattern::{ShortPattern, short_pattern};
use crate::span::Span;

/// What is wrong with the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DamagedClassification {
    /// The words of the level, and the level that they are nearest to.
    Level(Span, Classification),
    /// What is in place of post and serial.
    ReferenceNumber(Span),
}

impl DamagedClassification {
    /// The same, further down in the text.
    #[must_use]
    pub(crate) const fn shifted(self, start: u32) -> Self {
        match self {
            Self::Level(span, level) => Self::Level(span.shifted(start), level),
            Self::ReferenceNumber(span) => Self::ReferenceNumber(span.shifted(start)),
        }
    }
}

static DAMAGED_LEVEL: LazyLock<ShortPattern> = LazyLock::new(|| {
    short_pattern(
        r"^(?<level>[A-Z][A-Z ]{3,50}?) (?:SECTION \d{1,2} [Oo][Ff] \d{1,2} )?(?:[A-Z][A-Z .'-]{2,20} )?\d{6}$",
    )
});

static DAMAGED_NUMBER: LazyLock<ShortPattern> = LazyLock::new(|| {
    short_pattern(
        r"^(?:UNCLAS|(?:C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|S ?E ?C ?R ?E ?T))(?: SECTION \d{1,2} [Oo][Ff] \d{1,2} (?<number>[A-Z][A-Z .'-]*|\d{4,6})| (?<alone>\d{6}))$",
    )
});

/// Reads a line without the white space around it.
pub(crate) fn read_damaged_line(text: &str) -> Option<DamagedClassification> {
    if let Some(found) = DAMAGED_NUMBER.captures(text) {
        let number = found.name("number").or_else(|| found.name("alone"))?;
        return Some(DamagedClassification::ReferenceNumber(Span::of(number.range())));
    }
    // Where the level ends and the post begins is not known: the nearest level tells.
    let words = DAMAGED_LEVEL.captures(text).and_then(|found| found.name("level")).map(|_| {
        let end = text.find(" SECTION ").or_else(|| text.rfind(' ')).unwrap_or(text.len());
        &text[..end]
    })?;
    let ends = words.match_indices(' ').map(|(at, _)| at).chain([words.len()]);
    let (_, end, meant) = ends
        .filter_map(|end| nearest_level(&words[..end]).map(|(distance, level)| (distance, end, level)))
        .min_by_key(|(distance, end, _)| (*distance, Reverse(*end)))?;
    Some(DamagedClassification::Level(Span::of(0..end), meant))
}

/// The level that a damaged word is up to three letters from.
fn nearest_level(word: &str) -> Option<(usize, Classification)> {
    const LEVELS: [(&str, usize, Classification); 5] = [
        ("UNCLAS", 1, Classification::Unclassified),
        ("UNCLASSIFIED", 3, Classification::Unclassified),
        ("CONFIDENTIAL", 3, Classification::Confidential),
        ("SECRET", 1, Classification::Secret),
        ("LIMITEDOFFICIALUSE", 3, Classification::LimitedOfficialUse),
    ];
    let letters = word.replace(' ', "");
    let near = |&(known, most, level): &(&str, usize, Classification)| {
        let distance = strsim::osa_distance(&letters, known);
        (1..=most).contains(&distance).then_some((distance, level))
    };
    LEVELS.iter().filter_map(near).min_by_key(|(distance, _)| *distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_is_damaged() {
        let read = |text: &'static str| {
            read_damaged_line(text).map(|damaged| match damaged {
                DamagedClassification::Level(span, level) => (span.text(text), Some(level)),
                DamagedClassification::ReferenceNumber(span) => (span.text(text), None),
            })
        };
        let confidential = Some(Classification::Confidential);
        assert_eq!(read("O N F I D E N T I A L ASTANA 000605"), Some(("O N F I D E N T I A L", confidential)));
        assert_eq!(read("UNCLAS 000605"), Some(("000605", None)));
        assert_eq!(read("UNCLAS SECTION 01 OF 02 ASTANA"), Some(("ASTANA", None)));
        for whole in ["UNCLAS", "THE DELEGATION CAME ON 000605", "UNCLAS ASTANA 000605"] {
            assert_eq!(read(whole), None, "{whole}");
        }
    }
}
