//! Whether the client has said all it is saying.
//!
//! Diagnostics of a short cable are found sooner than the next edit of a burst is read from the pipe; published at once
//! they would be stale when they arrive. So a result waits until nothing more is on its way in: not at all for a
//! single edit, and no longer than [`PATIENCE`] for a client that never stops.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The longest that a result is held back.
const PATIENCE: Duration = Duration::from_millis(5);

/// Tells when the input is quiet. Clones watch the same input.
#[derive(Clone, Debug, Default)]
pub(in crate::lsp) struct Quiet {
    /// Whether the reader has read more than it has handed on.
    holds_more: Arc<AtomicBool>,
}

/// An input that says when it has given something.
pub(in crate::lsp) struct Watched<R> {
    input: R,
    quiet: Quiet,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.quiet.hold(read > 0);
        Ok(read)
    }
}

impl Quiet {
    /// Watches an input.
    pub(in crate::lsp) fn watch<R: Read>(&self, input: R) -> Watched<R> {
        Watched { input, quiet: self.clone() }
    }

    /// The reader says whether something is left after the frame it is about to hand on. It says so before, for it may
    /// not run again soon after.
    pub(in crate::lsp) fn hold(&self, more: bool) {
        // Release, so that who sees that nothing is left also sees what was handed on before.
        self.holds_more.store(more, Ordering::Release);
    }

    /// Returns when everything the client has sent so far has been handed to its handler.
    pub(in crate::lsp) async fn wait(&self) {
        let end = Instant::now() + PATIENCE;
        loop {
            let is_quiet = !has_input() && !self.holds_more.load(Ordering::Acquire);
            // What was handed on is handled while this task stands back.
            tokio::task::yield_now().await;
            if is_quiet || Instant::now() > end {
                return;
            }
        }
    }
}

/// Whether there is something in standard input that the reader has not been woken for yet.
#[cfg(unix)]
fn has_input() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let input = io::stdin();
    let mut asked = [PollFd::new(&input, PollFlags::IN)];
    let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
    poll(&mut asked, Some(&at_once)).is_ok() && asked[0].revents().contains(PollFlags::IN)
}

/// Elsewhere the reader's word has to do.
#[cfg(not(unix))]
fn has_input() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_reader_that_always_has_more_is_not_waited_for_long() {
        let (quiet, start) = (Quiet::default(), Instant::now());
        assert_eq!(quiet.watch(&b"more"[..]).read(&mut [0; 2]).expect("a slice"), 2);
        quiet.wait().await;
        assert!(start.elapsed() >= PATIENCE && start.elapsed() < Duration::from_secs(5));
    }

    #[test]
    fn the_end_of_input_is_nothing_more() {
        let quiet = Quiet::default();
        assert_eq!(quiet.watch(&b""[..]).read(&mut [0]).expect("a slice"), 0);
        assert!(!quiet.holds_more.load(Ordering::Acquire));
    }
}
