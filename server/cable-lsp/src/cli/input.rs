//! Which files a command reads, and their text, whatever bytes they hold (DESIGN.md 5).

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use cable_catalog::Catalog;
use cable_syntax::Document;
use clap::Args;
use encoding_rs::UTF_8;
use ignore::{DirEntry, WalkBuilder, WalkState};
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::complain;
use super::config::Configs;
use super::encoding::Encoded;

/// Files that are read at once: enough to keep the threads busy, few enough to keep memory flat.
pub(super) const BATCH: usize = 64;
/// The largest file that is read. Its text, its lines and its diagnostics are in memory at once.
const LARGEST: u64 = 512 << 20;

/// Where the cables come from.
#[derive(Debug, Default, Args)]
pub(super) struct Inputs {
    /// Files and folders to read; `-` is standard input, nothing is the current folder
    pub(super) paths: Vec<PathBuf>,
    /// Read the paths from a file, or with `-` from standard input: separated by NUL where there is one, else by lines
    #[arg(long, value_name = "FILE|-")]
    pub(super) files_from: Option<PathBuf>,
    /// The path to report for standard input; settings are looked for beside it
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,
    /// Use this settings file for every path, in place of the `cable-lsp.toml` above each
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Threads to use; by default as many as there are cores
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(super) threads: usize,
}

/// A text to read.
#[derive(Debug)]
pub(super) struct Source {
    /// The path as reached from the argument; `-` for standard input.
    pub(super) path: PathBuf,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    StandardInput,
    /// A file that was named: whatever it is, it is read.
    Named,
    /// A file of a folder: a text is read only when it is a cable.
    Found,
}

/// A file as it was read.
#[derive(Debug)]
pub(super) struct Loaded {
    /// The path of the source, for people.
    pub(super) path: String,
    /// The text without a byte order mark.
    pub(super) text: String,
    /// How its bytes stand for it.
    pub(super) encoded: Encoded,
    /// What was read from it.
    pub(super) document: Document,
}

impl Inputs {
    /// One file.
    pub(super) fn one(path: &Path) -> Self {
        Self { paths: vec![path.to_owned()], ..Self::default() }
    }

    /// The sources in the order of their paths, and whether every argument could be followed.
    ///
    /// # Errors
    ///
    /// When the list of files cannot be read.
    pub(super) fn sources(&self, configs: &Configs) -> io::Result<(Vec<Source>, bool)> {
        let mut sources = Vec::new();
        let mut complete = true;
        for path in self.roots()? {
            if path == Path::new("-") {
                let path = self.stdin_filename.clone().unwrap_or(path);
                sources.push(Source { path, kind: Kind::StandardInput });
                continue;
            }
            match fs::metadata(&path) {
                Ok(metadata) if metadata.is_dir() => complete &= self.walk(&path, configs, &mut sources),
                Ok(_) => sources.push(Source { path, kind: Kind::Named }),
                Err(error) => {
                    complain(&format!("{}: {error}", path.display()));
                    complete = false;
                }
            }
        }
        sources.sort_by(|one, two| bytes(&one.path).cmp(bytes(&two.path)));
        sources.dedup_by(|one, two| one.path == two.path);
        Ok((sources, complete))
    }

    /// The paths that the arguments and the list of files name; the current folder where they name none.
    ///
    /// # Errors
    ///
    /// When the list of files cannot be read.
    pub(super) fn roots(&self) -> io::Result<Vec<PathBuf>> {
        let mut roots = self.paths.clone();
        match &self.files_from {
            Some(list) => roots.extend(listed(list)?),
            None if roots.is_empty() => roots.push(PathBuf::from(".")),
            None => {}
        }
        Ok(roots)
    }

    /// Whether standard input is a text to read.
    pub(super) fn read_standard_input(&self) -> bool {
        self.paths.iter().any(|path| path == Path::new("-"))
    }

    /// The threads to work with.
    ///
    /// # Errors
    ///
    /// When the system has none.
    pub(super) fn thread_pool(&self) -> io::Result<ThreadPool> {
        ThreadPoolBuilder::new().num_threads(self.threads).build().map_err(io::Error::other)
    }

    fn walk(&self, folder: &Path, configs: &Configs, sources: &mut Vec<Source>) -> bool {
        let (found, results) = mpsc::channel();
        WalkBuilder::new(folder).require_git(false).threads(self.threads).build_parallel().run(|| {
            let found = found.clone();
            Box::new(move |entry| {
                let (state, result) = visit(entry, configs);
                // The receiver lives as long as the walk.
                let _ = result.map(|result| found.send(result));
                state
            })
        });
        drop(found);
        let mut complaints = Vec::new();
        for result in results {
            match result {
                Ok(path) => sources.push(Source { path, kind: Kind::Found }),
                Err(complaint) => complaints.push(complaint),
            }
        }
        complaints.sort_unstable();
        for complaint in &complaints {
            complain(complaint);
        }
        complaints.is_empty()
    }
}

/// What a walk does at one entry: how to go on, and a file to read or what is wrong.
fn visit(entry: Result<DirEntry, ignore::Error>, configs: &Configs) -> (WalkState, Option<Result<PathBuf, String>>) {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => return (WalkState::Continue, Some(Err(error.to_string()))),
    };
    let path = entry.path().strip_prefix("./").unwrap_or(entry.path());
    let Some(kind) = entry.file_type() else { return (WalkState::Continue, None) };
    // What was named is read, whatever the settings leave out.
    if entry.depth() > 0 && configs.excludes(path) {
        return (WalkState::Skip, None);
    }
    if !(kind.is_file() || kind.is_symlink()) || !configs.includes(path) {
        return (WalkState::Continue, None);
    }
    let result = match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Some(Ok(path.to_owned())),
        Ok(_) => None,
        Err(error) => Some(Err(format!("{}: {error}", path.display()))),
    };
    (WalkState::Continue, result)
}

/// The paths that a list holds.
fn listed(list: &Path) -> io::Result<Vec<PathBuf>> {
    let text = if list == Path::new("-") { read(io::stdin().lock())? } else { read(File::open(list)?)? };
    let separator = if text.contains(&0) { 0 } else { b'\n' };
    let names = text.split(|&byte| byte == separator).map(|name| name.strip_suffix(b"\r").unwrap_or(name));
    Ok(names.filter(|name| !name.is_empty()).map(path_of).collect())
}

#[cfg(unix)]
fn path_of(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(name))
}

#[cfg(not(unix))]
fn path_of(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).into_owned())
}

/// What paths are sorted by: it is how a tool that reads them as text would sort them.
fn bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}

fn read(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST { Err(too_large()) } else { Ok(bytes) }
}

fn too_large() -> io::Error {
    let megabytes = LARGEST >> 20;
    io::Error::new(io::ErrorKind::FileTooLarge, format!("too large: at most {megabytes} MB are read; split the file"))
}

impl Source {
    /// The path, for people.
    pub(super) fn name(&self) -> Cow<'_, str> {
        self.path.to_string_lossy()
    }

    /// The file, unless it is standard input.
    pub(super) fn file(&self) -> Option<&Path> {
        (self.kind != Kind::StandardInput).then_some(&self.path)
    }

    /// Reads the source. None when it holds no cable and nobody named it.
    ///
    /// # Errors
    ///
    /// When the bytes cannot be read, or are no text.
    pub(super) fn load(&self, catalog: &Catalog) -> io::Result<Option<Loaded>> {
        let is_other_text = self.kind == Kind::Found && self.path.extension() != Some(OsStr::new("cable"));
        let bytes = self.bytes()?;
        if is_binary(&bytes) {
            let error = io::Error::new(io::ErrorKind::InvalidData, "this is a binary file, not a text");
            return if is_other_text { Ok(None) } else { Err(error) };
        }
        let (text, encoded) = Encoded::decode(bytes);
        let document = Document::new(&text, catalog);
        if is_other_text && !document.cables().iter().any(|placed| placed.cable.is_recognised()) {
            return Ok(None);
        }
        Ok(Some(Loaded { path: self.name().into_owned(), text, encoded, document }))
    }

    fn bytes(&self) -> io::Result<Vec<u8>> {
        let Some(path) = self.file() else { return read(io::stdin().lock()) };
        let file = File::open(path)?;
        if file.metadata()?.len() > LARGEST {
            return Err(too_large());
        }
        read(file)
    }
}

impl Loaded {
    /// What a person should know about how the file was read.
    pub(super) fn note(&self) -> Option<String> {
        let encoding = self.encoded.encoding();
        (encoding != UTF_8).then(|| format!("{}: not UTF-8; read as {}", self.path, encoding.name()))
    }
}

/// A few NUL bytes are an old printer's; many are no text at all, unless a byte order mark says so.
fn is_binary(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(8192)];
    let nuls = memchr::memchr_iter(0, start).count();
    nuls * 20 > start.len() && !Encoded::is_wide(bytes)
}
