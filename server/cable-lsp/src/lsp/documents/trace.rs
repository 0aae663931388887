//! The trace an editor can ask for with `$/setTrace`: what each edit cost, and which cables are checked.

use std::sync::atomic::{AtomicBool, Ordering};

use tower_lsp::lsp_types::notification::LogTrace;
use tower_lsp::lsp_types::{LogTraceParams, TraceValue, Url};

use crate::lsp::analysis::{Changed, Repaired};
use crate::lsp::wire::Outgoing;
use crate::visible::visible;

/// Where trace lines go, and whether they are wanted.
pub(in crate::lsp) struct Trace {
    outgoing: Outgoing,
    is_wanted: AtomicBool,
}

impl Trace {
    /// A trace nobody has asked for yet.
    pub(in crate::lsp) fn new(outgoing: Outgoing) -> Self {
        Self { outgoing, is_wanted: AtomicBool::new(false) }
    }

    /// Turns it on or off.
    pub(in crate::lsp) fn set(&self, value: TraceValue) {
        self.is_wanted.store(value != TraceValue::Off, Ordering::Relaxed);
    }

    /// A client that does not read misses the trace and nothing else.
    fn is_wanted(&self) -> bool {
        self.is_wanted.load(Ordering::Relaxed) && self.outgoing.has_room()
    }

    /// Says that a cable of a document is looked at for a pull of the workspace, the first as 1.
    pub(in crate::lsp) fn cable(&self, uri: &Url, number: usize) {
        if self.is_wanted() {
            let message = format!("checking cable {number} of {uri}");
            self.outgoing.notify::<LogTrace>(&LogTraceParams { message, verbose: None });
        }
    }

    /// Says which fixes a repair left out, and why.
    pub(in crate::lsp) fn left_out(&self, uri: &Url, repaired: &Repaired) {
        if !self.is_wanted() {
            return;
        }
        for (found, why) in &repaired.refused {
            let line = repaired.document.rope().byte_to_line(found.range.start) + 1;
            let message = visible(&format!("{} on line {line} is left as it is: {why}", found.rule.code)).into_owned();
            self.outgoing.notify::<LogTrace>(&LogTraceParams { message, verbose: Some(uri.to_string()) });
        }
    }

    /// Says how much of a document was read anew for the edits up to a version.
    pub(in crate::lsp) fn edit(&self, uri: &Url, version: i32, changed: Changed) {
        if self.is_wanted() {
            let Changed { lines_classified, cables_arranged } = changed;
            let message = format!("lines classified: {lines_classified}, cables arranged: {cables_arranged}");
            let verbose = Some(format!("{uri}, version {version}"));
            self.outgoing.notify::<LogTrace>(&LogTraceParams { message, verbose });
        }
    }
}
