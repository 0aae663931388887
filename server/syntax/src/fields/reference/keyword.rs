//! The keyword at the start of a REF line.

use crate::fields::misspelt;
use crate::scan::Scan;
use crate::span::Span;

use super::ReferenceKeyword;
use super::entry::{is_glued_cable, starts_with_any_cable, starts_with_cable};
use super::letters::{Form, letter_at_start, starts_with_letter};

/// The keyword as it is written.
struct Written {
    word: Span,
    /// `:`, `.:`, ` ;` or a point: what is after it for a colon.
    colon: Option<Span>,
    end: usize,
}

impl Written {
    fn read(text: &str) -> Option<Self> {
        let mut scan = Scan::new(text);
        if !scan.take_any_case("REF") {
            return None;
        }
        let _ = scan.take_any_case("ERENCE") || scan.take_any_case("TEL");
        scan.take_any_case("S");
        scan.take_any_case("(S)");
        let word = Span::of(0..scan.at());
        let mut ahead = scan;
        ahead.take(".");
        ahead.take(" ");
        let colon = if ahead.take_sign(|sign| matches!(sign, b':' | b';')) {
            scan.span_of(|scan| *scan = ahead)
        } else {
            scan.span_of(|scan| scan.take("."))
        };
        if scan.take_spaces() == 0 && colon.is_empty() {
            return None;
        }
        Some(Self { word, colon: (!colon.is_empty()).then_some(colon), end: scan.at() })
    }
}

/// Reads the keyword at the start of `text`. Without a colon a letter or a cable must follow.
pub(crate) fn keyword(text: &str) -> Option<ReferenceKeyword> {
    let Some(Written { word, colon, end }) = Written::read(text) else {
        let misspelled = misspelt::keyword(text, &["REF", "REFS", "REFTEL", "REFTELS"])?;
        let rest = &text[misspelled.end..];
        // `08 THE HAGUE 876`: after a year, words that are no post by themselves are of one.
        let has_year = matches!(rest.as_bytes(), [b'0'..=b'9', b'0'..=b'9', b' ', ..]) && starts_with_any_cable(rest);
        return (starts_with_letter(rest) || starts_with_cable(rest) || has_year || is_glued_cable(rest))
            .then_some(ReferenceKeyword { word: misspelled.word, well_formed: false, end: misspelled.end as u32 });
    };
    let rest = &text[end..];
    let all_capitals = !word.text(text).bytes().any(|byte| byte.is_ascii_lowercase());
    let lettered = || letter_at_start(rest).is_some() && !rest.starts_with("A ");
    let listed = || starts_with_any_cable(rest) || lettered();
    // `Ref A: ASTANA 515` has its colon after the letter.
    let after_letter = matches!(rest.as_bytes(), [b'A'..=b'Z', b':', ..]);
    let sure = after_letter || colon.is_some_and(|colon| colon.text(text) != ".");
    (sure || (all_capitals && listed())).then(|| ReferenceKeyword {
        word,
        well_formed: colon.is_some_and(|colon| colon.text(text).ends_with(':')),
        end: end as u32,
    })
}

/// Whether a word is one of the keywords of the list, in any case.
pub fn is_keyword(word: &str) -> bool {
    Written::read(&format!("{word}:")).is_some()
}

/// The letter directly after a keyword: `REF B: ASTANA 515`.
pub(crate) fn keyword_letter(text: &str) -> Option<char> {
    let rest = &text[keyword(text)?.end as usize..];
    let found = letter_at_start(rest)?;
    let letter = rest[found.letter].chars().next()?;
    (found.form != Form::Bare).then(|| letter.to_ascii_uppercase())
}
