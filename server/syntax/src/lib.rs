//! What the text of a cable says: lines, parts, typed views and the reading.
//!
//! Text in, plain values out: no files, no protocol, no clock.

pub mod decoder;
pub mod marker;
mod span;

pub use span::Span;
