//! Who cites a cable.

use cable_archive::{Cited, Entry, Result};
use tower_lsp::lsp_types::Location;

use super::super::convert;
use super::Asked;
use crate::lsp::analysis::archive::What;
use crate::lsp::analysis::navigation;
use crate::lsp::archive::Lookup;

/// The places of the document that name the same thing, and the references of other cables to the cable that is named.
pub(in crate::lsp) fn references(asked: &Asked<'_>, with_definition: bool) -> Result<Vec<Location>> {
    let Asked { snapshot, uri, facts, .. } = asked;
    let found = navigation::references(&snapshot.document, asked.offset, with_definition);
    let mut places = convert::locations(found, snapshot.document.rope(), uri, facts);
    if let Some(archive) = asked.archive {
        places
            .extend(elsewhere(asked, archive)?.into_iter().filter(|place| !places.contains(place)).collect::<Vec<_>>());
    }
    Ok(places)
}

fn elsewhere(asked: &Asked<'_>, archive: &Lookup<'_>) -> Result<Vec<Location>> {
    let document = &asked.snapshot.document;
    let Some(named) = asked.named() else { return Ok(Vec::new()) };
    let Some(own) = archive.own(asked.uri, document, named.cable) else { return Ok(Vec::new()) };
    let mut citing = Vec::new();
    if named.what == What::Own {
        citing.extend(archive.cited_by(&own.entry)?);
    }
    for meant in archive.meant(asked.uri, document, &named)? {
        match (meant.found, &meant.cited.id, &meant.cited.post, meant.cited.serial) {
            (Some((_, cables)), ..) => {
                if let Some(cable) = cables.first() {
                    citing.extend(archive.cited_by(cable)?);
                }
            }
            (None, Some(id), Some(post), Some(serial)) => citing.extend(archive.index().cited_by(id, post, serial)?),
            _ => {}
        }
    }
    // What this cable cites is among the places of the document.
    citing.retain(|(cable, _)| (&cable.path, cable.start) != (&own.entry.path, own.entry.start));
    Ok(places(&citing, archive, asked))
}

fn places(citing: &[(Entry, Cited)], archive: &Lookup<'_>, asked: &Asked<'_>) -> Vec<Location> {
    let mut places: Vec<Location> = Vec::new();
    for (cable, cited) in citing {
        if let Some((uri, ranges)) = archive.places(cable, &[cited], asked.facts.encoding) {
            places.extend(ranges.into_iter().map(|range| Location::new(uri.clone(), range)));
        }
    }
    places
}
