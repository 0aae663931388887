//! The action that writes a rule into the `ignore` list of the settings file.
//!
//! The file is the one that holds for the document, else a new one at the root of its folder. Its text is the one on
//! disk: an editor that has it open and unsaved applies the edit to what it shows.

use std::collections::HashMap;
use std::io::ErrorKind;

use ropey::Rope;
use tower_lsp::lsp_types::{
    CreateFile, CreateFileOptions, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, ResourceOp, TextDocumentEdit, TextEdit, Url, WorkspaceEdit,
};

use super::client_facts::ClientFacts;
use crate::files::bounded::{SETTINGS, read_text};
use crate::lsp::analysis::{Rule, ignore_rule};
use crate::lsp::documents::Snapshot;

/// What the action is called.
pub(super) fn title(rule: &Rule) -> String {
    format!("Ignore {} ({}) in the settings", rule.code, rule.name)
}

/// The edit that turns a rule off for the document's archive. None where there is no file to write to, where it cannot
/// be read, or where the client makes no files.
pub(super) fn edit(snapshot: &Snapshot, rule: &Rule, facts: &ClientFacts) -> Option<WorkspaceEdit> {
    let file = snapshot.analysis.settings_file_to_write()?;
    let uri = Url::from_file_path(&file).ok()?;
    let text = match read_text(&file, SETTINGS) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == ErrorKind::NotFound && facts.creates_files => None,
        Err(_) => return None,
    };
    let old = text.as_deref().unwrap_or_default();
    let rope = Rope::from_str(old);
    let edits: Vec<TextEdit> = ignore_rule(old, rule)?
        .into_iter()
        .map(|edit| TextEdit::new(facts.encoding.range(&rope, &edit.range), edit.text))
        .collect();
    if text.is_some() && !facts.versioned_edits {
        return Some(WorkspaceEdit::new(HashMap::from([(uri, edits)])));
    }
    // What is made and then edited has to be one list; who makes files reads such lists.
    let create = text.is_none().then(|| {
        let options = Some(CreateFileOptions { overwrite: None, ignore_if_exists: Some(true) });
        DocumentChangeOperation::Op(ResourceOp::Create(CreateFile { uri: uri.clone(), options, annotation_id: None }))
    });
    let document = OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version: None };
    let edit = TextDocumentEdit { text_document: document, edits: edits.into_iter().map(OneOf::Left).collect() };
    let changes = create.into_iter().chain([DocumentChangeOperation::Edit(edit)]).collect();
    Some(WorkspaceEdit { document_changes: Some(DocumentChanges::Operations(changes)), ..WorkspaceEdit::default() })
}
