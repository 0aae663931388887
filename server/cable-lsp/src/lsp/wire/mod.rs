//! The wire: bytes of the client's into requests, and what is said to it into bytes.
//!
//! ```text
//! input → frames (surrogates, unread, quiet) → transport → gate → the library
//! output ← outgoing ← answers, notifications, progress
//! ```
//!
//! What is wrong with a frame, with the library or with the client's end is settled here. This room knows the frames of
//! the protocol and nothing of cables or open documents, and uses no other room.

mod answer;
mod client_watch;
mod frames;
mod gate;
mod json;
mod outgoing;
mod progress;
mod quiet;
mod record;
mod surrogates;
mod transport;
mod unread;

pub(super) use answer::answer_with;
pub(super) use client_watch::ClientWatch;
pub(super) use frames::spawn_reader;
pub(super) use gate::{CancelFlag, Gate};
pub(super) use json::{json, object_with};
pub(super) use outgoing::Outgoing;
pub(super) use progress::{Bar, send_part};
pub(super) use quiet::Quiet;
pub(super) use record::Record;
pub(super) use transport::serve;
pub(super) use unread::Lost;
