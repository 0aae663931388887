//! Which files of a folder are cables, and the text of a file, whatever bytes it holds.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fs::{self, File, FileType, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::UNIX_EPOCH;

use cable_archive::Stamp;
use cable_catalog::Catalog;
use cable_syntax::Document;
use encoding_rs::UTF_8;
use globset::GlobMatcher;
use ignore::{DirEntry, WalkBuilder, WalkState};

use super::bounded::{self, too_large};
use super::config::{Configs, has_extension};
use super::device::is_standard_input;
use super::encoding::Encoded;
use super::ignored::Ignored;

/// The largest file that is read. Its text, its lines and its diagnostics are in memory at once.
const LARGEST: u64 = 512 << 20;

/// A text to read.
#[derive(Debug)]
pub(crate) struct Source {
    /// The path as reached from the argument; `-` for standard input.
    pub(crate) path: PathBuf,
    pub(crate) kind: Kind,
    /// Size and last change of the file when it was found; none of what is no file.
    pub(crate) stamp: Option<Stamp>,
    /// The text itself, where it came with the path.
    given: Option<Box<str>>,
}

/// Why a source is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    StandardInput,
    /// A pipe, or standard input by the name of its device: read once, and never written.
    Stream,
    /// A file that was named, or a text that was given: whatever it is, it is read.
    Named,
    /// A file of a folder: a text is read only when it is a cable.
    Found,
}

/// A file as it was read.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// The path of the source, for people.
    pub(crate) path: String,
    /// The text without a byte order mark.
    pub(crate) text: String,
    /// How its bytes stand for it.
    pub(crate) encoded: Encoded,
    /// What was read from it.
    pub(crate) document: Document,
}

/// What is to be taken of what a walk finds, by its path.
pub(crate) enum Wanted<'a> {
    /// The files that the settings say, or whose names look like a cable's.
    Cables,
    /// What a glob names. A folder that it names is taken as if it were named itself.
    Matching(&'a GlobMatcher),
}

/// The files below a folder that neither settings nor ignore files leave out, in no order, and what went wrong on the
/// way. As many threads walk as are asked for; with 0 as many as there are cores.
pub(crate) fn walk(
    folder: &Path,
    wanted: &Wanted<'_>,
    configs: &Configs,
    threads: usize,
) -> (Vec<Source>, Vec<String>) {
    let (found, results) = mpsc::channel();
    let ignored = Ignored::new();
    WalkBuilder::new(folder).standard_filters(false).threads(threads).build_parallel().run(|| {
        let (found, ignored) = (found.clone(), &ignored);
        Box::new(move |entry| {
            let (state, result) = visit(entry, wanted, configs, ignored);
            // The receiver lives as long as the walk.
            let _ = result.map(|result| found.send(result));
            state
        })
    });
    drop(found);
    let troubles = ignored.troubles();
    configs.note(troubles.notes);
    let (mut sources, mut problems) = (Vec::new(), troubles.problems);
    for result in results {
        match result {
            Ok(source) => sources.push(source),
            Err(problem) => problems.push(problem),
        }
    }
    problems.sort_unstable();
    (sources, problems)
}

/// Sorts sources by their paths, each once. As text, the way a tool that reads the paths would sort them. One that was
/// named stays so, also where a folder holds it.
pub(crate) fn sort(sources: &mut Vec<Source>) {
    sources.sort_by(compare);
    sources.dedup_by(|one, two| one.path == two.path);
}

/// The order of sources: that of their paths, and of one path what was named goes before.
pub(crate) fn compare(one: &Source, other: &Source) -> Ordering {
    one.sorts_by().cmp(other.sorts_by()).then(one.kind.cmp(&other.kind))
}

/// What a walk does at one entry: how to go on, and a file to read or what is wrong.
fn visit(
    entry: Result<DirEntry, ignore::Error>,
    wanted: &Wanted<'_>,
    configs: &Configs,
    ignored: &Ignored,
) -> (WalkState, Option<Result<Source, String>>) {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => return (WalkState::Continue, Some(Err(error.to_string()))),
    };
    let path = entry.path().strip_prefix("./").unwrap_or(entry.path());
    let Some(kind) = entry.file_type() else { return (WalkState::Continue, None) };
    // What was named was looked at where it was named.
    if entry.depth() == 0 {
        return (WalkState::Continue, None);
    }
    let (goes_on, result) = met(path, kind, wanted, configs, ignored);
    (if goes_on { WalkState::Continue } else { WalkState::Skip }, result)
}

/// What a walk does with what it meets in a folder: whether it goes into it, and a file to read or what is wrong.
pub(super) fn met(
    path: &Path,
    kind: FileType,
    wanted: &Wanted<'_>,
    configs: &Configs,
    ignored: &Ignored,
) -> (bool, Option<Result<Source, String>>) {
    if ignored.leaves_out(path, kind.is_dir()) || configs.excludes(path) {
        return (false, None);
    }
    if !(kind.is_file() || kind.is_symlink()) || (kind.is_symlink() && configs.excludes_named(path)) {
        return (true, None);
    }
    let Some(kind) = wanted.kind(path, configs) else { return (true, None) };
    let result = match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Some(Ok(Source::found(path.to_owned(), kind, &metadata))),
        // A pipe could be waited for without end, and a device is no text.
        Ok(_) => None,
        Err(error) => Some(Err(format!("{}: {error}", path.display()))),
    };
    (true, result)
}

impl Wanted<'_> {
    fn kind(&self, path: &Path, configs: &Configs) -> Option<Kind> {
        let is_found = match self {
            Self::Matching(glob) if glob.is_match(path) => return Some(Kind::Named),
            Self::Matching(glob) => path.ancestors().skip(1).any(|up| up.file_name().is_some() && glob.is_match(up)),
            Self::Cables => true,
        };
        (is_found && configs.includes(path)).then_some(Kind::Found)
    }
}

impl Source {
    /// What is at a path.
    pub(crate) const fn new(path: PathBuf, kind: Kind) -> Self {
        Self { path, kind, stamp: None, given: None }
    }

    /// The same, with what was seen of it on the way.
    pub(crate) fn found(path: PathBuf, kind: Kind, metadata: &Metadata) -> Self {
        Self { stamp: stamp(metadata), ..Self::new(path, kind) }
    }

    /// A text that somebody else has read from a path.
    pub(crate) fn given(path: PathBuf, text: String) -> Self {
        Self { given: Some(text.into_boxed_str()), ..Self::new(path, Kind::Named) }
    }

    /// What it is sorted by.
    pub(crate) fn sorts_by(&self) -> &[u8] {
        self.path.as_os_str().as_encoded_bytes()
    }

    /// The path, for people.
    pub(crate) fn name(&self) -> Cow<'_, str> {
        self.path.to_string_lossy()
    }

    /// The file, unless it is standard input.
    pub(crate) fn file(&self) -> Option<&Path> {
        (self.kind != Kind::StandardInput).then_some(&self.path)
    }

    /// Reads the source. None when it holds no cable and nobody named it.
    ///
    /// # Errors
    ///
    /// When the bytes cannot be read, or are no text.
    pub(crate) fn load(&self, catalog: &Catalog) -> io::Result<Option<Loaded>> {
        let is_other_text = self.kind == Kind::Found && !has_extension(&self.path, "cable");
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

    /// The text of the source, whatever it holds, without a byte order mark.
    ///
    /// # Errors
    ///
    /// When the bytes cannot be read.
    pub(crate) fn text(&self) -> io::Result<String> {
        Ok(Encoded::decode(self.bytes()?).0)
    }

    fn bytes(&self) -> io::Result<Vec<u8>> {
        if let Some(text) = &self.given {
            return Ok(text.as_bytes().to_owned());
        }
        let is_ours = self.kind == Kind::Stream && is_standard_input(&self.path);
        let path = match self.file() {
            Some(path) if !is_ours => path,
            _ => return read(io::stdin().lock()),
        };
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        if length > LARGEST {
            return Err(too_large(LARGEST));
        }
        // One call for all of it, and one that finds the end.
        let mut bytes = Vec::with_capacity(length as usize + 1);
        bounded::read_into(&mut bytes, file, LARGEST)?;
        Ok(bytes)
    }
}

/// Size and last change of a file; none of what is no file, or where the system keeps no time.
pub(crate) fn stamp(metadata: &Metadata) -> Option<Stamp> {
    let modified = metadata.modified().ok().filter(|_| metadata.is_file())?;
    let since = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
    Some(Stamp { size: metadata.len(), mtime_ns: i64::try_from(since.as_nanos()).unwrap_or(i64::MAX) })
}

/// Everything there is to read, up to the largest size.
///
/// # Errors
///
/// When it cannot be read, or is larger.
pub(crate) fn read(from: impl Read) -> io::Result<Vec<u8>> {
    bounded::read(from, LARGEST)
}

impl Loaded {
    /// What a person should know about how the file was read.
    pub(crate) fn note(&self) -> Option<String> {
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
