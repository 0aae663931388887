//! What two lines of the envelope, or the envelope and the header, say of one thing (FORMAT.md, "Cross-line rules").

use cable_syntax::{Cable, Classification, ClassificationLine, DateTimeGroup, Field, Precedence, Span, as_digits};

use super::lines::security_letter;
use crate::findings::{Context, Findings};
use crate::needs::{Need, Stage};
use crate::rules::addressing;
use crate::{Example, Rule, Severity};

pub(crate) static ROUTING_PRECEDENCE: Rule = Rule {
    code: "ENV004",
    name: "routing-precedence-mismatch",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Envelope, Need::Finished(Stage::Envelope)],
    fix: None,
    summary: "the routing line has another precedence than the addressees",
    explanation: "The digraph of the routing line is the highest precedence of any addressee, and an addressee without \
                  a word of precedence is ROUTINE: one IMMEDIATE among fifteen addressees makes the cable OO. It is \
                  compared only where every addressee was read and the copy does not break off, because a lost line \
                  may have held the word.",
    example: Example {
        before: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC PRIORITY 0680",
        after: "VZCZCXRO7654\nPP RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nP 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC PRIORITY 0680",
    },
    source: "5 FAH-2 H-320 (Telecommunications Handbook, ACP 127 format lines); 5 FAH-2 H-420 (Telecommunications Handbook, precedences)",
    check: routing_precedence,
};

fn routing_precedence(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(routing) = &cable.envelope.routing else { return };
    let Some(precedence) = routing.value.precedence.filter(|_| addressing::all_are_read(cable)) else { return };
    let Some((highest, span)) = addressing::highest(cable.envelope.to.iter().chain(&cable.envelope.info)) else {
        return;
    };
    if highest != precedence {
        let digraph = routing.at(routing.value.digraph);
        let written = cable.slice(digraph);
        findings
            .report(
                digraph,
                format!("routing precedence is {written}, but the highest addressee precedence is {}", highest.word()),
            )
            .related(span, format!("highest precedence: {}", highest.word()));
    }
}

pub(crate) static DTG_PRECEDENCE: Rule = Rule {
    code: "ENV013",
    name: "dtg-precedence-mismatch",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Envelope, Need::Finished(Stage::DateTimeGroup)],
    fix: None,
    summary: "the date-time group has another precedence than the routing line",
    explanation: "The letter before the date-time group is the action precedence, and the digraph of the routing line \
                  says the same: P and PP. A second letter is the precedence for information addressees. The cable is \
                  in order when either of them agrees. Where a copy has no routing line, the letter is not below the \
                  highest precedence of the addressees, and Z only where one of them is FLASH. A missing letter is \
                  not reported.",
    example: Example {
        before: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nP 140826Z SEP 07",
        after: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07",
    },
    source: "5 FAH-2 H-320 (Telecommunications Handbook, ACP 127 format lines); 5 FAH-2 H-420 (Telecommunications Handbook, precedences)",
    check: dtg_precedence,
};

fn dtg_precedence(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some((field, group)) = date_time_group(cable) else { return };
    let Some(routing) = &cable.envelope.routing else {
        precedence_of_addressees(cable, field, group, findings);
        return;
    };
    let (Some(precedence), Some((action, letter))) = (routing.value.precedence, group.precedence) else { return };
    let agrees = action == precedence || group.info_precedence.is_some_and(|(info, _)| info == precedence);
    if !agrees {
        let (letter, digraph) = (field.at(letter), routing.at(routing.value.digraph));
        let (a, b) = (cable.slice(letter), cable.slice(digraph));
        let message = format!(
            "date-time group has precedence {a} ({}), but the routing line has {b} ({})",
            action.word(),
            precedence.word()
        );
        findings.report(letter, message).related(digraph, format!("routing {b}"));
    }
}

/// Without a routing line the addressees tell: the date-time group is not below the highest of them, and FLASH only where
/// one of them is.
fn precedence_of_addressees(
    cable: &Cable,
    field: &Field<Option<DateTimeGroup>>,
    group: &DateTimeGroup,
    findings: &mut Findings,
) {
    let envelope = &cable.envelope;
    let Some((action, letter)) = group.precedence else { return };
    let highest = envelope.to.iter().chain(&envelope.info).filter_map(|one| Some((one.value.precedence?.0, one.span)));
    let Some((highest, addressee)) = highest.max_by_key(|(precedence, _)| *precedence) else { return };
    let is_flash_alone = action == Precedence::Flash && highest < Precedence::Flash;
    if action < highest || is_flash_alone {
        let letter = field.at(letter);
        let message = format!(
            "date-time group has precedence {} ({}), but the highest of the addressees is {}",
            cable.slice(letter),
            action.word(),
            highest.word()
        );
        findings.report(letter, message).related(addressee, highest.word());
    }
}

/// The date-time group line, where it can be read.
fn date_time_group(cable: &Cable) -> Option<(&Field<Option<DateTimeGroup>>, &DateTimeGroup)> {
    let field = cable.envelope.date_time_group.as_ref()?;
    Some((field, field.value.as_ref()?))
}

pub(crate) static SERIAL: Rule = Rule {
    code: "ENV006",
    name: "de-serial-mismatch",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Envelope, Need::Finished(Stage::Classification)],
    fix: None,
    summary: "the serial of the DE line differs from the MRN",
    explanation: "The serial of the station in the DE line is the last four digits of the serial in the MRN: #9155 for \
                  STATE 119155. Where they differ, one of them was mistyped, or the envelope belongs to another cable, \
                  and references by number lead to the wrong place.",
    example: Example {
        before: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2514/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07",
        after: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07",
    },
    source: "5 FAH-2 H-320 (Telecommunications Handbook, ACP 127 format lines)",
    check: serial,
};

/// A serial of the MRN with the figures of the DE line in place of its letters, where its own figures are that line's.
pub(in crate::rules) fn serial_by_station(cable: &Cable, serial: &str) -> Option<String> {
    let de = cable.envelope.de.as_ref()?;
    let station = cable.slice(de.at(de.value.serial));
    let (head, tail) = serial.split_at_checked(serial.len().checked_sub(STATION_DIGITS)?)?;
    let is_number = station.len() == STATION_DIGITS && station.bytes().all(|byte| byte.is_ascii_digit());
    let fits = tail.bytes().zip(station.bytes()).all(|(own, other)| own == other || !own.is_ascii_digit());
    (is_number && fits).then(|| as_digits(head) + station)
}

/// The figures of a station's serial.
const STATION_DIGITS: usize = 4;

/// A station counts to this and begins anew.
pub(in crate::rules) const STATION: u32 = 10_000;

fn serial(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some((de, line)) = cable.envelope.de.as_ref().zip(cable.header.classification.as_ref()) else { return };
    let (span, number) = (de.at(de.value.serial), line.at(line.value.reference_number.span));
    // A serial of another length is ENV005's.
    let Some(serial) = cable.slice(span).parse::<u32>().ok().filter(|_| span.len() == 4) else { return };
    // The series of a travelling delegation counts by days: PARTO 040301 is the first of 3 April.
    let post = cable.slice(line.at(line.value.reference_number.post));
    if context.catalog.post(post).is_some_and(|post| post.city.is_empty() && !post.doubtful) {
        return;
    }
    // Letters in the serial are TXT008's, where its figures are those of this line.
    let own = cable.slice(line.at(line.value.reference_number.serial));
    let is_garbled = own.bytes().any(|byte| !byte.is_ascii_digit()) && serial_by_station(cable, own).is_some();
    if !is_garbled && serial != line.value.reference_number.number % STATION {
        let message = format!("serial in the DE line is {}, but the MRN is {}", cable.slice(span), cable.slice(number));
        findings.report(span, message).related(number, format!("MRN {}", cable.slice(number)));
    }
}

pub(crate) static SECTION: Rule = Rule {
    code: "ENV007",
    name: "de-section-mismatch",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Envelope, Need::Finished(Stage::Classification)],
    fix: None,
    summary: "the section of the DE line differs from the classification line",
    explanation: "Each section of a long cable is sent by itself. The DE line has its number after the slash, the \
                  classification line after SECTION. Copies whose sections were merged keep both of the first section. \
                  They are compared only where both are there; a cable of one section may have /01 without the word \
                  SECTION.",
    example: Example {
        before: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/02 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07\n\nUNCLAS SECTION 01 OF 02 ASTANA 002541",
        after: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07\n\nUNCLAS SECTION 01 OF 02 ASTANA 002541",
    },
    source: "5 FAH-2 H-320 (Telecommunications Handbook, ACP 127 format lines)",
    check: section,
};

fn section(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some((de, line)) = cable.envelope.de.as_ref().zip(cable.header.classification.as_ref()) else { return };
    let Some((span, section)) = de.value.section.map(|span| de.at(span)).zip(line.value.section) else { return };
    let differs = cable.slice(span).parse::<u32>().is_ok_and(|number| number != section.number);
    if differs {
        let other = line.at(section.span);
        let message = format!(
            "section in the DE line is {}, but the classification line says {}",
            cable.slice(span),
            cable.slice(other)
        );
        findings.report(span, message).related(other, cable.slice(other));
    }
}

pub(crate) static FILING_TIME: Rule = Rule {
    code: "ENV008",
    name: "filing-time-invalid",
    severity: Severity::Error,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Envelope, Need::Finished(Stage::DateTimeGroup)],
    fix: None,
    summary: "the filing time is not a day of the year and a time of day",
    explanation: "The filing time of the DE line is the day of the year in three digits and the time in four, in UTC: \
                  2570826 is 08:26 on 14 September. Day 000, days after 365 (366 in a leap year), hour 24 and minute \
                  60 do not exist.",
    example: Example {
        before: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570862\nZNR UUUUU ZZH\nR 140826Z SEP 07",
        after: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07",
    },
    source: "ACP 127 (Communications Instructions, Tape Relay Procedures)",
    check: filing_time,
};

/// Day, hour and minute of filing as written, and where.
struct Filing {
    day: i32,
    hour: i32,
    minute: i32,
    span: Span,
}

fn filing(cable: &Cable) -> Option<Filing> {
    let de = cable.envelope.de.as_ref()?;
    let time = cable.slice(de.at(de.value.time));
    Some(Filing {
        day: cable.slice(de.at(de.value.day)).parse().ok()?,
        hour: time.get(..2)?.parse().ok()?,
        minute: time.get(2..)?.parse().ok()?,
        span: Span::new(de.at(de.value.day).start, de.at(de.value.time).end),
    })
}

impl Filing {
    /// What does not exist in it. The year is that of the DTG, or the one before it.
    fn impossible(&self, year: Option<i16>) -> Option<String> {
        let may_be_leap = year.is_none_or(|year| days_of(year).max(days_of(year - 1)) == 366);
        let last = if may_be_leap { 366 } else { 365 };
        if !(1..=last).contains(&self.day) {
            return Some(format!("day {:03}", self.day));
        }
        if self.hour > 23 {
            return Some(format!("hour {}", self.hour));
        }
        (self.minute > 59).then(|| format!("minute {}", self.minute))
    }
}

const fn days_of(year: i16) -> i32 {
    if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) { 366 } else { 365 }
}

fn filing_time(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(filing) = filing(cable) else { return };
    if let Some(what) = filing.impossible(cable.year()) {
        let written = cable.slice(filing.span);
        findings.report(filing.span, format!("filing time {written} is impossible: there is no {what}"));
    }
}

pub(crate) static FILING_SKEW: Rule = Rule {
    code: "ENV009",
    name: "filing-dtg-skew",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Envelope, Need::Finished(Stage::DateTimeGroup)],
    fix: None,
    summary: "the filing time is far from the date-time group",
    explanation: "The station files a cable when it is written or some hours later, so the filing time of the DE line \
                  is the time of the date-time group or a little later. If it is more than a day later, or more than \
                  ten minutes earlier, one of them may be mistyped. The year is taken from the date-time group, also \
                  across New Year.",
    example: Example {
        before: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2750826\nZNR UUUUU ZZH\nR 140826Z SEP 07",
        after: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07",
    },
    source: "ACP 127 (Communications Instructions, Tape Relay Procedures)",
    check: filing_skew,
};

const DAY: i64 = 24 * 60;

fn filing_skew(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some((filing, (field, group))) = filing(cable).zip(date_time_group(cable)) else { return };
    let Some((sent, filed)) = cable.sent().zip(cable.filed()) else { return };
    let skew = Some(filed.duration_since(sent).as_mins());
    let Some(skew) = skew.filter(|skew| !(-10..=DAY).contains(skew)) else { return };
    let group = field.at(group.group);
    let written = cable.slice(filing.span);
    let direction = if skew < 0 { "before" } else { "after" };
    let message =
        format!("filing time {written} is {} {direction} the date-time group {}", length(skew), cable.slice(group));
    findings.report(filing.span, message).related(group, format!("date-time group {}", cable.slice(group)));
}

/// Minutes in words, their sign aside.
fn length(minutes: i64) -> String {
    let minutes = minutes.abs();
    match (minutes / DAY, minutes % DAY / 60, minutes % 60) {
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (1, hours, _) => format!("1 day {hours} h"),
        (days, hours, _) => format!("{days} days {hours} h"),
    }
}

pub(crate) static SECURITY: Rule = Rule {
    code: "ENV011",
    name: "opsig-classification-mismatch",
    severity: Severity::Error,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Envelope, Need::Finished(Stage::Classification)],
    fix: None,
    summary: "the op-signal line has another classification than the cable",
    explanation: "The repeated letter of the op-signal line is the classification of the cable: U for UNCLAS with or \
                  without SENSITIVE, E for UNCLAS E F T O, and C, S and T for CONFIDENTIAL, SECRET and TOP SECRET. A \
                  cable whose lines differ was guarded too little or withheld too much. Damaged lines are reported by \
                  ENV010.",
    example: Example {
        before: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNY CCCCC ZZH\nR 140826Z SEP 07",
        after: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07",
    },
    source: "ACP 127 (Communications Instructions, Tape Relay Procedures)",
    check: security,
};

fn security(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(signal) = &cable.envelope.operating_signal else { return };
    let Some(line) = &cable.header.classification else { return };
    let Some(letter) = security_letter(cable.slice(signal.span)) else { return };
    if !guards(letter, &line.value) {
        let span = signal.value.as_ref().map_or(signal.span, |value| signal.at(value.letters));
        let (level, word) = (line.at(line.value.level_span), line.value.level.word());
        let message = format!("op-signal line says {}, but the cable is {word}", cable.slice(span));
        findings.report(span, message).related(level, format!("the cable is {word}"));
    }
}

/// Whether a letter is that of a classification. The years of LIMITED OFFICIAL USE had other letters.
fn guards(letter: char, line: &ClassificationLine) -> bool {
    match line.level {
        Classification::Unclassified => letter == 'U' || (letter == 'E' && line.caveat.is_some()),
        Classification::LimitedOfficialUse => true,
        Classification::Confidential => letter == 'C',
        Classification::Secret => letter == 'S',
        Classification::TopSecret => letter == 'T',
    }
}
