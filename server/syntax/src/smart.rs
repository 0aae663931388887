//! The labels of SMART, the system that cables are sent with since 2010 (FORMAT.md, "SMART labels").

use std::sync::LazyLock;

use regex::Regex;

use crate::fields::classification::ReferenceNumber;
use crate::pattern::{ShortPattern, pattern, short_pattern};
use crate::span::Span;
use crate::white_space::{is_blank, trimmed_span};

/// What a label of a SMART cable names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    Number,
    Date,
    From,
    Action,
    Info,
    Classification,
    Order,
    Declassify,
    Tags,
    Captions,
    Reference,
    PassLine,
    Subject,
    ClassifiedBy,
    Signature,
    /// Who drafted, cleared, approved and released it, and how it is filed.
    Office,
}

/// Labels as they are printed, in small letters, and what they name.
const LABELS: [(&str, Label); 39] = [
    ("mrn", Label::Number),
    ("date/dtg", Label::Date),
    ("date / dtg", Label::Date),
    ("dtg", Label::Date),
    ("date", Label::Date),
    ("from", Label::From),
    ("action", Label::Action),
    ("to", Label::Action),
    ("info", Label::Info),
    ("classification", Label::Classification),
    ("e.o.", Label::Order),
    ("eo", Label::Order),
    ("e.o", Label::Order),
    ("decl", Label::Declassify),
    ("declassify on", Label::Declassify),
    ("tags", Label::Tags),
    ("captions", Label::Captions),
    ("caption", Label::Captions),
    ("reference", Label::Reference),
    ("references", Label::Reference),
    ("ref", Label::Reference),
    ("refs", Label::Reference),
    ("reftel", Label::Reference),
    ("pass line", Label::PassLine),
    ("pass lines", Label::PassLine),
    ("subject", Label::Subject),
    ("classified by", Label::ClassifiedBy),
    ("signature", Label::Signature),
    ("drafted by", Label::Office),
    ("drafter", Label::Office),
    ("cleared by", Label::Office),
    ("approved by", Label::Office),
    ("released by", Label::Office),
    ("dissemination rule", Label::Office),
    ("attachments", Label::Office),
    ("attachment", Label::Office),
    ("precedence", Label::Office),
    ("xmt", Label::Office),
    ("action post", Label::Office),
];

/// The label at the start of a line and where its value begins.
pub(crate) fn label(text: &str) -> Option<(Label, u32)> {
    const LONGEST: usize = 20;
    let colon = text.bytes().take(LONGEST).position(|byte| byte == b':')?;
    let word = text[..colon].trim_end_matches(is_blank).to_ascii_lowercase();
    let found = LABELS.iter().find(|(label, _)| *label == word).map(|&(_, label)| (label, colon as u32 + 1));
    // `E.O. 13526:` has the number in front of the colon.
    found.or_else(|| crate::fields::executive_order::keyword(text).map(|_| (Label::Order, order_start(text))))
}

fn order_start(text: &str) -> u32 {
    text.find(|character: char| character.is_ascii_digit()).unwrap_or(text.len()) as u32
}

/// Whether a line can only be one of a SMART header: its number, or its date with the group.
pub(crate) fn is_sure(text: &str) -> bool {
    match label(text) {
        Some((Label::Number, at)) => {
            // Another label may be on the line.
            let end = inner_labels(text).first().map_or(text.len(), |&inner| inner as usize);
            let value = &text[at as usize..end.max(at as usize)];
            value.chars().all(is_blank) || number(value).is_some()
        }
        Some((Label::Date, _)) => text.len() >= 8 && text[..8].eq_ignore_ascii_case("date/dtg"),
        _ => false,
    }
}

static INNER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\s{2,}|\t)(?<label>(?:MRN|Date/DTG|From|Action|Info|Classification|E\.O\.|TAGS|Captions|References?|Pass Line|Subject|Signature)\s?:)",
    )
});

/// Columns at which a further label begins on the same line.
pub(crate) fn inner_labels(text: &str) -> Vec<u32> {
    INNER.captures_iter(text).filter_map(|found| Some(found.name("label")?.start() as u32)).collect()
}

static NUMBER: LazyLock<ShortPattern> = LazyLock::new(|| {
    short_pattern(
        r"^\s*(?:(?<year>\d{4}|\d{2})\s+)?(?<post>[A-Za-z][A-Za-z.'-]*(?: [A-Za-z][A-Za-z.'-]*){0,3})\s+(?<serial>\d{1,6})\s*$",
    )
});

/// `14 ACCRA 1187`: the year, and post and serial; spans are columns of `text`.
pub(crate) fn number(text: &str) -> Option<(Option<i16>, ReferenceNumber)> {
    let found = NUMBER.captures(text)?;
    let (post, serial) = (found.name("post")?, found.name("serial")?);
    let year = found.name("year").and_then(|year| year.as_str().parse().ok());
    let number = ReferenceNumber {
        span: Span::of(post.start()..serial.end()),
        post: Span::of(post.range()),
        serial: Span::of(serial.range()),
        number: serial.as_str().parse().ok()?,
    };
    Some((year.map(crate::fields::date_time_group::four_digit_year), number))
}

/// What the MRN label of a line says, without the spaces in it; none for another line, or with nothing after the label.
pub(crate) fn labelled_number(text: &str) -> Option<String> {
    let (label, at) = label(text)?;
    let end = inner_labels(text).first().map_or(text.len(), |&inner| inner as usize);
    let value = text.get(at as usize..end).filter(|value| label == Label::Number && number(value).is_some())?;
    Some(value.chars().filter(|&character| !is_blank(character)).collect())
}

/// Whether a line begins with a label that is above the text.
pub(crate) fn is_header_label(text: &str) -> bool {
    label(text).is_some_and(|(label, _)| !matches!(label, Label::Office | Label::Signature))
}

/// Whether a line beside the level says only that the cable is sensitive or for whom it is.
pub(crate) fn is_level_note(text: &str) -> bool {
    matches!(
        text,
        "SBU" | "NOFORN" | "SBU/NOFORN" | "FOUO" | "SENSITIVE" | "SENSITIVE BUT UNCLASSIFIED" | "FOR OFFICIAL USE ONLY"
    )
}

/// The addresses of an Action or Info label: parted by semicolons, or by the lines where each ends with its precedence.
pub(crate) fn addresses(text: &str, line_ends: &[u32]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for end in text.match_indices(';').map(|(at, _)| at).chain([text.len()]) {
        for cut in line_ends.iter().map(|&at| at as usize) {
            if cut <= start || cut >= end {
                continue;
            }
            let last = text[start..cut].split_whitespace().next_back();
            if last.is_some_and(|word| crate::fields::precedence::Precedence::from_word(word).is_some()) {
                found.push(Span::of(start..cut));
                start = cut;
            }
        }
        found.push(Span::of(start..end));
        start = end + 1;
    }
    found.iter().map(|span| trimmed_span(span.text(text)).shifted(span.start)).filter(|span| !span.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_in_columns_and_not() {
        assert_eq!(label("MRN:            14 ACCRA 1187"), Some((Label::Number, 4)));
        assert_eq!(label("E.O.: 13526").map(|found| found.0), Some(Label::Order));
        assert_eq!(label("E.O. 13526: DECL: 06/08/2021").map(|found| found.0), Some(Label::Order));
        assert_eq!(label("The harbor: a view"), None);
        assert!(is_sure("MRN: 12 ASTANA 123") && is_sure("Date/DTG: Mar 07, 2012 / 070518Z MAR 12"));
        assert!(!is_sure("MRN: 1977OTTAWA008358 SEGMENT NUMBER: 000001 ERROR READING TEXT INDEX"));
        assert_eq!(inner_labels("MRN: 12 ASTANA 123   From: AMEMBASSY ASTANA"), [21]);
    }

    #[test]
    fn addresses_of_one_label() {
        let text = "AFRICAN UNION COLLECTIVE ROUTINE; LONDON, AMEMBASSY ROUTINE  PARIS, AMEMBASSY ROUTINE";
        let found: Vec<_> = addresses(text, &[60]).into_iter().map(|span| span.text(text).to_owned()).collect();
        assert_eq!(
            found,
            ["AFRICAN UNION COLLECTIVE ROUTINE", "LONDON, AMEMBASSY ROUTINE", "PARIS, AMEMBASSY ROUTINE"]
        );
    }
}
