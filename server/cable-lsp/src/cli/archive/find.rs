//! `archive find`: cables by what is known of them.

use std::collections::HashSet;
use std::io::{self, Write};

use cable_archive::{Entry, Query};
use cable_syntax::four_digit_year;
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use super::opened::{Asked, Where};
use super::rows::{self, Row, Rows, line};
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
    #[arg(long, value_enum, default_value_t = Format::Rows(rows::Format::Text))]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Rows(rows::Format),
    Paths,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        use rows::Format::{Csv, Jsonl, Text};
        &[Self::Rows(Text), Self::Rows(Jsonl), Self::Rows(Csv), Self::Paths]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Rows(format) => format.to_possible_value(),
            Self::Paths => Some(PossibleValue::new("paths").help("The paths of the files, each once")),
        }
    }
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
    let is_from_1 = |at: usize, most: u8| {
        parts.get(at).is_none_or(|part| part.parse().is_ok_and(|number: u8| (1..=most).contains(&number)))
    };
    if is_day && is_from_1(1, 12) && is_from_1(2, 31) {
        Ok(text.to_owned())
    } else {
        Err("a day is written 2006, 2006-01 or 2006-01-09".to_owned())
    }
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

enum Output {
    Rows(Rows),
    Paths(io::BufWriter<io::StdoutLock<'static>>, HashSet<String>),
}

impl Output {
    fn new(format: Format) -> io::Result<Self> {
        Ok(match format {
            Format::Rows(format) => Self::Rows(Rows::new(format, &Row::COLUMNS)?),
            Format::Paths => Self::Paths(io::BufWriter::new(io::stdout().lock()), HashSet::new()),
        })
    }

    fn write(&mut self, entry: &Entry, path: String) -> io::Result<()> {
        match self {
            Self::Rows(rows) => {
                let row = Row::of(entry, &path);
                rows.write(|| line(entry, &path), &row, || row.cells())
            }
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
            Self::Rows(rows) => rows.finish(),
            Self::Paths(mut output, _) => output.flush(),
        }
    }
}
