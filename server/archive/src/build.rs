//! A refresh: the index becomes what the files are now. The first one reads them all.
//!
//! Threads read files and make their rows; one thread, the caller's, writes them, in the order of the paths, so that the same
//! files make the same index. What is written at one time is whole files: a refresh that is cut short leaves an index that
//! the next one only has to go on with.

use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use cable_syntax::Document;
use rusqlite::Connection;

use crate::error::Result;
use crate::index::Index;
use crate::row::{FileRow, Texts};
use crate::schema;
use crate::stamp::Stamp;
use crate::write::Writer;

/// Files whose rows are handed over at once.
const CHUNK: usize = 32;

/// Files that are written at one time where others may read meanwhile or wait to write.
const AT_ONCE: usize = 2048;

/// A file that changed within this time of a refresh may have changed again since without another time: it is read again.
const DOUBT_NS: i64 = 2_000_000_000;

/// A file as it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<'a> {
    /// Below the index's folder, with `/` between folders.
    pub path: &'a str,
    /// As it is now.
    pub stamp: Stamp,
}

/// What a refresh is to do.
pub struct Refresh<'a> {
    /// The folder that the paths are below.
    pub root: &'a str,
    /// Every file, by path, each once.
    pub found: &'a [Found<'a>],
    /// Reads one of them, by its place in `found`. None where it is a text without a cable.
    pub load: &'a (dyn Fn(usize) -> std::result::Result<Option<Document>, String> + Sync),
    /// Makes the texts that are searched; none where none are to be kept.
    pub text: Option<Texts<'a>>,
    /// What else the rows follow from: the program and the codes. Where it differs from the last time, all is read again.
    pub reading: &'a str,
    /// Now, in nanoseconds since 1970.
    pub now_ns: i64,
    /// Threads that read; at least one.
    pub threads: usize,
    /// Whether somebody asks or writes meanwhile: then what is written shows early.
    pub is_shared: bool,
    /// Hears how many files of how many are done.
    pub progress: &'a mut dyn FnMut(usize, usize),
}

/// What a refresh did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// Files that were read.
    pub read: usize,
    /// Files that were as before.
    pub unchanged: usize,
    /// Files that are gone.
    pub gone: usize,
    /// Files that could not be read, and why. They have no rows.
    pub failed: Vec<String>,
}

/// What there is to do.
#[derive(Debug, Default)]
struct Plan {
    /// Files to read, by their place among the found ones, with the row and hash of those that have one.
    todo: Vec<(usize, Option<(i64, i64)>)>,
    /// Rows of files that are there no more.
    gone: Vec<i64>,
    unchanged: usize,
}

type Row = std::result::Result<FileRow, String>;

impl Index {
    /// Makes the index what the files are now.
    ///
    /// # Errors
    ///
    /// When it cannot be read or written. What was written before is whole.
    pub fn refresh(&mut self, refresh: &mut Refresh<'_>) -> Result<Refreshed> {
        let is_new = self.meta("root")?.is_none();
        let lacks_text = refresh.text.is_some() && !self.has_text()?;
        let is_other = self.meta("reading")?.as_deref() != Some(refresh.reading)
            || self.meta("root")?.as_deref() != Some(refresh.root);
        let refreshed_ns = self.meta("refreshed_ns")?.and_then(|text| text.parse().ok()).unwrap_or(0);
        let plan = self.plan(refresh.found, refreshed_ns, is_other || lacks_text)?;
        let is_idle = plan.todo.is_empty() && plan.gone.is_empty() && !is_other && !lacks_text;
        let has_indexes = schema::has_indexes(&self.connection)?;
        if is_idle && has_indexes {
            return Ok(Refreshed { unchanged: plan.unchanged, ..Refreshed::default() });
        }
        self.spread()?;
        if lacks_text {
            schema::create_text(&self.connection)?;
        }
        if refresh.is_shared || !is_new {
            schema::create_indexes(&self.connection)?;
        }
        let mut refreshed = Refreshed { gone: plan.gone.len(), unchanged: plan.unchanged, ..Refreshed::default() };
        begin(&self.connection)?;
        let written = self.write(refresh, &plan, is_other || lacks_text, &mut refreshed);
        let finished = written.and_then(|()| {
            schema::create_indexes(&self.connection)?;
            self.set_meta("root", refresh.root)?;
            self.set_meta("reading", refresh.reading)?;
            self.set_meta("refreshed_ns", &refresh.now_ns.to_string())?;
            Ok(self.connection.execute_batch("COMMIT")?)
        });
        if finished.is_err() {
            // What went wrong may have ended the transaction itself.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        finished.map(|()| refreshed)
    }

    /// Makes the rows of one file what it is now: its stamp and its document, none of which is a cable; nothing where the
    /// file is gone. For a text that is not on the disk, a stamp that no file has lets the next refresh read the file.
    ///
    /// # Errors
    ///
    /// When the index cannot be written.
    pub fn update(
        &mut self,
        path: &str,
        now: Option<(Stamp, Option<&Document>)>,
        text: Option<Texts<'_>>,
    ) -> Result<()> {
        let row = now.map(|(stamp, document)| {
            (stamp, document.map(|document| FileRow::of(path, document, text)).unwrap_or_default())
        });
        begin(&self.connection)?;
        let written = Writer::new(&self.connection).and_then(|mut writer| match &row {
            Some((stamp, row)) => writer.put(path, *stamp, row),
            None => writer.remove_path(path),
        });
        let finished = written.and_then(|()| Ok(self.connection.execute_batch("COMMIT")?));
        if finished.is_err() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        finished
    }

    /// Compares what was found with what is known, both by path.
    fn plan(&self, found: &[Found<'_>], refreshed_ns: i64, reads_all: bool) -> Result<Plan> {
        let mut plan = Plan::default();
        let mut files = self.connection.prepare("SELECT path, id, size, mtime_ns, hash FROM file ORDER BY path")?;
        let mut rows = files.query([])?;
        let mut at = 0;
        while let Some(row) = rows.next()? {
            let path = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            let id = row.get(1)?;
            while found.get(at).is_some_and(|found| found.path < path) {
                plan.todo.push((at, None));
                at += 1;
            }
            match found.get(at).filter(|found| found.path == path) {
                None => plan.gone.push(id),
                Some(found) => {
                    let known = Stamp { size: row.get(2)?, mtime_ns: row.get(3)? };
                    let is_sure = known.mtime_ns < refreshed_ns.saturating_sub(DOUBT_NS);
                    if known == found.stamp && is_sure && !reads_all {
                        plan.unchanged += 1;
                    } else {
                        plan.todo.push((at, Some((id, row.get(4)?))));
                    }
                    at += 1;
                }
            }
        }
        plan.todo.extend((at..found.len()).map(|at| (at, None)));
        Ok(plan)
    }

    fn write(&self, refresh: &mut Refresh<'_>, plan: &Plan, is_anew: bool, refreshed: &mut Refreshed) -> Result<()> {
        let mut writer = Writer::new(&self.connection)?;
        for &file in &plan.gone {
            writer.remove(file)?;
        }
        let chunks: Vec<_> = plan.todo.chunks(CHUNK).collect();
        let threads = refresh.threads.clamp(1, chunks.len().max(1));
        let (found, load, text) = (refresh.found, refresh.load, refresh.text);
        let read = |at: usize| {
            let row = panic::catch_unwind(AssertUnwindSafe(|| {
                let document = load(at)?;
                Ok(document.map(|document| FileRow::of(found[at].path, &document, text)).unwrap_or_default())
            }));
            row.unwrap_or_else(|_| Err("internal error; please report it with this file".to_owned()))
        };
        thread::scope(|scope| {
            let mut readers: Vec<Receiver<Vec<Row>>> = Vec::new();
            for thread in 0..threads {
                let (sender, receiver) = sync_channel(2);
                readers.push(receiver);
                let own = chunks.iter().skip(thread).step_by(threads);
                let read = &read;
                scope.spawn(move || read_chunks(own, read, &sender));
            }
            let mut done = 0;
            for (chunk, reader) in chunks.iter().zip(readers.iter().cycle()) {
                // A thread ends only when its chunks do, for what it calls cannot unwind.
                let rows = reader.recv().unwrap_or_default();
                for (&(at, known), row) in chunk.iter().zip(rows) {
                    let Found { path, stamp } = found[at];
                    match (row, known) {
                        (Ok(row), Some((file, hash))) if hash == row.hash && !is_anew => {
                            writer.stamp(file, stamp, hash)?;
                        }
                        (Ok(row), _) => writer.put(path, stamp, &row)?,
                        (Err(why), known) => {
                            refreshed.failed.push(format!("{path}: {why}"));
                            known.map_or(Ok(()), |(file, _)| writer.remove(file))?;
                        }
                    }
                }
                done += chunk.len();
                (refresh.progress)(done, plan.todo.len());
                if refresh.is_shared && done % AT_ONCE < CHUNK {
                    self.connection.execute_batch("COMMIT")?;
                    begin(&self.connection)?;
                }
            }
            refreshed.read = done - refreshed.failed.len();
            writer.tidy()
        })
    }
}

/// Reads chunk after chunk until all are read or nobody wants them.
fn read_chunks<'c>(
    chunks: impl Iterator<Item = &'c &'c [(usize, Option<(i64, i64)>)]>,
    read: impl Fn(usize) -> Row,
    sender: &SyncSender<Vec<Row>>,
) {
    for chunk in chunks {
        if sender.send(chunk.iter().map(|&(at, _)| read(at)).collect()).is_err() {
            return;
        }
    }
}

fn begin(connection: &Connection) -> Result<()> {
    Ok(connection.execute_batch("BEGIN IMMEDIATE")?)
}
