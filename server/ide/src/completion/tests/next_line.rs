//! The next line: offered before its keyword is there, with what the other lines tell of it.

use super::*;

/// The envelope up to a line, and the beginning of that line.
fn below(line: &str, typed: &str) -> String {
    let end = CABLE.find(line).expect("a line of the cable") + line.len();
    format!("{}\n{typed}$0", &CABLE[..end])
}

#[test]
fn every_line_of_the_envelope_is_offered_before_its_keyword_stands() {
    for (above, typed, label, expected) in [
        ("VZCZCXRO7654", "P", "PP RUEHC", "PP RUEHC"),
        ("PP RUEHDBU", "D", "DE RUEHXX #0001 DDDHHMM", "DE RUEHXX #0001 DDDHHMM"),
        ("DE RUEHTA #2541/01 2570831", "ZNY", "ZNY CCCCC ZZH", "ZNY CCCCC ZZH"),
        ("ZNY CCCCC ZZH", "P", "P 140831Z SEP", "P 140831Z SEP YY"),
        ("P R 140826Z SEP 07", "F", "FM AMEMBASSY ASTANA", "FM AMEMBASSY ASTANA"),
        ("FM AMEMBASSY ASTANA", "T", "TO RUEHC/SECSTATE WASHDC PRIORITY", "TO RUEHC/SECSTATE WASHDC PRIORITY"),
        ("PRIORITY 0680", "I", "INFO", "INFO "),
        ("RUEHVEN/USMISSION USOSCE", "B", "BT", "BT"),
        ("\nBT", "C", "C O N F I D E N T I A L", "C O N F I D E N T I A L ASTANA 002541"),
        ("TAGS: PREL, PHUM", "S", "SUBJECT:", "SUBJECT: "),
    ] {
        let text = below(above, typed);
        if typed == "ZNY" {
            // The word is whole: whoever goes on to the next line is not helped any more.
            nothing(&text);
            assert_eq!(line(&below(above, "ZN"), label), expected);
        } else {
            assert_eq!(line(&text, label), expected, "below {above}");
        }
    }
}

#[test]
fn the_envelope_above_a_cable_follows_from_it() {
    let (line, item) = accept(&with("DE RUEHTA #2541/01 2570831", "D$0"), "DE RUEHTA #2541 2570826");
    assert_eq!(line, "DE RUEHTA #2541 2570826");
    let sum = item.sum.expect("a sum");
    for part in ["`RUEHTA` is the station of AMEMBASSY ASTANA", "`#2541`", "14 September 2007 is day 257"] {
        assert!(sum.contains(part), "{part} is not in {sum}");
    }
    assert_eq!(super::line(&with("ZNY CCCCC ZZH", "z$0"), "ZNY CCCCC ZZH"), "ZNY CCCCC ZZH");
    let routing = with("PP RUEHDBU", "P$0");
    assert_eq!(labels(&routing), ["PP RUEHC RUCNCIS RUEHVEN"]);
}

#[test]
fn after_a_leap_day_both_kinds_of_year_are_offered() {
    let offered = labels(&below("ZNY CCCCC ZZH", "O"));
    assert!(
        offered.contains(&"O 140831Z SEP".to_owned()) && offered.contains(&"O 130831Z SEP".to_owned()),
        "{offered:?}"
    );
    let early = below("ZNY CCCCC ZZH", "R").replace("2570831", "0590831");
    assert!(labels(&early).contains(&"R 280831Z FEB".to_owned()));
}

#[test]
fn a_reference_names_a_post_and_not_its_letter_again() {
    let list = |typed: &str| with("REF: A. ASTANA 515\n     B. 06 MOSCOW 121\n", typed);
    assert_eq!(labels(&list("REF: A. $0\n")).first().map(String::as_str), Some("ASTANA"));
    assert_eq!(line(&list("REF: A. mosc$0\n"), "MOSCOW"), "REF: A. MOSCOW ");
    nothing(&list("REF: A. ASTANA$0\n"));
    nothing(&list("REF: A. ASTANA 515$0\n"));
}

#[test]
fn a_paragraph_is_cited_by_the_numbers_that_are_there() {
    assert_eq!(labels(&with("(ref A)", "(para $0)")), ["1", "2", "3"]);
    nothing(&with("(ref A)", "(para 3$0)"));
    nothing(&with("(ref A)", "(parameter $0)"));
}

#[test]
fn the_end_of_the_transmission_comes_in_one() {
    let end = with("NNNN\n", "B$0");
    assert_eq!(labels(&end), ["BT #2541 NNNN"]);
    assert_eq!(accept(&end, "BT #2541 NNNN").1.edit.text, "BT\n#2541\nNNNN\n");
    nothing(&with("NNNN\n", "BT$0"));
    nothing(&with("It was new (ref A).", "It was new\nB$0"));
}

#[test]
fn the_next_section_has_a_page_line() {
    let sections =
        with("3. (C) Comment", "as$0\n\n3. (C) Comment").replace("L ASTANA 002541", "L SECTION 01 OF 03 ASTANA 002541");
    assert_eq!(labels(&sections), ["ASTANA 00002541 002 OF 003"]);
    nothing(&sections.replace("as$0", "ASTANA$0"));
    nothing(&with("3. (C) Comment", "as$0\n\n3. (C) Comment"));
}

#[test]
fn who_signs_is_known_from_the_other_cables_of_the_post() {
    let other = CABLE.replace("2541", "2540").replace("\nDOE\n", "\nKESTREL\n");
    let text = format!("{other}{}", with("DOE\nNNNN\n", "K$0"));
    assert_eq!(line(&text, "KESTREL"), "KESTREL");
    nothing(&text.replace("K$0", "KESTREL$0"));
    nothing(&text.replacen("ASTANA 002540", "MOSCOW 002540", 1));
}

#[test]
fn a_whole_code_is_replaced_by_no_name() {
    let tags = |list: &str| with("TAGS: PREL, PHUM", &format!("TAGS: {list}"));
    nothing(&tags("PREL, NI$0"));
    assert_eq!(line(&tags("PREL, nig$0"), "NI"), "TAGS: PREL, NI");
    assert_eq!(line(&tags("[PREL](#) taj$0"), "TI"), "TAGS: [PREL](#) TI");
    nothing(&with("INFO RUCNCIS/CIS COLLECTIVE", "INFO AMCONSUL KADUNA$0"));
}

#[test]
fn ordinary_words_at_the_end_of_a_line_are_left_alone() {
    for word in ["cable", "para", "text", "comment", "reply", "summary", "ref", "decl", "classified", "end", "begin"] {
        for word in [word.to_owned(), word.to_uppercase(), word[..1].to_uppercase() + &word[1..]] {
            for place in ["and nobody left.", "It was new (ref A).", "It will do."] {
                nothing(&with(place, &format!("and the {word}$0")));
                nothing(&with(place, &format!("and so on. {word}$0")));
                nothing(&with(place, &format!("and so\n{word}$0\non")));
            }
        }
    }
}
