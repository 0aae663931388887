//! `explain`: a rule in full.

use std::io::{self, Write};

use cable_lint::config::unknown_rule;
use cable_lint::{FixSafety, Rule, rule, rules};
use clap::{Args, ValueEnum};

use super::{FOUND, json, report_error};
use crate::wrapped::wrapped;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The rule, by code or name: `TXT001` or `pilcrow-as-one`
    #[arg(required_unless_present = "all")]
    rule: Option<String>,
    /// Every rule
    #[arg(long, conflicts_with = "rule")]
    all: bool,
    /// How the explanation is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, as wide as the terminal
    Text,
    /// One array
    Json,
    /// For a page
    Markdown,
}

pub(super) fn run(arguments: &Arguments) -> io::Result<u8> {
    let chosen: Vec<&Rule> = match &arguments.rule {
        None => rules().to_vec(),
        Some(name) => {
            let Some(rule) = rule(name) else {
                report_error(&unknown_rule(name));
                return Ok(FOUND);
            };
            vec![rule]
        }
    };
    let mut output = io::BufWriter::new(io::stdout().lock());
    match arguments.format {
        Format::Text => chosen.iter().try_for_each(|rule| writeln!(output, "{}", wrapped(&rule.text(), width())))?,
        Format::Markdown => chosen.iter().try_for_each(|rule| writeln!(output, "{}", rule.markdown()))?,
        Format::Json => {
            let rows: Vec<_> = chosen.iter().map(|rule| row(rule)).collect();
            json::write_pretty(&mut output, &rows)?;
        }
    }
    output.flush()?;
    Ok(0)
}

/// Lines longer than this are hard to read, however wide the terminal is.
const WIDEST: usize = 100;

/// How wide the lines are: as the terminal, if there is one.
fn width() -> usize {
    let terminal = terminal_size::terminal_size().map(|(terminal_size::Width(width), _)| usize::from(width));
    terminal.map_or(WIDEST, |width| width.clamp(1, WIDEST))
}

fn row(rule: &Rule) -> serde_json::Value {
    serde_json::json!({
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.to_string(),
        "default": rule.on_by_default,
        "fix": rule.fix.map(|fix| match fix.safety { FixSafety::Safe => "safe", FixSafety::Unsafe => "unsafe" }),
        "changes": rule.fix.map(|fix| fix.changes.iter().map(ToString::to_string).collect::<Vec<_>>()),
        "summary": rule.summary,
        "explanation": rule.explanation,
        "example": { "before": rule.example.before, "after": rule.example.after },
        "source": rule.source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_too_wide() {
        for rule in rules() {
            let text = wrapped(&rule.text(), WIDEST);
            let long = text.lines().find(|line| !line.starts_with(' ') && line.chars().count() > WIDEST);
            assert_eq!(long, None, "{rule:?}");
        }
    }
}
