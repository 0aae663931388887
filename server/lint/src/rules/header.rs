//! The header lines: E.O., TAGS, SUBJECT, REF (HDR).

mod executive_order;
mod missing_order;
mod order;
mod references;
mod tags;
mod unknown_tag;

use std::sync::LazyLock;

use cable_syntax::{Cable, Era, ShortPattern, Span, is_reference_keyword, short_pattern};

pub(super) use executive_order::{
    CLASSIFICATION as ORDER_CLASSIFICATION, DURATION, INVALID_DATE, MALFORMED as MALFORMED_ORDER, OBSOLETE_EXEMPTION,
    WRONG_FOR_DATE,
};
pub(super) use missing_order::MISSING as MISSING_ORDER;
pub(super) use order::ORDER as LINE_ORDER;
pub(super) use references::{LETTERS, MALFORMED as MALFORMED_REFERENCE, REPEATED, UNDEFINED, UNUSED};
pub(super) use tags::{DUPLICATE, MISSING as MISSING_TAGS, PERSON_WITHOUT_NAME};
pub(super) use unknown_tag::UNKNOWN_TAG;

use super::classification::lacks_line;
use crate::findings::{Context, Findings};
use crate::gone::is_cancelled;
use crate::needs::{Need, Stage};
use crate::{Change, Example, Letters, Rule, RuleFix, Severity};

pub(crate) static MISSING_SUBJECT: Rule = Rule {
    code: "HDR012",
    name: "missing-subject",
    severity: Severity::Warning,
    lower_severity: Some(Severity::Information),
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::WholeCopy, Need::Finished(Stage::Subject)],
    fix: None,
    summary: "there is no SUBJECT line",
    explanation: "Every cable says in its SUBJECT line what it is about, and lists of cables show nothing else. \
                  Where Classified By is lost with it, this one finding says so. \
                  Nothing is reported in a copy that breaks off, a later section or a cable whose beginning was \
                  cancelled, nor where the E.O. and TAGS lines are missing too: then the header as a whole is not there. In an extract it is information only.",
    example: Example {
        before: "E.O. 12958: N/A\nTAGS: PREL KZ\n\n1. (U) The delegation left.",
        after: "E.O. 12958: N/A\nTAGS: PREL KZ\nSUBJECT: DELEGATION LEAVES\n\n1. (U) The delegation left.",
    },
    source: "5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: missing_subject,
};

fn missing_subject(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let header = &cable.header;
    let has_header = header.executive_order.is_some() || header.tags.is_some();
    if header.subject.is_some() || !has_header || is_cancelled(cable) {
        return;
    }
    let order = header.executive_order.as_ref().map(|order| order.span);
    let tags = header.tags.as_ref().map(|tags| tags.keyword.at(tags.keyword.value.word));
    let Some(span) = header.classification.as_ref().map(|line| line.span).or(order).or(tags) else { return };
    // Of a copy that lost all lines below TAGS one finding is enough.
    let cited = Some(cable).filter(|cable| !cable.is_extract()).and_then(references::cited_in_vain);
    let lost = match (cited, lacks_line(cable)) {
        (Some(_), true) => ", no REF line and no Classified By line",
        (Some(_), false) => " and no REF line",
        (None, true) => " and no Classified By line",
        (None, false) => "",
    };
    let finding = findings.report(span, format!("no SUBJECT line{lost}"));
    if let Some(cited) = cited {
        finding.related(cited, "this cites a reference");
    }
    if cable.is_extract() {
        finding.lower_severity();
    }
}

pub(crate) static MISSPELT_KEYWORD: Rule = Rule {
    code: "HDR013",
    name: "header-keyword-misspelt",
    severity: Severity::Warning,
    lower_severity: Some(Severity::Information),
    on_by_default: true,
    is_of_all_eras: false,
    needs: &[Need::NotSmart, Need::Finished(Stage::Line)],
    fix: Some(RuleFix::safe(&[Change::Field], Letters::Keyword)),
    summary: "a header keyword is misspelled or lacks its colon",
    explanation: "Programs find the header lines by keyword and colon: E.O. 12958:, TAGS:, SUBJECT:, REF:. They miss a \
                  line that lacks them. Where the E.O. line and the TAGS line both lack their colons, the post wrote \
                  them that way, and it is reported once, as information. The spellings SUBJ, REFS, REFTEL and lower \
                  case letters are accepted: E.o. only where Tags is in small letters too.",
    example: Example { before: "E.O. 12958: N/A\nTAGS PREL PHUM KZ", after: "E.O. 12958: N/A\nTAGS: PREL PHUM KZ" },
    source: "5 FAH-1 H-240 (Correspondence Handbook, preparing telegrams at post)",
    check: misspelt_keyword,
};

/// A keyword that is not as it should be.
struct Misspelled {
    /// The keyword as written, with what is in place of its colon.
    span: Span,
    /// The keyword as it should be, its colon included.
    right: String,
    /// Nothing but the colon is missing.
    only_colon: bool,
    lacks_colon: bool,
    edits: Vec<(Span, String)>,
}

fn misspelt_keyword(context: &Context<'_>, findings: &mut Findings) {
    let cable = context.cable;
    let mut order = misspelled_order(cable);
    let mut tags = misspelled_tags(cable);
    let both = order.as_ref().is_some_and(|order| order.lacks_colon)
        && tags.as_ref().is_some_and(|tags| tags.lacks_colon && tags.only_colon);
    if let Some((first, second)) = order.as_mut().filter(|_| both).zip(tags.as_mut()) {
        first.edits.append(&mut second.edits);
        first.edits.sort_unstable();
        let (text, below) = (cable.slice(first.span), cable.slice(second.span));
        let what = if first.only_colon { "has no colon".to_owned() } else { format!("should be {}", first.right) };
        findings
            .report(first.span.min(second.span), format!("\"{text}\" {what}, and \"{below}\" has no colon either"))
            .lower_severity()
            .related(first.span.max(second.span), "no colon here either")
            .fix("Add the colons", std::mem::take(&mut first.edits));
        (order, tags) = (None, None);
    }
    for misspelled in [order, tags, misspelled_subject(cable), misspelled_reference(cable)].into_iter().flatten() {
        let text = cable.slice(misspelled.span);
        let message = if misspelled.only_colon {
            format!("\"{text}\" has no colon")
        } else {
            format!("misspelled keyword \"{text}\": did you mean {}?", misspelled.right)
        };
        let finding =
            findings.report(misspelled.span, message).fix(format!("Write {}", misspelled.right), misspelled.edits);
        // A keyword inside a line, or one that no field follows, may be a word of a sentence.
        if !is_field(context, misspelled.span) {
            finding.mark_unsafe();
        }
    }
}

/// Words after `E.O. 12958` that go on with a sentence.
const CONJUNCTIONS: [&str; 6] = ["AND", "OR", "OF", "ON", "IN", "WAS"];

/// Whether a keyword begins a field: it begins its line, or follows another field there, and what follows is such a field's.
fn is_field(context: &Context<'_>, keyword: Span) -> bool {
    let cable = context.cable;
    let line = cable.lines()[cable.line_at(keyword.start) as usize].span;
    let before = cable.slice(Span::new(line.start, keyword.start)).trim_end();
    if before.ends_with(|last: char| last.is_lowercase()) {
        return false;
    }
    let after = cable.slice(Span::new(keyword.end.min(line.end), line.end)).trim();
    let word = cable.slice(keyword);
    let mut words = after.split([' ', ',', ';', '/', ':', '.']).filter(|word| !word.is_empty());
    if word.to_ascii_uppercase().starts_with("TAG") {
        return after.is_empty() || words.any(|word| context.catalog.is_tag(&word.to_ascii_uppercase()));
    }
    if !word.starts_with(['E', 'e']) {
        return true;
    }
    // Other orders are spoken of in a subject.
    let number =
        word.rsplit([' ', '.']).map(|number| number.trim_matches([':', ' '])).find(|number| !number.is_empty());
    if number.is_some_and(|number| number.parse::<u32>().is_ok() && context.catalog.executive_order(number).is_none()) {
        return false;
    }
    words.next().is_none_or(|first| {
        let is_instruction =
            ["n", "decl", "gds", "xgds", "oadr", "declassify"].contains(&first.to_lowercase().as_str());
        is_instruction || !(first.starts_with(char::is_lowercase) || CONJUNCTIONS.contains(&first))
    })
}

/// What is between keyword and order number, and after that.
static ORDER: LazyLock<ShortPattern> = LazyLock::new(|| {
    short_pattern(
        r"^(?<keyword>[Ee] ?[.,]? ?[Oo0] ?[.,]?)(?<first> ?:)? ?(?<order>[0-9SOIlBgZG]{5}\b|\d{4,6})?(?<second> ?:)?(?<late>[^:\n]{1,3}:)?",
    )
});

fn misspelled_order(cable: &Cable) -> Option<Misspelled> {
    // Until 1995 the line was written with a colon or without: `E.O. 12065 GDS 8/12/85`.
    if matches!(cable.era, Era::Archives1973 | Era::Letters1979) {
        return None;
    }
    let field = cable.header.executive_order.as_ref().filter(|field| !field.value.well_formed)?;
    let found = ORDER.captures(cable.slice(field.span))?;
    let keyword = found.name("keyword")?;
    let own_colon = found.name("second").or_else(|| found.name("first"));
    let after = found.name("late").map_or(found.get(0)?.end(), |late| late.start());
    let late = found.name("late").filter(|_| own_colon.is_none());
    let has_colon = own_colon.or(late).is_some();
    // `E. O.` is spaced, not misspelt, and a header in small letters has `E.o.`.
    let letters = keyword.as_str().replace(' ', "");
    let well_spelt = letters == "E.O." || (letters.eq_ignore_ascii_case("E.O.") && is_small(cable));
    // `12958.:` has a sign too many; in `1295 8:` it is the number that is wrong.
    let stray = late.filter(|late| !late.as_str().contains(|sign: char| sign.is_alphanumeric()));
    if well_spelt && has_colon && stray.is_none() {
        return None;
    }
    let mut edits = Vec::new();
    if !well_spelt {
        let blank = if found.name("order").is_some_and(|order| order.start() == keyword.end()) { " " } else { "" };
        // Of two colons the one after the number stays.
        let first = found.name("first").filter(|_| found.name("second").is_some());
        let whole = keyword.start()..first.map_or(keyword.end(), |first| first.end());
        edits.push((Span::of(whole).shifted(field.span.start), format!("E.O.{blank}")));
    }
    let written = cable.slice(Span::of(0..after).shifted(field.span.start));
    let mut end = field.span.start + written.trim_end().len() as u32;
    if let Some(stray) = stray {
        let stray = Span::of(stray.range()).shifted(field.span.start);
        edits.push((Span::new(end, stray.end - 1), String::new()));
        end = stray.end;
    } else if !has_colon {
        // What is there in place of the colon goes.
        let after = &cable.text()[end as usize..];
        let other = after.len() - after.trim_start_matches([' ', '.', ';', ',', ':', '-', '/']).len();
        let is_other = after[..other].trim().len() == 1;
        let gone = if is_other { after[..other].trim_end().len() as u32 } else { 0 };
        edits.push((Span::new(end, end + gone), ":".to_owned()));
    }
    let order = found.name("order").map(|order| format!(" {}", order.as_str())).unwrap_or_default();
    Some(Misspelled {
        span: Span::new(field.span.start, end),
        right: format!("E.O.{order}:"),
        only_colon: well_spelt && !has_colon,
        lacks_colon: !has_colon,
        edits,
    })
}

/// Whether the keyword below is in small letters too: a header that was printed so throughout.
fn is_small(cable: &Cable) -> bool {
    let header = &cable.header;
    let tags = header.tags.as_ref().map(|tags| tags.keyword.at(tags.keyword.value.word));
    let subject = || header.subject.as_ref().map(|subject| subject.keyword.at(subject.keyword.value.word));
    tags.or_else(subject).is_some_and(|word| cable.slice(word).ends_with(|last: char| last.is_ascii_lowercase()))
}

fn misspelled_tags(cable: &Cable) -> Option<Misspelled> {
    let keyword = &cable.header.tags.as_ref()?.keyword;
    let word = keyword.at(keyword.value.word);
    misspelled(cable, word, "TAGS", keyword.value.well_formed)
}

fn misspelled_subject(cable: &Cable) -> Option<Misspelled> {
    let keyword = &cable.header.subject.as_ref()?.keyword;
    let word = keyword.at(keyword.value.word);
    let right = if cable.slice(word).eq_ignore_ascii_case("SUBJ") { "SUBJ" } else { "SUBJECT" };
    misspelled(cable, word, right, keyword.value.well_formed)
}

fn misspelled_reference(cable: &Cable) -> Option<Misspelled> {
    let keyword = &cable.header.references.as_ref()?.keyword;
    let word = keyword.at(keyword.value.word);
    // `REFA:` is the list's first letter, glued; an E or F is rather the last of the keyword again.
    if matches!(cable.slice(word).as_bytes(), [b'R', b'E', b'F', b'A'..=b'D']) {
        return None;
    }
    // `REF A: VATICAN 5286; REF B: ...` has its colons after the letters.
    let after = cable.text()[word.end as usize..].trim_start().as_bytes();
    if matches!(after, [b'A'..=b'Z', b':', ..]) {
        return None;
    }
    let text = cable.slice(word);
    // A word that is none of the keywords is a mistake for the nearest; a 5 in it is an S.
    let letters = text.to_ascii_uppercase().replace('5', "S");
    let distance = |known: &&str| strsim::osa_distance(&letters, known);
    let known =
        ["REF", "REFS", "REFTEL", "REFTELS"].into_iter().min_by_key(distance).filter(|known| distance(known) <= 1);
    let is_known = is_reference_keyword(text);
    misspelled(cable, word, if is_known { text } else { known.unwrap_or(text) }, keyword.value.well_formed)
}

/// The mistake of a keyword that should be `right` and a colon. Small letters are none.
fn misspelled(cable: &Cable, word: Span, right: &str, well_formed: bool) -> Option<Misspelled> {
    let text = cable.slice(word);
    let well_spelt = text.eq_ignore_ascii_case(right);
    let after = &cable.text()[word.end as usize..];
    let separator = after.trim_start_matches(' ');
    let spaces = after.len() - separator.len();
    let has_colon = separator.starts_with(':');
    if well_formed || (well_spelt && has_colon) {
        return None;
    }
    if let Some((right, end)) = parted(text, after) {
        let whole = Span::new(word.start, word.end + end);
        let edits = vec![(whole, spaced(cable, &right, whole.end))];
        return Some(Misspelled { span: whole, right, only_colon: false, lacks_colon: false, edits });
    }
    // `TAGS;` and `TAGS/` have something else in place of the colon, `TAGS.:` something else before it.
    let other = separator.starts_with([';', ',', '/', '.', '-']) && spaces <= 1;
    let sign = if has_colon || other { spaces as u32 + 1 } else { 0 };
    let late_colon = other && after[sign as usize..].starts_with(':');
    let end = word.end + sign + u32::from(late_colon);
    let right = format!("{}:", if well_spelt { text } else { right });
    let written = spaced(cable, &right, end);
    let whole = Span::new(word.start, end);
    let edit = if well_spelt { (Span::new(word.end, end), written[text.len()..].to_owned()) } else { (whole, written) };
    let lacks_colon = !has_colon && !late_colon;
    Some(Misspelled { span: whole, right, only_colon: well_spelt && lacks_colon, lacks_colon, edits: vec![edit] })
}

/// A keyword whose colon, or a sign too many, stands between its letters, `TAG:S`, `SUBJ ECT:`: the keyword with its colon,
/// and the length of what follows `word` and is part of it.
fn parted(word: &str, after: &str) -> Option<(String, u32)> {
    const KEYWORDS: [&str; 4] = ["TAGS", "SUBJECT", "REFS", "REFTEL"];
    let rest = after.strip_prefix(|sign: char| matches!(sign, ' ' | ':' | ';' | ',' | '/' | '.' | '-' | '\''))?;
    let letters = rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_uppercase()).len();
    let (torn, rest) = rest.split_at(letters);
    let whole = format!("{}{torn}", word.to_ascii_uppercase());
    let has_colon = rest.trim_start_matches(' ').starts_with(':');
    if torn.is_empty() || !KEYWORDS.contains(&whole.as_str()) {
        return None;
    }
    let colon = if has_colon { rest.len() - rest.trim_start_matches(' ').len() + 1 } else { 0 };
    Some((format!("{whole}:"), (1 + letters + colon) as u32))
}

/// A keyword with a blank after it, where the text at `end` does not begin with one.
fn spaced(cable: &Cable, keyword: &str, end: u32) -> String {
    let is_glued = cable.text()[end as usize..].starts_with(|after: char| !after.is_whitespace());
    if is_glued { format!("{keyword} ") } else { keyword.to_owned() }
}
