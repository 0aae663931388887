//! The reading: what a cable says, as plain values, in the order in which `export` writes them.
//!
//! Lines count from 1 in the document. What the text does not hold is null or an empty list; nothing is guessed.

mod head;
mod reader;

use serde::Serialize;

use crate::cable::Cable;
use crate::canonical_id::CableNumber;
use crate::fields::classification::Classification;
use crate::fields::precedence::Precedence;
use reader::Reader;

/// One cable as `export` writes it. The keys are a public contract: keep their names and their order.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the keys are those of a public contract, which says what each is")]
pub struct Reading {
    pub canonical_id: Option<String>,
    pub notice: Option<LineReading>,
    pub transmission_id: Option<TransmissionIdReading>,
    pub routing: Option<RoutingReading>,
    pub de: Option<DeReading>,
    pub opsig: Option<OperatingSignalReading>,
    pub dtg: Option<String>,
    pub dtg_iso: Option<String>,
    pub precedence: Option<Precedence>,
    pub from: Option<String>,
    pub to: Vec<AddresseeReading>,
    pub info: Vec<AddresseeReading>,
    pub mrn: Option<String>,
    pub classification: Option<Classification>,
    pub sensitive: bool,
    pub section: Option<SectionReading>,
    pub captions: Vec<String>,
    pub caption_lines: Vec<CaptionReading>,
    pub handling: Vec<LineReading>,
    pub eo: Option<String>,
    pub eo_order: Option<String>,
    pub eo_instruction: Option<String>,
    pub decl: Option<String>,
    pub tags: Vec<String>,
    pub tags_line: Option<usize>,
    pub subject: Option<String>,
    pub subject_lines: Vec<usize>,
    pub refs: Vec<ReferenceReading>,
    pub classified_by: Option<ClassifiedByReading>,
    pub paragraphs: Vec<ParagraphReading>,
    pub fragments: Vec<FragmentReading>,
    pub headings: Vec<LineReading>,
    pub page_lines: Vec<LineReading>,
    pub trailer: Vec<LineReading>,
    pub stray_captions: Vec<StrayCaptionReading>,
    pub signature: Option<String>,
    pub signature_line: Option<usize>,
    pub header_lines: HeaderLines,
}

/// The values of a [`Reading`] under the same names, and the number that its id is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the reading")]
pub struct HeadReading {
    /// Post and serial, and the year where the text gives one.
    pub number: Option<CableNumber>,
    pub canonical_id: Option<String>,
    pub mrn: Option<String>,
    pub dtg_iso: Option<String>,
    pub from: Option<String>,
    pub to: Vec<AddresseeReading>,
    pub info: Vec<AddresseeReading>,
    pub classification: Option<Classification>,
    pub captions: Vec<String>,
    pub sensitive: bool,
    pub section: Option<SectionReading>,
    pub tags: Vec<String>,
    pub subject: Option<String>,
    pub refs: Vec<ReferenceReading>,
}

/// A line and its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "keys of the contract")]
pub struct LineReading {
    pub line: usize,
    pub text: String,
}

/// TI line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "keys of the contract")]
pub struct TransmissionIdReading {
    pub line: usize,
    pub text: String,
    pub channel: Option<String>,
    pub csn: Option<String>,
}

/// Routing line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "keys of the contract")]
pub struct RoutingReading {
    pub line: usize,
    pub text: String,
    pub precedence: Option<Precedence>,
    pub ris: Vec<String>,
}

/// DE line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "keys of the contract")]
pub struct DeReading {
    pub line: usize,
    pub text: String,
    pub ri: Option<String>,
    pub serial: Option<String>,
    pub section: Option<String>,
    pub day: Option<u32>,
    pub time: Option<String>,
}

/// Op-signal line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "keys of the contract")]
pub struct OperatingSignalReading {
    pub line: usize,
    pub text: String,
    pub prosign: Option<String>,
    pub letter: Option<String>,
    pub service: Option<String>,
}

/// `SECTION 01 OF 02`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "keys of the contract")]
pub struct SectionReading {
    pub line: usize,
    pub n: u32,
    pub of: u32,
}

/// A caption line and the caption meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "keys of the contract")]
pub struct CaptionReading {
    pub line: usize,
    pub text: String,
    pub value: String,
}

/// An entry of the REF list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "keys of the contract")]
pub struct ReferenceReading {
    pub line: usize,
    pub letter: Option<char>,
    pub text: String,
    pub post: Option<String>,
    pub serial: Option<u32>,
    pub year: Option<i16>,
    pub id: Option<String>,
}

/// Classified By.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "keys of the contract")]
pub struct ClassifiedByReading {
    pub line: usize,
    pub text: String,
    pub who: Option<String>,
    pub section: Option<String>,
    pub reasons: Vec<String>,
}

/// An addressee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "keys of the contract")]
pub struct AddresseeReading {
    pub line: usize,
    pub ri: Option<String>,
    pub plad: String,
    pub precedence: Option<Precedence>,
    pub serial: Option<String>,
}

/// A numbered paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "keys of the contract")]
pub struct ParagraphReading {
    pub n: u32,
    pub mark: Option<String>,
    pub line: usize,
    pub artefact: String,
}

/// A later line of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "keys of the contract")]
pub struct FragmentReading {
    pub line: usize,
    pub paragraph: u32,
}

/// A caption left at a section break.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "keys of the contract")]
pub struct StrayCaptionReading {
    pub line: usize,
    pub text: String,
    pub paragraph: Option<u32>,
}

/// Where each part of the header is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
#[allow(missing_docs, reason = "keys of the contract")]
pub struct HeaderLines {
    pub ti: Option<usize>,
    pub routing: Option<usize>,
    pub de: Option<usize>,
    pub opsig: Option<usize>,
    pub dtg: Option<usize>,
    pub from: Option<usize>,
    pub to: Vec<usize>,
    pub info: Vec<usize>,
    pub classification: Option<usize>,
    pub captions: Vec<usize>,
    pub handling: Vec<usize>,
    pub eo: Vec<usize>,
    pub tags: Vec<usize>,
    pub subject: Vec<usize>,
    pub r#ref: Vec<usize>,
    pub classified_by: Vec<usize>,
}

impl Reading {
    /// Reads a cable. `first_line` is the index of its first line in the document, from 0.
    pub fn of(cable: &Cable, first_line: usize) -> Self {
        Reader { cable, first_line }.read(HeadReading::of(cable, first_line))
    }

    /// What is said of a cable before its body, for less: its lines are not in it, nor anything of the body. Beside it the
    /// number that the id is made of.
    pub fn before_body(cable: &Cable, first_line: usize) -> (Self, Option<CableNumber>) {
        let mut head = HeadReading::of(cable, first_line);
        let number = head.number.take();
        (Reader { cable, first_line }.said_before_body(head), number)
    }
}
