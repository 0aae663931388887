//! Repairs → proved, and they settle: a text that was repaired is not repaired again.
#![no_main]

use cable_catalog::Catalog;
use cable_lint::fix::{Repairer, check_and_prove, repair_document};
use cable_lint::{FixSafety, Settings, check};
use cable_syntax::Document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = cable_fuzz::text_of(bytes);
    let document = Document::new(&text, &Catalog::built_in());
    // One of the two, for time.
    let settings = if text.len() % 2 == 0 { Settings::default() } else { cable_fuzz::all_rules() };
    for level in [FixSafety::Safe, FixSafety::Unsafe] {
        let once = repair_document(&document, &settings, level);
        assert_eq!(cable_fuzz::edited(&text, &once.edits, "repair"), once.text, "the edits lead to the text");
        assert!(once.document == Document::new(&once.text, document.catalog()), "it is read as it will be");
        let again = repair_document(&once.document, &settings, level);
        assert_eq!(again.text, once.text, "{level:?}: {:?}, and again {:?}", once.applied, again.applied);
        if level == FixSafety::Safe {
            safe(&document, &once, &settings);
        }
    }
    alone(&text, &document, &settings);
});

/// What is applied unasked is what a check calls safe, and no cable comes or goes.
fn safe(document: &Document, repaired: &cable_lint::fix::Repaired, settings: &Settings) {
    assert_eq!(document.cables().len(), repaired.document.cables().len(), "cables");
    for one in &check_and_prove(document, settings) {
        if one.fix.as_ref().is_some_and(|fix| fix.safety == FixSafety::Safe) {
            let code = one.rule.code;
            assert!(repaired.applied.contains_key(code), "{code} is called safe and is not applied: {one:?}");
        }
    }
}

/// A fix that is proved alone gives the document of its edits.
fn alone(text: &str, document: &Document, settings: &Settings) {
    let mut repairer = Repairer::new(settings);
    for one in check(document, settings).iter().take(8) {
        if let (Some(fix), Ok(after)) = (&one.fix, repairer.alone(document, one)) {
            let edited = cable_fuzz::edited(text, &fix.edits, one.rule.code);
            assert_eq!(after.rope().to_string(), edited, "{}", one.rule.code);
        }
    }
}
