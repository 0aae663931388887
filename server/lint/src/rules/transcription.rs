//! Mistakes of the transcription: what the scan, the web edition and the copying did to the text (TXT).

use std::cell::LazyCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use cable_syntax::decoder::Artefact;
use cable_syntax::marker::Sign;
use cable_syntax::{
    Cable, DateTimeGroup, Paragraph, Span, as_digits, confusable_digit, declassification_date, pattern,
};
use regex::Regex;

use super::envelope::{STATION, serial_by_station, two_for_zulu};
use crate::findings::{Context, Finding, Findings};
use crate::marker_repair::{artefact_of, edit, number_span, sure};
use crate::needs::{Need, Stage};
use crate::{Change, DiagnosticTag, Example, Letters, Rule, RuleFix, Severity};

pub(crate) static PILCROW_AS_ONE: Rule = Rule {
    code: "TXT001",
    name: "pilcrow-as-one",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: true,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::safe(&[Change::Marker], Letters::Sign)),
    summary: "a paragraph number begins with a 1 that is a misread pilcrow",
    explanation: "The web edition prints a pilcrow before each paragraph number. Character recognition often reads \
                  that sign as the digit 1, so that paragraph 7 becomes 17, and anyone who cites the paragraph cites \
                  the wrong one. All numbers of the cable are compared to tell a 17 that is 7 from one that is 17. \
                  Where that is not certain, PAR007 says so and nothing is changed.",
    example: Example {
        before: "11. (SBU) Summary.\n\n12. (SBU) Talks go on.",
        after: "1. (SBU) Summary.\n\n2. (SBU) Talks go on.",
    },
    source: "none; seen in published cables",
    check: pilcrow_as_one,
};

fn pilcrow_as_one(context: &Context<'_>, findings: &mut Findings) {
    let is_hit = |artefact: Artefact| artefact.stripped && artefact.sign == Sign::None && !artefact.confusable;
    // A later section goes on with the numbers, and 11 there may be 11.
    let is_later = LazyCell::new(|| is_later_section(context.cable));
    for paragraph in sure(context.cable).filter(|paragraph| is_hit(artefact_of(paragraph))) {
        let finding = report_number(context, findings, paragraph, "the leading 1 is a misread pilcrow");
        if *is_later {
            finding.mark_unsafe();
        }
    }
}

/// Whether a cable is a later section though its header does not say so: the DE line or its first page line does.
fn is_later_section(cable: &Cable) -> bool {
    let header = cable.header.classification.as_ref().and_then(|line| line.value.section);
    let de = cable.envelope.de.as_ref().and_then(|de| cable.slice(de.at(de.value.section?)).parse::<u32>().ok());
    let first = cable.body.page_lines.first().and_then(|page| page.value.section);
    header.is_none()
        && (de.is_some_and(|section| section > 1) || (de.is_none() && first.is_some_and(|section| section > 2)))
}

pub(crate) static PILCROW_DOUBLED: Rule = Rule {
    code: "TXT002",
    name: "pilcrow-doubled",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: true,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::safe(&[Change::Marker], Letters::Sign)),
    summary: "a pilcrow is kept and also read as 1",
    explanation: "The pilcrow of the web edition was kept, and read as the digit 1 as well: paragraph 8 becomes ¶18. A \
                  kept pilcrow alone is right and is not reported.",
    example: Example {
        before: "¶7. (SBU) Talks go on.\n\n¶18. (SBU) They end.",
        after: "¶7. (SBU) Talks go on.\n\n8. (SBU) They end.",
    },
    source: "none; seen in published cables",
    check: pilcrow_doubled,
};

fn pilcrow_doubled(context: &Context<'_>, findings: &mut Findings) {
    let is_hit = |artefact: Artefact| artefact.stripped && artefact.sign == Sign::Kept;
    for paragraph in sure(context.cable).filter(|paragraph| is_hit(artefact_of(paragraph))) {
        report_number(context, findings, paragraph, "the pilcrow is kept and also read as 1");
    }
}

pub(crate) static PILCROW_LINK: Rule = Rule {
    code: "TXT003",
    name: "pilcrow-link",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: true,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::safe(&[Change::Marker], Letters::Sign)),
    summary: "a pilcrow became link markup",
    explanation: "The web edition makes a link of the pilcrow, and the copy keeps its markup: [1](#)7. for paragraph \
                  7. The sign is before every line that begins with a number, or with a single letter and a period, so \
                  it is also found in lists of references.",
    example: Example { before: "[1](#)1. (U) The delegation left.", after: "1. (U) The delegation left." },
    source: "none; seen in published cables",
    check: pilcrow_link,
};

fn pilcrow_link(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    for reference in cable.header.references.iter().flat_map(|references| &references.entries) {
        let Some((letter, span)) = reference.value.letter else { continue };
        let Some(link) = link_length(cable.slice(span)) else { continue };
        let written = cable.slice(span).trim_end();
        findings
            .report(
                Span::new(span.start, span.start + written.len() as u32),
                format!("\"{written}\" is reference {letter}: pilcrow with link markup"),
            )
            .fix("Remove the link", vec![(Span::new(span.start, span.start + link as u32), String::new())]);
    }
    for paragraph in sure(cable).filter(|paragraph| paragraph.marker.value.sign == Sign::Link) {
        report_number(context, findings, paragraph, "pilcrow with link markup");
    }
}

/// Length of `[1](#)` at the start of a text.
fn link_length(text: &str) -> Option<usize> {
    let target = text.strip_prefix('[')?.split_once("](")?.1;
    let mut depth = 1;
    for (at, sign) in target.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' => depth -= 1,
            // A link that is never closed is none.
            '[' | ' ' | '\n' => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(text.len() - target.len() + at + 1);
        }
    }
    None
}

pub(crate) static PILCROW_LATEX: Rule = Rule {
    code: "TXT004",
    name: "pilcrow-latex",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: true,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::safe(&[Change::Marker], Letters::Sign)),
    summary: "a pilcrow became a LaTeX command",
    explanation: "Some recognition programs write the pilcrow as LaTeX, with dollar signs around the number: $\\P5$. \
                  for paragraph 5. A search for the paragraph number does not find it.",
    example: Example { before: "$\\P1$. (SBU) Summary.", after: "1. (SBU) Summary." },
    source: "none; seen in published cables",
    check: pilcrow_latex,
};

fn pilcrow_latex(context: &Context<'_>, findings: &mut Findings) {
    for paragraph in sure(context.cable).filter(|paragraph| paragraph.marker.value.sign == Sign::Latex) {
        report_number(context, findings, paragraph, "pilcrow as a LaTeX command");
    }
}

pub(crate) static LIST_DASH: Rule = Rule {
    code: "TXT005",
    name: "list-dash-before-paragraph",
    severity: Severity::Hint,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: true,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::safe(&[Change::Marker], Letters::Sign)),
    summary: "there is a list dash of the transcription before a paragraph number",
    explanation: "Some recognition programs take the paragraphs for a list and put a dash before the number. A cable \
                  has no such dash: a dash of its own is before a list item without a number.",
    example: Example { before: "- 1. (SBU) Summary.", after: "1. (SBU) Summary." },
    source: "none; seen in published cables",
    check: list_dash,
};

fn list_dash(context: &Context<'_>, findings: &mut Findings) {
    let mut dashed = sure(context.cable).filter(|paragraph| paragraph.marker.value.dash).peekable();
    // Hardly any cable has one.
    if dashed.peek().is_none() {
        return;
    }
    let mut count: HashMap<u32, usize> = HashMap::new();
    for paragraph in &context.cable.body.paragraphs {
        *count.entry(paragraph.number).or_default() += 1;
    }
    for paragraph in dashed {
        let start = paragraph.marker.at(paragraph.marker.value.number).start;
        let dash = number_span(context.cable, paragraph).start;
        let length = context.cable.slice(Span::new(start, dash)).trim_end().len() as u32;
        let number = paragraph.number;
        let edits = edit(context, paragraph);
        let finding = findings
            .report(Span::new(start, start + length), format!("list dash before the number of paragraph {number}"))
            .tag(DiagnosticTag::Unnecessary)
            .fix(format!("Write paragraph {number} without the dash"), edits);
        // Where the number is there twice, the dash tells a list from the paragraphs.
        if count.get(&number).is_some_and(|&count| count > 1) {
            finding.mark_unsafe();
        }
    }
}

pub(crate) static LINK_MARKUP: Rule = Rule {
    code: "TXT006",
    name: "link-markup",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: true,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::safe(&[], Letters::Link)),
    summary: "TAGS have the link markup of a web page",
    explanation: "The web edition links each TAG to a list of cables. A copy of the page as Markdown keeps the markup: \
                  [PREL](#) for PREL. Programs that look for PREL by itself do not find it.",
    example: Example { before: "TAGS: [PREL](#) [PHUM](#) [KZ](#)", after: "TAGS: PREL PHUM KZ" },
    source: "none; seen in published cables",
    check: link_markup,
};

fn link_markup(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(tags) = &cable.header.tags else { return };
    let mut span: Option<Span> = None;
    let mut edits = Vec::new();
    for tag in tags.tags.iter().filter(|tag| tag.value.linked) {
        let whole = tag.at(tag.value.span);
        let text = cable.slice(whole);
        let Some((length, code)) = link_length(text).zip(text[1..].split(']').next()) else { continue };
        let link = Span::new(whole.start, whole.start + length as u32);
        // TAGS that only their links kept apart stay apart.
        let is_glued =
            cable.text()[link.end as usize..].starts_with(|next: char| next == '[' || next.is_alphanumeric());
        let follows = edits.last().is_some_and(|(before, _): &(Span, String)| before.end == link.start);
        let is_glued_before = !follows
            && cable.text()[..link.start as usize].ends_with(|last: char| last == ')' || last.is_alphanumeric());
        let (before, after) = (if is_glued_before { " " } else { "" }, if is_glued { " " } else { "" });
        edits.push((link, format!("{before}{code}{after}")));
        span = Some(Span::new(span.map_or(link.start, |span| span.start), link.end));
    }
    let Some(span) = span else { return };
    let message = match edits.len() {
        1 => "1 TAG has link markup".to_owned(),
        count => format!("{count} TAGS have link markup"),
    };
    findings.report(span, message).fix("Remove the links", edits);
}

pub(crate) static CONFUSABLE_DIGIT: Rule = Rule {
    code: "TXT008",
    name: "confusable-digit",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::safe(&[Change::Value], Letters::Digits)),
    summary: "there is a letter in place of a digit",
    explanation: "Character recognition confuses 0 with O or Q, and 1 with l or I. In a field that can only hold \
                  digits (the serial of the MRN, the date-time group, a declassification date, a page line) the digit \
                  is certain. So is the Z of a date-time group that was read as 2: nothing else can be there. Letters in paragraph numbers are reported by PAR006.",
    example: Example { before: "UNCLAS ASTANA 00Q021", after: "UNCLAS ASTANA 000021" },
    source: "none; seen in published cables",
    check: letters_for_digits,
};

/// A date of an E.O. line, with letters or without.
static DATE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b[0-9OoQIl]{1,2}/[0-9OoQIl]{1,2}/(?:[0-9OoQIl]{4}|[0-9OoQIl]{2})\b"));

/// Whether a text may hold a date with letters in it: one is beside a figure or a stroke.
fn may_have_letters(text: &str) -> bool {
    let is_letter = |byte: u8| matches!(byte, b'O' | b'o' | b'Q' | b'I' | b'l');
    let is_beside = |byte: u8| byte.is_ascii_digit() || byte == b'/';
    text.as_bytes()
        .windows(2)
        .any(|two| (is_letter(two[0]) && is_beside(two[1])) || (is_beside(two[0]) && is_letter(two[1])))
}

/// The section of a page line, and the number of sections: three figures each.
fn counts(text: &str) -> impl Iterator<Item = Span> + '_ {
    const FIGURES: usize = 3;
    let is_figure = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'O' | b'Q' | b'I' | b'l');
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(three) = text.as_bytes().get(at..at + FIGURES) {
            if three.iter().all(is_figure) {
                at += FIGURES;
                return Some(Span::of(at - FIGURES..at));
            }
            at += 1;
        }
        None
    })
}

/// The figures of a date-time group.
const GROUP: u32 = 6;

/// A text with its first signs read as digits.
fn as_digits_at_start(text: &str, count: u32) -> String {
    let (start, rest) = text.split_at(count as usize);
    as_digits(start) + rest
}

fn letters_for_digits(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    if let Some(line) = &cable.header.classification {
        let number = line.value.reference_number;
        let serial = line.at(number.serial);
        // The DE line says the same serial, and so what each letter was read for.
        let repaired = as_digits(cable.slice(serial));
        let repaired = serial_by_station(cable, cable.slice(serial)).unwrap_or(repaired);
        // A letter too many is no figure.
        let is_whole = !cable.text()[serial.end as usize..].starts_with(|next: char| next.is_ascii_alphanumeric());
        let finding = is_whole.then(|| report_repair(context, findings, serial, &repaired)).flatten();
        // What the line says, and what the letters are like, may differ: a person decides.
        let station = cable.envelope.de.as_ref().and_then(|de| cable.slice(de.at(de.value.serial)).parse::<u32>().ok());
        if station.is_some_and(|station| station != number.number % STATION)
            && let Some(finding) = finding
        {
            finding.changing(&[Change::Value], Letters::Any).mark_unsafe();
        }
    }
    if let Some(station) = cable.envelope.de.as_ref().map(|de| de.at(de.value.serial)).filter(|span| span.len() <= 4) {
        let said = cable.header.classification.as_ref().map(|line| line.value.reference_number.number % STATION);
        let read = as_digits(cable.slice(station)).parse::<u32>().ok();
        if let Some(finding) = report_letters(context, findings, station)
            && said.is_some_and(|said| read != Some(said))
        {
            finding.mark_unsafe();
        }
    }
    if let Some(field) = &cable.envelope.date_time_group
        && let Some(group) = &field.value
    {
        let span = field.at(group.group);
        let digits = cable
            .slice(span)
            .bytes()
            .take_while(|&byte| byte.is_ascii_digit() || confusable_digit(byte as char).is_some());
        let digits = digits.count() as u32;
        let at = Span::new(span.start, span.start + digits);
        let is_time = || {
            DateTimeGroup::read(&as_digits_at_start(cable.slice(span), digits))
                .is_some_and(|read| read.moment.is_some())
        };
        if digits == GROUP
            && let Some(finding) = report_letters(context, findings, at)
            && !is_time()
        {
            finding.mark_unsafe();
        }
        if let Some(two) = two_for_zulu(cable.slice(span), group) {
            findings
                .report(span, format!("date-time group \"{}\" has a 2 in place of its Z", cable.slice(span)))
                .fix("Write Z", vec![(two.shifted(span.start), "Z".to_owned())])
                .changing(&[Change::Value], Letters::Zone);
        }
        let year = cable.slice(span).rfind(char::is_whitespace).map_or(span.end, |blank| span.start + blank as u32 + 1);
        report_letters(context, findings, Span::new(year, span.end));
    }
    if let Some(field) = &cable.header.executive_order {
        let span = field.at(field.value.instruction);
        let text = cable.slice(span);
        let dates = may_have_letters(text).then(|| DATE.find_iter(text)).into_iter().flatten();
        for date in dates {
            let is_date = declassification_date(&as_digits(date.as_str()), None).is_some_and(|found| found.1.is_some());
            if let Some(finding) = report_letters(context, findings, Span::of(date.range()).shifted(span.start))
                && !is_date
            {
                finding.mark_unsafe();
            }
        }
    }
    for page in cable.body.page_lines.iter().filter(|line| line.value.page.is_none()) {
        let (serial, end) = (page.at(page.value.serial), page.at(page.value.span).end);
        report_letters(context, findings, serial);
        let counts = Span::new(serial.end, end);
        for number in self::counts(cable.slice(counts)) {
            report_letters(context, findings, number.shifted(counts.start));
        }
    }
}

/// Reports the letters of a field that can only hold digits, if it holds digits as well.
fn report_letters<'a>(context: &Context<'_>, findings: &'a mut Findings, span: Span) -> Option<&'a mut Finding> {
    report_repair(context, findings, span, &as_digits(context.cable.slice(span)))
}

/// The same, where it is known what the digits are.
fn report_repair<'a>(
    context: &Context<'_>,
    findings: &'a mut Findings,
    span: Span,
    repaired: &str,
) -> Option<&'a mut Finding> {
    let text = context.cable.slice(span);
    let genuine = text.bytes().any(|byte| byte.is_ascii_digit());
    (genuine && repaired != text).then(|| {
        findings
            .report(span, format!("\"{text}\" has a letter in place of a digit: {repaired}"))
            .fix(format!("Write {repaired}"), vec![(span, repaired.to_owned())])
    })
}

/// Reports the number of a paragraph, and fixes it with the one edit of its marker.
fn report_number<'a>(
    context: &Context<'_>,
    findings: &'a mut Findings,
    paragraph: &Paragraph,
    what: &str,
) -> &'a mut Finding {
    let span = number_span(context.cable, paragraph);
    let (written, number) = (context.cable.slice(span), paragraph.number);
    let edits = edit(context, paragraph);
    findings
        .report(span, format!("\"{written}\" is paragraph {number}: {what}"))
        .fix(format!("Write paragraph {number}"), edits)
}
