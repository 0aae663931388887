//! What holds for all tokens and all hints, on synthetic cables, damaged ones, any text, and the real cables.

use cable_catalog::Catalog;
use cable_ide::{HintKinds, Token, cable_tokens, hints, hover, tokens};
use cable_syntax::Document;
use cable_tests::generator::{Layout, Options, generate};
use cable_tests::shared;
use proptest::prelude::*;

const ALL_HINTS: HintKinds = HintKinds { number: true, date: true, code: true };

/// Tokens follow each other, each within one line and of whole characters; a range has those that touch it; those of a
/// cable name their lines. Hints are after tokens of one line, and the hover tells more.
fn check(text: &str) -> usize {
    let document = Document::new(text, &Catalog::built_in());
    let found = tokens(&document, &(0..text.len()));
    let mut end = 0;
    for Token { range, .. } in &found {
        assert!(end <= range.start && range.start < range.end, "{range:?} does not follow {end}");
        let token = text.get(range.clone()).expect("whole characters");
        assert!(!token.contains(['\n', '\r']) && token.trim() == token, "{token:?}");
        end = range.end;
    }
    for placed in document.cables() {
        for token in cable_tokens(&placed.cable) {
            assert_eq!(placed.cable.line_at(token.span.start), token.line, "{token:?}");
        }
    }
    check_range(&document, &found, text.len() / 3..text.len() / 2);
    let mut last = 0;
    for hint in hints(&document, &(0..text.len()), ALL_HINTS) {
        let token = text.get(hint.range.clone()).expect("whole characters");
        assert!(last <= hint.range.end && !token.is_empty() && !token.contains(['\n', '\r']), "{hint:?}");
        assert!(!hint.label.is_empty() && hint.label.chars().count() <= 41 && !hint.label.contains('\n'), "{hint:?}");
        let answer = hover(&document, hint.range.start);
        let answer = answer.unwrap_or_else(|| panic!("the hover tells more than {hint:?} in\n{text}"));
        assert!(answer.range.start <= hint.range.start && hint.range.end <= answer.range.end, "{hint:?} {answer:?}");
        last = hint.range.end;
    }
    found.len()
}

/// Whole parts are coloured: every token that touches the range is there, and all that is there belongs to the document.
fn check_range(document: &Document, all: &[Token], range: std::ops::Range<usize>) {
    let found = tokens(document, &range);
    assert!(found.iter().all(|token| all.contains(token)), "{range:?}");
    let touching = all.iter().filter(|token| token.range.start < range.end && range.start < token.range.end);
    for token in touching {
        assert!(found.contains(token), "{token:?} is not in {range:?}");
    }
}

#[test]
fn synthetic_cables() {
    for seed in 0..200 {
        let options = Options {
            cables: 1 + seed as u32 % 3,
            joined: 20,
            crlf: seed % 3 == 0,
            non_bmp: seed % 5 == 0,
            page_lines: seed % 4 < 2,
            splits: 20,
            layouts: if seed % 2 == 0 { Layout::ALL } else { &Layout::ALL[..1] },
            ..Options::default()
        };
        let text = generate(seed, &options).text;
        assert!(check(&text) > 10, "seed {seed}");
        let damaged: String = text
            .chars()
            .enumerate()
            .filter(|(at, _)| !(at * 7 + seed as usize).is_multiple_of(23))
            .map(|(_, c)| c)
            .collect();
        check(&damaged);
        check(&text[..text.len() / 2 + (0..4).find(|at| text.is_char_boundary(text.len() / 2 + at)).unwrap_or(0)]);
    }
}

#[test]
fn real_cables() {
    for file in shared::files("cables").into_iter().chain(shared::files("corpus")) {
        assert!(check(&file.text) > 5, "{}: hardly a token", file.path.display());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn any_text(
        lines in prop::collection::vec(
            prop_oneof![
                "[ -~é𐍈]{0,30}",
                "(UNCLAS|S E C R E T|CONFIDENTIAL) (SECTION 01 OF 02 )?ASTANA 00\\d{4}.{0,20}",
                "(VZCZCXRO|DE RUEHTA #|ZNY CCCCC |R 140826Z SEP 07 |FM |TO RUEHC/|INFO |XMT ).{0,20}",
                "(E\\.O\\. 12958: |TAGS: |SUBJECT: |REF: A\\. |Classified By: ).{0,30}(E\\.O\\. 12958: |TAGS: |SUBJ: |REF: )?.{0,20}",
                "\\PC{0,6}(ref A|05MOSCOW77|REFTELS|[1-9]{1,2}\\. \\(C\\))\\PC{0,6}",
                "[1-9]{1,2}\\. (\\(SBU\\) )?\\PC{0,12}",
                "ASTANA 00002541 002 OF 002.{0,9}",
            ],
            0..25,
        ),
        line_break in prop_oneof![Just("\n"), Just("\r\n"), Just("\r"), Just("\n\n")],
    ) {
        check(&lines.join(line_break));
    }
}
