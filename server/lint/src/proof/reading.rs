//! Compares what is read from a cable before and after edits, key by key. Most keys are the same, or may be anything:
//! those are not looked into.

use cable_syntax::{Cable, Reading};
use serde::Serialize;
use serde_json::Value;

use super::Refusal;
use super::permit::{Permit, Step};

/// The keys that hold nothing but line numbers.
const LINES: [&str; 2] = ["subject_lines", "header_lines"];

/// Holds the readings of a cable before and after against each other.
///
/// # Errors
///
/// The first path that differs and may not.
pub(super) fn compare(before: &Cable, after: &Cable, permit: &Permit) -> Result<(), Refusal> {
    let (old, new) = (Reading::of(before, 0), Reading::of(after, 0));
    macro_rules! compare_each {
        ($($key:ident)*) => {
            // A key that is added to the reading is missed here.
            let Reading { $($key: _),* } = &old;
            $(compare_key(stringify!($key), &old.$key, &new.$key, permit)?;)*
        };
    }
    compare_each! {
        canonical_id notice transmission_id routing de opsig dtg dtg_iso precedence from to info mrn classification
        sensitive section captions caption_lines handling eo eo_order eo_instruction decl tags tags_line subject
        subject_lines refs classified_by paragraphs fragments headings page_lines trailer stray_captions signature
        signature_line header_lines
    }
    Ok(())
}

fn compare_key<T: PartialEq + Serialize>(key: &str, old: &T, new: &T, permit: &Permit) -> Result<(), Refusal> {
    let is_same = (permit.lines || permit.keeps_lines) && old == new;
    // Where lines may break elsewhere, so may the lines of a paragraph be others.
    let may_differ = permit.allows_all_of(key) || permit.lines && key == "fragments";
    if is_same || may_differ {
        return Ok(());
    }
    let [old, new] = [old, new].map(|value| serde_json::to_value(value).unwrap_or_default());
    Comparison { permit, path: vec![Step::Key(key)] }.values(&old, &new, holds_lines(key))
}

/// Whether what is under a key are, or hold, numbers of lines.
fn holds_lines(key: &str) -> bool {
    key == "line" || key.ends_with("_line") || LINES.contains(&key)
}

struct Comparison<'a> {
    permit: &'a Permit,
    path: Vec<Step<'a>>,
}

impl<'a> Comparison<'a> {
    /// Compares two values at the path; `are_lines` where they are, or hold, numbers of lines.
    fn values(&mut self, before: &'a Value, after: &'a Value, are_lines: bool) -> Result<(), Refusal> {
        match (before, after) {
            (Value::Object(old), Value::Object(new)) if old.len() == new.len() => {
                old.iter().try_for_each(|(key, value)| {
                    let new = new.get(key).unwrap_or(&Value::Null);
                    self.at(Step::Key(key), |inner| inner.values(value, new, are_lines || holds_lines(key)))
                })
            }
            (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
                old.iter().zip(new).enumerate().try_for_each(|(index, (old, new))| {
                    self.at(Step::Index(index), |at| at.values(old, new, are_lines))
                })
            }
            _ => {
                let is_same = before == after && !are_lines;
                if is_same || are_lines && self.is_same_line(before, after) || self.permit.allows(&self.path) {
                    return Ok(());
                }
                let path = self.path.iter().map(Step::to_string).collect::<Vec<_>>().join(".");
                Err(Refusal::Reading { path, before: before.to_string(), after: after.to_string() })
            }
        }
    }

    fn at(&mut self, step: Step<'a>, compare: impl FnOnce(&mut Self) -> Result<(), Refusal>) -> Result<(), Refusal> {
        self.path.push(step);
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
