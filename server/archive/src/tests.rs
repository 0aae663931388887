//! The index over made-up archives in memory: what a refresh makes of them, and what is then answered.

mod answers;
mod damage;
mod refreshes;
mod together;

use std::collections::BTreeMap;

use cable_catalog::Catalog;
use cable_syntax::Document;
use rusqlite::types::Value;

use crate::{Found, Index, Refresh, Refreshed, Stamp};

/// An archive that is nowhere but here: each path with its text and the time of its last change.
#[derive(Debug, Clone, Default)]
struct Archive {
    files: BTreeMap<String, (String, i64)>,
    now: i64,
    /// Texts that are there when a refresh reads, and were not yet when it looked.
    late: BTreeMap<String, String>,
}

impl Archive {
    fn of(files: &[(&str, String)]) -> Self {
        let mut archive = Self { now: 1_000_000_000_000, ..Self::default() };
        for (path, text) in files {
            archive.write(path, text);
        }
        archive
    }

    /// Time passes, so that a change is seen by it.
    fn tick(&mut self) {
        self.now += 60_000_000_000;
    }

    fn write(&mut self, path: &str, text: &str) {
        self.files.insert(path.to_owned(), (text.to_owned(), self.now));
    }

    fn refresh_with(&mut self, index: &mut Index, text: bool, threads: usize) -> Refreshed {
        let stamp = |text: &String, mtime_ns| Stamp { size: text.len() as u64, mtime_ns };
        let files = self.files.clone();
        let found: Vec<Found<'_>> =
            files.iter().map(|(path, (text, mtime))| Found { path, stamp: stamp(text, *mtime) }).collect();
        for (path, text) in std::mem::take(&mut self.late) {
            self.write(&path, &text);
        }
        let catalog = Catalog::built_in();
        let load = |at: usize| match self.files.get(found[at].path) {
            None => Err("no such file".to_owned()),
            Some((text, _)) if text == "unreadable" => Err("it cannot be read".to_owned()),
            Some((text, _)) if text == "panic" => panic!("as a rule may"),
            Some((text, _)) if text == "letter" => Ok(None),
            Some((text, _)) => Ok(Some(Document::new(text, &catalog))),
        };
        let texts = |_: &str, document: &Document| {
            document.cables().iter().map(|placed| placed.cable.text().to_owned()).collect()
        };
        let refreshed = index.refresh(&mut Refresh {
            root: "/archive",
            found: &found,
            load: &load,
            text: text.then_some(&texts),
            reading: "these tests",
            now_ns: self.now,
            threads,
            is_shared: threads > 1,
            progress: &mut |_, _| {},
        });
        refreshed.expect("an index in memory can be written")
    }

    fn refresh(&mut self, index: &mut Index) -> Refreshed {
        self.refresh_with(index, false, 2)
    }

    /// A fresh index of it.
    fn index(&mut self) -> Index {
        let mut index = Index::in_memory().expect("memory");
        self.refresh(&mut index);
        index
    }
}

/// A cable of Astana or wherever, with its references. Without a year it has no date.
fn cable(post: &str, serial: u32, year: Option<u16>, references: &[&str]) -> String {
    let day = year.map(|year| {
        format!(
            "R 141130Z FEB {:02}\nFM AMEMBASSY {post}\nTO RUEHC/SECSTATE WASHDC 8614\nINFO RUEHKO/AMEMBASSY TOKYO\n",
            year % 100
        )
    });
    let list: Vec<String> = ('A'..).zip(references).map(|(letter, text)| format!("     {letter}. {text}\n")).collect();
    let list = if list.is_empty() { String::new() } else { format!("REF: {}\n", list.concat().trim()) };
    format!(
        "{}\nCONFIDENTIAL {post} {serial:06}\n\nSIPDIS\n\nE.O. 12958: N/A\nTAGS: PREL, KZ\nSUBJECT: WHEAT AND PORTS {serial}\n\n{list}\n1. The {post} harbour holds grain {serial}.\n\nDOE\n",
        day.unwrap_or_default()
    )
}

/// All that an index says, without the numbers of its rows.
fn dump(index: &Index) -> Vec<Vec<Value>> {
    const PLACE: &str = "file.path, cable.start";
    const JOIN: &str = "JOIN cable ON cable.id = own.cable JOIN file ON file.id = cable.file ORDER BY 1, 2, 3";
    let mut queries = vec![
        "SELECT path, size, mtime_ns, hash FROM file ORDER BY path".to_owned(),
        format!(
            "SELECT {PLACE}, length, line, canonical_id, id_from, mrn, post, year, serial, dtg, classification, sensitive, \
             subject, sender, section, sections, joined, text_hash FROM cable JOIN file ON file.id = cable.file ORDER BY 1, 2"
        ),
        format!("SELECT {PLACE}, own.position, tag, name FROM tag AS own {JOIN}"),
        format!(
            "SELECT {PLACE}, own.position, plad.plad, info FROM addressee AS own JOIN plad ON plad.id = own.plad {JOIN}"
        ),
        format!(
            "SELECT {PLACE}, own.position, letter, text, own.post, own.year, own.serial, cited_id, own.start, own.line, \
             first_column, end_column FROM ref AS own {JOIN}"
        ),
        "SELECT plad FROM plad ORDER BY 1".to_owned(),
    ];
    if index.has_text().expect("it can be read") {
        queries.push(format!("SELECT {PLACE}, 1, own.text FROM body AS own {JOIN}"));
        queries.push(format!(
            "SELECT {PLACE}, 1 FROM (SELECT rowid AS cable FROM words WHERE words MATCH 'harbour') AS own {JOIN}"
        ));
    }
    let mut rows = Vec::new();
    for query in queries {
        let mut statement = index.connection.prepare(&query).unwrap_or_else(|error| panic!("{query}: {error}"));
        let width = statement.column_count();
        let found = statement.query_map([], |row| (0..width).map(|at| row.get(at)).collect()).expect("it runs");
        rows.extend(found.map(|row| row.expect("a row")));
        rows.push(vec![Value::Null]);
    }
    rows
}
