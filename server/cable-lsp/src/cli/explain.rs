//! `explain`: a rule in full.

use std::io::{self, Write};

use cable_lint::{FixSafety, Rule, nearest_rules, rule, rules};
use clap::{Args, ValueEnum};
use serde_json::json;

use super::{FOUND, complain};

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
    /// For people
    Text,
    /// One array
    Json,
    /// For a page
    Markdown,
}

pub(super) fn run(arguments: &Arguments) -> io::Result<u8> {
    let chosen: Vec<&Rule> = match &arguments.rule {
        None => rules().to_vec(),
        Some(name) => match rule(name) {
            Some(rule) => vec![rule],
            None => {
                let near: Vec<String> =
                    nearest_rules(name, 4).iter().map(|rule| format!("{} ({})", rule.code, rule.name)).collect();
                complain(&format!("no rule \"{name}\" is known; near it: {}", near.join(", ")));
                return Ok(FOUND);
            }
        },
    };
    let mut output = io::BufWriter::new(io::stdout().lock());
    match arguments.format {
        Format::Text => chosen.iter().try_for_each(|rule| writeln!(output, "{}", text(rule)))?,
        Format::Markdown => chosen.iter().try_for_each(|rule| writeln!(output, "{}", markdown(rule)))?,
        Format::Json => {
            let rows: Vec<_> = chosen.iter().map(|rule| row(rule)).collect();
            serde_json::to_writer_pretty(&mut output, &rows)?;
            writeln!(output)?;
        }
    }
    output.flush()?;
    Ok(0)
}

/// A rule in full, for a terminal.
pub(super) fn text(rule: &Rule) -> String {
    let indented = |lines: &str| lines.lines().map(|line| format!("    {line}\n")).collect();
    in_full(rule, "", indented)
}

/// A rule in full, with a heading and the example in blocks.
pub(super) fn markdown(rule: &Rule) -> String {
    in_full(rule, "## ", |lines| format!("```text\n{}\n```\n", lines.trim_end_matches('\n')))
}

fn in_full(rule: &Rule, heading: &str, block: impl Fn(&str) -> String) -> String {
    let by_default = if rule.on_by_default { "on" } else { "off" };
    let (code, name, severity, fix) = (rule.code, rule.name, rule.severity, fix_words(rule.fix));
    let mut text = format!("{heading}{code} {name}\n\n{}\n\n", rule.summary);
    text += &format!("Severity: {severity}. By default: {by_default}. Fix: {fix}.\n\n{}\n\n", rule.explanation);
    text += &format!("Example:\n\n{}\n", block(rule.example.before));
    if !rule.example.after.is_empty() {
        text += &format!("Instead:\n\n{}\n", block(rule.example.after));
    }
    text + &format!("Source: {}\n", rule.source)
}

fn row(rule: &Rule) -> serde_json::Value {
    json!({
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.to_string(),
        "default": rule.on_by_default,
        "fix": rule.fix.map(|fix| match fix { FixSafety::Safe => "safe", FixSafety::Ask => "ask" }),
        "summary": rule.summary,
        "explanation": rule.explanation,
        "example": { "before": rule.example.before, "after": rule.example.after },
        "source": rule.source,
    })
}

const fn fix_words(fix: Option<FixSafety>) -> &'static str {
    match fix {
        None => "none",
        Some(FixSafety::Safe) => "safe, applied by itself",
        Some(FixSafety::Ask) => "offered, applied when you ask for it",
    }
}
