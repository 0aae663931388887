//! Proposals that do what they declare are proved; those that do more are refused, and say why.

use cable_catalog::Catalog;
use cable_syntax::Document;

use super::{Proposal, Prover, Refusal};
use crate::{Change, Letters, Settings, TextEdit};

const CABLE: &str = "\
C O N F I D E N T I A L ASTANA 000605

SIPDIS

E.O. 12958: DECL: 03/06/2017
TAGS: PREL, KZ
SUBJECT: A ROAD

Classified By: DCM JOHN DOE. Reasons: 1.4 (b) and (d).

11. (C) Summary.

12. (U) It began in May.

13. (C) It ended.

DOE
";

/// The edit that puts `new` in the place of `old`, which is in the cable once.
#[track_caller]
fn edit(old: &str, new: &str) -> TextEdit {
    let mut places = CABLE.match_indices(old);
    let (start, _) = places.next().expect("the text");
    assert!(places.next().is_none(), "{old:?} is there more than once");
    TextEdit { range: start..start + old.len(), text: new.to_owned() }
}

fn prove(edits: &[TextEdit], changes: &[Change], letters: Letters) -> Result<String, Refusal> {
    let document = Document::new(CABLE, &Catalog::built_in());
    let proposal = Proposal { rule: None, edits, changes, letters };
    let after = Prover::new(&Settings::default()).prove(&document, &[proposal])?;
    Ok(after.rope().to_string())
}

#[test]
fn what_changes_as_declared_is_proved() {
    let all = [edit("11. (C)", "1. (C)"), edit("12. (U)", "2. (U)"), edit("13. (C)", "3. (C)")];
    let after = prove(&all, &[Change::Marker], Letters::Sign).expect("a proof");
    assert_eq!(after, CABLE.replace("\n1", "\n"));
    assert!(prove(&[edit("PREL, KZ", "PREL  KZ")], &[], Letters::Kept).is_ok());
    assert!(prove(&[edit("PREL, KZ", "PREL, PHUM")], &[Change::Value], Letters::Any).is_ok());
}

#[test]
fn what_changes_more_is_refused() {
    let path = |result: Result<String, Refusal>| match result {
        Err(Refusal::Reading { path, .. }) => path,
        other => panic!("{other:?}"),
    };
    assert_eq!(path(prove(&[edit("13. (C)", "4. (C)")], &[Change::Marker], Letters::Any)), "paragraphs.2.n");
    assert_eq!(path(prove(&[edit("12. (U)", "12. (C)")], &[Change::Marker], Letters::Any)), "paragraphs.1.mark");
    // A mark that is well formed needs no fix.
    assert_eq!(path(prove(&[edit("12. (U)", "12. (C)")], &[Change::PortionMark], Letters::Any)), "paragraphs.1.mark");
    assert_eq!(path(prove(&[edit("12. (U) It began in May.\n\n", "")], &[Change::Marker], Letters::Any)), "paragraphs");
    assert_eq!(path(prove(&[edit("PREL, KZ", "PRELKZ")], &[], Letters::Kept)), "tags");
    assert_eq!(path(prove(&[edit("000605", "000606")], &[Change::Marker], Letters::Any)), "mrn");
    assert_eq!(path(prove(&[edit("SIPDIS", "SIPDIS\n\nEXDIS")], &[Change::Lines], Letters::Any)), "captions");
}

#[test]
fn lines_are_compared_as_the_edits_move_them() {
    let below = [edit("SUBJECT: A ROAD", "SUBJECT: A ROAD\n\n")];
    assert!(prove(&below, &[], Letters::Kept).is_ok(), "all lines below move alike");
    let split = [edit("It began in May.", "It began\nin May.")];
    assert!(matches!(prove(&split, &[], Letters::Kept), Err(Refusal::Reading { .. })));
    assert!(prove(&split, &[Change::Lines], Letters::Kept).is_ok());
}

#[test]
fn letters_cables_and_places_are_held() {
    assert!(matches!(
        prove(&[edit("A ROAD", "A RIVER")], &[Change::Value], Letters::Kept),
        Err(Refusal::Letters { .. })
    ));
    let second = edit("DOE\n", "DOE\nNNNN\nUNCLAS ASTANA 000606\n\nSUBJECT: X\n");
    assert_eq!(prove(&[second], &[Change::Field, Change::Lines], Letters::Any), Err(Refusal::Cables));
    let outside = TextEdit { range: CABLE.len()..CABLE.len() + 1, text: String::new() };
    assert_eq!(prove(&[outside], &[], Letters::Any), Err(Refusal::Place));
    let overlapping = [edit("A ROAD", "A ROAD"), edit("ROAD\n", "ROAD\n")];
    assert_eq!(prove(&overlapping, &[], Letters::Any), Err(Refusal::Place));
}

#[test]
fn a_warning_that_appears_elsewhere_is_harm_and_one_about_the_repaired_field_is_not() {
    let end = prove(&[edit("It began in May.", "It began in May. END COMMENT.")], &[Change::Value], Letters::Any);
    assert!(matches!(end, Err(Refusal::Finding { .. })), "{end:?}");
    // An unknown TAG in the field that is fixed could not be seen before.
    assert!(prove(&[edit("PREL, KZ", "PREL, POLITICAL")], &[Change::Value], Letters::Any).is_ok());
}
