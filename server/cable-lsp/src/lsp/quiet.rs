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
pub(super) struct Quiet {
    /// Whether the reader has handed on all that it has read, and waits for more.
    reader_waits: Arc<AtomicBool>,
}

/// An input that says when it is being waited for.
pub(super) struct Watched<R> {
    input: R,
    quiet: Quiet,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // Release, so that who sees the reader wait also sees what it has handed on.
        self.quiet.reader_waits.store(true, Ordering::Release);
        let read = self.input.read(buffer);
        self.quiet.reader_waits.store(false, Ordering::Release);
        read
    }
}

impl Quiet {
    /// Watches an input.
    pub(super) fn watch<R: Read>(&self, input: R) -> Watched<R> {
        Watched { input, quiet: self.clone() }
    }

    /// Returns when everything the client has sent so far has been handed to its handler.
    pub(super) async fn wait(&self) {
        let end = Instant::now() + PATIENCE;
        loop {
            let is_quiet = !has_input() && self.reader_waits.load(Ordering::Acquire);
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
    async fn a_reader_that_never_waits_is_not_waited_for_long() {
        let start = Instant::now();
        Quiet::default().wait().await;
        assert!(start.elapsed() >= PATIENCE && start.elapsed() < Duration::from_secs(5));
    }

    #[test]
    fn a_reader_waits_while_it_reads() {
        struct Asks(Quiet);
        impl Read for Asks {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Ok(usize::from(self.0.reader_waits.load(Ordering::Acquire)))
            }
        }
        let quiet = Quiet::default();
        assert_eq!(quiet.watch(Asks(quiet.clone())).read(&mut [0]).expect("it answers"), 1);
        assert!(!quiet.reader_waits.load(Ordering::Acquire));
    }
}
