//! Steps: what the client does to a document, one after the other, at once or on a thread.

use tokio::sync::oneshot;
use tower_lsp::lsp_types::TextDocumentContentChangeEvent;

use super::content::Content;
use super::positions::Encoding;
use crate::lsp::analysis::{Analysis, Changed};

/// What one change of a text costs in addition to its length, in bytes that could be read instead.
const CHANGE: usize = 1 << 10;

/// One thing that happens to a document.
pub(in crate::lsp) enum Step {
    /// It is opened with this text.
    Text(String),
    /// The client changes its text.
    Change(Vec<TextDocumentContentChangeEvent>, Encoding),
    /// It is to be read with other codes.
    ReadAnew,
    /// The client has saved the document, with this text if it says so.
    Save(Option<String>, oneshot::Sender<Told>),
}

/// What a save came to.
pub(in crate::lsp) struct Saved {
    pub(in crate::lsp) differs: bool,
    /// Whether anything was edited since the document was opened or saved before.
    pub(in crate::lsp) was_edited: bool,
    pub(in crate::lsp) sender: oneshot::Sender<Told>,
}

/// What the client is told of a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lsp) struct Told {
    /// Whether the saved text was another than ours.
    pub(in crate::lsp) differs: bool,
    /// Whether the save brings out what was held back.
    pub(in crate::lsp) brings_out: bool,
}

/// What a thread has done to a document.
pub(in crate::lsp) struct Done {
    pub(in crate::lsp) content: Content,
    pub(in crate::lsp) changed: Option<Changed>,
    pub(in crate::lsp) saved: Vec<Saved>,
}

impl Step {
    /// What the step costs, in bytes that could be read instead, if the text before it has `length` bytes.
    pub(in crate::lsp) fn cost(&self, length: usize) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Save(text, _) => text.as_ref().map_or(0, String::len),
            Self::Change(changes, _) => changes.iter().map(|change| change.text.len() + CHANGE).sum(),
            Self::ReadAnew => length,
        }
    }
}

impl Done {
    /// Takes the steps and reads what came of them.
    pub(in crate::lsp) fn of(steps: Vec<Step>, content: Option<Content>, analysis: &Analysis) -> Self {
        let (mut content, saved) = work_off(steps, content, analysis);
        let changed = content.read();
        Self { content, changed, saved }
    }
}

/// Takes the steps in their order; without a text the first one is of an empty text.
pub(in crate::lsp) fn work_off(
    steps: Vec<Step>,
    content: Option<Content>,
    analysis: &Analysis,
) -> (Content, Vec<Saved>) {
    let mut saved = Vec::new();
    let content = steps.into_iter().fold(content, |content, step| {
        if let Step::Text(text) = step {
            return Some(Content::new(&text, analysis));
        }
        let mut content = content.unwrap_or_else(|| Content::new("", analysis));
        match step {
            Step::Text(_) => {}
            Step::Change(changes, encoding) => content.change(&changes, encoding),
            Step::ReadAnew => content.read_anew(analysis),
            Step::Save(text, sender) => {
                let was_edited = !content.typing().is_none();
                saved.push(Saved { differs: content.save(text.as_deref()), was_edited, sender });
            }
        }
        Some(content)
    });
    (content.unwrap_or_else(|| Content::new("", analysis)), saved)
}
