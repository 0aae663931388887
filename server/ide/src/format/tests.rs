//! Formatting by example: what is laid out, what is left alone.

use cable_catalog::Catalog;
use cable_lint::{Wrap, fix};
use cable_syntax::Document;

use super::{FormatOptions, format, format_on_type, format_range};

fn read(text: &str) -> Document {
    Document::new(text, &Catalog::built_in())
}

fn wrapped(wrap: Wrap) -> FormatOptions {
    FormatOptions { wrap, ..FormatOptions::default() }
}

#[track_caller]
fn check_with(options: FormatOptions, text: &str, expected: &str) {
    let once = fix::apply(text, &format(&read(text), options));
    assert_eq!(once, expected);
    assert_eq!(format(&read(&once), options), [], "formatting again changes nothing");
}

#[track_caller]
fn check(text: &str, expected: &str) {
    check_with(FormatOptions::default(), text, expected);
}

#[track_caller]
fn left_alone(text: &str) {
    for wrap in [Wrap::Preserve, Wrap::Unwrap, Wrap::Column(72)] {
        check_with(wrapped(wrap), text, text);
    }
}

const CLEAN: &str = "\
VZCZCXRO4410
RR RUEHAST
DE RUEHTA #1207/01 1790934
ZNR UUUUU ZZH
R 280934Z JUN 07
FM AMEMBASSY ASTANA
TO RUEHC/SECSTATE WASHDC 9911

UNCLAS SECTION 01 OF 02 ASTANA 001207

SENSITIVE
SIPDIS

STATE FOR SCA/CEN

E.O. 12958: N/A
TAGS: PREL SENV KZ
SUBJECT: LAKE COMMISSION MEETS

REF: A. ASTANA 998
     B. 06 ALMATY 4211

1. (SBU) SUMMARY: The commission met.

OLD MAPS
--------

2. (SBU) The chairman opened with a map.

ASTANA 00001207  002 OF 002

3. (U) The commission will meet again.
EXAMPLE
";

/// A body below a short header.
fn body(text: &str) -> String {
    format!("UNCLAS ASTANA 001207\n\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: A LAKE\n\n{text}")
}

#[test]
fn a_clean_cable_stays() {
    left_alone(CLEAN);
    left_alone(&CLEAN.replace('\n', "\r\n"));
    // The web edition leaves a blank line between all lines of the header.
    left_alone(&CLEAN.replace("N/A\nTAGS", "N/A\n\nTAGS").replace("KZ\nSUBJ", "KZ\n\nSUBJ"));
}

#[test]
fn blank_lines_and_spaces_at_line_ends_are_put_in_order() {
    let messy = CLEAN
        .replace("9911\n\nUNCLAS", "9911\nUNCLAS")
        .replace("001207\n\nSENSITIVE", "001207 \n\n\n \nSENSITIVE\t ")
        .replace("SIPDIS\n\nSTATE", "SIPDIS\nSTATE")
        .replace("MEETS\n\nREF", "MEETS\nREF")
        .replace("met.\n\nOLD", "met.\nOLD")
        .replace("--------\n\n2.", "--------\n2.");
    check(&messy, CLEAN);
    check(&messy.replace('\n', "\r\n"), &CLEAN.replace('\n', "\r\n"));
}

#[test]
fn the_end_of_the_document_is_one_line_break() {
    check(CLEAN.trim_end(), CLEAN);
    check(&format!("{CLEAN}\n \n"), CLEAN);
    let kept = FormatOptions { final_line_break: false, trim_final_blank_lines: false, ..FormatOptions::default() };
    check_with(kept, CLEAN.trim_end(), CLEAN.trim_end());
    check_with(kept, &format!("{CLEAN}\n\n"), &format!("{CLEAN}\n\n"));
    let kept = FormatOptions { trim_trailing_spaces: false, ..FormatOptions::default() };
    let spaces = CLEAN.replace("meet again.", "meet again.  ");
    check_with(kept, &spaces, &spaces);
}

#[test]
fn the_fields_of_the_header_come_in_their_order() {
    let fields = |fields: &str| format!("UNCLAS ASTANA 001207\n\n{fields}\n1. (U) The lake.\n");
    check(
        &fields("SIPDIS\n\nTAGS: PREL KZ\nE.O. 12958: N/A\nREF: ASTANA 9\nSUBJECT: A LAKE\nAND ITS SHORE\n"),
        &fields("SIPDIS\n\nE.O. 12958: N/A\nTAGS: PREL KZ\nSUBJECT: A LAKE\nAND ITS SHORE\n\nREF: ASTANA 9\n"),
    );
    // A field that is there twice, or shares its line, or has a page line above it: the header stays as it is.
    for damaged in [
        "TAGS: PREL KZ\nE.O. 12958: N/A\nSUBJECT: A LAKE\n\nTAGS: PREL\n",
        "TAGS: PREL KZ E.O. 12958: N/A\nREF: ASTANA 9\nSUBJECT: A LAKE\n",
        "TAGS: PREL KZ\nASTANA 00001207  002 OF 002\nE.O. 12958: N/A\nSUBJECT: A LAKE\n",
    ] {
        let text = fields(damaged);
        let order = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(order(&fix::apply(&text, &format(&read(&text), FormatOptions::default()))), order(&text));
    }
}

#[test]
fn paragraphs_stand_apart_where_most_of_the_cable_has_it() {
    check(
        &body("1. (U) One.\n\n2. (U) Two.\n\n3. (U) Three.\n4. (U) Four.\n"),
        &body("1. (U) One.\n\n2. (U) Two.\n\n3. (U) Three.\n\n4. (U) Four.\n"),
    );
    left_alone(&body("1. (U) One.\n2. (U) Two.\n3. (U) Three.\n4. (U) Four.\n"));
}

#[test]
fn the_rest_of_a_sentence_is_not_parted_from_it() {
    for text in [
        "1. (U) The press wrote that they had found what many of them\nCALLED THE LAKE OF THE YEAR\n\n2. (U) It is.\n",
        "REF: (A) ASTANA 998 (B) DOE/ROE\nTELECON (C) DOE/POE TELECON\n\n1. (U) One.\n",
    ] {
        check(&body(text), &body(text));
    }
}

const PROSE: &str = "\
1. (U) The chairman opened with a map of the lake that was
drawn in 1961.  He said that nobody had checked its figures
since, and that the shore had moved by eleven kilometers.
";

#[test]
fn prose_is_wrapped_and_unwrapped() {
    let one_line = body(&format!("{}\n", PROSE.trim_end().replace('\n', " ")));
    check_with(wrapped(Wrap::Unwrap), &body(PROSE), &one_line);
    let narrow = "\
1. (U) The chairman opened with a map of the
lake that was drawn in 1961.  He said that
nobody had checked its figures since, and
that the shore had moved by eleven
kilometers.
";
    check_with(wrapped(Wrap::Column(44)), &body(PROSE), &body(narrow));
    check_with(wrapped(Wrap::Column(44)), &one_line, &body(narrow));
    check_with(wrapped(Wrap::Preserve), &one_line, &one_line);
    let crlf = |text: &str| body(text).replace('\n', "\r\n");
    check_with(wrapped(Wrap::Column(44)), &crlf(PROSE), &crlf(narrow));
}

#[test]
fn no_line_is_made_that_would_be_read_as_something_else() {
    let year = body(
        "1. (U) The shore moved and the minister of water said in June\n20. In the meantime the ducks of the lake flew to the south.\n",
    );
    check_with(wrapped(Wrap::Unwrap), &year, &year);
    let text = body(
        "1. (U) They met in the town of Astana, and the talks about the lake went on from April to June 20. The lake is large. SUBJECT: LAKES was the first line.\n",
    );
    for column in 10..120 {
        let options = wrapped(Wrap::Column(column));
        let once = fix::apply(&text, &format(&read(&text), options));
        assert_eq!(format(&read(&once), options), [], "{column}");
        let document = read(&once);
        let cable = &document.cables()[0].cable;
        assert_eq!((cable.body.paragraphs.len(), cable.body.rejected.len()), (1, 0), "{column}: {once}");
        assert!(cable.lines().iter().all(|line| !once[line.span.range()].starts_with("SUBJECT: LAKES")), "{column}");
    }
}

#[test]
fn what_looks_laid_out_stays() {
    for laid_out in [
        "1. (U) The figures of the year that was reported to the ministry:\n\n    Grain      1975      12\n    Wool       1975       4\n",
        "1. (U) The figures of the year that was reported to the ministry\nGrain of the northern regions     12\nWool of the northern regions       4\n",
        "1. (U) They want the following from the ministry of water:\n-- a new map of the lake, drawn by people who have seen it and\nmeasured it; and\n-- a boat.\n",
        "1. (U) The address of the commission:\nLake Street 5\nAstana\n",
        "1. (U) They want from the ministry of water two or three things:\na. a map of the lake, drawn by people who have been there twice; b\nb. a boat.\n",
    ] {
        left_alone(&body(laid_out));
    }
}

#[test]
fn what_is_not_the_cables_own_stays() {
    left_alone("A letter  \n\n\n\nto nobody in particular   ");
    left_alone(
        "id: 12345\n\n\n\ndate: 2007-06-28\n\nUNCLAS ASTANA 001207\n\nTAGS: PREL\nSUBJECT: A LAKE\n\n1. (U) One.\n",
    );
    left_alone(&body("1. (U) One.\n\u{c}\n\n\n\u{c}\n2. (U) Two.\n"));
    left_alone(&body("1. (U) One.\n\n\n\nASTANA 00001207  002 OF 002\n\n\n\nand its rest.\n"));
}

#[test]
fn a_range_touches_its_lines_and_no_others() {
    let text =
        CLEAN.replace("RR RUEHAST", "RR RUEHAST  ").replace("met.", "met.  ").replace("OLD MAPS", "\n\nOLD MAPS");
    let at = |words: &str| text.find(words).expect("it stands there");
    let ranged = |range| fix::apply(&text, &format_range(&read(&text), range, FormatOptions::default()));
    assert_eq!(ranged(at("RR RUEHAST")..at("DE RUEHTA")), text.replace("RR RUEHAST  ", "RR RUEHAST"));
    assert_eq!(ranged(at("met.")..at("met.") + 1), text.replace("met.  ", "met."));
    assert_eq!(ranged(at("FM ")..at("UNCLAS")), text);
    assert_eq!(ranged(0..usize::MAX), CLEAN);
}

#[test]
fn after_a_line_break_the_line_that_was_left_loses_its_spaces() {
    let text = body("1. (U) One. \n\n2. (U) Two.  \n");
    let at = text.find("\n\n2.").expect("it stands there") + 1;
    let typed =
        |offset, typed| fix::apply(&text, &format_on_type(&read(&text), offset, typed, FormatOptions::default()));
    assert_eq!(typed(at, '\n'), text.replace("One. ", "One."));
    assert_eq!((typed(at, 'x'), typed(0, '\n')), (text.clone(), text.clone()));
    assert_eq!(format_on_type(&read("words  \n"), 8, '\n', FormatOptions::default()), []);
}

#[test]
fn cables_of_one_document_are_laid_out_each_by_itself() {
    let second = CLEAN.replace("1207", "1208");
    let text = format!("{}\n\n\n{second}", CLEAN.replace("met.", "met.  "));
    check(&text, &format!("{CLEAN}\n\n\n{second}"));
}
