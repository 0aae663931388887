//! What holds for the edition of any text: every sign that is not blank is owned once, and a block is made of nothing but its
//! source. The fuzzer has this file too.

use cable_edition::{Edition, editions};
use cable_lint::Settings;
use cable_syntax::{Cable, CableText, Document, FurnitureKind};

/// The editions of a document, after a look at each.
///
/// # Panics
///
/// Where one of the properties does not hold.
pub fn look_at(document: &Document, settings: &Settings, name: &str) -> Vec<Edition> {
    for placed in document.cables() {
        assert_owned_once(&placed.cable, name);
    }
    let editions = editions(document, settings);
    assert_eq!(editions.len(), document.cables().len(), "{name}: an edition for each cable");
    for edition in &editions {
        assert_made_of_source(edition, document, name);
    }
    editions
}

/// Every sign that is not white space belongs to one segment or one piece of furniture.
fn assert_owned_once(cable: &Cable, name: &str) {
    let text = CableText::of(cable);
    let segments = text.blocks.iter().flat_map(|block| &block.segments).map(|segment| segment.span);
    let in_order: Vec<_> = segments.clone().collect();
    assert!(in_order.is_sorted_by(|one, two| one.end <= two.start), "{name}: segments increase");
    let mut owned: Vec<_> = segments.chain(text.furniture.iter().map(|piece| piece.span)).collect();
    owned.sort_unstable();
    let mut at = 0;
    for span in owned {
        let (start, end) = (span.start as usize, span.end as usize);
        assert!(start >= at, "{name}: {:?} is owned twice", &cable.text()[start..end]);
        let between = &cable.text()[at..start];
        assert!(between.chars().all(char::is_whitespace), "{name}: {between:?} has no owner");
        at = end;
    }
    assert!(cable.text()[at..].chars().all(char::is_whitespace), "{name}: the end has no owner");
    let garbage = text.furniture.iter().find(|piece| piece.kind == FurnitureKind::Garbage);
    assert!(garbage.is_none(), "{name}: nobody owns {:?}", garbage.map(|piece| cable.slice(piece.span)));
}

/// The text of a block is its segments, what joins them, and corrections; each of these is where it says.
fn assert_made_of_source(edition: &Edition, document: &Document, name: &str) {
    let source = |line: usize, column: usize, length: usize| -> String {
        document.rope().line(line - 1).slice(column - 1..column - 1 + length).into()
    };
    for correction in &edition.corrections {
        let written = source(correction.line, correction.column, correction.length);
        assert_eq!(written, correction.from, "{name}: what {} corrects", correction.rule);
    }
    let mut last = (0, 0);
    // Blocks and their corrections are both in the order of the source.
    let mut corrections = edition.corrections.iter().filter(|correction| correction.block.is_some()).peekable();
    for block in &edition.blocks {
        let text: Vec<char> = block.text.chars().collect();
        let mut stretches = Vec::new();
        for &[at, line, column, length] in &block.segments {
            assert!(last < (line, column), "{name}: {}: {line}:{column} after {last:?}", block.id);
            last = (line, column);
            let written: String = text[at..at + length].iter().collect();
            assert_eq!(source(line, column, length), written, "{name}: {}: {line}:{column}", block.id);
            stretches.push((at, length));
        }
        while let Some(correction) = corrections.next_if(|correction| correction.block.as_ref() == Some(&block.id)) {
            let at = correction.at.expect("it is in a block");
            let to: Vec<char> = correction.to.chars().collect();
            assert_eq!(text[at..at + to.len()], to, "{name}: {}", block.id);
            stretches.push((at, to.len()));
        }
        stretches.sort_unstable();
        let mut end = 0;
        for (at, length) in stretches {
            assert!(end <= at, "{name}: {}: two stretches hold the same", block.id);
            let between: String = text[end..at].iter().collect();
            assert!(["", " ", "\n"].contains(&between.as_str()), "{name}: {}: {between:?}", block.id);
            end = at + length;
        }
        assert_eq!(end, text.len(), "{name}: {}", block.id);
        assert!(block.breaks.iter().all(|&(at, _)| at <= text.len()), "{name}: {}: a page begins in it", block.id);
    }
    assert!(corrections.next().is_none(), "{name}: each correction is in its block");
}
