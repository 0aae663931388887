//! The whole archive as a graph: its cables, and who cites whom.

use std::collections::BTreeSet;

use crate::entry::{COLUMNS, Cited, Entry, TABLES};
use crate::error::{Error, Result};
use crate::index::Index;
use crate::resolve::How;

/// A cable by its id. Several files may hold it, in sections or twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its id, or what stands for it where it has none.
    pub id: String,
    /// Where the archive has it; none where it is only cited.
    pub cables: Vec<Entry>,
}

/// One cable cites another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The id of the citing cable.
    pub citing: String,
    /// The id of the cited one.
    pub cited: String,
    /// The letter of the entry.
    pub letter: Option<String>,
    /// How it was found; none where the archive does not have it.
    pub how: Option<How>,
}

/// The order of the citing cables.
const ORDER: &str = "file.path, cable.start, ref.position";

impl Index {
    /// Hands over every cable, by its id; with `missing` then those that are only cited.
    ///
    /// # Errors
    ///
    /// When the index cannot be read, or when that is where `then` ends it.
    pub fn nodes<E: From<Error>>(
        &self,
        missing: bool,
        mut then: impl FnMut(Node) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let fault = |error: rusqlite::Error| E::from(error.into());
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} ORDER BY cable.canonical_id, file.path, cable.start");
        let mut all = self.connection.prepare(&sql).map_err(fault)?;
        let mut rows = all.query([]).map_err(fault)?;
        let mut open: Option<Node> = None;
        while let Some(row) = rows.next().map_err(fault)? {
            let entry = Entry::of(row).map_err(fault)?;
            let id = entry.name();
            match &mut open {
                Some(node) if node.id == id => node.cables.push(entry),
                _ => open.replace(Node { id, cables: vec![entry] }).map_or(Ok(()), &mut then)?,
            }
        }
        open.map_or(Ok(()), &mut then)?;
        if missing {
            let mut absent = BTreeSet::new();
            self.each_cited(ORDER, |cited, resolved| {
                if resolved.is_none() {
                    absent.insert(absent_name(&cited));
                }
                Ok::<_, E>(())
            })?;
            absent.into_iter().try_for_each(|id| then(Node { id, cables: Vec::new() }))?;
        }
        Ok(())
    }

    /// Hands over who cites whom, in the order of the citing cables. An entry that may mean several cables is an edge to the
    /// likeliest; with `missing` also what the archive does not have is cited.
    ///
    /// # Errors
    ///
    /// When the index cannot be read, or when that is where `then` ends it.
    pub fn edges<E: From<Error>>(
        &self,
        missing: bool,
        mut then: impl FnMut(Edge) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        self.each_cited(ORDER, |cited, resolved| {
            let how = resolved.as_ref().map(|resolved| resolved.how);
            let likeliest = resolved.and_then(|resolved| resolved.cables.into_iter().next());
            let other = match likeliest {
                Some(cable) => cable.id,
                None if missing => absent_name(&cited),
                None => return Ok(()),
            };
            let Some(citing) = self.entry(cited.citing).map_err(E::from)? else { return Ok(()) };
            then(Edge { citing: citing.name(), cited: other, letter: cited.letter, how })
        })
    }

    /// The ids that an entry means, the likeliest alone where the year is a guess; that of an absent cable as it is written.
    pub(crate) fn meant(&self, cited: &Cited) -> Result<Vec<(String, Option<How>)>> {
        Ok(match self.resolve(cited)? {
            Some(resolved) => {
                let first = resolved.cables.into_iter().next();
                first.map(|cable| (cable.id, Some(resolved.how))).into_iter().collect()
            }
            None if cited.post.is_some() && cited.serial.is_some() => vec![(absent_name(cited), None)],
            None => Vec::new(),
        })
    }

    /// The cables of a node.
    pub(crate) fn by_name(&self, id: &str) -> Result<Vec<Entry>> {
        let known = self.by_id(id)?;
        if !known.is_empty() {
            return Ok(known);
        }
        let nameless = self
            .entries("cable.canonical_id IS NULL AND (cable.mrn = ?1 OR file.path || ':' || cable.line = ?1)", [id])?;
        Ok(nameless)
    }
}

/// What an absent cable is called: its id; without a year post and serial.
pub(crate) fn absent_name(cited: &Cited) -> String {
    cited.id.clone().unwrap_or_else(|| {
        let serial = cited.serial.map(|serial| serial.to_string()).unwrap_or_default();
        format!("{}{serial}", cited.post.as_deref().unwrap_or_default())
    })
}
