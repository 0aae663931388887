//! What holds for every outline and every hover, on synthetic cables and on the real ones beside the checkout.

use std::ops::Range;

use cable_catalog::Catalog;
use cable_ide::{Symbol, SymbolKind, hover, outline};
use cable_syntax::Document;
use cable_tests::generator::{Layout, Options, generate};
use cable_tests::shared;

/// Every child lies in its parent, siblings follow each other, the selection lies in the range, and all are characters.
fn check_nesting(text: &str, symbols: &[Symbol], within: &Range<usize>) {
    let mut end = within.start;
    for symbol in symbols {
        let Symbol { name, range, selection, .. } = symbol;
        assert!(range.start < range.end, "{name}: empty");
        assert!(end <= range.start, "{name}: {range:?} overlaps what ends at {end}");
        assert!(range.end <= within.end, "{name}: {range:?} is not in {within:?}");
        assert!(
            range.start <= selection.start && selection.end <= range.end,
            "{name}: {selection:?} is not in {range:?}"
        );
        assert!(selection.start < selection.end, "{name}: nothing selected");
        assert!(
            text.get(range.clone()).is_some() && text.get(selection.clone()).is_some(),
            "{name}: tears a character"
        );
        assert!(!name.trim().is_empty() && !name.contains(['\n', '\r']), "{name:?} is no name");
        check_nesting(text, &symbol.children, range);
        end = range.end;
    }
}

fn check_document(text: &str) -> Vec<Symbol> {
    let document = Document::new(text, &Catalog::built_in());
    let symbols = outline(&document);
    check_nesting(text, &symbols, &(0..text.len()));
    let recognised: Vec<_> = document.cables().iter().filter(|placed| placed.cable.is_recognised()).collect();
    assert_eq!(symbols.len(), recognised.len());
    for (symbol, placed) in symbols.iter().zip(recognised) {
        assert_eq!(
            count(&symbol.children, SymbolKind::Paragraph),
            placed.cable.body.paragraphs.len(),
            "{}",
            symbol.name
        );
    }
    symbols
}

fn count(symbols: &[Symbol], kind: SymbolKind) -> usize {
    symbols.iter().map(|symbol| usize::from(symbol.kind == kind) + count(&symbol.children, kind)).sum()
}

/// A hover covers the cursor and whole characters of one line or more, and says something.
fn check_hovers(text: &str, step: usize) -> usize {
    let document = Document::new(text, &Catalog::built_in());
    let mut answered = 0;
    for offset in (0..=text.len()).step_by(step) {
        let Some(answer) = hover(&document, offset) else { continue };
        assert!(answer.range.start <= offset && offset <= answer.range.end, "{answer:?} at {offset}");
        assert!(text.get(answer.range.clone()).is_some_and(|token| !token.trim().is_empty()), "{answer:?}");
        assert!(answer.markdown.starts_with("**`") && answer.markdown.matches("**").count() >= 2, "{answer:?}");
        assert!(!answer.markdown.contains("\n- \n") && !answer.markdown.ends_with("- "), "{answer:?}");
        answered += 1;
    }
    answered
}

const LAYOUTS: [Layout; 4] = [Layout::Envelope, Layout::Extract, Layout::Distribution, Layout::Labels];

#[test]
fn synthetic_cables_nest() {
    for seed in 0..400 {
        let crlf = seed % 3 == 0;
        let alone = seed % 2 == 0;
        let options = Options {
            cables: if alone { 1 } else { 3 },
            joined: 20,
            crlf,
            non_bmp: seed % 5 == 0,
            page_lines: seed % 4 < 2,
            splits: 20,
            // Only a cable with an envelope shows where it begins after another.
            layouts: if alone { &LAYOUTS } else { &LAYOUTS[..1] },
            ..Options::default()
        };
        let made = generate(seed, &options);
        let symbols = check_document(&made.text);
        assert_eq!(symbols.len(), made.cables.len(), "seed {seed}");
        for (symbol, truth) in symbols.iter().zip(&made.cables) {
            let signed = symbol.children.iter().find(|child| child.kind == SymbolKind::Signature);
            assert_eq!(signed.map(|child| child.name.as_str()), Some(truth.signature.as_str()), "seed {seed}");
        }
    }
}

#[test]
fn clean_cables_show_every_paragraph_under_its_number() {
    for seed in 0..60 {
        let made = generate(seed, &Options::clean());
        let mut numbers = Vec::new();
        let mut stack: Vec<&Symbol> = Vec::new();
        let symbols = check_document(&made.text);
        stack.extend(symbols.iter().rev());
        while let Some(symbol) = stack.pop() {
            if symbol.kind == SymbolKind::Paragraph {
                let number = symbol.name.trim_start_matches('¶').split(' ').next();
                numbers.push(number.and_then(|number| number.parse::<u32>().ok()));
                assert_eq!(symbol.detail, None, "{}", symbol.name);
            }
            stack.extend(symbol.children.iter().rev());
        }
        let truth: Vec<Option<u32>> = made.cables[0].markers.iter().map(|marker| marker.1).collect();
        assert_eq!(numbers, truth, "seed {seed}");
    }
}

#[test]
fn hovers_cover_the_cursor() {
    let mut answered = 0;
    for seed in 0..60 {
        let options =
            Options { crlf: seed % 2 == 0, non_bmp: true, page_lines: true, layouts: &LAYOUTS, ..Options::default() };
        answered += check_hovers(&generate(seed, &options).text, 1);
    }
    assert!(answered > 0);
}

#[test]
fn damaged_text_does_not_matter() {
    for seed in 0..60 {
        let text = generate(seed, &Options { layouts: &LAYOUTS, ..Options::default() }).text;
        let cut: String = text
            .chars()
            .enumerate()
            .filter(|(index, _)| !(index * 7 + seed as usize).is_multiple_of(23))
            .map(|(_, c)| c)
            .collect();
        check_document(&cut);
        check_hovers(&cut, 3);
        let head: String = text.chars().take(text.chars().count() / 2).collect();
        check_document(&head);
        check_hovers(&head, 3);
    }
}

#[test]
fn real_cables_nest() {
    for file in shared::files("cables").into_iter().chain(shared::files("corpus")) {
        let symbols = check_document(&file.text);
        assert!(!symbols.is_empty(), "{}: no cable", file.path.display());
        check_hovers(&file.text, 17);
    }
}
