//! The lines that a post puts below its text: where its site is (FORMAT.md, "Text in blocks").

use crate::scan::{Scan, find_any_case};

/// So far its address is looked for.
const LONGEST: usize = 300;

/// Whether a text begins as such a footer does: `Visit Embassy Astana's Classified Website:`.
pub(crate) fn begins(text: &str) -> bool {
    const SITES: [&str; 5] = ["web site", "website", "sgov", "http", "intelink"];
    let mut scan = Scan::new(text.trim_start_matches(['"', '*', ' ']));
    let is_report = scan.take_any_case("for more reporting from ");
    scan.take_any_case("please ");
    if !is_report && !scan.take_any_case("visit ") {
        return false;
    }
    let end = (0..=scan.rest().len().min(LONGEST)).rev().find(|&at| scan.rest().is_char_boundary(at));
    let words = &scan.rest()[..end.unwrap_or_default()];
    let names = |word: &str| find_any_case(words, word).is_some();
    (is_report && names("visit")) || SITES.into_iter().any(names)
}

#[cfg(test)]
mod tests {
    use super::begins;

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
        for text in
            ["Visits to the website fell", "Visit to the harbor", "For more reporting from the coast they wait", ""]
        {
            assert!(!begins(text), "{text}");
        }
    }
}
