//! The Code Quality report of GitLab: an array of issues with a fingerprint each.

use std::io::{self, Write};

use cable_lint::Severity;
use serde::Serialize;

use super::{Checked, Layout, Totals, end_items, write_items};
use crate::cli::identity::fingerprints;
use crate::cli::position::Position;

#[derive(Debug, Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Debug, Serialize)]
struct Location<'a> {
    path: &'a str,
    positions: Range,
}

#[derive(Debug, Serialize)]
struct Range {
    begin: Place,
    end: Place,
}

#[derive(Debug, Serialize)]
struct Place {
    line: usize,
    column: usize,
}

pub(super) struct Gitlab;

impl Layout for Gitlab {
    fn begin(&self, output: &mut dyn Write) -> io::Result<()> {
        output.write_all(b"[")
    }

    fn file(&self, output: &mut dyn Write, checked: &Checked<'_>, before: usize) -> io::Result<()> {
        let fingerprints = fingerprints(checked.path, checked.text, checked.diagnostics);
        let place = |offset: usize| {
            let Position { line, column } = checked.positions.at(offset);
            Place { line, column }
        };
        let issues = checked.diagnostics.iter().zip(fingerprints).map(|(diagnostic, fingerprint)| Issue {
            description: format!("{}: {}", diagnostic.rule.code, diagnostic.message),
            check_name: diagnostic.rule.name,
            fingerprint,
            severity: level(diagnostic.severity),
            location: Location {
                path: checked.path,
                positions: Range { begin: place(diagnostic.range.start), end: place(diagnostic.range.end) },
            },
        });
        write_items(output, issues, before)
    }

    fn end(&self, output: &mut dyn Write, totals: &Totals<'_>) -> io::Result<()> {
        end_items(output, totals)
    }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Information => "minor",
        Severity::Hint => "info",
    }
}
