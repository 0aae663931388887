//! Lines of the ACP 127 envelope and of the distribution block, told by their first word.

use crate::fields::date_time_group;
use crate::fields::transmission::{self, is_routing_indicator};

use super::kind::LineKind;

/// The ACP 127 lines, and what else begins with one of their first letters.
pub(super) fn transmission_line(text: &str) -> Option<LineKind> {
    let bytes = text.as_bytes();
    if transmission::is_transmission_id(text) {
        return Some(LineKind::TransmissionId);
    }
    if bytes.starts_with(b"ZNR ") || bytes.starts_with(b"ZNY ") {
        return Some(LineKind::OperatingSignal);
    }
    if bytes.starts_with(b"ZEN/") {
        return Some(LineKind::Exempt);
    }
    if bytes.len() >= 6 && bytes[0] == bytes[1] && bytes[2] == b' ' && bytes[0] != b'V' {
        let mut indicators = text[3..].split_ascii_whitespace();
        if indicators.next().is_some_and(is_routing_indicator) {
            return Some(LineKind::Routing);
        }
    }
    if date_time_group::looks_like(text) {
        return Some(LineKind::DateTimeGroup);
    }
    if bytes[0] == b'R' {
        let word = text.split([' ', '/']).next().unwrap_or_default();
        if is_routing_indicator(word) && word.len() >= 5 {
            if bytes.get(word.len()) == Some(&b'/') {
                return Some(LineKind::Addressee);
            }
            if text.split_ascii_whitespace().all(|word| is_routing_indicator(word) && looks_routed(word)) {
                return Some(LineKind::RoutingMore);
            }
        }
    }
    None
}

/// The networks whose indicators are in State cables: without this, `REPORT` alone on a line would be one.
fn looks_routed(word: &str) -> bool {
    ["RU", "RH", "RC", "RX", "RA", "RB", "RD", "RF", "RG", "RP"].iter().any(|prefix| word.starts_with(prefix))
        && !word.ends_with("ING")
}

pub(super) fn addressee_or_action(text: &str) -> Option<LineKind> {
    if let Some(offices) = text.strip_prefix("ACTION ") {
        return is_distribution(offices).then_some(LineKind::Distribution);
    }
    if text.starts_with("AMEMBASSY ") || text.starts_with("AMCONSUL ") {
        return Some(LineKind::Addressee);
    }
    if text.starts_with("APPROVED BY") {
        return Some(LineKind::Drafting);
    }
    let group = text.strip_prefix("AIG ")?;
    group.bytes().next().is_some_and(|byte| byte.is_ascii_digit()).then_some(LineKind::Exempt)
}

/// `DE RUEHTA #0412`: `DE ROULET` is a name.
pub(super) fn is_de_line(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("DE ").filter(|rest| rest.starts_with('R')) else { return false };
    let word = rest.split(' ').next().unwrap_or_default();
    looks_routed(word) || word.len() < rest.trim_end().len()
}

/// `TORUEHC/SECSTATE`: the keyword glued to its RI (FORMAT.md, "Addressees").
pub(super) fn is_glued_to(text: &str) -> bool {
    text.strip_prefix("TO").is_some_and(|rest| rest.split_once('/').is_some_and(|(ri, _)| is_routing_indicator(ri)))
}

/// A list of offices with copies: `SS-25 DODE-00 /026 R` (FORMAT.md, "Distribution block"). A copy may misread a few: `DODE:-00`, `10-19`.
pub(super) fn is_distribution(text: &str) -> bool {
    let (mut offices, mut misread) = (0, 0);
    for word in text.split_ascii_whitespace() {
        let is_office = word.split_once('-').is_some_and(|(office, copies)| {
            (1..=5).contains(&office.len())
                && office.bytes().all(|byte| byte.is_ascii_uppercase())
                && copies.len() == 2
                && copies.bytes().all(|byte| byte.is_ascii_digit())
        });
        let is_total = word.starts_with('/') || matches!(word, "R" | "W" | "ISO" | "(" | ")");
        if is_office {
            offices += 1;
        } else if is_misread_office(word) {
            misread += 1;
        } else if !is_total {
            return false;
        }
    }
    offices > 0 && misread * 3 <= offices
}

/// `DODE:-00`, `10-19`, `OASY-OO`: an office with its copies in which a letter or a digit is another.
fn is_misread_office(word: &str) -> bool {
    word.rsplit_once('-').is_some_and(|(office, copies)| {
        (1..=6).contains(&office.len())
            && office
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte.is_ascii_punctuation())
            && copies.len() == 2
            && copies
                .bytes()
                .all(|byte| byte.is_ascii_digit() || matches!(byte, b'O' | b'Q' | b'I' | b'l' | b'S' | b'B'))
    })
}
