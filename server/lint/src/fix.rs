//! Applies fixes to a text.
//!
//! A fix is applied whole or not at all. Fixes that touch the same text wait for the next round, in which the text is
//! read anew; rounds are bounded, so repairing ends whatever the rules do.

use std::collections::BTreeMap;
use std::ops::Range;

use cable_catalog::Catalog;
use cable_syntax::Document;

use crate::{Fix, FixSafety, Settings, TextEdit, check};

/// After so many rounds nothing new is to be expected.
const MOST_ROUNDS: usize = 20;

/// A text after its repair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// The text.
    pub text: String,
    /// How many slips were mended, by the code of their rule.
    pub applied: BTreeMap<&'static str, usize>,
    /// How often the text was read and changed.
    pub rounds: usize,
}

/// Mends what can be mended: with [`FixSafety::Safe`] the safe fixes, with [`FixSafety::Ask`] all of them.
pub fn repair(text: &str, catalog: &Catalog, settings: &Settings, level: FixSafety) -> Repaired {
    let mut repaired = Repaired { text: text.to_owned(), applied: BTreeMap::new(), rounds: 0 };
    while repaired.rounds < MOST_ROUNDS {
        let document = Document::new(&repaired.text, catalog);
        let found = check(&document, settings);
        let (codes, fixes): (Vec<_>, Vec<_>) = found
            .iter()
            .filter_map(|diagnostic| Some((diagnostic.rule.code, diagnostic.fix.as_ref()?)))
            .filter(|(_, fix)| fix.safety <= level)
            .unzip();
        let (edits, taken) = choose(&fixes);
        let text = apply(&repaired.text, &edits);
        if text == repaired.text {
            break;
        }
        for (code, taken) in codes.into_iter().zip(taken) {
            if taken {
                *repaired.applied.entry(code).or_default() += 1;
            }
        }
        repaired.text = text;
        repaired.rounds += 1;
    }
    repaired
}

/// The edits of the fixes that can be applied together, in order, and which fixes those are. The first of two that
/// touch the same text is taken; fixes that share an edit are taken together.
pub fn choose(fixes: &[&Fix]) -> (Vec<TextEdit>, Vec<bool>) {
    let mut chosen: Vec<TextEdit> = Vec::new();
    let mut taken = Vec::with_capacity(fixes.len());
    for fix in fixes {
        let fits = fix.edits.iter().all(|edit| {
            // The chosen edits are in order and apart, so only the neighbours can be in the way.
            let after = chosen.partition_point(|other| other.range.end < edit.range.start);
            chosen[after..]
                .iter()
                .take_while(|other| other.range.start <= edit.range.end)
                .all(|other| other == edit || !in_the_way(&other.range, &edit.range))
        });
        taken.push(fits);
        if !fits {
            continue;
        }
        for edit in &fix.edits {
            if !chosen.contains(edit) {
                let at = chosen.partition_point(|other| other.range.start < edit.range.start);
                chosen.insert(at, edit.clone());
            }
        }
    }
    (chosen, taken)
}

/// Whether two edits touch the same text, or would write at the same place.
fn in_the_way(one: &Range<usize>, two: &Range<usize>) -> bool {
    one.start < two.end && two.start < one.end || (one.start == two.start && (one.is_empty() || two.is_empty()))
}

/// Applies edits that are in order and do not overlap. Other bytes stay as they are.
pub fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        result.push_str(text.get(at..edit.range.start).unwrap_or_default());
        result.push_str(&edit.text);
        at = edit.range.end;
    }
    result.push_str(text.get(at..).unwrap_or_default());
    result
}
