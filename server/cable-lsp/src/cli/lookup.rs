//! `lookup`: what a code means, in every kind it may be of.

use std::io::{self, Write};
use std::path::Path;

use anstream::stdout;
use cable_catalog::{Catalog, Entry};
use cable_lint::config::Choice;
use clap::Args;
use serde::Serialize;

use super::{FOUND, Format, json, report_error};
use crate::files::config::Configs;
use crate::visible::visible;

/// How many near codes are named for an unknown one.
const NEAREST: usize = 4;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Codes in any case (`KZ PREL RUEHDBU ZNY SIPDIS OVIP poloff`), or words of their meanings (`kazakhstan`)
    #[arg(required = true)]
    codes: Vec<String>,
    /// How the meanings are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    code: &'a str,
    kind: &'a str,
    title: &'a str,
    note: &'a str,
    facts: Vec<String>,
    source: &'a str,
    doubtful: bool,
}

pub(super) fn run(arguments: &Arguments) -> io::Result<u8> {
    let configs = Configs::new(None, Choice::default())?;
    // An archive's own codes are those of the folder one stands in.
    let Some(place) = configs.place(Path::new("")) else {
        return Err(io::Error::other(configs.problems().join("\n")));
    };
    let catalog = &place.archive.catalog;
    let mut unknown = false;
    let mut rows = Vec::new();
    for code in &arguments.codes {
        let mut entries = catalog.lookup(code);
        if entries.is_empty() {
            entries = catalog.search(code);
        }
        if entries.is_empty() {
            unknown = true;
            report_error(&unknown_code(code, catalog));
        }
        rows.extend(entries);
    }
    let mut output = stdout().lock();
    match arguments.format {
        Format::Text => rows.iter().try_for_each(|entry| write_entry(&mut output, entry, catalog))?,
        Format::Json => {
            let rows: Vec<Row<'_>> = rows.iter().map(|entry| row(entry, catalog)).collect();
            json::write_pretty(&mut output, &rows)?;
        }
    }
    output.flush()?;
    Ok(if unknown { FOUND } else { 0 })
}

fn row<'a>(entry: &Entry<'a>, catalog: &Catalog) -> Row<'a> {
    Row {
        code: entry.code,
        kind: entry.kind.name(),
        title: entry.title,
        note: entry.note,
        facts: catalog.facts(entry),
        source: entry.source,
        doubtful: entry.doubtful,
    }
}

fn write_entry(output: &mut impl Write, entry: &Entry<'_>, catalog: &Catalog) -> io::Result<()> {
    let bold = anstyle::Style::new().bold();
    let dim = anstyle::Style::new().dimmed();
    // An archive's own codes are as hostile as its settings.
    let (code, title) = (visible(entry.code), visible(entry.title));
    writeln!(output, "{bold}{code}{bold:#}  {title}  {dim}{}{dim:#}", entry.kind.name())?;
    if !entry.note.is_empty() {
        writeln!(output, "    {}", visible(entry.note))?;
    }
    for fact in catalog.facts(entry) {
        writeln!(output, "    {}", visible(&fact))?;
    }
    let doubt = if entry.doubtful { " (not confirmed)" } else { "" };
    writeln!(output, "    {dim}source: {}{doubt}{dim:#}", visible(entry.source))
}

fn unknown_code(code: &str, catalog: &Catalog) -> String {
    let near = catalog.nearest(code, NEAREST);
    let near: Vec<String> = near.iter().map(|entry| format!("{} ({})", entry.code, entry.title)).collect();
    if near.is_empty() {
        format!("unknown code \"{code}\"")
    } else {
        format!("unknown code \"{code}\"; did you mean {}?", near.join(" or "))
    }
}
