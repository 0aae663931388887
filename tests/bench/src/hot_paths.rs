//! The paths that are taken most often: what a keystroke costs, and what a file of an archive costs.
//!
//! Each is prepared, then done once where it is counted. What is built at first use is built before.

use std::hint::black_box;

use cable_catalog::Catalog;
use cable_lint::{Checker, Settings};
use cable_syntax::{Document, Edit, classify};

use crate::{texts, work};

/// A path, ready to be taken.
pub type Ready = Box<dyn FnOnce() -> usize>;

/// A path.
pub struct HotPath {
    /// What is done.
    pub name: &'static str,
    /// Makes all that is needed. What comes of the path is how much was found.
    pub prepare: fn(&Inputs) -> Ready,
}

/// The texts that the paths are taken over.
pub struct Inputs {
    catalog: Catalog,
    short: String,
    long: String,
    /// One cable that is as long as a document of many.
    longest: String,
}

/// Bytes of one cable, and of a document of many.
const SHORT: usize = 10_000;
const LONG: usize = 1_000_000;

impl Default for Inputs {
    fn default() -> Self {
        Self {
            catalog: Catalog::built_in(),
            short: texts::cable(SHORT),
            long: texts::document(LONG),
            longest: texts::cable(LONG),
        }
    }
}

impl Inputs {
    /// The same with little where there is much, for what is built at first use.
    pub fn short() -> Self {
        let short = texts::cable(SHORT);
        Self { catalog: Catalog::built_in(), long: texts::document(2 * SHORT), longest: short.clone(), short }
    }

    fn document(&self, text: &str) -> Document {
        Document::new(text, &self.catalog)
    }
}

/// What the others are compared with: the words of the short text, counted in the order of the alphabet. It is work of
/// the same kind (bytes are looked at, compared and kept), and nothing in this project changes it.
pub const YARDSTICK: &str = "yardstick";

/// Every path, the yardstick first.
pub static HOT_PATHS: &[HotPath] = &[
    HotPath {
        name: YARDSTICK,
        prepare: |inputs| {
            let text = inputs.short.clone();
            Box::new(move || {
                let mut words = std::collections::BTreeMap::new();
                for line in text.lines() {
                    for word in line.split_ascii_whitespace() {
                        *words.entry(word.to_owned()).or_insert(0_usize) += 1;
                    }
                }
                words.len()
            })
        },
    },
    HotPath {
        name: "classify 10 KB",
        prepare: |inputs| {
            let text = inputs.short.clone();
            Box::new(move || {
                text.lines().filter(|line| !matches!(black_box(classify(line)), cable_syntax::LineKind::Blank)).count()
            })
        },
    },
    HotPath {
        name: "read 10 KB",
        prepare: |inputs| {
            let (text, catalog) = (inputs.short.clone(), inputs.catalog.clone());
            Box::new(move || Document::new(&text, &catalog).cables().len())
        },
    },
    HotPath {
        name: "read 1 MB",
        prepare: |inputs| {
            let (text, catalog) = (inputs.long.clone(), inputs.catalog.clone());
            Box::new(move || Document::new(&text, &catalog).cables().len())
        },
    },
    HotPath { name: "edit and check 10 KB", prepare: |inputs| edited(inputs.document(&inputs.short)) },
    HotPath { name: "edit and check 1 MB", prepare: |inputs| edited(inputs.document(&inputs.long)) },
    HotPath { name: "edit and check one cable of 1 MB", prepare: |inputs| edited(inputs.document(&inputs.longest)) },
    HotPath { name: "check 10 KB", prepare: |inputs| checked(inputs.document(&inputs.short)) },
    HotPath { name: "check 1 MB", prepare: |inputs| checked(inputs.document(&inputs.long)) },
    HotPath { name: "edition 10 KB", prepare: |inputs| edition(inputs.document(&inputs.short)) },
    HotPath { name: "edition 1 MB", prepare: |inputs| edition(inputs.document(&inputs.long)) },
    HotPath {
        name: "outline 1 MB",
        prepare: |inputs| {
            let document = inputs.document(&inputs.long);
            Box::new(move || cable_ide::outline(&document).len())
        },
    },
    HotPath {
        name: "tokens 1 MB",
        prepare: |inputs| {
            let document = inputs.document(&inputs.long);
            Box::new(move || cable_ide::tokens(&document, &(0..document.len())).len())
        },
    },
];

/// A key typed in the middle of a document that was checked before.
fn edited(mut document: Document) -> Ready {
    let settings = Settings::default();
    let mut checker = Checker::default();
    let middle = document.len() / 2;
    for text in ["x", "y"] {
        document.apply(&Edit { range: middle..middle, text });
        checker.check(&document, &settings);
    }
    Box::new(move || {
        document.apply(&Edit { range: middle..middle, text: "z" });
        checker.check(&document, &settings).len()
    })
}

/// The page of a document, after it was read.
fn edition(document: Document) -> Ready {
    let settings = Settings::default();
    Box::new(move || work::page(&document, &settings).len())
}

fn checked(document: Document) -> Ready {
    let settings = Settings::default();
    Box::new(move || cable_lint::check(&document, &settings).len())
}
