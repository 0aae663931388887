//! Time, memory and fingerprints.
//!
//! Where it can be it is the time that the processor worked: a busy machine makes a run wait, and not work.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Read as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};
use wait4::Wait4 as _;

/// The time that this thread has worked.
fn worked() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// What one run costs: the one in the middle of as many as fit in a while, and the result of the last. What `prepare` does
/// is not counted.
pub(super) fn time<P, R>(
    while_: Duration,
    mut prepare: impl FnMut() -> P,
    mut run: impl FnMut(P) -> R,
) -> (Duration, R) {
    const FEWEST: usize = 3;
    const MOST: usize = 2_000;
    let begin = Instant::now();
    let mut runs = Vec::new();
    loop {
        let prepared = prepare();
        let before = worked();
        let result = run(prepared);
        runs.push(worked().saturating_sub(before));
        if runs.len() >= MOST || runs.len() >= FEWEST && begin.elapsed() >= while_ {
            return (median(&mut runs), result);
        }
    }
}

/// The one in the middle.
pub(super) fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// The one that all but a twentieth stay below.
pub(super) fn slow(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() * 19 / 20).copied().unwrap_or_default()
}

/// A few digits that another answer would not have.
pub(super) fn fingerprint(found: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    found.hash(&mut hasher);
    format!("{:08x}", hasher.finish() >> 32)
}

/// A run of another program.
#[derive(Clone, Copy)]
pub(super) struct Run {
    /// How long the processor worked for it, on all threads.
    pub(super) worked: Duration,
    /// How long it took.
    pub(super) took: Duration,
}

/// Runs a program and throws away what it says.
pub(super) fn run(command: &mut Command) -> io::Result<Run> {
    let begin = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let used = child.wait4()?.rusage;
    Ok(Run { worked: used.utime + used.stime, took: begin.elapsed() })
}

/// Runs a program and watches the most memory that it holds, in KiB, where the system says so. What it takes in its last
/// moment is missed.
pub(super) fn memory(command: &mut Command) -> io::Result<u64> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let mut most = 0;
    while child.try_wait()?.is_none() {
        most = most.max(status(child.id(), "VmHWM:").unwrap_or_default());
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok(most)
}

/// What a program writes.
pub(super) fn output(command: &mut Command) -> io::Result<Vec<u8>> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let mut output = Vec::new();
    if let Some(mut pipe) = child.stdout.take() {
        pipe.read_to_end(&mut output)?;
    }
    child.wait()?;
    Ok(output)
}

/// How long the processor has worked for a process that runs; where the system does not say so, nothing.
pub(super) fn worked_by(process: u32) -> Duration {
    // Exact for the threads that there are. Those that have ended are in another account, which is kept in such steps.
    const STEP: Duration = Duration::from_millis(10);
    let tasks = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let exact = tasks.filter_map(|task| {
        let account = fs::read_to_string(task.path().join("schedstat")).ok()?;
        account.split_ascii_whitespace().next()?.parse::<u64>().ok()
    });
    let exact = Duration::from_nanos(exact.sum());
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name of the program is in brackets and may hold spaces.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let steps: u32 =
        fields.split_ascii_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u32>().ok()).sum();
    exact.max((STEP * steps).saturating_sub(STEP))
}

/// What a process holds in memory now, in KiB.
pub(super) fn held(process: u32) -> Option<u64> {
    status(process, "VmRSS:")
}

/// The most that it has held.
pub(super) fn most_held(process: u32) -> Option<u64> {
    status(process, "VmHWM:")
}

fn status(process: u32, name: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}

/// A time in a unit that suits it.
pub(super) fn shown(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match seconds {
        _ if seconds >= 1.0 => format!("{seconds:.2} s"),
        _ if seconds >= 1e-3 => format!("{:.2} ms", seconds * 1e3),
        _ => format!("{:.2} us", seconds * 1e6),
    }
}

/// How many times one is the other.
pub(super) fn times(one: Duration, other: Duration) -> String {
    if other.is_zero() { "-".to_owned() } else { format!("{:.2} x", one.as_secs_f64() / other.as_secs_f64()) }
}
