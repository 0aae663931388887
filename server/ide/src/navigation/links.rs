//! Links of a document: references to cables that are in it, and addresses of the web.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use cable_syntax::{Document, Field, Placed, Reference, pattern};
use regex::Regex;

use super::Place;

/// A place that leads elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What to click: bytes of the document.
    pub range: Range<usize>,
    /// Where it leads.
    pub target: Target,
    /// What it leads to, where the words to click do not say it: the canonical id of a cable.
    pub tooltip: Option<String>,
}

/// Where a [`Link`] leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A place of the same document, in bytes.
    Here(Range<usize>),
    /// An address of the web, as it is written.
    Address(String),
}

/// The links of a document, in order within each cable.
pub fn links(document: &Document) -> Vec<Link> {
    let ids = ids(document);
    document.cables().iter().flat_map(|placed| of_cable(document, placed, &ids)).collect()
}

/// The cables of a document by canonical id; the first, where two have the same. None when it holds only one cable.
fn ids(document: &Document) -> HashMap<&str, &Placed> {
    let mut ids = HashMap::new();
    if document.cables().len() > 1 {
        for placed in document.cables() {
            if let Some(id) = placed.cable.canonical_id() {
                ids.entry(id).or_insert(placed);
            }
        }
    }
    ids
}

fn of_cable(document: &Document, placed: &Placed, ids: &HashMap<&str, &Placed>) -> Vec<Link> {
    let cable = &placed.cable;
    let mut links: Vec<Link> = Vec::new();
    let entries = cable.header.references.iter().flat_map(|list| &list.entries).filter(|_| !ids.is_empty());
    for (entry, id) in entries.zip(cable.reference_ids()) {
        let Some((id, target)) = id.as_deref().and_then(|id| ids.get_key_value(id)) else { continue };
        if target.start != placed.start {
            let target = Target::Here(place(document, target).selection);
            links.push(Link { range: placed.range(entry.value.span), target, tooltip: Some((*id).to_owned()) });
        }
    }
    links.extend(addresses(cable.text()).map(|address| {
        let text = &cable.text()[address.clone()];
        Link {
            range: placed.start + address.start..placed.start + address.end,
            target: Target::Address(text.to_owned()),
            tooltip: None,
        }
    }));
    links.sort_by_key(|link| link.range.start);
    links
}

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\bhttps?://[^\s<>"'\\|{}()\[\]`]+"#));

/// The addresses of the web in a text, without the punctuation of the sentence after them.
fn addresses(text: &str) -> impl Iterator<Item = Range<usize>> {
    ADDRESS.find_iter(text).filter_map(|found| {
        let address = found.as_str().trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '’', '”', '…']);
        let has_host = address.split_once("://").is_some_and(|(_, rest)| rest.starts_with(char::is_alphanumeric));
        has_host.then(|| found.start()..found.start() + address.len())
    })
}

/// The cable of the same document that the REF entry at a byte of a cable names.
pub(super) fn cited_cable(document: &Document, placed: &Placed, offset: u32) -> Option<Place> {
    let list = placed.cable.header.references.as_ref()?;
    let touches = |entry: &&Field<Reference>| {
        entry.value.span.touches(offset) || entry.value.letter.is_some_and(|letter| letter.1.touches(offset))
    };
    let id = placed.cable.reference_ids().get(list.entries.iter().position(|entry| touches(&entry))?)?.as_deref()?;
    let mut others = document.cables().iter().filter(|other| other.start != placed.start);
    let cited = others.find(|other| other.cable.canonical_id() == Some(id))?;
    Some(place(document, cited))
}

/// A cable as a place to go to: its MRN.
pub fn place(document: &Document, placed: &Placed) -> Place {
    let range = placed.extent().start..placed.extent().end.min(document.len());
    let number = placed.cable.header.classification.as_ref();
    let selection =
        number.map_or(range.start..range.start, |line| placed.range(line.at(line.value.reference_number.span)));
    Place { range, selection }
}
