//! Words between the text.

use serde::{Deserialize, Serialize};
use serde_json::json;
use tower_lsp::lsp_types::{InlayHint, InlayHintLabel, InlayHintTooltip, Range as LspRange, Url};

use super::super::client_facts::ClientFacts;
use super::hover::markup;
use crate::lsp::analysis::{self, Document, HintKinds};
use crate::lsp::documents::Snapshot;
use crate::visible::visible;

/// What a hint without its tooltip carries, to be completed when somebody looks at it.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::lsp) struct TooltipLater {
    /// The document it is in.
    pub(in crate::lsp) uri: Url,
    /// The state of the document that it is about.
    revision: u64,
    /// Byte at which its token begins.
    start: usize,
}

/// The hints in a range of the document, of the kinds that its settings want.
pub(in crate::lsp) fn hints(snapshot: &Snapshot, range: LspRange, uri: &Url, facts: &ClientFacts) -> Vec<InlayHint> {
    let (document, rope) = (&snapshot.document, snapshot.document.rope());
    let (wanted, default) = (snapshot.analysis.config().hints, HintKinds::default());
    let kinds = HintKinds {
        number: wanted.number.unwrap_or(default.number),
        date: wanted.date.unwrap_or(default.date),
        code: wanted.code.unwrap_or(default.code),
    };
    let found = analysis::hints(document, &facts.encoding.span(rope, range), kinds);
    let hint = |hint: analysis::Hint| {
        let start = hint.range.start;
        let later =
            facts.resolves_hints.then(|| json!(TooltipLater { uri: uri.clone(), revision: snapshot.revision, start }));
        InlayHint {
            position: facts.encoding.position(rope, hint.range.end),
            label: InlayHintLabel::String(visible(&hint.label).into_owned()),
            kind: None,
            text_edits: None,
            tooltip: if facts.resolves_hints { None } else { tooltip(document, start, facts) },
            padding_left: Some(true),
            padding_right: None,
            data: later,
        }
    };
    found.into_iter().map(hint).collect()
}

/// The tooltip of a hint, if the document is still the one it is about.
pub(in crate::lsp) fn tooltip_later(
    later: &TooltipLater,
    snapshot: &Snapshot,
    facts: &ClientFacts,
) -> Option<InlayHintTooltip> {
    (later.revision == snapshot.revision).then(|| tooltip(&snapshot.document, later.start, facts)).flatten()
}

/// What the hover says of the token.
fn tooltip(document: &Document, start: usize, facts: &ClientFacts) -> Option<InlayHintTooltip> {
    let hover = analysis::hover(document, start)?;
    Some(InlayHintTooltip::MarkupContent(markup(hover.markdown, facts)))
}
