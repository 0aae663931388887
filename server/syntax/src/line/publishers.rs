//! Lines that a publisher put around a cable (FORMAT.md, "Publishers' lines").

use crate::fields::classification;

use super::kind::LineKind;

/// Rows of a publisher's table, which have tabs (FORMAT.md, "Publishers' lines").
pub(super) fn publishers_table(text: &str) -> Option<LineKind> {
    let cells = memchr::memchr_iter(b'\t', text.as_bytes()).count();
    if classification::read(text).is_some_and(|line| line.level_span.start > 0) {
        return Some(LineKind::Classification);
    }
    // A paragraph may hold tabs as well; its first cell is no bare id.
    let is_id = || {
        let first = text.split('\t').next().unwrap_or_default().trim();
        first.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'/'))
    };
    (cells >= 3 && text.as_bytes()[0].is_ascii_digit() && is_id()).then_some(LineKind::Metadata)
}

/// `2004-12-06`, `04THEHAGUE3178`, `03PARIS1|03PARIS2`: rows of a publisher's record (FORMAT.md, "Publishers' lines").
pub(super) fn is_record_metadata(text: &str) -> bool {
    let bytes = text.as_bytes();
    let iso_date = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
    if iso_date && bytes.iter().enumerate().all(|(index, byte)| index == 4 || index == 7 || byte.is_ascii_digit()) {
        return true;
    }
    text.len() >= 6 && bytes[2].is_ascii_uppercase() && text.split('|').all(is_canonical_id)
}

fn is_canonical_id(text: &str) -> bool {
    let post = text.trim_start_matches(|character: char| character.is_ascii_digit());
    let year = text.len() - post.len();
    let letters = post.bytes().take_while(u8::is_ascii_uppercase).count();
    year == 2 && letters >= 3 && letters < post.len() && post.as_bytes()[letters..].iter().all(u8::is_ascii_digit)
}

/// `Friday, 16 June 2006, 06:08` (FORMAT.md, "Publishers' lines").
pub(super) fn is_weekday_stamp(text: &str) -> bool {
    text.len() <= 40
        && text.split_once("day, ").is_some_and(|(day, rest)| {
            day.len() <= 6
                && rest.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
                && rest.bytes().filter(u8::is_ascii_digit).count() >= 5
        })
}
