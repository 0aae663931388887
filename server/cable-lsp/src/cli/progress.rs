//! A progress bar: on a terminal's stderr, and only when the run takes long enough to make one wonder.

use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What is done sooner needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// How far a run has come.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    started: Instant,
}

impl Progress {
    /// A bar of so many files, not shown yet.
    pub(super) fn new(files: usize) -> Self {
        Self::of(Some(files as u64))
    }

    /// A bar of files that nobody has counted.
    pub(super) fn uncounted() -> Self {
        Self::of(None)
    }

    fn of(files: Option<u64>) -> Self {
        let bar = ProgressBar::with_draw_target(files, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} files, {eta} left") {
            bar.set_style(style);
        }
        Self { bar, started: Instant::now() }
    }

    /// So many more files are done.
    pub(super) fn advance(&self, files: usize) {
        self.advance_of(files, || None);
    }

    /// The same where nobody has counted the files: they are counted when the bar is shown, if that can be done.
    pub(super) fn advance_of(&self, files: usize, count: impl FnOnce() -> Option<usize>) {
        if self.bar.is_hidden() && self.started.elapsed() > PATIENCE && stderr().is_terminal() {
            if let Some(all) = self.bar.length().is_none().then(count).flatten() {
                self.bar.set_length(all as u64);
            }
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(files as u64);
    }

    /// Does what writes to the terminal, with the bar out of the way.
    pub(super) fn aside<R>(&self, write: impl FnOnce() -> R) -> R {
        self.bar.suspend(write)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
