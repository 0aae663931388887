//! Lines that are short and unnumbered and still no headings: protection sentences, what closes a block, header fields,
//! handling, page furniture, addresses, items of a list.

use crate::scan::{Scan, is_space, is_word_sign};

/// Whether words are of such a line.
pub(super) fn is_no_heading(words: &str) -> bool {
    begins_otherwise(words) || is_addressed(words) || is_item(words) || holds_other(words)
}

/// What no heading begins with.
fn begins_otherwise(words: &str) -> bool {
    const STARTS: [&str; 6] = ["SENSITIVE BUT UNCLASSIFIED", "SBU", "RFE:", "REASON:", "REASONS:", "CLASSIFIED BY"];
    const WORDS: [&str; 13] = [
        "THIS MESSAGE",
        "THIS CABLE",
        "THIS DOCUMENT",
        "TAGS",
        "SUBJECT",
        "EO.",
        "E.O.",
        "DRAFTED",
        "CLEARED",
        "APPROVED",
        "VZCZC",
        "ZNR",
        "ZNY",
    ];
    // Most headings begin with another letter.
    let Some(first) = words.bytes().next().map(|byte| byte.to_ascii_uppercase()) else { return false };
    if !matches!(first, b'S' | b'R' | b'C' | b'T' | b'E' | b'D' | b'A' | b'V' | b'Z' | b'B' | b'U' | b'Q' | b'P' | b'(')
    {
        return false;
    }
    let begins = |start: &str| {
        let mut scan = Scan::new(words);
        scan.take_any_case(start).then_some(scan)
    };
    STARTS[..5].iter().any(|start| begins(start).is_some())
        || begins(STARTS[5]).is_some_and(|scan| scan.is_word_edge())
        || WORDS.iter().any(|word| begins(word).is_some_and(|scan| scan.is_word_edge()))
        || begins("SIPDIS").is_some_and(|scan| scan.is_word_edge())
        || words.eq_ignore_ascii_case("CLASSIFIED")
        || begins("PAGE ").is_some_and(|scan| scan.next().is_some_and(|next| next.is_ascii_digit()))
        || is_block_edge(words)
        || is_list_of_references(words)
        || marks_all(words)
}

/// `END SUMMARY`, `BEGIN TEXT`, `QUOTE:`.
fn is_block_edge(words: &str) -> bool {
    const BLOCKS: [&str; 21] = [
        "TEXT",
        "SUMMARY",
        "COMMENT",
        "QUOTE",
        "NOTE",
        "TRANSLATION",
        "EXCERPT",
        "TALKING",
        "POINTS",
        "POINT",
        "NON-PAPER",
        "NONPAPER",
        "LETTER",
        "STATEMENT",
        "ARTICLE",
        "LIST",
        "CABLE",
        "DRAFT",
        "REPORT",
        "ATTACHMENT",
        "BIO",
    ];
    const MORE: [&str; 2] = ["ACTION", "PART"];
    let mut scan = Scan::new(words);
    let is_edge = ["END", "BEGIN"].iter().any(|word| scan.take_any_case(word));
    if !is_edge && !["UNQUOTE", "QUOTE"].iter().any(|word| scan.take_any_case(word)) {
        return false;
    }
    if scan.is_at_end() || scan.next() == Some(b':') {
        return true;
    }
    if !is_edge || !scan.take(" ") {
        return false;
    }
    scan.take_any_case("OF ");
    let _ = ["UNCLASSIFIED ", "UNOFFICIAL ", "INFORMAL "].iter().any(|word| scan.take_any_case(word));
    BLOCKS.iter().chain(&MORE).any(|block| {
        let mut after = scan;
        after.take_any_case(block) && after.is_word_edge()
    })
}

/// `REF A:`, `REFTELS (B).`, `REFS`.
fn is_list_of_references(words: &str) -> bool {
    let is_letter = |sign: u8| sign.is_ascii_alphabetic();
    let mut scan = Scan::new(words);
    if !scan.take_any_case("REF") {
        return false;
    }
    scan.take_any_case("TEL");
    scan.take_any_case("S");
    if scan.next() == Some(b'.') {
        return true;
    }
    let is_over = |mut scan: Scan<'_>| {
        let letter = scan;
        let is_lettered = |after: &str| {
            let mut letter = letter;
            letter.take(" ") && letter.take_sign(is_letter) && letter.take(after)
        };
        scan.is_at_end() || is_lettered(" ") || is_lettered(":") || {
            scan.take(" ");
            matches!(scan.next(), Some(b':' | b'.'))
        }
    };
    let mut bracketed = scan;
    bracketed.take(" ");
    let has_bracket = bracketed.take("(") && bracketed.take_sign(is_letter) && bracketed.take(")");
    let mut lettered = scan;
    let has_letter = lettered.take(" ") && lettered.take_sign(is_letter);
    (has_bracket && is_over(bracketed)) || (has_letter && is_over(lettered)) || is_over(scan)
}

/// `(C) ENTIRE TEXT`.
fn marks_all(words: &str) -> bool {
    let mut scan = Scan::new(words);
    if !scan.take("(") {
        return false;
    }
    let is_entire = |mut scan: Scan<'_>| {
        scan.take_chars(usize::MAX, |sign| !sign.is_ascii() || !is_word_sign(sign as u8));
        scan.take_any_case("ENTIRE TEXT")
    };
    is_entire(scan)
        || ["U", "C", "SBU", "S", "LOU"].iter().any(|level| {
            let mut after = scan;
            after.take_any_case(level) && is_entire(after)
        })
}

/// `DEAR MR. DOE:`, `FOR THE AMBASSADOR`: to whom something is said.
fn is_addressed(words: &str) -> bool {
    const PERSONS: [&str; 5] = ["DEAR ", "MR. ", "MADAM ", "MRS. ", "MS. "];
    let mut scan = Scan::new(words);
    if words.ends_with(':') && PERSONS.iter().any(|start| scan.take_any_case(start)) {
        return true;
    }
    if !["FOR ", "FROM "].iter().any(|start| scan.take_any_case(start)) {
        return false;
    }
    scan.take_any_case("THE ");
    ["AMBASSADOR", "CHARGE", "DCM"].iter().any(|office| {
        let mut after = scan;
        after.take_any_case(office) && {
            after.take_any_case("S");
            !after.rest().bytes().any(is_word_sign)
        }
    })
}

/// `1)`, `(b)`, `-- wheat`: an item of a list. C, S and U are levels.
fn is_item(words: &str) -> bool {
    let mut scan = Scan::new(words);
    scan.take("(");
    let mut figures = scan;
    if matches!(figures.take_most(2, |sign| sign.is_ascii_digit()), 1 | 2) && figures.take(")") {
        return true;
    }
    let is_letter = |sign: u8| sign.is_ascii_alphabetic() && !matches!(sign.to_ascii_lowercase(), b'c' | b's' | b'u');
    if scan.take_sign(is_letter) && scan.take(")") {
        return true;
    }
    let mut scan = Scan::new(words);
    let is_bullet = |sign: char| matches!(sign, '•' | '·' | '–' | '—' | '>');
    if scan.take_most(2, |sign| sign == b'-') > 0 || scan.take_chars(1, is_bullet) > 0 {
        scan.take(" ");
    } else if !scan.take_any_case("o ") {
        return false;
    }
    let item = scan.rest();
    let begins = item.starts_with(|first: char| first != '-' && !is_space(first));
    begins && item.chars().count() >= 2 && !item.ends_with('-')
}

/// What no heading holds: a time, an address of the web, how the text is to be handled, the gap of a table.
fn holds_other(words: &str) -> bool {
    let bytes = words.as_bytes();
    let is_apart = |at: usize| at.checked_sub(1).is_none_or(|before| !is_word_sign(bytes[before]));
    let begins = |at: usize, word: &str| {
        bytes.get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()))
    };
    let ends = |at: usize| bytes.get(at).is_none_or(|&next| !is_word_sign(next));
    let is_blank = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_none_or(|&byte| is_space(char::from(byte)));
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'\t' => true,
        b'@' => !is_blank(at.checked_sub(1)) && !is_blank(Some(at + 1)),
        b' ' => {
            let blanks = bytes[at..].iter().take_while(|&&byte| byte == b' ').count();
            blanks >= 3 && !is_blank(at.checked_sub(1)) && !is_blank(Some(at + blanks))
        }
        b'.' => begins(at, ".GOV") && ends(at + 4),
        b'P' | b'p' => begins(at, "PROTECT ACCORDINGLY") && is_apart(at),
        b'H' | b'h' => {
            begins(at, "HTTP:") || begins(at, "HTTPS:") || (begins(at, "HANDLE ACCORDINGLY") && is_apart(at))
        }
        b'I' | b'i' => begins(at, "INTERNET DISTRIBUTION") && is_apart(at),
        b'Z' | b'z' => begins(at, "ZFR") && is_apart(at) && ends(at + 3),
        b'W' | b'w' => begins(at, "WWW."),
        b'V' | b'v' => begins(at, "VISIT ") && is_apart(at) && names_site(&words[at + 6..]),
        b'0'..=b'9' => {
            let figures = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            figures == 6 && is_apart(at) && begins(at + 6, "Z") && ends(at + 7)
        }
        _ => false,
    })
}

/// `our website`, `THE WEB PAGE`.
fn names_site(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'W', b'w', bytes).any(|at| {
        let is_apart = at.checked_sub(1).is_none_or(|before| !is_word_sign(bytes[before]));
        let mut scan = Scan::new(&text[at..]);
        let is_site = scan.take_any_case("WEB") && {
            scan.take(" ");
            scan.take_any_case("SITE") || scan.take_any_case("PAGE")
        };
        is_apart && is_site && scan.is_word_edge()
    })
}

#[cfg(test)]
mod tests {
    use super::is_no_heading;

    #[test]
    fn what_is_no_heading_is_told_by_its_words() {
        for words in [
            "Sensitive but unclassified",
            "THIS CABLE IS SENSITIVE",
            "PLEASE PROTECT ACCORDINGLY",
            "END SUMMARY",
            "Begin of informal translation",
            "QUOTE:",
            "REF A: ASTANA 12",
            "REFTEL (B).",
            "REFS",
            "Dear Mr. Roe:",
            "FOR THE AMBASSADOR",
            "PAGE 2",
            "AT 071200Z",
            "see www.example",
            "roe@example",
            "Visit our web site",
            "(C) ENTIRE TEXT",
            "1) Wheat",
            "(b) Wheat",
            "-- Wheat",
            "• Wheat",
            "Wheat    12",
            "CLASSIFIED",
        ] {
            assert!(is_no_heading(words), "{words}");
        }
        for words in [
            "THE PRICE OF BREAD",
            "Thistles",
            "ENDING THE STRIKE",
            "QUOTES OF THE DAY",
            "REFORM A: THE PLAN",
            "FOR THE AMBASSADORS OF PEACE",
            "PAGES",
            "C) Wheat",
            "--- Wheat ---",
            "CLASSIFIED ADS",
            "Dear friends",
        ] {
            assert!(!is_no_heading(words), "{words}");
        }
    }
}
