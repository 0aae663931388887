//! `check --statistics`: how often each rule reports something, by the severity that it then has.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use cable_lint::{Diagnostic, FixSafety, Severity, rule};
use serde::Serialize;

use super::json;

/// What was counted, by code and severity: settings and weaker cases give one rule several.
#[derive(Debug, Default)]
pub(super) struct Statistics(BTreeMap<(&'static str, Severity), Counts>);

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    count: usize,
    files: usize,
    fixable: usize,
}

#[derive(Debug, Serialize)]
struct Row {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    count: usize,
    files: usize,
    /// How many of them have a safe fix.
    fixable: usize,
}

impl Statistics {
    /// Counts the diagnostics of one file.
    pub(super) fn add<'a>(&mut self, diagnostics: impl IntoIterator<Item = &'a Diagnostic>) {
        let mut here: BTreeMap<(&'static str, Severity), Counts> = BTreeMap::new();
        for diagnostic in diagnostics {
            let counts = here.entry((diagnostic.rule.code, diagnostic.severity)).or_default();
            counts.count += 1;
            counts.fixable += usize::from(is_safe(diagnostic));
        }
        for (key, found) in here {
            let counts = self.0.entry(key).or_default();
            counts.count += found.count;
            counts.fixable += found.fixable;
            counts.files += 1;
        }
    }

    /// Writes a line for each rule and severity, the most frequent first.
    pub(super) fn write_text(&self, output: &mut impl Write) -> io::Result<()> {
        self.rows().iter().try_for_each(|Row { code, name, severity, count, .. }| {
            writeln!(output, "{count:7}  {code}  {name} ({severity})")
        })
    }

    /// Writes the same as an array.
    pub(super) fn write_json(&self, output: &mut impl Write) -> io::Result<()> {
        json::write_pretty(output, &self.rows())
    }

    fn rows(&self) -> Vec<Row> {
        let row = |(&(code, severity), &Counts { count, files, fixable }): (&(&'static str, Severity), &Counts)| Row {
            code,
            name: rule(code).map_or("", |rule| rule.name),
            severity: severity.word(),
            count,
            files,
            fixable,
        };
        let mut rows: Vec<Row> = self.0.iter().map(row).collect();
        rows.sort_by_key(|row| Reverse(row.count));
        rows
    }
}

/// Whether `--fix` fixes it.
pub(super) fn is_safe(diagnostic: &Diagnostic) -> bool {
    diagnostic.fix.as_ref().is_some_and(|fix| fix.safety == FixSafety::Safe)
}
