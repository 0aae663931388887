//! The hot paths cost no more than they did: how often memory is asked for and how much of it, always; instructions where
//! the code is optimised and valgrind is installed (`tests/bench/guard` sees to both).
//!
//! Instructions are kept as multiples of a yardstick that is counted in the same run, because the compiler is not pinned:
//! a better one makes both cheaper. `CABLE_HOT_PATHS=write` writes the numbers anew.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use cable_bench::hot_paths::YARDSTICK;

/// The share of what is kept that a path may cost more.
const TOLERANCE: f64 = 0.1;
/// How often more a path may ask for memory in any case; a map that happens to grow is no fault.
const FEW: f64 = 8.0;
/// The same in bytes.
const FEW_BYTES: f64 = 4_096.0;

/// What a path costs.
#[derive(Debug, Clone)]
struct Cost {
    path: String,
    /// How often memory is asked for.
    allocations: f64,
    /// How much of it.
    bytes: f64,
    /// Instructions as a multiple of the yardstick's, where they were counted.
    instructions: Option<f64>,
}

#[test]
fn no_hot_path_costs_more_than_it_did() {
    let now = costs();
    if std::env::var_os("CABLE_HOT_PATHS").is_some_and(|wish| wish == "write") {
        assert!(now.iter().all(|cost| cost.instructions.is_some()), "instructions were not counted");
        fs::write(file(), written(&now)).expect("the file can be written");
        return;
    }
    let kept = kept();
    let names = |costs: &[Cost]| costs.iter().map(|cost| cost.path.clone()).collect::<Vec<_>>();
    assert_eq!(names(&now), names(&kept), "other paths than those that are kept; tests/bench/guard --write");
    let mut worse = String::new();
    for (now, kept) in now.iter().zip(&kept) {
        let mut compare = |what: &str, now_costs: Option<f64>, kept_costs: Option<f64>, few: f64| {
            let (Some(now_costs), Some(kept_costs)) = (now_costs, kept_costs) else { return };
            let path = &now.path;
            if now_costs > kept_costs * (1.0 + TOLERANCE) + few {
                let _ = writeln!(worse, "{path}: {now_costs} {what}, kept are {kept_costs}");
            } else if now_costs < kept_costs * (1.0 - TOLERANCE) - few {
                eprintln!("{path}: {now_costs} {what}, better than the {kept_costs} that are kept");
            }
        };
        compare("allocations", Some(now.allocations), Some(kept.allocations), FEW);
        compare("bytes", Some(now.bytes), Some(kept.bytes), FEW_BYTES);
        compare("yardsticks", now.instructions, kept.instructions, 0.0);
    }
    assert!(worse.is_empty(), "costs more than it did; if it has to, tests/bench/guard --write:\n{worse}");
}

/// Where the numbers are kept.
fn file() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/hot-paths.tsv"))
}

fn kept() -> Vec<Cost> {
    let text = fs::read_to_string(file()).expect("the numbers are kept");
    let rows = text.lines().skip(1).map(|row| {
        let fields: Vec<&str> = row.split('\t').collect();
        let [path, allocations, bytes, instructions] = fields[..] else { panic!("not a row: {row}") };
        let number = |text: &str| text.parse::<f64>().expect("a number");
        Cost {
            path: path.to_owned(),
            allocations: number(allocations),
            bytes: number(bytes),
            instructions: Some(number(instructions)),
        }
    });
    rows.collect()
}

fn written(costs: &[Cost]) -> String {
    let mut text = "path\tallocations\tbytes\tinstructions (yardsticks)\n".to_owned();
    for Cost { path, allocations, bytes, instructions } in costs {
        let _ = writeln!(text, "{path}\t{allocations}\t{bytes}\t{:.3}", instructions.unwrap_or_default());
    }
    text
}

/// Runs the program `hot`, under callgrind where that can be and means something.
fn costs() -> Vec<Cost> {
    let has_valgrind = Command::new("valgrind").arg("--version").output().is_ok();
    if cfg!(debug_assertions) || !has_valgrind {
        eprintln!("skipped: instructions, which tests/bench/guard counts");
        let ran = Command::new(env!("CARGO_BIN_EXE_hot")).output().expect("it runs");
        return read(&ran.stdout, |_| None);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let ran = Command::new("valgrind")
        .args(["--tool=callgrind", "--collect-atstart=no"])
        .args(["--toggle-collect=hot::measured", "--dump-before=hot::measured"])
        .arg(format!("--callgrind-out-file={}", folder.path().join("out").display()))
        .arg(env!("CARGO_BIN_EXE_hot"))
        .output()
        .expect("valgrind runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let paths = ran.stdout.split(|&byte| byte == b'\n').filter(|row| !row.is_empty()).count();
    read(&ran.stdout, |index| {
        // A dump before each call holds the one before it; the last is written at the end.
        let name = if index + 1 == paths { "out".to_owned() } else { format!("out.{}", index + 2) };
        let dump = fs::read_to_string(folder.path().join(name)).expect("the dump is there");
        let total = dump.lines().find_map(|line| line.strip_prefix("totals: ")).expect("a total");
        Some(total.trim().parse().expect("a number"))
    })
}

/// The rows that `hot` wrote, with the instructions of each.
fn read(rows: &[u8], instructions: impl Fn(usize) -> Option<f64>) -> Vec<Cost> {
    let rows = str::from_utf8(rows).expect("text");
    let read = |(index, row): (usize, &str)| {
        let fields: Vec<&str> = row.split('\t').collect();
        let [path, _, allocations, bytes] = fields[..] else { panic!("not a row: {row}") };
        Cost {
            path: path.to_owned(),
            allocations: allocations.parse().expect("a number"),
            bytes: bytes.parse().expect("a number"),
            instructions: instructions(index),
        }
    };
    let mut costs: Vec<Cost> = rows.lines().enumerate().map(read).collect();
    let yardstick = costs.iter().find(|cost| cost.path == YARDSTICK).and_then(|cost| cost.instructions);
    for cost in &mut costs {
        cost.instructions = cost.instructions.zip(yardstick).map(|(counted, yardstick)| counted / yardstick);
    }
    costs
}
