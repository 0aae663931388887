//! Compares what is read from a cable before and after edits, key by key: a key that is added to the reading is
//! compared without a word here.

use cable_syntax::{Cable, Reading};
use serde_json::Value;

use super::Refusal;
use super::permit::Permit;

/// The keys that hold nothing but line numbers.
const LINES: [&str; 2] = ["subject_lines", "header_lines"];

/// Holds the readings of a cable before and after against each other.
///
/// # Errors
///
/// The first path that differs and may not.
pub(super) fn compare(before: &Cable, after: &Cable, permit: &Permit) -> Result<(), Refusal> {
    let read = |cable: &Cable| serde_json::to_value(Reading::of(cable, 0)).unwrap_or_default();
    Comparison { permit, path: Vec::new() }.values(&read(before), &read(after), false)
}

struct Comparison<'a> {
    permit: &'a Permit,
    path: Vec<String>,
}

impl Comparison<'_> {
    /// Compares two values at the path; `are_lines` where they are, or hold, numbers of lines.
    fn values(&mut self, before: &Value, after: &Value, are_lines: bool) -> Result<(), Refusal> {
        match (before, after) {
            (Value::Object(old), Value::Object(new)) if old.len() == new.len() => {
                old.iter().try_for_each(|(key, value)| {
                    let are_lines =
                        are_lines || key == "line" || key.ends_with("_line") || LINES.contains(&key.as_str());
                    self.at(key, |inner| inner.values(value, new.get(key).unwrap_or(&Value::Null), are_lines))
                })
            }
            (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
                old.iter().zip(new).enumerate().try_for_each(|(index, (old, new))| {
                    self.at(&index.to_string(), |inner| inner.values(old, new, are_lines))
                })
            }
            _ => {
                let is_same = before == after && !are_lines;
                if is_same || are_lines && self.is_same_line(before, after) || self.permit.allows(&self.path) {
                    return Ok(());
                }
                // Where lines may break elsewhere, so may the lines of a paragraph be others.
                if self.permit.lines && self.path.first().is_some_and(|key| key == "fragments") {
                    return Ok(());
                }
                let path = self.path.join(".");
                Err(Refusal::Reading { path, before: before.to_string(), after: after.to_string() })
            }
        }
    }

    fn at(&mut self, key: &str, compare: impl FnOnce(&mut Self) -> Result<(), Refusal>) -> Result<(), Refusal> {
        self.path.push(key.to_owned());
        let result = compare(self);
        self.path.pop();
        result
    }

    /// Whether two values name the same line, counted from 1, before and after the edits.
    fn is_same_line(&self, before: &Value, after: &Value) -> bool {
        if self.permit.lines || before.is_null() && after.is_null() {
            return true;
        }
        let moved = before.as_u64().and_then(|line| u32::try_from(line.checked_sub(1)?).ok());
        moved.is_some_and(|line| after.as_u64() == Some(u64::from(self.permit.moved(line)) + 1))
    }
}
