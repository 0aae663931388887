//! What is done with a text, each kind by itself, as the language server and `check` do it.

use cable_edition::{Edited, Form};
use cable_ide::{FormatOptions, HintKinds};
use cable_lint::{FixSafety, Settings, fix};
use cable_syntax::{Document, Edit, Reading};

/// A kind of work. What it gives is how much was found, so that a change of the answer is seen beside that of the cost.
#[derive(Debug, Clone, Copy)]
pub struct Work {
    /// What is done.
    pub name: &'static str,
    /// Does it.
    pub run: fn(&mut Document, &Settings) -> usize,
}

/// Every kind of work.
pub static WORKS: &[Work] = &[
    Work {
        name: "read",
        run: |document, _| Document::new(&document.rope().to_string(), document.catalog()).cables().len(),
    },
    Work { name: "edit", run: |document, _| edit(document) },
    Work { name: "export", run: |document, _| export(document) },
    Work { name: "edition", run: |document, settings| page(document, settings).len() },
    Work { name: "check", run: |document, settings| cable_lint::check(document, settings).len() },
    Work {
        name: "fix",
        run: |document, settings| fix::repair_document(document, settings, FixSafety::Safe).text.len(),
    },
    Work { name: "outline", run: |document, _| cable_ide::outline(document).len() },
    Work { name: "folds", run: |document, _| cable_ide::folds(document).len() },
    Work { name: "tokens", run: |document, _| cable_ide::tokens(document, &(0..document.len())).len() },
    Work {
        name: "hints",
        run: |document, _| cable_ide::hints(document, &(0..document.len()), HintKinds::default()).len(),
    },
    Work { name: "hover", run: |document, _| usize::from(cable_ide::hover(document, document.len() / 2).is_some()) },
    Work { name: "complete", run: |document, _| cable_ide::complete(document, document.len()).items.len() },
    Work {
        name: "highlight",
        run: |document, _| cable_ide::navigation::highlights(document, document.len() / 2).len(),
    },
    Work { name: "selection", run: |document, _| cable_ide::selection_ranges(document, document.len() / 2).len() },
    Work { name: "format", run: |document, _| cable_ide::format(document, FormatOptions::default()).len() },
    Work {
        name: "actions",
        run: |document, _| cable_ide::actions(document, &(document.len() / 2..document.len() / 2)).len(),
    },
];

/// Types a letter into a word in the middle: whether a key changes a marker must not depend on the size of the text.
fn edit(document: &mut Document) -> usize {
    let rope = document.rope();
    let middle = rope.char_to_byte(rope.len_chars() / 2);
    let after: Vec<u8> = rope.byte_slice(middle..).bytes().take(100).collect();
    let is_in_word = |pair: &[u8]| pair.iter().all(u8::is_ascii_lowercase);
    let at = middle + after.windows(2).position(is_in_word).map_or(0, |before| before + 1);
    document.apply(&Edit { range: at..at, text: "x" }).lines_classified
}

fn export(document: &Document) -> usize {
    let read = |placed: &cable_syntax::Placed| Reading::of(&placed.cable, placed.first_line).paragraphs.len();
    document.cables().iter().map(read).sum()
}

/// The page of a document, with the proofs of what is corrected in it.
pub fn page(document: &Document, settings: &Settings) -> String {
    let editions = cable_edition::editions(document, settings);
    let cables: Vec<Edited<'_>> = document
        .cables()
        .iter()
        .zip(&editions)
        .map(|(placed, edition)| Edited { placed, edition, file: "a.cable" })
        .collect();
    cable_edition::render(&cables, Form::Html, &())
}
