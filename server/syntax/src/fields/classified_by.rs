//! The Classified By line: who classified, and for which reasons (FORMAT.md, "Classified By").

mod reason;

use std::sync::LazyLock;

use crate::pattern::{ShortPattern, short_pattern};
use crate::scan::Scan;
use crate::span::Span;
use crate::white_space::trim;

use reason::Step;

/// Fields of a Classified By line, wrapped lines included; spans are columns of the text it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassifiedBy {
    /// `Classified By`, without its colon.
    pub keyword: Span,
    /// Name and position, up to the reason.
    pub who: Option<Span>,
    /// `1.4` or `1.5`, as written.
    pub section: Option<Span>,
    /// The letters of the reasons, each where it is.
    pub reasons: Vec<Span>,
    /// Letters in their place that no order has: `(x)`.
    pub unknown_reasons: Vec<Span>,
    /// One past the last of them, or past the name.
    pub end: u32,
}

/// What follows the level in a portion mark: `(C/NF)`.
static CAVEAT: LazyLock<ShortPattern> = LazyLock::new(|| short_pattern(r"^\s?//?\s?[A-Z]{2}"));

/// The keyword at the start of `text`: its length.
pub(crate) fn keyword(text: &str) -> Option<usize> {
    let mut scan = Scan::new(text);
    let mut marked = scan;
    if ["(U)", "(S)", "(C)"].iter().any(|mark| marked.take(mark)) {
        marked.take_spaces();
        scan = marked;
    }
    let is_keyword = take_classified(&mut scan)
        || take_with_colon(&mut scan, "DERIVED", "FROM")
        || take_with_colon(&mut scan, "DECLASSIFIED", "BY");
    if !is_keyword {
        return None;
    }
    scan.take_spaces();
    scan.take(":");
    Some(scan.at())
}

/// `Classified By`, an S or an F too few.
fn take_classified(scan: &mut Scan<'_>) -> bool {
    let mut ahead = *scan;
    let is_keyword = ahead.take_any_case("CLAS") && {
        ahead.take_any_case("S");
        ahead.take_any_case("I") && {
            ahead.take_any_case("F");
            ahead.take_any_case("IED") && ahead.take_spaces() > 0 && ahead.take_any_case("BY")
        }
    };
    if is_keyword {
        *scan = ahead;
    }
    is_keyword
}

/// Two words that only a colon makes a keyword.
fn take_with_colon(scan: &mut Scan<'_>, first: &str, second: &str) -> bool {
    let mut ahead = *scan;
    let is_keyword = ahead.take_any_case(first) && ahead.take_spaces() > 0 && ahead.take_any_case(second) && {
        ahead.take_spaces();
        ahead.take(":")
    };
    if is_keyword {
        *scan = ahead;
    }
    is_keyword
}

/// Whether reasons are in a line that goes on with `Classified By`.
pub(crate) fn has_reasons(text: &str) -> bool {
    reason::named(text).is_some_and(|named| {
        let (reasons, ..) = reason_letters(text, named.letters);
        !reasons.is_empty()
    })
}

/// Reads a Classified By line.
pub(crate) fn read(text: &str) -> Option<ClassifiedBy> {
    let end = keyword(text)?;
    let word = text[..end].trim_end_matches([':', ' ']).len();
    // The template's keyword before the drafter's own: `Classified By: Classified by ...`.
    let again = text[end..].trim_start();
    let skipped = text.len() - again.len();
    let start = keyword(again).map_or(skipped, |more| skipped + more);
    let after = &text[start..];
    let named = reason::named(after).or_else(|| reason::named_without_section(after));
    let who_end = named.as_ref().map_or(text.len(), |named| start + named.lead);
    let who = trim(&text[start..who_end]);
    let who = who.trim_end_matches(['.', ',', ';', ':']).trim_end();
    let who_start = start + text[start..].len() - text[start..].trim_start().len();
    let (reasons, unknown, end) =
        named.as_ref().map_or((Vec::new(), Vec::new(), who_end - start), |named| reason_letters(after, named.letters));
    let placed = |spans: Vec<Span>| spans.into_iter().map(|span| span.shifted(start as u32)).collect();
    Some(ClassifiedBy {
        keyword: Span::of(0..word),
        who: (!who.is_empty()).then(|| Span::of(who_start..who_start + who.len())),
        section: named.and_then(|named| named.section).map(|section| Span::of(section).shifted(start as u32)),
        reasons: placed(reasons),
        unknown_reasons: placed(unknown),
        end: (start + end) as u32,
    })
}

/// The letters after the section, those that no order has, and where the list ends. A letter that nothing joins to the
/// one before, written another way or out of order, is the portion mark of the text after: `1.4 (b) and (d) (C) The`.
fn reason_letters(text: &str, section_end: usize) -> (Vec<Span>, Vec<Span>, usize) {
    let (mut reasons, mut unknown) = (Vec::new(), Vec::new());
    let mut at = section_end;
    let mut last: Option<&str> = None;
    while let Some(step) = Step::read(&text[at..]) {
        let own = &text[at..];
        let (open, close) = (&own[step.open], &own[step.close.clone()]);
        let join = own[step.join].trim();
        let written = &own[step.letter.clone()];
        let span = Span::of(step.letter).shifted(at as u32);
        let rest = &own[step.close.end..];
        let bracketed = open.starts_with('(') || close.contains(')');
        let known = matches!(written.as_bytes(), [b'a'..=b'h' | b'A'..=b'H']);
        let is_mark = last.is_some_and(|last| {
            let other_case =
                last.bytes().all(|b| b.is_ascii_lowercase()) != written.bytes().all(|b| b.is_ascii_lowercase());
            join.trim_matches('.').is_empty()
                && (other_case || written.to_ascii_lowercase() <= last.to_ascii_lowercase())
        });
        // `(C/NF)` is a mark, and `a` with a word after it one of the text.
        let is_word =
            !bracketed && rest.trim_start().starts_with(|next: char| next.is_ascii_lowercase()) && !goes_on(rest);
        let caveat = open.starts_with('(') && !close.contains(')') && CAVEAT.is_match(rest);
        let apart = !bracketed && last.is_some() && join.is_empty();
        if is_mark
            || is_word
            || caveat
            || (apart && !open.is_empty())
            || rest.starts_with(['.', '\'']) && rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic)
        {
            break;
        }
        if known {
            reasons.push(span);
        } else if bracketed && (last.is_some() && !join.is_empty() || last.is_none() && !is_marks_letter(written)) {
            unknown.push(span);
        } else {
            break;
        }
        at += step.close.end;
        last = Some(written);
    }
    (reasons, unknown, at)
}

/// `1.4 (S) The`: directly after the section it may be the mark of the text.
fn is_marks_letter(written: &str) -> bool {
    matches!(written, "S" | "U" | "s" | "u")
}

/// Whether the list of letters goes on with `and`, also with one that the copy tore.
fn goes_on(rest: &str) -> bool {
    let rest = rest.trim_start().to_ascii_lowercase();
    if matches!(rest.as_str(), "and" | "a" | "an") {
        return true;
    }
    ["and ", "a nd ", "an d ", "and(", "nd ", "through ", "thru "].iter().any(|and| rest.starts_with(and))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (Option<&str>, Option<&str>, String) {
        let line = read(text).unwrap_or_else(|| panic!("{text}"));
        let letters = line.reasons.iter().map(|span| span.text(text)).collect::<String>().to_ascii_lowercase();
        (line.who.map(|span| span.text(text)), line.section.map(|span| span.text(text)), letters)
    }

    #[test]
    fn reads_the_forms_of_real_lines() {
        for (text, who, section, letters) in [
            ("Classified By: AMBASSADOR ROE FOR REASONS 1.5 (b) AND (d)", Some("AMBASSADOR ROE"), Some("1.5"), "bd"),
            (
                "CLASSIFIED BY: POL COUNSELOR JOHN DOE. REASONS: 1.4 (B) AND (D).",
                Some("POL COUNSELOR JOHN DOE"),
                Some("1.4"),
                "bd",
            ),
            ("CLASSIFIED BY AMBASSADOR JANE ROE, REASON 1.5 (D).", Some("AMBASSADOR JANE ROE"), Some("1.5"), "d"),
            ("Classified By: DCM Jane Roe; Reasons: 1.4(b,c,d)", Some("DCM Jane Roe"), Some("1.4"), "bcd"),
            ("Classified By: Classified by DCM Jane Roe, reason 1.4 b/d", Some("DCM Jane Roe"), Some("1.4"), "bd"),
            ("Classified By: CDA John Doe for reasons 1.4 (b) (d)", Some("CDA John Doe"), Some("1.4"), "bd"),
            ("CLASSIFIED BY: DCM JANE ROE DUE TO 1,4 (B) AND (D)", Some("DCM JANE ROE"), Some("1,4"), "bd"),
            ("Classified By: DCM Jane Roe per 1.4 (b)", Some("DCM Jane Roe"), Some("1.4"), "b"),
            ("Classified By: DCM Jane Roe, reasons 1.4. (b & d).", Some("DCM Jane Roe"), Some("1.4"), "bd"),
            ("Classified By: DCM Jane Roe, reasons 1.4.(b), (d)", Some("DCM Jane Roe"), Some("1.4"), "bd"),
            ("Classified By: DCM Jane Roe, reason 1.4B AND D", Some("DCM Jane Roe"), Some("1.4"), "bd"),
            ("Classified By: DCM Jane Roe, reason 1.4a and b", Some("DCM Jane Roe"), Some("1.4"), "ab"),
            ("Classified By: DCM Jane Roe, reason 1 .4 (b)", Some("DCM Jane Roe"), Some("1 .4"), "b"),
            ("Classified By: DCM Jane Roe, reason 1.4 (b) a nd (d)", Some("DCM Jane Roe"), Some("1.4"), "bd"),
            ("Classified By: DCM Jane Roe, reason 1.4 (b) an d (d)", Some("DCM Jane Roe"), Some("1.4"), "bd"),
            (
                "Classified By: DCM Jane Roe, reasons 1.4 (b) and (d) (C) Talks go on",
                Some("DCM Jane Roe"),
                Some("1.4"),
                "bd",
            ),
            (
                "Classified By: DCM Jane Roe, reasons 1.4 (b) and ( d)  (C/NF) The",
                Some("DCM Jane Roe"),
                Some("1.4"),
                "bd",
            ),
            ("CLASSIFIED BY: DCM ROE, REASONS 1.4 B & D  Action Request in", Some("DCM ROE"), Some("1.4"), "bd"),
            ("Classified By: DCM Roe, Reason 1.4 (c)(d)(f)", Some("DCM Roe"), Some("1.4"), "cdf"),
            ("Classified By: DCM Roe, Reason 1.4 (c) 1.4 (d)", Some("DCM Roe"), Some("1.4"), "cd"),
            ("Classified By: DCM Roe, Reason 1.5 (b, d, X6)", Some("DCM Roe"), Some("1.5"), "bd"),
            ("Classified By: DCM Roe, Reason 1.4 (b) and (x).", Some("DCM Roe"), Some("1.4"), "b"),
            ("Classified By: DCM Roe, Reason 1.4 (b) through (d)", Some("DCM Roe"), Some("1.4"), "bd"),
            ("Classified By: DCM Roe, Reason 1.4 b thru d", Some("DCM Roe"), Some("1.4"), "bd"),
            ("Classified By: DCM Roe, Reason 1.4 (b) through the order", Some("DCM Roe"), Some("1.4"), "b"),
            ("Classified By: DCM Roe, Reason 1.4 (b)/(d)", Some("DCM Roe"), Some("1.4"), "bd"),
            ("Classified By: DCM Roe, Reason 1.4 (b,d)", Some("DCM Roe"), Some("1.4"), "bd"),
            ("Classified By: DCM Roe, Reason 1.4 (b/ d).", Some("DCM Roe"), Some("1.4"), "bd"),
            ("Classified By: DCM Roe, Reason 1.4 (b ) and (d )", Some("DCM Roe"), Some("1.4"), "bd"),
            ("Classified By: DCM Roe, Reason 1.4 (b) a  nd (d)", Some("DCM Roe"), Some("1.4"), "bd"),
            ("Classified By: DCM Roe, Reason 1.4 b and", Some("DCM Roe"), Some("1.4"), "b"),
            ("Classified By: DCM Roe, E.O. 12958 reasons (b) and (d)", Some("DCM Roe"), None, "bd"),
            ("Classified By: DCM Roe, for reasons of state (b)", Some("DCM Roe, for reasons of state (b)"), None, ""),
            ("Classified By: DCM Jane Roe for reaso ns 1.4 (b)", Some("DCM Jane Roe"), Some("1.4"), "b"),
            ("Classified By: DCM Jane Roe, rea sons 1.4 (b/d)", Some("DCM Jane Roe"), Some("1.4"), "bd"),
            ("CLASSIFIED BY: DCM JANE ROE, R EASONS: 1.4(B/D).", Some("DCM JANE ROE"), Some("1.4"), "bd"),
            ("Classified By: DCM Jane Roe. Reason s 1.4(b)", Some("DCM Jane Roe"), Some("1.4"), "b"),
            ("Classified By: DCM Jane Roe by reasons 1.4 (b)", Some("DCM Jane Roe"), Some("1.4"), "b"),
            ("Classified By: DCM Jane Roe by reason of state", Some("DCM Jane Roe by reason of state"), None, ""),
            ("Classified By: DCM Peter Easons 1.4 (b)", Some("DCM Peter"), Some("1.4"), "b"),
            ("Classified By: DCM Jane Roe", Some("DCM Jane Roe"), None, ""),
            ("Classified By:", None, None, ""),
            ("DERIVED FROM: DSCG 05-1 B, D", Some("DSCG 05-1 B, D"), None, ""),
        ] {
            assert_eq!(parts(text), (who, section, letters.to_owned()), "{text}");
        }
        assert_eq!(read("CLASSIFIED CONFIDENTIAL"), None);
    }
}
