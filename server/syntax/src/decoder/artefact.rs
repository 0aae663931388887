//! The words for what the copying did to a paragraph number.

use std::fmt;

use super::Decoded;
use crate::marker::{Marker, Sign};

/// What the copying did to a paragraph number, in the words of `export` (`dash+pilcrow-as-1`, `plain+split`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Artefact {
    /// A list dash is in front.
    pub dash: bool,
    /// What is left of the pilcrow as well as a digit.
    pub sign: Sign,
    /// The leading digit 1 is a misread pilcrow.
    pub stripped: bool,
    /// A letter stands for a digit.
    pub confusable: bool,
    /// A space is inside.
    pub blank: Blank,
}

/// Where a space is in a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Blank {
    /// Nowhere.
    #[default]
    None,
    /// Between the digits of the number: `1 0.` for 10.
    Inside,
    /// After a 1 that is the misread pilcrow: `1 7.` for 7.
    AfterSign,
}

/// What the copying did to `marker`, given how it was read.
pub fn artefact(marker: &Marker, decoded: Decoded) -> Artefact {
    let stripped = matches!(decoded, Decoded::Paragraph { stripped: true, .. });
    let blank = match marker.split {
        None => Blank::None,
        Some(1) if stripped => Blank::AfterSign,
        Some(_) => Blank::Inside,
    };
    Artefact { dash: marker.dash, sign: marker.sign, stripped, confusable: marker.confusable, blank }
}

impl Artefact {
    /// Whether nothing happened to it.
    pub fn is_plain(self) -> bool {
        self == Self { dash: false, sign: Sign::None, stripped: false, confusable: false, blank: Blank::None }
    }

    /// Whether a sign or a letter stands where there should be figures alone.
    pub fn is_misread(self) -> bool {
        self.sign != Sign::None || self.stripped || self.confusable
    }
}

impl fmt::Display for Artefact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.dash { "dash+" } else { "" })?;
        formatter.write_str(match (self.sign, self.stripped) {
            (Sign::None, false) => "plain",
            (Sign::None, true) => "pilcrow-as-1",
            (Sign::Kept, _) => "pilcrow-kept",
            (Sign::Link, _) => "link-pilcrow",
            (Sign::Latex, _) => "latex-pilcrow",
            (Sign::Letter, _) => "letter-pilcrow",
        })?;
        formatter.write_str(if self.stripped && self.sign != Sign::None { "+1" } else { "" })?;
        formatter.write_str(if self.confusable { "+confusable" } else { "" })?;
        formatter.write_str(match self.blank {
            Blank::None => "",
            Blank::Inside => "+split",
            Blank::AfterSign => "+blank",
        })
    }
}
