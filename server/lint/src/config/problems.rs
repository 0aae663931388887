//! What is wrong in a settings file: it is looked through key by key before serde reads it, so that each problem has its
//! own line.

use std::fmt;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::Selector;
use crate::one_line::one_line;

use super::Config;
use super::layers::{Key, Setting, Shape};
use super::paths::Pattern;
use super::values::unknown_rule;

/// The keys of a settings file.
const KEYS: &[Key] = match Config::SHAPE {
    Shape::Table(keys) => keys,
    _ => &[],
};

/// The names of all settings.
pub fn keys() -> impl Iterator<Item = &'static str> {
    KEYS.iter().map(|&(name, _)| name)
}

/// What is wrong in a settings file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl Problem {
    pub(super) fn at(text: &str, span: Option<Range<usize>>, message: String) -> Self {
        let before = text.get(..span.map_or(0, |span| span.start)).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        // What it quotes may be a text of several lines.
        Self { line, column, message: one_line(message) }
    }
}

/// The unknown keys and the wrong elements of lists.
pub(super) fn problems(text: &str, table: &DeTable<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        let shape = KEYS.iter().find(|(known, _)| *known == name).map(|(_, shape)| *shape);
        match (shape, value.get_ref()) {
            (None, _) => problems.push(Problem::at(text, Some(key.span()), unknown_key(name, KEYS))),
            (Some(Shape::Table(inner)), DeValue::Table(table)) => {
                let unknown = table.keys().filter(|key| inner.iter().all(|(known, _)| key.get_ref() != known));
                problems.extend(unknown.map(|key| {
                    let message = unknown_key(key.get_ref().as_ref(), inner);
                    Problem::at(text, Some(key.span()), format!("in [{name}]: {message}"))
                }));
            }
            (Some(Shape::Rules), value) => problems.extend(wrong(text, value, rule_problem)),
            (Some(Shape::Globs), value) => problems.extend(wrong(text, value, glob_problem)),
            (Some(Shape::RulesByGlob), DeValue::Table(table)) => {
                for (glob, rules) in table {
                    let problem = glob_problem(glob.get_ref().as_ref());
                    problems.extend(problem.map(|message| Problem::at(text, Some(glob.span()), message)));
                    problems.extend(wrong(text, rules.get_ref(), rule_problem));
                }
            }
            (Some(_), _) => {}
        }
    }
    problems.sort_by_key(|problem| (problem.line, problem.column));
    problems
}

/// What is wrong with the texts of a list.
fn wrong(text: &str, list: &DeValue<'_>, problem: fn(&str) -> Option<String>) -> Vec<Problem> {
    let elements = list.as_array().into_iter().flat_map(|list| list.iter());
    let found = elements.filter_map(|element| {
        let message = problem(element.get_ref().as_str()?)?;
        Some(Problem::at(text, Some(element.span()), message))
    });
    found.collect()
}

fn rule_problem(rule: &str) -> Option<String> {
    rule.parse::<Selector>().err().map(|_| unknown_rule(rule))
}

fn glob_problem(glob: &str) -> Option<String> {
    Pattern::try_from(glob.to_owned()).err()
}

fn unknown_key(name: &str, known: &[Key]) -> String {
    let known = known.iter().map(|&(known, _)| known);
    let near = known.min_by_key(|known| strsim::osa_distance(&name.to_lowercase(), known));
    format!("unknown key \"{name}\"; did you mean \"{}\"?", near.unwrap_or_default())
}
