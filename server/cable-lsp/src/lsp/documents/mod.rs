//! The documents: the texts as the client has them, what was read of them, and the settings that hold for each.
//!
//! ```text
//! changes → owner → content (edits) → reading → snapshot (colours, views, held_back) → work
//! ```
//!
//! One owner holds the texts, and everybody else works on a snapshot: it may be trusted to be the text that the client saw
//! when it asked. This room uses the wire, for what it has to log, and the analysis; it answers nobody.

pub(super) mod address;
mod colours;
mod content;
mod edits;
mod held_back;
mod kept;
#[cfg(test)]
pub(super) mod opened;
mod owner;
mod pauses;
mod positions;
mod reading;
mod rendered;
mod snapshot;
mod tokens;
mod trace;
mod views;
pub(super) mod work;
mod workspace;

pub(super) use colours::Difference;
pub(super) use owner::{Change, Documents};
pub(super) use pauses::Pauses;
pub(super) use positions::{CablePositions, Encoding};
pub(super) use rendered::Rendered;
pub(super) use snapshot::{Snapshot, Wanted};
pub(super) use tokens::{colours_in, legend};
pub(super) use trace::Trace;
pub(super) use views::{DiagnosticsView, FoldsView};
pub(super) use workspace::{Workspace, configured};
