//! Header keywords inside a line, where the copy ran several fields together (FORMAT.md, "Header").

use std::sync::LazyLock;

use regex::Regex;

use crate::pattern::pattern;

/// A keyword inside a line.
static INSIDE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x) E\.\ ?O\.?\ ?:?\ ?\d{4,6} | \bEO\ \d{5} | TAGS\ ?: | \bTags: | \bTAGS\ [\[A-Z][A-Z]{1,3}[\],\ ] | SUBJ(?:ECT)?\ ?: | \bSubject\ ?:
        | \bREF(?:TEL)?S?(?:\(S\))?\ ?: | \bRefs?: | Classified\ By: | \b(?i:classified\ by)\b | \b(?i:derived\ from):",
    )
});

/// Whether a header keyword stands inside a text.
pub(crate) fn has_header_keyword(text: &str) -> bool {
    INSIDE.is_match(text)
}

/// Where header keywords stand behind the start of a text.
pub(crate) fn keywords_behind(text: &str) -> impl Iterator<Item = usize> + '_ {
    INSIDE.find_iter(text).map(|found| found.start()).filter(|&at| at > 0)
}
