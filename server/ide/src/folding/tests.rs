//! Folds as `first-last collapsed`, lines from 1.

use cable_catalog::Catalog;
use cable_syntax::Document;

use super::{Fold, FoldKind, folds, nested};

fn read(text: &str) -> Vec<String> {
    let shown = folds(&Document::new(text, &Catalog::built_in())).into_iter().map(|fold| {
        let kind = if fold.kind == FoldKind::Wrapper { "# " } else { "" };
        format!("{}-{} {kind}{}", fold.first_line + 1, fold.last_line + 1, fold.collapsed)
    });
    shown.collect()
}

const CABLE: &str = "\
R 140826Z SEP 07
FM AMEMBASSY ASTANA
UNCLAS ASTANA 002541

TAGS: PREL
SUBJECT: A ROAD
AND MORE

1. (U) One line.

2. (C) The road
is long.

THE ROAD NORTH

3. (U) It is short.

4. It is

ASTANA 00002541  002 OF 002

wide.

DOE
NNNN
#2541
";

#[test]
fn parts_of_a_cable() {
    assert_eq!(
        read(CABLE),
        [
            "1-2 envelope",
            "3-7 header",
            "11-12 ¶2 (C) The road",
            "14-22 THE ROAD NORTH",
            "18-22 ¶4 It is",
            "25-26 trailer",
        ]
    );
}

#[test]
fn each_cable_of_several() {
    let second = CABLE.replace("2541", "2542");
    let found = read(&format!("{CABLE}{second}"));
    assert_eq!(found[0], "1-26 07ASTANA2541 A ROAD AND MORE");
    assert_eq!(found[7], "27-52 07ASTANA2542 A ROAD AND MORE");
    assert_eq!(found[8], "27-28 envelope");
}

#[test]
fn wrappers() {
    let wrapped =
        CABLE.replace("#2541\n", "#2541\n\n=======================CABLE ENDS============================\n>\n");
    assert_eq!(read(&wrapped).last().map(String::as_str), Some("28-29 # =======================CABLE…"));
}

#[test]
fn text_that_is_no_cable_has_none() {
    assert_eq!(read("One.\n\nTwo\nthree.\n"), [""; 0]);
    assert_eq!(read(""), [""; 0]);
}

#[test]
fn folds_that_share_a_line_are_apart() {
    let fold = |first_line, last_line| Fold { first_line, last_line, kind: FoldKind::Part, collapsed: String::new() };
    let lines = |folds: Vec<Fold>| -> Vec<(usize, usize)> {
        nested(folds).into_iter().map(|fold| (fold.first_line, fold.last_line)).collect()
    };
    assert_eq!(lines(vec![fold(3, 5), fold(0, 3)]), [(0, 2), (3, 5)]);
    assert_eq!(lines(vec![fold(0, 9), fold(1, 4), fold(4, 6), fold(4, 5)]), [(0, 9), (1, 3), (4, 6), (4, 5)]);
    assert_eq!(lines(vec![fold(0, 1), fold(1, 2), fold(1, 2)]), [(1, 2)]);
}
