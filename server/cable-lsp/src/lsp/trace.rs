//! The trace an editor can ask for with `$/setTrace`: what each edit cost, and which cables are checked.

use std::sync::atomic::{AtomicBool, Ordering};

use tower_lsp::lsp_types::notification::LogTrace;
use tower_lsp::lsp_types::{LogTraceParams, TraceValue, Url};

use super::analysis::Changed;
use super::outgoing::Outgoing;

/// Where trace lines go, and whether they are wanted.
pub(super) struct Trace {
    outgoing: Outgoing,
    is_wanted: AtomicBool,
}

impl Trace {
    /// A trace nobody has asked for yet.
    pub(super) fn new(outgoing: Outgoing) -> Self {
        Self { outgoing, is_wanted: AtomicBool::new(false) }
    }

    /// Turns it on or off.
    pub(super) fn set(&self, value: TraceValue) {
        self.is_wanted.store(value != TraceValue::Off, Ordering::Relaxed);
    }

    /// A client that does not read misses the trace and nothing else.
    fn is_wanted(&self) -> bool {
        self.is_wanted.load(Ordering::Relaxed) && self.outgoing.has_room()
    }

    /// Says that a cable of a document is looked at for a pull of the workspace, the first as 1.
    pub(super) fn cable(&self, uri: &Url, number: usize) {
        if self.is_wanted() {
            let message = format!("checking cable {number} of {uri}");
            self.outgoing.notify::<LogTrace>(&LogTraceParams { message, verbose: None });
        }
    }

    /// Says how much of a document was read anew for the edits up to a version.
    pub(super) fn edit(&self, uri: &Url, version: i32, changed: Changed) {
        if self.is_wanted() {
            let Changed { lines_classified, cables_arranged } = changed;
            let message = format!("lines classified: {lines_classified}, cables arranged: {cables_arranged}");
            let verbose = Some(format!("{uri}, version {version}"));
            self.outgoing.notify::<LogTrace>(&LogTraceParams { message, verbose });
        }
    }
}
