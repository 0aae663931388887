//! `archive stats`: how many cables there are of what, and how much of the archive is there.

use std::io::{self, Write};

use cable_archive::{Count, Group};
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::super::cells::inert;
use super::super::json;
use super::numbers::numbers;
use super::opened::{Opened, Where};
use super::page;
use crate::visible::visible;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Where,
    /// What to count by; by default the archive as a whole
    #[arg(long, value_enum)]
    by: Option<By>,
    /// How the counts are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// The post that sent them
    Post,
    /// The year of their ids
    Year,
    /// Their overall classification
    Classification,
    /// Each of their tags
    Tag,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Columns
    Text,
    /// One array, or one object of the whole
    Json,
    /// One row a count
    Csv,
    /// A page with charts of all counts, in one file
    Html,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    name: Option<&'a str>,
    cables: u64,
    highest_serial: Option<u32>,
    serials: Option<u64>,
    expected: Option<u64>,
    coverage: Option<f64>,
}

impl<'a> Row<'a> {
    fn of(count: &'a Count) -> Self {
        Self {
            name: count.name.as_deref(),
            cables: count.cables,
            highest_serial: count.highest,
            serials: count.serials,
            expected: count.expected,
            coverage: count.coverage().map(|coverage| (coverage * 10_000.0).round() / 10_000.0),
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> io::Result<u8> {
    let opened = arguments.place.open(false)?;
    let mut output = io::BufWriter::new(io::stdout().lock());
    let any = match (arguments.format, arguments.by) {
        (Format::Html, _) => page::write(&mut output, &opened)?,
        (format, Some(by)) => {
            let group = match by {
                By::Post => Group::Post,
                By::Year => Group::Year,
                By::Classification => Group::Classification,
                By::Tag => Group::Tag,
            };
            let counts = opened.answered(opened.index.count(group).map_err(Into::into))?;
            write_counts(&mut output, &counts, format)?;
            !counts.is_empty()
        }
        (format, None) => write_overview(&mut output, &opened, format)?,
    };
    output.flush()?;
    opened.end(any)
}

fn write_counts(output: &mut impl Write, counts: &[Count], format: Format) -> io::Result<()> {
    let rows = counts.iter().map(Row::of);
    match format {
        Format::Json => json::write_pretty(output, &rows.collect::<Vec<_>>()),
        Format::Csv => {
            let mut table = csv::Writer::from_writer(output);
            table.write_record(["name", "cables", "highest_serial", "serials", "expected", "coverage"])?;
            for row in rows {
                let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
                table.write_record([
                    inert(row.name.unwrap_or_default()).into_owned(),
                    row.cables.to_string(),
                    number(row.highest_serial.map(u64::from)),
                    number(row.serials),
                    number(row.expected),
                    row.coverage.map(|coverage| coverage.to_string()).unwrap_or_default(),
                ])?;
            }
            table.flush()
        }
        Format::Text | Format::Html => {
            writeln!(output, "{:20}  {:>8}  {:>8}  {:>8}", "", "cables", "highest", "coverage")?;
            counts.iter().try_for_each(|count| {
                let name = count.name.as_deref().map_or_else(|| "(none)".to_owned(), |name| visible(name).into_owned());
                let highest = count.highest.map(|highest| highest.to_string()).unwrap_or_default();
                let coverage = count.coverage().map(|share| format!("{:.1} %", share * 100.0)).unwrap_or_default();
                let line = format!("{name:20}  {:8}  {highest:>8}  {coverage:>8}", count.cables);
                writeln!(output, "{}", line.trim_end())
            })
        }
    }
}

fn write_overview(output: &mut impl Write, opened: &Opened, format: Format) -> io::Result<bool> {
    let overview = opened.answered(opened.index.overview(&opened.catalog).map_err(Into::into))?;
    let numbers = numbers(&overview);
    match format {
        Format::Json => {
            let object: serde_json::Map<_, _> =
                numbers.iter().map(|(key, _, number)| ((*key).to_owned(), (*number).into())).collect();
            json::write_pretty(output, &object)?;
        }
        Format::Csv => {
            let mut table = csv::Writer::from_writer(output);
            table.write_record(["name", "count"])?;
            for (key, _, number) in numbers {
                table.write_record([key, &number.to_string()])?;
            }
            table.flush()?;
        }
        Format::Text | Format::Html => {
            numbers.iter().try_for_each(|(_, words, number)| writeln!(output, "{number:9}  {words}"))?;
        }
    }
    Ok(overview.cables > 0)
}
