//! A line of a document that belongs to no cable yet.

use std::ops::Range;

use crate::line::{LineKind, Signs};

/// A line on its way into a cable: bytes of the document.
#[derive(Debug, Clone)]
pub(crate) struct LooseLine {
    /// Text without line break.
    pub(crate) text: Range<usize>,
    /// One past the line break.
    pub(crate) end: usize,
    pub(crate) kind: LineKind,
    pub(crate) signs: Signs,
}
