//! From words that name a cable to that cable.

use cable_archive::Result;
use tower_lsp::lsp_types::{GotoDefinitionResponse, Location, LocationLink};

use super::super::convert;
use super::Asked;
use crate::lsp::analysis::navigation;

/// The cables that a reference may mean, the likeliest first; else where the document itself defines the words.
pub(in crate::lsp) fn definition(asked: &Asked<'_>) -> Result<Option<GotoDefinitionResponse>> {
    let found = in_archive(asked)?;
    Ok(found.or_else(|| {
        let Asked { snapshot, uri, facts, .. } = asked;
        let rope = snapshot.document.rope();
        let found = navigation::definition(&snapshot.document, asked.offset)?;
        Some(convert::definition(found, rope, uri, facts))
    }))
}

fn in_archive(asked: &Asked<'_>) -> Result<Option<GotoDefinitionResponse>> {
    let (Some(archive), Some(named)) = (asked.archive, asked.named()) else { return Ok(None) };
    let meant = archive.meant(asked.uri, &asked.snapshot.document, &named)?;
    let cables = meant.into_iter().filter_map(|meant| meant.found).flat_map(|(_, cables)| cables);
    let encoding = asked.facts.encoding;
    let places: Vec<_> = cables.filter_map(|cable| archive.place(&cable, encoding)).collect();
    if places.is_empty() {
        return Ok(None);
    }
    if !asked.facts.definition_links {
        let places = places.into_iter().map(|(uri, range)| Location::new(uri, range)).collect();
        return Ok(Some(GotoDefinitionResponse::Array(places)));
    }
    let origin = encoding.range(asked.snapshot.document.rope(), &named.origin);
    let links = places.into_iter().map(|(target_uri, range)| LocationLink {
        origin_selection_range: Some(origin),
        target_uri,
        target_range: range,
        target_selection_range: range,
    });
    Ok(Some(GotoDefinitionResponse::Link(links.collect())))
}
