//! Each real editor gets what it can use and nothing else.
//!
//! `fixtures/clients` holds what the editors sent in `initialize`, recorded from the programs themselves; without the
//! process, the paths and the folders. What the server makes of them is in the snapshots, and what must hold whatever
//! it makes of them is said below. After a change to what is offered, `INSTA_UPDATE=always cargo test -p cable-tests
//! each_editor_is_answered` takes the new answers: read what changed for whom.

use std::fs;
use std::path::Path;
use std::time::Duration;

use cable_tests::client::Client;
use serde_json::{Value, json};

use super::{CABLE, URI, at, document, position};

/// A recorded editor.
struct Editor {
    name: String,
    params: Value,
}

impl Editor {
    fn all() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/clients");
        let mut paths: Vec<_> =
            fs::read_dir(folder).expect("the clients").flatten().map(|entry| entry.path()).collect();
        paths.sort();
        let editors: Vec<_> = paths
            .iter()
            .map(|path| Self {
                name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
                params: serde_json::from_str(&fs::read_to_string(path).expect("text")).expect("JSON"),
            })
            .collect();
        assert!(editors.len() >= 5);
        editors
    }

    fn named(name: &str) -> Self {
        Self::all().into_iter().find(|editor| editor.name == name).unwrap_or_else(|| panic!("no record of {name}"))
    }

    /// What it says of one capability; null if nothing.
    fn can(&self, pointer: &str) -> &Value {
        self.params["capabilities"].pointer(pointer).unwrap_or(&Value::Null)
    }

    fn start(&self) -> Client {
        let mut params = self.params.clone();
        params["processId"] = std::process::id().into();
        params["rootUri"] = Value::Null;
        let mut client = Client::start();
        client.initialize(&params);
        client
    }

    /// The server with a cable open that has a slip.
    fn open(&self) -> Client {
        let mut client = self.start();
        client.open(URI, 1, &slipped());
        client
    }

    /// Whether the server may send it this.
    fn takes(&self, frame: &Value) -> bool {
        let can = |pointer: &str| self.can(pointer) == true;
        match frame["method"].as_str().unwrap_or_default() {
            "textDocument/publishDiagnostics" => self.can("/textDocument/diagnostic").is_null(),
            "client/registerCapability" => {
                let registrations = frame["params"]["registrations"].as_array().into_iter().flatten();
                registrations.into_iter().filter_map(|registration| registration["method"].as_str()).all(|method| {
                    let part = method.replace("workspace/didChangeWorkspaceFolders", "workspace/workspaceFolders");
                    can(&format!("/{part}/dynamicRegistration"))
                })
            }
            "workspace/configuration" => can("/workspace/configuration"),
            "workspace/workspaceFolders" => can("/workspace/workspaceFolders"),
            "workspace/applyEdit" => can("/workspace/applyEdit"),
            // Helix gives it the name that it had by mistake in the library of types.
            "workspace/diagnostic/refresh" => {
                can("/workspace/diagnostics/refreshSupport") || can("/workspace/diagnostic/refreshSupport")
            }
            "workspace/semanticTokens/refresh" => can("/workspace/semanticTokens/refreshSupport"),
            "workspace/inlayHint/refresh" => can("/workspace/inlayHint/refreshSupport"),
            "workspace/codeLens/refresh" => can("/workspace/codeLens/refreshSupport"),
            "window/workDoneProgress/create" | "$/progress" => can("/window/workDoneProgress"),
            "window/showDocument" => can("/window/showDocument/support"),
            "window/logMessage" | "window/showMessage" | "window/showMessageRequest" => true,
            _ => false,
        }
    }
}

/// `CABLE` with a caption misread.
fn slipped() -> String {
    CABLE.replace("SIPDIS", "STPDIS")
}

/// Whether a provider is offered.
fn offers(client: &Client, pointer: &str) -> bool {
    !matches!(client.server["capabilities"].pointer(pointer), None | Some(Value::Null | Value::Bool(false)))
}

#[test]
fn each_editor_is_answered_as_before() {
    for editor in Editor::all() {
        let mut client = editor.start();
        let answer = serde_json::to_string_pretty(&client.server["capabilities"]).expect("JSON");
        insta::assert_snapshot!(editor.name.as_str(), answer);
        assert_eq!(client.finish(), Some(0));
    }
}

#[test]
fn each_editor_counts_columns_in_what_it_asks_for_first() {
    for (name, encoding) in [
        ("emacs", "utf-32"),
        ("helix-25.01", "utf-8"),
        ("helix-25.07", "utf-8"),
        ("neovim-0.10", "utf-16"),
        ("neovim-0.12", "utf-8"),
        ("vscode", "utf-16"),
    ] {
        let mut client = Editor::named(name).start();
        assert_eq!(client.server["capabilities"]["positionEncoding"], encoding, "{name}");
        assert_eq!(client.finish(), Some(0));
    }
}

/// Not both, or an editor shows every problem twice (ARCHITECTURE.md, "An edit").
#[test]
fn each_editor_pulls_diagnostics_or_is_pushed_to() {
    for editor in Editor::all() {
        let Editor { name, .. } = &editor;
        let pulls = !editor.can("/textDocument/diagnostic").is_null();
        assert_eq!(pulls, !["emacs", "helix-25.01"].contains(&name.as_str()), "{name}");
        let mut client = editor.open();
        assert_eq!(offers(&client, "/diagnosticProvider"), pulls, "{name}");
        let found = if pulls {
            client.request("textDocument/diagnostic", &json!({ "textDocument": document() }))["items"].take()
        } else {
            client.notification("textDocument/publishDiagnostics")["diagnostics"].take()
        };
        let [slip] = found.as_array().map(Vec::as_slice).unwrap_or_default() else { panic!("{name}: {found}") };
        let published = |key: &str| editor.can(&format!("/textDocument/publishDiagnostics/{key}")) == true;
        assert_eq!(slip.get("data").is_some(), published("dataSupport"), "{name}");
        assert!(slip.get("relatedInformation").is_none() || published("relatedInformation"), "{name}");
        assert!(slip.get("codeDescription").is_none() || published("codeDescriptionSupport"), "{name}");
        assert_eq!(client.finish(), Some(0));
    }
}

#[test]
fn no_editor_is_offered_a_kind_of_answer_it_does_not_know() {
    for editor in Editor::all() {
        let mut client = editor.start();
        let name = &editor.name;
        for (offer, needed) in [
            ("/diagnosticProvider", "/textDocument/diagnostic"),
            ("/semanticTokensProvider", "/textDocument/semanticTokens"),
            ("/semanticTokensProvider/full/delta", "/textDocument/semanticTokens/requests/full/delta"),
            ("/semanticTokensProvider/range", "/textDocument/semanticTokens/requests/range"),
            ("/inlayHintProvider", "/textDocument/inlayHint"),
            ("/inlayHintProvider/resolveProvider", "/textDocument/inlayHint/resolveSupport"),
            ("/codeActionProvider/codeActionKinds", "/textDocument/codeAction/codeActionLiteralSupport"),
            ("/codeActionProvider/resolveProvider", "/textDocument/codeAction/resolveSupport"),
            ("/renameProvider/prepareProvider", "/textDocument/rename/prepareSupport"),
            ("/linkedEditingRangeProvider", "/textDocument/linkedEditingRange"),
            ("/workspaceSymbolProvider/resolveProvider", "/workspace/symbol/resolveSupport"),
            ("/workspace/workspaceFolders", "/workspace/workspaceFolders"),
            ("/workspace/fileOperations", "/workspace/fileOperations"),
        ] {
            let can = !matches!(editor.can(needed), Value::Null | Value::Bool(false));
            assert!(can || !offers(&client, offer), "{name} is offered {offer} but has no {needed}");
        }
        assert_eq!(client.finish(), Some(0));
    }
}

/// While a cable is opened, edited, saved and closed, settings change, and a file appears.
#[test]
fn no_editor_is_asked_or_told_what_it_does_not_take() {
    for editor in Editor::all() {
        let mut client = editor.open();
        client.change(URI, 2, &json!([{ "text": CABLE }]));
        client.notify("textDocument/didSave", &json!({ "textDocument": document(), "text": slipped() }));
        client.notify("workspace/didChangeConfiguration", &json!({ "settings": { "cable": { "ignore": ["CLS"] } } }));
        let file = json!({ "uri": "file:///cables/other.cable", "type": 1 });
        client.notify("workspace/didChangeWatchedFiles", &json!({ "changes": [file] }));
        client.request("textDocument/documentSymbol", &json!({ "textDocument": document() }));
        client.notify("textDocument/didClose", &json!({ "textDocument": document() }));
        for frame in client.overhear(Duration::from_millis(300)) {
            assert!(editor.takes(&frame), "{} does not take {frame}", editor.name);
        }
        assert_eq!(client.finish(), Some(0));
    }
}

#[test]
fn each_editor_gets_the_hover_and_the_outline_that_it_can_show() {
    for editor in Editor::all() {
        let mut client = editor.open();
        let params = json!({ "textDocument": document(), "position": position(CABLE, "KDEM") });
        let hover = client.request("textDocument/hover", &params);
        let formats = editor.can("/textDocument/hover/contentFormat").as_array().expect("formats");
        let kind = if formats.contains(&"markdown".into()) { "markdown" } else { "plaintext" };
        assert_eq!(hover["contents"]["kind"], kind, "{}", editor.name);
        let text = hover["contents"]["value"].as_str().expect("text");
        assert!(kind == "markdown" || !text.contains("**"), "{}: {text}", editor.name);

        let outline = client.request("textDocument/documentSymbol", &json!({ "textDocument": document() }));
        let nested = editor.can("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport") == true;
        assert_eq!(outline[0].get("children").is_some(), nested, "{}", editor.name);
        assert_eq!(outline[0].get("location").is_none(), nested, "{}", editor.name);
        assert_eq!(client.finish(), Some(0));
    }
}

#[test]
fn each_editor_gets_fixes_in_the_form_it_takes() {
    for editor in Editor::all() {
        let mut client = editor.open();
        let context = json!({ "diagnostics": [] });
        let range = json!({ "start": at(10, 0), "end": at(10, 6) });
        let params = json!({ "textDocument": document(), "range": range, "context": context });
        let actions = client.request("textDocument/codeAction", &params);
        let actions = actions.as_array().expect("a list");
        assert!(!actions.is_empty(), "{}", editor.name);
        let versioned = editor.can("/workspace/workspaceEdit/documentChanges") == true;
        for action in actions {
            let creates = |change: &Value| change["kind"] == "create";
            if let Some(edit) = action.get("edit") {
                if edit["documentChanges"].as_array().is_some_and(|changes| changes.iter().any(creates)) {
                    // Files are made in no other form.
                    let operations = editor.can("/workspace/workspaceEdit/resourceOperations");
                    assert!(operations.as_array().is_some_and(|can| can.contains(&json!("create"))), "{}", editor.name);
                    continue;
                }
                assert_eq!(edit.get("documentChanges").is_some(), versioned, "{}: {edit}", editor.name);
                assert_eq!(edit.get("changes").is_some(), !versioned, "{}: {edit}", editor.name);
            } else if action.get("command").is_none() && action.get("disabled").is_none() {
                assert!(!editor.can("/textDocument/codeAction/resolveSupport").is_null(), "{}: {action}", editor.name);
            }
            let is_disabled = action.get("disabled").is_some();
            let disabled = editor.can("/textDocument/codeAction/disabledSupport") == true;
            assert!(!is_disabled || disabled, "{}: {action}", editor.name);
        }
        assert_eq!(client.finish(), Some(0));
    }
}

#[test]
fn no_editor_without_snippets_gets_a_snippet() {
    for editor in Editor::all() {
        let mut client = editor.open();
        if offers(&client, "/completionProvider") {
            let snippets = editor.can("/textDocument/completion/completionItem/snippetSupport") == true;
            // At the beginning of each line, and in the places where the fields are.
            let ends = CABLE.lines().enumerate().map(|(line, text)| at(line as u32, text.len() as u32));
            for place in (0..CABLE.lines().count()).map(|line| at(line as u32, 0)).chain(ends) {
                let params = json!({ "textDocument": document(), "position": place, "context": { "triggerKind": 1 } });
                let answer = client.request("textDocument/completion", &params);
                let list = if answer.is_array() { &answer } else { &answer["items"] };
                for item in list.as_array().into_iter().flatten() {
                    assert!(snippets || item["insertTextFormat"] != 2, "{} at {place}: {item}", editor.name);
                }
                assert!(snippets || answer["itemDefaults"]["insertTextFormat"] != 2, "{} at {place}", editor.name);
            }
        }
        assert_eq!(client.finish(), Some(0));
    }
}
