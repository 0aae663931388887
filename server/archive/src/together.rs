//! An index together with the documents that are open in an editor: what stands in these wins over their files.
//!
//! Nothing of an open document is written into the index, for others may read it, and its text may never be saved.

mod citing;

use std::cmp::Reverse;
use std::sync::Arc;

use cable_catalog::Catalog;
use cable_syntax::{Cable, CableNumber, Placed};

use crate::entry::{Cited, Entry, IdFrom};
use crate::error::{Error, Result};
use crate::find::Query;
use crate::index::Index;
use crate::names::number_of;
use crate::resolve::{How, choose};
use crate::row::{CableRow, NO_ROW, cited, text_hash};
use crate::thread::Thread;

pub use citing::Citing;

/// A cable of an open document, with what it cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCable {
    /// The cable. It has no row.
    pub entry: Entry,
    /// The entries of its list, in order.
    pub cites: Vec<Cited>,
    /// Its TAGS, without the names after them.
    pub tags: Vec<String>,
    /// What copies of its text have in common.
    text_hash: i64,
}

/// An open document in the place of its file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenFile {
    /// The file, below the index's folder.
    pub path: String,
    /// Its cables, in order.
    pub cables: Vec<Arc<OpenCable>>,
}

/// An index, and the documents that are open.
#[derive(Debug, Clone, Copy)]
pub struct Together<'a> {
    index: &'a Index,
    /// In the order of their paths.
    open: &'a [Arc<OpenFile>],
}

impl OpenCable {
    /// Reads a cable of the document that is open for the file of this path.
    pub fn of(path: &str, placed: &Placed) -> Self {
        let row = CableRow::of(path, placed);
        let code = |tag: &String| tag.split(' ').next().unwrap_or_default().to_owned();
        Self {
            text_hash: row.text_hash,
            tags: row.head.tags.iter().map(code).collect(),
            cites: cited(row.refs, row.number.as_ref()),
            entry: Entry {
                row: NO_ROW,
                path: path.to_owned(),
                start: row.start,
                length: row.length,
                line: row.line,
                id: row.id,
                id_from: row.id_from,
                mrn: row.head.mrn,
                post: row.number.as_ref().map(|number| number.post.clone()),
                year: row.number.as_ref().and_then(|number| number.year),
                serial: row.number.as_ref().map(|number| number.serial),
                dtg: row.head.dtg_iso,
                classification: row.head.classification.map(|level| level.word().to_owned()),
                sensitive: row.head.sensitive,
                subject: row.head.subject,
                sender: row.head.from,
                section: row.head.section.map(|section| (section.n, section.of)),
                joined: row.joined,
            },
        }
    }

    /// Whether it is where the cable now stands in its document.
    pub const fn stands_at(&self, placed: &Placed) -> bool {
        self.entry.start == placed.start as u64 && self.entry.line == placed.first_line as u64 + 1
    }

    /// The same where the cable now stands in its document.
    #[must_use]
    pub fn at(&self, placed: &Placed) -> Self {
        let mut moved = self.clone();
        moved.entry.start = placed.start as u64;
        moved.entry.line = placed.first_line as u64 + 1;
        moved
    }

    /// Whether it is one of those that a search by a few words looks for.
    fn fits(&self, query: &Query) -> bool {
        let Entry { id, subject, .. } = &self.entry;
        let has_tag = |tag: &String| self.tags.iter().any(|own| own.eq_ignore_ascii_case(tag));
        let begins = |start: &String| id.as_ref().is_some_and(|id| id.starts_with(start.as_str()));
        let subject = subject.as_deref().unwrap_or_default().to_ascii_lowercase();
        let words = query.subject.as_deref().unwrap_or_default().to_ascii_lowercase();
        query.tags.iter().all(has_tag)
            && query.id_start.iter().all(begins)
            && words.split_whitespace().all(|word| subject.contains(word))
    }
}

impl<'a> Together<'a> {
    /// An index, and what is open instead of its files, in the order of the paths.
    pub const fn new(index: &'a Index, open: &'a [Arc<OpenFile>]) -> Self {
        Self { index, open }
    }

    /// The cables of an id.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn by_id(&self, id: &str) -> Result<Vec<Entry>> {
        let is_wanted = |entry: &Entry| entry.id.as_deref() == Some(id);
        Ok(self.with_open(self.index.by_id(id)?, is_wanted))
    }

    /// The cables of a post with a serial, of one year or of any.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn by_number(&self, number: &CableNumber) -> Result<Vec<Entry>> {
        let is_wanted = |entry: &Entry| {
            let is_year = number.year.is_none_or(|year| entry.year == Some(year));
            is_year && entry.post.as_ref() == Some(&number.post) && entry.serial == Some(number.serial)
        };
        Ok(self.with_open(self.index.by_number(number)?, is_wanted))
    }

    /// The cables of a file, in order.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn of_file(&self, path: &str) -> Result<Vec<Entry>> {
        match self.open_file(path) {
            Some(file) => Ok(file.cables.iter().map(|cable| cable.entry.clone()).collect()),
            None => self.index.of_file(path),
        }
    }

    /// The thread around a cable, by the index alone: see [`Index::thread`].
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn thread(&self, named: &str, depth: usize, catalog: &Catalog) -> Result<Thread> {
        self.index.thread(named, depth, catalog)
    }

    /// The cables that an entry means, and how they were found; none where there is none.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn resolve(&self, cited: &Cited) -> Result<Option<(How, Vec<Entry>)>> {
        choose(
            cited,
            |id| self.by_id(id),
            |post, serial| {
                let number = CableNumber { post: post.to_owned(), year: None, serial };
                let mut cables = self.by_number(&number)?;
                cables.retain(|cable| cable.id.is_some());
                Ok(cables)
            },
            |cable| cable.year,
        )
    }

    /// What a cable cites, in the order of its list.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn cites(&self, entry: &Entry) -> Result<Vec<Cited>> {
        if entry.row != NO_ROW {
            return self.index.cites(entry.row);
        }
        let own = self.open_cables().find(|cable| cable.entry.path == entry.path && cable.entry.start == entry.start);
        Ok(own.map(|cable| cable.cites.clone()).unwrap_or_default())
    }

    /// The cables that the same post sent directly before and after, in the same year.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn neighbours(&self, post: &str, year: i16, serial: u32) -> Result<(Option<Entry>, Option<Entry>)> {
        let (before, after) = self.index.neighbours(post, year, serial)?;
        let near = || {
            let cables = self.open_cables().map(|cable| &cable.entry);
            cables.filter(|cable| cable.post.as_deref() == Some(post) && cable.year == Some(year))
        };
        let closed = |entry: &Entry| !self.is_open(&entry.path);
        let before = before.filter(closed).into_iter().chain(near().filter(|one| one.serial < Some(serial)).cloned());
        let after = after.filter(closed).into_iter().chain(near().filter(|one| one.serial > Some(serial)).cloned());
        // The first of those that are as near.
        Ok((before.min_by_key(|one| Reverse(one.serial)), after.min_by_key(|one| one.serial)))
    }

    /// The cables of other files than that of a path whose own texts give an id: see [`Index::others_with_id`].
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn others_with_id(&self, path: &str, id: &str) -> Result<Vec<Entry>> {
        let is_wanted = |entry: &Entry| {
            entry.path != path && entry.id.as_deref() == Some(id) && entry.id_from == Some(IdFrom::Text)
        };
        Ok(self.with_open(self.index.others_with_id(path, id)?, is_wanted))
    }

    /// The cables of other files than that of a path that have the text of a cable: see [`Index::others_with_text`].
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn others_with_text(&self, path: &str, cable: &Cable) -> Result<Vec<Entry>> {
        let mut others = self.index.others_with_text(path, cable)?;
        others.retain(|entry| !self.is_open(&entry.path));
        let hash = text_hash(cable);
        let same = self.open_cables().filter(|other| other.text_hash == hash && other.entry.path != path);
        others.extend(same.map(|other| other.entry.clone()));
        Ok(others)
    }

    /// The cables that a few typed words name, the latest first, at most so many: the beginning of an id or a number,
    /// words of the subject, `#TAGS`. Without words, the latest of all.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn search(&self, typed: &str, most: usize, catalog: &Catalog) -> Result<Vec<Entry>> {
        let mut query = Query { newest_first: true, limit: Some(most), ..Query::default() };
        let mut subject = Vec::new();
        for word in typed.split_whitespace() {
            match word.strip_prefix('#') {
                Some(tag) if !tag.is_empty() => query.tags.push(tag.to_owned()),
                Some(_) => {}
                None => subject.push(word),
            }
        }
        let named = number_of(typed, catalog);
        if let Some(named) = named.filter(|_| query.tags.is_empty()) {
            let mut found = self.by_number(&named)?;
            found.sort_by(|one, other| other.dtg.cmp(&one.dtg));
            if !found.is_empty() {
                found.truncate(most);
                return Ok(found);
            }
        }
        if let [word] = subject[..]
            && begins_id(word)
        {
            query.id_start = Some(word.to_uppercase());
        } else if !subject.is_empty() {
            query.subject = Some(subject.join(" "));
        }
        let mut found = Vec::new();
        // So many of them may be open, and stand there otherwise.
        query.limit = Some(most + self.open_cables().count().min(most));
        self.index.find::<Error>(&query, catalog, |entry| {
            found.push(entry);
            Ok(())
        })?;
        found.retain(|entry| !self.is_open(&entry.path));
        found.extend(self.open_cables().filter(|cable| cable.fits(&query)).map(|cable| cable.entry.clone()));
        found.sort_by(|one, other| {
            (one.dtg.is_none(), Reverse(&one.dtg), &one.id).cmp(&(other.dtg.is_none(), Reverse(&other.dtg), &other.id))
        });
        found.truncate(most);
        Ok(found)
    }

    /// The entries of closed files, and the open cables that are wanted.
    fn with_open(&self, mut entries: Vec<Entry>, is_wanted: impl Fn(&Entry) -> bool) -> Vec<Entry> {
        entries.retain(|entry| !self.is_open(&entry.path));
        entries.extend(self.open_cables().map(|cable| &cable.entry).filter(|entry| is_wanted(entry)).cloned());
        entries
    }

    fn open_cables(&self) -> impl Iterator<Item = &'a OpenCable> {
        self.open.iter().flat_map(|file| &file.cables).map(AsRef::as_ref)
    }

    fn is_open(&self, path: &str) -> bool {
        self.open_file(path).is_some()
    }

    fn open_file(&self, path: &str) -> Option<&'a OpenFile> {
        let at = self.open.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some(&self.open[at])
    }
}

/// Whether a word may be the beginning of an id: the year and a letter of the post.
fn begins_id(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    digits == 2 && word[digits..].starts_with(|letter: char| letter.is_ascii_alphabetic())
}
