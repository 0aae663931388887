//! Hover: what the token under the cursor means.

use std::ops::Range;

use cable_syntax::Document;

/// What there is to say about one token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The token: bytes of the document.
    pub range: Range<usize>,
    /// The answer, in Markdown.
    pub markdown: String,
}

/// What the token at a byte offset of the document means; none where there is nothing to say.
pub fn hover(document: &Document, offset: usize) -> Option<Hover> {
    let _ = document.cables().get(document.cable_at(offset))?;
    None
}
