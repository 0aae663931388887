//! Watches the client's process, so that no server outlives an editor that died without a word.

use std::future::Future;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

/// How often the process is looked for.
const PERIOD: Duration = Duration::from_secs(2);

/// Returns when process `id` is gone. Never returns if it cannot be seen at the time of the call: a client in another
/// container names a process that does not exist here.
pub(super) fn gone(id: u32) -> impl Future<Output = ()> + Send {
    // Looked at now and not when the future is first polled: the client may be gone by then.
    let was_alive = is_alive(id);
    async move { if was_alive { ended(id).await } else { std::future::pending().await } }
}

async fn ended(id: u32) {
    let mut ticks = interval(PERIOD);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while is_alive(id) {
        ticks.tick().await;
    }
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

    #[tokio::test]
    async fn a_process_never_seen_is_not_gone() {
        let gone = tokio::time::timeout(Duration::from_millis(20), gone(u32::MAX)).await;
        assert!(gone.is_err());
    }
}
