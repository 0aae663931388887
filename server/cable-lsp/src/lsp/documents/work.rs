//! Where work on a snapshot runs: small documents at once, others on a blocking thread.
//!
//! Two thread switches cost more than reading a short cable, and a megabyte on the loop's thread would hold up every
//! other answer.

use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};
use std::thread;

use tower_lsp::jsonrpc::{Error, Result};

use super::snapshot::{Snapshot, Wanted};
use crate::lsp::wire::CancelFlag;

/// Longest document read on the loop's thread, in bytes: well under a millisecond's work.
pub(in crate::lsp) const SMALL: usize = 32 << 10;

/// How many threads work on one long document. `CABLE_LSP_WORKERS` sets their number for the tests.
pub(in crate::lsp) fn workers() -> usize {
    static WORKERS: OnceLock<usize> = OnceLock::new();
    *WORKERS.get_or_init(|| {
        let set = std::env::var("CABLE_LSP_WORKERS").ok().and_then(|number| number.parse().ok());
        set.or_else(|| thread::available_parallelism().ok()).map_or(2, NonZero::get)
    })
}

/// Runs `read` on the snapshot, when it is there. An error if the client cancelled meanwhile, if the document has moved on, or if `read`
/// panicked; a result is never about a text that is no longer there.
pub(in crate::lsp) async fn read<T, F>(wanted: impl Into<Wanted>, read: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce(&Snapshot) -> T + Send + 'static,
{
    let cancelled = CancelFlag::current();
    let snapshot = wanted.into().arrive().await?;
    let small = snapshot.document.rope().len_bytes() <= SMALL;
    run(snapshot, cancelled, small, read).await
}

/// The same where `read` waits for the disk as well: never on the loop's thread.
pub(in crate::lsp) async fn read_apart<T, F>(wanted: impl Into<Wanted>, read: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce(&Snapshot) -> T + Send + 'static,
{
    let cancelled = CancelFlag::current();
    let snapshot = wanted.into().arrive().await?;
    run(snapshot, cancelled, false, read).await
}

async fn run<T, F>(snapshot: Snapshot, cancelled: CancelFlag, at_once: bool, read: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce(&Snapshot) -> T + Send + 'static,
{
    let lane = Arc::clone(&snapshot.lane);
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
    let outcome = if at_once {
        catch_unwind(AssertUnwindSafe(work)).map_err(drop)
    } else {
        // The turn ends with the work, though nobody may wait for it any more.
        let turn = lane.acquire_owned().await.map_err(|_| Error::internal_error())?;
        let work = move || {
            let outcome = work();
            drop(turn);
            outcome
        };
        tokio::task::spawn_blocking(work).await.map_err(drop)
    };
    // The panic hook has printed where.
    outcome.unwrap_or_else(|()| Err(Error::internal_error()))
}

#[cfg(test)]
mod tests {
    use super::super::opened::{opened, uri};
    use super::super::owner::Documents;
    use super::*;

    /// A document that is read on the loop's thread, and one that is not.
    const LENGTHS: [usize; 2] = [10, SMALL + 1];

    async fn of_length(length: usize) -> (Arc<Documents>, Snapshot) {
        let documents = opened(&"x".repeat(length));
        let snapshot = documents.snapshot(&uri()).expect("it is open").arrive().await.expect("nothing changes it");
        (documents, snapshot)
    }

    #[tokio::test]
    async fn a_panic_is_an_error_of_its_request_alone() {
        for length in LENGTHS {
            let (_documents, snapshot) = of_length(length).await;
            let failed = read(snapshot.clone(), |_| -> usize { panic!("as the test asks") }).await;
            assert_eq!(failed, Err(Error::internal_error()));
            assert_eq!(read(snapshot, |snapshot| snapshot.document.rope().len_bytes()).await, Ok(length));
        }
    }

    #[tokio::test]
    async fn a_result_about_a_text_that_is_gone_is_dropped() {
        for length in LENGTHS {
            let (documents, snapshot) = of_length(length).await;
            let late = read(snapshot.clone(), move |_| documents.close(&uri()));
            assert_eq!(late.await, Err(Error::content_modified()), "it went while it was read");
            let unread = read(snapshot, |_| -> usize { panic!("nobody wants it read") });
            assert_eq!(unread.await, Err(Error::content_modified()), "it had gone before");
        }
    }
}
