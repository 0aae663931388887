//! Which diagnostics a person is shown, and which of them make a run fail: two questions with two answers.

use cable_lint::Severity;
use clap::ValueEnum;

/// The least severity that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Level {
    Hint,
    Information,
    Warning,
    Error,
}

impl From<Level> for Severity {
    fn from(level: Level) -> Self {
        match level {
            Level::Hint => Self::Hint,
            Level::Information => Self::Information,
            Level::Warning => Self::Warning,
            Level::Error => Self::Error,
        }
    }
}

/// The least severity at which a run fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Hint,
    Information,
    Warning,
    Error,
    Never,
}

impl FailOn {
    pub(super) fn is_reached(self, severity: Severity) -> bool {
        self.least().is_some_and(|least| severity >= least)
    }

    /// What is shown where nobody says: warnings, and whatever makes the run fail.
    pub(super) fn shown(self) -> Severity {
        self.least().map_or(Severity::Warning, |least| least.min(Severity::Warning))
    }

    fn least(self) -> Option<Severity> {
        match self {
            Self::Hint => Some(Severity::Hint),
            Self::Information => Some(Severity::Information),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
            Self::Never => None,
        }
    }
}
