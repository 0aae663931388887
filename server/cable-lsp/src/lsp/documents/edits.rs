//! Edits made smaller, and edits put together.
//!
//! Reading an edit costs what its cable costs, however small the edit is; so edits that come before anyone asks are
//! read as one.

use std::ops::Range;

use ropey::Rope;

use crate::lsp::analysis::Edit;

/// How far apart two edits may be to be read as one, in bytes. Reading this much more is cheaper than reading twice.
const NEAR: usize = 4 << 10;

/// What the edits since the last reading come to: one range of the text as it was read, and the range that stands in
/// its place now. Both begin at the same byte, for nothing before them has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UnreadEdit {
    start: usize,
    old_end: usize,
    new_end: usize,
}

impl UnreadEdit {
    /// A first edit.
    pub(super) fn new(edit: &Edit<'_>) -> Self {
        let Range { start, end } = edit.range;
        Self { start, old_end: end, new_end: start + edit.text.len() }
    }

    /// Whether another edit, whose range is one of the text as it is now, is close enough to be read with this one.
    pub(super) fn is_near(self, edit: &Edit<'_>) -> bool {
        edit.range.start <= self.new_end + NEAR && edit.range.end + NEAR >= self.start
    }

    /// This edit and then another, whose range is one of the text as it is now.
    pub(super) fn then(self, edit: &Edit<'_>) -> Self {
        let Range { start, end } = edit.range;
        let after = end.saturating_sub(self.new_end);
        Self {
            start: self.start.min(start),
            old_end: self.old_end + after,
            new_end: self.new_end + after + edit.text.len() - (end - start),
        }
    }

    /// The bytes that went, in the text as it was last read.
    pub(super) fn old_range(self) -> Range<usize> {
        self.start..self.old_end
    }

    /// The bytes that came, in the text as it is now.
    pub(super) fn new_range(self) -> Range<usize> {
        self.start..self.new_end
    }
}

/// The same edit without what it leaves as it was, so that a client that sends the whole text, or a formatter that
/// sends whole lines, costs no more than what it changed.
pub(super) fn trim<'a>(rope: &Rope, range: Range<usize>, text: &'a str) -> Edit<'a> {
    let old = rope.byte_slice(range.clone());
    let mut front = old.bytes().zip(text.bytes()).take_while(|(old, new)| old == new).count();
    while !text.is_char_boundary(front) {
        front -= 1;
    }
    let after = old.byte_slice(front..);
    let text = &text[front..];
    let backward = after.bytes_at(after.len_bytes()).reversed();
    let mut back = backward.zip(text.bytes().rev()).take_while(|(old, new)| old == new).count();
    while !text.is_char_boundary(text.len() - back) {
        back -= 1;
    }
    Edit { range: range.start + front..range.end - back, text: &text[..text.len() - back] }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn edit(range: Range<usize>, text: &str) -> Edit<'_> {
        Edit { range, text }
    }

    #[test]
    fn edits_far_apart_stay_apart() {
        let first = UnreadEdit::new(&edit(10_000..10_000, "x"));
        assert!(!first.is_near(&edit(90_000..90_001, "")));
        assert!(!first.is_near(&edit(0..1, "")));
        assert!(first.is_near(&edit(10_001..10_001, "y")));
    }

    proptest! {
        #[test]
        fn a_trimmed_edit_is_the_same_edit(old in "[aé𐍈\r\n]{0,12}", new in "[aé𐍈\r\n]{0,12}") {
            let edit = trim(&Rope::from_str(&old), 0..old.len(), &new);
            let mut text = old.clone();
            text.replace_range(edit.range, edit.text);
            prop_assert_eq!(text, new);
        }

        #[test]
        fn edits_put_together_are_the_edits_one_by_one(
            old in "[a-z]{0,30}",
            wide in any::<bool>(),
            edits in prop::collection::vec((0usize..40, 0usize..10, "[A-Z]{0,6}"), 1..9),
        ) {
            // Far apart or near: what is between goes along.
            let old = if wide { old.split("").collect::<Vec<_>>().join(&"-".repeat(NEAR)) } else { old };
            let mut now = old.clone();
            let mut sum: Option<UnreadEdit> = None;
            for (start, len, text) in edits {
                let start = if wide { start * NEAR } else { start }.min(now.len());
                let next = edit(start..(start + len).min(now.len()), &text);
                sum = Some(match sum {
                    None => UnreadEdit::new(&next),
                    Some(sum) => sum.then(&next),
                });
                now.replace_range(next.range, &text);
            }
            let sum = sum.expect("at least one edit");
            let mut together = old.clone();
            together.replace_range(sum.old_range(), &now[sum.new_range()]);
            prop_assert_eq!(together, now);
        }
    }
}
