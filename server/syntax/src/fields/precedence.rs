//! Precedence: how fast a cable travels. Ranked FLASH, IMMEDIATE, PRIORITY, ROUTINE (FORMAT.md, "Precedence").

use serde::Serialize;

/// Precedence of a cable or of one addressee, lowest first. NIACT counts as IMMEDIATE.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Precedence {
    /// `R`, `RR`; left out after an addressee.
    Routine,
    /// `P`, `PP`.
    Priority,
    /// `O`, `OO`.
    Immediate,
    /// `Z`, `ZZ`.
    Flash,
}

impl Precedence {
    /// By the letter of the DTG line or the doubled prosign of the routing line, in any case.
    pub fn from_letter(letter: &str) -> Option<Self> {
        match letter.as_bytes().first()?.to_ascii_uppercase() {
            b'Z' => Some(Self::Flash),
            b'O' => Some(Self::Immediate),
            b'P' => Some(Self::Priority),
            b'R' => Some(Self::Routine),
            _ => None,
        }
    }

    /// By the word after an addressee.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "FLASH" => Some(Self::Flash),
            "IMMEDIATE" | "NIACT IMMEDIATE" | "IMMEDIATE NIACT" | "NIACT" => Some(Self::Immediate),
            "PRIORITY" => Some(Self::Priority),
            "ROUTINE" => Some(Self::Routine),
            _ => None,
        }
    }

    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Flash => "FLASH",
            Self::Immediate => "IMMEDIATE",
            Self::Priority => "PRIORITY",
            Self::Routine => "ROUTINE",
        }
    }

    /// The letter of the DTG line.
    pub const fn letter(self) -> char {
        match self {
            Self::Flash => 'Z',
            Self::Immediate => 'O',
            Self::Priority => 'P',
            Self::Routine => 'R',
        }
    }
}
