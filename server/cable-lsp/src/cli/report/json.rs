//! JSON: the public contract of `check`. Lines and columns from 1, columns in characters, ends exclusive.

use std::io::{self, Write};

use cable_lint::{Diagnostic, Fix, FixSafety};
use serde::Serialize;

use super::{Checked, Layout, Totals, end_items, write_items};
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

/// One array.
pub(super) struct Items;

impl Layout for Items {
    fn shows_safety(&self) -> bool {
        true
    }

    fn begin(&self, output: &mut dyn Write) -> io::Result<()> {
        output.write_all(b"[")
    }

    fn file(&self, output: &mut dyn Write, checked: &Checked<'_>, before: usize) -> io::Result<()> {
        write_items(output, checked.diagnostics.iter().map(|diagnostic| row(checked, diagnostic)), before)
    }

    fn end(&self, output: &mut dyn Write, totals: &Totals<'_>) -> io::Result<()> {
        end_items(output, totals)
    }
}

/// One object a line.
pub(super) struct Lines;

impl Layout for Lines {
    fn shows_safety(&self) -> bool {
        true
    }

    fn file(&self, mut output: &mut dyn Write, checked: &Checked<'_>, _: usize) -> io::Result<()> {
        for diagnostic in checked.diagnostics {
            json::write(&mut output, &row(checked, diagnostic))?;
            output.write_all(b"\n")?;
        }
        Ok(())
    }
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
