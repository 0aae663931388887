//! The colours of a document, kept from one version to the next.
//!
//! The tokens of a cable that did not change are not made again, and a client that names the answer it has gets only what differs.

use std::sync::{Arc, Mutex};

use tower_lsp::lsp_types::{SemanticToken, SemanticTokensEdit};

use super::kept::Kept;
use super::positions::Encoding;
use super::tokens::{CableColours, cable_colours};
use crate::lsp::analysis::Document;

/// The colours of an open document.
pub(in crate::lsp) type Colours = Arc<Mutex<ColourCache>>;

/// The semantic tokens of a document as they were last made.
#[derive(Debug, Default)]
pub(in crate::lsp) struct ColourCache {
    known: Kept<CableColours>,
    /// The last answer, and the state of the document it was about. Only one is kept.
    last: Option<(u64, Vec<SemanticToken>)>,
}

/// An answer to a client that has an older one.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::lsp) enum Difference {
    /// What to do to the older one.
    Edits(Vec<SemanticTokensEdit>),
    /// The older one is not known any more.
    Whole(Vec<SemanticToken>),
}

impl ColourCache {
    /// The colours of a document in the state `revision`.
    pub(in crate::lsp) fn whole(
        &mut self,
        document: &Document,
        revision: u64,
        encoding: Encoding,
    ) -> Vec<SemanticToken> {
        let tokens = self.tokens(document, encoding);
        self.last = Some((revision, tokens.clone()));
        tokens
    }

    /// What differs from the answer about the state `previous`.
    pub(in crate::lsp) fn since(
        &mut self,
        previous: &str,
        document: &Document,
        revision: u64,
        encoding: Encoding,
    ) -> Difference {
        let tokens = self.tokens(document, encoding);
        let last = self.last.replace((revision, tokens));
        let tokens = self.last.as_ref().map(|last| last.1.as_slice()).unwrap_or_default();
        match last {
            Some((known, old)) if known.to_string() == previous => Difference::Edits(edits(&old, tokens)),
            _ => Difference::Whole(tokens.to_vec()),
        }
    }

    fn tokens(&mut self, document: &Document, encoding: Encoding) -> Vec<SemanticToken> {
        let mut tokens = Vec::new();
        let mut line = 0;
        self.known.each(
            document.cables(),
            |_, _| true,
            |_, placed| cable_colours(&placed.cable, encoding),
            |placed, colours| colours.append_to(&mut tokens, &mut line, placed.first_line as u32),
        );
        tokens
    }
}

/// The one edit that makes `new` of `old`; none where they are equal.
fn edits(old: &[SemanticToken], new: &[SemanticToken]) -> Vec<SemanticTokensEdit> {
    let start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let rest = old[start..].iter().rev().zip(new[start..].iter().rev());
    let end = rest.take_while(|(old, new)| old == new).count();
    let (gone, come) = (old.len() - end - start, &new[start..new.len() - end]);
    if gone == 0 && come.is_empty() {
        return Vec::new();
    }
    // The protocol counts numbers, five a token.
    vec![SemanticTokensEdit { start: start as u32 * 5, delete_count: gone as u32 * 5, data: Some(come.to_vec()) }]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lsp::analysis::{Analysis, Edit};

    /// Does to an older answer what the edits say.
    fn apply(mut tokens: Vec<SemanticToken>, edits: Vec<SemanticTokensEdit>) -> Vec<SemanticToken> {
        for edit in edits.into_iter().rev() {
            let start = edit.start as usize / 5;
            tokens.splice(start..start + edit.delete_count as usize / 5, edit.data.unwrap_or_default());
        }
        tokens
    }

    #[test]
    fn nothing_differs_in_the_same_text() {
        let document = Analysis::default().parse("UNCLAS ASTANA 000001\nTAGS: PREL\n");
        let mut cache = ColourCache::default();
        assert!(!cache.whole(&document, 1, Encoding::Utf16).is_empty());
        assert_eq!(cache.since("1", &document, 2, Encoding::Utf16), Difference::Edits(Vec::new()));
        assert!(matches!(cache.since("1", &document, 3, Encoding::Utf16), Difference::Whole(_)));
        assert!(matches!(cache.since("x", &document, 4, Encoding::Utf16), Difference::Whole(_)));
    }

    proptest! {
        /// After any edits the kept answer, changed as told, is the fresh one.
        #[test]
        fn differences_add_up(
            start in "(VZCZCXRO0001\n|UNCLAS ASTANA 000001\n|TAGS: PREL 𐍈 KZ\n|1\\. \\(U\\) ref A\n|2\\. Two\r\n){0,12}",
            changes in prop::collection::vec(
                (0usize..200, 0usize..30, "(TAGS: PGOV\n|VZCZCXRO0002\n|UNCLAS ASTANA 000002\n|é|3\\. \\(C\\) |\n){0,3}"),
                1..6,
            ),
        ) {
            let analysis = Analysis::default();
            let mut document = analysis.parse(&start);
            let mut cache = ColourCache::default();
            let mut kept = cache.whole(&document, 0, Encoding::Utf16);
            for (revision, (at, length, text)) in changes.into_iter().enumerate() {
                document.apply(&Edit { range: at..at + length, text: &text });
                let previous = revision.to_string();
                kept = match cache.since(&previous, &document, revision as u64 + 1, Encoding::Utf16) {
                    Difference::Edits(edits) => apply(kept, edits),
                    Difference::Whole(_) => return Err(TestCaseError::fail("the last answer is known")),
                };
                let fresh = analysis.parse(&document.rope().to_string());
                prop_assert_eq!(&kept, &ColourCache::default().whole(&fresh, 0, Encoding::Utf16));
            }
        }
    }
}
