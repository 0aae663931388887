//! Code actions: the fix of each diagnostic in reach and of all like it, the refactorings, all safe fixes at once.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{
    self, CodeAction, CodeActionDisabled, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse,
    CodeActionTriggerKind, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, Url,
    WorkspaceEdit,
};

use super::action_kinds::{
    EXPLAIN, FIX_ALL, INSERT_HEADER_LINE, JOIN, RENUMBER, SORT_REFERENCES, SPLIT, TAGS_SEPARATOR,
};
use super::client_facts::ClientFacts;
use super::convert;
use super::explanations;
use super::ignore;
use crate::lsp::analysis::{Action, ActionKind, Diagnostic, Fix, FixSafety, Rule, TextEdit, actions, fix_all};
use crate::lsp::documents::{Snapshot, Trace};
use crate::visible::visible;

/// What an action without its edit carries, to be completed when it is chosen.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::lsp) struct Unresolved {
    /// The document it is for.
    pub(in crate::lsp) uri: Url,
}

/// The actions for a range of the document, of the kinds the client asked for.
///
/// They come from the diagnostics of the snapshot, not from those in the request: a client may send none, or old ones.
pub(in crate::lsp) fn code_actions(
    snapshot: &Snapshot,
    params: CodeActionParams,
    facts: &ClientFacts,
) -> CodeActionResponse {
    let rope = snapshot.document.rope();
    let uri = params.text_document.uri;
    let only = only(params.context.only, params.context.trigger_kind);
    let wanted = |kind: CodeActionKind| is_wanted(only.as_deref(), &kind);
    let plain = |action: Action| CodeAction {
        title: visible(&action.title).into_owned(),
        kind: Some(kind(action.kind)),
        edit: action.refused.is_none().then(|| workspace_edit(&action.edits, snapshot, &uri, facts)),
        disabled: action.refused.map(|reason| CodeActionDisabled { reason }),
        ..CodeAction::default()
    };
    // What is refused is shown with its reason where the client can.
    let is_shown = |action: &Action| action.refused.is_none() || facts.shows_disabled_actions;
    let reach = facts.encoding.span(rope, params.range);
    // What a client asks after each move of the cursor is about the cables there alone.
    let found = if wanted(FIX_ALL) { snapshot.check() } else { snapshot.check_at(&reach) };
    let mut offered = Vec::new();

    let is_in_reach = |found: &Diagnostic| found.range.start <= reach.end && reach.start <= found.range.end;
    let in_reach: Vec<usize> = (0..found.len()).filter(|&index| is_in_reach(&found[index])).collect();
    let (quick, explain) = (wanted(CodeActionKind::QUICKFIX), wanted(EXPLAIN));
    if quick {
        let fixes = proved_fixes(snapshot, &found, &in_reach);
        let is_single = fixes.len() == 1;
        offered.extend(fixes.into_iter().filter_map(|(found, fix, refused)| {
            let action =
                Action { kind: ActionKind::QuickFix, title: fix.title.clone(), edits: fix.edits.clone(), refused };
            let is_preferred = Some(is_single && fix.safety == FixSafety::Safe && action.refused.is_none());
            let diagnostics =
                Some(vec![convert::diagnostic(found, |span| facts.encoding.range(rope, span), &uri, facts)]);
            is_shown(&action).then(|| CodeAction { diagnostics, is_preferred, ..plain(action) })
        }));
        offered.extend(fix_all(&snapshot.document, &found, &reach, &snapshot.analysis.settings).into_iter().map(plain));
    }
    let rules = if quick || explain { by_rule(&found, &in_reach, snapshot, &uri, facts) } else { Vec::new() };
    if quick {
        offered.extend(rules.iter().filter_map(|(rule, diagnostics)| ignoring(rule, diagnostics, snapshot, facts)));
    }
    if explain {
        offered.extend(rules.into_iter().map(|(rule, diagnostics)| explanations::action(rule, diagnostics)));
    }
    if REFACTORINGS.into_iter().any(|refactoring| wanted(kind(refactoring))) {
        let refactorings = actions(&snapshot.document, &reach);
        offered
            .extend(refactorings.into_iter().filter(|action| wanted(kind(action.kind)) && is_shown(action)).map(plain));
    }
    if wanted(FIX_ALL) && found.iter().any(|found| found.fix.is_some()) {
        let repaired = snapshot.repair();
        let safe: usize = repaired.applied.values().sum();
        let mut action = CodeAction {
            title: format!("Apply the safe fixes of this document ({safe})"),
            kind: Some(FIX_ALL),
            ..CodeAction::default()
        };
        // The edits may be many; a client that shows the action without applying it need not read them.
        if facts.resolves_edits {
            action.data = serde_json::to_value(Unresolved { uri }).ok();
        } else {
            action.edit = Some(workspace_edit(&repaired.edits, snapshot, &uri, facts));
        }
        offered.extend((safe > 0).then_some(action));
    }
    offered.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// So many fixes in reach are proved one by one; whoever has selected more wants them all, or none.
const MOST_ALONE: usize = 16;

/// The fixes of some diagnostics, each as safe as it is proved alone, and why one is refused. One that is proved only
/// together with the others is offered, and not as safe.
fn proved_fixes<'a>(
    snapshot: &Snapshot,
    found: &'a [Diagnostic],
    wanted: &[usize],
) -> Vec<(&'a Diagnostic, Fix, Option<String>)> {
    let mut repairer = snapshot.analysis.repairer();
    let mut together: Option<Vec<usize>> = None;
    let mut fixes = Vec::new();
    for &index in wanted {
        let diagnostic = &found[index];
        let Some(mut fix) = diagnostic.fix.clone() else { continue };
        if fixes.len() == MOST_ALONE {
            break;
        }
        let refused = repairer.alone(&snapshot.document, diagnostic).err();
        let mut reason = None;
        if let Some(why) = refused {
            let all =
                together.get_or_insert_with(|| repairer.round(&snapshot.document, found, FixSafety::Unsafe).applied);
            reason = (!all.contains(&index)).then(|| why.to_string());
            fix.safety = FixSafety::Unsafe;
        }
        fixes.push((diagnostic, fix, reason));
    }
    fixes
}

/// Some diagnostics by their rules, in the order of the codes.
fn by_rule(
    found: &[Diagnostic],
    wanted: &[usize],
    snapshot: &Snapshot,
    uri: &Url,
    facts: &ClientFacts,
) -> Vec<(&'static Rule, Vec<lsp_types::Diagnostic>)> {
    let mut rules: BTreeMap<&str, (&'static Rule, Vec<lsp_types::Diagnostic>)> = BTreeMap::new();
    for found in wanted.iter().map(|&index| &found[index]) {
        let (_, diagnostics) = rules.entry(found.rule.code).or_insert_with(|| (found.rule, Vec::new()));
        let range = |span: &Range<usize>| facts.encoding.range(snapshot.document.rope(), span);
        diagnostics.push(convert::diagnostic(found, range, uri, facts));
    }
    rules.into_values().collect()
}

/// The action that ignores a rule in the settings.
fn ignoring(
    rule: &Rule,
    diagnostics: &[lsp_types::Diagnostic],
    snapshot: &Snapshot,
    facts: &ClientFacts,
) -> Option<CodeAction> {
    Some(CodeAction {
        title: ignore::title(rule),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(diagnostics.to_vec()),
        edit: Some(ignore::edit(snapshot, rule, facts)?),
        ..CodeAction::default()
    })
}

/// Completes the action that applies all safe fixes.
pub(in crate::lsp) fn resolve(snapshot: &Snapshot, uri: &Url, facts: &ClientFacts, trace: &Trace) -> WorkspaceEdit {
    let repaired = snapshot.repair();
    trace.left_out(uri, &repaired);
    workspace_edit(&repaired.edits, snapshot, uri, facts)
}

/// The document an action is to be completed for; an error if the action is none of ours.
pub(in crate::lsp) fn unresolved(action: &CodeAction) -> Result<Unresolved> {
    let data = action.data.clone().unwrap_or_default();
    serde_json::from_value(data).map_err(|error| Error::invalid_params(error.to_string()))
}

const REFACTORINGS: [ActionKind; 6] = [
    ActionKind::Renumber,
    ActionKind::Join,
    ActionKind::Split,
    ActionKind::SortReferences,
    ActionKind::TagsSeparator,
    ActionKind::InsertHeaderLine,
];

fn kind(kind: ActionKind) -> CodeActionKind {
    match kind {
        ActionKind::QuickFix => CodeActionKind::QUICKFIX,
        ActionKind::Renumber => RENUMBER,
        ActionKind::Join => JOIN,
        ActionKind::Split => SPLIT,
        ActionKind::SortReferences => SORT_REFERENCES,
        ActionKind::TagsSeparator => TAGS_SEPARATOR,
        ActionKind::InsertHeaderLine => INSERT_HEADER_LINE,
    }
}

/// The kinds asked for. A client that asks at every move of the cursor, and names none, shows fixes alone.
fn only(asked: Option<Vec<CodeActionKind>>, trigger: Option<CodeActionTriggerKind>) -> Option<Vec<CodeActionKind>> {
    asked.or_else(|| (trigger == Some(CodeActionTriggerKind::AUTOMATIC)).then(|| vec![CodeActionKind::QUICKFIX]))
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
pub(in crate::lsp) fn workspace_edit(
    edits: &[TextEdit],
    snapshot: &Snapshot,
    uri: &Url,
    facts: &ClientFacts,
) -> WorkspaceEdit {
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
    fn a_client_that_asks_by_itself_gets_fixes() {
        let automatic = Some(CodeActionTriggerKind::AUTOMATIC);
        assert_eq!(only(None, automatic), Some(vec![CodeActionKind::QUICKFIX]));
        assert_eq!(only(Some(vec![FIX_ALL]), automatic), Some(vec![FIX_ALL]));
        assert_eq!(only(None, Some(CodeActionTriggerKind::INVOKED)), None);
        assert_eq!(only(None, None), None);
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
