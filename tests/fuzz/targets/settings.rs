//! Settings → read or refused with a place in the text, never a crash; `ignore` edits do what they say.
#![no_main]

use cable_catalog::Catalog;
use cable_lint::config::{Choice, Config, ignore_rule};
use cable_lint::{Selector, check, rules};
use cable_syntax::Document;
use libfuzzer_sys::fuzz_target;

/// A text that breaks rules of several kinds.
const CABLE: &str = "C O N F I D E N T I A L ASTANA 000012\n\nSIPDIS\n\nE.O. 12958: DECL: 02/14/2017\nTAGS: KZ, QQQQ\n\
                     SUBJECT: A LIBRARY OPENS\n\n11. (C) One.\n\n3. (C) Two \\ more.\nDOE\nNNNN\n";

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let lines = text.matches('\n').count() + 1;
    match Config::parse(&text) {
        Ok(config) => {
            assert!(config.clone().over(&Config::default()) == config, "settings over none are the same");
            apply(&config);
            ignore(&text, &config);
        }
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a reason");
            for problem in problems {
                assert!(problem.column >= 1 && (1..=lines).contains(&problem.line), "{problem:?} of {lines} lines");
                assert!(!problem.message.is_empty() && !problem.message.contains('\n'), "{problem:?}");
            }
        }
    }
    // The editor's settings have the same shape.
    if let Ok(config) = serde_json::from_str::<Config>(&text) {
        apply(&config);
    }
    let _ = text.parse::<Selector>();
});

/// Uses settings for all that they are for.
fn apply(config: &Config) {
    let paths = config.paths();
    for path in ["a.cable", "drafts/deep/b.TXT", "", "x/../y", "[a]{b}*"] {
        paths.is_excluded(path);
        paths.is_included(path);
        paths.ignored(path);
    }
    let choice = Choice { ignore: "TXT".parse().into_iter().collect(), ..Choice::default() };
    let settings = choice.over(config.settings());
    let document = Document::new(CABLE, &Catalog::with(config.additions()));
    for diagnostic in check(&document, &settings) {
        assert!(!diagnostic.rule.code.starts_with("TXT"), "{} was ignored on the command line", diagnostic.rule.code);
    }
}

/// The edit that ignores a rule gives settings that are as before, but for that rule.
fn ignore(text: &str, before: &Config) {
    let Some(rule) = rules().get(text.len() % rules().len()) else { return };
    let Some(edits) = ignore_rule(text, rule) else { return };
    let text = cable_fuzz::edited(text, &edits, "ignore");
    let after = Config::parse(&text).unwrap_or_else(|problems| panic!("{problems:?} in {text:?}"));
    assert!(!after.settings().runs(rule), "{} runs still: {text:?}", rule.code);
    let others = |config: &Config| Config { ignore: None, ..config.clone() };
    assert!(others(&after) == others(before), "another setting changed: {text:?}");
}
