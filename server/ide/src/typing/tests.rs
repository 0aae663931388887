//! What waits while a cable is typed, and what does not.

use cable_catalog::Catalog;
use cable_lint::{Settings, check};
use cable_syntax::Edit;
use proptest::prelude::*;

use super::*;

const CABLE: &str = concat!(include_str!("../../../../tests/src/library.cable"), "DOE\nBT\n#0312\n");

/// A document and what was typed in it.
struct Desk {
    document: Document,
    typing: Typing,
}

impl Desk {
    fn open(text: &str) -> Self {
        Self { document: Document::new(text, &Catalog::built_in()), typing: Typing::default() }
    }

    /// A new cable, typed as far as the needle.
    fn typed_before(needle: &str) -> Self {
        let mut desk = Self::open("");
        desk.write(&CABLE[..CABLE.find(needle).expect("it is there")]);
        desk
    }

    /// Types at the end, key by key.
    fn write(&mut self, text: &str) -> &mut Self {
        for key in text.chars() {
            self.replace(self.document.len()..self.document.len(), key.encode_utf8(&mut [0; 4]));
        }
        self
    }

    /// Writes over the first place where a text is.
    fn write_over(&mut self, old: &str, new: &str) -> &mut Self {
        let text = self.document.rope().to_string();
        let start = text.find(old).expect("it is there");
        self.replace(start..start + old.len(), new)
    }

    fn replace(&mut self, range: Range<usize>, text: &str) -> &mut Self {
        self.document.apply(&Edit { range: range.clone(), text });
        self.typing.edit(range, text.len());
        self
    }

    fn pause(&mut self) -> &mut Self {
        self.typing = self.typing.clone().paused();
        self
    }

    fn save(&mut self) -> &mut Self {
        self.typing = Typing::default();
        self
    }

    /// The rules whose findings are shown, and those whose findings wait.
    fn shown(&self) -> Vec<&'static str> {
        self.found().into_iter().filter(|(_, wait)| wait.is_none()).map(|(code, _)| code).collect()
    }

    fn found(&self) -> Vec<(&'static str, Option<Wait>)> {
        let found = check(&self.document, &Settings::default());
        let watch = self.typing.watch(&self.document);
        found.iter().map(|found| (found.rule.code, watch.wait(found.rule, &found.range))).collect()
    }
}

#[test]
fn before_any_edit_and_after_a_save_everything_is_shown() {
    let cut = &CABLE[..CABLE.find("SUBJECT").expect("it is there")];
    let mut desk = Desk::open(cut.trim_end());
    let all = desk.shown();
    assert!(all.contains(&"HDR012") && all.contains(&"TXT011"), "{all:?}");
    desk.write("\nS");
    assert_eq!(desk.shown(), [] as [&str; 0]);
    assert!(desk.save().shown().contains(&"HDR012"));
}

#[test]
fn a_correct_cable_is_typed_in_silence() {
    let mut desk = Desk::open("");
    for key in CABLE.chars() {
        assert_eq!(desk.write(key.encode_utf8(&mut [0; 4])).shown(), [] as [&str; 0]);
    }
}

#[test]
fn a_problem_waits_until_its_line_is_left() {
    let mut desk = Desk::typed_before("SIPDIS");
    assert_eq!(desk.write("STPDIS").shown(), [] as [&str; 0]);
    assert_eq!(desk.write("\n").shown(), [] as [&str; 0]);
    assert_eq!(desk.write("\n").shown(), ["CLS005"]);
    let mut desk = Desk::typed_before("SIPDIS");
    assert_eq!(desk.write("STPDIS").pause().shown(), ["CLS005"]);
    // Who goes on typing is left alone again.
    assert_eq!(desk.write(" ").shown(), [] as [&str; 0]);
    assert!(desk.save().shown().contains(&"CLS005"));
}

#[test]
fn a_missing_part_is_missed_when_a_later_one_has_come() {
    let mut desk = Desk::typed_before("TAGS");
    assert_eq!(desk.pause().shown(), [] as [&str; 0]);
    assert_eq!(desk.write("SUBJECT: A LIBRARY").shown(), [] as [&str; 0]);
    assert_eq!(desk.write("\n").shown(), ["HDR008"]);
}

#[test]
fn what_depends_on_the_addressees_waits_for_the_last_of_them() {
    let mut desk = Desk::open("");
    let text = CABLE.replace("PP RUEHDBU", "OO RUEHDBU");
    let (envelope, rest) = text.split_once("BT\n").expect("it is there");
    assert_eq!(desk.write(envelope).shown(), ["ENV013"]);
    assert_eq!(desk.write("BT\n").shown(), ["ENV004", "ENV013"]);
    assert_eq!(desk.write(rest).shown(), ["ENV004", "ENV013"]);
    // In a cable that stands, while somebody is at work among them.
    let mut desk = Desk::open(CABLE);
    assert_eq!(desk.write_over(" PRIORITY 8614", " PRIO 8614").shown(), [] as [&str; 0]);
    assert!(
        desk.found().iter().any(|&(code, wait)| code == "ENV004" && wait == Some(Wait::Pause)),
        "{:?}",
        desk.found()
    );
    assert!(desk.pause().shown().contains(&"ENV004"));
}

#[test]
fn spaces_wait_for_a_save_where_lines_were_edited() {
    let mut desk = Desk::open(&CABLE.replace("SIPDIS", "SIPDIS "));
    assert_eq!(desk.write_over("Jane Doe", "Jane Doe ").pause().shown(), ["TXT011"]);
    assert_eq!(desk.write_over("SIPDIS ", "SIPDIS  ").pause().shown(), [] as [&str; 0]);
    assert_eq!(desk.save().shown(), ["TXT011"]);
}

#[test]
fn what_is_pasted_is_judged_but_for_its_last_line() {
    let misspelled = CABLE.replace("SIPDIS", "STPDIS").replace("#0312\n", "#0312");
    let mut desk = Desk::open("");
    assert_eq!(desk.replace(0..0, &misspelled).shown(), ["CLS005"]);
    assert_eq!(desk.save().shown(), ["CLS005", "TXT011"]);
}

#[test]
fn an_edit_inside_hides_nothing_that_is_missing() {
    let lines = CABLE.replace("SUBJECT: A LIBRARY OPENS IN THE NORTH\n", "");
    let mut desk = Desk::open(&lines);
    assert_eq!(desk.shown(), ["HDR012"]);
    assert_eq!(desk.write_over("reading room", "garden").shown(), ["HDR012"]);
    assert_eq!(desk.write_over("#0312\n", "#0312\n\n").shown(), ["HDR012"]);
}

#[test]
fn only_the_cable_that_is_written_may_be_unfinished() {
    let cut = &CABLE[..CABLE.find("SUBJECT").expect("it is there")];
    let mut desk = Desk::open("");
    desk.write(cut);
    assert_eq!(desk.shown(), [] as [&str; 0]);
    assert!(desk.write(&CABLE.replace("0312", "0313")).shown().contains(&"HDR012"));
}

#[test]
fn many_places_are_few_stretches() {
    let mut typing = Typing::default();
    for place in (0..1_000).rev() {
        typing.edit(place * 10..place * 10 + 1, 1);
    }
    assert_eq!(typing.edited.len(), MOST_STRETCHES);
    assert!(typing.edited.is_sorted_by(|one, next| one.end < next.start));
}

proptest! {
    #[test]
    fn every_letter_that_came_is_in_a_stretch(edits in prop::collection::vec((0usize..40, 0usize..10, "[A-Z]{0,6}"), 1..20)) {
        let (mut text, mut typing) = ("a".repeat(30), Typing::default());
        for (start, length, new) in edits {
            let start = start.min(text.len());
            let range = start..(start + length).min(text.len());
            text.replace_range(range.clone(), &new);
            typing.edit(range, new.len());
            prop_assert!(typing.edited.is_sorted_by(|one, next| one.end < next.start));
            prop_assert!(typing.edited.iter().all(|stretch| stretch.end <= text.len()));
            let is_in = |at: usize| typing.edited.iter().any(|stretch| stretch.contains(&at));
            prop_assert!(text.bytes().enumerate().all(|(at, letter)| letter.is_ascii_lowercase() || is_in(at)));
        }
    }
}
