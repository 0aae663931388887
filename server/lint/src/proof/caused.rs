//! Which warnings and errors edits cause: those of after that were not there before.

use std::collections::HashMap;

use cable_syntax::Cable;

use super::Refusal;
use super::permit::Permit;
use crate::Severity;
use crate::findings::Finding;

/// Rules on the sequence and the shape of paragraph numbers: what they find after a fix, the fix has done.
const SEQUENCE: [&str; 6] = ["PAR001", "PAR002", "PAR003", "PAR004", "PAR006", "PAR007"];

/// What was found in a cable, by rule and by line from 0.
pub(super) struct FindingCounts(HashMap<(&'static str, u32), usize>);

impl FindingCounts {
    pub(super) fn of(found: &[Finding], cable: &Cable) -> Self {
        let mut counts = HashMap::new();
        for finding in found {
            *counts.entry((finding.rule().code, cable.line_at(finding.span().start))).or_default() += 1;
        }
        Self(counts)
    }
}

/// Holds the findings after edits against those before, which are looked for only where there are any. What speaks about
/// a changed field that could not be looked at before is no harm, but for the fixed rules themselves and those on the
/// sequence of numbers.
///
/// # Errors
///
/// The first warning or error that the edits caused.
pub(super) fn hold(
    found: &[Finding],
    before: impl FnOnce() -> FindingCounts,
    after: &Cable,
    permit: &Permit,
) -> Result<(), Refusal> {
    let mut harmful = found.iter().filter(|finding| finding.severity() >= Severity::Warning).peekable();
    if harmful.peek().is_none() {
        return Ok(());
    }
    let mut known: HashMap<(&'static str, u32), usize> = HashMap::new();
    for ((code, line), count) in before().0 {
        *known.entry((code, permit.moved(line))).or_default() += count;
    }
    for finding in harmful {
        let (rule, line) = (finding.rule(), after.line_at(finding.span().start));
        if let Some(count) = known.get_mut(&(rule.code, line)).filter(|count| **count > 0) {
            *count -= 1;
            continue;
        }
        let is_harm = permit.fixes(rule) || SEQUENCE.contains(&rule.code) || !permit.is_seen(line);
        if is_harm {
            return Err(Refusal::Finding { code: rule.code, message: finding.message().to_owned() });
        }
    }
    Ok(())
}
