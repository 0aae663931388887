//! References that can be clicked: those to cables that the archive has.

use cable_archive::Result;
use tower_lsp::lsp_types::DocumentLink;

use super::super::client_facts::ClientFacts;
use super::super::convert;
use crate::lsp::analysis::archive::entries;
use crate::lsp::analysis::navigation;
use crate::lsp::archive::Lookup;
use crate::lsp::documents::Snapshot;
use crate::visible::visible;
use tower_lsp::lsp_types::Url;

/// The links of the document, and those to other files of its archive, in the order of the text.
pub(in crate::lsp) fn links(
    snapshot: &Snapshot,
    uri: &Url,
    facts: &ClientFacts,
    archive: Option<&Lookup<'_>>,
) -> Result<Vec<DocumentLink>> {
    let rope = snapshot.document.rope();
    let mut links = convert::links(navigation::links(&snapshot.document), rope, uri, facts);
    let Some(archive) = archive else { return Ok(links) };
    let within = links.len();
    for placed in snapshot.document.cables() {
        let leads = archive.leads(uri, placed)?;
        for (range, lead) in entries(placed).into_iter().zip(leads.iter()) {
            let Some(lead) = lead else { continue };
            let range = facts.encoding.range(rope, &range);
            if !links[..within].iter().any(|link| link.range == range) {
                links.push(DocumentLink {
                    range,
                    target: Some(lead.target.clone()),
                    tooltip: facts.link_tooltips.then(|| visible(&lead.id).into_owned()),
                    data: None,
                });
            }
        }
    }
    links.sort_by_key(|link| (link.range.start, link.range.end));
    Ok(links)
}
