//! Inside the program: each kind of work by itself, beside a plain pass over the same bytes.

use std::collections::HashSet;
use std::fmt::{Debug, Write as _};
use std::hint::black_box;
use std::io;
use std::ops::Range;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use cable_bench::{texts, work};
use cable_catalog::Catalog;
use cable_ide::{CableToken, FormatOptions, HintKinds, Symbol, navigation};
use cable_lint::{Checker, Diagnostic, Settings};
use cable_syntax::{Cable, Document, Edit, classify};

use super::measure::{fingerprint, output, shown, time, times};
use super::{Table, Wishes, built};

/// What is asked about.
type Ask = fn(&Document, usize) -> Box<dyn Debug>;

/// What else an editor asks after a key, each by itself: about the document, or about a place in it.
const PLACED: [(&str, Ask); 6] = [
    ("hints on a screen", |document, at| {
        Box::new(cable_ide::hints(document, &screen(document, at), HintKinds::default()))
    }),
    ("folds", |document, _| Box::new(cable_ide::folds(document))),
    ("links", |document, _| Box::new(navigation::links(document))),
    ("actions", |document, at| Box::new(cable_ide::actions(document, &(at..at)))),
    ("highlights", |document, at| Box::new(navigation::highlights(document, at))),
    ("completion", |document, at| Box::new(cable_ide::complete(document, at))),
];

/// The bytes that a screen shows from a place on, about.
fn screen(document: &Document, at: usize) -> Range<usize> {
    const BYTES: usize = 5_000;
    at..(at + BYTES).min(document.len())
}

/// A text and what it is called.
struct Text {
    name: &'static str,
    written: String,
    /// What it costs to count its lines.
    plain: Duration,
}

impl Text {
    fn new(name: &'static str, text: String) -> Self {
        let count = |()| black_box(memchr::memchr_iter(b'\n', black_box(text.as_bytes())).count());
        let plain = time(Duration::from_millis(50), || (), count).0;
        Self { name, written: text, plain }
    }
}

pub(super) fn print(table: &mut Table, wishes: &Wishes) -> io::Result<()> {
    let catalog = Catalog::built_in();
    let settings = Settings::default();
    let while_ = Duration::from_millis(if wishes.is_quick { 50 } else { 500 });
    let short = Text::new("10 KB", texts::cable(10_000));
    let middle = Text::new("100 KB", texts::cable(100_000));
    let long = Text::new("1 MB", texts::cable(1_000_000));
    let many = Text::new("10 MB, 1300 cables", texts::document(10_000_000));
    let read = |text: &Text| Document::new(&text.written, &catalog);

    table.section("Inside: time of the processor for one run", &["a run", "x plain pass", "MB/s", "found"])?;
    let row = |name: &str, text: &Text, took: Duration, found: &str| {
        let speed = text.written.len() as f64 / took.as_secs_f64() / 1e6;
        let name = format!("{name}, {}", text.name);
        let found = fingerprint(found.as_bytes());
        table.row(&name, &[shown(took), times(took, text.plain), format!("{speed:.0}"), found])
    };
    for text in [&short, &middle, &long, &many] {
        row("count lines (the plain pass)", text, text.plain, "")?;
    }
    for text in [&short, &long] {
        let kinds = |()| text.written.lines().map(classify).collect::<Vec<_>>();
        let (took, kinds) = time(while_, || (), kinds);
        row("classify", text, took, &in_words(&kinds))?;
    }
    for text in [&short, &middle, &long, &many] {
        let (took, document) = time(while_, || (), |()| read(text));
        row("read", text, took, &cable_ide::syntax_tree(&document))?;
    }
    for text in [&short, &middle, &long, &many] {
        let mut document = read(text);
        let mut typist = Typist::default();
        let (took, ()) = time(while_, || (), |()| typist.press(&mut document));
        typist.take_back(&mut document);
        row("edit", text, took, &cable_ide::syntax_tree(&document))?;
    }
    for text in [&short, &middle, &long, &many] {
        let (took, found) = time(while_, || read(text), |document| (cable_lint::check(&document, &settings), document));
        row("all rules", text, took, &told(&found.0))?;
    }
    for text in [&short, &middle, &long, &many] {
        let mut document = read(text);
        let (mut typist, mut checker) = (Typist::default(), Checker::default());
        checker.check(&document, &settings);
        let key = |()| {
            typist.press(&mut document);
            checker.check(&document, &settings)
        };
        let (took, _) = time(while_, || (), key);
        typist.take_back(&mut document);
        row("edit and all rules", text, took, &told(&checker.check(&document, &settings)))?;
    }
    for text in [&short, &middle, &long, &many] {
        let edition = |document: Document| (work::page(&document, &settings), document);
        let (took, found) = time(while_, || read(text), edition);
        row("edition as HTML", text, took, &found.0)?;
    }
    for text in [&short, &long, &many] {
        let (took, found) = time(while_, || read(text), |document| (cable_ide::outline(&document), document));
        row("outline", text, took, &in_words(&found.0))?;
    }
    for text in [&short, &long, &many] {
        let tokens = |document: Document| (cable_ide::tokens(&document, &(0..document.len())), document);
        let (took, found) = time(while_, || read(text), tokens);
        row("tokens", text, took, &in_words(&found.0))?;
    }
    let unformatted = Text::new("100 KB, much to do", middle.written.replace("\n\n", " \n\n\n"));
    for text in [&short, &middle, &unformatted, &long] {
        let format = |document: Document| (cable_ide::format(&document, FormatOptions::default()), document);
        let (took, found) = time(while_, || read(text), format);
        row("format", text, took, &in_words(&found.0))?;
    }
    for (name, ask) in PLACED {
        for text in [&short, &long, &many] {
            let (took, found) = time(while_, || read(text), |document| (ask(&document, document.len() / 2), document));
            row(name, text, took, &in_words(&found.0))?;
        }
    }
    for text in [&short, &middle, &long, &many] {
        let mut document = read(text);
        let (mut typist, mut editor) = (Typist::default(), Editor::default());
        editor.ask(&document, &settings);
        let key = |()| {
            typist.press(&mut document);
            editor.ask(&document, &settings)
        };
        let (took, _) = time(while_, || (), key);
        typist.take_back(&mut document);
        let found = editor.ask(&document, &settings);
        let found = told(&found.diagnostics) + &in_words(&found.rest);
        row("all that is asked after a key", text, took, &found)?;
    }
    allocations(table, wishes)
}

/// A person who types a letter in the middle, and takes it back.
#[derive(Default)]
struct Typist {
    has_typed: bool,
}

impl Typist {
    fn press(&mut self, document: &mut Document) {
        // The text is one letter longer when one was typed.
        let at = (document.len() - usize::from(self.has_typed)) / 2;
        let edit =
            if self.has_typed { Edit { range: at..at + 1, text: "" } } else { Edit { range: at..at, text: "x" } };
        document.apply(&edit);
        self.has_typed = !self.has_typed;
    }

    /// Leaves the text as it was.
    fn take_back(&mut self, document: &mut Document) {
        if self.has_typed {
            self.press(document);
        }
    }
}

/// What is asked after each key, and what is kept from one to the next. The server keeps more; what it costs is in the
/// part on the protocol.
#[derive(Default)]
struct Editor {
    checker: Checker,
    /// Cables whose colours are known.
    coloured: Vec<(Arc<Cable>, Vec<CableToken>)>,
}

impl Editor {
    fn ask(&mut self, document: &Document, settings: &Settings) -> Asked {
        let at = document.len() / 2;
        let known: HashSet<usize> = self.coloured.iter().map(|(cable, _)| Arc::as_ptr(cable).addr()).collect();
        let new = document.cables().iter().filter(|placed| !known.contains(&Arc::as_ptr(&placed.cable).addr()));
        let new: Vec<_> =
            new.map(|placed| (Arc::clone(&placed.cable), cable_ide::cable_tokens(&placed.cable))).collect();
        let still = |cable: &Arc<Cable>| Arc::strong_count(cable) > 1;
        self.coloured.retain(|(cable, _)| still(cable));
        self.coloured.extend(new);
        Asked {
            diagnostics: self.checker.check(document, settings),
            rest: (cable_ide::outline(document), PLACED.map(|(_, ask)| ask(document, at))),
        }
    }
}

/// What came of it.
struct Asked {
    diagnostics: Vec<Diagnostic>,
    rest: (Vec<Symbol>, [Box<dyn Debug>; PLACED.len()]),
}

fn in_words(found: &impl Debug) -> String {
    format!("{found:?}")
}

/// Diagnostics without the addresses of their rules.
fn told(found: &[Diagnostic]) -> String {
    found.iter().fold(String::new(), |mut told, found| {
        let _ = writeln!(told, "{} {:?} {}", found.rule.code, found.range, found.message);
        told
    })
}

/// How often memory is asked for: counted by a program of its own, whose counting slows it.
fn allocations(table: &Table, wishes: &Wishes) -> io::Result<()> {
    table.section("Inside: memory that is asked for in one run", &["found", "allocations", "bytes"])?;
    let counted = output(&mut Command::new(built("cable-bench", "hot", wishes)?))?;
    for line in String::from_utf8_lossy(&counted).lines() {
        let mut cells = line.split('\t').map(str::to_owned);
        let name = cells.next().unwrap_or_default();
        table.row(&name, &cells.collect::<Vec<_>>())?;
    }
    Ok(())
}
