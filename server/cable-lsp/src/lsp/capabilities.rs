//! What the client can do, as a few plain facts, and what the server offers in return.

use tower_lsp::lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions,
    CompletionOptionsCompletionItem, DiagnosticOptions, DiagnosticServerCapabilities, DiagnosticTag,
    DocumentLinkOptions, DocumentOnTypeFormattingOptions, ExecuteCommandOptions, FileOperationFilter,
    FileOperationPattern, FileOperationRegistrationOptions, FoldingRangeProviderCapability, HoverProviderCapability,
    InlayHintOptions, InlayHintServerCapabilities, LinkedEditingRangeServerCapabilities, MarkupKind, OneOf,
    RenameOptions, ResourceOperationKind, SaveOptions, SelectionRangeProviderCapability, SemanticTokensFullOptions,
    SemanticTokensOptions, SemanticTokensServerCapabilities, ServerCapabilities, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions, TokenFormat, WorkDoneProgressOptions,
    WorkspaceFileOperationsServerCapabilities, WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};

use super::commands::COMMANDS;
use super::convert;
use super::positions::Encoding;
use crate::files::config::FILE_NAME;

/// The kind of the action that applies every safe fix.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.cable");
/// The kind of the action that counts the paragraphs of a cable anew.
pub(super) const RENUMBER: CodeActionKind = CodeActionKind::new("refactor.rewrite.cable.renumber");
/// The kinds of the other refactorings.
pub(super) const JOIN: CodeActionKind = CodeActionKind::new("refactor.rewrite.cable.join");
pub(super) const SPLIT: CodeActionKind = CodeActionKind::new("refactor.rewrite.cable.split");
pub(super) const SORT_REFERENCES: CodeActionKind = CodeActionKind::new("refactor.rewrite.cable.sortReferences");
pub(super) const TAGS_SEPARATOR: CodeActionKind = CodeActionKind::new("refactor.rewrite.cable.tagsSeparator");
pub(super) const INSERT_HEADER_LINE: CodeActionKind = CodeActionKind::new("refactor.rewrite.cable.insertHeaderLine");

/// The kind of the action that explains a rule. It fixes nothing: who asks for fixes, and takes the only one unasked, is
/// not to be asked which.
pub(super) const EXPLAIN: CodeActionKind = CodeActionKind::new("explain.cable");

/// Every kind of action that is offered.
const ACTION_KINDS: [CodeActionKind; 9] = [
    CodeActionKind::QUICKFIX,
    FIX_ALL,
    RENUMBER,
    JOIN,
    SPLIT,
    SORT_REFERENCES,
    TAGS_SEPARATOR,
    INSERT_HEADER_LINE,
    EXPLAIN,
];

/// What `initialize` said about the client.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one capability, asked for by name")]
pub(super) struct ClientFacts {
    /// The unit of columns.
    pub(super) encoding: Encoding,
    /// Asks for diagnostics itself; then none are pushed.
    pub(super) pulls_diagnostics: bool,
    /// Can be told to pull again.
    pub(super) refreshes_diagnostics: bool,
    /// Can be told to ask for semantic tokens again.
    pub(super) refreshes_tokens: bool,
    /// Can be told to ask for inlay hints again.
    pub(super) refreshes_hints: bool,
    /// Answers `workspace/configuration`.
    pub(super) answers_configuration: bool,
    /// Tells a change of settings only to who has registered for it.
    pub(super) registers_configuration: bool,
    /// Watches files for us.
    pub(super) watches_files: bool,
    /// Shows a progress bar that we begin.
    pub(super) shows_progress: bool,
    /// Shows a document that we name.
    pub(super) shows_documents: bool,
    /// Shows related places of a diagnostic.
    pub(super) related_information: bool,
    /// Shows these tags of a diagnostic.
    pub(super) diagnostic_tags: Vec<DiagnosticTag>,
    /// Sends a diagnostic's `data` back with a code action request.
    pub(super) diagnostic_data: bool,
    /// Shows a tree of symbols.
    pub(super) nested_symbols: bool,
    /// Renders Markdown in a hover.
    pub(super) markdown_hover: bool,
    /// Shows a definition's place as a whole, and the words that lead there.
    pub(super) definition_links: bool,
    /// Shows what a link leads to.
    pub(super) link_tooltips: bool,
    /// Asks whether something can be renamed before it asks for the name.
    pub(super) prepares_rename: bool,
    /// How many folds it wants at most.
    pub(super) most_folds: Option<usize>,
    /// Shows our words for what is folded.
    pub(super) folded_text: bool,
    /// Asks for semantic tokens, as the protocol numbers them.
    pub(super) semantic_tokens: bool,
    /// Asks for the tokens of the whole document.
    pub(super) whole_tokens: bool,
    /// Takes what differs from the answer it has.
    pub(super) token_differences: bool,
    /// Asks for the tokens of a range.
    pub(super) range_tokens: bool,
    /// Shows hints in the text.
    pub(super) inlay_hints: bool,
    /// Asks for the tooltip of a hint when somebody looks at it.
    pub(super) resolves_hints: bool,
    /// Fills in the places of a snippet.
    pub(super) completes_snippets: bool,
    /// Shows a text behind the label of a completion, and one at the right edge.
    pub(super) label_details: bool,
    /// Renders Markdown in the documentation of a completion.
    pub(super) markdown_completion: bool,
    /// Asks for the documentation of a completion when it is shown.
    pub(super) resolves_documentation: bool,
    /// Takes code actions that carry an edit.
    pub(super) code_actions: bool,
    /// Takes the edit of a code action later, when the action is chosen.
    pub(super) resolves_edits: bool,
    /// An action that cannot be done is shown with the reason.
    pub(super) shows_disabled_actions: bool,
    /// Takes edits bound to a version.
    pub(super) versioned_edits: bool,
    /// Edits linked places together.
    pub(super) linked_editing: bool,
    /// Makes a file that an edit needs.
    pub(super) creates_files: bool,
    /// Applies an edit that we ask for.
    pub(super) applies_edits: bool,
    /// Tells when files are created, renamed or deleted.
    pub(super) tells_file_operations: bool,
}

impl ClientFacts {
    /// Reads the client's capabilities. What is not offered is not used.
    pub(super) fn new(capabilities: &ClientCapabilities) -> Self {
        let text = capabilities.text_document.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let window = capabilities.window.as_ref();
        let published = text.and_then(|text| text.publish_diagnostics.as_ref());
        let offered = capabilities.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        let hover = text.and_then(|text| text.hover.as_ref()).and_then(|hover| hover.content_format.as_ref());
        let symbols = text.and_then(|text| text.document_symbol.as_ref());
        let completion = text.and_then(|text| text.completion.as_ref()?.completion_item.as_ref());
        let actions = text.and_then(|text| text.code_action.as_ref());
        let tokens = text.and_then(|text| text.semantic_tokens.as_ref());
        let asks = tokens.map(|tokens| &tokens.requests);
        let hints = text.and_then(|text| text.inlay_hint.as_ref());
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let folds = text.and_then(|text| text.folding_range.as_ref());
        Self {
            encoding: Encoding::negotiate(offered.unwrap_or_default()),
            pulls_diagnostics: text.is_some_and(|text| text.diagnostic.is_some()),
            refreshes_diagnostics: workspace
                .and_then(|workspace| workspace.diagnostic.as_ref())
                .is_some_and(|diagnostic| diagnostic.refresh_support == Some(true)),
            refreshes_tokens: workspace
                .and_then(|workspace| workspace.semantic_tokens.as_ref())
                .is_some_and(|tokens| tokens.refresh_support == Some(true)),
            refreshes_hints: workspace
                .and_then(|workspace| workspace.inlay_hint.as_ref())
                .is_some_and(|hints| hints.refresh_support == Some(true)),
            answers_configuration: workspace.is_some_and(|workspace| workspace.configuration == Some(true)),
            registers_configuration: workspace
                .and_then(|workspace| workspace.did_change_configuration)
                .is_some_and(|configuration| configuration.dynamic_registration == Some(true)),
            watches_files: workspace
                .and_then(|workspace| workspace.did_change_watched_files)
                .is_some_and(|watched| watched.dynamic_registration == Some(true)),
            shows_progress: window.is_some_and(|window| window.work_done_progress == Some(true)),
            shows_documents: window.and_then(|window| window.show_document.as_ref()).is_some_and(|shows| shows.support),
            related_information: published.is_some_and(|published| published.related_information == Some(true)),
            diagnostic_tags: published
                .and_then(|published| published.tag_support.as_ref())
                .map(|tags| tags.value_set.clone())
                .unwrap_or_default(),
            diagnostic_data: published.is_some_and(|published| published.data_support == Some(true)),
            nested_symbols: symbols.is_some_and(|symbols| symbols.hierarchical_document_symbol_support == Some(true)),
            markdown_hover: hover.is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            definition_links: text
                .and_then(|text| text.definition)
                .is_some_and(|definition| definition.link_support == Some(true)),
            link_tooltips: text
                .and_then(|text| text.document_link.as_ref())
                .is_some_and(|links| links.tooltip_support == Some(true)),
            prepares_rename: text
                .and_then(|text| text.rename.as_ref())
                .is_some_and(|rename| rename.prepare_support == Some(true)),
            most_folds: folds.and_then(|folds| usize::try_from(folds.range_limit?).ok()),
            folded_text: folds
                .and_then(|folds| folds.folding_range.as_ref())
                .is_some_and(|fold| fold.collapsed_text == Some(true)),
            semantic_tokens: tokens.is_some_and(|tokens| tokens.formats.contains(&TokenFormat::RELATIVE)),
            whole_tokens: asks.is_some_and(|asks| {
                matches!(
                    asks.full,
                    Some(SemanticTokensFullOptions::Bool(true) | SemanticTokensFullOptions::Delta { .. })
                )
            }),
            token_differences: asks
                .is_some_and(|asks| matches!(asks.full, Some(SemanticTokensFullOptions::Delta { delta: Some(true) }))),
            range_tokens: asks.is_some_and(|asks| asks.range == Some(true)),
            inlay_hints: hints.is_some(),
            resolves_hints: hints
                .and_then(|hints| hints.resolve_support.as_ref())
                .is_some_and(|resolves| resolves.properties.iter().any(|property| property == "tooltip")),
            completes_snippets: completion.is_some_and(|item| item.snippet_support == Some(true)),
            label_details: completion.is_some_and(|item| item.label_details_support == Some(true)),
            markdown_completion: completion
                .and_then(|item| item.documentation_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            resolves_documentation: completion
                .and_then(|item| item.resolve_support.as_ref())
                .is_some_and(|resolves| resolves.properties.iter().any(|property| property == "documentation")),
            code_actions: actions.is_some_and(|actions| actions.code_action_literal_support.is_some()),
            shows_disabled_actions: actions.is_some_and(|actions| actions.disabled_support == Some(true)),
            resolves_edits: actions.is_some_and(|actions| {
                let resolves = actions.resolve_support.as_ref();
                actions.data_support == Some(true)
                    && resolves.is_some_and(|resolves| resolves.properties.iter().any(|property| property == "edit"))
            }),
            linked_editing: text.is_some_and(|text| text.linked_editing_range.is_some()),
            creates_files: edits
                .and_then(|edits| edits.resource_operations.as_ref())
                .is_some_and(|operations| operations.contains(&ResourceOperationKind::Create)),
            applies_edits: workspace.is_some_and(|workspace| workspace.apply_edit == Some(true)),
            tells_file_operations: workspace.and_then(|workspace| workspace.file_operations.as_ref()).is_some_and(
                |told| [told.did_create, told.did_rename, told.did_delete].iter().all(|told| *told == Some(true)),
            ),
            versioned_edits: edits.is_some_and(|edits| edits.document_changes == Some(true)),
        }
    }

    /// What was agreed, for the editor's log.
    pub(super) fn in_words(&self) -> String {
        let way = if self.pulls_diagnostics { "pulled by the editor" } else { "pushed to the editor" };
        let version = env!("CARGO_PKG_VERSION");
        format!("cable-lsp {version}: columns in {}, diagnostics {way}", self.encoding.kind().as_str())
    }

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
                commands: COMMANDS.map(str::to_owned).into(),
                ..ExecuteCommandOptions::default()
            }),
            document_symbol_provider: Some(OneOf::Left(true)),
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
                    legend: convert::legend(),
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
                // After both of them a short code is due in some places. A blank or a comma would open a list that the
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
    use tower_lsp::lsp_types::PositionEncodingKind;

    use super::*;

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
