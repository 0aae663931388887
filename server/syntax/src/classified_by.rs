//! The Classified By line: who classified, and for which reasons (FORMAT.md, "Classified By").

use std::sync::LazyLock;

use regex::Regex;

use crate::pattern::pattern;
use crate::span::Span;

/// Fields of a Classified By line, wrapped lines included; spans are columns of the text it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassifiedBy {
    /// `Classified By`, without its colon.
    pub keyword: Span,
    /// Name and position, up to the reason.
    pub who: Option<Span>,
    /// `1.4` or `1.5`, as written.
    pub section: Option<Span>,
    /// The letters of the reasons, each where it stands.
    pub reasons: Vec<Span>,
}

static KEYWORD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:\([USC]\)\s*)?(?i:class?if?ied\s+by|derived\s+from\s*:|declassified by\s*:)\s*:?"));

static REASON: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi) (?<lead> [\s.,;:(-]* (?: (?:for|due\ to|based\ on) \s+ (?:the\ )?)? (?: r?e?asons?\b | rasons\b | under | per )? \s* (?:of\b|are\b|is\b|e\.?o\.?\s*\d{5}\b)? \s* [:;,-]? \s* (?:e\.?o\.?\s*\d{5},?\s*)? (?:section\s*|sec\.?\s*)?)
        \b (?<section>1 [.,] \s* [2-6]) (?<letters> (?: \s* (?: \(? \s* \b[a-h]\b \s* \)? | \([a-h](?:\s*[,&/]\s*[a-h])*\) | [a-h]\) | , | and\b | & | / | \+ | ; | 1[.,]\s?[45] | \( | \) ) )* [a-h]?\)? )",
    )
});

/// The keyword at the start of `text`: its length.
pub(crate) fn keyword(text: &str) -> Option<usize> {
    KEYWORD.find(text).map(|found| found.end())
}

/// Reads a Classified By line.
pub(crate) fn read(text: &str) -> Option<ClassifiedBy> {
    let end = keyword(text)?;
    let word = text[..end].trim_end_matches([':', ' ']).len();
    // The template's keyword before the drafter's own: `Classified By: Classified by ...`.
    let again = text[end..].trim_start();
    let skipped = text.len() - again.len();
    let start = keyword(again).map_or(skipped, |more| skipped + more);
    let found = REASON.captures(&text[start..]);
    let who_end = found.as_ref().and_then(|found| found.name("lead")).map_or(text.len(), |lead| start + lead.start());
    let who = crate::line::trim(&text[start..who_end]);
    let who = who.trim_end_matches(['.', ',', ';', ':']).trim_end();
    let who_start = start + text[start..].len() - text[start..].trim_start().len();
    let section = found.as_ref().and_then(|found| found.name("section"));
    let letters = found.as_ref().and_then(|found| found.name("letters"));
    Some(ClassifiedBy {
        keyword: Span::of(0..word),
        who: (!who.is_empty()).then(|| Span::of(who_start..who_start + who.len())),
        section: section.map(|m| Span::of(start + m.start()..start + m.end())),
        reasons: letters.map_or_else(Vec::new, |m| {
            reason_letters(m.as_str()).map(|span| span.shifted((start + m.start()) as u32)).collect()
        }),
    })
}

/// Single letters a to h that stand alone.
fn reason_letters(text: &str) -> impl Iterator<Item = Span> {
    let bytes = text.as_bytes();
    let letter_at = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_alphabetic);
    (0..bytes.len())
        .filter(move |&index| {
            matches!(bytes[index].to_ascii_lowercase(), b'a'..=b'h')
                && !letter_at(index + 1)
                && (index == 0 || !letter_at(index - 1))
        })
        .map(|index| Span::of(index..index + 1))
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
            ("Classified By: DCM Jane Roe", Some("DCM Jane Roe"), None, ""),
            ("Classified By:", None, None, ""),
            ("DERIVED FROM: DSCG 05-1 B, D", Some("DSCG 05-1 B, D"), None, ""),
        ] {
            assert_eq!(parts(text), (who, section, letters.to_owned()), "{text}");
        }
        assert_eq!(read("CLASSIFIED CONFIDENTIAL"), None);
    }
}
