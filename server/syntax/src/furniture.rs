//! Page furniture: what printers, message centers and reviewers put around the pages of a cable (FORMAT.md, "Page lines", "Released pages").
//!
//! A stamp tells by itself what it is. A line of the other kinds is furniture only beside a page line or a stamp: the
//! second line of a page line looks like a reference, and the mark of an exemption like a number. The place settles that.

use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

use crate::pattern::{ShortPattern, pattern, short_pattern};
use crate::span::Span;
use crate::white_space::trim;

/// What a line can be beside a page line or a stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    /// The other line of a page line: post, serial, section, time.
    PageRest,
    /// A line that a message center printed at the head of each page.
    Center,
    /// A printer's number or a counter.
    Number,
    /// The exemptions under which something is withheld.
    Exemption,
    /// A line of a review stamp that runs over several.
    Review,
    /// A level that was misread.
    Level,
    /// The name of a reviewer above the stamp.
    Name,
}

static DECLASSIFIED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x) (?: \b[A-Z][a-z]+ (?:\ [A-Z]\.?)? \ [A-Z][A-Za-z'-]+ \ {1,2} )?
        Declassified/Released \ US \ Department \ of \ State (?: \ EO \ Systematic \ Review (?: \ \d{1,2}\ [A-Za-z]{3,9}\ \d{4} )? | \ EO )?",
    )
});

static PAGE_REST: LazyLock<ShortPattern> = LazyLock::new(|| {
    short_pattern(
        r"(?x)^ (?: (?: (?: [A-Z][A-Z.'-]{2,} | [A-Z][A-Z.'-]*\ [A-Z][A-Z.'-]* ) (?:\ [A-Z][A-Z.'-]*)? \ + )? [0-9OQIl]{4,6} )?
        (?: (?:^|\ +) [0-9OQIlC]{1,2}\ +[O0][FP]\ +[0-9OQIlC]{1,2} )?
        (?: (?:^|\ +) [0-9OQIl]{6}\ ?[Z21] )?
        (?: \ +(?:TOSEC|SECTO)\ \d+ )? (?: \ +POSS\ DUPE )? $",
    )
});

static EXEMPTIONS: LazyLock<ShortPattern> = LazyLock::new(|| {
    short_pattern(
        r"(?x)^ (?: \(?b\)?\(?\d\)? | B\d (?:\([A-Z]\))? | NR | 1\.[45] \ ? \(? [A-Ha-h] \)? (?:\([A-Ha-h]\))* | 25?X\d{1,2} | 50X\d )
        (?: (?: \s*[,;/&]\s* | \s+ (?:and\ )? ) (?: B\d (?:\([A-Z]\))? | NR | 1\.[45] \ ? \(? [A-Ha-h] \)? (?:\([A-Ha-h]\))* | 25?X\d{1,2} | \([A-Ha-h]\) ) )* \.? $",
    )
});

static RELEASED: LazyLock<ShortPattern> = LazyLock::new(|| {
    short_pattern(r"^(?:RELEASED?|DECLASSIFIED|DENIED|EXCISED) IN (?:FUL{0,2}|PART|WHOLE|ENTIRETY)\b(?<rest>.*)$")
});

/// Whether a whole line is a stamp of a reviewer or the frame of a released or archived copy. Whoever asks knows whether it
/// has a slash.
pub(crate) fn is_stamp(text: &str, has_slash: bool) -> bool {
    let starts = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    // Few lines have the word, and looking for it is quicker than trying the pattern.
    let released = || text.contains(" IN ").then(|| RELEASED.captures(text)).flatten();
    let own = match text.as_bytes().first() {
        Some(b'U') => {
            starts(&[
                "UNCLASSIFIED U.S. Department of State",
                "UNCLASSIFIED Current Class",
                "U.S. Department of State Case No",
            ]) || text == "UNCLASSIFIED US Department of State"
        }
        Some(b'R') => {
            starts(&["REVIEW AUTHORITY", "REVIEWED BY: ", "RELEASE AUTHORITY"])
                || released().is_some_and(|found| {
                    let rest = found["rest"].trim_start_matches([' ', ':', '-', ',', '(']).trim_end_matches([' ', ')']);
                    rest.is_empty() || is_exemption(rest)
                })
        }
        Some(b'C') => {
            starts(&[
                "Current Class: ",
                "Current Handling: ",
                "Current Classification: ",
                "Case Number: 2",
                "Case No. F-",
                "Channel: n/a",
            ]) || starts(&["Classification Extended on", "CLASSIFICATION EXTENDED"])
                || is_document_number(text)
        }
        Some(b'D') => {
            text == "Declassified/Released"
                || starts(&["DATE/CASE ID: ", "Doc No. C"])
                || (text.len() <= 40 && released().is_some())
                || (starts(&["Document Number: "])
                    && text.bytes().any(|byte| byte.is_ascii_digit())
                    && text.len() <= 60)
        }
        Some(b'P') => text.strip_prefix("Page: ").is_some_and(|page| page.len() <= 3 && is_digits(page)),
        Some(b'M') => {
            matches!(text, "Message Text" | "Message Attributes")
                || (text.starts_with("MRN: ") && text.contains(" SEGMENT NUMBER: "))
        }
        Some(b'F' | b'T') => text.ends_with(" IS UNAVAILABLE") && text.contains("TELEGRAM TEXT FOR THIS "),
        Some(b'E') => text.len() <= 40 && released().is_some(),
        Some(0xe2) => is_bar(text),
        _ => false,
    };
    own || (has_slash
        && text.len() >= 44
        && text.len() <= 130
        && stamp_inside(text).is_some_and(|stamp| stamp.range() == (0..text.len())))
}

/// The end of a copy as archives mark it.
pub(crate) fn is_end_mark(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(b'<') => {
            let words = text.trim_matches(['<', '>', ' ']);
            text.starts_with("<<") && matches!(words, "END OF DOCUMENT" | "END OF MESSAGE" | "END")
        }
        Some(b'*') => text.starts_with("*** Current ") || matches!(text, "*** END OF DOCUMENT ***"),
        // The channel's number of the message after it, glued on.
        Some(b'N') => {
            let rest = text.trim_start_matches('N');
            text.len() <= 20
                && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && (rest.contains("VZCZ") || rest.starts_with("ZCZC"))
        }
        _ => false,
    }
}

/// A declassification stamp inside a line; columns of `text`.
pub(crate) fn stamp_inside(text: &str) -> Option<Span> {
    static WORDS: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("Declassified/Released"));
    memchr::memchr(b'/', text.as_bytes())?;
    WORDS.find(text.as_bytes())?;
    DECLASSIFIED.find(text).map(|found| Span::of(found.range()))
}

/// How the notice of a relay begins that a section did not come.
pub(crate) static MISSING_SECTION: LazyLock<memmem::Finder<'static>> =
    LazyLock::new(|| memmem::Finder::new("* Missing Section "));

/// The notice of a relay that a section did not come, with the stars around it: `**** * Missing Section 002 * ****`; columns
/// of `text`.
pub(crate) fn missing_section(text: &str) -> Option<Span> {
    let at = MISSING_SECTION.find(text.as_bytes())?;
    let is_around = |sign: char| matches!(sign, '*' | ' ');
    let number = at + MISSING_SECTION.needle().len();
    let after = text[number..].trim_start_matches(|sign: char| sign.is_ascii_digit());
    let is_notice = after.len() < text.len() - number && after.starts_with(" *");
    let end = text.len() - after.trim_start_matches(is_around).len();
    let start = text[..at].trim_end_matches(is_around).len();
    is_notice.then(|| {
        let notice = &text[start..end];
        let blank = notice.len() - notice.trim_start().len();
        Span::of(start + blank..start + notice.trim_end().len())
    })
}

/// Whether a text is nothing but such a notice.
pub(crate) fn is_missing_section(text: &str) -> bool {
    text.starts_with('*') && missing_section(text).is_some_and(|notice| notice.len() as usize == text.len())
}

/// What a line can be beside a page line or a stamp, by its own text.
pub(crate) fn beside(text: &str) -> Option<Beside> {
    let upper = || !text.bytes().any(|byte| byte.is_ascii_lowercase());
    if is_exemption(text) || is_bar(text) {
        return Some(Beside::Exemption);
    }
    if text.len() <= 60 && upper() && text.bytes().any(|byte| byte.is_ascii_digit()) && PAGE_REST.is_match(text) {
        return Some(if is_digits(text) { Beside::Number } else { Beside::PageRest });
    }
    if is_center(text) {
        return Some(Beside::Center);
    }
    if is_review(text) {
        return Some(Beside::Review);
    }
    if is_printers_number(text) || (text.len() <= 6 && is_digits(text)) {
        return Some(Beside::Number);
    }
    if is_name(text) {
        return Some(Beside::Name);
    }
    (text.len() <= 24 && upper() && is_garbled_level(text)).then_some(Beside::Level)
}

/// `Jane Q. Roe`: two to four words with capitals.
fn is_name(text: &str) -> bool {
    let words = text.split(' ');
    (2..=4).contains(&words.clone().count())
        && words.clone().all(|word| {
            word.starts_with(|letter: char| letter.is_ascii_uppercase())
                && word.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'.' | b'\'' | b'-'))
        })
        && words.clone().any(|word| word.bytes().any(|byte| byte.is_ascii_lowercase()))
}

/// Whether a text holds nothing but codes of exemptions: `B1, 1.4(D)`.
pub(crate) fn is_exemption(text: &str) -> bool {
    text.len() <= 40 && EXEMPTIONS.is_match(trim(text))
}

/// Whether a text is a bar of redaction.
fn is_bar(text: &str) -> bool {
    text.chars().all(|character| is_block(character) || character == ' ')
}

/// A bar of redaction that ends a line: columns of `text`.
pub(crate) fn bar_inside(text: &str) -> Option<Span> {
    let at = text.char_indices().find(|&(_, character)| is_block(character))?.0;
    let rest = text[at..].trim_start_matches(|character| is_block(character) || character == ' ');
    (rest.is_empty() || is_exemption(rest)).then(|| Span::of(at..text.len()))
}

const fn is_block(character: char) -> bool {
    matches!(character, '\u{2580}'..='\u{259f}' | '\u{25a0}' | '\u{25ac}' | '\u{25ae}')
}

/// Exemptions in the margin of a line of a released page: columns of `text`, wide apart from what it says.
pub(crate) fn margin(text: &str) -> Option<Span> {
    let wide =
        text.rfind("  ").map(|at| at + 2).filter(|&at| is_exemption(&text[at..]) && !trim(&text[..at]).is_empty());
    if let Some(at) = wide {
        return Some(Span::of(at..text.len()));
    }
    let end = text.find("  ")?;
    (is_exemption(&text[..end])).then(|| Span::of(0..end))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `C05517243`: the number of a released document, in its margin.
fn is_document_number(text: &str) -> bool {
    text.len() == 9 && text.starts_with('C') && is_digits(&text[1..])
}

/// `PTQ2529`, `71-62`.
fn is_printers_number(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let dashed = text.strip_prefix('-').and_then(|text| text.strip_suffix('-')).map(str::trim);
    dashed.is_some_and(|page| page.len() <= 3 && is_digits(page))
        || (matches!(letters, 2 | 3) && matches!(text.len() - letters, 3..=5) && is_digits(&text[letters..]))
        || text
            .split_once('-')
            .is_some_and(|(one, two)| one.len() == 2 && two.len() == 2 && is_digits(one) && is_digits(two))
}

/// Lines at the head of a message center's page.
fn is_center(text: &str) -> bool {
    const TITLES: [&str; 8] = [
        "NATIONAL SECURITY COUNCIL",
        "MESSAGE CENTER",
        "WHITE HOUSE SITUATION ROOM",
        "THE WHITE HOUSE",
        "SITUATION ROOM",
        "DEPARTMENT OF DEFENSE",
        "JOINT CHIEFS OF STAFF",
        "SECRETARIAT",
    ];
    const FIELDS: [&str; 5] = [" PSN:", " CSN:", " TOR:", "DTG:", "ASSIGNED DISTRIBUTION"];
    TITLES.contains(&text)
        || (text.len() <= 100 && FIELDS.iter().any(|field| text.contains(field)) && text.contains(':'))
        || text.starts_with("DISTRIBUTION: ")
        || ["OP IMMED", "OP PRIOR", "OP ROUTINE", "OP FLASH"].iter().any(|start| text.starts_with(start))
        || matches!(text, "SIT:" | "EOB:" | "OEOB:" | "VP:")
}

/// Lines of a review stamp that runs over several, and what released pages print at their edge.
fn is_review(text: &str) -> bool {
    let date = || {
        let mut words = text.split(' ');
        let (day, month, year, rest) = (words.next(), words.next(), words.next(), words.next());
        day.is_some_and(|day| day.len() <= 2 && is_digits(day))
            && month
                .is_some_and(|month| month.len() >= 3 && crate::fields::date_time_group::month_number(month).is_some())
            && year.is_some_and(|year| year.len() == 4 && is_digits(year))
            && rest.is_none()
    };
    let starts = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    matches!(
        text,
        "US Department of State"
            | "EO Systematic Review"
            | "UNITED STATES DEPARTMENT OF STATE"
            | "U.S. DEPARTMENT OF STATE"
    ) || starts(&["Systematic Review", "EO Systematic Review", "Declassify on:", "Declassify On:", "DECLASSIFY ON:"])
        || starts(&["Class: ", "Reason: ", "Authority: ", "Date: "])
        || (text.starts_with("Page ") && text.len() <= 16 && text.contains(" of "))
        || date()
}

/// `CONFIDENTIAI`, `SECREI`: one or two letters of a level are misread.
fn is_garbled_level(text: &str) -> bool {
    const LEVELS: [&str; 4] = ["UNCLASSIFIED", "CONFIDENTIAL", "LIMITEDOFFICIALUSE", "SECRET"];
    let letters: Vec<u8> = text.bytes().filter(|byte| *byte != b' ').collect();
    LEVELS.iter().any(|level| {
        let level = level.as_bytes();
        let differing = level.iter().zip(&letters).filter(|(one, other)| one != other).count();
        letters.len() == level.len() && differing <= level.len() / 6
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_tells_by_itself_what_it_is() {
        for text in [
            "UNCLASSIFIED U.S. Department of State Case No. F-2014-01302 Doc No. C05517243 Date: 05/05/2014",
            "RELEASED IN FUL",
            "RELEASE IN PART B1,1.4(B),1.4(D)",
            "REVIEW AUTHORITY: Walter Smith, Senior Reviewer",
            "Jane Q. Roe Declassified/Released US Department of State EO Systematic Review 20 Mar 2014",
            "Declassified/Released US Department of State EO Systematic Review 30 JUN 2005",
            "Current Handling: n/a Document Number: 1997STATE231842",
            "C05517243",
            "Message Text",
        ] {
            assert!(is_stamp(text, text.contains('/')), "{text}");
        }
        for text in ["RELEASED IN PART BY THE COURT", "Page 2", "Document Number", "Reason: 1.4(d)"] {
            assert!(!is_stamp(text, text.contains('/')), "{text}");
        }
        assert!(
            ["<< END OF DOCUMENT >>", "*** Current Classification *** SECRET", "NNNNMAFVVZCZ"]
                .into_iter()
                .all(is_end_mark)
        );
        assert!(!is_end_mark("NNN") && !is_end_mark("NOW THE VZCZ"));
    }

    #[test]
    fn what_stands_beside_a_page_line() {
        for (text, kind) in [
            ("STATE 306378", Beside::PageRest),
            ("LAGOS 15103 02 OF 03 100901Z", Beside::PageRest),
            ("02 OF 03 100901Z", Beside::PageRest),
            ("51", Beside::Number),
            ("71-62", Beside::Number),
            ("PTQ2529", Beside::Number),
            ("B1, 1.4(D)", Beside::Exemption),
            ("1.4(B)", Beside::Exemption),
            ("EOB269          AN010911                 TOR: 018/0204Z       CSN: HCE386", Beside::Center),
            ("EO Systematic Review", Beside::Review),
            ("30 JUN 2005", Beside::Review),
            ("CONFIDENTIAI", Beside::Level),
        ] {
            assert_eq!(beside(text), Some(kind), "{text}");
        }
        for text in ["THE HARBOR", "1. THE FERRY", "REF: STATE 306378", "IN 1974", "B. THE CREW"] {
            assert_eq!(beside(text), None, "{text}");
        }
        assert_eq!(margin("2. (C)          B1").map(|span| span.start), Some(16));
        assert_eq!(margin("B6  THE CREW").map(|span| span.end), Some(2));
        assert_eq!(margin("THE CREW  HAD B1 VISAS"), None);
    }
}
