//! What a person asks in an editor: the outline of a document, and what the thing under the cursor means.
//!
//! Works on a [`cable_syntax::Document`] and gives plain values with byte ranges of that document. It knows no protocol.

pub mod hover;
mod order_line;
pub mod outline;

pub use hover::{Hover, hover};
pub use order_line::order_line;
pub use outline::{Symbol, SymbolKind, outline};
