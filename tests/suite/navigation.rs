//! What holds for navigation, selection and folding in any text: on synthetic cables, whole and damaged, and on the real
//! ones beside the checkout.

use cable_catalog::Catalog;
use cable_ide::navigation::{definition, highlights, linked_ranges, links, prepare_rename, references, rename};
use cable_ide::{folds, selection_ranges};
use cable_lint::fix;
use cable_syntax::{Document, Reading};
use cable_tests::generator::{Layout, Options, generate};
use cable_tests::shared;

const LAYOUTS: [Layout; 4] = [Layout::Envelope, Layout::Extract, Layout::Distribution, Layout::Labels];

/// Every request at every so many bytes. Gives how many of them led somewhere.
fn check_positions(text: &str, step: usize) -> usize {
    let document = Document::new(text, &Catalog::built_in());
    let whole = |range: &std::ops::Range<usize>| text.get(range.clone()).is_some_and(|words| !words.is_empty());
    let mut led = 0;
    for offset in (0..=text.len() + 1).step_by(step) {
        if let Some(found) = definition(&document, offset) {
            led += 1;
            assert!(found.origin.start <= offset && offset <= found.origin.end && whole(&found.origin), "{found:?}");
            assert!(!found.targets.is_empty(), "{found:?}");
            for target in &found.targets {
                let (range, selection) = (&target.range, &target.selection);
                assert!(whole(range) && range.start <= selection.start && selection.end <= range.end, "{target:?}");
            }
            // What is defined somewhere is marked there, too, and the marks are the references.
            let marks: Vec<_> = highlights(&document, offset).into_iter().map(|mark| mark.range).collect();
            assert_eq!(references(&document, offset, true), marks);
            assert!(marks.is_sorted_by_key(|range| (range.start, range.end)) && marks.iter().all(whole), "{marks:?}");
        }
        let linked = linked_ranges(&document, offset);
        assert!(
            linked
                .windows(2)
                .all(|pair| pair[0].end <= pair[1].start && text[pair[0].clone()] == text[pair[1].clone()])
        );
        check_steps(text, offset, &selection_ranges(&document, offset));
    }
    led
}

/// Each step holds the one before it and more; the last is the document.
fn check_steps(text: &str, offset: usize, steps: &[std::ops::Range<usize>]) {
    assert_eq!(steps.last(), Some(&(0..text.len())));
    for step in steps {
        assert!(step.start <= offset.min(text.len()) && offset.min(text.len()) <= step.end, "{step:?} at {offset}");
        assert!(text.get(step.clone()).is_some(), "{step:?} tears a character");
    }
    for pair in steps.windows(2) {
        let (inner, outer) = (&pair[0], &pair[1]);
        assert!(outer.start <= inner.start && inner.end <= outer.end && inner != outer, "{inner:?} in {outer:?}");
    }
}

/// Folds are of several lines, and nest or are apart; links are apart.
fn check_whole(text: &str) {
    let document = Document::new(text, &Catalog::built_in());
    let folds = folds(&document);
    let mut open: Vec<(usize, usize)> = Vec::new();
    for fold in &folds {
        assert!(fold.first_line < fold.last_line && fold.last_line < document.rope().len_lines(), "{fold:?}");
        assert!(!fold.collapsed.trim().is_empty() && !fold.collapsed.contains(['\n', '\r']), "{fold:?}");
        open.retain(|outer| outer.1 >= fold.first_line);
        for outer in &open {
            assert!(outer.0 <= fold.first_line && fold.last_line <= outer.1, "{fold:?} crosses {outer:?}");
        }
        open.push((fold.first_line, fold.last_line));
    }
    let links = links(&document);
    assert!(links.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{links:?}");
}

/// The reading, each letter of a reference through `letter`.
fn reading(text: &str, letter: impl Fn(char) -> char) -> Vec<Reading> {
    let document = Document::new(text, &Catalog::built_in());
    let readings = document.cables().iter().map(|placed| {
        let mut reading = Reading::of(&placed.cable, placed.first_line);
        reading.refs.iter_mut().for_each(|reference| reference.letter = reference.letter.map(&letter));
        reading.headings.iter_mut().for_each(|heading| heading.text.clear());
        reading
    });
    readings.collect()
}

/// Renames every letter that can be, and back; gives how many there were.
fn check_renames(text: &str) -> usize {
    let document = Document::new(text, &Catalog::built_in());
    let mut renamed = 0;
    // Only a letter that stands alone can be the list's.
    let bytes = text.as_bytes();
    let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let alone = |at: &usize| is_letter(*at) && !is_letter(at + 1) && !at.checked_sub(1).is_some_and(is_letter);
    for offset in (0..text.len()).filter(alone) {
        let Ok(found) = prepare_rename(&document, offset) else {
            assert!(rename(&document, offset, "Q").is_err(), "at {offset}");
            continue;
        };
        assert_eq!(text[found.range.clone()], found.placeholder);
        let old = found.placeholder.to_ascii_uppercase();
        // Once for each place is enough.
        if offset != found.range.start {
            continue;
        }
        for new in ["D", "K", "U"] {
            let edits = rename(&document, offset, new).unwrap_or_default();
            if edits.is_empty() {
                continue;
            }
            let there = fix::apply(text, &edits);
            let (from, to) = (old.chars().next().unwrap_or_default(), new.chars().next().unwrap_or_default());
            assert_eq!(
                reading(&there, |letter| letter),
                reading(text, |letter| if letter == from { to } else { letter })
            );
            let back = rename(&Document::new(&there, &Catalog::built_in()), offset, &old).expect("the way back");
            assert_eq!(fix::apply(&there, &back), text);
            renamed += 1;
        }
    }
    renamed
}

/// Citations of every kind after the first paragraph of a synthetic cable, and a list for them.
fn with_references(text: &str, crlf: bool) -> String {
    let line_break = if crlf { "\r\n" } else { "\n" };
    let list = ["REF: A. ASTANA 515", "(B) 06 MOSCOW 121", "[C] STATE 99", ""].join(line_break);
    let body = [
        "",
        "9. (U) See refs A and (B), reftel, para 2 above, ref",
        "c, http://example.org/x, paras 1-3. SUMMARY: Short. END SUMMARY.",
        "",
    ]
    .join(line_break);
    let subject = text.find("SUBJECT").or_else(|| text.find("Subject")).unwrap_or(0);
    let after = text[subject..].find('\n').map_or(text.len(), |at| subject + at + 1);
    format!("{}{list}{}{body}", &text[..after], &text[after..])
}

#[test]
fn synthetic_cables() {
    let (mut led, mut renamed) = (0, 0);
    for seed in 0..30 {
        let crlf = seed % 3 == 0;
        let options = Options {
            cables: if seed % 2 == 0 { 1 } else { 3 },
            joined: 20,
            crlf,
            non_bmp: seed % 5 == 0,
            page_lines: seed % 4 < 2,
            splits: 20,
            layouts: if seed % 2 == 0 { &LAYOUTS } else { &LAYOUTS[..1] },
            ..Options::default()
        };
        let text = with_references(&generate(seed, &options).text, crlf);
        check_whole(&text);
        led += check_positions(&text, 31);
        renamed += check_renames(&text);
    }
    assert!(led > 100 && renamed > 20, "{led} {renamed}");
}

#[test]
fn damaged_text_does_not_matter() {
    for seed in 0..20 {
        let text = generate(seed, &Options { layouts: &LAYOUTS, ..Options::default() }).text;
        let text = with_references(&text, false);
        let damaged = |(index, _): &(usize, char)| !(index * 7 + seed as usize).is_multiple_of(23);
        let cut: String = text.chars().enumerate().filter(damaged).map(|(_, c)| c).collect();
        check_whole(&cut);
        check_positions(&cut, 29);
    }
}

#[test]
fn real_cables() {
    for folder in ["cables", "corpus"] {
        for (index, file) in shared::files(folder).into_iter().enumerate() {
            check_whole(&file.text);
            check_positions(&file.text, 997);
            if index % 5 == 0 {
                check_renames(&file.text);
            }
        }
    }
}
