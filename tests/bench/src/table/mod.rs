//! The parts of the table, and how a row of it looks.

mod client;
mod inside;
mod measure;
mod program;
mod protocol;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use cable_bench::texts;

/// What can be asked for; without a wish it is all.
pub(crate) const PARTS: [&str; 3] = ["inside", "program", "protocol"];

/// What the command line says.
pub(crate) struct Wishes {
    /// An older build to stand beside this one.
    pub(crate) older: Option<PathBuf>,
    /// The files to check.
    pub(crate) folder: Option<PathBuf>,
    /// Where the invented texts are to be written.
    pub(crate) write: Option<PathBuf>,
    /// How many files the invented archive has.
    pub(crate) files: usize,
    /// Whether instructions of whole runs are counted.
    pub(crate) counts: bool,
    /// Fewer runs.
    pub(crate) is_quick: bool,
    /// Nothing is built: all programs stand beside this one.
    pub(crate) is_built: bool,
    /// The parts that are printed; all if none is named.
    pub(crate) parts: Vec<String>,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            older: std::env::var_os("CABLE_OLDER").map(PathBuf::from),
            folder: None,
            write: None,
            files: 2_000,
            counts: false,
            is_quick: false,
            is_built: false,
            parts: Vec::new(),
        }
    }
}

/// Prints the table.
pub(crate) fn print(wishes: &Wishes) -> io::Result<()> {
    if let Some(folder) = &wishes.write {
        return write(folder);
    }
    let wants = |part: &str| wishes.parts.is_empty() || wishes.parts.iter().any(|wanted| wanted == part);
    let mut table = Table::default();
    if wants("inside") {
        inside::print(&mut table, wishes)?;
    }
    if wants("program") || wants("protocol") {
        let programs = Programs::new(wishes, &mut table)?;
        if wants("program") {
            program::print(&mut table, &programs, wishes)?;
        }
        if wants("protocol") {
            protocol::print(&mut table, &programs, wishes)?;
        }
    }
    table.finish()
}

/// Writes the texts that the table is about.
fn write(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (name, size) in [("10-KB", 10_000), ("100-KB", 100_000), ("1-MB", 1_000_000)] {
        std::fs::write(folder.join(format!("{name}.cable")), texts::cable(size))?;
    }
    std::fs::write(folder.join("1-MB-damaged.cable"), texts::damaged(1_000_000))?;
    std::fs::write(folder.join("10-MB.cable"), texts::document(10_000_000))
}

/// What is measured beside what.
struct Programs {
    this: PathBuf,
    older: Option<PathBuf>,
    bare: PathBuf,
}

impl Programs {
    fn new(wishes: &Wishes, table: &mut Table) -> io::Result<Self> {
        let this = match std::env::var_os("CABLE_LSP_BIN") {
            Some(path) => PathBuf::from(path),
            None => built("cable-lsp", "cable-lsp", wishes)?,
        };
        let older = wishes.older.clone();
        if older.is_none() {
            table.skip("all of an older cable-lsp", "neither --older nor CABLE_OLDER names one");
        }
        Ok(Self { this, older, bare: built("cable-bench", "bare", wishes)? })
    }

    /// This build, and the older one.
    fn both(&self) -> impl Iterator<Item = (&'static str, &Path)> {
        let older = self.older.as_deref().map(|older| ("older", older));
        std::iter::once(("cable-lsp", self.this.as_path())).chain(older)
    }
}

/// Builds a program of this workspace, in the profile `release` if this one is optimised.
fn built(package: &str, name: &str, wishes: &Wishes) -> io::Result<PathBuf> {
    if wishes.is_built {
        return Ok(std::env::current_exe()?.with_file_name(name));
    }
    let mut build = escargot::CargoBuild::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml"))
        .package(package)
        .bin(name);
    if package == env!("CARGO_PKG_NAME") {
        build = build.features("table");
    }
    build.current_release().run().map(|built| built.path().to_owned()).map_err(io::Error::other)
}

/// The program of this name on PATH.
fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// Prints row by row, and remembers what was left out.
#[derive(Default)]
struct Table {
    skipped: Vec<String>,
}

impl Table {
    /// Begins a part, with what its columns are.
    fn section(&self, title: &str, columns: &[&str]) -> io::Result<()> {
        writeln!(io::stdout(), "\n## {title}\n")?;
        self.row("", &columns.iter().map(|column| (*column).to_owned()).collect::<Vec<_>>())
    }

    #[expect(clippy::unused_self, reason = "a row belongs to a table")]
    fn row(&self, name: &str, cells: &[String]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        write!(out, "{name:48}")?;
        for cell in cells {
            write!(out, " {cell:>16}")?;
        }
        writeln!(out)
    }

    /// A row, or more, that there is not, and why.
    fn skip(&mut self, what: &str, why: &str) {
        self.skipped.push(format!("{what}: {why}"));
    }

    fn finish(&self) -> io::Result<()> {
        if !self.skipped.is_empty() {
            writeln!(io::stdout(), "\n## Skipped\n")?;
        }
        self.skipped.iter().try_for_each(|skipped| writeln!(io::stdout(), "{skipped}"))
    }
}
