//! What a fix may change: data of its rule, shown by `explain`, and held against every fix by the proof.
//!
//! There are two sides to it: what is read from the cable ([`Change`]), and the letters and digits of the text
//! ([`Letters`]). White space and punctuation inside the edits are a fix's own business.

use std::fmt;

use cable_catalog::Catalog;
use cable_syntax::{as_digits, confusable_digit};

/// Something in the reading of a cable that a fix may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// How the marker of its paragraph is written; not the number, and not the mark.
    Marker,
    /// The portion mark of its paragraph, where that is malformed.
    PortionMark,
    /// The numbers of the paragraphs.
    Numbers,
    /// Which paragraphs there are.
    Paragraphs,
    /// The captions, the handling lines among them, and whether the cable is SENSITIVE.
    Captions,
    /// The captions that a section left in the text.
    StrayCaptions,
    /// The value that the edit is in, and what is worked out from it.
    Value,
    /// The field of the edited line, and the field that had swallowed that line.
    Field,
    /// Where lines begin and end.
    Lines,
    /// The headings and the signature that a line had swallowed.
    Swallowed,
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Marker => "how the marker of the paragraph is written",
            Self::PortionMark => "the portion mark, where it is malformed",
            Self::Numbers => "the numbers of the paragraphs",
            Self::Paragraphs => "which paragraphs there are",
            Self::Captions => "captions and handling lines",
            Self::StrayCaptions => "captions left in the text",
            Self::Value => "the value it repairs, and what follows from that",
            Self::Field => "the field it repairs, and the one that had swallowed its line",
            Self::Lines => "where lines break",
            Self::Swallowed => "headings and the signature that its line had swallowed",
        })
    }
}

/// The letters and digits that a fix may change in the text it replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Letters {
    /// None: they stay in their order.
    Kept,
    /// Those of a link's target go.
    Link,
    /// A sign before a number goes, and letters that were read for digits become those digits.
    Sign,
    /// Numbers become other numbers.
    Numbers,
    /// Letters that were read for digits become those digits, one by one.
    Digits,
    /// A 2 that was read for the Z of a date-time group becomes that Z.
    Zone,
    /// They become a header keyword.
    Keyword,
    /// They become a caption that the catalogue knows.
    Caption,
    /// Any: a person sees them before the fix is applied.
    Any,
}

/// The keywords that a fix writes, without their punctuation.
const KEYWORDS: [&str; 8] = ["EO", "TAGS", "SUBJECT", "SUBJ", "REF", "REFS", "REFTEL", "REFTELS"];

impl Letters {
    /// Whether `old` may become `new`.
    pub(crate) fn allow(self, old: &str, new: &str, catalog: &Catalog) -> bool {
        let letters = |text: &str| text.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>();
        let (before, after) = (letters(old), letters(new));
        match self {
            Self::Any => true,
            Self::Kept => before == after,
            Self::Link => letters(&without_targets(old)) == after,
            Self::Sign if after.is_empty() => {
                old.contains("](") && matches!(letters(&without_targets(old)).as_str(), "" | "1")
            }
            Self::Sign => as_digits(&before).ends_with(&as_digits(&after)),
            Self::Numbers => {
                let words = |text: &str| text.chars().filter(|letter| letter.is_alphabetic()).collect::<String>();
                before == after || words(&after).is_empty()
            }
            Self::Digits => {
                before.chars().count() == after.chars().count()
                    && before
                        .chars()
                        .zip(after.chars())
                        .all(|(old, new)| old == new || confusable_digit(old) == Some(new))
            }
            Self::Zone => before == "2" && after == "Z",
            Self::Keyword => before == after || KEYWORDS.contains(&after.as_str()),
            Self::Caption => catalog.caption(new.trim()).is_some(),
        }
    }
}

/// A text without the targets of its links: `[PREL](/tag/PREL_0.html)` is `[PREL]`.
fn without_targets(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        kept.push_str(before);
        rest = after.split_once(')').map_or("", |(_, rest)| rest);
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_change_only_as_declared() {
        let catalog = Catalog::built_in();
        for (letters, old, new, allowed) in [
            (Letters::Kept, "[PREL](#)", "PREL", true),
            (Letters::Kept, "[PREL](/tag/0.html)", "PREL", false),
            (Letters::Link, "[PREL](/tag/0.html)", "PREL", true),
            (Letters::Link, "[PREL](#)[KZ](#)", "KZ", false),
            (Letters::Kept, "1.(C)", "1. (C)", true),
            (Letters::Kept, "1.(C)", "1. (U)", false),
            (Letters::Sign, "11.", "1.", true),
            (Letters::Sign, "[¶](#par7)7.", "7.", true),
            (Letters::Sign, "1O. (SBU", "10. (SBU)", true),
            (Letters::Sign, "17.", "8.", false),
            (Letters::Sign, "1. (SBU)", "1. (U)", false),
            (Letters::Sign, "[1](#)", "", true),
            (Letters::Sign, "1.", "", false),
            (Letters::Numbers, "¶13", "2", true),
            (Letters::Numbers, "13", "2 words", false),
            (Letters::Digits, "00Q02l", "000021", true),
            (Letters::Digits, "00Q021", "0021", false),
            (Letters::Digits, "000021", "000022", false),
            (Letters::Zone, "2", "Z", true),
            (Letters::Zone, "3", "Z", false),
            (Letters::Keyword, "RFE:", "REF:", true),
            (Letters::Keyword, "TGAS", "TAGS:", true),
            (Letters::Keyword, "", ":", true),
            (Letters::Keyword, "TGAS", "TALK:", false),
            (Letters::Caption, "STPDIS", "SIPDIS", true),
            (Letters::Caption, "STPDIS", "STOPDIS", false),
        ] {
            assert_eq!(letters.allow(old, new, &catalog), allowed, "{letters:?}: {old} to {new}");
        }
    }
}
