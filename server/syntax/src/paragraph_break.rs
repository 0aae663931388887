//! A blank line inside a paragraph: `facts` finds it, and rules ask whether it belongs there.

use crate::part::Part;
use crate::span::Span;

/// A later line of a paragraph below a blank line. It does not begin as a point of the paragraph does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParagraphBreak {
    /// The line below.
    pub fragment: Part,
    /// The lines of text above, back to the blank line before them.
    pub block: Span,
}
