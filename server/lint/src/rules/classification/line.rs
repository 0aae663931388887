//! The classification line: level, section and MRN (CLS001 to CLS004).

use std::sync::LazyLock;

use cable_syntax::{
    Cable, Classification, ClassificationLine, DamagedClassification, Field, LineKind, Scan, Span, Zone, pattern,
};
use regex::Regex;

use crate::findings::{Context, Findings};
use crate::needs::{Need, Stage};
use crate::{Change, Example, Letters, Rule, RuleFix, Severity};

pub(crate) static MISSING: Rule = Rule {
    code: "CLS001",
    name: "missing-classification-line",
    severity: Severity::Error,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::WholeCopy, Need::NotSmart, Need::Finished(Stage::Classification)],
    fix: None,
    summary: "there is no classification line with an MRN",
    explanation: "The first line of the text says how the cable is classified and, with post and serial, which cable \
                  it is. Without it nobody knows who may read the cable, and nobody can cite it. A line that is there \
                  but damaged is reported by CLS002 or CLS003. Copies that break off and SMART headers are left alone. \
                  Before 1995 it is information only.",
    example: Example {
        before: "This record is a partial extract of the original cable.\n\nE.O. 12958: N/A\nTAGS: PREL KZ\nSUBJECT: TALKS",
        after: "This record is a partial extract of the original cable.\n\nUNCLAS ALMATY 001856\n\nE.O. 12958: N/A\nTAGS: PREL KZ\nSUBJECT: TALKS",
    },
    source: "5 FAH-2 H-220 (Telecommunications Handbook, pseudo-header)",
    check: missing,
};

fn missing(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    if cable.header.classification.is_some() || cable.damaged_classification().is_some() {
        return;
    }
    if context.is_head_alone() {
        return;
    }
    // After the fields of a publisher's record begins another copy, or another cable.
    if cable.lines().iter().any(|line| line.kind == LineKind::Metadata) {
        return;
    }
    // An export may have run the line into another.
    let header = cable.header.tags.as_ref().map(|tags| tags.keyword.span);
    let header = header.or(cable.header.subject.as_ref().map(|subject| subject.keyword.span));
    let above = header.map_or(cable.text().len(), |span| span.end as usize);
    if INSIDE.is_match(&cable.text()[..above]) {
        return;
    }
    // Where it should be: before the first line of the header, else after the envelope.
    let header = cable.parts.iter().find(|part| matches!(part.kind.zone(), Zone::Header | Zone::Body));
    // Of an envelope that lost its text, with another cable below, all of that is missing.
    if header.is_none() && !context.is_last {
        return;
    }
    let envelope = || cable.parts.iter().rfind(|part| part.kind.zone() == Zone::Envelope);
    if let Some(part) = header.or_else(envelope) {
        findings.report(part.span, "no classification line with an MRN");
    }
}

/// A classification line inside a line.
static INSIDE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:UNCLAS|C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|S ?E ?C ?R ?E ?T)[A-Za-z0-9 ./-]{1,40} \d{5,6}")
});

pub(crate) static MALFORMED: Rule = Rule {
    code: "CLS002",
    name: "malformed-classification",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::unsafe_(&[Change::Field], Letters::Any)),
    summary: "the level in the classification line is damaged",
    explanation: "The classification line begins with UNCLAS, LIMITED OFFICIAL USE, CONFIDENTIAL or SECRET. In most \
                  cables the classified words are letter-spaced, so a lost letter is easy to see. Here a letter is \
                  lost or doubled, the spacing is broken, or the next word runs into the level, and a program that \
                  sorts cables by level gets it wrong. Lower case letters and words without letter spacing are \
                  accepted. Before 1995 it is information only.",
    example: Example {
        before: "VZCZCXRO7840\nPP RUEHDBU\nDE RUEHTA #0605/01 0660518\nZNY CCCCC ZZH\nP 070518Z MAR 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC PRIORITY\n\nO N F I D E N T I A L ASTANA 000605",
        after: "VZCZCXRO7840\nPP RUEHDBU\nDE RUEHTA #0605/01 0660518\nZNY CCCCC ZZH\nP 070518Z MAR 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC PRIORITY\n\nC O N F I D E N T I A L ASTANA 000605",
    },
    source: "5 FAH-2 H-220 (Telecommunications Handbook, pseudo-header)",
    check: malformed,
};

/// Whether a level is written as it should be, letter-spaced or not.
fn is_level(text: &str) -> bool {
    const PLAIN: [&str; 3] = ["UNCLAS", "UNCLASSIFIED", "LIMITED OFFICIAL USE"];
    let takes_spaced = |scan: &mut Scan<'_>, word: &str| {
        word.bytes().enumerate().all(|(index, letter)| {
            let _ = index > 0 && scan.take(" ");
            scan.take_sign(|sign| sign.eq_ignore_ascii_case(&letter))
        })
    };
    let is_spaced = |word: &str| {
        let mut scan = Scan::new(text);
        takes_spaced(&mut scan, word) && scan.is_at_end()
    };
    let mut top = Scan::new(text);
    PLAIN.iter().any(|level| text.eq_ignore_ascii_case(level))
        || is_spaced("CONFIDENTIAL")
        || is_spaced("SECRET")
        || (takes_spaced(&mut top, "TOP")
            && top.take_most(3, |sign| sign == b' ') > 0
            && takes_spaced(&mut top, "SECRET")
            && top.is_at_end())
}

fn malformed(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let (span, level) = match (&cable.header.classification, cable.damaged_classification()) {
        (Some(line), _) => (line.at(line.value.level_span), line.value.level),
        (None, Some(DamagedClassification::Level(span, level))) => (span, level),
        _ => return,
    };
    let text = cable.slice(span);
    // `CONFIDENTIALKAMPALA`: the next word is glued on.
    let is_glued = cable.text()[span.end as usize..].starts_with(|next: char| next.is_ascii_alphanumeric());
    if is_level(text) && !is_glued {
        return;
    }
    let right = if is_level(text) { text.to_owned() } else { spelt(level, text) };
    let message = if is_glued && right == text {
        format!("no space after the classification \"{text}\"")
    } else {
        format!("unknown classification \"{text}\": did you mean {right}?")
    };
    let written = if is_glued { format!("{right} ") } else { right.clone() };
    findings.report(span, message).fix(format!("Write {right}"), vec![(span, written)]);
}

/// A level as it should be written: letter-spaced where the damaged word is.
fn spelt(level: Classification, written: &str) -> String {
    let is_spaced = written.split(' ').filter(|letters| letters.len() == 1).count() > 2;
    let spaced = |word: &str| word.split("").filter(|letter| !letter.is_empty()).collect::<Vec<_>>().join(" ");
    match level {
        Classification::Unclassified if written.len() < 10 => "UNCLAS".to_owned(),
        Classification::TopSecret if is_spaced => "T O P  S E C R E T".to_owned(),
        Classification::Confidential | Classification::Secret if is_spaced => spaced(level.word()),
        _ => level.word().to_owned(),
    }
}

pub(crate) static MALFORMED_NUMBER: Rule = Rule {
    code: "CLS003",
    name: "malformed-mrn",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "the MRN has no post, or no serial of six digits",
    explanation: "Post and serial name the cable: ASTANA 002541. Other cables cite it by them, and together with the \
                  year they are its id. Reported are a missing post, a missing serial, words from another line in \
                  place of the post, and, in cables from 1996 on, a serial of fewer than six digits. Letters among the \
                  digits are reported by TXT008. Older cables have serials of three to five digits and are left alone.",
    example: Example {
        before: "UNCLAS SECTION 01 OF 02 AMEMBASSYASTANA 002541",
        after: "UNCLAS SECTION 01 OF 02 ASTANA 002541",
    },
    source: "5 FAH-2 H-220 (Telecommunications Handbook, pseudo-header)",
    check: malformed_number,
};

/// Whether a word is no post: one of the FM line or of the section, or a level that the copy doubled.
fn is_no_post(text: &str) -> bool {
    let mut section = Scan::new(text);
    ["AMEMBASSY", "AMCONSUL", "SUSPECTED", "DUPLICATE"].iter().any(|word| text.starts_with(word))
        || (section.take("SECTION") && section.is_word_edge())
}

/// Serials have six digits in every cable since.
const SIX_DIGITS_SINCE: i16 = 1996;

fn malformed_number(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(line) = &cable.header.classification else {
        if let Some(DamagedClassification::ReferenceNumber(span)) = cable.damaged_classification() {
            let text = cable.slice(span);
            let what = if text.bytes().all(|byte| byte.is_ascii_digit()) { "post" } else { "serial" };
            findings.report(span, format!("MRN \"{text}\" has no {what}"));
        }
        return;
    };
    let number = line.value.reference_number;
    let (span, post) = (line.at(number.span), cable.slice(line.at(number.post)));
    let text = cable.slice(span);
    if is_no_post(post) && context.catalog.post(post).is_none_or(|known| known.doubtful) {
        findings.report(line.at(number.post), format!("\"{post}\" in the MRN is not a post"));
    } else if number.serial.len() < 6 && cable.year().is_some_and(|year| year >= SIX_DIGITS_SINCE) {
        let digits = number.serial.len();
        findings
            .report(line.at(number.serial), format!("serial in MRN \"{text}\" has {digits} digits; it should have 6"));
    }
}

pub(crate) static MALFORMED_SECTION: Rule = Rule {
    code: "CLS004",
    name: "malformed-section",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "the section number is out of range or damaged",
    explanation: "A long cable is sent in sections, and SECTION 01 OF 02 says which of them this is and how many there \
                  are. A number cannot be 0 or higher than the total, and a damaged phrase (ECTION 01 OF 02, SECTION \
                  01 GF 02) ends up in the name of the post and in the id of the cable. Numbers of one digit and a \
                  lower case \"of\" are accepted. Before 1995 it is information only.",
    example: Example {
        before: "UNCLAS SECTION 03 OF 02 ASTANA 002541",
        after: "UNCLAS SECTION 01 OF 02 ASTANA 002541",
    },
    source: "5 FAH-2 H-220 (Telecommunications Handbook, pseudo-header)",
    check: malformed_section,
};

/// `SECTION 01 OF 02`, `FINAL SECTION OF 2`, `SECTION ONE OF TWO`.
fn is_section(text: &str) -> bool {
    let is_digit = |sign: u8| sign.is_ascii_digit();
    let takes_spaces = |scan: &mut Scan<'_>| scan.take_signs(|sign| sign == b' ') > 0;
    let takes_figures = |scan: &mut Scan<'_>| scan.take_most(2, is_digit) > 0;
    let takes_word = |scan: &mut Scan<'_>| (3..=5).contains(&scan.take_signs(|sign| sign.is_ascii_alphabetic()));
    let mut last = Scan::new(text);
    if last.take_any_case("FINAL SECTION OF ") {
        return takes_figures(&mut last) && last.is_at_end();
    }
    let mut scan = Scan::new(text);
    if !scan.take_any_case("SECTION") {
        return false;
    }
    let mut words = scan;
    let in_words = words.take(" ") && takes_word(&mut words) && words.take_any_case(" OF ") && takes_word(&mut words);
    (in_words && words.is_at_end())
        || (takes_spaces(&mut scan)
            && takes_figures(&mut scan)
            && takes_spaces(&mut scan)
            && scan.take_any_case("OF")
            && takes_spaces(&mut scan)
            && takes_figures(&mut scan)
            && scan.is_at_end())
}

fn malformed_section(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(line) = &cable.header.classification else { return };
    let Some(section) = line.value.section else { return };
    let span = line.at(section.span);
    let text = cable.slice(span);
    let (number, of) = (section.number, section.of);
    let message = if !is_section(text) {
        format!("damaged section \"{text}\": did you mean SECTION {number:02} OF {of:02}?")
    } else if number == 0 || number > of {
        format!("section {number} of {of} is out of range")
    } else if is_glued(cable, line, span) {
        format!("no space after \"{text}\"")
    } else {
        return;
    };
    findings.report(span, message);
}

/// Whether a letter follows the section, or the level runs into it.
fn is_glued(cable: &Cable, line: &Field<ClassificationLine>, span: Span) -> bool {
    let next = cable.text()[span.end as usize..].chars().next();
    let is_start = span.start == line.span.start;
    let before = cable.text()[..span.start as usize].chars().next_back();
    next.is_some_and(char::is_alphanumeric) || (!is_start && before.is_some_and(char::is_alphanumeric))
}
