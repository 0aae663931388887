//! The explanation of a rule, shown by an editor that has no command of its own for it.
//!
//! Such an editor takes no notice of what a command answers. What it does show is a document, which has to be a file, or
//! else a message, of which some show one line.

use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use tempfile::TempDir;
use tower_lsp::lsp_types::{self, CodeAction, Url};

use super::action_kinds::EXPLAIN;
use crate::lsp::analysis::Rule;
use crate::wrapped::wrapped;

/// The command that shows an explanation.
pub(in crate::lsp) const SHOW: &str = "cable.showExplanation";

/// As wide as half a screen: most editors show it beside the cable, and few wrap lines unasked.
const WIDTH: usize = 72;

/// The files that explanations were written to: in a folder of this session, made for the first of them.
#[derive(Default)]
pub(in crate::lsp) struct Explanations {
    folder: Mutex<Option<TempDir>>,
}

impl Explanations {
    /// Writes what a rule says to a file that an editor can show.
    pub(in crate::lsp) fn write(&self, rule: &Rule) -> io::Result<Url> {
        let mut folder = self.folder.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = match &*folder {
            Some(folder) => folder,
            None => folder.insert(tempfile::Builder::new().prefix("cable-lsp-").tempdir()?),
        };
        let path = folder.path().join(rule.code).with_extension("txt");
        if !path.exists() {
            write_for_reading(&path, &wrapped(&rule.text(), WIDTH))?;
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
    std::fs::write(path, text)?;
    let mut permissions = std::fs::metadata(path)?.permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(path, permissions)
}

/// What fits into a message: one line that says what is wrong before it says why.
pub(in crate::lsp) fn in_short(rule: &Rule) -> String {
    let first = rule.explanation.split("\n\n").next().unwrap_or_default();
    let first = first.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{} {}: {}. {first}", rule.code, rule.name, rule.summary)
}

/// The action that explains the rule of some diagnostics.
pub(in crate::lsp) fn action(rule: &Rule, diagnostics: Vec<lsp_types::Diagnostic>) -> CodeAction {
    let title = format!("Explain {} ({})", rule.code, rule.name);
    let command = lsp_types::Command::new(title.clone(), SHOW.to_owned(), Some(vec![rule.code.into()]));
    CodeAction {
        title,
        kind: Some(EXPLAIN),
        diagnostics: Some(diagnostics),
        command: Some(command),
        ..CodeAction::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lsp::analysis::rule;

    #[test]
    fn a_file_is_written_once_and_taken_away() {
        let explanations = Explanations::default();
        let known = rule("CLS005").expect("a rule");
        let file = explanations.write(known).expect("a file").to_file_path().expect("a path");
        assert_eq!(std::fs::read_to_string(&file).expect("text"), wrapped(&known.text(), WIDTH));
        assert_eq!(explanations.write(known).ok(), Url::from_file_path(&file).ok());
        explanations.clear();
        assert!(!file.exists());
        assert!(explanations.write(known).is_ok(), "another folder is made");
    }

    #[test]
    fn a_message_is_one_line() {
        let short = in_short(rule("CLS005").expect("a rule"));
        assert!(short.starts_with("CLS005 ") && !short.contains('\n') && !short.contains("  "), "{short}");
    }
}
