//! Lists and keywords of every shape.

use super::*;

/// Letter, text and canonical id with the year 2007 where none is written.
fn entries(text: &str) -> Vec<(Option<char>, &str, Option<String>)> {
    read(text, &Catalog::built_in())
        .into_iter()
        .map(|reference| {
            let id = reference
                .compact_post
                .zip(reference.serial)
                .map(|(post, serial)| format!("{:02}{post}{serial}", reference.year.unwrap_or(2007).rem_euclid(100)));
            (reference.letter.map(|letter| letter.0), reference.span.text(text), id)
        })
        .collect()
}

#[test]
fn reads_lists_of_every_shape() {
    let id = |id: &str| Some(id.to_owned());
    assert_eq!(entries("State 126089"), [(None, "State 126089", id("07STATE126089"))]);
    assert_eq!(
        entries("A. ASTANA 515 B. 06 ASTANA 121"),
        [(Some('A'), "ASTANA 515", id("07ASTANA515")), (Some('B'), "06 ASTANA 121", id("06ASTANA121"))]
    );
    assert_eq!(
        entries("A. ASTANA 1516\n[1](#)B. ASTANA 2002"),
        [(Some('A'), "ASTANA 1516", id("07ASTANA1516")), (Some('B'), "ASTANA 2002", id("07ASTANA2002"))]
    );
    assert_eq!(
        entries("(A) TEL AVIV 701 (08), (B) STATE 99685 (NOTAL)"),
        [(Some('A'), "TEL AVIV 701 (08)", id("08TELAVIV701")), (Some('B'), "STATE 99685 (NOTAL)", id("07STATE99685"))]
    );
    assert_eq!(
        entries("A JAKARTA 1160 B JAKARTA 1157"),
        [(Some('A'), "JAKARTA 1160", id("07JAKARTA1160")), (Some('B'), "JAKARTA 1157", id("07JAKARTA1157"))]
    );
    assert_eq!(
        entries("ASTANA 2799 AND 2764"),
        [(None, "ASTANA 2799", id("07ASTANA2799")), (None, "2764", id("07ASTANA2764"))]
    );
}

#[test]
fn reads_letters_of_every_kind_over_several_lines() {
    let ids = |text| entries(text).into_iter().map(|(letter, _, id)| (letter, id)).collect::<Vec<_>>();
    let id = |letter, id: &str| (Some(letter), Some(id.to_owned()));
    assert_eq!(
        ids("A. ASTANA 379 B. ALMATY\n412 c. MOSCOW 36 D. 06\nTASHKENT 1205"),
        [id('A', "07ASTANA379"), id('B', "07ALMATY412"), id('C', "07MOSCOW36"), id('D', "06TASHKENT1205")]
    );
    assert_eq!(
        entries("a. 08 State 77001\nb. Td-314/000123-09\nc. Astana 1001"),
        [
            (Some('A'), "08 State 77001", Some("08STATE77001".to_owned())),
            (Some('B'), "Td-314/000123-09", None),
            (Some('C'), "Astana 1001", Some("07ASTANA1001".to_owned())),
        ]
    );
    assert_eq!(ids("(A) ASTANA 1 (B) ALMATY 2 (C ) MOSCOW 36").last(), Some(&id('C', "07MOSCOW36")));
    assert_eq!(ids("(A) ASTANA 4711, (B) 4747"), [id('A', "07ASTANA4711"), id('B', "07ASTANA4747")]);
    assert_eq!(ids("A: ASTANA 1\nREF B: ALMATY 2"), [id('A', "07ASTANA1"), id('B', "07ALMATY2")]);
    assert_eq!(entries("A: ASTANA 1\nREF B: ALMATY 2")[0].1, "ASTANA 1");
    assert_eq!(
        ids("A. ASTANA 14201B. ALMATY 133C. MOSCOW 36"),
        [id('A', "07ASTANA14201"), id('B', "07ALMATY133"), id('C', "07MOSCOW36")]
    );
    assert_eq!(entries("A. ASTANA 14201B. ALMATY 133")[0].1, "ASTANA 14201");
    assert_eq!(entries("ASTANA 14201B. THE OTHER"), [(None, "ASTANA 14201B. THE OTHER", None)]);
    assert_eq!(ids("A. A) ASTANA 1 B. B) ALMATY 2"), [id('A', "07ASTANA1"), id('B', "07ALMATY2")]);
    assert_eq!(ids("ASTANA 1516 OF OCTOBER 22,\n1974"), [(None, Some("74ASTANA1516".to_owned()))]);
    assert_eq!(
        ids("ASTANA 433 ASTANA 421 ALMATY 709 2006 MOSCOW 542"),
        ["07ASTANA433", "07ASTANA421", "07ALMATY709", "06MOSCOW542"].map(|id| (None, Some(id.to_owned())))
    );
    assert_eq!(
        ids("09ASTANA0561; 08ALMATY2528"),
        ["09ASTANA561", "08ALMATY2528"].map(|id| (None, Some(id.to_owned())))
    );
    assert_eq!(entries("A) STATE 1; B) DOE-ROE 11/10/09 EMAIL")[1], (Some('B'), "DOE-ROE 11/10/09 EMAIL", None));
    assert_eq!(entries("ATTACHMENT 1 TO THE LETTER"), [(None, "ATTACHMENT 1 TO THE LETTER", None)]);
    assert_eq!(ids("ASTANA 00001516"), [(None, Some("07ASTANA1516".to_owned()))]);
}

#[test]
fn keeps_what_is_no_cable_as_text() {
    assert_eq!(
        entries("A) DOE - EMBASSY VATICAN EMAIL APRIL 19, B) VATICAN 76"),
        [
            (Some('A'), "DOE - EMBASSY VATICAN EMAIL APRIL 19", None),
            (Some('B'), "VATICAN 76", Some("07VATICAN76".to_owned()))
        ]
    );
    assert_eq!(entries("DOE-ROE TELCON"), [(None, "DOE-ROE TELCON", None)]);
    assert_eq!(entries("A. 09BOGOTA1506")[0].2.as_deref(), Some("09BOGOTA1506"));
    assert_eq!(entries("07 kinshasa 798")[0].2.as_deref(), Some("07KINSHASA798"));
    assert_eq!(entries("2962"), [(None, "2962", None)]);
    assert_eq!(entries("  "), []);
}

#[test]
fn reads_the_keyword() {
    for text in [
        "REF.: X",
        "Ref A: ASTANA 515",
        "RFE: ASTANA 515",
        "RFE: A. ASTANA 515",
        "REEF: ASTANA 515",
        "REF: X",
        "REFS: X",
        "REF(S): X",
        "REFTELS: X",
        "Ref: X",
        "REF; CAIRO 7225",
        "REF ASTANA 515",
        "REF: ",
    ] {
        assert!(keyword(text).is_some(), "{text}");
    }
    for text in
        ["REFERRING to", "REF A was", "Ref A says", "REFORM: X", "RFE: THE RADIO SAID", "REEF: THE FISH ARE GONE"]
    {
        assert_eq!(keyword(text), None, "{text}");
    }
}
