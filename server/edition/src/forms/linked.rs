//! The references of a page: their words are written first, and links are put around them once it is known where they lead.

use std::ops::Range;

use super::{Form, Links};
use crate::escape::push_xml;

/// A page, and its references that lead nowhere yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    text: String,
    open: OpenReferences,
}

/// The references of a page that lead nowhere yet, and may once other cables are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenReferences {
    form: Form,
    references: References,
}

/// Where in a page references stand whose cable has an id, in order: the bytes of their words, and the id.
pub(super) type References = Vec<(Range<usize>, String)>;

impl Page {
    pub(super) const fn new(form: Form, text: String, references: References) -> Self {
        Self { text, open: OpenReferences { form, references } }
    }

    /// What is written so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is written, and the references that lead nowhere.
    pub fn into_parts(self) -> (String, OpenReferences) {
        (self.text, self.open)
    }

    /// The page with a link around each reference whose page is known.
    #[must_use]
    pub fn linked(self, links: &dyn Links) -> Self {
        let Self { text, open: OpenReferences { form, references } } = self;
        let found: Vec<_> = references.into_iter().map(|(words, id)| (links.page(&id), words, id)).collect();
        let more: usize = found.iter().filter_map(|(target, ..)| Some(target.as_ref()?.len() + 20)).sum();
        let mut open = References::new();
        if more == 0 {
            open.extend(found.into_iter().map(|(_, words, id)| (words, id)));
            return Self::new(form, text, open);
        }
        let mut page = String::with_capacity(text.len() + more);
        let mut copied = 0;
        for (target, words, id) in found {
            page.push_str(&text[copied..words.start]);
            copied = words.end;
            let own = &text[words];
            match (target, form) {
                (None, _) => {
                    let start = page.len();
                    page.push_str(own);
                    open.push((start..page.len(), id));
                }
                (Some(target), Form::Html) => {
                    page.push_str("<a href=\"");
                    push_xml(&mut page, &target);
                    page.extend(["\">", own, "</a>"]);
                }
                (Some(target), _) => page.extend(["[", own, "](<", &target, ">)"]),
            }
        }
        page.push_str(&text[copied..]);
        Self::new(form, page, open)
    }
}

impl OpenReferences {
    /// Whether there are any.
    pub const fn is_empty(&self) -> bool {
        self.references.is_empty()
    }

    /// Whether one of them leads somewhere now.
    pub fn may_be_linked(&self, links: &dyn Links) -> bool {
        self.references.iter().any(|(_, id)| links.page(id).is_some())
    }

    /// The page that they are of, whose text somebody else kept.
    pub const fn of(self, text: String) -> Page {
        Page { text, open: self }
    }
}
