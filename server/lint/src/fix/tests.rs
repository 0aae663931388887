//! Fixes are taken together where they can be, each whole or not at all, and those that cannot be proved keep no other one
//! back.

use std::fmt::Write as _;

use super::*;
use crate::{Change, Letters, rule};

fn edit(range: Range<usize>, text: &str) -> TextEdit {
    TextEdit { range, text: text.to_owned() }
}

/// A fix that may change markers.
fn fix(edits: &[TextEdit]) -> Fix {
    Fix {
        title: String::new(),
        safety: FixSafety::Safe,
        edits: edits.to_vec(),
        changes: &[Change::Marker],
        letters: Letters::Any,
    }
}

/// Which of two fixes are taken, in their order.
fn taken(one: TextEdit, two: TextEdit) -> Vec<bool> {
    choose(&[&fix(&[one]), &fix(&[two])]).1
}

#[test]
fn the_first_of_two_that_touch_the_same_text_is_taken() {
    let both = [true, true];
    let first = [true, false];
    for (one, two, expected) in [
        (4..8, 6..9, first),
        (4..8, 5..6, first),
        (4..8, 6..6, first),
        (4..8, 8..9, both),
        (4..8, 8..8, both),
        // What would be written at one place has no order.
        (4..8, 4..4, first),
        (4..4, 4..4, first),
    ] {
        assert_eq!(taken(edit(one.clone(), "a"), edit(two.clone(), "b")), expected, "{one:?} {two:?}");
        assert_eq!(taken(edit(two.clone(), "b"), edit(one.clone(), "a")), expected, "{two:?} {one:?}");
    }
}

#[test]
fn fixes_that_share_an_edit_are_taken_together_and_a_fix_is_taken_whole() {
    let shared = edit(4..5, "");
    let fixes = [
        fix(&[shared.clone(), edit(8..9, "x")]),
        fix(&[edit(1..2, "y"), shared.clone()]),
        fix(&[edit(4..5, "z"), edit(20..21, "w")]),
    ];
    let (edits, taken) = choose(&fixes.each_ref());
    assert_eq!(edits, [edit(1..2, "y"), shared, edit(8..9, "x")]);
    assert_eq!(taken, [true, true, false]);
}

#[test]
fn differences_are_those_of_each_line_or_of_all() {
    assert_eq!(differences("one\ntwo\nten\n", "one\ntwo\nten\n"), []);
    assert_eq!(differences("one\ntwo\nten\n", "on\ntoo\nten\n"), [edit(2..3, ""), edit(5..6, "o")]);
    assert_eq!(differences("one\ntwo\n", "one\n\ntwo\n"), [edit(4..4, "\n")]);
    assert_eq!(differences("aa\n", "aaa\n"), [edit(2..2, "a")]);
    // Letters that begin with the same byte, and that end with it.
    assert_eq!(differences("aéz", "aèz"), [edit(1..3, "è")]);
    assert_eq!(differences("é", "ĩ"), [edit(0..2, "ĩ")]);
}

/// A cable of so many paragraphs.
fn cable(serial: usize, paragraphs: usize) -> String {
    let mut text = format!("UNCLAS ASTANA 00000{serial}\n\nTAGS: PREL\nSUBJECT: A ROAD\n");
    for number in 1..=paragraphs {
        let _ = writeln!(text, "\n{number}. (U) They  met.");
    }
    text
}

/// A finding for each paragraph of a text, by its place among them: the fix of those that are `good` takes a space away, and
/// that of the others changes the portion mark, which it does not declare.
fn found(text: &str, is_good: impl Fn(usize) -> bool) -> Vec<Diagnostic> {
    let edits = text.match_indices("U) They  met").enumerate().map(|(index, (mark, _))| {
        let space = mark + "U) They".len();
        if is_good(index) { edit(space..space + 1, "") } else { edit(mark..mark + 1, "C") }
    });
    let finding = |edit: TextEdit| Diagnostic {
        rule: rule("TXT001").expect("a rule"),
        severity: Severity::Warning,
        range: edit.range.clone(),
        message: String::new(),
        related: Vec::new(),
        tags: Vec::new(),
        fix: Some(fix(&[edit])),
    };
    edits.map(finding).collect()
}

fn together(text: &str, found: &[Diagnostic]) -> Round {
    let document = Document::new(text, &Catalog::built_in());
    Repairer::new(&Settings::default()).together(&document, found, (0..found.len()).collect())
}

#[test]
fn what_cannot_be_proved_is_left_out_and_the_rest_is_applied() {
    let one_cable = cable(1, 5);
    let two_cables = format!("{}\nDOE\n\nNNNN\n\n{}", cable(1, 2), cable(2, 3));
    for text in [one_cable, two_cables] {
        for bad in 0..5 {
            let found = found(&text, |index| index != bad);
            let round = together(&text, &found);
            assert_eq!(round.applied, (0..5).filter(|&index| index != bad).collect::<Vec<_>>(), "{bad} of {text}");
            let [(index, Refusal::Reading { path, .. })] = &round.refused[..] else { panic!("{:?}", round.refused) };
            assert_eq!((*index, path.contains(".mark")), (bad, true), "{path}");
            assert_eq!(round.edits.len(), 4);
            assert_eq!(round.after.expect("a document").rope().to_string(), apply(&text, &round.edits));
        }
    }
}

/// The first fix writes anew what the second is about, and does not fix it.
#[test]
fn a_fix_that_waits_for_another_is_safe_where_it_is_proved_after_it() {
    let text = cable(1, 3).replace("1. (U)", "11. (U)").replace("2. (U)", "12. (U)").replace("3. (U)", "13. (U)");
    let document = Document::new(&text, &Catalog::built_in());
    let mut repairer = Repairer::new(&Settings::default());
    let mut found = repairer.check(&document);
    found.retain(|one| one.rule.code == "TXT001");
    let places: Vec<Range<usize>> =
        found.iter().map(|one| one.fix.as_ref().expect("a fix").edits[0].range.clone()).collect();
    assert_eq!(places.len(), 3);
    let first = found[0].fix.as_mut().expect("a fix");
    first.edits.push(edit(places[1].clone(), &text[places[1].clone()]));
    assert_eq!(repairer.round(&document, &found, FixSafety::Safe).applied, [0, 2]);
    prove(&mut repairer, &document, &mut found);
    let safe = found.iter().map(|one| one.fix.as_ref().expect("a fix").safety == FixSafety::Safe);
    assert_eq!(safe.collect::<Vec<_>>(), [true, true, true]);
}

#[test]
fn a_cable_is_read_again_so_often_and_not_more() {
    // Of 33 that are refused, each half and each half of a half was tried: 64 proofs, and the first.
    for (bad, untried) in [(33, 0), (34, 2)] {
        let text = cable(1, bad);
        let round = together(&text, &found(&text, |_| false));
        assert!(round.after.is_none());
        assert_eq!(round.refused.len(), bad);
        let left: Vec<usize> =
            round.refused.iter().filter(|(_, why)| *why == Refusal::Untried).map(|(index, _)| *index).collect();
        assert_eq!(left, (bad - untried..bad).collect::<Vec<_>>());
    }
}
