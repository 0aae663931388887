//! cable-ide
