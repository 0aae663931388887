//! What the client can do, as a few plain facts.

use tower_lsp::lsp_types::{
    ClientCapabilities, DiagnosticTag, MarkupKind, ResourceOperationKind, SemanticTokensFullOptions, TokenFormat,
};

use crate::lsp::documents::Encoding;

/// What `initialize` said about the client.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one capability, asked for by name")]
pub(in crate::lsp) struct ClientFacts {
    /// The unit of columns.
    pub(in crate::lsp) encoding: Encoding,
    /// Asks for diagnostics itself; then none are pushed.
    pub(in crate::lsp) pulls_diagnostics: bool,
    /// Can be told to pull again.
    pub(in crate::lsp) refreshes_diagnostics: bool,
    /// Can be told to ask for semantic tokens again.
    pub(in crate::lsp) refreshes_tokens: bool,
    /// Can be told to ask for inlay hints again.
    pub(in crate::lsp) refreshes_hints: bool,
    /// Shows lines of ours between those of the text.
    pub(in crate::lsp) code_lenses: bool,
    /// Can be told to ask for them again.
    pub(in crate::lsp) refreshes_lenses: bool,
    /// Answers `workspace/configuration`.
    pub(in crate::lsp) answers_configuration: bool,
    /// Tells a change of settings only to who has registered for it.
    pub(in crate::lsp) registers_configuration: bool,
    /// Watches files for us.
    pub(in crate::lsp) watches_files: bool,
    /// Shows a progress bar that we begin.
    pub(in crate::lsp) shows_progress: bool,
    /// Shows a document that we name.
    pub(in crate::lsp) shows_documents: bool,
    /// Shows related places of a diagnostic.
    pub(in crate::lsp) related_information: bool,
    /// Shows these tags of a diagnostic.
    pub(in crate::lsp) diagnostic_tags: Vec<DiagnosticTag>,
    /// Sends a diagnostic's `data` back with a code action request.
    pub(in crate::lsp) diagnostic_data: bool,
    /// Shows a tree of symbols.
    pub(in crate::lsp) nested_symbols: bool,
    /// Renders Markdown in a hover.
    pub(in crate::lsp) markdown_hover: bool,
    /// Shows a definition's place as a whole, and the words that lead there.
    pub(in crate::lsp) definition_links: bool,
    /// Shows what a link leads to.
    pub(in crate::lsp) link_tooltips: bool,
    /// Asks whether something can be renamed before it asks for the name.
    pub(in crate::lsp) prepares_rename: bool,
    /// How many folds it wants at most.
    pub(in crate::lsp) most_folds: Option<usize>,
    /// Shows our words for what is folded.
    pub(in crate::lsp) folded_text: bool,
    /// Asks for semantic tokens, as the protocol numbers them.
    pub(in crate::lsp) semantic_tokens: bool,
    /// Asks for the tokens of the whole document.
    pub(in crate::lsp) whole_tokens: bool,
    /// Takes what differs from the answer it has.
    pub(in crate::lsp) token_differences: bool,
    /// Asks for the tokens of a range.
    pub(in crate::lsp) range_tokens: bool,
    /// Shows hints in the text.
    pub(in crate::lsp) inlay_hints: bool,
    /// Asks for the tooltip of a hint when somebody looks at it.
    pub(in crate::lsp) resolves_hints: bool,
    /// Fills in the places of a snippet.
    pub(in crate::lsp) completes_snippets: bool,
    /// Shows a text after the label of a completion, and one at the right edge.
    pub(in crate::lsp) label_details: bool,
    /// Renders Markdown in the documentation of a completion.
    pub(in crate::lsp) markdown_completion: bool,
    /// Asks for the documentation of a completion when it is shown.
    pub(in crate::lsp) resolves_documentation: bool,
    /// Takes code actions that carry an edit.
    pub(in crate::lsp) code_actions: bool,
    /// Takes the edit of a code action later, when the action is chosen.
    pub(in crate::lsp) resolves_edits: bool,
    /// An action that cannot be done is shown with the reason.
    pub(in crate::lsp) shows_disabled_actions: bool,
    /// Takes edits bound to a version.
    pub(in crate::lsp) versioned_edits: bool,
    /// Edits linked places together.
    pub(in crate::lsp) linked_editing: bool,
    /// Makes a file that an edit needs.
    pub(in crate::lsp) creates_files: bool,
    /// Applies an edit that we ask for.
    pub(in crate::lsp) applies_edits: bool,
    /// Tells when files are created, renamed or deleted.
    pub(in crate::lsp) tells_file_operations: bool,
}

impl ClientFacts {
    /// Reads the client's capabilities. What is not offered is not used.
    pub(in crate::lsp) fn new(capabilities: &ClientCapabilities) -> Self {
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
            code_lenses: text.is_some_and(|text| text.code_lens.is_some()),
            refreshes_lenses: workspace
                .and_then(|workspace| workspace.code_lens.as_ref())
                .is_some_and(|lenses| lenses.refresh_support == Some(true)),
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
    pub(in crate::lsp) fn in_words(&self) -> String {
        let way = if self.pulls_diagnostics { "pulled by the editor" } else { "pushed to the editor" };
        let version = env!("CARGO_PKG_VERSION");
        format!("cable-lsp {version}: columns in {}, diagnostics {way}", self.encoding.kind().as_str())
    }
}
