//! Header keywords inside a line, where the copy ran several fields together (FORMAT.md, "Header").

use crate::scan::Scan;

/// Whether a header keyword is inside a text.
pub(crate) fn has_header_keyword(text: &str) -> bool {
    keywords(text).next().is_some()
}

/// Where header keywords are after the start of a text.
pub(crate) fn keywords_after(text: &str) -> impl Iterator<Item = usize> + '_ {
    keywords(text).filter(|&at| at > 0)
}

/// Where header keywords are in a text.
fn keywords(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(found) = text.as_bytes()[from..].windows(2).position(may_begin) {
            let start = from + found;
            from = start + 1;
            let Some(mut scan) = Scan::at_byte(text, start) else { continue };
            if take_keyword(&mut scan) {
                from = scan.at();
                return Some(start);
            }
        }
        None
    })
}

/// Whether two signs may be the first of a keyword: few of a text are.
fn may_begin(signs: &[u8]) -> bool {
    let [first, second] = signs else { return false };
    match first {
        b'E' => matches!(second, b'.' | b'O'),
        b'T' => matches!(second, b'A' | b'a'),
        b'S' => matches!(second, b'U' | b'u'),
        b'R' | b'D' | b'd' => matches!(second, b'E' | b'e'),
        b'C' | b'c' => matches!(second, b'L' | b'l'),
        _ => false,
    }
}

/// Takes a keyword that begins here.
fn take_keyword(scan: &mut Scan<'_>) -> bool {
    let is_apart = scan.is_word_edge();
    match scan.next() {
        Some(b'E') => {
            take_order(scan) || (is_apart && scan.take("EO ") && scan.take_most(5, |sign| sign.is_ascii_digit()) == 5)
        }
        Some(b'T') => (is_apart && scan.take("Tags:")) || take_tags(scan, is_apart),
        Some(b'S') => {
            let word = ["SUBJECT", "SUBJ", "Subject"].into_iter().find(|word| scan.take(word));
            word.is_some_and(|word| (is_apart || word != "Subject") && takes_colon(scan))
        }
        Some(b'R') if is_apart => {
            if scan.take("REF") {
                scan.take("TEL");
                scan.take("S");
                scan.take("(S)");
                return takes_colon(scan);
            }
            scan.take("Ref") && {
                scan.take("s");
                scan.take(":")
            }
        }
        Some(b'C' | b'c') => {
            let mut bare = *scan;
            let is_bare = is_apart && bare.take_any_case("CLASSIFIED BY") && bare.is_word_edge();
            scan.take("Classified By:") || {
                *scan = bare;
                is_bare
            }
        }
        Some(b'D' | b'd') => is_apart && scan.take_any_case("DERIVED FROM:"),
        _ => false,
    }
}

/// `E.O. 12958`, `E. O 11652`.
fn take_order(scan: &mut Scan<'_>) -> bool {
    let mut ahead = *scan;
    if !ahead.take("E.") {
        return false;
    }
    ahead.take(" ");
    let is_order = ahead.take("O") && {
        ahead.take(".");
        ahead.take(" ");
        ahead.take(":");
        ahead.take(" ");
        ahead.take_most(6, |sign| sign.is_ascii_digit()) >= 4
    };
    if is_order {
        *scan = ahead;
    }
    is_order
}

/// `TAGS:`, also without its colon before a code.
fn take_tags(scan: &mut Scan<'_>, is_apart: bool) -> bool {
    if !scan.take("TAGS") {
        return false;
    }
    let is_capital = |sign: u8| sign.is_ascii_uppercase();
    let mut listed = *scan;
    let is_listed = is_apart
        && listed.take(" ")
        && listed.take_sign(|sign| is_capital(sign) || sign == b'[')
        && listed.take_most(3, is_capital) > 0
        && listed.take_sign(|sign| matches!(sign, b']' | b',' | b' '));
    takes_colon(scan) || {
        *scan = listed;
        is_listed
    }
}

/// Takes a colon, with a space before it or without.
fn takes_colon(scan: &mut Scan<'_>) -> bool {
    let mut ahead = *scan;
    ahead.take(" ");
    let is_next = ahead.take(":");
    if is_next {
        *scan = ahead;
    }
    is_next
}

#[cfg(test)]
mod tests {
    use super::{has_header_keyword, keywords_after};

    #[test]
    fn keywords_stand_anywhere() {
        for text in [
            "E.O. 12958: N/A",
            "x E. O.: 11652",
            "an EO 12958",
            "STAGS:",
            "xTags: TAGS PREL,",
            "SUBJ : X",
            "in Subject: X",
            "REFTELS(S): X",
            "Ref: A",
            "classified by him",
            "xClassified By: him",
            "derived FROM: X",
        ] {
            assert!(has_header_keyword(text), "{text}");
        }
        for text in
            ["E.O. 129", "mEO 12958", "xTags:", "TAGS ARE", "SUBJECT TO", "xREF:", "Refer:", "unclassified by", ""]
        {
            assert!(!has_header_keyword(text), "{text}");
        }
        assert_eq!(keywords_after("REF: A TAGS: PREL SUBJ: X").collect::<Vec<_>>(), [7, 18]);
    }
}
