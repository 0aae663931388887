//! How the name that closes a cable is written (FORMAT.md, "Signature"). A function of the line it ends, and of the one above.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::marker;
use crate::pattern::pattern;
use crate::scan::{Scan, find_any_case, is_space};
use crate::white_space::trim;

use super::heading_words::{ends_in_abbreviation, is_rule_sign};
use super::is_block_word;

/// What copies leave after a name on its line: stops, quotes, the number of a record, the end of the transmission.
const STRAY: &str = r#"(?:\s*\((?i:acting)\)|,\s*(?i:acting)\b)?(?:\s+(?:NNNN?|BT|End\ Cable\ Text|0\ \d\d/\d\d/\d{4}|\d{4}-\d\d-\d\d)\b|\s*\\[a-z]\b)*[\s".,\#*\\:;/|>_]*$"#;

const CAPITALS: &str = r"(?:[A-Z]\.\ ){0,2}(?:MC|MAC|O'|O’|D'|DE\ |DI\ |DEL\ |VAN\ |VON\ |LE\ |LA\ |DOS\ |DA\ |ST\.\ |(?:Mc|Mac|Le|De|La)\ ?)?[A-Z]{2,}(?:[-'\ ][A-Z]{2,}){0,2}?(?:,?\ (?:JR|SR|II|III)\b\.?)?";

const TITLE: &str = r"(?:[A-Z]\.\ ){0,2}(?:Mc|Mac|O'|O’|D'|(?:[Dd]e\ [Ll]a|[Dd]e\ [Ll]os|[Dd]e\ [Ll]as|[Vv]an\ [Dd]e[nr]|[Vv]on\ [Dd]er)\ |(?:De|Di|Van|Von|Le|La|van|von|de|di)\ )?[A-Z][a-z]+(?:[A-Z][a-z]+)?";

/// A name in capitals that has its line for itself, stray signs apart.
static CAPITALS_ALONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r#"(?x)^["\#*]*\s*(?<name>{CAPITALS}){STRAY}"#)));
static TITLE_ALONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(r"(?x)^(?:(?:CDA|DCM|CG)\ )?(?<name>{TITLE}(?:[-'\ ][A-Z][A-Za-z]+){{0,2}}){STRAY}"))
});
static SMALL_ALONE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?<name>[a-z]{4,14})$"));

/// A name after other text. What stands before it says whether it is one.
static CAPITALS_INSIDE: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"(?x)(?:[\s\#]|[a-z][.!?])(?<name>{CAPITALS}){STRAY}")));
static TITLE_INSIDE: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"(?x)\s(?<name>{TITLE}(?:-[A-Z][a-z]+)?){STRAY}")));

/// The end of an address in the web, which copies cut with blanks: `index.c fm`.
static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)(?:https?:|www\.|[a-z]\.gov|sgov|web ?site|portal:|\.htm)\S*(?: ?\S{1,12}){0,2}$"));
/// Whether a text ends in an address of the web.
fn ends_in_address(text: &str) -> bool {
    const SIGNS: [&str; 7] = ["http", "www.", ".gov", "sgov", "web", "portal:", ".htm"];
    // Few texts hold one of them, and only those are tried.
    SIGNS.iter().any(|sign| find_any_case(text, sign).is_some()) && ADDRESS.is_match(text)
}

/// Whether a text ends in a page line, a name that was taken out, a rule, or what is said last.
fn ends_without_sentence(text: &str) -> bool {
    const LAST: [&str; 2] = ["minimize considered", "unquote"];
    let ends = |text: &str, words: &str| {
        let tail = text.len().checked_sub(words.len()).and_then(|at| text.get(at..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(words))
    };
    let is_page = || {
        let section = text.strip_suffix(|last: char| last.is_ascii_digit()).and_then(|_| text.rsplit_once(" OF "));
        section.is_some_and(|(section, of)| {
            let section = match section.as_bytes() {
                [.., b'.', suffix] if suffix.is_ascii_digit() => &section[..section.len() - 2],
                _ => section,
            };
            let is_number = |digits: &[u8]| digits.len() == 3 && digits.iter().all(u8::is_ascii_digit);
            let last = section.len().checked_sub(3).map_or(&b""[..], |at| &section.as_bytes()[at..]);
            is_number(of.as_bytes()) && is_number(last)
        })
    };
    let is_taken_out = || {
        let text = text.strip_suffix('.').unwrap_or(text);
        text.ends_with("XXXX") || text.ends_with("xxxx")
    };
    let is_rule = || {
        let rule = &text[text.trim_end_matches(|last| last == ' ' || is_rule_sign(last)).len()..];
        rule.split(' ').any(|signs| signs.len() >= 3)
    };
    let is_part = || {
        let before = text.trim_end_matches(|last: char| !is_space(last));
        before.len() < text.len() && ends(before, "end of part ")
    };
    is_page() || is_taken_out() || is_rule() || LAST.iter().any(|words| ends(text, words)) || is_part()
}

/// A name that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// Its columns.
    pub(super) span: Range<usize>,
    /// Whether the line holds nothing else, quotes and points aside.
    pub(super) alone: bool,
}

/// Longer lines hold more than a name.
const LONGEST_ALONE: usize = 60;
/// So far from its end a line is looked at.
const LONGEST_TAIL: usize = 160;

/// The name that has a line for itself. `above` is the line directly above, empty when that is blank.
pub(super) fn alone(text: &str, above: &str) -> Option<Name> {
    if text.len() > LONGEST_ALONE {
        return None;
    }
    let text = without_second(text).unwrap_or(text);
    let above = trim(above);
    // Where the line above stops in mid-sentence, a line in small letters is its rest.
    let reads_on = above.ends_with(|c: char| c.is_lowercase() || c == ',') && !is_notice(above);
    let ends = marker::ends_sentence(above) || is_notice(above) || ends_without_sentence(above);
    let name = |pattern: &Regex| pattern.captures(text)?.name("name").map(|name| name.range());
    // Nearly every name is one word in capitals.
    let is_plain = text.len() >= 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let span = is_plain
        .then_some(0..text.len())
        .or_else(|| name(&CAPITALS_ALONE))
        .or_else(|| name(&TITLE_ALONE).filter(|_| !reads_on))
        .or_else(|| name(&SMALL_ALONE).filter(|_| ends || above.is_empty()))?;
    is_name(&text[span.clone()]).then_some(Name { span, alone: true })
}

/// The name after the last words of a line.
pub(super) fn inside(text: &str) -> Option<Name> {
    // A name that is written twice needs nothing before it.
    if let Some(text) = without_second(text) {
        let start = text.rfind(' ').map_or(0, |blank| blank + 1);
        return (start > 0).then_some(Name { span: start..text.len(), alone: false });
    }
    let mut from = text.len().saturating_sub(LONGEST_TAIL);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let tail = &text[from..];
    if !may_end_in_name(tail) {
        return None;
    }
    let name = |pattern: &Regex, may: fn(&str) -> bool| {
        // Of several words in capitals the first may still be the text's: the name begins as early as it may.
        let found = pattern.captures(tail)?.name("name")?.range();
        let words = tail[found.clone()].match_indices(' ').map(|(at, _)| found.start + at + 1);
        let mut starts = std::iter::once(found.start).chain(words);
        let start = starts.find(|&start| may(&tail[..start]) && is_name(&tail[start..found.end]))?;
        Some(from + start..from + found.end)
    };
    // `2. (U) Short.` is a paragraph of one word.
    let text_starts = marker::read_marker(text).map_or(0, |marker| marker.span.end as usize);
    let found =
        name(&CAPITALS_INSIDE, may_stand_before_capitals).or_else(|| name(&TITLE_INSIDE, may_stand_before_title));
    found
        .filter(|span| {
            span.start > 0 && !text[..span.start].get(text_starts..).is_none_or(|said| said.trim().is_empty())
        })
        .map(|span| Name { span, alone: false })
}

/// Whether a text may end in a name, or in what copies leave after one: a look at its last word.
fn may_end_in_name(text: &str) -> bool {
    let written = text.trim_end_matches(|sign: char| is_space(sign) || "\".,#*\\:;/|>_".contains(sign));
    let word = written.rsplit(is_space).next().unwrap_or_default();
    word.bytes().any(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit() || matches!(sign, b')' | b'\\'))
        || word.eq_ignore_ascii_case("acting")
}

/// The text without its last word, when that says the word before it once more: `KUBISKE KUBISKE`, `SCOBEY Scobey`.
fn without_second(text: &str) -> Option<&str> {
    let (before, last) = text.trim_end().rsplit_once(' ')?;
    let before = before.trim_end();
    let word = before.rsplit(' ').next()?;
    (last.len() >= 2 && word.eq_ignore_ascii_case(last) && is_name(word)).then_some(before)
}

/// Whether words that are written like a name are one: no word of a header, no block of the text, nothing taken out.
fn is_name(text: &str) -> bool {
    const NONE: &[&str] = &[
        "BT",
        "NNN",
        "NNNN",
        "END",
        "BEGIN",
        "TEXT",
        "QUOTE",
        "UNQUOTE",
        "UNQTE",
        "UNCLAS",
        "UNCLASSIFIED",
        "CONFIDENTIAL",
        "SECRET",
        "TOP",
        "FM",
        "TO",
        "INFO",
        "TAGS",
        "SUBJECT",
        "REF",
        "LIMITED",
        "NOTE",
        "NOTES",
        "ANNEX",
        "ENCLOSURE",
        "ATTACHMENT",
        "ATTACHMENTS",
        "COMMENT",
        "SUMMARY",
        "SOURCE",
        "SENSITIVE",
        "CLASSIFIED",
        "MINIMIZE",
        "US",
        "EU",
        "UN",
        "UK",
        "PM",
        "TBD",
        "DECL",
        "AND",
        "OR",
        "OF",
        "THE",
        "FOR",
        "WITH",
        "IN",
        "ON",
        "AT",
        "BY",
        "FROM",
    ];
    let upper = text.to_uppercase();
    // `J. ROE`: the initials say nothing.
    let mut words = upper.split([' ', '.']).filter(|word| !word.is_empty());
    let first = words.clone().find(|word| word.chars().count() > 1).or_else(|| words.next()).unwrap_or_default();
    !first.bytes().all(|byte| byte == b'X')
        && !NONE.contains(&first)
        && !upper.contains("QUOTE")
        && !is_block_word(text)
}

fn may_stand_before_capitals(before: &str) -> bool {
    let text = before.trim_end();
    let is_wide = before.len() >= text.len() + 2;
    let is_date =
        || text.len() >= 6 && text.is_char_boundary(text.len() - 6) && text[text.len() - 6..].starts_with(", ");
    let ends_in_number = text.ends_with(|last: char| last.is_ascii_digit()) && (is_wide || is_date());
    ends_in_number
        || may_stand_before_title(before)
        || text.ends_with(['.', '?', '!', ')', ']', '"', '”', '\'', '’', '#'])
}

/// Whether a text is at its end: a sentence, a block, a rule, an address, a page line.
fn may_stand_before_title(before: &str) -> bool {
    let before = before.trim_end();
    let is_ended = before.ends_with(['.', '?', '!', ')', '"', '”']) && !ends_in_abbreviation(before);
    is_ended || marker::ends_block(before) || ends_without_sentence(before) || ends_in_address(before)
}

/// Whether a line is one that posts put above or below their signature: the address of a site.
pub(super) fn is_notice(text: &str) -> bool {
    let bytes = text.as_bytes();
    let edge = |at: usize| Scan::at_byte(text, at).is_some_and(|scan| scan.is_word_edge());
    let begins = |at: usize, word: &str| {
        bytes.get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()))
    };
    let is_site = |at: usize| {
        ["WEB SITE", "WEBSITE", "WEB PAGE", "WEBPAGE"]
            .iter()
            .any(|word| begins(at, word) && edge(at) && edge(at + word.len()))
    };
    // `visit our Site`
    let is_visit = |at: usize| {
        begins(at, "VISIT ") && edge(at) && {
            let rest = &text[at + 6..];
            let word = rest.find(is_space).unwrap_or(rest.len());
            word > 0 && matches!(&rest.as_bytes()[word..], [b' ', next, ..] if next.is_ascii_alphabetic())
        }
    };
    (0..bytes.len()).any(|at| match bytes[at].to_ascii_uppercase() {
        b'W' => begins(at, "WWW.") || is_site(at),
        b'V' => is_visit(at),
        b'H' => begins(at, "HTTP:") || begins(at, "HTTPS:"),
        b'S' => begins(at, "SGOV"),
        b'G' => begins(at, "GOV/"),
        b'.' => begins(at, ".GOV") && edge(at + 4),
        b'P' => begins(at, "PORTAL:"),
        b'M' => begins(at, "MINIMIZE CONSIDERED"),
        _ => false,
    })
}

/// Whether a line is the first of the notes at the foot of a text: `1 See above.`
pub(super) fn is_first_note(text: &str) -> bool {
    static NOTE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:1|\[1\]|\(1\)|\*) ?[A-Z][a-z]+[ .,]"));
    NOTE.is_match(text)
}

/// Whether a line below a signature is none of the text: what a publisher, a mail program or a data base left.
pub(super) fn is_left_over(text: &str) -> bool {
    static LEFT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?xi)^(?: </?[a-z]+[^>]*> )+$ | ^SELECT\ \*\ FROM | ^ID:\s*\d+ | \bdocumento\ es\ propiedad\ de | ^.?\s*Classification:\s
            | ^\d{4}[A-Z]+\d+\ -\ Classification: | CABLE\ (?:ENDS?|ERROR|TEXT)\b | ={5,} | END\ OF\ DOCUMENT | Declassified/Released
            | ^(?:NNNN?|MESSAGE\ ATTRIBUTES)$ | full\ text\ of\ the\ original\ cable\ is\ not\ available | ^\d{2}/\d{2}/\d{4} | \bDB/Inbox: | ^\*{3}\ Current\ Classification | ^[A-Z]{2,5}\ @\ [A-Z\ ]+$",
        )
    });
    // Nearly every line at the end of a text is one word: a name.
    let is_word = text.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_end = || matches!(text.len(), 3 | 4) && text.bytes().all(|byte| byte.eq_ignore_ascii_case(&b'N'));
    if is_word {
        return text.is_empty() || is_end();
    }
    !text.chars().any(char::is_alphabetic) || LEFT.is_match(text) || text.ends_with("...")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alone_in(text: &'static str, above: &str) -> Option<&'static str> {
        alone(text, above).map(|name| &text[name.span])
    }

    fn inside_of(text: &'static str) -> Option<&'static str> {
        inside(text).map(|name| &text[name.span])
    }

    #[test]
    fn a_name_has_its_line_for_itself() {
        for (text, name) in [
            ("ROE", "ROE"),
            ("VAN VOORST.", "VAN VOORST"),
            ("ROE-DOE \"", "ROE-DOE"),
            ("\"ROE ,,,,\"", "ROE"),
            ("ROE 0 02/14/2008", "ROE"),
            ("ROE ROE", "ROE"),
            ("LeROE", "LeROE"),
            ("J. ROE", "J. ROE"),
            ("ROE (ACTING)", "ROE"),
            ("Roe, Acting", "Roe"),
            ("de la Roe", "de la Roe"),
            ("Van der Roe", "Van der Roe"),
            ("LeRoe", "LeRoe"),
            ("van Roe", "van Roe"),
            ("McRoe", "McRoe"),
            ("roe", "roe"),
        ] {
            let expected = (text != "roe").then_some(name);
            assert_eq!(alone_in(text, "They left."), expected, "{text}");
        }
        assert_eq!(alone_in("tuttleby", "They left."), Some("tuttleby"));
        assert_eq!(alone_in("tuttleby", "They"), None);
        assert_eq!(alone_in("Northland", "They went to"), None);
    }

    #[test]
    fn a_name_is_after_the_last_words() {
        for (text, name) in [
            ("They left. ROE", Some("ROE")),
            ("They left. J. ROE", Some("J. ROE")),
            ("They left. ROE (ACTING)", Some("ROE")),
            ("They left. de la Roe", Some("de la Roe")),
            ("They left.  LU", Some("LU")),
            ("They left. Winslow", Some("Winslow")),
            ("End note. van Roe", Some("van Roe")),
            ("(End note.) Roe-Doe", Some("Roe-Doe")),
            ("END COMMENT ROE", Some("ROE")),
            ("******* ******** ROE", Some("ROE")),
            ("http://www.example.gov/p/index. cfm Roe", Some("Roe")),
            ("site: XXXXXXXXXXXX LONDON 00001442  004 OF 004   LeRoe", Some("LeRoe")),
            ("They left. ROE Roe", Some("ROE")),
            ("They left. ROE NNNN End Cable Text", Some("ROE")),
            ("They left. ROE 2009-12-31", Some("ROE")),
            ("MINIMIZE CONSIDERED ROE", Some("ROE")),
            ("On July 30, 2009 ROE", Some("ROE")),
            ("'They left.' ROE", Some("ROE")),
            ("They met the minister, ROE ROE", Some("ROE")),
            ("They met in 2009 UNESCO", None),
            ("They met USAID", None),
            ("They met Mr. Winslow", None),
            ("They met the minister in Northland", None),
            ("They went to St. Petersburg", None),
            ("They met J. Winslow", None),
            ("They left the U.S. Embassy", None),
        ] {
            assert_eq!(inside_of(text), name, "{text}");
        }
    }
}
