//! Editions of small invented cables, in every form.

use cable_catalog::Catalog;
use cable_lint::Settings;
use cable_syntax::Document;

use crate::forms::Form;
use crate::{Edited, Edition, Origins, beginning, editions, plain_text, render, render_with_origins};

const CABLE: &str = "R 140826Z SEP 07\nFM AMEMBASSY LIMA\nTO RUEHC/SECSTATE WASHDC 0680\nBT\nUNCLAS SECTION 01 OF 02 LIMA 002541\n\n\
STPDIS\n\nE.O. 12958: N/A\nTAGS: PREL, PE\nSUBJECT: THE <FERRY> & ITS KEEPER\n\nREF: A. 06 LIMA 112\n     B. STATE 400\n\n\
11. (SBU) Summary: Poloff saw the ferry, [*and*] the keeper <b> at noon.\nEnd summary.\n\nTHE LONG WAY HOME\n-----------------\n\n\
12. (SBU) The ferry came back with forty people on\n\nLIMA 00002541  002 OF 002\n\n\nboard.\n\n- One was cold.\n\
- One was wet.\n\n13. (SBU) See [a](#)link.\n\nROE\n";

fn edited(text: &str, look: impl FnOnce(&[Edited<'_>])) {
    let document = Document::new(text, &Catalog::built_in());
    let editions = editions(&document, &Settings::default());
    let cables: Vec<Edited<'_>> = document
        .cables()
        .iter()
        .zip(&editions)
        .map(|(placed, edition)| Edited { placed, edition, file: "ferry.txt" })
        .collect();
    look(&cables);
}

fn only(text: &str) -> Edition {
    let document = Document::new(text, &Catalog::built_in());
    editions(&document, &Settings::default()).remove(0)
}

/// The text of a block is its segments, what joins them, and corrections, nothing else.
fn assert_made_of_segments(edition: &Edition, source: &str) {
    let lines: Vec<Vec<char>> = source.split('\n').map(|line| line.chars().collect()).collect();
    let mut last = (0, 0);
    for block in &edition.blocks {
        let text: Vec<char> = block.text.chars().collect();
        let mut at = 0;
        let mut own = block
            .segments
            .iter()
            .map(|&[at, line, column, length]| {
                assert!((line, column) >= last, "{}: segments are in order", block.id);
                last = (line, column + length);
                let written = &lines[line - 1][column - 1..column - 1 + length];
                assert_eq!(written, &text[at..at + length], "{}", block.id);
                (at, length)
            })
            .chain(edition.corrections.iter().filter(|correction| correction.block.as_ref() == Some(&block.id)).map(
                |correction| {
                    let (from, to): (Vec<char>, Vec<char>) =
                        (correction.from.chars().collect(), correction.to.chars().collect());
                    let column = correction.column - 1;
                    assert_eq!(lines[correction.line - 1][column..column + correction.length], from);
                    let at = correction.at.expect("it stands in a block");
                    assert_eq!(text[at..at + to.len()], to);
                    (at, to.len())
                },
            ))
            .collect::<Vec<_>>();
        own.sort_unstable();
        for (start, length) in own {
            let between: String = text[at..start].iter().collect();
            assert!(["", " ", "\n"].contains(&between.as_str()), "{}: {between:?}", block.id);
            at = start + length;
        }
        assert_eq!(at, text.len(), "{}", block.id);
    }
}

#[test]
fn a_block_is_its_segments_and_corrections() {
    let edition = only(CABLE);
    assert_made_of_segments(&edition, CABLE);
    let ids: Vec<&str> = edition.blocks.iter().map(|block| block.id.as_str()).collect();
    assert_eq!(ids, ["p1", "h1", "p2", "p2-2", "p2-3", "p3", "signature"]);
    let caption = edition.corrections.iter().find(|correction| correction.from == "STPDIS").expect("a proved fix");
    assert_eq!((caption.block.as_ref(), caption.to.as_str(), caption.line, caption.column), (None, "SIPDIS", 7, 1));
    let page = &edition.blocks[2];
    assert_eq!(
        (page.text.as_str(), &page.breaks[..]),
        ("The ferry came back with forty people on board.", &[(41, Some(2))][..])
    );
}

#[test]
fn segments_hold_in_any_text() {
    for text in [
        "",
        "\n",
        "UNCLAS LIMA 000001\n\u{202e}\u{0}x\n",
        "no cable at all",
        "UNCLAS LIMA 000001\r\n\r\nSUBJECT: X\r\n\r\n1. (U) é¶ <br> &amp; x\\\r\n2. (U) \r\n",
        CABLE,
        &CABLE.replace("11. ", "$\\P1$. ").replace("12. ", "- 2. "),
        &format!("{CABLE}{}", CABLE.replace("002541", "002542").replace("00002541", "00002542")),
    ] {
        let document = Document::new(text, &Catalog::built_in());
        for edition in editions(&document, &Settings::default()) {
            assert_made_of_segments(&edition, &text.replace('\r', ""));
        }
    }
}

#[test]
fn the_style_is_the_one_that_the_policy_names() {
    let digest = sha256(crate::forms::STYLE.as_bytes());
    assert_eq!(base64(&digest), crate::forms::STYLE_HASH);
}

#[test]
fn every_form_holds_the_text_and_nothing_of_it_acts() {
    edited(CABLE, |cables| {
        for form in [Form::Text { width: 72 }, Form::Markdown, Form::Html, Form::Tei] {
            let page = render(cables, form, &());
            assert!(page.ends_with('\n'), "{form:?}");
            assert!(page.contains("came back with forty people"), "{form:?}: {page}");
            assert!(page.contains("ROE"), "{form:?}");
            assert!(!page.contains("keeper <b>") || matches!(form, Form::Text { .. }), "{form:?}");
        }
    });
    edited(&CABLE.replace("forty", "\u{202e}\u{1b}"), |cables| {
        for form in [Form::Text { width: 72 }, Form::Markdown, Form::Html, Form::Tei] {
            let page = render(cables, form, &());
            assert!(!page.contains(['\u{202e}', '\u{1b}']), "{form:?}");
            assert!(page.contains("U+202E"), "{form:?}");
        }
    });
}

#[test]
fn plain_text_is_wrapped_with_its_numbers_in_the_margin() {
    edited(CABLE, |cables| {
        let page = render(cables, Form::Text { width: 60 }, &());
        assert!(page.lines().all(|line| line.chars().count() <= 60), "{page}");
        assert!(page.contains("\n2 SBU    The ferry came back with forty people on board.\n"), "{page}");
        assert!(page.contains("SIPDIS ] STPDIS, line 7"), "{page}");
    });
}

#[test]
fn a_long_mark_leaves_less_room_and_its_line_ends_with_the_others() {
    let long = |mark: &str| CABLE.replace("12. (SBU) The ferry", &format!("12. ({mark}) The ferry"));
    for mark in ["C/NF", "S/NF", "S//NF", "TS//SI//NF", "C//REL TO USA, AUS, CAN"] {
        for columns in [25, 40, 41, 42, 43, 60] {
            edited(&long(mark), |cables| {
                let page = render(cables, Form::Text { width: columns }, &());
                let widest = page.lines().map(|line| line.chars().count()).max();
                assert!(widest <= Some(columns), "{mark}, {columns}: {page}");
                let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(words.contains("The ferry came back with forty people on board."), "{page}");
            });
        }
    }
    let lines = |text: &str| {
        let mut lines = String::new();
        edited(text, |cables| lines = render(cables, Form::Text { width: 44 }, &()));
        lines
    };
    let page = lines(&long("S//NF//OC"));
    assert!(page.contains("\n2 S//NF//OC The ferry came back with forty\n         people on board.\n"), "{page}");
    // A word that is too long for what is left has the next line.
    let page =
        lines(&long("S//NF//OC").replace("12. (S//NF//OC) The", "12. (S//NF//OC) Above-the-lighthouse-of-the-north"));
    assert!(page.contains("\n2 S//NF//OC\n         Above-the-lighthouse-of-the-north\n"), "{page}");
}

/// The lines of a page beside the lines of the source that they begin in.
fn beside(text: &str, form: Form) -> Vec<(String, Option<String>)> {
    let mut rows = Vec::new();
    edited(text, |cables| {
        let (page, origins) = render_with_origins(cables, form, &());
        assert_eq!(page, render(cables, form, &()));
        let Origins::Lines(lines) = origins else { panic!("{form:?} is made of lines") };
        assert_eq!(lines.len(), page.lines().count());
        let source: Vec<&str> = text.lines().collect();
        let written = |line: usize| source[line - 1].to_owned();
        rows = page.lines().zip(lines).map(|(own, line)| (own.trim().to_owned(), line.map(written))).collect();
    });
    rows
}

#[test]
fn each_line_of_a_form_knows_the_line_that_it_comes_from() {
    for form in [Form::Text { width: 50 }, Form::Markdown, Form::Tei] {
        let rows = beside(CABLE, form);
        let from = |words: &str| {
            let row = rows.iter().find(|(own, _)| own.contains(words));
            row.unwrap_or_else(|| panic!("{form:?}: {words}: {rows:#?}")).1.as_deref().unwrap_or_default()
        };
        assert!(from("Poloff saw the ferry").starts_with("11. (SBU) Summary"), "{form:?}");
        assert_eq!(from("THE LONG WAY HOME"), "THE LONG WAY HOME", "{form:?}");
        assert!(from("forty people").starts_with("12. (SBU)"), "{form:?}");
        assert_eq!(from("One was wet"), "- One was wet.", "{form:?}");
        assert_eq!(rows.last().expect("a line").1, None, "{form:?}: what is said of the cable");
        assert!(rows[0].1.as_deref() == Some("R 140826Z SEP 07") || form == Form::Tei);
    }
    let rows = beside(CABLE, Form::Text { width: 50 });
    let from = |words: &str| rows.iter().find(|(own, _)| own.starts_with(words)).and_then(|(_, from)| from.clone());
    assert_eq!(from("THE <FERRY>").as_deref(), Some("SUBJECT: THE <FERRY> & ITS KEEPER"));
    assert_eq!(from("Ref      B) STATE").as_deref(), Some("     B. STATE 400"));
    assert_eq!(from("a        SIPDIS").as_deref(), Some("STPDIS"), "a note leads to what it is about");
}

#[test]
fn a_wrapped_line_comes_from_where_its_first_word_is() {
    let text = "UNCLAS LIMA 000001\n\nSUBJECT: X\n\n1. (U) one two three four five six\nseven \u{202e} eight nine ten\neleven twelve.\n";
    let rows = beside(text, Form::Text { width: 9 + 16 });
    let body: Vec<(&str, Option<&str>)> = rows
        .iter()
        .map(|(own, from)| (own.as_str(), from.as_deref().and_then(|from| from.split(' ').next())))
        .collect();
    assert!(body.contains(&("four five six", Some("1."))), "{rows:#?}");
    assert!(body.contains(&("seven [U+202E]", Some("seven"))), "{rows:#?}");
    assert!(body.contains(&("eight nine ten", Some("seven"))), "{rows:#?}");
    assert!(body.contains(&("eleven twelve.", Some("eleven"))), "{rows:#?}");
}

#[test]
fn each_element_of_a_page_knows_its_lines() {
    let two = format!("{CABLE}{}", CABLE.replace("002541", "002542").replace("00002541", "00002542"));
    edited(&two, |cables| {
        let (page, origins) = render_with_origins(cables, Form::Html, &());
        assert_eq!(page, render(cables, Form::Html, &()));
        let Origins::Elements(elements) = origins else { panic!("a page is made of elements") };
        for element in &elements {
            assert_eq!(page.matches(&format!(" id=\"{}\"", element.id)).count(), 1, "{}", element.id);
            assert!(element.lines.is_sorted_by(|one, two| one.0 < two.0 && one.1 < two.1), "{element:?}");
        }
        let lines = |id: &str| elements.iter().find(|element| element.id == id).map(|element| element.lines.clone());
        assert_eq!(lines("head"), Some(vec![(0, 1)]));
        assert_eq!(lines("p1"), Some(vec![(0, 16), (59, 17)]));
        assert_eq!(lines("c2-head"), Some(vec![(0, CABLE.lines().count() + 1)]));
        assert_eq!(lines("c2-p1"), Some(vec![(0, 16 + CABLE.lines().count()), (59, 17 + CABLE.lines().count())]));
    });
}

/// SHA-256 of some bytes.
#[expect(clippy::cast_sign_loss, reason = "the fraction of a root is above zero")]
fn sha256(bytes: &[u8]) -> [u8; 32] {
    let primes: Vec<u32> = (2_u32..).filter(|&n| (2..n).all(|divisor| n % divisor != 0)).take(64).collect();
    let fraction = |root: f64| ((root - root.floor()) * 4_294_967_296.0) as u32;
    let constants: Vec<u32> = primes.iter().map(|&prime| fraction(f64::from(prime).cbrt())).collect();
    let mut state: Vec<u32> = primes[..8].iter().map(|&prime| fraction(f64::from(prime).sqrt())).collect();
    let mut padded = bytes.to_vec();
    padded.push(0x80);
    while padded.len() % 64 != 56 {
        padded.push(0);
    }
    padded.extend((bytes.len() as u64 * 8).to_be_bytes());
    for chunk in padded.chunks(64) {
        let mut words: Vec<u32> =
            chunk.chunks(4).map(|word| u32::from_be_bytes([word[0], word[1], word[2], word[3]])).collect();
        for at in 16..64 {
            let small = |word: u32, [one, two, shift]: [u32; 3]| {
                word.rotate_right(one) ^ word.rotate_right(two) ^ (word >> shift)
            };
            let next = words[at - 16]
                .wrapping_add(small(words[at - 15], [7, 18, 3]))
                .wrapping_add(words[at - 7])
                .wrapping_add(small(words[at - 2], [17, 19, 10]));
            words.push(next);
        }
        let mut own = state.clone();
        for (word, constant) in words.into_iter().zip(&constants) {
            let large = |word: u32, turns: [u32; 3]| turns.iter().fold(0, |all, &turn| all ^ word.rotate_right(turn));
            let chosen = (own[4] & own[5]) ^ (!own[4] & own[6]);
            let one = own[7]
                .wrapping_add(large(own[4], [6, 11, 25]))
                .wrapping_add(chosen)
                .wrapping_add(*constant)
                .wrapping_add(word);
            let most = (own[0] & own[1]) ^ (own[0] & own[2]) ^ (own[1] & own[2]);
            let two = large(own[0], [2, 13, 22]).wrapping_add(most);
            own.rotate_right(1);
            own[4] = own[4].wrapping_add(one);
            own[0] = one.wrapping_add(two);
        }
        for (state, own) in state.iter_mut().zip(own) {
            *state = state.wrapping_add(own);
        }
    }
    let mut digest = [0; 32];
    for (bytes, word) in digest.chunks_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    digest
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().enumerate().fold(0_u32, |bits, (at, &byte)| bits | u32::from(byte) << (16 - 8 * at));
        for at in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * at)) as usize & 63];
            text.push(if at <= chunk.len() { char::from(sign) } else { '=' });
        }
    }
    text
}

#[test]
fn a_text_begins_at_its_first_paragraph() {
    let begins = |text: &str| beginning(&only(text));
    assert_eq!(
        begins(CABLE).as_deref(),
        Some("Summary: Poloff saw the ferry, [*and*] the keeper at noon. End summary.")
    );
    let unnumbered = CABLE.replace("11. (SBU) ", "").replace("12. (SBU) ", "").replace("13. (SBU) ", "");
    assert_eq!(begins(&unnumbered).as_deref(), begins(CABLE).as_deref());
    let cut = begins(&CABLE.replace("saw", &"saw ".repeat(90))).expect("a text");
    assert!(cut.ends_with("saw…") && cut.chars().count() <= 241, "{cut}");
    assert_eq!(begins(&CABLE[..CABLE.find("11. ").expect("it is there")]), None);
}

#[test]
fn what_is_searched_is_corrected_and_in_one_piece() {
    let text = plain_text(&only(&CABLE.replace("people", "pe¶ple")));
    assert!(text.contains("The ferry came back with forty"), "{text}");
    assert!(text.contains("on board.\n\n"), "{text}");
}
