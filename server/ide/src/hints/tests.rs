//! Hints in small invented cables, shown where an editor shows them: `token⟨words⟩`.

use cable_catalog::Catalog;
use cable_syntax::Document;

use super::*;

const CABLE: &str = "\
PP RUEHDBU RUEHQQQ
DE RUEHTA #2541/01 2570831
ZNY CCCCC ZZH ZZK
P 140826Z SEP 07 ZDS
FM AMEMBASSY ASTANA
TO RUEHC/SECSTATE WASHDC
C O N F I D E N T I A L ASTANA 002541

SIPDIS
STADIS

E.O. 12958: DECL: X1
TAGS: PREL ODIP KDEM OSCE RS KZ QXQX
SUBJECT: A ROAD

Classified By: AMBASSADOR ROE FOR REASONS 1.4 (b) AND (d)

11. (C) One.

¶2. (C) Two.

- ¶13. (C) Three.

l4. (C) Four.

1 5. (C) Five.

DOE
";

/// The text with its hints in it.
fn shown(text: &str, range: Range<usize>, kinds: HintKinds) -> String {
    let document = Document::new(text, &Catalog::built_in());
    let mut shown = text.to_owned();
    for hint in hints(&document, &range, kinds).iter().rev() {
        shown.insert_str(hint.range.end, &format!("⟨{}⟩", hint.label));
    }
    shown
}

/// The lines with hints.
fn hinted(text: &str, kinds: HintKinds) -> Vec<String> {
    shown(text, 0..text.len(), kinds).lines().filter(|line| line.contains('⟨')).map(str::to_owned).collect()
}

const NONE: HintKinds = HintKinds { number: false, date: false, code: false };

#[test]
fn misread_numbers() {
    let expected = ["11.⟨¶1⟩ (C) One.", "- ¶13.⟨¶3⟩ (C) Three.", "l4.⟨¶4⟩ (C) Four.", "1 5.⟨¶5⟩ (C) Five."];
    assert_eq!(hinted(CABLE, HintKinds { number: true, ..NONE }), expected);
}

#[test]
fn the_day_of_the_group() {
    assert_eq!(hinted(CABLE, HintKinds { date: true, ..NONE }), ["P 140826Z SEP 07⟨2007-09-14⟩ ZDS"]);
    let impossible = CABLE.replace("140826Z", "310826Z");
    assert_eq!(hinted(&impossible, HintKinds { date: true, ..NONE }), [""; 0]);
}

#[test]
fn codes_that_few_know() {
    let expected = [
        "PP RUEHDBU⟨DUSHANBE⟩ RUEHQQQ",
        "ZNY CCCCC ZZH ZZK⟨immediate delivery required⟩",
        "P 140826Z SEP 07 ZDS⟨correct version of a cable sent wrongly…⟩",
        "STADIS⟨State distribution only⟩",
        "E.O. 12958: DECL: X1⟨intelligence source, method or…⟩",
        "TAGS: PREL ODIP⟨U.S. Diplomatic Representation⟩ KDEM⟨Democratization⟩ OSCE RS⟨Russia⟩ KZ QXQX",
        "Classified By: AMBASSADOR ROE FOR REASONS 1.4 (b⟨foreign government information⟩) AND (d⟨foreign relations or foreign activities…⟩)",
    ];
    assert_eq!(hinted(CABLE, HintKinds { code: true, ..NONE }), expected);
}

#[test]
fn a_plain_cable_has_its_date_only() {
    let plain = CABLE.replace("11.", "1.").replace("- ¶13", "3").replace("l4", "4").replace("1 5", "5");
    assert_eq!(hinted(&plain, HintKinds::default()), ["P 140826Z SEP 07⟨2007-09-14⟩ ZDS"]);
    assert_eq!(hinted(&plain, NONE), [""; 0]);
}

#[test]
fn a_range_has_its_own_hints() {
    let from = CABLE.find("¶2.").expect("a paragraph");
    let to = CABLE.find("l4.").expect("a paragraph");
    let shown = shown(CABLE, from..to, HintKinds { number: true, date: true, code: true });
    assert_eq!(shown.matches('⟨').count(), 1, "{shown}");
    assert!(shown.contains("- ¶13.⟨¶3⟩"));
}

#[test]
fn text_that_is_no_cable_has_none() {
    let all = HintKinds { number: true, date: true, code: true };
    assert_eq!(hinted("11. One thing.\n2. Another.\n", all), [""; 0]);
    assert_eq!(hinted("", all), [""; 0]);
}
