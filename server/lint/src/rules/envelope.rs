//! The transmission envelope (ENV): what is known of it at all, and its date-time group.

mod agreement;
mod lines;

use std::sync::LazyLock;

use cable_syntax::{Cable, DateTimeGroup, ShortPattern, Span, Zone, month_number, short_pattern};

pub(super) use agreement::{
    DTG_PRECEDENCE, FILING_SKEW, FILING_TIME, ROUTING_PRECEDENCE, SECTION, SECURITY, SERIAL, STATION, serial_by_station,
};
pub(super) use lines::{MALFORMED_DE, MALFORMED_OPERATING_SIGNAL, MALFORMED_ROUTING, MALFORMED_TI, ORDER};

use crate::findings::{Context, Findings};
use crate::needs::{Need, Stage};
use crate::{Example, Rule, Severity};

pub(crate) static PARTIAL_EXTRACT: Rule = Rule {
    code: "ENV001",
    name: "partial-extract",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "the cable is a partial extract without its envelope",
    explanation: "The publisher had only an extract of this cable and says so in a notice above it. Envelope, \
                  addressees, page lines and perhaps references are not there, so the rules that look at them are off. \
                  Nothing is wrong. The notice is reported so that nobody takes the silence of those rules for \
                  approval.",
    example: Example {
        before: "This record is a partial extract of the original cable. The full text of the original cable is not available.\n\nUNCLAS ASTANA 002541",
        after: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC",
    },
    source: "none; seen in published cables",
    check: partial_extract,
};

fn partial_extract(context: &Context<'_>, findings: &mut Findings) {
    if let Some(notice) = &context.cable.envelope.notice {
        findings.report(notice.span, "partial extract: the envelope and the addressees are not checked");
    }
}

pub(crate) static MALFORMED_DTG: Rule = Rule {
    code: "ENV012",
    name: "malformed-dtg",
    severity: Severity::Error,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: true,
    needs: &[Need::NotSmart, Need::Finished(Stage::Line)],
    fix: None,
    summary: "the date-time group is impossible, or lacks its Z",
    explanation: "The date-time group is day, hour and minute in UTC, a Z, month and year: 140826Z SEP 07. It dates \
                  the cable, and its year is part of the id of the cable. With an impossible day, hour, minute or \
                  month, or without the Z, the cable has no date. Letters for digits, and a 2 for the Z, are reported by TXT008. Lower case, a missing precedence letter, a space \
                  before the Z and service words after the year all occur in good copies and are not reported.",
    example: Example {
        before: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 320826Z SEP 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC",
        after: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC",
    },
    source: "ACP 127 (Communications Instructions, Tape Relay Procedures)",
    check: malformed_dtg,
};

/// A line that is a date-time group in all but its month.
static GROUP: LazyLock<ShortPattern> =
    LazyLock::new(|| short_pattern(r"^(?:[ZOPR] ){1,2}(?<group>\d{6} ?Z? ?(?<month>[A-Z]{3}) \d{2})\b"));

fn malformed_dtg(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(field) = &cable.envelope.date_time_group else { return unknown_month(cable, findings) };
    let Some(group) = &field.value else {
        findings.report(field.span, format!("date-time group \"{}\" cannot be read", cable.slice(field.span)));
        return;
    };
    let span = field.at(group.group);
    // A 2 in place of the Z is a misread sign, and TXT008's.
    if two_for_zulu(cable.slice(span), group).is_some() {
        return;
    }
    if let Some(what) = impossible(cable.slice(span), group) {
        findings.report(span, format!("date-time group \"{}\" {what}", cable.slice(span)));
    }
}

/// The seventh figure of a group without a Z whose six others are a moment.
pub(super) fn two_for_zulu(text: &str, group: &DateTimeGroup) -> Option<Span> {
    let is_two = !group.zulu && group.moment.is_some() && text.as_bytes().get(6) == Some(&b'2');
    is_two.then_some(Span::new(6, 7))
}

/// What is impossible in a group, in words.
fn impossible(text: &str, group: &DateTimeGroup) -> Option<String> {
    if !group.zulu {
        return Some("has no Z".to_owned());
    }
    if group.moment.is_some() {
        return None;
    }
    let digits = text.split(|character: char| !character.is_ascii_alphanumeric()).next().unwrap_or_default();
    let digits = digits.trim_end_matches(['Z', 'z']);
    // A letter for a digit is TXT008's: it may be all that is wrong.
    let year = text.split_whitespace().next_back().unwrap_or_default();
    if digits.len() == 6 && !digits.bytes().chain(year.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let pair = |at: usize| digits.get(at..at + 2).and_then(|pair| pair.parse::<u32>().ok());
    Some(match (digits.len(), pair(0), pair(2), pair(4)) {
        (6, Some(day), Some(hour), Some(minute)) => {
            if hour > 23 {
                format!("is impossible: there is no hour {hour}")
            } else if minute > 59 {
                format!("is impossible: there is no minute {minute}")
            } else {
                format!("is impossible: the month has no day {day}")
            }
        }
        (length, ..) => format!("has {length} digits; it should have 6"),
    })
}

/// A group whose month is none is no line that the reader knows; in an envelope it can be nothing else.
fn unknown_month(cable: &Cable, findings: &mut Findings) {
    if cable.envelope.from.is_none() && cable.envelope.de.is_none() {
        return;
    }
    let header = cable.header.classification.as_ref().map_or(u32::MAX, |line| line.span.start);
    let above = cable.parts.iter().take_while(|part| part.span.start < header);
    for part in above.filter(|part| matches!(part.kind.zone(), Zone::Envelope | Zone::Wrapper)) {
        let Some(found) = GROUP.captures(cable.slice(part.span)) else { continue };
        if month_number(&found["month"]).is_some() {
            continue;
        }
        let Some(group) = found.name("group") else { continue };
        let span = Span::of(group.range()).shifted(part.span.start);
        findings.report(
            span,
            format!("date-time group \"{}\" is impossible: there is no month {}", group.as_str(), &found["month"]),
        );
        return;
    }
    unread_group(cable, findings);
}

/// A line that can only be a date-time group: it is above the FM line, below the DE line, and ends in a month and a year.
static LIKE_GROUP: LazyLock<ShortPattern> = LazyLock::new(|| {
    short_pattern(
        r"^[A-Z0-9][A-Z0-9 l]{4,14}Z? ?(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]{0,6} ?\d{2}(?:\d{2})?\b",
    )
});

/// A group whose figures or letters are damaged so that the reader does not know the line.
fn unread_group(cable: &Cable, findings: &mut Findings) {
    let Some((de, from)) = cable.envelope.de.as_ref().zip(cable.envelope.from.as_ref()) else { return };
    let Some(below) = cable.lines().get(de.line as usize + 1..from.line as usize) else { return };
    let line = below.iter().rev().map(|line| line.span).find(|span| !cable.slice(*span).trim().is_empty());
    if let Some(span) = line.filter(|span| LIKE_GROUP.is_match(cable.slice(*span))) {
        let text = cable.slice(span).trim_end();
        let span = Span::new(span.start, span.start + text.len() as u32);
        findings.report(span, format!("date-time group \"{text}\" cannot be read"));
    }
}
