//! A citation: words of a text that speak of a REF list, `ref A`, `Refs B and C`, `reftel` (FORMAT.md, "REF",
//! "Reference letters").

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

use crate::pattern::{ShortPattern, pattern, short_pattern};
use crate::scan::{Scan, is_word_sign};
use crate::span::Span;

/// A place that cites the REF list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// From the keyword to the last letter: `Refs A and B`.
    pub span: Span,
    /// The letters, upper case, each where it is, without brackets. None where the list is cited as a whole:
    /// `reftel`.
    pub letters: Vec<(char, Span)>,
    /// Indices of the letters from which a range runs to the next letter: `A-C`, `A through C`.
    through: Vec<usize>,
}

impl Citation {
    /// Whether letters are cited that are not there.
    pub const fn is_range(&self) -> bool {
        !self.through.is_empty()
    }

    /// First and last letter of each range.
    pub fn ranges(&self) -> impl Iterator<Item = ((char, Span), (char, Span))> + '_ {
        self.through.iter().filter_map(|&at| self.letters.get(at).copied().zip(self.letters.get(at + 1).copied()))
    }

    /// What cites a letter: the letter itself, or the range of letters that it lies in.
    pub fn of_letter(&self, letter: char) -> impl Iterator<Item = Span> + '_ {
        let own = self.letters.iter().filter(move |cited| cited.0 == letter).map(|cited| cited.1);
        let between = self.ranges().filter(move |(first, last)| first.0 < letter && letter < last.0);
        own.chain(between.map(|(first, last)| Span::new(first.1.start, last.1.end)))
    }

    /// The same, its spans moved by some bytes.
    #[must_use]
    pub fn shifted(self, by: u32) -> Self {
        let letters = self.letters.into_iter().map(|(letter, span)| (letter, span.shifted(by))).collect();
        Self { span: self.span.shifted(by), letters, through: self.through }
    }
}

/// What cites the list at the start of a text.
struct Cited {
    /// The keyword with its full stop, where letters follow it.
    keyword: Span,
    /// The letters with what joins them; none where the keyword stands alone.
    run: Option<Span>,
    is_small: bool,
}

/// Letters of a citation in capitals or not: what the first and the further ones may be, and the words that join them. I is
/// a word, unless it comes first.
struct Letters {
    first: fn(u8) -> bool,
    further: fn(u8) -> bool,
    /// Those that a sign may be before are the first two.
    joins: &'static [&'static str],
    in_any_case: bool,
}

const CAPITALS: Letters = Letters {
    first: |sign| sign.is_ascii_uppercase(),
    further: |sign| sign.is_ascii_uppercase() && sign != b'I',
    joins: &["and", "or", "through", "thru", "to"],
    in_any_case: true,
};
const SMALL: Letters = Letters {
    first: |sign| sign.is_ascii_lowercase(),
    further: |sign| sign.is_ascii_lowercase() && !matches!(sign, b'a' | b'i'),
    joins: &["and", "or", "through", "thru"],
    in_any_case: false,
};

impl Letters {
    /// Takes the letters that come next.
    fn take(&self, scan: &mut Scan<'_>) -> bool {
        if !take_letter(scan, self.first) {
            return false;
        }
        loop {
            let mut ahead = *scan;
            let is_parted = take_white_space(&mut ahead) > 0;
            let is_joined = if ahead.take_sign(|sign| matches!(sign, b',' | b';' | b'/' | b'&' | b'-')) {
                take_white_space(&mut ahead);
                self.take_join(&mut ahead, &self.joins[..2]);
                true
            } else {
                is_parted && self.take_join(&mut ahead, self.joins)
            };
            ahead.take("(");
            if !is_joined || !take_letter(&mut ahead, self.further) {
                return true;
            }
            *scan = ahead;
        }
    }

    fn take_join(&self, scan: &mut Scan<'_>, joins: &[&str]) -> bool {
        let mut ahead = *scan;
        let is_next = |word: &&str| if self.in_any_case { ahead.take_any_case(word) } else { ahead.take(word) };
        let is_join = joins.iter().any(is_next) && take_white_space(&mut ahead) > 0;
        if is_join {
            *scan = ahead;
        }
        is_join
    }
}

/// Takes a letter that stands alone, with the bracket after it.
fn take_letter(scan: &mut Scan<'_>, is: fn(u8) -> bool) -> bool {
    let is_alone = scan.take_sign(is) && scan.is_word_edge();
    scan.take(")");
    is_alone
}

fn take_white_space(scan: &mut Scan<'_>) -> usize {
    scan.take_signs(|sign| matches!(sign, b'\t'..=b'\r' | b' '))
}

impl Cited {
    fn read(text: &str) -> Option<Self> {
        let mut scan = Scan::new(text);
        if !scan.take_any_case("ref") {
            return None;
        }
        let is_tel = scan.take_any_case("tel");
        let is_long = !is_tel && scan.take_any_case("erence");
        scan.take_any_case("s");
        let word = scan;
        scan.take(".");
        let keyword = Span::of(0..scan.at());
        let is_parted = take_white_space(&mut scan) > 0;
        if scan.take("(") || is_parted {
            for (letters, is_small) in [(&CAPITALS, false), (&SMALL, true)] {
                let mut after = scan;
                if letters.take(&mut after) {
                    let run = Some(Span::of(scan.at()..after.at()));
                    return Some(Self { keyword, run, is_small });
                }
            }
        }
        (!is_long && word.is_word_edge()).then(|| Self { keyword: Span::of(0..word.at()), run: None, is_small: false })
    }

    fn end(&self) -> usize {
        self.run.unwrap_or(self.keyword).end as usize
    }
}

/// The letters that stand alone in the words of a citation.
fn letters_alone(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let is_word = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|&byte| is_word_sign(byte));
    let is_alone =
        move |at: &usize| bytes[*at].is_ascii_alphabetic() && !is_word(at.checked_sub(1)) && !is_word(Some(at + 1));
    (0..bytes.len()).filter(is_alone).map(|at| at..at + 1)
}

/// What is between the first and the last letter of a range.
static THROUGH: LazyLock<ShortPattern> = LazyLock::new(|| short_pattern(r"^\)?\s*(?:-|(?i:through|thru|to))\s*\(?$"));

/// The citations of a text; spans are columns of it.
pub fn citations_in(text: &str) -> impl Iterator<Item = Citation> + '_ {
    let mut end = 0;
    keywords(text).into_iter().filter_map(move |at| {
        let own = text.get(at..).filter(|_| at >= end)?;
        let found = Cited::read(own)?;
        end = at + found.end();
        Some(citation(own, &found)?.shifted(at as u32))
    })
}

/// Where words begin that may be the keyword of a citation: `ref`, `reftel`, `Reference`, and neither `reform` nor `prefer`.
fn keywords(text: &str) -> Vec<usize> {
    // These two letters stand together in few other words. One of them alone is never a capital.
    static SMALL: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("ef"));
    static CAPITAL: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("EF"));
    let bytes = text.as_bytes();
    let begins =
        |at: usize, word: &[u8]| bytes.get(at..at + word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word));
    let is_keyword = |at: usize| {
        let is_apart = at.checked_sub(1).is_none_or(|before| !is_word_sign(bytes[before]));
        let goes_on = || match bytes.get(at + 3).map(u8::to_ascii_lowercase) {
            Some(b't') => begins(at + 3, b"tel"),
            Some(b'e') => begins(at + 3, b"erence"),
            Some(next) => next == b's' || !is_word_sign(next),
            None => true,
        };
        begins(at, b"r") && is_apart && goes_on()
    };
    let found = SMALL.find_iter(bytes).chain(CAPITAL.find_iter(bytes)).filter_map(|letter| letter.checked_sub(1));
    let mut found: Vec<usize> = found.filter(|&at| is_keyword(at)).collect();
    found.sort_unstable();
    found
}

fn citation(text: &str, found: &Cited) -> Option<Citation> {
    let as_a_whole = |span: Span| Citation { span, letters: Vec::new(), through: Vec::new() };
    let Some(run) = found.run else { return Some(as_a_whole(found.keyword)) };
    let (own, after) = (run.text(text), &text[run.end as usize..]);
    if found.is_small && !is_small_letter(own, after) {
        // `reftel a few` cites the list; `reference a few` does not.
        let word = found.keyword.text(text).trim_end_matches('.');
        let cites = !word.to_ascii_lowercase().starts_with("reference");
        return cites.then(|| as_a_whole(Span::of(0..word.len())));
    }
    if is_part_of_word(after) {
        return None;
    }
    // `ref A, P/E Chief`, `ref A, C/PAS`: the letters of an office are none of the list.
    let is_office = matches!(own.as_bytes(), [.., b'/', _]) && is_title(after);
    let own = is_office.then(|| OFFICE.find(own)).flatten().map_or(own, |office| &own[..office.start()]);
    let begins = goes_on_as_office(after).then(|| OFFICE_BEGINS.find(own)).flatten();
    let own = begins.map_or(own, |office| &own[..office.start()]);
    let places: Vec<Range<usize>> = letters_alone(own).collect();
    let through = places.windows(2).enumerate().filter(|(_, pair)| THROUGH.is_match(&own[pair[0].end..pair[1].start]));
    let through = through.map(|(index, _)| index).collect();
    let letter = |place: &Range<usize>| {
        let span = Span::of(place.clone()).shifted(run.start);
        own[place.clone()].chars().next().map(|letter| (letter.to_ascii_uppercase(), span))
    };
    let letters: Vec<(char, Span)> = places.iter().filter_map(letter).collect();
    Some(Citation { span: Span::new(0, letters.last()?.1.end), letters, through })
}

/// Two letters after a comma that a title may make an office's.
static OFFICE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:,\s*|\s+and\s+)[A-Z]/[A-Z]$"));

/// One letter after a comma that what follows may make an office's.
static OFFICE_BEGINS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:,\s*|\s+and\s+)[A-Z]$"));

/// Whether a slash and capitals follow: `/PAS`.
fn goes_on_as_office(after: &str) -> bool {
    after.strip_prefix('/').is_some_and(|rest| rest.bytes().take_while(u8::is_ascii_uppercase).count() >= 2)
}

/// Whether the title of an officer follows.
fn is_title(after: &str) -> bool {
    let mut letters = after.trim_start().chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

/// Whether what follows a letter makes it the start of a name: `U.S.`, `N'Djamena`; `ref A's` is none.
fn is_part_of_word(after: &str) -> bool {
    let mut characters = after.chars();
    match characters.next() {
        Some('.') => characters.next().is_some_and(char::is_alphanumeric),
        Some('\'' | '’') => {
            !matches!(characters.next(), Some('s' | 'S')) || characters.next().is_some_and(char::is_alphanumeric)
        }
        _ => false,
    }
}

/// Whether small letters are the list's, not the `a` or `i` of a sentence. Brackets are among `letters`.
fn is_small_letter(letters: &str, after: &str) -> bool {
    let after = after.trim_start();
    let ends = after.is_empty() || after.starts_with([',', '.', ';', ':', ')']) || after.starts_with("para");
    ends || !matches!(letters, "a" | "i")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each citation of a text, its letters after a colon.
    fn read(text: &str) -> Vec<String> {
        let shown = citations_in(text).map(|citation| {
            let letters: String = citation.letters.iter().map(|letter| letter.0).collect();
            for (letter, at) in &citation.letters {
                assert!(at.text(text).eq_ignore_ascii_case(&letter.to_string()), "{text}");
            }
            format!("{}:{letters}{}", citation.span.text(text), if citation.is_range() { "-" } else { "" })
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
            ("ref a, they; ref b is; see ref\na para 3", &["ref a:A", "ref b:B", "ref\na:A"]),
            ("refs (a) and (b) in ref(c)", &["refs (a) and (b:AB", "ref(c:C"]),
            ("As in ref A, P/E Chief said", &["ref A:A"]),
            ("As in ref A, C/PAS said", &["ref A:A"]),
            ("As in refs A and B, D/CG saw it", &["refs A and B:AB"]),
            ("As in refs A, B/C they said", &["refs A, B/C:ABC"]),
            ("ref A's end, as reftel a few say", &["ref A:A", "reftel:"]),
            ("per refs, and in ref Astana's", &["refs:", "ref:"]),
            ("ref U.S. position, REF N'DJAMENA 12, reform A, refer to A, with reference a few", &[]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_range_cites_the_letters_between() {
        let text = "Refs A-C and E.";
        let citation = citations_in(text).next().expect("a citation");
        let cited = |letter| citation.of_letter(letter).map(|span| span.text(text)).collect::<Vec<_>>();
        assert_eq!((cited('A'), cited('B'), cited('C')), (vec!["A"], vec!["A-C"], vec!["C"]));
        assert_eq!((cited('D'), cited('E')), (vec![], vec!["E"]));
    }
}
