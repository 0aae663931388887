//! Answers from an archive: from a reference to the cable that it means, who cites a cable, cables by id and subject. One
//! file a question. Where there is no index, or it cannot be read, each answers from the document alone.

mod commands;
mod completion;
mod definition;
mod hierarchy;
mod hover;
mod lens;
mod links;
mod references;
mod symbols;

pub(in crate::lsp) use commands::{ArchiveCommand, COMMANDS as ARCHIVE_COMMANDS, Done, execute};
pub(in crate::lsp) use completion::{completions, types_reference};
pub(in crate::lsp) use definition::definition;
pub(in crate::lsp) use hierarchy::{Of, incoming, outgoing, prepare};
pub(in crate::lsp) use hover::hover;
pub(in crate::lsp) use lens::lenses;
pub(in crate::lsp) use links::links;
pub(in crate::lsp) use references::references;
pub(in crate::lsp) use symbols::symbols;

use tower_lsp::lsp_types::{Position, Url};

use super::client_facts::ClientFacts;
use crate::lsp::analysis::archive::{Named, named};
use crate::lsp::archive::Lookup;
use crate::lsp::documents::Snapshot;

/// A question about a place of an open document.
pub(in crate::lsp) struct Asked<'a> {
    pub(in crate::lsp) snapshot: &'a Snapshot,
    pub(in crate::lsp) uri: &'a Url,
    /// Byte of the document.
    pub(in crate::lsp) offset: usize,
    pub(in crate::lsp) facts: &'a ClientFacts,
    /// The archive, where there is one that can be read.
    pub(in crate::lsp) archive: Option<&'a Lookup<'a>>,
}

impl<'a> Asked<'a> {
    pub(in crate::lsp) fn new(
        snapshot: &'a Snapshot,
        uri: &'a Url,
        position: Position,
        facts: &'a ClientFacts,
        archive: Option<&'a Lookup<'a>>,
    ) -> Self {
        let offset = facts.encoding.offset(snapshot.document.rope(), position);
        Self { snapshot, uri, offset, facts, archive }
    }

    /// The cables that the words at the place name.
    pub(in crate::lsp) fn named(&self) -> Option<Named> {
        named(&self.snapshot.document, self.offset)
    }
}
