//! `archive find`: cables by what is known of them.

use std::collections::HashSet;
use std::io::{self, Write};

use cable_archive::{Entry, Query};
use cable_syntax::four_digit_year;
use clap::{Args, ValueEnum};

use super::super::json;
use super::opened::{Asked, Where};
use super::rows::{Row, write_line};
use crate::visible::visible;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Where,
    /// The id (06ASTANA121), or post and serial
    #[arg(long)]
    id: Option<String>,
    /// The post that sent it (ASTANA, "TEL AVIV")
    #[arg(long)]
    post: Option<String>,
    /// The year of its id
    #[arg(long)]
    year: Option<i16>,
    /// Sent on this day or later (2006, 2006-01, 2006-01-09)
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<String>,
    /// Sent on this day or earlier
    #[arg(long, value_name = "DAY", value_parser = day)]
    until: Option<String>,
    /// A tag it has; several: all of them
    #[arg(long, value_delimiter = ',')]
    tag: Vec<String>,
    /// Its overall classification
    #[arg(long, value_enum)]
    classification: Option<Level>,
    /// Words of its subject, in any case
    #[arg(long, value_name = "WORDS")]
    subject: Option<String>,
    /// Cites this cable, whether the archive has it or not
    #[arg(long, value_name = "ID")]
    cites: Option<String>,
    /// Is cited by this cable
    #[arg(long, value_name = "ID")]
    cited_by: Option<String>,
    /// Words of its text, as FTS5 reads them: grain AND port, "grain port", NEAR(grain port)
    #[arg(long, value_name = "QUERY")]
    text: Option<String>,
    /// The latest first
    #[arg(long)]
    newest_first: bool,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// How the cables are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One line a cable: id, day, classification, subject, place
    Text,
    /// One object a line
    Jsonl,
    /// One row a cable
    Csv,
    /// The paths of the files, each once
    Paths,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Level {
    Unclassified,
    LimitedOfficialUse,
    Confidential,
    Secret,
    TopSecret,
}

impl Level {
    const fn word(self) -> &'static str {
        use cable_syntax::Classification;
        match self {
            Self::Unclassified => Classification::Unclassified,
            Self::LimitedOfficialUse => Classification::LimitedOfficialUse,
            Self::Confidential => Classification::Confidential,
            Self::Secret => Classification::Secret,
            Self::TopSecret => Classification::TopSecret,
        }
        .word()
    }
}

/// A year, a month or a day.
fn day(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let is_number = |part: &&str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_day = parts.len() <= 3 && parts.iter().zip([4, 2, 2]).all(|(part, length)| is_number(part, length));
    if is_day { Ok(text.to_owned()) } else { Err("a day is written 2006, 2006-01 or 2006-01-09".to_owned()) }
}

pub(super) fn run(arguments: &Arguments) -> io::Result<u8> {
    let opened = arguments.place.open(arguments.text.is_some())?;
    let query = Query {
        id: arguments.id.clone(),
        id_start: None,
        post: arguments.post.clone(),
        year: arguments.year.map(four_digit_year),
        from: arguments.from.clone(),
        until: arguments.until.clone(),
        tags: arguments.tag.clone(),
        classification: arguments.classification.map(|level| level.word().to_owned()),
        subject: arguments.subject.clone(),
        cites: arguments.cites.clone(),
        cited_by: arguments.cited_by.clone(),
        text: arguments.text.clone(),
        newest_first: arguments.newest_first,
        limit: arguments.limit,
    };
    let mut output = Output::new(arguments.format)?;
    let answer = opened.index.find(&query, &opened.catalog, |entry| {
        let path = opened.path(&entry.path);
        Ok::<(), Asked>(output.write(&entry, path)?)
    });
    let count = opened.answered(answer)?;
    output.finish()?;
    opened.end(count > 0)
}

type Stdout = io::BufWriter<io::StdoutLock<'static>>;

enum Output {
    Text(Stdout),
    Lines(Stdout),
    Csv(Box<csv::Writer<Stdout>>),
    Paths(Stdout, HashSet<String>),
}

impl Output {
    fn new(format: Format) -> io::Result<Self> {
        let output = io::BufWriter::new(io::stdout().lock());
        Ok(match format {
            Format::Text => Self::Text(output),
            Format::Jsonl => Self::Lines(output),
            Format::Csv => {
                let mut table = csv::Writer::from_writer(output);
                table.write_record(Row::COLUMNS)?;
                Self::Csv(Box::new(table))
            }
            Format::Paths => Self::Paths(output, HashSet::new()),
        })
    }

    fn write(&mut self, entry: &Entry, path: String) -> io::Result<()> {
        match self {
            Self::Text(output) => write_line(output, entry, &path),
            Self::Lines(output) => {
                json::write(output, &Row::of(entry, &path))?;
                output.write_all(b"\n")
            }
            Self::Csv(table) => Ok(table.write_record(Row::of(entry, &path).cells())?),
            Self::Paths(output, written) => {
                if !written.contains(&path) {
                    writeln!(output, "{}", visible(&path))?;
                    written.insert(path);
                }
                Ok(())
            }
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Text(mut output) | Self::Lines(mut output) | Self::Paths(mut output, _) => output.flush(),
            Self::Csv(mut table) => table.flush(),
        }
    }
}
