//! The kinds of the actions that are offered, as a client asks for them.

use tower_lsp::lsp_types::CodeActionKind;

/// The kind of the action that applies every safe fix.
pub(in crate::lsp) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.cable");
/// The kind of the action that counts the paragraphs of a cable anew.
pub(in crate::lsp) const RENUMBER: CodeActionKind = CodeActionKind::new("refactor.rewrite.cable.renumber");
/// The kinds of the other refactorings.
pub(in crate::lsp) const JOIN: CodeActionKind = CodeActionKind::new("refactor.rewrite.cable.join");
pub(in crate::lsp) const SPLIT: CodeActionKind = CodeActionKind::new("refactor.rewrite.cable.split");
pub(in crate::lsp) const SORT_REFERENCES: CodeActionKind = CodeActionKind::new("refactor.rewrite.cable.sortReferences");
pub(in crate::lsp) const TAGS_SEPARATOR: CodeActionKind = CodeActionKind::new("refactor.rewrite.cable.tagsSeparator");
pub(in crate::lsp) const INSERT_HEADER_LINE: CodeActionKind =
    CodeActionKind::new("refactor.rewrite.cable.insertHeaderLine");

/// The kind of the action that explains a rule. It fixes nothing: who asks for fixes, and takes the only one unasked, is
/// not to be asked which.
pub(in crate::lsp) const EXPLAIN: CodeActionKind = CodeActionKind::new("explain.cable");

/// Every kind of action that is offered.
pub(in crate::lsp) const ACTION_KINDS: [CodeActionKind; 9] = [
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
