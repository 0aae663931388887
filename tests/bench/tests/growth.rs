//! No text costs more than its size: each kind of work on each shape of text, at three sizes, each twice the one before.
//!
//! What counts is instructions, not time, so that a busy machine changes nothing. They are counted by callgrind; where
//! valgrind is not installed the test says that it is skipped (in CI that is a failure). It takes some minutes, so it runs
//! by its own command: `CABLE_GROWTH=1 cargo test -p cable-bench`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Bytes of the smallest text.
const SIZE: usize = 1_000;
/// Those of what seems to grow: a window that a short text has not filled yet, or a limit that it has not reached, looks like
/// growth once, and not again.
const LARGER: [usize; 2] = [8_000, 32_000];
/// What a doubled text may cost of what the step before it cost, in addition to what it is allowed to cost anyhow: twice as
/// much is linear, four times is quadratic.
const STEP: u64 = 26;
/// Instructions a byte that no one looks at.
const CHEAP: u64 = 400;

/// One call: what was done with which shape, and what it cost.
struct Call {
    shape: String,
    work: String,
    bytes: u64,
    instructions: u64,
}

#[test]
fn no_work_on_any_shape_of_text_grows_faster_than_the_text() {
    if std::env::var_os("CABLE_GROWTH").is_none() {
        eprintln!("skipped: it takes some minutes; CABLE_GROWTH=1 cargo test -p cable-bench");
        return;
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "valgrind is needed in CI");
        eprintln!("skipped: valgrind is not installed");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let calls = count(folder.path(), SIZE, None);
    assert!(calls.len() > 1_000, "{} calls were counted", calls.len());
    let name = |[one, ..]: &[Call; 3]| (one.shape.clone(), one.work.clone());
    let mut suspected: BTreeSet<(String, String)> = growing(&calls).map(name).collect();
    let mut wrong = String::new();
    for size in LARGER {
        wrong.clear();
        let mut still = BTreeSet::new();
        let shapes: BTreeSet<&str> = suspected.iter().map(|(shape, _)| shape.as_str()).collect();
        for shape in shapes {
            let folder = tempfile::tempdir().expect("a folder");
            let calls = count(folder.path(), size, Some(shape));
            for calls in growing(&calls).filter(|calls| suspected.contains(&name(calls))) {
                still.insert(name(calls));
                let costs =
                    calls.iter().map(|call| format!("{} instructions for {} bytes", call.instructions, call.bytes));
                let costs = costs.collect::<Vec<_>>().join(", ");
                let _ = writeln!(wrong, "{} on {}: {costs}", calls[0].work, calls[0].shape);
            }
        }
        suspected = still;
    }
    assert!(wrong.is_empty(), "grows faster than the text:\n{wrong}");
}

/// The calls of which each doubling of the text costs clearly more than the one before.
fn growing(calls: &[Call]) -> impl Iterator<Item = &[Call; 3]> {
    calls.as_chunks::<3>().0.iter().filter(|[one, two, four]| {
        let step = |less: &Call, more: &Call| more.instructions.saturating_sub(less.instructions);
        let (first, second) = (step(one, two), step(two, four));
        let is_cheap = second < CHEAP * (four.bytes - two.bytes);
        !is_cheap && second * 10 > first * STEP
    })
}

/// Counts every kind of work on every shape, or on one, at three sizes from `size` on.
fn count(folder: &Path, size: usize, shape: Option<&str>) -> Vec<Call> {
    let out = folder.join("out");
    let ran = Command::new("valgrind")
        .args(["--tool=callgrind", "--collect-atstart=no"])
        .args(["--toggle-collect=growth::measured", "--dump-before=growth::measured"])
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(env!("CARGO_BIN_EXE_growth"))
        .arg(size.to_string())
        .args(shape)
        .output()
        .expect("valgrind runs");
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let rows: Vec<&str> = said.lines().collect();
    // A dump before each call holds the one before it; the last is written at the end.
    let dump = |index: usize| {
        let name = if index + 1 == rows.len() { "out".to_owned() } else { format!("out.{}", index + 2) };
        fs::read_to_string(folder.join(name)).expect("the dump is there")
    };
    rows.iter()
        .enumerate()
        .map(|(index, row)| {
            let mut fields = row.split('\t');
            let mut field = || fields.next().expect("a field").to_owned();
            let (shape, work, bytes) = (field(), field(), field());
            let dump = dump(index);
            let total = dump.lines().find_map(|line| line.strip_prefix("totals: ")).expect("a total");
            Call {
                shape,
                work,
                bytes: bytes.parse().expect("a number"),
                instructions: total.trim().parse().expect("a number"),
            }
        })
        .collect()
}
