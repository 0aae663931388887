//! What is kept of the cables of a document is what is made of it anew.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value, json};
use tower_lsp::lsp_types::{Range as LspRange, TextDocumentContentChangeEvent};

use super::super::client_facts::ClientFacts;
use super::{diagnostics, folds, symbols};
use crate::lsp::documents::opened::{opened, uri};
use crate::lsp::documents::{Documents, Snapshot, Wanted};

fn now(documents: &Arc<Documents>) -> Snapshot {
    let Some(Wanted::Now(snapshot)) = documents.snapshot(&uri()) else { panic!("it is open, and short") };
    snapshot
}

fn facts(nested: bool, most_folds: Option<u32>) -> ClientFacts {
    let capabilities = json!({
        "textDocument": {
            "publishDiagnostics": { "relatedInformation": true, "dataSupport": true },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": nested },
            "foldingRange": { "rangeLimit": most_folds, "foldingRange": { "collapsedText": true } },
        },
    });
    ClientFacts::new(&serde_json::from_value(capabilities).expect("capabilities"))
}

/// All that is kept, as the client is told.
fn told(snapshot: &Snapshot, facts: &ClientFacts) -> [Value; 4] {
    let parts = [diagnostics(snapshot, &[], &uri(), facts), symbols(snapshot, &uri(), facts), folds(snapshot, facts)];
    let [diagnostics, symbols, folds] = parts.map(|json| serde_json::from_slice(&json).expect("it is JSON"));
    let editions = serde_json::to_value(&*snapshot.editions()).expect("it is JSON");
    [diagnostics, symbols, folds, editions]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn after_any_edits_it_is_the_fresh_one(
        start in "(VZCZCXRO0001\n|R 140826Z SEP 07\n|UNCLAS ASTANA 000001\n|TAGS: PREL 𐍈 KZ QQQQ\n|SUBJECT: É\n\
            |1\\. \\(U\\) ref A\n\n|2\\. Two\r\n|2\\. \\(C\\) Again\n|DOE\n|NNNN\n){0,14}",
        changes in prop::collection::vec(
            (0usize..200, 0usize..30, "(TAGS: PGOV\n|VZCZCXRO0002\n|UNCLAS ASTANA 000002\n|é|3\\. \\(C\\) |\n){0,3}"),
            1..6,
        ),
        nested in any::<bool>(),
        most_folds in prop::option::of(0u32..4),
    ) {
        let facts = facts(nested, most_folds);
        let documents = opened(&start);
        told(&now(&documents), &facts);
        for (version, (at, length, text)) in (2..).zip(changes) {
            let snapshot = now(&documents);
            let rope = snapshot.document.rope();
            let place = |offset| facts.encoding.position(rope, offset);
            let range = Some(LspRange::new(place(at), place(at + length)));
            let change = TextDocumentContentChangeEvent { range, range_length: None, text };
            documents.change(&uri(), version, vec![change], facts.encoding);
            // While a person types some findings wait; a save brings them all.
            told(&now(&documents), &facts);
            drop(documents.save(&uri(), None));
            let kept = now(&documents);
            let fresh = opened(&kept.document.rope().to_string());
            prop_assert_eq!(told(&kept, &facts), told(&now(&fresh), &facts));
        }
    }
}
