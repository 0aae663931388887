//! Where a text cites the REF list: `ref A`, `Refs A and B`, `reftel` (FORMAT.md A.6).
//!
//! A pure function of the text. Whether the list has such a letter is for the caller to see.

use std::sync::LazyLock;

use cable_syntax::{Span, pattern};
use regex::Regex;

/// One citation; spans are columns of the text it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Citation {
    /// From the keyword to the last letter.
    pub(crate) span: Span,
    /// The letters, each where it stands. None where the list is cited as a whole: `reftel`.
    pub(crate) letters: Vec<(char, Span)>,
    /// `refs A-C`: the letters between are meant too.
    pub(crate) is_range: bool,
}

/// `ref A`, `refs A and B`, `(ref (B))`, `Reftels A through C`, `reftels`. I is a word, unless it comes first.
static CITATION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x) \b(?i:ref(?:tel|erence)?s?)\.? (?:\s+|\s*\() (?<letters> [A-Z]\b \)?
            (?: (?: \s*(?:,|;|/|&|-)\s*(?:(?:and|AND|or|OR)\s)?\s* | \s+(?:and|AND|or|OR|through|THROUGH|to|TO)\s+ ) \(?[A-HJ-Z]\b \)? )* )
        | \b(?i:reftels?|refs?)\b",
    )
});

/// What makes a run of letters a range.
static RANGE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)-|\bthrough\b|\bto\b"));

/// The citations of a text, in order.
pub(crate) fn citations(text: &str) -> impl Iterator<Item = Citation> + '_ {
    CITATION.captures_iter(text).filter_map(move |found| {
        let whole = found.get(0)?;
        let Some(run) = found.name("letters") else {
            return Some(Citation { span: Span::of(whole.range()), letters: Vec::new(), is_range: false });
        };
        // `ref U.S. position`, `ref A's`: the letter of a word.
        let behind = &text[whole.end()..];
        if behind.starts_with(['\'', '’']) || is_initial(behind) {
            return None;
        }
        let own = run.as_str();
        let alone = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        let letters = own.char_indices().filter(|&(at, letter)| {
            letter.is_ascii_uppercase()
                && alone(own[..at].chars().next_back())
                && alone(own[at + letter.len_utf8()..].chars().next())
        });
        let letters: Vec<(char, Span)> =
            letters.map(|(at, letter)| (letter, Span::of(run.start() + at..run.start() + at + 1))).collect();
        let end = letters.last().map_or(whole.end() as u32, |last| last.1.end);
        Some(Citation { span: Span::new(whole.start() as u32, end), letters, is_range: RANGE.is_match(own) })
    })
}

/// Whether what follows a letter makes it an initial: `.S.`
fn is_initial(behind: &str) -> bool {
    let mut characters = behind.chars();
    characters.next() == Some('.') && characters.next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each citation as text, its letters behind a colon.
    fn read(text: &str) -> Vec<String> {
        let shown = citations(text).map(|citation| {
            let letters: String = citation.letters.iter().map(|letter| letter.0).collect();
            for (letter, at) in &citation.letters {
                assert_eq!(at.text(text), letter.to_string(), "{text}");
            }
            let range = if citation.is_range { "-" } else { "" };
            format!("{}:{letters}{range}", citation.span.text(text))
        });
        shown.collect()
    }

    #[test]
    fn reads_the_forms_of_real_texts() {
        for (text, expected) in [
            ("As in ref A, they go on.", &["ref A:A"][..]),
            ("Refs A and B say so (REF C).", &["Refs A and B:AB", "REF C:C"]),
            ("reftels A, B, and D; Reftel says", &["reftels A, B, and D:ABD", "Reftel:"]),
            ("(ref (B)) and refs (A) and (C)", &["ref (B:B", "refs (A) and (C:AC"]),
            ("refs A-C, refs B through D", &["refs A-C:AC-", "refs B through D:BD-"]),
            ("refs A and\nB. Ref\nC", &["refs A and\nB:AB", "Ref\nC:C"]),
            ("REF A AND I AGREE", &["REF A:A"]),
            ("Reference B was ref A/B", &["Reference B:B", "ref A/B:AB"]),
            ("ref U.S. position, ref A's end, reform A, refer to A", &[]),
            ("per refs, and in ref Astana's", &["refs:", "ref:"]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
