//! The only place where the protocol meets what is known about cables.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use cable_lint::{Checker, fix};

pub(super) use cable_lint::{Settings, archive_diagnostics};

pub(super) use cable_lint::fix::{Repaired, Repairer};

pub(super) use cable_catalog::Catalog;
pub(super) use cable_edition::{
    Edited, Edition, Form, Links, Origins, TEXT_WIDTH, beginning, editions, render_with_origins,
};
pub(super) use cable_ide::archive;
pub(super) use cable_ide::navigation::place_of;
pub(super) use cable_ide::navigation::{self, Definition, Highlight, HighlightKind, Link, Place, Renameable, Target};
pub(super) use cable_ide::{
    Action, ActionKind, Completion, CompletionKind, Completions, Draft, FoldKind, FormatOptions, Hint, HintKinds,
    Hover, Symbol, SymbolKind, TokenKind, Typing, Wait, Watch, actions, cable_folds, cable_outline, cable_tokens,
    cited_cables, complete, documentation, fix_all, format, format_on_type, format_range, hints, hover, renumbering,
    selection_ranges, syntax_tree, text_first, tokens, typed_reference,
};
pub(super) use cable_lint::config::{ArchiveChoice, unknown_rule};
pub(super) use cable_lint::config::{Config, ignore_rule, keys as settings_keys};
pub(super) use cable_lint::{CableFindings, Diagnostic, DiagnosticTag, Fix, FixSafety, Rule, Severity, TextEdit, rule};
pub(super) use cable_syntax::{Cable, Changed, Document, Edit, PerCable, Placed, Span};

use crate::files::config::{FILE_NAME, ProjectConfig};

/// The findings of a document's cables, kept from one version to the next.
pub(super) type Findings = Arc<Mutex<Checker>>;

/// How a document is read and checked: what holds for its archive, and for the file itself.
#[derive(Debug, Default)]
pub(super) struct Analysis {
    archive: Arc<ProjectConfig>,
    /// The folder that a new settings file for it belongs in, if there is one.
    home: Option<PathBuf>,
    /// The choice of rules.
    pub(super) settings: Settings,
}

impl Analysis {
    /// The codes of an archive, the rules for one of its files, and the folder of new settings.
    pub(super) fn new(archive: Arc<ProjectConfig>, settings: Settings, home: Option<PathBuf>) -> Self {
        Self { archive, home, settings }
    }

    /// What the settings say.
    pub(super) fn config(&self) -> &Config {
        &self.archive.config
    }

    /// The settings file that holds; none if there is none.
    pub(super) fn settings_file(&self) -> Option<PathBuf> {
        self.archive.file()
    }

    /// The settings file that holds, or that would hold if it were there.
    pub(super) fn settings_file_to_write(&self) -> Option<PathBuf> {
        self.settings_file().or_else(|| Some(self.home.as_ref()?.join(FILE_NAME)))
    }

    /// Whether a document would be read in the same way.
    pub(super) fn reads_as(&self, other: &Self) -> bool {
        self.config().additions() == other.config().additions()
    }

    /// Whether a document would be shown in the same way.
    pub(super) fn shows_as(&self, other: &Self) -> bool {
        self.config() == other.config() && self.settings == other.settings
    }

    /// Reads a text.
    pub(super) fn parse(&self, text: &str) -> Document {
        Document::new(text, &self.archive.catalog)
    }

    /// What is wrong in each cable of a document; those that `findings` has seen are not checked again. It asks before
    /// each cable that is looked at whether to go on, and gives none if not.
    pub(super) fn findings_while(
        &self,
        document: &Document,
        findings: &Findings,
        go_on: impl FnMut() -> bool,
    ) -> Option<Vec<CableFindings>> {
        // A check that panicked has lost its findings and nothing else.
        findings.lock().unwrap_or_else(PoisonError::into_inner).findings_while(document, &self.settings, go_on)
    }

    /// The same of one cable.
    pub(super) fn findings_of(&self, document: &Document, index: usize, findings: &Findings) -> CableFindings {
        findings.lock().unwrap_or_else(PoisonError::into_inner).findings_of(document, index, &self.settings)
    }

    /// What `check --fix` does to a document's file.
    pub(super) fn repair(&self, document: &Document) -> Repaired {
        fix::repair_document(document, &self.settings, FixSafety::Safe)
    }

    /// The edition of each cable of a document in which this is wrong.
    pub(super) fn editions(&self, document: &Document, found: &[Diagnostic]) -> Vec<Edition> {
        cable_edition::editions_of(document, found, &mut self.repairer())
    }

    /// Proves the fixes of a document.
    pub(super) fn repairer(&self) -> Repairer {
        Repairer::new(&self.settings)
    }
}

/// A whole new cable, as it is completed in an empty document.
pub(super) fn new_cable() -> Option<Completion> {
    let empty = Document::new("", &Catalog::built_in());
    complete(&empty, 0).items.into_iter().find(|item| item.kind == CompletionKind::Template)
}
