//! Code actions: the fix of each diagnostic in reach, all safe fixes at once, and renumbering.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{
    self, CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, DocumentChanges,
    OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, Url, WorkspaceEdit,
};

use super::analysis::{FixSafety, TextEdit, renumber, safe_fixes};
use super::capabilities::{ClientFacts, FIX_ALL, RENUMBER};
use super::convert;
use super::documents::Snapshot;

/// What an action without its edit carries, to be completed when it is chosen.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Unresolved {
    /// The document it is for.
    pub(super) uri: Url,
}

/// The actions for a range of the document, of the kinds the client asked for.
///
/// They come from the diagnostics of the snapshot, not from those in the request: a client may send none, or old ones.
pub(super) fn code_actions(snapshot: &Snapshot, params: CodeActionParams, facts: &ClientFacts) -> CodeActionResponse {
    let rope = snapshot.document.rope();
    let uri = params.text_document.uri;
    let wanted = |kind: CodeActionKind| is_wanted(params.context.only.as_deref(), &kind);
    let found = snapshot.check();
    let mut actions = Vec::new();

    if wanted(CodeActionKind::QUICKFIX) {
        let reach = facts.encoding.span(rope, params.range);
        let in_reach = found.iter().filter(|found| found.range.start <= reach.end && reach.start <= found.range.end);
        actions.extend(in_reach.filter_map(|found| {
            let fix = found.fix.as_ref()?;
            Some(CodeAction {
                title: fix.title.clone(),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![convert::diagnostic(found, rope, &uri, facts)]),
                edit: Some(workspace_edit(&fix.edits, snapshot, &uri, facts)),
                is_preferred: Some(fix.safety == FixSafety::Safe),
                ..CodeAction::default()
            })
        }));
    }
    if wanted(RENUMBER) {
        let cursor = facts.encoding.span(rope, params.range).start;
        let placed = &snapshot.document.cables()[snapshot.document.cable_at(cursor)];
        actions.extend(renumber(placed).map(|fix| CodeAction {
            title: fix.title,
            kind: Some(RENUMBER),
            edit: Some(workspace_edit(&fix.edits, snapshot, &uri, facts)),
            ..CodeAction::default()
        }));
    }
    let safe = safe_fixes(&found).count();
    if safe > 0 && wanted(FIX_ALL) {
        let mut action = CodeAction {
            title: format!("Apply the safe fixes of this document ({safe})"),
            kind: Some(FIX_ALL),
            ..CodeAction::default()
        };
        // Repairing reads the whole text; a client that shows the action at every move of the cursor need not wait.
        if facts.resolves_edits {
            action.data = serde_json::to_value(Unresolved { uri }).ok();
        } else {
            action.edit = Some(workspace_edit(&snapshot.repair(&found), snapshot, &uri, facts));
        }
        actions.push(action);
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// Completes the action that applies all safe fixes.
pub(super) fn resolve(snapshot: &Snapshot, uri: &Url, facts: &ClientFacts) -> WorkspaceEdit {
    let found = snapshot.check();
    workspace_edit(&snapshot.repair(&found), snapshot, uri, facts)
}

/// The document an action is to be completed for; an error if the action is none of ours.
pub(super) fn unresolved(action: &CodeAction) -> Result<Unresolved> {
    let data = action.data.clone().unwrap_or_default();
    serde_json::from_value(data).map_err(|error| Error::invalid_params(error.to_string()))
}

/// Kinds are a tree spelled with dots: asking for `source` asks for everything below it.
fn is_wanted(only: Option<&[CodeActionKind]>, kind: &CodeActionKind) -> bool {
    only.is_none_or(|only| {
        only.iter().any(|asked| {
            let rest = kind.as_str().strip_prefix(asked.as_str());
            asked.as_str().is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    })
}

/// Edits of one document, bound to its version if the client takes that.
pub(super) fn workspace_edit(edits: &[TextEdit], snapshot: &Snapshot, uri: &Url, facts: &ClientFacts) -> WorkspaceEdit {
    let rope = snapshot.document.rope();
    let edits =
        edits.iter().map(|edit| lsp_types::TextEdit::new(facts.encoding.range(rope, &edit.range), edit.text.clone()));
    if facts.versioned_edits {
        let document = OptionalVersionedTextDocumentIdentifier::new(uri.clone(), snapshot.version);
        let edit = TextDocumentEdit { text_document: document, edits: edits.map(OneOf::Left).collect() };
        WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(vec![edit])), ..WorkspaceEdit::default() }
    } else {
        WorkspaceEdit::new(HashMap::from([(uri.clone(), edits.collect())]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(only: &[&'static str], kind: &CodeActionKind) -> bool {
        is_wanted(Some(&only.iter().map(|&kind| kind.into()).collect::<Vec<_>>()), kind)
    }

    #[test]
    fn kinds_are_asked_for_by_their_stem() {
        assert!(is_wanted(None, &FIX_ALL));
        assert!(wanted(&[""], &FIX_ALL) && wanted(&["source"], &FIX_ALL) && wanted(&["source.fixAll"], &FIX_ALL));
        assert!(wanted(&["refactor", "source.fixAll.cable"], &FIX_ALL));
        assert!(!wanted(&["source.fixAll.other"], &FIX_ALL) && !wanted(&["sour"], &FIX_ALL));
        assert!(!wanted(&[], &FIX_ALL) && !wanted(&["source"], &CodeActionKind::QUICKFIX));
    }
}
