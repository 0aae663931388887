//! What a check finds: plain values with byte ranges of the document.

use std::ops::Range;

use crate::{Change, FixSafety, Letters, Rule, Severity};

/// One mistake in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// Its severity, settings included.
    pub severity: Severity,
    /// The offending text, as bytes of the document.
    pub range: Range<usize>,
    /// What is wrong, with the values from the text.
    pub message: String,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// How an editor may draw the text.
    pub tags: Vec<DiagnosticTag>,
    /// How to fix it.
    pub fix: Option<Fix>,
}

/// Another place that a diagnostic speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Bytes of the document.
    pub range: Range<usize>,
    /// What is there.
    pub message: String,
}

/// How an editor may draw the text of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DiagnosticTag {
    /// Nothing would be lost without it.
    Unnecessary,
    /// Out of use.
    Deprecated,
}

/// How to fix a mistake: all of the edits, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, for a menu.
    pub title: String,
    /// How far it may be trusted.
    pub safety: FixSafety,
    /// The edits, in order; they do not overlap.
    pub edits: Vec<TextEdit>,
    /// What they may change in what is read. The proof holds them to it.
    pub changes: &'static [Change],
    /// Which letters and digits they may change.
    pub letters: Letters,
}

/// One replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEdit {
    /// Bytes of the document that go.
    pub range: Range<usize>,
    /// What comes in their place.
    pub text: String,
}
