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

const WHOLE: &str = "\
VZCZCAST0605
RR RUEHC
DE RUEHTA #0605/01 0651015
ZNR UUUUU ZZH
R 061015Z MAR 07
FM AMEMBASSY ASTANA
TO RUEHC/SECSTATE WASHDC 9912
INFO RUEHAST/USOFFICE ALMATY

UNCLAS SECTION 01 OF 02 ASTANA 000605

SIPDIS

E.O. 12958: N/A
TAGS: PREL
SUBJECT: A ROAD

1. (U) It began in May.
";

/// What becomes of an edit of the whole cable that may change any letters: the path it may not change, what it would cause,
/// or nothing.
fn refusal(old: &str, new: &str, changes: &[Change]) -> Option<String> {
    let start = WHOLE.find(old).expect("the text");
    let edits = [TextEdit { range: start..start + old.len(), text: new.to_owned() }];
    let proposal = Proposal { rule: None, edits: &edits, changes, letters: Letters::Any };
    match Prover::new(&Settings::default()).prove(&Document::new(WHOLE, &Catalog::built_in()), &[proposal]) {
        Ok(_) => None,
        Err(Refusal::Reading { path, .. }) => Some(path),
        Err(other) => Some(other.to_string()),
    }
}

#[test]
fn the_value_of_each_line_has_keys_of_its_own() {
    for (old, new, path) in [
        ("VZCZCAST0605", "VZCZCAST0606", "transmission_id.text"),
        ("RR RUEHC", "RR RUEHAST", "routing.text"),
        ("#0605/01", "#0605/02", "de.text"),
        ("ZNR UUUUU", "ZNY CCCCC", "opsig.text"),
        ("061015Z", "061016Z", "dtg"),
        ("FM AMEMBASSY ASTANA", "FM AMEMBASSY DUSHANBE", "from"),
        ("SECSTATE WASHDC", "AMEMBASSY DUSHANBE", "to.0.plad"),
        ("USOFFICE ALMATY", "AMEMBASSY DUSHANBE", "info.0.plad"),
        ("SECTION 01 OF 02", "SECTION 01 OF 03", "section.of"),
        ("SIPDIS", "NODIS", "captions.0"),
        ("N/A", "DECL: 03/06/2017", "eo"),
        ("PREL", "PHUM", "tags.0"),
        ("A ROAD", "A RIVER", "subject"),
    ] {
        assert_eq!(refusal(old, new, &[]).as_deref(), Some(path), "{old}");
        assert_eq!(refusal(old, new, &[Change::Marker]).as_deref(), Some(path), "{old}");
        assert_eq!(refusal(old, new, &[Change::Value]), None, "{old}");
        assert_eq!(refusal(old, new, &[Change::Field]), None, "{old}");
    }
    // What the envelope says of the same is for the rules.
    for (old, new, path, rule) in [
        ("UNCLAS", "CONFIDENTIAL", "classification", "ENV011"),
        ("ASTANA 000605", "ASTANA 000606", "canonical_id", "ENV006"),
    ] {
        assert_eq!(refusal(old, new, &[]).as_deref(), Some(path), "{old}");
        let caused = refusal(old, new, &[Change::Value]).expect("a finding");
        assert!(caused.starts_with(&format!("it would cause {rule}: ")), "{caused}");
    }
}

#[test]
fn a_line_that_goes_is_a_change_of_its_field_and_not_of_its_value() {
    for (line, place) in [
        ("VZCZCAST0605\n", "header_lines.ti"),
        ("RR RUEHC\n", "header_lines.routing"),
        ("DE RUEHTA #0605/01 0651015\n", "header_lines.de"),
        ("ZNR UUUUU ZZH\n", "header_lines.opsig"),
        ("R 061015Z MAR 07\n", "header_lines.dtg"),
        ("INFO RUEHAST/USOFFICE ALMATY\n", "header_lines.info"),
        ("SIPDIS\n", "header_lines.captions"),
        ("TAGS: PREL\n", "tags_line"),
    ] {
        assert_eq!(refusal(line, "", &[Change::Value]).as_deref(), Some(place), "{line}");
        assert_eq!(refusal(line, "", &[Change::Field]), None, "{line}");
    }
    // Their lack is a finding.
    for (line, place, rule) in [
        ("FM AMEMBASSY ASTANA\n", "header_lines.from", "ADR001"),
        ("TO RUEHC/SECSTATE WASHDC 9912\n", "header_lines.to", "ADR001"),
        ("E.O. 12958: N/A\n", "header_lines.eo", "HDR001"),
        ("SUBJECT: A ROAD\n", "subject_lines", "HDR012"),
    ] {
        assert_eq!(refusal(line, "", &[Change::Value]).as_deref(), Some(place), "{line}");
        let caused = refusal(line, "", &[Change::Field]).expect("a finding");
        assert!(caused.starts_with(&format!("it would cause {rule}: ")), "{caused}");
    }
}

#[test]
fn a_refusal_says_why() {
    let reading = Refusal::Reading { path: "paragraphs.2.n".to_owned(), before: "3".to_owned(), after: "4".to_owned() };
    let finding = Refusal::Finding { code: "PAR001", message: "paragraph 4 follows paragraph 2".to_owned() };
    let letters = Refusal::Letters { old: "ROAD".to_owned(), new: "RIVER".to_owned() };
    for (why, says) in [
        (Refusal::Place, "its edits are not inside one cable"),
        (letters, "it would turn \"ROAD\" into \"RIVER\""),
        (Refusal::Cables, "it would change which cables the text holds"),
        (reading, "it would change paragraphs.2.n from 3 to 4"),
        (finding, "it would cause PAR001: paragraph 4 follows paragraph 2"),
        (Refusal::Untried, "too many other fixes of this cable were refused"),
    ] {
        assert_eq!(why.to_string(), says);
    }
}
