//! Whole-program tests, one module a subject.

mod corpus;
mod decoder;
mod incremental;
mod outline;
mod protocol;
mod readings;
mod tidy;
mod rules;
