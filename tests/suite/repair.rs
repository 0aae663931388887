//! What the transcription did to the markers of a cable in plain form, the safe fixes undo byte for byte.

use cable_catalog::Catalog;
use cable_lint::{FixSafety, Settings, fix};
use cable_tests::generator::{Options, Random, generate};
use proptest::prelude::*;

/// How a copy writes the number of a paragraph (FORMAT.md, "Artefacts"). A kept `¶7.` is not among them: it is no slip.
const ARTEFACTS: [fn(&str) -> String; 8] = [
    |number| format!("1{number}"),
    |number| format!("¶1{number}"),
    |number| format!("[1](#){number}"),
    |number| format!("[¶](#par{number}){number}"),
    |number| format!("$\\P{number}$"),
    |number| format!("- {number}"),
    |number| format!("- 1{number}"),
    |number| format!("- ¶1{number}"),
];

proptest! {
    #[test]
    fn plain_markers_come_back_byte_for_byte(seed in any::<u64>(), crlf in any::<bool>(), page_lines in any::<bool>()) {
        let clean = generate(seed, &Options { marked: 100, crlf, page_lines, ..Options::clean() });
        let mut random = Random::new(seed);
        let mut artefact = ARTEFACTS[0];
        let mut damaged = String::new();
        for (index, line) in clean.text.split_inclusive('\n').enumerate() {
            let is_marker = clean.cables[0].markers.iter().any(|&(marked, _)| marked as usize == index + 1);
            let number = line.split('.').next().unwrap_or_default();
            if is_marker {
                if random.chance(30) {
                    artefact = random.pick(&ARTEFACTS);
                }
                damaged.push_str(&artefact(number));
                damaged.push_str(&line[number.len()..]);
            } else {
                damaged.push_str(line);
            }
        }
        prop_assert_ne!(&damaged, &clean.text);
        let only: Vec<_> = cable_lint::rules().iter().copied().filter(|rule| rule.code.starts_with("TXT00")).collect();
        let repaired = fix::repair(&damaged, &Catalog::built_in(), &Settings::only(&only), FixSafety::Safe);
        prop_assert_eq!(repaired.text, clean.text);
    }
}
