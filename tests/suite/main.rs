//! Whole-program tests, one module a subject.

mod actions;
mod check;
mod circles;
mod colour;
mod config;
mod corpus;
mod decoder;
mod eras;
mod format;
mod header;
mod hostile;
mod incremental;
mod indicators;
mod navigation;
mod outline;
mod proof;
mod protocol;
mod rates;
mod readings;
mod repair;
mod repair_files;
mod rewrite;
mod rules;
mod slips;
mod tidy;
mod words;
