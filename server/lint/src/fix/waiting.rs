//! Which fix is which when a text has been changed below it.

use std::collections::HashMap;
use std::ops::Range;

use crate::{Diagnostic, TextEdit};

/// Fixes that touch the same text as others: each is applied after those, where it is found again.
pub(super) struct Waiting {
    /// By rule, in order of their places.
    places: HashMap<&'static str, Vec<Place>>,
}

/// The index among what was found in the first round, none once it was taken, and where it speaks of now.
type Place = (Option<usize>, Range<usize>);

impl Waiting {
    /// Findings of one rule seldom overlap, so the one that is looked for is among so many neighbours.
    const NEIGHBOURS: usize = 8;

    pub(super) fn of(indices: &[usize], found: &[Diagnostic]) -> Self {
        let mut places: HashMap<&'static str, Vec<Place>> = HashMap::new();
        for &index in indices {
            places.entry(found[index].rule.code).or_default().push((Some(index), found[index].range.clone()));
        }
        for own in places.values_mut() {
            own.sort_by_key(|(_, range)| range.start);
        }
        Self { places }
    }

    /// Goes where edits move the places. What they replace is where its replacement is.
    pub(super) fn follow(&mut self, edits: &[TextEdit]) {
        let mut grown = 0;
        let starts = edits.iter().map(|TextEdit { range, text }| {
            let start = range.start.saturating_add_signed(grown);
            grown += text.len().cast_signed() - range.len().cast_signed();
            start
        });
        let starts: Vec<usize> = starts.collect();
        let moved = |at: usize, is_end: bool| {
            let Some(last) = edits.partition_point(|edit| edit.range.start <= at).checked_sub(1) else { return at };
            let TextEdit { range, text } = &edits[last];
            match at.checked_sub(range.end) {
                Some(after) => starts[last] + text.len() + after,
                None if is_end => starts[last] + text.len(),
                None => starts[last],
            }
        };
        for (_, range) in self.places.values_mut().flatten() {
            *range = moved(range.start, false)..moved(range.end, true);
        }
    }

    /// The one that a diagnostic is, by its index: of the same rule, at the same place or the nearest that touches it.
    pub(super) fn take(&mut self, found: &Diagnostic) -> Option<usize> {
        let own = self.places.get_mut(found.rule.code)?;
        let near = own.partition_point(|(_, range)| range.start < found.range.start);
        let near = near.saturating_sub(Self::NEIGHBOURS)..own.len().min(near + Self::NEIGHBOURS);
        let touches = |at: &usize| {
            let (index, range) = &own[*at];
            index.is_some() && range.start <= found.range.end && found.range.start <= range.end
        };
        let apart = |at: &usize| {
            let range = &own[*at].1;
            range.start.abs_diff(found.range.start) + range.end.abs_diff(found.range.end)
        };
        let nearest = near.filter(touches).min_by_key(apart)?;
        own[nearest].0.take()
    }
}

#[cfg(test)]
mod tests {
    use cable_catalog::Catalog;
    use cable_syntax::Document;

    use super::*;
    use crate::fix::apply;
    use crate::{Settings, check};

    const CABLE: &str = "UNCLAS ASTANA 000001\n\nSUBJECT: X\n\n11. (U) One.\n\n12. (U) Two.\n\n13. (U) Three.\n";

    fn found(text: &str) -> Vec<Diagnostic> {
        let mut found = check(&Document::new(text, &Catalog::built_in()), &Settings::default());
        found.retain(|found| found.rule.code == "TXT001");
        found
    }

    #[test]
    fn each_is_that_very_fix() {
        let before = found(CABLE);
        assert_eq!(before.len(), 3);
        let mut waiting = Waiting::of(&[1, 2], &before);
        let at = CABLE.find("12. (U)").expect("it is there");
        let edits = [
            TextEdit { range: 0..6, text: "UNCLASSIFIED".to_owned() },
            TextEdit { range: at + 4..at + 7, text: "(SBU)".to_owned() },
        ];
        waiting.follow(&edits);
        let after = found(&apply(CABLE, &edits));
        // The first did not wait; the second is itself, and once.
        assert_eq!([0, 1, 1].map(|index| waiting.take(&after[index])), [None, Some(1), None]);
        // The third moves on.
        waiting.follow(&[TextEdit { range: 0..12, text: "UNCLAS".to_owned() }]);
        let later = found(&apply(CABLE, &[edits[1].clone()]));
        assert_eq!(waiting.take(&later[2]), Some(2));
    }

    #[test]
    fn it_is_found_again_in_what_was_written_over_it() {
        let before = found(CABLE);
        let mut waiting = Waiting::of(&[0, 1, 2], &before);
        let line = CABLE.find("12. (U)").expect("it is there");
        let edits = [TextEdit { range: line - 1..line + 12, text: "\n\n\n12. (U) Two and two.".to_owned() }];
        waiting.follow(&edits);
        let after = found(&apply(CABLE, &edits));
        assert_eq!([1, 0, 2].map(|index| waiting.take(&after[index])), [Some(1), Some(0), Some(2)]);
    }
}
