//! What a reference leads to, shown where it is.

use cable_archive::{How, Result};
use tower_lsp::lsp_types::Hover;

use super::super::convert;
use super::Asked;
use crate::lsp::analysis;
use crate::lsp::analysis::archive::{What, card, citations, in_a_line};
use crate::lsp::archive::{Lookup, Meant, known};

/// What the words at the place mean, and what the archive has for the cables that they name.
pub(in crate::lsp) fn hover(asked: &Asked<'_>) -> Result<Option<Hover>> {
    let document = &asked.snapshot.document;
    let mut found = analysis::hover(document, asked.offset);
    if let (Some(archive), Some(named)) = (asked.archive, asked.named()) {
        let said = match named.what {
            // In a subject it would be said of every word.
            What::Own if found.is_none() => None,
            What::Own => match archive.own(asked.uri, document, named.cable) {
                Some(own) => Some(citations(archive.count_citing(&own.entry)?)),
                None => None,
            },
            _ => told(&archive.meant(asked.uri, document, &named)?, archive)?,
        };
        found = match (found, said) {
            (Some(found), Some(said)) => {
                Some(analysis::Hover { markdown: format!("{}\n\n---\n\n{said}", found.markdown), ..found })
            }
            (None, Some(markdown)) => Some(analysis::Hover { range: named.origin, markdown }),
            (found, None) => found,
        };
    }
    Ok(found.map(|found| convert::hover(found, document.rope(), asked.facts)))
}

/// One cable in full, several on a line each.
fn told(meant: &[Meant], archive: &Lookup<'_>) -> Result<Option<String>> {
    if let [Meant { found: Some((how, cables)), .. }] = meant
        && let [first, others @ ..] = &cables[..]
    {
        let note = match how {
            How::Exact => None,
            How::YearBefore => Some("no year is written; this is the cable of the year before"),
            How::OtherYear => Some("of another year than the reference says"),
        };
        let mut said = card(&archive.known_with_text(first), archive.count_citing(first)?, note);
        let others =
            others.iter().filter(|other| other.id != first.id).map(|other| format!("- {}", in_a_line(&known(other))));
        let others: Vec<String> = others.collect();
        if !others.is_empty() {
            said = format!("{said}\n\nor\n\n{}", others.join("\n"));
        }
        return Ok(Some(said));
    }
    let mut lines = Vec::new();
    for one in meant {
        match &one.found {
            Some((_, cables)) => lines.extend(cables.first().map(|cable| in_a_line(&known(cable)))),
            None => lines.extend(archive.absent(&one.cited)?.map(|absent| absent.markdown())),
        }
    }
    Ok(match lines.len() {
        0 => None,
        1 => lines.pop(),
        _ => Some(lines.iter().map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n")),
    })
}
