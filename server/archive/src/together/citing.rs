//! Who cites a cable, in closed files and open documents. What an archive's hub is cited by is hundreds of places all over it,
//! so that nothing of them is read but what is asked for.

use std::collections::HashSet;

use super::{OpenCable, Together};
use crate::entry::{Cited, CitingPlace, Entry};
use crate::error::Result;
use crate::resolve::{How, Meaning, Meant};

/// Where the entries are that cite a cable.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Citing {
    /// Those whose places the index knows.
    pub places: Vec<CitingPlace>,
    /// Those to be looked for in their texts: of open documents, and on lines with letters beyond ASCII. Each with the cable
    /// that it stands in.
    pub entries: Vec<(Entry, Cited)>,
}

/// A way in which lists name a cable, and which of the entries that do so mean it.
struct Named {
    naming: Cited,
    /// The row of the citing cable and the place in its list, in order; none where all of them do.
    some: Option<Vec<(i64, u32)>>,
}

impl<'a> Together<'a> {
    /// The entries that mean the cable of this id, each with the cable that cites it, in the order of these.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn cited_by(&self, id: &str, post: &str, serial: u32) -> Result<Vec<(Entry, Cited)>> {
        let mut citing = Vec::new();
        for (row, position) in self.closed_rows(id, post, serial)? {
            citing.extend(self.index.citing_at(row, position)?);
        }
        citing.extend(self.open_entries(id, post, serial)?);
        citing.sort_by(|(one, first), (other, second)| {
            (&one.path, one.start, first.position).cmp(&(&other.path, other.start, second.position))
        });
        Ok(citing)
    }

    /// Where they are, in no order.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn citing(&self, id: &str, post: &str, serial: u32) -> Result<Citing> {
        let mut citing = Citing { entries: self.open_entries(id, post, serial)?, ..Citing::default() };
        let mut found = Vec::new();
        for Named { naming, some } in self.named(id, post, serial)? {
            let is_meant = |own: &(i64, u32)| some.as_ref().is_none_or(|some| some.binary_search(own).is_ok());
            found.extend(self.index.places_named(&naming)?.into_iter().filter(|(own, _)| is_meant(own)));
        }
        for ((row, position), place) in found.into_iter().filter(|(_, place)| !self.is_open(&place.path)) {
            if place.columns.is_some() {
                citing.places.push(place);
            } else {
                citing.entries.extend(self.index.citing_at(row, position)?);
            }
        }
        Ok(citing)
    }

    /// How many cables cite the cable of an id.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn count_citing(&self, id: &str, post: &str, serial: u32) -> Result<usize> {
        let mut closed = self.closed_rows(id, post, serial)?;
        // They come cable by cable.
        closed.dedup_by_key(|(row, _)| *row);
        let mut open = self.open_citing(id, post, serial)?;
        open.dedup_by(|(one, _), (other, _)| std::ptr::eq(*one, *other));
        Ok(closed.len() + open.len())
    }

    /// In which ways the entries of files name the cable of an id. Those that do it in one way are asked about once, and
    /// their rows are not read: what hundreds cite is counted as well.
    fn named(&self, id: &str, post: &str, serial: u32) -> Result<Vec<Named>> {
        let mut meant = Meant::new(id);
        let mut named = Vec::new();
        for naming in self.index.namings(post, serial)? {
            let same = naming.id.as_deref().map(|id| self.by_id(id)).transpose()?.unwrap_or_default();
            // What an entry without a year means whose id nobody has depends on the cable that it stands in.
            if naming.year.is_some() || !same.is_empty() {
                if meant.by(&naming, |cited| self.resolve_to(cited, id))? != Meaning::Another {
                    named.push(Named { naming, some: None });
                }
                continue;
            }
            let mut rows = Vec::new();
            for cited in self.index.named_by_cables(&naming)? {
                if meant.by(&cited, |cited| self.resolve_to(cited, id))? != Meaning::Another {
                    rows.push((cited.citing, cited.position));
                }
            }
            rows.sort_unstable();
            named.push(Named { naming, some: Some(rows) });
        }
        Ok(named)
    }

    /// The rows of those that are in closed files, with the place in the list of each, in order.
    fn closed_rows(&self, id: &str, post: &str, serial: u32) -> Result<Vec<(i64, u32)>> {
        let mut rows = Vec::new();
        for Named { naming, some } in self.named(id, post, serial)? {
            match some {
                Some(some) => rows.extend(some),
                None => rows.extend(self.index.named_by(&naming)?),
            }
        }
        rows.sort_unstable();
        self.without_open(rows)
    }

    /// Those of these rows whose files are not open. Few are asked for their files, and many are compared with the rows of
    /// the open ones.
    fn without_open(&self, mut citing: Vec<(i64, u32)>) -> Result<Vec<(i64, u32)>> {
        if citing.len() < self.open.len() {
            let mut closed = Vec::with_capacity(citing.len());
            for (row, position) in citing {
                if self.index.path_of(row)?.is_some_and(|path| !self.is_open(&path)) {
                    closed.push((row, position));
                }
            }
            return Ok(closed);
        }
        if !citing.is_empty() {
            let mut open = HashSet::new();
            for file in self.open {
                open.extend(self.index.rows_of_file(&file.path)?);
            }
            citing.retain(|(row, _)| !open.contains(row));
        }
        Ok(citing)
    }

    /// The entries of open documents that mean the cable of an id, in their order.
    fn open_citing(&self, id: &str, post: &str, serial: u32) -> Result<Vec<(&'a OpenCable, &'a Cited)>> {
        let cited = self.open_cables().flat_map(|cable| cable.cites.iter().map(move |cited| (cable, cited)));
        let mut meant = Meant::new(id);
        let mut citing = Vec::new();
        for (cable, cited) in
            cited.filter(|(_, cited)| cited.post.as_deref() == Some(post) && cited.serial == Some(serial))
        {
            if meant.by(cited, |cited| self.resolve_to(cited, id))? != Meaning::Another {
                citing.push((cable, cited));
            }
        }
        Ok(citing)
    }

    fn open_entries(&self, id: &str, post: &str, serial: u32) -> Result<Vec<(Entry, Cited)>> {
        let open = self.open_citing(id, post, serial)?;
        Ok(open.into_iter().map(|(cable, cited)| (cable.entry.clone(), cited.clone())).collect())
    }

    /// How an entry is resolved, and whether the cable of an id is among what it means.
    fn resolve_to(&self, cited: &Cited, id: &str) -> Result<Option<(How, bool)>> {
        let resolved = self.resolve(cited)?;
        Ok(resolved.map(|(how, cables)| (how, cables.iter().any(|cable| cable.id.as_deref() == Some(id)))))
    }
}
