//! What was made of each cable, kept from one version of a document to the next.

use crate::lsp::analysis::{PerCable, Placed};

/// What was made of each cable of a document.
#[derive(Debug)]
pub(in crate::lsp) struct Kept<T>(PerCable<T>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(PerCable::default())
    }
}

impl<T> Kept<T> {
    /// Hands out what there is of each cable, in order. `make` makes it where nothing is known or where `holds` says
    /// that it holds no longer. What is known of cables that are gone goes.
    pub(in crate::lsp) fn each(
        &mut self,
        cables: &[Placed],
        mut holds: impl FnMut(usize, &T) -> bool,
        mut make: impl FnMut(usize, &Placed) -> T,
        mut take: impl FnMut(&Placed, &T),
    ) {
        let mut before = std::mem::take(&mut self.0);
        // One cable alone is another after each edit: nothing of it would be found again.
        if let [only] = cables {
            take(only, &make(0, only));
            return;
        }
        for (index, placed) in cables.iter().enumerate() {
            let known = before.remove(&placed.cable).filter(|known| holds(index, known));
            let known = known.unwrap_or_else(|| make(index, placed));
            take(placed, self.0.insert(&placed.cable, known));
        }
    }
}
