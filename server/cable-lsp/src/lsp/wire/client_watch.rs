//! Watches the client, so that no server outlives an editor that died without a word, whatever the server is at.
//!
//! A thread of its own looks for three things: the client's process, whether anybody can still write to standard input,
//! and whether anybody can still read standard output. The loop ends by itself when the input does, if it can; when it
//! cannot, since it is at work or its client does not read, the process is ended here.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

/// How often the process is looked for.
const PERIOD: Duration = Duration::from_secs(1);
/// How long the loop may take to end by itself.
const GRACE: Duration = Duration::from_secs(1);

/// What is known of the client. Clones share it.
#[derive(Clone, Default)]
pub(in crate::lsp) struct ClientWatch {
    /// The client's process; 0 if it is not known, or cannot be seen from here.
    process: Arc<AtomicU32>,
    shut_down: Arc<AtomicBool>,
}

impl ClientWatch {
    /// Begins to watch standard input and output.
    pub(in crate::lsp) fn spawn() -> io::Result<Self> {
        let watch = Self::default();
        let own = watch.clone();
        thread::Builder::new().name("watch".into()).spawn(move || own.run())?;
        Ok(watch)
    }

    /// From now on the client's process is watched too. A client in another container names a process that does not
    /// exist here; it is not missed.
    pub(in crate::lsp) fn process(&self, id: u32) {
        if is_alive(id) {
            self.process.store(id, Ordering::Relaxed);
        }
    }

    /// `shutdown` was answered: the end of the client is the one it announced.
    pub(in crate::lsp) fn shut_down(&self) {
        self.shut_down.store(true, Ordering::Relaxed);
    }

    /// The process's exit code if it ended now: 0 after an answered `shutdown`, else 1.
    pub(in crate::lsp) fn exit_code(&self) -> u8 {
        u8::from(!self.shut_down.load(Ordering::Relaxed))
    }

    /// The input has ended: so does the process, after a while in which the loop may end by itself.
    pub(in crate::lsp) fn input_ended(&self) {
        self.end_after_grace();
    }

    fn run(&self) {
        loop {
            if is_cut_off() {
                self.end_after_grace();
            }
            let id = self.process.load(Ordering::Relaxed);
            if id != 0 && !is_alive(id) {
                // Nobody is left to answer.
                std::process::exit(1);
            }
        }
    }

    fn end_after_grace(&self) {
        thread::sleep(GRACE);
        std::process::exit(self.exit_code().into());
    }
}

/// Waits for the client to close its end of standard input or output, at most a period. Returns whether it has.
#[cfg(unix)]
fn is_cut_off() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    /// Only the end, never what there is to read.
    #[cfg(target_os = "linux")]
    const END: PollFlags = PollFlags::RDHUP;
    #[cfg(not(target_os = "linux"))]
    const END: PollFlags = PollFlags::empty();
    let (input, output) = (io::stdin(), io::stdout());
    let mut asked = [PollFd::new(&input, END), PollFd::new(&output, PollFlags::empty())];
    let time = Timespec { tv_sec: PERIOD.as_secs().cast_signed(), tv_nsec: 0 };
    if poll(&mut asked, Some(&time)).is_err() {
        thread::sleep(PERIOD);
        return false;
    }
    let is_over = |events: PollFlags| events.intersects(END | PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL);
    asked.iter().any(|asked| is_over(asked.revents()))
}

/// Elsewhere the reader has to notice.
#[cfg(not(unix))]
fn is_cut_off() -> bool {
    thread::sleep(PERIOD);
    false
}

#[cfg(unix)]
fn is_alive(id: u32) -> bool {
    use rustix::process::{Pid, test_kill_process};
    // A process that may not be signalled is alive too; only "no such process" is an end.
    i32::try_from(id)
        .ok()
        .and_then(Pid::from_raw)
        .is_some_and(|id| test_kill_process(id) != Err(rustix::io::Errno::SRCH))
}

/// Elsewhere the end of input has to do.
#[cfg(not(unix))]
fn is_alive(_: u32) -> bool {
    true
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn tells_the_living_from_the_gone() {
        assert!(is_alive(std::process::id()));
        assert!(!is_alive(0) && !is_alive(u32::MAX) && !is_alive(i32::MAX.cast_unsigned()));
    }

    #[test]
    fn a_process_never_seen_is_not_missed() {
        let watch = ClientWatch::default();
        watch.process(u32::MAX);
        assert_eq!(watch.process.load(Ordering::Relaxed), 0);
        watch.process(std::process::id());
        assert_eq!(watch.process.load(Ordering::Relaxed), std::process::id());
    }
}
