//! Which files a command reads, and their text, whatever bytes they hold (DESIGN.md 5).

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use cable_catalog::Catalog;
use cable_syntax::Document;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use ignore::WalkBuilder;

use super::complain;

/// A text to read, or the reason why there is none.
#[derive(Debug)]
pub(super) struct Source {
    /// The path as reached from the argument; `-` for standard input.
    pub(super) path: String,
    /// Where the bytes come from.
    from: From,
    /// Found in a folder: a `.txt` is read only when it is a cable.
    found: bool,
}

#[derive(Debug)]
enum From {
    File(PathBuf),
    StandardInput,
}

/// A file as it was read.
#[derive(Debug)]
pub(super) struct Loaded {
    /// As in [`Source`].
    pub(super) path: String,
    /// The text without a byte order mark.
    pub(super) text: String,
    /// What was read from it.
    pub(super) document: Document,
}

/// The sources that the arguments name, in the order of their paths, and whether every argument could be followed.
/// Without arguments it is the current folder.
pub(super) fn sources(paths: &[String], stdin_name: Option<&str>) -> (Vec<Source>, bool) {
    let here = [".".to_owned()];
    let paths = if paths.is_empty() { &here } else { paths };
    let mut sources = Vec::new();
    let mut complete = true;
    for path in paths {
        if path == "-" {
            let path = stdin_name.unwrap_or("-").to_owned();
            sources.push(Source { path, from: From::StandardInput, found: false });
            continue;
        }
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => complete &= walk(path, &mut sources),
            Ok(_) => sources.push(Source { path: path.clone(), from: From::File(path.into()), found: false }),
            Err(error) => {
                complain(&format!("{path}: {error}"));
                complete = false;
            }
        }
    }
    sources.sort_by(|one, two| one.path.cmp(&two.path));
    sources.dedup_by(|one, two| one.path == two.path);
    (sources, complete)
}

fn walk(folder: &str, sources: &mut Vec<Source>) -> bool {
    let mut complete = true;
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                complain(&error.to_string());
                complete = false;
                continue;
            }
        };
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file() || kind.is_symlink());
        if is_file && matches!(extension(entry.path()), Some("cable" | "txt")) && entry.path().is_file() {
            let path = entry.path().strip_prefix("./").unwrap_or(entry.path());
            let name = path.to_string_lossy().into_owned();
            sources.push(Source { path: name, from: From::File(entry.into_path()), found: true });
        }
    }
    complete
}

fn extension(path: &Path) -> Option<&str> {
    path.extension()?.to_str()
}

impl Source {
    /// Reads the source. None when it holds no cable and nobody named it.
    ///
    /// # Errors
    ///
    /// When the bytes cannot be read, or are no text.
    pub(super) fn load(&self, catalog: &Catalog) -> io::Result<Option<Loaded>> {
        let bytes = match &self.from {
            From::File(path) => fs::read(path)?,
            From::StandardInput => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes)?;
                bytes
            }
        };
        let is_text_file = self.found && !self.path.ends_with(".cable");
        if bytes.contains(&0) && Encoding::for_bom(&bytes).is_none_or(|(encoding, _)| encoding == UTF_8) && is_binary(&bytes) {
            if is_text_file {
                return Ok(None);
            }
            return Err(io::Error::new(io::ErrorKind::InvalidData, "this is a binary file, not a text"));
        }
        let (text, encoding) = decode(bytes);
        let document = Document::new(&text, catalog);
        if is_text_file && !document.cables().iter().any(|placed| placed.cable.is_recognised()) {
            return Ok(None);
        }
        if encoding != UTF_8 {
            complain(&format!("{}: not UTF-8; read as {}", self.path, encoding.name()));
        }
        Ok(Some(Loaded { path: self.path.clone(), text, document }))
    }
}

/// A few NUL bytes are an old printer's; many are no text at all.
fn is_binary(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(8192)];
    start.iter().filter(|&&byte| byte == 0).count() * 20 > start.len()
}

/// UTF-8 as it is; what bears another byte order mark by that; everything else as Windows-1252, which reads any bytes.
fn decode(bytes: Vec<u8>) -> (String, &'static Encoding) {
    if let Some((encoding, length)) = Encoding::for_bom(&bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[length..]);
        return (text.into_owned(), encoding);
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, UTF_8),
        Err(error) => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(error.as_bytes());
            (text.into_owned(), WINDOWS_1252)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_archives_hold() {
        assert_eq!(decode("¶1. (U)".as_bytes().to_vec()), ("¶1. (U)".to_owned(), UTF_8));
        assert_eq!(decode(b"\xef\xbb\xbfUNCLAS".to_vec()), ("UNCLAS".to_owned(), UTF_8));
        assert_eq!(decode(b"\xff\xfeU\0N\0".to_vec()).0, "UN");
        assert_eq!(decode(b"caf\xe9 \x93said\x94".to_vec()), ("café “said”".to_owned(), WINDOWS_1252));
    }
}
