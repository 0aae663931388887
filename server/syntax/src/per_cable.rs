//! What was made of each cable, kept while the cable is the same value.

use std::collections::HashMap;
use std::sync::Arc;

use crate::cable::Cable;

/// A value for each of some cables. A cable that was edited is another: its value is not found.
#[derive(Debug, Clone)]
pub struct PerCable<T> {
    /// By the address of the cable, which the entry keeps from being given to another.
    known: HashMap<usize, (Arc<Cable>, T)>,
}

impl<T> Default for PerCable<T> {
    fn default() -> Self {
        Self { known: HashMap::new() }
    }
}

impl<T> PerCable<T> {
    /// What is kept of a cable.
    pub fn get(&self, cable: &Arc<Cable>) -> Option<&T> {
        self.known.get(&address(cable)).map(|(_, value)| value)
    }

    /// Keeps a value; one that was there goes.
    pub fn insert(&mut self, cable: &Arc<Cable>, value: T) -> &T {
        let entry = self.known.entry(address(cable)).insert_entry((Arc::clone(cable), value));
        &entry.into_mut().1
    }

    /// Hands over what is kept of a cable.
    pub fn remove(&mut self, cable: &Arc<Cable>) -> Option<T> {
        self.known.remove(&address(cable)).map(|(_, value)| value)
    }

    /// Takes over what another keeps.
    pub fn extend(&mut self, other: Self) {
        self.known.extend(other.known);
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.known.clear();
    }
}

fn address(cable: &Arc<Cable>) -> usize {
    Arc::as_ptr(cable).addr()
}

#[cfg(test)]
mod tests {
    use cable_catalog::Catalog;

    use super::*;
    use crate::{Document, Edit};

    #[test]
    fn a_value_is_there_until_its_cable_is_edited() {
        let mut document = Document::new("UNCLAS ASTANA 000001\n\nUNCLAS ASTANA 000002\n", &Catalog::built_in());
        let mut kept = PerCable::default();
        for (number, placed) in document.cables().iter().enumerate() {
            kept.insert(&placed.cable, number);
        }
        document.apply(&Edit { range: 0..0, text: "\n" });
        let found: Vec<_> = document.cables().iter().map(|placed| kept.get(&placed.cable).copied()).collect();
        assert_eq!(found, [None, Some(1)]);
        assert_eq!(kept.remove(&document.cables()[1].cable), Some(1));
        assert_eq!(kept.get(&document.cables()[1].cable), None);
    }
}
