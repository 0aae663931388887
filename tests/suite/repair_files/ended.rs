//! A repair that is ended in its midst: every file is the old one or the new one, and nothing is left beside them.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, ExitStatus, Stdio};
use std::thread;

use cable_tests::command::{CLEAN, Folder, slips};
use rustix::process::{Pid, Signal, kill_process};

use super::FIX;

const FILES: usize = 300;
const FOLDERS: usize = 5;
const ROUNDS: usize = 20;

fn name(index: usize) -> String {
    format!("{}/{index}.cable", index % FOLDERS)
}

/// What became of the files of a round.
#[derive(Debug, Default)]
struct Found {
    old_files: usize,
    new_files: usize,
    /// What else is there.
    left: Vec<String>,
}

fn look(folder: &Folder) -> Found {
    let mut found = Found::default();
    for index in 0..FILES {
        let bytes = folder.read(&name(index));
        if bytes == slips().as_bytes() {
            found.old_files += 1;
        } else {
            assert_eq!(String::from_utf8_lossy(&bytes), CLEAN, "{} is torn", name(index));
            found.new_files += 1;
        }
    }
    for number in 0..FOLDERS {
        let entries = fs::read_dir(folder.path(&number.to_string())).expect("a folder").flatten();
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        found
            .left
            .extend(names.filter(|name| Path::new(name).extension().is_none_or(|extension| extension != "cable")));
    }
    found
}

/// Waits until a file is fixed, or the program has ended.
fn wait_for(folder: &Folder, name: &str, process: &mut Child) {
    while folder.read(name) == slips().as_bytes() && process.try_wait().expect("it was started").is_none() {
        thread::yield_now();
    }
}

/// Starts a repair of the whole, ends it by a signal at another moment each round, and hands over what was found.
fn rounds(signal: Signal, mut each: impl FnMut(&Folder, &Found, ExitStatus)) {
    if is_ignored(signal) {
        eprintln!("skipped: whoever runs the tests has {signal:?} ignored, and so has what they start");
        return;
    }
    let folder = Folder::new();
    // In the order in which they are taken, batch by batch: a later file is a later moment.
    let mut names: Vec<String> = (0..FILES).map(name).collect();
    names.sort_unstable();
    let mut ended_amid = 0;
    for round in 0..ROUNDS {
        (0..FILES).for_each(|index| folder.write(&name(index), slips()));
        let mut command = folder.command(FIX);
        let mut process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
        wait_for(&folder, &names[round * FILES / ROUNDS], &mut process);
        let id = Pid::from_child(&process);
        kill_process(id, signal).expect("it was started");
        let status = process.wait().expect("it ends");
        let found = look(&folder);
        ended_amid += usize::from(found.old_files > 0 && found.new_files > 0);
        each(&folder, &found, status);
    }
    assert!(ended_amid > ROUNDS / 2, "only {ended_amid} rounds ended amid the files");
}

/// Whether this process, and so every one that it starts, ignores a signal.
fn is_ignored(signal: Signal) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap_or("0").trim();
    u64::from_str_radix(mask, 16).is_ok_and(|mask| mask >> (signal.as_raw() - 1) & 1 == 1)
}

#[test]
fn what_kill_leaves_the_next_run_sweeps() {
    let mut left_files = 0;
    rounds(Signal::KILL, |folder, found, _| {
        left_files += found.left.len();
        let other = folder.path("0/.cable-lsp-notes.tmp");
        fs::write(&other, "a person's own").expect("a file");
        assert_eq!(folder.run(FIX).code, Some(0));
        let after = look(folder);
        assert_eq!((after.new_files, after.left), (FILES, vec![".cable-lsp-notes.tmp".to_owned()]));
        fs::remove_file(other).expect("it is there");
    });
    eprintln!("{left_files} temporary files were left and swept");
}

fn finishes_the_file_at_hand(signal: Signal) {
    rounds(signal, |_, found, status| {
        assert_eq!(found.left, [] as [String; 0]);
        let ended = (status.signal(), status.code());
        assert!(ended == (Some(signal.as_raw()), None) || found.old_files == 0, "{ended:?}");
    });
}

#[test]
fn an_interrupt_finishes_the_file_at_hand() {
    finishes_the_file_at_hand(Signal::INT);
}

#[test]
fn the_end_of_the_program_finishes_the_file_at_hand() {
    finishes_the_file_at_hand(Signal::TERM);
}

#[test]
fn the_end_of_the_session_finishes_the_file_at_hand() {
    finishes_the_file_at_hand(Signal::HUP);
}
