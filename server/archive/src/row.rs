//! One file to its rows. Everything in them follows from the file: its text, its name, and the codes it is read with.

use std::ops::Range;

use cable_syntax::{Cable, CableNumber, Document, HeadReading, Placed, Span};
use xxhash_rust::xxh3::Xxh3;

use crate::entry::{Cited, IdFrom};
use crate::names::named;

/// Makes the text that is searched, of each cable of a document in order; the path is that of its file, below the root.
pub type Texts<'a> = &'a (dyn Fn(&str, &Document) -> Vec<String> + Sync);

/// The row of a cable that is in no index.
pub(crate) const NO_ROW: i64 = -1;

/// The rows of a file.
#[derive(Debug, Default)]
pub(crate) struct FileRow {
    pub(crate) hash: i64,
    pub(crate) cables: Vec<CableRow>,
}

/// A row of `cable` with those that hang on it.
#[derive(Debug)]
pub(crate) struct CableRow {
    pub(crate) start: u64,
    pub(crate) length: u64,
    pub(crate) line: u64,
    pub(crate) id: Option<String>,
    pub(crate) id_from: Option<IdFrom>,
    /// Post, year and serial; the year also where the file name gives it.
    pub(crate) number: Option<CableNumber>,
    pub(crate) head: HeadReading,
    pub(crate) refs: Vec<RefRow>,
    /// Whether it holds text of other sections than the one its header names.
    pub(crate) joined: bool,
    pub(crate) text_hash: i64,
    pub(crate) body: Option<String>,
}

/// A row of `ref`.
#[derive(Debug)]
pub(crate) struct RefRow {
    pub(crate) letter: Option<char>,
    pub(crate) text: String,
    pub(crate) post: Option<String>,
    pub(crate) year: Option<i16>,
    pub(crate) serial: Option<u32>,
    pub(crate) cited_id: Option<String>,
    pub(crate) start: u32,
    /// The line of the cable where it begins, from 0.
    pub(crate) line: u32,
    /// Its columns in that line, from 1, where they are the same in every encoding.
    pub(crate) columns: Option<Range<u32>>,
}

impl FileRow {
    /// The rows of a document that was read from the file of this name.
    pub(crate) fn of(path: &str, document: &Document, texts: Option<Texts<'_>>) -> Self {
        let cables = document.cables();
        let mut hasher = Xxh3::new();
        for placed in cables {
            hasher.update(placed.cable.text().as_bytes());
        }
        // As `export` does: a file that was named and holds no cable still has its row.
        let is_worth_a_row = |placed: &Placed| placed.cable.is_recognised() || cables.len() == 1;
        let mut bodies = texts.map(|texts| texts(path, document)).unwrap_or_default().into_iter();
        let rows = cables.iter().filter_map(|placed| {
            let body = bodies.next();
            is_worth_a_row(placed).then(|| CableRow::of(path, placed).with_text(body))
        });
        Self { hash: signed(&hasher), cables: rows.collect() }
    }
}

impl CableRow {
    /// The rows of a cable of the file of this name, without a text to search.
    pub(crate) fn of(path: &str, placed: &Placed) -> Self {
        let cable = &placed.cable;
        let mut head = HeadReading::of(cable, placed.first_line);
        let Numbered { number, id, id_from, ids } = Numbered::of(path, cable, &mut head);
        let extent = placed.extent();
        Self {
            start: placed.start as u64,
            length: extent.len() as u64,
            line: placed.first_line as u64 + 1,
            id,
            id_from,
            number,
            refs: references(cable, &mut head, ids),
            head,
            joined: cable.holds_other_sections(),
            text_hash: text_hash(cable),
            body: None,
        }
    }

    /// With what is searched: its subject, and its text if there is one to keep.
    fn with_text(self, text: Option<String>) -> Self {
        let subject = self.head.subject.as_deref();
        let body = text.map(|text| subject.into_iter().chain([text.as_str()]).collect::<Vec<_>>().join("\n\n"));
        Self { body, ..self }
    }
}

/// Which cable a text is.
struct Numbered {
    number: Option<CableNumber>,
    id: Option<String>,
    id_from: Option<IdFrom>,
    /// What it cites, where the file name gives the year.
    ids: Option<Vec<Option<String>>>,
}

impl Numbered {
    /// Takes it out of the head of a cable.
    fn of(path: &str, cable: &Cable, head: &mut HeadReading) -> Self {
        let mut own = Self { number: head.number.take(), id: head.canonical_id.take(), id_from: None, ids: None };
        if own.id.is_some() {
            own.id_from = Some(IdFrom::Text);
        } else if let Some(number) = &mut own.number
            && let Some(year) = year_of_name(path, number, cable)
        {
            number.year = Some(year);
            own.id = number.id();
            own.id_from = Some(IdFrom::Name);
            own.ids = Some(cable.reference_ids_in(year));
        }
        own
    }
}

/// What a cable at hand cites, as an index would have it for a file of this path: an entry for each of its REF list. It has no
/// row.
pub fn cites(path: &str, cable: &Cable) -> Vec<Cited> {
    let mut head = HeadReading::of(cable, 0);
    let Numbered { number, ids, .. } = Numbered::of(path, cable, &mut head);
    cited(references(cable, &mut head, ids), number.as_ref())
}

/// The entries of a list as an index would give them, of a cable with this number that has no row.
pub(crate) fn cited(rows: Vec<RefRow>, own: Option<&CableNumber>) -> Vec<Cited> {
    let cited = |(position, row): (u32, RefRow)| Cited {
        citing: NO_ROW,
        position,
        letter: row.letter.map(String::from),
        text: row.text,
        post: row.post,
        year: row.year,
        serial: row.serial,
        id: row.cited_id,
        start: u64::from(row.start),
        line: None,
        own_year: own.and_then(|number| number.year),
        own_serial: own.map(|number| number.serial),
    };
    (1..).zip(rows).map(cited).collect()
}

/// The year that a file name gives a cable whose text has none, when it names the same post and serial.
fn year_of_name(path: &str, own: &CableNumber, cable: &Cable) -> Option<i16> {
    let named = named(path, cable.catalog())?;
    let is_same_post =
        cable.catalog().post(&own.post).map_or(own.post == named.post, |post| post.compact == named.post);
    (own.year.is_none() && is_same_post && own.serial == named.serial).then_some(named.year)?
}

fn references(cable: &Cable, head: &mut HeadReading, ids: Option<Vec<Option<String>>>) -> Vec<RefRow> {
    let entries = cable.header.references.iter().flat_map(|references| &references.entries);
    let mut ids = ids.into_iter().flatten();
    let rows = entries.zip(head.refs.drain(..)).map(|(field, read)| {
        let cited_id = ids.next().unwrap_or(read.id);
        // The id may write the post otherwise than the catalogue does today.
        let of_id = cited_id.as_deref().and_then(|id| id.get(2..)?.strip_suffix(&read.serial?.to_string()));
        let (line, columns) = place(cable, field.span);
        RefRow {
            line,
            columns,
            letter: read.letter,
            text: read.text,
            post: of_id.map(str::to_owned).or_else(|| field.value.compact_post.clone()),
            year: read.year,
            serial: read.serial,
            cited_id,
            start: field.span.start,
        }
    });
    rows.collect()
}

/// The line that a span begins in, from 0, and its columns there, from 1.
fn place(cable: &Cable, span: Span) -> (u32, Option<Range<u32>>) {
    let lines = cable.lines();
    let line = lines.partition_point(|line| line.span.start <= span.start).saturating_sub(1);
    let own = lines.get(line).map_or(span, |line| line.span);
    let first = span.start - own.start + 1;
    let here = Span { end: span.end.min(own.end), ..span };
    let length = here.text(cable.text()).trim_end().len() as u32;
    (line as u32, own.text(cable.text()).is_ascii().then_some(first..first + length))
}

/// What two copies of a text have in common when only the ends of their lines differ.
pub(crate) fn text_hash(cable: &Cable) -> i64 {
    let mut hasher = Xxh3::new();
    for line in cable.lines() {
        let text = line.span.text(cable.text()).trim_end();
        if !text.is_empty() {
            hasher.update(text.as_bytes());
            hasher.update(b"\n");
        }
    }
    signed(&hasher)
}

/// The integers of `SQLite` have a sign.
fn signed(hasher: &Xxh3) -> i64 {
    hasher.digest().cast_signed()
}
