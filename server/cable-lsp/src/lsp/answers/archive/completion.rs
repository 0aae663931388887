//! A reference completed by what the archive has.

use cable_archive::Result;
use tower_lsp::lsp_types::CompletionList;

use super::super::convert;
use super::Asked;
use crate::lsp::analysis::{cited_cables, complete, typed_reference};
use crate::lsp::archive::known;

/// So many cables are enough to choose from while more is typed.
const MOST: usize = 40;

/// Whether a reference is being typed at the place.
pub(in crate::lsp) fn types_reference(asked: &Asked<'_>) -> bool {
    typed_reference(&asked.snapshot.document, asked.offset).is_some()
}

/// What may come next; in the REF list also the cables whose id or subject is being typed.
pub(in crate::lsp) fn completions(asked: &Asked<'_>) -> Result<CompletionList> {
    let document = &asked.snapshot.document;
    let mut found = complete(document, asked.offset);
    if let Some(archive) = asked.archive
        && let Some(typed) = typed_reference(document, asked.offset)
    {
        let cables = archive.index().search(&typed.search, MOST, document.catalog())?;
        let cables: Vec<_> = cables.iter().map(known).collect();
        let cited = cited_cables(document, asked.offset, &typed, &cables);
        found.incomplete |= cited.incomplete;
        found.items.extend(cited.items);
    }
    Ok(convert::completions(found, asked.snapshot, asked.uri, asked.facts))
}
