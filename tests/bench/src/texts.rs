//! Invented cables of a wanted length: correct ones, damaged ones, and documents of many.

use std::fs;
use std::io;
use std::path::Path;

use cable_tests::generator::{Layout, Options, Style, generate};

/// Bytes of one cable of a document of many.
const ONE_OF_MANY: usize = 7_700;

/// One correct cable of about `size` bytes.
pub fn cable(size: usize) -> String {
    one(size, &Options { complete: true, layouts: &[Layout::Envelope], ..Options::clean() })
}

/// One cable of about `size` bytes in which each paragraph and many a line was damaged by the copy: a finding in some
/// 170 bytes.
pub fn damaged(size: usize) -> String {
    const DAMAGES: [(&str, &str); 2] = [(". ", " . "), ("the ", "the\u{fffd} ")];
    let options = Options { styles: &[Style::AsOne, Style::Latex], complete: true, ..Options::clean() };
    let mut text = one(size, &options);
    for (sound, broken) in DAMAGES {
        text = text.replace(sound, broken);
    }
    text
}

/// A document of cables as the web edition has them, of about `size` bytes; some are damaged.
pub fn document(size: usize) -> String {
    let cables = (size / ONE_OF_MANY).max(1) as u32;
    let of = |paragraphs: u32| {
        let options = Options {
            cables,
            paragraphs: (paragraphs, paragraphs),
            layouts: &[Layout::Envelope],
            ..Options::default()
        };
        generate(7, &options).text
    };
    fitted(size, of)
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
    fitted(size, |paragraphs| generate(7, &Options { paragraphs: (paragraphs, paragraphs), ..options.clone() }).text)
}

/// The text of as many paragraphs as come near the size.
fn fitted(size: usize, of: impl Fn(u32) -> String) -> String {
    const TRIAL: u32 = 20;
    let (few, more) = (of(TRIAL).len(), of(2 * TRIAL).len());
    let paragraph = ((more - few) / TRIAL as usize).max(1);
    let frame = few.saturating_sub(paragraph * TRIAL as usize);
    of((size.saturating_sub(frame) / paragraph).max(1) as u32)
}
