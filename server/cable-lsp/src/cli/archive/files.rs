//! The files that the arguments of an archive command name, for its index.

use std::io;
use std::ops::Deref;
use std::path::Path;

use cable_catalog::Catalog;
use cable_lint::config::Choice;
use cable_syntax::Document;

use super::super::input::{Inputs, speak_of};
use super::super::report_error;
use crate::files::config::Configs;
use crate::files::indexed::{Indexed, catalog_of};
use crate::files::source::Kind;

/// The files of a run, by their paths.
pub(super) struct Files {
    indexed: Indexed,
    configs: Configs,
    pub(super) threads: usize,
    /// Whether every argument could be followed.
    pub(super) complete: bool,
}

impl Deref for Files {
    type Target = Indexed;

    fn deref(&self) -> &Indexed {
        &self.indexed
    }
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
        let (mut sources, mut complete) = inputs.coming(&configs)?;
        let threads = inputs.thread_pool()?;
        let files = sources.by_ref().filter(|source| {
            let is_file = matches!(source.kind, Kind::Named | Kind::Found);
            if !is_file {
                report_error(&format!("{}: not a file, so it has no place in an index", source.name()));
                complete = false;
            }
            is_file
        });
        let (indexed, problems) = Indexed::of(files, folder, &configs)?;
        for line in sources.problems().iter().chain(&problems) {
            report_error(line);
        }
        complete &= sources.is_complete() & problems.is_empty() & speak_of(&configs);
        drop(sources);
        Ok(Self { indexed, configs, threads: threads.current_num_threads(), complete })
    }

    /// The codes of a folder.
    pub(super) fn catalog(&self, folder: &Path) -> Catalog {
        catalog_of(folder, &self.configs)
    }

    /// The document of a file; none of a text that is no cable.
    pub(super) fn load(&self, at: usize) -> Result<Option<Document>, String> {
        self.indexed.load(at, &self.configs)
    }

    /// What is searched of the document of a file, by its path in the index.
    pub(super) fn searched(&self, path: &str, document: &Document) -> Vec<String> {
        self.indexed.searched(path, document, &self.configs)
    }
}
