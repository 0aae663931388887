//! What happens when a run that writes files is told to end: the files at hand are finished, no other is begun, and the
//! program then ends by the signal, as whoever sent it expects.
//!
//! Ctrl-C, `kill` and the end of a session send one. A signal that was to be ignored when the program began, as `nohup`
//! asks for, stays ignored. Against `kill -9` nothing helps; what it leaves the next run sweeps ([`super::write`]).

use std::io;
use std::sync::{PoisonError, RwLock};

/// Held for reading by whoever writes a file, for writing by whoever ends the program.
static WRITING: RwLock<()> = RwLock::new(());

/// Writes a file, undisturbed by the end of the program.
pub(super) fn undisturbed<R>(write: impl FnOnce() -> R) -> R {
    let _writing = WRITING.read().unwrap_or_else(PoisonError::into_inner);
    write()
}

/// From now on the program ends between two files.
///
/// # Errors
///
/// When the system cannot be asked to tell of signals.
#[cfg(unix)]
pub(super) fn end_between_files() -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    let ignored = ignored();
    let mut signals =
        Signals::new([SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0))?;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            let _nobody_writes = WRITING.write().unwrap_or_else(PoisonError::into_inner);
            super::report_error("interrupted; every file is as it was or wholly repaired");
            let _ = emulate_default_handler(signal);
        }
    })?;
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn end_between_files() -> io::Result<()> {
    Ok(())
}

/// The signals that were to be ignored from the beginning, the first in the lowest bit. Systems that do not tell have
/// none.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}
