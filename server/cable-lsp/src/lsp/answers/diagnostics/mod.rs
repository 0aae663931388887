//! Diagnostics: pushed to clients that cannot pull, pulled by those that can, of one document or of the whole workspace.

mod pull;
mod push;
mod workspace;

pub(in crate::lsp) use pull::report;
pub(in crate::lsp) use push::Publisher;
pub(in crate::lsp) use workspace::WorkspaceDiagnostics;
