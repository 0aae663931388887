//! cable-catalog
