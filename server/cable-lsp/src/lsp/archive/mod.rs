//! The archives: the cables of the open folders as bodies of references.
//!
//! ```text
//! document → archives (choice) → archive ┬→ keeper: one thread that writes the index (watched folders)
//!                                        └→ view: readers of the index, and the open documents over it → lookup
//! ```
//!
//! Nothing is opened or read before somebody asks about a document whose folder is to have an index. One thread a folder
//! writes it; who answers reads what is there by then. This room uses the documents, the wire and the analysis; it answers
//! nobody by itself, and nothing of the archive's files is ever written.

mod archives;
mod choice;
mod handle;
mod keeper;
mod leads;
mod lookup;
mod open;
mod open_rows;
mod view;
mod watched;

pub(super) use archives::Archives;
pub(super) use keeper::Hub;
pub(super) use lookup::{Lookup, Meant, known};
pub(super) use view::View;
