//! Takes each hot path once and says what was found, how often memory was asked for and how much of it.
//!
//! Under a tool that counts the instructions of [`measured`] it also tells what each path costs (see the test
//! `hot_paths`).

use std::hint::black_box;
use std::io::Write as _;

use cable_bench::hot_paths::{HOT_PATHS, Inputs, Ready};

fn main() -> std::io::Result<()> {
    let (warm, inputs) = (Inputs::short(), Inputs::default());
    let mut out = std::io::stdout().lock();
    for path in HOT_PATHS {
        // Once for what is built at first use.
        let _ = black_box((path.prepare)(&warm)());
        let ready = (path.prepare)(&inputs);
        let mut found = 0;
        let counted = allocation_counter::measure(|| found = measured(ready));
        writeln!(out, "{}\t{found}\t{}\t{}", path.name, counted.count_total, counted.bytes_total)?;
    }
    Ok(())
}

/// The one call whose instructions count.
#[inline(never)]
fn measured(ready: Ready) -> usize {
    black_box(ready())
}
