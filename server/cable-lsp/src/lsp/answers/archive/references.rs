//! Who cites a cable.

use cable_archive::{Citing, Result};
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

/// The references of other cables, in the order of their files.
fn elsewhere(asked: &Asked<'_>, archive: &Lookup<'_>) -> Result<Vec<Location>> {
    let document = &asked.snapshot.document;
    let Some(named) = asked.named() else { return Ok(Vec::new()) };
    let Some(own) = archive.own(asked.uri, document, named.cable) else { return Ok(Vec::new()) };
    let mut citing = Vec::new();
    if named.what == What::Own {
        citing.push(archive.citing(&own.entry)?);
    }
    for meant in archive.meant(asked.uri, document, &named)? {
        match (meant.found, &meant.cited.id, &meant.cited.post, meant.cited.serial) {
            (Some((_, cables)), ..) => {
                if let Some(cable) = cables.first() {
                    citing.push(archive.citing(cable)?);
                }
            }
            (None, Some(id), Some(post), Some(serial)) => citing.push(archive.index().citing(id, post, serial)?),
            _ => {}
        }
    }
    let mut found = Vec::new();
    for Citing { places, entries } in citing {
        found.extend(places.iter().filter_map(|place| archive.known_place(place)));
        // What this cable cites is among the places of the document.
        let others =
            entries.iter().filter(|(cable, _)| (&cable.path, cable.start) != (&own.entry.path, own.entry.start));
        for (cable, cited) in others {
            let placed = archive.places(cable, &[cited], asked.facts.encoding);
            found.extend(
                placed.into_iter().flat_map(|(uri, ranges)| ranges.into_iter().map(move |range| (uri.clone(), range))),
            );
        }
    }
    let mut found: Vec<Location> = found.into_iter().map(|(uri, range)| Location::new(uri, range)).collect();
    found.sort_by(|one, other| (&one.uri, one.range.start).cmp(&(&other.uri, other.range.start)));
    Ok(found)
}
