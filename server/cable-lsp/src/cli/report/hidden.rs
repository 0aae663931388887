//! What a person is not shown, and the count that stands for it.

use std::collections::BTreeMap;

use cable_lint::{Diagnostic, Rule, Severity};

use crate::cli::count;
use crate::cli::statistics::is_safe;

/// What the formats for people leave out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Shown {
    /// The least severity that is shown.
    pub(in crate::cli) level: Severity,
    /// Rules whose findings a whole set of files has in common, by code: a line counts them. What makes the run fail is
    /// shown all the same.
    pub(in crate::cli) in_common: Vec<&'static str>,
    /// Nothing but diagnostics is written.
    pub(in crate::cli) quiet: bool,
}

/// Diagnostics that were not shown, counted.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    by_severity: BTreeMap<Severity, usize>,
    fixable: usize,
    in_common: BTreeMap<&'static str, Common>,
    /// Something is below the level, so that another level shows more.
    is_below: bool,
}

#[derive(Debug)]
struct Common {
    rule: &'static Rule,
    count: usize,
    files: usize,
}

impl Shown {
    /// The diagnostics of one file that are shown; the others are counted.
    pub(super) fn split(&self, diagnostics: &[Diagnostic], hidden: &mut Hidden) -> Vec<Diagnostic> {
        let mut in_this_file = Vec::new();
        let is_shown = |diagnostic: &&Diagnostic| {
            let is_common = diagnostic.severity < Severity::Warning && self.is_in_common(diagnostic);
            let is_below = diagnostic.severity < self.level;
            if !is_below && !is_common {
                return true;
            }
            hidden.is_below |= is_below && !is_common;
            hidden.fixable += usize::from(is_safe(diagnostic));
            *hidden.by_severity.entry(diagnostic.severity).or_default() += 1;
            if is_common {
                let rule = diagnostic.rule;
                let common = hidden.in_common.entry(rule.code).or_insert(Common { rule, count: 0, files: 0 });
                common.count += 1;
                common.files += usize::from(!in_this_file.contains(&rule.code));
                in_this_file.push(rule.code);
            }
            false
        };
        diagnostics.iter().filter(is_shown).cloned().collect()
    }

    fn is_in_common(&self, diagnostic: &Diagnostic) -> bool {
        // Of the rule for white space only a missing newline at the end, which has no text of its own.
        let is_end = diagnostic.rule.code != "TXT011" || diagnostic.range.is_empty();
        is_end && self.in_common.contains(&diagnostic.rule.code)
    }
}

impl Hidden {
    /// How many were not shown, by severity, in words; none if all were shown. Which fixes are safe is said only where
    /// that was proved.
    pub(super) fn words(&self, are_proved: bool) -> Option<String> {
        let total: usize = self.by_severity.values().sum();
        if total == 0 {
            return None;
        }
        let by_severity = self.by_severity.iter().rev().map(|(severity, count)| format!("{count} {severity}"));
        let by_severity = by_severity.collect::<Vec<_>>().join(", ");
        let fixable =
            if are_proved && self.fixable > 0 { format!(", {} with a safe fix", self.fixable) } else { String::new() };
        let way = if self.is_below { "; --level hint shows more" } else { "" };
        Some(format!("{total} not shown ({by_severity}){fixable}{way}"))
    }

    /// A line for each thing that the files have in common.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        self.in_common.values().map(|Common { rule, count: times, files }| {
            let what = if rule.code == "TXT011" { "no newline at the end of the file" } else { rule.summary };
            format!("  {} {}: {times} in {} ({what})", rule.code, rule.name, count(*files, "file"))
        })
    }
}
