//! Repairs → they settle: a text that was repaired is not repaired again.
#![no_main]

use cable_catalog::Catalog;
use cable_lint::fix::repair;
use cable_lint::{FixSafety, Settings};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = cable_fuzz::text_of(bytes);
    let catalog = Catalog::built_in();
    for settings in [Settings::default(), cable_fuzz::all_rules()] {
        for level in [FixSafety::Safe, FixSafety::Ask] {
            let once = repair(&text, &catalog, &settings, level);
            let again = repair(&once.text, &catalog, &settings, level);
            assert_eq!(again.text, once.text, "{level:?}: {:?}, and again {:?}", once.applied, again.applied);
        }
    }
});
