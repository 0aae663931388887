//! Which cables an archive holds, and who cites whom: an index over many cables in one `SQLite` file.
//!
//! Its rows follow from what `cable-syntax` reads, and a file's rows from that file alone: what a cable cites is kept as it
//! is written, as text, and looked up when somebody asks ([`Index::resolve`]). So a file that comes, changes or goes touches
//! no other row. Which files there are and how they are decoded is the caller's: a refresh gets a list of them and a way
//! to read one ([`Refresh`]). The archive's own files are never written.
//!
//! **Invariant.** After a refresh the index equals one that is made anew from the same files, in whatever order they came and
//! wherever an earlier refresh was cut short. An index that is damaged or of another schema is made anew, never trusted.

mod beside;
mod build;
mod entry;
mod error;
mod find;
mod forget;
mod graph;
mod index;
mod missing;
mod names;
mod open;
mod place;
mod resolve;
mod row;
mod schema;
mod stamp;
mod statistics;
mod thread;
mod together;
mod write;

#[cfg(test)]
mod tests;

pub use build::{Found, Refresh, Refreshed};
pub use entry::{Cited, CitingPlace, Entry, IdFrom};
pub use error::{Error, Result};
pub use find::Query;
pub use forget::forget;
pub use graph::{Edge, Node};
pub use index::Index;
pub use missing::Missing;
pub use names::{name_disagrees, named, number_of};
pub use open::Opened;
pub use place::cache_file;
pub use resolve::{Candidate, How, Resolved};
pub use row::{Texts, cites};
pub use schema::schema;
pub use stamp::Stamp;
pub use statistics::{Count, Group, Overview, Ranked};
pub use thread::Thread;
pub use together::{Citing, OpenCable, OpenFile, Together};
