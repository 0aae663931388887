//! Files: which of them are cables, what bytes they hold, and which settings hold for them. Terminal and editor share
//! this room, so that they agree.

pub(crate) mod config;
pub(crate) mod encoding;
pub(crate) mod source;
