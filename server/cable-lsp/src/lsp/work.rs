//! Where work on a snapshot runs: small documents at once, others on a blocking thread.
//!
//! Two thread switches cost more than reading a short cable, and a megabyte on the loop's thread would hold up every
//! other answer.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tower_lsp::jsonrpc::{Error, Result};

use super::documents::Snapshot;
use super::gate::CancelFlag;

/// Longest document read on the loop's thread, in bytes: well under a millisecond's work.
const SMALL: usize = 32 << 10;

/// Runs `read` on the snapshot. An error if the client cancelled meanwhile, if the document has moved on, or if `read`
/// panicked; a result is never about a text that is no longer there.
pub(super) async fn read<T, F>(snapshot: Snapshot, read: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce(&Snapshot) -> T + Send + 'static,
{
    let cancelled = CancelFlag::current();
    let small = snapshot.document.rope().len_bytes() <= SMALL;
    let work = move || {
        if cancelled.is_raised() {
            return Err(Error::request_cancelled());
        }
        if !snapshot.is_current() {
            return Err(Error::content_modified());
        }
        let value = read(&snapshot);
        if snapshot.is_current() { Ok(value) } else { Err(Error::content_modified()) }
    };
    let outcome = if small {
        catch_unwind(AssertUnwindSafe(work)).map_err(drop)
    } else {
        tokio::task::spawn_blocking(work).await.map_err(drop)
    };
    // The panic hook has printed where.
    outcome.unwrap_or_else(|()| Err(Error::internal_error()))
}
