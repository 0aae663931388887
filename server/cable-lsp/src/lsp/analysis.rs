//! The only place where the protocol meets what is known about cables.

use std::sync::{Arc, Mutex, PoisonError};

use cable_catalog::Catalog;
use cable_lint::config::{Config, Format, Hints};
use cable_lint::{Checker, Settings, fix};

pub(super) use cable_ide::{Hover, Symbol, SymbolKind, hover, outline};
pub(super) use cable_lint::{Diagnostic, DiagnosticTag, Fix, FixSafety, Severity, TextEdit, renumber};
pub(super) use cable_syntax::{Changed, Document, Edit};

/// The findings of a document's cables, kept from one version to the next.
pub(super) type Findings = Arc<Mutex<Checker>>;

/// How a document is read and checked: the codes and the settings that hold for it.
#[derive(Debug)]
pub(super) struct Analysis {
    catalog: Catalog,
    settings: Settings,
    /// How it is laid out.
    #[expect(dead_code, reason = "formatting comes next")]
    pub(super) format: Format,
    /// What is shown inside its text.
    #[expect(dead_code, reason = "hints come next")]
    pub(super) hints: Hints,
}

impl Analysis {
    /// The built-in codes and the default settings.
    pub(super) fn new() -> Self {
        let Config { format, hints, .. } = Config::default();
        Self { catalog: Catalog::built_in(), settings: Settings::default(), format, hints }
    }

    /// Reads a text.
    pub(super) fn parse(&self, text: &str) -> Document {
        Document::new(text, &self.catalog)
    }

    /// What is wrong in a document; cables that `findings` has seen are not checked again.
    pub(super) fn check(&self, document: &Document, findings: &Findings) -> Vec<Diagnostic> {
        // A check that panicked has lost its findings and nothing else.
        findings.lock().unwrap_or_else(PoisonError::into_inner).check(document, &self.settings)
    }

    /// The edits that do to a document what `check --fix` does to its file.
    pub(super) fn repair(&self, document: &Document, found: &[Diagnostic]) -> Vec<TextEdit> {
        let text = document.rope().to_string();
        let repaired = fix::repair(&text, &self.catalog, &self.settings, FixSafety::Safe);
        let (edits, _) = fix::choose(&safe_fixes(found).collect::<Vec<_>>());
        if fix::apply(&text, &edits) == repaired.text {
            return edits;
        }
        // Later rounds mend what the first brought to light; their edits are of other texts.
        vec![TextEdit { range: 0..text.len(), text: repaired.text }]
    }
}

/// The fixes that may be applied unasked.
pub(super) fn safe_fixes(found: &[Diagnostic]) -> impl Iterator<Item = &Fix> {
    found.iter().filter_map(|diagnostic| diagnostic.fix.as_ref()).filter(|fix| fix.safety == FixSafety::Safe)
}
