//! Format lines 1 to 4: TI line, routing line, DE line, op-signal line (FORMAT.md, "Envelope").
//!
//! Every reader takes the loose form: what is wrong stays readable, and a rule says so.

use crate::confusable::confusable_digit;
use crate::fields::precedence::Precedence;
use crate::scan::Scan;
use crate::span::Span;

/// `VZCZCXRO7654`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TransmissionId {
    /// Three letters of the channel.
    pub channel: Span,
    /// Channel serial number.
    pub serial: Span,
}

/// `RR RUEHAST RUEHDBU`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routing {
    /// The doubled letter.
    pub digraph: Span,
    /// What it means.
    pub precedence: Option<Precedence>,
    /// Routing indicators, in order.
    pub indicators: Vec<Span>,
}

/// `DE RUEHTA #2541/01 2570826`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct De {
    /// RI of the originating station.
    pub indicator: Span,
    /// Station serial number, without `#`.
    pub serial: Span,
    /// Section, where one is.
    pub section: Option<Span>,
    /// Day of the year of filing, three digits.
    pub day: Span,
    /// Time of filing, four digits, UTC.
    pub time: Span,
}

/// `ZNY CCCCC ZZH`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperatingSignal {
    /// `ZNR` or `ZNY`.
    pub prosign: Span,
    /// The repeated letter.
    pub letters: Span,
    /// What follows.
    pub service: Option<Span>,
}

/// The word that a transmission begins with.
const START: &str = "VZCZC";

/// Whether a line is a TI line. Alone on its line, with its channel and its serial, the word may have a mistake.
pub(crate) fn is_transmission_id(text: &str) -> bool {
    text.starts_with(START) || text.starts_with(&START[1..]) || damaged_start(text).is_some()
}

/// The length of a damaged `VZCZC` before three letters of channel and four digits of serial.
fn damaged_start(text: &str) -> Option<usize> {
    let is_whole =
        (10..=14).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let (word, channel) = text.split_at_checked(text.len().checked_sub(7).filter(|_| is_whole)?)?;
    let (letters, serial) = channel.split_at(3);
    let is_channel =
        letters.bytes().all(|byte| byte.is_ascii_uppercase()) && serial.bytes().all(|byte| byte.is_ascii_digit());
    (is_channel && strsim::osa_distance(word, START) <= 1).then_some(word.len())
}

/// Reads a TI line; spans are columns of `text`, empty where a part is missing.
pub(crate) fn read_transmission_id(text: &str) -> Option<TransmissionId> {
    if let Some(length) = damaged_start(text).filter(|_| !text.starts_with(START)) {
        return Some(TransmissionId {
            channel: Span::of(length..length + 3),
            serial: Span::of(length + 3..text.len()),
        });
    }
    let mut scan = Scan::new(text);
    scan.take_one_of(&[START, &START[1..]])?;
    scan.take_spaces();
    let channel = scan.span_of(|scan| scan.take_most(3, |byte| byte.is_ascii_uppercase()));
    scan.take_spaces();
    let is_digit = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'O' | b'I' | b'l');
    Some(TransmissionId { channel, serial: scan.span_of(|scan| scan.take_signs(is_digit)) })
}

/// Reads the first line of the routing; wrapped lines give [`read_indicators`].
pub(crate) fn read_routing(text: &str) -> Routing {
    let digraph = Span::of(0..text.find(' ').unwrap_or(text.len()));
    Routing {
        digraph,
        precedence: Precedence::from_letter(digraph.text(text)),
        indicators: read_indicators(&text[digraph.range().end..]).map(|span| span.shifted(digraph.end)).collect(),
    }
}

/// The routing indicators of a line.
pub(crate) fn read_indicators(text: &str) -> impl Iterator<Item = Span> {
    words(text).filter(|span| is_routing_indicator(span.text(text)))
}

/// Spans of the words of a line.
pub(crate) fn words(text: &str) -> impl Iterator<Item = Span> {
    text.split_ascii_whitespace().map(move |word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        Span::of(start..start + word.len())
    })
}

/// Reads a DE line; parts that are missing are empty spans.
pub(crate) fn read_de(text: &str) -> Option<De> {
    let is_digit = |byte: u8| byte.is_ascii_digit();
    let mut scan = Scan::new(text);
    if !scan.take("DE ") {
        return None;
    }
    scan.take_signs(|byte| byte == b' ');
    let indicator = scan.span_of(|scan| scan.take_most(8, |byte| byte.is_ascii_uppercase()));
    let mut de = De { indicator, ..De::default() };
    if indicator.len() < 3 {
        return None;
    }
    if scan.take_signs(|byte| byte == b' ') > 0 {
        scan.take("#");
        scan.take(" ");
        // A letter read for a digit does not hide what follows.
        let serial = scan
            .span_of(|scan| scan.take_most(6, |byte| is_digit(byte) || confusable_digit(char::from(byte)).is_some()));
        let serial = if serial.text(text).bytes().any(is_digit) { serial } else { Span::default() };
        de.serial = if serial.is_empty() { Span::default() } else { serial };
        let mut after = scan;
        let section = after.take("/").then(|| after.span_of(|scan| scan.take_most(2, is_digit)));
        de.section = section.filter(|section| !section.is_empty());
        if de.section.is_some() {
            scan = after;
        }
    }
    if scan.take_signs(|byte| byte == b' ') > 0 {
        let day = scan.span_of(|scan| scan.take_most(3, is_digit));
        scan.take(" ");
        let time = scan.span_of(|scan| scan.take_most(4, is_digit));
        if day.len() == 3 && time.len() == 4 {
            (de.day, de.time) = (day, time);
        }
    }
    Some(de)
}

/// Reads an op-signal line.
pub(crate) fn read_operating_signal(text: &str) -> Option<OperatingSignal> {
    let mut scan = Scan::new(text);
    let prosign = scan.span_of(|scan| scan.take_one_of(&["ZNR", "ZNY"]));
    if prosign.is_empty() || scan.take_spaces() == 0 {
        return None;
    }
    let letters = scan.span_of(|scan| scan.take_signs(|byte| byte.is_ascii_uppercase()));
    let is_word = !letters.is_empty() && (scan.is_at_end() || scan.take_spaces() > 0);
    let service = scan.rest().trim_ascii_end();
    let columns = Span::of(scan.at()..scan.at() + service.len());
    let is_line = is_word && !service.contains('\n');
    is_line.then_some(OperatingSignal { prosign, letters, service: (!columns.is_empty()).then_some(columns) })
}

/// 4 to 8 letters that start with `R` (FORMAT.md, "Routing line").
pub fn is_routing_indicator(word: &str) -> bool {
    (4..=8).contains(&word.len()) && word.starts_with('R') && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_four_lines() {
        let text = "VZCZCXRO7654";
        let line = read_transmission_id(text).expect("a TI line");
        assert_eq!((line.channel.text(text), line.serial.text(text)), ("XRO", "7654"));

        let text = "OO RUEHIK RUEHPOD RUEHROV";
        let line = read_routing(text);
        assert_eq!(line.precedence, Some(Precedence::Immediate));
        assert_eq!(
            line.indicators.iter().map(|ri| ri.text(text)).collect::<Vec<_>>(),
            ["RUEHIK", "RUEHPOD", "RUEHROV"]
        );

        let text = "DE RUEHTA #2541/01 2570826";
        let line = read_de(text).expect("a DE line");
        assert_eq!(line.section.map(|span| span.text(text)), Some("01"));
        assert_eq!((line.indicator.text(text), line.serial.text(text)), ("RUEHTA", "2541"));
        assert_eq!((line.day.text(text), line.time.text(text)), ("257", "0826"));

        let text = "DE RUEHTA #25O1 2570826";
        let line = read_de(text).expect("a DE line");
        assert_eq!((line.serial.text(text), line.day.text(text)), ("25O1", "257"));

        let text = "ZNY CCCCC ZZH (CCY ADDED CLASS)";
        let line = read_operating_signal(text).expect("an op-signal line");
        assert_eq!(
            (line.letters.text(text), line.service.map(|s| s.text(text))),
            ("CCCCC", Some("ZZH (CCY ADDED CLASS)"))
        );
    }

    #[test]
    fn reads_what_is_left_of_damaged_lines() {
        let text = "DE RUEHTA #1945 3030957";
        assert_eq!(read_de(text).map(|line| (line.section, line.day.text(text))), Some((None, "303")));
        assert_eq!(read_de("DE RUEHTA").map(|line| line.serial.is_empty()), Some(true));
        assert_eq!(read_transmission_id("VZCZC 7654").map(|line| line.channel.is_empty()), Some(true));
    }
}
