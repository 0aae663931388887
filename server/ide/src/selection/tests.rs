//! Steps of a growing selection from a cursor `$0`.

use cable_catalog::Catalog;
use cable_syntax::Document;

use super::selection_ranges;

const CABLE: &str = "\
DE RUEHTA #2541/01 2570831
R 140826Z SEP 07
FM AMEMBASSY ASTANA
C O N F I D E N T I A L SECTION 01 OF 02 ASTANA 002541

E.O. 12958: DECL: 09/13/2017
TAGS: PREL [KDEM](#) KZ
SUBJECT: A ROAD

REF: A. ASTANA 515 B. 06 MOSCOW 121

Classified By: AMBASSADOR ROE FOR REASONS 1.4 (b) AND (d)

1. (S/NF) Mr. Doe came. He spoke (briefly) of the U.S. road.  \"It is
long,\" he said.

THE ROAD NORTH

2. (C) It is short.

DOE
";

/// The steps up to and without the one that holds the whole header or text of the cable, which is checked here.
#[track_caller]
fn steps(line: &str, expected: &[&str]) {
    let cursor = line.find("$0").expect("a cursor");
    let plain = line.replacen("$0", "", 1);
    let places: Vec<usize> = CABLE.match_indices(&plain).map(|(at, _)| at).collect();
    assert_eq!(places.len(), 1, "{plain:?} must be in the cable once");
    let document = Document::new(CABLE, &Catalog::built_in());
    let ranges = selection_ranges(&document, places[0] + cursor);
    assert_eq!(ranges.last(), Some(&(0..CABLE.len())), "{line}");
    let shown: Vec<&str> = ranges.iter().map(|range| &CABLE[range.clone()]).collect();
    assert!(shown.windows(2).all(|pair| pair[0].len() < pair[1].len()), "{line}");
    assert_eq!(shown.get(..expected.len()), Some(expected), "{line}: {shown:#?}");
}

const FIRST: &str = "1. (S/NF) Mr. Doe came. He spoke (briefly) of the U.S. road.  \"It is\nlong,\" he said.";

#[test]
fn words_sentences_paragraphs() {
    let body = "1. (S/NF) Mr. Doe came. He spoke (briefly) of the U.S. road.  \"It is\nlong,\" he said.\n\nTHE ROAD NORTH\n\n\
                2. (C) It is short.";
    let cable = CABLE.trim_end();
    steps("spo$0ke", &["spoke", "He spoke (briefly) of the U.S. road."]);
    steps("(brie$0fly)", &["briefly", "He spoke (briefly) of the U.S. road."]);
    steps("U.$0S. road", &["S", "U.S", "U.S.", "He spoke (briefly) of the U.S. road."]);
    steps("Mr. D$0oe", &["Doe", "Mr. Doe came."]);
    steps("lo$0ng", &["long", "\"It is\nlong,\" he said.", FIRST, body, cable]);
    let section = "THE ROAD NORTH\n\n2. (C) It is short.";
    steps("It is sh$0ort", &["short", "It is short.", "2. (C) It is short.", section, body, cable]);
    steps("THE RO$0AD", &["ROAD", "THE ROAD NORTH", section, body, cable]);
}

#[test]
fn codes_of_the_text_are_one_step() {
    steps("(S/N$0F)", &["NF", "S/NF", "(S/NF)", "1. (S/NF)"]);
    steps("$02. (C)", &["2", "2. (C)", "2. (C) It is short."]);
}

#[test]
fn fields_of_the_header() {
    steps("1295$08", &["12958", "E.O. 12958", "E.O. 12958: DECL: 09/13/2017"]);
    steps("09/1$03/2017", &["13", "09/13/2017", "DECL: 09/13/2017", "E.O. 12958: DECL: 09/13/2017"]);
    steps("KD$0EM", &["KDEM", "[KDEM](#)", "PREL [KDEM](#) KZ", "TAGS: PREL [KDEM](#) KZ"]);
    steps("06 MOS$0COW", &["MOSCOW", "06 MOSCOW 121", "B. 06 MOSCOW 121", "A. ASTANA 515 B. 06 MOSCOW 121"]);
    steps("1.4 (b$0)", &["b", "1.4 (b)", "AMBASSADOR ROE FOR REASONS 1.4 (b) AND (d)"]);
    steps("SECTION 0$01", &["01", "SECTION 01 OF 02", "C O N F I D E N T I A L SECTION 01 OF 02 ASTANA 002541"]);
    steps("F I$0 D", &["I", "C O N F I D E N T I A L"]);
}

#[test]
fn fields_of_the_envelope() {
    let line = "DE RUEHTA #2541/01 2570831";
    let envelope = "DE RUEHTA #2541/01 2570831\nR 140826Z SEP 07\nFM AMEMBASSY ASTANA";
    steps("#25$041", &["2541", "#2541/01", line, envelope, CABLE.trim_end()]);
    steps("1408$026Z", &["140826Z", "140826Z SEP 07", "R 140826Z SEP 07", envelope]);
    steps("AMEM$0BASSY", &["AMEMBASSY", "AMEMBASSY ASTANA", "FM AMEMBASSY ASTANA", envelope]);
}

#[test]
fn any_text_has_steps() {
    let catalog = Catalog::built_in();
    assert_eq!(selection_ranges(&Document::new("", &catalog), 7).as_slice(), std::slice::from_ref(&(0..0)));
    let plain = Document::new("Not a cable.\nAt all.\n", &catalog);
    assert_eq!(selection_ranges(&plain, 1), [0..3, 0..21]);
}
