//! JSON: the public contract of `check` (DESIGN.md 7). Lines and columns from 1, columns in characters, ends exclusive.

use std::io::{self, Write};

use cable_lint::{Diagnostic, Fix, FixSafety};
use serde::Serialize;

use super::Checked;
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
    severity: String,
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

/// Writes one file's diagnostics as items of the array that [`super::Report`] closes.
pub(super) fn write_array_items(output: &mut impl Write, text: &str, checked: &Checked, first: bool) -> io::Result<()> {
    let positions = Positions::new(text);
    for (index, diagnostic) in checked.diagnostics.iter().enumerate() {
        output.write_all(if first && index == 0 { b"[\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *output, &row(&checked.path, diagnostic, &positions))?;
    }
    Ok(())
}

/// Writes one file's diagnostics, an object a line.
pub(super) fn write_lines(output: &mut impl Write, text: &str, checked: &Checked) -> io::Result<()> {
    let positions = Positions::new(text);
    for diagnostic in &checked.diagnostics {
        serde_json::to_writer(&mut *output, &row(&checked.path, diagnostic, &positions))?;
        output.write_all(b"\n")?;
    }
    Ok(())
}

fn row<'a>(path: &'a str, diagnostic: &'a Diagnostic, positions: &Positions<'_>) -> Row<'a> {
    let (start, end) = (positions.at(diagnostic.range.start), positions.at(diagnostic.range.end));
    Row {
        path,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        code: diagnostic.rule.code,
        name: diagnostic.rule.name,
        severity: diagnostic.severity.to_string(),
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
