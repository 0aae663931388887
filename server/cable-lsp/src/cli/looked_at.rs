//! One file that is only looked at, whatever the settings exclude.

use std::io;
use std::path::Path;
use std::sync::Arc;

use cable_lint::config::Choice;

use super::input::Inputs;
use super::{COULD_NOT_RUN, note, report_error};
use crate::files::config::{Configs, Place};
use crate::files::source::{Loaded, Source};

/// The file and what holds for it.
pub(super) struct LookedAt {
    pub(super) source: Source,
    pub(super) place: Arc<Place>,
    pub(super) loaded: Loaded,
}

impl LookedAt {
    /// Reads what an argument names. Where there is nothing to show, the exit code.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or its settings cannot.
    pub(super) fn read(file: &Path) -> io::Result<Result<Self, u8>> {
        let configs = Configs::new(None, Choice::default())?.reading_excluded(true);
        let (mut sources, complete) = Inputs::one(file).sources(&configs)?;
        let (Some(source), true) = (sources.pop(), sources.is_empty()) else {
            if complete {
                report_error(&format!("{}: name one file", file.display()));
            }
            return Ok(Err(COULD_NOT_RUN));
        };
        let Some(place) = configs.place(&source.path) else {
            return Err(io::Error::other(configs.problems().join("\n")));
        };
        let about = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", source.name()));
        let Some(loaded) = source.load(&place.archive.catalog).map_err(about)? else { return Ok(Err(0)) };
        if let Some(words) = loaded.note() {
            note(&words);
        }
        Ok(Ok(Self { source, place, loaded }))
    }
}
