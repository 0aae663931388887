//! The files of an archive for its index: as the index knows them, and the document that each holds. Terminal and editor
//! share the index of a folder, so they agree on its files and on what their rows follow from.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use cable_archive::{Found, Stamp};
use cable_catalog::Catalog;
use cable_edition::{editions, plain_text};
use cable_syntax::Document;

use super::config::{Configs, slashed};
use super::ignored::Ignored;
use super::source::{Kind, Source};

/// Files by their paths. Of an archive of any size no more is held than the index is told, in a few large blocks: these are
/// given back to the system, and many small ones are not.
pub(crate) struct Indexed {
    /// All paths, one directly after the other.
    paths: String,
    /// The files in the order of their paths.
    files: Vec<File>,
    /// What leads to the paths: the folder that they are below, or nothing.
    before: PathBuf,
    /// The paths of files whose names the index cannot write, by their places.
    odd: HashMap<usize, PathBuf>,
    /// The program and the codes that they are read with.
    pub(crate) reading: String,
    /// The folder that the paths are below.
    pub(crate) root: String,
}

/// A file as it was found.
struct File {
    /// Where its path is among all of them: as the index knows it.
    path: Range<usize>,
    stamp: Stamp,
    /// Why it is read.
    kind: Kind,
}

impl Indexed {
    /// Looks at the files. Their paths are those below a folder, where one is given; else they are as reached from where we
    /// are. What cannot be looked at is left out and reported.
    ///
    /// # Errors
    ///
    /// When the folder cannot be looked at.
    pub(crate) fn of(
        sources: impl IntoIterator<Item = Source>,
        folder: Option<&Path>,
        configs: &Configs,
    ) -> io::Result<(Self, Vec<String>)> {
        let (mut paths, mut files) = (String::new(), Vec::new());
        let mut odd_ones = HashMap::new();
        let mut problems = Vec::new();
        let mut reading = Reading::new(configs);
        // A walk names what is here without the folder.
        let before = folder.filter(|folder| *folder != Path::new(".")).unwrap_or(Path::new("")).to_owned();
        for source in sources {
            reading.with(&source);
            let Some(stamp) = source.stamp else {
                problems.push(format!("{}: the system does not say when it was last changed", source.name()));
                continue;
            };
            let below = folder.and_then(|folder| below(&source.path, folder));
            // To put a path together again and compare it is dear, and hardly any needs it.
            let is_plain = (below.is_some() || before.as_os_str().is_empty()) && source.path.to_str().is_some();
            let path = slashed(below.unwrap_or(&source.path));
            let start = paths.len();
            paths.push_str(&path);
            files.push(File { path: start..paths.len(), stamp, kind: source.kind });
            if !is_plain && before.join(&path) != source.path {
                odd_ones.insert(start, source.path);
            }
        }
        files.sort_by(|one, other| paths[one.path.clone()].cmp(&paths[other.path.clone()]));
        // Two names that are no UTF-8 may look alike.
        files.dedup_by(|one, other| paths[one.path.clone()] == paths[other.path.clone()]);
        let at = |(at, file): (usize, &File)| Some((at, odd_ones.remove(&file.path.start)?));
        let odd = files.iter().enumerate().filter_map(at).collect();
        let real = fs::canonicalize(folder.unwrap_or(Path::new(".")))?;
        let indexed = Self { paths, files, before, odd, reading: reading.in_words(), root: slashed(&real) };
        Ok((indexed, problems))
    }

    /// The files as the index knows them, in the order of their paths.
    pub(crate) fn found(&self) -> Vec<Found<'_>> {
        self.files.iter().map(|file| Found { path: self.path(file), stamp: file.stamp }).collect()
    }

    /// How many there are.
    pub(crate) const fn len(&self) -> usize {
        self.files.len()
    }

    fn path(&self, file: &File) -> &str {
        &self.paths[file.path.clone()]
    }

    /// The document of a file; none of a text that is no cable.
    pub(crate) fn load(&self, at: usize, configs: &Configs) -> Result<Option<Document>, String> {
        let file = &self.files[at];
        let path = self.odd.get(&at).cloned().unwrap_or_else(|| self.before.join(self.path(file)));
        load(&Source::new(path, file.kind), configs)
    }

    /// The folders that hold the files, each once.
    pub(crate) fn folders(&self) -> BTreeSet<PathBuf> {
        let mut folders = BTreeSet::new();
        let mut last = None;
        for file in &self.files {
            let folder = Path::new(self.path(file)).parent();
            if folder != last {
                folders.extend(folder.map(|folder| self.before.join(folder)));
                last = folder;
            }
        }
        folders
    }

    /// What is searched of the document that a path of the index holds: see [`searched`].
    pub(crate) fn searched(&self, path: &str, document: &Document, configs: &Configs) -> Vec<String> {
        searched(document, &self.before.join(path), configs)
    }
}

/// A path below a folder. One that begins with the text of the other is not taken apart to see it.
fn below<'a>(path: &'a Path, folder: &Path) -> Option<&'a Path> {
    let rest = path.to_str().zip(folder.to_str()).and_then(|(path, folder)| path.strip_prefix(folder));
    let rest = rest.and_then(|rest| rest.strip_prefix(MAIN_SEPARATOR)).filter(|rest| !rest.starts_with(MAIN_SEPARATOR));
    rest.map_or_else(|| path.strip_prefix(folder).ok(), |rest| Some(Path::new(rest)))
}

/// What is searched of each cable of a document as well as its subject: the clean text, by the settings of its file.
pub(crate) fn searched(document: &Document, path: &Path, configs: &Configs) -> Vec<String> {
    let settings = configs.place(path).map(|place| place.settings(path).into_owned()).unwrap_or_default();
    editions(document, &settings).iter().map(plain_text).collect()
}

/// The codes of a folder.
pub(crate) fn catalog_of(folder: &Path, configs: &Configs) -> Catalog {
    let place = configs.place(&folder.join("x"));
    place.map(|place| place.archive.catalog.clone()).unwrap_or_default()
}

/// A file of a folder as it is now: its stamp and its document. None where there is no such file, or a walk of the folder
/// would not find it.
pub(crate) fn look_at(
    path: &Path,
    folder: &Path,
    configs: &Configs,
) -> Option<(Stamp, Result<Option<Document>, String>)> {
    let source = Source::found(path.to_owned(), Kind::Found, &fs::metadata(path).ok()?);
    let stamp = source.stamp?;
    is_found(path, folder, configs).then(|| (stamp, load(&source, configs)))
}

/// Whether a walk of a folder finds a file that is there.
fn is_found(path: &Path, folder: &Path, configs: &Configs) -> bool {
    let ignored = Ignored::new();
    let mut above = path.ancestors().skip(1).take_while(|up| *up != folder && up.starts_with(folder));
    let leaves_out = |found: &Path, is_folder| ignored.leaves_out(found, is_folder) || configs.excludes(found);
    path.starts_with(folder)
        && configs.includes(path)
        && !leaves_out(path, false)
        && !above.any(|up| leaves_out(up, true))
}

fn load(source: &Source, configs: &Configs) -> Result<Option<Document>, String> {
    let place = configs.place(&source.path).ok_or("its settings cannot be read")?;
    let loaded = source.load(&place.archive.catalog).map_err(|error| error.to_string())?;
    Ok(loaded.map(|loaded| loaded.document))
}

/// What the rows follow from apart from the files: this program, and the codes that the settings add.
struct Reading<'a> {
    configs: &'a Configs,
    folder: Option<PathBuf>,
    additions: BTreeSet<String>,
}

impl<'a> Reading<'a> {
    const fn new(configs: &'a Configs) -> Self {
        Self { configs, folder: None, additions: BTreeSet::new() }
    }

    fn with(&mut self, source: &Source) {
        // Files of one folder have the same settings.
        if self.folder.as_deref() != source.path.parent() {
            self.folder = source.path.parent().map(Path::to_owned);
            let place = self.configs.place(&source.path);
            self.additions.extend(place.map(|place| format!("{:?}", place.archive.config.additions())));
        }
    }

    fn in_words(self) -> String {
        let additions: Vec<String> = self.additions.into_iter().collect();
        format!("cable-lsp {} {}", env!("CARGO_PKG_VERSION"), additions.join(" "))
    }
}
