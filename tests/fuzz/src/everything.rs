//! Everything that is shown of a text: each look is taken, and each place it names must be in the text.

use std::ops::Range;

use cable_catalog::Catalog;
use cable_ide::navigation::{self, Target};
use cable_ide::{FormatOptions, HintKinds, Symbol};
use cable_lint::{Wrap, check};
use cable_syntax::{Document, Reading};

use crate::{all_rules, assert_range, edited};

/// Places looked at in one text: all of a short one. Their number bounds the time that one input takes.
const PLACES: usize = 80;
/// Places at which the dearer looks are taken: completion, refactorings.
const DEAR_PLACES: usize = 5;

/// Looks at all there is.
pub fn look(text: &str) {
    let document = Document::new(text, &Catalog::built_in());
    cables(text, &document);
    diagnostics(text, &document);
    whole(text, &document);
    for offset in places(text, PLACES) {
        at(text, &document, offset);
    }
    for offset in places(text, DEAR_PLACES) {
        dear_at(text, &document, offset);
    }
    layout(text, &document);
}

/// Offsets spread over the text, its end among them, and not only between characters.
fn places(text: &str, most: usize) -> impl Iterator<Item = usize> {
    let step = (text.len() + 1).div_ceil(most);
    // The length moves the first one, so that texts which differ a little are looked at in other places.
    (text.len() % step..=text.len()).step_by(step).chain([text.len()])
}

/// The cables cover the text without a gap; each can be read and written as JSON.
fn cables(text: &str, document: &Document) {
    let mut end = 0;
    let mut line = 0;
    for placed in document.cables() {
        assert_eq!((placed.start, placed.first_line), (end, line), "cables follow one another");
        assert_eq!(Some(placed.cable.text()), text.get(placed.extent()), "a cable is its part of the text");
        end = placed.extent().end;
        line += placed.cable.lines().len();
        let reading = Reading::of(&placed.cable, placed.first_line);
        let json = serde_json::to_string(&reading).expect("a reading can be written");
        assert!(!json.contains('\n'), "a row of JSON Lines is one line");
    }
    assert_eq!(end, text.len(), "the cables are the whole text");
}

fn diagnostics(text: &str, document: &Document) {
    let found = check(document, &all_rules());
    for diagnostic in &found {
        let code = diagnostic.rule.code;
        assert_range(text, &diagnostic.range, code);
        assert!(!diagnostic.message.contains(['\n', '\r']), "{code}: a message of several lines: {diagnostic:?}");
        for related in &diagnostic.related {
            assert_range(text, &related.range, code);
        }
        if let Some(fix) = &diagnostic.fix {
            assert!(!fix.edits.is_empty(), "{code}: a fix without edits");
            edited(text, &fix.edits, code);
        }
    }
    for diagnostic in found.iter().take(DEAR_PLACES) {
        for action in cable_ide::fix_all(document, &found, &diagnostic.range, &all_rules()) {
            edited(text, &action.edits, &action.title);
        }
    }
}

fn whole(text: &str, document: &Document) {
    symbols(text, &cable_ide::outline(document), &(0..text.len()));
    let lines = document.rope().len_lines();
    for fold in cable_ide::folds(document) {
        assert!(fold.first_line < fold.last_line && fold.last_line < lines, "{fold:?} of {lines} lines");
    }
    let mut end = 0;
    for token in cable_ide::tokens(document, &(0..text.len())) {
        assert_range(text, &token.range, "token");
        assert!(end <= token.range.start && !token.range.is_empty(), "tokens overlap: {token:?}");
        end = token.range.end;
    }
    let kinds = HintKinds { number: true, date: true, code: true };
    for hint in cable_ide::hints(document, &(0..text.len()), kinds) {
        assert_range(text, &hint.range, "hint");
        assert!(!hint.label.contains(['\n', '\r']), "{hint:?}");
    }
    for link in navigation::links(document) {
        assert_range(text, &link.range, "link");
        if let Target::Here(range) = &link.target {
            assert_range(text, range, "link target");
        }
    }
    cable_ide::syntax_tree(document);
}

fn symbols(text: &str, list: &[Symbol], parent: &Range<usize>) {
    for symbol in list {
        assert_range(text, &symbol.range, "symbol");
        let (range, selection) = (&symbol.range, &symbol.selection);
        assert!(parent.start <= range.start && range.end <= parent.end, "{symbol:?} outside {parent:?}");
        assert!(range.start <= selection.start && selection.end <= range.end, "{symbol:?}");
        symbols(text, &symbol.children, range);
    }
}

fn at(text: &str, document: &Document, offset: usize) {
    if let Some(hover) = cable_ide::hover(document, offset) {
        assert_range(text, &hover.range, "hover");
        assert!(hover.range.start <= offset && offset <= hover.range.end, "{hover:?} at {offset}");
    }
    if let Some(definition) = navigation::definition(document, offset) {
        assert_range(text, &definition.origin, "definition");
        for place in definition.targets {
            assert_range(text, &place.range, "definition");
            assert_range(text, &place.selection, "definition");
        }
    }
    for range in navigation::references(document, offset, true) {
        assert_range(text, &range, "reference");
    }
    for highlight in navigation::highlights(document, offset) {
        assert_range(text, &highlight.range, "highlight");
    }
    for range in navigation::linked_ranges(document, offset) {
        assert_range(text, &range, "linked range");
    }
    if let Ok(found) = navigation::prepare_rename(document, offset) {
        assert_range(text, &found.range, "rename");
        if let Ok(edits) = navigation::rename(document, offset, "X") {
            edited(text, &edits, "rename");
        }
    }
    let mut inner = offset..offset;
    for range in cable_ide::selection_ranges(document, offset) {
        assert_range(text, &range, "selection");
        assert!(
            range.start <= inner.start.max(range.start) && inner.len() <= range.len(),
            "{range:?} around {inner:?}"
        );
        inner = range;
    }
}

fn dear_at(text: &str, document: &Document, offset: usize) {
    for item in cable_ide::complete(document, offset).items {
        assert_range(text, &item.edit.range, "completion");
    }
    for action in cable_ide::actions(document, &(offset..offset)) {
        edited(text, &action.edits, &action.title);
    }
}

/// A layout is edits of white space and the order of lines: formatting what was formatted changes nothing.
fn layout(text: &str, document: &Document) {
    // One of them, for this is the dearest look of all.
    let wrap = [Wrap::Preserve, Wrap::Unwrap, Wrap::Column(40)][text.len() % 3];
    let options = FormatOptions { wrap, ..FormatOptions::default() };
    let once = edited(text, &cable_ide::format(document, options), "format");
    let again = cable_ide::format(&Document::new(&once, document.catalog()), options);
    assert_eq!(edited(&once, &again, "format"), once, "formatting settles with {wrap:?}");
    let half = text.len() / 2;
    edited(text, &cable_ide::format_range(document, half / 2..half, FormatOptions::default()), "format a range");
    edited(text, &cable_ide::format_on_type(document, half, '\n', FormatOptions::default()), "format on type");
}
