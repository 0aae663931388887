//! The keyword of the SUBJECT line (FORMAT.md, "SUBJECT").

use std::sync::LazyLock;

use regex::Regex;

use crate::fields::misspelt;
use crate::pattern::pattern;
use crate::scan::{Scan, find_any_case};
use crate::span::Span;

/// The keyword at the start of a SUBJECT line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SubjectKeyword {
    /// The word, without its colon.
    pub word: Span,
    /// Whether it is one of the known spellings and a colon follows.
    pub well_formed: bool,
    /// Where the subject's own text may begin.
    pub end: u32,
}

/// The spellings that a colon must follow, and those that are without it.
const WORDS: [&str; 14] = [
    "SUBJECT LINE",
    "SUBJECT",
    "SUBJ",
    "Subject",
    "Subj",
    "SUBECT",
    "SUBJET",
    "SUJBECT",
    "SUBJCT",
    "SUNJECT",
    "SUBJEC",
    "UBJECT",
    "SUBJECTS",
    "subject",
];
const BARE: [&str; 2] = ["SUBJECT", "SUBJ"];

/// Takes a word and its colon; whether it is a true one.
fn take_word(scan: &mut Scan<'_>, word: &str) -> Option<bool> {
    let mut ahead = *scan;
    if !ahead.take(word) {
        return None;
    }
    ahead.take(" ");
    let sign = ahead.next().filter(|sign| matches!(sign, b':' | b';'))?;
    ahead.take_sign(|_| true);
    *scan = ahead;
    Some(sign == b':')
}

/// Reads the keyword at the start of `text`.
pub(crate) fn keyword(text: &str) -> Option<SubjectKeyword> {
    let mut scan = Scan::new(text);
    let with_colon = WORDS.iter().find_map(|word| Some((*word, take_word(&mut scan, word)?)));
    if let Some((word, colon)) = with_colon {
        scan.take_spaces();
        let known = matches!(word, "SUBJECT" | "SUBJ" | "Subject" | "Subj");
        return Some(SubjectKeyword {
            word: Span::of(0..word.len()),
            well_formed: known && colon,
            end: scan.at() as u32,
        });
    }
    // `SUBJECT - THE WHEAT`: without its colon.
    let bare = BARE.iter().find(|word| {
        let mut ahead = Scan::new(text);
        let is_bare = ahead.take(word) && ahead.take_one_of(&[" - ", " . ", " "]).is_some();
        if is_bare {
            scan = ahead;
        }
        is_bare
    });
    let Some(word) = bare else {
        let misspelled = misspelt::keyword(text, &["SUBJECT", "SUBJ"])?;
        return Some(SubjectKeyword { word: misspelled.word, well_formed: false, end: misspelled.end as u32 });
    };
    scan.take_spaces();
    is_heading_text(scan.rest()).then(|| SubjectKeyword {
        word: Span::of(0..word.len()),
        well_formed: false,
        end: scan.at() as u32,
    })
}

/// Where a sentence that says how the cable is to be protected begins.
static PROTECTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi) (?:\([A-Z/]{1,5}\)\s*)? \b (?: (?:THIS|THE)\s+(?:CABLE|MESSAGE|REPORT|DOCUMENT)\s+(?:IS|CONTAINS)\s+ )?
        SENSI?TIVE,?\s+BUT\s+UNCLASSIFIED\b [^\n]* \b(?:PROTECT|TREAT|HANDLE|INTERNET|DISTRIBUT\w*)\b",
    )
});

/// Where a protection sentence begins in a line of the subject.
pub(crate) fn protection(text: &str) -> Option<usize> {
    // Few subjects hold the word, and only those are searched.
    find_any_case(text, "FIED")?;
    PROTECTION.find(text).map(|found| found.start())
}

/// Without a colon only capitals make a subject of it: `SUBJECT TO REVIEW, the` begins a sentence.
fn is_heading_text(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_uppercase())
        && !text.bytes().any(|byte| byte.is_ascii_lowercase())
        && !text.starts_with("TO ")
        && !text.trim_end().ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_protection_sentence_begins_where_it_says_so() {
        for (text, at) in [
            ("WHEAT HARVEST SENSITIVE BUT UNCLASSIFIED - PLEASE PROTECT ACCORDINGLY", Some(14)),
            ("SENSITIVE BUT UNCLASSIFIED; PLEASE HANDLE ACCORDINGLY", Some(0)),
            ("WHEAT (U) THIS CABLE IS SENSITIVE BUT UNCLASSIFIED AND NOT FOR INTERNET USE", Some(6)),
            ("PAPERS THAT ARE SENSITIVE BUT UNCLASSIFIED", None),
        ] {
            assert_eq!(protection(text), at, "{text}");
        }
    }

    #[test]
    fn reads_the_keyword_and_its_misspellings() {
        for (text, well_formed) in [
            ("SUBJECT: X", true),
            ("SUBJ: X", true),
            ("Subject:X", true),
            ("UBJECT: X", false),
            ("SUBJECT KAZAKHSTAN", false),
            ("SUBJECT LINE: X", false),
            ("SUBJT: X", false),
            ("SUBJCET: X", false),
        ] {
            assert_eq!(keyword(text).map(|keyword| keyword.well_formed), Some(well_formed), "{text}");
        }
        for text in ["SUBJECT TO REVIEW", "SUBJECTIVE: X", "SUBJECT matter", "SUBSEQUENTLY"] {
            assert_eq!(keyword(text), None, "{text}");
        }
    }
}
