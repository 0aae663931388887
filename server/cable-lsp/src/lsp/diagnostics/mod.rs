//! Diagnostics: pushed to clients that cannot pull, pulled by those that can, of one document or of the whole workspace.

mod pull;
mod push;
mod workspace;

pub(super) use pull::report;
pub(super) use push::Publisher;
pub(super) use workspace::WorkspaceDiagnostics;
