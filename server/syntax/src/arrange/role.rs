//! What a piece of the body is, as far as it is known before the paragraphs are.

use crate::part::PartKind;

/// What a piece of the body turned out to be before the paragraphs are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Text of some paragraph, or a heading.
    Open,
    Settled(PartKind),
}

impl Role {
    /// Whether a text goes on after it.
    pub(super) const fn is_passing(self) -> bool {
        matches!(
            self,
            Self::Settled(
                PartKind::PageLine
                    | PartKind::PageMark
                    | PartKind::StrayCaption
                    | PartKind::RepeatedHeader
                    | PartKind::Wrapper
            )
        )
    }
}
