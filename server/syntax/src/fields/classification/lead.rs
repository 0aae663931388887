//! What is in front of the level on its line: a publisher's stamp, a notice or an addressee that lost its line break.

use std::sync::LazyLock;

use regex::Regex;

use crate::fields::transmission::is_routing_indicator;
use crate::pattern::pattern;

use super::level::read_level;

/// A whole classification line after something else: a notice, or the last addressee.
static GLUED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?x) (?:[.,"\ \\0-9]) (?<level> (?:UNCLAS(?:SIFIED)?|C\ O\ N\ F\ I\ D\ E\ N\ T\ I\ A\ L|S\ E\ C\ R\ E\ T|CONFIDENTIAL|SECRET)
        \ {1,2} (?:(?:NOFORN|E\ F\ T\ O)\ )? (?:SECTION\ \d{2}\ OF\ \d{2}\ {1,2})? [A-Z][A-Z.']*(?:\ [A-Z][A-Z.']*){0,2}\ \d{6} ) (?:[\ A-Z\\]|$)"#,
    )
});

/// Where a classification line begins that the copy glued after a notice or an addressee.
pub(crate) fn glued(text: &str) -> Option<usize> {
    // No such line is short, and none lacks these letters.
    let has_level =
        || ["UNCLAS", "T I A L ", "C R E T ", "IDENTIAL ", "SECRET "].iter().any(|part| text.contains(part));
    (text.len() > 24 && has_level()).then(|| GLUED.captures(text)?.name("level").map(|level| level.start())).flatten()
}

/// Whether a line is a notice, or an addressee, and more.
fn may_have_glued(text: &str) -> bool {
    text.starts_with(NOTICE)
        || text.starts_with("TO ")
        || text.starts_with("INFO ")
        || text.starts_with("AM")
        || text.split_once('/').is_some_and(|(indicator, _)| is_routing_indicator(indicator))
}

/// How every notice of a partial extract begins.
pub(crate) const NOTICE: &str = "This record is a partial extract of the original cable.";

/// Length of what is in front of the level: a publisher's date stamp, the cells of a table, a notice or an
/// addressee that lost its line break (FORMAT.md, "Publishers' lines").
pub(super) fn publishers_lead(text: &str) -> usize {
    const STAMP: &str = "Cable dated:";
    if let Some(at) = text.find(STAMP).filter(|&at| at == 0 || text.starts_with("ID:")) {
        let stamp = &text[at + STAMP.len()..];
        let digits =
            stamp.bytes().take_while(|&byte| byte.is_ascii_digit() || matches!(byte, b'-' | b':' | b'T')).count();
        // The `T` of `TOP SECRET` glued on would be taken for the time's; a stamp ends with a digit.
        let end = at + STAMP.len() + stamp[..digits].trim_end_matches('T').len();
        return end + usize::from(text[end..].starts_with(']'));
    }
    // `14:25 UNCLAS ...`: the hour of a preview.
    if let [b'0'..=b'9', b'0'..=b'9', b':', b'0'..=b'9', b'0'..=b'9', b' ', ..] = text.as_bytes() {
        return 6;
    }
    if let Some(at) = Some(text).filter(|text| may_have_glued(text)).and_then(glued) {
        return at;
    }
    let cell = text.rfind('\t').map(|at| at + 1).or_else(|| text.rfind("\",").map(|at| at + 2));
    cell.filter(|&at| read_level(&text[at..]).is_some()).unwrap_or(0)
}
