//! Texts that an editor is to show which takes no notice of what a command answers: what it does show is a document, which
//! has to be a file.

use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use tempfile::TempDir;
use tower_lsp::lsp_types::Url;

/// The files that texts were written to: in a folder of this session, made for the first of them.
#[derive(Default)]
pub(in crate::lsp) struct ShownTexts {
    folder: Mutex<Option<TempDir>>,
}

impl ShownTexts {
    /// Writes a text to a file of this name, in place of what it held.
    ///
    /// # Errors
    ///
    /// When no file can be written.
    pub(in crate::lsp) fn write(&self, name: &str, text: &str) -> io::Result<Url> {
        let mut folder = self.folder.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = match &*folder {
            Some(folder) => folder,
            None => folder.insert(tempfile::Builder::new().prefix("cable-lsp-").tempdir()?),
        };
        // A name comes from a text, which may hold anything.
        let name = name.replace(|sign: char| !(sign.is_alphanumeric() || " -".contains(sign)), "_");
        let path = folder.path().join(name).with_extension("txt");
        if std::fs::read_to_string(&path).ok().as_deref() != Some(text) {
            write_for_reading(&path, text)?;
        }
        Url::from_file_path(&path).map_err(|()| io::Error::other("no address"))
    }

    /// Takes the files away.
    pub(in crate::lsp) fn clear(&self) {
        // A folder that somebody else took away is gone all the same.
        drop(self.folder.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

/// Nobody's changes to it would be read.
fn write_for_reading(path: &Path, text: &str) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => std::fs::write(path, text)?,
    }
    let mut permissions = std::fs::metadata(path)?.permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(path, permissions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_holds_the_last_text_and_is_taken_away() {
        let texts = ShownTexts::default();
        let file = |text| texts.write("thread 06ASTANA121", text).expect("a file").to_file_path().expect("a path");
        let one = file("one");
        assert_eq!(std::fs::read_to_string(&one).expect("text"), "one");
        assert_eq!(file("two"), one);
        assert_eq!(std::fs::read_to_string(&one).expect("text"), "two");
        let odd = texts.write("../a/b", "three").expect("a file").to_file_path().expect("a path");
        assert_eq!(odd.parent(), one.parent());
        texts.clear();
        assert!(!one.exists());
        assert!(texts.write("one", "one").is_ok(), "another folder is made");
    }
}
