//! `archive missing`: what is cited and not there, and between which cables it was sent.

use std::io;

use cable_archive::{Entry, Missing};
use clap::Args;
use serde::Serialize;

use super::super::cells::inert;
use super::opened::{Asked, Where};
use super::rows::{Format, Rows};
use crate::visible::visible;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Where,
    /// How they are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    canonical_id: &'a str,
    post: &'a str,
    year: Option<i16>,
    serial: u32,
    cited: usize,
    before: Option<&'a str>,
    before_dtg: Option<&'a str>,
    after: Option<&'a str>,
    after_dtg: Option<&'a str>,
}

impl Row<'_> {
    /// The names of its cells.
    const COLUMNS: [&'static str; 9] =
        ["canonical_id", "post", "year", "serial", "cited", "before", "before_dtg", "after", "after_dtg"];

    /// Its cells.
    fn cells(&self) -> [String; 9] {
        let text = |text: Option<&str>| inert(text.unwrap_or_default()).into_owned();
        [
            text(Some(self.canonical_id)),
            text(Some(self.post)),
            self.year.map(|year| year.to_string()).unwrap_or_default(),
            self.serial.to_string(),
            self.cited.to_string(),
            text(self.before),
            text(self.before_dtg),
            text(self.after),
            text(self.after_dtg),
        ]
    }
}

pub(super) fn run(arguments: &Arguments) -> io::Result<u8> {
    let opened = arguments.place.open(false)?;
    let mut rows = Rows::new(arguments.format, &Row::COLUMNS)?;
    let count = opened.answered(opened.index.missing(|missing| {
        let row = row(&missing);
        let line = || format!("{:16}  {}", visible(&missing.id), words(&missing));
        Ok::<(), Asked>(rows.write(line, &row, || row.cells())?)
    }))?;
    rows.finish()?;
    opened.end(count > 0)
}

fn row(missing: &Missing) -> Row<'_> {
    let (before, after) = (missing.before.as_ref(), missing.after.as_ref());
    Row {
        canonical_id: &missing.id,
        post: &missing.post,
        year: missing.year,
        serial: missing.serial,
        cited: missing.times,
        before: before.and_then(|entry| entry.id.as_deref()),
        before_dtg: before.and_then(|entry| entry.dtg.as_deref()),
        after: after.and_then(|entry| entry.id.as_deref()),
        after_dtg: after.and_then(|entry| entry.dtg.as_deref()),
    }
}

/// `cited 2 times; between 06ASTANA98 (2006-01-09) and 06ASTANA140 (2006-01-17)`.
fn words(missing: &Missing) -> String {
    let times = if missing.times == 1 { "cited once".to_owned() } else { format!("cited {} times", missing.times) };
    let name = |entry: &Entry| match entry.day() {
        Some(day) => format!("{} ({day})", visible(&entry.name())),
        None => visible(&entry.name()).into_owned(),
    };
    match (&missing.before, &missing.after) {
        (Some(before), Some(after)) => format!("{times}; between {} and {}", name(before), name(after)),
        (Some(before), None) => format!("{times}; after {}", name(before)),
        (None, Some(after)) => format!("{times}; before {}", name(after)),
        (None, None) => times,
    }
}
