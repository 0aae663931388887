//! A page for each cable, named by its id, an index of them, and links from one to another.
//!
//! Each text is read once, and its pages are written then. A reference to a cable that comes later has its link put into the
//! page when all are known.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::Path;

use cable_edition::{Edited, Editor, Entry, Form, Links, OpenReferences, Page, index, page_and_entry};
use cable_lint::config::Choice;
use cable_syntax::Placed;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::super::documents::Given;
use super::super::input::{BATCH, Inputs, no_cables, speak_of};
use super::super::{COULD_NOT_RUN, count, note, report_error};
use super::written::Written;
use crate::files::config::Configs;
use crate::files::source::Source;

/// A page and its place in an index.
struct Made {
    /// The id of the cable.
    id: Option<String>,
    entry: Entry,
    page: Page,
}

/// What was made of a source.
struct Read {
    /// What a person should know about how it was read.
    note: Option<String>,
    /// Its pages, one for each of its cables but for what is no cable.
    pages: Vec<Made>,
}

/// The pages of a folder by the ids of their cables.
struct Pages(HashMap<String, String>);

impl Links for Pages {
    fn page(&self, id: &str) -> Option<String> {
        self.0.get(id).cloned()
    }
}

/// Where pages go, and what became of them.
struct Output {
    written: Written,
    entries: Vec<Entry>,
    /// Pages whose references may lead to a cable that is still to come, by their names.
    open: Vec<(String, OpenReferences)>,
    /// How many files stay because somebody else wrote them.
    kept_files: usize,
}

pub(super) fn run(inputs: &Inputs, given: &Given, form: Form, folder: &Path) -> io::Result<u8> {
    let configs = inputs.configs(Choice::default())?;
    let (mut texts, mut complete) = given.texts(inputs, &configs)?;
    // All are found before the first page is written: its folder may be in one that is walked.
    let mut sources = Vec::new();
    loop {
        let batch = texts.batch(&configs)?;
        if batch.is_empty() {
            break;
        }
        sources.extend(batch);
    }
    let threads = inputs.thread_pool()?;
    let mut names = Names::new(form);
    let written = Written::open(folder)?;
    let mut output = Output { written, entries: Vec::new(), open: Vec::new(), kept_files: 0 };
    for batch in sources.chunks(BATCH) {
        let read_one = |editor: &mut Editor, source: &Source| read(source, &configs, form, editor);
        let made: Vec<_> = threads.install(|| batch.par_iter().map_init(|| form.editor(), read_one).collect());
        let mut pages = Vec::new();
        for (source, read) in batch.iter().zip(made) {
            match read {
                Ok(read) => {
                    if let Some(words) = read.note {
                        note(&words);
                    }
                    for made in read.pages {
                        pages.push((made.entry.named(names.of(source, made.id)), made.page));
                    }
                }
                Err(error) => {
                    report_error(&error);
                    complete = false;
                }
            }
        }
        let linked = pages.into_iter().map(|(entry, page): (Entry, Page)| (entry, page.linked(&names.pages)));
        output.take(linked.collect())?;
    }
    complete &= speak_of(&configs) & texts.is_complete();
    output.link(&names.pages)?;
    if !sources.is_empty() && output.entries.is_empty() && output.kept_files == 0 {
        report_error(&no_cables(sources.len()));
    }
    if !output.entries.is_empty() {
        let index = index(&mut output.entries);
        output.written.announce([("index.html", index.as_str())].into_iter())?;
        output.write("index.html", &index)?;
    }
    note(&format!("{} in {}", count(output.entries.len(), "page"), folder.display()));
    output.written.close()?;
    Ok(if complete && output.kept_files == 0 { 0 } else { COULD_NOT_RUN })
}

/// Makes the pages of a source.
fn read(source: &Source, configs: &Configs, form: Form, editor: &mut Editor) -> Result<Read, String> {
    let Some(place) = configs.place(&source.path) else {
        return Err(format!("{}: its settings cannot be read", source.name()));
    };
    let loaded = source.load(&place.archive.catalog).map_err(|error| format!("{}: {error}", source.name()))?;
    let Some(loaded) = loaded else { return Ok(Read { note: None, pages: Vec::new() }) };
    let editions = editor.editions(&loaded.document, &place.settings(&source.path));
    let file = source.path.file_name().map_or_else(|| source.name(), |name| name.to_string_lossy());
    let cables = loaded.document.cables();
    let is_one = |placed: &Placed| placed.cable.is_recognised() || cables.len() == 1;
    let pages = cables.iter().zip(&editions).filter(|(placed, _)| is_one(placed)).map(|(placed, edition)| {
        let (page, entry) = page_and_entry(Edited { placed, edition, file: &file }, form);
        Made { id: placed.cable.canonical_id().map(str::to_owned), entry, page }
    });
    Ok(Read { note: loaded.note(), pages: pages.collect() })
}

impl Output {
    /// Writes pages, and keeps their entries and the references that lead nowhere yet.
    fn take(&mut self, pages: Vec<(Entry, Page)>) -> io::Result<()> {
        self.written.announce(pages.iter().map(|(entry, page)| (entry.page.as_str(), page.text())))?;
        for (entry, page) in pages {
            if self.write(&entry.page, page.text())? {
                let (_, open) = page.into_parts();
                if !open.is_empty() {
                    self.open.push((entry.page.clone(), open));
                }
                self.entries.push(entry);
            }
        }
        Ok(())
    }

    /// Puts links into the pages whose references lead somewhere now.
    fn link(&mut self, links: &Pages) -> io::Result<()> {
        let open = std::mem::take(&mut self.open).into_iter().filter(|(_, open)| open.may_be_linked(links));
        let open: Vec<_> = open.collect();
        for batch in open.chunks(BATCH) {
            let mut linked = Vec::new();
            for (name, open) in batch {
                // What somebody changed meanwhile is theirs.
                if let Some(text) = self.written.text(name)? {
                    linked.push((name, open.clone().of(text).linked(links)));
                }
            }
            self.written.announce(linked.iter().map(|(name, page)| (name.as_str(), page.text())))?;
            for (name, page) in linked {
                self.write(name, page.text())?;
            }
        }
        Ok(())
    }

    /// Writes a file. Says no, and tells of it, where somebody else wrote it.
    fn write(&mut self, name: &str, text: &str) -> io::Result<bool> {
        let is_written = self.written.page(name, text)?;
        if !is_written {
            report_error(&format!("{}: not written by this command; left as it is", self.written.path(name).display()));
            self.kept_files += 1;
        }
        Ok(is_written)
    }
}

/// Gives each cable the name of its page.
struct Names {
    extension: &'static str,
    used: HashSet<String>,
    /// The number that the next page of a name gets.
    next: HashMap<String, usize>,
    /// The first page of each id.
    pages: Pages,
}

impl Names {
    fn new(form: Form) -> Self {
        let extension = match form {
            Form::Text { .. } => "txt",
            Form::Markdown => "md",
            Form::Html => "html",
            Form::Tei => "xml",
        };
        Self {
            extension,
            used: HashSet::from(["index".to_owned()]),
            next: HashMap::new(),
            pages: Pages(HashMap::new()),
        }
    }

    /// The name of a page.
    fn of(&mut self, source: &Source, id: Option<String>) -> String {
        let stem = source.path.file_stem().map_or_else(|| "cable".into(), |stem| stem.to_string_lossy());
        let name = self.free(id.as_deref().unwrap_or(&stem));
        let page = format!("{name}.{}", self.extension);
        if let Some(id) = id {
            self.pages.0.entry(id).or_insert_with(|| page.clone());
        }
        page
    }

    /// A name that no page has: the wanted one, or with the next number after it. Some systems know no case.
    fn free(&mut self, wanted: &str) -> String {
        const LONGEST: usize = 100;
        let sign = |sign: char| if sign.is_alphanumeric() || matches!(sign, '-' | '_') { sign } else { '-' };
        let name: String = wanted.chars().take(LONGEST).map(sign).collect();
        let name = if name.is_empty() { "cable".to_owned() } else { name };
        let mut own = name.clone();
        let next = self.next.entry(name.to_lowercase()).or_insert(2);
        while !self.used.insert(own.to_lowercase()) {
            own = format!("{name}-{next}");
            *next += 1;
        }
        own
    }
}
