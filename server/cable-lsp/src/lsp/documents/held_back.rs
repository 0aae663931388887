//! Which findings of a document were not handed out, because a person is typing.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::lsp::analysis::{Diagnostic, Document, Typing, Wait};

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
    /// Hands out what is to be shown of the findings.
    pub(in crate::lsp) fn sift(
        &self,
        mut found: Vec<Diagnostic>,
        typing: &Typing,
        document: &Document,
    ) -> Vec<Diagnostic> {
        let mut held_back = 0;
        found.retain(|found| {
            let wait = typing.wait(found, document);
            held_back |= wait.map_or(0, flag);
            wait.is_none()
        });
        self.0.store(held_back, Ordering::Relaxed);
        found
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

const fn flag(wait: Wait) -> u8 {
    match wait {
        Wait::Pause => FOR_PAUSE,
        Wait::Save => FOR_SAVE,
    }
}
