//! What the text of a cable says: lines, parts, typed views and the reading.
//!
//! Text in, plain values out: no files, no protocol, no clock. Two steps (each line by itself, then one pass over the
//! lines of a cable) make a [`Cable`]; a [`Document`] keeps the cables of a text current edit by edit. What follows from a
//! whole cable (its id, its citations, its blocks) is found when somebody first asks, and kept with it.
//!
//! **Invariant.** Whatever is not blank has one owner among the parts of its cables, and only one. After any edits a
//! [`Document`] equals the fresh reading of its text. Work is linear in the length of the text, whatever it holds.
//!
//! [`format`](mod@format) is the page that the reader is written after; ARCHITECTURE.md, "A text becomes a cable", says how
//! it goes.

mod arrange;
mod attributes;
mod block;
mod boundary;
mod cable;
mod canonical_id;
mod confusable;
mod copy_marks;
pub mod decoder;
mod document;
mod facts;
mod fields;
mod footer;
mod furniture;
mod kept;
mod line;
mod loose_line;
pub mod marker;
mod near;
mod paragraph_break;
mod part;
mod pattern;
mod per_cable;
mod reading;
mod scan;
mod smart;
mod span;
mod text;
mod white_space;

// For readers of the documentation alone: a change of the page builds nothing anew.
#[cfg(doc)]
#[doc = include_str!("../FORMAT.md")]
pub mod format {}

pub use block::{Block, BlockWords, Blocks, REDACTION};
pub use cable::{Body, Cable, Envelope, Era, Field, Header, Identity, Paragraph, References, Subject, Tags};
pub use canonical_id::{CableNumber, canonical_id};
pub use confusable::{as_digits, confusable_digit};
pub use copy_marks::{CopyMark, CopyMarkKind};
pub use document::{Changed, Document, Edit, Placed};
pub use facts::day_of;
pub use fields::addressee::Addressee;
pub use fields::citation::{Citation, citations_in};
pub use fields::classification::{Classification, ClassificationLine, DamagedClassification, ReferenceNumber, Section};
pub use fields::classified_by::ClassifiedBy;
pub use fields::date_time_group::{DateTimeGroup, four_digit_year, month_number};
pub use fields::executive_order::{ExecutiveOrder, declassification_date};
pub use fields::page_line::PageLine;
pub use fields::precedence::Precedence;
pub use fields::reference::{Reference, ReferenceKeyword, is_keyword as is_reference_keyword};
pub use fields::subject::SubjectKeyword;
pub use fields::tags::{Tag, TagsKeyword, is_no_name};
pub use fields::transmission::{De, OperatingSignal, Routing, TransmissionId, is_routing_indicator};
pub use line::{Keyword, Line, LineKind, Signs, classify};
pub use near::{is_one_letter_from, may_be_near};
pub use paragraph_break::ParagraphBreak;
pub use part::{Part, PartKind, Zone};
pub use pattern::{ShortPattern, pattern, short_pattern};
pub use per_cable::PerCable;
pub use reading::{AddresseeReading, HeadReading, Reading, ReferenceReading, SectionReading};
pub use scan::{Scan, find_any_case, is_space, is_word_sign};
pub use span::Span;
pub use text::{CableText, Furniture, FurnitureKind, Joiner, PageBreak, Segment, TextBlock, TextKind, TextRole};
