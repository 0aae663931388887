//! The rules: each against its fixtures, all of them against the real cables, and the promises of their fixes.

use std::collections::BTreeSet;

use cable_catalog::Catalog;
use cable_lint::{
    Checker, Diagnostic, FixSafety, Meaning, Need, Other, References, Rule, Selector, Settings, archive_diagnostics,
    check, fix, rule, rules,
};
use cable_syntax::{Cable, Document, Edit};
use cable_tests::command::{Folder, Ran};
use cable_tests::fixture::{self, Expected, Fixture};
use cable_tests::generator::{Layout, Options, generate};
use cable_tests::shared;

fn found(text: &str, settings: &Settings) -> Vec<Diagnostic> {
    check(&Document::new(text, &Catalog::built_in()), settings)
}

/// Every rule, those included that are off by default.
fn every_rule() -> Settings {
    let all = "ALL".parse::<Selector>().expect("ALL selects every rule");
    Settings { select: Some(vec![all]), ..Settings::default() }
}

/// The rules a fixture speaks of: its own, or all.
fn settings_of(fixture: &Fixture) -> Settings {
    if fixture.all {
        return every_rule();
    }
    let own = rule(&fixture.code).unwrap_or_else(|| panic!("{}: no rule {}", fixture.name, fixture.code));
    Settings::only(&[own])
}

/// Whether a rule looks beyond one file.
fn needs_archive(rule: &Rule) -> bool {
    rule.needs.contains(&Need::Archive)
}

/// What the program finds in a fixture's file, in the archive of the fixture.
fn found_in_archive(fixture: &Fixture) -> Vec<Expected> {
    let (folder, caches) = (Folder::new(), Folder::new());
    folder.write(&fixture.file, &fixture.text);
    for (name, text) in &fixture.others {
        folder.write(name, text);
    }
    let rules = if fixture.all { "ALL" } else { &fixture.code };
    let mut command = folder.command(&format!("check --archive --select {rules} --format jsonl {}", fixture.file));
    let ran = Ran::of(command.env("XDG_CACHE_HOME", caches.path("")).output().expect("the program runs"));
    assert!(ran.code.is_some_and(|code| code < 2), "{}: {}", fixture.name, ran.err);
    let number = |row: &serde_json::Value, key: &str| row[key].as_u64().expect("a number") as usize;
    let text = |row: &serde_json::Value, key: &str| row[key].as_str().expect("a text").to_owned();
    let expected = |row: &serde_json::Value| Expected {
        line: number(row, "line"),
        column: number(row, "column") - 1,
        end_column: number(row, "end_column") - 1,
        code: text(row, "code"),
        severity: text(row, "severity"),
        message: text(row, "message"),
    };
    ran.rows().iter().map(expected).collect()
}

#[test]
fn each_rule_says_which_part_must_be_finished() {
    for rule in rules() {
        let finished = rule.needs.iter().filter(|need| matches!(need, Need::Finished(_)));
        assert_eq!(finished.count(), 1, "{rule:?}");
    }
}

/// A diagnostic in the terms of a fixture.
fn as_expected(text: &str, diagnostic: &Diagnostic) -> Expected {
    let before = &text[..diagnostic.range.start];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before[start..].chars().count();
    let length = text[diagnostic.range.clone()].chars().count();
    Expected {
        line: before.matches('\n').count() + 1,
        column,
        end_column: column + length,
        code: diagnostic.rule.code.to_owned(),
        severity: diagnostic.severity.to_string(),
        message: diagnostic.message.clone(),
    }
}

#[test]
fn fixtures_hold() {
    let mut wrong = Vec::new();
    for fixture in fixture::all() {
        let settings = settings_of(&fixture);
        let found: Vec<Expected> = if rule(&fixture.code).is_some_and(needs_archive) {
            found_in_archive(&fixture)
        } else {
            found(&fixture.text, &settings).iter().map(|diagnostic| as_expected(&fixture.text, diagnostic)).collect()
        };
        let mut expected = fixture.expected.clone();
        expected.retain(|expected| fixture.all || expected.code == fixture.code);
        for (expected, found) in expected.iter_mut().zip(&found) {
            if found.message.contains(&expected.message) {
                expected.message.clone_from(&found.message);
            }
        }
        if found != expected {
            wrong.push(format!("{}: found {found:#?}\nnot {expected:#?}", fixture.name));
        }
        for (level, text) in [(FixSafety::Safe, &fixture.fixed), (FixSafety::Unsafe, &fixture.asked)] {
            let Some(text) = text else { continue };
            let repaired = fix::repair(&fixture.text, &Catalog::built_in(), &settings, level);
            if repaired.text != *text {
                wrong.push(format!("{}: {level:?} gives\n{}", fixture.name, repaired.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A rule without a cable that breaks it, one that nearly does, or the text its fix gives is not done.
#[test]
fn every_rule_has_its_fixtures() {
    let fixtures = fixture::all();
    for rule in rules() {
        let own: Vec<&Fixture> = fixtures.iter().filter(|fixture| fixture.code == rule.code).collect();
        let fires = |fixture: &&&Fixture| fixture.expected.iter().any(|expected| expected.code == rule.code);
        assert!(own.iter().any(|fixture| fires(&fixture)), "{rule:?} has no fixture that fires");
        let near: Vec<_> = own.iter().filter(|fixture| fixture.near_miss).collect();
        assert!(!near.is_empty(), "{rule:?} has no near miss");
        assert!(near.iter().all(|fixture| !fires(fixture)), "{rule:?} has a near miss that fires");
        let has_fixed_text = own.iter().any(|fixture| match rule.fix.map(|fix| fix.safety) {
            None => true,
            Some(FixSafety::Safe) => fixture.fixed.as_ref().is_some_and(|fixed| *fixed != fixture.text),
            Some(FixSafety::Unsafe) => fixture.asked.as_ref().is_some_and(|asked| *asked != fixture.text),
        });
        assert!(has_fixed_text, "{rule:?} has a fix and no fixture with the text after it");
    }
}

/// Lines of an example as a cable: a header is put before them where they have none.
fn example(lines: &str) -> String {
    let has_header = ["VZCZC", "R 140826Z", "UNCLAS ", "This record"].iter().any(|start| lines.starts_with(start));
    let end = if lines.starts_with("VZCZC") { "\n\nUNCLAS ASTANA 002541\n" } else { "\n" };
    if has_header { format!("{lines}{end}") } else { format!("UNCLAS ASTANA 002541\n\n{lines}\n") }
}

/// An archive around the examples.
struct Sample;

impl References for Sample {
    fn meanings(&self, _: &str, cable: &Cable) -> Vec<Meaning> {
        let meaning = |id: &Option<String>| match id.as_deref() {
            None => Meaning::NoCable,
            Some("07ASTANA2517" | "05ASTANA2515") => Meaning::Present,
            Some("07ASTANA2515") => {
                Meaning::OtherYear { id: id.clone(), present: vec![("05ASTANA2515".to_owned(), 2005)] }
            }
            Some(id) => Meaning::Absent { id: id.to_owned() },
        };
        cable.reference_ids().iter().map(meaning).collect()
    }

    fn named_otherwise(&self, _: &str, ids: &[&str], _: &Catalog) -> Option<String> {
        (ids != ["07ASTANA2541"]).then(|| "07ASTANA2541".to_owned())
    }

    fn with_id(&self, _: &str, id: &str) -> Vec<Other> {
        if id == "07ASTANA2517" { vec![other()] } else { Vec::new() }
    }

    fn with_text(&self, _: &str, cable: &Cable) -> Vec<Other> {
        if cable.text().contains("002519") { vec![other()] } else { Vec::new() }
    }
}

fn other() -> Other {
    Other { path: "07ASTANA2517.txt".to_owned(), line: 1, id: None, section: None }
}

/// What a rule finds in a text, in the archive of the examples where it needs one.
fn found_in_example(text: &str, rule: &'static Rule) -> Vec<Diagnostic> {
    let settings = Settings::only(&[rule]);
    if needs_archive(rule) {
        let document = Document::new(text, &Catalog::built_in());
        assert_eq!(check(&document, &settings), [], "{rule:?} needs an archive");
        return archive_diagnostics(&document, "07ASTANA2541.txt", &Sample, &settings);
    }
    found(text, &settings)
}

#[test]
fn every_rule_explains_itself() {
    let mut codes = BTreeSet::new();
    let mut names = BTreeSet::new();
    for &rule in rules() {
        assert!(codes.insert(rule.code) && names.insert(rule.name), "{rule:?} twice");
        let kebab = rule.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        assert!(kebab, "{rule:?}");
        assert!(rule.explanation.len() > 120 && rule.explanation.ends_with('.'), "{rule:?}: explanation");
        assert!(!rule.summary.is_empty() && !rule.summary.ends_with('.') && !rule.source.is_empty(), "{rule:?}");
        assert!(
            rule.lower_severity.is_none_or(|lower_severity| lower_severity < rule.severity),
            "{rule:?}: its lower severity"
        );
        let before = found_in_example(&example(rule.example.before), rule);
        assert!(!before.is_empty(), "{rule:?}: its example does not break it");
        assert_eq!(found_in_example(&example(rule.example.after), rule), [], "{rule:?}: its example is not fixed");
    }
    let sorted: Vec<&str> = rules().iter().map(|rule| rule.code).collect();
    assert!(sorted.is_sorted());
    assert_eq!(rule("txt001").map(|rule| rule.name), Some("pilcrow-as-one"));
    assert_eq!(rule("pilcrow-as-one").map(|rule| rule.code), Some("TXT001"));
    assert_eq!(cable_lint::nearest_rules("TXT01", 1), [rule("TXT001").expect("a rule")]);
    assert_eq!(cable_lint::nearest_rules("pilcrow-as-on", 1), [rule("TXT001").expect("a rule")]);
    assert!(rule("TXT999").is_none());
}

#[test]
fn settings_choose_and_weigh() {
    let text =
        "UNCLAS ASTANA 002541\n\nSTPDIS\n\nE.O. 12958: N/A\nTAGS PREL KZ\nSUBJECT: TALKS\n\n- 11. (U) They go on.\n";
    let codes = |settings: &Settings| -> Vec<&str> {
        found(text, settings).iter().map(|diagnostic| diagnostic.rule.code).collect()
    };
    assert_eq!(codes(&Settings::default()), ["CLS005", "HDR013", "TXT005", "TXT001"]);
    let select = |words: &[&str]| words.iter().map(|word| word.parse().expect("a selector")).collect::<Vec<_>>();
    assert_eq!(codes(&Settings { select: Some(select(&["txt"])), ..Settings::default() }), ["TXT005", "TXT001"]);
    assert_eq!(codes(&Settings { ignore: select(&["TXT", "misspelt-caption"]), ..Settings::default() }), ["HDR013"]);
    assert!(codes(&Settings { select: Some(Vec::new()), ..Settings::default() }).is_empty());
    let severity = [("HDR013", None), ("TXT005", Some(cable_lint::Severity::Error))].into();
    let weighed = found(text, &Settings { severity, ..Settings::default() });
    assert!(weighed.iter().all(|diagnostic| diagnostic.rule.code != "HDR013"));
    assert!(
        weighed.iter().any(|diagnostic| {
            diagnostic.rule.code == "TXT005" && diagnostic.severity == cable_lint::Severity::Error
        })
    );
    assert_eq!("XYZ".parse::<Selector>(), Err("XYZ".to_owned()));
}

/// Line, rule and severity of what is expected of a real cable, for the rules that there are.
fn expected_of(reading: &serde_json::Value) -> Vec<(u64, String, String)> {
    let diagnostics = reading["diagnostics"].as_array().expect("a list of diagnostics");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    diagnostics
        .iter()
        .map(|entry| (entry["line"].as_u64().unwrap_or_default(), text(&entry["rule"]), text(&entry["severity"])))
        .filter(|(_, code, _)| rule(code).is_some())
        .collect()
}

#[test]
fn the_real_cables_have_the_expected_slips() {
    let Some(folder) = shared::folder("expected") else { return };
    for file in shared::files("cables") {
        let name = file.path.file_stem().expect("a name").to_string_lossy().into_owned();
        let json = std::fs::read_to_string(folder.join(&name).with_extension("json")).expect("the expected reading");
        let reading = serde_json::from_str(&json).expect("a reading");
        let mut expected = expected_of(&reading);
        // The copy kept beside the checkout has the colon that the hand reading of this line misses.
        let line = |number: u64| file.text.lines().nth(number as usize - 1).unwrap_or_default();
        expected.retain(|(number, code, _)| !(code == "HDR013" && line(*number).starts_with("TAGS: ")));
        let mut found: Vec<(u64, String, String)> = found(&file.text, &Settings::default())
            .iter()
            .map(|diagnostic| as_expected(&file.text, diagnostic))
            .map(|found| (found.line as u64, found.code, found.severity))
            .collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{name}");
    }
}

/// The texts on which the promises of the fixes are held.
fn texts() -> Vec<(String, String)> {
    let mut texts: Vec<(String, String)> =
        fixture::all().into_iter().map(|fixture| (fixture.name, fixture.text)).collect();
    let options = Options {
        cables: 2,
        crlf: true,
        page_lines: true,
        splits: 10,
        layouts: &[Layout::Envelope, Layout::Extract, Layout::Distribution, Layout::Labels],
        ..Options::default()
    };
    texts.extend((0..60).map(|seed| (format!("generated {seed}"), generate(seed, &options).text)));
    texts.extend((60..120).map(|seed| (format!("generated {seed}"), generate(seed, &Options::default()).text)));
    for file in shared::files("corpus").into_iter().chain(shared::files("cables")) {
        texts.push((file.path.display().to_string(), file.text));
    }
    texts
}

#[test]
fn repairing_twice_changes_nothing_more() {
    let catalog = Catalog::built_in();
    let settings = every_rule();
    for (name, text) in texts() {
        for level in [FixSafety::Safe, FixSafety::Unsafe] {
            let once = fix::repair(&text, &catalog, &settings, level);
            let twice = fix::repair(&once.text, &catalog, &settings, level);
            assert_eq!(once.text, twice.text, "{name} {level:?}");
            assert_eq!(twice.rounds, 0, "{name} {level:?}");
            assert!(once.rounds <= 10, "{name} {level:?}: {} rounds", once.rounds);
        }
    }
}

/// A safe fix changes the writing of a number and never the number.
#[test]
fn safe_fixes_keep_the_paragraph_numbers() {
    let catalog = Catalog::built_in();
    let numbers = |text: &str| -> Vec<u32> {
        let document = Document::new(text, &catalog);
        let paragraphs = document.cables().iter().flat_map(|placed| placed.cable.body.paragraphs.clone());
        paragraphs.map(|paragraph| paragraph.number).collect()
    };
    for (name, text) in texts() {
        let repaired = fix::repair(&text, &catalog, &Settings::default(), FixSafety::Safe);
        assert_eq!(numbers(&text), numbers(&repaired.text), "{name}");
    }
}

/// Every range lies in the document on whole characters, and the edits of a fix are in order and apart.
#[test]
fn ranges_lie_in_the_document() {
    for (name, text) in texts() {
        for diagnostic in found(&text, &every_rule()) {
            let Diagnostic { rule, range, related, fix, .. } = &diagnostic;
            assert!(text.get(range.clone()).is_some(), "{name}: {rule:?}");
            assert!(related.iter().all(|related| text.get(related.range.clone()).is_some()), "{name}: {rule:?}");
            let edits = fix.iter().flat_map(|fix| &fix.edits);
            let mut at = 0;
            for edit in edits {
                assert!(edit.range.start >= at && text.get(edit.range.clone()).is_some(), "{name}: {rule:?}");
                at = edit.range.end;
            }
        }
    }
}

/// The checker that remembers finds what a fresh check finds, whatever was edited.
#[test]
fn remembered_findings_equal_fresh_ones() {
    let catalog = Catalog::built_in();
    let options = Options { cables: 4, ..Options::default() };
    for seed in 0..40_u64 {
        let text = generate(seed, &options).text;
        let mut document = Document::new(&text, &catalog);
        let mut checker = Checker::default();
        let mut settings = Settings::default();
        let mut random = seed;
        for step in 0..12 {
            assert_eq!(checker.check(&document, &settings), check(&document, &settings), "seed {seed}, step {step}");
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let start = (random >> 33) as usize % document.len().max(1);
            let inserted = ["1", "\n\n12. (U) Text\n", "", "STPDIS\n", "VZCZCXRO7654\n", " \n"][step % 6];
            document.apply(&Edit { range: start..start + step % 7, text: inserted });
            if step == 6 {
                settings = every_rule();
            }
        }
    }
}

/// How many real cables each rule reports. A rule that reports many of them reports what is no slip.
#[test]
fn few_correct_cables_are_reported() {
    let files = shared::files("corpus");
    if files.is_empty() {
        return;
    }
    for &rule in rules().iter().filter(|rule| rule.on_by_default) {
        let settings = Settings::only(&[rule]);
        let share = |severity: cable_lint::Severity| {
            let hit = files.iter().filter(|file| found(&file.text, &settings).iter().any(|d| d.severity == severity));
            hit.count() * 1000 / files.len()
        };
        let errors = share(cable_lint::Severity::Error);
        let warnings = share(cable_lint::Severity::Warning);
        assert!(errors <= 30, "{rule:?}: an error in {errors} per mille of the corpus");
        assert!(warnings <= most_warnings(rule), "{rule:?}: a warning in {warnings} per mille of the corpus");
    }
}

/// Warnings that are in more than 8 % of the corpus were looked at one by one.
fn most_warnings(rule: &Rule) -> usize {
    match rule.code {
        // Copies of 2008 and 2009 have REF or Classified By on the line of the SUBJECT.
        "TXT013" => 170,
        _ => 80,
    }
}
