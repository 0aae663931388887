//! Where the references of open cables lead: an editor asks after every key, and little of it changes.

use std::collections::HashMap;
use std::sync::Arc;

use tower_lsp::lsp_types::Url;

use crate::lsp::analysis::{Cable, PerCable};

/// Where a reference leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lsp) struct Lead {
    /// The id of the cable.
    pub(in crate::lsp) id: String,
    /// Its file, and the line in it if it is not the first.
    pub(in crate::lsp) target: Url,
}

type OfCable = Arc<[Option<Lead>]>;

/// Where each entry of each open cable leads, as long as the archive says the same.
#[derive(Debug, Default)]
pub(super) struct Leads {
    /// The archive's count of changes.
    changes: u64,
    by_path: HashMap<String, PerCable<OfCable>>,
}

impl Leads {
    /// Forgets what was found before the archive changed, and what is of documents that are no longer open.
    pub(super) fn renew(&mut self, changes: u64, is_open: impl Fn(&str) -> bool) {
        if self.changes != changes {
            self.by_path.clear();
            self.changes = changes;
        }
        self.by_path.retain(|path, _| is_open(path));
    }

    /// What is known of a cable.
    pub(super) fn get(&self, path: &str, cable: &Arc<Cable>) -> Option<OfCable> {
        self.by_path.get(path)?.get(cable).cloned()
    }

    /// Keeps what was found.
    pub(super) fn keep(&mut self, path: String, cable: &Arc<Cable>, leads: OfCable) {
        self.by_path.entry(path).or_default().insert(cable, leads);
    }
}
