//! The whole program beside others that read the same files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use cable_bench::texts;

use super::measure::{Run, fingerprint, memory, output, run, shown, times};
use super::{Programs, Table, Wishes, on_path};

/// Files that one run of `wc` is given: a command line has an end.
const AT_ONCE: usize = 4_000;

/// A program with its arguments, perhaps run more than once for all files.
struct Candidate {
    name: String,
    commands: Vec<Vec<String>>,
    /// What tells its findings, for the fingerprint.
    telling: Option<Vec<String>>,
}

pub(super) fn print(table: &mut Table, programs: &Programs, wishes: &Wishes) -> io::Result<()> {
    let folder = match &wishes.folder {
        Some(folder) => Some(folder.clone()),
        None => Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus-large"))
            .filter(|path| path.is_dir()),
    };
    match folder {
        Some(folder) => files(table, programs, wishes, "Whole program: a folder of files", &folder, 5)?,
        None => table.skip("a folder of real files", "none is given, and ../shared/corpus-large is not there"),
    }
    let archive = tempfile::tempdir()?;
    texts::archive(archive.path(), wishes.files)?;
    files(table, programs, wishes, "Whole program: an invented archive", archive.path(), 3)?;
    one_file(table, programs, wishes)?;
    starts(table, programs, wishes)
}

/// Everything that reads all files of a folder.
fn files(
    table: &mut Table,
    programs: &Programs,
    wishes: &Wishes,
    title: &str,
    folder: &Path,
    rounds: usize,
) -> io::Result<()> {
    let files = below(folder)?;
    let bytes: u64 = files.iter().filter_map(|file| fs::metadata(file).ok()).map(|data| data.len()).sum();
    let candidates = candidates(table, programs, folder, &files);
    table.section(
        &format!("{title}: {} files, {:.1} MB", files.len(), bytes as f64 / 1e6),
        &["processor", "x wc", "x of first", "took", "MB/s", "peak", "found"],
    )?;
    // In turns, so that what else the machine does falls on all alike; the best of each.
    let mut best: Vec<Option<Run>> = vec![None; candidates.len()];
    for _ in 0..if wishes.is_quick { 1 } else { rounds } {
        for (candidate, best) in candidates.iter().zip(&mut best) {
            let this = candidate.run()?;
            if best.is_none_or(|best| this.worked < best.worked) {
                *best = Some(this);
            }
        }
    }
    let wc = best.iter().zip(&candidates).find(|(_, candidate)| candidate.name == "wc").and_then(|(run, _)| *run);
    let first = best.iter().zip(&candidates).find(|(_, candidate)| candidate.name != "wc").and_then(|(run, _)| *run);
    for (candidate, best) in candidates.iter().zip(best) {
        let Some(best) = best else { continue };
        let memory = candidate.memory()?;
        let found = candidate.telling.as_ref().map(|telling| output(&mut command(telling))).transpose()?;
        let of = |other: Option<Run>| other.map_or("-".to_owned(), |other| times(best.worked, other.worked));
        let cells = [
            shown(best.worked),
            of(wc),
            of(first),
            shown(best.took),
            format!("{:.0}", bytes as f64 / best.worked.as_secs_f64() / 1e6),
            format!("{:.1} MiB", memory as f64 / 1024.0),
            found.map_or("-".to_owned(), |found| fingerprint(&found)),
        ];
        table.row(&candidate.name, &cells)?;
    }
    if wishes.counts {
        instructions(table, programs, &files)?;
    }
    Ok(())
}

fn candidates(table: &mut Table, programs: &Programs, folder: &Path, files: &[PathBuf]) -> Vec<Candidate> {
    let folder = text(folder);
    let mut candidates = Vec::new();
    for (name, path) in programs.both() {
        let check = |rest: &[&str]| words(path, &[&["check", "--exit-zero"], rest, &[&folder]].concat());
        let telling = check(&["--format", "jsonl"]);
        let mut add = |what: &str, command: Vec<String>| {
            let telling = Some(if what.contains("diff") { command.clone() } else { telling.clone() });
            candidates.push(Candidate { name: format!("{name} {what}"), commands: vec![command], telling });
        };
        add("check --threads 1", check(&["--threads", "1"]));
        add("check", check(&[]));
        add("check --fix --diff --threads 1", check(&["--fix", "--diff", "--threads", "1"]));
    }
    let mut beside = |name: &str, commands: &dyn Fn(&Path) -> Vec<Vec<String>>| match on_path(name) {
        Some(path) => {
            let shown = if name == "wc" { name.to_owned() } else { format!("{name} (one thread)") };
            candidates.push(Candidate { name: shown, commands: commands(&path), telling: None });
        }
        None => table.skip(&format!("{name} on the files"), "it is not on PATH"),
    };
    beside("wc", &|path| {
        files
            .chunks(AT_ONCE)
            .map(|files| words(path, &files.iter().map(|file| text(file)).collect::<Vec<_>>()))
            .collect()
    });
    beside("rg", &|path| vec![words(path, &["-j1", "-c", "ZNY", &folder])]);
    beside("typos", &|path| vec![words(path, &["-j1", "--no-ignore", &folder])]);
    candidates
}

impl Candidate {
    fn run(&self) -> io::Result<Run> {
        let mut whole = Run { worked: Duration::ZERO, took: Duration::ZERO };
        for words in &self.commands {
            let part = run(&mut command(words))?;
            whole.worked += part.worked;
            whole.took += part.took;
        }
        Ok(whole)
    }

    fn memory(&self) -> io::Result<u64> {
        let mut each = self.commands.iter().map(|words| memory(&mut command(words)));
        each.try_fold(0, |most, memory| Ok(most.max(memory?)))
    }
}

/// One file of 10 KB: what it costs to start, too.
fn one_file(table: &mut Table, programs: &Programs, wishes: &Wishes) -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("one.cable");
    fs::write(&file, texts::cable(10_000))?;
    let file = text(&file);
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    if let Some(wc) = on_path("wc") {
        rows.push(("wc".to_owned(), words(&wc, &[&file])));
    }
    for (name, path) in programs.both() {
        rows.push((format!("{name} check"), words(path, &["check", "--exit-zero", &file])));
    }
    if let Some(typos) = on_path("typos") {
        rows.push(("typos".to_owned(), words(&typos, &[&file])));
    }
    in_turns(table, "Whole program: one file of 10 KB", &rows, if wishes.is_quick { 20 } else { 200 })
}

/// What it costs to start and to do nothing, and how large the program is.
fn starts(table: &mut Table, programs: &Programs, wishes: &Wishes) -> io::Result<()> {
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    if let Some(wc) = on_path("wc") {
        rows.push(("wc --version".to_owned(), words(&wc, &["--version"])));
    }
    for (name, path) in programs.both() {
        let size = fs::metadata(path)?.len() as f64 / 1e6;
        rows.push((format!("{name} --version ({size:.1} MB)"), words(path, &["--version"])));
    }
    for name in ["rg", "ruff", "typos"] {
        if let Some(path) = on_path(name) {
            rows.push((format!("{name} --version"), words(&path, &["--version"])));
        }
    }
    in_turns(table, "Whole program: start", &rows, if wishes.is_quick { 20 } else { 100 })
}

fn in_turns(table: &Table, title: &str, rows: &[(String, Vec<String>)], rounds: usize) -> io::Result<()> {
    table.section(title, &["processor", "x of first", "took"])?;
    let mut runs = vec![(Vec::new(), Vec::new()); rows.len()];
    for _ in 0..rounds {
        for ((_, words), (worked, took)) in rows.iter().zip(&mut runs) {
            let run = run(&mut command(words))?;
            worked.push(run.worked);
            took.push(run.took);
        }
    }
    let mut first = None;
    for ((name, _), (worked, took)) in rows.iter().zip(&mut runs) {
        let (worked, took) = (super::measure::median(worked), super::measure::median(took));
        let first = *first.get_or_insert(worked);
        table.row(name, &[shown(worked), times(worked, first), shown(took)])?;
    }
    Ok(())
}

/// Instructions a byte of `check --threads 1`, without those of a start: over every sixteenth file, because counting is
/// slow.
fn instructions(table: &mut Table, programs: &Programs, files: &[PathBuf]) -> io::Result<()> {
    const ONE_OF: usize = 16;
    let Some(valgrind) = on_path("valgrind") else {
        table.skip("instructions a byte", "valgrind is not on PATH");
        return Ok(());
    };
    let folder = tempfile::tempdir()?;
    let few: Vec<String> = files.iter().step_by(ONE_OF).map(|file| text(file)).collect();
    let bytes: u64 = few.iter().filter_map(|file| fs::metadata(file).ok()).map(|data| data.len()).sum();
    let empty = folder.path().join("empty.cable");
    fs::write(&empty, "")?;
    let out = folder.path().join("out");
    let count = |program: &Path, rest: &[String]| -> io::Result<f64> {
        let mut command = Command::new(&valgrind);
        command.arg("--tool=callgrind").arg(format!("--callgrind-out-file={}", out.display())).arg(program).args(rest);
        run(&mut command)?;
        let counted = fs::read_to_string(&out)?;
        let total = counted.lines().rev().find_map(|line| line.strip_prefix("totals: "));
        Ok(total.and_then(|total| total.trim().parse().ok()).unwrap_or_default())
    };
    table.section(&format!("Whole program: instructions over {} of the files", few.len()), &["a byte", "a start"])?;
    let row = |name: &str, program: &Path, before: &[&str]| -> io::Result<()> {
        let given =
            |files: &[String]| before.iter().map(|word| (*word).to_owned()).chain(files.to_vec()).collect::<Vec<_>>();
        let start = count(program, &given(&[text(&empty)]))?;
        let all = count(program, &given(&few))?;
        table.row(name, &[format!("{:.1}", (all - start) / bytes as f64), format!("{:.2} M", start / 1e6)])
    };
    if let Some(wc) = on_path("wc") {
        row("wc", &wc, &[])?;
    }
    for (name, path) in programs.both() {
        row(&format!("{name} check"), path, &["check", "--exit-zero", "--threads", "1"])?;
    }
    Ok(())
}

fn words<S: AsRef<str>>(program: &Path, arguments: &[S]) -> Vec<String> {
    std::iter::once(text(program)).chain(arguments.iter().map(|argument| argument.as_ref().to_owned())).collect()
}

fn command(words: &[String]) -> Command {
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]);
    command
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// All files below a folder, in order.
fn below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let list = if path.is_dir() { &mut folders } else { &mut files };
            list.push(path);
        }
    }
    files.sort_unstable();
    Ok(files)
}
