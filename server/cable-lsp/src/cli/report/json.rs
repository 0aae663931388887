//! JSON: the public contract of `check`. Lines and columns from 1, columns in characters, ends exclusive.

use std::io::{self, Write};

use cable_lint::{Diagnostic, Fix, FixSafety};
use serde::Serialize;

use super::Checked;
use crate::cli::json;
use crate::cli::position::Positions;

#[derive(Debug, Serialize)]
struct Row<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    code: &'a str,
    name: &'a str,
    severity: &'a str,
    message: &'a str,
    fix: Option<FixRow<'a>>,
}

#[derive(Debug, Serialize)]
struct FixRow<'a> {
    safe: bool,
    title: &'a str,
    edits: Vec<EditRow<'a>>,
}

#[derive(Debug, Serialize)]
struct EditRow<'a> {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: &'a str,
}

/// Writes one file's diagnostics as items of an array; `before` stand in it already.
pub(super) fn write_items(output: &mut impl Write, checked: &Checked<'_>, before: usize) -> io::Result<()> {
    super::write_items(output, checked.diagnostics.iter().map(|diagnostic| row(checked, diagnostic)), before)
}

/// Writes one file's diagnostics, an object a line.
pub(super) fn write_lines(output: &mut impl Write, checked: &Checked<'_>) -> io::Result<()> {
    for diagnostic in checked.diagnostics {
        json::write(output, &row(checked, diagnostic))?;
        output.write_all(b"\n")?;
    }
    Ok(())
}

fn row<'a>(checked: &Checked<'a>, diagnostic: &'a Diagnostic) -> Row<'a> {
    let positions = &checked.positions;
    let (start, end) = (positions.at(diagnostic.range.start), positions.at(diagnostic.range.end));
    Row {
        path: checked.path,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        code: diagnostic.rule.code,
        name: diagnostic.rule.name,
        severity: diagnostic.severity.word(),
        message: &diagnostic.message,
        fix: diagnostic.fix.as_ref().map(|fix| fix_row(fix, positions)),
    }
}

fn fix_row<'a>(fix: &'a Fix, positions: &Positions<'_>) -> FixRow<'a> {
    let edits = fix.edits.iter().map(|edit| {
        let (start, end) = (positions.at(edit.range.start), positions.at(edit.range.end));
        EditRow { line: start.line, column: start.column, end_line: end.line, end_column: end.column, text: &edit.text }
    });
    FixRow { safe: fix.safety == FixSafety::Safe, title: &fix.title, edits: edits.collect() }
}
