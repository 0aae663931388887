//! Spaces at the ends of lines, and the end of the document.

use cable_lint::TextEdit;

use super::input::FormatInput;
use super::{Change, FormatOptions};

pub(super) fn changes(input: &FormatInput<'_>, options: FormatOptions) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let end = end_of_document(input, options);
    let last = end.as_ref().map_or(input.cable.text().len(), |edit| edit.range.start);
    if options.trim_trailing_spaces {
        let rows = 0..input.rows.len();
        let edits = rows.filter_map(|row| of_row(input, row)).filter(|edit| edit.range.end <= last);
        changes.extend(edits.map(|edit| vec![edit]));
    }
    changes.extend(end.map(|edit| vec![edit]));
    changes
}

/// The spaces at the end of a line, whoever owns it: nobody laid them out on purpose (FORMAT.md, "TXT").
pub(super) fn of_row(input: &FormatInput<'_>, row: usize) -> Option<TextEdit> {
    let line = input.rows.get(row)?;
    let kept = line.trimmed().len();
    let spaces = line.span.start as usize + kept..line.span.end as usize;
    (kept < line.text.len()).then(|| TextEdit { range: spaces, text: String::new() })
}

/// What is missing, or too much, after the last line of the document.
fn end_of_document(input: &FormatInput<'_>, options: FormatOptions) -> Option<TextEdit> {
    let last = input.rows[input.written().next_back()?];
    let end = input.cable.text().len();
    if !input.is_last || last.is_foreign() {
        None
    } else if last.end == last.span.end {
        options.final_line_break.then(|| TextEdit { range: end..end, text: input.line_break.to_owned() })
    } else {
        let has_more = (last.end as usize) < end;
        (has_more && options.trim_final_blank_lines)
            .then(|| TextEdit { range: last.end as usize..end, text: String::new() })
    }
}
