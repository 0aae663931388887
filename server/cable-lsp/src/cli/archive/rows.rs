//! Rows of an answer: for people, as objects, as a table; and a cable of the archive as one.

use std::io::{self, Write};

use cable_archive::{Entry, IdFrom};
use clap::ValueEnum;
use serde::Serialize;

use super::super::cells::inert;
use super::super::json;
use crate::thread_tree::summary;
use crate::visible::visible;

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One line a cable
    Text,
    /// One object a line
    Jsonl,
    /// One row a cable
    Csv,
}

type Stdout = io::BufWriter<io::StdoutLock<'static>>;

/// Writes rows, one after the other, to standard output.
pub(super) enum Rows {
    Text(Stdout),
    Lines(Stdout),
    Csv(Box<csv::Writer<Stdout>>),
}

impl Rows {
    /// Begins; `columns` are the names of the cells.
    pub(super) fn new(format: Format, columns: &[&str]) -> io::Result<Self> {
        let output = io::BufWriter::new(io::stdout().lock());
        Ok(match format {
            Format::Text => Self::Text(output),
            Format::Jsonl => Self::Lines(output),
            Format::Csv => {
                let mut table = csv::Writer::from_writer(output);
                table.write_record(columns)?;
                Self::Csv(Box::new(table))
            }
        })
    }

    /// Writes a row: as a line, as an object, as cells.
    pub(super) fn write<const CELLS: usize>(
        &mut self,
        line: impl FnOnce() -> String,
        object: &impl Serialize,
        cells: impl FnOnce() -> [String; CELLS],
    ) -> io::Result<()> {
        match self {
            Self::Text(output) => writeln!(output, "{}", line()),
            Self::Lines(output) => {
                json::write(output, object)?;
                output.write_all(b"\n")
            }
            Self::Csv(table) => Ok(table.write_record(cells())?),
        }
    }

    pub(super) fn finish(self) -> io::Result<()> {
        match self {
            Self::Text(mut output) | Self::Lines(mut output) => output.flush(),
            Self::Csv(mut table) => table.flush(),
        }
    }
}

/// A cable under the names of the index's columns.
#[derive(Debug, Serialize)]
pub(super) struct Row<'a> {
    path: &'a str,
    line: u64,
    canonical_id: Option<&'a str>,
    id_from: Option<&'static str>,
    mrn: Option<&'a str>,
    post: Option<&'a str>,
    year: Option<i16>,
    serial: Option<u32>,
    dtg: Option<&'a str>,
    classification: Option<&'a str>,
    sensitive: bool,
    subject: Option<&'a str>,
    sender: Option<&'a str>,
    section: Option<u32>,
    sections: Option<u32>,
}

impl<'a> Row<'a> {
    pub(super) fn of(entry: &'a Entry, path: &'a str) -> Self {
        Self {
            path,
            line: entry.line,
            canonical_id: entry.id.as_deref(),
            id_from: entry.id_from.map(IdFrom::word),
            mrn: entry.mrn.as_deref(),
            post: entry.post.as_deref(),
            year: entry.year,
            serial: entry.serial,
            dtg: entry.dtg.as_deref(),
            classification: entry.classification.as_deref(),
            sensitive: entry.sensitive,
            subject: entry.subject.as_deref(),
            sender: entry.sender.as_deref(),
            section: entry.section.map(|(section, _)| section),
            sections: entry.section.map(|(_, sections)| sections),
        }
    }

    /// The names of its cells.
    pub(super) const COLUMNS: [&'static str; 15] = [
        "path",
        "line",
        "canonical_id",
        "id_from",
        "mrn",
        "post",
        "year",
        "serial",
        "dtg",
        "classification",
        "sensitive",
        "subject",
        "sender",
        "section",
        "sections",
    ];

    /// Its cells.
    pub(super) fn cells(&self) -> [String; 15] {
        let text = |text: Option<&str>| inert(text.unwrap_or_default()).into_owned();
        let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        [
            text(Some(self.path)),
            self.line.to_string(),
            text(self.canonical_id),
            text(self.id_from),
            text(self.mrn),
            text(self.post),
            self.year.map(|year| year.to_string()).unwrap_or_default(),
            number(self.serial),
            text(self.dtg),
            text(self.classification),
            self.sensitive.to_string(),
            text(self.subject),
            text(self.sender),
            number(self.section),
            number(self.sections),
        ]
    }
}

/// A cable in one line for people: id, day, level, subject, place.
pub(super) fn line(entry: &Entry, path: &str) -> String {
    let line = entry.line;
    format!("{}  {}:{line}", summary(entry), visible(path))
}
