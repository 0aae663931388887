//! Does each kind of work on each shape of text at three sizes, each twice as long as the one before, and says which.
//!
//! By itself it shows nothing: it is run under a tool that counts the instructions of [`measured`] and writes them down
//! after each call (see the test `growth` of the suite). What is compiled or built at first use is so before.

use std::hint::black_box;
use std::io::Write as _;

use cable_bench::shapes::SHAPES;
use cable_bench::work::{WORKS, Work};
use cable_catalog::Catalog;
use cable_lint::Settings;
use cable_syntax::Document;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let size: usize = arguments.next().and_then(|size| size.parse().ok()).unwrap_or(2_000);
    let wanted = arguments.next();
    let is_wanted = |name: &str| wanted.as_deref().is_none_or(|wanted| wanted == name);
    let catalog = Catalog::built_in();
    let settings = Settings::default();
    let mut out = std::io::stdout().lock();
    for shape in SHAPES.iter().filter(|shape| is_wanted(shape.name)) {
        for work in WORKS {
            let texts = [size, size * 2, size * 4].map(|size| shape.text(size));
            // Once for what is built at first use: the longest text asks for all of it.
            let _ = black_box((work.run)(&mut Document::new(&texts[2], &catalog), &settings));
            for text in &texts {
                let mut document = Document::new(text, &catalog);
                let found = measured(work, &mut document, &settings);
                writeln!(out, "{}\t{}\t{}\t{found}", shape.name, work.name, text.len())?;
            }
        }
    }
    Ok(())
}

/// The one call whose instructions count.
#[inline(never)]
fn measured(work: &Work, document: &mut Document, settings: &Settings) -> usize {
    black_box((work.run)(document, settings))
}
