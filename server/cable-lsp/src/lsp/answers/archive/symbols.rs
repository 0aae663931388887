//! Cables of the archive by id, by words of the subject and by TAGS.

use std::cmp::Reverse;

use cable_archive::Entry;
use tower_lsp::lsp_types::{Location, SymbolInformation, SymbolKind};

use super::super::client_facts::ClientFacts;
use crate::lsp::archive::View;
use crate::visible::visible;

/// So many are answered at most.
const MOST: usize = 128;

/// The cables of all archives that typed words name, the latest first.
pub(in crate::lsp) fn symbols(views: &[View], typed: &str, facts: &ClientFacts) -> Vec<SymbolInformation> {
    let mut found = Vec::new();
    for view in views {
        let some = view.look(|archive| {
            let entries = archive.index().search(typed, MOST, &archive.catalog())?;
            let placed =
                |entry: Entry| Some((entry.dtg.clone(), symbol(&entry, archive.place(&entry, facts.encoding)?)));
            Ok(entries.into_iter().filter_map(placed).collect::<Vec<_>>())
        });
        found.extend(some.unwrap_or_default());
    }
    if views.len() > 1 {
        found.sort_by_key(|(dtg, _)| (dtg.is_none(), Reverse(dtg.clone())));
        found.truncate(MOST);
    }
    found.into_iter().map(|(_, symbol)| symbol).collect()
}

fn symbol(entry: &Entry, (uri, range): (tower_lsp::lsp_types::Url, tower_lsp::lsp_types::Range)) -> SymbolInformation {
    let name = match &entry.subject {
        Some(subject) => format!("{} {subject}", entry.name()),
        None => entry.name(),
    };
    let facts: Vec<&str> = entry.day().into_iter().chain(entry.classification.as_deref()).collect();
    #[expect(deprecated, reason = "the field has to be named")]
    SymbolInformation {
        name: visible(&name).into_owned(),
        kind: SymbolKind::FILE,
        tags: None,
        deprecated: None,
        location: Location::new(uri, range),
        container_name: (!facts.is_empty()).then(|| visible(&facts.join(", ")).into_owned()),
    }
}
