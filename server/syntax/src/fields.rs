//! The readers of single fields: each reads the text of one field and knows nothing of lines, parts or cables.
//!
//! Text in, a value out whose spans are columns of that text. They may use one another, spans and patterns; the kinds of
//! lines and the arrangement are above them.

pub(crate) mod addressee;
pub(crate) mod caption;
pub(crate) mod citation;
pub(crate) mod classification;
pub(crate) mod classified_by;
pub(crate) mod date_time_group;
pub(crate) mod executive_order;
pub(crate) mod keywords_inside;
pub(crate) mod misspelt;
pub(crate) mod page_line;
pub(crate) mod precedence;
pub(crate) mod reference;
pub(crate) mod subject;
pub(crate) mod tags;
pub(crate) mod transmission;
