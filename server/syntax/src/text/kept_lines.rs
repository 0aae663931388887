//! Lines that were meant to end where they end: rows in columns, and runs of short lines such as a list of names.

use super::list_sign::list_sign;
use super::measure;
use super::units::{Start, Unit};
use crate::cable::Cable;

/// What is known of a unit as a line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Layout {
    /// A row of a table.
    pub(super) is_row: bool,
    /// Its line goes on none: the line above was meant to end.
    pub(super) is_kept: bool,
}

/// So many columns shorter than the rest, a line was not ended by its width.
const SLACK: usize = 20;

/// A line of a cable whose lines are paragraphs is short below this.
const SHORT: usize = 60;

/// The layout of each unit.
pub(super) fn layout(cable: &Cable, units: &[Unit], width: Option<usize>) -> Vec<Layout> {
    let is_text = |unit: &Unit| matches!(unit.start, Start::Text | Start::QuotedCable);
    let rows: Vec<bool> = units.iter().map(|unit| is_text(unit) && is_row(cable.slice(unit.span()))).collect();
    let is_row = |at: usize| {
        let is_near = |one: usize, two: usize| rows[one] && rows[two] && units[two].line <= units[one].line + 2;
        (at > 0 && is_near(at - 1, at)) || (at + 1 < units.len() && is_near(at, at + 1))
    };
    let limit = width.map_or(SHORT, |width| width.saturating_sub(SLACK));
    // Where lines are known to end by themselves, one that is nearly full may do so too.
    let last_limit = width.map_or(SHORT, |width| width.saturating_sub(SLACK / 5));
    let mut ended = vec![false; units.len()];
    for at in 1..units.len() {
        let (before, own) = (&units[at - 1], &units[at]);
        let (above, below) = (cable.slice(before.span()), cable.slice(own.span()));
        let limit = if ended[at - 1] { last_limit } else { limit };
        let is_short =
            || before.length < limit && !above.ends_with(['-', ',', '(', '&', '/']) && measure::begins_anew(below);
        ended[at] = is_text(own)
            && own.line == before.line + 1
            && !own.gap.is_interrupted()
            // An item says by its sign that it begins.
            && list_sign(below).is_none()
            && ((measure::is_labelled(above) && measure::is_labelled(below)) || is_short());
    }
    let is_kept = |at: usize| {
        let has_fellow = ended[at - 1] || ended.get(at + 1).copied().unwrap_or_default();
        ended[at] && (has_fellow || cable.slice(units[at - 1].span()).ends_with(':'))
    };
    (0..units.len()).map(|at| Layout { is_row: is_row(at), is_kept: at > 0 && is_kept(at) }).collect()
}

/// Whether a line has columns: a tab, or wide gaps that end no sentence.
fn is_row(text: &str) -> bool {
    // A line that was not wrapped is no row.
    if text.len() > 300 || !has_gap(text.as_bytes()) {
        return false;
    }
    let text = text.trim();
    if text.contains('\t') {
        return true;
    }
    let mut gaps = 0;
    let mut widest = 0;
    let mut rest = text.as_bytes();
    while let Some(at) = rest.windows(2).position(|two| two == b"  ") {
        let spaces = rest[at..].iter().take_while(|&&next| next == b' ').count();
        // A gap is between two words.
        let before = rest[..at].last();
        if !before.is_none_or(|before| b".?!:\");,".contains(before)) {
            gaps += 1;
            widest = widest.max(spaces);
        }
        rest = &rest[at + spaces..];
    }
    gaps >= 2 || widest >= 4
}

/// Whether a tab or two blanks are in a line. Most have neither, and are looked through many bytes at a time.
fn has_gap(line: &[u8]) -> bool {
    const MANY: usize = 32;
    // Without a branch, so that many are looked at at once.
    let is_gap = |one: u8, two: u8| (u8::from(one == b'\t') | (u8::from(one == b' ') & u8::from(two == b' '))) != 0;
    let Some(last) = line.len().checked_sub(MANY + 1) else {
        return line.windows(2).any(|two| is_gap(two[0], two[1])) || line.ends_with(b"\t");
    };
    // The last look goes over some bytes again.
    let mut looks = (0..last).step_by(MANY).chain([last]).filter_map(|at| {
        let (own, next) = (line[at..].first_chunk::<MANY>()?, line[at + 1..].first_chunk::<MANY>()?);
        Some(own.iter().zip(next).fold(false, |found, (&one, &two)| found | is_gap(one, two)))
    });
    looks.any(|found| found) || line.ends_with(b"\t")
}
