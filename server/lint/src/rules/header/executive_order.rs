//! The E.O. line against the classification and the date (HDR001 to HDR007).

use std::sync::LazyLock;

use cable_catalog::Catalog;
use cable_catalog::calendar::{EXEMPTIONS_END, FIRST_ORDER};
use cable_syntax::{
    Cable, Classification, ExecutiveOrder, Field, Scan, ShortPattern, Span, as_digits, declassification_date, is_space,
    is_word_sign, short_pattern,
};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::findings::{Context, Findings};
use crate::needs::{Need, Stage};
use crate::{Change, Example, Letters, Rule, RuleFix, Severity};

/// The E.O. line, unless it was put on at release: copies of old cables carry a line of a later order
/// (FORMAT.md, "Orders and dates").
fn order_of_its_time<'a>(context: &Context<'a>) -> Option<&'a Field<ExecutiveOrder>> {
    let cable = context.cable;
    let field = cable.header.executive_order.as_ref()?;
    let number = field.value.order.map(|order| cable.slice(field.at(order)));
    let order = number.and_then(|number| context.catalog.executive_order(number));
    // A number that is none is most likely the order of the years that the collection has.
    let from = order.map_or(FIRST_ORDER, |order| order.in_force_from);
    cable.sent_on().is_none_or(|day| day >= from).then_some(field)
}

/// `N/A`, however written.
/// `N/A`, `NA`, `n. a.`
fn is_not_applicable(text: &str) -> bool {
    let mut scan = Scan::new(text);
    scan.take_any_case("N") && {
        scan.take(" ");
        scan.take_sign(|sign| matches!(sign, b'/' | b'.' | b'-'));
        scan.take(" ");
        scan.take_any_case("A") && scan.is_word_edge()
    }
}

fn instruction<'a>(cable: &'a Cable, field: &Field<ExecutiveOrder>) -> (Span, &'a str) {
    let span = field.at(field.value.instruction);
    (span, cable.slice(span))
}

pub(crate) static CLASSIFICATION: Rule = Rule {
    code: "HDR004",
    name: "eo-classification-mismatch",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::NotSmart, Need::Finished(Stage::Line)],
    fix: None,
    summary: "the E.O. line does not fit the classification",
    explanation: "The E.O. line of a classified cable says when it is declassified. An unclassified cable has nothing \
                  to declassify, and its line says N/A. If a classified cable has N/A, or an unclassified one a \
                  declassification date, the level or the line was copied from another cable. A line that was added to \
                  an older cable at its release is left alone. Before 1995 it is information only.",
    example: Example {
        before: "UNCLAS ASTANA 002541\n\nE.O. 12958: DECL: 03/06/2017\nTAGS: PREL KZ\nSUBJECT: TALKS",
        after: "UNCLAS ASTANA 002541\n\nE.O. 12958: N/A\nTAGS: PREL KZ\nSUBJECT: TALKS",
    },
    source: "E.O. 11652 of 8 March 1972; E.O. 12065 of 28 June 1978; E.O. 12356 of 2 April 1982; E.O. 12958 of 17 April 1995; E.O. 13526 of 29 December 2009; 5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: classification,
};

/// An instruction to declassify.
static DECLASSIFIES: LazyLock<ShortPattern> = LazyLock::new(|| {
    short_pattern(r"^(?i)(?:DECL?\b:? ?(?:\d|\(?X\d|OADR)|\d{1,4}/\d{1,2}/\d{2,4}|X?GDS\b|ADS\b|[RX]DS\b)")
});

fn classification(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(field) = order_of_its_time(context) else { return };
    let Some(line) = &cable.header.classification else { return };
    let (span, text) = instruction(cable, field);
    let level = line.value.level;
    let is_open = level == Classification::Unclassified && text != "N/A" && DECLASSIFIES.is_match(text);
    let is_closed = level >= Classification::Confidential && is_not_applicable(text);
    if !is_open && !is_closed {
        return;
    }
    let message = format!("E.O. line \"{text}\" on a cable that is {}", level.word());
    let finding = findings.report(span, message);
    finding.related(line.at(line.value.level_span), level.word());
}

pub(crate) static INVALID_DATE: Rule = Rule {
    code: "HDR005",
    name: "decl-invalid-date",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::NotSmart, Need::Finished(Stage::Line)],
    fix: None,
    summary: "the declassification date is impossible, or not after the DTG",
    explanation: "A classified cable is declassified on a day after it was sent, and at most 25 years later. A date \
                  that is not in the calendar, one that is not after the DTG, and one more than 25 years and a month \
                  later are mistakes, and the cable is opened too early, too late or never. The last day of the 25th year is the \
                  one on which the order itself opens the cable. Years of two digits are \
                  read as the next such year after the DTG. Before 1995 it is information only.",
    example: Example {
        before: "C O N F I D E N T I A L ASTANA 000605\n\nE.O. 12958: DECL: 02/30/2017\nTAGS: PREL KZ\nSUBJECT: TALKS",
        after: "C O N F I D E N T I A L ASTANA 000605\n\nE.O. 12958: DECL: 02/28/2017\nTAGS: PREL KZ\nSUBJECT: TALKS",
    },
    source: "E.O. 12958 of 17 April 1995",
    check: invalid_date,
};

/// 25 years and a month, in months.
const LONGEST: i32 = 25 * 12 + 1;

/// Whole months from one day to a later one.
fn months_between(from: Date, to: Date) -> i32 {
    let years = i32::from(to.year()) - i32::from(from.year());
    years * 12 + i32::from(to.month()) - i32::from(from.month()) + i32::from(to.day() > from.day())
}

fn invalid_date(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(field) = order_of_its_time(context) else { return };
    let (span, text) = instruction(cable, field);
    let sent = cable.sent_on();
    let Some((columns, day)) = declassification_date(text, sent.map(Date::year)) else { return };
    let at = columns.shifted(span.start);
    let written = cable.slice(at);
    // Letters among the figures are TXT008's, where the figures then give a date.
    let read = as_digits(written);
    if day.is_none() && read != written && declassification_date(&read, None).is_some_and(|found| found.1.is_some()) {
        return;
    }
    let message = match (day, sent) {
        (None, _) => format!("declassification date \"{written}\" is not a date"),
        (Some(day), Some(sent)) if day <= sent => {
            format!("declassification date \"{written}\" is not after the DTG, {sent}")
        }
        (Some(day), Some(sent))
            if months_between(sent, day) > LONGEST
                && (day.year(), day.month(), day.day()) != (sent.year() + 25, 12, 31) =>
        {
            format!("declassification date \"{written}\" is more than 25 years after the DTG, {sent}")
        }
        _ => return,
    };
    let finding = findings.report(at, message);
    if let Some(group) = cable.envelope.date_time_group.as_ref().filter(|_| sent.is_some()) {
        finding.related(group.span, "the DTG");
    }
}

pub(crate) static MALFORMED: Rule = Rule {
    code: "HDR002",
    name: "malformed-eo",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::unsafe_(&[Change::Field], Letters::Any)),
    summary: "the order number or the instruction of the E.O. line has no known form",
    explanation: "The E.O. line names an executive order, 12958 in most cables, and an instruction: N/A, DECL: with a \
                  date, a mark or an event, or the marks of the older orders. If the number is not the number of such \
                  an order, or the instruction has another form, nobody can tell when the cable is declassified. The \
                  keyword and its colon are checked by HDR013, impossible dates by HDR005. Before 1995 it is \
                  information only.",
    example: Example {
        before: "E.O. 12598: N/A\nTAGS: PREL KZ\nSUBJECT: TALKS",
        after: "E.O. 12958: N/A\nTAGS: PREL KZ\nSUBJECT: TALKS",
    },
    source: "E.O. 12958 of 17 April 1995; 5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: malformed,
};

/// Whether some order knows an instruction. An event follows DECL in words.
fn is_known(text: &str) -> bool {
    const ALONE: [&str; 10] = ["OADR", "MR", "ADS", "GDS", "XGDS", "NGDS", "NXGDS", "RDS", "XDS", "N/A"];
    let begins = |word: &str| {
        let mut scan = Scan::new(text);
        scan.take_any_case(word).then_some(scan)
    };
    let is_begun = || ALONE.iter().any(|word| begins(word).is_some_and(|scan| scan.is_word_edge()));
    let has_event = || {
        let mut words = ["DECL", "DNG"].into_iter().filter_map(begins).filter(Scan::is_word_edge);
        words.any(|mut scan| {
            scan.take_signs(|sign| sign == b' ');
            scan.take_signs(|sign| sign == b':');
            scan.take_signs(|sign| sign == b' ');
            scan.rest().starts_with(|next| !is_space(next))
        })
    };
    let is_exempt = || {
        let mut scan = Scan::new(text);
        scan.take("(");
        scan.take("25");
        scan.take_any_case("X") && scan.take_sign(|sign| sign.is_ascii_digit())
    };
    let is_spaced = || ["N / A", "N /A", "N/ A"].into_iter().filter_map(begins).any(|scan| scan.is_word_edge());
    !text.contains('\n') && (has_event() || is_begun() || is_exempt() || is_spaced() || begins("AS AMENDED").is_some())
}

/// A word at the start that should be `DECL:`, and what is between it and the date.
static NEARLY_DECL: LazyLock<ShortPattern> = LazyLock::new(|| {
    short_pattern(
        r"^(?<word>(?i:DEC(?:L?ASS?IFY|LASSIFIED|LASS|LARE)?(?: ON)?|D[A-Z]{2,5}))(?<sign> ?[:;.,]? ?)(?<date>\d{1,4}[/-]\d{1,2}[/-]\d{1,4})$",
    )
});

fn malformed(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(field) = order_of_its_time(context) else { return };
    if let Some(order) = field.value.order.map(|order| field.at(order)) {
        let number = cable.slice(order);
        if context.catalog.executive_order(number).is_none() {
            let finding = findings.report(order, format!("E.O. {number} is not an order on classification"));
            let meant = nearest_order(number, cable.sent_on(), context.catalog);
            // In `1295 8:` the figures go on.
            if let Some(meant) = meant.filter(|_| is_whole(&cable.text()[order.end as usize..])) {
                finding.fix(format!("Write {meant}"), vec![(order, meant.to_owned())]);
            }
        }
    }
    let (span, text) = instruction(cable, field);
    // A cut-off line says nothing; what TAGS glued on is TXT013's; a bare date says what it means.
    let is_left = text.is_empty() || text.ends_with("...") || text.contains("TAGS") || is_bare_date(text);
    if is_left || is_known(text) {
        return;
    }
    let finding = findings.report(span, format!("unknown instruction \"{text}\" in the E.O. line"));
    if let Some(found) = NEARLY_DECL.captures(text) {
        let edit = Span::of(0..found["word"].len() + found["sign"].len()).shifted(span.start);
        finding.fix("Write DECL:", vec![(edit, "DECL: ".to_owned())]);
    } else if is_not_applicable(text) && text.trim_end_matches('.').len() <= 4 {
        finding.fix("Write N/A", vec![(span, "N/A".to_owned())]);
    }
}

/// Whether a number ends where this text begins, and no colon is late.
fn is_whole(after: &str) -> bool {
    let after = after.trim_start_matches(' ');
    let colon = after.find([':', '\n']).filter(|&at| after[at..].starts_with(':'));
    colon.is_none_or(|at| at == 0 || at > 2)
}

/// `03/06/2017` and nothing else.
fn is_bare_date(text: &str) -> bool {
    let mut scan = Scan::new(text);
    let mut takes_number = |most: usize| {
        scan.take_most(most, |sign| sign.is_ascii_digit()) > 0 && {
            scan.take_sign(|sign| matches!(sign, b'/' | b'-')) || scan.is_at_end()
        }
    };
    let is_date = takes_number(4) && takes_number(2) && takes_number(4);
    is_date && scan.is_at_end() && text.bytes().filter(|sign| matches!(sign, b'/' | b'-')).count() == 2
}

/// The one order that a number is nearest to, a mistake away; of several the one in force.
fn nearest_order(number: &str, sent: Option<Date>, catalog: &Catalog) -> Option<&'static str> {
    let near: Vec<_> = catalog
        .executive_orders()
        .filter(|order| !order.is_amendment && !order.doubtful && strsim::osa_distance(number, order.number) == 1)
        .collect();
    let in_force = |order: &&cable_catalog::ExecutiveOrder<'static>| sent.is_some_and(|day| order.is_in_force_on(day));
    match near.as_slice() {
        [only] => Some(only.number),
        several => several.iter().find(in_force).map(|order| order.number),
    }
}

pub(crate) static OBSOLETE_EXEMPTION: Rule = Rule {
    code: "HDR007",
    name: "decl-x-marking-obsolete",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::NotSmart, Need::Finished(Stage::Line)],
    fix: None,
    summary: "an exemption mark is used that was no longer allowed",
    explanation: "Until 2003 a cable could be exempted from declassification after ten years by one of the marks X1 to \
                  X8. Since 22 September 2003 they must not be used: a date within 25 years takes their place. The \
                  exemptions from declassification after 25 years, 25X1 to 25X9, remain and are left alone, as are \
                  cables without a date.",
    example: Example {
        before: "VZCZCXRO7840\nPP RUEHDBU\nDE RUEHTA #0605/01 0660518\nZNY CCCCC ZZH\nP 070518Z MAR 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC PRIORITY\n\nC O N F I D E N T I A L ASTANA 000605\n\nE.O. 12958: DECL: X1\nTAGS: PREL KZ\nSUBJECT: TALKS",
        after: "VZCZCXRO7840\nPP RUEHDBU\nDE RUEHTA #0605/01 0660518\nZNY CCCCC ZZH\nP 070518Z MAR 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC PRIORITY\n\nC O N F I D E N T I A L ASTANA 000605\n\nE.O. 12958: DECL: 03/06/2032\nTAGS: PREL KZ\nSUBJECT: TALKS",
    },
    source: "E.O. 13292 of 25 March 2003, which amends E.O. 12958",
    check: obsolete_exemption,
};

/// The marks that ended, `X1` to `X8`.
fn exemptions(text: &str) -> impl Iterator<Item = Span> + '_ {
    let bytes = text.as_bytes();
    let is_apart = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_none_or(|&byte| !is_word_sign(byte));
    memchr::memchr_iter(b'X', bytes)
        .filter(move |&at| {
            matches!(bytes.get(at + 1), Some(b'1'..=b'8')) && is_apart(at.checked_sub(1)) && is_apart(Some(at + 2))
        })
        .map(|at| Span::of(at..at + 2))
}

fn obsolete_exemption(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(field) = &cable.header.executive_order else { return };
    let Some(sent) = cable.sent_on().filter(|sent| *sent >= EXEMPTIONS_END) else { return };
    let (span, text) = instruction(cable, field);
    for found in exemptions(text) {
        let mark = found.text(text);
        findings
            .report(found.shifted(span.start), format!("exemption {mark} on {sent} was not allowed after 22 Sep 2003"));
    }
}

pub(crate) static WRONG_FOR_DATE: Rule = Rule {
    code: "HDR003",
    name: "eo-wrong-for-date",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::NotSmart, Need::Finished(Stage::Line)],
    fix: None,
    summary: "the E.O. line names an order that was no longer in force",
    explanation: "Orders on classification follow one another, and a cable names the one in force on its date. An \
                  order that had been replaced more than 60 days before was copied from an older cable, and its \
                  instructions may be void. E.O. 12958 is accepted to the end of 2010. A line with a later order on an \
                  older cable was added at its release and is left alone.",
    example: Example {
        before: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC 0680\n\nUNCLAS ASTANA 002541\n\nE.O. 12356: N/A\nTAGS: PREL KZ\nSUBJECT: TALKS",
        after: "VZCZCXRO7654\nRR RUEHAST\nDE RUEHTA #2541/01 2570826\nZNR UUUUU ZZH\nR 140826Z SEP 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC 0680\n\nUNCLAS ASTANA 002541\n\nE.O. 12958: N/A\nTAGS: PREL KZ\nSUBJECT: TALKS",
    },
    source: "E.O. 11652 of 8 March 1972; E.O. 12065 of 28 June 1978; E.O. 12356 of 2 April 1982; E.O. 12958 of 17 April 1995; E.O. 13526 of 29 December 2009",
    check: wrong_for_date,
};

/// Days for which an order that was replaced is still accepted.
const OVERLAP: i32 = 60;
/// The year to the end of which E.O. 12958 is accepted.
const LAST_YEAR_OF_12958: i16 = 2010;

fn wrong_for_date(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(field) = order_of_its_time(context) else { return };
    let Some(span) = field.value.order.map(|order| field.at(order)) else { return };
    let number = cable.slice(span);
    let Some(order) = context.catalog.executive_order(number).filter(|order| !order.doubtful) else { return };
    let (Some(sent), Some(end)) = (cable.sent_on(), order.in_force_to) else { return };
    let is_accepted = days_from(end, sent) <= OVERLAP || (number == "12958" && sent.year() <= LAST_YEAR_OF_12958);
    if order.is_amendment || is_accepted {
        return;
    }
    let Some(in_force) = context.catalog.order_in_force(sent) else { return };
    findings.report(span, format!("E.O. {number} was no longer in force on {sent}; E.O. {} was", in_force.number));
}

/// Days from one day to another; negative where the other is before it.
fn days_from(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |between| between.get_days())
}

pub(crate) static DURATION: Rule = Rule {
    code: "HDR006",
    name: "decl-duration-atypical",
    severity: Severity::Hint,
    lower_severity: None,
    on_by_default: false,
    is_of_all_eras: false,
    needs: &[Need::NotSmart, Need::Finished(Stage::Line)],
    fix: None,
    summary: "the declassification date is not 10 or 25 years after the DTG",
    explanation: "Most cables are declassified 10 or 25 years after they were sent, give or take two days. Other dates \
                  are legal, and many are intended, so the rule is off by default. It helps to find a year that was \
                  mistyped. Impossible dates are reported by HDR005.",
    example: Example {
        before: "VZCZCXRO7840\nPP RUEHDBU\nDE RUEHTA #0605/01 0660518\nZNY CCCCC ZZH\nP 070518Z MAR 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC PRIORITY\n\nC O N F I D E N T I A L ASTANA 000605\n\nE.O. 12958: DECL: 03/06/2019\nTAGS: PREL KZ\nSUBJECT: TALKS",
        after: "VZCZCXRO7840\nPP RUEHDBU\nDE RUEHTA #0605/01 0660518\nZNY CCCCC ZZH\nP 070518Z MAR 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC PRIORITY\n\nC O N F I D E N T I A L ASTANA 000605\n\nE.O. 12958: DECL: 03/06/2017\nTAGS: PREL KZ\nSUBJECT: TALKS",
    },
    source: "E.O. 12958 of 17 April 1995",
    check: duration,
};

/// The usual lengths in years, and how many days a date may be off.
const USUAL: [i16; 2] = [10, 25];
const OFF_BY: i32 = 2;

fn duration(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let (Some(field), Some(sent)) = (order_of_its_time(context), cable.sent_on()) else { return };
    let (span, text) = instruction(cable, field);
    let Some((columns, Some(day))) = declassification_date(text, Some(sent.year())) else { return };
    let after = |years: i16| sent.saturating_add(years.years());
    let is_usual = |years: i16| days_from(after(years), day).abs() <= OFF_BY;
    if day <= sent || months_between(sent, day) > LONGEST || USUAL.into_iter().any(is_usual) {
        return;
    }
    let at = columns.shifted(span.start);
    let years = (0..=25).rev().find(|&years| after(years) <= day).unwrap_or_default();
    let rest = days_from(after(years), day);
    let message = format!("DECL {day} is {years} years and {rest} days after the DTG, usually 10 or 25 years");
    findings.report(at, message);
}
