//! The text of a cable for people who read it: blocks with proved corrections in them, and the forms that are made of them.
//!
//! Works on a [`cable_syntax::Document`] and gives plain values and texts. What is corrected is what `check --fix` would
//! correct; nothing else is changed, and whatever is left out of the blocks is named as furniture.
//!
//! **Invariant.** Every sign of the text that is not blank is in one block or one piece of furniture, once, and each form holds
//! the same words in the same order. What of a text acts in a page is escaped in every form.

mod codes;
mod columns;
mod corrections;
mod edition;
mod escape;
mod forms;
mod head;
mod index;
mod notes;
mod plain;
mod shown;
#[cfg(test)]
mod tests;

pub use edition::{Correction, EditedBlock, Edition, Editor, FurnitureReading, editions, editions_of};
pub use forms::{Edited, Element, Form, Links, OpenReferences, Origins, Page, TEXT_WIDTH, render, render_with_origins};
pub use index::{Entry, index, page_and_entry};
pub use plain::{beginning, plain_text};
