//! The lines that a post puts below its text: where its site is (FORMAT.md, "Text in blocks").

use crate::scan::{Scan, find_any_case};

/// So far its address is looked for.
const LONGEST: usize = 300;

/// Whether a text begins as such a footer does: `Visit Embassy Astana's Classified Website:`.
pub(crate) fn begins(text: &str) -> bool {
    const SITES: [&str; 5] = ["web site", "website", "sgov", "http", "intelink"];
    let mut scan = Scan::new(text.trim_start_matches(['"', '*', ' ']));
    let is_report = scan.take_any_case("for more reporting from ");
    let is_asked = scan.take_any_case("please ");
    // `the visit was told of on its website` wraps before the word, in small letters.
    let words = if is_asked { &["visit ", "Visit ", "VISIT "][..] } else { &["Visit ", "VISIT "] };
    if !is_report && scan.take_one_of(words).is_none() {
        return false;
    }
    let words = beginning(scan.rest());
    let names = |word: &str| find_any_case(words, word).is_some();
    (is_report && names("visit")) || SITES.into_iter().any(names)
}

/// As much of a text as is looked at.
fn beginning(text: &str) -> &str {
    let end = (0..=text.len().min(LONGEST)).rev().find(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or_default()]
}

/// Where such a footer begins in a line, after the last sentence: `They left. Visit Almaty's Classified Website: XXXX`.
pub(crate) fn inside(text: &str) -> Option<usize> {
    /// A marker alone has fewer letters before it: `9. (U) Visit Almaty's Classified Website` is a paragraph.
    const SHORTEST: usize = 12;
    let is_sentence = |before: &str| before.chars().filter(|sign| sign.is_alphabetic()).nth(SHORTEST).is_some();
    text.match_indices("Visit ").map(|(at, _)| at).find(|&at| {
        let before = text[..at].trim_end();
        before.ends_with(['.', '!', '?', '"', ')'])
            && before.len() < at
            && is_sentence(before)
            && find_any_case(beginning(&text[at..]), "classified web").is_some()
            && begins(&text[at..])
    })
}

#[cfg(test)]
mod tests {
    use super::{begins, inside};

    #[test]
    fn a_footer_may_stand_after_the_last_sentence() {
        let text = "4. (C) They left early. Visit Almaty's Classified Website: XXXX";
        assert_eq!(inside(text).map(|at| &text[at..]), Some("Visit Almaty's Classified Website: XXXX"));
        for text in [
            "The delegation said: Visit Almaty's Classified Website",
            "The delegation left. Visit Almaty in May.",
            "9. (U) Visit Almaty's Classified Website: XXXX",
            "k. Visit Almaty's Classified Website: XXXX",
            "Visit",
        ] {
            assert_eq!(inside(text), None, "{text}");
        }
    }

    #[test]
    fn a_footer_says_where_the_site_of_the_post_is() {
        for text in [
            "Visit Embassy Astana's Classified Website:",
            "Please visit Astana's Classified Web Site at",
            "PLEASE VISIT US AT HTTP://WWW.EXAMPLE",
            "For more reporting from Embassy Astana, visit:",
            "**** Visit Almaty's Classified website: XXXX",
        ] {
            assert!(begins(text), "{text}");
        }
        for text in [
            "Visits to the website fell",
            "visit was told of on the Embassy website",
            "Visit to the harbor",
            "For more reporting from the coast they wait",
            "",
        ] {
            assert!(!begins(text), "{text}");
        }
    }
}
