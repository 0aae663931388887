//! What an export or a copy left in the text or ran together (TXT012, TXT013).

use std::cell::LazyCell;
use std::sync::LazyLock;

use cable_syntax::{Cable, CopyMarkKind, Part, PartKind, ShortPattern, Span, is_routing_indicator, short_pattern};

use crate::findings::{Context, Findings, and_more};
use crate::needs::{Need, Stage};
use crate::{Change, DiagnosticTag, Example, Letters, Rule, RuleFix, Severity};

pub(crate) static EXPORT_RESIDUE: Rule = Rule {
    code: "TXT012",
    name: "export-residue",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::unsafe_(&[Change::Field, Change::Lines], Letters::Any)),
    summary: "characters from an export are left in the text",
    explanation: "Exports of cables end lines with a backslash, leave the > of a mail program or a full stop alone on \
                  a line, or write a line break as &#x000A;. None of it is text of the cable, and a search across \
                  lines fails because of it. If more than five lines of a cable have it, it is reported once. A full \
                  stop alone counts only after the signature. HTML marks, the doubled quotes of a CSV file and the > \
                  before each line of a mail are reported once for the whole cable; it is read without them, and what \
                  else is wrong in a copy of a web page or of mail is reported when they are gone.",
    example: Example {
        before: "1. (U) The delegation left. \\\n\\\n2. (U) It was late.",
        after: "1. (U) The delegation left.\n\n2. (U) It was late.",
    },
    source: "none; seen in published cables",
    check: export_residue,
};

/// So many lines are reported one by one.
const MOST_LINES: usize = 5;

/// A line break as an export wrote it.
const LINE_BREAK: &str = "&#x000A;";

fn export_residue(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    copy_marks_of(cable, findings);
    let found: Vec<Residue> = (0..cable.lines().len() as u32).filter_map(|line| residue(cable, line)).collect();
    let edits = |found: &[Residue]| found.iter().map(|residue| (residue.edit, String::new())).collect();
    if let [first, .., _] = found.as_slice()
        && found.len() > MOST_LINES
    {
        let text = cable.slice(first.span);
        findings
            .report(
                first.span,
                format!("leftover \"{text}\" from an export{}", and_more("here and on", found.len() - 1, "line")),
            )
            .tag(DiagnosticTag::Unnecessary)
            .fix("Delete the leftovers", edits(&found));
        return;
    }
    for one in &found {
        let text = cable.slice(one.span);
        findings
            .report(one.span, format!("leftover \"{text}\" from an export"))
            .tag(DiagnosticTag::Unnecessary)
            .fix(format!("Delete {text}"), edits(std::slice::from_ref(one)));
    }
}

/// Marks of a web page, of CSV or of mail: one finding for all of them.
fn copy_marks_of(cable: &Cable, findings: &mut Findings) {
    let marks = cable.copy_marks();
    let Some(first) = marks.first() else { return };
    let name = match first.kind {
        CopyMarkKind::Html => "HTML mark",
        CopyMarkKind::DoubledQuote => "doubled quote of a CSV file",
        CopyMarkKind::MailQuote => "quoting of mail",
    };
    let more = and_more("here and at", marks.len() - 1, "place");
    let edits = marks.iter().map(|mark| {
        let mut span = mark.span;
        let is_tag = mark.character.is_none() && mark.kind == CopyMarkKind::Html;
        if let Some(spaces) = is_tag.then(|| spaces_to_line_end(&cable.text()[span.end as usize..])).flatten() {
            // Spaces before a tag that ends its line go with it, up to the tag before.
            span.start = cable.text()[..span.start as usize].trim_end_matches([' ', '\t']).len() as u32;
            span.end += spaces as u32;
        }
        (span, mark.character.map(String::from).unwrap_or_default())
    });
    findings
        .report(first.span, format!("leftover \"{}\" ({name}) from a copy{more}", cable.slice(first.span)))
        .tag(DiagnosticTag::Unnecessary)
        .fix("Delete the marks of the copy", edits.collect());
}

/// How many bytes of spaces there are up to the end of the line; none where something else is before it.
fn spaces_to_line_end(text: &str) -> Option<usize> {
    let end = text.find(|sign: char| matches!(sign, '\n' | '\r') || !sign.is_whitespace()).unwrap_or(text.len());
    text[end..].is_empty().then_some(end).or_else(|| text[end..].starts_with(['\n', '\r']).then_some(end))
}

/// What is no text of a line, and what goes with it.
struct Residue {
    span: Span,
    edit: Span,
}

fn residue(cable: &Cable, line: u32) -> Option<Residue> {
    let whole = cable.lines()[line as usize].span;
    let text = cable.slice(whole);
    // The last sign of nearly every line rules it out.
    if text.as_bytes().last().is_none_or(u8::is_ascii_alphanumeric) {
        return None;
    }
    let last = text.bytes().rev().find(|byte| !byte.is_ascii_whitespace())?;
    if last.is_ascii() && !matches!(last, b'\\' | b'>' | b'.' | b';') {
        return None;
    }
    let written = text.trim_end();
    let kept = match written.trim_start() {
        ">" => written.trim_end_matches('>'),
        "." if cable.signature.as_ref().is_some_and(|signature| signature.line < line) => written.trim_end_matches('.'),
        _ if written.ends_with(LINE_BREAK) => written.trim_end_matches(LINE_BREAK),
        _ => written.trim_end_matches('\\'),
    };
    if kept == written {
        return None;
    }
    let at = |length: usize| whole.start + length as u32;
    Some(Residue {
        span: Span::new(at(kept.len()), at(written.len())),
        edit: Span::new(at(kept.trim_end().len()), whole.end),
    })
}

pub(crate) static FLATTENED_HEADER: Rule = Rule {
    code: "TXT013",
    name: "flattened-header",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::unsafe_(&[Change::Field, Change::Lines, Change::Swallowed], Letters::Kept)),
    summary: "several lines of the header are on one line",
    explanation: "TO, INFO, the classification line, captions, E.O., TAGS, SUBJECT and REF each begin a line of their own, and \
                  programs look for them there. A copy that lost its line breaks runs them together, sometimes with \
                  the first paragraph. Several captions on one line, or several references, are accepted.",
    example: Example {
        before: "TAGS: PREL KZ SUBJECT: DELEGATION LEAVES REF: ASTANA 1516\n\n1. (U) They left.",
        after: "TAGS: PREL KZ\nSUBJECT: DELEGATION LEAVES\nREF: ASTANA 1516\n\n1. (U) They left.",
    },
    source: "none; seen in published cables",
    check: flattened_header,
};

/// The addresses that another line of the envelope runs into.
fn flattened_addresses(cable: &Cable, findings: &mut Findings) {
    let line_break = LazyCell::new(|| line_break(cable));
    let from = cable.envelope.from.iter().map(|field| ("FM", field.at(field.value.plad)));
    let addressees = cable.envelope.to.iter().chain(&cable.envelope.info);
    for (above, address) in from.chain(addressees.map(|field| ("an addressee", field.at(field.value.plad)))) {
        let mut edits = Vec::new();
        for joined in joined_lines(cable.slice(address)).map(|joined| joined.shifted(address.start)) {
            let before = cable.text()[..joined.start as usize].trim_end_matches([' ', '\t']).len() as u32;
            edits.push((joined, (Span::new(before, joined.start), line_break.to_owned())));
        }
        let Some((first, _)) = edits.first() else { continue };
        let names: Vec<&str> = edits.iter().filter_map(|(joined, _)| cable.slice(*joined).split(' ').next()).collect();
        findings
            .report(*first, format!("{} on the same line as {above}", names.join(", ")))
            .fix("Split the line", edits.iter().map(|(_, edit)| edit.clone()).collect());
    }
}

/// How the lines of a cable end.
fn line_break(cable: &Cable) -> &'static str {
    if cable.text().contains("\r\n") { "\r\n" } else { "\n" }
}

fn flattened_header(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    flattened_addresses(cable, findings);
    let line_break = LazyCell::new(|| line_break(cable));
    for parts in cable.parts.chunk_by(|one, other| one.line == other.line) {
        let mut fields = parts.chunk_by(|one, other| one.kind == other.kind).filter_map(<[Part]>::first);
        let Some(first) = fields.next().filter(|first| name(first.kind).is_some_and(|name| name != PARAGRAPH)) else {
            continue;
        };
        // `STATE 194001 TOSEC 200001`: the number of a series belongs on the line of the MRN.
        let is_series = |part: &Part| part.kind == PartKind::Caption && SERIES.is_match(cable.slice(part.span));
        let after: Vec<(&Part, &str)> = fields
            .filter(|part| !is_series(part))
            .map_while(|part| Some((part, name(part.kind)?)))
            .filter(|(part, _)| part.kind != first.kind)
            .collect();
        let (Some((second, _)), Some((last, _))) = (after.first(), after.last()) else { continue };
        let edits = after.iter().map(|(part, name)| {
            let before = cable.text()[..part.span.start as usize].trim_end_matches([' ', '\t']).len();
            // A paragraph begins after a blank line.
            let breaks = if *name == PARAGRAPH { 2 } else { 1 };
            (Span::new(before as u32, part.span.start), line_break.repeat(breaks))
        });
        // The cells of a publisher's table are on one line.
        let is_cell = matches!(first.kind, PartKind::To | PartKind::Info)
            && cable.slice(Span::new(first.span.end, second.span.start)).contains(['\t', '"']);
        if is_cell {
            continue;
        }
        let names: Vec<&str> = after.iter().map(|(_, name)| *name).collect();
        let message = format!("{} on the same line as {}", names.join(", "), name(first.kind).unwrap_or_default());
        // Of a paragraph its marker is enough.
        let marker = cable.body.paragraphs.iter().map(|paragraph| paragraph.marker.span);
        let end = marker.filter(|marker| marker.start == last.span.start).map(|marker| marker.end).next();
        findings
            .report(Span::new(second.span.start, end.unwrap_or(last.span.end)), message)
            .fix("Split the line", edits.collect());
    }
}

/// Where other lines of the address list begin in an address, whose line breaks are lost: `INFO RUEHAST/`.
pub(super) fn joined_lines(address: &str) -> impl Iterator<Item = Span> + '_ {
    ["TO", "INFO"].into_iter().filter_map(|keyword| {
        let at = address.find(&format!(" {keyword} R"))? + 1;
        let (indicator, _) = address[at + keyword.len() + 1..].split_once('/')?;
        is_routing_indicator(indicator).then(|| Span::of(at..at + keyword.len() + 1 + indicator.len()))
    })
}

/// A number of a travelling delegation's series.
static SERIES: LazyLock<ShortPattern> =
    LazyLock::new(|| short_pattern(r"^(?:TOSEC|SECTO|PARTO|CAHTO|DULTE|HAKTO|TOHAK)\s+\d+$"));

const PARAGRAPH: &str = "a paragraph";

/// What begins a line of its own.
const fn name(kind: PartKind) -> Option<&'static str> {
    match kind {
        PartKind::Notice => Some("the notice"),
        PartKind::To | PartKind::Info => Some("an addressee"),
        PartKind::Classification => Some("the classification"),
        PartKind::Caption => Some("a caption"),
        PartKind::ExecutiveOrder => Some("E.O."),
        PartKind::Tags => Some("TAGS"),
        PartKind::Subject => Some("SUBJECT"),
        PartKind::Reference => Some("REF"),
        PartKind::ClassifiedBy => Some("Classified By"),
        PartKind::Paragraph => Some(PARAGRAPH),
        _ => None,
    }
}
