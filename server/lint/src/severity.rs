//! How much a diagnostic matters.

use std::fmt;
use std::str::FromStr;

/// How much a diagnostic matters; the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Could be tidier.
    Hint,
    /// Worth knowing; may well be what the original says.
    Information,
    /// A mistake that a person would want to fix.
    Warning,
    /// Cannot be right.
    Error,
}

impl Severity {
    /// Every severity, the least first.
    pub const ALL: [Self; 4] = [Self::Hint, Self::Information, Self::Warning, Self::Error];

    /// The word of settings and of outputs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Information => "information",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.word())
    }
}

impl FromStr for Severity {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|severity| severity.word() == word).ok_or(())
    }
}
