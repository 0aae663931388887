//! The commands of an archive: the next and previous cable of a post, the thread of a cable, the index made anew.

use cable_archive::{Entry, Result};
use serde_json::Value;
use tower_lsp::jsonrpc;
use tower_lsp::lsp_types::{ExecuteCommandParams, Location, Position, Url};

use super::Asked;
use crate::lsp::analysis::archive::What;
use crate::lsp::archive::Lookup;
use crate::thread_tree;

/// Shows the thread of a cable.
pub(super) const THREAD: &str = "cable.thread";

/// The names of the commands.
pub(in crate::lsp) const COMMANDS: [&str; 4] =
    ["cable.nextOfPost", "cable.previousOfPost", THREAD, "cable.rebuildArchive"];

/// Steps of a thread that fit on a screen.
const DEPTH: usize = 2;

/// A command, about the document of this address.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::lsp) enum ArchiveCommand {
    /// Makes the index anew.
    Rebuild(Url),
    /// Asks it something about the cable at a place.
    Ask(Question, Url, Position),
}

/// What a command asks of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lsp) enum Question {
    /// The next cable that the same post sent, of those in the archive.
    Next,
    /// The one before.
    Previous,
    /// What the cable cites and what cites it.
    Thread,
}

/// What a command comes to.
#[derive(Debug)]
pub(in crate::lsp) enum Done {
    /// The client is to show this place, which is also the answer.
    Show(Location),
    /// The client is to show a text under this name; the text is also the answer.
    Text(String, String),
    /// There is nothing to show, and why.
    Nothing(String),
}

impl ArchiveCommand {
    /// Reads a command, if it is one of these.
    ///
    /// # Errors
    ///
    /// When it names no document.
    pub(in crate::lsp) fn read(params: &ExecuteCommandParams) -> jsonrpc::Result<Option<Self>> {
        let name = params.command.as_str();
        if !COMMANDS.contains(&name) {
            return Ok(None);
        }
        let uri = params.arguments.first().and_then(Value::as_str).and_then(|text| Url::parse(text).ok());
        let needs = || jsonrpc::Error::invalid_params(format!("{name} needs the address of a document"));
        let uri = uri.ok_or_else(needs)?;
        let position = match params.arguments.get(1) {
            None | Some(Value::Null) => Position::default(),
            Some(value) => serde_json::from_value(value.clone())
                .map_err(|error| jsonrpc::Error::invalid_params(error.to_string()))?,
        };
        let question = match name {
            "cable.nextOfPost" => Question::Next,
            "cable.previousOfPost" => Question::Previous,
            THREAD => Question::Thread,
            _ => return Ok(Some(Self::Rebuild(uri))),
        };
        Ok(Some(Self::Ask(question, uri, position)))
    }
}

/// Answers what a command asks.
pub(in crate::lsp) fn execute(question: Question, asked: &Asked<'_>, archive: &Lookup<'_>) -> Result<Done> {
    let document = &asked.snapshot.document;
    let Some(own) = archive.own(asked.uri, document, document.cable_at(asked.offset)) else {
        return Ok(Done::Nothing("there is no cable here".to_owned()));
    };
    match question {
        Question::Next => neighbour(&own.entry, true, asked, archive),
        Question::Previous => neighbour(&own.entry, false, asked, archive),
        Question::Thread => {
            let named = asked.named().filter(|named| named.what != What::Own);
            let meant = named.map(|named| archive.meant(asked.uri, document, &named)).transpose()?.unwrap_or_default();
            let cited = meant.first().and_then(|meant| match &meant.found {
                Some((_, cables)) => cables.first().map(Entry::name),
                None => meant.cited.id.clone(),
            });
            let name = cited.unwrap_or_else(|| own.entry.name());
            let thread = archive.thread(&name, DEPTH)?;
            if thread.nodes.is_empty() {
                return Ok(Done::Nothing(format!("{name} is not in this archive, and nothing there cites it")));
            }
            Ok(Done::Text(format!("thread {name}"), thread_tree::text(&thread)))
        }
    }
}

fn neighbour(own: &Entry, is_next: bool, asked: &Asked<'_>, archive: &Lookup<'_>) -> Result<Done> {
    let (Some(post), Some(year), Some(serial)) = (&own.post, own.year, own.serial) else {
        return Ok(Done::Nothing("this cable has no number and year to count from".to_owned()));
    };
    let (before, after) = archive.index().neighbours(post, year, serial)?;
    let found = if is_next { after } else { before };
    let place = found.and_then(|entry| archive.place(&entry, asked.facts.encoding));
    let Some((uri, range)) = place else {
        let order = if is_next { "later" } else { "earlier" };
        return Ok(Done::Nothing(format!("this archive has no {order} cable of {post} in {year}")));
    };
    Ok(Done::Show(Location::new(uri, range)))
}
