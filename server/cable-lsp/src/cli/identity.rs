//! What makes a diagnostic the same one after edits elsewhere: its rule and its text, never its line.

use std::collections::HashMap;

use cable_lint::Diagnostic;

/// More of a text tells nothing new.
const LONGEST: usize = 200;

/// The offending text; where a diagnostic has none, as at the end of a line, the line it stands in.
pub(super) fn offending<'a>(text: &'a str, diagnostic: &Diagnostic) -> &'a str {
    let range = diagnostic.range.clone();
    let mut offending = text.get(range.clone()).unwrap_or_default().trim();
    if offending.is_empty() {
        let start = text.get(..range.start).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |at| at + 1);
        offending = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default().trim();
    }
    let end = offending.char_indices().nth(LONGEST).map_or(offending.len(), |(at, _)| at);
    &offending[..end]
}

/// A short word for each diagnostic of a file: the same as long as path, rule and offending text are. The second of two
/// that are alike differs from the first by its place in their order.
pub(super) fn fingerprints(path: &str, text: &str, diagnostics: &[Diagnostic]) -> Vec<String> {
    let mut seen: HashMap<(&str, &str), usize> = HashMap::new();
    let fingerprint = |diagnostic: &Diagnostic| {
        let key = (diagnostic.rule.code, offending(text, diagnostic));
        let nth = seen.entry(key).or_default();
        *nth += 1;
        format!("{:016x}", fnv1a(&[path, key.0, key.1, &nth.to_string()]))
    };
    diagnostics.iter().map(fingerprint).collect()
}

/// The hash of Fowler, Noll and Vo: the standard library's may differ from one release to the next.
fn fnv1a(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(super::fnv1a(&[]), 0xcbf2_9ce4_8422_2325);
        // "a\0": one step of the definition more than the published value of "a".
        assert_eq!(super::fnv1a(&["a"]), 0xaf63_dc4c_8601_ec8c_u64.wrapping_mul(0x0100_0000_01b3));
    }
}
