//! `archive missing`: what is cited and not there, and between which cables it was sent.

use std::io::{self, Write};

use cable_archive::{Entry, Missing};
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::super::json;
use super::opened::{Asked, Where};
use crate::visible::visible;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Where,
    /// How they are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One line a cable: its id, how often it is cited, its neighbours
    Text,
    /// One object a line
    Jsonl,
    /// One row a cable
    Csv,
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

pub(super) fn run(arguments: &Arguments) -> io::Result<u8> {
    let opened = arguments.place.open(false)?;
    let mut output = io::BufWriter::new(io::stdout().lock());
    let count = if arguments.format == Format::Csv {
        let mut table = csv::Writer::from_writer(&mut output);
        let answer = opened.index.missing(|missing| {
            table.serialize(row(&missing)).map_err(io::Error::from)?;
            Ok::<(), Asked>(())
        });
        let count = opened.answered(answer)?;
        table.flush()?;
        count
    } else {
        opened.answered(opened.index.missing(|missing| {
            if arguments.format == Format::Jsonl {
                json::write(&mut output, &row(&missing))?;
                output.write_all(b"\n")?;
            } else {
                writeln!(output, "{:16}  {}", visible(&missing.id), words(&missing))?;
            }
            Ok::<(), Asked>(())
        }))?
    };
    output.flush()?;
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
