//! Step one: what a line is by itself.
//!
//! A pure function of the text of one line, so that an edit re-classifies only the lines it touches. What depends on
//! the neighbours (a capital word is a caption, a heading or a signature by its place) is settled when the cable is
//! arranged. A line of a kind here may still be plain text in the body: the place decides.

mod envelope;
mod keywords;
mod kind;
mod publishers;
mod signs;

pub(crate) use keywords::{glued_reference, keyword_at_start};
pub use kind::{Keyword, LineKind};
pub use signs::Signs;

use crate::copy_marks;
use crate::fields::classification;
use crate::fields::page_line;
use crate::furniture;
use crate::marker::read_marker;
use crate::span::Span;
use crate::white_space::{is_residue, trim};

use envelope::{addressee_or_action, is_de_line, is_distribution, is_glued_to, transmission_line};
use publishers::{is_record_metadata, is_weekday_stamp, publishers_table};

/// One line of a cable, without its line break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The text of the line, relative to its cable; the line break after it is not covered.
    pub span: Span,
    /// What the line is by itself.
    pub kind: LineKind,
    /// The signs that it has.
    pub signs: Signs,
}

/// Says what a line is by itself. `text` is one line without its line break.
pub fn classify(text: &str) -> LineKind {
    classify_with(text, Signs::of(text))
}

/// The same of a line whose signs are known.
pub(crate) fn classify_with(text: &str, signs: Signs) -> LineKind {
    if signs.has(Signs::MARKUP) || text.starts_with('>') {
        let bare = copy_marks::bare(text);
        return classify_bare(&bare, Signs::of(&bare));
    }
    classify_bare(text, signs)
}

/// The same of a line in which nothing is taken for a mark of a copy.
pub(crate) fn classify_bare(text: &str, signs: Signs) -> LineKind {
    let written = trim(text);
    // Hardly any line has a backslash at its end.
    let text = if written.ends_with('\\') { written.trim_end_matches(is_residue) } else { written };
    let Some(&first) = text.as_bytes().first() else {
        return if written.is_empty() { LineKind::Blank } else { LineKind::Residue };
    };
    if let Some(kind) = signs.has(Signs::TAB).then(|| publishers_table(text)).flatten() {
        return kind;
    }
    if furniture::is_end_mark(text) {
        return LineKind::Trailer;
    }
    if furniture::is_stamp(text, signs.has(Signs::SLASH)) {
        return LineKind::Furniture;
    }
    let kind = match first {
        b'-' | b'=' | b'*' | b'_' | b'~' => punctuation(text),
        b'(' if keyword_at_start(text).is_some() => keyword_at_start(text).map(LineKind::Keyword),
        b'0'..=b'9' | b'(' | b'[' | b'$' | b'\'' | b'<' | b'#' | b'>' => digits_and_signs(text),
        b'"' | b',' | b'.' => classification::read(text).map(|_| LineKind::Classification),
        b'A'..=b'Z' => capital(first, text, signs),
        b'a'..=b'z' => small(first, text),
        _ => None,
    };
    match kind {
        // The copy lost the line break before the classification line.
        Some(LineKind::Notice | LineKind::To | LineKind::Info | LineKind::Addressee)
            if classification::glued(text).is_some() && classification::read(text).is_some() =>
        {
            LineKind::Classification
        }
        Some(kind) => kind,
        None if read_marker(text).is_some() => LineKind::Marker,
        None => LineKind::Text,
    }
}

fn punctuation(text: &str) -> Option<LineKind> {
    let rule = text.bytes().all(|byte| matches!(byte, b'-' | b'=' | b'*' | b'_' | b'~' | b' '));
    if rule && text.len() >= 3 {
        return Some(LineKind::Rule);
    }
    if text.starts_with("-----") && is_dashes_line(text) {
        return Some(LineKind::Dashes);
    }
    (text.starts_with("=====") && (text.contains("CABLE ENDS") || text.contains("CABLE ERROR")))
        .then(|| if text.contains("ENDS") { LineKind::Metadata } else { LineKind::Trailer })
}

/// Dashes, then a counter of six characters, a time and a total, in any number (FORMAT.md, "Distribution block").
fn is_dashes_line(text: &str) -> bool {
    let tail = text.trim_start_matches('-').trim();
    text.len() - tail.len() >= 15
        && tail.len() <= 24
        && tail.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'A'..=b'F' | b'Z' | b' ' | b'/'))
}

fn digits_and_signs(text: &str) -> Option<LineKind> {
    let bytes = text.as_bytes();
    match bytes[0] {
        b'#' => {
            let serial = text[1..].trim_end_matches(['.', '#']);
            let is_check = !serial.is_empty() && serial.len() <= 6 && serial.bytes().all(|byte| byte.is_ascii_digit());
            return (is_check || text.bytes().all(|byte| byte == b'#')).then_some(LineKind::Trailer);
        }
        b'>' => return (text == ">" || text.contains("@@@")).then_some(LineKind::Metadata),
        b'<' => {
            let id = text.trim_start_matches('<').trim_end_matches('>');
            return (text.starts_with("<<") && id.bytes().all(|byte| byte.is_ascii_digit()))
                .then_some(LineKind::Metadata);
        }
        b'(' => return text.starts_with("(STATE note)").then_some(LineKind::Trailer),
        b'0'..=b'9' => {}
        _ => return None,
    }
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if bytes.get(digits) == Some(&b':') && classification::read(text).is_some() {
        return Some(LineKind::Classification);
    }
    if digits == bytes.len() || (digits >= 2 && text.len() <= 7 && is_counter(text)) {
        return Some(LineKind::Counter);
    }
    if digits >= 5 && crate::fields::date_time_group::looks_like(text) {
        return Some(LineKind::DateTimeGroup);
    }
    is_record_metadata(text).then_some(LineKind::Metadata)
}

/// `71-62`: the page counter of 1973-76 (FORMAT.md, "Distribution block").
fn is_counter(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') && text.matches('-').count() == 1
}

fn small(first: u8, text: &str) -> Option<LineKind> {
    const RECORD: [&str; 8] =
        ["id: ", "date: ", "refid: ", "origin: ", "classification: ", "destination: ", "header:", "content:"];
    let may_be_label = matches!(first, b'i' | b'd' | b'r' | b'o' | b'c' | b'h');
    if may_be_label && RECORD.iter().any(|label| text.starts_with(label) || text == label.trim_end()) {
        return Some(LineKind::Metadata);
    }
    keyword_at_start(text).map(LineKind::Keyword)
}

fn capital(first: u8, text: &str, signs: Signs) -> Option<LineKind> {
    let bytes = text.as_bytes();
    if matches!(first, b'O' | b'P' | b'R' | b'V' | b'Y' | b'Z')
        && let Some(kind) = transmission_line(text)
    {
        return Some(kind);
    }
    if let Some(keyword) = keyword_at_start(text) {
        return Some(LineKind::Keyword(keyword));
    }
    if text.get(..text.len().min(26)).is_some_and(|start| start.contains("PAGE "))
        && page_line::read_old(text).is_some()
    {
        return Some(LineKind::OldPageLine);
    }
    if classification::may_start(text) {
        if classification::read(text).is_some() {
            return Some(LineKind::Classification);
        }
        if classification::is_word_alone(text) {
            return Some(LineKind::ClassificationWord);
        }
    }
    let kind = match first {
        b'A' => addressee_or_action(text),
        b'B' => match text {
            "BT" => Some(LineKind::BreakText),
            "BEGIN TEXT" | "BEGIN QUOTE" | "BEGIN TEXT:" => Some(LineKind::QuoteBegins),
            _ => None,
        },
        b'C' if text.starts_with("CLEARED BY") => Some(LineKind::Drafting),
        b'C' if text.starts_with("Cable dated:") => Some(LineKind::Metadata),
        b'D' if is_de_line(text) => Some(LineKind::De),
        b'D' if text.starts_with("DRAFTED BY") || text.starts_with("DESIRED DISTRIBUTION") => Some(LineKind::Drafting),
        b'D' | b'M' if crate::smart::is_sure(text) => Some(LineKind::SmartLabel),
        b'E' => matches!(text, "END TEXT" | "END TEXT." | "END QUOTE").then_some(LineKind::QuoteEnds),
        b'F' if bytes.starts_with(b"FM ") || text.starts_with("From: AM") => Some(LineKind::From),
        b'F' if text.starts_with("FOLLOWING IS A REPEAT") || text.starts_with("FOLLOWING REPEAT") => {
            Some(LineKind::QuoteBegins)
        }
        b'I' if text.starts_with("ID:") && classification::read(text).is_some() => Some(LineKind::Classification),
        b'I' if bytes.starts_with(b"INFO ") => {
            Some(if is_distribution(&text[5..]) { LineKind::Distribution } else { LineKind::Info })
        }
        b'N' if matches!(text, "NNNN" | "NNN") || is_service_note(text) => Some(LineKind::Trailer),
        b'O' if text.starts_with("ORIGIN ") && is_distribution(&text[7..]) => Some(LineKind::Distribution),
        b'Q' if matches!(text, "QUOTE" | "QUOTE:") => Some(LineKind::QuoteBegins),
        b'S' if text.starts_with("SECSTATE WASHDC") || text.starts_with("SECDEF WASHDC") => Some(LineKind::Addressee),
        b'T' if bytes.starts_with(b"TO ") || is_glued_to(text) => Some(LineKind::To),
        b'T' if text.starts_with(classification::NOTICE) => Some(LineKind::Notice),
        b'U' if text == "UNQUOTE" || text == "UNQUOTE." => Some(LineKind::QuoteEnds),
        b'U' if text.starts_with("USMISSION ") || text.starts_with("USOFFICE ") => Some(LineKind::Addressee),
        b'X' if text.starts_with("XMT ") || text.starts_with("XMT/") => Some(LineKind::Exempt),
        _ => None,
    };
    // An office has a dash before the number of its copies.
    let may_be_distribution = signs.has(Signs::DIGIT) && signs.has(Signs::RULE);
    let page_line = || page_line::read(text).filter(|page| page.span.start == 0).map(|_| LineKind::PageLine);
    kind.or_else(|| signs.has(Signs::DIGIT).then(page_line).flatten())
        .or_else(|| (may_be_distribution && is_distribution(text)).then_some(LineKind::Distribution))
        .or_else(|| (signs.has(Signs::DIGIT) && is_weekday_stamp(text)).then_some(LineKind::Metadata))
}

fn is_service_note(text: &str) -> bool {
    text.starts_with("NOTE: SVC") || text.starts_with("NOTE BY ") || text.starts_with("NOTE: NOT PASSED")
}
