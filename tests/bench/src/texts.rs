//! Invented cables of a wanted length: correct ones, damaged ones, and documents of many.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use cable_tests::generator::{Layout, Options, Style, generate};

/// Bytes of one cable of a document of many.
const ONE_OF_MANY: usize = 7_700;

/// One correct cable of about `size` bytes.
pub fn cable(size: usize) -> String {
    one(size, &Options { complete: true, ..envelopes() })
}

/// One cable of about `size` bytes in which the copy damaged each marker, and the paragraphs are short: a finding in some
/// 170 bytes.
pub fn damaged(size: usize) -> String {
    const SENTENCES: usize = 2;
    let text = cable(size);
    let (header, body) = text.split_once("\n1. ").unwrap_or_default();
    let sentences: Vec<&str> = body.lines().flat_map(|line| line.split_inclusive(". ")).collect();
    let mut damaged = header.to_owned();
    for (index, sentences) in sentences.chunks(SENTENCES).enumerate() {
        let number = index + 1;
        let marker = match index % 3 {
            0 => format!("$\\P{number}$. (U)"),
            1 => format!("[\u{b6}](#par{number}){number}. (U)"),
            _ => format!("{number} . (U)"),
        };
        let _ = write!(damaged, "\n{marker} {}\n", sentences.concat().trim());
    }
    damaged
}

/// A document of cables of about `size` bytes together; some are damaged.
pub fn document(size: usize) -> String {
    const FEW: u32 = 10;
    const SOME_DAMAGED: &[Style] = &[Style::Plain, Style::Plain, Style::Plain, Style::Kept, Style::Kept, Style::AsOne];
    let cables = (size / ONE_OF_MANY).max(1) as u32;
    let options = Options { styles: SOME_DAMAGED, style_changes: 0, dropped: 10, ..envelopes() };
    let of = |cables: u32, paragraphs: u32| {
        generate(7, &Options { cables, paragraphs: (paragraphs, paragraphs), ..options.clone() }).text
    };
    // How long a paragraph is shows in a few cables, too.
    let few = cables.min(FEW);
    let paragraphs = fitted(size / (cables / few) as usize, |paragraphs| of(few, paragraphs).len());
    of(cables, paragraphs)
}

fn envelopes() -> Options {
    Options { layouts: &[Layout::Envelope], ..Options::clean() }
}

/// Writes files of one cable each, 10 KB on the average, as an archive has them: a folder for each thousand. Returns
/// their bytes.
///
/// # Errors
///
/// When a file cannot be written.
pub fn archive(folder: &Path, files: usize) -> io::Result<u64> {
    let mut bytes = 0;
    for file in 0..files {
        let inner = folder.join(format!("{:03}", file / 1_000));
        if file % 1_000 == 0 {
            fs::create_dir_all(&inner)?;
        }
        let options = Options { paragraphs: (5, 60), layouts: Layout::ALL, ..Options::default() };
        let text = generate(file as u64, &options).text;
        bytes += text.len() as u64;
        fs::write(inner.join(format!("{file:06}.txt")), text)?;
    }
    Ok(bytes)
}

fn one(size: usize, options: &Options) -> String {
    let of = |paragraphs: u32| generate(7, &Options { paragraphs: (paragraphs, paragraphs), ..options.clone() }).text;
    of(fitted(size, |paragraphs| of(paragraphs).len()))
}

/// The number of paragraphs with which a text comes near the size.
fn fitted(size: usize, length: impl Fn(u32) -> usize) -> u32 {
    const TRIAL: u32 = 20;
    let (few, more) = (length(TRIAL), length(2 * TRIAL));
    let paragraph = ((more - few) / TRIAL as usize).max(1);
    let frame = few.saturating_sub(paragraph * TRIAL as usize);
    (size.saturating_sub(frame) / paragraph).max(1) as u32
}
