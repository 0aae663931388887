//! What the server offers a client, by what that can do.

use tower_lsp::lsp_types::{
    CallHierarchyServerCapability, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions, CompletionOptions,
    CompletionOptionsCompletionItem, DiagnosticOptions, DiagnosticServerCapabilities, DocumentLinkOptions,
    DocumentOnTypeFormattingOptions, ExecuteCommandOptions, FileOperationFilter, FileOperationPattern,
    FileOperationRegistrationOptions, FoldingRangeProviderCapability, HoverProviderCapability, InlayHintOptions,
    InlayHintServerCapabilities, LinkedEditingRangeServerCapabilities, OneOf, RenameOptions, SaveOptions,
    SelectionRangeProviderCapability, SemanticTokensFullOptions, SemanticTokensOptions,
    SemanticTokensServerCapabilities, ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions, WorkDoneProgressOptions,
    WorkspaceFileOperationsServerCapabilities, WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};

use crate::files::config::FILE_NAME;
use crate::lsp::answers::ACTION_KINDS;
use crate::lsp::answers::ClientFacts;
use crate::lsp::answers::commands::commands;
use crate::lsp::documents::legend;

impl ClientFacts {
    /// What the server offers this client.
    pub(super) fn server_capabilities(&self) -> ServerCapabilities {
        ServerCapabilities {
            position_encoding: Some(self.encoding.kind()),
            text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                // With the text, so that a buffer that drifted from ours is found and taken anew.
                save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(true) })),
                ..TextDocumentSyncOptions::default()
            })),
            diagnostic_provider: self.pulls_diagnostics.then(|| {
                DiagnosticServerCapabilities::Options(DiagnosticOptions {
                    identifier: Some("cable".into()),
                    workspace_diagnostics: true,
                    ..DiagnosticOptions::default()
                })
            }),
            workspace: Some(WorkspaceServerCapabilities {
                workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                    supported: Some(true),
                    change_notifications: Some(OneOf::Left(true)),
                }),
                file_operations: self.tells_file_operations.then(file_operations),
            }),
            execute_command_provider: Some(ExecuteCommandOptions {
                commands: commands().map(str::to_owned).collect(),
                ..ExecuteCommandOptions::default()
            }),
            document_symbol_provider: Some(OneOf::Left(true)),
            workspace_symbol_provider: Some(OneOf::Left(true)),
            call_hierarchy_provider: Some(CallHierarchyServerCapability::Simple(true)),
            code_lens_provider: self.code_lenses.then_some(CodeLensOptions { resolve_provider: None }),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            definition_provider: Some(OneOf::Left(true)),
            references_provider: Some(OneOf::Left(true)),
            document_highlight_provider: Some(OneOf::Left(true)),
            document_link_provider: Some(DocumentLinkOptions {
                resolve_provider: None,
                work_done_progress_options: WorkDoneProgressOptions::default(),
            }),
            // A client that does not ask first is not told that it may.
            rename_provider: Some(if self.prepares_rename {
                OneOf::Right(RenameOptions {
                    prepare_provider: Some(true),
                    work_done_progress_options: WorkDoneProgressOptions::default(),
                })
            } else {
                OneOf::Left(true)
            }),
            selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
            folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
            linked_editing_range_provider: self
                .linked_editing
                .then_some(LinkedEditingRangeServerCapabilities::Simple(true)),
            semantic_tokens_provider: self.semantic_tokens.then(|| {
                SemanticTokensServerCapabilities::SemanticTokensOptions(SemanticTokensOptions {
                    legend: legend(),
                    range: self.range_tokens.then_some(true),
                    full: self.whole_tokens.then_some(if self.token_differences {
                        SemanticTokensFullOptions::Delta { delta: Some(true) }
                    } else {
                        SemanticTokensFullOptions::Bool(true)
                    }),
                    ..SemanticTokensOptions::default()
                })
            }),
            inlay_hint_provider: self.inlay_hints.then(|| {
                OneOf::Right(InlayHintServerCapabilities::Options(InlayHintOptions {
                    resolve_provider: Some(self.resolves_hints),
                    ..InlayHintOptions::default()
                }))
            }),
            document_formatting_provider: Some(OneOf::Left(true)),
            document_range_formatting_provider: Some(OneOf::Left(true)),
            document_on_type_formatting_provider: Some(DocumentOnTypeFormattingOptions {
                first_trigger_character: "\n".into(),
                more_trigger_character: None,
            }),
            completion_provider: Some(CompletionOptions {
                // After both of them a short code is due in some places. A space or a comma would open a list that the
                // next line break accepts, and letters open it by themselves.
                trigger_characters: Some(vec!["(".into(), "/".into()]),
                resolve_provider: Some(self.resolves_documentation),
                completion_item: Some(CompletionOptionsCompletionItem { label_details_support: Some(true) }),
                ..CompletionOptions::default()
            }),
            code_action_provider: self.code_actions.then(|| {
                CodeActionProviderCapability::Options(CodeActionOptions {
                    code_action_kinds: Some(ACTION_KINDS.to_vec()),
                    resolve_provider: Some(self.resolves_edits),
                    ..CodeActionOptions::default()
                })
            }),
            ..ServerCapabilities::default()
        }
    }
}

/// The files whose coming and going concerns us.
fn file_operations() -> WorkspaceFileOperationsServerCapabilities {
    let glob = format!("**/{{*.cable,*.txt,{FILE_NAME}}}");
    let pattern = FileOperationPattern { glob, matches: None, options: None };
    let filter = FileOperationFilter { scheme: Some("file".to_owned()), pattern };
    let options = Some(FileOperationRegistrationOptions { filters: vec![filter] });
    WorkspaceFileOperationsServerCapabilities {
        did_create: options.clone(),
        did_rename: options.clone(),
        did_delete: options,
        ..WorkspaceFileOperationsServerCapabilities::default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tower_lsp::lsp_types::{DiagnosticTag, PositionEncodingKind};

    use super::*;
    use crate::lsp::documents::Encoding;

    fn facts(capabilities: serde_json::Value) -> ClientFacts {
        ClientFacts::new(&serde_json::from_value(capabilities).expect("capabilities"))
    }

    #[test]
    fn a_client_that_says_nothing_gets_the_least() {
        let facts = facts(json!({}));
        assert_eq!(facts.encoding, Encoding::Utf16);
        assert!(!facts.pulls_diagnostics && !facts.nested_symbols && !facts.markdown_hover && !facts.code_actions);
        let offered = facts.server_capabilities();
        assert_eq!(offered.position_encoding, Some(PositionEncodingKind::UTF16));
        assert!(offered.diagnostic_provider.is_none() && offered.code_action_provider.is_none());
    }

    #[test]
    fn what_the_client_offers_is_used() {
        let facts = facts(json!({
            "general": { "positionEncodings": ["utf-8", "utf-16"] },
            "window": { "workDoneProgress": true, "showDocument": { "support": true } },
            "workspace": {
                "applyEdit": true,
                "configuration": true,
                "fileOperations": { "didCreate": true, "didRename": true, "didDelete": true },
                "diagnostic": { "refreshSupport": true },
                "semanticTokens": { "refreshSupport": true },
                "didChangeConfiguration": { "dynamicRegistration": true },
                "didChangeWatchedFiles": { "dynamicRegistration": false },
                "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] }
            },
            "textDocument": {
                "linkedEditingRange": {},
                "diagnostic": {},
                "hover": { "contentFormat": ["plaintext", "markdown"] },
                "definition": { "linkSupport": true },
                "documentLink": { "tooltipSupport": true },
                "rename": { "prepareSupport": true },
                "foldingRange": { "rangeLimit": 5000, "foldingRange": { "collapsedText": true } },
                "semanticTokens": {
                    "requests": { "range": true, "full": { "delta": true } },
                    "tokenTypes": [], "tokenModifiers": [], "formats": ["relative"]
                },
                "inlayHint": { "resolveSupport": { "properties": ["tooltip"] } },
                "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
                "completion": {
                    "completionItem": {
                        "snippetSupport": true,
                        "labelDetailsSupport": true,
                        "documentationFormat": ["markdown"],
                        "resolveSupport": { "properties": ["documentation"] }
                    }
                },
                "codeAction": {
                    "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } },
                    "dataSupport": true, "disabledSupport": true,
                    "resolveSupport": { "properties": ["edit"] }
                },
                "publishDiagnostics": {
                    "relatedInformation": true, "dataSupport": true, "tagSupport": { "valueSet": [1, 2] }
                }
            }
        }));
        let expected = ClientFacts {
            encoding: Encoding::Utf8,
            pulls_diagnostics: true,
            refreshes_diagnostics: true,
            refreshes_tokens: true,
            refreshes_hints: false,
            code_lenses: false,
            refreshes_lenses: false,
            answers_configuration: true,
            registers_configuration: true,
            watches_files: false,
            shows_progress: true,
            shows_documents: true,
            related_information: true,
            diagnostic_tags: vec![DiagnosticTag::UNNECESSARY, DiagnosticTag::DEPRECATED],
            diagnostic_data: true,
            nested_symbols: true,
            markdown_hover: true,
            definition_links: true,
            link_tooltips: true,
            prepares_rename: true,
            most_folds: Some(5000),
            folded_text: true,
            semantic_tokens: true,
            whole_tokens: true,
            token_differences: true,
            range_tokens: true,
            inlay_hints: true,
            resolves_hints: true,
            completes_snippets: true,
            label_details: true,
            markdown_completion: true,
            resolves_documentation: true,
            code_actions: true,
            resolves_edits: true,
            shows_disabled_actions: true,
            versioned_edits: true,
            linked_editing: true,
            creates_files: true,
            applies_edits: true,
            tells_file_operations: true,
        };
        assert_eq!(facts, expected);
        let offered = facts.server_capabilities();
        assert!(offered.diagnostic_provider.is_some() && offered.inlay_hint_provider.is_some());
        assert!(offered.semantic_tokens_provider.is_some());
    }
}
