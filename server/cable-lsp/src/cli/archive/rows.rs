//! A cable of the archive as a row: for people, as an object, as a line of a table.

use std::io::{self, Write};

use cable_archive::{Entry, IdFrom};
use serde::Serialize;

use super::super::cells::inert;
use crate::thread_tree::summary;
use crate::visible::visible;

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
pub(super) fn write_line(output: &mut impl Write, entry: &Entry, path: &str) -> io::Result<()> {
    let line = entry.line;
    writeln!(output, "{}  {}:{line}", summary(entry), visible(path))
}
