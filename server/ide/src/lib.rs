//! What a person asks in an editor: the outline of a document and its folds, what the thing under the cursor means and
//! where else it is, what may come next there, what can be done to it, the layout, the colours of its fields, the
//! hints between them, and what is better not said while it is typed.
//!
//! Works on a [`cable_syntax::Document`] and gives plain values with byte ranges of that document. It knows no protocol.
//!
//! **Invariant.** Every range lies in the document on whole characters. Nothing here changes a text: an action is a proposal,
//! proved to do what its title says and no more. Where there is nothing to say the answer is none.

pub mod actions;
pub mod archive;
pub mod completion;
mod declassification;
mod derived;
pub mod folding;
pub mod format;
pub mod hints;
pub mod hover;
mod named_cable;
pub mod navigation;
mod order_line;
pub mod outline;
pub mod selection;
mod syntax_tree;
pub mod tokens;
pub mod typing;

pub use actions::{Action, ActionKind, actions, fix_all, renumbering};
pub use completion::{
    Completion, CompletionKind, Completions, Draft, TypedReference, cited_cables, complete, documentation,
    typed_reference,
};
pub use folding::{Fold, FoldKind, cable_folds, folds};
pub use format::{FormatOptions, format, format_on_type, format_range};
pub use hints::{Hint, HintKinds, hints};
pub use hover::{Hover, hover};
pub use order_line::order_line;
pub use outline::{Symbol, SymbolKind, of_cable as cable_outline, outline, text_first};
pub use selection::selection_ranges;
pub use syntax_tree::syntax_tree;
pub use tokens::{CableToken, Token, TokenKind, cable_tokens, tokens};
pub use typing::{Typing, Wait, Watch};
