//! What may come next.

use ropey::Rope;
use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionList, CompletionTextEdit, Documentation,
    InsertTextFormat, TextEdit, Url,
};

use super::super::client_facts::ClientFacts;
use super::hover::markup_for;
use crate::lsp::analysis::{self, CompletionKind};
use crate::lsp::documents::Snapshot;
use crate::visible::visible;

/// So many items are documented at once for a client that does not ask for it item by item.
const DOCUMENTED_AT_ONCE: usize = 20;

/// What an item carries until its documentation is asked for.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::lsp) struct Undocumented {
    /// The document, whose settings may know codes of their own.
    pub(in crate::lsp) uri: Url,
    /// What `documentation` is asked for.
    pub(in crate::lsp) key: String,
}

/// A list, in the order in which it came.
pub(in crate::lsp) fn completions(
    found: analysis::Completions,
    snapshot: &Snapshot,
    uri: &Url,
    facts: &ClientFacts,
) -> CompletionList {
    let rope = snapshot.document.rope();
    let items = found.items.into_iter().enumerate().map(|(index, completion)| {
        let key = completion.documentation.clone();
        let sum = completion.sum.clone();
        let mut item = item(completion, index, rope, facts);
        match key {
            // How it was worked out is said first, and at once: there are few of these.
            key if sum.is_some() => {
                let meaning = key.and_then(|key| analysis::documentation(snapshot.document.catalog(), &key));
                let said: Vec<String> = sum.into_iter().chain(meaning).collect();
                let said = markup_for(said.join("\n\n"), facts.markdown_completion);
                item.documentation = Some(Documentation::MarkupContent(said));
            }
            Some(key) if facts.resolves_documentation => {
                item.data = serde_json::to_value(Undocumented { uri: uri.clone(), key }).ok();
            }
            Some(key) if index < DOCUMENTED_AT_ONCE => item.documentation = documentation(&key, snapshot, facts),
            _ => {}
        }
        item
    });
    CompletionList { is_incomplete: found.incomplete, items: items.collect() }
}

/// What there is to say about an item, in Markdown if the client renders it.
pub(in crate::lsp) fn documentation(key: &str, snapshot: &Snapshot, facts: &ClientFacts) -> Option<Documentation> {
    let markdown = analysis::documentation(snapshot.document.catalog(), key)?;
    Some(Documentation::MarkupContent(markup_for(markdown, facts.markdown_completion)))
}

fn item(completion: analysis::Completion, index: usize, rope: &Rope, facts: &ClientFacts) -> CompletionItem {
    let range = facts.encoding.range(rope, &completion.edit.range);
    let (format, text) = match completion.snippet.filter(|_| facts.completes_snippets) {
        Some(snippet) => (Some(InsertTextFormat::SNIPPET), snippet),
        None => (None, completion.edit.text),
    };
    let details = facts.label_details.then(|| CompletionItemLabelDetails {
        // Shown directly after the label.
        detail: completion.detail.as_ref().map(|detail| format!(" {}", visible(detail))),
        description: completion.description.as_ref().map(|description| visible(description).into_owned()),
    });
    CompletionItem {
        label: visible(&completion.label).into_owned(),
        label_details: details.filter(|details| details.detail.is_some() || details.description.is_some()),
        kind: Some(kind(completion.kind)),
        detail: completion.detail.filter(|_| !facts.label_details).map(|detail| visible(&detail).into_owned()),
        // Clients sort by this text; ours are in order.
        sort_text: Some(format!("{index:03}")),
        filter_text: completion.filter,
        insert_text_format: format,
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, text))),
        ..CompletionItem::default()
    }
}

/// One of the kinds that every client knows.
fn kind(kind: CompletionKind) -> CompletionItemKind {
    match kind {
        CompletionKind::Tag | CompletionKind::Country | CompletionKind::Organization | CompletionKind::Addressee => {
            CompletionItemKind::VALUE
        }
        CompletionKind::Precedence
        | CompletionKind::Classification
        | CompletionKind::PortionMark
        | CompletionKind::Instruction
        | CompletionKind::Reason => CompletionItemKind::ENUM,
        CompletionKind::Reference => CompletionItemKind::REFERENCE,
        CompletionKind::Keyword | CompletionKind::Caption | CompletionKind::Paragraph | CompletionKind::BlockWord => {
            CompletionItemKind::KEYWORD
        }
        CompletionKind::Template => CompletionItemKind::SNIPPET,
    }
}
