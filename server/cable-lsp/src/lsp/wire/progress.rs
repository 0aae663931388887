//! `$/progress`: how far long work has come, and the parts of an answer that are ready.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tower_lsp::lsp_types::ProgressToken;
use tower_lsp::lsp_types::notification::Notification;

use super::json::object_with;
use super::outgoing::Outgoing;

/// `$/progress` with any value: lsp-types 0.94 knows none but that of work done.
enum Progress {}

impl Notification for Progress {
    type Params = Value;
    const METHOD: &'static str = "$/progress";
}

/// Sends a part of an answer, which is JSON.
pub(in crate::lsp) fn send_part(outgoing: &Outgoing, token: &ProgressToken, part: &[u8]) {
    outgoing.notify_written::<Progress>(&object_with(&json!({ "token": token }), "value", part));
}

/// The bar of one piece of work. It begins when there is a token, and ends when it is dropped.
pub(in crate::lsp) struct Bar {
    outgoing: Outgoing,
    title: &'static str,
    token: Arc<OnceLock<ProgressToken>>,
    shown: Option<Instant>,
}

impl Bar {
    /// How often it moves.
    const PERIOD: Duration = Duration::from_millis(100);

    /// A bar that is shown as soon as `token` is there.
    pub(in crate::lsp) fn new(outgoing: Outgoing, title: &'static str, token: Arc<OnceLock<ProgressToken>>) -> Self {
        Self { outgoing, title, token, shown: None }
    }

    /// Says how much is done.
    pub(in crate::lsp) fn advance(&mut self, done: usize, total: usize) {
        let Some(token) = self.token.get() else { return };
        if self.shown.is_none() {
            self.send(token, &json!({ "kind": "begin", "title": self.title, "cancellable": false, "percentage": 0 }));
        }
        if self.shown.is_none_or(|shown| shown.elapsed() > Self::PERIOD && self.outgoing.has_room()) {
            self.shown = Some(Instant::now());
            let percentage = done * 100 / total.max(1);
            let message = format!("{done} of {total} files");
            self.send(token, &json!({ "kind": "report", "message": message, "percentage": percentage }));
        }
    }

    fn send(&self, token: &ProgressToken, value: &Value) {
        self.outgoing.notify::<Progress>(&json!({ "token": token, "value": value }));
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let (Some(token), Some(_)) = (self.token.get(), self.shown) {
            self.send(token, &json!({ "kind": "end" }));
        }
    }
}
