//! The call hierarchy: a cable "calls" those that it cites, and is "called" by those that cite it.

use cable_archive::{Cited, Entry, Result};
use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types::{
    CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, Range, SymbolKind, Url,
};

use super::Asked;
use crate::lsp::analysis::archive::What;
use crate::lsp::archive::Lookup;
use crate::lsp::documents::Encoding;
use crate::visible::visible;

/// Which cable an item is, as the archive knows it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::lsp) struct Of {
    path: String,
    start: u64,
    id: Option<String>,
}

impl Of {
    /// The cable of an item that was given before.
    pub(in crate::lsp) fn item(item: &CallHierarchyItem) -> Option<Self> {
        Self::deserialize(item.data.as_ref()?).ok()
    }

    fn entry(&self, archive: &Lookup<'_>) -> Result<Option<Entry>> {
        let of_file = archive.index().of_file(&self.path)?;
        let here = of_file.into_iter().find(|entry| entry.start == self.start && entry.id == self.id);
        match (here, &self.id) {
            // The file was edited meanwhile.
            (None, Some(id)) => Ok(archive.index().by_id(id)?.into_iter().next()),
            (here, _) => Ok(here),
        }
    }
}

/// The cables that the words at the place name, else the cable that they stand in.
pub(in crate::lsp) fn prepare(asked: &Asked<'_>) -> Result<Vec<CallHierarchyItem>> {
    let (Some(archive), document) = (asked.archive, &asked.snapshot.document) else { return Ok(Vec::new()) };
    let mut cables = Vec::new();
    if let Some(named) = asked.named().filter(|named| named.what != What::Own) {
        let meant = archive.meant(asked.uri, document, &named)?;
        cables.extend(meant.into_iter().filter_map(|meant| meant.found).flat_map(|(_, cables)| cables));
    }
    if cables.is_empty() {
        cables.extend(archive.own(asked.uri, document, document.cable_at(asked.offset)).map(|own| own.entry));
    }
    Ok(cables.iter().filter_map(|cable| item(cable, archive, asked.facts.encoding)).collect())
}

/// Who cites a cable, and where.
pub(in crate::lsp) fn incoming(
    of: &Of,
    archive: &Lookup<'_>,
    encoding: Encoding,
) -> Result<Vec<CallHierarchyIncomingCall>> {
    let Some(cable) = of.entry(archive)? else { return Ok(Vec::new()) };
    let citing = archive.cited_by(&cable)?;
    let by_cable = citing.chunk_by(|(one, _), (other, _)| (&one.path, one.start) == (&other.path, other.start));
    let call = |of_one: &[(Entry, Cited)]| {
        let from = item(&of_one.first()?.0, archive, encoding)?;
        let cited: Vec<&Cited> = of_one.iter().map(|(_, cited)| cited).collect();
        let (_, from_ranges) = archive.places(&of_one.first()?.0, &cited, encoding)?;
        Some(CallHierarchyIncomingCall { from, from_ranges })
    };
    Ok(by_cable.filter_map(call).collect())
}

/// What a cable cites of the archive, and where.
pub(in crate::lsp) fn outgoing(
    of: &Of,
    archive: &Lookup<'_>,
    encoding: Encoding,
) -> Result<Vec<CallHierarchyOutgoingCall>> {
    let Some(cable) = of.entry(archive)? else { return Ok(Vec::new()) };
    let mut calls = Vec::new();
    for cited in archive.index().cites(&cable)? {
        let Some((_, cables)) = archive.index().resolve(&cited)? else { continue };
        let ranges = archive.places(&cable, &[&cited], encoding).map(|(_, ranges)| ranges).unwrap_or_default();
        let to = cables.iter().filter_map(|cable| item(cable, archive, encoding));
        calls.extend(to.map(|to| CallHierarchyOutgoingCall { to, from_ranges: ranges.clone() }));
    }
    Ok(calls)
}

fn item(cable: &Entry, archive: &Lookup<'_>, encoding: Encoding) -> Option<CallHierarchyItem> {
    let (uri, range): (Url, Range) = archive.place(cable, encoding)?;
    let facts = cable.day().into_iter().chain(cable.subject.as_deref());
    let detail: Vec<_> = facts.map(visible).collect();
    Some(CallHierarchyItem {
        name: visible(&cable.name()).into_owned(),
        kind: SymbolKind::FILE,
        tags: None,
        detail: (!detail.is_empty()).then(|| detail.join(" ")),
        uri,
        range,
        selection_range: range,
        data: serde_json::to_value(Of { path: cable.path.clone(), start: cable.start, id: cable.id.clone() }).ok(),
    })
}
