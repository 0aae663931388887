//! `render`: a file as a person reads it.

use std::io::{self, Write};
use std::path::PathBuf;

use cable_edition::{Edited, Form, editions, render};
use cable_lint::config::Choice;
use clap::{Args, ValueEnum};

use super::input::Inputs;
use super::{COULD_NOT_RUN, complain, note};
use crate::files::config::Configs;

/// The columns of a line of plain text.
pub(super) const WIDTH: usize = 80;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The file to read; `-` is standard input
    file: PathBuf,
    /// How it is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The columns of a line of plain text
    #[arg(long, value_name = "N", default_value_t = WIDTH)]
    width: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Wrapped, with numbers in the margin
    Text,
    /// With front matter, and footnotes for corrections
    Markdown,
    /// A page that needs nothing but itself
    Html,
    /// TEI P5
    Tei,
}

pub(super) fn run(arguments: &Arguments) -> io::Result<u8> {
    // A file that is only looked at is looked at, whatever the settings exclude.
    let configs = Configs::new(None, Choice::default())?.reading_excluded(true);
    let (sources, complete) = Inputs::one(&arguments.file).sources(&configs)?;
    let [source] = sources.as_slice() else {
        if complete {
            complain(&format!("{}: name one file", arguments.file.display()));
        }
        return Ok(COULD_NOT_RUN);
    };
    let Some(place) = configs.place(&source.path) else {
        return Err(io::Error::other(configs.complaints().join("\n")));
    };
    let about = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", source.name()));
    let Some(loaded) = source.load(&place.archive.catalog).map_err(about)? else { return Ok(0) };
    if let Some(words) = loaded.note() {
        note(&words);
    }
    let editions = editions(&loaded.document, &place.settings(&source.path));
    let file = source.path.file_name().map_or_else(|| source.name(), |name| name.to_string_lossy());
    let cables: Vec<Edited<'_>> = loaded
        .document
        .cables()
        .iter()
        .zip(&editions)
        .map(|(placed, edition)| Edited { placed, edition, file: &file })
        .collect();
    let form = match arguments.format {
        Format::Text => Form::Text { width: arguments.width },
        Format::Markdown => Form::Markdown,
        Format::Html => Form::Html,
        Format::Tei => Form::Tei,
    };
    let mut output = io::stdout().lock();
    output.write_all(render(&cables, form, &()).as_bytes())?;
    output.flush()?;
    Ok(0)
}
