//! What the server answers, as data: `tests/fixtures/protocol/*.conformance`.
//!
//! ```text
//! What this fixture shows, in a sentence.
//! --- client
//! {"textDocument": {"hover": {"contentFormat": ["plaintext"]}}}
//! --- text
//! UNCLAS ASTANA 000312
//! TAGS: 𐍈, K⟦1⟧DEM
//! --- request textDocument/hover
//! {"textDocument": {"uri": "URI"}, "position": "⟦1⟧"}
//! --- answer
//! {"contents": {"kind": "plaintext", "value": "…"}, "range": "2:9-2:13"}
//! ```
//!
//! Write the file up to the last request, run `UPDATE_FIXTURES=1 cargo test -p cable-tests conformance`, and read what
//! was filled in. `FIXTURE=hover` plays only the fixtures whose names hold that word.
//!
//! A fixture is played in the three encodings, and each has to give the same answers, to the last key. So every fixture
//! needs a character such as `𐍈` before one of its marks and before one of the positions in each answer.
//!
//! The sections, in any number:
//!
//! - `client`: added to `fixtures/protocol/everything.json` before the server is started; null takes away.
//! - `options`: the `initializationOptions`.
//! - `file NAME`: a file beside the document. After the first `text` it is a change on disk.
//! - `text`: the document is opened with this text; a second one replaces the first. `⟦name⟧` marks a position, `␍` and
//!   `␌` stand for a carriage return and a form feed.
//! - `request METHOD`: params, followed by `answer`, or by `refused` with the code of the error.
//! - `notify METHOD`: params.
//! - `reply METHOD`: what the client answers from now on if the server asks. `workspace/applyEdit` is answered with
//!   `{"applied": true}`, `workspace/configuration` with a null for each item, everything else with null.
//! - `expect METHOD`: the params of the next notification or request of the server.
//!
//! In params `"⟦1⟧"` is a position and `"⟦1⟧..⟦2⟧"` a range; `"URI"` the document's address, `"ROOT/NAME"` that of a
//! file beside it; `"ANSWER/0/data"` is a part of the last answer as it came.
//!
//! In answers a position is `"line:column"` and a range `"line:column-line:column"`, both from 1, columns in Unicode
//! scalar values. A text of several lines is `{"lines": […]}`, a fold has a `start` and an `end`, result ids are `ID1`,
//! `ID2` …, semantic tokens are `"2:7-2:11 type.modifier text"`.

mod coverage;
mod play;
mod script;
mod stage;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use cable_tests::position::Encoding;
use serde_json::Value;
use similar::TextDiff;

use play::play;
use script::Script;

/// The capabilities of a client that takes whatever there is.
pub(super) fn everything() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/protocol/everything.json");
    let text = std::fs::read_to_string(path).expect("the client's capabilities");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn every_answer_is_the_expected_one_in_every_encoding() {
    let updates = std::env::var("UPDATE_FIXTURES").is_ok_and(|value| value == "1");
    let wanted = std::env::var("FIXTURE").unwrap_or_default();
    let mut failed = BTreeSet::new();
    for script in Script::all().into_iter().filter(|script| script.name().contains(&wanted)) {
        let mut first: Option<Script> = None;
        for encoding in Encoding::ALL {
            let name = format!("{} in {}", script.name(), encoding.name());
            let Ok(played) = catch_unwind(AssertUnwindSafe(|| play(&script, encoding))) else {
                eprintln!("{name}: see above");
                failed.insert(script.name());
                break;
            };
            let expected = first.get_or_insert_with(|| if updates { played.clone() } else { script.clone() });
            if !is_same(expected, &played) {
                let (old, new) = (expected.to_string(), played.to_string());
                let diff = TextDiff::from_lines(&old, &new);
                eprintln!("{name}:\n{}", diff.unified_diff().header("expected", "came"));
                failed.insert(script.name());
            }
        }
        if let Some(played) = first.filter(|played| updates && !is_same(&script, played)) {
            played.write();
        }
    }
    assert!(failed.is_empty(), "{failed:?}; UPDATE_FIXTURES=1 takes the answers of utf-8 as the right ones");
}

/// Whether two plays say the same, however their JSON is laid out.
fn is_same(one: &Script, other: &Script) -> bool {
    let pairs = one.sections.iter().zip(&other.sections);
    one.sections.len() == other.sections.len()
        && pairs.into_iter().all(|(one, other)| {
            let same_head = one.word == other.word && one.argument == other.argument;
            let is_answer = matches!(one.word, "answer" | "refused" | "expect");
            same_head && if is_answer { one.value() == other.value() } else { one.body == other.body }
        })
}
