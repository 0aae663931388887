//! What a person asks in an editor: the outline of a document, what the thing under the cursor means, the colours of its
//! fields, and the hints between them.
//!
//! Works on a [`cable_syntax::Document`] and gives plain values with byte ranges of that document. It knows no protocol.

mod declassification;
pub mod hints;
pub mod hover;
mod named_cable;
mod order_line;
pub mod outline;
pub mod tokens;

pub use hints::{Hint, HintKinds, hints};
pub use hover::{Hover, hover};
pub use order_line::order_line;
pub use outline::{Symbol, SymbolKind, outline};
pub use tokens::{CableToken, Token, TokenKind, cable_tokens, tokens};
