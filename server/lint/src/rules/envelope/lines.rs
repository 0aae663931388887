//! The envelope's lines, each by itself: how they are written and in which order they are (FORMAT.md, "Envelope").
//!
//! A line that the reader took in its loose form is a field; one that it did not know at all is a wrapper part between
//! the lines it knew.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::collections::HashSet;
use std::sync::LazyLock;

use cable_syntax::{Cable, LineKind, Part, PartKind, Scan, ShortPattern, Span, confusable_digit, short_pattern};

use crate::findings::{Context, Findings};
use crate::needs::{Need, Stage};
use crate::{Example, Rule, Severity};

pub(crate) static MALFORMED_TI: Rule = Rule {
    code: "ENV002",
    name: "malformed-ti-line",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Envelope, Need::Finished(Stage::Line)],
    fix: None,
    summary: "the TI line is not VZCZC, three letters and a number",
    explanation: "The TI line opens the transmission: VZCZC, the channel in three letters, and the serial of the \
                  channel in three or four digits, without spaces. A station cites it when it asks for a cable again. \
                  A lost V is not reported, nor are further lines of the envelope that the copy joined to this one.",
    example: Example {
        before: "VZCZC 7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07",
        after: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07",
    },
    source: "5 FAH-2 H-320 (Telecommunications Handbook, ACP 127 format lines)",
    check: malformed_ti,
};

/// Whether a line is a TI line, perhaps with the next one joined to it.
fn is_ti(text: &str) -> bool {
    let mut scan = Scan::new(text);
    scan.take("V");
    let is_channel = scan.take("ZCZC") && scan.take_most(3, |sign| sign.is_ascii_uppercase()) == 3;
    is_channel && scan.take_most(4, |sign| sign.is_ascii_digit()) >= 3 && {
        let digraph = |mut scan: Scan<'_>| {
            scan.take_most(2, |sign| matches!(sign, b'Z' | b'O' | b'P' | b'R' | b'Y')) == 2 && scan.take(" R")
        };
        scan.is_at_end() || (scan.take_spaces() > 0 && (digraph(scan) || scan.take("DE R")))
    }
}

/// Whether a line is what a mistake makes of a TI line: four or more of its first letters in some order, and channel and
/// number after them.
fn is_lost_ti(text: &str) -> bool {
    let letters = text.bytes().take_while(|byte| matches!(byte, b'V' | b'Z' | b'C')).count();
    let rest = &text.as_bytes()[letters..];
    let digits = rest.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let channel = &rest[..rest.len() - digits];
    letters >= 4 && (3..=4).contains(&digits) && channel.len() <= 4 && channel.iter().all(u8::is_ascii_uppercase)
}

fn malformed_ti(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(field) = &cable.envelope.transmission_id else {
        let top = cable.envelope.routing.as_ref().map_or(0, |line| line.span.start);
        let lost = unread(cable, Span::new(0, top)).last().filter(|part| is_lost_ti(cable.slice(part.span)));
        if let Some(part) = lost {
            let text = cable.slice(part.span);
            findings.report(
                part.span,
                format!("TI line \"{text}\" should be VZCZC, three letters and three or four digits"),
            );
        }
        return;
    };
    let text = cable.slice(field.span);
    if !is_ti(text) {
        findings
            .report(field.span, format!("TI line \"{text}\" should be VZCZC, three letters and three or four digits"));
    }
}

pub(crate) static MALFORMED_ROUTING: Rule = Rule {
    code: "ENV003",
    name: "malformed-routing-line",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Envelope, Need::Finished(Stage::Line)],
    fix: None,
    summary: "the routing line is not a precedence digraph and routing indicators",
    explanation: "The routing line is a doubled letter of precedence and the routing indicators of the stations that \
                  relay the cable: OO RUEHIK RUEHPOD. A word that is not a routing indicator sends the cable nowhere. \
                  The list may wrap over lines that hold nothing but indicators. Any indicator is accepted, known or \
                  not, and so is a word that an addressee of the cable has in place of one.",
    example: Example {
        before: "VZCZCXRO7654\nRO RUEHIK\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07",
        after: "VZCZCXRO7654\nRR RUEHIK\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07",
    },
    source: "5 FAH-2 H-320 (Telecommunications Handbook, ACP 127 format lines)",
    check: malformed_routing,
};

/// What a routing line still looks like when the reader does not know it.
static LOST_ROUTING: LazyLock<ShortPattern> =
    LazyLock::new(|| short_pattern(r"^(?:[A-Z0-9]{1,3} +R[A-Z0-9]{3,7}\b|([ZOPR]{2}) *$|R[UH][A-Z0-9]{2,6}\b)"));

/// `RUEHC`
fn is_indicator(word: &str) -> bool {
    (4..=8).contains(&word.len()) && word.starts_with('R') && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn malformed_routing(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    if let Some(field) = &cable.envelope.routing {
        let text = cable.slice(field.span);
        // A copy may end its lines with a backslash, with a space before it or not.
        let words =
            text.split_whitespace().skip(1).map(|word| word.trim_end_matches('\\')).filter(|word| !word.is_empty());
        let addressed = LazyCell::new(|| words_of_addressees(cable));
        // The DE line that the copy joined to this one is no indicator, and no mistake of this line.
        let words = words.take_while(|word| *word != "DE").filter(|word| !is_indicator(word));
        for word in words.filter(|word| !addressed.contains(word)) {
            let start = field.span.start + (word.as_ptr() as usize - text.as_ptr() as usize) as u32;
            let span = Span::new(start, start + word.len() as u32);
            findings.report(span, format!("\"{word}\" in the routing line is not a routing indicator"));
        }
    }
    let Some(de) = &cable.envelope.de else { return };
    let Some(first) = cable.envelope.transmission_id.as_ref().map(|line| line.span.end) else { return };
    for part in unread(cable, Span::new(first, de.span.start)) {
        let text = cable.slice(part.span);
        if LOST_ROUTING.is_match(text) {
            let message =
                format!("routing line \"{text}\" should be a digraph (ZZ, OO, PP, RR) and routing indicators");
            findings.report(part.span, message);
        }
    }
}

/// The words of the addressees, among them what is in place of an indicator: a collective may have its own.
fn words_of_addressees(cable: &Cable) -> HashSet<&str> {
    let addressees = cable.envelope.to.iter().chain(&cable.envelope.info);
    addressees.flat_map(|field| cable.slice(field.span).split([' ', '/'])).collect()
}

/// Lines that the reader knew for nothing. Those that it knew and left to the publisher are another copy's.
fn unread(cable: &Cable, within: Span) -> impl Iterator<Item = &Part> {
    let from = cable.parts.partition_point(|part| part.span.start < within.start);
    let parts = cable.parts[from..].iter().take_while(move |part| part.span.start < within.end);
    let is_unknown =
        |part: &&Part| cable.lines().get(part.line as usize).is_some_and(|line| line.kind == LineKind::Text);
    parts.filter(|part| part.kind == PartKind::Wrapper).filter(is_unknown)
}

pub(crate) static MALFORMED_DE: Rule = Rule {
    code: "ENV005",
    name: "malformed-de-line",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Envelope, Need::Finished(Stage::Line)],
    fix: None,
    summary: "the DE line lacks its routing indicator, serial or filing time, or has them damaged",
    explanation: "The DE line says who files the cable and when: DE, the routing indicator of the station, # and a \
                  serial of four digits, perhaps / and the section, then day of the year and time: DE RUEHTA #2541/01 \
                  2570826. The section may be absent, and so may the # and a Z after the time. Numbers that are there \
                  but impossible are reported by ENV008.",
    example: Example {
        before: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01\nZNR UUUUU ZZH\nR 140826Z SEP 07",
        after: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07",
    },
    source: "5 FAH-2 H-320 (Telecommunications Handbook, ACP 127 format lines)",
    check: malformed_de,
};

/// Whether a line is a DE line, perhaps with the next one joined to it.
fn is_de(text: &str) -> bool {
    let is_digit = |sign: u8| sign.is_ascii_digit();
    let takes_spaces = |scan: &mut Scan<'_>| scan.take_signs(|sign| sign == b' ') > 0;
    let mut scan = Scan::new(text);
    let has_station = scan.take("DE")
        && takes_spaces(&mut scan)
        && scan.take("R")
        && (3..=7).contains(&scan.take_signs(|sign| sign.is_ascii_uppercase()))
        && takes_spaces(&mut scan);
    if !has_station {
        return false;
    }
    scan.take("#");
    scan.take(" ");
    // Letters among the digits of the serial are TXT008's.
    let is_serial = |sign: u8| is_digit(sign) || confusable_digit(char::from(sign)).is_some();
    if scan.take_most(4, is_serial) < 4 || (scan.take("/") && scan.take_most(2, is_digit) < 2) {
        return false;
    }
    if !takes_spaces(&mut scan) || scan.take_most(7, is_digit) < 7 {
        return false;
    }
    scan.take("Z");
    scan.is_at_end()
        || (scan.take_spaces() > 0 && scan.take_one_of(&["ZNR ", "ZNY ", "Z ", "O ", "P ", "R "]).is_some())
}

/// What a DE line still looks like when the reader does not know it.
static LOST_DE: LazyLock<ShortPattern> = LazyLock::new(|| short_pattern(r"^DE +\S*[#A-Z]\S* .*\d"));

fn malformed_de(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(field) = &cable.envelope.de else {
        let top = Span::new(0, cable.envelope.from.as_ref().map_or(0, |line| line.span.start));
        for part in unread(cable, top).filter(|part| LOST_DE.is_match(cable.slice(part.span))) {
            let text = cable.slice(part.span);
            findings.report(part.span, format!("DE line \"{text}\" has no routing indicator after DE"));
        }
        return;
    };
    let text = cable.slice(field.span);
    if is_de(text) {
        return;
    }
    let parts = [
        ("routing indicator", field.value.indicator),
        ("serial", field.value.serial),
        ("filing time", field.value.day),
    ];
    let missing: Vec<&str> = parts.iter().filter(|(_, span)| span.is_empty()).map(|(name, _)| *name).collect();
    let message = if missing.is_empty() {
        format!(
            "DE line \"{text}\" should be DE, routing indicator, # and four digits, / and two digits, and seven digits of filing time"
        )
    } else {
        format!("DE line \"{text}\" has no {}", missing.join(" and no "))
    };
    findings.report(field.span, message);
}

pub(crate) static MALFORMED_OPERATING_SIGNAL: Rule = Rule {
    code: "ENV010",
    name: "malformed-opsig-line",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Envelope, Need::Finished(Stage::Line)],
    fix: None,
    summary: "the op-signal line is not ZNR UUUUU or ZNY and five equal letters, or its ZZH is damaged",
    explanation: "The op-signal line tells the operators how the cable must be guarded: ZNR UUUUU in clear, or ZNY and \
                  five times E, C, S or T. The five letters are equal so that a transmission error shows, and here one \
                  shows. Service signals and correction notes after them are accepted, and a release code may take the \
                  place of the last two letters.",
    example: Example {
        before: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUU ZZH\nR 140826Z SEP 07",
        after: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07",
    },
    source: "ACP 127 (Communications Instructions, Tape Relay Procedures)",
    check: malformed_operating_signal,
};

/// What an op-signal line still looks like when the reader does not know it.
static LOST_SIGNAL: LazyLock<ShortPattern> =
    LazyLock::new(|| short_pattern(r"^(?:[Z27] ?N? ?[A-Z0-9]?|Z[A-Z0-9]{2}) ?[UECST]{3,7}\b"));
/// The signal alone, or the two words in its place.
static SIGNAL: LazyLock<ShortPattern> = LazyLock::new(|| short_pattern(r"^\S+(?:\s+[A-Z]+)?"));

fn malformed_operating_signal(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let lost = || {
        let top = cable.envelope.de.as_ref().map(|line| line.span.end)?;
        let end = cable.envelope.from.as_ref().map(|line| line.span.start)?;
        unread(cable, Span::new(top, end)).map(|part| part.span).find(|span| LOST_SIGNAL.is_match(cable.slice(*span)))
    };
    let Some(span) = cable.envelope.operating_signal.as_ref().map(|field| field.span).or_else(lost) else { return };
    let text = cable.slice(span);
    if security_letter(text).is_some() {
        // The signal after it has lost or doubled a letter.
        let signal =
            text.split_ascii_whitespace().nth(2).filter(|last| matches!(*last, "ZZ" | "ZH" | "ZZZH" | "ZZHH" | "ZHZ"));
        if let Some(last) = signal {
            let start = span.start + (last.as_ptr() as usize - text.as_ptr() as usize) as u32;
            let whole = Span::new(start, start + last.len() as u32);
            findings.report(whole, format!("\"{last}\" after the op-signal should be ZZH"));
        }
        return;
    }
    let end = SIGNAL.find(text).map_or(text.len(), |found| found.end());
    let message = format!("\"{}\" should be ZNR UUUUU, or ZNY and five equal letters E, C, S or T", &text[..end]);
    findings.report(Span::new(span.start, span.start + end as u32), message);
}

/// The letter that a well-formed op-signal line repeats.
pub(super) fn security_letter(text: &str) -> Option<char> {
    let mut words = text.split_ascii_whitespace();
    let (prosign, letters) = (words.next()?, words.next()?);
    let letter = letters.chars().next()?;
    let right = match prosign {
        "ZNR" => letter == 'U',
        "ZNY" => matches!(letter, 'E' | 'C' | 'S' | 'T'),
        _ => false,
    };
    let (security, release) = letters.split_at_checked(3)?;
    let repeated = security.chars().all(|other| other == letter);
    let is_release = release.len() == 2 && (release.chars().all(|other| other == letter) || is_release_code(release));
    (right && repeated && is_release).then_some(letter)
}

/// Transmission release code: two equal letters in place of the last two, when a foreign addressee is served (ACP 117).
fn is_release_code(letters: &str) -> bool {
    matches!(letters, "AA" | "BB" | "CC" | "OO" | "UU" | "XX" | "ZZ")
}

pub(crate) static ORDER: Rule = Rule {
    code: "ENV014",
    name: "envelope-order",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Envelope, Need::Finished(Stage::Line)],
    fix: None,
    summary: "a line of the envelope is out of order",
    explanation: "The lines of the envelope have a fixed order: TI, routing, DE, op-signal, precedence and date-time \
                  group, FM, TO, INFO. Machines read them by their place. Blank lines, XMT, BT and the distribution of \
                  older copies may come between them. Before 1995 it is information only.",
    example: Example {
        before: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nFM AMEMBASSY ASTANA\nR 140826Z SEP 07\nTO RUEHC/SECSTATE WASHDC",
        after: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC",
    },
    source: "5 FAH-2 H-320 (Telecommunications Handbook, ACP 127 format lines)",
    check: order,
};

/// The place of a line in the envelope and its name; none where any place will do.
const fn place(kind: PartKind) -> Option<(u8, &'static str)> {
    Some(match kind {
        PartKind::TransmissionId => (1, "TI line"),
        PartKind::Routing => (2, "routing line"),
        PartKind::De => (3, "DE line"),
        PartKind::OperatingSignal => (4, "op-signal line"),
        PartKind::DateTimeGroup => (5, "date-time group"),
        PartKind::From => (6, "FM line"),
        PartKind::To => (7, "TO line"),
        PartKind::Info => (8, "INFO line"),
        _ => return None,
    })
}

fn order(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let end = cable.header.classification.as_ref().map_or(u32::MAX, |line| line.span.start);
    let above = cable.parts.iter().take_while(|part| part.span.start < end);
    let mut before: Option<(u8, &str, Span)> = None;
    let mut seen = BTreeSet::new();
    for part in above {
        let Some((rank, name)) = place(part.kind) else { continue };
        // A line that has been there begins another envelope: that of a second copy, or what a table left of one.
        let is_back = before.is_some_and(|(earlier, ..)| earlier > rank);
        if (is_back && seen.contains(&rank)) || (rank == 1 && before.is_some()) {
            return;
        }
        seen.insert(rank);
        if let Some((_, earlier, span)) = before.filter(|(earlier, ..)| *earlier > rank) {
            let finding = findings.report(span, format!("{earlier} is before the {name}"));
            finding.related(part.span, format!("the {name} should come first"));
        }
        before = Some((rank, name, part.span));
    }
}
