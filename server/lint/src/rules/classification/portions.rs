//! Portion marks against the level of the cable (CLS008, CLS012, CLS013).

use std::cell::LazyCell;

use cable_syntax::marker::{Level, Mark, read_mark};
use cable_syntax::{Cable, Classification, Paragraph, Part, PartKind, REDACTION, Signs, Span, Zone};

use crate::findings::{Context, Findings};
use crate::needs::{Need, Stage};
use crate::{Change, Example, Letters, Rule, RuleFix, Severity};

/// A portion mark, and the number of its paragraph; the SUBJECT has none.
struct Portion {
    number: Option<u32>,
    /// The mark of a part of the paragraph: `II. (C)`.
    is_inner: bool,
    mark: Mark,
    /// Columns of the cable, brackets included.
    span: Span,
}

impl Portion {
    fn name(&self) -> String {
        match (self.number, self.is_inner) {
            (Some(number), true) => format!("a part of paragraph {number}"),
            (Some(number), false) => format!("paragraph {number}"),
            (None, true) => "a part of the text".to_owned(),
            (None, false) => "SUBJECT".to_owned(),
        }
    }
}

/// The whole marks of SUBJECT and paragraphs, in order. Quoted text has the marks of another cable.
fn portions(cable: &Cable) -> impl Iterator<Item = Portion> {
    let subject = cable.header.subject.iter().filter_map(|subject| subject.mark.as_ref());
    let subject = subject.map(|field| Portion { number: None, is_inner: false, mark: field.value, span: field.span });
    let paragraphs = cable.body.paragraphs.iter().filter(move |paragraph| !cable.is_quoted(paragraph.marker.line));
    let paragraphs = paragraphs.filter_map(|paragraph| {
        let mark = paragraph.marker.value.mark?;
        let span = paragraph.marker.at(mark.span);
        Some(Portion { number: Some(paragraph.number), is_inner: false, mark, span })
    });
    subject.chain(paragraphs).filter(|portion| portion.mark.well_formed)
}

/// The marks of CONFIDENTIAL and above of the parts of paragraphs, after a dash or a roman number: `-- (S)`, `II. (C)`.
fn inner_portions(cable: &Cable) -> impl Iterator<Item = Portion> {
    let kinds = [PartKind::Paragraph, PartKind::Fragment, PartKind::Text];
    let has_bracket = move |part: &&Part| cable.signs(part.line).has(Signs::BRACKET);
    let is_own = move |part: &&Part| kinds.contains(&part.kind) && !cable.is_quoted(part.line);
    let parts = cable.parts.iter().filter(has_bracket).filter(is_own);
    parts.flat_map(move |part| {
        let text = cable.slice(part.span);
        memchr::memchr_iter(b'(', text.as_bytes()).filter_map(move |at| {
            // Few brackets are marks, and a letter tells.
            if !matches!(text.as_bytes().get(at + 1), Some(b'C' | b'S' | b'T')) || !is_item(&text[..at]) {
                return None;
            }
            let mark = read_mark(&text[at..]).filter(|mark| mark.well_formed && !mark.entire_text)?;
            let span = mark.span.shifted(part.span.start + at as u32);
            let number = cable.paragraph_at(span.start).map(|index| cable.body.paragraphs[index as usize].number);
            Some(Portion { number, is_inner: true, mark, span })
        })
    })
}

/// Whether a text ends in what opens an item: dashes that begin the line, or a roman number.
fn is_item(before: &str) -> bool {
    const LONGEST: usize = 8;
    let before = before.trim_end().as_bytes();
    let is_dash = (1..=LONGEST).contains(&before.len()) && before.iter().all(|sign| matches!(sign, b'-' | b'*' | b' '));
    let length = before.iter().rev().take(LONGEST).take_while(|sign| **sign != b' ').count();
    let (_, word) = before.split_at(before.len() - length);
    let number = word.split_last().filter(|(last, _)| matches!(last, b'.' | b')')).map_or(&[][..], |(_, rest)| rest);
    is_dash || (!number.is_empty() && number.iter().all(|sign| matches!(sign, b'I' | b'V' | b'X')))
}

pub(crate) static ABOVE_OVERALL: Rule = Rule {
    code: "CLS012",
    name: "portion-above-overall",
    severity: Severity::Error,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "a portion mark is above the level of the cable",
    explanation: "The cable as a whole is as secret as its most secret paragraph. If a mark is above the level of the \
                  classification line, one of the two is wrong, and the cable may have gone where it must not go. SBU \
                  is below CONFIDENTIAL and is right in an UNCLAS cable. Marks in quoted text belong to another cable. \
                  Before 1995 it is information only.",
    example: Example {
        before: "UNCLAS ASTANA 002541\n\nSUBJECT: TALKS\n\n1. (C) They go on.",
        after: "UNCLAS ASTANA 002541\n\nSUBJECT: TALKS\n\n1. (SBU) They go on.",
    },
    source: "E.O. 12958 of 17 April 1995; 5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: above_overall,
};

fn above_overall(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(line) = &cable.header.classification else { return };
    let level = line.value.level;
    let is_above = |portion: &Portion| portion.mark.level.rank() > level.portion_rank();
    // Then a mark of one letter may be the letter of a list: `-- (A)`, `-- (B)`, `-- (C)`.
    let has_letters = LazyCell::new(|| cable.text().contains("(B)"));
    let above = portions(cable).chain(inner_portions(cable)).filter(is_above);
    for portion in above.filter(|portion| !(portion.is_inner && portion.span.len() <= 3 && *has_letters)) {
        let (name, word) = (portion.name(), level.word());
        let mark = cable.slice(portion.span);
        let finding =
            findings.report(portion.span, format!("{name} is marked {mark}, above the {word} level of the cable"));
        finding.related(line.at(line.value.level_span), word);
    }
}

pub(crate) static NONE_AT_OVERALL: Rule = Rule {
    code: "CLS013",
    name: "no-portion-at-overall",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::WholeCopy, Need::NotExtract, Need::Finished(Stage::Text)],
    fix: None,
    summary: "no portion is as secret as the cable",
    explanation: "A cable is classified because of something in it, so at least one paragraph, or the SUBJECT, has the \
                  mark of the overall level. If none has it, the cable is classified too high or a mark is wrong. The \
                  rule looks at classified cables with three or more marked paragraphs, none of them marked for the \
                  entire text, and no item of a paragraph at that level. Extracts and copies that break off may have lost the paragraph in question and are left \
                  alone. Before 1995 it is information only.",
    example: Example {
        before: "C O N F I D E N T I A L ASTANA 000605\n\nSUBJECT: TALKS\n\n1. (U) They go on.\n\n2. (SBU) No end is near.\n\n3. (U) We shall report.",
        after: "C O N F I D E N T I A L ASTANA 000605\n\nSUBJECT: TALKS\n\n1. (U) They go on.\n\n2. (C) No end is near.\n\n3. (U) We shall report.",
    },
    source: "E.O. 12958 of 17 April 1995; 5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: none_at_overall,
};

/// With fewer marked paragraphs nothing can be said of the others.
const FEWEST_MARKED: usize = 3;

fn none_at_overall(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(line) = &cable.header.classification else { return };
    let level = line.value.level;
    if level < Classification::Confidential {
        return;
    }
    let portions: Vec<Portion> = portions(cable).collect();
    let marked = portions.iter().filter(|portion| portion.number.is_some()).count();
    let decides = |portion: &Portion| portion.mark.entire_text || portion.mark.level.rank() >= level.portion_rank();
    if marked < FEWEST_MARKED || portions.iter().any(decides) || inner_portions(cable).any(|inner| decides(&inner)) {
        return;
    }
    // The mark that was taken out with its paragraph may be the one.
    let is_gone = |paragraph: &Paragraph| {
        let after = cable.text()[paragraph.marker.at(paragraph.marker.value.span).end as usize..].trim_start();
        paragraph.marker.value.mark.is_none() && after.starts_with(REDACTION)
    };
    if cable.body.paragraphs.iter().any(is_gone) {
        return;
    }
    let word = level.word();
    let highest = portions.iter().max_by_key(|portion| portion.mark.level.rank());
    let finding =
        findings.report(line.at(line.value.level_span), format!("no paragraph of this {word} cable is marked {word}"));
    if let Some(highest) = highest {
        finding.related(highest.span, format!("{} has the highest mark", highest.name()));
    }
}

pub(crate) static SENSITIVE: Rule = Rule {
    code: "CLS008",
    name: "sensitive-sbu-mismatch",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: Some(RuleFix::unsafe_(&[Change::Captions, Change::Lines], Letters::Any)),
    summary: "there are SBU portions and no SENSITIVE caption",
    explanation: "In an unclassified cable the caption SENSITIVE says that parts of it are sensitive but unclassified. \
                  Without it the cable is handled like any other. Here a paragraph or the SUBJECT is marked SBU, and \
                  the caption is missing. Classified cables need no such caption, and a cable may be SENSITIVE without \
                  any SBU mark. The fix puts the caption below the others.",
    example: Example {
        before: "UNCLAS ASTANA 002541\n\nSIPDIS\n\nSUBJECT: TALKS\n\n1. (SBU) They go on.",
        after: "UNCLAS ASTANA 002541\n\nSIPDIS\n\nSENSITIVE\n\nSUBJECT: TALKS\n\n1. (SBU) They go on.",
    },
    source: "cable 00 STATE 18029 (use of SBU)",
    check: sensitive,
};

fn sensitive(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(line) = &cable.header.classification else { return };
    if line.value.level != Classification::Unclassified {
        return;
    }
    let mut sbu = portions(cable).filter(|portion| portion.mark.level == Level::SensitiveButUnclassified);
    let Some(first) = sbu.next().filter(|_| !says_sensitive(cable)) else { return };
    let count = 1 + sbu.count();
    let portions = if count == 1 { "portion" } else { "portions" };
    let finding =
        findings.report(line.at(line.value.level_span), format!("{count} SBU {portions} but no SENSITIVE caption"));
    finding.related(first.span, format!("{} is SBU", first.name()));
    if let Some(edit) = caption_below(cable) {
        finding.fix("Add SENSITIVE", vec![edit]);
    }
}

/// Whether the word is anywhere above the text, also with a letter wrong, or another word says as much.
fn says_sensitive(cable: &Cable) -> bool {
    let captions = || cable.header.captions.iter();
    let above = cable.parts.iter().filter(|part| matches!(part.kind.zone(), Zone::Header | Zone::Envelope));
    let line = cable.header.classification.as_ref().map_or("", |line| cable.slice(line.span));
    captions().any(|caption| caption.value.contains("SENSITIVE"))
        || line.contains("OFFICIAL USE")
        || above.map(|part| cable.slice(part.span).to_ascii_uppercase()).any(|text| {
            text.split(|letter: char| !letter.is_ascii_alphabetic())
                .any(|word| word.len() >= 7 && word.contains("SENS") || strsim::osa_distance(word, "SENSITIVE") <= 2)
        })
}

/// The edit that puts the caption below the last one, or below the classification line, set off as the others are.
/// None where another thing follows on that line.
fn caption_below(cable: &Cable) -> Option<(Span, String)> {
    let line = cable.header.classification.as_ref()?;
    let last = cable.header.captions.last().map_or((line.line, line.span), |caption| (caption.line, caption.span));
    let whole = cable.lines().get(last.0 as usize)?.span;
    let after = &cable.text()[last.1.end as usize..whole.end as usize];
    if !after.trim().is_empty() {
        return None;
    }
    let next = cable.text()[whole.end as usize..].strip_prefix('\r').map_or("\n", |_| "\r\n");
    let is_spaced = cable.lines().get(last.0 as usize + 1).is_some_and(|line| cable.slice(line.span).trim().is_empty());
    let gap = if is_spaced { next.repeat(2) } else { next.to_owned() };
    Some((Span::new(whole.end, whole.end), format!("{gap}SENSITIVE")))
}
