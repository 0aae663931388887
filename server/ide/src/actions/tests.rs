//! Actions at a cursor `$0` in small invented cables: what is offered, and the text after it.

use cable_catalog::Catalog;
use cable_lint::{Settings, check, fix};
use cable_syntax::Document;

use super::{Action, ActionKind, actions, fix_all};

const CABLE: &str = "\
R 140826Z SEP 07
FM AMEMBASSY ASTANA
TO RUEHC/SECSTATE WASHDC 0680
BT
C O N F I D E N T I A L ASTANA 002541

SIPDIS

E.O. 12958: DECL: 09/14/2017
TAGS: PREL OVIP (ROE, JANE) KZ
SUBJECT: NOTES ON A ROAD

REF: A. ASTANA 515 B. 06 MOSCOW 121 (NOTAL) C. ALMATY 77

Classified By: DCM JOHN DOE. Reasons: 1.4 (b) and (d).

1. (U) It began in May (ref C). Refs C and
A say more. Nobody asked.

2. (C) The second day was long.
It ended at ten.

THE ROAD NORTH

¶3. (C//NF) The third was short.

4.  (C) Nothing else.

DOE
";

/// A cable whose cursor is at `$0` in a line of it, and the byte of the cursor.
#[track_caller]
fn at(cable: &str, line: &str) -> (Document, usize) {
    let plain = line.replacen("$0", "", 1);
    let places: Vec<usize> = cable.match_indices(&plain).map(|(at, _)| at).collect();
    assert_eq!(places.len(), 1, "{plain:?} must be in the cable once");
    let cursor = places[0] + line.find("$0").expect("a cursor");
    (Document::new(cable, &Catalog::built_in()), cursor)
}

#[track_caller]
fn offered(cable: &str, line: &str) -> Vec<Action> {
    let (document, cursor) = at(cable, line);
    actions(&document, &(cursor..cursor))
}

#[track_caller]
fn titles(cable: &str, line: &str) -> Vec<String> {
    offered(cable, line).into_iter().map(|action| action.title).collect()
}

/// Applies the action of a title and checks the text after it.
#[track_caller]
fn check_action(cable: &str, line: &str, title: &str, changes: &[(&str, &str)]) -> String {
    let offered = offered(cable, line);
    let action = offered.iter().find(|action| action.title == title);
    let action = action.unwrap_or_else(|| panic!("{title:?} is not among {offered:#?}"));
    let mut expected = cable.to_owned();
    for (from, to) in changes {
        assert_eq!(expected.matches(from).count(), 1, "{from:?} must be there once");
        expected = expected.replace(from, to);
    }
    let after = fix::apply(cable, &action.edits);
    assert_eq!(after, expected);
    after
}

#[test]
fn joins_a_paragraph_with_the_next() {
    let title = "Join paragraphs 1 and 2, marked (C)";
    let changes =
        [("1. (U)", "1. (C)"), ("asked.\n\n2. (C) The", "asked.\nThe"), ("¶3.", "¶2."), ("4.  (C)", "3.  (C)")];
    check_action(CABLE, "It be$0gan", title, &changes);
    let changes = [("short.\n\n4.  (C) Nothing", "short. Nothing")];
    check_action(CABLE, "short$0.", "Join paragraphs 3 and 4", &changes);
    // A heading is between, or no paragraph follows.
    assert_eq!(titles(CABLE, "$0The second"), [""; 0]);
    assert_eq!(titles(CABLE, "Nothing e$0lse"), [""; 0]);
}

#[test]
fn joins_no_marks_that_do_not_compare() {
    let join = |first: &str, second: &str| {
        let cable = CABLE.replace("¶3. (C//NF)", &format!("3. {first}")).replace("4.  (C)", &format!("4. {second}"));
        let title = titles(&cable, "The third$0 was").into_iter().find(|title| title.starts_with("Join"));
        title.map(|title| title.replace("Join paragraphs 3 and 4", ""))
    };
    assert_eq!(join("(C)", "(C)").as_deref(), Some(""));
    assert_eq!(join("(C)", "(U)").as_deref(), Some(""));
    assert_eq!(join("(C)", "(C//NF)").as_deref(), Some(", marked (C//NF)"));
    assert_eq!(join("(U)", "(C//NF)").as_deref(), Some(", marked (C//NF)"));
    assert_eq!(join("(SBU/NF)", "(C)"), None);
    assert_eq!(join("(C//NF)", "(C//REL GBR)"), None);
    assert_eq!(join("", "(C)"), None);
    assert_eq!(join("(C)", ""), None);
}

#[test]
fn splits_a_paragraph_at_the_cursor() {
    let changes = [
        ("May (ref C). Refs", "May (ref C).\n\n2. (U) Refs"),
        ("2. (C) The", "3. (C) The"),
        ("¶3.", "¶4."),
        ("4.  (C)", "5.  (C)"),
    ];
    check_action(CABLE, "(ref C). $0Refs", "Split paragraph 1 here", &changes);
    // Inside a word the split moves to the nearest sentence.
    check_action(CABLE, "(ref C). Re$0fs", "Split paragraph 1 here", &changes);
    let changes = [("long.\nIt", "long.\n\n3. (C) It"), ("¶3.", "¶4."), ("4.  (C)", "5.  (C)")];
    check_action(CABLE, "$0It ended", "Split paragraph 2 here", &changes);
    let changes = [("third was", "third\n\n¶4. (C//NF) was"), ("4.  (C)", "5.  (C)")];
    check_action(CABLE, "third$0 was", "Split paragraph 3 here", &changes);
    let changes = [("else.", "else.\n\n5.  (C) So it was.")];
    let longer = CABLE.replace("else.", "else. So it was.");
    let after = check_action(&longer, "else. $0So", "Split paragraph 4 here", &[("else. So", "else.\n\n5.  (C) So")]);
    assert!(after.contains(changes[0].1));
    let windows = CABLE.replace('\n', "\r\n");
    let (document, cursor) = at(&windows, "third$0 was");
    let split = actions(&document, &(cursor..cursor)).into_iter().find(|action| action.kind == ActionKind::Split);
    assert_eq!(split.map(|split| split.edits[0].text.clone()).as_deref(), Some("\r\n\r\n¶4. (C//NF) "));
}

#[test]
fn splits_nothing_at_an_end_or_where_numbers_are_misread() {
    for line in ["(U) $0It began", "2. $0(C)", "short.$0\n", "Not$0hing", "THE $0ROAD", "SIP$0DIS"] {
        let split = titles(CABLE, line).into_iter().find(|title| title.starts_with("Split"));
        assert_eq!(split, None, "{line}");
    }
    for (from, to) in [("2. (C)", "12. (C)"), ("2. (C)", "- 2. (C)"), ("2. (C)", "2 (C)"), ("4.  (C)", "5.  (C)")] {
        assert_eq!(
            titles(&CABLE.replace(from, to), "third$0 was").iter().find(|title| title.starts_with("Split")),
            None
        );
    }
    let cited = CABLE.replace("Nobody asked", "Nobody asked (see para 3)");
    assert!(
        titles(&cited, "third$0 was")[1]
            .ends_with("here (references in the text to paragraph numbers are not changed)")
    );
}

#[test]
fn renumbers_where_a_number_is_wrong() {
    let cable = CABLE.replace("¶3.", "13.");
    assert_eq!(offered(&cable, "third$0 was")[0].kind, ActionKind::Renumber);
}

#[test]
fn sorts_the_references() {
    let title = "Sort the references by first citation";
    let changes = [
        ("A. ASTANA 515 B. 06 MOSCOW 121 (NOTAL) C. ALMATY 77", "A. ALMATY 77 B. ASTANA 515 C. 06 MOSCOW 121 (NOTAL)"),
        ("(ref C)", "(ref A)"),
        ("Refs C and\nA say", "Refs A and\nB say"),
    ];
    let after = check_action(CABLE, "REF: A. AST$0ANA", title, &changes);
    assert_eq!(titles(&after, "REF: A. AL$0MATY"), [""; 0]);
    let small = CABLE.replace("(ref C)", "(ref c)");
    check_action(&small, "REF: A. AST$0ANA", title, &[changes[0], ("(ref c)", "(ref a)"), changes[2]]);
    for (from, to) in [
        ("(ref C)", "(refs A-C)"),
        ("(ref C)", "(ref C.1)"),
        ("(ref C)", "(ref D)"),
        ("C. ALMATY", "B. ALMATY"),
        ("B. 06 MOSCOW", "B. 06 MOSCOW 120 AND"),
        ("A ROAD", "A ROAD (REF A)"),
        ("(ref C). Refs C and\nA", "(reftel). Refs A and\nB"),
    ] {
        assert!(CABLE.contains(from));
        let sort = titles(&CABLE.replace(from, to), "RE$0F: A.").into_iter().find(|found| found == title);
        assert_eq!(sort, None, "{from} {to}");
    }
}

#[test]
fn separates_the_tags() {
    let commas = check_action(
        CABLE,
        "PREL O$0VIP",
        "Separate the TAGS with commas",
        &[("PREL OVIP (ROE, JANE) KZ", "PREL, OVIP (ROE, JANE), KZ")],
    );
    let spaces = check_action(
        &commas,
        "PREL, O$0VIP",
        "Separate the TAGS with spaces",
        &[("PREL, OVIP (ROE, JANE), KZ", "PREL OVIP (ROE, JANE) KZ")],
    );
    assert_eq!(spaces, CABLE);
    let wrapped = CABLE.replace("TAGS: PREL", "TAGS: [PREL](#), PHUM,\nPGOV; ECON");
    let title = "Separate the TAGS with spaces";
    check_action(&wrapped, "ECON$0", title, &[("[PREL](#), PHUM,\nPGOV; ECON", "[PREL](#) PHUM\nPGOV ECON")]);
    let title = "Separate the TAGS with commas";
    check_action(&wrapped, "ECON$0", title, &[("PGOV; ECON OVIP (ROE, JANE) KZ", "PGOV, ECON, OVIP (ROE, JANE), KZ")]);
    assert_eq!(titles(&CABLE.replace(" OVIP (ROE, JANE) KZ", ""), "TAGS: PR$0EL"), [""; 0]);
}

#[test]
fn inserts_the_header_lines_that_are_missing() {
    for (line, title, inserted) in [
        ("E.O. 12958: DECL: 09/14/2017\n", "Insert the E.O. line", "E.O. 12958: DECL: 09/14/2017\n"),
        ("TAGS: PREL OVIP (ROE, JANE) KZ\n", "Insert the TAGS line", "TAGS:\n"),
        ("SUBJECT: NOTES ON A ROAD\n", "Insert the SUBJECT line", "SUBJECT:\n"),
        ("REF: A. ASTANA 515 B. 06 MOSCOW 121 (NOTAL) C. ALMATY 77\n\n", "Insert the REF line", "REF:\n\n"),
        (
            "Classified By: DCM JOHN DOE. Reasons: 1.4 (b) and (d).\n\n",
            "Insert the Classified By line",
            "Classified By: TITLE NAME. Reason: 1.4 ()\n\n",
        ),
    ] {
        let lacking = CABLE.replace(line, "");
        let expected = CABLE.replace(line, inserted);
        for place in ["SIP$0DIS", "$0BT"] {
            let action = offered(&lacking, place);
            assert_eq!(action.len(), 1, "{title}: {action:#?}");
            assert_eq!(action[0].title, title);
            assert_eq!(fix::apply(&lacking, &action[0].edits), expected);
        }
        assert!(titles(&lacking, "4.  (C) No$0thing").iter().all(|found| found != title));
        assert!(titles(&lacking, "FM AM$0EMBASSY").iter().all(|found| found != title));
    }
    assert_eq!(titles(CABLE, "SIP$0DIS"), [""; 0]);
    // Lines that follow each other directly stay apart from the new one.
    let dense = "UNCLAS ASTANA 002541\nSIPDIS\nSUBJECT: A ROAD\n1. (U) It began.\n";
    check_action(dense, "SIP$0DIS", "Insert the TAGS line", &[("SUBJECT", "TAGS:\nSUBJECT")]);
    check_action(dense, "SIP$0DIS", "Insert the REF line", &[("ROAD\n", "ROAD\n\nREF:\n\n")]);
    let titles = titles(dense, "SIP$0DIS");
    assert_eq!(titles, ["Insert the E.O. line", "Insert the TAGS line", "Insert the REF line"]);
}

#[test]
fn fixes_all_of_one_rule() {
    let cable = CABLE.replace("1. (U)", "- 11. (U)").replace("2. (C)", "12. (C)").replace("¶3. (C//NF)", "3.(C//NF)");
    let (document, cursor) = at(&cable, "1$02. (C)");
    let found = check(&document, &Settings::default());
    let actions = fix_all(&document, &found, &(cursor..cursor), &Settings::default());
    let [all] = actions.as_slice() else { panic!("{actions:#?}") };
    assert_eq!((all.kind, all.title.as_str()), (ActionKind::QuickFix, "Fix all 3 misread markers of this cable"));
    let fixed = fix::apply(&cable, &all.edits);
    assert_eq!(fixed, CABLE.replace("¶3.", "3."));
    let document = Document::new(&CABLE.replace("2. (C)", "12. (C)"), &Catalog::built_in());
    let found = check(&document, &Settings::default());
    assert_eq!(fix_all(&document, &found, &(0..document.len()), &Settings::default()), [], "one is no many");
    let captions = CABLE.replace("SIPDIS\n", "SIPDIS\nSIPDIS\nSIPDIS\n");
    let document = Document::new(&captions, &Catalog::built_in());
    let found = check(&document, &Settings::default());
    let actions = fix_all(&document, &found, &(0..document.len()), &Settings::default());
    assert_eq!(
        actions.iter().map(|action| action.title.as_str()).collect::<Vec<_>>(),
        ["Fix all 2 of CLS006 (duplicate-caption) in this cable"]
    );
}
