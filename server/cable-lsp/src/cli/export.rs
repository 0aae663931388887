//! `export`: the reading of each cable.

use std::io::{self, Write};

use cable_catalog::Catalog;
use cable_syntax::Reading;
use clap::{Args, ValueEnum};
use serde::Serialize;
use serde_json::Value;

use super::{COULD_NOT_RUN, complain, input};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files and folders to read; `-` is standard input, nothing is the current folder
    paths: Vec<String>,
    /// How the readings are written
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// The path to write for standard input
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One array
    Json,
    /// One object a line
    Jsonl,
    /// One row a cable: path and single values; lists joined by `;`, nested values left out
    Csv,
}

/// A reading under its path: the path stands first.
#[derive(Debug, Serialize)]
struct Row<'a> {
    path: &'a str,
    #[serde(flatten)]
    reading: &'a Reading,
}

pub(super) fn run(arguments: &Arguments) -> io::Result<u8> {
    let catalog = Catalog::built_in();
    let (sources, mut complete) = input::sources(&arguments.paths, arguments.stdin_filename.as_deref());
    let mut writer = Writer::new(arguments.format, io::BufWriter::new(io::stdout().lock()))?;
    for source in sources {
        match source.load(&catalog) {
            Ok(Some(loaded)) => {
                for placed in loaded.document.cables() {
                    // A named file with no cable in it still gets its reading: nothing, plainly said.
                    if placed.cable.is_recognised() || loaded.document.cables().len() == 1 {
                        let reading = Reading::of(&placed.cable, placed.first_line, &catalog);
                        writer.write(&Row { path: &loaded.path, reading: &reading })?;
                    }
                }
            }
            Ok(None) => {}
            Err(error) => {
                complain(&format!("{}: {error}", source.path));
                complete = false;
            }
        }
    }
    writer.finish()?;
    Ok(if complete { 0 } else { COULD_NOT_RUN })
}

enum Writer<W: Write> {
    Json { output: W, rows: usize },
    Lines(W),
    Csv { output: csv::Writer<W>, columns: Vec<String> },
}

impl<W: Write> Writer<W> {
    fn new(format: Format, mut output: W) -> io::Result<Self> {
        Ok(match format {
            Format::Json => {
                output.write_all(b"[")?;
                Self::Json { output, rows: 0 }
            }
            Format::Jsonl => Self::Lines(output),
            Format::Csv => Self::Csv { output: csv::Writer::from_writer(output), columns: Vec::new() },
        })
    }

    fn write(&mut self, row: &Row<'_>) -> io::Result<()> {
        match self {
            Self::Json { output, rows } => {
                output.write_all(if *rows == 0 { b"\n" } else { b",\n" })?;
                *rows += 1;
                serde_json::to_writer(output, row)?;
            }
            Self::Lines(output) => {
                serde_json::to_writer(&mut *output, row)?;
                output.write_all(b"\n")?;
            }
            Self::Csv { output, columns } => {
                let cells = cells(row)?;
                if columns.is_empty() {
                    *columns = cells.iter().map(|(name, _)| name.clone()).collect();
                    output.write_record(&*columns)?;
                }
                output.write_record(cells.iter().map(|(_, cell)| cell))?;
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
const NESTED: [&str; 20] = [
    "transmission_id", "routing", "de", "opsig", "section", "caption_lines", "handling", "refs", "classified_by", "to", "info",
    "notice", "paragraphs", "fragments", "headings", "page_lines", "stray_captions", "trailer", "header_lines", "subject_lines",
];

/// The single values of a reading, by key.
fn cells(row: &Row<'_>) -> io::Result<Vec<(String, String)>> {
    let mut cells = vec![("path".to_owned(), row.path.to_owned())];
    let Value::Object(values) = serde_json::to_value(row.reading)? else { return Ok(cells) };
    // The order of the contract is that of the text `serde` writes, not that of the map.
    let written = serde_json::to_string(row.reading)?;
    let mut keys: Vec<(&String, &Value)> = values.iter().filter(|(key, _)| !NESTED.contains(&key.as_str()) || key.as_str() == "subject_lines").collect();
    keys.sort_by_key(|(key, _)| written.find(&format!("\"{key}\":")));
    cells.extend(keys.into_iter().map(|(key, value)| (key.clone(), cell(value))));
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
