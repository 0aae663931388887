//! `render`: a file as a person reads it.

use std::io::{self, Write};
use std::path::PathBuf;

use cable_edition::{Edited, Form, TEXT_WIDTH, render};
use clap::{Args, ValueEnum};

use super::looked_at::LookedAt;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The file to read; `-` is standard input
    file: PathBuf,
    /// How it is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The columns of a line of plain text
    #[arg(long, value_name = "N", default_value_t = TEXT_WIDTH)]
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
    let LookedAt { source, place, loaded } = match LookedAt::read(&arguments.file)? {
        Ok(looked_at) => looked_at,
        Err(code) => return Ok(code),
    };
    let form = match arguments.format {
        Format::Text => Form::Text { width: arguments.width },
        Format::Markdown => Form::Markdown,
        Format::Html => Form::Html,
        Format::Tei => Form::Tei,
    };
    let editions = form.editor().editions(&loaded.document, &place.settings(&source.path));
    let file = source.path.file_name().map_or_else(|| source.name(), |name| name.to_string_lossy());
    let cables: Vec<Edited<'_>> = loaded
        .document
        .cables()
        .iter()
        .zip(&editions)
        .map(|(placed, edition)| Edited { placed, edition, file: &file })
        .collect();
    let mut output = io::stdout().lock();
    output.write_all(render(&cables, form, &()).as_bytes())?;
    output.flush()?;
    Ok(0)
}
