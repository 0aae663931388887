//! Finds `cable-lsp.toml`: for each file the nearest one above it, read once.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use cable_catalog::Catalog;
use cable_lint::Settings;
use cable_lint::config::{Choice, Config, Paths};

use super::bounded::{self, is_planted, planted};
use super::device::is_device;

/// The name of a settings file.
pub(crate) const FILE_NAME: &str = "cable-lsp.toml";

/// The longest path that settings are looked for above, in bytes: a file's on most systems is no longer.
const LONGEST_PATH: usize = 4096;

/// The settings of every file of a run: command line over file over editor.
#[derive(Debug, Default)]
pub(crate) struct Configs {
    /// What the editor says.
    editor: Config,
    /// The settings that `--config` names.
    explicit: Option<Arc<ProjectConfig>>,
    /// What the command line chooses.
    choice: Choice,
    /// Nothing is left out, whatever the settings exclude.
    reads_excluded: bool,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// By folder as reached: a walk asks for every file, and the parts of a path are dearer to compare than its bytes.
    places: HashMap<OsString, Option<Arc<Place>>>,
    /// By folder as it is. None stands for settings that cannot be read.
    archives: HashMap<PathBuf, Option<Arc<ProjectConfig>>>,
    problems: Vec<String>,
    notes: Vec<String>,
}

/// What holds for the files below one settings file.
#[derive(Debug, Default)]
pub(crate) struct ProjectConfig {
    /// Where the settings file is; nowhere if there is none.
    folder: PathBuf,
    /// What the file and the editor say together.
    pub(crate) config: Config,
    paths: Paths,
    settings: Settings,
    /// The built-in codes and those of the archive.
    pub(crate) catalog: Catalog,
}

/// A folder and what holds in it.
#[derive(Debug)]
pub(crate) struct Place {
    /// The folder as it is, without links.
    pub(crate) folder: PathBuf,
    /// From the settings file to the folder, with a slash at its end unless it is empty.
    relative: String,
    pub(crate) archive: Arc<ProjectConfig>,
}

impl Configs {
    /// The settings under what the command line says.
    ///
    /// # Errors
    ///
    /// When the file that `--config` names cannot be read.
    pub(crate) fn new(explicit: Option<&Path>, choice: Choice) -> io::Result<Self> {
        let explicit = explicit.map(|file| {
            let archive =
                read(file, &Config::default(), &choice).map_err(|problems| io::Error::other(problems.join("\n")))?;
            Ok::<_, io::Error>(Arc::new(archive))
        });
        Ok(Self { explicit: explicit.transpose()?, choice, ..Self::default() })
    }

    /// The same with nothing left out, if that is wanted.
    pub(crate) fn reading_excluded(self, reads_excluded: bool) -> Self {
        Self { reads_excluded, ..self }
    }

    /// The settings files over what an editor says.
    pub(crate) fn over(editor: Config) -> Self {
        Self { editor, ..Self::default() }
    }

    /// What holds where no settings file does.
    pub(crate) fn without_file(&self) -> Arc<ProjectConfig> {
        Arc::new(ProjectConfig::new(PathBuf::new(), self.editor.clone(), &self.choice))
    }

    /// What holds for the files of a file's folder; none if the settings are wrong.
    pub(crate) fn place(&self, file: &Path) -> Option<Arc<Place>> {
        let folder = match file.parent() {
            // What stands for an input of ours has the settings of where we are, as `-` has.
            Some(folder) if folder != Path::new("") && !is_device(file) => folder,
            _ => Path::new("."),
        };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = known.places.get(folder.as_os_str()) {
            return place.clone();
        }
        // A folder that is not there yet, as that of `--stdin-filename` may be, has settings above it all the same.
        let real =
            fs::canonicalize(folder).or_else(|_| std::path::absolute(folder)).unwrap_or_else(|_| folder.to_owned());
        let archive = match &self.explicit {
            Some(archive) => Some(Arc::clone(archive)),
            None => self.nearest(&real, &mut known),
        };
        let place = archive.map(|archive| {
            let relative = slashed(real.strip_prefix(&archive.folder).unwrap_or(&real));
            let relative = if relative.is_empty() { relative } else { relative + "/" };
            Arc::new(Place { folder: real, relative, archive })
        });
        known.places.insert(folder.as_os_str().to_owned(), place.clone());
        place
    }

    /// The settings of the nearest folder above that has some. Step by step, for a client may name any number of folders.
    fn nearest(&self, folder: &Path, known: &mut Known) -> Option<Arc<ProjectConfig>> {
        if folder.as_os_str().len() > LONGEST_PATH {
            return Some(self.without_file());
        }
        let mut passed = Vec::new();
        let mut found = None;
        for above in folder.ancestors() {
            if let Some(archive) = known.archives.get(above) {
                found = Some(archive.clone());
                break;
            }
            passed.push(above);
            let file = above.join(FILE_NAME);
            if file.is_file() && is_planted(&file) {
                known.notes.push(planted(&file));
            } else if file.is_file() {
                let archive = read(&file, &self.editor, &self.choice).map(Arc::new);
                found = Some(archive.map_err(|problems| known.problems.extend(problems)).ok());
                break;
            }
        }
        let archive = found.unwrap_or_else(|| Some(self.without_file()));
        known.archives.extend(passed.into_iter().map(|folder| (folder.to_owned(), archive.clone())));
        archive
    }

    /// Whether a file or folder found in a folder is left out.
    pub(crate) fn excludes(&self, found: &Path) -> bool {
        // Most settings leave nothing out, and a walk asks for every file.
        !self.reads_excluded
            && self.place(found).is_some_and(|place| {
                let paths = &place.archive.paths;
                paths.excludes_any() && paths.is_excluded(&place.relative(found))
            })
    }

    /// Whether a file or folder that was named is left out, by itself or with a folder that it is in. A link is left
    /// out where it is and where it leads to: a repair would follow it.
    pub(crate) fn excludes_named(&self, named: &Path) -> bool {
        if self.reads_excluded || is_device(named) {
            return false;
        }
        let real = fs::canonicalize(named).unwrap_or_default();
        [named, &real].into_iter().any(|path| {
            let (Some(name), Some(place)) = (path.file_name(), self.place(path)) else { return false };
            let ProjectConfig { folder, paths, .. } = &*place.archive;
            let whole = place.folder.join(name);
            let mut upward = whole.ancestors().take_while(|up| *up != folder);
            upward.any(|up| paths.is_excluded(&slashed(up.strip_prefix(folder).unwrap_or(up))))
        })
    }

    /// Whether a file found in a folder is one to read.
    pub(crate) fn includes(&self, found: &Path) -> bool {
        let by_name = || has_extension(found, "cable") || has_extension(found, "txt");
        let place = self.place(found).filter(|place| place.archive.paths.includes_by_glob());
        place.and_then(|place| place.archive.paths.is_included(&place.relative(found))).unwrap_or_else(by_name)
    }

    /// What is wrong with the settings that were read since it was last asked.
    pub(crate) fn problems(&self) -> Vec<String> {
        std::mem::take(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner).problems)
    }

    /// What a person should know about the settings that were read since it was last asked, without being at fault.
    pub(crate) fn notes(&self) -> Vec<String> {
        std::mem::take(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner).notes)
    }

    /// Adds what a person should know.
    pub(crate) fn note(&self, notes: Vec<String>) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).notes.extend(notes);
    }
}

impl ProjectConfig {
    fn new(folder: PathBuf, config: Config, choice: &Choice) -> Self {
        Self {
            folder,
            paths: config.paths(),
            settings: choice.over(config.settings()),
            catalog: Catalog::with(config.additions()),
            config,
        }
    }

    /// The settings of a file that no glob speaks of.
    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The settings file; none if there is none.
    pub(crate) fn file(&self) -> Option<PathBuf> {
        (self.folder != Path::new("")).then(|| self.folder.join(FILE_NAME))
    }
}

impl Place {
    /// The settings of a file of the folder.
    pub(crate) fn settings(&self, file: &Path) -> Cow<'_, Settings> {
        let settings = &self.archive.settings;
        let ignored = self.archive.paths.ignored(&self.relative(file));
        if ignored.is_empty() {
            return Cow::Borrowed(settings);
        }
        let ignore = settings.ignore.iter().cloned().chain(ignored).collect();
        Cow::Owned(Settings { ignore, ..settings.clone() })
    }

    fn relative(&self, file: &Path) -> String {
        format!("{}{}", self.relative, file.file_name().unwrap_or_default().to_string_lossy())
    }
}

/// Reads a settings file; else a line for each thing that is wrong with it.
fn read(file: &Path, editor: &Config, choice: &Choice) -> Result<ProjectConfig, Vec<String>> {
    let shown = std::env::current_dir().ok().and_then(|here| file.strip_prefix(here).ok()).unwrap_or(file).display();
    let text = bounded::read_text(file, bounded::SETTINGS).map_err(|error| vec![format!("{shown}: {error}")])?;
    let config = Config::parse(&text)
        .map_err(|problems| problems.iter().map(|problem| format!("{shown}:{problem}")).collect::<Vec<_>>())?;
    let folder = file.parent().unwrap_or(Path::new("."));
    let folder = if folder == Path::new("") { Path::new(".") } else { folder };
    Ok(ProjectConfig::new(fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned()), config.over(editor), choice))
}

/// Whether a name ends so, in letters of any size: old systems wrote `.TXT`.
pub(crate) fn has_extension(file: &Path, extension: &str) -> bool {
    file.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}

/// A path with `/` in it on every system.
pub(crate) fn slashed(path: &Path) -> String {
    let path = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { path.into_owned() } else { path.replace(std::path::MAIN_SEPARATOR, "/") }
}
