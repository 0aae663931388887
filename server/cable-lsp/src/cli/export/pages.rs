//! A page for each cable, named by its id, an index of them, and links from one to another.
//!
//! Two passes: the first finds which cables there are, so that the second knows which references lead to a page.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::Path;

use cable_edition::{Edited, Editor, Entry, Form, Links, index, render};
use cable_lint::config::Choice;
use cable_syntax::{Document, Placed};
use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::super::documents::Given;
use super::super::input::{BATCH, Inputs, no_cables, speak_of};
use super::super::{COULD_NOT_RUN, complain, count, note};
use super::written::Written;
use crate::files::config::Configs;
use crate::files::source::{Kind, Loaded, Source};

/// So many bytes of text are kept from the first pass to the second; what is beyond that is read again.
const KEPT: usize = 64 << 20;

/// A source after the first pass.
struct Found {
    source: Source,
    /// The names of its pages, one for each of its cables; none for what is no cable.
    names: Vec<Option<String>>,
    /// What was read of it; none where it is read again.
    document: Option<Document>,
}

/// The pages of a folder by the ids of their cables.
struct Pages(HashMap<String, String>);

impl Links for Pages {
    fn page(&self, id: &str) -> Option<String> {
        self.0.get(id).cloned()
    }
}

pub(super) fn run(inputs: &Inputs, given: &Given, form: Form, folder: &Path) -> io::Result<u8> {
    let configs = inputs.configs(Choice::default())?;
    let (mut texts, mut complete) = given.texts(inputs, &configs)?;
    let threads = inputs.thread_pool()?;
    let mut names = Names::new(form);
    let (mut found, mut read, mut kept) = (Vec::new(), 0, 0);
    loop {
        let batch = texts.batch(&configs)?;
        if batch.is_empty() {
            break;
        }
        read += batch.len();
        let loaded: Vec<_> = threads.install(|| batch.par_iter().map(|source| load(source, &configs)).collect());
        for (source, loaded) in batch.into_iter().zip(loaded) {
            let loaded = match loaded {
                Ok(Some(loaded)) => loaded,
                Ok(None) => continue,
                Err(error) => {
                    complain(&error);
                    complete = false;
                    continue;
                }
            };
            if let Some(words) = loaded.note() {
                note(&words);
            }
            let own = names.of(&source, &loaded.document);
            kept += loaded.text.len();
            // What comes once cannot be read again.
            let is_kept = kept <= KEPT || matches!(source.kind, Kind::StandardInput | Kind::Stream);
            found.push(Found { source, names: own, document: is_kept.then_some(loaded.document) });
        }
    }
    complete &= speak_of(&configs) & texts.is_complete();
    let mut written = Written::open(folder)?;
    let pages = Pages(names.by_id);
    let (mut entries, mut kept_files) = (Vec::new(), 0);
    let mut found = found.into_iter();
    loop {
        let batch: Vec<Found> = found.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        // A text that has its page is let go: the pages after it take its place.
        let edit = |editor: &mut Editor, one: Found| make(one, &configs, form, &pages, editor);
        let made: Vec<_> = threads.install(|| batch.into_par_iter().map_init(|| form.editor(), edit).collect());
        let pages = made.iter().flatten().flatten();
        written.announce(pages.map(|(entry, text)| (entry.page.as_str(), text.as_str())))?;
        for made in made {
            match made {
                Ok(made) => {
                    for (entry, text) in made {
                        if written.page(&entry.page, &text)? {
                            entries.push(entry);
                        } else {
                            complain(&format!(
                                "{}: not written by this command; left as it is",
                                folder.join(&entry.page).display()
                            ));
                            kept_files += 1;
                        }
                    }
                }
                Err(error) => {
                    complain(&error);
                    complete = false;
                }
            }
        }
    }
    if read > 0 && entries.is_empty() && kept_files == 0 {
        complain(&no_cables(read));
    }
    let index = (!entries.is_empty()).then(|| index(&mut entries));
    written.announce(index.iter().map(|index| ("index.html", index.as_str())))?;
    if let Some(index) = index
        && !written.page("index.html", &index)?
    {
        complain(&format!("{}: not written by this command; left as it is", folder.join("index.html").display()));
        kept_files += 1;
    }
    note(&format!("{} in {}", count(entries.len(), "page"), folder.display()));
    written.close()?;
    Ok(if complete && kept_files == 0 { 0 } else { COULD_NOT_RUN })
}

fn load(source: &Source, configs: &Configs) -> Result<Option<Loaded>, String> {
    let Some(place) = configs.place(&source.path) else {
        return Err(format!("{}: its settings cannot be read", source.name()));
    };
    source.load(&place.archive.catalog).map_err(|error| format!("{}: {error}", source.name()))
}

/// The pages of a source.
fn make(
    found: Found,
    configs: &Configs,
    form: Form,
    pages: &Pages,
    editor: &mut Editor,
) -> Result<Vec<(Entry, String)>, String> {
    let document = match found.document {
        Some(document) => document,
        None => match load(&found.source, configs)? {
            Some(loaded) => loaded.document,
            None => return Ok(Vec::new()),
        },
    };
    let Some(place) = configs.place(&found.source.path) else { return Ok(Vec::new()) };
    let editions = editor.editions(&document, &place.settings(&found.source.path));
    let file = found.source.path.file_name().map_or_else(|| found.source.name(), |name| name.to_string_lossy());
    let cables = document.cables().iter().zip(&editions).zip(&found.names);
    Ok(cables
        .filter_map(|((placed, edition), name)| {
            let page = name.clone()?;
            let edited = Edited { placed, edition, file: &file };
            Some((Entry::of(&edited, page), render(&[edited], form, pages)))
        })
        .collect())
}

/// Gives each cable the name of its page.
struct Names {
    extension: &'static str,
    used: HashSet<String>,
    /// The number that the next page of a name gets.
    next: HashMap<String, usize>,
    /// The first page of each id.
    by_id: HashMap<String, String>,
}

impl Names {
    fn new(form: Form) -> Self {
        let extension = match form {
            Form::Text { .. } => "txt",
            Form::Markdown => "md",
            Form::Html => "html",
            Form::Tei => "xml",
        };
        Self { extension, used: HashSet::from(["index".to_owned()]), next: HashMap::new(), by_id: HashMap::new() }
    }

    /// The names of a source's pages, one for each of its cables.
    fn of(&mut self, source: &Source, document: &Document) -> Vec<Option<String>> {
        let cables = document.cables();
        let stem = source.path.file_stem().map_or_else(|| "cable".into(), |stem| stem.to_string_lossy());
        let name = |placed: &Placed| {
            if !placed.cable.is_recognised() && cables.len() > 1 {
                return None;
            }
            let id = placed.cable.canonical_id();
            let name = self.free(id.unwrap_or(&stem));
            let page = format!("{name}.{}", self.extension);
            if let Some(id) = id {
                self.by_id.entry(id.to_owned()).or_insert_with(|| page.clone());
            }
            Some(page)
        };
        cables.iter().map(name).collect()
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
