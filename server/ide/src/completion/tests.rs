//! Completions at a cursor `$0` in small invented cables: the cable, the helpers, and what holds everywhere.

mod body;
mod envelope;
mod everywhere;
mod header;
mod next_line;
mod tags;
mod templates;
mod typed;

use cable_catalog::Catalog;
use cable_lint::TextEdit;
use cable_syntax::Document;

use super::{Completion, Completions, complete, documentation};

const CABLE: &str = "\
VZCZCXRO7654
PP RUEHDBU
DE RUEHTA #2541/01 2570831
ZNY CCCCC ZZH
P R 140826Z SEP 07
FM AMEMBASSY ASTANA
TO RUEHC/SECSTATE WASHDC PRIORITY 0680
INFO RUCNCIS/CIS COLLECTIVE
RUEHVEN/USMISSION USOSCE
BT
C O N F I D E N T I A L ASTANA 002541

SIPDIS

STATE FOR SCA/CEN

E.O. 12958: DECL: 09/14/2017
TAGS: PREL, PHUM
SUBJECT: NOTES FROM THE NORTH

REF: A. ASTANA 515
     B. 06 MOSCOW 121

Classified By: Ambassador Jane Roe for reasons 1.4 (b) and (d)

1. (C) Summary: The poet came. He spoke for an hour, and nobody left.

2. (SBU) They were shown the reading room. It was new (ref A).

3. (C) Comment: It will do.

DOE
NNNN
";

/// What is offered at `$0` in a text.
fn at(text: &str) -> (Document, Completions) {
    let cursor = text.find("$0").expect("a cursor");
    let document = Document::new(&text.replacen("$0", "", 1), &Catalog::built_in());
    let found = complete(&document, cursor);
    (document, found)
}

/// The cable with some of its text in other words.
fn with(from: &str, to: &str) -> String {
    assert_eq!(CABLE.matches(from).count(), 1, "{from:?} must be in the cable once");
    CABLE.replacen(from, to, 1)
}

/// The labels that are offered at `$0`, the likeliest first.
fn labels(text: &str) -> Vec<String> {
    at(text).1.items.into_iter().map(|item| item.label).collect()
}

/// The line of the cursor after the completion of this label is accepted, and the completion.
#[track_caller]
fn accept(text: &str, label: &str) -> (String, Completion) {
    let (document, found) = at(text);
    let labels: Vec<&str> = found.items.iter().map(|item| item.label.as_str()).collect();
    let item = found.items.iter().find(|item| item.label == label);
    let item = item.unwrap_or_else(|| panic!("{label} is not among {labels:?}")).clone();
    let mut changed = document.rope().to_string();
    let TextEdit { range, text } = item.edit.clone();
    let start = changed[..range.start].rfind('\n').map_or(0, |end| end + 1);
    changed.replace_range(range, &text);
    let line = changed[start..].lines().next().unwrap_or_default();
    (line.to_owned(), item)
}

/// The line of the cursor after a completion is accepted.
#[track_caller]
fn line(text: &str, label: &str) -> String {
    accept(text, label).0
}

#[track_caller]
fn nothing(text: &str) {
    assert_eq!(labels(text), Vec::<String>::new(), "{text}");
}
