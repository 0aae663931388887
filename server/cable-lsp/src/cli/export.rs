//! `export`: the reading of each cable, with its text if it is asked for; or its edition, a page for each.

mod pages;
mod written;

use std::io::{self, Write};
use std::path::PathBuf;

use cable_edition::{Edition, Editor, Form};
use cable_lint::config::Choice;
use cable_syntax::Reading;
use clap::{Args, ValueEnum};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;
use serde_json::Value;

use super::cells::inert;
use super::documents::Given;
use super::input::{Inputs, no_cables};
use super::{COULD_NOT_RUN, json, report_error};
use crate::files::config::Configs;
use crate::files::source::Source;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    given: Given,
    /// How the readings are written, or the form of a page for each cable
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// Add the text: its blocks, what was corrected in them, and what else the file holds
    #[arg(long)]
    text: bool,
    /// The folder for the pages: one for each cable, named by its id, and an index of them. What is there and was not
    /// written by this command stays as it is
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// The columns of a line of plain text
    #[arg(long, value_name = "N", default_value_t = cable_edition::TEXT_WIDTH)]
    width: usize,
    /// Print what each key of a reading holds, as a JSON schema
    #[arg(long, exclusive = true)]
    schema: bool,
}

/// What each key of a reading holds.
const SCHEMA: &str = include_str!("export/reading.schema.json");

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One array
    Json,
    /// One object a line
    Jsonl,
    /// One row a cable: path and single values; lists joined by `;`, nested values left out. A cell that a table
    /// program would take for a formula gets a `'` before it, and what acts in place of being seen is written as `\u{1b}`
    Csv,
    /// A page of HTML for each cable, which needs nothing but itself
    Html,
    /// Markdown for each cable, with front matter
    Markdown,
    /// TEI P5 for each cable
    Tei,
    /// Plain text for each cable
    Text,
}

impl Format {
    /// The form of its pages; none where it writes readings.
    const fn form(self, width: usize) -> Option<Form> {
        match self {
            Self::Json | Self::Jsonl | Self::Csv => None,
            Self::Html => Some(Form::Html),
            Self::Markdown => Some(Form::Markdown),
            Self::Tei => Some(Form::Tei),
            Self::Text => Some(Form::Text { width }),
        }
    }
}

/// A reading under its path: the path is first.
#[derive(Debug, Serialize)]
struct Row<'a> {
    path: &'a str,
    #[serde(flatten)]
    reading: &'a Reading,
    /// The text, if it is asked for.
    #[serde(flatten)]
    edition: Option<&'a Edition>,
}

pub(super) fn run(arguments: &Arguments) -> io::Result<u8> {
    if arguments.schema {
        io::stdout().lock().write_all(SCHEMA.as_bytes())?;
        return Ok(0);
    }
    match (arguments.format.form(arguments.width), &arguments.output) {
        (Some(form), Some(folder)) => return pages::run(&arguments.inputs, &arguments.given, form, folder),
        (Some(_), None) => {
            report_error("name a folder for the pages with --output; `render` writes those of one file");
            return Ok(COULD_NOT_RUN);
        }
        (None, Some(_)) => {
            report_error("--output is for pages: html, markdown, tei or text");
            return Ok(COULD_NOT_RUN);
        }
        (None, None) => {}
    }
    if arguments.text && arguments.format == Format::Csv {
        report_error("a table has no place for the text; use json or jsonl");
        return Ok(COULD_NOT_RUN);
    }
    let configs = arguments.inputs.configs(Choice::default())?;
    let (mut texts, mut complete) = arguments.given.texts(&arguments.inputs, &configs)?;
    let threads = arguments.inputs.thread_pool()?;
    let (mut found_none, mut count) = (true, 0);
    let mut writer = Writer::new(arguments.format, io::BufWriter::new(io::stdout().lock()))?;
    loop {
        let batch = texts.batch(&configs)?;
        texts.speak();
        if batch.is_empty() {
            break;
        }
        count += batch.len();
        let read = |editor: &mut Editor, source: &Source| readings(source, &configs, arguments.text.then_some(editor));
        let read: Vec<_> = threads.install(|| batch.par_iter().map_init(Editor::default, read).collect());
        for line in configs.notes().iter().chain(&configs.problems()) {
            report_error(line);
        }
        for (source, read) in batch.iter().zip(read) {
            match read {
                Ok((note, readings)) => {
                    found_none &= readings.is_empty();
                    if let Some(note) = note {
                        report_error(&note);
                    }
                    for (reading, edition) in &readings {
                        writer.write(&Row { path: &source.name(), reading, edition: edition.as_ref() })?;
                    }
                }
                Err(error) => {
                    if let Some(error) = error {
                        report_error(&format!("{}: {error}", source.name()));
                    }
                    complete = false;
                    found_none = false;
                }
            }
        }
    }
    writer.finish()?;
    if found_none && count > 0 {
        report_error(&no_cables(count));
    }
    complete &= texts.is_complete();
    Ok(if complete { 0 } else { COULD_NOT_RUN })
}

/// What is read of a source: a note on how it was read, and its cables, each with its edition if that is wanted.
type Read = (Option<String>, Vec<(Reading, Option<Edition>)>);

/// What a source holds, with its text if there is an editor for it, and how it was read if that is worth a note. There is no
/// error to tell of where the settings are at fault: they tell of it themselves.
fn readings(source: &Source, configs: &Configs, editor: Option<&mut Editor>) -> Result<Read, Option<io::Error>> {
    let place = configs.place(&source.path).ok_or(None)?;
    let catalog = &place.archive.catalog;
    let Some(loaded) = source.load(catalog).map_err(Some)? else { return Ok((None, Vec::new())) };
    let cables = loaded.document.cables();
    let mut editions: Vec<Option<Edition>> = match editor {
        Some(editor) => {
            editor.editions(&loaded.document, &place.settings(&source.path)).into_iter().map(Some).collect()
        }
        None => vec![None; cables.len()],
    };
    // A named file with no cable in it still gets its reading: nothing, plainly said.
    let worth_reading =
        cables.iter().zip(&mut editions).filter(|(placed, _)| placed.cable.is_recognised() || cables.len() == 1);
    let readings =
        worth_reading.map(|(placed, edition)| (Reading::of(&placed.cable, placed.first_line), edition.take()));
    Ok((loaded.note(), readings.collect()))
}

enum Writer<W: Write> {
    Json { output: W, rows: usize },
    Lines(W),
    Csv { output: Box<csv::Writer<W>>, columns: Vec<String> },
}

impl<W: Write> Writer<W> {
    fn new(format: Format, mut output: W) -> io::Result<Self> {
        Ok(match format {
            Format::Json => {
                output.write_all(b"[")?;
                Self::Json { output, rows: 0 }
            }
            Format::Jsonl => Self::Lines(output),
            // The others write pages.
            _ => Self::Csv { output: Box::new(csv::Writer::from_writer(output)), columns: Vec::new() },
        })
    }

    fn write(&mut self, row: &Row<'_>) -> io::Result<()> {
        match self {
            Self::Json { output, rows } => {
                output.write_all(if *rows == 0 { b"\n" } else { b",\n" })?;
                *rows += 1;
                json::write(output, row)?;
            }
            Self::Lines(output) => {
                json::write(output, row)?;
                output.write_all(b"\n")?;
            }
            Self::Csv { output, columns } => {
                let cells = cells(row)?;
                if columns.is_empty() {
                    *columns = cells.iter().map(|(name, _)| name.clone()).collect();
                    output.write_record(&*columns)?;
                }
                output.write_record(cells.iter().map(|(_, cell)| inert(cell).into_owned()))?;
            }
        }
        Ok(())
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Json { mut output, .. } => {
                output.write_all(b"\n]\n")?;
                output.flush()
            }
            Self::Lines(mut output) => output.flush(),
            Self::Csv { mut output, .. } => output.flush(),
        }
    }
}

/// Keys whose values are objects or lists of objects; a row of a table has no place for them.
const NESTED: [&str; 19] = [
    "transmission_id",
    "routing",
    "de",
    "opsig",
    "section",
    "caption_lines",
    "handling",
    "refs",
    "classified_by",
    "to",
    "info",
    "notice",
    "paragraphs",
    "fragments",
    "headings",
    "page_lines",
    "stray_captions",
    "trailer",
    "header_lines",
];

/// The single values of a reading, by key.
fn cells(row: &Row<'_>) -> io::Result<Vec<(String, String)>> {
    let mut cells = vec![("path".to_owned(), row.path.to_owned())];
    let Value::Object(values) = serde_json::to_value(row.reading)? else { return Ok(cells) };
    let single = values.iter().filter(|(key, _)| !NESTED.contains(&key.as_str()));
    cells.extend(single.map(|(key, value)| (key.clone(), cell(value))));
    Ok(cells)
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join(";"),
        other => other.to_string(),
    }
}
