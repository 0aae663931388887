//! Above each cable, how many cite it and how many it cites.

use cable_archive::Result;
use serde_json::json;
use tower_lsp::lsp_types::{CodeLens, Command, Url};

use super::super::client_facts::ClientFacts;
use super::commands::THREAD;
use crate::lsp::analysis::place_of;
use crate::lsp::archive::Lookup;
use crate::lsp::documents::Snapshot;

/// A lens for each cable that cites another or is cited. To choose it shows the thread.
pub(in crate::lsp) fn lenses(
    snapshot: &Snapshot,
    uri: &Url,
    facts: &ClientFacts,
    archive: &Lookup<'_>,
) -> Result<Vec<CodeLens>> {
    let document = &snapshot.document;
    let mut lenses = Vec::new();
    for (index, placed) in document.cables().iter().enumerate().filter(|(_, placed)| placed.cable.is_recognised()) {
        let Some(own) = archive.own(uri, document, index) else { continue };
        let cites = own.cites.iter().filter(|cited| cited.serial.is_some()).count();
        let cited_by = archive.count_citing(&own.entry)?;
        if cited_by + cites == 0 {
            continue;
        }
        let range = facts.encoding.range(document.rope(), &place_of(document, placed).selection);
        let arguments = Some(vec![json!(uri), json!(range.start)]);
        let command = Command::new(format!("cited by {cited_by} · cites {cites}"), THREAD.to_owned(), arguments);
        lenses.push(CodeLens { range, command: Some(command), data: None });
    }
    Ok(lenses)
}
