//! The files of an archive for its index: which there are, and the document that each holds.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use cable_archive::Found;
use cable_catalog::Catalog;
use cable_lint::config::Choice;
use cable_syntax::Document;

use super::super::complain;
use super::super::input::{Inputs, speak_of};
use crate::files::config::{Configs, slashed};
use crate::files::source::{Kind, Source};

/// The files of a run, by their paths.
pub(super) struct Files {
    /// As the index knows them, in the order of their paths.
    pub(super) found: Vec<Found>,
    /// As they are read, in the same order.
    sources: Vec<Source>,
    configs: Configs,
    pub(super) threads: usize,
    /// Whether every argument could be followed.
    pub(super) complete: bool,
    /// The program and the codes that the files are read with.
    pub(super) reading: String,
    /// The folder that the paths are below.
    pub(super) root: String,
}

impl Files {
    /// Finds the files that the arguments name. Their paths are those below a folder, where one is given; else they are as
    /// reached from where we are.
    ///
    /// # Errors
    ///
    /// When the list of files, or the settings that the arguments name, cannot be read.
    pub(super) fn find(inputs: &Inputs, folder: Option<&Path>) -> io::Result<Self> {
        let configs = inputs.configs(Choice::default())?;
        let (mut sources, mut complete) = inputs.sources(&configs)?;
        sources.retain(|source| {
            let is_file = matches!(source.kind, Kind::Named | Kind::Found);
            if !is_file {
                complain(&format!("{}: not a file, so it has no place in an index", source.name()));
                complete = false;
            }
            is_file
        });
        let threads = inputs.thread_pool()?;
        let mut pairs = Vec::with_capacity(sources.len());
        for source in sources {
            let below = folder.and_then(|folder| source.path.strip_prefix(folder).ok()).unwrap_or(&source.path);
            match source.stamp {
                Some(stamp) => pairs.push((Found { path: slashed(below), stamp }, source)),
                None => {
                    complain(&format!("{}: the system does not say when it was last changed", source.name()));
                    complete = false;
                }
            }
        }
        pairs.sort_by(|(one, _), (other, _)| one.path.cmp(&other.path));
        // Two names that are no UTF-8 may look alike.
        pairs.dedup_by(|(one, _), (other, _)| one.path == other.path);
        let (found, sources): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        let real = fs::canonicalize(folder.unwrap_or(Path::new(".")))?;
        let reading = reading(&sources, &configs);
        complete &= speak_of(&configs);
        let threads = threads.current_num_threads();
        Ok(Self { found, sources, configs, threads, complete, reading, root: slashed(&real) })
    }

    /// The codes of a folder.
    pub(super) fn catalog(&self, folder: &Path) -> Catalog {
        let place = self.configs.place(&folder.join("x"));
        place.map(|place| place.archive.catalog.clone()).unwrap_or_default()
    }

    /// The document of a file; none of a text that is no cable.
    pub(super) fn load(&self, at: usize) -> Result<Option<Document>, String> {
        let source = &self.sources[at];
        let place = self.configs.place(&source.path).ok_or("its settings cannot be read")?;
        let loaded = source.load(&place.archive.catalog).map_err(|error| error.to_string())?;
        Ok(loaded.map(|loaded| loaded.document))
    }
}

/// What the rows follow from apart from the files: this program, and the codes that the settings add.
fn reading(sources: &[Source], configs: &Configs) -> String {
    let mut folder = None;
    let mut additions = BTreeSet::new();
    for source in sources {
        // Files of one folder have the same settings.
        if folder != Some(source.path.parent()) {
            folder = Some(source.path.parent());
            additions
                .extend(configs.place(&source.path).map(|place| format!("{:?}", place.archive.config.additions())));
        }
    }
    let additions: Vec<String> = additions.into_iter().collect();
    format!("cable-lsp {} {}", env!("CARGO_PKG_VERSION"), additions.join(" "))
}
