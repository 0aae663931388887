//! Places of a document and ways between them: definitions, references, marks, links, linked ranges, and the letter
//! that can be renamed.

use std::ops::Range;

use ropey::Rope;
use tower_lsp::jsonrpc::{Error, ErrorCode};
use tower_lsp::lsp_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentLink, GotoDefinitionResponse, LinkedEditingRanges, Location,
    LocationLink, PrepareRenameResponse, Url,
};

use super::super::client_facts::ClientFacts;
use crate::lsp::analysis;
use crate::visible::visible;

/// The code of a request that was understood and cannot be done, which the library does not name.
const REQUEST_FAILED: ErrorCode = ErrorCode::ServerError(-32803);

/// Where a thing is defined; with the words at the cursor and the whole of the place, if the client shows them.
pub(in crate::lsp) fn definition(
    found: analysis::Definition,
    rope: &Rope,
    uri: &Url,
    facts: &ClientFacts,
) -> GotoDefinitionResponse {
    let range = |range: &Range<usize>| facts.encoding.range(rope, range);
    if facts.definition_links {
        let link = |target: analysis::Place| LocationLink {
            origin_selection_range: Some(range(&found.origin)),
            target_uri: uri.clone(),
            target_range: range(&target.range),
            target_selection_range: range(&target.selection),
        };
        return GotoDefinitionResponse::Link(found.targets.into_iter().map(link).collect());
    }
    let names = found.targets.into_iter().map(|target| target.selection).collect();
    GotoDefinitionResponse::Array(locations(names, rope, uri, facts))
}

/// Places of a document.
pub(in crate::lsp) fn locations(
    found: Vec<Range<usize>>,
    rope: &Rope,
    uri: &Url,
    facts: &ClientFacts,
) -> Vec<Location> {
    found.into_iter().map(|range| Location::new(uri.clone(), facts.encoding.range(rope, &range))).collect()
}

/// What to mark while the cursor is on a thing.
pub(in crate::lsp) fn highlights(
    found: Vec<analysis::Highlight>,
    rope: &Rope,
    facts: &ClientFacts,
) -> Vec<DocumentHighlight> {
    let kind = |kind| match kind {
        analysis::HighlightKind::Text => DocumentHighlightKind::TEXT,
        analysis::HighlightKind::Read => DocumentHighlightKind::READ,
        analysis::HighlightKind::Write => DocumentHighlightKind::WRITE,
    };
    let mark = |mark: analysis::Highlight| DocumentHighlight {
        range: facts.encoding.range(rope, &mark.range),
        kind: Some(kind(mark.kind)),
    };
    found.into_iter().map(mark).collect()
}

/// What leads elsewhere. A place of the same document is its address and a line, `#L12`: VS Code goes there, and
/// clients that do not have "go to definition" for it.
pub(in crate::lsp) fn links(
    found: Vec<analysis::Link>,
    rope: &Rope,
    uri: &Url,
    facts: &ClientFacts,
) -> Vec<DocumentLink> {
    let target = |target: analysis::Target| match target {
        analysis::Target::Address(address) => Url::parse(&address).ok(),
        analysis::Target::Here(range) => {
            let mut uri = uri.clone();
            uri.set_fragment(Some(&format!("L{}", facts.encoding.position(rope, range.start).line + 1)));
            Some(uri)
        }
    };
    let link = |link: analysis::Link| {
        Some(DocumentLink {
            range: facts.encoding.range(rope, &link.range),
            target: Some(target(link.target)?),
            tooltip: link.tooltip.filter(|_| facts.link_tooltips).map(|tooltip| visible(&tooltip).into_owned()),
            data: None,
        })
    };
    found.into_iter().filter_map(link).collect()
}

/// Ranges that are typed in together; none where there is nothing to link.
pub(in crate::lsp) fn linked_ranges(
    found: &[Range<usize>],
    rope: &Rope,
    facts: &ClientFacts,
) -> Option<LinkedEditingRanges> {
    let ranges = found.iter().map(|range| facts.encoding.range(rope, range)).collect();
    (!found.is_empty()).then(|| LinkedEditingRanges { ranges, word_pattern: Some("[0-9]+".into()) })
}

/// The letter that can be renamed.
pub(in crate::lsp) fn renameable(
    found: analysis::Renameable,
    rope: &Rope,
    facts: &ClientFacts,
) -> PrepareRenameResponse {
    PrepareRenameResponse::RangeWithPlaceholder {
        range: facts.encoding.range(rope, &found.range),
        placeholder: found.placeholder,
    }
}

/// Why something cannot be done, for a person to read.
pub(in crate::lsp) fn refusal(reason: &str) -> Error {
    Error { code: REQUEST_FAILED, message: visible(reason).into_owned().into(), data: None }
}
