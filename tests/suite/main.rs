//! Whole-program tests, one module a subject.

mod decoder;
mod readings;
