//! SARIF 2.1.0, the static analysis results interchange format: rules, results, fixes.
//!
//! One document, written piece by piece, so that an archive's results need not be in memory together. Columns count
//! Unicode scalar values, as everywhere in this program, and the run says so.

use std::io::{self, Write};
use std::ops::Range;

use cable_lint::{Diagnostic, Fix, Rule, Severity, rules};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Checked, Layout, Totals, write_items};
use crate::cli::identity::fingerprints;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What stands for itself in the path of a URI.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message<'a>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: Fingerprint,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<SarifFix<'a>>,
}

#[derive(Debug, Serialize)]
struct Message<'a> {
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct Fingerprint {
    #[serde(rename = "pathRuleText/v1")]
    value: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: PhysicalLocation<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation<'a> {
    artifact_location: ArtifactLocation<'a>,
    region: Region,
}

#[derive(Debug, Serialize)]
struct ArtifactLocation<'a> {
    uri: &'a str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifFix<'a> {
    description: Message<'a>,
    artifact_changes: [ArtifactChange<'a>; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: ArtifactLocation<'a>,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Message<'a>,
}

pub(super) struct Sarif;

impl Layout for Sarif {
    fn begin(&self, output: &mut dyn Write) -> io::Result<()> {
        let driver = json!({
            "name": "cable-lsp",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules().iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
        });
        write!(output, r#"{{"$schema":"{SCHEMA}","version":"2.1.0","runs":[{{"tool":{{"driver":{driver}}},"#)?;
        write!(output, r#""columnKind":"unicodeCodePoints","results":["#)
    }

    fn file(&self, output: &mut dyn Write, checked: &Checked<'_>, before: usize) -> io::Result<()> {
        let uri = uri(checked.path);
        let location = |range: &Range<usize>, message| Location {
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation { uri: &uri },
                region: region(checked, range),
            },
            message,
        };
        let fingerprints = fingerprints(checked.path, checked.text, checked.diagnostics);
        let results = checked.diagnostics.iter().zip(fingerprints).map(|(diagnostic, value)| SarifResult {
            rule_id: diagnostic.rule.code,
            rule_index: rules().iter().position(|rule| *rule == diagnostic.rule),
            level: level(diagnostic.severity),
            message: Message { text: &diagnostic.message },
            locations: [location(&diagnostic.range, None)],
            related_locations: related(diagnostic, &location),
            partial_fingerprints: Fingerprint { value },
            fixes: diagnostic.fix.iter().map(|fix| sarif_fix(checked, &uri, fix)).collect(),
        });
        write_items(output, results, before)
    }

    fn end(&self, output: &mut dyn Write, totals: &Totals<'_>) -> io::Result<()> {
        let complete = totals.complete;
        writeln!(output, "\n],\"invocations\":[{{\"executionSuccessful\":{complete}}}]}}]}}")
    }
}

fn related<'a>(
    diagnostic: &'a Diagnostic,
    location: &impl Fn(&Range<usize>, Option<Message<'a>>) -> Location<'a>,
) -> Vec<Location<'a>> {
    diagnostic
        .related
        .iter()
        .map(|related| location(&related.range, Some(Message { text: &related.message })))
        .collect()
}

fn sarif_fix<'a>(checked: &Checked<'_>, uri: &'a str, fix: &'a Fix) -> SarifFix<'a> {
    let replacements = fix.edits.iter().map(|edit| Replacement {
        deleted_region: region(checked, &edit.range),
        inserted_content: Message { text: &edit.text },
    });
    let change = ArtifactChange { artifact_location: ArtifactLocation { uri }, replacements: replacements.collect() };
    SarifFix { description: Message { text: &fix.title }, artifact_changes: [change] }
}

fn region(checked: &Checked<'_>, range: &Range<usize>) -> Region {
    let (start, end) = (checked.positions.at(range.start), checked.positions.at(range.end));
    Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.explanation },
        "help": { "text": rule.text(), "markdown": rule.markdown() },
        "defaultConfiguration": { "enabled": rule.on_by_default, "level": level(rule.severity) },
        "properties": { "tags": [&rule.code[..3]] },
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}

/// A path as a URI reference: relative as it is, absolute with its scheme.
fn uri(path: &str) -> String {
    let path = path.replace(std::path::MAIN_SEPARATOR, "/");
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    format!("{scheme}{}", utf8_percent_encode(&path, PATH))
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_become_uri_references() {
        assert_eq!(super::uri("a b/C:%\n.cable"), "a%20b/C%3A%25%0A.cable");
        assert_eq!(super::uri("/data/é.txt"), "file:///data/%C3%A9.txt");
    }
}
