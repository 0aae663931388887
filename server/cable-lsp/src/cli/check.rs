//! `check`: what is wrong with cables, for people and for their tools.

use std::collections::BTreeMap;
use std::io::{self, Write};

use cable_catalog::Catalog;
use cable_lint::{Selector, Settings, Severity, nearest_rules, rule};
use clap::{Args, ValueEnum};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::input::{self, Loaded, Source};
use super::report::{Checked, Format, Report};
use super::{COULD_NOT_RUN, FOUND, complain};

/// Files that are read at once: enough to keep the threads busy, few enough to keep memory flat.
const BATCH: usize = 64;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files and folders to check; `-` is standard input, nothing is the current folder
    paths: Vec<String>,
    /// How the diagnostics are written
    #[arg(long, value_enum, default_value_t = Format::Full)]
    format: Format,
    /// Rules to run in place of the default ones: codes, their beginnings, or names, joined by commas
    #[arg(long, value_delimiter = ',', value_parser = selector)]
    select: Option<Vec<Selector>>,
    /// Rules to run besides
    #[arg(long, value_delimiter = ',', value_parser = selector)]
    extend_select: Vec<Selector>,
    /// Rules not to run
    #[arg(long, value_delimiter = ',', value_parser = selector)]
    ignore: Vec<Selector>,
    /// The least severity at which the exit code is 1
    #[arg(long, value_enum, default_value_t = FailOn::Warning)]
    fail_on: FailOn,
    /// Exit with 0 whatever is found
    #[arg(long)]
    exit_zero: bool,
    /// Count the diagnostics by rule in place of showing them
    #[arg(long)]
    statistics: bool,
    /// The path to report for standard input
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<String>,
    /// Threads to use; by default as many as there are cores
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Hint,
    Information,
    Warning,
    Error,
    Never,
}

impl FailOn {
    fn is_reached(self, severity: Severity) -> bool {
        match self {
            Self::Hint => true,
            Self::Information => severity >= Severity::Information,
            Self::Warning => severity >= Severity::Warning,
            Self::Error => severity >= Severity::Error,
            Self::Never => false,
        }
    }
}

/// Reads a selector; an unknown one gets the nearest rules in its message.
fn selector(text: &str) -> Result<Selector, String> {
    text.parse().map_err(|_| {
        let near: Vec<String> = nearest_rules(text, 3).iter().map(|rule| format!("{} ({})", rule.code, rule.name)).collect();
        if near.is_empty() {
            format!("no rule is named \"{text}\"")
        } else {
            format!("no rule is named \"{text}\"; near it: {}", near.join(", "))
        }
    })
}

pub(super) fn run(arguments: &Arguments) -> io::Result<u8> {
    let settings = Settings {
        select: arguments.select.clone(),
        extend_select: arguments.extend_select.clone(),
        ignore: arguments.ignore.clone(),
        ..Settings::default()
    };
    let fail_on = if arguments.exit_zero { FailOn::Never } else { arguments.fail_on };
    let catalog = Catalog::built_in();
    let (sources, mut complete) = input::sources(&arguments.paths, arguments.stdin_filename.as_deref());
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.threads.unwrap_or(0))
        .build()
        .map_err(io::Error::other)?;
    let mut output = io::BufWriter::new(anstream::stdout().lock());
    let mut report = Report::new(arguments.format, &mut output)?;
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut found = false;
    for batch in sources.chunks(BATCH) {
        let checked: Vec<_> = threads.install(|| batch.par_iter().map(|source| check(source, &catalog, &settings)).collect());
        for (source, result) in batch.iter().zip(checked) {
            match result {
                Ok(Some((loaded, checked))) => {
                    found |= checked.diagnostics.iter().any(|diagnostic| fail_on.is_reached(diagnostic.severity));
                    if arguments.statistics {
                        for diagnostic in &checked.diagnostics {
                            *counts.entry(diagnostic.rule.code).or_default() += 1;
                        }
                    } else {
                        report.write(&loaded.text, &checked)?;
                    }
                }
                Ok(None) => {}
                Err(error) => {
                    complain(&format!("{}: {error}", source.path));
                    complete = false;
                }
            }
        }
    }
    if arguments.statistics {
        drop(report);
        write_statistics(&mut output, &counts)?;
    } else {
        report.finish()?;
    }
    output.flush()?;
    Ok(match (complete, found) {
        (false, _) => COULD_NOT_RUN,
        (true, true) => FOUND,
        (true, false) => 0,
    })
}

fn check(source: &Source, catalog: &Catalog, settings: &Settings) -> io::Result<Option<(Loaded, Checked)>> {
    let Some(loaded) = source.load(catalog)? else { return Ok(None) };
    let diagnostics = cable_lint::check(&loaded.document, settings);
    let checked = Checked { path: loaded.path.clone(), diagnostics };
    Ok(Some((loaded, checked)))
}

/// Most frequent first.
fn write_statistics(output: &mut impl Write, counts: &BTreeMap<&'static str, usize>) -> io::Result<()> {
    let mut rows: Vec<_> = counts.iter().collect();
    rows.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    for (code, count) in rows {
        let rule = rule(code);
        let (name, severity) = rule.map_or(("", String::new()), |rule| (rule.name, rule.severity.to_string()));
        writeln!(output, "{count:7}  {code}  {name} ({severity})")?;
    }
    Ok(())
}
