//! Answers about a document, and those that its archive has a part in: when it is asked, how long it is waited for, and what
//! is answered without it.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{CallHierarchyItem, MessageType, TextDocumentIdentifier, TextDocumentPositionParams, Url};

use super::session::Session;
use crate::lsp::answers::ClientFacts;
use crate::lsp::answers::archive::{self, ArchiveCommand, Asked, Done, Of};
use crate::lsp::answers::edition::{WantedEdition, edition};
use crate::lsp::archive::Lookup;
use crate::lsp::documents::{Encoding, Snapshot, Wanted, work};
use crate::visible::visible;

/// How long who wants something of an archive waits for it to be read.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// When a place has to do with the archive, and how much the person wants to know.
#[derive(Clone, Copy)]
pub(super) struct Interest {
    concerns: fn(&Asked<'_>) -> bool,
    /// How long the answer waits for the archive to be read.
    patience: Duration,
    /// Whether the person may be asked to have one read.
    may_ask: bool,
}

impl Interest {
    /// The person goes where the words at the place lead.
    pub(super) const POINT: Self = Self { concerns: names_a_cable, patience: PATIENCE, may_ask: true };
    /// The person goes from the cable itself, wherever the cursor is.
    pub(super) const ANYWHERE: Self = Self { concerns: |_| true, patience: PATIENCE, may_ask: true };
    /// The pointer rests there.
    pub(super) const LOOK: Self =
        Self { concerns: names_a_cable, patience: Duration::from_millis(250), may_ask: false };
    /// The person types.
    pub(super) const TYPE: Self = Self { concerns: archive::types_reference, patience: Duration::ZERO, may_ask: false };
}

fn names_a_cable(asked: &Asked<'_>) -> bool {
    asked.named().is_some()
}

impl Session {
    /// Answers a request about a document from a snapshot; `None` if it is not open.
    pub(super) async fn read<T, F>(&self, snapshot: Option<Wanted>, read: F) -> Result<Option<T>>
    where
        T: Send + 'static,
        F: FnOnce(&Snapshot, &ClientFacts) -> T + Send + 'static,
    {
        let Some(snapshot) = snapshot else { return Ok(None) };
        let facts = self.facts()?;
        work::read(snapshot, move |snapshot| read(snapshot, &facts)).await.map(Some)
    }

    /// Answers a request about a document with what its archive says, once that has been read or after some patience; else
    /// from the document alone. `None` if it is not open.
    pub(super) async fn look_up<T, F>(
        self: &Arc<Self>,
        uri: &Url,
        snapshot: Option<Wanted>,
        patience: Duration,
        answer: F,
    ) -> Result<Option<T>>
    where
        T: Send + 'static,
        F: Fn(&Snapshot, &ClientFacts, Option<&Lookup<'_>>) -> cable_archive::Result<T> + Send + 'static,
    {
        let view = self.archives.view(uri);
        let Some(snapshot) = snapshot else { return Ok(None) };
        let facts = self.facts()?;
        let Some(view) = view else {
            return work::read(snapshot, move |snapshot| answer(snapshot, &facts, None).ok()).await;
        };
        view.ready(patience).await;
        let answer = move |snapshot: &Snapshot| {
            let looked = view.look(|archive| answer(snapshot, &facts, Some(archive)));
            looked.or_else(|| answer(snapshot, &facts, None).ok())
        };
        work::read_apart(snapshot, answer).await
    }

    /// The same of a place in the document. The archive is asked only where the place has to do with it.
    pub(super) async fn look_up_at<T, F>(
        self: &Arc<Self>,
        place: TextDocumentPositionParams,
        interest: Interest,
        snapshot: Option<Wanted>,
        answer: F,
    ) -> Result<Option<T>>
    where
        T: Send + 'static,
        F: Fn(&Asked<'_>) -> cable_archive::Result<T> + Send + 'static,
    {
        let TextDocumentPositionParams { text_document: TextDocumentIdentifier { uri }, position } = place;
        let archive = self.archives.of(&uri);
        let (own, facts, has_archive) = (uri.clone(), self.facts()?, archive.is_some());
        let first = self.read(snapshot, move |snapshot, facts| {
            let asked = Asked::new(snapshot, &own, position, facts, None);
            let is_of_interest = (interest.concerns)(&asked);
            // Without an index, or where it has nothing to say, this is the answer.
            let answered = if is_of_interest && has_archive { None } else { answer(&asked).ok() };
            (answered, is_of_interest, snapshot.clone(), answer)
        });
        let Some((answered, is_of_interest, snapshot, answer)) = first.await? else { return Ok(None) };
        let Some(archive) = archive.filter(|_| is_of_interest) else {
            if is_of_interest && interest.may_ask {
                self.ask_about_archive(&uri);
            }
            return Ok(answered);
        };
        let view = self.archives.over(archive);
        view.ready(interest.patience).await;
        let answer = move |snapshot: &Snapshot| {
            let asked = |archive: Option<&Lookup<'_>>| answer(&Asked::new(snapshot, &uri, position, &facts, archive));
            view.look(|archive| asked(Some(archive))).or_else(|| asked(None).ok())
        };
        work::read_apart(snapshot, answer).await
    }

    /// The edition of a document, as JSON.
    pub(super) async fn edition(self: &Arc<Self>, wanted: WantedEdition) -> Result<Vec<u8>> {
        /// How long the first page waits for the archive that its links lead into.
        const PATIENCE: Duration = Duration::from_millis(250);
        let (uri, snapshot) = (wanted.uri.clone(), self.snapshot(&wanted.uri));
        let made = if wanted.has_links() {
            let answer = move |snapshot: &Snapshot, _: &ClientFacts, archive: Option<&Lookup<'_>>| {
                edition(snapshot, &wanted, archive)
            };
            self.look_up(&uri, snapshot, PATIENCE, answer).await?
        } else {
            self.read(snapshot, move |snapshot, _| edition(snapshot, &wanted, None).ok()).await?.flatten()
        };
        made.ok_or_else(|| Error::invalid_params("the document is not open"))
    }

    /// Follows an item of the call hierarchy.
    pub(super) async fn follow<T: Send + 'static>(
        self: &Arc<Self>,
        item: &CallHierarchyItem,
        follow: fn(&Of, &Lookup<'_>, Encoding) -> cable_archive::Result<Vec<T>>,
    ) -> Result<Option<Vec<T>>> {
        let (view, facts) = (self.archives.view(&item.uri), self.facts()?);
        let of = Of::item(item).ok_or_else(|| Error::invalid_params("the data of the item is not ours"))?;
        let Some(view) = view else { return Ok(None) };
        let look = move || view.look(|archive| follow(&of, archive, facts.encoding));
        tokio::task::spawn_blocking(look).await.map_err(|_| Error::internal_error())
    }

    /// Carries out a command that asks an archive.
    pub(super) async fn execute_in_archive(self: &Arc<Self>, command: ArchiveCommand) -> Result<Option<Value>> {
        let (question, uri, position) = match command {
            ArchiveCommand::Ask(question, uri, position) => (question, uri, position),
            ArchiveCommand::Rebuild(uri) => {
                let is_ours = self.archives.of(&uri).is_some_and(|archive| archive.rebuild());
                if !is_ours {
                    self.say(MessageType::INFO, "this folder has no index of its own".to_owned());
                }
                return Ok(Some(json!(is_ours)));
            }
        };
        let (snapshot, own) = (self.snapshot(&uri), uri.clone());
        let done = self.look_up(&uri, snapshot, PATIENCE, move |snapshot, facts, archive| {
            let asked = Asked::new(snapshot, &own, position, facts, archive);
            archive.map(|archive| archive::execute(question, &asked, archive)).transpose()
        });
        match done.await?.flatten() {
            None => {
                self.say(MessageType::INFO, "this document is in no archive that has an index".to_owned());
                Ok(None)
            }
            Some(Done::Nothing(why)) => {
                self.say(MessageType::INFO, visible(&why).into_owned());
                Ok(None)
            }
            Some(Done::Show(place)) => {
                self.show_place(&place).await?;
                Ok(serde_json::to_value(place).ok())
            }
            Some(Done::Text(name, text)) => {
                self.show_text(&name, &text).await?;
                Ok(Some(text.into()))
            }
        }
    }
}
