//! Which leading 1s are misread pilcrows, where the sequence of the numbers alone cannot settle it.
//!
//! `14.` after 3 is 4 with a pilcrow read as 1, or 14 after ten paragraphs that are not there. A guess would erase the gap,
//! so a 1 is taken for the sign only where something else speaks for it.

use std::collections::HashMap;

/// The margin of a number that may be as it is written.
pub(super) const DOUBTFUL: f32 = 1.0;

/// So far above the one before, a number is no gap: 111 after 10 is 11.
const NO_GAP: u32 = 40;

/// A paragraph as it was decoded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbered {
    /// Where it is among the markers.
    pub(super) index: usize,
    pub(super) number: u32,
    /// The last number of a range.
    pub(super) last: u32,
    /// The number as it is written.
    pub(super) literal: u32,
    /// Whether a leading 1 was taken for the pilcrow.
    pub(super) stripped: bool,
    /// Whether more of the pilcrow is there than a digit, or a dash or a blank that only a copy puts there.
    pub(super) has_sign: bool,
    pub(super) is_quoted: bool,
}

/// Paragraphs that follow each other and are all written with a 1 in front that was taken for the pilcrow.
struct Run<'a> {
    before: Option<&'a Numbered>,
    own: &'a [Numbered],
    after: Option<&'a Numbered>,
}

impl Run<'_> {
    fn last_before(&self) -> u32 {
        self.before.map_or(0, |before| before.last)
    }

    /// Whether the next number, written without a sign, follows the one that is meant and not the one that is written.
    fn is_enclosed(&self) -> bool {
        let ends = self.own.last().zip(self.after).is_some_and(|(last, after)| after.number == last.number + 1);
        ends && self.own.first().is_some_and(|first| first.number == self.last_before() + 1)
    }

    /// Whether a number is so far above the others that no gap explains it.
    fn is_far(&self) -> bool {
        self.own.iter().any(|one| one.literal >= self.last_before().max(one.number) + NO_GAP)
    }

    fn is_quoted(&self) -> bool {
        self.own.iter().any(|one| one.is_quoted)
    }
}

/// The runs of such paragraphs.
fn runs(numbered: &[Numbered]) -> impl Iterator<Item = Run<'_>> {
    let is_bare = |one: &Numbered| one.stripped && !one.has_sign;
    let mut start = 0;
    let chunks = numbered.chunk_by(move |one, other| is_bare(one) == is_bare(other)).map(move |own| {
        let at = start;
        start += own.len();
        Run { before: at.checked_sub(1).map(|before| &numbered[before]), own, after: numbered.get(start) }
    });
    chunks.filter(move |run| run.own.first().is_some_and(is_bare))
}

/// Where among the markers those paragraphs are whose leading 1 nothing but the width of a gap says to be a pilcrow.
pub(super) fn doubtful(numbered: &[Numbered], is_later_section: bool) -> Vec<usize> {
    if runs(numbered).next().is_none() {
        return Vec::new();
    }
    let mut count: HashMap<u32, usize> = HashMap::new();
    for one in numbered {
        *count.entry(one.number).or_default() += 1;
    }
    let is_repeated = |run: &Run<'_>| run.own.iter().any(|one| count.get(&one.number).is_some_and(|&count| count > 1));
    // A cable begins with 1: where its first number is written 11, that is a sign read as a digit, and others may be.
    let begins = |one: &Numbered| one.stripped && one.number == 1 && !is_later_section;
    let has_trace = numbered.iter().any(|one| one.has_sign && !one.is_quoted)
        || numbered.first().is_some_and(begins)
        || runs(numbered).any(|run| run.is_enclosed() && !run.is_quoted() && !is_repeated(&run));
    runs(numbered)
        .filter(|run| !run.is_far() && (!has_trace || is_repeated(run) || run.is_quoted()))
        .flat_map(|run| run.own.iter().map(|one| one.index))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers as they are meant; those with a 1 in front are written so. `q` is quoted, `¶` has its sign.
    fn shown(numbers: &str, is_later_section: bool) -> String {
        let numbered: Vec<Numbered> = numbers
            .split(' ')
            .enumerate()
            .map(|(index, written)| {
                let digits = written.trim_start_matches(['q', '¶', '+']);
                let number = digits.parse().expect("a number");
                let stripped = written.contains('+');
                let literal = if stripped { format!("1{digits}").parse().expect("a number") } else { number };
                let (has_sign, is_quoted) = (written.contains('¶'), written.contains('q'));
                Numbered { index, number, last: number, literal, stripped, has_sign, is_quoted }
            })
            .collect();
        let found = doubtful(&numbered, is_later_section);
        found.iter().map(|&index| numbered[index].literal.to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_leading_one_needs_more_than_a_gap() {
        assert_eq!(shown("1 2 3 +4 +5", false), "14 15");
        assert_eq!(shown("1 2 +2 +3", false), "12 13");
        assert_eq!(shown("1 +2 +3", false), "12 13");
        assert_eq!(shown("+2 +3", false), "12 13");
        assert_eq!(shown("1 2 3 q+1 q+2 4", false), "11 12");
        assert_eq!(shown("+1 +2 +3", true), "11 12 13");
    }

    #[test]
    fn a_cable_begins_with_one_and_other_traces_speak() {
        assert_eq!(shown("+1 +2 +3", false), "");
        assert_eq!(shown("+1 2 3 +4 5 +6", false), "");
        assert_eq!(shown("1 2 +3 4", false), "", "the next number follows");
        assert_eq!(shown("1 2 +3 4 5 +6", false), "", "what is sure of one speaks for the others");
        assert_eq!(shown("¶1 2 +3", false), "");
        assert_eq!(shown("1 2 +13 +14", false), "", "nothing lies between 2 and 113");
    }
}
