//! The classification line: level, handling, section and MRN (FORMAT.md, "Classification line").

mod damaged;
mod lead;
mod level;
mod section;

use serde::Serialize;

use crate::confusable::as_digits;
use crate::fields::keywords_inside::has_header_keyword;
use crate::scan::Scan;
use crate::span::Span;
use crate::white_space::{is_blank, trim, trimmed_span};

pub use damaged::DamagedClassification;
pub(crate) use damaged::read_damaged_line;
use lead::publishers_lead;
pub(crate) use lead::{NOTICE, glued};
pub(crate) use level::{level_of, may_start};
use level::{read_damaged_level, read_level};

/// Overall classification of a cable, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Classification {
    /// `UNCLAS`, with or without EFTO or SENSITIVE.
    #[serde(rename = "UNCLASSIFIED")]
    Unclassified,
    /// `LIMITED OFFICIAL USE`, until 1995.
    #[serde(rename = "LIMITED OFFICIAL USE")]
    LimitedOfficialUse,
    /// `C O N F I D E N T I A L`.
    #[serde(rename = "CONFIDENTIAL")]
    Confidential,
    /// `S E C R E T`.
    #[serde(rename = "SECRET")]
    Secret,
    /// `T O P S E C R E T`.
    #[serde(rename = "TOP SECRET")]
    TopSecret,
}

impl Classification {
    /// The word, not letter-spaced.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unclassified => "UNCLASSIFIED",
            Self::LimitedOfficialUse => "LIMITED OFFICIAL USE",
            Self::Confidential => "CONFIDENTIAL",
            Self::Secret => "SECRET",
            Self::TopSecret => "TOP SECRET",
        }
    }

    /// The highest rank of a portion mark that is under it (FORMAT.md, "Levels of marks"). UNCLAS covers SBU.
    pub const fn portion_rank(self) -> u8 {
        match self {
            Self::Unclassified | Self::LimitedOfficialUse => 1,
            Self::Confidential => 2,
            Self::Secret => 3,
            Self::TopSecret => 4,
        }
    }
}

/// `SECTION 01 OF 02`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    /// The whole phrase.
    pub span: Span,
    /// Number of this section.
    pub number: u32,
    /// Number of sections.
    pub of: u32,
}

/// Message reference number as written: `ASTANA 002541`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReferenceNumber {
    /// Post and serial.
    pub span: Span,
    /// Post name, spaces included.
    pub post: Span,
    /// Serial as written, with its zeros.
    pub serial: Span,
    /// Serial as a number, letters `O` and `Q` read as zero.
    pub number: u32,
}

/// A classification line with an MRN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassificationLine {
    /// Overall level.
    pub level: Classification,
    /// The words of the level as written, perhaps letter-spaced or damaged.
    pub level_span: Span,
    /// `E F T O`, `NOFORN` and the like, up to the section or the MRN.
    pub caveat: Option<Span>,
    /// Where a section number is.
    pub section: Option<Section>,
    /// Post and serial.
    pub reference_number: ReferenceNumber,
    /// Text glued on after the MRN: perhaps the whole header.
    pub tail: Option<Span>,
}

/// Reads a classification line; spans are columns of `text`, which may hold a publisher's date stamp before the level.
pub(crate) fn read(text: &str) -> Option<ClassificationLine> {
    let lead = text.len() - text.trim_start_matches(|c: char| is_blank(c) || c.is_ascii_punctuation()).len();
    let start = lead + publishers_lead(&text[lead..]);
    let (level, length) = match read_level(&text[start..]) {
        // `UNCLASS LAGOS`: the rest of the word is not the post's.
        Some((_, length)) if is_inside_word(&text[start..], length) => {
            // `C O N F I D E N T I A LLAGOS` has all its letters.
            let damaged = read_damaged_level(&text[start..]).filter(|&(_, end)| end > length);
            damaged.or_else(|| read_level(&text[start..]))?
        }
        Some(read) => read,
        None => read_damaged_level(&text[start..])?,
    };
    let level_span = Span::of(start..start + length);
    let mut at = start + length;
    let caveat = caveats(&text[at..]).map(|length| Span::of(at..at + length));
    at = caveat.map_or(at, |caveat| caveat.end as usize);
    let section = section::read(&text[at..]).map(|read| Section { span: read.span.shifted(at as u32), ..read });
    at = section.map_or(at, |section| section.span.end as usize);
    let (post, serial) = post_and_serial(&text[at..])?;
    let (post, serial) = (post.shifted(at as u32), serial.shifted(at as u32));
    let tail_text = &text[serial.end as usize..];
    // So many figures are no serial, and which of them would be is a guess.
    if serial.len() == 8 && tail_text.starts_with(|next: char| next.is_ascii_digit()) {
        return None;
    }
    // A sentence of the body may begin with a level; an MRN ends its line, or the copy glued header text to it.
    let glued = !tail_text.is_empty() && !tail_text.starts_with(is_blank);
    let all_capitals = !post.text(text).bytes().any(|byte| byte.is_ascii_lowercase());
    let sentence = trim(tail_text).bytes().any(|byte| byte.is_ascii_lowercase()) && section.is_none();
    if (glued && serial.len() < 6) || (!all_capitals && !trim(tail_text).is_empty()) {
        return None;
    }
    // A cable typed in small letters still spaces its level out; a sentence does not.
    if post.text(text).starts_with(|c: char| c.is_ascii_lowercase()) && !level_span.text(text).contains(' ') {
        return None;
    }
    if sentence && !has_header_keyword(tail_text) && serial.len() < 6 {
        return None;
    }
    if !serial.text(text).bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // Six digits are a full serial; what is glued on after belongs to the tail.
    // Eight that begin with zeros are the serial as page lines write it.
    let is_filled = serial.text(text).starts_with("00") && !glued && serial.len() == 8;
    let serial = if is_filled { serial } else { Span::new(serial.start, serial.end.min(serial.start + 6)) };
    let number = as_digits(serial.text(text)).parse().ok()?;
    let tail = text[serial.end as usize..].trim_end_matches(|c: char| is_blank(c) || c == '\\');
    let tail_start = serial.end as usize + (tail.len() - tail.trim_start().len());
    Some(ClassificationLine {
        level,
        level_span,
        caveat: caveat.map(|span| trimmed(text, span)),
        section,
        reference_number: ReferenceNumber { span: Span::new(post.start, serial.end), post, serial, number },
        tail: (!tail.trim().is_empty()).then(|| Span::of(tail_start..serial.end as usize + tail.len())),
    })
}

/// The length of the caveats at the start of a text: `E F T O`, `//NOFORN`, `FOR OFFICIAL USE ONLY`.
fn caveats(text: &str) -> Option<usize> {
    let mut scan = Scan::new(text);
    loop {
        let mut ahead = scan;
        ahead.take_spaces();
        ahead.take_most(2, |sign| sign == b'/');
        ahead.take_spaces();
        let is_caveat =
            ["EFTO", "NOFORN"].iter().any(|word| ahead.take_spaced(word)) || ahead.take("FOR OFFICIAL USE ONLY");
        if !is_caveat {
            break;
        }
        scan = ahead;
    }
    (scan.at() > 0).then_some(scan.at())
}

/// The post and the serial at the start of a text.
fn post_and_serial(text: &str) -> Option<(Span, Span)> {
    const MOST_WORDS: usize = 4;
    let is_digit = |byte: u8| byte.is_ascii_digit();
    let mut scan = Scan::new(text);
    scan.take_spaces();
    // A few posts wrote the year before their name: `C O N F I D E N T I A L 75 LAGOS 4301`.
    let mut after_year = scan;
    if after_year.take_most(2, is_digit) == 2 && after_year.take_spaces() > 0 {
        scan = after_year;
    }
    let start = scan.at();
    let mut found = None;
    for word in 0..MOST_WORDS {
        let is_parted = word == 0 || scan.take(" ");
        if !is_parted || !scan.take_sign(|sign| sign.is_ascii_alphabetic()) {
            break;
        }
        scan.take_signs(|sign| sign.is_ascii_alphabetic() || matches!(sign, b'.' | b'\'' | b'-'));
        let post = Span::of(start..scan.at());
        let mut after = scan;
        if after.take_spaces() > 0 {
            let serial = after
                .span_of(|scan| scan.take_most(8, |sign| is_digit(sign) || matches!(sign, b'O' | b'Q' | b'I' | b'l')));
            // Letters that begin a serial may also begin a word of the post: the longest post goes before.
            found = (serial.len() >= 3).then_some((post, serial)).or(found);
        }
    }
    found.filter(|(_, serial)| !text[serial.end as usize..].contains('\n'))
}

/// Whether a word goes on after `at` that began before it.
fn is_inside_word(text: &str, at: usize) -> bool {
    text[at..].starts_with(|next: char| next.is_ascii_uppercase())
}

fn trimmed(text: &str, span: Span) -> Span {
    trimmed_span(span.text(text)).shifted(span.start)
}

/// A level alone on its line, or followed only by a printer's number: `CONFIDENTIAL     PTQ2529`.
pub(crate) fn is_word_alone(text: &str) -> bool {
    let Some((_, end)) = read_level(text) else { return false };
    let rest = &text[end + caveats(&text[end..]).unwrap_or(0)..];
    let rest = rest.trim().trim_end_matches('\\').trim();
    if text.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return false;
    }
    rest.is_empty()
        || (rest.len() <= 8
            && rest.bytes().any(|b| b.is_ascii_digit())
            && !rest.contains(' ')
            && rest.as_bytes()[0].is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mrn(text: &str) -> Option<&str> {
        read(text).map(|line| line.reference_number.span.text(text))
    }

    #[test]
    fn reads_well_formed_lines() {
        for (text, number) in [
            ("UNCLAS SECTION 01 OF 02 ASTANA 002541", "ASTANA 002541"),
            ("UNCLAS ALMATY 001856", "ALMATY 001856"),
            ("C O N F I D E N T I A L SECTION 1 OF 3 RIYADH 0905", "RIYADH 0905"),
            ("LIMITED OFFICIAL USE STATE 017976", "STATE 017976"),
            ("UNCLAS E F T O LONDON 002468", "LONDON 002468"),
            ("S E C R E T USUN NEW YORK 000123", "USUN NEW YORK 000123"),
            ("SECRET SECTION 01 of 03 KABUL 000693", "KABUL 000693"),
            ("UNCLASSIFIED//FOR OFFICIAL USE ONLY STATE 012345", "STATE 012345"),
            ("S E C R E T NOFORN SECTION 01 OF 02 KABUL 000693", "KABUL 000693"),
            ("T O P  S E C R E T STATE 000123", "STATE 000123"),
        ] {
            assert_eq!(mrn(text), Some(number), "{text}");
        }
    }

    #[test]
    fn reads_damaged_lines() {
        for (text, number) in [
            ("C O N F I D E N T I A L ECTION 01 OF 02 MANAMA 000492", "MANAMA 000492"),
            ("UNCLAS SECTION 01 GF 02 BISHIEK 00Q021", "BISHIEK 00Q021"),
            ("UNCLAS SECTION 01 0F 02 ASTANA 002541", "ASTANA 002541"),
            ("S E C R E T SECTION 02 OF 03QRIPOLI 000583", "QRIPOLI 000583"),
            ("UNCLAS SECTION01 OF 03 SAN JOSE 000525", "SAN JOSE 000525"),
            ("O N F I D E N T I A L BAGHDAD 000290", "BAGHDAD 000290"),
            ("CONFIDENTIALKAMPALA 004180", "KAMPALA 004180"),
            ("SECRET//NOFORN KABUL 000693 \\", "KABUL 000693"),
            ("Unclas State 025434", "State 025434"),
            ("UUNCLAS ASTANA 000412", "ASTANA 000412"),
            ("UNCLASS ASTANA 000412", "ASTANA 000412"),
            ("C O N F I D E N T I A LASTANA 000412", "ASTANA 000412"),
            ("UNCLLAS ASTANA 000412", "ASTANA 000412"),
            ("UCNLAS SECTION 01 OF 02 ASTANA 000412", "ASTANA 000412"),
            ("C O N I D E N T I A L ASTANA 000412", "ASTANA 000412"),
            ("C O N F I D E N T I A I ASTANA 000412", "ASTANA 000412"),
            ("C O N F F I D E N T I A L SECTION 01 OF 02 ASTANA 000412", "ASTANA 000412"),
            ("S E C E T ASTANA 000412", "ASTANA 000412"),
            ("S E R C E T NOFORN ASTANA 000412", "ASTANA 000412"),
            (".C O N F I D E N T I A L ASTANA 000412", "ASTANA 000412"),
            ("C O N F I D E N T I A L 75 LAGOS 4301", "LAGOS 4301"),
            ("S E C R E T SECTOIN 01 OF 03 ASTANA 000412", "ASTANA 000412"),
            ("C O N F I D E N T I A L FINAL SECTION OF 2 LAGOS 4301", "LAGOS 4301"),
            ("C O N F I D E N T I A L SECTION TWO OF THREE LAGOS 4301", "LAGOS 4301"),
            ("UNCLASSIFIED   STATE   00100153", "STATE   00100153"),
            ("INFO RUEHKO/AMEMBASSY TOKYO 0127 UNCLAS SECTION 01 OF 02 ASTANA 000412 SIPDIS", "ASTANA 000412"),
            ("RUEHKO/AMEMBASSY TOKYO\",\"UNCLAS ASTANA 000412 SIPDIS", "ASTANA 000412"),
            (
                "This record is a partial extract of the original cable. Not all is here.UNCLAS ASTANA 000412",
                "ASTANA 000412",
            ),
            ("CC O N F I D E N T I A L KABUL 000693", "KABUL 000693"),
            (
                "Cable dated:2006-02-15T15:18:00S E C R E T TEL AVIV 000687SIPDISE.O. 12958: DECL: 02/15/2016",
                "TEL AVIV 000687",
            ),
        ] {
            assert_eq!(mrn(text), Some(number), "{text}");
        }
        let text = "C O N F I D E N T I A L CAIRO 002065 SIPDIS IO/MPR FOR SMITH E.O. 12958: DECL:10/29/2019";
        assert_eq!(
            read(text).and_then(|line| line.tail).map(|tail| tail.text(text)),
            Some("SIPDIS IO/MPR FOR SMITH E.O. 12958: DECL:10/29/2019")
        );
    }

    #[test]
    fn sections_in_words_have_numbers() {
        let section = |text| read(text).and_then(|line| line.section).map(|section| (section.number, section.of));
        assert_eq!(section("SECRET SECTION TWO OF THREE LAGOS 4301"), Some((2, 3)));
        assert_eq!(section("SECRET FINAL SECTION OF 2 LAGOS 4301"), Some((2, 2)));
        assert_eq!(section("UNCLAS SECTION O1 OF 02 LAGOS 004301"), Some((1, 2)));
        assert_eq!(section("UNCLAS SECTION 01 OF O2 LAGOS 004301"), Some((1, 2)));
    }

    #[test]
    fn leaves_other_lines_alone() {
        for text in [
            "Secretary of State Doe 2006",
            "SECRETARY OF STATE DOE 2006",
            "CONFIDENTIALS ASTANA",
            "A B C D E ASTANA 000412",
            "CONFIDENTIAL",
            "CONFIDENTIAL PTQ2532",
            "Confidentially, 1200 people left.",
            "UNCLAS ASTANA",
            "INFO RUEHKO/AMEMBASSY TOKYO 0127 ON UNCLASSIFIED MATTERS",
            "TO THE SECRET MEETING OF LAGOS 4301",
            "Unclassified sources said that 2000 came to the rally.",
        ] {
            assert_eq!(mrn(text), None, "{text}");
        }
        assert!(is_word_alone("CONFIDENTIAL     PTQ2529") && is_word_alone("LIMITED OFFICIAL USE"));
        assert!(!is_word_alone("SECRET MEETINGS") && !is_word_alone("Confidential"));
    }
}
