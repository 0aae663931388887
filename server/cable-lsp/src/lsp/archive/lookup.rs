//! Questions to an archive, and where in files and open documents the answers are.

use std::ops::Range;
use std::sync::Arc;

use cable_archive::{Cited, Citing, CitingPlace, Entry, How, OpenCable, Result, Thread, Together};
use ropey::Rope;
use tower_lsp::lsp_types::{self, Url};

use super::handle::Archive;
use super::leads::Lead;
use super::open::{OpenDocuments, path_below};
use crate::archive::Around;
use crate::files::source::{Kind, Source};
use crate::lsp::analysis::archive::{Absent, KnownCable, Named, What};
use crate::lsp::analysis::{
    Catalog, Diagnostic, Document, Placed, Settings, archive_diagnostics, beginning, editions, place_of,
};
use crate::lsp::documents::Encoding;

/// An index that is open, under the documents that are.
pub(in crate::lsp) struct Lookup<'a> {
    together: Together<'a>,
    archive: &'a Archive,
    open: &'a OpenDocuments,
}

/// A cable that words name, and what the archive has for it.
pub(in crate::lsp) struct Meant {
    /// What is named.
    pub(in crate::lsp) cited: Cited,
    /// The cables that it may be, the likeliest first, and how they were found; none where the archive has none.
    pub(in crate::lsp) found: Option<(How, Vec<Entry>)>,
}

impl<'a> Lookup<'a> {
    pub(super) const fn new(together: Together<'a>, archive: &'a Archive, open: &'a OpenDocuments) -> Self {
        Self { together, archive, open }
    }

    /// Everything that can be asked of the index.
    pub(in crate::lsp) const fn index(&self) -> Together<'a> {
        self.together
    }

    /// The codes of the archive.
    pub(in crate::lsp) fn catalog(&self) -> Catalog {
        self.archive.catalog()
    }

    /// A cable of an open document as the archive has it.
    pub(in crate::lsp) fn own(&self, uri: &Url, document: &Document, cable: usize) -> Option<OpenCable> {
        let placed = document.cables().get(cable)?;
        Some(OpenCable::of(&self.path(uri), placed))
    }

    /// What the words at a place name, each with what the archive has for it; nothing for the cable itself.
    pub(in crate::lsp) fn meant(&self, uri: &Url, document: &Document, named: &Named) -> Result<Vec<Meant>> {
        let Some(own) = self.own(uri, document, named.cable) else { return Ok(Vec::new()) };
        let cited: Vec<Cited> = match &named.what {
            What::Own => Vec::new(),
            What::Entries(entries) => entries.iter().filter_map(|&at| own.cites.get(at).cloned()).collect(),
            What::Number(number) => vec![own.entry.citing(number)],
        };
        let meant = |cited: Cited| Ok(Meant { found: self.together.resolve(&cited)?, cited });
        cited.into_iter().map(meant).collect()
    }

    /// The thread around a cable.
    pub(in crate::lsp) fn thread(&self, name: &str, depth: usize) -> Result<Thread> {
        self.together.thread(name, depth, &self.catalog())
    }

    /// Where each entry of a cable's list leads, of those that lead to a cable of the archive. What was found is kept until
    /// the cable or the archive changes.
    pub(in crate::lsp) fn leads(&self, uri: &Url, placed: &Placed) -> Result<Arc<[Option<Lead>]>> {
        let path = self.path(uri);
        if let Some(known) = self.archive.leads().get(&path, &placed.cable) {
            return Ok(known);
        }
        let mut leads = Vec::new();
        for cited in OpenCable::of(&path, placed).cites {
            let cable = self.together.resolve(&cited)?.and_then(|(_, cables)| cables.into_iter().next());
            leads.push(cable.and_then(|cable| {
                let mut target =
                    self.open.holding(&cable).map_or_else(|| self.address(&cable), |(uri, _)| Some(uri.clone()))?;
                if cable.line > 1 {
                    target.set_fragment(Some(&format!("L{}", cable.line)));
                }
                Some(Lead { id: cable.name(), target })
            }));
        }
        let leads: Arc<[Option<Lead>]> = leads.into();
        self.archive.leads().keep(path, &placed.cable, Arc::clone(&leads));
        Ok(leads)
    }

    /// What is wrong in a document beside the rest of the archive.
    pub(super) fn beside(&self, uri: &Url, document: &Document, settings: &Settings) -> Vec<Diagnostic> {
        let around = Around::new(self.together, self.archive.root());
        archive_diagnostics(document, &self.path(uri), &around, settings)
    }

    /// Who cites a cable; nobody, where it has no id.
    pub(in crate::lsp) fn cited_by(&self, entry: &Entry) -> Result<Vec<(Entry, Cited)>> {
        match (&entry.id, &entry.post, entry.serial) {
            (Some(id), Some(post), Some(serial)) => self.together.cited_by(id, post, serial),
            _ => Ok(Vec::new()),
        }
    }

    /// Where the entries are that cite a cable, in no order.
    pub(in crate::lsp) fn citing(&self, entry: &Entry) -> Result<Citing> {
        match (&entry.id, &entry.post, entry.serial) {
            (Some(id), Some(post), Some(serial)) => self.together.citing(id, post, serial),
            _ => Ok(Citing::default()),
        }
    }

    /// How many cables cite a cable.
    pub(in crate::lsp) fn count_citing(&self, entry: &Entry) -> Result<usize> {
        match (&entry.id, &entry.post, entry.serial) {
            (Some(id), Some(post), Some(serial)) => self.together.count_citing(id, post, serial),
            _ => Ok(0),
        }
    }

    /// Where a cable would be that the archive does not have. None of what is not known to be one cable's number.
    pub(in crate::lsp) fn absent(&self, cited: &Cited) -> Result<Option<Absent>> {
        let (Some(id), Some(post), Some(serial)) = (&cited.id, &cited.post, cited.serial) else { return Ok(None) };
        let year = cited.year.or(cited.own_year);
        let (before, after) = match year {
            Some(year) => self.together.neighbours(post, year, serial)?,
            None => (None, None),
        };
        let known = |entry: Option<Entry>| entry.as_ref().map(known);
        Ok(Some(Absent { id: id.clone(), neighbours: (known(before), known(after)) }))
    }

    /// What is known of a cable, with the beginning of its text.
    pub(in crate::lsp) fn known_with_text(&self, entry: &Entry) -> KnownCable {
        let range = entry.start as usize..(entry.start + entry.length) as usize;
        // Of a document that holds more, only this cable.
        let text = match self.open.holding(entry) {
            Some((_, snapshot)) => snapshot.document.rope().get_byte_slice(range).map(|text| text.to_string()),
            None => self.text(entry).and_then(|text| text.get(range).map(str::to_owned)),
        };
        let edition = text.and_then(|text| {
            let document = Document::new(&text, &self.catalog());
            editions(&document, &Settings::default()).into_iter().next()
        });
        KnownCable { first_paragraph: edition.as_ref().and_then(beginning), ..known(entry) }
    }

    /// Where a cable is: all of its first line, in the client's columns.
    pub(in crate::lsp) fn place(&self, entry: &Entry, encoding: Encoding) -> Option<(Url, lsp_types::Range)> {
        if let Some((uri, snapshot)) = self.open.holding(entry) {
            let document = &snapshot.document;
            let placed = document.cables().iter().find(|placed| placed.start == entry.start as usize)?;
            let selection = place_of(document, placed).selection;
            return Some((uri.clone(), encoding.range(document.rope(), &selection)));
        }
        let line = u32::try_from(entry.line.saturating_sub(1)).ok()?;
        let start = lsp_types::Position::new(line, 0);
        Some((self.address(entry)?, lsp_types::Range::new(start, start)))
    }

    /// Where the entries of a cable's list are that cite something. One whose file cannot be read is at the cable's
    /// beginning.
    pub(in crate::lsp) fn places(
        &self,
        entry: &Entry,
        cited: &[&Cited],
        encoding: Encoding,
    ) -> Option<(Url, Vec<lsp_types::Range>)> {
        let ranges = |rope: &Rope| {
            cited.iter().map(|cited| encoding.range(rope, &reference_range(rope, entry, cited))).collect()
        };
        if let Some((uri, snapshot)) = self.open.holding(entry) {
            return Some((uri.clone(), ranges(snapshot.document.rope())));
        }
        let on_line = |cited: &&Cited| {
            let (line, columns) = cited.line.as_ref()?;
            on_line(*line, columns)
        };
        if let Some(ranges) = cited.iter().map(on_line).collect() {
            return Some((self.address(entry)?, ranges));
        }
        match self.text(entry) {
            Some(text) => Some((self.address(entry)?, ranges(&Rope::from_str(&text)))),
            None => self.place(entry, encoding).map(|(uri, range)| (uri, vec![range; cited.len()])),
        }
    }

    /// Where an entry of a closed file is, whose place the index knows.
    pub(in crate::lsp) fn known_place(&self, place: &CitingPlace) -> Option<(Url, lsp_types::Range)> {
        let range = on_line(place.line, place.columns.as_ref()?)?;
        Some((Url::from_file_path(self.archive.root().join(&place.path)).ok()?, range))
    }

    /// The path of a document in the archive; of one that is not below its folder, its address.
    fn path(&self, uri: &Url) -> String {
        path_below(self.archive.root(), uri).unwrap_or_else(|| uri.to_string())
    }

    fn text(&self, entry: &Entry) -> Option<String> {
        Source::new(self.archive.root().join(&entry.path), Kind::Named).text().ok()
    }

    fn address(&self, entry: &Entry) -> Option<Url> {
        Url::from_file_path(self.archive.root().join(&entry.path)).ok()
    }
}

/// Columns of a line, all from 1 as the index has them.
fn on_line(line: u64, columns: &Range<u32>) -> Option<lsp_types::Range> {
    let line = u32::try_from(line.saturating_sub(1)).ok()?;
    let position = |column: u32| lsp_types::Position::new(line, column.saturating_sub(1));
    Some(lsp_types::Range::new(position(columns.start), position(columns.end)))
}

/// The entry as far as its line goes: bytes of the document.
fn reference_range(rope: &Rope, entry: &Entry, cited: &Cited) -> Range<usize> {
    let start = ((entry.start + cited.start) as usize).min(rope.len_bytes());
    // The file may be another by now.
    let start = rope.char_to_byte(rope.byte_to_char(start));
    let line_end = rope.line_to_byte((rope.byte_to_line(start) + 1).min(rope.len_lines()));
    let end = (start + cited.text.len()).min(line_end);
    let mut end = rope.char_to_byte(rope.byte_to_char(end));
    while end > start && matches!(rope.byte(end - 1), b'\n' | b'\r' | b' ') {
        end -= 1;
    }
    start..end
}

/// What is known of a cable without its text.
pub(in crate::lsp) fn known(entry: &Entry) -> KnownCable {
    KnownCable {
        id: entry.name(),
        post: entry.post.clone(),
        year: entry.year,
        serial: entry.serial,
        day: entry.day().map(str::to_owned),
        classification: entry.classification.clone(),
        subject: entry.subject.clone(),
        first_paragraph: None,
    }
}
