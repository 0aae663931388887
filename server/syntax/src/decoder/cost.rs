//! What each reading costs: the table of FORMAT.md, "Costs", with the additions that real and synthetic cables asked
//! for.

/// Costs are in hundredths, so that sums and ties are exact.
pub(super) type Cost = u32;

/// Taking the leading 1 for the pilcrow: a tie-break.
pub(super) const STRIP: Cost = 1;
/// The same where the number then goes back: `11.` after 9 may be 11 with a gap, hardly a restart.
pub(super) const STRIP_AND_GO_BACK: Cost = 200;

/// The first number that is skipped, each further one, and the most that a gap costs.
pub(super) const GAP: Cost = 200;
pub(super) const GAP_MORE: Cost = 100;
pub(super) const GAP_LIMIT: Cost = 700;
/// The same number again.
pub(super) const DUPLICATE: Cost = 500;
/// The same on a line that stands apart, in a cable without marks: less than taking either for no marker.
pub(super) const DUPLICATE_APART: Cost = 390;
/// Back to 1.
pub(super) const RESTART: Cost = 700;
/// Back to any other number.
pub(super) const BACKWARDS: Cost = 900;
/// The next number with its first figure lost: less than any jump back, and two of them more than a restart.
pub(super) const LOST_FIGURE: Cost = 550;
/// The same with its last figure lost: a little less than no marker and the gap that it leaves, and more than a restart.
pub(super) const LOST_LAST_FIGURE: Cost = 880;

/// Taking a candidate for no marker: with a portion mark, inside a line, without a mark, without one in a cable of
/// marked paragraphs, and below a line that breaks off.
pub(super) const REJECT_MARKED: Cost = 800;
/// The last one, with a portion mark: it has no numbers after it that it could disturb, so it is what it says, even out of
/// order.
pub(super) const REJECT_LAST_MARKED: Cost = 1060;
pub(super) const REJECT_INSIDE: Cost = 200;
/// Inside a line without a mark: it is a candidate only where its number is missing and in its place.
pub(super) const REJECT_INSIDE_UNMARKED: Cost = 600;
pub(super) const REJECT_UNMARKED: Cost = 400;
pub(super) const REJECT_UNMARKED_AMONG_MARKED: Cost = 150;
pub(super) const REJECT_UNFINISHED: Cost = 50;

/// An unmarked 1 opens a list inside the paragraph.
pub(super) const LIST_OPEN: Cost = 250;
/// The same where the line above ends in a colon.
pub(super) const LIST_OPEN_BELOW_COLON: Cost = 50;
/// The next item; from the fifth on more, lest a list swallow the paragraphs after it that go on with its numbers.
pub(super) const LIST_NEXT: Cost = 10;
pub(super) const LIST_NEXT_OF_MANY: Cost = 30;

/// An unmarked paragraph directly below a line that breaks off.
pub(super) const PARAGRAPH_BELOW_UNFINISHED: Cost = 300;
/// The same where the number is the next one, and nothing else tells paragraphs from text.
pub(super) const NEXT_BELOW_UNFINISHED: Cost = 40;
/// The same where other paragraphs have blank lines or marks: only a number that would be missing tells.
pub(super) const NEXT_BELOW_UNFINISHED_AMONG_OTHERS: Cost = 190;
/// An unmarked paragraph directly below text, where the others are below blank lines, or below a colon.
pub(super) const PARAGRAPH_BELOW_TEXT: Cost = 100;
/// The same where it could as well be the next item of a list.
pub(super) const PARAGRAPH_FOR_ITEM: Cost = 65;

/// States that cost this much more than the cheapest are given up: one step costs at most `BACKWARDS` more from one
/// state than from another, so the best decoding and every margin up to the rest of it stay exact.
pub(super) const BEAM: Cost = 1300;

/// Of more states than these only the cheapest are kept, lest a text of numbers in no order cost their number squared.
/// A cable that can be read has half as many at most.
pub(super) const MOST_STATES: usize = 64;

/// From paragraph `last` to paragraph `next`.
pub(super) fn step(last: u32, next: u32) -> Cost {
    if next > last {
        match next - last - 1 {
            0 => 0,
            missing => (GAP + (missing - 1).min(10) * GAP_MORE).min(GAP_LIMIT),
        }
    } else if next == last {
        DUPLICATE
    } else if next == 1 {
        RESTART
    } else {
        BACKWARDS
    }
}
