//! What the sections and pages left in the text (PAG).

use std::sync::LazyLock;

use cable_syntax::{Cable, LineKind, Part, PartKind, ShortPattern, Signs, Span, as_digits, pattern, short_pattern};
use regex::Regex;

use crate::findings::{Context, Findings};
use crate::line_edit::without;
use crate::needs::{Need, Stage};
use crate::{Change, DiagnosticTag, Example, Letters, Rule, RuleFix, Severity};

pub(crate) static MALFORMED: Rule = Rule {
    code: "PAG001",
    name: "malformed-page-line",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "a page line is not written as POST 0000NNNN nnn OF nnn",
    explanation: "Where two sections were merged there is a page line: post, serial of eight digits, number and total \
                  of the sections in three digits each. If digits are lost or added it is not recognized, and looks \
                  like a sentence of the cable. Letters among the digits are reported by TXT008.",
    example: Example {
        before: "1. (U) The delegation left for\n\nASTANA 0002541 02 OF 002\n\nthe airport.",
        after: "1. (U) The delegation left for\n\nASTANA 00002541 002 OF 002\n\nthe airport.",
    },
    source: "none; seen in published cables",
    check: malformed,
};

/// A line that is nothing but a post, a serial and a section, in whatever number of digits.
static ALMOST: LazyLock<ShortPattern> = LazyLock::new(|| {
    short_pattern(
        r"^[A-Z][A-Za-z.'-]*(?: [A-Z][A-Za-z.'-]*){0,2} {0,4}\d{5,10} {0,4}(?:\d{1,4}(?:[.,]\d)? {0,2}[Oo0][Ff] {0,2}\d{1,4}|\d{3}(?:\.\d)? \d{3})\.?$",
    )
});

/// `OF` between section and total, with one of its letters misread.
fn damaged_of(text: &str) -> Option<&str> {
    const LENGTH: usize = " OF 002".len();
    let tail = text.get(text.len().checked_sub(LENGTH)?..)?;
    let is_damaged = matches!(
        tail.as_bytes(),
        [b' ', b'0' | b'G' | b'Q' | b'C' | b'D', b'F' | b'f', b' ', ..]
            | [b' ', b'O' | b'o' | b'0', b'P' | b'E' | b'T' | b'R', b' ', ..]
    );
    let is_digit = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'O' | b'Q' | b'I' | b'l');
    (is_damaged && tail.bytes().skip(4).all(is_digit)).then(|| &tail[1..3])
}

fn malformed(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    for page in merged(cable) {
        let text = cable.slice(page.span);
        if let Some(of) = damaged_of(text) {
            let message = format!("page line \"{text}\" should be POST 0000NNNN nnn OF nnn: \"{of}\" is not OF");
            findings.report(page.span, message);
        }
    }
    let kinds = [
        PartKind::Subject,
        PartKind::Reference,
        PartKind::ClassifiedBy,
        PartKind::Handling,
        PartKind::Text,
        PartKind::Paragraph,
        PartKind::Fragment,
        PartKind::Heading,
    ];
    let has_figures = |part: &&Part| cable.signs(part.line).has(Signs::DIGIT) && kinds.contains(&part.kind);
    for part in cable.parts.iter().filter(has_figures) {
        let text = cable.slice(part.span);
        let may_be = text.starts_with(|first: char| first.is_ascii_uppercase())
            && text.trim_end_matches('.').ends_with(|last: char| last.is_ascii_digit());
        // The serial of one has five figures or more.
        let has_serial = || text.as_bytes().windows(5).any(|five| five.iter().all(u8::is_ascii_digit));
        if may_be && has_serial() && ALMOST.is_match(text) && !text.starts_with("SECTION") {
            findings.report(part.span, format!("page line \"{text}\" should be POST 0000NNNN nnn OF nnn"));
        }
    }
}

/// A page line of merged sections; spans are the cable's.
#[derive(Clone, Copy)]
struct Page {
    span: Span,
    post: Span,
    serial: Span,
    section: Option<u32>,
    suffix: Option<u32>,
    of: Option<u32>,
}

/// The page lines of merged sections: those of the years before 2003 count pages, and differ in their padding.
fn merged(cable: &Cable) -> impl Iterator<Item = Page> {
    let lines = cable.body.page_lines.iter().filter(|line| line.value.page.is_none());
    lines.map(|line| Page {
        span: line.at(line.value.span),
        post: line.at(line.value.post),
        serial: line.at(line.value.serial),
        section: line.value.section,
        suffix: line.value.suffix,
        of: line.value.of,
    })
}

pub(crate) static OTHER_CABLE: Rule = Rule {
    code: "PAG002",
    name: "page-mrn-mismatch",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "a page line names another cable than the header",
    explanation: "A page line repeats the post and the serial of its cable: the post in ten characters, the serial in \
                  eight digits. Where they differ, a digit is wrong, or a section of another cable was pasted in. Case \
                  and padding do not count. Page lines from before 2003 are left alone.",
    example: Example {
        before: "1. (U) The delegation left for\n\nASTANA 00002514 002 OF 002\n\nthe airport.",
        after: "1. (U) The delegation left for\n\nASTANA 00002541 002 OF 002\n\nthe airport.",
    },
    source: "none; seen in published cables",
    check: other_cable,
};

fn other_cable(context: &Context<'_>, findings: &mut Findings) {
    const POST_LENGTH: usize = 10;
    let cable = context.cable;
    let Some(line) = &cable.header.classification else { return };
    let number = line.value.reference_number;
    // A copy may break the name over two lines.
    let whole = cable.slice(line.at(number.post)).split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
    let post: String = whole.chars().take(POST_LENGTH).collect();
    for page in merged(cable) {
        let same_serial = as_digits(cable.slice(page.serial)).parse() == Ok(number.number);
        let named = cable.slice(page.post).to_uppercase();
        // Words of the sentence before it may be taken for a part of the post, and a post of two words may be named by
        // its last: `DUBAI` of RPO DUBAI.
        let same_post =
            named.ends_with(post.trim_end()) || whole.strip_suffix(&named).is_some_and(|lead| lead.ends_with(' '));
        if (same_serial && same_post) || is_redacted(&named) {
            continue;
        }
        let span = Span::new(page.post.start, page.serial.end);
        let mrn = line.at(number.span);
        findings
            .report(span, format!("page line names {}, but the MRN is {}", cable.slice(span), cable.slice(mrn)))
            .related(mrn, format!("MRN {}", cable.slice(mrn)));
    }
}

/// A name that a publisher struck out says nothing.
fn is_redacted(post: &str) -> bool {
    post.contains("XXX")
}

pub(crate) static TOTAL: Rule = Rule {
    code: "PAG003",
    name: "page-total-mismatch",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "a page line and the header give different numbers of sections",
    explanation: "SECTION 01 OF 03 in the header and OF 003 in the page lines count the same sections. Where they \
                  differ, one of the two is wrong, and a reader cannot tell whether a section is lost. A cable without \
                  page lines, or without a section in its header, is left alone.",
    example: Example {
        before: "UNCLAS SECTION 01 OF 03 ASTANA 002541\n\n1. (U) The delegation left for\n\nASTANA 00002541 002 OF 002\n\nthe airport.",
        after: "UNCLAS SECTION 01 OF 02 ASTANA 002541\n\n1. (U) The delegation left for\n\nASTANA 00002541 002 OF 002\n\nthe airport.",
    },
    source: "none; seen in published cables",
    check: total,
};

fn total(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some((line, section)) = cable.header.classification.as_ref().and_then(|line| Some((line, line.value.section?)))
    else {
        return;
    };
    for page in merged(cable) {
        if let Some(of) = page.of.filter(|&of| of != section.of) {
            findings
                .report(page.span, format!("page line counts {of} sections, but the header counts {}", section.of))
                .related(line.at(section.span), format!("{} sections", section.of));
        }
    }
}

pub(crate) static SEQUENCE: Rule = Rule {
    code: "PAG004",
    name: "page-sequence",
    severity: Severity::Warning,
    lower_severity: Some(Severity::Information),
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "the page lines do not count up by one",
    explanation: "The page lines of a cable count its sections: 002, 003, 004. Where a number is not higher than the \
                  one before, or than the section of the header, sections were put together in the wrong order, or one \
                  is there twice. Where one is left \
                  out, its page line was lost, perhaps with text: this is information only, and not reported in \
                  extracts and copies that break off.",
    example: Example {
        before: "1. (U) The delegation\n\nASTANA 00002541 003 OF 003\n\nleft for\n\nASTANA 00002541 002 OF 003\n\nthe airport.",
        after: "1. (U) The delegation\n\nASTANA 00002541 002 OF 003\n\nleft for\n\nASTANA 00002541 003 OF 003\n\nthe airport.",
    },
    source: "none; seen in published cables",
    check: sequence,
};

fn sequence(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let is_partial = cable.is_extract() || cable.cut_off;
    let numbered: Vec<(Span, u32)> = merged(cable).filter_map(|page| Some((page.span, page.section?))).collect();
    // The header itself begins the first section: without a digit after their number, page lines begin with the second.
    let header = cable.header.classification.as_ref().and_then(|line| Some((line, line.value.section?)));
    if let Some(((span, first), (line, section))) = numbered.first().copied().zip(header)
        && first <= section.number
        && merged(cable).all(|page| page.suffix.is_none())
        // A publisher who had no first section says so: `* Missing Section 001 *`.
        && !cable.slice(Span::new(line.span.end.min(span.start), span.start)).contains("Missing Section")
    {
        findings
            .report(span, format!("page line {first:03} follows the header of section {:02}", section.number))
            .related(line.at(section.span), format!("section {:02}", section.number));
    }
    // The first page line is that of the first section or the second.
    if let Some(((span, first), (line, section))) = numbered.first().copied().zip(header)
        && first > section.number + 1
        && numbered.iter().all(|&(_, number)| number >= first)
        && !is_partial
    {
        findings
            .report(span, format!("page line {first:03} follows the header of section {:02}", section.number))
            .related(line.at(section.span), format!("section {:02}", section.number))
            .lower_severity();
    }
    for pair in numbered.windows(2) {
        let [(first, before), (second, after)] = *pair else { continue };
        let is_lost = after > before + 1;
        if after == before + 1 || (is_lost && is_partial) {
            continue;
        }
        let finding = findings
            .report(second, format!("page line {after:03} follows {before:03}"))
            .related(first, format!("page line {before:03}"));
        if is_lost {
            finding.lower_severity();
        }
    }
}

pub(crate) static SUFFIX: Rule = Rule {
    code: "PAG005",
    name: "page-suffix-inconsistent",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: false,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "the digit after the section number differs between page lines",
    explanation: "Some page lines have a digit after the number of the section, as in 002.2. Its meaning is not known; \
                  usually all page lines of a cable have the same one. Where it changes, a digit may be misread, or a \
                  section comes from another copy. It also changes in good copies, so the rule is off by default, and \
                  reports only the first change. A page line without the digit is left alone.",
    example: Example {
        before: "1. (U) The delegation\n\nASTANA 00002541 002.2 OF 003\n\nleft for\n\nASTANA 00002541 003.4 OF 003\n\nthe airport.",
        after: "1. (U) The delegation\n\nASTANA 00002541 002.2 OF 003\n\nleft for\n\nASTANA 00002541 003.2 OF 003\n\nthe airport.",
    },
    source: "none; seen in published cables",
    check: suffix,
};

fn suffix(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let mut suffixes = merged(cable).filter_map(|page| Some((page.span, page.suffix?)));
    let Some((first, usual)) = suffixes.next() else { return };
    if let Some((span, other)) = suffixes.find(|&(_, suffix)| suffix != usual) {
        findings
            .report(span, format!("page suffix .{other} differs from .{usual} before it"))
            .related(first, format!("page suffix .{usual}"));
    }
}

pub(crate) static STRAY_CAPTION: Rule = Rule {
    code: "PAG006",
    name: "stray-caption-in-body",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::unsafe_(&[Change::StrayCaptions, Change::Lines], Letters::Any)),
    summary: "a caption is inside the text",
    explanation: "When the sections of a cable were merged, the captions of a later section stayed where that section \
                  began, in the middle of a paragraph. They say nothing new and cut the sentence in two.",
    example: Example {
        before: "1. (U) The delegation left for\n\nSIPDIS\n\nthe airport.",
        after: "1. (U) The delegation left for\n\nthe airport.",
    },
    source: "none; seen in published cables",
    check: stray_caption,
};

fn stray_caption(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let mut before: Option<Span> = None;
    for caption in &cable.body.stray_captions {
        let name = cable.slice(caption.span);
        let mut gone = without(cable, caption.line, caption.span);
        // What parts it from the one before goes with that one.
        gone.start = gone.start.max(before.map_or(0, |before| before.end));
        before = Some(gone);
        let place = match caption.value.and_then(|index| cable.body.paragraphs.get(index as usize)) {
            Some(paragraph) => format!("inside paragraph {}", paragraph.number),
            None => "before the first paragraph".to_owned(),
        };
        findings
            .report(caption.span, format!("stray caption {name} {place}"))
            .tag(DiagnosticTag::Unnecessary)
            .fix(format!("Delete {name}"), vec![(gone, String::new())]);
    }
}

pub(crate) static REPEATED_HEADER: Rule = Rule {
    code: "PAG007",
    name: "repeated-section-header",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "the header of a section is inside the text",
    explanation: "Before 2003 each section of a long cable had a header of its own, and a copy of all sections repeats \
                  it in the middle of the text. It does not belong to any paragraph and says nothing new, and a \
                  program that looks for keywords finds TAGS and SUBJECT twice. Only a header that numbers its section \
                  is reported.",
    example: Example {
        before: "1. (U) The delegation left for\n\nUNCLAS SECTION 02 OF 02 ASTANA 002541\n\nthe airport.",
        after: "1. (U) The delegation left for\n\nthe airport.",
    },
    source: "none; seen in published cables",
    check: repeated_header,
};

static SECTION: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bSECTION\s+0?(?<n>\d{1,2})\s+OF\s+\d"));

fn repeated_header(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(start) = cable.body.paragraphs.first().map(|paragraph| paragraph.marker.span.start) else { return };
    let repeated = cable.parts.iter().filter(|part| part.kind == PartKind::RepeatedHeader && part.span.start > start);
    for part in repeated.filter(|part| cable.lines()[part.line as usize].kind == LineKind::Classification) {
        if let Some(section) = SECTION.captures(cable.slice(part.span)) {
            findings.report(part.span, format!("header of section {} inside the text", &section["n"]));
        }
    }
}
