//! What the text of a cable says: lines, parts, typed views and the reading.
//!
//! Text in, plain values out: no files, no protocol, no clock. Two steps (each line by itself, then one pass over the
//! lines of a cable) make a [`Cable`]; a [`Document`] keeps the cables of a text current edit by edit.

mod addressee;
mod arrange;
mod attributes;
mod boundary;
mod cable;
mod caption;
mod citation;
mod classification;
mod classified_by;
mod confusable;
mod copy_marks;
mod date_time_group;
pub mod decoder;
mod document;
mod executive_order;
mod furniture;
mod keywords_inside;
mod line;
mod loose_line;
pub mod marker;
mod misspelt;
mod near;
mod page_line;
mod part;
mod pattern;
mod precedence;
mod reading;
mod reference;
mod smart;
mod span;
mod subject;
mod tags;
mod transmission;
mod white_space;

pub use addressee::Addressee;
pub use cable::{
    Body, Cable, Envelope, Era, Field, Header, Identity, Paragraph, References, Subject, Tags, canonical_id,
};
pub use citation::{Citation, citations, citations_in, listed_letters, own_text};
pub use classification::{Classification, ClassificationLine, ReferenceNumber, Section};
pub use classified_by::ClassifiedBy;
pub use confusable::{as_digits, confusable_digit};
pub use copy_marks::{CopyMark, CopyMarkKind};
pub use date_time_group::{DateTimeGroup, four_digit_year, month_number};
pub use document::{Changed, Document, Edit, Placed};
pub use executive_order::{ExecutiveOrder, declassification_date};
pub use line::{Keyword, Line, LineKind, classify};
pub use near::may_be_near;
pub use page_line::PageLine;
pub use part::{Part, PartKind, Zone};
pub use pattern::{ShortPattern, pattern, short_pattern};
pub use precedence::Precedence;
pub use reading::Reading;
pub use reference::{Reference, ReferenceKeyword, is_keyword as is_reference_keyword};
pub use span::Span;
pub use subject::SubjectKeyword;
pub use tags::{Tag, TagsKeyword};
pub use transmission::{De, OperatingSignal, Routing, TransmissionId};
