//! A rule: everything there is to know of it, next to the function that checks it.
//!
//! `explain`, the documentation and the diagnostics all read the same value, so they cannot drift apart.

use std::fmt;

use crate::Severity;
use crate::changes::{Change, Letters};
use crate::findings::{Context, Findings};
use crate::needs::{Need, Stage};

/// How far a fix may be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FixSafety {
    /// Undoes what the transcription did: `--fix` and `source.fixAll` apply it.
    Safe,
    /// May change what the original really holds: a person has to look at it.
    Unsafe,
}

/// How the findings of a rule are fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleFix {
    /// How far the fixes may be trusted as a rule.
    pub safety: FixSafety,
    /// What they may change in what is read; nothing else.
    pub changes: &'static [Change],
    /// Which letters and digits they may change in the text.
    pub letters: Letters,
}

impl RuleFix {
    /// Fixes that undo what the transcription did.
    pub(crate) const fn safe(changes: &'static [Change], letters: Letters) -> Self {
        Self { safety: FixSafety::Safe, changes, letters }
    }

    /// Fixes that a person has to look at.
    pub(crate) const fn unsafe_(changes: &'static [Change], letters: Letters) -> Self {
        Self { safety: FixSafety::Unsafe, changes, letters }
    }
}

/// A few lines of a cable before and after the fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// Lines that the rule reports.
    pub before: &'static str,
    /// The same lines as they should be.
    pub after: &'static str,
}

/// One rule (FORMAT.md, "Diagnostics").
pub struct Rule {
    /// `TXT001`: never reused.
    pub code: &'static str,
    /// `pilcrow-as-one`.
    pub name: &'static str,
    /// Default severity.
    pub severity: Severity,
    /// The severity of the case that the explanation names as less sure, or less bad.
    pub lower_severity: Option<Severity>,
    /// Whether it runs unasked.
    pub on_by_default: bool,
    /// Whether it speaks of figures and marks alone, which are the same at all times. Of the others early eras, whose
    /// layouts are known too little, make information.
    pub is_of_all_eras: bool,
    /// What must hold of a cable before it can be sure.
    pub needs: &'static [Need],
    /// How its findings are fixed; none where they are only shown.
    pub fix: Option<RuleFix>,
    /// What is wrong, in one line.
    pub summary: &'static str,
    /// What is wrong, why it matters, and what is left alone.
    pub explanation: &'static str,
    /// What it reports, and what that should be.
    pub example: Example,
    /// Where the rule comes from: handbooks, orders and cables (FORMAT.md, "Sources").
    pub source: &'static str,
    /// Looks at one cable.
    pub(crate) check: fn(&Context<'_>, &mut Findings),
}

impl Rule {
    /// The part that must be written to its end before the rule can be sure.
    pub fn finished(&self) -> Stage {
        let stages = self.needs.iter().filter_map(|need| match need {
            Need::Finished(stage) => Some(*stage),
            _ => None,
        });
        stages.max().unwrap_or(Stage::Line)
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.code, self.name)
    }
}

/// A rule is known by its code.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}
