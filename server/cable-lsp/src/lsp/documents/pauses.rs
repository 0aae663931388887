//! When a person has stopped typing in a document.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use tower_lsp::lsp_types::Url;

/// The documents that are being typed in, and when each was typed in last.
#[derive(Debug, Default)]
pub(in crate::lsp) struct Pauses {
    typed: Arc<Mutex<HashMap<Url, Instant>>>,
}

impl Pauses {
    /// Something was typed. `then` is run once when nothing more was for a while; one that waits already waits on.
    pub(in crate::lsp) fn begin(&self, uri: &Url, then: impl FnOnce() + Send + 'static) {
        if lock(&self.typed).insert(uri.clone(), Instant::now()).is_some() {
            return;
        }
        let (typed, uri) = (Arc::clone(&self.typed), uri.clone());
        tokio::spawn(async move {
            loop {
                let Some(end) = lock(&typed).get(&uri).map(|&last| last + length()) else { return };
                if end <= Instant::now() {
                    break;
                }
                tokio::time::sleep_until(end).await;
            }
            lock(&typed).remove(&uri);
            then();
        });
    }
}

fn lock(typed: &Mutex<HashMap<Url, Instant>>) -> MutexGuard<'_, HashMap<Url, Instant>> {
    typed.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How long nothing is typed in a pause. `CABLE_LSP_PAUSE` sets its milliseconds for the tests.
fn length() -> Duration {
    static LENGTH: OnceLock<Duration> = OnceLock::new();
    *LENGTH.get_or_init(|| {
        let set = std::env::var("CABLE_LSP_PAUSE").ok().and_then(|number| number.parse().ok());
        set.map_or(Duration::from_secs(2), Duration::from_millis)
    })
}
