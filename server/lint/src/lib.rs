//! cable-lint
