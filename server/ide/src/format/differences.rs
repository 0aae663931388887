//! The edits that make one text of another when little but white space differs.

use std::ops::Range;

use cable_lint::TextEdit;

/// The smallest edits that turn `before` into `after`, in order: spaces at the end of a line, blank lines, and spaces at
/// the start of a line each by themselves. Where words differ, one edit covers them.
pub(super) fn between(before: &str, after: &str) -> Vec<TextEdit> {
    let (old, new): (Vec<_>, Vec<_>) = (words(before).collect(), words(after).collect());
    let equal = |(one, two): &(&Range<usize>, &Range<usize>)| before[(*one).clone()] == after[(*two).clone()];
    let above = old.iter().zip(&new).take_while(equal).count();
    let shorter = old.len().min(new.len()) - above;
    let below = old.iter().rev().zip(new.iter().rev()).take(shorter).take_while(equal).count();
    let pairs = old[..above].iter().zip(&new).chain(old[old.len() - below..].iter().zip(&new[new.len() - below..]));
    let mut edits = Vec::new();
    let mut from = (0, 0);
    for (one, two) in pairs {
        gap(before, after, from.0..one.start, from.1..two.start, &mut edits);
        from = (one.end, two.end);
    }
    gap(before, after, from.0..before.len(), from.1..after.len(), &mut edits);
    edits
}

/// Everything that is not white space.
pub(super) fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_white = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes[at..].iter().position(|byte| !is_white(byte))?;
        at = bytes[start..].iter().position(is_white).map_or(bytes.len(), |length| start + length);
        Some(start..at)
    })
}

/// What is between two words that are the same in both texts: white space, or the words that differ.
fn gap(before: &str, after: &str, old: Range<usize>, new: Range<usize>, edits: &mut Vec<TextEdit>) {
    if before[old.clone()] == after[new.clone()] {
        return;
    }
    let lines = |text: &str, gap: &Range<usize>| {
        let white = &text[gap.clone()];
        let first = gap.start + white.find(['\r', '\n'])?;
        let last = gap.start + white.rfind(['\r', '\n'])? + 1;
        Some((gap.start..first, first..last, last..gap.end))
    };
    if let Some(((one, two), (three, four), (five, six))) =
        lines(before, &old).zip(lines(after, &new)).map(|(old, new)| ((old.0, new.0), (old.1, new.1), (old.2, new.2)))
    {
        smallest(before, after, one, two, edits);
        smallest(before, after, three, four, edits);
        smallest(before, after, five, six, edits);
    } else {
        smallest(before, after, old, new, edits);
    }
}

/// One edit without what both texts begin or end with. A line break of two bytes is changed whole.
fn smallest(before: &str, after: &str, old: Range<usize>, new: Range<usize>, edits: &mut Vec<TextEdit>) {
    let (one, two) = (&before[old.clone()], &after[new]);
    let same = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.take_while(|(one, two)| one == two).map(|(one, _)| one.len_utf8()).sum()
    };
    let tears = |at: usize| one[..at].ends_with('\r') && one[at..].starts_with('\n');
    let mut start = same(&mut one.chars().zip(two.chars()));
    start -= usize::from(tears(start));
    let mut end = same(&mut one[start..].chars().rev().zip(two[start..].chars().rev()));
    end -= usize::from(tears(one.len() - end));
    let (range, text) = (old.start + start..old.end - end, &two[start..two.len() - end]);
    if !range.is_empty() || !text.is_empty() {
        edits.push(TextEdit { range, text: text.to_owned() });
    }
}
