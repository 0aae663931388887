//! Edits that take out a line, or a field of one.

use cable_syntax::{Cable, LineKind, Span};

/// What parts the fields of one line.
const SEPARATORS: [char; 5] = [' ', '\t', ',', '/', ';'];

/// What goes when a field goes: its line, and one of the blank lines around it; or the field with what parts it from the
/// next where the line holds more.
pub(crate) fn without(cable: &Cable, line: u32, span: Span) -> Span {
    let index = line as usize;
    let whole = cable.lines()[index].span;
    if cable.slice(whole).trim() != cable.slice(span) {
        let after = &cable.text()[span.end as usize..whole.end as usize];
        let separators = after.len() - after.trim_start_matches(SEPARATORS).len();
        if separators < after.len() {
            return Span::new(span.start, span.end + separators as u32);
        }
        // The last of its line takes what parts it from the one before.
        let before = &cable.text()[whole.start as usize..span.start as usize];
        let kept = before.trim_end_matches(SEPARATORS).len() as u32;
        return Span::new(whole.start + kept, whole.end);
    }
    let is_blank =
        |at: Option<usize>| at.and_then(|at| cable.lines().get(at)).is_some_and(|line| line.kind == LineKind::Blank);
    let mut next = index + 1;
    if is_blank(index.checked_sub(1)) && is_blank(Some(next)) {
        next += 1;
    }
    let end = cable.lines().get(next).map_or(cable.text().len() as u32, |line| line.span.start);
    Span::new(whole.start, end)
}
