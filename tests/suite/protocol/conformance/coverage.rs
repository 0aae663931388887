//! Every capability the server announces is shown by a fixture.

use std::collections::BTreeSet;

use cable_tests::client::Client;
use serde_json::{Value, json};

use super::everything;
use super::script::Script;

/// What shows that a capability works.
#[derive(Clone, Copy)]
enum Shown {
    /// A request of this method with an answer that says something.
    Answer(&'static str),
    /// A notification of this method.
    Notified(&'static str),
    /// A request of this method that gives the announced word at a place in its params.
    Asked(&'static str, &'static str),
    /// A code action of the announced kind.
    Action,
    /// It is no promise, or every fixture shows it.
    Always,
}

/// What shows each capability. A part of a list has the list's path and `[]`; a registration made later is
/// `registered.` and its method. An object's own path need not be here if its parts are.
const TABLE: &[(&str, Shown)] = {
    use Shown::{Action, Always, Answer, Asked, Notified};
    &[
        ("positionEncoding", Always),
        ("textDocumentSync.openClose", Notified("textDocument/didClose")),
        ("textDocumentSync.change", Always),
        ("textDocumentSync.save.includeText", Notified("textDocument/didSave")),
        ("textDocumentSync.willSave", Notified("textDocument/willSave")),
        ("textDocumentSync.willSaveWaitUntil", Answer("textDocument/willSaveWaitUntil")),
        ("hoverProvider", Answer("textDocument/hover")),
        ("documentSymbolProvider", Answer("textDocument/documentSymbol")),
        ("documentSymbolProvider.label", Always),
        ("diagnosticProvider", Answer("textDocument/diagnostic")),
        ("diagnosticProvider.identifier", Always),
        ("diagnosticProvider.interFileDependencies", Answer("textDocument/diagnostic")),
        ("diagnosticProvider.workspaceDiagnostics", Answer("workspace/diagnostic")),
        ("codeActionProvider", Answer("textDocument/codeAction")),
        ("codeActionProvider.codeActionKinds[]", Action),
        ("codeActionProvider.resolveProvider", Answer("codeAction/resolve")),
        ("completionProvider", Answer("textDocument/completion")),
        ("completionProvider.resolveProvider", Answer("completionItem/resolve")),
        ("completionProvider.triggerCharacters[]", Asked("textDocument/completion", "/context/triggerCharacter")),
        ("completionProvider.completionItem.labelDetailsSupport", Answer("textDocument/completion")),
        ("signatureHelpProvider", Answer("textDocument/signatureHelp")),
        ("definitionProvider", Answer("textDocument/definition")),
        ("declarationProvider", Answer("textDocument/declaration")),
        ("typeDefinitionProvider", Answer("textDocument/typeDefinition")),
        ("implementationProvider", Answer("textDocument/implementation")),
        ("referencesProvider", Answer("textDocument/references")),
        ("documentHighlightProvider", Answer("textDocument/documentHighlight")),
        ("documentLinkProvider", Answer("textDocument/documentLink")),
        ("documentLinkProvider.resolveProvider", Answer("documentLink/resolve")),
        ("foldingRangeProvider", Answer("textDocument/foldingRange")),
        ("selectionRangeProvider", Answer("textDocument/selectionRange")),
        ("linkedEditingRangeProvider", Answer("textDocument/linkedEditingRange")),
        ("renameProvider", Answer("textDocument/rename")),
        ("renameProvider.prepareProvider", Answer("textDocument/prepareRename")),
        ("codeLensProvider", Answer("textDocument/codeLens")),
        ("codeLensProvider.resolveProvider", Answer("codeLens/resolve")),
        ("inlayHintProvider", Answer("textDocument/inlayHint")),
        ("inlayHintProvider.resolveProvider", Answer("inlayHint/resolve")),
        ("callHierarchyProvider", Answer("textDocument/prepareCallHierarchy")),
        ("documentFormattingProvider", Answer("textDocument/formatting")),
        ("documentRangeFormattingProvider", Answer("textDocument/rangeFormatting")),
        ("documentOnTypeFormattingProvider.firstTriggerCharacter", Asked("textDocument/onTypeFormatting", "/ch")),
        ("documentOnTypeFormattingProvider.moreTriggerCharacter[]", Asked("textDocument/onTypeFormatting", "/ch")),
        ("semanticTokensProvider.legend.tokenTypes[]", Always),
        ("semanticTokensProvider.legend.tokenModifiers[]", Always),
        ("semanticTokensProvider.full", Answer("textDocument/semanticTokens/full")),
        ("semanticTokensProvider.full.delta", Answer("textDocument/semanticTokens/full/delta")),
        ("semanticTokensProvider.range", Answer("textDocument/semanticTokens/range")),
        ("workspaceSymbolProvider", Answer("workspace/symbol")),
        ("workspaceSymbolProvider.resolveProvider", Answer("workspaceSymbol/resolve")),
        ("executeCommandProvider.commands[]", Asked("workspace/executeCommand", "/command")),
        ("workspace.workspaceFolders.supported", Always),
        ("workspace.workspaceFolders.changeNotifications", Notified("workspace/didChangeWorkspaceFolders")),
        ("workspace.fileOperations.didCreate.filters[]", Notified("workspace/didCreateFiles")),
        ("workspace.fileOperations.didRename.filters[]", Notified("workspace/didRenameFiles")),
        ("workspace.fileOperations.didDelete.filters[]", Notified("workspace/didDeleteFiles")),
        ("registered.workspace/didChangeConfiguration", Notified("workspace/didChangeConfiguration")),
        ("registered.workspace/didChangeWatchedFiles", Notified("workspace/didChangeWatchedFiles")),
        ("registered.workspace/didChangeWorkspaceFolders", Notified("workspace/didChangeWorkspaceFolders")),
    ]
};

/// The capabilities that are announced, each a path and, in a list, its word.
fn announced(capabilities: &Value, path: &str, found: &mut BTreeSet<(String, String)>) {
    match capabilities {
        Value::Object(parts) => {
            // `{}` announces as much as `true`.
            if parts.is_empty() || TABLE.iter().any(|(known, _)| *known == path) {
                found.insert((path.to_owned(), String::new()));
            }
            for (key, part) in parts {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                announced(part, &path, found);
            }
        }
        Value::Array(items) => {
            let word = |item: &Value| item.as_str().map_or_else(|| item.to_string(), str::to_owned);
            found.extend(items.iter().map(|item| (format!("{path}[]"), word(item))));
        }
        Value::Null | Value::Bool(false) => {}
        Value::String(word) => {
            found.insert((path.to_owned(), word.clone()));
        }
        Value::Bool(true) | Value::Number(_) => {
            found.insert((path.to_owned(), String::new()));
        }
    }
}

/// Whether a fixture shows it.
fn is_shown(shown: Shown, word: &str, scripts: &[Script]) -> bool {
    let asked =
        |wanted: &'static str| scripts.iter().flat_map(Script::requests).filter(move |(method, ..)| *method == wanted);
    match shown {
        Shown::Always => true,
        Shown::Notified(method) => scripts.iter().flat_map(Script::notifications).any(|notified| notified == method),
        Shown::Answer(method) => asked(method).any(|(.., answer)| says_something(&answer)),
        Shown::Asked(method, pointer) => {
            asked(method).any(|(_, params, _)| params.pointer(pointer) == Some(&word.into()))
        }
        Shown::Action => asked("textDocument/codeAction").any(|(.., answer)| {
            answer.as_array().is_some_and(|actions| actions.iter().any(|action| action["kind"] == word))
        }),
    }
}

fn says_something(answer: &Value) -> bool {
    !matches!(answer, Value::Null) && answer != &json!([]) && answer != &json!({})
}

/// What is to be written for a capability that no fixture shows.
fn advice(path: &str, word: &str) -> String {
    let Some((_, shown)) = TABLE.iter().find(|(known, _)| *known == path) else {
        return format!("{path} {word}: not in the table of {}: say there what shows it", file!());
    };
    let section = match shown {
        Shown::Answer(method) => format!("`--- request {method}` and an answer that is not empty"),
        Shown::Notified(method) => format!("`--- notify {method}`"),
        Shown::Asked(method, pointer) => format!("`--- request {method}` with {word:?} at {pointer} of its params"),
        Shown::Action => {
            format!("`--- request textDocument/codeAction` and an action of the kind {word} in its answer")
        }
        Shown::Always => String::new(),
    };
    format!(
        "{path} {word}: announced, but no fixture shows it: write {section} in tests/fixtures/protocol/*.conformance"
    )
}

#[test]
fn every_announced_capability_is_shown_by_a_fixture() {
    let mut client = Client::with(&everything());
    let mut found = BTreeSet::new();
    announced(&client.server["capabilities"], "", &mut found);
    // All in one request.
    let registered = client.notification("client/registerCapability");
    for registration in registered["registrations"].as_array().into_iter().flatten() {
        let method = registration["method"].as_str().expect("a method");
        found.insert((format!("registered.{method}"), String::new()));
    }
    assert_eq!(client.finish(), Some(0));

    let scripts = Script::all();
    let known = |path: &str| TABLE.iter().find(|(known, _)| *known == path);
    let missing: Vec<_> = found
        .iter()
        .filter(|(path, word)| !known(path).is_some_and(|&(_, shown)| is_shown(shown, word, &scripts)))
        .map(|(path, word)| advice(path, word))
        .collect();
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

/// The table would be worth nothing if nothing could fail it.
#[test]
fn a_capability_without_a_fixture_is_found() {
    let mut found = BTreeSet::new();
    let capabilities = json!({
        "hoverProvider": true,
        "renameProvider": { "prepareProvider": false },
        "codeActionProvider": { "codeActionKinds": ["quickfix"] },
        "semanticTokensProvider": { "full": { "delta": true }, "range": {} },
        "definitionProvider": null,
    });
    announced(&capabilities, "", &mut found);
    let found: Vec<_> = found.iter().map(|(path, word)| format!("{path} {word}").trim_end().to_owned()).collect();
    assert_eq!(
        found,
        [
            "codeActionProvider",
            "codeActionProvider.codeActionKinds[] quickfix",
            "hoverProvider",
            "renameProvider",
            "semanticTokensProvider.full",
            "semanticTokensProvider.full.delta",
            "semanticTokensProvider.range",
        ]
    );
    assert!(TABLE.iter().all(|&(_, shown)| matches!(shown, Shown::Always) || !is_shown(shown, "x", &[])));
    assert!(advice("singingProvider", "").contains("not in the table"));
    assert!(advice("hoverProvider", "").contains("textDocument/hover"));
}
