//! Which findings of a document were not handed out, because a person is typing.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::lsp::analysis::{Document, Rule, Typing, Wait, Watch};

const FOR_PAUSE: u8 = 1;
const FOR_SAVE: u8 = 2;

/// What the findings that were held back wait for. Clones know the same. Until somebody was handed the findings, there
/// may be any.
#[derive(Debug, Clone)]
pub(in crate::lsp) struct HeldBack(Arc<AtomicU8>);

impl Default for HeldBack {
    fn default() -> Self {
        Self(Arc::new(AtomicU8::new(FOR_PAUSE | FOR_SAVE)))
    }
}

impl HeldBack {
    /// What the last hand-out held back.
    fn set(&self, flags: u8) {
        self.0.store(flags, Ordering::Relaxed);
    }

    /// Whether there may be one that waits for this.
    pub(in crate::lsp) fn waits_for(&self, wait: Wait) -> bool {
        self.0.load(Ordering::Relaxed) & flag(wait) != 0
    }

    /// Whether there may be any.
    pub(in crate::lsp) fn is_any(&self) -> bool {
        self.0.load(Ordering::Relaxed) != 0
    }
}

/// Hands out what is to be shown of a document's findings. When it is dropped, [`HeldBack`] knows what was not.
pub(in crate::lsp) struct Sieve<'a> {
    held_back: &'a HeldBack,
    watch: Watch<'a>,
    /// The cables, by their index, in which something may have to wait.
    at_work: Vec<RangeInclusive<usize>>,
    flags: u8,
}

impl<'a> Sieve<'a> {
    pub(super) fn new(held_back: &'a HeldBack, typing: &'a Typing, document: &'a Document) -> Self {
        let watch = typing.watch(document);
        Self { held_back, at_work: watch.cables_at_work(), watch, flags: 0 }
    }

    /// Whether a finding of a cable may have to wait; by the index of the cable.
    pub(in crate::lsp) fn may_wait_in(&self, index: usize) -> bool {
        self.at_work.iter().any(|cables| cables.contains(&index))
    }

    /// Whether a finding of a rule at a range of the document is to be shown.
    pub(in crate::lsp) fn shows(&mut self, rule: &Rule, range: &Range<usize>) -> bool {
        let wait = self.watch.wait(rule, range);
        self.flags |= wait.map_or(0, flag);
        wait.is_none()
    }
}

impl Drop for Sieve<'_> {
    fn drop(&mut self) {
        self.held_back.set(self.flags);
    }
}

const fn flag(wait: Wait) -> u8 {
    match wait {
        Wait::Pause => FOR_PAUSE,
        Wait::Save => FOR_SAVE,
    }
}
