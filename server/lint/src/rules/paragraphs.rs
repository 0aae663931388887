//! paragraphs
