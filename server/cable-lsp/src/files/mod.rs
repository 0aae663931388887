//! Files: which of them are cables, what bytes they hold, and which settings hold for them. Terminal and editor share
//! this room, so that they agree.

pub(crate) mod bounded;
pub(crate) mod config;
pub(crate) mod device;
pub(crate) mod encoding;
mod ignored;
pub(crate) mod indexed;
pub(crate) mod source;
pub(crate) mod walk;
