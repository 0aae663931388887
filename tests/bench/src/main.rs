//! The table: what the work on cables costs, inside the program, as a whole program beside others, and through the
//! protocol beside other servers.
//!
//! `tests/bench/run [OPTION…] [inside|program|protocol …]` prints it. Nothing here is a test: a busy machine makes
//! other numbers, so look at the ratios, which are of one run.

#![cfg_attr(unix, expect(clippy::cast_precision_loss, reason = "what is shown has three digits"))]

#[cfg(unix)]
mod table;

use std::process::ExitCode;

const USAGE: &str = "usage: tests/bench/run [OPTION...] [inside|program|protocol...]

  --older PATH     an older cable-lsp, measured in the same run (or CABLE_OLDER)
  --folder PATH    files to check; without it ../shared/corpus-large, or invented ones
  --files N        how many files the invented archive has (2000; the goal speaks of 250000)
  --count          also count the instructions a byte of `check`, with valgrind
  --quick          fewer runs
  --write FOLDER   write the invented texts there and print nothing, to look at one with a profiler
  --built          build nothing: the programs are beside this one, perhaps of another profile

CABLE_LSP_BIN is the program to measure; without it it is built. wc, rg, typos and ruff are measured beside it where they
are on PATH.
";

#[cfg(unix)]
fn main() -> ExitCode {
    let mut wishes = table::Wishes::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let is_known = match argument.as_str() {
            "--older" => arguments.next().map(|path| wishes.older = Some(path.into())).is_some(),
            "--folder" => arguments.next().map(|path| wishes.folder = Some(path.into())).is_some(),
            "--files" => {
                arguments.next().and_then(|count| count.parse().ok()).map(|count| wishes.files = count).is_some()
            }
            "--write" => arguments.next().map(|path| wishes.write = Some(path.into())).is_some(),
            "--count" => {
                wishes.counts = true;
                true
            }
            "--quick" => {
                wishes.is_quick = true;
                true
            }
            "--built" => {
                wishes.is_built = true;
                true
            }
            part if table::PARTS.contains(&part) => {
                wishes.parts.push(argument);
                true
            }
            _ => false,
        };
        if !is_known {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    }
    match table::print(&wishes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cable-bench: {error}");
            ExitCode::from(2)
        }
    }
}

#[cfg(not(unix))]
fn main() -> ExitCode {
    eprintln!("cable-bench: time is measured where there is a Unix below\n{USAGE}");
    ExitCode::from(2)
}
