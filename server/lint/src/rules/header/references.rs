//! The REF list and the places that cite it (HDR015 to HDR019).

use std::collections::HashMap;
use std::sync::LazyLock;

use cable_syntax::{Cable, Reference, Scan, Span, canonical_id, find_any_case, is_space, pattern};
use regex::Regex;

use crate::findings::{Context, Findings};
use crate::needs::{Need, Stage};
use crate::{Change, Example, Letters, Rule, RuleFix, Severity};

/// The letters that the text cites.
fn cited(cable: &Cable) -> Vec<(char, Span)> {
    cable.citations().iter().flat_map(|citation| citation.letters.iter().copied()).collect()
}

pub(crate) static MALFORMED: Rule = Rule {
    code: "HDR015",
    name: "malformed-ref",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::WholeCopy, Need::Finished(Stage::Line)],
    fix: None,
    summary: "a reference lacks its post or its serial",
    explanation: "A reference to a cable is post and serial, ASTANA 2541, with the year before it if it is not the \
                  year of the cable. A number without a post, or a post without a number, leads nowhere. References to \
                  other things, such as e-mails, telephone calls, airgrams and intelligence reports, are left alone.",
    example: Example {
        before: "SUBJECT: TALKS\n\nREF: A. ASTANA 2500 B. 2962\n\n1. (U) They go on.",
        after: "SUBJECT: TALKS\n\nREF: A. ASTANA 2500 B. ASTANA 2962\n\n1. (U) They go on.",
    },
    source: "5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: malformed,
};

/// A serial alone.
fn is_serial(text: &str) -> bool {
    let mut scan = Scan::new(text);
    let has_figures = scan.take_most(6, |sign| sign.is_ascii_digit()) >= 2;
    let after = scan.rest();
    has_figures && (after.is_empty() || after.strip_prefix(is_space).unwrap_or(after) == "(NOTAL)")
}

fn malformed(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(references) = &cable.header.references else { return };
    for (index, entry) in references.entries.iter().enumerate() {
        let text = cable.slice(entry.span);
        // A serial alone is read with the post before it; that it has none of its own is still so.
        let shares_letter = index.checked_sub(1).is_some_and(|before| {
            references.entries[before].value.letter.is_some_and(|letter| Some(letter) == entry.value.letter)
        });
        let has_cable = entry.value.post.is_some() || entry.value.serial.is_some();
        if has_cable && (entry.value.letter.is_none() || shares_letter || !is_serial(text)) {
            continue;
        }
        let what = if is_serial(text) {
            "post"
        } else if text.len() > 3 && context.catalog.post(text).is_some_and(|post| !post.doubtful) {
            "serial"
        } else {
            continue;
        };
        findings.report(entry.span, format!("reference \"{text}\" has no {what}"));
    }
}

pub(crate) static LETTERS: Rule = Rule {
    code: "HDR016",
    name: "ref-letter-sequence",
    severity: Severity::Warning,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::WholeCopy, Need::Finished(Stage::Line)],
    fix: Some(RuleFix::unsafe_(&[Change::Value], Letters::Any)),
    summary: "the letters of the references are not A, B, C",
    explanation: "The text cites references by letter, so each letter is used once and they follow one another. Where \
                  one is left out or repeated, a citation leads to the wrong cable or to none. A mark such as (C) \
                  before a reference is not a letter. Where nothing cites the letters, the fix puts them in order; \
                  otherwise a person has to find out which one was intended.",
    example: Example {
        before: "SUBJECT: TALKS\n\nREF: A. ASTANA 515 B. ASTANA 516 B. ASTANA 517\n\n1. (U) They go on.",
        after: "SUBJECT: TALKS\n\nREF: A. ASTANA 515 B. ASTANA 516 C. ASTANA 517\n\n1. (U) They go on.",
    },
    source: "5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: letter_sequence,
};

/// The letter of an index.
fn nth(index: usize) -> char {
    char::from(b'A' + u8::try_from(index.min(25)).unwrap_or(25))
}

fn index_of(letter: char) -> usize {
    (letter as usize).saturating_sub('A' as usize)
}

/// How many entries without a letter are between two that have one: a letter or an e-mail among the cables, on a line of
/// its own. A cable there has lost its letter.
fn without_letter(between: &str) -> usize {
    let is_serial = |word: &str| word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_entry = |line: &&str| {
        line.trim_start().starts_with(|first: char| first.is_ascii_uppercase())
            && !line.split([' ', ',', ';', '(', ')']).any(is_serial)
    };
    between.lines().skip(1).filter(is_entry).count()
}

fn letter_sequence(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let letters = cable.listed_letters();
    if letters.len() < 2 {
        return;
    }
    // A reference before the first letter counts as A.
    let entries = cable.header.references.iter().flat_map(|references| &references.entries);
    let lead = usize::from(entries.take(1).any(|entry| entry.value.letter.is_none()) && letters[0].0 == 'B');
    let is_cited = !cited(cable).is_empty();
    let mut edits: Vec<(Span, String)> = letters
        .iter()
        .enumerate()
        .filter(|(index, (letter, _))| *letter != nth(index + lead))
        .map(|(index, (_, span))| (*span, nth(index + lead).to_string()))
        .collect();
    for (index, &(letter, span)) in letters.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| letters[before]);
        let expected = before.map_or(nth(lead), |(before, _)| nth(index_of(before) + 1));
        // `B01/10/10`: the letter is there and runs into its entry.
        let is_glued = || {
            let between = before.map_or("", |(_, before)| cable.slice(Span::new(before.end, span.start)));
            let mut tokens = between.split([' ', '\n', '\r', '\t', ',', ';', '(']);
            tokens.any(|token| {
                token.strip_prefix(expected).is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit()))
            })
        };
        let is_in_place = || {
            before.is_some_and(|(before, above)| {
                let between = cable.slice(Span::new(above.end, span.start));
                letter > expected && letter == nth(index_of(before) + 1 + without_letter(between))
            })
        };
        if letter == expected || letter == nth(index + lead) || is_glued() || is_in_place() {
            continue;
        }
        let message = match before {
            Some((before, _)) => format!("reference {letter} follows {before}: expected {expected}"),
            None => format!("first reference is {letter}: expected {expected}"),
        };
        let finding = findings.report(span, message);
        if let Some((before, span)) = before {
            finding.related(span, format!("reference {before}"));
        }
        // One fix puts them all in order; at each finding it would cost their number squared.
        if !is_cited && !edits.is_empty() {
            finding.fix("Put the letters in order", std::mem::take(&mut edits));
        }
    }
}

pub(crate) static REPEATED: Rule = Rule {
    code: "HDR017",
    name: "duplicate-or-self-ref",
    severity: Severity::Information,
    lower_severity: None,
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::Finished(Stage::Line)],
    fix: None,
    summary: "a reference is repeated, or is the cable itself",
    explanation: "A cable that lists a reference twice, or lists itself, has one reference fewer than its drafter \
                  intended: most likely a serial was copied and not changed. A reference without a year has the year \
                  of the cable. Posts that are not in the tables are not compared.",
    example: Example {
        before: "SUBJECT: TALKS\n\nREF: A. ASTANA 515 B. ASTANA 515\n\n1. (U) They go on.",
        after: "SUBJECT: TALKS\n\nREF: A. ASTANA 515 B. ASTANA 516\n\n1. (U) They go on.",
    },
    source: "5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: repeated,
};

fn repeated(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let Some(references) = &cable.header.references else { return };
    let own = cable.canonical_id();
    // Without a DTG all references without a year have the same one.
    let id = |reference: &Reference| {
        let year = reference.year.or_else(|| cable.year()).unwrap_or_default();
        Some(canonical_id(year, reference.compact_post.as_deref()?, reference.serial?))
    };
    let ids: Vec<Option<String>> = references.entries.iter().map(|entry| id(&entry.value)).collect();
    let mut firsts: HashMap<&str, Span> = HashMap::new();
    for (entry, id) in references.entries.iter().zip(&ids) {
        let Some(id) = id else { continue };
        let first = *firsts.entry(id).or_insert(entry.span);
        let text = cable.slice(entry.span);
        if own == Some(id) {
            findings.report(entry.span, format!("reference {text} is this cable itself"));
        } else if first != entry.span {
            findings
                .report(entry.span, format!("reference {text} repeats {}", cable.slice(first)))
                .related(first, "first here");
        }
    }
}

pub(crate) static UNDEFINED: Rule = Rule {
    code: "HDR018",
    name: "undefined-ref-cited",
    severity: Severity::Warning,
    lower_severity: Some(Severity::Information),
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::WholeCopy, Need::Finished(Stage::Line)],
    fix: None,
    summary: "the text cites a reference that is not listed",
    explanation: "What the text cites as ref C has to be in the REF line as C, or the reader cannot find it. A letter \
                  after the last one of a lettered list is a warning. A cable that mentions its reftel and has no REF \
                  line is information: the line may have been lost in the copy. Copies that break off, extracts without \
                  a lettered list, and quoted text are left alone.",
    example: Example {
        before: "SUBJECT: TALKS\n\nREF: A. ASTANA 515 B. ASTANA 516\n\n1. (U) They go on (ref C).",
        after: "SUBJECT: TALKS\n\nREF: A. ASTANA 515 B. ASTANA 516\n\n1. (U) They go on (ref B).",
    },
    source: "5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: undefined,
};

/// The first word of a text that speaks of a reference.
fn reftel(text: &str) -> Option<Span> {
    // F is rarer than R.
    memchr::memchr2_iter(b'f', b'F', text.as_bytes()).find_map(|sign| {
        let at = sign.checked_sub("re".len())?;
        let mut scan = Scan::at_byte(text, at)?;
        let is_word = scan.is_word_edge() && scan.take_any_case("REFTEL") && {
            scan.take_any_case("S");
            scan.is_word_edge()
        };
        is_word.then(|| Span::of(at..scan.at()))
    })
}

/// A REF line that was not read as one.
static REF_LINE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?i:ref(?:erence|tel)?s?(?:\(s\))?\s*[:;.])|\bREFS?\b"));

/// The first word that speaks of a reference, in a cable that lists none and has nothing that looks like a list.
pub(super) fn cited_in_vain(cable: &Cable) -> Option<Span> {
    if cable.header.references.is_some() {
        return None;
    }
    let first = cable.body.paragraphs.first().map_or(0, |first| first.marker.span.start as usize);
    let mut own = cable.own_text().iter().copied();
    let found = own.find_map(|span| Some(reftel(cable.slice(span))?.shifted(span.start)))?;
    let above = &cable.text()[..first];
    let has_line = find_any_case(above, "REF").is_some() && REF_LINE.is_match(above);
    (!has_line).then_some(found)
}

fn undefined(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    // What an extract has of its list is whole when it is lettered.
    let is_whole = !cable.is_extract() || cable.listed_letters().len() >= 2;
    if !is_whole {
        return;
    }
    if cable.header.references.is_none() {
        // A copy that has no SUBJECT lost the lines below TAGS as one, and HDR012 says so.
        if cable.header.subject.is_none() && (cable.header.executive_order.is_some() || cable.header.tags.is_some()) {
            return;
        }
        if let Some(span) = cited_in_vain(cable) {
            let text = cable.slice(span);
            findings.report(span, format!("\"{text}\" cites a reference, but there is no REF line")).lower_severity();
        }
        return;
    }
    let letters = cable.listed_letters();
    let Some(&(last, span)) = letters.iter().max_by_key(|(letter, _)| *letter) else { return };
    for (letter, at) in cited(cable).into_iter().filter(|(letter, _)| *letter > last) {
        findings
            .report(at, format!("reference {letter} is cited but not listed: the last one in the REF line is {last}"))
            .related(span, format!("the last reference, {last}"));
    }
}

pub(crate) static UNUSED: Rule = Rule {
    code: "HDR019",
    name: "unused-ref",
    severity: Severity::Hint,
    lower_severity: None,
    on_by_default: false,
    is_of_all_eras: false,
    needs: &[Need::WholeCopy, Need::NotExtract, Need::Finished(Stage::Text)],
    fix: None,
    summary: "a reference is never cited in the text",
    explanation: "A reference has a letter so that it can be cited. One that the text never cites may be left over \
                  from a draft, or the letter in the text is wrong. Many good cables list references that they do not \
                  cite, so the rule is off by default. It reports nothing where the text cites no letter at all, or \
                  mentions the reftels as a whole.",
    example: Example {
        before: "SUBJECT: TALKS\n\nREF: A. ASTANA 515 B. ASTANA 516\n\n1. (U) They go on (ref A).",
        after: "SUBJECT: TALKS\n\nREF: A. ASTANA 515 B. ASTANA 516\n\n1. (U) They go on (refs A and B).",
    },
    source: "5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: unused,
};

/// A range of letters, or the references as a whole.
static AS_A_WHOLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?i:reftels)\b|\b(?i:refs?)\s[A-Z]\s?(?:-|(?i:through|to))\s?[A-Z]\b|\b(?:refs|REFS)\b(?:[.,;)]|\s[a-z]{3})",
    )
});

fn unused(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let cited = cited(cable);
    let is_cited_as_a_whole = || cable.own_text().iter().any(|&span| AS_A_WHOLE.is_match(cable.slice(span)));
    if cited.is_empty() || is_cited_as_a_whole() {
        return;
    }
    for &(letter, span) in cable.listed_letters() {
        if cited.iter().all(|(other, _)| *other != letter) {
            findings.report(span, format!("reference {letter} is never cited in the text"));
        }
    }
}
