//! Numbers that the cheapest path has no room for, though they stand apart like all the others: a wrong one between two that
//! follow each other, paragraph 1 that comes twice, and the next number before such as come again.
//!
//! For texts whose paragraphs have no marks: a marked number that is no paragraph is dear enough on the path.

use super::{Above, Candidate, Decision, Decoded};

/// The margin of such a number: it is what is printed, and nothing else speaks for it.
const DOUBTFUL: f32 = 1.0;

/// Makes such numbers paragraphs, as they are written.
pub(super) fn settle(candidates: &[Candidate], decisions: &mut [Decision]) {
    let numbers: Vec<u32> = decisions.iter().filter_map(|decision| decision.decoded.number()).collect();
    let (mut passed, mut last) = (0, 0);
    for (index, candidate) in candidates.iter().enumerate() {
        let decoded = decisions[index].decoded;
        let stands_apart = !candidate.marked && !candidate.inside_line && candidate.above == Above::Clear;
        if let Some(number) = decoded.number() {
            passed += 1;
            last = candidate.last_of(number);
            continue;
        }
        let number = candidate.literal;
        let is_there = if decoded == Decoded::ListItem {
            // A list of one item is none, unless a 2 goes on with it.
            let goes_on = decisions.get(index + 1).is_some_and(|next| next.decoded == Decoded::ListItem);
            number == 1 && last == 1 && !goes_on && numbers.get(passed) != Some(&2)
        } else {
            let is_between = || {
                let number_of = |index: usize| decisions.get(index).and_then(|decision| decision.decoded.number());
                index > 0 && number_of(index - 1) == Some(last) && number_of(index + 1) == Some(last + 1)
            };
            number == last + 1 || (number < 100 && is_between())
        };
        if stands_apart && last > 0 && is_there {
            let decoded = Decoded::Paragraph { number, stripped: false };
            decisions[index] = Decision { decoded, margin: DOUBTFUL };
            last = number;
        }
    }
}
