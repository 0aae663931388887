//! Harness of the whole-program tests: what the suites share.

pub mod archive;
pub mod client;
pub mod command;
pub mod edition;
pub mod fixture;
pub mod generator;
pub mod position;
pub mod reading;
pub mod shared;
pub mod slips;
