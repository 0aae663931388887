//! The command line as a person or a tool calls it, in a folder of its own.

#![expect(clippy::missing_panics_doc, reason = "to panic is how a test says that something is wrong")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::client::binary;

/// A cable made up for the tests. Nothing is wrong with it, and `é𐍈` counts differently in every encoding.
pub const CLEAN: &str = concat!(include_str!("library.cable"), "\n3. (U) The poet left at noon.\n", "DOE\nBT\n#0312\n");

/// The same cable as a copy has it that read each pilcrow as a 1: three slips that have safe fixes.
pub fn slips() -> String {
    ["1. (C)", "2. (U)", "3. (U)"]
        .iter()
        .fold(CLEAN.to_owned(), |text, marker| text.replace(marker, &format!("1{marker}")))
}

/// A folder that is gone after the test.
#[derive(Debug)]
pub struct Folder(TempDir);

/// What a command said, and how it ended.
#[derive(Debug)]
pub struct Ran {
    /// The exit code; none if a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub bytes: Vec<u8>,
    /// Standard output as text.
    pub out: String,
    /// What it said of itself.
    pub err: String,
}

impl Folder {
    /// An empty folder.
    #[expect(clippy::new_without_default, reason = "a folder is made, not assumed")]
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// Where something in the folder is.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file, and the folders above it.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }

    /// The bytes of a file.
    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).expect("the file is there")
    }

    /// A command, not yet run: `cable-lsp` with these arguments, joined by spaces.
    pub fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(binary());
        command.args(arguments.split_whitespace()).current_dir(self.0.path()).env_remove("RUST_BACKTRACE");
        command
    }

    /// Runs the program with arguments that are joined by spaces.
    pub fn run(&self, arguments: &str) -> Ran {
        finished(self.command(arguments).stdin(Stdio::null()).output().expect("the program runs"))
    }

    /// The same, with a text on its standard input.
    pub fn run_with(&self, arguments: &str, input: impl AsRef<[u8]>) -> Ran {
        let mut command = self.command(arguments);
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut stdin = process.stdin.take().expect("a pipe");
        let input = input.as_ref().to_owned();
        // A program that does not want its input closes the pipe.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = process.wait_with_output().expect("the program ends");
        writer.join().expect("the writer ends");
        finished(output)
    }

    /// Checks with the rule of the misread pilcrow alone and returns `path:line` of each diagnostic.
    pub fn places(&self, arguments: &str) -> Vec<String> {
        let ran = self.run(&format!("check --format jsonl {arguments}"));
        ran.rows().iter().map(|row| format!("{}:{}", row["path"].as_str().unwrap_or("?"), row["line"])).collect()
    }
}

impl Ran {
    /// What a program that has ended said.
    pub fn of(output: Output) -> Self {
        finished(output)
    }

    /// The objects of a `jsonl` output.
    pub fn rows(&self) -> Vec<Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}")))
            .collect()
    }

    /// A `json` output.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{}: {error}", self.out))
    }
}

fn finished(output: Output) -> Ran {
    Ran {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        bytes: output.stdout,
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Whether the tests run as a user whom no permission stops.
pub fn is_root() -> bool {
    let probe = tempfile::tempdir().expect("a temporary folder");
    let file = probe.path().join("file");
    fs::write(&file, "").expect("a file can be written");
    forbid(&file);
    fs::read(&file).is_ok()
}

/// Takes every permission from a file or folder.
#[cfg(unix)]
pub fn forbid(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o000)).expect("permissions can be taken");
}
